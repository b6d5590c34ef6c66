import type { TicketEventKind } from "../domain/ticket.ts";
import type { Words } from "../forms/define.ts";
import { words } from "./words.ts";

/*
 * 督办 as a unit that must answer reads it: the same words stand behind its link and at the desk.
 */
export const TICKET = {
  name: words("督办件", "督辦件", "Ticket"),
  board: words("督办件，等待答复", "督辦件，等待答覆", "Tickets to answer"),
  owner: words("督办单位", "督辦單位", "Opened by"),
  opened: words("开办时间", "開辦時間", "Opened at"),
  due: words("答复时限", "答覆時限", "Answers due"),
  closed: words("已销号", "已銷號", "Closed"),
  closedAt: (when: string) => words(`${when} 已销号`, `${when} 已銷號`, `Closed at ${when}`),
  text: words("督办内容", "督辦內容", "What is asked"),
  units: words("通报单位", "通報單位", "Circulated to"),
  answerTitle: words("答复", "答覆", "Answer"),
  answerFor: words("替哪个单位答复", "替哪個單位答覆", "Which unit answers"),
  answer: words("办理情况", "辦理情況", "What was done"),
  answerHint: words(
    "写清做了什么、什么时候做的、结果怎样。不要写姓名、电话和证件号码，写编号就可以。",
    "寫清做了什麼、什麼時候做的、結果怎樣。不要寫姓名、電話和證件號碼，寫編號就可以。",
    "What was done, when, and how it turned out. No names, phones or document numbers: a case number is enough.",
  ),
  by: words("填写人", "填寫人", "Who writes this"),
  needText: words("请写明办理情况", "請寫明辦理情況", "Write what was done"),
  needBy: words("请写填写人", "請寫填寫人", "Write who you are"),
  button: words("提交答复", "提交答覆", "Send the answer"),
  done: words("答复已提交", "答覆已提交", "The answer is on record"),
  answered: words("已答复", "已答覆", "Answered"),
  owes: words("等待答复", "等待答覆", "Answer owed"),
  excused: words("没有答复", "沒有答覆", "No answer"),
  removed: words("已撤下", "已撤下", "Taken off"),
  first: (who: string, when: string, what: string) =>
    words(
      `${who || "其他人"} ${when} ${what}，您这次没有提交。`,
      `${who || "其他人"} ${when} ${what}，您這次沒有提交。`,
      `${who || "Somebody else"} was first, ${when}: ${what}. What you sent was not recorded.`,
    ),
  firstTitle: words("已有人先办理", "已有人先辦理", "Somebody was first"),
  kept: words(
    "您填写的内容还在下面，请核对后再决定是否提交。",
    "您填寫的內容還在下面，請核對後再決定是否提交。",
    "What you typed is still below. Look again before you send it.",
  ),
  typed: words("您刚才写的内容（没有提交）", "您剛才寫的內容（沒有提交）", "What you wrote (not recorded)"),
  history: words("办理经过", "辦理經過", "History"),
  earlier: words("更早的记录", "更早的記錄", "Earlier"),
  newest: words("回到最新", "回到最新", "Back to the latest"),
  newDue: (when: string) => words(`时限 ${when}`, `時限 ${when}`, `due ${when}`),
  without: words("未答复即销号", "未答覆即銷號", "closed without an answer of"),
  events: {
    opened: words("开办", "開辦", "opened"),
    circulated: words("通报", "通報", "circulated to"),
    removed: words("撤下", "撤下", "took off"),
    answered: words("答复", "答覆", "answered"),
    due: words("更改时限", "更改時限", "changed the due time"),
    closed: words("销号", "銷號", "closed"),
    reopened: words("重新开办", "重新開辦", "reopened"),
  } satisfies Record<TicketEventKind, Words>,
};
