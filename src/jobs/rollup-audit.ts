import { beat, lastBeat } from "../db/heartbeat.ts";
import { runsBetween, saidBelow, saidBy, takeBack, unitsOf } from "../db/rollup.ts";
import { runBatch } from "../db/store.ts";
import { countFigures } from "../db/summary.ts";
import { findUnit } from "../db/unit.ts";
import { dayOf } from "../domain/as-of.ts";
import { isNight } from "../domain/retention.ts";
import { addUp, figuresIn, foldUnits, textOf } from "../domain/rollup.ts";
import { drawSample } from "../domain/rollup-run.ts";
import type { Place } from "../domain/tally.ts";
import { DAY, HOUR, localDate } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";

/** Units that a night recounts, each as of a moment of its own. */
const SAMPLE = 5;
/** A run a night is missed sometimes: the hour more catches what fell between two. */
const LOOKED_BACK = DAY + HOUR;
/** Days that one is followed back which was found to be wrong. */
const MOST_DAYS = 62;

/**
 * Once a night: recounts some units as of moments of the last day that were rolled up, and whether the county is what its
 * parts add up to at one of them. Where anything differs, the day's runs are taken back, and those of the days before as
 * far as it goes: whoever asks is answered by a recount. The heartbeat says how many differed, and the audit makes a
 * finding of it until a night finds none.
 * @returns how many differed; undefined when it was not the hour for it
 */
export async function recheckRollups(deps: Deps, now: Date, wall = now): Promise<number | undefined> {
  const { db, settings } = deps;
  const zone = settings.TIME_ZONE;
  if (!isNight(now, zone)) return undefined;
  const date = localDate(now, zone);
  if (dateIn((await lastBeat(db, "rollup"))?.detail) === date) return undefined;
  const from = new Date(now.getTime() - LOOKED_BACK);
  const moments = await runsBetween(db, from, now);
  const units = await unitsOf(db, settings.COUNTY_CODE);
  const wrong: Place[] = [];
  for (const { unit, moment } of drawSample(date, { units, moments, size: SAMPLE }))
    if (await differs(deps, unit, moment)) wrong.push(unit);
  const [first] = wrong;
  const county = await findUnit(db, settings.COUNTY_CODE);
  const [books] = drawSample(`${date}/books`, { units: county ? [county] : [], moments, size: 1 });
  if (books && (await sumDiffers(deps, books.unit.code, books.moment))) wrong.push(books.unit);
  if (wrong.length > 0) await takeBack(db, first ? await wrongSince(deps, first, from) : from, now);
  await runBatch(db, [
    beat(db, "rollup", { ranAs: now, wall }, JSON.stringify({ date, wrong: wrong.length })),
  ]);
  return wrong.length;
}

/** How far back a unit's figures are others, day by day: until a day's last moment agrees, or nothing was rolled up. */
async function wrongSince(deps: Deps, unit: Place, from: Date): Promise<Date> {
  for (let days = 0; days < MOST_DAYS; days++) {
    const until = new Date(from.getTime() - days * DAY);
    const last = (await runsBetween(deps.db, new Date(until.getTime() - DAY), until)).at(-1);
    if (!last || !(await differs(deps, unit, last))) return until;
  }
  return new Date(0);
}

async function differs({ db, settings }: Deps, unit: Place, at: Date): Promise<boolean> {
  const zone = settings.TIME_ZONE;
  const counted = await countFigures(db, unit, { asOf: at, ...dayOf(at, zone), zone });
  const recounted = foldUnits(counted).get(unit.code) ?? figuresIn(null);
  const said = (await saidBy(db, { ...unit, kind: "grid" }, at)).get(unit.code);
  return textOf(recounted) !== textOf(figuresIn(said));
}

/** Whether a unit is something else than itself and what hangs right below it, by the roll-up alone. */
async function sumDiffers({ db }: Deps, code: string, at: Date): Promise<boolean> {
  const said = (await saidBy(db, { code, name: "", kind: "grid" }, at)).get(code);
  const { own, all } = figuresIn(said);
  const below = (await saidBelow(db, code, at)).map(figuresIn);
  const sum = addUp({ ...figuresIn(null), own, all: own }, below);
  return textOf({ ...figuresIn(null), all: sum.all }) !== textOf({ ...figuresIn(null), all });
}

function dateIn(detail: string | undefined): string | undefined {
  return detail ? (JSON.parse(detail) as { date?: string }).date : undefined;
}
