import { roleWords } from "../../domain/care-team.ts";
import type { Lang, Words } from "../../forms/define.ts";
import { words } from "../words.ts";

/*
 * The words of the audit's pages, and of every act in it.
 */
export const AUDIT = {
  title: words("操作记录", "操作記錄", "Audit"),
  lead: words(
    "谁在什么时候做了什么。只能增加，不能修改或删除。",
    "誰在什麼時候做了什麼。只能增加，不能修改或刪除。",
    "Who did what, and when. Lines are added, never changed and never removed.",
  ),
  by: words("工作人员", "工作人員", "Official"),
  anybody: words("所有人", "所有人", "Anybody"),
  subject: words("编号", "編號", "Number"),
  subjectHint: words(
    "登记、人员、线索、督办或导出的编号",
    "登記、人員、線索、督辦或匯出的編號",
    "Of a case, person, tip, ticket or export",
  ),
  unit: words("单位代码", "單位代碼", "Unit code"),
  day: words("日期", "日期", "Day"),
  show: words("查看", "查看", "Show"),
  wrongUnit: words(
    "您的范围内没有这个单位代码",
    "您的範圍內沒有這個單位代碼",
    "There is no such unit in your area",
  ),
  wrongDay: words(
    "请填一个日期，如 2026-01-25",
    "請填一個日期，如 2026-01-25",
    "Write a day, such as 2026-01-25",
  ),
  wrongSubject: words(
    "请填编号，如 WY-0217-4486",
    "請填編號，如 WY-0217-4486",
    "Write a number, such as WY-0217-4486",
  ),
  wrongBy: words("请从名单里选一位", "請從名單裡選一位", "Choose somebody of the list"),
  wrongPage: words(
    "这一页的地址不对，请从头看",
    "這一頁的地址不對，請從頭看",
    "That page's address is not right: start anew",
  ),
  when: words("时间", "時間", "When"),
  who: words("谁", "誰", "Who"),
  what: words("做了什么", "做了什麼", "What"),
  about: words("对象", "對象", "About"),
  where: words("单位", "單位", "Unit"),
  none: words("没有记录", "沒有記錄", "Nothing is on record"),
  noneHere: words(
    "这一段没有，请继续往前查",
    "這一段沒有，請繼續往前查",
    "Nothing in this stretch; look further back",
  ),
  more: words("更早的", "更早的", "Earlier"),
  first: words("回到最新", "回到最新", "Back to the latest"),
  sealed: (when: string, part: number, date: string) =>
    words(
      `记录链已封到 ${when}（${date} 第 ${part} 段）`,
      `記錄鏈已封到 ${when}（${date} 第 ${part} 段）`,
      `The chain is sealed up to ${when} (${date}, part ${part})`,
    ),
  notSealed: words("记录链还没有封过", "記錄鏈還沒有封過", "Nothing of the chain is sealed yet"),
  waiting: (n: number, most: number) =>
    words(
      n === 0 ? "没有待封的记录" : `待封 ${n > most ? `${most} 条以上` : `${n} 条`}`,
      n === 0 ? "沒有待封的記錄" : `待封 ${n > most ? `${most} 條以上` : `${n} 條`}`,
      n === 0 ? "nothing waits" : `${n > most ? `more than ${most}` : n} still to be sealed`,
    ),
  verify: words(
    "是否有缺失或改动，由系统管理员运行 npm run audit-verify 核对",
    "是否有缺失或改動，由系統管理員執行 npm run audit-verify 核對",
    "npm run audit-verify tells whether anything is missing or was altered",
  ),
};

/** What an act is called; an act that has no word is shown as it is. */
export function actWords(act: string, lang: Lang): string {
  const whole = ACTS[act];
  if (whole) return whole[lang];
  const [verb = "", ...rest] = act.split("/");
  const said = ACTS[verb]?.[lang];
  if (!said) return act;
  const how = rest.map((one) => HOW[one]?.[lang] ?? roleWords(one, lang)).join(" ");
  return how ? (lang === "en" ? `${said} (${how})` : `${said}（${how}）`) : said;
}

/** What is said beside an act in machine words: "3 csv masked statistics". A word that has no name is shown as it is. */
export const detailWords = (detail: string, lang: Lang): string =>
  detail
    .split(" ")
    .map((one) => HOW[one]?.[lang] ?? one)
    .join(lang === "en" ? ", " : " · ");

const ACTS: Record<string, Words> = {
  "sign-in": words("登录", "登入", "Signed in"),
  "sign-in-blocked": words("验证码多次输错", "驗證碼多次輸錯", "Too many wrong codes"),
  "sign-out": words("退出登录", "登出", "Signed out"),
  "look-audit": words("查看操作记录", "查看操作記錄", "Looked at the audit"),
  "add-passkey": words("登记通行密钥", "登記通行密鑰", "Added a passkey"),
  "rename-passkey": words("给通行密钥改名", "給通行密鑰改名", "Renamed a passkey"),
  "remove-passkey": words("移除通行密钥", "移除通行密鑰", "Removed a passkey"),
  appoint: words("任命工作人员", "任命工作人員", "Appointed an official"),
  "end-office": words("终止任职", "終止任職", "Ended an office"),
  "open-official": words("查看工作人员", "查看工作人員", "Looked at an official"),
  "alert.acknowledged": words("签收提醒", "簽收提醒", "Acknowledged an alert"),
  "report.excused": words("免报", "免報", "Excused from reporting"),
  "verify-household": words("核实登记", "核實登記", "Verified a registration"),
  "verify-tip": words("核实线索", "核實線索", "Verified a tip"),
  "reveal-household": words("查看联系方式", "查看聯絡方式", "Saw how to reach a household"),
  "reveal-person": words("查看个人信息", "查看個人資訊", "Saw personal data"),
  "reveal-tip-sender": words("查看举报人联系方式", "查看舉報人聯絡方式", "Saw how to reach a sender"),
  "open-tip": words("查看线索", "查看線索", "Looked at a tip"),
  "enter-tip": words("代录线索", "代錄線索", "Entered a tip"),
  "assign-tip": words("分派线索", "分派線索", "Assigned a tip"),
  "link-person": words("线索关联人员", "線索關聯人員", "Linked a tip to a person"),
  "link-tip": words("线索合并", "線索合併", "Linked a tip to another"),
  "unlink-person": words("取消线索与人员的关联", "取消線索與人員的關聯", "Unlinked a tip from a person"),
  "unlink-tip": words("取消线索合并", "取消線索合併", "Unlinked a tip from another"),
  "write-sender": words("回复举报人", "回覆舉報人", "Wrote to a sender"),
  "open-ticket": words("发起督办", "發起督辦", "Opened a ticket"),
  "look-ticket": words("查看督办", "查看督辦", "Looked at a ticket"),
  "circulate-ticket": words("通报督办", "通報督辦", "Circulated a ticket"),
  "answer-ticket": words("反馈督办", "反饋督辦", "Answered a ticket"),
  "close-ticket": words("督办销号", "督辦銷號", "Closed a ticket"),
  "reopen-ticket": words("重新督办", "重新督辦", "Reopened a ticket"),
  "move-observation": words("转移观察地点", "轉移觀察地點", "Moved an observation"),
  "end-observation": words("结束观察", "結束觀察", "Ended an observation"),
  "answer-response": words("处置发热", "處置發熱", "Answered a fever"),
  "answer-cluster": words("处置聚集", "處置聚集", "Answered a cluster"),
  "assign-care": words("落实包保人", "落實包保人", "Named a care team member"),
  roster: words("值班安排", "值班安排", "Duty roster"),
  "add-contact": words("增加联系人", "增加聯絡人", "Added a contact"),
  "clear-contact": words("恢复联系人", "恢復聯絡人", "Made a contact reachable"),
  "remove-contact": words("移除联系人", "移除聯絡人", "Removed a contact"),
  "make-link": words("生成链接", "產生連結", "Made a link"),
  "revoke-link": words("停用链接", "停用連結", "Revoked a link"),
  "renew-poster": words("更换海报链接", "更換海報連結", "Renewed a poster"),
  "remove-poster": words("停用海报", "停用海報", "Removed a poster"),
  "change-office": words("改任职", "改任職", "Changed an office"),
  "change-language": words("改语言", "改語言", "Changed the language"),
  "search-person": words("查找人员", "查找人員", "Searched for a person"),
  "reveal-contact": words("查看联系人", "查看聯絡人", "Saw a contact"),
  "remove-ticket-unit": words("撤回通报", "撤回通報", "Took a unit off a ticket"),
  "change-ticket-due": words("改督办期限", "改督辦期限", "Changed when a ticket is due"),
  "add-unit": words("增加单位", "增加單位", "Added a unit"),
  "rename-unit": words("单位改名", "單位改名", "Renamed a unit"),
  "close-unit": words("撤销单位", "撤銷單位", "Closed a unit"),
  "renew-link": words("更换链接", "更換連結", "Renewed a link"),
  "show-link": words("查看链接", "查看連結", "Saw a link"),
  "add-poster": words("制作海报", "製作海報", "Made a poster"),
  "print-poster": words("打印海报", "列印海報", "Printed posters"),
  "ask-export": words("申请导出", "申請匯出", "Asked for an export"),
  "approve-export": words("批准导出", "批准匯出", "Approved an export"),
  "refuse-export": words("不批准导出", "不批准匯出", "Refused an export"),
  "take-export": words("下载导出", "下載匯出", "Took an export"),
  "issue-report": words("发布情况汇报", "發布情況彙報", "Issued a situation report"),
  "edit-report-text": words("改情况汇报的段落", "改情況彙報的段落", "Changed paragraphs of a report"),
  "export-table": words("导出报表", "匯出報表", "Took a table"),
  "seal-off": words("封存个人信息", "封存個人資訊", "Sealed off personal data"),
};

const HOW: Record<string, Words> = {
  found: words("属实", "屬實", "found"),
  wrong: words("不符", "不符", "not as stated"),
  moved: words("已离开", "已離開", "moved on"),
  true: words("属实", "屬實", "true"),
  untrue: words("不实", "不實", "untrue"),
  unclear: words("查不清", "查不清", "unclear"),
  released: words("解除", "解除", "released"),
  transferred: words("移送", "移送", "transferred"),
  closed: words("终止", "終止", "closed"),
  home: words("居家", "居家", "home"),
  central: words("集中", "集中", "central"),
  hospital: words("医院", "醫院", "hospital"),
  visit: words("上门", "上門", "to visit"),
  call: words("电话", "電話", "to call"),
  aid: words("送医送物", "送醫送物", "to bring help"),
  link: words("邮件链接", "郵件連結", "link"),
  code: words("验证码", "驗證碼", "code"),
  passkey: words("通行密钥", "通行密鑰", "passkey"),
  dev: words("演示", "演示", "demo"),
  add: words("增加", "增加", "added"),
  cut: words("提前结束", "提前結束", "cut short"),
  take: words("接班", "接班", "taken over"),
  note: words("交接说明", "交接說明", "handover note"),
  remove: words("撤下", "撤下", "removed"),
  contact: words("联系人", "聯絡人", "contact"),
  "line-list": words("人员台账", "人員台賬", "line list"),
  "go-data": words("Go.Data 台账", "Go.Data 台賬", "Go.Data list"),
  tips: words("线索", "線索", "tips"),
  tickets: words("督办", "督辦", "tickets"),
  audit: words("操作记录", "操作記錄", "audit"),
  masked: words("已隐去", "已隱去", "masked"),
  open: words("完整", "完整", "in full"),
  handover: words("移交", "移交", "to hand over"),
  report: words("报送", "報送", "to report"),
  statistics: words("统计", "統計", "for statistics"),
  other: words("其他", "其他", "other"),
  trace: words("流调", "流調", "to trace contacts"),
  transfer: words("移送、协查", "移送、協查", "to another place"),
  mend: words("更正", "更正", "to mend"),
  check: words("核对", "核對", "to check"),
  answer: words("答复", "答覆", "to answer"),
  safety: words("保护安全", "保護安全", "for safety"),
  name: words("按姓名", "按姓名", "by name"),
  phone: words("按电话", "按電話", "by phone"),
  document: words("按证件", "按證件", "by document"),
  here: words("这台设备", "這臺裝置", "here"),
  everywhere: words("所有设备", "所有裝置", "everywhere"),
};
