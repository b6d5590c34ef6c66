import { LONGEST_CELL, type SheetLimits } from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";
import { GENERAL, type NumberFormat, numberFormat } from "./number.ts";
import { readXml } from "./xml.ts";
import type { Archive } from "./zip.ts";

/* The parts of an XLSX around its sheets (ECMA-376, SpreadsheetML): which sheets there are, its strings and formats. */
export type Workbook = {
  sheets: { name: string; path: string; hidden: boolean }[];
  from1904: boolean;
  strings: string[];
  formats: NumberFormat[];
};

const MOST_SHEETS = 200;
const MOST_FORMATS = 70_000;

/** Throws sheetProblem.wrongKind for an archive that is no workbook. */
export function readWorkbook(archive: Archive, limits: SheetLimits): Workbook {
  const root = [...relations(archive, "").values()].find(({ type }) => type === "officeDocument")?.target;
  const path = root ?? "xl/workbook.xml";
  if (path.endsWith(".bin")) throw sheetProblem.wrongKind("xlsb");
  const pieces = archive.unpack(path);
  if (!pieces || !/workbook[^/]*\.xml$/i.test(path)) throw notAWorkbook(archive.names);
  const parts = relations(archive, path);
  const byType = (type: string) => [...parts.values()].find((part) => part.type === type)?.target;
  const book: Workbook = { sheets: [], from1904: false, strings: [], formats: [] };
  readXml(pieces, {
    open(name, attributes) {
      if (name === "workbookPr") book.from1904 = /^(?:1|true|on)$/.test(attributes.date1904 ?? "");
      if (name !== "sheet" || book.sheets.length >= MOST_SHEETS) return;
      const id = Object.entries(attributes).find(([key]) => /(?:^|:)id$/.test(key))?.[1] ?? "";
      const part = parts.get(id);
      // Chart and dialogue sheets have no cells.
      if (part?.type !== "worksheet") return;
      const hidden = /hidden/i.test(attributes.state ?? "");
      book.sheets.push({ name: (attributes.name ?? "").slice(0, 31), path: part.target, hidden });
    },
  });
  const strings = archive.unpack(byType("sharedStrings") ?? "xl/sharedstrings.xml");
  if (strings) book.strings = readStrings(strings, limits);
  const styles = archive.unpack(byType("styles") ?? "xl/styles.xml");
  if (styles) book.formats = readFormats(styles);
  // Without its styles a date is a number like others.
  else if (byType("styles")) throw sheetProblem.damaged();
  return book;
}

function notAWorkbook(names: string[]) {
  const has = (name: string) => names.includes(name);
  if (has("word/document.xml")) return sheetProblem.wrongKind("word");
  if (has("content.xml") && has("mimetype")) return sheetProblem.wrongKind("ods");
  return names.includes("[content_types].xml") ? sheetProblem.damaged() : sheetProblem.wrongKind("archive");
}

/** What a part refers to, by the id it uses; "" is the package itself. */
function relations(archive: Archive, path: string): Map<string, { type: string; target: string }> {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const pieces = archive.unpack(`${folder}_rels/${path.slice(folder.length)}.rels`);
  const found = new Map<string, { type: string; target: string }>();
  if (pieces) {
    readXml(pieces, {
      open(name, { Id = "", Type = "", Target = "", TargetMode }) {
        if (name !== "Relationship" || TargetMode === "External" || found.size >= 1000) return;
        const target = new URL(Target, `https://part.invalid/${folder}`).pathname.slice(1);
        found.set(Id, { type: Type.slice(Type.lastIndexOf("/") + 1), target: decodeURI(target) });
      },
    });
  }
  return found;
}

/** The strings of all cells, rich ones as plain text, without how they are pronounced. */
function readStrings(pieces: Iterable<Uint8Array>, limits: SheetLimits): string[] {
  const strings: string[] = [];
  const words = plainText();
  let left = limits.text;
  readXml(pieces, {
    open(name, attributes) {
      if (name === "si") words.begin();
      words.open(name, attributes);
    },
    text: words.text,
    close(name) {
      words.close(name);
      if (name !== "si") return;
      const text = words.taken();
      // An empty string weighs something too.
      left -= text.length + 8;
      if (left < 0) throw sheetProblem.unpacksTooMuch();
      strings.push(text);
    },
  });
  return strings;
}

/** Collects the t of a string; those of phonetic runs (rPh) are left out. */
export function plainText() {
  let value = "";
  let part: string | undefined;
  let kept = false;
  let phonetic = 0;
  return {
    begin() {
      value = "";
      part = undefined;
      phonetic = 0;
    },
    open(name: string, attributes: Record<string, string>) {
      if (name === "rPh") phonetic += 1;
      if (name === "t" && phonetic === 0) {
        part = "";
        kept = attributes["xml:space"] === "preserve";
      }
    },
    text(text: string) {
      if (part !== undefined && value.length + part.length <= LONGEST_CELL) part += text;
    },
    close(name: string) {
      if (name === "rPh") phonetic -= 1;
      if (name !== "t" || part === undefined) return;
      value += kept ? part : part.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
      part = undefined;
    },
    taken: () => unescapeText(value).slice(0, LONGEST_CELL),
  };
}

/** _x000D_ is how Excel writes what XML cannot hold. */
export const unescapeText = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;

/** The number format of each cell style. */
function readFormats(pieces: Iterable<Uint8Array>): NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  const known = new Map<number, NumberFormat>();
  let inside = false;
  readXml(pieces, {
    open(name, attributes) {
      if (codes.size + formats.length > MOST_FORMATS) throw sheetProblem.damaged();
      if (name === "numFmt")
        codes.set(Number(attributes.numFmtId), (attributes.formatCode ?? "").slice(0, 255));
      if (name === "cellXfs") inside = true;
      if (name !== "xf" || !inside) return;
      const id = Number(attributes.numFmtId ?? 0);
      const format = known.get(id) ?? (id === 0 ? GENERAL : numberFormat(id, codes.get(id)));
      known.set(id, format);
      formats.push(format);
    },
    close(name) {
      if (name === "cellXfs") inside = false;
    },
  });
  return formats;
}
