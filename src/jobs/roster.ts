import { beat, lastBeat } from "../db/heartbeat.ts";
import { meetObligation } from "../db/obligation.ts";
import { lapseGaps, openGaps, openRosterGaps, rosterUnits, shiftSpans } from "../db/roster-gap.ts";
import { runBatch } from "../db/store.ts";
import { GAP_AHEAD, gapStart, KEPT_FOR, onDuty, planGap, rosterGaps } from "../domain/roster.ts";
import { MINUTE } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";

/** A shift taken off the roster is missed at the latest after so long; in between a run costs one row. */
const EVERY = 10 * MINUTE;
/** Units of one run; the next minute's goes on with the next ones. */
const UNITS_AT_ONCE = 500;
const SHIFTS_AT_ONCE = 20_000;
/** Gaps filled without having been met: rare, and one statement each. */
const MET_AT_ONCE = 50;

/**
 * What units owe for their rosters: the first gap that begins within two days is opened once a unit; one that is over
 * lapses, unmet. A function of the database and `now`, at most every ten minutes.
 */
export async function materialiseRosterGaps(deps: Deps, now: Date, wall = now): Promise<void> {
  const { db, settings } = deps;
  const last = await lastBeat(db, "roster");
  // `detail` is the unit after which the next run goes on; empty when all were looked at.
  const after = last?.detail ?? "";
  if (last && after === "" && now.getTime() - last.at.getTime() < EVERY) return;
  const units = await rosterUnits(db, after, UNITS_AT_ONCE);
  const spans = await shiftSpans(db, units, {
    from: new Date(now.getTime() - KEPT_FOR),
    to: new Date(now.getTime() + GAP_AHEAD),
    limit: SHIFTS_AT_ONCE,
  });
  // A list that was cut off leaves its last unit to the next run, unless it is the only one.
  const cut = spans.length === SHIFTS_AT_ONCE ? spans.at(-1)?.unitCode : undefined;
  const end = cut === undefined || cut === units[0] ? units.length : units.indexOf(cut);
  const looked = units.slice(0, end);
  const open = await openGaps(db, looked, now);
  const spansOf = Map.groupBy(spans, ({ unitCode }) => unitCode);
  const gaps = looked.flatMap((unitCode) => {
    const [first] = rosterGaps(spansOf.get(unitCode) ?? [], now);
    return first ? [planGap(unitCode, first.startsAt, { now, settings })] : [];
  });
  const isOn = (unitCode: string, at: Date) => onDuty(spansOf.get(unitCode) ?? [], at).length > 0;
  const begun = open.filter(({ id }) => gapStart(id) <= now);
  const filled = open.filter(({ id, unitCode }) => gapStart(id) > now && isOn(unitCode, gapStart(id)));
  const more = end < units.length || units.length === UNITS_AT_ONCE;
  await runBatch(db, [
    ...(begun.length > 0 ? lapseGaps(db, begun, now) : []),
    ...filled.slice(0, MET_AT_ONCE).map(({ id }) => meetObligation(db, id, { metAt: now, recordedAt: now })),
    ...(gaps.length > 0 ? [openRosterGaps(db, gaps, now)] : []),
    beat(db, "roster", { ranAs: now, wall }, more ? (looked.at(-1) ?? "") : ""),
  ]);
}
