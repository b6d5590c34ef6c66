import type { BatchSource, BatchState, RowEnd, RowResult } from "../../domain/batch.ts";
import type { ListField } from "../../domain/list-column.ts";
import { SPOILED } from "../../domain/listed.ts";
import type { Lang, Words } from "../../forms/define.ts";
import { withinWords, words } from "../words.ts";

/* 批次: the words of bureaus' lists, at the desk. */
export const BATCH = {
  title: words("名单批次", "名單批次", "Lists from bureaus"),
  lead: words(
    "教育局、卫健局等反馈的名单：先核对哪些人已登记，确认后新发现的人员交各村（社区）查找登记。",
    "教育局、衛健局等反饋的名單：先核對哪些人已登記，確認後新發現的人員交各村（社區）查找登記。",
    "Lists that bureaus send down. Who is registered already is found first; once an official agrees, villages look for the others.",
  ),
  upload: words("收一批名单", "收一批名單", "Take in a list"),
  source: words("哪个部门反馈的", "哪個部門反饋的", "Which bureau sent it"),
  sources: {
    education: words("教育局", "教育局", "Education"),
    health: words("卫健局", "衛健局", "Health"),
    police: words("公安局", "公安局", "Police"),
    transport: words("交通局", "交通局", "Transport"),
    other: words("其他", "其他", "Other"),
  } satisfies Record<BatchSource, Words>,
  label: words("名单名称", "名單名稱", "Name of the list"),
  labelHint: words(
    "例如：第 3 批返乡学生。请不要写姓名。",
    "例如：第 3 批返鄉學生。請不要寫姓名。",
    "For example: third list of students. No names of persons.",
  ),
  file: words("文件", "檔案", "File"),
  fileHint: words(
    "CSV 或 Excel（.xlsx），最大 5 MB，最多 10,000 行。列的顺序不限。",
    "CSV 或 Excel（.xlsx），最大 5 MB，最多 10,000 行。欄的順序不限。",
    "CSV or Excel (.xlsx), 5 MB and 10,000 rows at most, columns in any order.",
  ),
  send: words("上传", "上傳", "Upload"),
  needSource: words("请选择部门", "請選擇部門", "Choose the bureau"),
  needFile: words("请选择文件", "請選擇檔案", "Choose a file"),
  received: words("收到的名单", "收到的名單", "Lists received"),
  receivedBy: words("收名单的单位", "收名單的單位", "Received by"),
  needLabel: words("请填写名单名称", "請填寫名單名稱", "Enter a name for the list"),
  none: words("还没有收到名单。", "還沒有收到名單。", "No lists yet."),
  older: words("更早的", "更早的", "Older lists"),
  columns: {
    list: words("名单", "名單", "List"),
    rows: words("人数", "人數", "Rows"),
    results: words("核对结果", "核對結果", "Results"),
    found: words("查找情况", "查找情況", "Search"),
    state: words("进度", "進度", "State"),
    row: words("行", "行", "Row"),
    person: words("人员", "人員", "Person"),
    result: words("结果", "結果", "Result"),
    unit: words("所在单位", "所在單位", "Unit"),
    why: words("说明", "說明", "Why"),
    outcome: words("查找结果", "查找結果", "Outcome"),
    number: words("登记编号", "登記編號", "Case number"),
  },
  states: {
    receiving: words("没有收完", "沒有收完", "Upload not complete"),
    columns: words("待选定各列", "待選定各欄", "Columns to be matched"),
    checking: words("正在核对", "正在核對", "Being checked"),
    ready: words("核对完，待确认", "核對完，待確認", "Checked, waiting for agreement"),
    applying: words("正在交办", "正在交辦", "Being handed out"),
    open: words("各村正在查找", "各村正在查找", "Villages are looking"),
    closing: words("正在结束查找", "正在結束查找", "The search is being ended"),
    finished: words("已办结", "已辦結", "Finished"),
    withdrawn: words("已撤回", "已撤回", "Taken back"),
  } satisfies Record<BatchState, Words>,
  results: {
    new: words("新发现", "新發現", "New"),
    known: words("已掌握", "已掌握", "Known"),
    conflicting: words("有出入", "有出入", "Conflicting"),
    rejected: words("不能用", "不能用", "Rejected"),
  } satisfies Record<RowResult, Words>,
  outcomes: {
    found: words("已找到", "已找到", "Found"),
    not_found: words("查无此人", "查無此人", "Not found"),
    elsewhere: words("不在本地", "不在本地", "Elsewhere"),
    closed: words("已结束查找，没有答复", "已結束查找，沒有答覆", "Search ended without an answer"),
  } satisfies Record<RowEnd, Words>,
  looking: words("还在找", "還在找", "Still looking"),
  all: words("全部", "全部", "All"),
  sum: (rows: number) => words(`合计 ${rows} 行`, `合計 ${rows} 行`, `${rows} rows in all`),
  foundOf: (found: number, not: number, open: number) =>
    words(
      `找到 ${found} · 未找到 ${not} · 在找 ${open}`,
      `找到 ${found} · 未找到 ${not} · 在找 ${open}`,
      `${found} found · ${not} not · ${open} open`,
    ),
  same: words(
    "这个文件已经收过，就是这一批；没有重复登记。",
    "這個檔案已經收過，就是這一批；沒有重複登記。",
    "This file was uploaded before, as this list. Nothing was entered twice.",
  ),
  broke: (row: number) =>
    words(
      `上传中断，只收到第 ${row} 行。请把同一个文件再传一次，会接着收。`,
      `上傳中斷，只收到第 ${row} 行。請把同一個檔案再傳一次，會接著收。`,
      `The upload broke off at row ${row}. Send the same file again: it goes on from there.`,
    ),
  progress: (row: number, last: number) =>
    words(
      `已到第 ${row} 行，最后一行是第 ${last} 行。本页会自动刷新；关掉也会继续。`,
      `已到第 ${row} 行，最後一行是第 ${last} 行。本頁會自動重新整理；關掉也會繼續。`,
      `Row ${row} of ${last}. This page refreshes itself; the work goes on without it.`,
    ),
  refresh: words("现在刷新", "現在重新整理", "Refresh now"),
  matchTitle: words("选定各列", "選定各欄", "Match the columns"),
  matchLead: words(
    "请核对每一列是什么。姓名必选；证件号码、电话、村或地址至少选一项。",
    "請核對每一欄是什麼。姓名必選；證件號碼、電話、村或地址至少選一項。",
    "Say which column is what. The name is needed, and a document, a phone, a village or an address.",
  ),
  remembered: words(
    "按上次对这个部门的选择填好了。",
    "按上次對這個部門的選擇填好了。",
    "Filled in as it was matched last time for this bureau.",
  ),
  twice: (name: string) =>
    words(
      `有几列都像“${name}”，请看清楚再选。`,
      `有幾欄都像「${name}」，請看清楚再選。`,
      `More than one column looks like “${name}”: choose the right one.`,
    ),
  noColumn: words("没有这一列", "沒有這一欄", "No such column"),
  column: (letter: string, heading: string) =>
    words(`${letter} 列 ${heading}`, `${letter} 欄 ${heading}`, `${letter} ${heading}`),
  check: words("开始核对", "開始核對", "Check the list"),
  again: words("重新选定各列", "重新選定各欄", "Match the columns again"),
  sample: words("前三行（已隐去）", "前三行（已隱去）", "First three rows, masked"),
  needName: words("请选择姓名是哪一列", "請選擇姓名是哪一欄", "Say which column is the name"),
  needMore: words(
    "证件号码、电话、村、地址至少选一项",
    "證件號碼、電話、村、地址至少選一項",
    "Choose a document, a phone, a village or an address",
  ),
  oneTwice: words("同一列不能选两次", "同一欄不能選兩次", "One column cannot be two things"),
  fields: {
    name: words("姓名", "姓名", "Name"),
    idDocument: words("证件号码", "證件號碼", "ID number"),
    phone: words("电话", "電話", "Phone"),
    town: words("乡镇（街道）", "鄉鎮（街道）", "Town"),
    village: words("村（社区）", "村（社區）", "Village"),
    address: words("住址", "住址", "Address"),
    note: words("备注", "備註", "Note"),
  } satisfies Partial<Record<ListField, Words>>,
  confirmTitle: words("确认", "確認", "Agree"),
  confirmLead: (n: number, minutes: number) => {
    const within = withinWords(minutes);
    return words(
      `确认后，${n} 名新发现的人员交各村（社区）查找登记，${within["zh-Hans"]}要有结果，逾期逐级提醒。有出入和不能用的行不会交办。`,
      `確認後，${n} 名新發現的人員交各村（社區）查找登記，${within["zh-Hant"]}要有結果，逾期逐級提醒。有出入和不能用的行不會交辦。`,
      `${n === 1 ? "One new person then goes" : `${n} new persons then go`} to the villages, to be found and registered ${within.en}. What is late goes up level by level. Conflicting and rejected rows go to nobody.`,
    );
  },
  confirm: words("确认并交办", "確認並交辦", "Agree and hand out"),
  withdraw: words("撤回这批名单", "撤回這批名單", "Take the list back"),
  withdrawHint: words(
    "撤回后什么也不会交办，同一个文件可以再传。",
    "撤回後什麼也不會交辦，同一個檔案可以再傳。",
    "Nothing is handed out then, and the same file may come again.",
  ),
  beaten: words(
    "已有人处理过这批名单，下面是最新状态；您的操作没有生效。",
    "已有人處理過這批名單，下面是最新狀態；您的操作沒有生效。",
    "Somebody else has dealt with this list already. This is how it stands now; your change was not made.",
  ),
  rowsHere: words("逐行结果", "逐行結果", "Row by row"),
  noRows: words("没有这样的行。", "沒有這樣的行。", "There are no such rows."),
  next: words("下一页", "下一頁", "Next page"),
  countsOnly: words(
    "您的岗位只看数字，不看名单内容。",
    "您的崗位只看數字，不看名單內容。",
    "Your role sees the counts, not the rows.",
  ),
  result: words("反馈结果", "反饋結果", "Result for the bureau"),
  resultLead: words(
    "按原名单的行号列出每个人的结果，姓名已隐去，可以下载后反馈给来名单的部门。下载会记录在案。",
    "按原名單的行號列出每個人的結果，姓名已隱去，可以下載後反饋給來名單的部門。下載會記錄在案。",
    "The result for every row of the list, with names masked, to send back to the bureau. Each download is put on record.",
  ),
  take: (format: string) => words(`下载 ${format}`, `下載 ${format}`, `Download ${format}`),
  file_: words("文件本身的问题", "檔案本身的問題", "Problems with the file itself"),
  skipped: (n: number) =>
    words(
      `${n} 行不是人员（标题、合计、说明），没有计入。`,
      `${n} 行不是人員（標題、合計、說明），沒有計入。`,
      `${n} rows were titles, totals or notes and are not counted.`,
    ),
  sealedOff: words(
    "名单内容已封存，只留结果和人数。",
    "名單內容已封存，只留結果和人數。",
    "What the rows said has been sealed off; results and counts stay.",
  ),
  end: (n: number) => words(`完，共 ${n} 行`, `完，共 ${n} 行`, `end, ${n} rows`),
};

const FAULTS: Record<string, Words> = {
  ...SPOILED,
  "no-name": words("没有姓名", "沒有姓名", "No name"),
  "no-identity": words(
    "没有可用的证件号码、电话或住址",
    "沒有可用的證件號碼、電話或住址",
    "No document, phone or place that can be used",
  ),
  "id-shape": words("证件号码格式不对", "證件號碼格式不對", "Not the shape of a document number"),
  "id-date": words(
    "身份证号里的出生日期不存在",
    "身分證號裡的出生日期不存在",
    "The ID's birth date does not exist",
  ),
  "id-check": words("身份证号校验位不对", "身分證號校驗碼不對", "The ID's check digit is wrong"),
  "phone-shape": words("电话号码格式不对", "電話號碼格式不對", "Not a phone number"),
  "document-other-name": words(
    "同一证件号码登记的是另一个姓名",
    "同一證件號碼登記的是另一個姓名",
    "The same document has another name",
  ),
  "phone-other-name": words(
    "同一电话登记的是另一个姓名",
    "同一電話登記的是另一個姓名",
    "The same phone has another name",
  ),
  "name-other-document": words(
    "姓名和电话相同，证件号码不同",
    "姓名和電話相同，證件號碼不同",
    "Name and phone agree, the document does not",
  ),
  "two-persons": words(
    "和两名已登记的人都对得上",
    "和兩名已登記的人都對得上",
    "Two registered persons match",
  ),
  "place-unknown": words(
    "看不出属于哪个村（社区）",
    "看不出屬於哪個村（社區）",
    "The village cannot be told",
  ),
  "place-ambiguous": words(
    "有几个同名的村（社区），请写明乡镇",
    "有幾個同名的村（社區），請寫明鄉鎮",
    "More than one village is called so: name the town",
  ),
  "place-contradicts": words(
    "村（社区）和乡镇对不上",
    "村（社區）和鄉鎮對不上",
    "The village is not one of the town that is named",
  ),
  "place-outside": words("不在您的范围内", "不在您的範圍內", "Outside your area"),
  settled: words("已由工作人员核定", "已由工作人員核定", "Settled by an official"),
};
const POINTING: Record<string, (to: string) => Words> = {
  repeats: (row) =>
    words(`与第 ${row} 行是同一人`, `與第 ${row} 行是同一人`, `The same person as row ${row}`),
  differs: (row) =>
    words(
      `与第 ${row} 行是同一人，但内容不同`,
      `與第 ${row} 行是同一人，但內容不同`,
      `The same person as row ${row}, said otherwise`,
    ),
  "merged-in": (cell) =>
    words(
      `合并的单元格，内容只算在 ${cell}`,
      `合併的儲存格，內容只算在 ${cell}`,
      `Merged: its value counts for ${cell} only`,
    ),
  sought: (number) =>
    words(`名单 ${number} 行正在查找`, `名單 ${number} 行正在查找`, `Being looked for: ${number}`),
};

/** True for a word that is told here; the others are the file reader's. */
export const isBatchFault = (word: string): boolean => {
  const [name = ""] = word.split(":");
  return Object.hasOwn(FAULTS, name) || Object.hasOwn(POINTING, name);
};

/** G 列：身份证号校验位不对 */
export function faultLine([column, word]: readonly [string, string], lang: Lang): string {
  const [name = "", to = ""] = word.split(":");
  const pointing = Object.hasOwn(POINTING, name) ? POINTING[name]?.(to.replace("/", " 第 ")) : undefined;
  const said = (pointing ?? FAULTS[name])?.[lang] ?? name;
  return column ? `${BATCH.column(column, "")[lang].trim()}${lang === "en" ? ": " : "："}${said}` : said;
}
