import { SHEET_LIMITS, type Sheet, type SheetLimits } from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";
import { takeBytes } from "./bytes.ts";
import { readGrid } from "./csv.ts";
import { findDelimiter } from "./delimiter.ts";
import { decodeText } from "./encoding.ts";
import type { Grid } from "./faults.ts";
import { kindOf } from "./kind.ts";
import { isList, layOut } from "./layout.ts";
import { readWorkbook, type Workbook } from "./workbook.ts";
import { readWorksheet } from "./worksheet.ts";
import { openArchive } from "./zip.ts";

/** Sheets read in search of the list. */
const MOST_READ = 5;
/** Sheets named that were not. */
const MOST_NAMED = 50;

/**
 * A list in CSV or XLSX as a bureau sent it, whatever its file is called: its headings, its rows as a person sees them,
 * and by row and column what could not be read. A bad row never loses the good ones.
 * @param length how long a stream says it is; what is too long is refused unread
 * @throws ProblemError of sheet-problem.ts where nothing of it can be read
 */
export async function readSheet(
  input: Uint8Array | ReadableStream<Uint8Array>,
  { limits = SHEET_LIMITS, length }: { limits?: SheetLimits; length?: number } = {},
): Promise<Sheet> {
  const bytes = await takeBytes(input, limits.bytes, length);
  return kindOf(bytes) === "zip" ? readXlsx(bytes, limits) : readCsv(bytes, limits);
}

function readCsv(bytes: Uint8Array, limits: SheetLimits): Sheet {
  const decoded = decodeText(bytes, limits);
  // A table of delimiters alone.
  if (!/[^\s,;，"\0]/.test(decoded.text)) throw sheetProblem.empty();
  const { delimiter, from } = findDelimiter(decoded.text);
  const grid = readGrid(decoded, delimiter, limits, from);
  return { kind: "csv", encoding: decoded.encoding, delimiter, ...layOut(grid, limits) };
}

function readXlsx(bytes: Uint8Array, limits: SheetLimits): Sheet {
  const archive = openArchive(bytes, limits);
  const book = readWorkbook(archive, limits);
  let chosen: { name: string; grid: Grid } | undefined;
  for (const { name, path } of inOrder(book).slice(0, MOST_READ)) {
    const pieces = archive.unpack(path);
    if (!pieces) throw sheetProblem.damaged();
    const grid = readWorksheet(pieces, book, limits);
    if (grid.count === 0) continue;
    const list = isList(grid);
    if (list || !chosen) chosen = { name, grid };
    if (list) break;
  }
  if (!chosen) throw sheetProblem.empty();
  for (const { name, hidden } of book.sheets.slice(0, MOST_NAMED)) {
    if (name !== chosen.name)
      chosen.grid.faults.add({ code: hidden ? "sheet-hidden" : "sheet-other", detail: name });
  }
  return { kind: "xlsx", sheetName: chosen.name, ...layOut(chosen.grid, limits) };
}

/** What is hidden is read only where nothing else is there. */
const inOrder = ({ sheets }: Workbook) =>
  sheets.some(({ hidden }) => !hidden) ? sheets.filter(({ hidden }) => !hidden) : sheets;
