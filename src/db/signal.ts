import { type SQL, sql } from "drizzle-orm";
import { CLUSTER_KINDS, clusterFrom, REPORT_SIGNAL, recipientChoices } from "../domain/cluster.ts";
import { localDate, MINUTE } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import type { Db, Statement } from "./store.ts";

type Context = { now: Date; settings: Settings };

/** The unit that somebody of this unit is counted for, as SQL: a grid counts to its village. */
export const clusterUnit = (column: string): SQL =>
  sql.raw(`(SELECT CASE kind WHEN 'grid' THEN parent ELSE code END FROM unit WHERE code = ${column})`);

/** Symptomatic persons of a registration, or the count of a unit's report, and the clusters they may make. */
export function raiseSignals(
  db: Db,
  unitCode: string,
  signals: { subjectId: string; count: number }[],
  context: Context,
): Statement[] {
  const at = context.now.getTime();
  const unit = clusterUnit("given.value");
  return [
    db.run(sql`
      INSERT INTO signal (unit_code, recorded_at, subject_id, count)
      SELECT ${unit}, ${at}, s.value ->> 'subjectId', s.value ->> 'count'
      FROM json_each(${JSON.stringify([unitCode])}) AS given CROSS JOIN json_each(${JSON.stringify(signals)}) AS s
      WHERE ${unit} IS NOT NULL
      ON CONFLICT DO NOTHING`),
    openClusters(
      db,
      sql`SELECT ${unit} AS code FROM json_each(${JSON.stringify([unitCode])}) AS given`,
      context,
    ),
  ];
}

/**
 * Opens the two obligations of each cluster among some units, once a local day: three or more symptomatic within two
 * days (CLUSTER_COUNT, CLUSTER_HOURS). Owed by the recipient's unit, or by the county where that does not exist.
 * @param units selects `code`
 */
export function openClusters(db: Db, units: SQL, { now, settings }: Context): Statement {
  const at = now.getTime();
  const dueAt = at + settings.RESPONSE_MINUTES * MINUTE;
  const subject = sql`u.code || '/' || ${localDate(now, settings.TIME_ZONE)} || '/' || (w.value ->> 'recipient')`;
  const bureau = sql`(SELECT code FROM unit WHERE code = w.value ->> 'code' AND closed_at IS NULL)`;
  return db.run(sql`
    INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
    SELECT 'cluster/' || ${subject}, 'cluster', COALESCE(${bureau}, ${settings.COUNTY_CODE}), ${subject}, ${at},
      ${dueAt}, ${at}, ${at}
    FROM (${units}) AS given CROSS JOIN unit AS u ON u.code = given.code
      CROSS JOIN json_each(${JSON.stringify(recipientChoices(settings))}) AS w
        ON (w.value ->> 'school') = (u.kind = 'school')
    WHERE u.kind IN (SELECT value FROM json_each(${JSON.stringify(CLUSTER_KINDS)}))
      AND ${sizeOf(sql`u.code`, clusterFrom(now, settings), now)} >= ${settings.CLUSTER_COUNT}
    ON CONFLICT DO NOTHING`);
}

/** How many are symptomatic in a unit within a time, as domain/cluster.ts has it: persons, or what was reported, whichever is more. */
export const sizeOf = (unit: SQL, from: Date, until: Date): SQL => {
  const within = sql`unit_code = ${unit} AND recorded_at > ${from.getTime()} AND recorded_at <= ${until.getTime()}`;
  const reported = sql.raw(`subject_id GLOB '${REPORT_SIGNAL}*'`);
  return sql`max(
    (SELECT COUNT(DISTINCT subject_id) FROM signal WHERE ${within} AND NOT ${reported}),
    (SELECT COALESCE(SUM(most), 0) FROM (SELECT MAX(count) AS most FROM signal
      WHERE ${within} AND ${reported} GROUP BY subject_id)))`;
};
