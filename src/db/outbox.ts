import { type SQL, sql } from "drizzle-orm";
import type { ChannelKind } from "../domain/ladder.ts";
import type { Lease } from "./outbox-batch.ts";
import { closeEmpty, readyBy } from "./outbox-ready.ts";
import { type Db, runBatch, type Statement } from "./store.ts";
import { unheard, unheardIn } from "./unheard.ts";

/** The most messages that one provider call takes. */
export const BATCH = 100;
/** The most rows that are looked through for them: in a storm many are for the same recipient. */
const MAX_ROWS = 1000;
/** Words of the last recipient beyond those: what is ready at one moment leaves as one message. */
const SAME_RECIPIENT = 500;

/**
 * Takes ready mail into a new batch under a lease: one message an address and unit, a hundred at most, and, in the same
 * transaction, writes down who is told of what. Claimed by two at once, each row falls to one of them.
 * @returns whether there was anything to take
 */
export async function claimMail(db: Db, batchId: string, lease: Lease): Promise<boolean> {
  const waiting = readyBy("mail", lease.now.getTime());
  // An idle minute ends here.
  if ((await db.all(sql`SELECT 1 ${waiting} LIMIT 1`)).length === 0) return false;
  return claim(db, batchId, lease, {
    batch: sql`SELECT ${batchId}, 'mail', NULL WHERE EXISTS (SELECT 1 ${waiting})`,
    // Whoever has waited longest comes first, with all the words that are waiting for them.
    rows: sql`WITH seen AS (SELECT o.id, o.ready_at, o.contact_id ${waiting} ORDER BY q.ready_at, o.contact_id LIMIT ${MAX_ROWS}),
        first AS (SELECT contact_id FROM seen GROUP BY contact_id ORDER BY min(ready_at), contact_id LIMIT ${BATCH})
      SELECT id FROM seen WHERE contact_id IN first
      UNION SELECT id FROM (SELECT o.id ${waiting} AND (q.ready_at, o.contact_id) = (
          SELECT ready_at, contact_id FROM seen WHERE contact_id IN first ORDER BY ready_at DESC, contact_id DESC LIMIT 1)
        LIMIT ${SAME_RECIPIENT})`,
  });
}

/** Somebody other than a mailbox has words ready. */
export type NextPost = { contactId: string; channel: ChannelKind; endpoint: string };

/**
 * Whom to post to next, a bot or a webhook; undefined when nobody waits. An endpoint that has a batch open already waits
 * on: its limits are kept by saying more at once.
 */
export async function nextPost(db: Db, now: Date): Promise<NextPost | undefined> {
  const [next] = await db.all<NextPost>(sql`
    SELECT o.contact_id AS contactId, o.channel AS channel, COALESCE(c.address_index, o.contact_id) AS endpoint
    FROM (SELECT o.* ${readyBy("post", now.getTime())}) AS o LEFT JOIN contact AS c ON c.id = o.contact_id
    WHERE NOT EXISTS (${openFor(sql`c.address_index`)})
    ORDER BY o.ready_at, o.contact_id LIMIT 1`);
  return next;
}

/** Takes everything ready for one endpoint into a batch of one message, as `claimMail` does: a group hears once. */
export function claimPost(db: Db, batchId: string, lease: Lease, next: NextPost): Promise<boolean> {
  const rows = sql`SELECT o.id ${readyBy("post", lease.now.getTime())} AND (o.contact_id = ${next.contactId} OR o.contact_id IN (SELECT id FROM contact
      WHERE address_index = ${next.endpoint} AND channel <> 'mail')) ORDER BY q.ready_at LIMIT ${SAME_RECIPIENT}`;
  return claim(db, batchId, lease, {
    batch: sql`SELECT ${batchId}, ${next.channel}, ${next.endpoint}
      WHERE EXISTS (${rows}) AND NOT EXISTS (${openFor(sql`${next.endpoint}`)})`,
    rows,
  });
}

const openFor = (endpoint: SQL) => sql`SELECT 1 FROM outbox_batch AS b
  WHERE b.state IN ('claimed', 'frozen') AND b.next_attempt_at > 0 AND b.endpoint = ${endpoint}`;

/**
 * From here on `alert` is the truth: only what is still unmet is told, a submission that comes later is a recovery. Words
 * that another sweep or a submission overtook fall away; a message with nothing left to tell is cancelled.
 * @param batch selects the new batch's id, channel and endpoint, or nothing @param rows selects the outbox ids to take
 */
async function claim(
  db: Db,
  batchId: string,
  lease: Lease,
  { batch, rows }: { batch: SQL; rows: SQL },
): Promise<boolean> {
  const now = lease.now.getTime();
  const results = await runBatch(db, [
    db.run(sql`
      INSERT INTO outbox_batch (id, channel, endpoint, state, next_attempt_at, lease_until, lease_id, recorded_at)
      SELECT column1, column2, column3, 'claimed', ${now}, ${lease.until.getTime()}, ${lease.id}, ${now}
      FROM (SELECT NULL AS column1, NULL AS column2, NULL AS column3 WHERE 0 UNION ALL ${batch})`),
    db.run(sql`
      UPDATE outbox SET state = 'sending', batch_id = ${batchId}
      WHERE id IN (${rows}) AND EXISTS (SELECT 1 FROM outbox_batch WHERE id = ${batchId})`),
    closeEmpty(db, now),
    // Gone since the sweep: it stays on record that they were to hear, and whoever stands in hears next.
    db.run(sql`
      UPDATE outbox SET state = 'failed', problem = 'no-address' WHERE batch_id = ${batchId} AND state = 'sending'
        AND NOT EXISTS (SELECT 1 FROM contact WHERE contact.id = outbox.contact_id AND removed_at IS NULL
          AND unreachable_at IS NULL)`),
    db.run(sql`
      UPDATE outbox SET state = 'merged', merged_into = m.leader
      FROM (SELECT o.id, min(o.id) OVER (PARTITION BY CASE o.channel WHEN 'mail'
            THEN COALESCE(c.unit_code || ' ' || c.address_index, o.contact_id) ELSE '' END) AS leader
        FROM outbox AS o LEFT JOIN contact AS c ON c.id = o.contact_id
        WHERE o.batch_id = ${batchId} AND o.state = 'sending') AS m
      WHERE outbox.id = m.id AND m.id <> m.leader`),
    // Several words about one thing to one recipient are one alert, the graver ('overdue' > 'notice').
    db.run(sql`
      INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, due_at, again, recorded_at)
      SELECT x.obligation_id, COALESCE(o.merged_into, o.id) AS message, max(t.value ->> 2), max(t.value ->> 3), o.contact_id,
        x.owed_at, max(t.value ->> 4), ${now}
      FROM outbox AS o
        CROSS JOIN json_each(o.tells) AS t
        CROSS JOIN transition AS x ON x.obligation_id = t.value ->> 0 AND x.from_version = t.value ->> 1
          AND x.sweep_id = o.sweep_id
        LEFT JOIN obligation AS b ON b.id = x.obligation_id
      WHERE o.batch_id = ${batchId} AND o.state IN ('sending', 'merged', 'failed')
        -- Urgent is told even when somebody has been there already: it is about a person, not about being late.
        AND CASE t.value ->> 2 WHEN 'urgent' THEN 1 WHEN 'recovered' THEN EXISTS (${heardOverdue})
          ELSE b.met_at IS NULL AND b.excused_at IS NULL AND NOT (b.kind = 'follow-up' AND EXISTS (SELECT 1
            FROM reading AS r WHERE r.due_at = x.owed_at AND r.observation_id = b.subject_id)) END
      GROUP BY message, x.obligation_id, x.owed_at, CASE t.value ->> 2 WHEN 'notice' THEN 'overdue' ELSE t.value ->> 2 END`),
    db.run(sql`
      UPDATE outbox SET state = 'cancelled' WHERE batch_id = ${batchId} AND state = 'sending'
        AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.outbox_id = outbox.id)`),
    unheardIn(db, batchId, lease.now),
  ]);
  return (results[0] as D1Result).meta.changes > 0;
}

/** The recipient was told that it is overdue, by a message that did not fail. */
const heardOverdue = sql.raw(`SELECT 1 FROM alert AS a CROSS JOIN outbox AS told ON told.id = a.outbox_id
  AND told.state <> 'failed' WHERE a.obligation_id = x.obligation_id AND a.kind = 'overdue'
  AND a.contact_id = o.contact_id AND (x.from_version >= 0 OR a.due_at = x.owed_at)`);

/** Messages of a batch that cannot be written: they failed, nobody counts as told, and whoever stands in hears next. */
export const failMessages = (
  db: Db,
  batchId: string,
  ids: string[],
  problem: string,
  now: Date,
): Statement[] => [
  db.run(sql`
    UPDATE outbox SET state = 'failed', problem = ${problem}
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND batch_id = ${batchId} AND state = 'sending'`),
  ...unheard(db, ids, now),
];

/** Nobody counts on the contact of a batch of one any more. @param why a machine word */
export const loseContactOf = (db: Db, batchId: string, why: string, now: Date): Statement =>
  db.run(sql`
    UPDATE contact SET unreachable_at = ${now.getTime()}, unreachable_why = ${why}
    WHERE id = (SELECT contact_id FROM outbox WHERE batch_id = ${batchId} LIMIT 1) AND unreachable_at IS NULL`);
