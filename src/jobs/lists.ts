import { sql } from "drizzle-orm";
import { closePiece } from "../db/batch-close.ts";
import { registeredLike } from "../db/batch-match.ts";
import { sealOffLists } from "../db/batch-seal-off.ts";
import { applyPiece, checkPiece } from "../db/batch-step.ts";
import { beat, lastBeat } from "../db/heartbeat.ts";
import { type ListedPlace, openListed, saveOutcome } from "../db/listed.ts";
import { runBatch } from "../db/store.ts";
import { amongRegistered } from "../domain/batch.ts";
import { isNight } from "../domain/retention.ts";
import { DAY, localDate } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";

/** What one minute's run does at most: pieces of five hundred rows, rows compared, rows met. */
const PIECES = 4;
const COMPARED = 2_000;
const MET = 40;

/**
 * Carries on what nobody looks at: lists that are half checked or half written out, and rows whose person has registered
 * meanwhile. Bounded a minute; it may stop anywhere and goes on where it was.
 */
export async function carryOnLists(deps: Deps, now: Date, wall = now): Promise<void> {
  await takeSteps(deps, now, wall);
  await meetRegistered(deps, now, wall);
  if (isNight(now, deps.settings.TIME_ZONE))
    await sealOffLists(deps, new Date(now.getTime() - deps.settings.RETENTION_DAYS * DAY), wall);
}

type Standing = {
  id: string;
  unitCode: string;
  columns: string | null;
  checkedUpTo: number;
  appliedUpTo: number;
  lastRow: number;
  version: number;
  confirmedAt: number | null;
  closedAt: number | null;
};

async function takeSteps(deps: Deps, now: Date, wall: Date): Promise<void> {
  const { db, settings } = deps;
  for (let piece = 0; piece < PIECES; piece++) {
    const [one] = await db.all<Standing>(sql`
      SELECT id, unit_code AS unitCode, columns, checked_up_to AS checkedUpTo, applied_up_to AS appliedUpTo,
        last_row AS lastRow, version, confirmed_at AS confirmedAt, closed_at AS closedAt
      FROM batch WHERE finished_at IS NULL AND withdrawn_at IS NULL AND stored_up_to >= last_row AND (
        (columns IS NOT NULL AND checked_up_to < last_row) OR (confirmed_at IS NOT NULL AND applied_up_to < last_row)
        OR closed_at IS NOT NULL)
      ORDER BY recorded_at LIMIT 1`);
    if (!one) return;
    const batch = {
      ...one,
      columns: one.columns ? JSON.parse(one.columns) : null,
      confirmedAt: one.confirmedAt === null ? null : new Date(one.confirmedAt),
    };
    if (batch.closedAt) await closePiece(deps, batch, wall);
    else if (batch.confirmedAt) await applyPiece(deps, batch, { now, settings });
    else await checkPiece(deps, batch, { today: localDate(now, settings.TIME_ZONE), settings });
  }
}

/** A registration with the same document, or the same phone and name, answers for the village. */
async function meetRegistered(deps: Deps, now: Date, wall: Date): Promise<void> {
  const { db, settings } = deps;
  const last = (await lastBeat(db, "lists"))?.detail;
  const after: ListedPlace = last ? JSON.parse(last) : BEGINNING;
  const rows = await openListed(db, after, COMPARED);
  if (rows.length === 0 && after.batchId === "") return;
  const registered = rows.length > 0 ? await registeredLike(db, rows, settings.COUNTY_CODE) : [];
  const homes = new Map(
    (registered.length > 0
      ? await unitsOf(
          deps,
          registered.map(({ personId }) => personId),
        )
      : []
    ).map(({ id, unitCode }) => [id, unitCode]),
  );
  const byKey = Map.groupBy(
    registered.flatMap((one) => [
      ...(one.idIndex ? [{ key: `id/${one.idIndex}`, one }] : []),
      ...(one.phoneIndex ? [{ key: `phone/${one.phoneIndex}`, one }] : []),
    ]),
    ({ key }) => key,
  );
  let met = 0;
  let place = rows.length < COMPARED ? BEGINNING : placeOf(rows.at(-1));
  for (const row of rows) {
    const like = [`id/${row.idIndex}`, `phone/${row.phoneIndex}`].flatMap((key) => byKey.get(key) ?? []);
    // A list's own subtree: who registered elsewhere is not this list's to know.
    const persons = [...new Set(like.map(({ one }) => one))].filter(({ personId }) =>
      homes.get(personId)?.startsWith(row.scope),
    );
    const found = amongRegistered(row, persons);
    if (found?.result !== "known" || !found.personId) continue;
    const { batchId, unitCode } = row;
    await saveOutcome(deps, {
      ...{ batchId, row: row.row, unitCode, outcome: "found", personId: found.personId, at: wall },
      ...{ details: { actor: "lists" }, auditId: `met/${batchId}/${row.row}` },
    });
    met += 1;
    if (met === MET) {
      place = placeOf(row);
      break;
    }
  }
  await runBatch(db, [beat(db, "lists", { ranAs: now, wall }, JSON.stringify(place))]);
}

const BEGINNING: ListedPlace = { batchId: "", row: 0 };
const placeOf = (row: ListedPlace | undefined): ListedPlace =>
  row ? { batchId: row.batchId, row: row.row } : BEGINNING;

const unitsOf = ({ db }: Deps, ids: string[]): Promise<{ id: string; unitCode: string }[]> =>
  db.all(sql`
    SELECT p.id AS id, p.unit_code AS unitCode FROM json_each(${JSON.stringify(ids)}) AS w
      CROSS JOIN person AS p ON p.id = w.value`);
