import { and, desc, eq, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { BatchSource, RowFault } from "../domain/batch.ts";
import type { KeptCell, ListColumns } from "../domain/batch-row.ts";
import { makeCaseNumber } from "../domain/identity.ts";
import type { Scope } from "../domain/office.ts";
import type { Heading, SheetFault, SkippedRow } from "../domain/sheet.ts";
import { NUMBER_ATTEMPTS } from "../domain/submission.ts";
import { recordActIf } from "./audit.ts";
import { batch, bureauColumns } from "./schema.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";
import { deriveDigits } from "./submission.ts";
import { inSubtree } from "./unit.ts";

/** What `batch.sealed` opens to: row id = the batch's number, column "batch". */
export type BatchDetails = {
  label: string;
  headings: Heading[];
  faults: SheetFault[];
  faultsLeft: number;
  skipped: SkippedRow[];
};
/** What `batch_row.sealed` opens to: row id = number/row, column "batch_row". */
export type KeptRow = { cells: KeptCell[]; faults: RowFault[] };
type Row = typeof batch.$inferSelect;
export type Batch = Omit<Row, "sealed" | "fileHash" | "columns" | "closedSealed"> & {
  columns: ListColumns | null;
  details: BatchDetails;
  /** Who has ended the search, and why. */
  closing?: ClosingDetails;
};
/** What `batch.closed_sealed` opens to: row id = the batch's number, column "batch.closed". */
export type ClosingDetails = { actor: string; words: string };
export type NewBatch = {
  unitCode: string;
  source: BatchSource;
  fileHash: string;
  details: BatchDetails;
  columns: ListColumns | null;
  rows: number;
  lastRow: number;
  by: string;
  recordedAt: Date;
  auditId: string;
};

/**
 * Opens a batch, or finds the one that the same file became: the unique key decides. Its rows are not stored yet.
 * @param seed chance, for the number @param monthDay MMDD, which the number begins with
 */
export async function openBatch(
  store: Store,
  plan: NewBatch,
  { seed, monthDay }: { seed: string; monthDay: string },
): Promise<{ id: string; fresh: boolean }> {
  const { db, privacy } = store;
  const { details, auditId, ...clear } = plan;
  for (let attempt = 0; attempt < 2 * NUMBER_ATTEMPTS; attempt++) {
    const digits = await deriveDigits(privacy, "batch-number", `${seed}/${attempt}`, 7);
    // A day with a thousand lists runs out of numbers that begin with it.
    const seven = attempt < NUMBER_ATTEMPTS ? monthDay + digits.slice(4) : digits;
    const id = makeCaseNumber("PC", seven);
    const sealed = await privacy.seal(details, id, "batch");
    const act = { id: auditId, actor: plan.by, act: "receive-list", subjectId: id, unitCode: plan.unitCode };
    await runBatch(db, [
      db
        .insert(batch)
        .values({ ...clear, id, sealed })
        .onConflictDoNothing(),
      recordActIf(
        db,
        { ...act, detail: `${plan.source} ${plan.rows}`, recordedAt: plan.recordedAt },
        sql`SELECT 1 FROM batch WHERE id = ${id} AND sealed = ${sealed}`,
      ),
    ]);
    const [standing] = await db
      .select({ id: batch.id, sealed: batch.sealed })
      .from(batch)
      .where(
        and(eq(batch.unitCode, plan.unitCode), eq(batch.fileHash, plan.fileHash), isNull(batch.withdrawnAt)),
      );
    if (standing) return { id: standing.id, fresh: standing.sealed === sealed };
  }
  throw new Error("no number for a batch");
}

/** A batch by its number, opened. */
export async function findBatch(store: Store, id: string): Promise<Batch | undefined> {
  const [row] = await store.db.select().from(batch).where(eq(batch.id, id));
  return row && open(store, row);
}

/** Lists of a scope, the newest first. @param before where the page before ended */
export async function listBatches(
  store: Store,
  scope: Scope,
  { before, limit }: { before?: { at: number; id: string } | undefined; limit: number },
): Promise<Batch[]> {
  const rows = await store.db
    .select()
    .from(batch)
    .where(
      and(
        scope.exact ? eq(batch.unitCode, scope.code) : inSubtree(batch.unitCode, scope.code),
        before
          ? or(
              lt(batch.recordedAt, new Date(before.at)),
              and(eq(batch.recordedAt, new Date(before.at)), lt(batch.id, before.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(batch.recordedAt), desc(batch.id))
    .limit(limit);
  return Promise.all(rows.map((row) => open(store, row)));
}

async function open(
  { privacy }: Store,
  { sealed, closedSealed, fileHash: _, ...clear }: Row,
): Promise<Batch> {
  const [details, closing] = await Promise.all([
    privacy.open<BatchDetails>(sealed, clear.id, "batch"),
    closedSealed ? privacy.open<ClosingDetails>(closedSealed, clear.id, "batch.closed") : undefined,
  ]);
  return {
    ...{ ...clear, columns: clear.columns as ListColumns | null, details },
    ...(closing ? { closing } : {}),
  };
}

/** Compare-and-set: the list as it was read, which nobody has agreed to or withdrawn. */
export const untouched = ({ id, version }: Pick<Batch, "id" | "version">): SQL =>
  sql`batch.id = ${id} AND batch.version = ${version} AND batch.confirmed_at IS NULL AND batch.withdrawn_at IS NULL`;

export type Acting = { actor: string; auditId: string; now: Date };
export const batchAct = (
  one: Pick<Batch, "id" | "unitCode">,
  { actor, auditId, now }: Acting,
  name: string,
) => ({
  ...{ id: auditId, actor, act: name, subjectId: one.id, unitCode: one.unitCode, recordedAt: now },
});
/** That this batch's own compare-and-set has just moved it on. */
const moved = ({ id, version }: Pick<Batch, "id" | "version">): SQL =>
  sql`SELECT 1 FROM batch WHERE id = ${id} AND version = ${version + 1} AND changes() > 0`;

/** Says which column is what; whatever was checked is checked anew. Remembered for the bureau. False: somebody was first. */
export async function saveColumns(
  { db }: Pick<Store, "db">,
  one: Batch,
  columns: ListColumns,
  headingsHash: string,
  acting: Acting,
): Promise<boolean> {
  const text = JSON.stringify(columns);
  const results = (await runBatch(db, [
    db.run(sql`UPDATE batch SET columns = ${text}, checked_up_to = 0, new_rows = 0, known_rows = 0,
      conflicting_rows = 0, rejected_rows = 0, version = version + 1 WHERE ${untouched(one)}`),
    // Right behind the update, whose count of changes tells whether it was this one that won.
    remember(db, { source: one.source, headingsHash, columns: text, recordedAt: acting.now }, moved(one)),
    recordActIf(db, batchAct(one, acting, "match-columns"), moved(one)),
  ])) as D1Result[];
  return (results[0]?.meta.changes ?? 0) > 0;
}

const remember = (
  db: Db,
  one: { source: string; headingsHash: string; columns: string; recordedAt: Date },
  won: SQL,
): Statement => {
  const { source, headingsHash, columns, recordedAt } = one;
  return db.run(sql`
    INSERT INTO bureau_columns (source, headings_hash, columns, recorded_at)
    SELECT ${source}, ${headingsHash}, ${columns}, ${recordedAt.getTime()} WHERE EXISTS (${won})
    ON CONFLICT (source, headings_hash) DO UPDATE SET columns = excluded.columns, recorded_at = excluded.recorded_at`);
};

/** How a bureau's columns were matched when they had these headings. */
export async function rememberedColumns(
  db: Db,
  source: BatchSource,
  headingsHash: string,
): Promise<ListColumns | undefined> {
  const [row] = await db
    .select({ columns: bureauColumns.columns })
    .from(bureauColumns)
    .where(and(eq(bureauColumns.source, source), eq(bureauColumns.headingsHash, headingsHash)));
  return row?.columns as ListColumns | undefined;
}

/** Agrees to the dry run. False when it is not checked to its end, or somebody else was first. */
export async function confirmBatch({ db }: Pick<Store, "db">, one: Batch, acting: Acting): Promise<boolean> {
  const at = acting.now.getTime();
  const results = (await runBatch(db, [
    db.run(sql`UPDATE batch SET confirmed_at = ${at}, version = version + 1
      WHERE ${untouched(one)} AND stored_up_to >= last_row AND checked_up_to >= last_row`),
    recordActIf(db, { ...batchAct(one, acting, "confirm-list"), detail: `${one.newRows}` }, moved(one)),
  ])) as D1Result[];
  return (results[0]?.meta.changes ?? 0) > 0;
}

/** Takes a list back that nobody has agreed to; the same file may come again. False when somebody was first. */
export async function withdrawBatch({ db }: Pick<Store, "db">, one: Batch, acting: Acting): Promise<boolean> {
  const at = acting.now.getTime();
  const results = (await runBatch(db, [
    db.run(sql`UPDATE batch SET withdrawn_at = ${at}, version = version + 1 WHERE ${untouched(one)}`),
    recordActIf(db, batchAct(one, acting, "withdraw-list"), moved(one)),
  ])) as D1Result[];
  return (results[0]?.meta.changes ?? 0) > 0;
}
