import { sql } from "drizzle-orm";
import { PIECE } from "../domain/batch.ts";
import { SEALED_OFF } from "../domain/retention.ts";
import { recordActIf } from "./audit.ts";
import type { BatchDetails } from "./batch.ts";
import { runBatch, type Store } from "./store.ts";

/** Since when a list is over, as the index of those to be sealed off says it, word for word. */
const OVER =
  sql.raw(`(CASE WHEN withdrawn_at IS NOT NULL THEN 0 WHEN finished_at IS NOT NULL THEN finished_at WHEN confirmed_at IS NULL
  THEN recorded_at END)`);

/**
 * 封存: what the rows of a list said, once it is over or was taken back: a piece a run. The results and counts stay. A list
 * that nobody agreed to by then counts as taken back. What it was called and its headings go last.
 * @param before lists that ended at this moment or earlier
 */
export async function sealOffLists({ db, privacy }: Store, before: Date, wall: Date): Promise<void> {
  const [one] = await db.all<{
    id: string;
    unitCode: string;
    lastRow: number;
    from: number;
    left: number;
  }>(sql`
    SELECT id, unit_code AS unitCode, last_row AS lastRow, sealed_off_up_to AS "from", withdrawn_at IS NULL AND confirmed_at IS NULL AS left
    FROM batch INDEXED BY batch_to_seal_off WHERE sealed_off_at IS NULL AND ${OVER} <= ${before.getTime()}
    ORDER BY ${OVER} LIMIT 1`);
  if (!one) return;
  const [piece] = await db.all<{ last: number | null; n: number }>(sql`
    SELECT MAX(row) AS last, COUNT(*) AS n FROM (SELECT row FROM batch_row WHERE batch_id = ${one.id} AND row > ${one.from}
      ORDER BY row LIMIT ${PIECE})`);
  const done = (piece?.n ?? 0) < PIECE;
  const upTo = done ? one.lastRow : (piece?.last ?? one.lastRow);
  const at = wall.getTime();
  const bare: BatchDetails = { label: SEALED_OFF, headings: [], faults: [], faultsLeft: 0, skipped: [] };
  const sealed = done ? await privacy.seal(bare, one.id, "batch") : undefined;
  // Agreed to meanwhile: nothing of it is touched.
  const still = sql`id = ${one.id} AND sealed_off_up_to = ${one.from} AND (${one.left ? 0 : 1} OR confirmed_at IS NULL)`;
  await runBatch(db, [
    db.run(sql`
      UPDATE batch_row SET sealed = '', id_index = NULL, phone_index = NULL, name_index = NULL, outcome_sealed = NULL,
        settled_sealed = NULL
      WHERE batch_id = ${one.id} AND row > ${one.from} AND row <= ${upTo}
        AND EXISTS (SELECT 1 FROM batch WHERE ${still})`),
    db.run(sql`
      UPDATE batch SET ${sealed ? sql`sealed = ${sealed}, closed_sealed = NULL, ` : sql``}sealed_off_up_to = ${upTo}, sealed_off_at = ${done ? at : null},
        withdrawn_at = ${one.left ? at : sql`withdrawn_at`}, version = version + ${one.left ? 1 : 0}
      WHERE ${still}`),
    ...(done
      ? [
          recordActIf(
            db,
            {
              ...{ id: `seal-off/${one.id}`, actor: "retention", act: "seal-off" },
              ...{ subjectId: one.id, unitCode: one.unitCode, recordedAt: wall },
            },
            sql`SELECT 1 FROM batch WHERE id = ${one.id} AND sealed_off_at = ${at} AND changes() > 0`,
          ),
        ]
      : []),
  ]);
}
