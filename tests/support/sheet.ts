import { strToU8, type Zippable, zipSync } from "fflate";
import { idCardCheck } from "../../src/domain/identity.ts";
import { columnName } from "../../src/domain/sheet.ts";

/*
 * Lists as bureaus send them, made up: CSV in every encoding, XLSX part by part, so that a test can spoil any of them.
 */
export type Encoding = "utf-8" | "utf-8-bom" | "gb18030" | "utf-16le" | "utf-16be";

/** A text's bytes. GB18030 only of what has two bytes there. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === "utf-8") return strToU8(text);
  if (encoding === "utf-8-bom") return strToU8(`\ufeff${text}`);
  if (encoding === "gb18030")
    return Uint8Array.from([...text].flatMap((character) => gbTable().get(character) ?? [0x3f]));
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  const little = encoding === "utf-16le";
  view.setUint16(0, 0xfeff, little);
  for (let at = 0; at < text.length; at += 1) view.setUint16(2 + at * 2, text.charCodeAt(at), little);
  return bytes;
}

let table: Map<string, number[]> | undefined;
/** There is no encoder: every two-byte code is decoded once, each on a line of its own. */
function gbTable(): Map<string, number[]> {
  if (table) return table;
  const codes: number[][] = [];
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) codes.push([lead, trail]);
  const lines = new TextDecoder("gb18030")
    .decode(Uint8Array.from(codes.flatMap((code) => [...code, 0x0a])))
    .split("\n");
  table = new Map(Array.from({ length: 128 }, (_, code) => [String.fromCharCode(code), [code]]));
  for (const [at, code] of codes.entries()) {
    const character = lines[at] as string;
    if ([...character].length === 1 && character !== "\ufffd") table.set(character, code);
  }
  return table;
}

/** A table as CSV: quotes where they are needed. */
export const csv = (rows: readonly (readonly string[])[], delimiter = ",", end = "\r\n"): string =>
  rows.map((row) => row.map((cell) => quoted(cell, delimiter)).join(delimiter) + end).join("");
const quoted = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** A cell of a made-up workbook: text, a number, or its inner XML with the attributes of `c`. */
export type Made = string | number | null | { of: string; inner: string };
export type MadeSheet = {
  name?: string;
  state?: "hidden" | "veryHidden";
  rows?: readonly (readonly Made[])[];
  /** In place of what is made of the rows. */
  data?: string;
  /** Behind the rows: merged cells. */
  after?: string;
  /** Before them: columns. */
  before?: string;
};

/** Text as Excel writes it: what XML cannot hold as _x0001_. */
export const xmlOf = (text: string): string =>
  text
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, "_x005F_")
    .replace(
      /[^\P{Cc}\t\n]|[\ufffe\uffff]/gu,
      (sign) => `_x${sign.charCodeAt(0).toString(16).padStart(4, "0")}_`,
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Formats of the made-up workbook's styles: 0 general, 1 a date, 2 a date of its own, 3 whole, 4 text, 5 twelve digits. */
export const STYLES = `${HEAD}<styleSheet ${MAIN}><numFmts><numFmt numFmtId="176" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="177" formatCode="000000000000"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${[0, 14, 176, 1, 49, 177].map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`;

/** The parts of a workbook, for a test to change; `zip` makes the file. */
export function parts(
  sheets: readonly MadeSheet[],
  { shared = false, from1904 = false } = {},
): Record<string, string> {
  const strings: string[] = [];
  const cellOf = (made: Made, place: string): string => {
    if (made === null || made === "") return "";
    if (typeof made === "number") return `<c r="${place}"><v>${made}</v></c>`;
    if (typeof made === "object") return `<c r="${place}" ${made.of}>${made.inner}</c>`;
    const text = `<t xml:space="preserve">${xmlOf(made)}</t>`;
    if (!shared) return `<c r="${place}" t="inlineStr"><is>${text}</is></c>`;
    return `<c r="${place}" t="s"><v>${strings.push(`<si>${text}</si>`) - 1}</v></c>`;
  };
  const dataOf = (rows: MadeSheet["rows"] = []) =>
    rows
      .map(
        (row, at) =>
          `<row r="${at + 1}">${row.map((cell, column) => cellOf(cell, `${columnName(column)}${at + 1}`)).join("")}</row>`,
      )
      .join("");
  const files: Record<string, string> = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "_rels/.rels": `${HEAD}<Relationships><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${HEAD}<workbook ${MAIN} xmlns:r="${OFFICE}"><workbookPr${from1904 ? ' date1904="1"' : ""}/><sheets>${sheets.map(({ name, state }, at) => `<sheet name="${name ?? `表${at + 1}`}" sheetId="${at + 1}"${state ? ` state="${state}"` : ""} r:id="rId${at + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${HEAD}<Relationships>${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join("")}<Relationship Id="s" Type="${OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="f" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": STYLES,
  };
  for (const [at, { rows, data, before = "", after = "" }] of sheets.entries())
    files[`xl/worksheets/sheet${at + 1}.xml`] =
      `${HEAD}<worksheet ${MAIN}>${before}<sheetData>${data ?? dataOf(rows)}</sheetData>${after}</worksheet>`;
  if (shared) files["xl/sharedStrings.xml"] = `${HEAD}<sst ${MAIN}>${strings.join("")}</sst>`;
  return files;
}

export const zip = (files: Record<string, string | Uint8Array>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        path,
        typeof content === "string" ? strToU8(content) : content,
      ]),
    ) as Zippable,
    { level: 6 },
  );

export const xlsx = (rows: readonly (readonly Made[])[], options?: Parameters<typeof parts>[1]): Uint8Array =>
  zip(parts([{ rows }], options));

/** A made-up ID number that checks and does not end in 000, by a number; no two alike below 100,000. */
export function sampleId(n: number): string {
  const digits = `511781${1950 + (n % 61)}0${1 + (n % 9)}1${n % 10}${String(1 + (n % 97)).padStart(3, "0")}`;
  return digits + idCardCheck(digits);
}

export const HEADS = ["姓名", "身份证号", "联系电话", "现住址", "备注"];
/** A list of `count` with every twentieth ID spoiled as Excel does it in that format. */
export const longList = (count: number, spoil: (id: string) => Made = () => "5.11781E+17"): Made[][] =>
  Array.from({ length: count }, (_, at) => {
    const id = sampleId(at);
    const phone = `139${String(at).padStart(8, "0")}`;
    return [`示例${at + 1}`, at % 20 === 0 ? spoil(id) : id, phone, `示例镇示例村${at % 90}号`, ""];
  });

/** A container of Office 97 (OLE2): a workbook with a password where it says so. */
export function ole(stream: "EncryptedPackage" | "Workbook"): Uint8Array {
  const bytes = new Uint8Array(4096);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  bytes.set(
    [...stream].flatMap((sign) => [sign.charCodeAt(0), 0]),
    1024,
  );
  return bytes;
}

/** `count` bytes in chunks, and how many were asked for. */
export function endless(count: number): { stream: ReadableStream<Uint8Array>; taken: () => number } {
  let taken = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken >= count) return controller.close();
        taken += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(65));
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken: () => taken };
}
