import type { ExportFormat, ExportKind, ExportPurpose, ExportState } from "../../domain/export.ts";
import type { Words } from "../../forms/define.ts";
import { words } from "../words.ts";

const OF_PERSONS: Record<string, Words> = {
  waiting: words("待核实", "待核實", "Waiting to be verified"),
  observing: words("观察中", "觀察中", "Under observation"),
  released: words("已解除", "已解除", "Released"),
  transferred: words("已移送", "已移送", "Transferred"),
  closed: words("已终止", "已終止", "Closed"),
};

/*
 * The words of the exports' pages.
 */
export const EXPORT = {
  title: words("导出", "匯出", "Exports"),
  lead: words(
    "导出的文件会带上您的姓名、单位和时间，每一次都有记录。",
    "匯出的檔案會帶上您的姓名、單位和時間，每一次都有記錄。",
    "A file carries your name, unit and the time, and each one is put on record.",
  ),
  allowance: (left: number, limit: number) =>
    words(
      `今天还可以直接导出 ${left} 行（每人每天 ${limit} 行）；超过的要由另一位负责人批准。`,
      `今天還可以直接匯出 ${left} 行（每人每天 ${limit} 行）；超過的要由另一位負責人批准。`,
      `${left} rows are left for you today of ${limit}; beyond that a second official must agree.`,
    ),
  ask: words("新的导出", "新的匯出", "A new export"),
  kind: words("导出什么", "匯出什麼", "What"),
  kinds: {
    "line-list": words("人员台账", "人員台賬", "Line list"),
    "go-data": words("人员台账（Go.Data 导入格式）", "人員台賬（Go.Data 匯入格式）", "Line list for Go.Data"),
    tips: words("线索", "線索", "Tips"),
    tickets: words("督办", "督辦", "Tickets"),
    audit: words("操作记录", "操作記錄", "Audit"),
  } satisfies Record<ExportKind, Words>,
  format: words("文件格式", "檔案格式", "File"),
  formats: {
    xlsx: words("Excel 表格（.xlsx）", "Excel 試算表（.xlsx）", "Excel workbook (.xlsx)"),
    csv: words("CSV 文本（.csv）", "CSV 文字檔（.csv）", "CSV text (.csv)"),
  } satisfies Record<ExportFormat, Words>,
  unit: words("单位代码", "單位代碼", "Unit code"),
  unitHint: (own: string) =>
    words(
      `包括它下面的所有单位。您的范围是 ${own}。`,
      `包括它下面的所有單位。您的範圍是 ${own}。`,
      `With everything below it. Your area is ${own}.`,
    ),
  state: words("状态", "狀態", "State"),
  anyState: words("全部", "全部", "Any"),
  states: {
    "line-list": OF_PERSONS,
    "go-data": OF_PERSONS,
    tips: {
      open: words("待核实", "待核實", "Waiting to be verified"),
      answered: words("已答复", "已答覆", "Answered"),
    },
    tickets: {
      open: words("未销号", "未銷號", "Open"),
      closed: words("已销号", "已銷號", "Closed"),
    },
  } as Record<string, Record<string, Words>>,
  from: words("从哪一天起（可不填）", "從哪一天起（可不填）", "From (optional)"),
  to: words("到哪一天（可不填）", "到哪一天（可不填）", "To (optional)"),
  daysHint: words("按登记、收到或记录的日子算", "按登記、收到或記錄的日子算", "By the day it was recorded"),
  purpose: words("用途", "用途", "What it is for"),
  purposes: {
    visit: words("上门走访、核实", "上門走訪、核實", "To visit and verify"),
    handover: words("移交卫健、疾控等部门", "移交衛健、疾控等部門", "To hand over to health authorities"),
    report: words("向上级报送", "向上級報送", "To report to a superior"),
    statistics: words("统计分析", "統計分析", "For statistics"),
    other: words("其他", "其他", "Something else"),
  } satisfies Record<ExportPurpose, Words>,
  words: words("用途说明", "用途說明", "In your own words"),
  wordsHint: words(
    "导出完整个人信息时必须写明。会一直留在操作记录里，不要写姓名、电话。",
    "匯出完整個人資訊時必須寫明。會一直留在操作記錄裡，不要寫姓名、電話。",
    "Needed where personal data is not masked. Stays on record for good: no names, no phone numbers.",
  ),
  reasonHint: words(
    "会一直留在操作记录里，不要写姓名、电话。",
    "會一直留在操作記錄裡，不要寫姓名、電話。",
    "Stays on record for good: no names, no phone numbers.",
  ),
  open: words("个人信息", "個人資訊", "Personal data"),
  openChoices: {
    masked: words("隐去（王*，138****8000）", "隱去（王*，138****8000）", "Masked (王*, 138****8000)"),
    open: words("完整导出", "完整匯出", "In full"),
  },
  send: words("申请导出", "申請匯出", "Ask for the export"),
  choose: {
    kind: words("请选择导出什么", "請選擇匯出什麼", "Choose what to export"),
    format: words("请选择文件格式", "請選擇檔案格式", "Choose the kind of file"),
    purpose: words("请选择用途", "請選擇用途", "Choose what it is for"),
  },
  workbookOnly: words(
    "这份台账只能导出为 Excel 表格：CSV 会改动电话和证件号码",
    "這份台賬只能匯出為 Excel 試算表：CSV 會改動電話和證件號碼",
    "This list is a workbook only: CSV would change phone and document numbers",
  ),
  needWords: words("请写明用途", "請寫明用途", "Say what it is for"),
  wrongUnit: words(
    "您的范围内没有这个单位代码",
    "您的範圍內沒有這個單位代碼",
    "There is no such unit in your area",
  ),
  wrongState: words(
    "这个状态不属于所选的内容",
    "這個狀態不屬於所選的內容",
    "That state belongs to another kind of list",
  ),
  wrongDay: words(
    "请填一个日期，如 2026-01-25",
    "請填一個日期，如 2026-01-25",
    "Write a day, such as 2026-01-25",
  ),
  wrongDays: words(
    "结束的日子早于开始的日子",
    "結束的日子早於開始的日子",
    "The last day lies before the first",
  ),
  nothing: words("没有符合条件的记录", "沒有符合條件的記錄", "There is nothing to export"),
  tooMany: (most: number) =>
    words(
      `超过 ${most} 行，请缩小单位或日期范围后再导出`,
      `超過 ${most} 行，請縮小單位或日期範圍後再匯出`,
      `More than ${most} rows. Choose a smaller unit or fewer days.`,
    ),
  mine: words("我的导出", "我的匯出", "My exports"),
  none: words("还没有导出过", "還沒有匯出過", "Nothing yet"),
  waitingHere: words("等待批准", "等待批准", "Waiting for approval"),
  more: words("更早的", "更早的", "Earlier"),
  stale: words("这个页码不对，请从头看", "這個頁碼不對，請從頭看", "Start from the first page"),
  columns: {
    number: words("编号", "編號", "Number"),
    what: words("内容", "內容", "What"),
    by: words("申请人", "申請人", "Asked by"),
    rows: words("行数", "行數", "Rows"),
    state: words("状态", "狀態", "State"),
  },
  state_: {
    waiting: words("等待批准", "等待批准", "Waiting for approval"),
    refused: words("未批准", "未批准", "Refused"),
    taken: words("已导出", "已匯出", "Taken"),
    lapsed: words("已过期", "已過期", "Lapsed"),
    ready: words("可以下载", "可以下載", "Ready"),
  } satisfies Record<ExportState, Words>,
  masked: words("已隐去个人信息", "已隱去個人資訊", "Personal data masked"),
  full: words("含完整个人信息", "含完整個人資訊", "Personal data in full"),
  days: (from: string, to: string) => words(`${from} 至 ${to}`, `${from} 至 ${to}`, `${from} to ${to}`),
  daysOf: words("日期", "日期", "Days"),
  begin: words("开始", "開始", "the beginning"),
  now: words("现在", "現在", "now"),
  take: words("下载", "下載", "Download"),
  takeHint: (until: string) =>
    words(
      `只能下载一次，${until} 前有效。文件请勿外传，用完删除。`,
      `只能下載一次，${until} 前有效。檔案請勿外傳，用完刪除。`,
      `It can be taken once, until ${until}. Keep the file to yourself and delete it after use.`,
    ),
  takenAt: (when: string) => words(`${when} 已下载`, `${when} 已下載`, `Taken at ${when}`),
  waitingHint: words(
    "超过今天的行数，要由另一位负责人批准后才能下载。",
    "超過今天的行數，要由另一位負責人批准後才能下載。",
    "It goes beyond today's rows: a second official must agree before it can be taken.",
  ),
  lapsedHint: words(
    "24 小时内没有下载，需要时请重新申请。",
    "24 小時內沒有下載，需要時請重新申請。",
    "It was not taken within 24 hours. Ask again if you need it.",
  ),
  approve: words("批准", "批准", "Approve"),
  refuse: words("不批准", "不批准", "Refuse"),
  reason: words("不批准的原因", "不批准的原因", "Why not"),
  needReason: words("请写明原因", "請寫明原因", "Say why not"),
  approvedBy: (who: string, when: string) =>
    words(`${who} ${when} 批准`, `${who} ${when} 批准`, `Approved by ${who} at ${when}`),
  refusedBy: (who: string, when: string) =>
    words(`${who} ${when} 未批准`, `${who} ${when} 未批准`, `Refused by ${who} at ${when}`),
  beaten: words("这件事已经有人办好了", "這件事已經有人辦好了", "Somebody has already settled this"),
  notTaken: words("这份导出现在不能下载", "這份匯出現在不能下載", "This export cannot be taken now"),
  rows: (n: number) => words(`共 ${n} 行`, `共 ${n} 行`, `${n} rows`),
  again: (rows: number, again: number) =>
    words(
      `共 ${rows} 行，其中重复登记 ${again} 行，计 ${rows - again} 人`,
      `共 ${rows} 行，其中重複登記 ${again} 行，計 ${rows - again} 人`,
      `${rows} rows, ${again} of them registered again: ${rows - again} persons`,
    ),
  end: (n: number) => words(`完，共 ${n} 行`, `完，共 ${n} 行`, `The end: ${n} rows`),
  rule: words(
    "仅用于疫情防控，不得外传",
    "僅用於疫情防控，不得外傳",
    "For epidemic control only; do not pass on",
  ),
  exported: words("导出", "匯出", "exported"),
};
