import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import { may } from "../domain/office.ts";
import { recordActIf } from "./audit.ts";
import { type Acted, changes, line } from "./desk-act.ts";
import { type Officer, officerColumns, openOfficer } from "./official.ts";
import { official, tipAssignment, unit } from "./schema.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/*
 * Whose a tip is. Each assignment is a version of its own; the latest stands. Handed to another unit, the promise stays
 * as it was and its obligation moves: that unit sees the tip, owes the answer, and its ladder begins with the notice.
 * The tip's own unit is a fact, where it happened, and stays.
 */
export type Assignment = {
  version: number;
  unitCode: string;
  officialId: string | null;
  by: string;
  recordedAt: Date;
};

/** The assignment that stands; undefined where nobody was named yet. */
export async function currentAssignment(db: Db, tipId: string): Promise<Assignment | undefined> {
  const [row] = await db
    .select({
      version: tipAssignment.version,
      unitCode: tipAssignment.unitCode,
      officialId: tipAssignment.officialId,
      by: tipAssignment.by,
      recordedAt: tipAssignment.recordedAt,
    })
    .from(tipAssignment)
    .where(eq(tipAssignment.tipId, tipId))
    .orderBy(desc(tipAssignment.version))
    .limit(1);
  return row;
}

/**
 * Gives a tip to a unit, or to one of its officials, where nobody else did since `version` (0: never assigned), it has no
 * answer yet and its unit is the one that was looked at. False when it was otherwise: nothing is written.
 */
export async function saveAssignment(
  { db }: Pick<Store, "db">,
  given: { tipId: string; version: number; holder: string; unitCode: string; officialId: string | null },
  acted: Acted,
): Promise<boolean> {
  const { tipId, version, holder, unitCode, officialId } = given;
  const at = acted.now.getTime();
  const happened = sql`EXISTS (SELECT 1 FROM audit WHERE id = ${acted.auditId})`;
  const act = unitCode === holder ? "assign-tip" : "hand-tip";
  const results = await runBatch(db, [
    recordActIf(
      db,
      line(acted, act, tipId, unitCode, officialId ? `official/${officialId}` : unitCode),
      sql`SELECT 1 FROM obligation WHERE id = ${`tip/${tipId}`} AND unit_code = ${holder} AND met_at IS NULL
        AND (SELECT COALESCE(max(version), 0) FROM tip_assignment WHERE tip_id = ${tipId}) = ${version}`,
    ),
    db.run(sql`
      INSERT INTO tip_assignment (tip_id, version, unit_code, official_id, by, recorded_at)
      SELECT ${tipId}, ${version + 1}, ${unitCode}, ${officialId}, ${acted.actor}, ${at} WHERE ${happened}`),
    // From the first step on, so that the unit it comes to hears of it; what is not due yet is not said before it is.
    db.run(sql`
      UPDATE obligation SET unit_code = ${unitCode}, version = version + 1, step = 0, next_due_at = ${at}, ack_until = NULL
      WHERE id = ${`tip/${tipId}`} AND unit_code <> ${unitCode} AND met_at IS NULL AND ${happened}`),
  ]);
  return changes(results[0]) > 0;
}

/** Who of these units can take a tip, by unit: at most a hundred each. */
export async function takersOf(store: Store, unitCodes: string[]): Promise<Officer[]> {
  const lists = await Promise.all(
    unitCodes.map((code) =>
      store.db
        .select(officerColumns)
        .from(official)
        .innerJoin(unit, eq(unit.code, official.unitCode))
        .where(and(eq(official.unitCode, code), isNull(official.removedAt)))
        .orderBy(asc(official.recordedAt), asc(official.id))
        .limit(100),
    ),
  );
  const able = lists.flat().filter(({ role }) => may(role, "settle"));
  return Promise.all(able.map((row) => openOfficer(store, row)));
}

/** An official who holds an office and can take a tip; undefined for anybody else. */
export async function findTaker(db: Db, id: string): Promise<{ id: string; unitCode: string } | undefined> {
  const [row] = await db
    .select({ id: official.id, unitCode: official.unitCode, role: official.role })
    .from(official)
    .where(and(eq(official.id, id), isNull(official.removedAt)));
  return row && may(row.role, "settle") ? { id: row.id, unitCode: row.unitCode } : undefined;
}
