import { words } from "./words.ts";

/** The words of the tip line's pages; the form's own stand in forms/tip.ts. */
export const TIP = {
  anonymous: words("可以匿名", "可以匿名", "You can stay anonymous"),
  anonymousHelp: words(
    "不用登录，不用留姓名。您写的内容加密保存，只有核实的工作人员能看到。",
    "不用登入，不用留姓名。您寫的內容加密保存，只有核實的工作人員能看到。",
    "No account and no name is needed. What you write is stored encrypted; only the officials who look into it can read it.",
  ),
  whole: (county: string) => words(`不清楚（${county}）`, `不清楚（${county}）`, `Not sure (${county})`),
  send: words("提交线索", "提交線索", "Send the tip"),
  sentBefore: words("这条线索已经提交过", "這條線索已經提交過", "You have already sent a tip"),
  sentBeforeHelp: words(
    "现在的内容和刚才提交的不同。要另外提交一条，请再按一次“提交线索”。",
    "現在的內容和剛才提交的不同。要另外提交一條，請再按一次「提交線索」。",
    "What stands here differs from what you sent. To send it as another tip, press the button once more.",
  ),
  trap: words(
    "有一个看不见的空格被填上了，可能是自动填表造成的。内容还没有提交，请再按一次“提交线索”。",
    "有一個看不見的空格被填上了，可能是自動填表造成的。內容還沒有提交，請再按一次「提交線索」。",
    "A hidden box was filled in, perhaps by an automatic form filler. Nothing was sent yet. Press the button again.",
  ),
  received: words("线索已收到", "線索已收到", "Your tip has arrived"),
  code: words("查询码", "查詢碼", "Receipt code"),
  once: words("只显示这一次，请现在保存", "只顯示這一次，請現在保存", "It is shown only once: save it now"),
  onceHelp: words(
    "截图、抄在纸上都可以。凭它查看处理结果、补充情况；丢了谁也查不到。",
    "截圖、抄在紙上都可以。憑它查看處理結果、補充情況；丟了誰也查不到。",
    "Take a screenshot or write it down. With it you see what was done and can add to the tip. If it is lost, nobody can find it again.",
  ),
  text: (number: string, code: string, link: string) =>
    words(
      `【线索】${number}\n查询码 ${code}\n查询：${link}`,
      `【線索】${number}\n查詢碼 ${code}\n查詢：${link}`,
      `Tip ${number}\nReceipt code ${code}\nStatus: ${link}`,
    ),
  saved: words("我已保存", "我已保存", "I have saved it"),
  promise: (unit: string) =>
    words(`，${unit}完成核实。`, `，${unit}完成核實。`, `, ${unit} will have looked into it. `),
  silence: words(
    "逾期没有核实的，上级会收到提醒。",
    "逾期沒有核實的，上級會收到提醒。",
    "If that has not been done by then, the level above is alerted.",
  ),
  /** The county has no level above it here. */
  silenceAtTop: words(
    "逾期没有核实的，系统会发出提醒。",
    "逾期沒有核實的，系統會發出提醒。",
    "If that has not been done by then, it is reminded.",
  ),
  gone: words("查询码已不再显示", "查詢碼已不再顯示", "The receipt code is no longer shown"),
  goneHelp: words(
    "为了保护您，查询码只显示一次。已经保存的，可以用它查询处理结果。",
    "為了保護您，查詢碼只顯示一次。已經保存的，可以用它查詢處理結果。",
    "To protect you it is shown only once. If you saved it, you can use it to see what was done.",
  ),
  status: words("查询线索", "查詢線索", "See what became of a tip"),
  statusHelp: words(
    "输入提交线索时得到的 16 位查询码。",
    "輸入提交線索時得到的 16 位查詢碼。",
    "Enter the 16 digits you were given when you sent the tip.",
  ),
  codeHint: words(
    "一共 16 位数字，空格可有可无",
    "一共 16 位數字，空格可有可無",
    "16 digits, with or without spaces",
  ),
  look: words("查询", "查詢", "Look it up"),
  other: words("查询另一条线索", "查詢另一條線索", "Look up another tip"),
  number: words("线索编号", "線索編號", "Tip number"),
  stepReceived: words("收到", "收到", "Received"),
  stepChecked: words("核实", "核實", "Looked into"),
  stepAnswered: words("答复", "答覆", "Answer"),
  stateChecking: words("已收到，核实中", "已收到，核實中", "Received and being looked into"),
  stateChecked: words("已核实", "已核實", "Looked into"),
  stateAnswered: words("已答复", "已答覆", "Answered"),
  due: (when: string) => words(`${when} 之前完成`, `${when} 之前完成`, `to be done by ${when}`),
  overdue: (when: string) =>
    words(`已逾期，应在 ${when} 之前完成`, `已逾期，應在 ${when} 之前完成`, `overdue: it was due by ${when}`),
  outcomes: {
    true: words("情况属实", "情況屬實", "Found to be true"),
    untrue: words("情况不属实", "情況不屬實", "Found not to be true"),
    unclear: words("暂时无法查实", "暫時無法查實", "Could not be established so far"),
  },
  noAnswer: words("还没有答复", "還沒有答覆", "No answer yet"),
  messages: words("往来消息", "往來消息", "Messages"),
  fresh: (n: number) =>
    words(
      `工作人员给您写了 ${n} 条新消息`,
      `工作人員給您寫了 ${n} 條新消息`,
      n === 1 ? "The officials wrote to you" : `The officials wrote to you ${n} times`,
    ),
  isNew: words("新", "新", "New"),
  byYou: words("您", "您", "You"),
  byOfficials: words("工作人员", "工作人員", "officials"),
  add: words("补充情况", "補充情況", "Add to it"),
  addHint: words(
    "例如：又看到什么、记错了什么。办理的单位都看得到，不想让人知道您是谁，就不要写姓名和电话",
    "例如：又看到什麼、記錯了什麼。辦理的單位都看得到，不想讓人知道您是誰，就不要寫姓名和電話",
    "For example, what you saw since, or what you had wrong. Whoever works on the tip reads it: leave out your name and phone if nobody is to know who you are",
  ),
  addSend: words("提交补充", "提交補充", "Send this"),
  added: words("补充已收到", "補充已收到", "What you added has arrived"),
};
