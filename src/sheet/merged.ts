import { BLANK_CELL, columnAt, isBlank, type SheetLimits } from "../domain/sheet.ts";
import type { Grid } from "./faults.ts";

/** Cells looked at for all areas together: areas may overlap without end. */
const MOST_CELLS = 1_000_000;

/** Cells that are merged show their first one's value, and have none of their own: each says which it belongs to. */
export function markMerged(grid: Grid, areas: readonly string[], limits: SheetLimits): void {
  const byRow = new Map(grid.rows.map((row) => [row.row, row]));
  const last = grid.rows.at(-1)?.row ?? 0;
  let left = MOST_CELLS;
  for (const area of areas) {
    const [, first, top, second, bottom] =
      /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(area) ?? [];
    if (!first || !second || left < 0) continue;
    const [from, to] = [columnAt(first), Math.min(columnAt(second), limits.columns - 1)];
    let seen = false;
    for (let number = Number(top); number <= Math.min(Number(bottom), last); number += 1) {
      const row = byRow.get(number);
      left -= row ? to - from + 1 : 1;
      if (left < 0) break;
      if (!row) continue;
      seen = true;
      for (let at = from; at <= to; at += 1) {
        if ((number === Number(top) && at === from) || (at >= row.cells.length && at > from)) continue;
        while (row.cells.length <= at) row.cells.push(BLANK_CELL);
        // Some programs leave a value behind that nobody sees.
        row.cells[at] = { text: "", merged: `${first}${top}` };
      }
    }
    if (seen)
      grid.faults.add({ code: "merged", row: Number(top), column: first, detail: area.replaceAll("$", "") });
  }
  const standing = grid.rows.filter(({ cells }) => !cells.every(isBlank));
  grid.count -= grid.rows.length - standing.length;
  grid.rows = standing;
}
