import { quarterOf } from "../domain/as-of.ts";
import { SINCE, statedBy } from "../domain/figure-value.ts";
import { findIndicator, type Indicator } from "../domain/indicator.ts";
import { partIn } from "../domain/rollup.ts";
import { type Bucket, dayValue, isOfReadings, knownUntil, type SeriesValue } from "../domain/series.ts";
import type { Share } from "../domain/summary.ts";
import { slotTallies } from "../domain/summary-observation.ts";
import { emptyTally, type Place } from "../domain/tally.ts";
import { addDays, momentOf } from "../domain/time.ts";
import { partsAt } from "./rollup.ts";
import type { Db } from "./store.ts";

type Question = { buckets: Bucket[]; asOf: Date; since: Date; zone: string };
type Rolled = { before: number | null; values: SeriesValue[] };

/**
 * A series out of the roll-up, where every edge of its buckets was rolled up: the same that counting brings. Undefined
 * where one was not. Four rows an edge at most, however many persons there are.
 */
export async function rolledSeries(
  db: Db,
  unit: Place,
  indicator: Indicator,
  question: Question,
): Promise<Rolled | undefined> {
  if (indicator.series === "days")
    return isOfReadings(indicator) ? rolledReadings(db, unit, indicator, question) : undefined;
  const { buckets, since } = question;
  const ends = buckets.map((bucket) => knownUntil(bucket, question));
  const [start] = buckets.map(({ from }) => from);
  if (!start || !ends.some(Boolean)) return undefined;
  const flow = indicator.kind === "flow";
  // Before a unit was entered nothing of it can have been recorded.
  const asked = [...(flow ? [start] : []), ...ends].filter(
    (edge) => edge !== null && edge >= since,
  ) as Date[];
  const parts = await partsOfAll(db, unit, asked);
  if (!parts) return undefined;
  const running = findIndicator(SINCE[indicator.id as keyof typeof SINCE] ?? indicator.id) ?? indicator;
  const stateAt = (edge: Date): number | Share =>
    statedBy({ ...emptyTally(), ...partIn(parts.get(edge.getTime())).tally })(running);
  if (!flow) return { before: null, values: ends.map((end) => (end ? stateAt(end) : null)) };
  const before = start >= since ? (stateAt(start) as number) : 0;
  let level = before;
  const values = ends.map((end) => {
    if (!end) return null;
    const was = level;
    level = stateAt(end) as number;
    return level - was;
  });
  return { before, values };
}

/**
 * Readings by day. A part tells the last four slots, and what comes late counts for 24 hours: so the midnight a day after a
 * day's end says all that will ever be said of its slots.
 */
async function rolledReadings(
  db: Db,
  unit: Place,
  indicator: Indicator,
  question: Question,
): Promise<Rolled | undefined> {
  const { asOf, zone } = question;
  const ends = question.buckets.map((bucket) => {
    if (!knownUntil(bucket, question)) return null;
    const settled = momentOf(addDays(bucket.date, 2), "00:00", zone);
    return { date: bucket.date, at: settled < asOf ? settled : asOf };
  });
  const parts = await partsOfAll(
    db,
    unit,
    ends.flatMap((end) => end?.at ?? []),
  );
  if (!parts) return undefined;
  const values = ends.map((end) => {
    if (!end) return null;
    const slots = partIn(parts.get(end.at.getTime())).slots.map((slot) => ({ ...slot, unitCode: unit.code }));
    return dayValue(slotTallies(slots, end.date), indicator);
  });
  return { before: null, values };
}

/** A unit's parts at some moments; undefined where there are none, or one of them was not rolled up. */
async function partsOfAll(db: Db, unit: Place, moments: Date[]) {
  const edges = [...new Map(moments.map((edge) => [edge.getTime(), edge])).values()];
  if (edges.length === 0 || edges.some((edge) => quarterOf(edge).getTime() !== edge.getTime()))
    return undefined;
  const parts = await partsAt(db, unit.code, edges);
  return parts.size < edges.length ? undefined : parts;
}
