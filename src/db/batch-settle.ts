import { sql } from "drizzle-orm";
import type { Registered, RowFault, RowKeys, Settling, Sought } from "../domain/batch.ts";
import { planObligation } from "../domain/obligation.ts";
import { MINUTE } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import { recordActIf } from "./audit.ts";
import { type Acting, type Batch, batchAct, type KeptRow } from "./batch.ts";
import { registeredLike, soughtLike } from "./batch-match.ts";
import { openRow } from "./batch-row.ts";
import { findHousehold, type Household } from "./household.ts";
import { openObligationsIf } from "./obligation.ts";
import { endOf } from "./response.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/*
 * 有出入的行: a row that says something else than what is known, and what an official found it to be. Nothing was merged
 * before, and nothing is now: the row points to who it is, or its village looks for somebody else.
 */
/** What `batch_row.settled_sealed` opens to: row id = number/row, column "batch_row.settled". */
export type SettledDetails = { actor: string; words?: string };
export type ConflictRow = KeptRow & {
  row: number;
  result: string | null;
  found: RowFault[];
  unitCode: string | null;
  personId: string | null;
  settledAt: Date | null;
  settled?: SettledDetails;
  keys: RowKeys;
};

/** A row of a list, opened, with what it is matched by; undefined where there is none or it has no result yet. */
export async function findConflict(
  store: Store,
  batchId: string,
  row: number,
): Promise<ConflictRow | undefined> {
  type Stored = Omit<RowKeys, "unitCode"> &
    Record<"sealed" | "faults", string> &
    Record<"unitCode" | "personId" | "result" | "settledSealed", string | null> & {
      settledAt: number | null;
    };
  const [found] = await store.db.all<Stored>(sql`
    SELECT row, sealed, faults, result, unit_code AS unitCode, person_id AS personId, id_index AS idIndex,
      phone_index AS phoneIndex, name_index AS nameIndex, settled_at AS settledAt, settled_sealed AS settledSealed
    FROM batch_row WHERE batch_id = ${batchId} AND row = ${row} AND result IS NOT NULL`);
  if (!found) return undefined;
  const { sealed, faults, result, unitCode, personId, settledAt, settledSealed, ...blind } = found;
  const id = `${batchId}/${row}`;
  return {
    ...{ row, result, unitCode, personId, found: JSON.parse(faults) as RowFault[] },
    ...(await openRow(store, batchId, row, sealed)),
    settledAt: settledAt === null ? null : new Date(settledAt),
    ...(settledSealed
      ? { settled: await store.privacy.open<SettledDetails>(settledSealed, id, "batch_row.settled") }
      : {}),
    keys: { ...blind, unitCode },
  };
}

/** Whom a row may mean: persons registered in the list's subtree, with their households, and rows that are looked for. */
export async function findClashes(
  store: Store,
  { id, unitCode }: Pick<Batch, "id" | "unitCode">,
  { keys }: Pick<ConflictRow, "keys">,
): Promise<{ persons: { person: Registered; home: Household }[]; rows: Sought[] }> {
  const [registered, sought, own] = await Promise.all([
    registeredLike(store.db, [keys], unitCode),
    soughtLike(store.db, [keys], id, unitCode),
    ownTwins(store.db, id, keys),
  ]);
  const homeOf = (personId: string) => personId.slice(0, personId.lastIndexOf("-"));
  const numbers = [...new Set(registered.map(({ personId }) => homeOf(personId)))];
  const homes = new Map(
    await Promise.all(numbers.map(async (number) => [number, await findHousehold(store, number)] as const)),
  );
  return {
    persons: registered.flatMap((person) => {
      const home = homes.get(homeOf(person.personId));
      return home ? [{ person, home }] : [];
    }),
    rows: [...own, ...sought.slice(0, 8)],
  };
}

/** Rows of the same list about the same person that have a village of their own. */
const ownTwins = (db: Db, batchId: string, { row, idIndex, phoneIndex, nameIndex }: RowKeys) => {
  const twin = sql`batch_id = ${batchId} AND row <> ${row} AND result = 'new'`;
  return db.all<Sought>(sql`
    SELECT batch_id AS batchId, row, id_index AS idIndex, phone_index AS phoneIndex, name_index AS nameIndex,
      unit_code AS unitCode
    FROM batch_row WHERE batch_id = ${batchId} AND row IN (
      SELECT row FROM batch_row WHERE id_index = ${idIndex} AND ${twin}
      UNION SELECT row FROM batch_row WHERE phone_index = ${phoneIndex} AND name_index = ${nameIndex} AND ${twin})
    ORDER BY row LIMIT 8`);
};

/** The towns and villages of a subtree, with the town's name in front of a village's. */
export const placesOf = (db: Db, scope: string): Promise<{ code: string; name: string }[]> =>
  db.all(sql`
    SELECT v.code AS code, CASE WHEN t.kind = 'town' THEN t.name || ' ' || v.name ELSE v.name END AS name
    FROM unit AS v LEFT JOIN unit AS t ON t.code = v.parent
    WHERE v.code >= ${scope} AND v.code < ${endOf(scope)} AND v.kind IN ('town', 'village') AND v.closed_at IS NULL
    ORDER BY v.code LIMIT 1000`);

export type Settlement = {
  row: number;
  result: Settling;
  /** Who it is, of a known one: a person's id, or the row of a list. */
  personId?: string;
  /** Which village looks for it, of a new one. */
  unitCode?: string;
  words: string;
};

/**
 * Says what a conflicting row is: the row, the list's counts, what its village owes from now on and the history, in one
 * batch. False when somebody was first, or the list is closed or sealed off by now.
 */
export async function settleRow(
  { db, privacy }: Store,
  one: Batch,
  done: Settlement,
  acting: Acting,
  settings: Settings,
): Promise<boolean> {
  const { id } = one;
  const { row, result, personId = null, unitCode = null, words } = done;
  const at = acting.now.getTime();
  const details: SettledDetails = { actor: acting.actor, ...(words ? { words } : {}) };
  const sealed = await privacy.seal(details, `${id}/${row}`, "batch_row.settled");
  const won = sql`SELECT 1 FROM batch_row WHERE batch_id = ${id} AND row = ${row} AND settled_sealed = ${sealed}`;
  const open = sql`SELECT 1 FROM batch WHERE id = ${id} AND confirmed_at IS NOT NULL AND applied_up_to >= last_row
    AND sealed_off_up_to = 0 AND sealed_off_at IS NULL ${result === "new" ? sql`AND closed_at IS NULL` : sql``}`;
  const dueAt = new Date(at + settings.LISTED_MINUTES * MINUTE);
  const owed = unitCode
    ? [
        planObligation(
          { kind: "listed", unitCode, subjectId: `${id}/${row}`, openedAt: acting.now, dueAt },
          { now: acting.now, settings },
        ),
      ]
    : [];
  const column = sql.raw(`${result}_rows`);
  const results = (await runBatch(db, [
    db.run(sql`
      UPDATE batch_row SET result = ${result}, person_id = ${personId}, unit_code = COALESCE(${unitCode}, unit_code),
        faults = json_insert(faults, '$[#]', json_array('', 'settled')), settled_at = ${at}, settled_sealed = ${sealed}
      WHERE batch_id = ${id} AND row = ${row} AND result = 'conflicting' AND EXISTS (${open})`),
    db.run(sql`
      UPDATE batch SET conflicting_rows = conflicting_rows - 1, ${column} = ${column} + 1
        ${result === "new" ? sql`, finished_at = NULL` : sql``}
      WHERE id = ${id} AND EXISTS (${won})`),
    openObligationsIf(db, owed, sql`EXISTS (${won})`),
    recordActIf(
      db,
      {
        ...batchAct(one, acting, `settle-listed/${result}`),
        ...{ subjectId: `${id}/${row}`, unitCode: unitCode ?? one.unitCode },
        ...(personId ? { detail: personId } : {}),
      },
      won,
    ),
  ])) as D1Result[];
  return (results[0]?.meta.changes ?? 0) > 0;
}
