import { type Batch, findBatch, openBatch, rememberedColumns } from "../db/batch.ts";
import { closePiece } from "../db/batch-close.ts";
import { storeRows } from "../db/batch-row.ts";
import { applyPiece, checkPiece } from "../db/batch-step.ts";
import { type BatchSource, batchState, type RowFault } from "../domain/batch.ts";
import { columnsSuffice, keepCells, type ListColumns } from "../domain/batch-row.ts";
import { guessColumns, rivalColumns } from "../domain/list-column.ts";
import type { Heading, Sheet } from "../domain/sheet.ts";
import { localDate } from "../domain/time.ts";
import { readSheet } from "../sheet/read.ts";
import { wordOfFault } from "../sheet/row-word.ts";
import type { Deps } from "./factory.ts";

/** Faults of a file that are kept with it; its rows keep their own. */
const FAULTS_KEPT = 200;

export type ReceivedList = {
  bytes: Uint8Array<ArrayBuffer>;
  source: BatchSource;
  label: string;
  unitCode: string;
  actor: string;
};

/** Takes in a bureau's file. Throws what sheet-problem.ts says of files of which nothing can be read. */
export async function receiveFile(
  deps: Deps,
  list: ReceivedList,
  columnsOf: (headings: Heading[]) => Promise<ListColumns | null> = async () => null,
): Promise<{ id: string; fresh: boolean }> {
  return receiveSheet(deps, list, await readSheet(list.bytes), columnsOf);
}

/**
 * Takes in a list: the batch and its rows. The same bytes again lead to the batch that stands; where its rows were only
 * half stored they are stored on, otherwise nothing is changed.
 */
export async function receiveSheet(
  deps: Deps,
  { bytes, ...list }: ReceivedList,
  sheet: Pick<Sheet, "headings" | "rows" | "faults" | "faultsLeft" | "skipped">,
  columnsOf: (headings: Heading[]) => Promise<ListColumns | null>,
): Promise<{ id: string; fresh: boolean }> {
  const now = deps.now();
  const { headings, rows, faults, faultsLeft, skipped } = sheet;
  const ofRows = new Map<number, RowFault[]>();
  for (const fault of faults) {
    const { row, column = "" } = fault;
    if (row !== undefined) ofRows.set(row, [...(ofRows.get(row) ?? []), [column, wordOfFault(fault)]]);
  }
  const ofFile = faults.filter(({ row, code }) => row === undefined || code.startsWith("heading"));
  const { id, fresh } = await openBatch(
    deps,
    {
      ...list,
      fileHash: await deps.privacy.index("list-file", await digest(bytes)),
      details: {
        label: list.label,
        headings,
        faults: ofFile.slice(0, FAULTS_KEPT),
        faultsLeft: faultsLeft + Math.max(0, ofFile.length - FAULTS_KEPT),
        skipped: skipped.slice(0, FAULTS_KEPT),
      },
      columns: await columnsOf(headings),
      rows: rows.length,
      lastRow: rows.at(-1)?.row ?? 0,
      by: list.actor,
      recordedAt: now,
      auditId: deps.newId(),
    },
    { seed: deps.newId(), monthDay: localDate(now, deps.settings.TIME_ZONE).slice(5).replace("-", "") },
  );
  const standing = await findBatch(deps, id);
  if (standing && standing.storedUpTo < standing.lastRow) {
    const kept = rows.map(({ row, cells }) => ({
      row,
      cells: keepCells(cells),
      faults: ofRows.get(row) ?? [],
    }));
    await storeRows(deps, standing, kept, now);
  }
  return { id, fresh };
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What stands for the headings of a list: how a bureau's columns were matched is kept under it. */
export const headingsHash = (deps: Pick<Deps, "privacy">, headings: readonly Heading[]): Promise<string> =>
  deps.privacy.index("list-headings", JSON.stringify(headings.map(({ column, text }) => [column, text])));

/** How the columns of a list are likely meant: as this bureau's were last time, or by their headings. */
export async function proposeColumns(
  deps: Deps,
  source: BatchSource,
  headings: Heading[],
): Promise<{ columns: ListColumns; remembered: boolean; rivals: { field: string; columns: string[] }[] }> {
  const remembered = await rememberedColumns(deps.db, source, await headingsHash(deps, headings));
  if (remembered) return { columns: remembered, remembered: true, rivals: [] };
  const guess = guessColumns(headings);
  const columns = Object.fromEntries(Object.entries(guess).filter(([, column]) => column)) as ListColumns;
  return { columns, remembered: false, rivals: rivalColumns(headings) };
}

/** The same for a program, which nobody asks: undecided columns wait for a person at the desk. */
export const decidedColumns =
  (deps: Deps, source: BatchSource) =>
  async (headings: Heading[]): Promise<ListColumns | null> => {
    const { columns, rivals } = await proposeColumns(deps, source, headings);
    return columnsSuffice(columns) && rivals.length === 0 ? columns : null;
  };

/** Carries a list one piece further, as the cron does each minute; what was ordered goes on whoever looks. */
export async function stepBatch(deps: Deps, one: Batch): Promise<Batch> {
  const { settings } = deps;
  const now = deps.now();
  const state = batchState(one);
  if (state === "checking")
    await checkPiece(deps, one, { today: localDate(now, settings.TIME_ZONE), settings });
  else if (state === "applying") await applyPiece(deps, one, { now, settings });
  else if (state === "closing") await closePiece(deps, one, now);
  else return one;
  return (await findBatch(deps, one.id)) ?? one;
}
