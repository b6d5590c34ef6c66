import { and, asc, eq, gt, lt, sql } from "drizzle-orm";
import { dueMoments, type Standing, type TakenReading } from "../domain/person.ts";
import { ofMerge } from "./duplicate-sql.ts";
import type { EndingDetails } from "./observation.ts";
import { obligation, observation, placement, reading, unit } from "./schema.ts";
import type { Db, Store } from "./store.ts";

/** What a household's own page shows of its observations, in the order the persons were typed. */
export async function findStandings(db: Db, caseNumber: string): Promise<Standing[]> {
  const [rows, moves] = await Promise.all([
    db
      .select({
        id: observation.id,
        kind: observation.kind,
        day0: observation.day0,
        untilDate: observation.untilDate,
        firstSlot: observation.firstSlot,
        firstDueAt: observation.firstDueAt,
        lastDueAt: observation.lastDueAt,
        openedAt: observation.openedAt,
        measuresAckAt: observation.measuresAckAt,
        endedAt: observation.endedAt,
        ending: observation.ending,
        mergedAt: sql<number | null>`${ofMerge("recorded_at", "observation.id")}`,
      })
      .from(observation)
      .where(and(gt(observation.id, `${caseNumber}-`), lt(observation.id, `${caseNumber}-~`))),
    db
      .select({ id: placement.observationId, kind: placement.kind })
      .from(placement)
      .where(
        and(gt(placement.observationId, `${caseNumber}-`), lt(placement.observationId, `${caseNumber}-~`)),
      )
      .orderBy(asc(placement.occurredAt), asc(placement.version)),
  ]);
  const now = new Map(moves.map(({ id, kind }) => [id, kind]));
  return rows
    .map(({ mergedAt, ...row }) => ({
      ...row,
      kind: now.get(row.id) ?? row.kind,
      mergedAt: mergedAt === null ? null : new Date(mergedAt),
    }))
    .sort((a, b) => placeOf(a.id) - placeOf(b.id));
}

/** A person's place in the household, counted from 1: the end of WY-0217-4486-1. */
export const placeOf = (id: string): number => Number(id.slice(id.lastIndexOf("-") + 1));

/** The readings that count, newest slot first. Their key begins with the slot, so each slot is looked up by itself. */
export async function findReadings(
  db: Db,
  caseNumber: string,
  standing: readonly Standing[],
  now: Date,
  zone: string,
): Promise<TakenReading[]> {
  const slots = JSON.stringify(dueMoments(standing, now, zone).map((at) => at.getTime()));
  const rows = await db
    .select({
      observationId: reading.observationId,
      slot: reading.slot,
      dueAt: reading.dueAt,
      version: reading.version,
      temperature: reading.temperature,
      symptoms: reading.symptoms,
      needsHelp: reading.needsHelp,
      abnormal: reading.abnormal,
      late: reading.late,
      door: reading.door,
      recordedAt: reading.recordedAt,
    })
    .from(reading)
    .innerJoin(
      sql`json_each(${slots}) AS wanted`,
      sql`${reading.dueAt} = wanted.value
        AND ${reading.observationId} > ${`${caseNumber}-`} AND ${reading.observationId} < ${`${caseNumber}-~`}`,
    );
  const counting = new Map<string, TakenReading>();
  for (const row of rows) {
    const key = `${row.observationId}/${row.slot}`;
    if (row.version > (counting.get(key)?.version ?? 0)) counting.set(key, row);
  }
  return [...counting.values()].sort(
    (a, b) => b.dueAt.getTime() - a.dueAt.getTime() || placeOf(a.observationId) - placeOf(b.observationId),
  );
}

/** How the officials' answer to a fever stands; undefined where none is owed. */
export async function findResponse(db: Db, observationId: string, slot: string) {
  const [row] = await db
    .select({ dueAt: obligation.dueAt, metAt: obligation.metAt })
    .from(obligation)
    .where(eq(obligation.id, `response/${observationId}/${slot}`));
  return row;
}

export type Release = {
  observationId: string;
  unitCode: string;
  unitName: string;
  kind: Standing["kind"];
  day0: string;
  untilDate: string;
  releasedAt: Date;
};
const releaseColumns = {
  observationId: observation.id,
  unitCode: observation.unitCode,
  unitName: unit.name,
  kind: observation.kind,
  day0: observation.day0,
  untilDate: observation.untilDate,
  releasedAt: observation.endedAt,
};

/** The releases of a household with the name of whoever released, in the order the persons were typed. */
export async function findReleases(
  { db, privacy }: Store,
  caseNumber: string,
): Promise<(Release & { by: string })[]> {
  const rows = await db
    .select({ ...releaseColumns, endSealed: observation.endSealed })
    .from(observation)
    .innerJoin(unit, eq(unit.code, observation.unitCode))
    .where(
      and(
        gt(observation.id, `${caseNumber}-`),
        lt(observation.id, `${caseNumber}-~`),
        eq(observation.ending, "released"),
      ),
    );
  const opened = await Promise.all(
    rows.map(async ({ endSealed, releasedAt, ...row }) => {
      const { by } = await privacy.open<EndingDetails>(endSealed ?? "", row.observationId, "observation.end");
      return { ...row, releasedAt: releasedAt as Date, by };
    }),
  );
  return opened.sort((a, b) => placeOf(a.observationId) - placeOf(b.observationId));
}

/** The release that a code stands for, without opening anything. @param index what `releaseIndexOf` makes of the code */
export async function findRelease(db: Db, index: string): Promise<Release | undefined> {
  const [row] = await db
    .select(releaseColumns)
    .from(observation)
    .innerJoin(unit, eq(unit.code, observation.unitCode))
    .where(eq(observation.releaseIndex, index));
  return row ? { ...row, releasedAt: row.releasedAt as Date } : undefined;
}
