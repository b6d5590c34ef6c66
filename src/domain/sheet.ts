/*
 * A list as a bureau sent it, read from CSV or XLSX (src/sheet): its headings, its rows, and what was wrong with it.
 */

/** What the file itself says a cell is; none where it is text. */
export type CellKind = "number" | "date" | "boolean" | "error";
/**
 * One cell. `text` is what a person sees (a date as 2020-01-27, 2020-01-27 08:30 or 08:30); `raw` is what a number or a
 * date is stored as. `formula`: the text is its last result. `merged`: no value of its own, the cell it belongs to ("A2").
 */
export type Cell = { text: string; kind?: CellKind; raw?: string; formula?: true; merged?: string };
/** A row, numbered as Excel counts; its cells from column A on, without those that are blank at its end. */
export type SheetRow = { row: number; cells: Cell[]; hidden?: true };
export type Heading = { text: string; column: string };

/** Faults say that something of a cell or row is lost or doubtful; notes only what was done with the list. */
export type SheetFaultCode =
  | "headings-missing"
  | "headings-unknown"
  | "heading-empty"
  | "heading-doubled"
  | "row-long"
  | "quote"
  | "nul"
  | "cell-long"
  | "unreadable"
  | "encoding-mixed"
  | "error-cell"
  | "formula-empty"
  | "date-range"
  | SheetNoteCode;
export const SHEET_NOTES = [
  ...(["row-short", "formula", "merged", "row-hidden", "column-hidden"] as const),
  ...(["columns-left-out", "sheet-other", "sheet-hidden"] as const),
] as const;
export type SheetNoteCode = (typeof SHEET_NOTES)[number];
/** `detail` is a name, an area or an error's sign, never what stands in a person's cell. */
export type SheetFault = {
  code: SheetFaultCode;
  row?: number;
  column?: string;
  detail?: string;
  count?: number;
};

/** Why a row that is not blank is none of the list's. */
export type SkippedRow = { row: number; why: "above" | "heading-again" | "totals" | "footnote" };

export type Sheet = {
  kind: "csv" | "xlsx";
  encoding?: "utf-8" | "gb18030" | "utf-16le" | "utf-16be";
  delimiter?: string;
  sheetName?: string;
  /** The row the headings stand in, none where there are none. */
  headingRow?: number;
  headings: Heading[];
  rows: SheetRow[];
  faults: SheetFault[];
  /** How many more faults there were than are kept. */
  faultsLeft: number;
  skipped: SkippedRow[];
};

/** How much of a file is read; more is refused, but of columns and faults, which are cut off and counted. */
export type SheetLimits = {
  bytes: number;
  rows: number;
  columns: number;
  faults: number;
  /** Characters of all cells together. */
  text: number;
  /** Of an XLSX: files inside, bytes of one and of all that are unpacked, and how many times its packed size one may be. */
  entries: number;
  entryBytes: number;
  unpackedBytes: number;
  ratio: number;
};
const MB = 1024 * 1024;
export const SHEET_LIMITS: SheetLimits = {
  ...{ bytes: 5 * MB, rows: 10_000, columns: 60, faults: 2_000, text: 12_000_000 },
  ...{ entries: 1_000, entryBytes: 52 * MB, unpackedBytes: 72 * MB, ratio: 400 },
};

/** Excel keeps no more characters of a cell. */
export const LONGEST_CELL = 32_767;

/** 0 → "A", 25 → "Z", 26 → "AA". */
export const columnName = (at: number): string =>
  (at > 25 ? columnName(Math.floor(at / 26) - 1) : "") + String.fromCharCode(65 + (at % 26));

/** "A" → 0, "AA" → 26; -1 for what names no column. */
export const columnAt = (name: string): number =>
  /^[A-Z]{1,3}$/.test(name)
    ? [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
    : -1;

/** The cell of a row in a column by its letter; one without text where there is none. */
export const cellOf = (row: SheetRow, column: string): Cell => row.cells[columnAt(column)] ?? BLANK_CELL;
export const BLANK_CELL: Cell = Object.freeze({ text: "" });

/** True for a cell that shows nothing. */
export const isBlank = (cell: Cell | undefined): boolean => !cell || cell.text.trim() === "";
