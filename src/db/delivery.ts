import { sql } from "drizzle-orm";
import { type DeliveryEvent, follow, type Standing, unheardOf, unreachable } from "../domain/delivery.ts";
import { problem } from "../domain/problem.ts";
import { refusal, undone } from "./fault.ts";
import { type Db, runBatch, type Statement } from "./store.ts";
import { unheard } from "./unheard.ts";

export type Taken = "recorded" | "repeated" | "unknown";
/** Only an event that moves the message can come in between, and it moves seven times at most: see the ranks. */
const TRIES = 10;

/**
 * Keeps an event once and moves its message as far as it says, in one batch; where nobody hears by that message any
 * more, its obligations go to the stand-in in the same batch, and an address that is dead is given up.
 * @param id the webhook's own, the same at every attempt
 * @returns "unknown" for a message that is not ours: then nothing is written
 */
export async function recordDelivery(db: Db, id: string, event: DeliveryEvent, now: Date): Promise<Taken> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [row] = await db.all<Standing & { seen: number }>(sql`
      SELECT state, problem, EXISTS (SELECT 1 FROM delivery_event WHERE id = ${id}) AS seen
      FROM outbox WHERE id = ${event.outboxId} AND channel = 'mail'`);
    if (!row) return "unknown";
    if (row.seen) return "repeated";
    try {
      await runBatch(db, statementsOf(db, id, event, row, now));
      return "recorded";
    } catch (error) {
      if (isTaken(error)) return "repeated";
      if (!undone(error)) throw error;
    }
  }
  throw problem.unavailable();
}

function statementsOf(db: Db, id: string, event: DeliveryEvent, seen: Standing, now: Date): Statement[] {
  const { kind, outboxId, messageId = null, detail = null, occurredAt, acceptedAt } = event;
  const next = follow(seen, event);
  const moved = next.state !== seen.state || next.problem !== seen.problem;
  const sentAt = (acceptedAt ?? occurredAt).getTime();
  return [
    // Where another event moved the message since it was read there is no id: NOT NULL then undoes the whole batch.
    db.run(sql`
      INSERT INTO delivery_event (id, outbox_id, message_id, kind, detail, occurred_at, recorded_at)
      VALUES (${id}, (SELECT id FROM outbox WHERE id = ${outboxId} AND state = ${seen.state}
        AND problem IS ${seen.problem}), ${messageId}, ${kind}, ${detail}, ${occurredAt.getTime()}, ${now.getTime()})`),
    db.run(sql`
      UPDATE outbox SET state = ${next.state}, problem = ${next.problem},
        message_id = COALESCE(message_id, ${messageId}),
        sent_at = COALESCE(sent_at, ${sentAt}),
        delivered_at = COALESCE(delivered_at, ${kind === "delivered" ? occurredAt.getTime() : null})
      WHERE id = ${outboxId} AND state IN ('sending', 'unknown', 'sent', 'delivered', 'failed')`),
    ...(moved && unreachable(next)
      ? [
          db.run(sql`
            UPDATE contact SET unreachable_at = ${now.getTime()}, unreachable_why = ${next.problem}
            WHERE id = (SELECT contact_id FROM outbox WHERE id = ${outboxId})
              AND channel = 'mail' AND unreachable_at IS NULL`),
        ]
      : []),
    ...(moved && unheardOf(next) ? unheard(db, [outboxId], now) : []),
  ];
}

const isTaken = (error: unknown): boolean => {
  const refused = refusal(error);
  return typeof refused === "object" && refused.taken === "delivery_event";
};
