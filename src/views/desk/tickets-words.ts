import { TICKET_UNITS } from "../../domain/ticket.ts";
import { words } from "../words.ts";

/** 督办 at the desk: lists, the form of a new one, and what a superior does to one. */
export const TICKETS = {
  title: words("督办", "督辦", "Tickets"),
  views: {
    answer: words("等待答复", "等待答覆", "To answer"),
    opened: words("本单位督办", "本單位督辦", "Opened by us"),
    received: words("通报给本单位", "通報給本單位", "Sent to us"),
    closed: words("已销号", "已銷號", "Closed"),
  },
  none: {
    answer: words("没有等待答复的督办件。", "沒有等待答覆的督辦件。", "No ticket waits for an answer."),
    opened: words("本单位没有在办的督办件。", "本單位沒有在辦的督辦件。", "None of ours is open."),
    received: words("没有通报给本单位的督办件。", "沒有通報給本單位的督辦件。", "None was sent to us."),
    closed: words("还没有销号的督办件。", "還沒有銷號的督辦件。", "None has been closed yet."),
  },
  number: words("编号", "編號", "Number"),
  what: words("事项", "事項", "Subject"),
  unit: words("单位", "單位", "Unit"),
  state: words("状态", "狀態", "State"),
  open: words("新开督办件", "新開督辦件", "Open a ticket"),
  more: words("下一页", "下一頁", "Next page"),
  start: words("回到第一页", "回到第一頁", "Back to the first page"),

  // A new one
  about: words("针对事项", "針對事項", "About"),
  aboutOver: words("（已办结）", "（已辦結）", " (done by now)"),
  aboutTitle: (unit: string, thing: string) =>
    words(`${unit}：${thing}`, `${unit}：${thing}`, `${unit}: ${thing}`),
  aboutText: (unit: string, thing: string, due: string) =>
    words(
      `${unit}应于 ${due} 前办理：${thing}。请立即办理，并答复办理情况和未按时办理的原因。`,
      `${unit}應於 ${due} 前辦理：${thing}。請立即辦理，並答覆辦理情況和未按時辦理的原因。`,
      `${unit} was to do this by ${due}: ${thing}. Do it now, and answer what was done and why it was late.`,
    ),
  already: (ids: string) =>
    words(
      `这件事已有在办的督办件：${ids}`,
      `這件事已有在辦的督辦件：${ids}`,
      `There is an open ticket about this already: ${ids}`,
    ),
  titleLabel: words("标题", "標題", "Title"),
  titleHint: words(
    "会显示在列表里，不要写姓名、电话和证件号码。",
    "會顯示在列表裡，不要寫姓名、電話和證件號碼。",
    "Shown in lists: no names, phones or document numbers.",
  ),
  text: words("督办内容和要求", "督辦內容和要求", "What is wrong and what is asked"),
  units: words("通报单位", "通報單位", "Units it is circulated to"),
  unitsHint: words(
    `可选一个或多个，最多 ${TICKET_UNITS} 个。每个单位各自答复。`,
    `可選一個或多個，最多 ${TICKET_UNITS} 個。每個單位各自答覆。`,
    `One or more, at most ${TICKET_UNITS}. Each answers for itself.`,
  ),
  picked: (n: number) => words(`已选 ${n} 个`, `已選 ${n} 個`, `${n} chosen`),
  below: (unit: string) => words(`${unit}的下属单位`, `${unit}的下屬單位`, `Units below ${unit}`),
  look: words("看下属", "看下屬", "Units below"),
  up: (unit: string) => words(`返回${unit}`, `返回${unit}`, `Back to ${unit}`),
  noBelow: words("没有下属单位。", "沒有下屬單位。", "There are no units below."),
  dueDate: words("答复日期", "答覆日期", "Answers due, day"),
  dueTime: words("答复时间", "答覆時間", "Answers due, time"),
  dueHint: words(
    "必须晚于现在，最长 30 天。到期没有答复的逐级提醒。",
    "必須晚於現在，最長 30 天。到期沒有答覆的逐級提醒。",
    "In the future, at most 30 days ahead. Who has not answered by then is chased up the ladder.",
  ),
  send: words("开办并通报", "開辦並通報", "Open and circulate"),
  sentBefore: words(
    "这张表刚才已经提交过，内容和现在不同。要另开一件，请核对后再提交一次。",
    "這張表剛才已經提交過，內容和現在不同。要另開一件，請核對後再提交一次。",
    "This form was sent before with other content. To open another ticket, check it and send it again.",
  ),

  // One
  done: {
    open: words("督办件已开办，已通报。", "督辦件已開辦，已通報。", "The ticket is open and circulated."),
    answer: words("答复已提交。", "答覆已提交。", "The answer is on record."),
    close: words("已销号。", "已銷號。", "Closed."),
    reopen: words("已重新开办。", "已重新開辦。", "Reopened."),
    due: words("时限已更改。", "時限已更改。", "The due time was changed."),
    circulate: words("已通报。", "已通報。", "Circulated."),
    remove: words("单位已撤下。", "單位已撤下。", "The unit was taken off."),
  },
  paper: words("督办单", "督辦單", "Ticket"),
  paperHint: words(
    "用浏览器的“打印”得到督办单（A4）。",
    "用瀏覽器的「列印」得到督辦單（A4）。",
    "Print this page for a sheet of paper (A4).",
  ),
  signed: words("督办单位（盖章）", "督辦單位（蓋章）", "For the unit that opened it"),
  signedBy: words("承办人（签字）", "承辦人（簽字）", "For the unit that answers"),
  acts: words("办理", "辦理", "Act"),
  close: words("销号", "銷號", "Close the ticket"),
  closeText: words("销号依据", "銷號依據", "Evidence"),
  closeHint: words(
    "写明核实了什么、凭什么认定办结。",
    "寫明核實了什麼、憑什麼認定辦結。",
    "What was checked, and what shows that it is done.",
  ),
  although: (units: string) =>
    words(
      `${units} 还没有答复，仍要销号（依据里写明理由）`,
      `${units} 還沒有答覆，仍要銷號（依據裡寫明理由）`,
      `${units} has not answered; close it all the same (say why above)`,
    ),
  answerFor: words("代单位填写答复", "代單位填寫答覆", "Enter the answer of a unit"),
  due: words("更改时限", "更改時限", "Change the due time"),
  dueText: words("更改的理由", "更改的理由", "Why it is changed"),
  circulate: words("通报其他单位", "通報其他單位", "Circulate to more units"),
  circulateHint: words(
    "已答复的单位也可以再选，请它重新答复。",
    "已答覆的單位也可以再選，請它重新答覆。",
    "A unit that has answered can be chosen again: it is asked once more.",
  ),
  remove: words("撤下单位", "撤下單位", "Take a unit off"),
  removeUnit: words("撤下哪个单位", "撤下哪個單位", "Which unit"),
  removeText: words("撤下的理由", "撤下的理由", "Why"),
  reopen: words("重新开办", "重新開辦", "Reopen"),
  reopenText: words("重新开办的理由", "重新開辦的理由", "Why it is reopened"),
  again: words("哪些单位要再答复", "哪些單位要再答覆", "Who answers again"),
  againHint: (units: string) =>
    words(
      `没有答复过的仍要答复：${units}`,
      `沒有答覆過的仍要答覆：${units}`,
      `Who never answered is asked in any case: ${units}`,
    ),
};
