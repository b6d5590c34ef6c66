import { sql } from "drizzle-orm";
import type { RowEnd, RowKeys, RowOutcome } from "../domain/batch.ts";
import { type ListColumns, type ListedPerson, readListed } from "../domain/batch-row.ts";
import { recordActIf } from "./audit.ts";
import { openRow } from "./batch-row.ts";
import { meetObligation } from "./obligation.ts";
import { endOf } from "./response.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/*
 * What a village is to find: a new row of a list that was agreed to, owed as listed/<batch>/<row> until it is answered.
 */
/** What `batch_row.outcome_sealed` opens to: row id = number/row, column "batch_row.outcome". */
export type OutcomeDetails = { actor: string; words?: string };
export type ListedItem = {
  batchId: string;
  row: number;
  source: string;
  unitCode: string;
  unitName: string;
  dueAt: Date;
  person: ListedPerson;
};
type Stored = Omit<ListedItem, "dueAt" | "person"> & { dueAt: number; columns: string; sealed: string };

const FOUND =
  sql.raw(`SELECT r.batch_id AS batchId, r.row AS row, t.source AS source, b.unit_code AS unitCode, u.name AS unitName,
  b.due_at AS dueAt, t.columns AS columns, r.sealed AS sealed`);
const JOINED = sql.raw(`CROSS JOIN unit AS u ON u.code = b.unit_code
  CROSS JOIN batch AS t ON t.id = substr(b.subject_id, 1, 12)
  CROSS JOIN batch_row AS r ON r.batch_id = t.id AND r.row = CAST(substr(b.subject_id, 14) AS INTEGER)`);

/** Whom the units of a subtree are still to find, the longest due first. */
export async function listListed(store: Store, scope: string, limit: number): Promise<ListedItem[]> {
  const rows = await store.db.all<Stored>(sql`
    ${FOUND} FROM (SELECT subject_id, unit_code, due_at FROM obligation
      WHERE kind = 'listed' AND met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up'
        AND unit_code >= ${scope} AND unit_code < ${endOf(scope)} ORDER BY due_at, id LIMIT ${limit}) AS b ${JOINED}`);
  return Promise.all(rows.map((row) => opened(store, row)));
}

/** How many a subtree's units are still to find, counted up to a bound, and the first due moment. */
export async function countListed(
  db: Db,
  scope: string,
  limit: number,
): Promise<{ n: number; dueAt: Date | undefined }> {
  const [row] = await db.all<{ n: number; dueAt: number | null }>(sql`
    SELECT COUNT(*) AS n, MIN(due_at) AS dueAt FROM (SELECT due_at FROM obligation
      WHERE kind = 'listed' AND met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up'
        AND unit_code >= ${scope} AND unit_code < ${endOf(scope)} ORDER BY unit_code, kind, due_at LIMIT ${limit})`);
  return { n: row?.n ?? 0, dueAt: row?.dueAt == null ? undefined : new Date(row.dueAt) };
}

/** One of them, answered or not. undefined for what nobody owes. */
export async function findListed(
  store: Store,
  batchId: string,
  row: number,
): Promise<
  | (ListedItem & {
      outcome: RowEnd | null;
      outcomeAt: Date | null;
      personId: string | null;
      answer?: OutcomeDetails;
    })
  | undefined
> {
  const [found] = await store.db.all<
    Stored & {
      outcome: RowEnd | null;
      outcomeAt: number | null;
      outcomeSealed: string | null;
      personId: string | null;
    }
  >(sql`
    ${FOUND}, r.outcome AS outcome, r.outcome_at AS outcomeAt, r.outcome_sealed AS outcomeSealed, r.person_id AS personId
    FROM obligation AS b ${JOINED} WHERE b.id = ${`listed/${batchId}/${row}`}`);
  if (!found) return undefined;
  const { outcome, outcomeAt, outcomeSealed, personId, ...stored } = found;
  const item = await opened(store, stored);
  return {
    ...{ ...item, outcome, personId },
    outcomeAt: outcomeAt === null ? null : new Date(outcomeAt),
    ...(outcomeSealed
      ? {
          answer: await store.privacy.open<OutcomeDetails>(
            outcomeSealed,
            `${batchId}/${row}`,
            "batch_row.outcome",
          ),
        }
      : {}),
  };
}

async function opened(store: Store, { sealed, columns, dueAt, ...clear }: Stored): Promise<ListedItem> {
  const kept = await openRow(store, clear.batchId, clear.row, sealed);
  // Read as it was at the check: only what was usable then made it new.
  const { person } = readListed(kept.cells, JSON.parse(columns) as ListColumns, "9999-12-31");
  return { ...clear, dueAt: new Date(dueAt), person };
}

export type Answered = {
  batchId: string;
  row: number;
  unitCode: string;
  outcome: RowOutcome;
  /** The case or person it was found to be. */
  personId?: string;
  details: OutcomeDetails;
  at: Date;
  auditId: string;
};

/** Answers for a row: the row, its obligation, the list's counts and the history, in one batch. False when somebody was first. */
export async function saveOutcome(store: Store, done: Answered): Promise<boolean> {
  const { db } = store;
  const { batchId, row, outcome, at } = done;
  const sealed = await store.privacy.seal(done.details, `${batchId}/${row}`, "batch_row.outcome");
  const won = sql`SELECT 1 FROM batch_row WHERE batch_id = ${batchId} AND row = ${row} AND outcome_sealed = ${sealed}`;
  const id = `listed/${batchId}/${row}`;
  const [answered] = (await runBatch(db, [
    db.run(sql`
      UPDATE batch_row SET outcome = ${outcome}, outcome_sealed = ${sealed}, outcome_at = ${at.getTime()},
        person_id = ${done.personId ?? null}
      WHERE batch_id = ${batchId} AND row = ${row} AND result = 'new' AND outcome IS NULL`),
    meetObligation(db, id, { metAt: at, recordedAt: at }, sql`EXISTS (${won})`),
    db.run(sql`
      UPDATE batch SET answered_rows = answered_rows + 1, found_rows = found_rows + ${outcome === "found" ? 1 : 0},
        finished_at = CASE WHEN applied_up_to >= last_row AND answered_rows + 1 >= new_rows THEN ${at.getTime()} END
      WHERE id = ${batchId} AND EXISTS (${won})`),
    recordActIf(
      db,
      {
        ...{ id: done.auditId, actor: done.details.actor, act: `answer-listed/${outcome}` },
        ...{ subjectId: `${batchId}/${row}`, unitCode: done.unitCode, recordedAt: at },
        ...(done.personId ? { detail: done.personId } : {}),
      },
      won,
    ),
  ])) as D1Result[];
  return (answered?.meta.changes ?? 0) > 0;
}

/** Where a walk over the open rows of all lists stands. */
export type ListedPlace = { batchId: string; row: number };
export type OpenListed = RowKeys & { batchId: string; unitCode: string; scope: string };

/** Rows that villages are still looking for, list by list, from a place on. */
export const openListed = (db: Db, after: ListedPlace, limit: number): Promise<OpenListed[]> =>
  db.all<OpenListed>(sql`
    SELECT r.batch_id AS batchId, r.row AS row, r.unit_code AS unitCode, r.id_index AS idIndex,
      r.phone_index AS phoneIndex, r.name_index AS nameIndex, t.unit_code AS scope
    FROM (SELECT id, unit_code, applied_up_to FROM batch WHERE finished_at IS NULL AND withdrawn_at IS NULL
        AND applied_up_to > 0 AND id >= ${after.batchId} ORDER BY id LIMIT 1000) AS t
      CROSS JOIN batch_row AS r INDEXED BY batch_row_open ON r.batch_id = t.id AND r.result = 'new' AND r.row <= t.applied_up_to
        AND r.row > CASE WHEN t.id = ${after.batchId} THEN ${after.row} ELSE 0 END
    WHERE r.outcome IS NULL ORDER BY r.batch_id, r.row LIMIT ${limit}`);

/** Whether a case or a person is registered in a subtree. */
export async function caseExists(db: Db, id: string, scope: string): Promise<boolean> {
  const home = id.split("-").slice(0, 3).join("-");
  const rows = await db.all(sql`
    SELECT 1 FROM household WHERE id = ${home} AND unit_code >= ${scope} AND unit_code < ${endOf(scope)}
      AND (${id} = ${home} OR EXISTS (SELECT 1 FROM person WHERE id = ${id}))`);
  return rows.length > 0;
}
