import { sql } from "drizzle-orm";
import type { HourCount } from "../domain/record-hour.ts";
import { unit } from "./schema.ts";
import { type Db, runBatch } from "./store.ts";
import { inSubtree } from "./unit.ts";

/** Records of a day that are looked at: fifty posts with a busy day each. */
export const MOST_OF_A_DAY = 50_000;

/**
 * What a unit and those below it filed of a form, by the hour in which it happened: how many, and what each came to by figure.
 * Withdrawn ones are left out. Reads the units of the subtree and the records of the span, at most `MOST_OF_A_DAY`.
 * @returns hours counted from `from`, empty ones left out; `more` where there were more records than are looked at
 */
export async function countByHour(
  db: Db,
  { form, unitCode, from, to }: { form: string; unitCode: string; from: Date; to: Date },
): Promise<{ hours: HourCount[]; more: boolean }> {
  const [start, end] = [from.getTime(), to.getTime()];
  const [answer] = (await runBatch(db, [
    db.run(sql`
      WITH day AS MATERIALIZED (
        SELECT r.counted AS counted, CAST((r.occurred_at - ${start}) / 3600000 AS INTEGER) AS hour
        FROM ${unit} CROSS JOIN record AS r INDEXED BY record_by_unit
          ON r.form = ${form} AND r.unit_code = ${unit.code} AND r.occurred_at >= ${start} AND r.occurred_at < ${end}
        WHERE ${inSubtree(unit.code, unitCode)} AND r.state <> 'withdrawn' LIMIT ${MOST_OF_A_DAY + 1}
      )
      SELECT hour, NULL AS figure, count(*) AS n FROM day GROUP BY hour
      UNION ALL
      SELECT hour, f.key, sum(f.value) FROM day CROSS JOIN json_each(day.counted) AS f GROUP BY hour, f.key`),
  ])) as D1Result<{ hour: number; figure: string | null; n: number }>[];
  const hours = new Map<number, { hour: number; entries: number; figures: Record<string, number> }>();
  for (const { hour, figure, n } of answer?.results ?? []) {
    const line = hours.get(hour) ?? { hour, entries: 0, figures: {} };
    hours.set(hour, line);
    if (figure === null) line.entries = n;
    else line.figures[figure] = n;
  }
  const found = [...hours.values()].sort((a, b) => a.hour - b.hour);
  return { hours: found, more: found.reduce((sum, { entries }) => sum + entries, 0) > MOST_OF_A_DAY };
}
