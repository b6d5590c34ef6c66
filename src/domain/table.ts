import type { Words } from "../forms/define.ts";
import type { TableColumn, TableDefinition, TableGroup } from "../forms/define-table.ts";
import { dayOf } from "./as-of.ts";
import { lastCutOff } from "./cut-off.ts";
import { type FigureBook, type FigureId, type FigureValue, figureOf, WINDOW } from "./figure-book.ts";
import { findIndicator } from "./indicator.ts";
import type { Place } from "./summary.ts";

/*
 * 业务部门报表: a bureau's table, filled from the books of its units. What is stated here is what the figure's own page
 * states: both read the same book.
 */

/** More units than anybody reads or prints: whoever asks for them asks for a part. */
export const MOST_ROWS = 2_000;

/** A column with the heading above it, where it has one. */
export type FlatColumn = Omit<TableColumn, "window"> & { id: FigureId; group?: Words };
export type TableRow = { unit: Place; values: FigureValue[] };
export type FilledTable = {
  columns: FlatColumn[];
  rows: TableRow[];
  /** What is the asked unit's own, or of units that have no row: with the rows it adds up to the total. */
  rest: FigureValue[] | undefined;
  total: FigureValue[];
  /** Whether any figure is not known. */
  unknown: boolean;
  /** Whether any rests on what units report every day, whose completeness it then shares. */
  reported: boolean;
};

/** A table's cells, out of the books of a unit and of what its rows are. */
export function fillTable(
  definition: TableDefinition,
  {
    total: all,
    direct,
    rows: books,
  }: Record<"total" | "direct", FigureBook> & { rows: readonly FigureBook[] },
): FilledTable {
  const columns = columnsOf(definition);
  const { kinds } = definition.rows;
  const cells = (book: FigureBook) => columns.map(({ id }) => figureOf(book, id));
  const shown = (book: FigureBook) => !kinds || kinds.includes(book.unit.kind);
  const rows = books.filter(shown).map((book) => ({ unit: book.unit, values: cells(book) }));
  const total = cells(all);
  const others = [direct, ...books.filter((book) => !shown(book))].map(cells);
  const rest = columns.map(({ as }, at) =>
    as === "share" ? null : sumOfKnown(others.map((values) => values[at] ?? null)),
  );
  return {
    ...{ columns, rows, total },
    rest: rest.some((value) => value !== null && value !== 0) ? rest : undefined,
    unknown: [total, ...rows.map(({ values }) => values)].some((values) => values.includes(null)),
    reported: columns.some(({ figure }) => findIndicator(figure) !== undefined),
  };
}

/** null where nothing of it is known. */
function sumOfKnown(values: FigureValue[]): FigureValue {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** The columns in their order, each with its heading's words. */
export const columnsOf = ({ columns }: TableDefinition): FlatColumn[] =>
  columns.flatMap((one) =>
    isGroup(one) ? one.columns.map((column) => flat(column, one.label)) : [flat(one)],
  );

const flat = ({ window, ...column }: TableColumn, group?: Words): FlatColumn => ({
  ...column,
  id: window ? `${column.figure}${WINDOW}` : column.figure,
  ...(group && { group }),
});

export const isGroup = (one: TableColumn | TableGroup): one is TableGroup => "columns" in one;

/** The moment after which a table's "today" begins, seen from its cut-off. */
export const windowStart = (
  asOf: Date,
  { from, cutOff }: Pick<TableDefinition, "from" | "cutOff">,
  zone: string,
): Date =>
  from === "midnight" ? dayOf(asOf, zone).from : lastCutOff(new Date(asOf.getTime() - 1), zone, [cutOff]);
