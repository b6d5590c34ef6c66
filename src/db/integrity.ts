import { type SQL, sql } from "drizzle-orm";
import {
  BATCH_IDLE,
  BATCH_OLD,
  type Cursor,
  type Ear,
  type Findings,
  type Move,
  POST_OLD,
  READY_OLD,
  type Said,
  STALE,
  smallestAudiences,
  UNIT_NEW,
  USUAL_ROLES,
} from "../domain/integrity.ts";
import {
  type LadderStep,
  ladderOf,
  OBLIGATION_KINDS,
  partsOfAudience,
  unitOfRung,
} from "../domain/ladder.ts";
import { DAY, localDate } from "../domain/time.ts";
import { dueMomentFor, REPORTING_KINDS } from "../domain/unit-report.ts";
import type { Settings } from "../env.ts";
import { OPEN } from "./dead-letter.ts";
import { isOpen, readyBy } from "./outbox-ready.ts";
import type { Db } from "./store.ts";

/* What the audit asks the database (the log of acts is audit.ts). */

/** A count beyond this is a flood, and nobody needs it to the letter. */
const MOST = 1000;
const counted = (rows: SQL) => sql`(SELECT count(*) FROM (${rows} LIMIT ${sql.raw(String(MOST))}))`;

/** What stands still now, though a sweep and a drain have just run: a row or two read when all is well. */
export async function standstill(db: Db, now: Date): Promise<Findings> {
  const before = (age: number) => sql.raw(String(now.getTime() - age));
  const [row] = await db.all<Findings>(sql`
    SELECT ${counted(sql`SELECT 1 FROM obligation WHERE next_due_at <= ${before(STALE)}`)} AS "stale-due",
      ${counted(sql`SELECT 1 ${readyBy("mail", now.getTime() - READY_OLD)}`)}
      + ${counted(sql`SELECT 1 ${readyBy("post", now.getTime() - POST_OLD)}`)}
        AS "ready-old",
      ${counted(sql`SELECT 1 FROM outbox_batch WHERE state IN ('claimed', 'frozen')
        AND (recorded_at <= ${before(BATCH_OLD)} OR (state = 'claimed' AND recorded_at <= ${before(BATCH_IDLE)})
          OR (next_attempt_at <= ${before(BATCH_IDLE)} AND COALESCE(lease_until, 0) <= ${before(BATCH_IDLE)}))
        -- One webhook that is ill is its owner's fault: it is given up within hours, and its ladder goes on.
        AND channel = 'mail'`)}
        AS "batch-stuck",
      ${counted(sql`SELECT 1 FROM outbox AS f
        WHERE f.state = 'failed' AND f.recorded_at > ${before(DAY)} AND f.recorded_at <= ${before(READY_OLD)}
          AND EXISTS (SELECT 1 FROM alert AS a CROSS JOIN obligation AS b ON b.id = a.obligation_id AND b.due_at = a.due_at
            WHERE a.outbox_id = f.id AND b.met_at IS NULL AND b.excused_at IS NULL AND NOT EXISTS (${heard}))`)}
        AS "unheard",
      ${OPEN} AS "dead-letter"`);
  return row ?? {};
}

/** Somebody was told the same by a message that did not fail. */
const heard = sql.raw(`SELECT 1 FROM alert AS g CROSS JOIN outbox AS o ON o.id = g.outbox_id
  WHERE g.obligation_id = a.obligation_id AND g.due_at = a.due_at
    AND o.state IN ('sending', 'sent', 'delivered', 'unknown')`);

/**
 * The moves recorded after `from`, up to `now`, that name somebody to be told: a page of them, in order. None when all
 * was looked at before.
 */
export async function movesAfter(
  db: Db,
  [at, id, version]: Cursor,
  now: Date,
  limit: number,
): Promise<Move[]> {
  const rows = await db.all<Omit<Move, "audiences"> & { told: string }>(sql`
    SELECT obligation_id AS obligationId, from_version AS fromVersion, sweep_id AS wave, told, recorded_at AS recordedAt
    FROM transition
    WHERE told <> '[]' AND (recorded_at, obligation_id, from_version) > (${at}, ${id}, ${version})
      AND recorded_at <= ${now.getTime()}
    ORDER BY recorded_at, obligation_id, from_version LIMIT ${limit}`);
  return rows.map(({ told, ...row }) => ({
    ...row,
    audiences: (JSON.parse(told) as [string][]).map(([audience]) => audience),
  }));
}

/**
 * What the messages of these waves tell. A message's id begins with its kind and its wave, so no index is needed. One that
 * is ready where no drain would look for it tells nothing.
 */
export async function saidBy(db: Db, waves: string[]): Promise<Said[]> {
  const begins = waves.flatMap((wave) => ["digest", "urgent"].map((kind) => `${kind}/${wave}`));
  const rows = await db.all<{ wave: string; tells: string }>(sql`
    SELECT sweep_id AS wave, tells FROM json_each(${JSON.stringify(begins)}) AS b
      CROSS JOIN outbox AS o ON o.id > b.value || '/' AND o.id < b.value || '0'
    WHERE o.state <> 'ready' OR ${isOpen()}`);
  return rows.map(({ wave, tells }) => ({ wave, tells: JSON.parse(tells) }));
}

/** Everybody who can be reached for the units of these audiences. */
export async function earsOf(db: Db, audiences: string[]): Promise<Ear[]> {
  const units = [...new Set(audiences.map((audience) => partsOfAudience(audience).unit))];
  return db.all<Ear>(sql`
    SELECT unit_code AS unitCode, role, channel, contact.recorded_at AS recordedAt
    FROM json_each(${JSON.stringify(units)}) AS u CROSS JOIN contact ON contact.unit_code = u.value
      AND removed_at IS NULL AND unreachable_at IS NULL`);
}

/**
 * What is missing unit by unit: today's report without an obligation (by the rules that write them, materialise.ts), and
 * alarms that would reach nobody. Three rows a unit when all is well: itself, its report, the first who hears.
 */
export async function wideFindings(db: Db, now: Date, settings: Settings): Promise<Findings> {
  const date = localDate(now, settings.TIME_ZONE);
  const entered = now.getTime() - UNIT_NEW;
  const dueAt = REPORTING_KINDS.map(
    (kind) => `WHEN '${kind}' THEN ${dueMomentFor(kind, date, settings).getTime()}`,
  ).join(" ");
  const [row] = await db.all<Findings>(sql`
    SELECT sum(due_at IS NOT NULL AND u.recorded_at < min(due_at, ${entered}) AND (u.closed_at IS NULL OR u.closed_at > due_at)
        AND NOT EXISTS (SELECT 1 FROM obligation WHERE id = 'daily-report/' || ${date} || '/' || u.code)) AS "report-missing",
      sum(u.closed_at IS NULL AND u.kind <> 'county' AND ${unheard(settings)}) AS "unit-unheard",
      sum(u.kind = 'county' AND NOT ${hears(COUNTY)}) AS "county-unheard",
      (SELECT detail ->> 'wrong' FROM heartbeat WHERE job = 'rollup') AS "rollup-wrong"
    FROM (SELECT *, CASE kind ${sql.raw(dueAt)} END AS due_at FROM unit) AS u`);
  return row ?? {};
}

const COUNTY: LadderStep = { after: 0, anchor: "due", tone: "overdue", to: "unit" };

/** True of a unit `u` for which some ladder reaches nobody. Readings are owed in villages and what lies below them alone. */
function unheard(settings: Settings): SQL {
  const ladders = OBLIGATION_KINDS.map((kind) => ladderOf(kind, settings));
  const others = ladders.filter((ladder) => ladder.every(({ anchor }) => anchor !== "next-slot"));
  return sql`CASE WHEN u.kind = 'village' OR length(u.code) > ${sql.raw(String(VILLAGE_CODE))}
    THEN ${silentOn(ladders)} ELSE ${silentOn(others)} END`;
}

/** A village's code is as long as that of a school beside a town; what lies below a village has a longer one. */
const VILLAGE_CODE = 12;

/** True where one of these ladders reaches nobody. What all of them share is asked once. */
function silentOn(ladders: (readonly LadderStep[])[]): SQL {
  const steps = new Map<string, LadderStep>();
  const keyOf = (step: LadderStep) => {
    const key = [step.unit ?? step.to, step.role, step.channel].join("/");
    steps.set(key, step);
    return key;
  };
  const sets = smallestAudiences(ladders, keyOf);
  const shared = (sets[0] ?? []).filter((key) => sets.every((set) => set.includes(key)));
  const anybody = (keys: string[]) =>
    keys.length === 0
      ? sql`0`
      : sql.join(
          keys.map((key) => hears(steps.get(key) as LadderStep)),
          sql` OR `,
        );
  const others = sets.map((set) => sql`NOT (${anybody(set.filter((key) => !shared.includes(key)))})`);
  return sql`(NOT (${anybody(shared)}) AND (${sql.join(others, sql` OR `)}))`;
}

/** True of a unit `u` where somebody can hear of a step. The words are our own constants, checked codes and numbers. */
function hears({ to, role, unit, channel }: LadderStep): SQL {
  const digits = unitOfRung("0".repeat(99), to).length;
  const above = !unit && (to === "town" || to === "county");
  const code = unit
    ? `'${unit.replace(/[^0-9A-Z]/g, "")}'`
    : above
      ? `substr(u.code, 1, ${digits})`
      : "u.code";
  const roles = to === "grid" ? ["grid"] : role ? [role] : USUAL_ROLES;
  // One look for each role: a list of them costs a row read for each of its words.
  const looks = roles.map(
    (one) => `EXISTS (SELECT 1 FROM contact WHERE contact.unit_code = ${code} AND role = '${one}'
      ${channel ? `AND channel = '${channel}' ` : ""}AND removed_at IS NULL AND unreachable_at IS NULL)`,
  );
  return sql.raw(`(${above ? `length(u.code) > ${digits} AND ` : ""}(${looks.join(" OR ")}))`);
}
