import { type SQL, sql } from "drizzle-orm";
import { type ActorName, actorNames } from "./actor.ts";
import type { Store } from "./store.ts";

/** A line of the history as its readers see it. */
export type AuditLine = {
  id: string;
  actor: string;
  act: string;
  subjectId: string;
  unitCode: string;
  unitName: string;
  at: Date;
  detail: string;
  /** Free words, opened. */
  words?: string;
  who?: ActorName;
};
/** Where a page ended. */
export type AuditPlace = { at: number; id: string };
/** Which lines. `exact`: of one grid alone; moments in ms, `to` no more. */
export type AuditFilter = {
  unit: string;
  exact: boolean;
  /** The unit is the whole county: every line is looked at by time alone. */
  whole: boolean;
  actor?: string | undefined;
  subject?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
  /** Acts that the reader may not know of. */
  hidden?: readonly string[];
};

/** Lines looked through for a page: of somebody, or of a subject, there may be many outside the reader's scope. */
const SCAN = 1_000;

/**
 * The latest lines of a scope before a place, newest first, opened. Whether `next` leads on is told even where none of the
 * lines looked through is the reader's.
 */
export async function listAudit(
  store: Store,
  filter: AuditFilter,
  { before, limit }: { before?: AuditPlace | undefined; limit: number },
): Promise<{ lines: AuditLine[]; next?: AuditPlace }> {
  const { actor, subject, whole } = filter;
  const narrow = actor !== undefined || subject !== undefined;
  const rows = await store.db.all<Row>(
    narrow || whole ? scanned(filter, before, limit) : byUnit(filter, before, limit),
  );
  const found = rows.slice(0, limit);
  const last = found.at(-1);
  const next =
    rows.length > limit && last
      ? { at: last.at, id: last.id }
      : narrow || whole
        ? await beyond(store, filter, before)
        : undefined;
  return { lines: await opened(store, found), ...(next ? { next } : {}) };
}

type Row = Omit<AuditLine, "at" | "words" | "who"> & { at: number; sealed: string | null };

/** The narrowest index there is, looked through for so many lines. */
function scan({ actor, subject, from, to }: AuditFilter, before: AuditPlace | undefined): SQL {
  // One index each: without the hint the planner may take the scope's, and walk a county.
  const [index, is] =
    subject !== undefined
      ? [sql`audit_by_subject`, sql`a.subject_id = ${subject} AND`]
      : actor !== undefined
        ? [sql`audit_by_actor`, sql`a.actor = ${actor} AND`]
        : [sql`audit_by_time`, sql``];
  return sql`SELECT a.id, a.actor, a.recorded_at, a.unit_code FROM audit AS a INDEXED BY ${index}
    WHERE ${is} ${span({ from, to }, before)} ORDER BY a.recorded_at DESC, a.id DESC LIMIT ${SCAN}`;
}

const scanned = (filter: AuditFilter, before: AuditPlace | undefined, limit: number): SQL => sql`
  ${LINES} FROM (${scan(filter, before)}) AS s CROSS JOIN audit AS a ON a.id = s.id
    LEFT JOIN unit AS u ON u.code = a.unit_code
  WHERE ${mine(sql`s.unit_code`, filter)} ${filter.actor === undefined ? sql`` : sql`AND s.actor = ${filter.actor}`}
    ${shown(filter)}
  ORDER BY s.recorded_at DESC, s.id DESC LIMIT ${limit + 1}`;

/** Where the looking stopped, when there was more to look through. */
async function beyond({ db }: Store, filter: AuditFilter, before: AuditPlace | undefined) {
  const [last] = await db.all<AuditPlace>(sql`
    SELECT recorded_at AS at, id FROM (${scan(filter, before)}) LIMIT 1 OFFSET ${SCAN - 1}`);
  return last;
}

/** The latest of each unit of a town, and of those the latest: a busy county beside it costs nothing. */
const byUnit = (filter: AuditFilter, before: AuditPlace | undefined, limit: number): SQL => sql`
  ${LINES} FROM unit AS u CROSS JOIN audit AS a ON a.id IN (
    SELECT a.id FROM audit AS a INDEXED BY audit_by_unit WHERE a.unit_code = u.code AND ${span(filter, before)}
      ${shown(filter)}
    ORDER BY a.recorded_at DESC, a.id DESC LIMIT ${limit + 1})
  WHERE ${mine(sql`u.code`, filter)} ORDER BY a.recorded_at DESC, a.id DESC LIMIT ${limit + 1}`;

const LINES = sql`SELECT a.id AS id, a.actor AS actor, a.act AS act, a.subject_id AS subjectId, a.unit_code AS unitCode,
  coalesce(u.name, a.unit_code) AS unitName, a.recorded_at AS at, coalesce(a.detail, '') AS detail, a.sealed AS sealed`;

/** Of the alias `a`: no act that the reader may not know of. */
const shown = ({ hidden = [] }: AuditFilter): SQL =>
  hidden.length === 0
    ? sql``
    : sql`AND a.act NOT IN (SELECT value FROM json_each(${JSON.stringify(hidden)}))`;

const mine = (column: SQL, { unit, exact }: AuditFilter): SQL =>
  exact ? sql`${column} = ${unit}` : sql`${column} >= ${unit} AND ${column} < ${`${unit}~`}`;

function span({ from, to }: Pick<AuditFilter, "from" | "to">, before: AuditPlace | undefined): SQL {
  const end = Math.min(to ?? Number.MAX_SAFE_INTEGER, before ? before.at + 1 : Number.MAX_SAFE_INTEGER);
  return sql`a.recorded_at >= ${from ?? 0} AND a.recorded_at < ${end}
    ${before ? sql`AND (a.recorded_at, a.id) < (${before.at}, ${before.id})` : sql``}`;
}

async function opened(store: Store, rows: Row[]): Promise<AuditLine[]> {
  const names = await actorNames(
    store,
    rows.map(({ actor }) => actor),
  );
  return Promise.all(
    rows.map(async ({ sealed, at, ...row }) => ({
      ...row,
      at: new Date(at),
      who: names.get(row.actor),
      words: sealed ? (await store.privacy.open<{ text?: string }>(sealed, row.id, "audit")).text : undefined,
    })),
  );
}
