import { setAside } from "../db/dead-letter.ts";
import { isRefusal } from "../db/fault.ts";
import { onShift } from "../db/roster.ts";
import { runBatch } from "../db/store.ts";
import {
  alertedOf,
  haltObligation,
  listenersOf,
  lookAround,
  PAGE,
  piecesOf,
  queriesOf,
  saveWave,
} from "../db/sweep.ts";
import type { Owed } from "../domain/escalation.ts";
import { closesBetween } from "../domain/follow-up.ts";
import { leavesAt } from "../domain/quiet-hours.ts";
import { type Listener, type Pending, planMoves, planRecoveries, recoveredIn } from "../domain/wave.ts";
import type { Deps } from "../http/factory.ts";

// A page takes all steps of what it holds; only what rolls on, or was added meanwhile, comes again.
const MAX_PAGES = 60;
/**
 * D1 takes 1,000 queries an invocation, each statement of a batch for one: the drain may need 500, the other jobs 120. A
 * page is not cut off for it, and a thousand units with five to tell each take 75. What is left is the next minute's.
 */
export const MAX_QUERIES = 300;

/**
 * Everything owed and due by `now` takes its steps, each recipient getting one word a page. A function of the database
 * and `now` alone: a missed run is made good by the next, a doubled one finds nothing.
 * @param maxQueries after so many no page is begun
 * @returns how many obligations moved
 */
export async function sweepOverdue(
  deps: Deps,
  now: Date,
  { maxQueries = MAX_QUERIES }: { maxQueries?: number } = {},
): Promise<number> {
  let moved = 0;
  const purse = { left: maxQueries };
  for (let page = 0; page < MAX_PAGES && purse.left > 0; page++) {
    const { due, pending } = await lookAround(deps.db, now);
    purse.left -= 2;
    if (due.length + pending.length === 0) break;
    const done = await sweepPage(deps, now, due, pending, purse);
    moved += done.moved;
    // What took all its steps is not due again: only a full page, or what rolled on to its next slot, leaves more to see.
    if (due.length < PAGE && pending.length < PAGE && !done.rolled) break;
    // Others are at it: what they leave is the next minute's.
    if (done.moved === 0 && pending.length < PAGE) break;
  }
  return moved;
}

type Done = { moved: number; rolled: boolean };
/** How many queries this run may still take. */
type Purse = { left: number };

/** One page in one transaction. What the database refuses is narrowed down to the one that it refuses, which is set aside. */
async function sweepPage(
  deps: Deps,
  now: Date,
  due: Owed[],
  pending: Pending[],
  purse: Purse,
): Promise<Done> {
  if (purse.left <= 0) return { moved: 0, rolled: false };
  const { db, settings } = deps;
  const oldest = Math.min(now.getTime(), ...due.map(({ dueAt }) => dueAt).filter(Number.isFinite));
  const closes = closesBetween(new Date(oldest), now, settings.TIME_ZONE);
  const { moves, words, poison, queries } = await plan(deps, now, due, closes);
  const alerted = await alertedOf(
    db,
    recoveredIn(moves).map(({ id }) => id),
    pending,
  );
  const wave = {
    id: deps.newId(),
    moves,
    recovered: pending,
    words: [...words, ...planRecoveries(moves, pending, alerted, { now, settings })],
  };
  purse.left -= queries + queriesOf(wave, recoveredIn(moves).length + pending.length) + 2 * poison.length;
  try {
    const moved = moves.length + pending.length > 0 ? await saveWave(db, wave, closes, now) : 0;
    for (const { id, problem } of poison) await putAside(deps, id, problem, now);
    return { moved: moved + poison.length, rolled: moves.some(({ move }) => move.rolls) };
  } catch (error) {
    // Only a refusal is the row's own fault; anything else is tried again as it stands.
    if (!isRefusal(error)) throw error;
    if (due.length + pending.length === 1) {
      await putAside(deps, due[0]?.id ?? pending[0]?.obligationId ?? "", "refused", now);
      purse.left -= 2;
      return { moved: 1, rolled: false };
    }
    const halves = [
      await sweepPage(
        deps,
        now,
        due.slice(0, due.length >> 1),
        pending.slice(0, (pending.length + 1) >> 1),
        purse,
      ),
      await sweepPage(deps, now, due.slice(due.length >> 1), pending.slice((pending.length + 1) >> 1), purse),
    ];
    return { moved: halves.reduce((sum, half) => sum + half.moved, 0), rolled: true };
  }
}

/** Plans a page; who can be told is looked up for the units that matter, those above only where somebody is silent. */
async function plan({ db, settings }: Deps, now: Date, due: Owed[], closes: readonly number[]) {
  const byUnit = new Map<string, Listener[]>();
  const onDuty = { now: new Set<string>(), later: new Set<string>() };
  const sound = due.filter(isSound);
  const broken = due.filter((owed) => !isSound(owed)).map(({ id }) => ({ id, problem: "no-moment" }));
  for (let queries = 0; ; ) {
    const planned = planMoves(sound, { ears: { byUnit, onDuty }, now, settings, closes });
    if (planned.missing.length === 0) return { ...planned, poison: [...planned.poison, ...broken], queries };
    queries += piecesOf(planned.missing.length) + 1;
    for (const unit of planned.missing) byUnit.set(unit, []);
    const listeners = await listenersOf(db, planned.missing);
    for (const one of listeners) byUnit.get(one.unitCode)?.push(one);
    const rostered = listeners.filter(({ role }) => role === "duty").map(({ unitCode }) => unitCode);
    if (rostered.length === 0) continue;
    const units = [...new Set(rostered)];
    const later = leavesAt(now, settings.QUIET_HOURS, settings.TIME_ZONE);
    for (const { contactId } of await onShift(db, units, now)) onDuty.now.add(contactId);
    for (const { contactId } of later > now ? await onShift(db, units, later) : [])
      onDuty.later.add(contactId);
    if (later <= now) onDuty.later = onDuty.now;
  }
}

/** Its moments and counts are numbers: SQLite keeps whatever it is given. */
const isSound = ({ openedAt, dueAt, heldFor, step, version }: Owed) =>
  [openedAt, dueAt, heldFor, step, version].every(Number.isFinite);

/** Set aside with an alarm, so that it stops nobody else. */
const putAside = ({ db }: Deps, id: string, problem: string, now: Date) =>
  runBatch(db, [setAside(db, { id: `obligation/${id}`, problem, now }), haltObligation(db, id)]);
