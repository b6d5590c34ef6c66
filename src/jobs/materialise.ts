import { beat, lastBeat } from "../db/heartbeat.ts";
import { materialiseCounts, materialiseDay } from "../db/materialise.ts";
import { runBatch } from "../db/store.ts";
import { countsOwedOn } from "../domain/count-due.ts";
import { addDays, localDate, MINUTE } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";

/** New units and days appear at least so often; in between a run costs one row. */
const EVERY = 15 * MINUTE;
/** Days of silence that are made up for. */
const DAYS_BACK = 31;

/**
 * Opens the daily reports and the count forms owed today and tomorrow (local days), and those of days the job slept
 * through. Every day counts: clocks know no weekend and no holiday. In full only on a new day or after a quarter of an hour.
 * @param owedOn which count forms are owed for a local day
 */
export async function materialiseDailyReports(
  deps: Deps,
  now: Date,
  wall = now,
  owedOn = (date: string) => countsOwedOn(date, deps.settings.TIME_ZONE),
): Promise<void> {
  const { db, settings } = deps;
  const today = localDate(now, settings.TIME_ZONE);
  const last = await lastBeat(db, "materialise");
  // `detail` is the local day of the last full run.
  if (last && last.detail === today && now.getTime() - last.at.getTime() < EVERY) return;
  const earliest = addDays(today, -DAYS_BACK);
  const from = last && last.detail < today ? (last.detail > earliest ? last.detail : earliest) : today;
  const days = [];
  for (let date = from; date <= addDays(today, 1); date = addDays(date, 1)) days.push(date);
  // A run that comes late writes down that it was late: what was counted meanwhile stays what it was.
  const recordedAt = wall > now ? wall : now;
  await runBatch(db, [
    ...days.map((date) => materialiseDay(db, date, recordedAt, settings)),
    ...days.flatMap((date) => {
      const owed = owedOn(date);
      return owed.length > 0 ? [materialiseCounts(db, owed, date, now, settings, recordedAt)] : [];
    }),
    beat(db, "materialise", { ranAs: now, wall }, today),
  ]);
}
