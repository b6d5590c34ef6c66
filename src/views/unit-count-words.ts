import { words } from "./words.ts";

/* The words of typed counts: what nobody can count for a unit, entered once a day. */
export const COUNT = {
  title: words("工作统计", "工作統計", "Work counts"),
  intro: words(
    "宣传、会议、关停这些系统算不出来的数，在这里填：每天填一次，只填本单位自己做的，累计由系统算。",
    "宣傳、會議、關停這些系統算不出來的數，在這裡填：每天填一次，只填本單位自己做的，累計由系統算。",
    "Publicity, meetings, closures: what the service cannot count is entered here. Once a day, only what this unit did itself; the service adds it up.",
  ),
  none: words(
    "这类单位没有要填的统计表。",
    "這類單位沒有要填的統計表。",
    "Units of this kind have no counts to enter.",
  ),
  never: words("还没有填过", "還沒有填過", "Never entered"),
  filledToday: (when: string) =>
    words(`今天已填，${when} 收到`, `今天已填，${when} 收到`, `Entered today, received at ${when}`),
  filledLast: (day: string) =>
    words(
      `今天还没有填，上次填的是 ${day}`,
      `今天還沒有填，上次填的是 ${day}`,
      `Not yet entered today; last entered for ${day}`,
    ),
  owedToday: words("今天要填的表", "今天要填的表", "To fill in today"),
  by: (when: string) => words(`${when} 前`, `${when} 前`, `by ${when}`),
  notYet: words("还没有填", "還沒有填", "not yet filled in"),
  enterToday: words("填今天的", "填今天的", "Enter today's"),
  correctToday: words("更正今天的", "更正今天的", "Correct today's"),
  of: (link: string, form: string) => words(`${link}：${form}`, `${link}：${form}`, `${link}: ${form}`),
  item: words("项目", "項目", "What"),
  own: words("本单位", "本單位", "This unit"),
  below: words("下级合计", "下級合計", "Units below"),
  unknown: words("没填", "沒填", "not entered"),
  standing: words("现有", "現有", "now"),
  added: words("累计", "累計", "In all"),
  after: words("提交后累计", "提交後累計", "In all then"),
  othersEmpty: (n: number) =>
    words(`其余 ${n} 项没有填过。`, `其餘 ${n} 項沒有填過。`, `${n} others were never entered.`),
  filledBelow: (n: number, all: number) =>
    words(
      `该填的下级单位 ${all} 个，填过的 ${n} 个。`,
      `該填的下級單位 ${all} 個，填過的 ${n} 個。`,
      `${n} of the ${all} units below that enter this have entered something.`,
    ),
  unfilled: (n: number) =>
    words(`还没有填过的 ${n} 个单位`, `還沒有填過的 ${n} 個單位`, `${n} that never entered anything`),
  andMore: (n: number) => words(`等 ${n} 个`, `等 ${n} 個`, `and others, ${n} in all`),

  entryOf: (form: string, day: string) => words(`${day}：${form}`, `${day}：${form}`, `${form}: ${day}`),
  correctionOf: (form: string, day: string) =>
    words(`更正${day}：${form}`, `更正${day}：${form}`, `Correct ${form}: ${day}`),
  emptyHint: words(
    "没有填的不算数，也不当作零；确实没有的请填 0。",
    "沒有填的不算數，也不當作零；確實沒有的請填 0。",
    "An empty field says nothing and does not count as zero. Enter 0 where there was none.",
  ),
  ownOnly: words(
    "只填本单位自己做的：下级单位填过的，系统会加上去，再填就重了。",
    "只填本單位自己做的：下級單位填過的，系統會加上去，再填就重了。",
    "Only what this unit did itself: what units below entered is added by the service and would count twice.",
  ),
  flowGroup: words(
    "填当天新增的，累计由系统算。",
    "填當天新增的，累計由系統算。",
    "Enter what came that day; the service adds it up.",
  ),
  stockGroup: words(
    "填当天实有的数，不累加。",
    "填當天實有的數，不累加。",
    "Enter what there was that day; nothing is added up.",
  ),
  flowHint: (n: string) => words(`其他各天合计 ${n}`, `其他各天合計 ${n}`, `Other days: ${n} in all`),
  stockHint: (n: string) =>
    words(`其他各天里最近的是 ${n}`, `其他各天裡最近的是 ${n}`, `Last of the other days: ${n}`),
  otherDay: words("换一天", "換一天", "Another day"),
  showDay: words("看这一天", "看這一天", "Show this day"),
  check: words("下一步：核对", "下一步：核對", "Next: check"),
  checkTitle: words("请核对", "請核對", "Check"),
  day: words("这一天", "這一天", "This day"),
  was: (n: string) => words(`原来 ${n}`, `原來 ${n}`, `was ${n}`),
  before: (n: string) => words(`之前 ${n}`, `之前 ${n}`, `before: ${n}`),
  first: words("第一次填", "第一次填", "for the first time"),
  leftEmpty: (n: number) =>
    words(`没有填的 ${n} 项不算数。`, `沒有填的 ${n} 項不算數。`, `${n} left empty say nothing.`),
  send: words("确认提交", "確認提交", "Send"),
  change: words("返回修改", "返回修改", "Go back and change"),
  same: words(
    "与已经填过的相同，不用再提交。",
    "與已經填過的相同，不用再提交。",
    "The same is entered already. There is nothing to send.",
  ),
  sent: words(
    "这份表已经提交过。要改，请再填一次。",
    "這份表已經提交過。要改，請再填一次。",
    "This has already been sent. To change it, enter it once more.",
  ),
  saved: words("已收到", "已收到", "Received"),
  back: words("返回工作统计", "返回工作統計", "Back to the counts"),
  toCounts: words(
    "填工作统计（宣传、会议、关停等）",
    "填工作統計（宣傳、會議、關停等）",
    "Enter work counts (publicity, meetings, closures)",
  ),
};
