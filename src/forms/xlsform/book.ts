import { own } from "../fields.ts";
import type { FormBook, FormSheet, Remark, SheetName, SheetRow } from "./sheet.ts";

/*
 * The sheets of a workbook as somebody's spreadsheet has them (any order and case, XLSForm's older names for columns)
 * as the three that the import reads. What cannot be read at all stops here, with its place.
 */
/** A sheet as a reader of spreadsheets gives it: its rows from the first, cells as text. */
export type RawSheet = { name: string; rows: readonly (readonly string[])[] };

/** Why nothing can be carried over; every remark has its place. */
export class Unreadable extends Error {
  readonly remarks: readonly Remark[];
  constructor(remarks: readonly Remark[]) {
    super("the form cannot be read");
    this.remarks = remarks;
  }
}

/** A form with more questions than this nobody fills in; the rows of its choices are bounded too. */
export const MOST_ROWS: Record<SheetName, number> = { survey: 2_000, choices: 10_000, settings: 20 };
const MOST_COLUMNS = 200;

/** The three sheets, and what else the workbook holds. Throws Unreadable. */
export function bookOf(sheets: readonly RawSheet[]): { book: FormBook; losses: Remark[] } {
  const losses: Remark[] = [];
  const named = (name: SheetName) => sheets.filter((each) => each.name.trim().toLowerCase() === name);
  const read = (name: SheetName): FormSheet => {
    const [sheet, second] = named(name);
    if (second) throw new Unreadable([{ sheet: second.name, said: `there are two sheets named ${name}` }]);
    return sheet ? sheetOf(name, sheet.rows, losses) : { heads: [], rows: [] };
  };
  if (named("survey").length === 0) {
    const names = sheets.slice(0, 10).map(({ name }) => `"${name}"`);
    throw new Unreadable([
      {
        sheet: "survey",
        said: `there is no sheet named survey; the workbook has ${names.join(", ") || "none"}`,
      },
    ]);
  }
  const book = { survey: read("survey"), choices: read("choices"), settings: read("settings") };
  for (const { name, rows } of sheets)
    if (!["survey", "choices", "settings"].includes(name.trim().toLowerCase()) && rows.length > 0)
      losses.push({ sheet: name, said: "this sheet is not carried over" });
  return { book, losses };
}

function sheetOf(name: SheetName, rows: RawSheet["rows"], losses: Remark[]): FormSheet {
  const [first = [], ...more] = rows;
  const filled = more.filter((cells) => cells.some((cell) => cell.trim() !== "")).length;
  if (filled > MOST_ROWS[name])
    throw new Unreadable([
      { sheet: name, said: `${filled} rows; a form takes at most ${MOST_ROWS[name]} here` },
    ]);
  const widest = Math.max(first.length, ...more.slice(0, 50).map((cells) => cells.length));
  if (widest > MOST_COLUMNS)
    throw new Unreadable([
      { sheet: name, row: 1, said: `${widest} columns; at most ${MOST_COLUMNS} are read` },
    ]);
  const heads = first.map((head) => headOf(name, head));
  const faults: Remark[] = [];
  heads.forEach((head, at) => {
    if (head && heads.indexOf(head) < at)
      faults.push({
        sheet: name,
        row: 1,
        column: columnLetters(at),
        said: `"${first[at]}" is the heading of ${columnLetters(heads.indexOf(head))} already`,
      });
  });
  for (const must of MUST[name])
    if (filled > 0 && !heads.some((head) => head === must || head.startsWith(`${must}::`)))
      faults.push({ sheet: name, row: 1, said: `the heading ${must} is missing` });
  if (name === "survey" && filled === 0) faults.push({ sheet: name, said: "the sheet has no questions" });
  if (faults.length > 0) throw new Unreadable(faults);
  const bare = new Set<number>();
  const read = more.flatMap((texts, at): SheetRow[] => {
    // A heading may be what every object has: constructor.
    const cells: Record<string, string> = Object.create(null);
    texts.forEach((text, column) => {
      const trimmed = text.replace(/\r\n?/g, "\n").trim();
      if (trimmed === "") return;
      const head = heads[column];
      if (head) cells[head] = trimmed;
      else bare.add(column);
    });
    return Object.keys(cells).length === 0 ? [] : [{ row: at + 2, cells }];
  });
  for (const column of bare)
    losses.push({
      sheet: name,
      column: columnLetters(column),
      said: "the column has no heading and is not carried over",
    });
  return { heads: heads.filter((head) => head !== ""), rows: read };
}

const MUST: Record<SheetName, readonly string[]> = {
  survey: ["type", "name", "label"],
  choices: ["list_name", "name"],
  settings: [],
};

/** A heading by the name it has here: older names, other cases, and one colon for two are all taken. */
function headOf(sheet: SheetName, text: string): string {
  const head = text.trim();
  const tokens = (
    head.includes("::") ? head.split("::") : head.split(/:(?!constraintMsg|requiredMsg|count)/)
  ).map((token) => token.trim());
  const [first = "", ...rest] = tokens;
  const snake = first.split(/\s+/).join("_").toLowerCase();
  if (snake === "bind" || snake === "control" || snake === "body") {
    const known = own(BIND, (rest[0] ?? "").toLowerCase());
    if (known) return [known, ...rest.slice(1)].join("::");
    return [snake === "body" ? "body" : snake, ...rest].join("::");
  }
  return [own(ALIASES[sheet], snake) ?? snake, ...rest].join("::");
}

const BIND: Record<string, string> = {
  relevant: "relevant",
  required: "required",
  constraint: "constraint",
  calculate: "calculation",
  readonly: "read_only",
  appearance: "appearance",
  "jr:constraintmsg": "constraint_message",
  "jr:requiredmsg": "required_message",
  "jr:count": "repeat_count",
};
const ALIASES: Record<SheetName, Record<string, string>> = {
  survey: {
    relevance: "relevant",
    caption: "label",
    command: "type",
    tag: "name",
    value: "name",
    constraining_message: "constraint_message",
    requiredmsg: "required_message",
    calculate: "calculation",
    readonly: "read_only",
    count: "repeat_count",
    "jr:count": "repeat_count",
  },
  choices: { caption: "label", value: "name", list: "list_name" },
  settings: {
    set_form_title: "form_title",
    title: "form_title",
    set_form_id: "form_id",
    id_string: "form_id",
  },
};

/** A, B, … Z, AA: how a spreadsheet calls the column at an index from 0. */
export const columnLetters = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : columnLetters(Math.floor(at / 26) - 1) + columnLetters(at % 26);
