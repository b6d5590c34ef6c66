import { type SQL, sql } from "drizzle-orm";
import {
  EXPORT_MOST,
  EXPORT_SCAN,
  type ExportFilter,
  type ExportKind,
  type HistoryRow,
  type TicketRow,
  type TipRow,
} from "../domain/export.ts";
import { addDays, momentOf } from "../domain/time.ts";
import type { TipDetails } from "../domain/tip.ts";
import { actorNames } from "./actor.ts";
import { isMergedId, isUnflagged } from "./duplicate-sql.ts";
import { linePage } from "./export-lines.ts";
import { type Cursor, inOrder, nextOf, type Page, type PageOptions, type Which } from "./export-page.ts";
import type { Store } from "./store.ts";
import type { TicketWords } from "./ticket.ts";

/*
 * The rows of an export: read a page at a time in the order of the index (unit, moment, id), in the database's own scope.
 */

/** A filter's days as moments. @param upto nothing recorded after this counts: what was counted is what is taken */
export function whichOf(
  filter: ExportFilter,
  exact: boolean,
  upto: Date,
  zone: string,
  hidden: readonly string[] = [],
): Which {
  const { unit, state, from, to } = filter;
  const end = to ? momentOf(addDays(to, 1), "00:00", zone).getTime() : Number.MAX_SAFE_INTEGER;
  return {
    ...{ unit, exact, state, hidden },
    from: from ? momentOf(from, "00:00", zone).getTime() : 0,
    to: Math.min(end, upto.getTime() + 1),
  };
}

/** How many rows an export would have: exact up to the most that one may have; "too-many" beyond, or to look through. */
export async function countRows(
  { db }: Pick<Store, "db">,
  kind: ExportKind,
  which: Which,
): Promise<number | "too-many"> {
  const counted = async (of: SQL, most: number) => {
    const [row] = await db.all<{ n: number }>(sql`SELECT count(*) AS n FROM (${of} LIMIT ${most + 1})`);
    return row?.n ?? 0;
  };
  if (which.state && kind !== "tickets") {
    const scanned = sql`SELECT 1 ${within(kind, { ...which, state: undefined })}`;
    if ((await counted(scanned, EXPORT_SCAN)) > EXPORT_SCAN) return "too-many";
  }
  const n = await counted(sql`SELECT 1 ${within(kind, which)}`, EXPORT_MOST);
  return n > EXPORT_MOST ? "too-many" : n;
}

/**
 * How many rows an export has as it is taken, and how many of them the figures leave out: persons who registered again, by
 * their document or merged. A row each, and one for each finding about them. @param most as were counted when it was asked for
 */
export async function countTaken(
  { db }: Pick<Store, "db">,
  kind: ExportKind,
  which: Which,
  most: number,
): Promise<{ rows: number; again: number }> {
  const again = kind === "line-list" ? sql`(${isMergedId("t.id")} OR NOT ${isUnflagged("t")})` : sql`0`;
  const [row] = await db.all<{ n: number; again: number | null }>(sql`
    SELECT count(*) AS n, sum(again) AS again
    FROM (SELECT ${again} AS again ${within(kind, which)} ${inOrder(most)})`);
  return { rows: row?.n ?? 0, again: row?.again ?? 0 };
}

/** A page of rows, opened. Three queries at most. */
export function pageOf<Kind extends ExportKind>(
  store: Store,
  kind: Kind,
  options: PageOptions,
): Promise<Page<Kind>> {
  const from = within(kind, options.which, options.after);
  const pages: { [One in ExportKind]: () => Promise<Page<One>> } = {
    "line-list": () => linePage(store, from, options),
    "go-data": async () => ({ ...(await linePage(store, from, options)) }),
    tips: () => tipPage(store, from, options),
    tickets: () => ticketPage(store, from, options),
    audit: () => auditPage(store, from, options),
  };
  return pages[kind]() as Promise<Page<Kind>>;
}

const TABLES = {
  "line-list": sql`person`,
  "go-data": sql`person`,
  tips: sql`tip`,
  tickets: sql`ticket`,
  audit: sql`audit`,
} as const;
const PERSON_STATES: Record<string, SQL> = {
  waiting: sql`o.id IS NULL`,
  observing: sql`o.id IS NOT NULL AND o.ended_at IS NULL`,
  released: sql`o.ending = 'released'`,
  transferred: sql`o.ending = 'transferred'`,
  closed: sql`o.ending = 'closed'`,
};
const STATES: { [Kind in ExportKind]?: Record<string, SQL> } = {
  "line-list": PERSON_STATES,
  "go-data": PERSON_STATES,
  tips: { open: sql`t.verified_at IS NULL`, answered: sql`t.verified_at IS NOT NULL` },
  tickets: { open: sql`t.closed_at IS NULL`, closed: sql`t.closed_at IS NOT NULL` },
};

/**
 * FROM and WHERE of a kind's rows: through the units, so that the index bounds days as well as units. `t` is the row, `u`
 * its unit, `o` a person's observation. A tip that was handed out of the scope is no more its own.
 */
function within(kind: ExportKind, which: Which, after?: Cursor): SQL {
  const state = which.state ? STATES[kind]?.[which.state] : undefined;
  const ofPersons = kind === "line-list" || kind === "go-data";
  const first = after
    ? sql`CASE WHEN u.code = ${after.unit} THEN ${after.at} ELSE ${which.from} END`
    : sql`${which.from}`;
  const mine = (column: SQL) =>
    which.exact
      ? sql`${column} = ${which.unit}`
      : sql`${column} >= ${which.unit} AND ${column} < ${`${which.unit}~`}`;
  return sql`FROM unit AS u CROSS JOIN ${TABLES[kind]} AS t ON t.unit_code = u.code
      AND t.recorded_at >= ${first} AND t.recorded_at < ${which.to}
    ${ofPersons && state ? sql`LEFT JOIN observation AS o ON o.id = t.id` : sql``}
    WHERE ${
      kind === "tickets"
        ? // One of another unit that was circulated into the scope is seen as well.
          sql`(${mine(sql`u.code`)} OR EXISTS (SELECT 1 FROM ticket_unit AS c WHERE c.ticket_id = t.id
            AND c.removed_at IS NULL AND ${mine(sql`c.unit_code`)}))`
        : mine(sql`u.code`)
    }
      ${kind === "tips" ? sql`AND EXISTS (SELECT 1 FROM obligation AS d WHERE d.id = 'tip/' || t.id AND ${mine(sql`d.unit_code`)})` : sql``}
      ${/* Another system would take somebody who registered again for somebody else. */ kind === "go-data" ? sql`AND ${isUnflagged("t")} AND NOT ${isMergedId("t.id")}` : sql``}
      ${kind === "audit" && which.hidden?.length ? sql`AND t.act NOT IN (SELECT value FROM json_each(${JSON.stringify(which.hidden)}))` : sql``}
      ${after ? sql`AND u.code >= ${after.unit} AND (u.code, t.recorded_at, t.id) > (${after.unit}, ${after.at}, ${after.id})` : sql``}
      ${state ? sql`AND ${state}` : sql``}`;
}

async function tipPage(
  { db, privacy }: Store,
  from: SQL,
  { limit, open }: PageOptions,
): Promise<Page<"tips">> {
  const found = await db.all<
    Omit<TipRow, "recordedAt" | keyof TipDetails> & {
      unitCode: string;
      at: number;
      sealed: string;
      answerSealed: string | null;
    }
  >(sql`
    SELECT t.id AS id, u.name AS unit, u.code AS unitCode, t.category AS category, t.recorded_at AS at,
      t.verify_due_at AS verifyDueAt, t.verified_at AS verifiedAt, t.outcome AS outcome, t.sealed AS sealed,
      t.answer_sealed AS answerSealed ${from} ${inOrder(limit)}`);
  const rows = await Promise.all(
    found.map(async ({ unitCode: _, at, sealed, answerSealed, ...row }): Promise<TipRow> => {
      if (!open) return { ...row, recordedAt: at };
      const [{ place, about, text }, said] = await Promise.all([
        privacy.open<TipDetails>(sealed, row.id, "tip"),
        answerSealed ? privacy.open<{ answer: string }>(answerSealed, row.id, "tip.answer") : undefined,
      ]);
      return { ...row, recordedAt: at, place, about, text, answer: said?.answer };
    }),
  );
  return { rows, ...nextOf(found, limit) };
}

async function ticketPage(
  { db, privacy }: Store,
  from: SQL,
  { limit, open }: PageOptions,
): Promise<Page<"tickets">> {
  const found = await db.all<TicketRow & { unitCode: string; at: number; sealed: string }>(sql`
    SELECT t.id AS id, u.name AS unit, u.code AS unitCode, t.subject_id AS subjectId, t.recorded_at AS at,
      t.opened_at AS openedAt, t.due_at AS dueAt, t.closed_at AS closedAt, t.sealed AS sealed,
      (SELECT count(*) FROM ticket_unit AS a WHERE a.ticket_id = t.id AND a.removed_at IS NULL) AS asked,
      (SELECT count(*) FROM ticket_unit AS a WHERE a.ticket_id = t.id AND a.removed_at IS NULL
        AND a.answered_at IS NOT NULL) AS answered
    ${from} ${inOrder(limit)}`);
  const rows = await Promise.all(
    found.map(async ({ unitCode: _, at: __, sealed, ...row }): Promise<TicketRow> => {
      if (!open) return row;
      const { title, text } = await privacy.open<TicketWords>(sealed, row.id, "ticket");
      return { ...row, title, text };
    }),
  );
  return { rows, ...nextOf(found, limit) };
}

async function auditPage(store: Store, from: SQL, { limit, open }: PageOptions): Promise<Page<"audit">> {
  type Found = Omit<HistoryRow, "who" | "recordedAt"> & {
    unitCode: string;
    at: number;
    actor: string;
    sealed: string | null;
  };
  const found = await store.db.all<Found>(sql`
    SELECT t.id AS id, t.actor AS actor, t.act AS act, t.subject_id AS subjectId, u.name AS unit, u.code AS unitCode,
      t.recorded_at AS at, coalesce(t.detail, '') AS detail, t.sealed AS sealed ${from} ${inOrder(limit)}`);
  const names = await actorNames(
    store,
    found.map(({ actor }) => actor),
  );
  const rows = await Promise.all(
    found.map(async ({ unitCode: _, at, actor, sealed, ...row }): Promise<HistoryRow> => {
      const { unitName, name } = names.get(actor) ?? {};
      const words =
        open && sealed
          ? (await store.privacy.open<{ text?: string }>(sealed, row.id, "audit")).text
          : undefined;
      return { ...row, recordedAt: at, who: [unitName, name].filter(Boolean).join(" ") || actor, words };
    }),
  );
  return { rows, ...nextOf(found, limit) };
}
