import { likelyDuplicates, nextRegistered, placeOfWalk, saveFound } from "../db/duplicate-find.ts";
import { MOST_CANDIDATES } from "../domain/duplicate.ts";
import { MINUTE } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";

/** What one minute's run does at most: pieces of so many units and so many who registered. */
const PIECES = 4;
const UNITS = 250;
const PERSONS = 50;
/** A round begins so long after the last one: nobody waits for it, and it reads a few rows for each unit. */
const EVERY = 10 * MINUTE;
/** What was recorded within this time may still be on its way into the database. */
const SETTLED = 2 * MINUTE;

/**
 * Looks whether those who registered since the last round may be somebody registered before. Round after round over the
 * units, bounded a minute; it may stop anywhere and goes on where it was. A round that finds nobody new reads three rows a unit,
 * and a minute between two rounds one row.
 * @returns how many were looked at
 */
export async function findDuplicates(deps: Deps, now: Date, wall = now): Promise<number> {
  const { db } = deps;
  let looked = 0;
  for (let piece = 0; piece < PIECES; piece++) {
    const { place, text } = await placeOfWalk(db);
    const begins = place.unit === "";
    const round = begins ? { ...place, until: now.getTime() - SETTLED } : place;
    if (begins && round.until - round.since < EVERY) return looked;
    const { rows, next } = await nextRegistered(db, round, { units: UNITS, limit: PERSONS });
    const found = await likelyDuplicates(deps, rows, MOST_CANDIDATES);
    // The next round begins where this one ended.
    const over = { since: round.until, until: round.until, unit: "", at: 0, id: "" };
    await saveFound(db, found, { from: text, next: next ?? over, now: wall });
    looked += rows.length;
    if (!next) return looked;
  }
  return looked;
}
