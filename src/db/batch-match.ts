import { type SQL, sql } from "drizzle-orm";
import type { Registered, RowKeys, Sought } from "../domain/batch.ts";
import { endOf } from "./response.ts";
import type { Db } from "./store.ts";

/*
 * Who is known that a row could mean: by blind index, a few of each, however many a number was registered for.
 */
/** Looked at for one document or phone; more than these is a person's to sort out anyway. */
const EACH = 8;

const listed = (values: Iterable<string | null>): string =>
  JSON.stringify([...new Set([...values].filter((value) => value !== null))]);

/** Persons of a subtree who have one of the rows' documents, or whose household has one of their phones. */
export async function registeredLike(db: Db, rows: readonly RowKeys[], scope: string): Promise<Registered[]> {
  const [ids, phones] = [listed(rows.map((row) => row.idIndex)), listed(rows.map((row) => row.phoneIndex))];
  const within = (table: string): SQL =>
    sql`${sql.raw(table)}.unit_code >= ${scope} AND ${sql.raw(table)}.unit_code < ${endOf(scope)}`;
  const columns = sql`p.id AS personId, p.id_index AS idIndex, p.name_index AS nameIndex, h.phone_index AS phoneIndex`;
  const found = await db.all<Registered>(sql`
    SELECT ${columns} FROM json_each(${ids}) AS w
      CROSS JOIN person AS p ON p.id IN (SELECT s.id FROM person AS s WHERE s.id_index = w.value AND ${within("s")}
        ORDER BY s.recorded_at LIMIT ${EACH})
      CROSS JOIN household AS h ON h.id = p.household_id
    UNION ALL
    SELECT ${columns} FROM json_each(${phones}) AS w
      CROSS JOIN household AS h ON h.id IN (SELECT s.id FROM household AS s WHERE s.phone_index = w.value AND ${within("s")}
        ORDER BY s.recorded_at LIMIT ${EACH})
      CROSS JOIN person AS p ON p.id > h.id || '-' AND p.id < h.id || '-~'`);
  return [...new Map(found.map((one) => [one.personId, one])).values()];
}

const KEYS = sql.raw(
  "r.row AS row, r.id_index AS idIndex, r.phone_index AS phoneIndex, r.name_index AS nameIndex, r.unit_code AS unitCode",
);
/** Phone and name of each row that has both, each pair once: a list may be of one person over and over. */
const pairs = (rows: readonly RowKeys[]): string => {
  const found = rows.flatMap(({ phoneIndex, nameIndex }) =>
    phoneIndex && nameIndex ? [[phoneIndex, nameIndex] as const] : [],
  );
  return JSON.stringify([...new Map(found.map((pair) => [pair.join("/"), pair])).values()]);
};

/** The first rows of the same list, before `row`, that are of the same persons. */
export function earlierLike(
  db: Db,
  rows: readonly RowKeys[],
  batchId: string,
  row: number,
): Promise<RowKeys[]> {
  const first = sql`r.batch_id = ${batchId} AND r.row < ${row} AND r.result <> 'rejected' ORDER BY r.row LIMIT 1`;
  return db.all<RowKeys>(sql`
    SELECT DISTINCT ${KEYS} FROM json_each(${listed(rows.map(({ idIndex }) => idIndex))}) AS w
      CROSS JOIN batch_row AS r ON r.batch_id = ${batchId} AND r.row = (SELECT r.row FROM batch_row AS r INDEXED BY batch_row_by_id WHERE r.id_index = w.value AND ${first})
    UNION
    SELECT ${KEYS} FROM json_each(${pairs(rows)}) AS w
      CROSS JOIN batch_row AS r ON r.batch_id = ${batchId} AND r.row = (SELECT r.row FROM batch_row AS r INDEXED BY batch_row_by_phone
        WHERE r.phone_index = w.value ->> 0 AND r.name_index = w.value ->> 1 AND ${first})`);
}

/** Rows of other lists whose village, within this subtree, is still looking. */
export function soughtLike(
  db: Db,
  rows: readonly RowKeys[],
  batchId: string,
  scope: string,
): Promise<Sought[]> {
  const open = sql`r.batch_id <> ${batchId} AND ${soughtBy("r", scope)}`;
  return db.all<Sought>(sql`
    SELECT r.batch_id AS batchId, ${KEYS} FROM json_each(${listed(rows.map(({ idIndex }) => idIndex))}) AS w
      CROSS JOIN batch_row AS r ON r.id_index = w.value WHERE ${open}
    UNION
    SELECT r.batch_id, ${KEYS} FROM json_each(${pairs(rows)}) AS w
      CROSS JOIN batch_row AS r ON r.phone_index = w.value ->> 0 AND r.name_index = w.value ->> 1 WHERE ${open}
    LIMIT 2000`);
}

/**
 * That a row is owed, unanswered, by a village of a subtree. Whose list it is does not matter: what the county's list lays on a
 * town's village stands on the town's own board. @param row the table's name in the query
 */
export const soughtBy = (row: "o" | "r", scope: string): SQL => {
  const of = sql.raw(row);
  return sql`${of}.result = 'new' AND ${of}.outcome IS NULL AND ${of}.unit_code >= ${scope} AND ${of}.unit_code < ${endOf(scope)}
    AND EXISTS (SELECT 1 FROM batch AS c WHERE c.id = ${of}.batch_id AND c.closed_at IS NULL AND c.applied_up_to >= ${of}.row)`;
};
