/*
 * Local days and clock times over Intl: Temporal is not in workerd. The zone is always a parameter.
 */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const zones = new Map<string, { format: Intl.DateTimeFormat; offsets: Map<number, number> }>();
/** How many minutes of a zone are remembered. */
const KEPT = 500;

/**
 * What a zone's clocks are ahead of UTC, in milliseconds. Zones change on whole minutes, and Intl takes as long as all
 * other checks of a registration together, so one answer a minute is remembered.
 */
export function offsetAt(at: number, zone: string): number {
  const { format, offsets } = zones.get(zone) ?? zoneOf(zone);
  const minute = Math.floor(at / MINUTE) * MINUTE;
  let offset = offsets.get(minute);
  if (offset === undefined) {
    const p: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(minute)) p[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute: minutes = 0, second = 0 } = p;
    offset = Date.UTC(year, month - 1, day, hour, minutes, second) - minute;
    if (offsets.size === KEPT) offsets.clear();
    offsets.set(minute, offset);
  }
  return offset;
}

function zoneOf(zone: string) {
  const two = "2-digit";
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    ...{ year: "numeric", month: two, day: two, hour: two, minute: two, second: two },
  });
  const found = { format, offsets: new Map<number, number>() };
  zones.set(zone, found);
  return found;
}

/** A moment as local clocks show it, written as if they ran on UTC: YYYY-MM-DDTHH:mm:ss.sssZ. */
const wallIso = (at: Date, zone: string) =>
  new Date(at.getTime() + offsetAt(at.getTime(), zone)).toISOString();

/** The local day of a moment, YYYY-MM-DD. */
export const localDate = (at: Date, zone: string) => wallIso(at, zone).slice(0, 10);

/** The local clock time of a moment, HH:mm. */
export const localClock = (at: Date, zone: string) => wallIso(at, zone).slice(11, 16);

/** The moment of a local day and clock time; 24:00 is 00:00 of the next day. In a DST gap the later, in an overlap the earlier. */
export function momentOf(date: string, clock: string, zone: string): Date {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  const wall = Date.parse(`${date}T00:00:00Z`) + hour * HOUR + minute * MINUTE;
  // The offsets a day before and after bound any change near the wall time.
  const before = wall - offsetAt(wall - DAY, zone);
  const after = wall - offsetAt(wall + DAY, zone);
  if (before + offsetAt(before, zone) === wall) return new Date(before);
  if (after + offsetAt(after, zone) === wall) return new Date(after);
  return new Date(Math.max(before, after));
}

/** The day `days` later, YYYY-MM-DD. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** True for a day that exists, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}
