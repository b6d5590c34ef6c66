import { sql } from "drizzle-orm";
import type { ChannelKind } from "../domain/ladder.ts";
import { type Db, runBatch, type Statement } from "./store.ts";
import { unheardIn } from "./unheard.ts";

/** A drainer's hold on a batch: until then nobody else touches it. */
export type Lease = { id: string; now: Date; until: Date };
export type OpenBatch = {
  id: string;
  channel: ChannelKind;
  /** Of a post: the blind index of where it goes. */
  endpoint: string | null;
  state: "claimed" | "frozen";
  sealed: string | null;
  attempts: number;
  firstAttemptAt: number | null;
};

/** Mail goes by the hundred, everything else one at a time: neither waits for the other. */
export type Lane = "mail" | "post";

/**
 * Leases the open batch of a lane that has waited longest, or undefined. One statement decides the race: two drainers never get
 * the same one, and one whose holder died is taken over when the lease runs out. A frozen batch counts an attempt here,
 * before it is posted: a drainer may die at any line after this one.
 */
export async function leaseBatch(db: Db, lease: Lease, lane: Lane): Promise<OpenBatch | undefined> {
  const now = lease.now.getTime();
  const [batch] = await db.all<OpenBatch>(sql`
    UPDATE outbox_batch SET lease_id = ${lease.id}, lease_until = ${lease.until.getTime()},
      attempts = attempts + (state = 'frozen'),
      first_attempt_at = CASE WHEN state = 'frozen' THEN COALESCE(first_attempt_at, ${now}) END
    WHERE id = (SELECT id FROM outbox_batch
      WHERE state IN ('claimed', 'frozen') AND next_attempt_at <= ${now} AND (channel = 'mail') = ${Number(lane === "mail")}
        AND (lease_until IS NULL OR lease_until <= ${now})
      ORDER BY next_attempt_at LIMIT 1)
    RETURNING id, channel, endpoint, state, sealed, attempts, first_attempt_at AS firstAttemptAt`);
  return batch;
}

/** Freezes the bytes of a claimed batch before its first attempt. False: the lease is lost, another has it. */
export async function freezeBatch(
  db: Db,
  id: string,
  lease: Lease,
  sealed: string,
  also: Statement[] = [],
): Promise<boolean> {
  const results = await runBatch(db, [
    db.run(sql`
      UPDATE outbox_batch SET state = 'frozen', sealed = ${sealed}, attempts = 1,
        first_attempt_at = ${lease.now.getTime()}
      WHERE id = ${id} AND state = 'claimed' AND lease_id = ${lease.id}`),
    ...also,
  ]);
  return (results[0] as D1Result).meta.changes > 0;
}

/** Accepted by the provider. That is true whoever holds the lease by now, so only the state is compared. */
export async function recordSent(
  db: Db,
  id: string,
  messages: { id: string; messageId: string | null }[],
  at: Date,
): Promise<void> {
  await runBatch(db, [
    db.run(sql`
      UPDATE outbox SET state = 'sent', sent_at = ${at.getTime()}, message_id = value ->> 'messageId'
      FROM json_each(${JSON.stringify(messages)})
      WHERE outbox.id = value ->> 'id' AND +outbox.batch_id = ${id} AND outbox.state IN ('sending', 'unknown')`),
    db.run(sql`
      UPDATE outbox_batch SET state = 'sent', problem = NULL, lease_id = NULL, lease_until = NULL
      WHERE id = ${id} AND state IN ('frozen', 'unknown')`),
  ]);
}

/** Ends a batch without knowing it sent: 'failed' (nothing left, nothing will) or 'unknown' (never resent by itself). */
export async function closeBatch(
  db: Db,
  id: string,
  lease: Lease,
  state: "failed" | "unknown",
  problem: string,
  also: Statement[] = [],
): Promise<void> {
  await runBatch(db, [
    db.run(sql`
      UPDATE outbox SET state = ${state}, problem = ${problem} WHERE batch_id = ${id} AND state = 'sending'
        AND EXISTS (SELECT 1 FROM outbox_batch WHERE id = ${id} AND lease_id = ${lease.id})`),
    db.run(sql`
      UPDATE outbox_batch SET state = ${state}, problem = ${problem}, lease_id = NULL, lease_until = NULL
      WHERE id = ${id} AND lease_id = ${lease.id}`),
    ...(state === "failed" ? [unheardIn(db, id, lease.now)] : []),
    ...also,
  ]);
}

/** Nothing was left to say: the batch is done without a post. */
export async function closeEmpty(db: Db, id: string, lease: Lease, also: Statement[] = []): Promise<void> {
  await runBatch(db, [
    ...also,
    db.run(sql`
      UPDATE outbox_batch SET state = 'sent', problem = 'nothing-left', lease_id = NULL, lease_until = NULL
      WHERE id = ${id} AND lease_id = ${lease.id}`),
  ]);
}

/** Lets it go until `nextAttemptAt`. */
export async function postpone(
  db: Db,
  id: string,
  lease: Lease,
  nextAttemptAt: Date,
  problem: string,
): Promise<void> {
  await db.run(sql`
    UPDATE outbox_batch SET next_attempt_at = ${nextAttemptAt.getTime()}, problem = ${problem},
      lease_id = NULL, lease_until = NULL
    WHERE id = ${id} AND lease_id = ${lease.id}`);
}

/** Puts two new frozen batches in the place of a refused one, each with its share of the messages. */
export async function splitBatch(
  db: Db,
  id: string,
  lease: Lease,
  problem: string,
  halves: { id: string; sealed: string; outboxIds: string[] }[],
): Promise<void> {
  const now = lease.now.getTime();
  const split = sql`EXISTS (SELECT 1 FROM outbox_batch WHERE id = ${id} AND state = 'split' AND lease_id = ${lease.id})`;
  await runBatch(db, [
    db.run(sql`
      UPDATE outbox_batch SET state = 'split', problem = ${problem}
      WHERE id = ${id} AND state = 'frozen' AND lease_id = ${lease.id}`),
    // Only the one that split it writes the halves.
    ...halves.flatMap((half) => [
      db.run(sql`
        INSERT INTO outbox_batch (id, state, sealed, next_attempt_at, recorded_at)
        SELECT ${half.id}, 'frozen', ${half.sealed}, ${now}, ${now} WHERE ${split}`),
      db.run(sql`
        UPDATE outbox SET batch_id = ${half.id}
        WHERE id IN (SELECT value FROM json_each(${JSON.stringify(half.outboxIds)}))
          AND batch_id = ${id} AND ${split}`),
    ]),
    db.run(
      sql`UPDATE outbox_batch SET lease_id = NULL, lease_until = NULL WHERE id = ${id} AND lease_id = ${lease.id}`,
    ),
  ]);
}

/** When an endpoint was posted to lately, newest last. @param most how many matter */
export async function attemptsAt(db: Db, endpoint: string, most: number): Promise<number[]> {
  const rows = await db.all<{ at: number }>(sql`
    SELECT at FROM post_attempt WHERE endpoint = ${endpoint} ORDER BY at DESC LIMIT ${most}`);
  return rows.map(({ at }) => at).reverse();
}

/** Says, before it is tried, that an endpoint is posted to; what is too old to matter goes. */
export async function recordAttempt(
  db: Db,
  { endpoint, batchId, at, keepFrom }: { endpoint: string; batchId: string; at: Date; keepFrom: Date },
): Promise<void> {
  await runBatch(db, [
    db.run(sql`
      INSERT INTO post_attempt (endpoint, at, batch_id) VALUES (${endpoint}, ${at.getTime()}, ${batchId})
      ON CONFLICT DO NOTHING`),
    db.run(sql`DELETE FROM post_attempt WHERE endpoint = ${endpoint} AND at < ${keepFrom.getTime()}`),
  ]);
}
