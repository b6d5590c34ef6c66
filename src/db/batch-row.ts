import { type SQL, sql } from "drizzle-orm";
import { PIECE, type RowEnd, type RowFault, type RowResult } from "../domain/batch.ts";
import type { Batch, KeptRow } from "./batch.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/** Characters that one statement stores at most: D1 takes two megabytes. */
const MOST_TEXT = 700_000;

/**
 * Stores a list's rows, in pieces of their own: whoever comes again with the same file goes on where it broke off. Rows
 * are in the file's order; those up to `storedUpTo` are passed over.
 */
export async function storeRows(
  store: Store,
  one: Pick<Batch, "id" | "storedUpTo" | "lastRow">,
  rows: readonly (KeptRow & { row: number })[],
  now: Date,
): Promise<void> {
  const left = rows.filter(({ row }) => row > one.storedUpTo);
  for (let at = 0; at < left.length; ) {
    const piece: { row: number; sealed: string }[] = [];
    for (let text = 0; at < left.length && piece.length < PIECE && text < MOST_TEXT; ) {
      const part = left.slice(at, at + 50);
      const sealed = await Promise.all(
        part.map(async ({ row, cells, faults }) => ({
          row,
          sealed: await store.privacy.seal(
            { cells, faults } satisfies KeptRow,
            `${one.id}/${row}`,
            "batch_row",
          ),
        })),
      );
      piece.push(...sealed);
      text += sealed.reduce((sum, row) => sum + row.sealed.length, 0);
      at += part.length;
    }
    const upTo = at >= left.length ? one.lastRow : (piece.at(-1)?.row ?? 0);
    await runBatch(store.db, [
      store.db.run(sql`
        INSERT INTO batch_row (batch_id, row, sealed, recorded_at)
        SELECT ${one.id}, v.value ->> 'row', v.value ->> 'sealed', ${now.getTime()}
        FROM json_each(${JSON.stringify(piece)}) AS v WHERE 1 ON CONFLICT DO NOTHING`),
      store.db.run(
        sql`UPDATE batch SET stored_up_to = ${upTo} WHERE id = ${one.id} AND stored_up_to < ${upTo}`,
      ),
    ]);
  }
}

export type BatchRow = KeptRow & {
  row: number;
  result: RowResult | null;
  /** What was found at the check; what the file itself had wrong stands in `faults` until then. */
  found: RowFault[];
  unitCode: string | null;
  unitName: string | null;
  personId: string | null;
  outcome: RowEnd | null;
  outcomeAt: Date | null;
  /** Of a row that another list's village looks for: how that one ended. */
  elsewhere: { outcome: RowEnd | null; personId: string | null } | undefined;
};
type Stored = {
  row: number;
  sealed: string;
  result: RowResult | null;
  faults: string;
  unitCode: string | null;
  unitName: string | null;
  personId: string | null;
  outcome: RowEnd | null;
  outcomeAt: number | null;
  otherOutcome: RowEnd | null;
  otherPerson: string | null;
};

/** A page of a list's rows in the file's order, opened. @param upTo rows beyond it are not decided yet */
export async function pageRows(
  store: Store,
  batchId: string,
  {
    after,
    upTo,
    result,
    limit,
  }: { after: number; upTo: number; result?: RowResult | undefined; limit: number },
): Promise<BatchRow[]> {
  const narrowed: SQL = result ? sql`AND r.result = ${result}` : sql``;
  const rows = await store.db.all<Stored>(sql`
    SELECT r.row AS row, r.sealed AS sealed, r.result AS result, r.faults AS faults, r.unit_code AS unitCode,
      u.name AS unitName, r.person_id AS personId, r.outcome AS outcome, r.outcome_at AS outcomeAt,
      o.outcome AS otherOutcome, o.person_id AS otherPerson
    FROM batch_row AS r LEFT JOIN unit AS u ON u.code = r.unit_code
      LEFT JOIN batch_row AS o ON r.person_id LIKE 'PC-%/%' AND o.batch_id = substr(r.person_id, 1, 12)
        AND o.row = CAST(substr(r.person_id, 14) AS INTEGER)
    WHERE r.batch_id = ${batchId} AND r.row > ${after} AND r.row <= ${upTo} ${narrowed}
    ORDER BY r.row LIMIT ${limit}`);
  return Promise.all(rows.map((row) => opened(store, batchId, row)));
}

async function opened(store: Store, batchId: string, stored: Stored): Promise<BatchRow> {
  const { sealed, faults, otherOutcome, otherPerson, outcomeAt, ...clear } = stored;
  const kept = await openRow(store, batchId, clear.row, sealed);
  return {
    ...clear,
    ...kept,
    found: JSON.parse(faults) as RowFault[],
    outcomeAt: outcomeAt === null ? null : new Date(outcomeAt),
    elsewhere: /^PC-/.test(clear.personId ?? "")
      ? { outcome: otherOutcome, personId: otherPerson }
      : undefined,
  };
}

/** A row as it came; nothing of one that was sealed off. */
export const openRow = async (
  { privacy }: Pick<Store, "privacy">,
  batchId: string,
  row: number,
  sealed: string,
): Promise<KeptRow> =>
  sealed === "" ? { cells: [], faults: [] } : privacy.open<KeptRow>(sealed, `${batchId}/${row}`, "batch_row");

/** The towns and villages that are open, to tell rows' units by. */
export const placeUnits = (db: Db, county: string): Promise<{ code: string; name: string; kind: string }[]> =>
  db.all(sql`
    SELECT code, name, kind FROM unit WHERE code >= ${county} AND code < ${`${county}~`}
      AND kind IN ('town', 'village') AND closed_at IS NULL ORDER BY code LIMIT 5000`);
