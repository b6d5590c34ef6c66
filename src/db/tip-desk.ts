import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "../domain/office.ts";
import { TIP_PAGE, type TipCursor, type TipTab } from "../domain/tip-desk.ts";
import type { Db } from "./store.ts";

/*
 * The queue of tips. A page walks one index in its order, so that it reads what it shows and no more: a whole county by
 * kind, a town by the index of its tips, a village, which has few, among what it owes.
 */
/** A line of the queue; nothing in it says who the sender is or what they wrote. */
export type TipLine = TipCursor & {
  holderName: string;
  category: string;
  recordedAt: number;
  outcome: "true" | "untrue" | "unclear" | null;
  /** Whom of the unit it was given to. */
  officialId: string | null;
  /** The tip that it is answered with. */
  lead: string | null;
  followers: number;
  /** The newest words are the sender's, and no official has written, given it to anybody or settled it since. */
  wroteBack: boolean;
};

type Row = { metAt: number; dueAt: number; unitCode: string; tipId: string };

/** One page of the queue after a cursor. @param own the official's unit, for what is theirs alone */
export async function listTips(
  db: Db,
  query: { tab: TipTab; scope: Scope; own: string; after?: TipCursor | undefined },
): Promise<{ lines: TipLine[]; next?: TipCursor }> {
  const rows = await db.all<Row>(sql`${pageOf(query)} LIMIT ${TIP_PAGE + 1}`);
  const shown = rows.slice(0, TIP_PAGE);
  const last = shown.at(-1);
  return {
    lines: await linesOf(db, shown),
    ...(rows.length > TIP_PAGE && last ? { next: last } : {}),
  };
}

/** How many there are on a tab, counted to `most`. */
export async function countTips(
  db: Db,
  query: { tab: Exclude<TipTab, "settled">; scope: Scope; own: string },
  most: number,
): Promise<number> {
  const [row] = await db.all<{ n: number }>(sql`
    SELECT count(*) AS n FROM (${pageOf(query)} LIMIT ${most})`);
  return row?.n ?? 0;
}

const NO_MET = sql.raw("0 AS metAt, due_at AS dueAt, unit_code AS unitCode, substr(id, 5) AS tipId");
const MET = sql.raw("met_at AS metAt, due_at AS dueAt, unit_code AS unitCode, substr(id, 5) AS tipId");
const BY_DUE = sql.raw("ORDER BY due_at, unit_code, id");
const BY_MET = sql.raw("ORDER BY met_at DESC, due_at DESC, unit_code DESC, id DESC");

function pageOf(query: { tab: TipTab; scope: Scope; own: string; after?: TipCursor | undefined }): SQL {
  const { tab, scope, after } = query;
  // One's own unit is one place, however far the scope goes.
  const { code, exact } = tab === "mine" ? { code: query.own, exact: true } : scope;
  const inside = exact ? sql`unit_code = ${code}` : sql`unit_code >= ${code} AND unit_code < ${`${code}~`}`;
  const town = sql`substr(unit_code, 1, 9) = ${code.slice(0, 9)}`;
  const id = after ? `tip/${after.tipId}` : "";
  if (tab === "settled") {
    const place = code.length < 9 ? inside : sql`${town} AND ${inside}`;
    const before = after
      ? sql`AND (met_at, due_at, unit_code, id) < (${after.metAt}, ${after.dueAt}, ${after.unitCode}, ${id})`
      : sql``;
    return sql`SELECT ${MET} FROM obligation
      WHERE kind = 'tip' AND excused_at IS NULL AND met_at IS NOT NULL AND ${place} ${before} ${BY_MET}`;
  }
  const beyond = after
    ? sql`AND (due_at, unit_code, id) > (${after.dueAt}, ${after.unitCode}, ${id})`
    : sql``;
  const open = sql`met_at IS NULL AND excused_at IS NULL`;
  if (!exact && code.length <= 9)
    return sql`SELECT ${NO_MET} FROM obligation
      WHERE kind = 'tip' AND ${open} ${code.length < 9 ? sql`AND kind <> 'follow-up' AND ${inside}` : sql`AND ${town} AND ${inside}`}
      ${beyond} ${BY_DUE}`;
  // An obligation's id begins with its kind: what else a unit owes is passed over in the index.
  return sql`SELECT ${NO_MET} FROM obligation INDEXED BY obligation_open_by_unit
    WHERE ${open} AND kind <> 'follow-up' AND ${inside} AND id >= 'tip/' AND id < 'tip0' ${beyond} ${BY_DUE}`;
}

type Detail = Pick<TipLine, "tipId" | "category" | "recordedAt" | "outcome" | "lead" | "followers"> & {
  name: string | null;
  verifiedAt: number | null;
  newest: string | null;
  assigned: string | null;
};

/** What a page says of its tips, in the page's order: one look for each. */
async function linesOf(db: Db, rows: Row[]): Promise<TipLine[]> {
  if (rows.length === 0) return [];
  const wanted = rows.map(({ tipId, unitCode }) => `('${clean(tipId)}', '${clean(unitCode)}')`).join(", ");
  const details = await db.all<Detail>(sql`
    SELECT t.id AS tipId, t.category AS category, t.recorded_at AS recordedAt, t.verified_at AS verifiedAt, t.outcome AS outcome,
      (SELECT name FROM unit WHERE code = column2) AS name,
      (SELECT json_array(author, recorded_at) FROM tip_message AS m WHERE m.tip_id = t.id
        ORDER BY m.recorded_at DESC, m.id DESC LIMIT 1) AS newest,
      -- Of what is settled nobody asks any more who had it.
      CASE WHEN t.verified_at IS NULL THEN (SELECT json_array(official_id, recorded_at) FROM tip_assignment AS a
        WHERE a.tip_id = t.id ORDER BY a.version DESC LIMIT 1) END AS assigned,
      (SELECT target_id FROM tip_link AS l WHERE l.tip_id = t.id AND l.kind = 'tip' AND l.removed_at IS NULL) AS lead,
      (SELECT count(*) FROM tip_link AS l WHERE l.target_id = t.id AND l.kind = 'tip' AND l.removed_at IS NULL) AS followers
    FROM (VALUES ${sql.raw(wanted)}) CROSS JOIN tip AS t ON t.id = column1`);
  const byId = new Map(details.map((one) => [one.tipId, one]));
  return rows.flatMap((row) => {
    const found = byId.get(row.tipId);
    if (!found) return [];
    const { name, newest, assigned, verifiedAt, ...rest } = found;
    const [author, wroteAt] = parsed(newest);
    const [officialId, assignedAt] = parsed(assigned);
    const acted = Math.max(Number(assignedAt ?? 0), verifiedAt ?? 0);
    return [
      {
        ...row,
        ...rest,
        holderName: name ?? row.unitCode,
        officialId: officialId === undefined || officialId === null ? null : String(officialId),
        wroteBack: author === "sender" && Number(wroteAt) > acted,
      },
    ];
  });
}

const parsed = (json: string | null): (string | number | null)[] => (json ? JSON.parse(json) : []);

/** Our own numbers and codes as literals: in JSON each costs a row read. */
const clean = (code: string) => code.replace(/[^0-9A-Z-]/g, "");

/** A line of a tip's history. */
export type TipEvent = { id: string; actor: string; act: string; detail: string | null; recordedAt: number };

/** What was done with a tip, the newest first: at most a hundred lines. */
export const historyOf = (db: Db, tipId: string): Promise<TipEvent[]> =>
  db.all<TipEvent>(sql`
    SELECT id, actor, act, detail, recorded_at AS recordedAt FROM audit
    WHERE subject_id = ${tipId} AND actor <> 'sender' ORDER BY recorded_at DESC, id LIMIT 100`);
