import { addDays, DAY, HOUR, localClock, localDate, momentOf } from "./time.ts";

/*
 * 早晚两次观测 (DOMAIN.md 10): two slots a day in local time, half-open. Everything is computed from a date and a part;
 * nothing is stored for a slot until somebody reports it.
 */
export type Part = "morning" | "evening";
/** One owed reading: 2026-01-26/morning. */
export type Slot = { date: string; part: Part };

/** Local opening hours of the slots, as a field system has run them (DOMAIN.md, Facts from outside). */
export const HOURS: Record<Part, { from: string; to: string }> = {
  morning: { from: "06:00", to: "12:00" },
  evening: { from: "17:00", to: "23:00" },
};
/** A late entry counts for its slot this long after the slot's end, in milliseconds. */
export const LATE_WINDOW = 24 * HOUR;

export const slotKey = (slot: Slot): string => `${slot.date}/${slot.part}`;

/** Reads 2026-01-26/morning; undefined when it is not a slot. */
export function parseSlot(key: string): Slot | undefined {
  const [date = "", part] = key.split("/");
  return part === "morning" || part === "evening" ? { date, part } : undefined;
}

export const slotOpens = (slot: Slot, zone: string): Date => momentOf(slot.date, HOURS[slot.part].from, zone);
/** The first moment that is no longer on time. */
export const slotCloses = (slot: Slot, zone: string): Date => momentOf(slot.date, HOURS[slot.part].to, zone);

export const nextSlot = (slot: Slot): Slot =>
  slot.part === "morning"
    ? { date: slot.date, part: "evening" }
    : { date: addDays(slot.date, 1), part: "morning" };
export const previousSlot = (slot: Slot): Slot =>
  slot.part === "evening"
    ? { date: slot.date, part: "morning" }
    : { date: addDays(slot.date, -1), part: "evening" };

export const compareSlots = (a: Slot, b: Slot): number =>
  a.date === b.date ? (a.part === b.part ? 0 : a.part === "morning" ? -1 : 1) : a.date < b.date ? -1 : 1;

/** The first slot somebody enrolled at this moment owes: the first that is still open or yet to come. Noon owes the evening. */
export function firstSlot(enrolledAt: Date, zone: string): Slot {
  const today = localDate(enrolledAt, zone);
  const morning: Slot = { date: today, part: "morning" };
  for (let slot = morning; ; slot = nextSlot(slot)) {
    if (enrolledAt < slotCloses(slot, zone)) return slot;
  }
}

/** The slot whose hours are on now, or undefined between slots. */
export function openSlot(now: Date, zone: string): Slot | undefined {
  const date = localDate(now, zone);
  return (["morning", "evening"] as const)
    .map((part) => ({ date, part }))
    .find((slot) => slotOpens(slot, zone) <= now && now < slotCloses(slot, zone));
}

/** The slot whose hours began last: the one a reading taken now speaks for when none is open. */
export function latestSlot(now: Date, zone: string): Slot {
  const slot: Slot = { date: localDate(now, zone), part: "evening" };
  let candidate = slot;
  while (slotOpens(candidate, zone) > now) candidate = previousSlot(candidate);
  return candidate;
}

export type SlotFault = "not-yet" | "too-late" | "before-first" | "after-last";
/**
 * How an entry at `now` stands to a slot: on time, late, or why it cannot count.
 * @param first the first slot owed @param last the last slot owed, or undefined while it is open-ended
 */
export function entryState(
  slot: Slot,
  now: Date,
  zone: string,
  first: Slot,
  last?: Slot,
): "on-time" | "late" | SlotFault {
  if (compareSlots(slot, first) < 0) return "before-first";
  if (last && compareSlots(slot, last) > 0) return "after-last";
  if (now < slotOpens(slot, zone)) return "not-yet";
  const closes = slotCloses(slot, zone);
  if (now < closes) return "on-time";
  return now.getTime() < closes.getTime() + LATE_WINDOW ? "late" : "too-late";
}

/** The slots that take an entry now, newest first: the one that is open or closed last, and those still within the late window. */
export function openTurns(now: Date, zone: string): { slot: string; dueAt: Date; late: boolean }[] {
  const turns: { slot: string; dueAt: Date; late: boolean }[] = [];
  for (let slot = latestSlot(now, zone); ; slot = previousSlot(slot)) {
    const dueAt = slotCloses(slot, zone);
    if (now.getTime() >= dueAt.getTime() + LATE_WINDOW) return turns;
    turns.push({ slot: slotKey(slot), dueAt, late: now >= dueAt });
  }
}

/** The furthest back that slots are walked one by one; what slept longer goes on from there. */
const LONGEST_SLEEP = 100 * DAY;

/** When slots close, from the last close before `oldest` to the second that is still to come, in milliseconds. */
export function closesBetween(oldest: Date, now: Date, zone: string): number[] {
  const from = new Date(Math.max(oldest.getTime(), now.getTime() - LONGEST_SLEEP));
  const closes: number[] = [];
  let slot = previousSlot(firstSlot(from, zone));
  for (let ahead = 0; ahead < 2; slot = nextSlot(slot)) {
    const close = slotCloses(slot, zone);
    if (close > now) ahead += 1;
    closes.push(close.getTime());
  }
  return closes;
}

/** Every slot from the first to the last, both included. Bounded by 60 days. */
export function slotsBetween(first: Slot, last: Slot): Slot[] {
  const slots: Slot[] = [];
  for (let slot = first; compareSlots(slot, last) <= 0 && slots.length < 120; slot = nextSlot(slot))
    slots.push(slot);
  return slots;
}

/** The local clock, for a page that says "now 18:20, evening slot until 23:00". */
export const clockOf = localClock;
