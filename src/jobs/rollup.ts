import {
  beginRun,
  dropOtherEditions,
  giveUpRun,
  lastRun,
  type OpenRun,
  openRun,
  runsAmong,
  runsBetween,
  saidBelow,
  saidBy,
  savePiece,
  thinHour,
  unitsBelow,
} from "../db/rollup.ts";
import { countFigures } from "../db/summary.ts";
import { findUnit } from "../db/unit.ts";
import { dayOf } from "../domain/as-of.ts";
import { addUp, figuresIn, foldUnits, textOf, type UnitFigures } from "../domain/rollup.ts";
import {
  hourOf,
  isFullHour,
  midnightsBefore,
  momentWanted,
  QUARTERS_KEPT,
  RUN_OLD,
  WHOLE_ROWS,
} from "../domain/rollup-run.ts";
import type { Place } from "../domain/tally.ts";
import { DAY } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";

/** A minute's work at most: pieces of some sixteen queries each, and after so many rows no other is begun. */
const MOST_PIECES = 10;
const MOST_ROWS = 4_000_000;
/** Behind every code there is: the county's own piece, the last one. */
const LAST = "~";

type Purse = { pieces: number; rows: number };

/**
 * Rolls the county's figures up: goes on with the run that is open, or begins the newest moment that is settled; then the
 * midnights that were slept through. It may stop anywhere, and two at once write nothing twice. A minute with nothing to
 * do reads a row or two.
 * @returns how many runs were finished
 */
export async function rollUp(deps: Deps, now: Date, wall = now): Promise<number> {
  const purse: Purse = { pieces: MOST_PIECES, rows: MOST_ROWS };
  let finished = 0;
  while (purse.pieces > 0 && purse.rows > 0) {
    const run = (await openRun(deps.db)) ?? (await begin(deps, { now, wall, more: finished > 0 }));
    if (!run) break;
    if (wall.getTime() - run.beganAt.getTime() > RUN_OLD) {
      await giveUpRun(deps.db, run.at);
      break;
    }
    if (await nextPiece(deps, run, { wall, purse })) finished += 1;
  }
  if (finished > 0) await thin(deps, wall);
  return finished;
}

/** @param more whether midnights are looked for: after something was finished, not each minute */
async function begin(
  { db, settings }: Deps,
  { now, wall, more }: { now: Date; wall: Date; more: boolean },
): Promise<OpenRun | undefined> {
  const zone = settings.TIME_ZONE;
  const last = await lastRun(db);
  // A new county, or a service that counts something new since its last run.
  if (!last) await dropOtherEditions(db);
  let at = momentWanted(last, { now, wall, zone });
  if (!at && !more) return undefined;
  const county = await findUnit(db, settings.COUNTY_CODE);
  if (!county) return undefined;
  if (!at && last) {
    const midnights = midnightsBefore(last.at, county.recordedAt, zone);
    const taken = await runsAmong(db, midnights);
    at = midnights.find((midnight) => !taken.has(midnight.getTime())) ?? null;
  }
  if (!at || at < county.recordedAt) return undefined;
  await beginRun(db, at, wall);
  return openRun(db);
}

/** Counts the next piece of a run and writes it down. @returns whether the run is finished with it */
async function nextPiece(
  deps: Deps,
  run: OpenRun,
  { wall, purse }: { wall: Date; purse: Purse },
): Promise<boolean> {
  const { db, settings } = deps;
  const { at, doneUpTo } = run;
  const county = await findUnit(db, settings.COUNTY_CODE);
  if (!county) return false;
  const cost = (await lastRun(db))?.rows;
  const whole = doneUpTo === "" && cost !== undefined && cost <= WHOLE_ROWS;
  const [child] = whole ? [] : await unitsBelow(db, county.code, { at, after: doneUpTo, limit: 1 });
  const { figures, said, read } = await recount(deps, child ?? (whole ? county : alone(county)), at);
  if (!child && !whole) {
    const below = await saidBelow(db, county.code, at);
    figures.set(county.code, addUp(figures.get(county.code) ?? figuresIn(null), below.map(figuresIn)));
  }
  const texts = new Map([...figures].map(([code, one]) => [code, textOf(one)]));
  // A unit that had something and has nothing any more says so once.
  for (const code of said.keys()) if (!texts.has(code)) texts.set(code, textOf(figuresIn(null)));
  const changed = [...texts].filter(([code, text]) => said.get(code) !== text);
  const finishedAt = child ? null : wall;
  await savePiece(db, { at, doneUpTo, next: child?.code ?? LAST, changed, read, finishedAt });
  purse.pieces -= 1;
  purse.rows -= read;
  return finishedAt !== null;
}

/** The figures of a subtree as they are counted, and what the moment says of them so far. */
async function recount(
  { db, settings }: Deps,
  unit: Place,
  at: Date,
): Promise<{ figures: Map<string, UnitFigures>; said: Map<string, string>; read: number }> {
  const zone = settings.TIME_ZONE;
  const counted = await countFigures(db, unit, { asOf: at, ...dayOf(at, zone), zone });
  return { figures: foldUnits(counted), said: await saidBy(db, unit, at), read: counted.rowsRead ?? 0 };
}

/** A unit without what hangs below it, as a grid has nothing there. */
const alone = (unit: Place): Place => ({ ...unit, kind: "grid" });

/** Of what is older than eight days the full hours stay: an hour for each time something was rolled up. */
async function thin({ db, settings }: Deps, wall: Date): Promise<void> {
  const zone = settings.TIME_ZONE;
  const until = hourOf(new Date(wall.getTime() - QUARTERS_KEPT), zone);
  const runs = await runsBetween(db, new Date(until.getTime() - 2 * DAY), until);
  const one = runs.find((at) => !isFullHour(at, zone));
  if (one) await thinHour(db, hourOf(one, zone));
}
