/*
 * Text as spreadsheets take it: a cell is never a formula and never a number that it was not.
 */

/** What a spreadsheet runs as a formula, whatever blank or invisible stands before it; DDE begins so too. */
const FORMULA = /^[\s\p{Z}\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫−]/u;
/** A blank at the very beginning hides what comes after it; an apostrophe would be taken for ours. */
const HIDDEN = /^[\t\r\n\p{Cc}']/u;
/** What would come out as another number: a phone as 1.38E+10, an ID without its last digits, 0818 as 818, 12E3 as 12000. */
const NUMBER = /^\s*(0\d+|\d{10,}|\d+(\.\d*)?[eE]\d+)\s*$/;

/** One cell's text in CSV: where a spreadsheet would make something else of it, an apostrophe stands before it. */
export const harmless = (text: string): string =>
  FORMULA.test(text) || HIDDEN.test(text) || NUMBER.test(text) ? `'${text}` : text;

/**
 * A line of CSV (RFC 4180), every cell in quotes, so that no separator of any country splits it. What is a number here is
 * one there, below nought too.
 */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => `"${typeof cell === "number" ? cell : harmless(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;

/** Without this Excel takes UTF-8 for another encoding. */
export const BOM = "\ufeff";

/** Excel keeps no more characters of a cell. */
const LONGEST = 32_767;

/** Text inside XML: escaped, and without what XML 1.0 cannot hold. Excel reads _x0041_ as A, so that is escaped too. */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/gu, "")
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, "_x005F_")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");

/**
 * A sheet: its name, the line that stands on every page, its heads and how wide they are in characters. `bare`: without
 * the line above its heads, for a system that reads the first row as heads. `groups` stand above the heads, each over
 * `span` of them; an empty one leaves the heads below it both rows.
 */
export type Sheet = {
  name: string;
  mark: string;
  heads: readonly { text: string; width: number }[];
  bare?: boolean;
  groups?: readonly { text: string; span: number }[];
};
/** Text, a count, or a share from 0 to 1. Counts are numbers, so that whoever takes the sheet can go on counting. */
export type Cell = string | number | { share: number };

/**
 * Style 1 is text that stays text when it is edited, 2 the heads, 3 the mark, 4 a count, 5 a share as a percentage, 6 the
 * mark over the whole width, 7 the heads of a table with groups, whole and in the middle, 8 an unknown count, which stands
 * where the counts do.
 */
const TEXT = 1;
const HEAD = 2;
const MARK = 3;
const COUNT = 4;
const SHARE = 5;
const WIDE_MARK = 6;
const TABLE_HEAD = 7;
const UNKNOWN = 8;

/** A row of a sheet, counted from 1; text stays text, which Excel never runs. */
export const xlsxRow = (cells: readonly Cell[], row: number, style = TEXT): string =>
  `<row r="${row}">${cells.map((cell, at) => xlsxCell(cell, `${columnName(at + 1)}${row}`, style)).join("")}</row>`;

const xlsxCell = (cell: Cell, place: string, style: number): string => {
  if (typeof cell === "number") return `<c r="${place}" s="${COUNT}"><v>${cell}</v></c>`;
  if (typeof cell === "object") return `<c r="${place}" s="${SHARE}"><v>${cell.share}</v></c>`;
  return cell === ""
    ? ""
    : `<c r="${place}" s="${cell === "—" ? UNKNOWN : style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`;
};

/** Rows that the mark and the heads take. */
export const HEAD_ROWS = 2;
/** The same of one sheet. */
export const headRows = ({ bare, groups }: Pick<Sheet, "bare" | "groups">): number =>
  (bare ? 1 : HEAD_ROWS) + (groups ? 1 : 0);

/** What stands before a sheet's rows: the mark and the heads, which stay in sight and are printed on every page. */
export const xlsxHead = (sheet: Sheet): string => {
  const { mark, heads, groups, bare } = sheet;
  const rows = headRows(sheet);
  const texts = heads.map(({ text }) => text);
  const above = groups?.flatMap(({ text, span }) => [text, ...Array<string>(span - 1).fill("")]);
  // The head of a column without a group stands in the upper of its two rows, which are made one.
  const upper = above?.map((text, at) => text || (texts[at] ?? ""));
  const look = groups ? TABLE_HEAD : HEAD;
  const lower = above ? texts.map((text, at) => (inGroup(groups, at) ? text : "")) : texts;
  return (
    `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0"><pane ${groups ? 'xSplit="1" ' : ""}ySplit="${rows}" topLeftCell="${groups ? "B" : "A"}${rows + 1}" activePane="${groups ? "bottomRight" : "bottomLeft"}" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${heads.map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("")}</cols>` +
    `<sheetData>${bare ? "" : groups ? wideMark(sheet) : xlsxRow([mark], 1, MARK)}${upper ? xlsxRow(upper, rows - 1, look) : ""}${groups ? tall(xlsxRow(lower, rows, look), 15 * headLines(sheet)) : xlsxRow(lower, rows, look)}`
  );
};

/** The mark of a table, broken into lines: run out of its cell it would make the printed sheet as wide as it is long. */
function wideMark({ mark, heads }: Sheet): string {
  const width = heads.reduce((sum, head) => sum + head.width, 0);
  // A Chinese character of 9 points takes some 1.7 of the digits that widths are measured in.
  const lines = Math.min(30, Math.ceil(([...mark].length * 1.7) / width));
  return tall(xlsxRow([mark], 1, WIDE_MARK), lines * 13 + 2);
}

/** A row so many points high: not every program finds by itself how high broken lines stand. */
const tall = (row: string, points: number): string =>
  row.replace("<row ", `<row ht="${points}" customHeight="1" `);

/** Into how many lines the heads of a table are broken; one without a group has the row above as well. */
const headLines = ({ heads, groups }: Sheet): number =>
  Math.max(
    1,
    ...heads.map(({ text, width }, at) => {
      const digits = [...text].reduce((sum, one) => sum + (one > "\u2e7f" ? 2.2 : 1.15), 0);
      return Math.ceil(digits / width) - (inGroup(groups, at) ? 0 : 1);
    }),
  );

/** Whether a column stands under a group that has words. */
function inGroup(groups: Sheet["groups"], column: number): boolean {
  let at = 0;
  for (const { text, span } of groups ?? []) {
    at += span;
    if (column < at) return text !== "";
  }
  return false;
}

/** Groups over their heads, and heads that have none over both rows. */
function merges(sheet: Sheet): string {
  const { groups, bare, heads } = sheet;
  const low = headRows(sheet);
  const mark = groups && !bare ? [`A1:${columnName(heads.length)}1`] : [];
  let at = 0;
  const below = (groups ?? []).flatMap(({ text, span }) => {
    const first = at + 1;
    at += span;
    if (text) return span > 1 ? [`${columnName(first)}${low - 1}:${columnName(at)}${low - 1}`] : [];
    return Array.from(
      { length: span },
      (_, n) => `${columnName(first + n)}${low - 1}:${columnName(first + n)}${low}`,
    );
  });
  const areas = [...mark, ...below];
  return areas.length === 0
    ? ""
    : `<mergeCells count="${areas.length}">${areas.map((area) => `<mergeCell ref="${area}"/>`).join("")}</mergeCells>`;
}

/** What stands after them: A4 across, and the mark above and below every printed page. */
export const xlsxFoot = (sheet: Sheet): string => {
  const { mark } = sheet;
  // & begins a code there (&8: in 8 points); Excel takes 255 characters at most.
  const printed = xmlText(mark.replaceAll("&", "＆").slice(0, 200));
  return (
    `</sheetData>${merges(sheet)}` +
    '<pageMargins left="0.4" right="0.4" top="0.75" bottom="0.6" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>' +
    `<headerFooter><oddHeader>&amp;L&amp;8 ${printed}</oddHeader><oddFooter>&amp;L&amp;8 ${printed}&amp;R&amp;8 &amp;P / &amp;N</oddFooter></headerFooter></worksheet>`
  );
};

const columnName = (at: number): string =>
  at > 26
    ? `${columnName(Math.floor((at - 1) / 26))}${columnName(((at - 1) % 26) + 1)}`
    : String.fromCharCode(64 + at);

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Where the sheet lies in the file. */
export const SHEET_PATH = "xl/worksheets/sheet1.xml";

/** The other parts of the file, by path (ECMA-376). */
export const xlsxParts = ({
  name,
  ...more
}: Pick<Sheet, "name" | "bare" | "groups">): Record<string, string> => {
  const sheet = xmlText(name.replace(/[[\]/\\:*?']/g, " ").slice(0, 31));
  return {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/${SHEET_PATH}" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${sheet}'!$1:$${headRows(more)}</definedName></definedNames></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `${XML}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><sz val="9"/><color rgb="FF4F5A60"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="right"/></xf></cellXfs></styleSheet>`,
  };
};
