import { sql } from "drizzle-orm";
import { PIECE } from "../domain/batch.ts";
import { recordActIf } from "./audit.ts";
import { type Acting, type Batch, batchAct, type ClosingDetails } from "./batch.ts";
import { runBatch, type Store } from "./store.ts";

/*
 * 结束查找: a list that somebody never answers would never be over. An official ends the search, with a reason; from then on
 * its open rows are let go piece by piece, as "closed" and never as "not found", which a village alone can say.
 */

/** Ends the search. False when it is not written out to its end, is over, or somebody was first. */
export async function closeBatch(
  { db, privacy }: Store,
  one: Batch,
  words: string,
  acting: Acting,
): Promise<boolean> {
  const sealed = await privacy.seal(
    { actor: acting.actor, words } satisfies ClosingDetails,
    one.id,
    "batch.closed",
  );
  const at = acting.now.getTime();
  const results = (await runBatch(db, [
    db.run(sql`UPDATE batch SET closed_at = ${at}, closed_sealed = ${sealed}, version = version + 1
      WHERE id = ${one.id} AND version = ${one.version} AND confirmed_at IS NOT NULL AND applied_up_to >= last_row
        AND finished_at IS NULL AND closed_at IS NULL`),
    recordActIf(
      db,
      batchAct(one, acting, "close-list"),
      sql`SELECT 1 FROM batch WHERE id = ${one.id} AND closed_sealed = ${sealed}`,
    ),
  ])) as D1Result[];
  return (results[0]?.meta.changes ?? 0) > 0;
}

/**
 * Lets the next piece of open rows go: what their villages owe is met at this moment, so a late one stays late and those who
 * were told of it hear that it is over. A village that answers meanwhile comes first.
 */
export async function closePiece(
  { db }: Pick<Store, "db">,
  { id }: Pick<Batch, "id">,
  now: Date,
): Promise<void> {
  const at = now.getTime();
  const closing = sql`SELECT 1 FROM batch WHERE id = ${id} AND closed_at IS NOT NULL AND finished_at IS NULL`;
  const rows = await db.all<{ row: number }>(sql`
    SELECT row FROM batch_row WHERE batch_id = ${id} AND result = 'new' AND outcome IS NULL ORDER BY row LIMIT ${PIECE}`);
  const numbers = JSON.stringify(rows.map(({ row }) => row));
  await runBatch(db, [
    db.run(sql`
      UPDATE batch_row SET outcome = 'closed', outcome_at = ${at}
      WHERE batch_id = ${id} AND row IN (SELECT value FROM json_each(${numbers})) AND result = 'new' AND outcome IS NULL
        AND EXISTS (${closing})`),
    db.run(
      sql`UPDATE batch SET answered_rows = answered_rows + changes() WHERE id = ${id} AND EXISTS (${closing})`,
    ),
    db.run(sql`
      UPDATE obligation SET met_at = ${at}, met_recorded_at = ${at},
        next_due_at = CASE WHEN EXISTS (SELECT 1 FROM alert WHERE obligation_id = obligation.id AND kind = 'overdue') THEN ${at} END
      WHERE id IN (SELECT 'listed/' || r.batch_id || '/' || r.row FROM json_each(${numbers}) AS w
          CROSS JOIN batch_row AS r ON r.batch_id = ${id} AND r.row = w.value AND r.outcome = 'closed')
        AND met_at IS NULL AND excused_at IS NULL`),
    db.run(sql`UPDATE batch SET finished_at = ${at}
      WHERE id = ${id} AND answered_rows >= new_rows AND EXISTS (${closing})`),
  ]);
}
