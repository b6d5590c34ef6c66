import { WINDOW } from "../../domain/figure-book.ts";
import { COUNT_UNITS, findIndicator } from "../../domain/indicator.ts";
import type { PlotColumn, PlotName } from "../../domain/plot.ts";
import type { Lang, Words } from "../../forms/define.ts";
import { words } from "../words.ts";

/*
 * The words of the charts' page.
 */
export const CHART = {
  title: (unit: string) => words(`${unit} · 图表`, `${unit} · 圖表`, `${unit} · Charts`),
  asOf: words("截至", "截至", "As of"),
  choose: words("选择单位、天数和时刻", "選擇單位、天數和時刻", "Choose unit, days and moment"),
  unit: words("单位", "單位", "Unit"),
  days: words("天数", "天數", "Days"),
  dayCount: (n: number) => words(`${n} 天`, `${n} 天`, `${n} days`),
  date: words("截止日期", "截止日期", "Cut-off day"),
  time: words("截止时刻（不填为 24 时）", "截止時刻（不填為 24 時）", "Cut-off time (empty: 24:00)"),
  show: words("查看", "查看", "Show"),
  now: words("回到现在", "回到現在", "Back to now"),
  table: words("数据表", "數據表", "The table"),
  day: words("日期", "日期", "Day"),
  total: words("合计", "合計", "Total"),
  until: (clock: string) => words(`至 ${clock}`, `至 ${clock}`, `until ${clock}`),
  own: (name: string) => words(`${name}（本级）`, `${name}（本級）`, `${name} itself`),
  unknown: words("未知", "未知", "unknown"),
  speaks: (units: number, owed: number, reported: number) =>
    words(
      `涵盖 ${units} 个单位；日报告应报 ${owed} 个，已报 ${reported} 个`,
      `涵蓋 ${units} 個單位；日報告應報 ${owed} 個，已報 ${reported} 個`,
      `Speaks for ${units} units; ${reported} of the ${owed} that owe the day's report have given it`,
    ),
  missing: (n: number) => words(`逾期未报 ${n} 个`, `逾期未報 ${n} 個`, `${n} overdue`),
  colon: words("：", "：", ": "),
  andMore: (n: number) => words(`等，另有 ${n} 个`, `等，另有 ${n} 個`, ` and ${n} more`),
  noneMissing: words("没有逾期未报的单位。", "沒有逾期未報的單位。", "No report is overdue."),
  plots: {
    ill: {
      name: words(
        "流行曲线：每日新发现的发热或有症状的人",
        "流行曲線：每日新發現的發熱或有症狀的人",
        "Epidemic curve: persons newly found with fever or symptoms, by day",
      ),
      note: words(
        "按人计，按第一次记录异常的日子，不是发病日；不是确诊病例。再次登记时才异常、测量又异常的，两处各计一次。",
        "按人計，按第一次記錄異常的日子，不是發病日；不是確診病例。再次登記時才異常、測量又異常的，兩處各計一次。",
        "Persons, by the day it was first recorded, not the day of onset. These are no confirmed cases. Whoever was ill only when registered again, and by a reading too, is in both.",
      ),
    },
    observed: {
      name: words(
        "每日登记、开始观察与解除",
        "每日登記、開始觀察與解除",
        "Registered, put under observation and released by day",
      ),
      note: words(
        "按人计，按记录的日子。合并重复登记的，从合并那天减去，所以可能低于零。",
        "按人計，按記錄的日子。合併重複登記的，從合併那天減去，所以可能低於零。",
        "Persons, by the day it was recorded. Duplicates are taken off on the day they were merged, so a day may be below zero.",
      ),
    },
    followUp: {
      name: words("随访完成情况", "隨訪完成情況", "Follow-up completeness by day"),
      note: words(
        "按次计，早晚两次测量，按应测的日子；过后补录的算迟报，不再算漏报。没有应测的，按时率未知。",
        "按次計，早晚兩次測量，按應測的日子；過後補錄的算遲報，不再算漏報。沒有應測的，按時率未知。",
        "Two readings a day, by the day they were due; entered afterwards one is late, no longer missed. Where none was due the share is unknown.",
      ),
    },
    verified: {
      name: words("核实用时：两小时内核实", "核實用時：兩小時內核實", "Time to verify"),
      note: words(
        "按户计，累计。核实率的分母是已核实的和已超时的，还没有到时限的不算在内。",
        "按戶計，累計。核實率的分母是已核實的和已超時的，還沒有到時限的不算在內。",
        "Households, cumulative. The share is of those verified or overdue; those still in time are left out.",
      ),
    },
    reported: {
      name: words("当日的日报告", "當日的日報告", "The day's reports"),
      note: words(
        "按单位计。零报告也是报告。",
        "按單位計。零報告也是報告。",
        "Units. A zero report is a report.",
      ),
    },
  } satisfies Record<PlotName, { name: Words; note: Words }>,
  partDay: (day: string, clock: string) =>
    words(
      `${day}只数到 ${clock}，不是整天。`,
      `${day}只數到 ${clock}，不是整天。`,
      `${day} is counted up to ${clock}, not to its end.`,
    ),
  gaps: words(
    "图中空白、表中“—”是未知，不是零。",
    "圖中空白、表中「—」是未知，不是零。",
    "A gap, or — in the table, is unknown, not zero.",
  ),
  allZero: words("已知的各数都是零。", "已知的各數都是零。", "Every figure known is zero."),
  noneYet: words("还没有数据。", "還沒有數據。", "Nothing is known yet."),
  left: words("左轴", "左軸", "left"),
  right: words("右轴", "右軸", "right"),
  late: words("超时核实", "超時核實", "Verified late"),
  towns: words("单位", "單位", "Unit"),
  said: {
    sum: (name: string, sum: number, day: string, most: number) =>
      words(
        `${name}共 ${sum}${most > 0 ? `，最多的是${day}，${most}` : ""}`,
        `${name}共 ${sum}${most > 0 ? `，最多的是${day}，${most}` : ""}`,
        `${name} ${sum} in all${most > 0 ? `, most on ${day}: ${most}` : ""}`,
      ),
    last: (name: string, day: string, value: string) =>
      words(
        `${name}最近（${day}）${value}`,
        `${name}最近（${day}）${value}`,
        `${name} last (${day}) ${value}`,
      ),
    all: (name: string, value: string) => words(`${name} ${value}`, `${name} ${value}`, `${name} ${value}`),
    nothing: words("还没有数据", "還沒有數據", "nothing is known yet"),
  },
};

/** A column's name: its figure's own, so that it is called the same everywhere. */
export function columnWords(column: PlotColumn): Words {
  const own = column === "verification.verified-late" ? CHART.late : findIndicator(bareId(column))?.name;
  if (!own) throw new Error(`no figure is called ${column}`);
  return own;
}
/** What a column counts in: 人; of a share %. What was verified late are households as well. */
export const unitOf = (column: PlotColumn, lang: Lang): string => {
  const unit = findIndicator(bareId(column))?.unit ?? "households";
  // Of each unit one report a day: beside the units that gave it the others are units too.
  return unit === "share" ? "%" : COUNT_UNITS[unit === "reports" ? "units" : unit][lang];
};
const bareId = (column: PlotColumn): string => column.replace(WINDOW, "");

/**
 * How a column is drawn: what with, in which of the stylesheet's tones, with which pattern. Vermilion is what is overdue,
 * and fever. "none" stands in the table alone.
 */
export const DRAWN: Record<PlotColumn, { as: "bar" | "line" | "none"; tone: Tone; fill: Fill }> = {
  "registered.symptomatic@window": { as: "bar", tone: "alarm", fill: "plain" },
  "observation.fellIll@window": { as: "bar", tone: "alarm", fill: "stripes" },
  "registered.today": { as: "bar", tone: "accent", fill: "plain" },
  "observation.openedToday": { as: "bar", tone: "soft", fill: "bare" },
  "observation.releasedToday": { as: "bar", tone: "edge", fill: "dots" },
  "readings.shareOnTime.share": { as: "line", tone: "accent", fill: "plain" },
  "readings.missed": { as: "bar", tone: "alarm", fill: "stripes" },
  "readings.shareOnTime.denominator": { as: "none", tone: "ink", fill: "plain" },
  "verification.withinTwoHours.share": { as: "none", tone: "ink", fill: "plain" },
  "verification.withinTwoHours.numerator": { as: "bar", tone: "accent", fill: "plain" },
  "verification.verified-late": { as: "bar", tone: "edge", fill: "dots" },
  "verification.waiting": { as: "bar", tone: "soft", fill: "bare" },
  "verification.overdue": { as: "bar", tone: "alarm", fill: "stripes" },
  "completeness.reported": { as: "bar", tone: "accent", fill: "plain" },
  "dailyReports.excused": { as: "bar", tone: "edge", fill: "dots" },
  "dailyReports.pending": { as: "bar", tone: "soft", fill: "bare" },
  "dailyReports.overdue": { as: "bar", tone: "alarm", fill: "stripes" },
};
export type Tone = "accent" | "ink" | "soft" | "edge" | "alarm";
export type Fill = "plain" | "stripes" | "dots" | "bare";
