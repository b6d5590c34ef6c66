import {
  compareSlots,
  LATE_WINDOW,
  latestSlot,
  type Part,
  parseSlot,
  slotCloses,
  slotKey,
  slotsBetween,
} from "./follow-up.ts";

/*
 * One person's slots as a table, a row a day: what was read, what is still to come, what was missed.
 */
export type Diary<Read> = { date: string; morning?: Cell<Read>; evening?: Cell<Read> }[];
/** `open`: its hours are on; `overdue`: over, but a late entry still counts; `missed`: nothing counts any more. */
export type Cell<Read> = { state: "read" | "open" | "overdue" | "missed"; read?: Read };

/**
 * Every slot owed up to now, newest day first. A slot that closed after the observation ended, or after they were merged
 * into another, was not owed any more; a reading in it stands all the same.
 */
export function diaryOf<Read extends { slot: string }>(
  observation: {
    firstSlot: string;
    lastDueAt: Date | null;
    endedAt: Date | null;
    mergedAt?: Date | null | undefined;
  },
  readings: readonly Read[],
  now: Date,
  zone: string,
): Diary<Read> {
  const first = parseSlot(observation.firstSlot);
  const latest = latestSlot(now, zone);
  if (!first || compareSlots(first, latest) > 0) return [];
  const days = new Map<string, { date: string } & Partial<Record<Part, Cell<Read>>>>();
  for (const slot of slotsBetween(first, latest)) {
    const closes = slotCloses(slot, zone);
    const read = readings.find((one) => one.slot === slotKey(slot));
    const owed =
      (observation.lastDueAt === null || closes <= observation.lastDueAt) &&
      [observation.endedAt, observation.mergedAt].every((at) => !at || closes <= at);
    if (!read && !owed) continue;
    const day = days.get(slot.date) ?? { date: slot.date };
    days.set(slot.date, day);
    day[slot.part] = read ? { state: "read", read } : { state: stateOf(closes, now) };
  }
  return [...days.values()].reverse();
}

function stateOf(closes: Date, now: Date): "open" | "overdue" | "missed" {
  if (now < closes) return "open";
  return now.getTime() < closes.getTime() + LATE_WINDOW ? "overdue" : "missed";
}
