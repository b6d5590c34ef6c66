import { and, asc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { latestSlot, previousSlot, slotCloses } from "../domain/follow-up.ts";
import { unitOfCode } from "../domain/unit.ts";
import { isMergedId, ofMerge } from "./duplicate-sql.ts";
import type { EndingDetails, ObservationRow } from "./observation.ts";
import { link, obligation, observation, placement, response, unit } from "./schema.ts";
import type { Db, Store } from "./store.ts";

/*
 * What a unit's pages show beside the lists of round.ts: figures, a household's observations, and who settled something.
 */

/** Of those under observation in a subtree now: the slot that began last, and the one before it. */
export type FollowUpFigures = {
  observing: number;
  reported: number;
  /** Not reported in the slot that began last; `over` says that its hours have passed. */
  unreported: number;
  over: boolean;
  /** Without a reading in the slot before. */
  missed: number;
};

/** Reads each open observation of the subtree and two readings for it. */
export async function followUpFigures(
  db: Db,
  scope: string,
  now: Date,
  zone: string,
): Promise<FollowUpFigures> {
  const slot = latestSlot(now, zone);
  const [current, before] = [slotCloses(slot, zone), slotCloses(previousSlot(slot), zone)].map((at) =>
    at.getTime(),
  );
  const owes = (at: number | undefined) =>
    sql`(o.first_due_at <= ${at} AND (o.last_due_at IS NULL OR o.last_due_at >= ${at}))`;
  const read = (at: number | undefined) =>
    sql`EXISTS (SELECT 1 FROM reading WHERE due_at = ${at} AND observation_id = o.id)`;
  const end = scope + (unitOfCode(scope)?.kind === "grid" ? "!" : "~");
  const [row] = await db.all<Record<"observing" | "reported" | "unreported" | "missed", number>>(sql`
    SELECT COUNT(*) AS observing,
      COALESCE(SUM(${owes(current)} AND ${read(current)}), 0) AS reported,
      COALESCE(SUM(${owes(current)} AND NOT ${read(current)}), 0) AS unreported,
      COALESCE(SUM(${owes(before)} AND NOT ${read(before)}), 0) AS missed
    FROM observation AS o WHERE o.ended_at IS NULL AND o.unit_code >= ${scope} AND o.unit_code < ${end}
      AND NOT ${isMergedId("o.id")}`);
  const figures = row ?? { observing: 0, reported: 0, unreported: 0, missed: 0 };
  return { ...figures, over: (current ?? 0) <= now.getTime() };
}

export type Observed = ObservationRow & {
  moves: { kind: ObservationRow["kind"]; occurredAt: Date }[];
  end?: EndingDetails;
  /** Fevers nobody has answered yet: obligation ids. */
  unanswered: string[];
  /** 已并入: whom they were merged into, and since when; null while they count themselves. */
  mergedInto: string | null;
  mergedAt: Date | null;
};

/** The observations of a household in the order the persons were typed, with their moves and how they ended. */
export async function findObserved({ db, privacy }: Store, caseNumber: string): Promise<Observed[]> {
  const [rows, moves, fevers] = await Promise.all([
    db
      .select({
        row: observation,
        mergedInto: sql<string | null>`${ofMerge("other_id", "observation.id")}`,
        mergedAt: sql<number | null>`${ofMerge("recorded_at", "observation.id")}`,
      })
      .from(observation)
      .where(and(gt(observation.id, `${caseNumber}-`), lt(observation.id, `${caseNumber}-~`))),
    db
      .select()
      .from(placement)
      .where(
        and(gt(placement.observationId, `${caseNumber}-`), lt(placement.observationId, `${caseNumber}-~`)),
      )
      .orderBy(asc(placement.occurredAt), asc(placement.version)),
    db
      .select({ id: obligation.id })
      .from(obligation)
      .where(
        and(
          gt(obligation.id, `response/${caseNumber}-`),
          lt(obligation.id, `response/${caseNumber}-~`),
          isNull(obligation.metAt),
        ),
      ),
  ]);
  const opened = await Promise.all(
    rows.map(async ({ row, mergedInto, mergedAt }) => ({
      ...row,
      mergedInto,
      mergedAt: mergedAt === null ? null : new Date(mergedAt),
      moves: moves.filter(({ observationId }) => observationId === row.id),
      unanswered: fevers.map(({ id }) => id).filter((id) => id.startsWith(`response/${row.id}/`)),
      ...(row.endSealed
        ? { end: await privacy.open<EndingDetails>(row.endSealed, row.id, "observation.end") }
        : {}),
    })),
  );
  return opened.sort((a, b) => place(a.id) - place(b.id));
}

const place = (id: string) => Number(id.slice(id.lastIndexOf("-") + 1));

/** What was done about a fever or a cluster, and through whose link; undefined until somebody did. */
export async function findAnswer(
  { db, privacy }: Store,
  obligationId: string,
): Promise<{ recordedAt: Date; actor: string; text: string } | undefined> {
  const [row] = await db.select().from(response).where(eq(response.obligationId, obligationId));
  if (!row) return undefined;
  return {
    recordedAt: row.recordedAt,
    ...(await privacy.open<{ actor: string; text: string }>(row.sealed, obligationId, "response")),
  };
}

/** The unit through whose link somebody acted: the role that another official is told. */
export async function actingUnit(db: Db, actor: string) {
  const [row] = await db
    .select({ code: unit.code, name: unit.name, kind: unit.kind })
    .from(link)
    .innerJoin(unit, eq(unit.code, link.unitCode))
    .where(and(eq(link.tokenHash, actor), eq(link.purpose, "unit")));
  return row;
}
