import { and, asc, eq, gte, inArray, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { unitOfCode } from "../domain/unit.ts";
import { unit } from "./schema.ts";
import type { Db } from "./store.ts";

export type Unit = typeof unit.$inferSelect;
export type UnitKind = Unit["kind"];

/** A unit by its code, closed ones too: what once happened there stays readable. */
export async function findUnit(db: Db, code: string): Promise<Unit | undefined> {
  const [found] = await db.select().from(unit).where(eq(unit.code, code));
  return found;
}

/** The open units directly below one, by code; `kinds` narrows them (the villages of a town, say). */
export async function listChildren(db: Db, parentCode: string, kinds?: UnitKind[]): Promise<Unit[]> {
  return db
    .select()
    .from(unit)
    .where(
      and(
        eq(unit.parent, parentCode),
        isNull(unit.closedAt),
        kinds && kinds.length > 0 ? inArray(unit.kind, kinds) : undefined,
      ),
    )
    .orderBy(asc(unit.code));
}

/** The units directly below one that had been entered by a moment, closed ones too, by code. */
export async function childrenAsOf(db: Db, parentCode: string, asOf: Date): Promise<Unit[]> {
  return db
    .select()
    .from(unit)
    .where(and(eq(unit.parent, parentCode), lte(unit.recordedAt, asOf)))
    .orderBy(asc(unit.code));
}

/** The names of units by code, in one query; unknown codes are left out. */
export async function namesOf(db: Db, codes: string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await db
    .select({ code: unit.code, name: unit.name })
    .from(unit)
    .where(sql`${unit.code} IN (SELECT value FROM json_each(${JSON.stringify(codes)}))`);
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** From the county down to the unit itself; empty for an unknown code. */
export async function unitPath(
  db: Db,
  code: string,
): Promise<{ code: string; name: string; kind: UnitKind }[]> {
  // The tree is five deep at most (county, town, village, grid, checkpoint); the bound keeps a wrong parent from looping.
  const rows = await db.all<{ code: string; name: string; kind: UnitKind }>(sql`
    WITH RECURSIVE up(code, name, kind, parent, depth) AS (
      SELECT code, name, kind, parent, 0 FROM unit WHERE code = ${code}
      UNION ALL
      SELECT unit.code, unit.name, unit.kind, unit.parent, up.depth + 1
      FROM up JOIN unit ON unit.code = up.parent WHERE up.depth < 8
    )
    SELECT code, name, kind FROM up ORDER BY depth DESC`);
  return rows;
}

/** A subtree as a range of codes: the unit and everything whose code begins with its own; no code, nothing. */
export const inSubtree = (column: SQLiteColumn, prefix: string): SQL => {
  if (prefix === "") return sql`0`;
  return isGrid(prefix) ? eq(column, prefix) : (and(gte(column, prefix), lt(column, `${prefix}~`)) as SQL);
};

/** True when `code` is the unit `prefix` or lies below it. */
export const withinSubtree = (code: string, prefix: string): boolean =>
  prefix !== "" && (isGrid(prefix) ? code === prefix : code.startsWith(prefix));

/** A grid has nothing below it, though its code may begin another grid's. */
const isGrid = (code: string): boolean => unitOfCode(code)?.kind === "grid";
