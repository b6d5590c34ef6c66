import { type SQL, sql } from "drizzle-orm";
import { MINUTE } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import { newestIs, rollOn, type Sent } from "./reading-sql.ts";
import { clusterUnit, openClusters } from "./signal.ts";
import type { Db, Statement } from "./store.ts";

type Context = { now: Date; settings: Settings };

/**
 * Fever or a symptom: the observation stays open beyond its last day, the response is owed, the unit, its town, the
 * county and the household's care team are told at once, and clusters are counted.
 */
export const feverStatements = (
  db: Db,
  sent: Sent,
  closes: readonly number[],
  context: Context,
): Statement[] => [
  ...hold(db, sent, closes, context.now),
  ...tell(db, sent, context),
  ...count(db, sent, context),
];

/** Open-ended: the follow-up goes on past the last day, the release waits. */
function hold(db: Db, sent: Sent, closes: readonly number[], now: Date): Statement[] {
  const { rows, item } = sent;
  const held = (prefix: string) => sql`SELECT ${prefix} || o.id FROM ${rows("observation AS o")}
    WHERE o.id = ${item("obs")} AND o.last_due_at IS NULL AND o.ended_at IS NULL`;
  return [
    db.run(sql`
      UPDATE observation SET last_due_at = NULL, held_at = ${now.getTime()} WHERE last_due_at IS NOT NULL AND ended_at IS NULL
        AND id IN (SELECT r.observation_id FROM ${rows("reading AS r")} WHERE r.due_at = ${item("dueAt")}
          AND r.observation_id = ${item("obs")} AND ${newestIs(1, sent)})`),
    // One that had reached its end wakes up for the next slot to come.
    db.run(sql`
      UPDATE obligation SET version = version + 1, step = 0,
        ${rollOn(closes, String(now.getTime()))}
      WHERE id IN (${held("follow-up/")}) AND met_at IS NULL AND next_due_at IS NULL`),
    db.run(sql`
      UPDATE obligation SET version = version + 1, next_due_at = NULL
      WHERE id IN (${held("release/")}) AND met_at IS NULL AND next_due_at IS NOT NULL`),
  ];
}

/** Only what this very batch stored as abnormal: a submission that comes again sets nothing off. */
const fresh = ({ rows, item }: Sent, now: Date, joined: string, more: SQL = sql`true`): SQL => sql`
  ${rows("reading AS r")} CROSS JOIN observation AS o ${sql.raw(joined)}
  WHERE r.due_at = ${item("dueAt")} AND r.observation_id = ${item("obs")} AND r.submission_id = ${item("id")}
    AND r.recorded_at = ${now.getTime()} AND r.abnormal = 1 AND o.id = r.observation_id AND ${more}`;

/** The response is owed, and the unit, its town, the county and the care team hear at once. */
function tell(db: Db, sent: Sent, { now, settings }: Context): Statement[] {
  const at = now.getTime();
  const dueAt = at + settings.RESPONSE_MINUTES * MINUTE;
  const subject = sent.item("subject");
  const cause = sql`'response/' || ${subject}`;
  const outbox = sql`INSERT INTO outbox (id, kind, contact_id, unit_code, sweep_id, state, ready_at, recorded_at)
    SELECT 'urgent/' || ${cause} || '/' || c.id, 'urgent', c.id, c.unit_code, ${cause}, 'ready', ${at}, ${at}`;
  const chain = sql`c.unit_code IN (o.unit_code, substr(o.unit_code, 1, 9), substr(o.unit_code, 1, 6))
    AND c.removed_at IS NULL AND c.role <> 'care'`;
  const team = sql`k.household_id = o.household_id AND k.removed_at IS NULL AND k.version = (SELECT MAX(version)
      FROM care_role AS l WHERE l.household_id = k.household_id AND l.role = k.role)
    AND c.id = k.contact_id AND c.removed_at IS NULL`;
  return [
    db.run(sql`
      INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
      SELECT ${cause}, 'response', o.unit_code, ${subject}, ${at}, ${dueAt}, ${dueAt}, ${at}
      FROM ${fresh(sent, now, "")} ON CONFLICT DO NOTHING`),
    db.run(sql`
      INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, to_unit, due_at, owed_at, recorded_at)
      SELECT ${cause}, -1, ${cause}, 'urgent', 0, o.unit_code, ${at}, ${dueAt}, ${at}
      FROM ${fresh(sent, now, "")} ON CONFLICT DO NOTHING`),
    db.run(sql`${outbox} FROM ${fresh(sent, now, "CROSS JOIN contact AS c", chain)} ON CONFLICT DO NOTHING`),
    db.run(sql`
      ${outbox} FROM ${fresh(sent, now, "CROSS JOIN care_role AS k CROSS JOIN contact AS c", team)}
      ON CONFLICT DO NOTHING`),
  ];
}

/** Another symptomatic person where they live, and the clusters that this may make. */
const count = (db: Db, sent: Sent, context: Context): Statement[] => [
  db.run(sql`
    INSERT INTO signal (unit_code, recorded_at, subject_id, count)
    SELECT ${clusterUnit("o.unit_code")}, ${context.now.getTime()}, o.id, 1 FROM ${fresh(sent, context.now, "")}
    ON CONFLICT DO NOTHING`),
  openClusters(
    db,
    sql`SELECT DISTINCT ${clusterUnit("o.unit_code")} AS code FROM ${fresh(sent, context.now, "")}`,
    context,
  ),
];
