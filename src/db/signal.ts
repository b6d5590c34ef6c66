import { type SQL, sql } from "drizzle-orm";
import { CLUSTER_KINDS, clusterFrom, REPORT_SIGNAL, recipientChoices } from "../domain/cluster.ts";
import { localDate, MINUTE } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import type { Db, Statement } from "./store.ts";

type Context = { now: Date; settings: Settings };

const clusterCode = sql.raw("CASE u.kind WHEN 'grid' THEN u.parent ELSE u.code END");

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
  return [
    db.run(sql`
      INSERT INTO signal (unit_code, recorded_at, subject_id, count)
      SELECT ${clusterCode}, ${context.now.getTime()}, s.value ->> 'subjectId', s.value ->> 'count'
      FROM unit AS u CROSS JOIN json_each(${JSON.stringify(signals)}) AS s WHERE u.code = ${unitCode}
      ON CONFLICT DO NOTHING`),
    openClusters(db, sql`SELECT ${unitCode} AS code`, context),
  ];
}

/**
 * Opens the two obligations of each cluster among some units, once a local day: three or more symptomatic within two
 * days (CLUSTER_COUNT, CLUSTER_HOURS). Owed by the recipient's unit, or by the county where that does not exist. Once
 * they stand, nothing is counted.
 * @param units selects `code`: where somebody lives
 */
export function openClusters(db: Db, units: SQL, { now, settings }: Context): Statement {
  const at = now.getTime();
  const dueAt = at + settings.RESPONSE_MINUTES * MINUTE;
  const day = localDate(now, settings.TIME_ZONE);
  const choices = recipientChoices(settings);
  const told = choices.map(({ school, recipient, code }) => sql`(${school}, ${recipient}, ${code})`);
  const subject = sql`g.code || '/' || ${day} || '/' || w.column2`;
  const bureau = sql`(SELECT code FROM unit WHERE code = w.column3 AND closed_at IS NULL)`;
  const kinds = sql.raw([...CLUSTER_KINDS, "grid"].map((kind) => `'${kind}'`).join(", "));
  return db.run(sql`
    INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
    SELECT 'cluster/' || ${subject}, 'cluster', COALESCE(${bureau}, ${settings.COUNTY_CODE}), ${subject}, ${at},
      ${dueAt}, ${at}, ${at}
    FROM (SELECT ${clusterCode} AS code, u.kind = 'school' AS school
        FROM (${units}) AS given CROSS JOIN unit AS u ON u.code = given.code
        WHERE u.kind IN (${kinds})
          AND NOT EXISTS (SELECT 1 FROM obligation
            WHERE id = 'cluster/' || ${clusterCode} || '/' || ${day} || '/' || ${choices[0]?.recipient})
          AND ${sizeOf(clusterCode, clusterFrom(now, settings), now)} >= ${settings.CLUSTER_COUNT}) AS g
      CROSS JOIN (VALUES ${sql.join(told, sql`, `)}) AS w ON w.column1 = g.school
    WHERE true
    ON CONFLICT DO NOTHING`);
}

/** How many are symptomatic in a unit within a time, as domain/cluster.ts has it: persons, or what was reported, whichever is more. */
export const sizeOf = (unit: SQL, from: Date, until: Date): SQL => sql`(
  SELECT max(COALESCE(SUM(reported IS NULL), 0), COALESCE(SUM(reported), 0))
  FROM (SELECT MAX(CASE WHEN subject_id GLOB ${`${REPORT_SIGNAL}*`} THEN count END) AS reported FROM signal
    WHERE unit_code = ${unit} AND recorded_at > ${from.getTime()} AND recorded_at <= ${until.getTime()}
    GROUP BY subject_id))`;
