import { type SQL, sql } from "drizzle-orm";
import { firstSlot, nextSlot, previousSlot, slotCloses } from "../domain/follow-up.ts";
import {
  type LadderStep,
  ladderOf,
  OBLIGATION_KINDS,
  type ObligationKind,
  type Rung,
  standIns,
  stepAfter,
  unitOfRung,
} from "../domain/ladder.ts";
import { DAY, MINUTE } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import { nextOwed } from "./reading-sql.ts";
import { type Db, runBatch, type Statement } from "./store.ts";

/** The oldest moment that something was due at by now, or a recovery that waits to be told: what an idle minute costs. */
export async function oldestDue(db: Db, now: Date): Promise<Date | undefined> {
  const [row] = await db.all<{ at: number }>(sql`
    SELECT * FROM (SELECT next_due_at AS at FROM obligation WHERE next_due_at <= ${now.getTime()}
      ORDER BY next_due_at LIMIT 1)
    UNION ALL SELECT * FROM (SELECT ${now.getTime()} AS at FROM transition WHERE sweep_id = '' LIMIT 1) LIMIT 1`);
  return row && new Date(row.at);
}

/**
 * One round of a sweep, one transaction: what is due takes its step, moves on, and whoever must hear of it gets one
 * outbox row for the whole run. Another sweep at the same time finds nothing left to move.
 * @param run the sweep's id, the same in all its rounds @param oldest what `oldestDue` said
 * @returns how many obligations moved
 */
export async function sweepRound(
  db: Db,
  run: string,
  now: Date,
  settings: Settings,
  oldest: Date,
): Promise<number> {
  const closes = closesBetween(oldest, now, settings.TIME_ZONE);
  const results = await runBatch(db, [
    ...Array.from({ length: STEPS_AT_ONCE }, () => [
      takeStep(db, run, now, settings, closes),
      moveOn(db, now, settings, closes),
    ]).flat(),
    takePending(db, run),
    writeDigests(db, run, now),
    writeRecovered(db, run, now),
  ]);
  return results
    .slice(0, 2 * STEPS_AT_ONCE)
    .reduce<number>((sum, result, at) => sum + (at % 2 ? (result as D1Result).meta.changes : 0), 0);
}

/** A step of a late ladder may make the next one due at once: taken together, the run's words are looked through once. */
const STEPS_AT_ONCE = 4;

/** What happened, append-only. The key (obligation, version) takes one step once, whoever comes. */
const takeStep = (db: Db, run: string, now: Date, settings: Settings, closes: readonly number[]): Statement =>
  db.run(sql`
    INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, to_unit, to_grid, due_at, owed_at,
      recorded_at)
    SELECT id, version, ${run}, tone, step, to_unit, to_grid, next_due_at, due_at, ${now.getTime()}
    FROM (SELECT id, version, step, next_due_at, due_at,
        CASE WHEN excused_at IS NOT NULL THEN NULL WHEN met_at IS NOT NULL THEN 'recovered'
          ELSE ${byStep(settings, closes, ({ tone }) => `'${tone}'`)} END AS tone,
        CASE WHEN met_at IS NULL THEN ${byStep(settings, closes, ({ to }) => targetOf(to))} END AS to_unit,
        COALESCE(${byStep(settings, closes, ({ to }) => (to === "grid" ? "1" : "0"))}, 0) AS to_grid
      FROM obligation WHERE next_due_at <= ${now.getTime()})
    WHERE tone IS NOT NULL
    ON CONFLICT DO NOTHING`);

/**
 * Up the ladder: to what follows the step in its own time, or at once to one that reaches somebody where this one did
 * not. Off it when met, excused or at its end; a lapsed slot's goes on with the next slot without a reading. The same
 * rows as before: nothing moved them since.
 */
const moveOn = (db: Db, now: Date, settings: Settings, closes: readonly number[]): Statement =>
  // LIMIT 1 keeps SQLite from looking for the contact once for each column.
  db.run(sql`
    UPDATE obligation SET
      version = version + 1,
      (step, next_due_at, due_at) = (SELECT
          CASE WHEN heard = step THEN ${byStep(settings, closes, nextStep)} ELSE COALESCE(heard, step) END,
          CASE WHEN heard = step THEN ${byStep(settings, closes, nextAt)} WHEN heard IS NOT NULL THEN next_due_at END,
          CASE WHEN heard = step THEN COALESCE(${byStep(settings, closes, rolledTo)}, due_at) ELSE due_at END
        FROM (SELECT CASE WHEN met_at IS NULL AND excused_at IS NULL
            THEN ${byStep(settings, closes, heardOn)} END AS heard LIMIT 1))
    WHERE next_due_at <= ${now.getTime()}`);

/** Recoveries of slots that a rolling obligation has left behind: this run tells them. */
const takePending = (db: Db, run: string): Statement =>
  db.run(sql`UPDATE transition SET sweep_id = ${run} WHERE sweep_id = ''`);

/** One row a contact of every unit that hears of something in this run, however many rounds it takes. */
const writeDigests = (db: Db, run: string, now: Date): Statement =>
  db.run(sql`
    INSERT INTO outbox (id, kind, contact_id, unit_code, sweep_id, state, ready_at, recorded_at)
    SELECT 'digest/' || ${run} || '/' || contact.id, 'digest', contact.id, contact.unit_code, ${run}, 'ready',
      ${now.getTime()}, ${now.getTime()}
    FROM (SELECT to_unit, to_grid FROM transition WHERE sweep_id = ${run} AND to_unit IS NOT NULL
        GROUP BY to_unit, to_grid) AS told
      CROSS JOIN contact ON contact.unit_code = told.to_unit AND contact.removed_at IS NULL
        AND (contact.role = 'grid') = told.to_grid AND contact.role <> 'care'
    WHERE true
    ON CONFLICT DO NOTHING`);

/**
 * One row for each contact who was told that something is overdue which has now been met, and for nobody else. Of a
 * rolling obligation (its recoveries count below zero) only those who were told of this very slot.
 */
const writeRecovered = (db: Db, run: string, now: Date): Statement =>
  db.run(sql`
    INSERT INTO outbox (id, kind, contact_id, unit_code, sweep_id, state, ready_at, recorded_at)
    SELECT DISTINCT 'recovered/' || ${run} || '/' || contact.id, 'recovered', contact.id, contact.unit_code, ${run},
      'ready', ${now.getTime()}, ${now.getTime()}
    FROM transition
      CROSS JOIN alert ON alert.obligation_id = transition.obligation_id AND alert.kind = 'overdue'
        AND (transition.from_version >= 0 OR alert.due_at = transition.owed_at)
      CROSS JOIN outbox AS told ON told.id = alert.outbox_id AND told.state <> 'failed'
      CROSS JOIN contact ON contact.id = alert.contact_id AND contact.removed_at IS NULL
    WHERE transition.sweep_id = ${run} AND transition.to_unit IS NULL AND transition.kind = 'recovered'
    ON CONFLICT DO NOTHING`);

/*
 * The ladder as SQL over a row of `obligation`. Its words are our own constants and whole numbers, so they stand in the
 * text itself. A step that no ladder knows (any more) is NULL: nothing to say, nothing to wait for.
 */
type Column = (
  step: LadderStep,
  index: number,
  ladder: readonly LadderStep[],
  closes: readonly number[],
) => string;

function byStep(settings: Settings, closes: readonly number[], column: Column): SQL {
  const ofKind = (kind: ObligationKind) => {
    const whens = ladderOf(kind, settings).map(
      (step, index, ladder) => `WHEN ${index} THEN ${column(step, index, ladder, closes)}`,
    );
    return `WHEN '${kind}' THEN CASE obligation.step ${whens.join(" ")} END`;
  };
  return sql.raw(`CASE obligation.kind ${OBLIGATION_KINDS.map(ofKind).join(" ")} END`);
}

/** Whose contacts hear on a rung: NULL where that is the unit itself once more, or nobody. */
function targetOf(to: Rung): string {
  if (to === "nobody") return "NULL";
  if (to === "unit" || to === "grid") return "obligation.unit_code";
  const digits = unitOfRung("0".repeat(99), to).length;
  return `CASE WHEN length(obligation.unit_code) > ${digits} THEN substr(obligation.unit_code, 1, ${digits}) END`;
}

/** The step itself, or the first after it that reaches somebody when it does not; the step itself when none does. */
const heardOn: Column = (step, index, ladder) => {
  const others = standIns(ladder, index);
  if (others.length === 0) return String(index);
  const reaches = (to: Rung) =>
    `EXISTS (SELECT 1 FROM contact WHERE contact.unit_code = ${targetOf(to)} AND removed_at IS NULL AND ${
      to === "grid" ? "role = 'grid'" : "role NOT IN ('grid', 'care')"
    })`;
  const whens = others.map((at) => `WHEN ${reaches(ladder[at]?.to ?? "unit")} THEN ${at}`);
  return `CASE WHEN ${reaches(step.to)} THEN ${index} ${whens.join(" ")} ELSE ${index} END`;
};

const nextStep: Column = ({ tone }, index, ladder) =>
  // A lapse is the last step of its slot and the way to the first step of the next.
  tone === "lapse" ? "0" : String(stepAfter(ladder, index));

const nextAt: Column = (step, index, ladder, closes) => {
  if (step.tone === "lapse") return nextOwed(closes, "obligation.due_at");
  const next = ladder[stepAfter(ladder, index)];
  if (!next) return "NULL";
  if (next.anchor === "next-slot") {
    const whens = closes.map((close) => `WHEN ${close} > obligation.due_at THEN ${close}`);
    return `CASE ${whens.join(" ")} END`;
  }
  return `obligation.${next.anchor === "opened" ? "opened_at" : "due_at"} + ${next.after * MINUTE}`;
};

/** The slot that a lapse goes on to; NULL for every other step and at the end. */
const rolledTo: Column = ({ tone }, _, __, closes) =>
  tone === "lapse" ? nextOwed(closes, "obligation.due_at") : "NULL";

/** The furthest back that slots are walked one by one; what slept longer goes on from there. */
const LONGEST_SLEEP = 100 * DAY;

/** When slots close, from the last close before `oldest` was due to the second that is still to come. */
function closesBetween(oldest: Date, now: Date, zone: string): number[] {
  const from = new Date(Math.max(oldest.getTime(), now.getTime() - LONGEST_SLEEP));
  const closes: number[] = [];
  let slot = previousSlot(firstSlot(from, zone));
  for (let ahead = 0; ahead < 2; slot = nextSlot(slot)) {
    const close = slotCloses(slot, zone);
    if (close > now) ahead += 1;
    closes.push(close.getTime());
  }
  return closes;
}
