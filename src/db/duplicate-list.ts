import { type SQL, sql } from "drizzle-orm";
import type { DuplicateReason, Finding, Lasting, Tied } from "../domain/duplicate.ts";
import type { Scope } from "../domain/office.ts";
import type { PersonDetails } from "../domain/registration.ts";
import { SEALED_OFF } from "../domain/retention.ts";
import type { Db, Store } from "./store.ts";

/*
 * Candidates of a scope, and what stands about two persons. A pair is in a scope where both of it are: what lies in two
 * towns is the county's to settle.
 */
/** A line of the list. `why` and who: ids as they count now. @property settledAt null while it is open */
export type CandidateLine = {
  person: string;
  other: string;
  why: DuplicateReason;
  recordedAt: Date;
  settledAt: Date | null;
  /** What holds about them now. */
  finding: Finding | null;
  names: [string, string];
  units: [string, string];
};
export type CandidateCursor = { at: number; person: string; other: string };

const inside = (column: string, { code, exact }: Scope): SQL => {
  const name = sql.raw(column);
  if (code === "") return sql`0`;
  return exact ? sql`${name} = ${code}` : sql`${name} >= ${code} AND ${name} < ${`${code}~`}`;
};
/** As whom somebody counts who was merged. */
const rootOf = (column: string): SQL =>
  sql.raw(`COALESCE((SELECT other_id FROM duplicate_finding WHERE person_id = ${column} AND finding = 'same'
    AND undone_at IS NULL), ${column})`);

/** The columns of one page: newest first, those who count as one already left out of the open ones. */
const lines = (scope: Scope, settled: boolean, after: CandidateCursor | undefined, limit: number): SQL => {
  const at = sql.raw(settled ? "c.settled_at" : "c.recorded_at");
  const before = after
    ? sql`AND (${at}, c.person_id, c.other_id) < (${after.at}, ${after.person}, ${after.other})`
    : sql``;
  // A county goes along the moments; a smaller scope has few and is sorted.
  const along = scope.code.length < 9 ? "all" : "unit";
  const index = sql.raw(`duplicate_${settled ? "settled" : "open"}${along === "all" ? "" : "_by_unit"}`);
  return sql`
    SELECT c.person_id AS first, c.other_id AS second, ${rootOf("c.person_id")} AS person, ${rootOf("c.other_id")} AS other,
      c.why AS why, ${at} AS at, c.settled_at AS settledAt, c.recorded_at AS recordedAt
    FROM duplicate_candidate AS c INDEXED BY ${index}
    WHERE c.settled_at IS ${sql.raw(settled ? "NOT NULL" : "NULL")} AND ${inside("c.unit_code", scope)}
      AND ${inside("c.other_unit_code", scope)} ${before}
      ${settled ? sql`` : sql`AND ${rootOf("c.person_id")} <> ${rootOf("c.other_id")}`}
    ORDER BY ${at} DESC, c.person_id DESC, c.other_id DESC LIMIT ${limit}`;
};

/** One page of a scope's candidates behind a cursor; names leave masked by the page. Reads what it shows, a few rows each. */
export async function listCandidates(
  { db, privacy }: Store,
  scope: Scope,
  { settled, after, limit }: { settled: boolean; after?: CandidateCursor | undefined; limit: number },
): Promise<{ lines: CandidateLine[]; next: CandidateCursor | undefined }> {
  const rows = await db.all<{
    first: string;
    second: string;
    person: string;
    other: string;
    why: DuplicateReason;
    at: number;
    settledAt: number | null;
    recordedAt: number;
    sealed: string;
    otherSealed: string;
    unit: string;
    otherUnit: string;
    finding: Finding | null;
  }>(sql`
    SELECT l.*, p.sealed AS sealed, o.sealed AS otherSealed, u.name AS unit, v.name AS otherUnit,
      (SELECT finding FROM duplicate_finding AS f WHERE f.undone_at IS NULL
        AND ((f.person_id = l.first AND f.other_id = l.second) OR (f.person_id = l.second AND f.other_id = l.first))) AS finding
    FROM (${lines(scope, settled, after, limit + 1)}) AS l
      CROSS JOIN person AS p ON p.id = CASE WHEN ${settled ? 1 : 0} THEN l.first ELSE l.person END
      CROSS JOIN person AS o ON o.id = CASE WHEN ${settled ? 1 : 0} THEN l.second ELSE l.other END
      CROSS JOIN unit AS u ON u.code = p.unit_code CROSS JOIN unit AS v ON v.code = o.unit_code
    ORDER BY l.at DESC, l.first DESC, l.second DESC`);
  const name = async (sealed: string, id: string) =>
    sealed ? (await privacy.open<PersonDetails>(sealed, id, "person")).name : SEALED_OFF;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    lines: await Promise.all(
      shown.map(async (row): Promise<CandidateLine> => {
        const [person, other] = settled ? [row.first, row.second] : [row.person, row.other];
        return {
          ...{ person, other, why: row.why, finding: row.finding, units: [row.unit, row.otherUnit] },
          recordedAt: new Date(row.recordedAt),
          settledAt: row.settledAt === null ? null : new Date(row.settledAt),
          names: [await name(row.sealed, person), await name(row.otherSealed, other)],
        };
      }),
    ),
    next: rows.length > limit && last ? { at: last.at, person: last.first, other: last.second } : undefined,
  };
}

/** How many are open in a scope, counted to `most`. */
export async function countCandidates(db: Db, scope: Scope, most: number): Promise<number> {
  const [row] = await db.all<{ n: number }>(
    sql`SELECT count(*) AS n FROM (${lines(scope, false, undefined, most)})`,
  );
  return row?.n ?? 0;
}

/** What was found about somebody and holds: by whom and since when. */
export type Held = {
  person: string;
  other: string;
  version: number;
  finding: Finding;
  by: string;
  recordedAt: Date;
  sealed: string | null;
};

/** Everything that was found about two persons, one with the other or with anybody else, and holds. */
export async function heldAbout(db: Db, ids: readonly string[]): Promise<Held[]> {
  const columns = sql.raw(
    "person_id AS person, other_id AS other, version, finding, by, recorded_at AS recordedAt, sealed",
  );
  const asked = JSON.stringify(ids);
  const rows = await db.all<Omit<Held, "recordedAt"> & { recordedAt: number }>(sql`
    SELECT ${columns} FROM duplicate_finding
    WHERE person_id IN (SELECT value FROM json_each(${asked})) AND undone_at IS NULL
    UNION SELECT ${columns} FROM duplicate_finding
    WHERE other_id IN (SELECT value FROM json_each(${asked})) AND undone_at IS NULL
    ORDER BY recorded_at LIMIT 50`);
  return rows.map((row) => ({ ...row, recordedAt: new Date(row.recordedAt) }));
}

/** Why two persons were offered as one; undefined where nobody pointed at them. */
export async function whyAlike(db: Db, one: string, other: string): Promise<DuplicateReason | undefined> {
  const [row] = await db.all<{ why: DuplicateReason }>(sql`
    SELECT why FROM duplicate_candidate
    WHERE (person_id = ${one} AND other_id = ${other}) OR (person_id = ${other} AND other_id = ${one})`);
  return row?.why;
}

/** One of two persons, as far as findings go by it. */
export type Sided = Tied & Lasting & { householdId: string; unitCode: string };

/** Two persons of a scope in the order they were asked for; undefined where one of them is outside it or nobody's. */
export async function findSides(
  db: Db,
  [one, other]: readonly [string, string],
  scope: Scope,
): Promise<[Sided, Sided] | undefined> {
  const rows = await db.all<
    Omit<Sided, "recordedAt" | "open" | "has" | "flagged" | "held"> & {
      recordedAt: number;
      held: number;
      has: number;
      flagged: number;
    }
  >(sql`
    SELECT p.id AS id, p.household_id AS householdId, p.unit_code AS unitCode, p.recorded_at AS recordedAt,
      p.duplicate_of AS duplicateOf,
      p.duplicate_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM duplicate_finding AS f WHERE f.person_id = p.id
        AND f.other_id = p.duplicate_of AND f.finding = 'distinct' AND f.undone_at IS NULL) AS flagged,
      o.until_date AS until, o.id IS NOT NULL AND o.last_due_at IS NULL AS held,
      (SELECT other_id FROM duplicate_finding AS f WHERE f.person_id = p.id AND f.finding = 'same'
        AND f.undone_at IS NULL) AS mergedInto,
      EXISTS (SELECT 1 FROM duplicate_finding AS f WHERE f.other_id = p.id AND f.finding = 'same'
        AND f.undone_at IS NULL) AS has
    FROM person AS p LEFT JOIN observation AS o ON o.id = p.id AND o.ended_at IS NULL
    WHERE p.id IN (${one}, ${other}) AND ${inside("p.unit_code", scope)}`);
  const sides = rows.map((row) => ({
    ...row,
    recordedAt: new Date(row.recordedAt),
    open: row.until !== null,
    held: row.held === 1,
    has: row.has === 1,
    flagged: row.flagged === 1,
  }));
  const [first, second] = [one, other].map((id) => sides.find((side) => side.id === id));
  return first && second ? [first, second] : undefined;
}
