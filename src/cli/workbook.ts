import { strToU8, unzipSync, zipSync } from "fflate";
import readExcelFile from "read-excel-file/node";
import { xlsxParts, xlsxRow } from "../domain/spreadsheet.ts";
import { type RawSheet, Unreadable } from "../forms/xlsform/book.ts";
import type { FormBook } from "../forms/xlsform/sheet.ts";

/* An XLSForm's sheets as an .xlsx file, and the sheets of one that somebody sent. */

/** A form's file is some tens of kilobytes; unpacked some hundreds. */
const LARGEST = 5 * 2 ** 20;
const LARGEST_UNPACKED = 60 * 2 ** 20;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD = 2;

/** The file of an XLSForm; the same book gives the same bytes. */
export function workbookOf(book: FormBook): Uint8Array {
  const sheets = Object.entries(book).filter(([, { rows }]) => rows.length > 0);
  const names = sheets.map(([name]) => name);
  const plain = xlsxParts({ name: "survey" });
  const each = (text: (name: string, n: number) => string) =>
    names.map((name, at) => text(name, at + 1)).join("");
  const parts: Record<string, string> = {
    ...plain,
    "[Content_Types].xml": `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((name, n) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${names.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  };
  sheets.forEach(([, { heads, rows }], at) => {
    const lines = rows.map(({ row, cells }) =>
      xlsxRow(
        heads.map((head) => cells[head] ?? ""),
        row,
      ),
    );
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${heads.length}" width="24" customWidth="1"/></cols><sheetData>${xlsxRow(heads, 1, HEAD)}${lines.join("")}</sheetData></worksheet>`;
  });
  const files = Object.fromEntries(Object.entries(parts).map(([path, text]) => [path, strToU8(text)]));
  return zipSync(files, { mtime: "2020-01-23T00:00:00" });
}

/** The sheets of a file, every cell as text. Throws Unreadable where it is no workbook, or one too large. */
export async function sheetsOf(file: Uint8Array): Promise<RawSheet[]> {
  const refuse = (said: string) => new Unreadable([{ sheet: "the file", said }]);
  const size = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
  if (file.length > LARGEST) throw refuse(`it has ${size(file.length)}; a form has at most ${size(LARGEST)}`);
  if (file[0] === 0xd0 && file[1] === 0xcf)
    throw refuse("it is an old .xls or has a password; save it as .xlsx without one");
  let unpacked = 0;
  let sheets = 0;
  try {
    unzipSync(file, {
      filter: ({ name, originalSize }) => {
        unpacked += originalSize;
        if (/^xl\/worksheets\/[^/]+\.xml$/.test(name)) sheets++;
        return false;
      },
    });
  } catch {
    throw refuse("it is no .xlsx workbook, or its end is missing");
  }
  if (sheets === 0) throw refuse("it is no .xlsx workbook");
  if (unpacked > LARGEST_UNPACKED) throw refuse(`it unpacks to ${size(unpacked)}; that is no form`);
  try {
    const read = await readExcelFile(Buffer.from(file));
    return read.map(({ sheet, data }) => ({ name: sheet, rows: data.map((cells) => cells.map(textOf)) }));
  } catch {
    throw refuse("the workbook is damaged and cannot be read");
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return value instanceof Date ? value.toISOString().replace(/T00:00:00\.000Z$/, "") : String(value);
}
