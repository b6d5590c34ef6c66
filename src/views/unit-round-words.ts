import { parseSlot, type Slot } from "../domain/follow-up.ts";
import type { Lang } from "../forms/define.ts";
import { dayWords } from "./unit-words.ts";
import { words } from "./words.ts";

/*
 * The words of the grid worker's round. Those with {braces} are filled in by the page's script.
 */
export const ROUND = {
  title: words("上门测温", "上門測溫", "Temperature round"),
  link: words("去测温、填报", "去測溫、填報", "Go to the round"),
  on: (slot: string, until: string) =>
    words(`${slot}，${until} 前报`, `${slot}，${until} 前報`, `${slot}, due by ${until}`),
  between: (slot: string, until: string) =>
    words(
      `${slot}已结束，补报到 ${until}`,
      `${slot}已結束，補報到 ${until}`,
      `${slot} has ended; late entry until ${until}`,
    ),
  hint: words(
    "现场量、现场填，不要照抄上次的。没有信号也可以先记下，有信号时会自动发出。",
    "現場量、現場填，不要照抄上次的。沒有訊號也可以先記下，有訊號時會自動發出。",
    "Measure and enter on the spot; do not copy the last one. Without a signal note it down all the same: it goes out by itself later.",
  ),
  plainHint: words(
    "填好几个人就按一次页面下方的“提交”。没填的不会提交。",
    "填好幾個人就按一次頁面下方的「提交」。沒填的不會提交。",
    "Fill in as many as you like, then press the button at the foot. Whoever is left blank is not sent.",
  ),
  none: words("现在没有人在观察。", "現在沒有人在觀察。", "Nobody is under observation now."),
  noneHint: words(
    "核实登记后，观察对象会出现在这里。",
    "核實登記後，觀察對象會出現在這裡。",
    "People appear here once a registration is verified.",
  ),
  firstOnly: (n: number) =>
    words(
      `这里只列出前 ${n} 人，其余的请从各村（社区）自己的页面填报。`,
      `這裡只列出前 ${n} 人，其餘的請從各村（社區）自己的頁面填報。`,
      `Only the first ${n} are listed. Enter the others from each village's own page.`,
    ),
  groups: {
    due: words("还没报", "還沒報", "To do"),
    late: words("可以补报", "可以補報", "Can still be made up"),
    done: words("已报", "已報", "Done"),
    wait: words("还没到时间", "還沒到時間", "Not yet"),
  },
  person: (n: number) => words(`${n} 人`, `${n} 人`, n === 1 ? "1 person" : `${n} people`),
  day: (n: number, of: number) =>
    words(`第 ${n} 天，共 ${of} 天`, `第 ${n} 天，共 ${of} 天`, `day ${n} of ${of}`),
  beyond: (n: number) => words(`第 ${n} 天，观察延长`, `第 ${n} 天，觀察延長`, `day ${n}, extended`),
  last: words("上次", "上次", "Last"),
  noLast: words("还没有测过", "還沒有測過", "Nothing measured yet"),
  look: words("请看一下", "請看一下", "Please look"),
  rote: {
    identical: words(
      "连续十次体温完全一样，是不是现场量的",
      "連續十次體溫完全一樣，是不是現場量的",
      "ten readings in a row are identical: were they measured?",
    ),
    "same-second": words(
      "好几天都在同一秒提交，是不是本人填的",
      "好幾天都在同一秒提交，是不是本人填的",
      "sent at the same second on several days: who entered them?",
    ),
  },
  which: words("这是哪一次的", "這是哪一次的", "Which slot"),
  late: (slot: string) => words(`补${slot}`, `補${slot}`, `${slot} (late)`),
  again: (slot: string) => words(`更正${slot}`, `更正${slot}`, `${slot} (correct it)`),
  temperature: words("体温", "體溫", "Temperature"),
  symptoms: words("有没有不适", "有沒有不適", "Symptoms"),
  well: words("没有不适", "沒有不適", "No symptoms"),
  ill: words("有不适", "有不適", "Has symptoms"),
  what: words("哪里不舒服", "哪裡不舒服", "What is wrong"),
  whats: {
    fever: words("发热", "發熱", "fever"),
    cough: words("咳嗽", "咳嗽", "cough"),
    chest: words("胸闷气短", "胸悶氣短", "tight chest"),
    tired: words("乏力", "乏力", "weakness"),
    gut: words("腹泻", "腹瀉", "diarrhoea"),
    other: words("其他", "其他", "other"),
  },
  help: words("需要帮助", "需要幫助", "Needs help"),
  helpLong: words("需要买药、买菜、看病", "需要買藥、買菜、看病", "Needs medicine, food or a doctor"),
  save: words("记下", "記下", "Note it down"),
  enter: words("填报", "填報", "Enter"),
  correct: words("更正", "更正", "Correct"),
  makeUp: words("补报", "補報", "Make up"),
  opensAt: (slot: string, when: string) =>
    words(`${slot} ${when} 开始`, `${slot} ${when} 開始`, `${slot} begins at ${when}`),
  over: words("测温已满，等待解除", "測溫已滿，等待解除", "All readings are in; waiting for release"),
  send: words("提交填好的", "提交填好的", "Send what is filled in"),
  reported: (n: number, of: number) => words(`已报 ${n} / ${of}`, `已報 ${n} / ${of}`, `${n} of ${of} done`),
  saved: (n: number) =>
    words(`收到 ${n} 条`, `收到 ${n} 條`, n === 1 ? "1 entry received" : `${n} entries received`),
  savedSome: (n: number) =>
    words(
      `其余 ${n} 条已收到，不用再填。`,
      `其餘 ${n} 條已收到，不用再填。`,
      n === 1 ? "The other one was received." : `The other ${n} were received.`,
    ),
  nothing: words(
    "还没有填。请至少填一个人的体温。",
    "還沒有填。請至少填一個人的體溫。",
    "Nothing is filled in yet. Enter at least one temperature.",
  ),
  strays: words("名单上已经没有的人", "名單上已經沒有的人", "No longer on the list"),
  turned: words(
    "已经到下一次测温时间，名单有变化。",
    "已經到下一次測溫時間，名單有變化。",
    "The next slot has begun and the list has changed.",
  ),
  reload: words("刷新名单", "刷新名單", "Reload the list"),
};

/** What the page's script says, one set a language. */
export const SCRIPT_WORDS = {
  done: (of: number) => words(`已报 {n} / ${of}`, `已報 {n} / ${of}`, `{n} of ${of} done`),
  waiting: words("未发送 {n}", "未發送 {n}", "{n} unsent"),
  mend: words("要改 {n}", "要改 {n}", "{n} to mend"),
  unsent: words("已记在手机里，还没有发出", "已記在手機裡，還沒有發出", "Noted on this phone, not sent yet"),
  sending: words("正在发送……", "正在發送……", "Sending…"),
  received: words("已收到 {when}", "已收到 {when}", "Received {when}"),
  late: words("补报", "補報", "late"),
  corrected: words("更正", "更正", "correction"),
  told: words(
    "正在通知村（社区）、镇和县",
    "正在通知村（社區）、鎮和縣",
    "The village, the town and the county are being told now",
  ),
  callNow: (hotline: string) =>
    words(
      `没有发出去之前没有人知道，请马上打电话报告${hotline ? ` ${hotline}` : ""}`,
      `沒有發出去之前沒有人知道，請馬上打電話報告${hotline ? ` ${hotline}` : ""}`,
      `Nobody knows of this until it is sent: report it by phone now${hotline ? `, ${hotline}` : ""}`,
    ),
  refused: words("没有收下：{why}", "沒有收下：{why}", "Not accepted: {why}"),
  refusedPlain: words("内容有误，请核对", "內容有誤，請核對", "something is wrong with it"),
  discard: words("删除这一条", "刪除這一條", "Delete this entry"),
  offline: words(
    "没有信号，恢复后自动发送",
    "沒有訊號，恢復後自動發送",
    "No signal. It will be sent when it returns.",
  ),
  stay: words(
    "这台手机不能保存，发完之前请不要关闭页面",
    "這台手機不能保存，發完之前請不要關閉頁面",
    "This phone cannot keep entries. Leave the page open until all are sent.",
  ),
  otherSlot: words(
    "这是{slot}填的，还没有记下，请核对",
    "這是{slot}填的，還沒有記下，請核對",
    "Typed for {slot} and not noted down yet. Check it.",
  ),
  fever: words("发热 {t} ℃", "發熱 {t} ℃", "fever {t} °C"),
  plain: words("{t} ℃", "{t} ℃", "{t} °C"),
  well: words("没有不适", "沒有不適", "no symptoms"),
  ill: words("有不适", "有不適", "symptoms"),
  needs: words("需要帮助", "需要幫助", "needs help"),
  morning: words("{m}月{d}日早测", "{m}月{d}日早測", "morning of {y}-{m}-{d}"),
  evening: words("{m}月{d}日晚测", "{m}月{d}日晚測", "evening of {y}-{m}-{d}"),
};

const PARTS = {
  morning: words("早测", "早測", "morning"),
  evening: words("晚测", "晚測", "evening"),
};
const NEAR = {
  today: words("今天", "今天", "this"),
  yesterday: words("昨天", "昨天", "yesterday"),
};

/** A slot in words: 今天早测, 昨天晚测, 1月24日早测; this morning, yesterday evening, morning of 24 January. */
export function slotWords(slot: Slot | string, lang: Lang, today: string, yesterday: string): string {
  const one = typeof slot === "string" ? parseSlot(slot) : slot;
  if (!one) return "";
  const part = PARTS[one.part][lang];
  const near = one.date === today ? NEAR.today : one.date === yesterday ? NEAR.yesterday : undefined;
  if (near) return lang === "en" ? `${near.en} ${part}` : `${near[lang]}${part}`;
  return lang === "en" ? `${part} of ${dayWords(one.date, lang)}` : `${dayWords(one.date, lang)}${part}`;
}
