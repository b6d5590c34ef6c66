import { quarterOf, settledQuarter } from "./as-of.ts";
import { addDays, DAY, HOUR, localDate, MINUTE, momentOf, offsetAt } from "./time.ts";

/*
 * When a county's figures are rolled up, for which moments, and what of it is kept. Each quarter of an hour once it is
 * settled; where that costs too much each full hour.
 */

/** A run that read more rows is worth a full hour's wait: some 1,600,000 persons. */
export const HOURLY_ROWS = 30_000_000;
/** A run that read no more is taken in one piece: some 16,000 persons, well under a second. */
export const WHOLE_ROWS = 300_000;
/** What a recount costs that is worth waiting a quarter of an hour for. */
export const LARGE_PERSONS = 20_000;
/** So old may figures be where nobody says as of when: a quarter of an hour, and as long for the run itself. */
const FRESH = { quarterly: 30 * MINUTE, hourly: 90 * MINUTE };
/** Days of which the midnights are made up for: as many as a series has. */
const DAYS_BACK = 62;
/** So long every quarter of an hour stays; of what is older, the full hours. */
export const QUARTERS_KEPT = 8 * DAY;
/** Whoever has worked on a run for so long will not finish it. */
export const RUN_OLD = 2 * HOUR;

export type Run = { at: Date; rows: number };

const isHourly = (last: Run | undefined) => (last?.rows ?? 0) > HOURLY_ROWS;

/** The newest moment that is to be rolled up, later than the last one; null when there is none yet. */
export function momentWanted(
  last: Run | undefined,
  { now, wall, zone }: { now: Date; wall: Date; zone: string },
): Date | null {
  // A run as at tomorrow must not freeze what today has still to write.
  const quarter = settledQuarter(now, wall);
  const wanted = isHourly(last) ? hourOf(quarter, zone) : quarter;
  return last && wanted <= last.at ? null : wanted;
}

/** The local midnights after a unit was entered, newest first, that a series by day has for its edges. */
export function midnightsBefore(at: Date, since: Date, zone: string): Date[] {
  const today = localDate(at, zone);
  return Array.from({ length: DAYS_BACK }, (_, day) => momentOf(addDays(today, -day), "00:00", zone)).filter(
    (midnight) => midnight >= since && midnight <= at && quarterOf(midnight).getTime() === midnight.getTime(),
  );
}

/** Whether a large unit is answered as of a run where nobody says as of when. */
export const isFresh = (run: Run, now: Date): boolean =>
  now.getTime() - run.at.getTime() < (isHourly(run) ? FRESH.hourly : FRESH.quarterly) && run.at <= now;

/** Whether a moment is a full hour on the zone's clocks. */
export const isFullHour = (at: Date, zone: string): boolean => hourOf(at, zone).getTime() === at.getTime();

/** The full hour in which a moment falls, by its beginning. */
export const hourOf = (at: Date, zone: string): Date =>
  new Date(at.getTime() - ((at.getTime() + offsetAt(at.getTime(), zone)) % HOUR));

/** What a night's audit recounts: units and moments drawn by the day, so that a second look finds the same. */
export function drawSample<Unit, Moment>(
  date: string,
  { units, moments, size }: { units: readonly Unit[]; moments: readonly Moment[]; size: number },
): { unit: Unit; moment: Moment }[] {
  if (units.length === 0 || moments.length === 0) return [];
  const left = [...units];
  return Array.from({ length: Math.min(size, units.length) }, (_, draw) => ({
    unit: left.splice(drawn(`${date}/unit/${draw}`) % left.length, 1)[0] as Unit,
    moment: moments[drawn(`${date}/moment/${draw}`) % moments.length] as Moment,
  }));
}

/** FNV-1a, mixed once more: enough to draw by, and to tell two lists of names apart. */
export function drawn(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (hash >>> 13)) >>> 0;
}
