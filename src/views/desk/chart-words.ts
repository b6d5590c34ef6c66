import { WINDOW } from "../../domain/figure-book.ts";
import { findIndicator } from "../../domain/indicator.ts";
import type { PlotColumn, PlotName } from "../../domain/plot.ts";
import type { Words } from "../../forms/define.ts";
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
    registered: {
      name: words("流行曲线：每日登记", "流行曲線：每日登記", "Epidemic curve: registrations by day"),
      note: words(
        "按记录的日子计。有症状的，从登记时或再次登记时起计。",
        "按記錄的日子計。有症狀的，從登記時或再次登記時起計。",
        "By the day it was recorded. Symptoms count from the registration at which they were told.",
      ),
    },
    observed: {
      name: words("每日新开观察与解除", "每日新開觀察與解除", "Observations opened and released by day"),
      note: words("按记录的日子计。", "按記錄的日子計。", "By the day it was recorded."),
    },
    followUp: {
      name: words("随访完成情况", "隨訪完成情況", "Follow-up completeness by day"),
      note: words(
        "早晚两次测量，按应测的日子计；过后补录的算迟报，不再算漏报。没有应测的，按时率未知。",
        "早晚兩次測量，按應測的日子計；過後補錄的算遲報，不再算漏報。沒有應測的，按時率未知。",
        "Two readings a day, by the day they were due; entered afterwards one is late, no longer missed. Where none was due the share is unknown.",
      ),
    },
    verified: {
      name: words("两小时内核实", "兩小時內核實", "Time to verify"),
      note: words(
        "按户计，累计。超时核实的，是已核实的减去两小时内核实的。",
        "按戶計，累計。超時核實的，是已核實的減去兩小時內核實的。",
        "Households, cumulative. Verified late: the verified without those within two hours.",
      ),
    },
    reported: {
      name: words("当日的日报告", "當日的日報告", "The day's reports"),
      note: words("零报告也是报告。", "零報告也是報告。", "A zero report is a report."),
    },
  } satisfies Record<PlotName, { name: Words; note: Words }>,
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
const bareId = (column: PlotColumn): string => column.replace(WINDOW, "");

/** How a column is drawn: what with, in which of the stylesheet's tones, with which pattern. Vermilion is what is overdue. */
export const DRAWN: Record<PlotColumn, { as: "bar" | "line"; tone: Tone; fill: Fill }> = {
  "registered.today": { as: "bar", tone: "accent", fill: "plain" },
  "registered.symptomatic@window": { as: "bar", tone: "ink", fill: "stripes" },
  "observation.openedToday": { as: "bar", tone: "accent", fill: "plain" },
  "observation.releasedToday": { as: "bar", tone: "edge", fill: "dots" },
  "readings.shareOnTime.share": { as: "line", tone: "accent", fill: "plain" },
  "readings.missed": { as: "bar", tone: "alarm", fill: "stripes" },
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
