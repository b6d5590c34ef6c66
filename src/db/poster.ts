import { type SQL, sql } from "drizzle-orm";
import { pointNumber } from "../domain/poster.ts";
import { type Acted, changes, recordActs } from "./desk-act.ts";
import { refusal } from "./fault.ts";
import { linkRow, linkToken } from "./link.ts";
import { insertLinks, linkInUse } from "./link-desk.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/*
 * Posting points and their posters: listed with what came in through each, added, printed, taken down.
 */
export type PointCount = {
  households: number;
  persons: number;
  householdsToday: number;
  personsToday: number;
};
export type Point = {
  id: string;
  name: string;
  unitCode: string;
  unitName: string;
  recordedAt: Date;
  /** Its newest link in use: when it opens no more, null where it does not end. */
  link: { tokenHash: string; expiresAt: Date | null } | undefined;
  /** Registrations through it. */
  count: PointCount;
  /** True when there are more than were counted. */
  more: boolean;
};

/** Registrations of one point are counted so far on a list. */
const COUNTED = 500;

/** A range of unit codes, half-open. */
export type CodeRange = { from: string; to: string };
/** Where a list goes on: behind a unit's point. */
export type After = { unitCode: string; id: string };

/** The points of a subtree that hang still, by unit and number. @param dayStart the first moment of today */
export async function listPoints(
  db: Db,
  range: CodeRange,
  { after, limit, now, dayStart }: { after?: After | undefined; limit: number; now: Date; dayStart: Date },
): Promise<{ points: Point[]; next?: After }> {
  const rows = await db.all<PointRow>(sql`
    SELECT p.id AS id, p.name AS name, p.unit_code AS unitCode, u.name AS unitName, p.recorded_at AS recordedAt,
      ${linkOf(now)} AS link,
      (SELECT json_array(count(*), sum(persons), sum(recorded_at >= ${dayStart.getTime()}),
          sum(CASE WHEN recorded_at >= ${dayStart.getTime()} THEN persons END))
        FROM (SELECT recorded_at, persons FROM household WHERE posting_point_id = p.id
          ORDER BY recorded_at DESC LIMIT ${COUNTED})) AS counts
    FROM (${hanging(range, after, limit)}) AS p CROSS JOIN unit AS u ON u.code = p.unit_code
    ORDER BY p.unit_code, p.id`);
  const points = rows.slice(0, limit).map(pointOf);
  const last = points.at(-1);
  return {
    points,
    ...(rows.length > limit && last ? { next: { unitCode: last.unitCode, id: last.id } } : {}),
  };
}

type PointRow = Pick<Point, "id" | "name" | "unitCode" | "unitName"> & {
  recordedAt: number;
  /** [hash, end] of its newest link in use. */
  link: string | null;
  counts: string;
};

const hanging = (range: CodeRange, after: After | undefined, limit: number): SQL => sql`
  SELECT * FROM posting_point INDEXED BY posting_point_by_unit
  WHERE removed_at IS NULL AND unit_code >= ${range.from} AND unit_code < ${range.to}
    ${after ? sql`AND unit_code >= ${after.unitCode} AND (unit_code, id) > (${after.unitCode}, ${after.id})` : sql``}
  ORDER BY unit_code, id LIMIT ${limit + 1}`;

/** The hash and the end of the newest link in use of the point `p`. */
const linkOf = (now: Date): SQL => sql`
  (SELECT json_array(l.token_hash, l.expires_at) FROM link AS l WHERE l.unit_code = p.unit_code AND l.purpose = 'poster'
    AND l.subject_id = p.id AND ${linkInUse(now)} ORDER BY l.recorded_at DESC LIMIT 1)`;

function pointOf({ recordedAt, link, counts, ...row }: PointRow): Point {
  const [households, persons, householdsToday, personsToday] = (JSON.parse(counts) as (number | null)[]).map(
    (count) => count ?? 0,
  ) as [number, number, number, number];
  return {
    ...row,
    recordedAt: new Date(recordedAt),
    link: link === null ? undefined : newest(JSON.parse(link)),
    count: { households, persons, householdsToday, personsToday },
    more: households >= COUNTED,
  };
}

const newest = ([tokenHash, end]: [string, number | null]) => ({
  tokenHash,
  expiresAt: end === null ? null : new Date(end),
});

/** A poster to print: its point and the token of its link. */
export type Sheet = {
  id: string;
  name: string;
  unitCode: string;
  unitName: string;
  above: string;
  token: string;
};

/** What is printed of the points of a subtree, or of one; points without a link in use are left out. */
export async function listSheets(
  store: Store,
  range: CodeRange,
  { id, after, limit, now }: { id?: string | undefined; after?: After | undefined; limit: number; now: Date },
): Promise<{ sheets: Sheet[]; next?: After }> {
  const points = id
    ? sql`SELECT * FROM posting_point WHERE id = ${id} AND removed_at IS NULL AND unit_code >= ${range.from}
        AND unit_code < ${range.to}`
    : hanging(range, after, limit);
  const rows = await store.db.all<Omit<Sheet, "token"> & { nonce: string | null }>(sql`
    SELECT p.id AS id, p.name AS name, p.unit_code AS unitCode, u.name AS unitName,
      CASE WHEN a.kind = 'county' THEN '' ELSE COALESCE(a.name, '') END AS above,
      (SELECT l.nonce FROM link AS l WHERE l.unit_code = p.unit_code AND l.purpose = 'poster'
        AND l.subject_id = p.id AND ${linkInUse(now)} ORDER BY l.recorded_at DESC LIMIT 1) AS nonce
    FROM (${points}) AS p CROSS JOIN unit AS u ON u.code = p.unit_code LEFT JOIN unit AS a ON a.code = u.parent
    ORDER BY p.unit_code, p.id`);
  const page = rows.slice(0, limit);
  const sheets = await Promise.all(
    page.flatMap(({ nonce, ...row }) =>
      nonce ? [linkToken(store, "poster", nonce).then((token) => ({ ...row, token }))] : [],
    ),
  );
  const last = page.at(-1);
  return {
    sheets,
    ...(rows.length > limit && last ? { next: { unitCode: last.unitCode, id: last.id } } : {}),
  };
}

/** What a point's lines in the history are about. */
export const pointSubject = (id: string): string => `poster/${id}`;

/** So often a number that somebody else drew meanwhile is drawn anew. */
const DRAWS = 5;

type Maker = Omit<Acted, "auditId"> & { newId: () => string; expiresAt: Date };

/**
 * Adds points with their numbers and links, all in one batch. How many were added; 0 for a form sent twice.
 * @param options perUnit: only where the unit has none hanging; actId: the id of a form's line in the history
 */
export async function addPoints(
  store: Store,
  points: readonly { unitCode: string; name: string }[],
  { newId, expiresAt, actId, perUnit, ...acted }: Maker & { actId?: string; perUnit?: boolean },
): Promise<number> {
  if (points.length === 0) return 0;
  const { db } = store;
  for (let draw = 1; ; draw++) {
    const first = await nextNumber(db);
    const planned = await Promise.all(
      points.map(async (point, at) => {
        const id = pointNumber(first + at);
        const { unitCode } = point;
        const entry = { unitCode, subjectId: id, nonce: newId(), expiresAt, recordedAt: acted.now };
        return { ...point, id, link: (await linkRow(store, { ...entry, purpose: "poster" })).row };
      }),
    );
    try {
      return await insertPoints(db, planned, acted, { newId, actId, perUnit });
    } catch (error) {
      const refused = refusal(error);
      const taken = typeof refused === "object" ? refused.taken : undefined;
      if (taken === "audit" && actId) return 0;
      if (taken !== "posting_point" || draw === DRAWS) throw error;
    }
  }
}

async function insertPoints(
  db: Db,
  planned: readonly {
    id: string;
    unitCode: string;
    name: string;
    link: Awaited<ReturnType<typeof linkRow>>["row"];
  }[],
  acted: Omit<Acted, "auditId">,
  {
    newId,
    actId,
    perUnit,
  }: { newId: () => string; actId?: string | undefined; perUnit?: boolean | undefined },
): Promise<number> {
  const rows = JSON.stringify(planned.map(({ id, unitCode, name }) => ({ id, unitCode, name })));
  const bare = perUnit
    ? sql`AND NOT EXISTS (SELECT 1 FROM posting_point AS p WHERE p.unit_code = n.value ->> 'unitCode'
        AND p.removed_at IS NULL)`
    : sql``;
  const [, linked] = await runBatch(db, [
    db.run(sql`
      INSERT INTO posting_point (id, unit_code, name, recorded_at)
      SELECT n.value ->> 'id', n.value ->> 'unitCode', n.value ->> 'name', ${acted.now.getTime()}
      FROM json_each(${rows}) AS n
      WHERE EXISTS (SELECT 1 FROM unit AS u WHERE u.code = n.value ->> 'unitCode' AND u.closed_at IS NULL) ${bare}`),
    insertLinks(
      db,
      planned.map(({ link }) => link),
      // A point that another official drew under this very number has its link already.
      sql`EXISTS (SELECT 1 FROM posting_point AS p WHERE p.id = n.value ->> 'subjectId'
          AND p.unit_code = n.value ->> 'unitCode')
        AND NOT EXISTS (SELECT 1 FROM link AS l WHERE l.unit_code = n.value ->> 'unitCode' AND l.purpose = 'poster'
          AND l.nonce IS NOT NULL AND l.subject_id = n.value ->> 'subjectId')`,
    ),
    recordActs(
      db,
      acted,
      "add-poster",
      planned.map(({ id, unitCode, link: { tokenHash } }) => ({
        ...{ auditId: actId ?? newId(), subjectId: pointSubject(id), unitCode, tokenHash },
      })),
    ),
  ]);
  return changes(linked);
}

/** One more than the greatest number that was ever given. */
async function nextNumber(db: Db): Promise<number> {
  for (const digits of [4, 5]) {
    const pattern = `P-${"[0-9]".repeat(digits)}`;
    const [row] = await db.all<{ id: string }>(sql`
      SELECT id FROM posting_point WHERE id >= 'P-' AND id < 'P.' AND id GLOB ${pattern} ORDER BY id DESC LIMIT 1`);
    const last = row ? Number(row.id.slice(2)) : 0;
    if (digits === 5 || last < 9_999) return digits === 5 ? Math.max(last, 9_999) + 1 : last + 1;
  }
  return 1;
}
