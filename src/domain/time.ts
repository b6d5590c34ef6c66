/*
 * Local days and clock times over Intl: Temporal is not in workerd. The zone is always a parameter.
 */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
function partsOf(at: number, zone: string) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  const out: Record<string, string> = {};
  for (const part of format.formatToParts(at)) out[part.type] = part.value;
  return out as Record<"year" | "month" | "day" | "hour" | "minute" | "second", string>;
}

/** The local day of a moment, YYYY-MM-DD. */
export function localDate(at: Date, zone: string): string {
  const p = partsOf(at.getTime(), zone);
  return `${p.year}-${p.month}-${p.day}`;
}

/** The local clock time of a moment, HH:mm. */
export function localClock(at: Date, zone: string): string {
  const p = partsOf(at.getTime(), zone);
  return `${p.hour}:${p.minute}`;
}

/** The moment of a local day and clock time; 24:00 is 00:00 of the next day. In a DST gap the later, in an overlap the earlier. */
export function momentOf(date: string, clock: string, zone: string): Date {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  const wall = Date.parse(`${date}T00:00:00Z`) + hour * HOUR + minute * MINUTE;
  const offsetAt = (at: number) => {
    const p = partsOf(at, zone);
    return (
      Date.UTC(+p.year, +p.month - 1, +p.day, +p.hour, +p.minute, +p.second) - Math.floor(at / 1000) * 1000
    );
  };
  // The offsets a day before and after bound any change near the wall time.
  const before = wall - offsetAt(wall - DAY);
  const after = wall - offsetAt(wall + DAY);
  if (before + offsetAt(before) === wall) return new Date(before);
  if (after + offsetAt(after) === wall) return new Date(after);
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
