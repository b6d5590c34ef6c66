import { countForms } from "../../forms/counts.ts";
import type { Unit } from "../db/unit.ts";
import type { Completeness } from "../domain/figure-book.ts";
import { figureProblem } from "../domain/figure-problem.ts";
import { type FilledForm, filledForms } from "../domain/filled-form.ts";
import { type FilledTable, fillTable, MOST_ROWS } from "../domain/table.ts";
import type { TableDefinition } from "../forms/define-table.ts";
import type { Deps } from "./factory.ts";
import { openBooks } from "./figure-book.ts";

/** A bureau's table of a unit as of a moment, ready to be shown, printed or taken away. */
export type OpenTable = {
  definition: TableDefinition;
  unit: Unit;
  asOf: Date;
  from: Date;
  filled: FilledTable;
  completeness: Completeness;
  /** Of each count form that columns come from, who filled it in. */
  forms: FilledForm[];
};

/** Throws tableNotFor for a unit of a kind that the table is not made for. */
export function requireFor({ units }: TableDefinition, unit: Unit): void {
  if (!units.includes(unit.kind)) throw figureProblem.tableNotFor();
}

/** Fills a table. Throws tableNotFor, and tooManyRows for more units than anybody reads. */
export async function openTable(
  deps: Deps,
  definition: TableDefinition,
  { unit, asOf, from }: { unit: Unit; asOf: Date; from: Date },
): Promise<OpenTable> {
  requireFor(definition, unit);
  const zone = deps.settings.TIME_ZONE;
  const books = await openBooks(deps, unit, { asOf, from, zone, level: definition.rows.level });
  const filled = fillTable(definition, books);
  if (filled.rows.length > MOST_ROWS) throw figureProblem.tooManyRows(MOST_ROWS);
  const forms = filledForms(
    filled.columns.map(({ id }) => id),
    books.typed,
    countForms,
  );
  return { definition, unit, asOf, from, filled, completeness: books.total.completeness, forms };
}
