import { SOURCES } from "../domain/summary.ts";
import type { Schema } from "../forms/describe.ts";

/*
 * The summary as JSON Schema. What a figure means stands here in both words, so that nobody must ask by telephone.
 */
type Shape = Record<string, Schema>;
/** How a count is written: an integer in the full summary, an integer or null in the public one. */
type Count = (description: string) => Schema;

const exact: Count = (description) => ({ type: "integer", minimum: 0, description });
const stepped: Count = (description) => ({
  type: ["integer", "null"],
  minimum: 5,
  multipleOf: 5,
  description,
});

/** Every key is always there. */
const object = (properties: Shape, more: Schema = {}): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});

const moment = (description: string): Schema => ({ type: "string", format: "date-time", description });
const share: Schema = {
  type: ["number", "null"],
  minimum: 0,
  maximum: 1,
  description: "null 表示无从计算，不是零 / null means unknown, not zero",
};
const place: Shape = {
  code: { type: "string", description: "统计用区划代码 / statistical division code" },
  name: { type: "string" },
  kind: {
    type: "string",
    enum: ["county", "town", "village", "grid", "school", "enterprise", "bureau", "checkpoint"],
  },
};

const withinTwoHours = (count: Count) =>
  object({
    numerator: count("两小时内核实的 / verified within two hours"),
    denominator: count("已核实的和已超时的 / verified, or past their two hours"),
    share,
  });

const dailyReports = (count: Count): Shape => ({
  owed: count("应报 / owed = expected + pending"),
  pending: count("未到时限的 / not yet due and not yet given"),
  expected: count("到时应有 / expected = zero + nonZero + excused + overdue"),
  zero: count("零报告 / zero reports"),
  nonZero: count("非零报告 / reports with figures"),
  excused: count("提前免报 / excused in advance, nothing given"),
  overdue: count("逾期未报 / past the due time, nothing given"),
  onTime: count("按时 / first version given in time; onTime + late = zero + nonZero"),
  late: count("迟报 / first version given late"),
  corrected: count("更正 / given more than once; the latest version counts"),
});

const registered = (count: Count): Shape => ({
  cumulative: count("累计登记人数，重复的不计 / persons registered, those flagged as duplicates left out"),
  today: count("当日登记，见 window / of these, registered within `window`"),
  households: count("户数 / households"),
  returnees: count("返乡人员 / of cumulative, those who came back; the others live with them"),
  byOrigin: object(
    {
      wuhan: count("武汉 / Wuhan"),
      hubei: count("湖北其他 / elsewhere in Hubei"),
      other_province: count("外省 / another province"),
      same_province: count("省内 / elsewhere in this province"),
    },
    { description: "合计等于 returnees / sums to returnees" },
  ),
  transitWuhan: count("途经武汉的返乡人员 / returnees who passed through Wuhan"),
  symptomatic: count(
    "登记或再次登记时有症状或体温 ≥ 37.3 °C / with symptoms or ≥ 37.3 °C when registered, the first time or again",
  ),
});

const bySource = (count: Count) =>
  object(Object.fromEntries(SOURCES.map((source) => [source, count("人 / persons")])), {
    additionalProperties: count("人 / persons"),
    description: "信息来源 / how it became known; sums to cumulative",
  });
const window = object(
  { from: moment("不含 / after this moment"), to: moment("含 / up to and with this moment") },
  { description: "“当日”的起止 / what “today” is" },
);

const verification = (count: Count) =>
  object({
    due: count("应核实的户 / households to verify = verified + waiting + overdue"),
    verified: count("已核实 / verified"),
    waiting: count("两小时内待核实 / not verified, still inside two hours"),
    overdue: count("超时未核实 / not verified, past two hours"),
    withinTwoHours: withinTwoHours(count),
  });
const tips = (count: Count) =>
  object({
    received: count("收到 / received = open + verified"),
    open: count("未核实 / not verified yet, overdue ones included"),
    verified: count("已核实 / verified"),
    overdue: count("超时未核实 / of the open ones, past two hours"),
    withinTwoHours: withinTwoHours(count),
  });
const observation: Shape = {
  cumulative: exact("累计 / cumulative = observing + released + transferred + closed"),
  observing: exact("观察中 / under observation"),
  byKind: object(
    {
      home: exact("居家 / at home"),
      central: exact("集中 / at a central site"),
      hospital: exact("留院 / in hospital"),
    },
    { description: "合计等于 observing / sums to observing" },
  ),
  householdMembers: exact("其中同住家人 / of observing, those who live with somebody who came back"),
  symptomatic: exact("其中最近一次体温或症状异常 / of observing, whose last reading is abnormal"),
  openedToday: exact("当日新增 / opened within the window of today"),
  released: exact("已解除 / released"),
  releasedToday: exact("当日解除 / of these, released today"),
  transferred: exact("已转出 / moved on"),
  closed: exact("已关闭（登记有误等） / closed, as registrations found wrong"),
};
const readings: Shape = {
  expected: exact("应测 / expected = onTime + late + missed + pending"),
  received: exact("已报 / received = onTime + late"),
  onTime: exact("按时 / within the slot's hours"),
  late: exact("迟报 / after them"),
  missed: exact("漏报 / the slot has closed and nothing came"),
  pending: exact("未到时限 / the slot is still open"),
  shareOnTime: object({
    numerator: exact("按时 / onTime"),
    denominator: exact("已到时限或已报的 / due or received"),
    share,
  }),
};
const slots: Schema = {
  type: "array",
  items: object({ slot: { type: "string" }, ...readings }),
  description: "最近两天的每一次 / each slot of the last two days",
};
const completeness = (count: Count): Shape => ({
  units: exact("数字覆盖的单位数 / units that the figures speak for"),
  owed: count("应报的 / of these, owing this day's report"),
  reported: count("已报的 / of these, having given it"),
  share,
});
const date: Schema = {
  type: "string",
  format: "date",
  description:
    "当地日期；24时的数字属于刚结束的那天 / the local day; a cut at midnight speaks of the day that ended",
};

/** The three shapes of a summary, named as components. */
export function summarySchemas(): Record<string, Schema> {
  const duplicatesFlagged = exact(
    "疑似重复登记，由工作人员核对 / flagged as registered before, for officials to settle",
  );
  const figures: Shape = {
    dailyReports: object(dailyReports(exact)),
    registered: object({ ...registered(exact), duplicatesFlagged }),
    verification: verification(exact),
    tips: tips(exact),
    observation: object(observation),
    readings: object(readings, { description: "当日已开始的各次 / the day's slots that have begun" }),
  };
  const head = (audience: string): Shape => ({
    audience: { type: "string", const: audience },
    unit: object(place),
    asOf: moment("截至 / counts only what was recorded by this moment"),
  });
  const publicHead: Shape = {
    ...head("public"),
    suppressedBelow: {
      type: "integer",
      const: 5,
      description: "小于此数的不公开，为 null / smaller cells are null",
    },
    roundedDownTo: {
      type: "integer",
      const: 5,
      description: "向下取整到此数的倍数 / rounded down to a multiple of this",
    },
  };
  const townFigures: Shape = {
    registered: object({ cumulative: stepped("累计登记人数 / persons registered") }),
    tips: object({ received: stepped("收到的线索 / tips received") }),
  };
  return {
    Summary: object(
      {
        ...head("full"),
        completeness: object(completeness(exact)),
        dailyReports: object({
          date,
          ...dailyReports(exact),
          missing: {
            type: "array",
            items: object({ code: place.code ?? {}, name: place.name ?? {} }),
            description: "逾期未报的单位 / the overdue units",
          },
        }),
        registered: object({
          ...registered(exact),
          duplicatesFlagged,
          window,
          bySource: bySource(exact),
          byPostingPoint: {
            type: "array",
            items: object({
              id: { type: "string" },
              name: { type: "string" },
              unit: { type: "string" },
              households: exact("户 / households"),
              persons: exact("人 / persons"),
            }),
            description: "各张贴点 / each poster counted apart",
          },
        }),
        verification: verification(exact),
        tips: tips(exact),
        observation: object(observation),
        readings: object({ ...readings, slots }),
        byTown: {
          type: "array",
          items: object({ ...place, ...figures }),
          description:
            "下一级单位：县看乡镇，乡镇看村 / the next level down: a county's towns, a town's villages",
        },
        direct: object(figures, {
          description:
            "本单位自身的；各合计 = byTown 之和 + direct / on the unit itself; totals are byTown and this together",
        }),
      },
      { title: "完整汇总 / the full summary, with a key" },
    ),
    PublicSummary: object(
      {
        ...publicHead,
        completeness: object(completeness(stepped)),
        dailyReports: object({ date, ...dailyReports(stepped) }),
        registered: object({ ...registered(stepped), window, bySource: bySource(stepped) }),
        verification: verification(stepped),
        tips: tips(stepped),
        byTown: { type: "array", items: object({ ...place, ...townFigures }) },
        direct: object(townFigures, {
          description: "不属于任何乡镇的 / what belongs to no town",
        }),
      },
      { title: "公开汇总 / the public summary of a county" },
    ),
    PublicTownSummary: object(
      { ...publicHead, ...townFigures },
      { title: "乡镇公开数字 / the public figures of a town, as the county's table has them" },
    ),
  };
}
