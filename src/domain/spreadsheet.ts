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

/** A line of CSV (RFC 4180), every cell in quotes, so that no separator of any country splits it. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(",")}\r\n`;

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

/** A sheet: its name, the line that stands on every page, its heads and how wide they are in characters. */
export type Sheet = { name: string; mark: string; heads: readonly { text: string; width: number }[] };

/** Style 1 is text that stays text when it is edited, 2 the heads, 3 the mark. */
const TEXT = 1;
const HEAD = 2;
const MARK = 3;

/** A row of a sheet, counted from 1; every cell is text, which Excel never runs. */
export const xlsxRow = (cells: readonly string[], row: number, style = TEXT): string =>
  `<row r="${row}">${cells.map((cell, at) => xlsxCell(cell, `${columnName(at + 1)}${row}`, style)).join("")}</row>`;

const xlsxCell = (text: string, place: string, style: number): string =>
  text === ""
    ? ""
    : `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;

/** Rows that the mark and the heads take. */
export const HEAD_ROWS = 2;

/** What stands before a sheet's rows: the mark and the heads, which stay in sight and are printed on every page. */
export const xlsxHead = ({ mark, heads }: Sheet): string =>
  `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
  `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${HEAD_ROWS}" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
  `<cols>${heads.map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join("")}</cols>` +
  `<sheetData>${xlsxRow([mark], 1, MARK)}${xlsxRow(
    heads.map(({ text }) => text),
    2,
    HEAD,
  )}`;

/** What stands after them: A4 across, and the mark above and below every printed page. */
export const xlsxFoot = ({ mark }: Sheet): string => {
  // & begins a code there (&8: in 8 points); Excel takes 255 characters at most.
  const printed = xmlText(mark.replaceAll("&", "＆").slice(0, 200));
  return (
    "</sheetData>" +
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
export const xlsxParts = ({ name }: Sheet): Record<string, string> => {
  const sheet = xmlText(name.replace(/[[\]/\\:*?']/g, " ").slice(0, 31));
  return {
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/${SHEET_PATH}" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${sheet}'!$1:$2</definedName></definedNames></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `${XML}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font><font><sz val="9"/><color rgb="FF4F5A60"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
  };
};
