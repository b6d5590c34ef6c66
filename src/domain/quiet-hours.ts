import type { ObligationKind } from "./ladder.ts";
import { addDays, localClock, localDate, momentOf } from "./time.ts";

/** Kinds that wake people: a tip, a fever and what was done about it, a cluster. */
const URGENT: ReadonlySet<ObligationKind> = new Set(["tip", "response", "cluster"]);

export const isUrgent = (kind: ObligationKind): boolean => URGENT.has(kind);

/**
 * When a message may leave: at once, or at the end of the quiet hours that `now` lies in. The clocks of what is owed
 * run on meanwhile.
 * @param quiet local clock times, half-open, 22:00-06:30 across midnight; none when left out
 */
export function leavesAt(now: Date, quiet: string | undefined, zone: string): Date {
  const [from = "", to = ""] = quiet?.split("-") ?? [];
  if (from === to) return now;
  const clock = localClock(now, zone);
  const today = localDate(now, zone);
  const isQuiet = from < to ? clock >= from && clock < to : clock >= from || clock < to;
  if (!isQuiet) return now;
  const end = momentOf(clock < to ? today : addDays(today, 1), to, zone);
  // Where clocks are set back, an end may lie behind.
  return end > now ? end : now;
}
