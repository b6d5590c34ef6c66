import { words } from "../words.ts";

/** The words of the desk's room of tips; what a tip itself says stands in forms/tip.ts and unit-case-words.ts. */
export const TIPS = {
  title: words("线索", "線索", "Tips"),
  tabs: {
    open: words("待核实", "待核實", "Open"),
    mine: words("本单位承办", "本單位承辦", "Held by my unit"),
    settled: words("已办结", "已辦結", "Settled"),
  },
  orMore: (n: number) => words(`${n} 条以上`, `${n} 條以上`, `${n} or more`),
  count: (n: number) => words(`${n} 条`, `${n} 條`, String(n)),
  enter: words("代来电人登记线索", "代來電人登記線索", "Enter a tip for a caller"),
  find: words("线索编号", "線索編號", "Tip number"),
  findButton: words("查看", "查看", "Open"),
  findWrong: words(
    "编号不对，应像 T-4471-0932，请逐位核对",
    "編號不對，應像 T-4471-0932，請逐位核對",
    "That is not a tip number. It looks like T-4471-0932: check each digit.",
  ),
  asOf: (when: string) => words(`截至 ${when}`, `截至 ${when}`, `As of ${when}`),
  order: {
    open: words("承诺时间最早的在前。", "承諾時間最早的在前。", "The earliest promise comes first."),
    mine: words("承诺时间最早的在前。", "承諾時間最早的在前。", "The earliest promise comes first."),
    settled: words("最近办结的在前。", "最近辦結的在前。", "The latest settled comes first."),
  },
  head: {
    due: words("承诺时间", "承諾時間", "Promised"),
    settled: words("办结时间", "辦結時間", "Settled"),
    number: words("编号", "編號", "Number"),
    category: words("类别", "類別", "Category"),
    holder: words("承办单位", "承辦單位", "Held by"),
    state: words("情况", "情況", "State"),
  },
  empty: {
    open: words("没有等待核实的线索。", "沒有等待核實的線索。", "No tip is waiting."),
    mine: words("本单位没有等待核实的线索。", "本單位沒有等待核實的線索。", "No tip waits for your unit."),
    settled: words("还没有办结的线索。", "還沒有辦結的線索。", "No tip has been settled yet."),
  },
  toMe: words("指派给我", "指派給我", "Given to me"),
  given: words("已指派", "已指派", "Given to somebody"),
  notGiven: words("还没有指派", "還沒有指派", "Not given to anybody"),
  wroteBack: words("提供人有新补充", "提供人有新補充", "The sender wrote back"),
  leads: (n: number) =>
    words(`另有 ${n} 条随它答复`, `另有 ${n} 條隨它答覆`, `${n} more are answered with it`),
  follows: (id: string) => words(`随 ${id} 一并答复`, `隨 ${id} 一併答覆`, `Answered with ${id}`),
  next: words("下一页", "下一頁", "Next page"),
  first: words("回到第一页", "回到第一頁", "First page"),

  received: (when: string) => words(`${when} 收到`, `${when} 收到`, `Received ${when}`),
  from: words("涉及地方", "涉及地方", "Where it is about"),
  holder: words("承办单位", "承辦單位", "Held by"),
  assignee: words("承办人", "承辦人", "Given to"),
  assignedBy: (who: string, when: string) =>
    words(`${who}，${when} 指派`, `${who}，${when} 指派`, `by ${who}, ${when}`),
  sealedOff: words(
    "保存期已满，内容已封存。",
    "保存期已滿，內容已封存。",
    "Its time is over: what it said has been sealed off.",
  ),
  protect: words(
    "提供线索的人受保护：请勿打听、猜测或转发，内容里提到的也一样。查看线索会记录下来。",
    "提供線索的人受保護：請勿打聽、猜測或轉發，內容裡提到的也一樣。查看線索會記錄下來。",
    "Whoever left this tip is protected: do not ask around, guess or pass it on, even where the words give a hint. Opening a tip is put on record.",
  ),
  purpose: words("为什么要联系提供人", "為什麼要聯絡提供人", "Why you must reach the sender"),
  purposes: {
    check: words("核对线索内容", "核對線索內容", "To check what was said"),
    answer: words("当面或电话答复", "當面或電話答覆", "To answer in person or by phone"),
    safety: words("保护提供人或他人安全", "保護提供人或他人安全", "To keep somebody safe"),
  },
  choosePurpose: words("请选择为什么要联系", "請選擇為什麼要聯絡", "Choose why you must reach them"),

  messages: words("与提供人的往来", "與提供人的往來", "Messages with the sender"),
  noMessages: words("还没有往来。", "還沒有往來。", "Nothing was written yet."),
  bySender: words("提供人", "提供人", "Sender"),
  read: words("提供人已看到", "提供人已看到", "Seen by the sender"),
  unread: words("提供人还没看到", "提供人還沒看到", "Not seen by the sender yet"),
  write: words("写给提供人", "寫給提供人", "Write to the sender"),
  writeHint: words(
    "提供人凭查询码看到，会显示您的单位名称。不要问对方是谁，不要写他人的姓名、电话和住址。",
    "提供人憑查詢碼看到，會顯示您的單位名稱。不要問對方是誰，不要寫他人的姓名、電話和住址。",
    "The sender reads it with the code, under your unit's name. Do not ask who they are, and write no names, phones or addresses.",
  ),
  send: words("发送", "發送", "Send"),

  verifyMany: (n: number) =>
    words(
      `随它答复的 ${n} 条线索会同时办结，提供人看到同样的答复。`,
      `隨它答覆的 ${n} 條線索會同時辦結，提供人看到同樣的答覆。`,
      `${n} more ${n === 1 ? "tip is" : "tips are"} settled with it, and their senders read the same answer.`,
    ),
  followsHint: (id: string) =>
    words(
      `这条线索随 ${id} 一并核实、答复。要单独核实，请先解除关联。`,
      `這條線索隨 ${id} 一併核實、答覆。要單獨核實，請先解除關聯。`,
      `This tip is verified and answered with ${id}. To verify it by itself, unlink it first.`,
    ),
  settledBy: (who: string, when: string) => words(`${who}，${when}`, `${who}，${when}`, `${who}, ${when}`),
  beaten: (who: string, when: string) =>
    words(`${who}已在 ${when} 先办理`, `${who}已在 ${when} 先辦理`, `${who} was first, ${when}`),
  beatenHelp: words(
    "以先提交的为准，您这一次没有记录。您写的内容还在下面。",
    "以先提交的為準，您這一次沒有記錄。您寫的內容還在下面。",
    "What came first stands; yours was not recorded. What you typed is still below.",
  ),
  notSent: words("您写的（没有记录）", "您寫的（沒有記錄）", "What you typed (not recorded)"),

  assign: words("指派", "指派", "Give it to somebody"),
  taker: words("交给谁办", "交給誰辦", "Who takes it"),
  takerHint: words(
    "交给别的单位，由那个单位核实、答复，承诺时间不变，它会马上收到提醒。",
    "交給別的單位，由那個單位核實、答覆，承諾時間不變，它會馬上收到提醒。",
    "Another unit then owes the answer, by the same promise, and is told at once.",
  ),
  chooseTaker: words("请选择交给谁", "請選擇交給誰", "Choose who takes it"),
  wholeUnit: words("（不指定人）", "（不指定人）", " (nobody in particular)"),
  people: words("工作人员", "工作人員", "Officials"),
  units: words("单位", "單位", "Units"),
  assignButton: words("确认指派", "確認指派", "Give it"),

  linked: words("关联", "關聯", "Links"),
  persons: words("关联的人员", "關聯的人員", "Linked persons"),
  noPersons: words("没有关联人员。", "沒有關聯人員。", "No person is linked."),
  person: words("登记编号", "登記編號", "Case number"),
  personHint: words(
    "像 WY-0217-4486；一户多人的，再选是哪一位",
    "像 WY-0217-4486；一戶多人的，再選是哪一位",
    "Such as WY-0217-4486; of several persons you choose one next",
  ),
  which: words("是这一户的哪一位", "是這一戶的哪一位", "Which person of the household"),
  linkPerson: words("关联人员", "關聯人員", "Link the person"),
  openCase: words("查看登记", "查看登記", "Open the case"),
  elsewhere: (n: number) => words(`另有 ${n} 条在别的单位`, `另有 ${n} 條在別的單位`, `${n} more elsewhere`),
  personElsewhere: words("在别的单位", "在別的單位", "elsewhere"),
  tipsLinked: words("一并答复的线索", "一併答覆的線索", "Tips answered together"),
  noTips: words("没有关联线索。", "沒有關聯線索。", "No tip is linked."),
  lead: (id: string) => words(`随 ${id} 答复`, `隨 ${id} 答覆`, `Follows ${id}`),
  other: words("与哪条线索说的是同一件事", "與哪條線索說的是同一件事", "Which tip tells of the same matter"),
  otherHint: words(
    "填那条线索的编号。核实那一条时，这一条同时答复；那一条已办结的，马上答复。",
    "填那條線索的編號。核實那一條時，這一條同時答覆；那一條已辦結的，馬上答覆。",
    "Its number. When that one is verified this one is answered with it; if it has been already, at once.",
  ),
  linkTip: words("关联线索", "關聯線索", "Link the tips"),
  unlink: words("解除关联", "解除關聯", "Unlink"),
  tieRefused: {
    unknown: words(
      "您的范围内没有这条线索，请核对编号",
      "您的範圍內沒有這條線索，請核對編號",
      "There is no such tip in your area. Check the number.",
    ),
    itself: words("不能关联自己", "不能關聯自己", "A tip cannot be linked to itself"),
    turned: words("那一条已经随这一条答复", "那一條已經隨這一條答覆", "That tip already follows this one"),
    settled: words(
      "这一条已经办结，请打开另一条来关联",
      "這一條已經辦結，請打開另一條來關聯",
      "This tip is settled. Open the other one and link it to this.",
    ),
    follows: words(
      "这一条已经随另一条答复，请先解除关联",
      "這一條已經隨另一條答覆，請先解除關聯",
      "This tip follows another already. Unlink it first.",
    ),
    full: words("随那一条答复的已满 200 条", "隨那一條答覆的已滿 200 條", "200 tips follow that one already"),
    closed: words(
      "那一条已封存，不能再关联",
      "那一條已封存，不能再關聯",
      "That tip was sealed off and cannot be linked any more",
    ),
  },
  personRefused: {
    unknown: words(
      "您的范围内没有这个登记编号，请核对",
      "您的範圍內沒有這個登記編號，請核對",
      "There is no such case number in your area. Check it.",
    ),
    known: words("这位人员已经关联", "這位人員已經關聯", "This person is linked already"),
    full: words("一条线索最多关联 20 人", "一條線索最多關聯 20 人", "A tip can be linked to 20 persons"),
  },

  history: words("办理记录", "辦理記錄", "History"),
  acts: {
    "open-tip": words("查看", "查看", "opened it"),
    "enter-tip": words("代来电人登记", "代來電人登記", "entered it for a caller"),
    "assign-tip": words("指派", "指派", "gave it to somebody"),
    "hand-tip": words("转交单位", "轉交單位", "handed it to another unit"),
    "link-tip": words("关联线索", "關聯線索", "linked it to a tip"),
    "unlink-tip": words("解除线索关联", "解除線索關聯", "unlinked it from a tip"),
    "link-person": words("关联人员", "關聯人員", "linked a person"),
    "unlink-person": words("解除人员关联", "解除人員關聯", "unlinked a person"),
    "write-sender": words("写给提供人", "寫給提供人", "wrote to the sender"),
    "reveal-tip-sender": words(
      "查看提供人联系方式",
      "查看提供人聯絡方式",
      "looked up how to reach the sender",
    ),
    "verify-tip": words("核实并答复", "核實並答覆", "verified and answered it"),
  },
  somebody: words("工作人员", "工作人員", "an official"),
  done: {
    verified: words("已核实并答复", "已核實並答覆", "Verified and answered"),
    assigned: words("已指派", "已指派", "Given"),
    handed: words(
      "已转交，这条线索不再归您办",
      "已轉交，這條線索不再歸您辦",
      "Handed on; the tip is no longer yours",
    ),
    linked: words("已关联", "已關聯", "Linked"),
    unlinked: words("已解除关联", "已解除關聯", "Unlinked"),
    sent: words("已发送", "已發送", "Sent"),
  },

  entering: words("代来电人登记线索", "代來電人登記線索", "Enter a tip for a caller"),
  enteringHelp: words(
    "照来电人说的填写。不用问姓名；联系方式由对方决定留不留。提交后把查询码念给对方。",
    "照來電人說的填寫。不用問姓名；聯絡方式由對方決定留不留。提交後把查詢碼念給對方。",
    "Write what the caller says. Do not ask for a name; whether to leave a phone is theirs to say. Read the code out to them afterwards.",
  ),
  readOut: words("请把查询码念给来电人", "請把查詢碼念給來電人", "Read this code out to the caller"),
  readOutHelp: words(
    "四位一组慢慢念，请对方写下并复述。只显示这一次；丢了谁也查不到。",
    "四位一組慢慢念，請對方寫下並複述。只顯示這一次；丟了誰也查不到。",
    "Slowly, four digits at a time; let them write it down and say it back. It is shown only once, and lost it cannot be found again.",
  ),
  // What the public's tip line says too; its own words would bring all of that page's here.
  whole: (county: string) => words(`不清楚（${county}）`, `不清楚（${county}）`, `Not sure (${county})`),
  submit: words("提交线索", "提交線索", "Send the tip"),
  sentBefore: words(
    "这条线索已经提交过。现在的内容不同，要另外提交一条，请再按一次“提交线索”。",
    "這條線索已經提交過。現在的內容不同，要另外提交一條，請再按一次「提交線索」。",
    "This tip was sent already. What stands here differs: to send it as another tip, press the button once more.",
  ),
  code: words("查询码", "查詢碼", "Receipt code"),
  promise: (unit: string, when: string) =>
    words(
      `${unit}在 ${when} 之前完成核实。`,
      `${unit}在 ${when} 之前完成核實。`,
      `${unit} will have looked into it by ${when}.`,
    ),
  hasRead: words("已念给对方", "已念給對方", "I have read it out"),
};
