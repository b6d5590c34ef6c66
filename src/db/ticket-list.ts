import { type SQL, sql } from "drizzle-orm";
import type { ObligationKind } from "../domain/ladder.ts";
import type { Scope } from "../domain/office.ts";
import type { Store } from "./store.ts";
import type { TicketWords } from "./ticket.ts";
import { within } from "./ticket-read.ts";
import type { Unit } from "./unit.ts";

/** answer: what units of the scope owe; opened and closed: those of the unit itself; received: those it was sent. */
export const TICKET_VIEWS = ["answer", "opened", "received", "closed"] as const;
export type TicketListView = (typeof TICKET_VIEWS)[number];
/** A line of a list. `unitName`: who owes the answer; of what was received, whose ticket it is. */
export type TicketItem = {
  id: string;
  title: string;
  unitCode: string;
  unitName: string;
  dueAt: Date;
  closedAt: Date | null;
  answeredAt: Date | null;
};
type Row = {
  id: string;
  sealed: string;
  unitCode: string;
  unitName: string;
  dueAt: number;
  closedAt: number | null;
  answeredAt: number | null;
  at: number;
  key: string;
};

export const LISTED = 50;

/**
 * A page of tickets: what is due first comes first, what was received or closed last. @param after the `next` of the page
 * before; anything that cannot be one begins anew
 */
export async function listTickets(
  store: Store,
  view: TicketListView,
  scope: Scope,
  after?: string,
): Promise<{ items: TicketItem[]; next?: string }> {
  const cursor = readCursor(after);
  const rows = await store.db.all<Row>(QUERIES[view](scope, cursor));
  // The database hands a village's on in this order already, but promises it of the inner list alone.
  if (view === "answer") rows.sort((a, b) => a.at - b.at || (placed(a) < placed(b) ? -1 : 1));
  const last = rows.length > LISTED ? rows[LISTED - 1] : undefined;
  const items = await Promise.all(
    rows.slice(0, LISTED).map(async ({ sealed, at: _, key: __, ...row }) => ({
      ...row,
      title: (await store.privacy.open<TicketWords>(sealed, row.id, "ticket")).title,
      dueAt: new Date(row.dueAt),
      closedAt: row.closedAt === null ? null : new Date(row.closedAt),
      answeredAt: row.answeredAt === null ? null : new Date(row.answeredAt),
    })),
  );
  return { items, ...(last ? { next: `${last.at}.${last.key}` } : {}) };
}

const placed = ({ unitCode, key }: Row) => `${unitCode}/${key}`;

type Cursor = { at: number; key: string } | undefined;
function readCursor(text: string | undefined): Cursor {
  const [, at, key = ""] =
    /^(\d{1,15})\.(DB-\d{4}-\d{4}(?:\/[0-9A-Z]{6,18}(?:\/\d{1,6})?)?)$/.exec(text ?? "") ?? [];
  return at ? { at: Number(at), key } : undefined;
}

const TICKET = sql.raw("t.id AS id, t.sealed AS sealed, t.closed_at AS closedAt");
const ITEM = `t.id AS id, t.sealed AS sealed, t.closed_at AS closedAt, b.unit_code AS unitCode, b.due_at AS dueAt,
  NULL AS answeredAt, b.due_at AS at, substr(b.id, 8) AS key`;
const ITS_TICKET = "CROSS JOIN ticket AS t ON t.id = substr(b.id, 8, 12)";
const ITS_UNIT = "CROSS JOIN unit AS u ON u.code = b.unit_code";
const PAGE = sql.raw(`LIMIT ${LISTED + 1}`);

const QUERIES: Record<TicketListView, (scope: Scope, after: Cursor) => SQL> = {
  answer(scope, after) {
    const { code, exact } = scope;
    const key = after && sql`(${after.at}, ${after.key.split("/")[1] ?? ""}, ${`ticket/${after.key}`})`;
    // ticket/DB-0217-0031/<unit>: all that is asked of an obligation stands in the index.
    const owed = (columns: string, index: string, joins: string, of: SQL) => sql`
      SELECT ${sql.raw(columns)} FROM obligation AS b INDEXED BY ${sql.raw(index)} ${sql.raw(joins)}
      WHERE b.kind = 'ticket' AND b.kind <> 'follow-up' AND b.met_at IS NULL AND b.excused_at IS NULL AND ${of}
        ${key ? sql`AND (b.due_at, b.unit_code, b.id) > ${key}` : sql``}
      ORDER BY b.due_at, b.unit_code, b.id ${PAGE}`;
    const whole = (index: string, of: SQL) =>
      owed(`${ITEM}, u.name AS unitName`, index, `${ITS_TICKET} ${ITS_UNIT}`, of);
    if (!exact && code.length === 6) return whole("obligation_open_by_kind", within("b.unit_code", scope));
    if (!exact && code.length === 9)
      return whole("obligation_open_ticket_by_town", sql`substr(b.unit_code, 1, 9) = ${code}`);
    if (exact) return whole("obligation_open_ticket", sql`b.unit_code = ${code}`);
    // A village's own come in order out of the index; what little lies below it is put in between.
    const part = (of: SQL) =>
      sql`SELECT * FROM (${owed("b.id, b.unit_code, b.due_at", "obligation_open_ticket", "", of)})`;
    return sql`
      SELECT ${sql.raw(ITEM)}, CASE b.unit_code WHEN ${code} THEN (SELECT name FROM unit WHERE code = ${code})
        ELSE (SELECT name FROM unit AS u WHERE u.code = b.unit_code) END AS unitName
      FROM (${part(sql`b.unit_code = ${code}`)}
        UNION ALL ${part(sql`b.unit_code > ${code} AND b.unit_code < ${`${code}~`}`)}
        ORDER BY due_at, unit_code, id ${PAGE}) AS b ${sql.raw(ITS_TICKET)}`;
  },
  opened: ({ code }, after) => sql`
    SELECT ${TICKET}, t.unit_code AS unitCode, u.name AS unitName, t.due_at AS dueAt, NULL AS answeredAt,
      t.due_at AS at, t.id AS key
    FROM ticket AS t INDEXED BY ticket_open CROSS JOIN unit AS u ON u.code = t.unit_code
    WHERE t.unit_code = ${code} AND t.closed_at IS NULL
      ${after ? sql`AND (t.due_at, t.id) > (${after.at}, ${after.key})` : sql``}
    ORDER BY t.due_at, t.id ${PAGE}`,
  received: ({ code }, after) => sql`
    SELECT ${TICKET}, t.unit_code AS unitCode, u.name AS unitName, t.due_at AS dueAt, c.answered_at AS answeredAt,
      c.circulated_at AS at, t.id AS key
    FROM ticket_unit AS c INDEXED BY ticket_unit_by_unit CROSS JOIN ticket AS t ON t.id = c.ticket_id
      CROSS JOIN unit AS u ON u.code = t.unit_code
    WHERE c.unit_code = ${code} AND c.removed_at IS NULL
      ${after ? sql`AND (c.circulated_at, c.ticket_id) < (${after.at}, ${after.key})` : sql``}
    ORDER BY c.circulated_at DESC, c.ticket_id DESC ${PAGE}`,
  closed: ({ code }, after) => sql`
    SELECT ${TICKET}, t.unit_code AS unitCode, u.name AS unitName, t.due_at AS dueAt, NULL AS answeredAt,
      t.closed_at AS at, t.id AS key
    FROM ticket AS t INDEXED BY ticket_closed CROSS JOIN unit AS u ON u.code = t.unit_code
    WHERE t.unit_code = ${code} AND t.closed_at IS NOT NULL
      ${after ? sql`AND (t.closed_at, t.id) < (${after.at}, ${after.key})` : sql``}
    ORDER BY t.closed_at DESC, t.id DESC ${PAGE}`,
};

/** Something owed that a ticket may be about. */
export type OwedThing = {
  id: string;
  kind: ObligationKind;
  unitCode: string;
  unitName: string;
  subjectId: string;
  dueAt: Date;
  /** Nobody owes it any more. */
  over: boolean;
  /** Of a cluster: the unit it was seen in. */
  about: string | null;
};

/** An obligation of a scope, for a ticket about it; undefined as for one that nobody owes. */
export async function findOwed({ db }: Store, id: string, scope: Scope): Promise<OwedThing | undefined> {
  const [row] = await db.all<Omit<OwedThing, "dueAt" | "over"> & { dueAt: number; over: number }>(sql`
    SELECT b.id AS id, b.kind AS kind, b.unit_code AS unitCode, u.name AS unitName, b.subject_id AS subjectId,
      b.due_at AS dueAt, (b.met_at IS NOT NULL OR b.excused_at IS NOT NULL) AS over,
      CASE b.kind WHEN 'cluster' THEN (SELECT name FROM unit
        WHERE code = substr(b.subject_id, 1, instr(b.subject_id, '/') - 1)) END AS about
    FROM obligation AS b CROSS JOIN unit AS u ON u.code = b.unit_code
    WHERE b.id = ${id} AND ${within("b.unit_code", scope)}`);
  return row && { ...row, dueAt: new Date(row.dueAt), over: row.over === 1 };
}

/** Open tickets about the same thing that a scope owns. */
export async function ticketsAbout({ db }: Store, subjectId: string, scope: Scope): Promise<string[]> {
  const rows = await db.all<{ id: string }>(sql`
    SELECT id FROM ticket AS t
    WHERE t.subject_id = ${subjectId} AND t.closed_at IS NULL AND ${within("t.unit_code", scope)}
    ORDER BY id LIMIT 5`);
  return rows.map(({ id }) => id);
}

/** Units by code, closed ones too, in one query; unknown codes are left out. */
export const unitsByCode = (
  { db }: Store,
  codes: string[],
): Promise<Pick<Unit, "code" | "name" | "kind" | "closedAt">[]> =>
  db.all(sql`
    SELECT u.code AS code, u.name AS name, u.kind AS kind, u.closed_at AS closedAt
    FROM json_each(${JSON.stringify(codes.slice(0, 100))}) AS w CROSS JOIN unit AS u ON u.code = w.value
    ORDER BY u.code`);

/** Which of these units have open ones below them. */
export async function parentsAmong({ db }: Store, codes: string[]): Promise<Set<string>> {
  const rows = await db.all<{ code: string }>(sql`
    SELECT w.value AS code FROM json_each(${JSON.stringify(codes)}) AS w
    WHERE EXISTS (SELECT 1 FROM unit WHERE parent = w.value AND closed_at IS NULL)`);
  return new Set(rows.map(({ code }) => code));
}
