import { type SQL, sql } from "drizzle-orm";

/**
 * Counts of each unit's own lists and letters up to `until`, by when a list was agreed to (one that was cannot be
 * withdrawn) and when a letter was written and first answered. One row for each list and letter.
 */
export function listsSql(within: (column: string) => SQL, until: number): SQL {
  const of = (source: string, what: SQL) => sql`SUM(CASE WHEN source = ${source} THEN ${what} ELSE 0 END)`;
  const none = sql`0`;
  return sql`
    SELECT unit_code AS "unitCode",
      ${of("education", sql`1`)} AS "educationBatches", ${of("education", sql`"rows"`)} AS "educationPersons",
      ${of("health", sql`1`)} AS "healthBatches", ${of("health", sql`"rows"`)} AS "healthPersons",
      ${none} AS "lettersSent", ${none} AS "lettersAnswered"
    FROM batch WHERE ${within("unit_code")} AND confirmed_at <= ${until} GROUP BY unit_code
    UNION ALL
    SELECT unit_code, ${none}, ${none}, ${none}, ${none},
      COUNT(*), SUM(CASE WHEN answered_at <= ${until} THEN 1 ELSE 0 END)
    FROM letter WHERE ${within("unit_code")} AND recorded_at <= ${until} GROUP BY unit_code`;
}
