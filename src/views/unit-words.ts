import { DAY, HOUR, localClock, localDate, MINUTE } from "../domain/time.ts";
import type { Lang, Words } from "../forms/define.ts";
import { dayWords as bareDay } from "./moment.ts";
import { words } from "./words.ts";

/*
 * The words of a unit's own door: today's report, who waits to be verified, tips, and the units below.
 */
export const UNIT = {
  today: words("今天的日报告", "今天的日報告", "Today's report"),
  dueBy: (when: string) => words(`请于 ${when} 前上报`, `請於 ${when} 前上報`, `Due by ${when}`),
  left: (span: string) => words(`还有 ${span}`, `還有 ${span}`, `${span} left`),
  overdue: (span: string) => words(`逾期 ${span}`, `逾期 ${span}`, `${span} overdue`),
  dueAt: (when: string) => words(`${when} 到期`, `${when} 到期`, `due at ${when}`),
  wasDue: (when: string) => words(`${when} 到期`, `${when} 到期`, `was due at ${when}`),
  received: (when: string) => words(`${when} 收到`, `${when} 收到`, `received at ${when}`),
  version: (n: number) => words(`第 ${n} 版`, `第 ${n} 版`, `version ${n}`),
  zeroReport: words("零报告", "零報告", "Zero report"),
  states: {
    "on-time": words("已按时报告", "已按時報告", "Reported on time"),
    late: words("已报，迟报", "已報，遲報", "Reported late"),
    missing: words("还没有报", "還沒有報", "Missing"),
    corrected: words("已报，有更正", "已報，有更正", "Reported, corrected"),
    excused: words("今天免报", "今天免報", "Excused today"),
    pending: words("等待报告", "等待報告", "Not yet reported"),
  },
  dayStates: {
    "on-time": words("按时", "按時", "On time"),
    late: words("迟报", "遲報", "Late"),
    missing: words("未报", "未報", "Missing"),
    corrected: words("已更正", "已更正", "Corrected"),
    excused: words("免报", "免報", "Excused"),
    pending: words("待报", "待報", "Pending"),
  },
  known: (r: number, w: number, s: number) =>
    words(
      `系统今天已登记返乡人员 ${r} 人，其中武汉方向 ${w} 人；有不适 ${s} 人。`,
      `系統今天已登記返鄉人員 ${r} 人，其中武漢方向 ${w} 人；有不適 ${s} 人。`,
      `Registered here today: ${r} returnees, ${w} of them from or through Wuhan; ${s} with symptoms.`,
    ),
  knownThen: (r: number, w: number, s: number) =>
    words(
      `系统里这一天登记返乡人员 ${r} 人，其中武汉方向 ${w} 人；有不适 ${s} 人。`,
      `系統裡這一天登記返鄉人員 ${r} 人，其中武漢方向 ${w} 人；有不適 ${s} 人。`,
      `Registered here that day: ${r} returnees, ${w} of them from or through Wuhan; ${s} with symptoms.`,
    ),
  figures: (r: number, w: number, s: number) =>
    words(
      `返乡 ${r} 人，武汉方向 ${w} 人，有不适 ${s} 人`,
      `返鄉 ${r} 人，武漢方向 ${w} 人，有不適 ${s} 人`,
      `${r} returnees, ${w} by way of Wuhan, ${s} with symptoms`,
    ),
  sendZero: words(
    "今天没有新情况，报零报告",
    "今天沒有新情況，報零報告",
    "Nothing new today: send a zero report",
  ),
  sendZeroThen: words(
    "那天没有新情况，报零报告",
    "那天沒有新情況，報零報告",
    "Nothing new that day: send a zero report",
  ),
  fillIn: words("填写数字", "填寫數字", "Enter figures"),
  checkAndSend: words("核对数字并上报", "核對數字並上報", "Check the figures and send"),
  zeroWithReason: words(
    "仍报零报告（须说明原因）",
    "仍報零報告（須說明原因）",
    "Send a zero report all the same (give a reason)",
  ),
  correct: words("更正这份报告", "更正這份報告", "Correct this report"),
  send: words("上报", "上報", "Send the report"),
  sendCorrection: words("提交更正", "提交更正", "Send the correction"),
  back: words("返回本单位首页", "返回本單位首頁", "Back to the unit's page"),
  doneTitle: words("已收到", "已收到", "Received"),
  reportOf: (day: string) => words(`${day}的日报告`, `${day}的日報告`, `Report for ${day}`),
  zeroOf: (day: string) => words(`${day}的零报告`, `${day}的零報告`, `Zero report for ${day}`),
  correctionOf: (day: string) =>
    words(`更正${day}的日报告`, `更正${day}的日報告`, `Correct the report for ${day}`),
  standing: words("现在的报告", "現在的報告", "The report as it stands"),
  correctionHint: words(
    "更正要写明原因。原来的数字会保留，可以查到。",
    "更正要寫明原因。原來的數字會保留，可以查到。",
    "A correction needs a reason. The old figures are kept and can be looked up.",
  ),
  zeroHint: words(
    "零报告表示：这一天没有新登记的返乡人员，也没有人不适。三项人数都记为 0。",
    "零報告表示：這一天沒有新登記的返鄉人員，也沒有人不適。三項人數都記為 0。",
    "A zero report says that nobody newly came back that day and nobody has symptoms. All three figures are 0.",
  ),
  allZero: words(
    "三项人数都是 0。没有新情况的，请改报“零报告”",
    "三項人數都是 0。沒有新情況的，請改報「零報告」",
    "All three figures are 0. If there is nothing new, send a zero report instead",
  ),
  sentAlready: words(
    "这份表已经提交过。要改数字，请写明原因再提交一次。",
    "這份表已經提交過。要改數字，請寫明原因再提交一次。",
    "This form has already been sent. To change the figures, give a reason and send it again.",
  ),
  correctionReason: words("更正的原因", "更正的原因", "Why it is corrected"),
  zeroReason: words("仍报零报告的原因", "仍報零報告的原因", "Why it is a zero report all the same"),
  lateHint: words(
    "已过报告时间，现在补报记为迟报。",
    "已過報告時間，現在補報記為遲報。",
    "The due time has passed: it will be recorded as late.",
  ),
  days: words("最近 7 天", "最近 7 天", "The last 7 days"),
  day: words("日期", "日期", "Day"),
  state: words("状态", "狀態", "State"),
  said: words("报告内容", "報告內容", "What was reported"),
  makeUp: words("补报", "補報", "Fill in"),
  makeUpOf: (day: string) => words(`补报 ${day}`, `補報 ${day}`, `Fill in ${day}`),

  waiting: words("等待核实的登记", "等待核實的登記", "Registrations to verify"),
  waitingHint: words(
    "请在到期前上门或打电话核实。点编号查看。",
    "請在到期前上門或打電話核實。點編號查看。",
    "Visit or call before the due time. Open a number to see it.",
  ),
  noneWaiting: words("没有等待核实的登记。", "沒有等待核實的登記。", "No registration is waiting."),
  persons: (n: number) => words(`${n} 人`, `${n} 人`, n === 1 ? "1 person" : `${n} persons`),
  andOthers: (name: string, n: number) =>
    n === 1
      ? words(`${name}`, `${name}`, name)
      : words(`${name} 等 ${n} 人`, `${name} 等 ${n} 人`, `${name} and ${n - 1} more`),
  firstOnly: (n: number) =>
    words(`只列出最急的 ${n} 件。`, `只列出最急的 ${n} 件。`, `Only the ${n} most urgent are listed.`),
  symptomatic: words("有不适", "有不適", "has symptoms"),

  tips: words("等待核实的线索", "等待核實的線索", "Tips to verify"),
  noTips: words("没有等待核实的线索。", "沒有等待核實的線索。", "No tip is waiting."),

  below: words("下级单位今天的日报告", "下級單位今天的日報告", "Units below: today's reports"),
  reported: words("已报", "已報", "Reported"),
  ofWhichZero: words("其中零报告", "其中零報告", "Zero reports"),
  excused: words("免报", "免報", "Excused"),
  missingNow: words("逾期未报", "逾期未報", "Overdue"),
  stillPending: words("未到时限", "未到時限", "Not yet due"),
  missingList: words("逾期未报的单位", "逾期未報的單位", "Units overdue"),
  noneMissing: words("没有逾期未报的单位。", "沒有逾期未報的單位。", "No unit is overdue."),
  noneBelow: words(
    "今天还没有下级单位的报告任务。",
    "今天還沒有下級單位的報告任務。",
    "No unit below owes a report today.",
  ),
  more: words("后面的单位", "後面的單位", "More units"),
  first: words("从头看", "從頭看", "From the beginning"),
  toRecords: words(
    "各类登记（出入证、申请、排查等）",
    "各類登記（出入證、申請、排查等）",
    "Records (passes, applications, inspections)",
  ),
  toDecide: (n: number | string) =>
    words(`等本单位办理 ${n} 件`, `等本單位辦理 ${n} 件`, `${n} waiting for this unit`),
  recordsOverdue: (n: number | string) => words(`逾期 ${n} 件`, `逾期 ${n} 件`, `${n} overdue`),
  toExcuse: words("为下级单位办理免报", "為下級單位辦理免報", "Excuse a unit below"),
};

const HAN_WEEKDAYS = "日一二三四五六";
const EN_WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
/** A local day: 1月25日, 25 January; with its weekday when asked. */
export function dayWords(date: string, lang: Lang, weekday?: "long" | "short"): string {
  const day = bareDay(date, lang, date);
  if (!weekday) return day;
  const at = new Date(`${date}T00:00:00Z`).getUTCDay();
  if (lang === "en") return `${EN_WEEKDAYS[at]?.slice(0, weekday === "short" ? 3 : undefined)} ${day}`;
  const week = weekday === "short" ? (lang === "zh-Hant" ? "週" : "周") : "星期";
  return `${day} ${week}${HAN_WEEKDAYS[at]}`;
}

/** A clock time, with its day when that is not `today`: 16:00, 1月24日 16:00. */
export function momentWords(at: Date, zone: string, lang: Lang, today: string): string {
  const date = localDate(at, zone);
  const clock = localClock(at, zone);
  if (date === today) return clock;
  return lang === "en" ? `${clock} on ${dayWords(date, lang)}` : `${dayWords(date, lang)} ${clock}`;
}

/** A length of time in two words at most: 1 小时 12 分, 3 days 2 h. */
export function spanWords(ms: number, lang: Lang): string {
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const say: Words = SPAN(days, hours, minutes);
  return say[lang];
}

const SPAN = (days: number, hours: number, minutes: number): Words => {
  const join = (parts: [number, string][]) =>
    parts
      .filter(([n]) => n > 0)
      .map(([n, unit]) => `${n} ${unit}`)
      .join(" ");
  const pick = (d: string, h: string, m: string) =>
    join(
      days > 0
        ? [
            [days, d],
            [hours, h],
          ]
        : [
            [hours, h],
            [minutes, m],
          ],
    );
  return {
    "zh-Hans": pick("天", "小时", "分") || "不到 1 分",
    "zh-Hant": pick("天", "小時", "分") || "不到 1 分",
    en: pick(days === 1 ? "day" : "days", "h", "min") || "less than 1 min",
  };
};
