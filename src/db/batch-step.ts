import { type SQL, sql } from "drizzle-orm";
import { countResults, decideRows, PIECE, type ReadRow, type RowDecision } from "../domain/batch.ts";
import { placeTeller } from "../domain/batch-place.ts";
import { readListed } from "../domain/batch-row.ts";
import { planObligation } from "../domain/obligation.ts";
import { MINUTE } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import type { Batch } from "./batch.ts";
import { earlierLike, registeredLike, soughtBy, soughtLike } from "./batch-match.ts";
import { openRow, placeUnits } from "./batch-row.ts";
import { openObligationsIf } from "./obligation.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";

/*
 * A list's next piece: at most 500 rows, in one transaction that holds only where nobody else has done the same piece.
 * Whoever looks at the list takes a step, and each minute's run does; a crash in between leaves the piece undone.
 */

/** Checks the next piece against what is known now. Does nothing where another has moved the list on. */
export async function checkPiece(
  store: Store,
  one: Pick<Batch, "id" | "unitCode" | "columns" | "checkedUpTo" | "lastRow" | "version">,
  { today, settings }: { today: string; settings: Pick<Settings, "COUNTY_CODE"> },
): Promise<void> {
  const { db } = store;
  const { id, unitCode: scope, columns, checkedUpTo: from, lastRow } = one;
  if (!columns || from >= lastRow) return;
  const stored = await db.all<{ row: number; sealed: string }>(sql`
    SELECT row, sealed FROM batch_row WHERE batch_id = ${id} AND row > ${from} ORDER BY row LIMIT ${PIECE}`);
  const tell = placeTeller(await placeUnits(db, settings.COUNTY_CODE), scope);
  const rows = await Promise.all(
    stored.map(async ({ row, sealed }): Promise<ReadRow> => {
      const kept = await openRow(store, id, row, sealed);
      const { person, keys, faults, usable } = readListed(kept.cells, columns, today);
      const place = tell(person);
      return {
        ...{ row, usable, faults: [...kept.faults, ...faults] },
        ...("fault" in place ? { unitCode: null, placeFault: place.fault } : place),
        ...(await blindKeys(store, keys)),
      };
    }),
  );
  const first = rows[0]?.row ?? lastRow;
  const [registered, earlier, sought] = await Promise.all([
    registeredLike(db, rows, scope),
    earlierLike(db, rows, id, first),
    soughtLike(db, rows, id, scope),
  ]);
  await writePiece(store, one, rows, decideRows(rows, { registered, earlier, sought }));
}

async function blindKeys(
  { privacy }: Store,
  { name, document, phone }: { name: string | null; document: string | null; phone: string | null },
) {
  const index = (purpose: string, value: string | null) =>
    value === null ? null : privacy.index(purpose, value);
  const [nameIndex, idIndex, phoneIndex] = await Promise.all([
    index("name", name),
    index("document", document),
    index("phone", phone),
  ]);
  return { nameIndex, idIndex, phoneIndex };
}

async function writePiece(
  { db }: Store,
  one: Pick<Batch, "id" | "checkedUpTo" | "lastRow" | "version">,
  rows: readonly ReadRow[],
  decided: readonly RowDecision[],
): Promise<void> {
  const counts = countResults(decided);
  const last = rows.length < PIECE ? one.lastRow : (rows.at(-1)?.row ?? one.lastRow);
  const mine = sql`id = ${one.id} AND version = ${one.version} AND checked_up_to = ${one.checkedUpTo} AND withdrawn_at IS NULL`;
  const values = decided.map((row, at) => ({
    ...row,
    faults: JSON.stringify(row.faults),
    idIndex: rows[at]?.idIndex ?? null,
    phoneIndex: rows[at]?.phoneIndex ?? null,
    nameIndex: rows[at]?.nameIndex ?? null,
  }));
  await runBatch(db, [
    // The rows stand already: the insert only finds each by its key, in the order of the piece.
    db.run(sql`
      INSERT INTO batch_row (batch_id, row, sealed, result, faults, unit_code, id_index, phone_index, name_index, person_id, recorded_at)
      SELECT ${one.id}, v.value ->> 'row', '', v.value ->> 'result', v.value ->> 'faults', v.value ->> 'unitCode',
        v.value ->> 'idIndex', v.value ->> 'phoneIndex', v.value ->> 'nameIndex', v.value ->> 'personId', 0
      FROM json_each(${JSON.stringify(values)}) AS v WHERE EXISTS (SELECT 1 FROM batch WHERE ${mine})
      ON CONFLICT (batch_id, row) DO UPDATE SET result = excluded.result, faults = excluded.faults,
        unit_code = excluded.unit_code, id_index = excluded.id_index, phone_index = excluded.phone_index,
        name_index = excluded.name_index, person_id = excluded.person_id`),
    db.run(sql`
      UPDATE batch SET checked_up_to = ${last}, new_rows = new_rows + ${counts.new}, known_rows = known_rows + ${counts.known},
        conflicting_rows = conflicting_rows + ${counts.conflicting}, rejected_rows = rejected_rows + ${counts.rejected}
      WHERE ${mine}`),
  ]);
}

/**
 * Writes out the next piece of what was agreed to: each new row is owed by its village from now on. Whoever another list's
 * village looks for by now is known, or conflicting under another name: decided as the piece is written, so of two lists that
 * are agreed to at once one looks for each person.
 */
export async function applyPiece(
  { db }: Store,
  one: Pick<Batch, "id" | "unitCode" | "appliedUpTo" | "lastRow" | "confirmedAt">,
  { now, settings }: { now: Date; settings: Settings },
): Promise<void> {
  const { id, appliedUpTo: from, lastRow } = one;
  if (!one.confirmedAt || from >= lastRow) return;
  const rows = await db.all<{ row: number; unitCode: string }>(sql`
    SELECT row, unit_code AS unitCode FROM batch_row
    WHERE batch_id = ${id} AND result = 'new' AND row > ${from} ORDER BY row LIMIT ${PIECE}`);
  const last = rows.length < PIECE ? lastRow : (rows.at(-1)?.row ?? lastRow);
  const dueAt = new Date(now.getTime() + settings.LISTED_MINUTES * MINUTE);
  const owed = rows.map(({ row, unitCode }) =>
    planObligation(
      { kind: "listed", unitCode, subjectId: `${id}/${row}`, openedAt: now, dueAt },
      { now, settings },
    ),
  );
  const mine = sql`EXISTS (SELECT 1 FROM batch WHERE id = ${id} AND applied_up_to = ${from})`;
  const numbers = JSON.stringify(rows.map(({ row }) => row));
  const lost = (result: "known" | "conflicting") => sql`(SELECT COUNT(*) FROM json_each(${numbers}) AS w
    CROSS JOIN batch_row AS r ON r.batch_id = ${id} AND r.row = w.value AND r.result = ${result})`;
  await runBatch(db, [
    knowSought(db, one, numbers, mine),
    openObligationsIf(
      db,
      owed,
      sql`${mine} AND EXISTS (SELECT 1 FROM batch_row AS r WHERE r.batch_id = ${id}
        AND r.row = CAST(substr(row.value ->> 'subjectId', 14) AS INTEGER) AND r.result = 'new')`,
    ),
    db.run(sql`
      UPDATE batch SET new_rows = new_rows - ${lost("known")} - ${lost("conflicting")},
        known_rows = known_rows + ${lost("known")}, conflicting_rows = conflicting_rows + ${lost("conflicting")}
      WHERE id = ${id} AND applied_up_to = ${from}`),
    db.run(sql`
      UPDATE batch SET applied_up_to = ${last},
        finished_at = CASE WHEN ${last} >= last_row AND answered_rows >= new_rows THEN ${now.getTime()} END
      WHERE id = ${id} AND applied_up_to = ${from}`),
  ]);
}

/** Rows of a piece whose person another list's village, within this list's subtree, looks for: as `amongSought` decides. */
const knowSought = (
  db: Db,
  { id, unitCode: scope }: Pick<Batch, "id" | "unitCode">,
  numbers: string,
  condition: SQL,
): Statement => {
  const rows = sql`json_each(${numbers}) AS w CROSS JOIN batch_row AS r ON r.batch_id = ${id} AND r.row = w.value`;
  const sought = sql`o.batch_id <> ${id} AND ${soughtBy("o", scope)}`;
  const columns = sql.raw(
    "r.row AS row, o.batch_id || '/' || o.row AS number, o.name_index = r.name_index AS alike",
  );
  return db.run(sql`
    UPDATE batch_row SET result = CASE WHEN t.alike THEN 'known' ELSE 'conflicting' END,
      person_id = CASE WHEN t.alike THEN t.number END,
      faults = json_insert(batch_row.faults, '$[#]',
        json_array('', CASE WHEN t.alike THEN 'sought:' || t.number ELSE 'document-other-name' END))
    FROM (SELECT row, number, MAX(alike) AS alike FROM (
        SELECT ${columns} FROM ${rows} CROSS JOIN batch_row AS o ON o.id_index = r.id_index WHERE ${sought}
        UNION ALL
        SELECT ${columns} FROM ${rows} CROSS JOIN batch_row AS o ON o.phone_index = r.phone_index
          AND o.name_index = r.name_index WHERE ${sought})
      GROUP BY row) AS t
    WHERE batch_row.batch_id = ${id} AND batch_row.row = t.row AND batch_row.result = 'new' AND ${condition}`);
};
