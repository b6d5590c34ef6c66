import { sql } from "drizzle-orm";
import type { LateValue } from "../domain/figure-shelf.ts";
import type { Place } from "../domain/summary.ts";
import { addDays, DAY, localDate } from "../domain/time.ts";
import type { Counts } from "../domain/typed-count.ts";
import { LATE_DAYS } from "./late.ts";
import type { Counting, Db } from "./store.ts";
import { within } from "./summary.ts";

/*
 * Late arrivals of what units type: a day that was over by a moment and entered or corrected after it, and what had been
 * entered of the moment's own day and was corrected.
 */

/**
 * Counts late arrivals of typed flows by unit, of the moment's own day and the seven before it, recorded within seven days
 * after `asOf`. What is first entered of its own day may have come after it and is none.
 * @param flows the fields of each count form that add up from day to day
 * Reads two rows a unit, and of those that entered anything since the days entered, some three rows each.
 */
export function countingLateTyped(
  db: Db,
  unit: Place,
  {
    asOf,
    now,
    zone,
    flows,
  }: { asOf: Date; now: Date; zone: string; flows: ReadonlyMap<string, readonly string[]> },
): Counting<LateValue[]> {
  const at = asOf.getTime();
  const until = Math.min(now.getTime(), at + LATE_DAYS * DAY);
  if (until <= at) return { statements: [], read: () => [] };
  const today = localDate(asOf, zone);
  const dates = Array.from({ length: LATE_DAYS + 1 }, (_, n) => addDays(today, -n));
  const names = [...flows.keys()];
  const version = (known: number) => sql`(SELECT MAX(l.version) FROM report l
    WHERE l.form = f.value AND l.date = d.value AND l.unit_code = u.code AND l.recorded_at <= ${known})`;
  // CROSS JOIN keeps SQLite on the keys, unit by unit.
  const statement = db.all(sql`
    SELECT u.code AS unitCode, r.form AS form, r.date AS date, r.counts AS counts, b.counts AS before
    FROM unit u CROSS JOIN json_each(${JSON.stringify(names)}) f CROSS JOIN json_each(${JSON.stringify(dates)}) d
      CROSS JOIN report r ON r.form = f.value AND r.date = d.value AND r.unit_code = u.code
        AND r.version = ${version(until)} AND r.recorded_at > ${at}
      LEFT JOIN report b ON b.form = f.value AND b.date = d.value AND b.unit_code = u.code
        AND b.version = ${version(at)}
    WHERE ${within("u.code", unit)}
      AND (SELECT t.recorded_at FROM count_total t WHERE t.unit_code = u.code ORDER BY t.version DESC LIMIT 1) > ${at}`);
  return {
    statements: [statement],
    read: ([answer]) =>
      (answer as { results: LateEntry[] }).results.flatMap(
        ({ unitCode, form, date, ...row }): LateValue[] => {
          if (date === today && row.before === null) return [];
          const now: Counts = JSON.parse(row.counts);
          const before: Counts = row.before === null ? {} : JSON.parse(row.before);
          return (flows.get(form) ?? []).flatMap((name) => {
            const value = (now[name] ?? 0) - (before[name] ?? 0);
            return value === 0 ? [] : [{ unitCode, id: `${form}.${name}`, value }];
          });
        },
      ),
  };
}

type LateEntry = { unitCode: string; form: string; date: string; counts: string; before: string | null };
