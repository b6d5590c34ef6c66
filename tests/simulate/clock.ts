/*
 * Time as the simulation counts it: whole minutes since the first midnight in Asia/Shanghai, which knows no summer time;
 * slots as whole numbers, two a day. Nothing here comes from the code that is looked at.
 */
const START = Date.parse("2026-01-20T00:00:00+08:00");
export const DAY = 1440;

export const momentAt = (minute: number): Date => new Date(START + minute * 60_000);
export const minuteOf = (milliseconds: number): number => (milliseconds - START) / 60_000;
export const dayAt = (minute: number): number => Math.floor(minute / DAY);
/** YYYY-MM-DD; the days before the first are below zero. */
export const dateOfDay = (day: number): string =>
  new Date(Date.parse("2026-01-20T00:00:00Z") + day * 86_400_000).toISOString().slice(0, 10);

/** 06:00 and 17:00. */
export const opensAt = (slot: number): number => (slot >> 1) * DAY + (slot & 1 ? 17 * 60 : 6 * 60);
/** 12:00 and 23:00: the first minute that is late. */
export const closesAt = (slot: number): number => (slot >> 1) * DAY + (slot & 1 ? 23 * 60 : 12 * 60);
/** A late entry counts until then. */
export const takenUntil = (slot: number): number => closesAt(slot) + DAY;
export const nameOfSlot = (slot: number): string =>
  `${dateOfDay(slot >> 1)}/${slot & 1 ? "evening" : "morning"}`;
export const eveningOf = (day: number): number => day * 2 + 1;

/** The first slot that has not closed yet. */
export function firstOpen(minute: number): number {
  let slot = dayAt(minute) * 2;
  while (closesAt(slot) <= minute) slot += 1;
  return slot;
}
/** The slot whose hours began last. */
export function begunLast(minute: number): number {
  let slot = dayAt(minute) * 2 + 1;
  while (opensAt(slot) > minute) slot -= 1;
  return slot;
}
