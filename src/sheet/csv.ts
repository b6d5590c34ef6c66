import { type Cell, columnName, isBlank, LONGEST_CELL, type SheetLimits } from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";
import type { Decoded } from "./encoding.ts";
import { Faults, type Grid, MARGIN } from "./faults.ts";

/*
 * CSV as bureaus send it. A reader of our own: those there are lose the rest of a file behind one quote that is never
 * closed, and tell no column of what they could not read.
 */
type Line = { cells: string[]; width: number; next: number; faults: { code: "quote"; column: number }[] };

/** Every row of a decoded file from `from` on, where a line that tells the delimiter ends. */
export function readGrid(
  { text, encoding, strange }: Decoded,
  delimiter: string,
  limits: SheetLimits,
  from = 0,
): Grid {
  const widths = new Map<number, number>();
  const grid: Grid = { rows: [], count: 0, widest: 0, faults: new Faults(limits.faults), widths };
  let line = from > 0 ? 2 : 1;
  let left = limits.text;
  for (let at = from, row = 1; at < text.length; row += 1) {
    const read = readLine(text, at, delimiter, limits.columns);
    const lines = strange.size > 0 ? lineEnds(text.slice(at, read.next)) : 0;
    for (let n = line; n < line + Math.max(lines, 1); n += 1) {
      const other = strange.get(n);
      if (other) grid.faults.add({ code: "encoding-mixed", row, detail: `${other} / ${encoding}` });
    }
    line += lines;
    at = read.next;
    const cells = read.cells.map((cell, column) => readCell(cell, row, column, grid.faults));
    while (cells.length > 0 && isBlank(cells.at(-1))) cells.pop();
    for (const { code, column } of read.faults) grid.faults.add({ code, row, column: columnName(column) });
    grid.widest = Math.max(grid.widest, read.width);
    if (cells.length === 0) continue;
    grid.count += 1;
    if (grid.rows.length >= limits.rows + MARGIN) continue;
    left -= cells.reduce((sum, cell) => sum + cell.text.length, 0);
    if (left < 0) throw sheetProblem.unpacksTooMuch();
    widths.set(row, read.cells.length);
    grid.rows.push({ row, cells });
  }
  return grid;
}

function readCell(written: string, row: number, at: number, faults: Faults): Cell {
  const column = columnName(at);
  let text = written;
  if (text.includes("\0")) {
    faults.add({ code: "nul", row, column });
    text = text.replaceAll("\0", "");
  }
  if (text.includes("\ufffd")) faults.add({ code: "unreadable", row, column });
  if (text.length > LONGEST_CELL) {
    faults.add({ code: "cell-long", row, column });
    text = text.slice(0, LONGEST_CELL).toWellFormed();
  }
  // ="0139" is how systems make Excel keep a number's zeros.
  const kept = /^="([^"]*)"$/.exec(text);
  return { text: kept?.[1] ?? text };
}

/** The cells of the row that begins at `from`, at most `keep` of them, and where the next begins. */
export function readLine(text: string, from: number, delimiter: string, keep: number): Line {
  const line: Line = { cells: [], width: 0, next: from, faults: [] };
  const bare = BARE[delimiter] as RegExp;
  for (let column = 0, at = from; ; column += 1) {
    const quoted = text[at] === '"' ? readQuoted(text, at, delimiter) : undefined;
    let cell = quoted?.text ?? "";
    at = quoted?.next ?? at;
    if (text[at] === '"' && !quoted?.next) at += 1;
    const end = text[at];
    if (end !== undefined && end !== delimiter && end !== "\r" && end !== "\n") {
      bare.lastIndex = at;
      const rest = bare.exec(text)?.[0] ?? "";
      if (quoted?.next === undefined || rest.trim() !== "") cell += rest;
      if (quoted && rest.trim() !== "") line.faults.push({ code: "quote", column });
      at += rest.length;
    } else if (quoted && quoted.next === undefined) line.faults.push({ code: "quote", column });
    if (column < keep) line.cells.push(cell);
    if (cell.trim() !== "") line.width = column + 1;
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    line.next = text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : Math.min(at + 1, text.length);
    return line;
  }
}

/**
 * A cell in quotes: its text and what comes behind it. Without `next` it is none: never closed, or closed rows later in
 * the middle of another cell; then the quote is a character like others, and the rows below are kept.
 */
function readQuoted(text: string, from: number, delimiter: string): { text: string; next?: number } {
  let value = "";
  for (let at = from + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || quote - from > LONGEST_CELL * 2) return { text: "" };
    value += text.slice(at, quote);
    if (text[quote + 1] === '"') {
      value += '"';
      at = quote + 2;
      continue;
    }
    const end = text[quote + 1];
    const closed = end === undefined || end === delimiter || /[\r\n \t]/.test(end);
    return closed || !/[\r\n]/.test(value) ? { text: value, next: quote + 1 } : { text: "" };
  }
}

/** Text up to the next delimiter or line end. */
const BARE: Record<string, RegExp> = {
  ",": /[^,\r\n]+/y,
  "\t": /[^\t\r\n]+/y,
  ";": /[^;\r\n]+/y,
  "，": /[^，\r\n]+/y,
};
export const DELIMITERS = Object.keys(BARE);

const lineEnds = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;
