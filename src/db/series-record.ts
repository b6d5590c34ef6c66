import { type SQL, sql } from "drizzle-orm";
import { stepOf } from "../domain/series.ts";
import type { Place } from "../domain/tally.ts";
import { lastEvents, pairs } from "./record-totals.ts";
import type { Question } from "./series.ts";
import { type Parts, whole } from "./series-part.ts";

/**
 * What each event of a subtree's records changed of one figure, summed step by step; step 0 is all before the first bucket. A
 * step that says 0 had events, which tells a form in use from one that nobody ever filed. Reads the events of the buckets,
 * once each, and a few rows for each unit with records.
 */
export function recordChangesSql(
  unit: Place,
  { form, figure }: { form: string; figure: string },
  { buckets, asOf }: Question,
  parts: Parts = whole,
): SQL {
  const until = asOf.getTime();
  const first = buckets[0]?.from.getTime() ?? 0;
  const start = Math.min(first, until);
  const step = stepOf(buckets);
  const total = sql`COALESCE(e.totals ->> ${figure}, 0)`;
  // A number that is bound comes as a REAL: without the cast the steps would have fractions.
  return sql`
    WITH RECURSIVE ${pairs(unit, [form])}, ${lastEvents([start, until])},
      span AS (SELECT form, unit_code, COALESCE(MAX(CASE WHEN at = ${start} THEN seq END), 1) AS low, MAX(seq) AS high
        FROM found GROUP BY form, unit_code)
    SELECT CASE WHEN at <= ${first} THEN 0 ELSE CAST((at - ${first} + ${step} - 1) / ${step} AS INTEGER) END AS bin,
      ${parts.part} AS part, SUM(n) AS n
    FROM (SELECT e.unit_code AS unit_code, e.recorded_at AS at,
        ${total} - LAG(${total}, 1, 0) OVER (PARTITION BY e.unit_code ORDER BY e.seq) AS n
      FROM span AS s CROSS JOIN record_event AS e
        ON e.form = s.form AND e.unit_code = s.unit_code AND e.seq >= s.low AND e.seq <= s.high) AS changed
      ${parts.joined(sql`changed.unit_code`)}
    GROUP BY 1, 2`;
}
