import { words } from "./words.ts";

/* The words of entering one record after another on a phone, and of counts by hour. */
export const RAPID = {
  save: words("记下", "記下", "Save"),
  sendNow: words("立即发送", "立即發送", "Send now"),
  clear: words("清空", "清空", "Clear"),
  last: words("刚才记的", "剛才記的", "Last entries"),
  hours: words("今天按小时统计", "今天按小時統計", "Today by hour"),
  list: (title: string) => words(`查看${title}记录`, `查看${title}記錄`, `All entries: ${title}`),
  plain: words(
    "浏览器没有开启脚本：没有网络时不能记。",
    "瀏覽器沒有開啟指令碼：沒有網路時不能記。",
    "This browser runs no scripts: nothing can be entered without a network.",
  ),
  saved: (number: string) => words(`已记下 ${number}`, `已記下 ${number}`, `Saved as ${number}`),
  open: words("查看或作废", "檢視或作廢", "Open or withdraw"),
  registered: (caseNumber: string) =>
    words(`已转村登记 ${caseNumber}`, `已轉村登記 ${caseNumber}`, `Registered as ${caseNumber}`),
  link: words("给本人看的链接", "給本人看的連結", "The link for this person"),
  mend: words(
    "已记下，但没有转到村（社区）登记",
    "已記下，但沒有轉到村（社區）登記",
    "Saved, but the village has not been told",
  ),
  mendHint: words(
    "请打电话告诉本人要去的村（社区），或者作废后重新记一条。",
    "請打電話告訴本人要去的村（社區），或者作廢後重新記一條。",
    "Phone the village this person is going to, or withdraw the entry and enter it again.",
  ),
  unregistered: words("登记没有成功", "登記沒有成功", "The registration was refused"),
};

/** What rapid.client.js says; {n}, {left}, {why} and {who} are filled in there. */
export const SCRIPT = {
  noted: words("今天第 {n} 条已记下", "今天第 {n} 條已記下", "Entry {n} of today saved"),
  none: words("今天还没有记", "今天還沒有記", "Nothing entered today"),
  waiting: words("{n} 条待发", "{n} 條待發", "{n} to send"),
  allSent: words("都已发出", "都已發出", "all sent"),
  toMend: words("{n} 条要改", "{n} 條要改", "{n} to mend"),
  sending: words("正在发送……", "正在傳送……", "Sending…"),
  offline: words(
    "没有网络，先存在手机里，有网时自动发。",
    "沒有網路，先存在手機裡，有網時自動發。",
    "No network: kept on this phone, sent when there is one.",
  ),
  stay: words(
    "手机的存储已满或没有开启：新记的只在这一页里。请不要关闭这一页，尽快联网发出。",
    "手機的儲存已滿或沒有開啟：新記的只在這一頁裡。請不要關閉這一頁，盡快連網發出。",
    "The phone’s storage is full or switched off: what is new is kept in this page alone. Do not close it; send it soon.",
  ),
  full: words(
    "这台手机已存满 {n} 条。请先联网发出，再接着记。",
    "這台手機已存滿 {n} 條。請先連網發出，再接著記。",
    "This phone holds {n} entries and is full. Find a network and send them first.",
  ),
  fits: words(
    "没有网络也能记：这台手机还能存 {left} 条。",
    "沒有網路也能記：這台手機還能存 {left} 條。",
    "This works without a network too: the phone has room for {left} more.",
  ),
  reopen: words(
    "没有网络时，这一页关了也能再打开。",
    "沒有網路時，這一頁關了也能再打開。",
    "This page can be closed and opened again without a network.",
  ),
  keepOpen: words(
    "没有网络时请不要关闭这一页，关了要有网络才能再打开；记下的不会丢。",
    "沒有網路時請不要關閉這一頁，關了要有網路才能再打開；記下的不會丟。",
    "Without a network keep this page open: to open it again takes one. Nothing that was saved is lost.",
  ),
  revoked: words(
    "这个链接不能用了。还没发出的 {n} 条留在这台手机里：请向{who}要新链接，在这台手机上打开后会自动发出。",
    "這個連結不能用了。還沒發出的 {n} 條留在這台手機裡：請向{who}要新連結，在這台手機上打開後會自動發出。",
    "This link is no longer in use. The {n} not yet sent stay on this phone: ask {who} for a new link and open it on this phone; they are then sent.",
  ),
  signIn: words(
    "登录已经结束，请重新登录后再打开这一页；没发出的还在这台手机里。",
    "登入已經結束，請重新登入後再打開這一頁；沒發出的還在這台手機裡。",
    "You are no longer signed in. Sign in and open this page again; what was not sent is still on this phone.",
  ),
  unsent: words("待发", "待發", "to send"),
  sent: words("已发出", "已發出", "sent"),
  undo: words("撤回修改", "撤回修改", "Take back"),
  edit: words("改好重发", "改好重發", "Mend and send again"),
  discard: words("不要了", "不要了", "Discard"),
  known: words("知道了", "知道了", "Got it"),
  refused: words("没有收下：{why}", "沒有收下：{why}", "Refused: {why}"),
  more: words("还有 {n} 条要改的没有列出", "還有 {n} 條要改的沒有列出", "{n} more to mend are not listed"),
};

export const HOURS = {
  title: (form: string) => words(`${form} · 按小时`, `${form} · 按小時`, `${form} by hour`),
  hour: words("时间", "時間", "Hour"),
  entries: words("条数", "條數", "Entries"),
  sum: words("合计", "合計", "Total"),
  none: words("这一天没有记录。", "這一天沒有記錄。", "Nothing was recorded on this day."),
  asOf: (when: string) =>
    words(
      `截至 ${when} 收到的，按发生的时间。`,
      `截至 ${when} 收到的，按發生的時間。`,
      `What had arrived by ${when}, by the hour in which it happened.`,
    ),
  below: words("含下级单位的。", "含下級單位的。", "Units below are counted too."),
  late: words(
    "手机里还没发出的不在内。",
    "手機裡還沒發出的不在內。",
    "What phones have not sent yet is missing.",
  ),
  more: (n: number) =>
    words(
      `这一天的记录超过 ${n} 条，只统计了一部分，请按下级单位分别查看。`,
      `這一天的記錄超過 ${n} 條，只統計了一部分，請按下級單位分別查看。`,
      `There are more than ${n} records on this day, and only a part is counted. Look at the units below one by one.`,
    ),
  print: words("打印", "列印", "Print"),
  day: words("看哪一天", "看哪一天", "Which day"),
  show: words("查看", "檢視", "Show"),
  back: words("回去接着记", "回去接著記", "Back to entering"),
};
