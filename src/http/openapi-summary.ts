import { findIndicator, type IndicatorId } from "../domain/indicator.ts";
import { SOURCES } from "../domain/summary.ts";
import type { Lang } from "../forms/define.ts";
import type { Schema } from "../forms/describe.ts";

/*
 * The summary as JSON Schema. What a figure means stands in the catalogue of indicators, so that nobody must ask by
 * telephone and no other place says it otherwise.
 */
type Shape = Record<string, Schema>;
/** How a count is written: an integer in the full summary, an integer or null in the public one. */
type Count = (id: IndicatorId) => Schema;

const said = (id: IndicatorId, lang: Lang) => {
  const { name, definition } = findIndicator(id) ?? {};
  return `${name?.[lang]}${lang === "en" ? ": " : "："}${definition?.[lang]}`;
};
/** What changed within the day: a merge takes somebody away who was counted before. */
const NET: readonly IndicatorId[] = [
  "registered.today",
  "observation.openedToday",
  "observation.releasedToday",
];
const counts = (lang: Lang): { exact: Count; stepped: Count } => ({
  exact: (id) => ({
    ...{ type: "integer", ...(NET.includes(id) ? {} : { minimum: 0 }) },
    ...{ description: said(id, lang), "x-indicator": id },
  }),
  stepped: (id) => ({
    ...{ type: ["integer", "null"], minimum: 5, multipleOf: 5 },
    ...{ description: said(id, lang), "x-indicator": id },
  }),
});
const shareOf = (id: IndicatorId, lang: Lang): Schema => ({
  ...{ type: ["number", "null"], minimum: 0, maximum: 1 },
  ...{ description: said(id, lang), "x-indicator": id },
});
/** Named figures of one group: the group's name and the figure's make the indicator's id. */
const group = <G extends string, K extends string>(
  count: Count,
  name: G,
  keys: (K & (`${G}.${K}` extends IndicatorId ? K : never))[],
): Shape => Object.fromEntries(keys.map((key) => [key, count(`${name}.${key}` as IndicatorId)]));

/** Every key is always there, but for those that `more` leaves out of `required`. */
const object = (properties: Shape, more: Schema = {}): Schema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});

const moment = (description: string): Schema => ({ type: "string", format: "date-time", description });
const place: Shape = {
  code: { type: "string", description: "统计用区划代码 / statistical division code" },
  name: { type: "string" },
  kind: {
    type: "string",
    enum: ["county", "town", "village", "grid", "school", "enterprise", "bureau", "checkpoint"],
  },
};

const withinTwoHours = (count: Count, of: "verification" | "tips", lang: Lang) =>
  object({
    ...group(count, `${of}.withinTwoHours`, ["numerator", "denominator"]),
    share: shareOf(`${of}.withinTwoHours.share`, lang),
  });

const dailyReports = (count: Count): Shape =>
  group(count, "dailyReports", [
    ...(["owed", "pending", "expected", "zero", "nonZero", "excused", "overdue"] as const),
    ...(["onTime", "late", "corrected"] as const),
  ]);

const registered = (count: Count): Shape => ({
  ...group(count, "registered", ["cumulative", "today", "households", "returnees"]),
  byOrigin: object(
    group(count, "registered.byOrigin", ["wuhan", "hubei", "other_province", "same_province"]),
  ),
  ...group(count, "registered", ["transitWuhan", "symptomatic"]),
});

const bySource = (count: Count) =>
  object(Object.fromEntries(SOURCES.map((source) => [source, count("registered.bySource")])), {
    additionalProperties: count("registered.bySource"),
  });
const window = object(
  { from: moment("不含 / after this moment"), to: moment("含 / up to and with this moment") },
  { description: "“当日”的起止 / what “today” is" },
);

const verification = (count: Count, lang: Lang) =>
  object({
    ...group(count, "verification", ["due", "verified", "waiting", "overdue"]),
    withinTwoHours: withinTwoHours(count, "verification", lang),
  });
const tips = (count: Count, lang: Lang) =>
  object({
    ...group(count, "tips", ["received", "open", "verified", "overdue"]),
    withinTwoHours: withinTwoHours(count, "tips", lang),
  });
const observation = (count: Count): Shape => ({
  ...group(count, "observation", ["cumulative", "observing"]),
  byKind: object(group(count, "observation.byKind", ["home", "central", "hospital"])),
  ...group(count, "observation", ["householdMembers", "symptomatic", "contacts", "contactsCentral"]),
  ...group(count, "observation", ["fellIll", "opened", "openedToday"]),
  ...group(count, "observation", ["released", "releasedToday", "transferred", "closed"]),
});
const readings = (count: Count, lang: Lang): Shape => ({
  ...group(count, "readings", ["expected", "received", "onTime", "late", "missed", "pending"]),
  shareOnTime: object({
    numerator: count("readings.onTime"),
    denominator: count("readings.shareOnTime.denominator"),
    share: shareOf("readings.shareOnTime.share", lang),
  }),
});
const slots = (count: Count, lang: Lang): Schema => ({
  type: "array",
  items: object({ slot: { type: "string" }, ...readings(count, lang) }),
  description: "最近两天的每一次 / each slot of the last two days",
});
const batches = (count: Count) =>
  object({
    education: object(group(count, "batches.education", ["received", "persons"])),
    health: object(group(count, "batches.health", ["received", "persons"])),
  });
const letters = (count: Count) => object(group(count, "letters", ["sent", "answered"]));
const completeness = (exact: Count, count: Count, lang: Lang): Shape => ({
  units: exact("completeness.units"),
  owed: count("dailyReports.owed"),
  reported: count("completeness.reported"),
  share: shareOf("completeness.share", lang),
});
const date: Schema = {
  type: "string",
  format: "date",
  description:
    "当地日期；24时的数字属于刚结束的那天 / the local day; a cut at midnight speaks of the day that ended",
};

/** The three shapes of a summary, named as components. @param lang of what the figures mean */
export function summarySchemas(lang: Lang): Record<string, Schema> {
  const { exact, stepped } = counts(lang);
  const apart = group(exact, "registered", ["fromHubei", "wuhanDirection", "measured", "duplicatesFlagged"]);
  const figures: Shape = {
    dailyReports: object(dailyReports(exact)),
    registered: object({ ...registered(exact), ...apart }),
    verification: verification(exact, lang),
    tips: tips(exact, lang),
    observation: object(observation(exact)),
    readings: object(readings(exact, lang), {
      description: "当日已开始的各次 / the day's slots that have begun",
    }),
    batches: batches(exact),
    letters: letters(exact),
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
    registered: object({ cumulative: stepped("registered.cumulative") }),
    tips: object({ received: stepped("tips.received") }),
  };
  return {
    Summary: object(
      {
        ...head("full"),
        completeness: object(completeness(exact, exact, lang)),
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
          ...apart,
          window,
          bySource: bySource(exact),
          byPostingPoint: {
            type: "array",
            items: object({
              id: { type: "string" },
              name: { type: "string" },
              unit: { type: "string" },
              households: exact("registered.byPostingPoint.households"),
              persons: exact("registered.byPostingPoint.persons"),
            }),
            description: "各张贴点 / each poster counted apart",
          },
        }),
        verification: verification(exact, lang),
        tips: tips(exact, lang),
        observation: object(observation(exact)),
        readings: object({ ...readings(exact, lang), slots: slots(exact, lang) }),
        batches: batches(exact),
        letters: letters(exact),
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
        recordedAfter: {
          type: "object",
          additionalProperties: { type: "integer", minimum: 1 },
          description:
            "asOf 之后才记录的，问了才有 / recorded after asOf though it happened up to it; there if it was asked for",
        },
      },
      {
        title: "完整汇总 / the full summary, with a key",
        required: [
          ...[
            "audience",
            "unit",
            "asOf",
            "completeness",
            "dailyReports",
            "registered",
            "verification",
            "tips",
          ],
          ...["observation", "readings", "batches", "letters", "byTown", "direct"],
        ],
      },
    ),
    PublicSummary: object(
      {
        ...publicHead,
        completeness: object(completeness(exact, stepped, lang)),
        dailyReports: object({ date, ...dailyReports(stepped) }),
        registered: object({ ...registered(stepped), window, bySource: bySource(stepped) }),
        verification: verification(stepped, lang),
        tips: tips(stepped, lang),
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
