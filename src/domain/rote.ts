import { DAY } from "./time.ts";

/*
 * 照抄: readings that look copied rather than measured. A flag for the grid worker to look, never a refusal.
 */
export type RoteFlag = "identical" | "same-second";

/** So many readings in a row with one and the same temperature are flagged. */
export const IDENTICAL_RUN = 10;
/** On so many different days at one and the same second of the day. */
const SAME_SECOND_DAYS = 3;

/** What stands out in somebody's latest readings, newest first, one a slot (the counting version). At most ten are looked at. */
export function roteFlags(readings: { temperature: number; recordedAt: Date }[]): RoteFlag[] {
  const latest = readings.slice(0, IDENTICAL_RUN);
  const flags: RoteFlag[] = [];
  if (latest.length === IDENTICAL_RUN && latest.every((one) => one.temperature === latest[0]?.temperature))
    flags.push("identical");
  const daysBySecond = new Map<number, Set<number>>();
  for (const { recordedAt } of latest) {
    const second = Math.floor((recordedAt.getTime() % DAY) / 1000);
    const days = daysBySecond.get(second) ?? new Set();
    daysBySecond.set(second, days.add(Math.floor(recordedAt.getTime() / DAY)));
  }
  if ([...daysBySecond.values()].some((days) => days.size >= SAME_SECOND_DAYS)) flags.push("same-second");
  return flags;
}
