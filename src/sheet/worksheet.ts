import {
  BLANK_CELL,
  type Cell,
  columnAt,
  columnName,
  isBlank,
  LONGEST_CELL,
  type SheetLimits,
  type SheetRow,
} from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";
import { Faults, type Grid, MARGIN } from "./faults.ts";
import { markMerged } from "./merged.ts";
import { GENERAL, numberCell } from "./number.ts";
import { plainText, unescapeText, type Workbook } from "./workbook.ts";
import { readXml } from "./xml.ts";

/* One sheet of a workbook, cell by cell as it streams by. */
type Open = { at: number; type: string; style: number; value: string; formula: boolean; valued: boolean };

/** More rows than Excel has are no rows. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
const MOST_MERGES = 20_000;

/** Every row of a sheet that shows anything. Throws sheetProblem.damaged where rows or cells stand out of order. */
export function readWorksheet(pieces: Iterable<Uint8Array>, book: Workbook, limits: SheetLimits): Grid {
  const grid: Grid = { rows: [], count: 0, widest: 0, faults: new Faults(limits.faults) };
  const { faults } = grid;
  const merges: string[] = [];
  const words = plainText();
  let row: SheetRow = { row: 0, cells: [] };
  let last = -1;
  let cell: Open | undefined;
  let value = false;
  let left = limits.text;

  const openRow = (attributes: Record<string, string>) => {
    const number = attributes.r ? Number(attributes.r) : row.row + 1;
    if (!(number > row.row && number <= LAST_ROW)) throw sheetProblem.damaged();
    row = { row: number, cells: [] };
    if (/^(?:1|true)$/.test(attributes.hidden ?? "")) row.hidden = true;
    last = -1;
  };
  const openCell = ({ r, t = "n", s }: Record<string, string>) => {
    const at = r ? columnAt(r.replace(/\d+$/, "")) : last + 1;
    if (!(at > last && at < LAST_COLUMN)) throw sheetProblem.damaged();
    last = at;
    cell = { ...{ at, type: t, style: Number(s ?? 0), value: "" }, formula: false, valued: false };
    words.begin();
  };
  const closeCell = (open: Open) => {
    const found = cellOf(open, words.taken(), book, row.row, faults);
    if (isBlank(found)) return;
    grid.widest = Math.max(grid.widest, open.at + 1);
    if (open.at >= limits.columns) return;
    left -= found.text.length;
    if (left < 0) throw sheetProblem.unpacksTooMuch();
    while (row.cells.length < open.at) row.cells.push(BLANK_CELL);
    row.cells.push(found);
  };
  const closeRow = () => {
    if (row.cells.length === 0) return;
    grid.count += 1;
    if (grid.rows.length >= limits.rows + MARGIN) return;
    if (row.hidden) faults.add({ code: "row-hidden", row: row.row });
    grid.rows.push(row);
  };

  readXml(pieces, {
    open(name, attributes) {
      if (name === "row") openRow(attributes);
      else if (name === "c") openCell(attributes);
      else if (cell) {
        if (name === "f") cell.formula = true;
        if (name === "v") value = true;
        words.open(name, attributes);
      } else if (name === "mergeCell" && merges.length < MOST_MERGES) merges.push(attributes.ref ?? "");
      else if (name === "col" && attributes.hidden && Number(attributes.min) <= limits.columns)
        hideColumn(attributes, faults);
    },
    text(text) {
      if (!cell) return;
      if (!value) words.text(text);
      else if (cell.value.length <= LONGEST_CELL) cell.value += text;
    },
    close(name) {
      if (name === "v") {
        value = false;
        if (cell) cell.valued = cell.value !== "" || cell.type === "str";
      } else if (name === "c" && cell) {
        closeCell(cell);
        cell = undefined;
      } else if (name === "row") closeRow();
      else if (cell) words.close(name);
    },
  });
  markMerged(grid, merges, limits);
  return grid;
}

function hideColumn({ hidden, min }: Record<string, string>, faults: Faults): void {
  const at = Number(min) - 1;
  if (/^(?:1|true)$/.test(hidden ?? "") && at >= 0)
    faults.add({ code: "column-hidden", column: columnName(at) });
}

/** What a cell shows (ECMA-376 18.18.11 for its types), with what had to be said of it. */
function cellOf(open: Open, inline: string, book: Workbook, row: number, faults: Faults): Cell {
  const column = columnName(open.at);
  const { type, value, formula } = open;
  if (formula) faults.add({ code: open.valued ? "formula" : "formula-empty", row, column });
  const made: Cell = typed();
  if (made.text.length > LONGEST_CELL) made.text = made.text.slice(0, LONGEST_CELL).toWellFormed();
  if (made.text.includes("\ufffd")) faults.add({ code: "unreadable", row, column });
  return formula && made.text ? { ...made, formula: true } : made;

  function typed(): Cell {
    if (type === "inlineStr") return { text: inline };
    if (type === "s") return sharedText(book.strings, value);
    if (type === "str") return { text: unescapeText(value) };
    if (value === "") return { text: "" };
    if (type === "b") return { text: value === "1" || value === "true" ? "TRUE" : "FALSE", kind: "boolean" };
    if (type === "e") {
      faults.add({ code: "error-cell", row, column, detail: value.slice(0, 20) });
      return { text: value, kind: "error" };
    }
    if (type === "d")
      return {
        text: value.replace("T", " ").replace(/ 00:00(?::00)?(?:\.0+)?Z?$/, ""),
        kind: "date",
        raw: value,
      };
    const found = numberCell(value, book.formats[open.style] ?? GENERAL, book.from1904);
    if (found !== "range") return found;
    faults.add({ code: "date-range", row, column });
    return { text: value, kind: "number", raw: value };
  }
}

function sharedText(strings: string[], index: string): Cell {
  const text = /^\s*\d+\s*$/.test(index) ? strings[Number(index)] : undefined;
  // A string that is not there is another's name sooner or later.
  if (text === undefined && index !== "") throw sheetProblem.damaged();
  return { text: text ?? "" };
}
