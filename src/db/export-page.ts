import { type SQL, sql } from "drizzle-orm";
import type { ExportKind, RowOf } from "../domain/export.ts";

/*
 * What every kind of export shares: which rows, a page of them, and where it ended.
 */

/** Which rows, decided: `exact` one unit alone; recorded from `from` on and before `to`, in ms. */
export type Which = {
  unit: string;
  exact: boolean;
  state?: string | undefined;
  from: number;
  to: number;
  /** Acts of the history that whoever takes it may not know of. */
  hidden?: readonly string[];
};
/** Where a page ended. */
export type Cursor = { unit: string; at: number; id: string };
export type Page<Kind extends ExportKind> = { rows: RowOf[Kind][]; next?: Cursor };
export type PageOptions = {
  which: Which;
  after?: Cursor | undefined;
  limit: number;
  /** Without it no free words are read, and names, documents and phones are the caller's to mask. */
  open: boolean;
  now: Date;
  zone: string;
};

/** Orders and bounds a page, as the index already has it. */
export const inOrder = (limit: number): SQL => sql`ORDER BY u.code, t.recorded_at, t.id LIMIT ${limit}`;

/** Where the next page goes on; nowhere when this one was not full. */
export function nextOf(rows: readonly { id: string; unitCode: string; at: number }[], limit: number) {
  const last = rows.at(-1);
  return last && rows.length === limit ? { next: { unit: last.unitCode, at: last.at, id: last.id } } : {};
}
