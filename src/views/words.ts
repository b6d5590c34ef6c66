import type { Lang, Words } from "../forms/define.ts";

/*
 * The words of the frame and of what every form page shares. A form's own words stand in its file under forms/.
 */
export const words = (hans: string, hant: string, en: string): Words => ({
  "zh-Hans": hans,
  "zh-Hant": hant,
  en,
});

/** Within how long, as people say it: whole hours as hours. */
export function withinWords(minutes: number): Words {
  const whole = minutes >= 60 && minutes % 60 === 0;
  const n = whole ? minutes / 60 : minutes;
  return whole
    ? words(`${n} 小时内`, `${n} 小時內`, n === 1 ? "within an hour" : `within ${n} hours`)
    : words(`${n} 分钟内`, `${n} 分鐘內`, n === 1 ? "within a minute" : `within ${n} minutes`);
}

/** How each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Lang, string>> = {
  "zh-Hans": "简体",
  "zh-Hant": "繁體",
  en: "English",
};

export const FRAME = {
  service: words("返乡报备", "返鄉報備", "Report in"),
  skip: words("跳到正文", "跳到正文", "Skip to the content"),
  language: words("语言", "語言", "Language"),
  home: words("首页", "首頁", "Home"),
  errorTitle: words("错误：", "錯誤：", "Error: "),
  privacy: words(
    "您填写的姓名、证件、电话和住址加密保存，只用于疫情防控。",
    "您填寫的姓名、證件、電話和住址加密保存，只用於疫情防控。",
    "Names, document numbers, phones and addresses are stored encrypted and used for epidemic control only.",
  ),
  hotline: (number: string) =>
    words(
      `遇到困难请打值班电话 ${number}（24 小时）。`,
      `遇到困難請打值班電話 ${number}（24 小時）。`,
      `If you are stuck, call the duty phone ${number} (24 hours).`,
    ),
};

export const FORM = {
  error: words("错误：", "錯誤：", "Error: "),
  problems: (count: number) =>
    words(
      `有 ${count} 处需要修改`,
      `有 ${count} 處需要修改`,
      count === 1 ? "There is 1 thing to mend" : `There are ${count} things to mend`,
    ),
  choose: words("请选择", "請選擇", "Choose"),
  date: words("日期", "日期", "Date"),
  time: words("时间", "時間", "Time"),
  kind: words("证件类型", "證件類型", "Kind of document"),
  number: words("证件号码", "證件號碼", "Document number"),
  step: words("第 {n} 步，共 {all} 步", "第 {n} 步，共 {all} 步", "Step {n} of {all}"),
  row: (noun: string, n: number | string, lang: Lang) =>
    lang === "en" ? `${noun[0]?.toUpperCase() ?? ""}${noun.slice(1)} ${n}` : `第 ${n} ${noun}`,
  addRow: (noun: string) => words(`＋ 再加一${noun}`, `＋ 再加一${noun}`, `＋ Add another ${noun}`),
  removeRow: (row: string) => words(`删除${row}`, `刪除${row}`, `Remove ${row}`),
  onlyIf: (question: string, answer: string) =>
    words(
      `仅在“${question}”选“${answer}”时填写。`,
      `僅在「${question}」選「${answer}」時填寫。`,
      `Only if “${question}” is “${answer}”.`,
    ),
  unlessIf: (question: string, answer: string) =>
    words(
      `“${question}”选“${answer}”的不用填。`,
      `「${question}」選「${answer}」的不用填。`,
      `Skip this if “${question}” is “${answer}”.`,
    ),
  or: words("”或“", "」或「", "” or “"),
  continue: words("继续", "繼續", "Continue"),
  back: words("上一步", "上一步", "Back"),
  kept: words(
    "填写的内容还在，再提交一次不会重复。",
    "填寫的內容還在，再提交一次不會重複。",
    "What you typed is still here. Sending it again does not count it twice.",
  ),
  honeypot: words("此项请留空", "此項請留空", "Leave this empty"),
};

export const CHECK = {
  title: words("提交前请核对", "提交前請核對", "Check before you send"),
  change: words("修改", "修改", "Change"),
  unanswered: words("没有填", "沒有填", "Not given"),
  send: words("确认无误，提交", "確認無誤，提交", "Everything is right: send"),
  truth: words(
    "提交即表示以上内容属实。",
    "提交即表示以上內容屬實。",
    "By sending this you say that it is true.",
  ),
};

export const REGISTER = {
  chooseTown: words("回到哪个乡镇、街道？", "回到哪個鄉鎮、街道？", "Which town did you come back to?"),
  chooseVillage: words("回到哪个村、社区？", "回到哪個村、社區？", "Which village or community?"),
  chooseHint: words(
    "选现在住的地方，不是户口所在地。",
    "選現在住的地方，不是戶口所在地。",
    "Choose where you are living now, not where you are on the household register.",
  ),
  otherTown: words("换一个乡镇（街道）", "換一個鄉鎮（街道）", "Choose another town"),
  noVillages: words(
    "这里还没有可选的村（社区），请打值班电话报备。",
    "這裡還沒有可選的村（社區），請打值班電話報備。",
    "No village can be chosen here yet. Please register by phone.",
  ),
  place: words("报备到", "報備到", "Registering at"),
  point: words("报备点", "報備點", "Registration point"),
  notHere: words("不住这里？", "不住這裡？", "Not living here?"),
  changeUnit: words("换一个村（社区）", "換一個村（社區）", "Choose another village"),
  backToForm: words("不换了，回到报备表", "不換了，回到報備表", "Keep it and go back to the form"),
  sentBefore: words("刚才已经提交过一份", "剛才已經提交過一份", "You have already sent a registration"),
  sentBeforeHelp: words(
    "现在的内容和刚才提交的不同。如果要另外报备一户，请核对后再提交一次；如果只是想改正，请告诉上门核实的工作人员，不用再提交。",
    "現在的內容和剛才提交的不同。如果要另外報備一戶，請核對後再提交一次；如果只是想改正，請告訴上門核實的工作人員，不用再提交。",
    "What stands here differs from what you sent. To register another household, check it and send again. To correct the first one, tell the person who comes to verify it; there is no need to send again.",
  ),
  trap: words(
    "有一个看不见的空格被填上了，可能是自动填表造成的。内容还没有提交，请再按一次“继续”。",
    "有一個看不見的空格被填上了，可能是自動填表造成的。內容還沒有提交，請再按一次「繼續」。",
    "A hidden box was filled in, perhaps by an automatic form filler. Nothing was sent yet. Press the button again.",
  ),
};

export const RECEIPT = {
  title: words("报备成功", "報備成功", "You are registered"),
  page: words("我的报备", "我的報備", "Your registration"),
  registered: (count: number) =>
    words(
      `已报备 ${count} 人`,
      `已報備 ${count} 人`,
      count === 1 ? "1 person registered" : `${count} people registered`,
    ),
  number: words("登记编号", "登記編號", "Case number"),
  received: (when: string) => words(`${when} 收到`, `${when} 收到`, `Received ${when}`),
  next: words("接下来", "接下來", "What happens next"),
  visit: (unit: string) =>
    words(`，${unit}将与您联系。`, `，${unit}將與您聯絡。`, `, ${unit} will contact you. `),
  before: (when: string) => words(`${when} 之前`, `${when} 之前`, `By ${when}`),
  silence: words(
    "逾期无人联系的，上级会收到提醒。",
    "逾期無人聯絡的，上級會收到提醒。",
    "If nobody has been in touch by then, the level above is alerted.",
  ),
  home: words(
    "全家先在家里，不要串门；早晚各量一次体温，记下来。",
    "全家先在家裡，不要串門；早晚各量一次體溫，記下來。",
    "Stay at home with your family and visit nobody. Take everyone’s temperature each morning and evening and write it down.",
  ),
  fever: words(
    "体温到 37.3 ℃，或者咳嗽、胸闷，马上告诉村（社区）。",
    "體溫到 37.3 ℃，或者咳嗽、胸悶，馬上告訴村（社區）。",
    "At 37.3 °C or more, with a cough or a tight chest, tell the village at once.",
  ),
  urgent: words("您填报了发热或其他不适", "您填報了發熱或其他不適", "You reported fever or other symptoms"),
  urgentHelp: words(
    "正在通知村（社区）、镇和县。请戴好口罩，一个人待在一间屋里，等工作人员联系；不要自己乘车去医院。病情加重请拨打 120。",
    "正在通知村（社區）、鎮和縣。請戴好口罩，一個人待在一間屋裡，等工作人員聯絡；不要自己乘車去醫院。病情加重請撥打 120。",
    "The village, the town and the county are being told now. Wear a mask, stay in a room of your own and wait to be contacted; do not travel to a hospital by yourself. If it gets worse, call 120.",
  ),
  link: words("您的专用链接", "您的專用連結", "Your own link"),
  linkHelp: words(
    "用它可以查看核实进展。请存好，不要转发到群里。",
    "用它可以查看核實進展。請存好，不要轉發到群裡。",
    "It shows how far the verification has come. Keep it, and do not forward it to a group.",
  ),
  textLabel: words("要保存的文字", "要保存的文字", "Text to keep"),
  text: (number: string, count: number, when: string, link: string) =>
    words(
      `【返乡报备】登记编号 ${number}\n${count} 人，${when} 报备\n查看进展：${link}`,
      `【返鄉報備】登記編號 ${number}\n${count} 人，${when} 報備\n查看進展：${link}`,
      `Report in: case number ${number}\n${count === 1 ? "1 person" : `${count} people`}, registered ${when}\nSee how it goes: ${link}`,
    ),
  copy: words("复制这段文字", "複製這段文字", "Copy this text"),
  copied: words("已复制", "已複製", "Copied"),
  print: words("打印这一页", "列印這一頁", "Print this page"),
  see: words("查看核实进展", "查看核實進展", "See how the verification goes"),
  state: words("核实情况", "核實情況", "Verification"),
  waiting: (when: string) =>
    words(`等待核实，${when} 之前`, `等待核實，${when} 之前`, `Waiting, due by ${when}`),
  overdue: (when: string) =>
    words(`已逾期，应在 ${when} 之前核实`, `已逾期，應在 ${when} 之前核實`, `Overdue: it was due by ${when}`),
  overdueHelp: words(
    "上级会收到提醒。您也可以直接联系村（社区）。",
    "上級會收到提醒。您也可以直接聯絡村（社區）。",
    "The level above is alerted. You can also contact the village yourself.",
  ),
  found: (when: string) => words(`${when} 已核实`, `${when} 已核實`, `Verified ${when}`),
  wrong: (when: string) =>
    words(
      `${when} 已核实，有些情况还要确认，工作人员会再联系您`,
      `${when} 已核實，有些情況還要確認，工作人員會再聯絡您`,
      `Looked at ${when}; some points are still to be confirmed, and you will be contacted again`,
    ),
  moved: (when: string) =>
    words(
      `${when} 核实时已不在这里居住`,
      `${when} 核實時已不在這裡居住`,
      `Looked at ${when}; the household no longer lives here`,
    ),
  who: words("谁来联系", "誰來聯絡", "Who contacts you"),
  people: words("报备人数", "報備人數", "People"),
  peopleCount: (count: number) => words(`${count} 人`, `${count} 人`, String(count)),
  at: words("报备时间", "報備時間", "Registered"),
  masked: words(
    "为保护隐私，这里不显示姓名和证件。要改正报备内容，请告诉上门核实的工作人员。",
    "為保護隱私，這裡不顯示姓名和證件。要改正報備內容，請告訴上門核實的工作人員。",
    "Names and documents are not shown here. To correct something, tell the person who comes to verify it.",
  ),
};

export const HOME = {
  lead: words(
    "从外地回来的人和家里人在这里报备；知道有人没报备的，可以告诉我们。",
    "從外地回來的人和家裡人在這裡報備；知道有人沒報備的，可以告訴我們。",
    "If you or your family came back from elsewhere, register here. If you know of someone who has not, tell us.",
  ),
  register: words("返乡报备", "返鄉報備", "Register a return"),
  registerHelp: words(
    "一户一份，约三分钟",
    "一戶一份，約三分鐘",
    "One form a household, about three minutes",
  ),
  tip: words("提供线索", "提供線索", "Leave a tip"),
  tipHelp: words("可以匿名", "可以匿名", "You can stay anonymous"),
  status: words("查询线索", "查詢線索", "See what became of a tip"),
  statusHelp: words("需要 16 位查询码", "需要 16 位查詢碼", "You need the code of 16 digits"),
  clinics: words("发热门诊", "發熱門診", "Fever clinics"),
  clinicsHelp: words("地址、电话、接诊时间", "地址、電話、接診時間", "Addresses, phones and hours"),
};

export const PROBLEM = {
  next: words("可以这样做", "可以這樣做", "What you can do"),
  home: words("回到首页", "回到首頁", "Go to the first page"),
  desk: words("回到工作台", "回到工作臺", "Back to the desk"),
  register: words("去报备", "去報備", "Register"),
  byStatus: {
    404: words(
      "请核对地址有没有少字，或者重新扫海报上的二维码。",
      "請核對地址有沒有少字，或者重新掃海報上的二維碼。",
      "Check that no letter of the address is missing, or scan the poster again.",
    ),
    410: words(
      "报备过的内容没有丢。要查看进展，请联系村（社区）；还没报备的，可以从首页报备。",
      "報備過的內容沒有丟。要查看進展，請聯絡村（社區）；還沒報備的，可以從首頁報備。",
      "What was registered is not lost. To ask about it, contact the village. If you have not registered yet, begin at the first page.",
    ),
    429: words("请等一分钟再试。", "請等一分鐘再試。", "Wait a minute and try again."),
    503: words(
      "请等半分钟再试。刚才填写的内容可能要重新填。",
      "請等半分鐘再試。剛才填寫的內容可能要重新填。",
      "Wait half a minute and try again. You may have to enter what you typed once more.",
    ),
  },
  otherwise: words(
    "请返回上一页，核对后再试；返回不了的，请重新打开原来的链接。",
    "請返回上一頁，核對後再試；返回不了的，請重新打開原來的連結。",
    "Go back, check it and try again. If you cannot go back, open the link you came from again.",
  ),
};
