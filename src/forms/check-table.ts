import { type Fault, placeOf, tableShapeFaults } from "./check-shape.ts";
import type { TableColumn, TableDefinition } from "./define-table.ts";

/* What `npm run forms` holds every table file against: a column that asks for no figure would be — for ever. */

/** What a figure is, by its id; undefined for none, and of one without a window also with `@window` behind it. */
export type FindFigure = (id: string) => "number" | "share" | undefined;

/** What is wrong with what a table file exports; none, and it can be filled. Faults of shape hide all others. */
export function tableFaults(thing: unknown, find: FindFigure): Fault[] {
  const shape = tableShapeFaults(thing);
  if (shape.length > 0) return shape;
  const table = thing as TableDefinition;
  return table.columns.flatMap((one, at) =>
    "columns" in one
      ? one.columns.flatMap((column, n) => columnFaults(table, column, ["columns", at, "columns", n], find))
      : columnFaults(table, one, ["columns", at], find),
  );
}

function columnFaults(
  table: TableDefinition,
  { figure, window, as = "number" }: TableColumn,
  path: (string | number)[],
  find: FindFigure,
): Fault[] {
  const say = (key: string, said: string) => [{ at: placeOf(table, [...path, key]), said }];
  const kind = find(figure);
  if (!kind || /[@+]/.test(figure))
    return say("figure", `no figure is called \`${figure}\`: GET /api/v1/indicators names them all`);
  if (kind !== as)
    return say("as", kind === "share" ? `\`${figure}\` is a \`share\`` : `\`${figure}\` is no \`share\``);
  if (window && !find(`${figure}@window`))
    return say("window", `\`${figure}\` has no window: only what adds up from day to day has one`);
  return [];
}
