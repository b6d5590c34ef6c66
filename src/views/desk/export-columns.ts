import { registration } from "../../../forms/registration.ts";
import { tip } from "../../../forms/tip.ts";
import type { ExportKind, RowOf } from "../../domain/export.ts";
import { localClock, localDate } from "../../domain/time.ts";
import type { Lang, Words } from "../../forms/define.ts";
import { labelOf } from "../unit-parts.tsx";
import { words } from "../words.ts";
import { actWords } from "./audit-words.ts";
import { GO_DATA_COLUMNS } from "./export-go-data.ts";
import { EXPORT } from "./export-words.ts";

/** How a cell is written: in whose language, by whose clocks; the export's mark, for files that have no line for it. */
export type CellView = { lang: Lang; zone: string; mark: string };
/** A column of a file; `width` in characters. `open`: left out where personal data is masked. */
export type Column<Row> = {
  head: Words;
  width: number;
  open?: boolean;
  cell: (row: Row, view: CellView) => string | undefined;
};

const yes = words("是", "是", "yes");
const no = words("否", "否", "no");
const OUTCOMES: Record<string, Words> = {
  true: words("属实", "屬實", "true"),
  untrue: words("不实", "不實", "untrue"),
  unclear: words("查不清", "查不清", "unclear"),
};
const DUE: Record<string, Words> = {
  due: words("期满待解除", "期滿待解除", "due for release"),
  held: words("期满，异常未解除", "期滿，異常未解除", "held by an abnormal reading"),
};
const PARTS: Record<string, Words> = {
  morning: words("早", "早", "morning"),
  evening: words("晚", "晚", "evening"),
};

const at = (moment: number | null | undefined, { zone }: CellView) =>
  moment ? `${localDate(new Date(moment), zone)} ${localClock(new Date(moment), zone)}` : undefined;

function lastWords(row: RowOf["line-list"], lang: Lang): string | undefined {
  if (!row.last) return undefined;
  const [date = "", part = ""] = row.last.slot.split("/");
  return `${(row.last.temperature / 10).toFixed(1)} ${date} ${PARTS[part]?.[lang] ?? ""}`.trim();
}

/** The columns of each kind, as the field keeps its lists. */
export const EXPORT_COLUMNS: { [Kind in ExportKind]: Column<RowOf[Kind]>[] } = {
  "line-list": [
    { head: words("人员编号", "人員編號", "Person"), width: 18, cell: ({ id }) => id },
    { head: words("姓名", "姓名", "Name"), width: 14, cell: ({ name }) => name },
    { head: words("证件号码", "證件號碼", "ID"), width: 21, cell: ({ document }) => document },
    { head: words("电话", "電話", "Phone"), width: 15, cell: ({ phone }) => phone },
    { head: words("村（社区）", "村（社區）", "Village"), width: 18, cell: ({ village }) => village },
    { head: words("乡镇（街道）", "鄉鎮（街道）", "Town"), width: 14, cell: ({ town }) => town },
    {
      head: words("来自", "來自", "From"),
      width: 16,
      cell: ({ origin }, { lang }) => labelOf(registration, "origin", origin, lang),
    },
    {
      head: words("返回日期", "返回日期", "Returned on"),
      width: 12,
      cell: ({ arrivedAt }, { zone }) => localDate(new Date(arrivedAt), zone),
    },
    {
      head: words("状态", "狀態", "State"),
      width: 16,
      cell: ({ state }, { lang }) => (DUE[state] ?? EXPORT.states["line-list"]?.[state])?.[lang],
    },
    { head: words("第几天", "第幾天", "Day"), width: 8, cell: ({ day }) => day?.toString() },
    { head: words("起算日", "起算日", "Day 0"), width: 12, cell: ({ day0 }) => day0 },
    { head: words("观察到", "觀察到", "Until"), width: 12, cell: ({ untilDate }) => untilDate },
    {
      head: words("最近体温（三天内）", "最近體溫（三天內）", "Last reading (3 days)"),
      width: 22,
      cell: (row, { lang }) => lastWords(row, lang),
    },
    {
      head: words("登记时有症状", "登記時有症狀", "Symptomatic"),
      width: 13,
      cell: ({ symptomatic }, { lang }) => (symptomatic ? yes : no)[lang],
    },
    {
      head: words("解除时间", "解除時間", "Released at"),
      width: 17,
      cell: (row, view) => at(row.releasedAt, view),
    },
    // What makes the figures out of the rows: whoever has either registered again and is counted once.
    { head: words("已并入", "已併入", "Merged into"), width: 18, cell: ({ mergedInto }) => mergedInto },
    {
      head: words("以前登记过（证件相同）", "以前登記過（證件相同）", "Registered before (same document)"),
      width: 24,
      cell: ({ sameDocumentAs }) => sameDocumentAs,
    },
  ],
  "go-data": GO_DATA_COLUMNS,
  tips: [
    { head: words("线索编号", "線索編號", "Tip"), width: 15, cell: ({ id }) => id },
    { head: words("涉及单位", "涉及單位", "Unit"), width: 18, cell: ({ unit }) => unit },
    {
      head: words("类别", "類別", "Category"),
      width: 20,
      cell: ({ category }, { lang }) => labelOf(tip, "category", category, lang),
    },
    { head: words("收到", "收到", "Received"), width: 17, cell: (row, view) => at(row.recordedAt, view) },
    { head: words("核实期限", "核實期限", "Due"), width: 17, cell: (row, view) => at(row.verifyDueAt, view) },
    {
      head: words("核实时间", "核實時間", "Verified"),
      width: 17,
      cell: (row, view) => at(row.verifiedAt, view),
    },
    {
      head: words("结果", "結果", "Outcome"),
      width: 10,
      cell: ({ outcome }, { lang }) => (outcome ? OUTCOMES[outcome]?.[lang] : undefined),
    },
    { head: words("地点", "地點", "Place"), width: 24, open: true, cell: ({ place }) => place },
    { head: words("关于谁", "關於誰", "About"), width: 24, open: true, cell: ({ about }) => about },
    { head: words("内容", "內容", "Text"), width: 50, open: true, cell: ({ text }) => text },
    {
      head: words("公开答复", "公開答覆", "Public answer"),
      width: 40,
      open: true,
      cell: ({ answer }) => answer,
    },
  ],
  tickets: [
    { head: words("督办编号", "督辦編號", "Ticket"), width: 15, cell: ({ id }) => id },
    { head: words("发起单位", "發起單位", "Opened by"), width: 18, cell: ({ unit }) => unit },
    { head: words("关于", "關於", "About"), width: 26, cell: ({ subjectId }) => subjectId ?? undefined },
    { head: words("发起", "發起", "Opened"), width: 17, cell: (row, view) => at(row.openedAt, view) },
    { head: words("期限", "期限", "Due"), width: 17, cell: (row, view) => at(row.dueAt, view) },
    { head: words("销号", "銷號", "Closed"), width: 17, cell: (row, view) => at(row.closedAt, view) },
    { head: words("通报单位数", "通報單位數", "Units asked"), width: 12, cell: ({ asked }) => `${asked}` },
    { head: words("已反馈", "已反饋", "Answered"), width: 10, cell: ({ answered }) => `${answered}` },
    { head: words("标题", "標題", "Title"), width: 30, open: true, cell: ({ title }) => title },
    { head: words("内容", "內容", "Text"), width: 50, open: true, cell: ({ text }) => text },
  ],
  audit: [
    { head: words("时间", "時間", "Time"), width: 17, cell: (row, view) => at(row.recordedAt, view) },
    { head: words("谁", "誰", "Who"), width: 24, cell: ({ who }) => who },
    {
      head: words("做了什么", "做了什麼", "What"),
      width: 26,
      cell: ({ act }, { lang }) => actWords(act, lang),
    },
    { head: words("对象", "對象", "Subject"), width: 30, cell: ({ subjectId }) => subjectId },
    { head: words("单位", "單位", "Unit"), width: 18, cell: ({ unit }) => unit },
    { head: words("细节", "細節", "Detail"), width: 24, cell: ({ detail }) => detail },
    { head: words("说明", "說明", "Words"), width: 40, open: true, cell: (row) => row.words },
    { head: words("记录号", "記錄號", "Record"), width: 38, cell: ({ id }) => id },
  ],
};

/** The columns of a file. */
export const columnsOf = <Kind extends ExportKind>(kind: Kind, masked: boolean): Column<RowOf[Kind]>[] =>
  EXPORT_COLUMNS[kind].filter(({ open }) => !open || !masked) as Column<RowOf[Kind]>[];
