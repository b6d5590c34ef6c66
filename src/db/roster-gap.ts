import { sql } from "drizzle-orm";
import type { NewObligation } from "../domain/obligation.ts";
import { gapStart, KEPT_FOR, SHIFT_BOUND, type Span } from "../domain/roster.ts";
import { DAY } from "../domain/time.ts";
import { momentsAsNumbers, OPEN_BY_UNIT } from "./obligation.ts";
import { endOf } from "./response.ts";
import type { Db, Statement } from "./store.ts";

/*
 * A gap in a kept roster is owed by the unit: open until somebody is put on, or until it is over. What was never filled
 * stays unmet, and a lapse stands among its transitions.
 */
const LAPSED = sql.raw(
  "EXISTS (SELECT 1 FROM transition AS t WHERE t.obligation_id = obligation.id AND t.kind = 'lapse')",
);
/** Gaps that began longer ago are no longer looked for. */
const LOOK_BACK = 60 * DAY;

/** The gaps that these units still owe, over the key: a gap's id begins with its unit and its moment. */
export const openGaps = (
  db: Db,
  unitCodes: readonly string[],
  now: Date,
): Promise<{ id: string; unitCode: string }[]> =>
  db.all(sql`
    SELECT obligation.id AS id, u.value AS unitCode FROM json_each(${JSON.stringify(unitCodes)}) AS u
      CROSS JOIN obligation ON obligation.id >= 'roster/' || u.value || '/' || ${String(now.getTime() - LOOK_BACK)}
        AND obligation.id < 'roster/' || u.value || '0'
    WHERE obligation.met_at IS NULL AND NOT ${LAPSED} LIMIT 1000`);

/**
 * The next units that have a roster or once owed one, by code: two rows each, however many shifts they have. One that
 * took everything off its roster is still among them.
 */
export async function rosterUnits(db: Db, after: string, limit: number): Promise<string[]> {
  const next = (from: string) =>
    sql.raw(`(SELECT min(coalesce(a, b), coalesce(b, a)) FROM (SELECT
      (SELECT s.unit_code FROM shift AS s WHERE s.removed_at IS NULL AND s.unit_code > ${from}
        ORDER BY s.unit_code LIMIT 1) AS a,
      (SELECT o.unit_code FROM obligation AS o WHERE o.id > 'roster/' || ${from} || '0' AND o.id < 'roster0'
        ORDER BY o.id LIMIT 1) AS b))`);
  const rows = await db.all<{ code: string }>(sql`
    WITH RECURSIVE start(code) AS (SELECT ${after}),
      rostered(code) AS (SELECT ${next("start.code")} FROM start
        UNION ALL SELECT ${next("rostered.code")} FROM rostered WHERE code IS NOT NULL LIMIT ${limit + 1})
    SELECT code FROM rostered WHERE code IS NOT NULL LIMIT ${limit}`);
  return rows.map(({ code }) => code);
}

/** When somebody is on, by unit: what of these units' rosters touches [from, to). At most `limit` rows, by unit. */
export const shiftSpans = async (
  db: Db,
  unitCodes: readonly string[],
  { from, to, limit }: { from: Date; to: Date; limit: number },
): Promise<(Span & { unitCode: string })[]> => {
  const rows = await db.all<{ unitCode: string; startsAt: number; endsAt: number }>(sql`
    SELECT u.value AS unitCode, s.starts_at AS startsAt, s.ends_at AS endsAt
    FROM json_each(${JSON.stringify(unitCodes)}) AS u
      CROSS JOIN shift AS s ON s.unit_code = u.value AND s.removed_at IS NULL
        AND s.ends_at > ${from.getTime()} AND s.ends_at <= ${to.getTime() + SHIFT_BOUND}
    WHERE s.starts_at < ${to.getTime()} ORDER BY u.key LIMIT ${limit}`);
  return rows.map((row) => ({
    unitCode: row.unitCode,
    startsAt: new Date(row.startsAt),
    endsAt: new Date(row.endsAt),
  }));
};

/**
 * Opens gaps, each once; one that was met or lapsed and is there again gets the next number behind its id. Nothing where
 * somebody was put on meanwhile, or where the unit was closed.
 */
export const openRosterGaps = (db: Db, rows: NewObligation[], now: Date): Statement =>
  db.run(sql`
    INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
    SELECT CASE WHEN n = 0 THEN base ELSE base || '/' || (n + 1) END, 'roster', unit_code, row ->> 'subjectId',
      row ->> 'openedAt', row ->> 'dueAt', row ->> 'nextDueAt', row ->> 'recordedAt'
    FROM (SELECT r.value AS row, r.value ->> 'id' AS base, r.value ->> 'unitCode' AS unit_code,
        max(r.value ->> 'startsAt', ${now.getTime()}) AS moment,
        (SELECT count(*) FROM obligation WHERE id >= r.value ->> 'id' AND id < (r.value ->> 'id') || '0') AS n
      FROM json_each(${momentsAsNumbers(rows.map((row) => ({ ...row, startsAt: gapStart(row.id) })))}) AS r) AS owed
    WHERE NOT EXISTS (SELECT 1 FROM obligation
        WHERE id >= base AND id < base || '0' AND met_at IS NULL AND NOT ${LAPSED})
      AND NOT EXISTS (SELECT 1 FROM shift AS s WHERE s.unit_code = owed.unit_code AND s.removed_at IS NULL
        AND s.starts_at <= moment AND s.ends_at > moment AND s.ends_at <= moment + ${SHIFT_BOUND})
      AND EXISTS (SELECT 1 FROM unit WHERE code = owed.unit_code AND closed_at IS NULL)
    ON CONFLICT DO NOTHING`);

/** Ends, unmet, the begun gaps among these that are over: somebody is on again, or has not been for a week. */
export function lapseGaps(db: Db, gaps: readonly { id: string }[], now: Date): Statement[] {
  const at = now.getTime();
  const list = JSON.stringify(Object.fromEntries(gaps.map(({ id }) => [id, gapStart(id).getTime()])));
  const over = sql`id IN (SELECT key FROM json_each(${list})) AND met_at IS NULL AND NOT ${LAPSED}
    AND (EXISTS (SELECT 1 FROM shift AS s WHERE s.unit_code = obligation.unit_code AND s.removed_at IS NULL
        AND s.starts_at <= ${at} AND s.ends_at > ${at} AND s.ends_at <= ${at + SHIFT_BOUND})
      OR (SELECT value FROM json_each(${list}) WHERE key = obligation.id) <= ${at - KEPT_FOR})`;
  return [
    // The clock stops first: afterwards it counts as lapsed.
    db.run(sql`UPDATE obligation SET next_due_at = NULL, version = version + 1 WHERE ${over}`),
    db.run(sql`
      INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, due_at, owed_at, recorded_at)
      SELECT id, version - 1, 'roster', 'lapse', step, ${at}, due_at, ${at} FROM obligation WHERE ${over}
      ON CONFLICT DO NOTHING`),
  ];
}

export type Uncovered = {
  obligationId: string;
  unitCode: string;
  unitName: string;
  startsAt: Date;
  dueAt: Date;
};

/** The gaps that units of a subtree owe, the longest owed first. */
export async function listUncovered(db: Db, scope: string, limit = 50): Promise<Uncovered[]> {
  const rows = await db.all<{ obligationId: string; unitCode: string; unitName: string; dueAt: number }>(sql`
    SELECT obligation.id AS obligationId, obligation.unit_code AS unitCode, u.name AS unitName,
      obligation.due_at AS dueAt
    FROM obligation CROSS JOIN unit AS u ON u.code = obligation.unit_code
    WHERE obligation.kind = 'roster' AND obligation.met_at IS NULL AND obligation.excused_at IS NULL
      AND ${OPEN_BY_UNIT} AND obligation.unit_code >= ${scope} AND obligation.unit_code < ${endOf(scope)}
      AND NOT ${LAPSED}
    ORDER BY obligation.due_at, obligation.id LIMIT ${limit}`);
  return rows.map(({ dueAt, ...row }) => ({
    ...row,
    startsAt: gapStart(row.obligationId),
    dueAt: new Date(dueAt),
  }));
}
