import { withinWords, words } from "../words.ts";

/* 核定、结束查找: the words of what an official decides about a bureau's list after it was agreed to. */
export const SETTLE = {
  title: (row: number) => words(`核定第 ${row} 行`, `核定第 ${row} 行`, `Settle row ${row}`),
  open: words("核定这一行", "核定這一行", "Settle this row"),
  lead: words(
    "这一行和已掌握的情况对不上。请对照后说明它是谁；系统不会自己合并。",
    "這一行和已掌握的情況對不上。請對照後說明它是誰；系統不會自己合併。",
    "This row does not agree with what is known. Compare them and say who it is: nothing is merged by itself.",
  ),
  differs: words("哪里有出入", "哪裡有出入", "What differs"),
  asListed: words("名单上写的", "名單上寫的", "As the list has it"),
  decide: words("核定", "核定", "Settle it"),
  compare: words("对照", "對照", "Side by side"),
  side: words("来源", "來源", "From"),
  list: (id: string, row: number) =>
    words(`名单 ${id} 第 ${row} 行`, `名單 ${id} 第 ${row} 行`, `List ${id}, row ${row}`),
  thisRow: (row: number) => words(`本行（第 ${row} 行）`, `本行（第 ${row} 行）`, `This row (${row})`),
  name: words("姓名", "姓名", "Name"),
  document: words("证件号码", "證件號碼", "ID number"),
  phone: words("电话", "電話", "Phone"),
  place: words("住址", "住址", "Address"),
  nobody: words(
    "没有登记过的人或别的行和它相近。",
    "沒有登記過的人或別的行和它相近。",
    "Nobody registered and no other row is like it.",
  ),
  reveal: words("显示完整信息对照", "顯示完整資訊對照", "Show the whole data to compare"),
  revealHint: words(
    "会显示上面各人的姓名、证件和电话，查看记录在案。",
    "會顯示上面各人的姓名、證件和電話，查看記錄在案。",
    "Names, documents and phones of all above are shown. Looking is on record.",
  ),
  what: words("这一行是谁", "這一行是誰", "Who this row is"),
  isPerson: (id: string, name: string) =>
    words(`就是 ${id} ${name}`, `就是 ${id} ${name}`, `It is ${id} ${name}`),
  isRow: (row: string) => words(`和${row}是同一人`, `和${row}是同一人`, `The same person as ${row}`),
  isOther: words(
    "是另一位已登记的人（填登记编号）",
    "是另一位已登記的人（填登記編號）",
    "It is somebody else who is registered (give the case number)",
  ),
  isNew: (minutes: number) => {
    const within = withinWords(minutes);
    return words(
      `是还没登记的人，交村（社区）${within["zh-Hans"]}查找`,
      `是還沒登記的人，交村（社區）${within["zh-Hant"]}查找`,
      `It is somebody not registered yet: a village is to find them ${within.en}`,
    );
  },
  isWrong: words("这一行写错了，不能用", "這一行寫錯了，不能用", "The row is wrong and cannot be used"),
  number: words("登记编号", "登記編號", "Case number"),
  numberHint: words(
    "选“另一位已登记的人”时填，例如 WY-0217-4486-1",
    "選「另一位已登記的人」時填，例如 WY-0217-4486-1",
    "For “somebody else who is registered”, such as WY-0217-4486-1",
  ),
  unit: words("交哪个村（社区）查找", "交哪個村（社區）查找", "Which village is to look"),
  unitHint: words("选“还没登记的人”时填", "選「還沒登記的人」時填", "For “somebody not registered yet”"),
  noUnit: words("请选择", "請選擇", "Choose"),
  words: words("说明", "說明", "In words"),
  wordsHint: words(
    "写错了的必填：错在哪里。不要写姓名。",
    "寫錯了的必填：錯在哪裡。不要寫姓名。",
    "Needed for a row that is wrong: say what is wrong. No names.",
  ),
  save: words("确认核定", "確認核定", "Settle it"),
  choose: words("请选择这一行是谁", "請選擇這一行是誰", "Choose who this row is"),
  chooseUnit: words("请选择村（社区）", "請選擇村（社區）", "Choose the village"),
  done: (result: string, who: string, when: string) =>
    words(
      `已核定为“${result}”：${who}，${when}`,
      `已核定為「${result}」：${who}，${when}`,
      `Settled as “${result}” by ${who}, ${when}`,
    ),
  beaten: words(
    "已有人核定了这一行，您的选择没有保存。下面是最新状态。",
    "已有人核定了這一行，您的選擇沒有儲存。下面是最新狀態。",
    "Somebody has settled this row already; what you chose was not kept. Below is how it stands.",
  ),
  notNow: words(
    "这批名单正在交办，或已经封存，现在不能核定。",
    "這批名單正在交辦，或已經封存，現在不能核定。",
    "The list is being handed out or has been sealed off: it cannot be settled now.",
  ),
  agreed: words(
    "与已掌握的情况一致，不用核定。",
    "與已掌握的情況一致，不用核定。",
    "Nothing is to be settled here.",
  ),
  unsettled: (n: number) =>
    words(
      `还有 ${n} 行有出入，请逐行核定。`,
      `還有 ${n} 行有出入，請逐行核定。`,
      n === 1 ? "One conflicting row is to be settled." : `${n} conflicting rows are to be settled.`,
    ),

  close: words("结束查找", "結束查找", "End the search"),
  closeLead: (n: number) =>
    words(
      `还有 ${n} 人没有答复。结束后各村不用再找，这些行记为“已结束查找，没有答复”，不会记成“查无此人”。不能撤销。`,
      `還有 ${n} 人沒有答覆。結束後各村不用再找，這些行記為「已結束查找，沒有答覆」，不會記成「查無此人」。不能撤銷。`,
      `${n === 1 ? "One person has" : `${n} persons have`} no answer yet. Villages then need not look any more: these rows say that the search was ended, not that nobody was found. This cannot be undone.`,
    ),
  closeWhy: words("为什么结束", "為什麼結束", "Why it is ended"),
  closeWhyHint: words("不要写姓名。", "不要寫姓名。", "No names of persons."),
  closed: words("结束查找", "結束查找", "Search ended"),
  closedBy: (who: string, when: string, why: string) =>
    words(`${when} ${who}：${why}`, `${when} ${who}：${why}`, `${when}, ${who}: ${why}`),
};
