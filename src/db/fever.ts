import { type SQL, sql } from "drizzle-orm";
import { MINUTE } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import { hearsUrgent } from "./obligation.ts";
import { openBoth } from "./outbox-ready.ts";
import { newestIs, type Sent, subjectOf } from "./reading-sql.ts";
import { clusterUnit, openClusters } from "./signal.ts";
import type { Db, Statement } from "./store.ts";

type Context = { now: Date; settings: Settings };

/**
 * Fever or a symptom: the observation stays open beyond its last day, the response is owed, the unit, its town, the
 * county and the household's care team are told at once, and clusters are counted.
 * @param sent the abnormal ones alone
 */
export const feverStatements = (db: Db, sent: Sent, context: Context): Statement[] => [
  ...hold(db, sent, context.now),
  ...tell(db, sent, context),
  ...count(db, sent, context),
];

/** Open-ended: the follow-up goes on past the last day (`advance` wakes one that rests), the release waits. */
function hold(db: Db, sent: Sent, now: Date): Statement[] {
  const stated = sent("obs", "dueAt");
  return [
    db.run(sql`
      UPDATE observation SET last_due_at = NULL, held_at = ${now.getTime()}
      ${stated.whose("observation.id", "")} AND CASE WHEN last_due_at IS NOT NULL AND ended_at IS NULL THEN ${newestIs(1, stated)} END`),
    db.run(sql`
      UPDATE obligation SET version = version + 1, next_due_at = NULL
      ${sent("obs").whose("obligation.id", "release/")} AND met_at IS NULL AND next_due_at IS NOT NULL
        AND EXISTS (SELECT 1 FROM observation WHERE observation.id = obligation.subject_id AND last_due_at IS NULL
          AND ended_at IS NULL)`),
  ];
}

/** Only what this very batch stored: a submission that comes again sets nothing off. */
function fresh(sent: Sent, now: Date): SQL {
  const stated = sent("id", "hash", "obs", "slot");
  const { rows, item } = stated;
  return sql`${rows("submission AS s CROSS JOIN observation AS o")}
    WHERE s.id = ${item("id")} AND s.recorded_at = ${now.getTime()} AND s.content_hash = ${item("hash")}
      AND s.subject_id = ${subjectOf(stated)} AND o.id = ${item("obs")}`;
}

/** The response is owed, and the unit, its town, the county and the care team hear at once, from the response's first moment on. */
function tell(db: Db, sent: Sent, { now, settings }: Context): Statement[] {
  const at = now.getTime();
  const dueAt = at + settings.RESPONSE_MINUTES * MINUTE;
  const { rows, item } = sent("obs", "slot");
  const cause = sql`'response/' || ${subjectOf(sent("obs", "slot"))}`;
  const outbox = sql`INSERT INTO outbox (id, kind, channel, contact_id, unit_code, sweep_id, tells, state, ready_at, recorded_at)
    SELECT 'urgent/' || b.id || '/' || c.id, 'urgent', c.channel, c.id, c.unit_code, b.id,
      json_array(json_array(b.id, -1, 'urgent', 0, 0)), 'ready', ${at}, ${at}`;
  const opened = (joined = "") => sql`FROM ${rows(`obligation AS b ${joined}`)}
    WHERE b.id = ${cause} AND b.recorded_at = ${at}`;
  return [
    db.run(sql`
      INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
      SELECT 'response/' || s.subject_id, 'response', o.unit_code, s.subject_id, ${at}, ${dueAt}, ${dueAt}, ${at}
      FROM ${fresh(sent, now)} ON CONFLICT DO NOTHING`),
    db.run(sql`
      INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, told, due_at, owed_at, recorded_at)
      SELECT b.id, -1, b.id, 'urgent', 0, json_array(json_array(b.unit_code, 'urgent', 0, ${at})), ${at}, ${dueAt}, ${at}
      ${opened()} ON CONFLICT DO NOTHING`),
    db.run(sql`
      ${outbox} ${opened("CROSS JOIN (VALUES (99), (9), (6)) AS l CROSS JOIN contact AS c")}
        AND c.unit_code = substr(b.unit_code, 1, l.column1) AND ${hearsUrgent("c")}
      ON CONFLICT DO NOTHING`),
    db.run(sql`
      ${outbox} ${opened("CROSS JOIN observation AS o CROSS JOIN care_role AS k CROSS JOIN contact AS c")}
        AND o.id = ${item("obs")} AND k.household_id = o.household_id AND k.removed_at IS NULL
        AND k.contact_id IS NOT NULL AND k.version = (SELECT MAX(version) FROM care_role AS l
          WHERE l.household_id = k.household_id AND l.role = k.role)
        AND c.id = k.contact_id AND c.removed_at IS NULL AND c.unreachable_at IS NULL
      ON CONFLICT DO NOTHING`),
    openBoth(db, sql`SELECT 'urgent/' || b.id AS key ${opened()}`, at),
  ];
}

/** Another symptomatic person where they live, and the clusters that this may make. */
const count = (db: Db, sent: Sent, context: Context): Statement[] => [
  db.run(sql`
    INSERT INTO signal (unit_code, recorded_at, subject_id, count)
    SELECT ${clusterUnit("o.unit_code")}, ${context.now.getTime()}, o.id, 1 FROM ${fresh(sent, context.now)}
    ON CONFLICT DO NOTHING`),
  openClusters(db, sql`SELECT DISTINCT o.unit_code AS code FROM ${fresh(sent, context.now)}`, context),
];
