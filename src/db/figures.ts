import { dayOf, quarterOf } from "../domain/as-of.ts";
import { countedOf, figuresIn, partIn, since } from "../domain/rollup.ts";
import { isFresh, LARGE_PERSONS } from "../domain/rollup-run.ts";
import type { Counted, Place } from "../domain/tally.ts";
import { lastRunOf, personsOf, readRollup, runsAmong } from "./rollup.ts";
import type { Db } from "./store.ts";
import { countFigures } from "./summary.ts";

type Question = { asOf: Date; date: string; from: Date; zone: string };

/**
 * What a summary is made of, as countFigures counts it: out of the roll-up where `asOf` (and `from`, where "today" begins
 * at another moment than midnight) were rolled up, by a recount where not. Both give the same summary; in a roll-up
 * each unit right below is one row.
 */
export async function readFigures(db: Db, unit: Place, question: Question): Promise<Counted> {
  return (await readSettled(db, unit, question)) ?? countFigures(db, unit, question);
}

/** The same of what need not be counted in one transaction: rolled up, or in pieces; undefined for all else. */
export const readSettled = async (db: Db, unit: Place, question: Question): Promise<Counted | undefined> =>
  (await readRolledUp(db, unit, question)) ?? (await readPieces(db, unit, question));

/** The recount in pieces where the unit is too large for one; undefined for all else. */
export async function readPieces(db: Db, unit: Place, question: Question): Promise<Counted | undefined> {
  return (await personsOf(db, unit.code)) > IN_PIECES_FROM ? countInPieces(db, unit, question) : undefined;
}

/** Persons from which one transaction would come near the thirty seconds that D1 gives it. */
const IN_PIECES_FROM = 200_000;

/**
 * A recount unit by unit right below, each in a transaction of its own, so that others come in between. `asOf` holds
 * them together: what is recorded meanwhile is recorded after it.
 */
export async function countInPieces(db: Db, unit: Place, question: Question): Promise<Counted> {
  // A grid has nothing below it: so the unit alone is counted.
  const own = await countFigures(db, { ...unit, kind: "grid" }, question);
  const all = [own];
  for (const child of own.children) all.push(await countFigures(db, child, question));
  const byId = <T>(rows: T[], key: (row: T) => string) =>
    rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return {
    unit: { code: unit.code, name: unit.name, kind: unit.kind },
    children: own.children,
    rows: all.flatMap(({ rows }) => rows),
    slots: all.flatMap(({ slots = [] }) => slots),
    postingPoints: byId(
      all.flatMap(({ postingPoints }) => postingPoints),
      ({ id }) => id,
    ),
    missing: byId(
      all.flatMap(({ missing }) => missing),
      ({ code }) => code,
    ),
  };
}

/**
 * As of when a unit is answered where nobody says: now, exactly; a large one, whose recount nobody should wait for, as of
 * the last roll-up while that is fresh.
 * @param large how many persons make it large
 */
export async function usualMoment(db: Db, unitCode: string, now: Date, large = LARGE_PERSONS): Promise<Date> {
  const last = await lastRunOf(db, unitCode);
  return last && last.persons > large && isFresh(last, now) ? last.at : now;
}

/** The same out of the roll-up alone; undefined where a moment was not rolled up. */
export async function readRolledUp(
  db: Db,
  unit: Place,
  { asOf, from, zone }: Question,
): Promise<Counted | undefined> {
  const windowed = from.getTime() !== dayOf(asOf, zone).from.getTime();
  const moments = windowed ? [asOf, from] : [asOf];
  if (moments.some((at) => !isQuarter(at))) return undefined;
  if ((await runsAmong(db, moments)).size < new Set(moments.map(Number)).size) return undefined;
  const [at, then] = [asOf.getTime(), (windowed ? from : asOf).getTime()];
  const rows = await readRollup(db, unit, { at, then });
  if (!rows) return undefined;
  const figures = figuresIn(rows.figures);
  const part = (now: typeof figures.all, before: typeof figures.all) => (windowed ? since(now, before) : now);
  return countedOf(
    unit,
    { ...figures, own: part(figures.own, figuresIn(rows.before).own) },
    {
      children: rows.children.map(({ code, name, kind, figures: now, before }) => ({
        ...{ code, name, kind, all: part(partIn(now), partIn(before)) },
      })),
      postingPoints: rows.postingPoints,
      missing: rows.missing,
    },
  );
}

const isQuarter = (at: Date) => quarterOf(at).getTime() === at.getTime();
