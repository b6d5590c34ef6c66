import { fieldOfHeading, headingKey } from "../domain/list-column.ts";
import {
  columnName,
  type Heading,
  isBlank,
  type Sheet,
  type SheetFault,
  type SheetLimits,
  type SheetRow,
  type SkippedRow,
} from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";
import type { Grid } from "./faults.ts";

/* Where in a file the list is: titles above its headings, totals and signatures below. */
const TOP = 10;
const TOTALS = /^(?:合计|总计|小计|共计|累计|合計|總計|小計|共計|累計|(?:sub)?total\b)/i;
const FOOTNOTE =
  /^(?:填表|制表|填报|审核|联系人|报送|单位负责人|备注|说明|注|製表|填報|審核|聯絡人|報送|備註|說明|註|附)[^:：]{0,10}[:：]/;

/** What concerns rows only: headings are merged as a matter of course. */
const OF_A_ROW: ReadonlySet<string> = new Set(["merged", "formula", "row-hidden"]);

type Laid = Pick<Sheet, "headingRow" | "headings" | "rows" | "faults" | "faultsLeft" | "skipped">;

/** The list of a file. Throws sheetProblem.empty, noRows and tooManyRows. */
export function layOut(grid: Grid, limits: SheetLimits): Laid {
  if (grid.count === 0) throw sheetProblem.empty();
  const { faults } = grid;
  const top = findHeadings(grid.rows);
  const below = top && secondRow(grid.rows[top.at] as SheetRow, grid.rows[top.at + 1]);
  const first = top ? top.at + (below ? 2 : 1) : 0;
  const skipped: SkippedRow[] = grid.rows.slice(0, top?.at ?? 0).map(({ row }) => ({ row, why: "above" }));
  const headingRow = top && (grid.rows[top.at] as SheetRow).row;
  const texts = top ? headingTexts(grid.rows[top.at] as SheetRow, below) : [];
  const signature = texts.map(headingKey).join("\n");
  const rows = grid.rows.slice(first).filter((row) => {
    const why = aside(row, signature);
    if (why) skipped.push({ row: row.row, why });
    return !why;
  });
  const count = rows.length + grid.count - grid.rows.length;
  if (count > limits.rows) throw sheetProblem.tooManyRows(count, limits.rows);
  if (count === 0) throw sheetProblem.noRows();

  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), texts.length);
  const headings: Heading[] = Array.from({ length: width }, (_, at) => ({
    ...{ text: texts[at] ?? "", column: columnName(at) },
  }));
  // What was said of a title or of the sum below a list concerns nobody in it.
  const aloof = new Set(skipped.map(({ row }) => row));
  const last = grid.rows[first - 1]?.row ?? 0;
  faults.list = faults.list.filter(
    ({ row, code }) => row === undefined || (!aloof.has(row) && (row > last || !OF_A_ROW.has(code))),
  );
  for (const fault of headingFaults(headings, headingRow, top?.known ?? 0, rows)) faults.add(fault);
  if (grid.widest > limits.columns)
    faults.add({
      code: "columns-left-out",
      count: grid.widest - limits.columns,
      column: columnName(limits.columns),
    });
  if (headingRow) for (const fault of ragged(rows, texts.length, grid.widths)) faults.add(fault);
  return { headingRow, headings, rows, faults: faults.list, faultsLeft: faults.left, skipped };
}

/** Rows with more than the headings cover, or written with fewer cells; a column that most rows use lacks its heading. */
function* ragged(rows: SheetRow[], width: number, widths: Grid["widths"]): Generator<SheetFault> {
  const beyond = ({ cells }: SheetRow) => cells.findIndex((cell, at) => at >= width && !isBlank(cell));
  const unheaded = rows.filter((row) => beyond(row) >= 0).length > rows.length / 2;
  for (const row of rows) {
    const extra = beyond(row);
    if (extra >= 0 && !unheaded) yield { code: "row-long", row: row.row, column: columnName(extra) };
    const own = widths?.get(row.row) ?? width;
    if (own < width) yield { code: "row-short", row: row.row, count: own, detail: String(width) };
  }
}

/** True where a row of known headings stands near the top. */
export const isList = (grid: Grid): boolean => (findHeadings(grid.rows)?.known ?? 0) >= 2;

/** The heading row: that of the names, else the one with most known headings, else words over numbers. */
function findHeadings(rows: SheetRow[]): { at: number; known: number } | undefined {
  const top = rows
    .slice(0, TOP)
    .map((row, at) => ({ at, row, fields: knownIn(row), known: knownIn(row).size }));
  const most = Math.max(2, ...top.map(({ known }) => known));
  const found =
    top.find(({ known, fields }) => known >= 2 && fields.has("name")) ??
    top.find(({ known }) => known === most) ??
    top.find(({ known, row }) => known === 1 && isLabels(row));
  if (found) return found;
  return top.find(({ at, row }) => {
    const next = rows.slice(at + 1, at + 6);
    return filled(row) > 1 && isLabels(row) && next.length > 0 && next.every((other) => differs(row, other));
  });
}

const knownIn = ({ cells }: SheetRow) =>
  new Set(cells.map(({ text }) => fieldOfHeading(text)).filter((field) => field !== undefined));
const filled = ({ cells }: SheetRow): number => cells.filter((cell) => !isBlank(cell)).length;
const isLabels = ({ cells }: SheetRow): boolean =>
  cells.every(({ text, kind }) => !kind && text.length <= 40 && !/\d{6}/.test(text.normalize("NFKC")));
/** A number stands where the row above has words. */
const differs = (labels: SheetRow, { cells }: SheetRow): boolean =>
  cells.some(
    ({ text }, at) =>
      /\d/.test(text) && !isBlank(labels.cells[at]) && !/\d/.test(labels.cells[at]?.text ?? ""),
  );

/** The row below a heading over several columns (现住址: 乡镇, 村), which only such columns use. */
function secondRow(head: SheetRow, below: SheetRow | undefined): SheetRow | undefined {
  if (!below || knownIn(below).size === 0 || !isLabels(below)) return undefined;
  const under = (at: number) =>
    isBlank(head.cells[at]) || (at + 1 < below.cells.length && isBlank(head.cells[at + 1]));
  return below.cells.every((cell, at) => isBlank(cell) || cell.merged || under(at)) ? below : undefined;
}

function headingTexts(head: SheetRow, below: SheetRow | undefined): string[] {
  const width = Math.max(head.cells.length, below?.cells.length ?? 0);
  let over = "";
  return Array.from({ length: width }, (_, at) => {
    const own = tidy(head.cells[at]?.text);
    const sub = tidy(below?.cells[at]?.text);
    over = own || over;
    return sub ? `${over}/${sub}` : own;
  });
}
const tidy = (text = ""): string =>
  text
    .replace(/[\s\p{Cf}]+/gu, " ")
    .trim()
    .slice(0, 60);

/** Why a row below the headings is none of the list's, or undefined where it is one. */
function aside(row: SheetRow, signature: string): SkippedRow["why"] | undefined {
  const texts = row.cells.map(({ text }) => text);
  // Long rows are many: only one that begins as the headings do is compared.
  const again = row.cells.length > 1 && signature.startsWith(`${headingKey(texts[0] ?? "")}\n`);
  if (again && texts.map(headingKey).join("\n") === signature) return "heading-again";
  const words = texts.map((text) => text.replace(/\s/g, "")).filter(Boolean);
  const [opening = ""] = words;
  // A person's row holds a long number.
  if (words.some((word) => /\d{11}/.test(word.normalize("NFKC")))) return undefined;
  if (TOTALS.test(opening)) return "totals";
  return FOOTNOTE.test(opening) && words.length <= 4 ? "footnote" : undefined;
}

function headingFaults(
  headings: Heading[],
  row: number | undefined,
  known: number,
  rows: SheetRow[],
): SheetFault[] {
  if (row === undefined) return [{ code: "headings-missing" }];
  const faults: SheetFault[] = known === 0 ? [{ code: "headings-unknown", row }] : [];
  const first = new Map<string, string>();
  const last = headings.findLastIndex(({ text }) => text);
  const used = (at: number) => {
    const count = rows.filter(({ cells }) => !isBlank(cells[at])).length;
    return at < last ? count > 0 : count > rows.length / 2;
  };
  for (const [at, { text, column }] of headings.entries()) {
    const key = headingKey(text) || text;
    const before = first.get(key);
    if (text && before) faults.push({ code: "heading-doubled", row, column, detail: before });
    if (text && !before) first.set(key, column);
    if (!text && used(at)) faults.push({ code: "heading-empty", row, column });
  }
  return faults;
}
