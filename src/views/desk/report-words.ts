import { words } from "../words.ts";

/*
 * The words of the report room: situation reports as drafts, as they were issued, and on paper.
 */
export const REPORT = {
  title: words("情况汇报", "情況彙報", "Situation reports"),
  lead: words(
    "选好单位、模板和截止时刻，系统用已经填报的数字写出草稿；数字不用再抄一遍。",
    "選好單位、範本和截止時刻，系統用已經填報的數字寫出草稿；數字不用再抄一遍。",
    "Choose unit, template and cut-off: the draft is written from what was entered. No figure is typed again.",
  ),
  unit: words("为哪个单位", "為哪個單位", "Of which unit"),
  unitName: words("单位", "單位", "Unit"),
  unitHint: words(
    "要选再下一级的，先选上级再按“换单位”",
    "要選再下一級的，先選上級再按「換單位」",
    "For a unit further below, choose the one above it first and press “Change unit”",
  ),
  change: words("换单位", "換單位", "Change unit"),
  below: words("下级单位", "下級單位", "Units below"),
  template: words("模板", "範本", "Template"),
  needTemplate: words("请选一个模板", "請選一個範本", "Choose a template"),
  noTemplates: words(
    "这类单位没有情况汇报的模板，请选上一级单位。",
    "這類單位沒有情況彙報的範本，請選上一級單位。",
    "There is no template for a unit of this kind. Choose the unit above it.",
  ),
  date: words("截止日期", "截止日期", "Cut-off day"),
  clock: words("截止时刻", "截止時刻", "Cut-off time"),
  clockHint: words(
    "“今日”从前一天的同一时刻算起",
    "「今日」從前一天的同一時刻算起",
    "“Today” is counted from the same time of the day before",
  ),
  clocks: {
    "12:00": words("12时", "12時", "12:00"),
    "18:00": words("18:00", "18:00", "18:00"),
    "24:00": words("24时", "24時", "24:00"),
    other: words("其他", "其他", "Other"),
  },
  time: words("其他时刻", "其他時刻", "Other time"),
  timeHint: words(
    "如 15:30，选“其他”时填",
    "如 15:30，選「其他」時填",
    "Such as 15:30, where “Other” is chosen",
  ),
  script: words("文字", "文字", "Script"),
  scripts: {
    "zh-Hans": words("简体", "簡體", "Simplified Chinese"),
    "zh-Hant": words("繁体", "繁體", "Traditional Chinese"),
  },
  make: words("写出草稿", "寫出草稿", "Write the draft"),
  recent: words("已发布", "已發布", "Issued"),
  none: words(
    "这个单位还没有发布过情况汇报。",
    "這個單位還沒有發布過情況彙報。",
    "This unit has issued no situation report yet.",
  ),
  earlier: words("更早的", "更早的", "Earlier"),
  newest: words("回到最新", "回到最新", "Back to the latest"),
  stale: words(
    "这一页的地址不对，请从头看",
    "這一頁的地址不對，請從頭看",
    "That page's address is not right: start anew",
  ),
  version: (n: number) => words(`第 ${n} 版`, `第 ${n} 版`, `version ${n}`),
  corrected: words("更正", "更正", "corrected"),

  draft: words("草稿", "草稿", "Draft"),
  draftOf: (name: string) => words(`${name}（草稿）`, `${name}（草稿）`, `${name} (draft)`),
  cutOff: words("截至", "截至", "As of"),
  window: words("今日", "今日", "Today"),
  span: (from: string, to: string) =>
    words(`${from} 之后，至 ${to}`, `${from} 之後，至 ${to}`, `after ${from}, up to ${to}`),
  speaksFor: words("涵盖", "涵蓋", "Speaks for"),
  complete: (units: number, owed: number, reported: number, missing: number) =>
    words(
      `${units} 个单位；日报告应报 ${owed} 个，已报 ${reported} 个，${missing === 0 ? "没有逾期未报的" : `逾期未报 ${missing} 个`}`,
      `${units} 個單位；日報告應報 ${owed} 個，已報 ${reported} 個，${missing === 0 ? "沒有逾期未報的" : `逾期未報 ${missing} 個`}`,
      `${units} units; ${owed} owed a report, ${reported} sent one, ${missing === 0 ? "none is overdue" : `${missing} overdue`}`,
    ),
  missing: (names: string, more: number) =>
    words(
      `未报：${names}${more > 0 ? `等，另有 ${more} 个` : ""}`,
      `未報：${names}${more > 0 ? `等，另有 ${more} 個` : ""}`,
      `Missing: ${names}${more > 0 ? ` and ${more} more` : ""}`,
    ),
  late: (list: string) =>
    words(
      `截止之后补录：${list}。草稿里的数字是截止时的。`,
      `截止之後補錄：${list}。草稿裡的數字是截止時的。`,
      `Recorded after the cut-off: ${list}. The draft states what was known at the cut-off.`,
    ),
  takeIn: words("把补录的算进去", "把補錄的算進去", "Take them in"),
  takenIn: words(
    "这份草稿把截止之后补录的也算进去了。",
    "這份草稿把截止之後補錄的也算進去了。",
    "This draft takes in what was recorded after the cut-off.",
  ),
  leaveOut: words("只算截止时的", "只算截止時的", "State the cut-off alone"),
  linked: words(
    "点数字可以看它是怎么数出来的。",
    "點數字可以看它是怎麼數出來的。",
    "Every figure leads to what it was counted from.",
  ),
  docx: words("下载 Word 文档", "下載 Word 文件", "Download .docx"),
  print: words("打印", "列印", "Print"),
  toCopy: words("复制全文", "複製全文", "Copy the text"),
  copyHint: words(
    "没有复制按钮时，长按下面的文字全选复制。",
    "沒有複製按鈕時，長按下面的文字全選複製。",
    "Where there is no button, press the text, select all and copy.",
  ),
  copied: words("已复制", "已複製", "Copied"),
  plainText: words("汇报全文", "彙報全文", "The whole text"),

  own: words("自己写的段落", "自己寫的段落", "Your own paragraphs"),
  ownHint: words(
    "写在这个截止时刻的汇报里，以后的都沿用，直到再改；更早的汇报不变。简体、繁体共用。留空就不出现。",
    "寫在這個截止時刻的彙報裡，以後的都沿用，直到再改；更早的彙報不變。簡體、繁體共用。留空就不出現。",
    "Written for this cut-off and kept in later reports until changed; earlier ones stay as they were. Shared by both scripts. What is left empty does not appear.",
  ),
  lastBy: (who: string, when: string, kept?: string) =>
    words(
      `${who} ${when} 改过${kept ? `，沿用截至 ${kept} 的` : ""}`,
      `${who} ${when} 改過${kept ? `，沿用截至 ${kept} 的` : ""}`,
      `Changed by ${who}, ${when}${kept ? `; kept from the report as of ${kept}` : ""}`,
    ),
  save: words("保存段落", "儲存段落", "Save the paragraphs"),
  saved: words("已保存。", "已儲存。", "Saved."),
  tooLong: (label: string, most: number) =>
    words(
      `“${label}”不能超过 ${most} 个字`,
      `「${label}」不能超過 ${most} 個字`,
      `“${label}”: use ${most} characters or fewer`,
    ),
  unreadable: (label: string) =>
    words(
      `“${label}”里有无法显示的字符，请重新输入`,
      `「${label}」裡有無法顯示的字元，請重新輸入`,
      `“${label}” holds characters that cannot be shown. Type it again.`,
    ),
  beaten: words(
    "有人先改了，您的还没有保存",
    "有人先改了，您的還沒有儲存",
    "Somebody changed it first: yours is not saved yet",
  ),
  beatenBy: (label: string, who: string, when: string) =>
    words(
      `“${label}”：${who} ${when} 改过`,
      `「${label}」：${who} ${when} 改過`,
      `“${label}”: changed by ${who}, ${when}`,
    ),
  beatenKept: words(
    "您写的都在下面的框里。上面的正文是现在的；再按一次保存，就以您的为准。",
    "您寫的都在下面的框裡。上面的正文是現在的；再按一次儲存，就以您的為準。",
    "What you wrote is in the boxes below; the text above is as it stands now. Save again to put yours in its place.",
  ),

  issue: words("发布", "發布", "Issue"),
  issueHint: words(
    "发布后数字和文字就固定下来，并记入操作记录；以后只能用新的一版更正。",
    "發布後數字和文字就固定下來，並記入操作記錄；以後只能用新的一版更正。",
    "Figures and text are frozen and put on record. From then on only a new version corrects them.",
  ),
  issueButton: words("发布这份汇报", "發布這份彙報", "Issue this report"),
  correct: (n: number) =>
    words(`更正：发布第 ${n} 版`, `更正：發布第 ${n} 版`, `Correct it: issue version ${n}`),
  correctButton: (n: number) => words(`发布第 ${n} 版`, `發布第 ${n} 版`, `Issue version ${n}`),
  why: words("为什么更正", "為什麼更正", "Why it is corrected"),
  whyHint: words("会和新的一版一起显示", "會和新的一版一起顯示", "Shown with the new version"),
  needWhy: words("请写明为什么更正", "請寫明為什麼更正", "Say why it is corrected"),
  tooSoon: words(
    "截止时刻刚到，还有登记正在写入；请一分钟后再发布",
    "截止時刻剛到，還有登記正在寫入；請一分鐘後再發佈",
    "The cut-off has only just passed and entries are still being written. Issue it in a minute.",
  ),
  noChange: (n: number) =>
    words(
      `和第 ${n} 版相比没有变化，不用更正`,
      `和第 ${n} 版相比沒有變化，不用更正`,
      `Nothing differs from version ${n}: there is nothing to correct`,
    ),
  standing: (n: number, who: string, when: string) =>
    words(
      `这一份已经发布：第 ${n} 版，${who} ${when}`,
      `這一份已經發布：第 ${n} 版，${who} ${when}`,
      `Issued already: version ${n}, by ${who}, ${when}`,
    ),
  see: words("查看", "查看", "See it"),
  mayNot: words("发布由经办员以上办理。", "發布由經辦員以上辦理。", "Clerks and above issue reports."),
  issueBeaten: (n: number, who: string, when: string) =>
    words(
      `${who} ${when} 已经发布了第 ${n} 版，您的没有发布。请对照后再决定要不要更正。`,
      `${who} ${when} 已經發布了第 ${n} 版，您的沒有發布。請對照後再決定要不要更正。`,
      `${who} issued version ${n} first, ${when}; yours was not issued. Compare them before you correct it.`,
    ),
  moved: words(
    "这份草稿在您打开之后变了，还没有发布。请看过现在的再发布。",
    "這份草稿在您打開之後變了，還沒有發布。請看過現在的再發布。",
    "The draft has changed since you opened it and was not issued. Look at it as it stands now.",
  ),
  changed: (n: number) => words(`和第 ${n} 版相比`, `和第 ${n} 版相比`, `Compared with version ${n}`),
  figure: words("数字", "數字", "Figure"),
  before: words("原来", "原來", "Before"),
  after: words("现在", "現在", "Now"),
  notStated: words("没有写", "沒有寫", "not stated"),
  sameFigures: words("数字没有变化。", "數字沒有變化。", "No figure differs."),
  wordsToo: words("文字有改动。", "文字有改動。", "The wording differs."),

  issuedTitle: (n: number) =>
    words(`情况汇报 第 ${n} 版`, `情況彙報 第 ${n} 版`, `Situation report, version ${n}`),
  didIssue: words(
    "已发布，数字和文字都固定下来了。",
    "已發布，數字和文字都固定下來了。",
    "Issued: figures and text are frozen.",
  ),
  number: words("编号", "編號", "Number"),
  issuedBy: words("发布", "發布", "Issued"),
  hash: words("校验码", "校驗碼", "Hash (SHA-256)"),
  intact: words("和保存的内容一致", "和儲存的內容一致", "matches what is stored"),
  altered: words(
    "和保存的内容不一致，请报告管理员",
    "和儲存的內容不一致，請報告管理員",
    "does not match what is stored: tell the administrator",
  ),
  superseded: (n: number) => words(`已有第 ${n} 版`, `已有第 ${n} 版`, `There is a version ${n}`),
  versions: words("各版", "各版", "Versions"),
  recompute: words("按原来的截止时刻重新计算", "按原來的截止時刻重新計算", "Count again as of then"),
  recomputed: words("重新计算", "重新計算", "Counted again"),
  same: words(
    "一致：现在重新计算，得到的还是这些数字。",
    "一致：現在重新計算，得到的還是這些數字。",
    "The same: counted now as of then, every figure is what was issued.",
  ),
  differs: words("不一致的数字：", "不一致的數字：", "These figures differ:"),
  after3: (list: string) =>
    words(`截止之后补录：${list}`, `截止之後補錄：${list}`, `Recorded after: ${list}`),
  correctThis: words("更正这份汇报", "更正這份彙報", "Correct this report"),
  includesLate: words("含截止之后补录的", "含截止之後補錄的", "with what was recorded after the cut-off"),
  today: words("（当日）", "（當日）", " (today)"),
};
