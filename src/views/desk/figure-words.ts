import type { FilledForm } from "../../domain/filled-form.ts";
import { words } from "../words.ts";

/*
 * The words of what a figure was counted from, and of the bureaus' tables.
 */
export const FIGURE = {
  asOf: (when: string) => words(`截至 ${when}`, `截至 ${when}`, `As of ${when}`),
  window: (from: string, to: string) =>
    words(`${from} 之后，至 ${to}`, `${from} 之後，至 ${to}`, `After ${from}, up to ${to}`),
  unknown: words(
    "未知：还没有单位填报，不是零",
    "未知：還沒有單位填報，不是零",
    "Not known: nobody has entered it, which is not zero",
  ),
  unknownShare: words(
    "没有可比的：分母为零",
    "沒有可比的：分母為零",
    "Nothing to share: the denominator is zero",
  ),
  dash: words("“—”表示未知，不是零", "「—」表示未知，不是零", "— is unknown, not zero"),
  late: (n: number) =>
    words(
      `此后又补记 ${n > 0 ? "+" : ""}${n}（截止之前发生、之后才录入）`,
      `此後又補記 ${n > 0 ? "+" : ""}${n}（截止之前發生、之後才錄入）`,
      `${n > 0 ? "+" : ""}${n} recorded after: it happened by then and was entered later`,
    ),
  withLate: (text: string) =>
    words(`连同补记的：${text}`, `連同補記的：${text}`, `With what was recorded after: ${text}`),
  inWindow: (from: string) => words(`${from} 之后`, `${from} 之後`, `after ${from}`),
  about: words("怎么数的", "怎麼數的", "How it is counted"),
  definition: words("定义", "定義", "Definition"),
  unit: words("计量单位", "計量單位", "Counted in"),
  kind: words("类别", "類別", "Kind"),
  kinds: {
    flow: words("流量：从开始一直累加", "流量：從開始一直累加", "Flow: adds up from the beginning"),
    stock: words(
      "存量：这一时刻现有的，会减少",
      "存量：這一時刻現有的，會減少",
      "Stock: what stands at the moment; it may go down",
    ),
    share: words("比例：分子除以分母", "比例：分子除以分母", "Share: one figure divided by another"),
  },
  kindOfDay: words("流量：只数当日的", "流量：只數當日的", "Flow: of that day alone"),
  kindOfWindow: words("流量：只数这一段时间的", "流量：只數這一段時間的", "Flow: of this window alone"),
  moments: words("依据的时刻", "依據的時刻", "Counted from"),
  numerator: words("分子", "分子", "Numerator"),
  denominator: words("分母", "分母", "Denominator"),
  source: words("出处", "出處", "Source"),
  sum: words("相加的各项", "相加的各項", "What it adds up"),
  total: words("合计", "合計", "Total"),
  below: words("下级单位", "下級單位", "Units below"),
  unitHead: words("单位", "單位", "Unit"),
  number: words("数字", "數字", "Figure"),
  direct: words("本级", "本級", "The unit itself"),
  rest: words("其余单位", "其餘單位", "Other units"),
  days: words("最近 14 天", "最近 14 天", "The last 14 days"),
  day: words("日期", "日期", "Day"),
  newOfDay: words("当日新增", "當日新增", "New that day"),
  running: words("累计", "累計", "So far"),
  atEnd: words("当日末", "當日末", "At its end"),
  ofDay: words("当日", "當日", "That day"),
  until: (clock: string) => words(`至 ${clock}`, `至 ${clock}`, `until ${clock}`),
  records: words("本单位的登记事项", "本單位的登記事項", "The unit's own records"),
  recordsMost: (n: number) =>
    words(
      `让这个数变动的最近 ${n} 次`,
      `讓這個數變動的最近 ${n} 次`,
      `The last ${n} events that changed this figure`,
    ),
  recordHead: words("编号", "編號", "Number"),
  recordState: words("办到", "辦到", "Came to"),
  recordAt: words("记下的时刻", "記下的時刻", "Recorded at"),
  change: words("变动", "變動", "Change"),
  list: words("看现在的名单", "看現在的名單", "See the list as it stands now"),
  listLater: words(
    "名单是现在的，和上面那一时刻的数字可能不同",
    "名單是現在的，和上面那一時刻的數字可能不同",
    "The list is of now and may differ from the figure of that moment",
  ),
  another: words("看另一时刻", "看另一時刻", "Ask another moment"),
  show: words("查看", "查看", "Show"),
  toDay: words("截止日期", "截止日期", "Cut-off day"),
  toClock: words("截止时刻", "截止時刻", "Cut-off time"),
  fromDay: words("起始日期", "起始日期", "Since: day"),
  fromClock: words("起始时间", "起始時間", "Since: time"),
  clockHint: words("如 12:00、18:00、24:00", "如 12:00、18:00、24:00", "Such as 12:00, 18:00 or 24:00"),
  future: words("截止时刻不能晚于现在", "截止時刻不能晚於現在", "The moment must not lie in the future"),
  noSuchDay: words(
    "请填一个存在的日期，如 2026-01-25",
    "請填一個存在的日期，如 2026-01-25",
    "Write a day that exists, such as 2026-01-25",
  ),
  noSuchTime: words(
    "请填一个时间，如 12:00 或 24:00",
    "請填一個時間，如 12:00 或 24:00",
    "Write a time such as 12:00 or 24:00",
  ),
  completeness: (units: number, owed: number, reported: number) =>
    words(
      `涵盖 ${units} 个单位；日报告应报 ${owed} 个，已报 ${reported} 个。`,
      `涵蓋 ${units} 個單位；日報告應報 ${owed} 個，已報 ${reported} 個。`,
      `Speaks for ${units} units. Of ${owed} that owed the day's report, ${reported} gave it.`,
    ),
  missing: (n: number) => words(`逾期未报 ${n} 个：`, `逾期未報 ${n} 個：`, `${n} overdue: `),
  noneMissing: words("没有逾期未报的。", "沒有逾期未報的。", "None is overdue."),
  andMore: (rest: number) => words(`等，另有 ${rest} 个`, `等，另有 ${rest} 個`, ` and ${rest} more`),
};

export const TABLE = {
  title: words("部门报表", "部門報表", "Bureau tables"),
  lead: words(
    "各部门要的表由系统按已有的记录填好，不用再报一遍。每个数字都可以点开，看是怎么数的。",
    "各部門要的表由系統按已有的記錄填好，不用再報一遍。每個數字都可以點開，看是怎麼數的。",
    "The tables that bureaus ask for, filled from what is on record: nobody enters a figure twice. Each opens what it was counted from.",
  ),
  none: words("没有给本单位的报表", "沒有給本單位的報表", "No table is made for this unit"),
  cutOff: (clock: string) =>
    words(`每天 ${clock} 截止`, `每天 ${clock} 截止`, `closes at ${clock} every day`),
  total: words("合计", "合計", "Total"),
  another: words("换单位、换截止时刻", "換單位、換截止時刻", "Another unit or another cut-off"),
  noRows: words("没有这类单位", "沒有這類單位", "There are no such units"),
  unit: words("单位代码", "單位代碼", "Unit code"),
  csv: words("下载 CSV", "下載 CSV", "Download CSV"),
  xlsx: words("下载 Excel", "下載 Excel", "Download Excel"),
  print: words("打印", "列印", "Print"),
  /** `one`: of one figure alone, not of all that its form asks for. */
  filledForm: ({ title, units, filled, window, ever, owed }: FilledForm, one = false) => {
    // Whoever does not owe it may leave it out: of some figures one unit alone says them for all.
    const may = owed ? "该" : "可";
    const all = ever === null || ever === filled ? "" : String(ever);
    return words(
      `“${title["zh-Hans"]}”${may}填的单位 ${units} 个，${window ? "这一时段里" : ""}填过${one ? "这一项" : ""}的 ${filled} 个，${all && `连以前的共 ${all} 个，`}只合计填过的。`,
      `「${title["zh-Hant"]}」${owed ? "該" : may}填的單位 ${units} 個，${window ? "這一時段裡" : ""}填過${one ? "這一項" : ""}的 ${filled} 個，${all && `連以前的共 ${all} 個，`}只合計填過的。`,
      `“${title.en}” ${owed ? "is owed by" : "may be filled in by"} ${units} units: ${filled} ${one ? "entered this figure" : "did"}${window ? " in this window" : one ? "" : " at some time"}${all && `, ${all} at some time`}, and only these are added up.`,
    );
  },
  unfilled: (n: number) => words(`没有填的 ${n} 个：`, `沒有填的 ${n} 個：`, `${n} did not: `),
  today: (from: string) =>
    words(`当日指 ${from} 之后`, `當日指 ${from} 之後`, `"that day" begins after ${from}`),
  file: words("导出", "匯出", "Taken out"),
};

/** Columns of the moments that decide, as people say them. */
export const MOMENTS: Readonly<Record<string, ReturnType<typeof words>>> = {
  "unit.recordedAt": words("单位录入", "單位錄入", "the unit was entered"),
  "unit.closedAt": words("单位撤销", "單位撤銷", "the unit was closed"),
  "obligation.recordedAt": words("应报记下", "應報記下", "it was owed from"),
  "obligation.dueAt": words("应报时限", "應報時限", "it was due"),
  "obligation.excusedAt": words("免报", "免報", "it was excused"),
  "report.recordedAt": words("报告收到", "報告收到", "the report came in"),
  "person.recordedAt": words("人员登记", "人員登記", "the person was registered"),
  "household.recordedAt": words("住户登记", "住戶登記", "the household was registered"),
  "household.verifiedRecordedAt": words("核实录入", "核實錄入", "the verification was entered"),
  "household.verifiedAt": words("上门核实", "上門核實", "the household was verified"),
  "household.verifyDueAt": words("核实时限", "核實時限", "verification was due"),
  "tip.recordedAt": words("线索收到", "線索收到", "the tip came in"),
  "tip.verifiedRecordedAt": words("线索核实录入", "線索核實錄入", "its verification was entered"),
  "tip.verifiedAt": words("线索核实", "線索核實", "the tip was verified"),
  "tip.verifyDueAt": words("线索核实时限", "線索核實時限", "its verification was due"),
  "observation.recordedAt": words("开始观察录入", "開始觀察錄入", "the observation was entered"),
  "observation.endedRecordedAt": words("结束观察录入", "結束觀察錄入", "its end was entered"),
  "observation.endedAt": words("结束观察", "結束觀察", "the observation ended"),
  "observation.firstDueAt": words("第一次测量时限", "第一次測量時限", "the first reading was due"),
  "observation.plannedDueAt": words(
    "计划的最后一次测量",
    "計劃的最後一次測量",
    "the last planned reading was due",
  ),
  "placement.recordedAt": words("观察地点录入", "觀察地點錄入", "the placement was entered"),
  "placement.occurredAt": words("转入观察地点", "轉入觀察地點", "the placement began"),
  "reading.recordedAt": words("体温录入", "體溫錄入", "the reading was entered"),
  "recordEvent.recordedAt": words(
    "登记事项的每次办理记下",
    "登記事項的每次辦理記下",
    "each event of a record was recorded",
  ),
  "duplicateFinding.recordedAt": words(
    "合并或判为不同的人",
    "合併或判為不同的人",
    "somebody was merged or told apart",
  ),
  "duplicateFinding.undoneAt": words("合并或判定撤销", "合併或判定撤銷", "that was undone"),
  "batch.confirmedAt": words("名单确认", "名單確認", "the list was agreed to"),
  "letter.recordedAt": words("协查函写成", "協查函寫成", "the letter was written"),
  "letter.answeredAt": words("协查函第一次答复结果", "協查函第一次答覆結果", "it was first answered"),
  "reading.dueAt": words("测量时限", "測量時限", "the reading was due"),
};
