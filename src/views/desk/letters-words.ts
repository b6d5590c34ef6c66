import { words } from "../words.ts";

/* The words of transfer letters at the desk. */
export const LETTERS = {
  title: words("协查函", "協查函", "Letters"),
  write: words("发协查函", "發協查函", "Write a letter"),
  receive: words("接收协查函", "接收協查函", "Receive a letter"),
  sent: words("发出的", "發出的", "Written here"),
  received: words("接收的", "接收的", "Received from elsewhere"),
  none: words("没有。", "沒有。", "None."),
  howTo: words(
    "从个案页面“发协查函”开始写。",
    "從個案頁面「發協查函」開始寫。",
    "A letter is begun on the page of a case.",
  ),
  number: words("编号", "編號", "Number"),
  to: words("收函地", "收函地", "To"),
  from: words("发函地", "發函地", "From"),
  unit: words("单位", "單位", "Unit"),
  state: words("状态", "狀態", "State"),
  unread: words("有回复待阅", "有回覆待閱", "Reply not read"),
  most: (n: number) =>
    words(
      `只列出 ${n} 件，未答复的在前。`,
      `只列出 ${n} 件，未答覆的在前。`,
      `Only ${n} are listed, unanswered ones first.`,
    ),
  caseOf: words("个案", "個案", "Case"),

  who: words("发给谁", "發給誰", "To whom"),
  county: words("收函县（区）", "收函縣（區）", "County it is written to"),
  countyHint: words(
    "写到收函的单位，例如：示例省示例县疫情防控指挥部",
    "寫到收函的單位，例如：示例省示例縣疫情防控指揮部",
    "Name the office, for example: epidemic office of Sample County",
  ),
  address: words("收函地址（可不填）", "收函地址（可不填）", "Its address (optional)"),
  email: words("收函邮箱（可不填）", "收函郵箱（可不填）", "Its e-mail (optional)"),
  emailHint: words(
    "本系统不代发邮件；填了可以在函的页面上一键写信，信里只有编号和链接。",
    "本系統不代發郵件；填了可以在函的頁面上一鍵寫信，信裡只有編號和連結。",
    "Nothing is mailed by this service; with it the letter’s page offers a mail that holds the number and the link alone.",
  ),
  persons: words("涉及谁", "涉及誰", "About whom"),
  items: words("提供哪些信息", "提供哪些資訊", "What is passed on"),
  itemsHint: words(
    "够对方找到人就行，用不着的请取消勾选。",
    "夠對方找到人就行，用不著的請取消勾選。",
    "As much as it takes to find them: untick what is not needed.",
  ),
  whereabouts: words(
    "据称现在何处（可不填）",
    "據稱現在何處（可不填）",
    "Where they are said to be (optional)",
  ),
  why: words("请对方协查什么", "請對方協查什麼", "What is asked of them"),
  whyStart: words(
    "请协助核实上述人员是否在你地；在的，请落实医学观察并告知结果。",
    "請協助核實上述人員是否在你地；在的，請落實醫學觀察並告知結果。",
    "Please find out whether they are with you; if so, see to their observation and tell us the result.",
  ),
  dueDate: words("请在哪天之前答复", "請在哪天之前答覆", "Answer due on"),
  dueTime: words("几点之前", "幾點之前", "At"),
  dueHint: words(
    "到时没有结果的，自动提醒本单位并逐级上报。",
    "到時沒有結果的，自動提醒本單位並逐級上報。",
    "With no result by then this unit is alerted, then those above it.",
  ),
  check: words("看看函的内容", "看看函的內容", "See the letter first"),
  preview: words("函的内容（还没有发）", "函的內容（還沒有發）", "The letter (not written yet)"),
  send: words("确认无误，发函", "確認無誤，發函", "Everything is right: issue the letter"),
  change: words("修改", "修改", "Change it"),
  sentBefore: words(
    "刚才已经发过一份，内容不同。请核对后再发。",
    "剛才已經發過一份，內容不同。請核對後再發。",
    "You have already written one with other content. Check it before you write another.",
  ),

  done: {
    write: words(
      "协查函已写好。请打开全文，把链接或文件交给对方。",
      "協查函已寫好。請打開全文，把連結或檔案交給對方。",
      "The letter is written. Open it and hand the link or the file to the other county.",
    ),
    read: words("已记录阅办", "已記錄閱辦", "Put on record as read"),
    renew: words(
      "已换新链接，旧链接不再打开",
      "已換新連結，舊連結不再打開",
      "There is a new link; the old one no longer opens",
    ),
    withdraw: words("已撤回，链接不再打开", "已撤回，連結不再打開", "Withdrawn; the link no longer opens"),
    receive: words(
      "已接收并登记。请尽快核实，再答复对方。",
      "已接收並登記。請儘快核實，再答覆對方。",
      "Taken over and registered. Have it verified, then answer.",
    ),
    answer: words("答复已记录", "答覆已記錄", "The answer is on record"),
  },
  read: words("已阅办", "已閱辦", "I have read it"),
  readHint: words(
    "对方有新的回复，请阅办：",
    "對方有新的回覆，請閱辦：",
    "There is a new reply. Confirm that you have read it:",
  ),
  open: words("打开全文和链接", "打開全文和連結", "Open the letter and its link"),
  openHint: words(
    "全文含个人信息，打开会记录。",
    "全文含個人資訊，打開會記錄。",
    "It holds personal data; opening it is put on record.",
  ),
  full: words("全文", "全文", "Full text"),
  copy: words("复制全文", "複製全文", "Copy the letter"),
  copied: words("已复制", "已複製", "Copied"),
  docx: words("下载 Word 文件", "下載 Word 檔案", "Download for Word"),
  print: words("打印", "列印", "Print"),
  mail: words("写邮件给对方", "寫郵件給對方", "E-mail them"),
  linkUntil: (when: string) =>
    words(`链接 ${when} 到期`, `連結 ${when} 到期`, `The link opens until ${when}`),
  renew: words("换新链接", "換新連結", "Make a new link"),
  withdraw: words("撤回此函", "撤回此函", "Withdraw the letter"),
  withdrawHint: words(
    "链接立即停用，不再催办；写过的和答复过的都保留。",
    "連結立即停用，不再催辦；寫過的和答覆過的都保留。",
    "The link stops at once and nobody is chased any more; what was written and answered stays.",
  ),
  acts: words("更多", "更多", "More"),

  paste: words("粘贴协查函的链接", "貼上協查函的連結", "Paste the link of the letter"),
  pasteHint: words(
    "对方也用本系统时，链接形如 https://…/l/…。读取后先给您看，接收了才登记。",
    "對方也用本系統時，連結形如 https://…/l/…。讀取後先給您看，接收了才登記。",
    "From a county that runs this service: https://…/l/… It is shown first and registered only once you accept it.",
  ),
  fetch: words("读取", "讀取", "Fetch it"),
  check2: words("核对后接收", "核對後接收", "Check and accept"),
  verified: words(
    "签名核验无误，内容没有改动。",
    "簽名核驗無誤，內容沒有改動。",
    "The signature holds: nothing was altered.",
  ),
  asked: words("对方请求协查", "對方請求協查", "What is asked"),
  fill: words(
    "来函的内容已填在下面，其余请向本人或村（社区）问清后补全。",
    "來函的內容已填在下面，其餘請向本人或村（社區）問清後補全。",
    "What the letter says is filled in below; ask for the rest.",
  ),
  accept: words("接收并登记", "接收並登記", "Accept and register"),
  given: words("给对方的答复", "給對方的答覆", "What was answered"),
  notPosted: (n: number) =>
    words(
      `有 ${n} 条答复还没有送到对方`,
      `有 ${n} 條答覆還沒有送到對方`,
      n === 1
        ? "1 answer has not reached the other county yet"
        : `${n} answers have not reached the other county yet`,
    ),
  post: words("再送一次", "再送一次", "Send again"),
  their: words("来函编号", "來函編號", "Their number"),
};
