import type { RecordFigure, RecordForm } from "../forms/define.ts";
import { FILED } from "../forms/record.ts";
import { addDays, HOUR, localClock, momentOf } from "./time.ts";

/* What was filed on a day, by the hour in which it happened. */

/** An hour, counted from the day's first: how many records happened in it and what they came to, by figure. */
export type HourCount = { hour: number; entries: number; figures: Readonly<Record<string, number>> };
/** The same with the clock time at which it begins, HH:mm. */
export type HourLine = { clock: string; entries: number; figures: Readonly<Record<string, number>> };

/** The figures of a form that filing adds to: those that an hour can be asked for. */
export const hourFigures = ({ record }: RecordForm): RecordFigure[] =>
  record.figures.filter((figure) => figure.count === "flow" && figure.at === FILED);

/** A local day as moments: from its midnight to the next. */
export const daySpan = (date: string, zone: string): { from: Date; to: Date } => ({
  from: momentOf(date, "00:00", zone),
  to: momentOf(addDays(date, 1), "00:00", zone),
});

/** Every hour from the first in which something happened to the last, empty ones between them too. */
export function hourLines(counts: readonly HourCount[], date: string, zone: string): HourLine[] {
  const hours = counts.filter(({ entries }) => entries > 0).map(({ hour }) => hour);
  if (hours.length === 0) return [];
  const { from } = daySpan(date, zone);
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, at) => {
    const found = counts.find(({ hour }) => hour === first + at);
    return {
      clock: localClock(new Date(from.getTime() + (first + at) * HOUR), zone),
      entries: found?.entries ?? 0,
      figures: found?.figures ?? {},
    };
  });
}

/** What the hours come to together. */
export function sumOfHours(lines: readonly Pick<HourLine, "entries" | "figures">[]): Omit<HourLine, "clock"> {
  const figures: Record<string, number> = {};
  let entries = 0;
  for (const line of lines) {
    entries += line.entries;
    for (const [name, n] of Object.entries(line.figures)) figures[name] = (figures[name] ?? 0) + n;
  }
  return { entries, figures };
}
