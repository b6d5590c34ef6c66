import { sql } from "drizzle-orm";
import type { Held } from "../domain/acknowledgement.ts";
import type { ObligationKind } from "../domain/ladder.ts";
import { waits } from "./alert.ts";
import { recordActIf } from "./audit.ts";
import { type Db, runBatch } from "./store.ts";

/** The most climbs that one transaction holds. */
export const PAGE = 1000;

/** Something still owed that a message told of; moments in milliseconds. */
export type OpenClimb = {
  obligationId: string;
  kind: ObligationKind;
  dueAt: number;
  version: number;
  nextDueAt: number | null;
};

/** What of a message is open and not acknowledged by it, a page in order of ids. @param after the last id of the page before */
export const openClimbs = (db: Db, outboxId: string, after: string): Promise<OpenClimb[]> =>
  db.all<OpenClimb>(sql`
    SELECT b.id AS obligationId, b.kind AS kind, a.due_at AS dueAt, b.version AS version, b.next_due_at AS nextDueAt
    FROM alert AS a CROSS JOIN obligation AS b ON b.id = a.obligation_id AND ${waits}
    WHERE a.outbox_id = ${outboxId} AND a.obligation_id > ${after}
    ORDER BY a.obligation_id LIMIT ${PAGE}`);

/** A climb and what becomes of it; undefined where there is no next step to hold, and only the receipt is kept. */
export type Receipt = { climb: OpenClimb; held: Held | undefined };

/**
 * Holds each climb by compare-and-set and marks those of the message as acknowledged, in one batch with a line of the
 * history. What a sweep, a submission or another press moved meanwhile is left to them.
 * @returns how many were marked
 */
export async function saveReceipts(
  db: Db,
  by: { outboxId: string; unitCode: string; actor: string; now: Date },
  receipts: Receipt[],
): Promise<number> {
  const { outboxId, unitCode, actor, now } = by;
  const rows = receipts.map(({ climb, held }) => [
    climb.obligationId,
    climb.version,
    climb.nextDueAt,
    held?.nextDueAt ?? null,
    held?.heldFor ?? 0,
    held?.ackUntil ?? null,
    climb.dueAt,
  ]);
  const json = JSON.stringify(rows);
  const act = `alert.acknowledged/${outboxId}`;
  // "+": else SQLite walks the whole list once for each row that the message told.
  const [, marked] = (await runBatch(db, [
    db.run(sql`
      UPDATE obligation SET version = version + 1, next_due_at = m.value ->> 3, held_for = held_for + (m.value ->> 4),
        ack_until = m.value ->> 5
      FROM json_each(${json}) AS m
      WHERE obligation.id = m.value ->> 0 AND version = m.value ->> 1 AND next_due_at = m.value ->> 2
        AND met_at IS NULL AND excused_at IS NULL`),
    db.run(sql`
      UPDATE alert SET acked_at = ${now.getTime()}
      FROM json_each(${json}) AS m
      WHERE alert.obligation_id = m.value ->> 0 AND alert.due_at = m.value ->> 6 AND +alert.outbox_id = ${outboxId}
        AND acked_at IS NULL AND EXISTS (SELECT 1 FROM obligation AS b WHERE b.id = alert.obligation_id AND CASE
          WHEN m.value ->> 2 IS NULL THEN b.version = m.value ->> 1 AND b.next_due_at IS NULL AND b.met_at IS NULL
          ELSE b.version = (m.value ->> 1) + 1 AND b.ack_until = m.value ->> 5 END)`),
    recordActIf(
      db,
      { id: act, actor, act: "alert.acknowledged", subjectId: outboxId, unitCode, recordedAt: now },
      sql`SELECT 1 FROM alert WHERE outbox_id = ${outboxId} AND acked_at = ${now.getTime()}
        AND NOT EXISTS (SELECT 1 FROM audit WHERE id = ${act})`,
    ),
  ])) as [D1Result, D1Result, unknown];
  return marked.meta.changes;
}
