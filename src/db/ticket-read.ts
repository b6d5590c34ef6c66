import { type SQL, sql } from "drizzle-orm";
import { type Scope, withinScope } from "../domain/office.ts";
import type { TicketEventKind, TicketState } from "../domain/ticket.ts";
import type { Store } from "./store.ts";
import type { EventWords, TicketWords } from "./ticket.ts";

/** A unit that a ticket went to. */
export type CirculatedUnit = {
  code: string;
  name: string;
  /** The unit above it: village names repeat in a county. */
  parentName: string | null;
  circulatedAt: Date;
  answeredAt: Date | null;
  removedAt: Date | null;
};
/** A ticket as somebody in its owner's scope sees it (`whole`), or somebody of a unit it was circulated to. */
export type Ticket = TicketWords & {
  id: string;
  unitCode: string;
  unitName: string;
  subjectId: string | null;
  openedBy: string;
  openedAt: Date;
  dueAt: Date;
  closedAt: Date | null;
  version: number;
  whole: boolean;
  /** All of them, or those in the reader's scope. */
  units: CirculatedUnit[];
};

/** A ticket that a scope may see, opened; undefined as for a number nobody has. */
export async function findTicket(store: Store, id: string, scope: Scope): Promise<Ticket | undefined> {
  const [row] = await store.db.all<TicketRow>(sql`
    SELECT t.id AS id, t.unit_code AS unitCode, u.name AS unitName, t.subject_id AS subjectId, t.sealed AS sealed,
      t.opened_by AS openedBy, t.opened_at AS openedAt, t.due_at AS dueAt, t.closed_at AS closedAt,
      t.version AS version, (${within("t.unit_code", scope)}) AS whole
    FROM ticket AS t CROSS JOIN unit AS u ON u.code = t.unit_code
    WHERE t.id = ${id} AND (${within("t.unit_code", scope)} OR EXISTS (SELECT 1 FROM ticket_unit AS c
      WHERE c.ticket_id = t.id AND ${within("c.unit_code", scope)}))`);
  if (!row) return undefined;
  const { sealed, whole, ...rest } = row;
  const [words, units] = await Promise.all([
    store.privacy.open<TicketWords>(sealed, id, "ticket"),
    store.db.all<UnitRow>(sql`
      SELECT c.unit_code AS code, u.name AS name, p.name AS parentName, c.circulated_at AS circulatedAt,
        c.answered_at AS answeredAt, c.removed_at AS removedAt
      FROM ticket_unit AS c CROSS JOIN unit AS u ON u.code = c.unit_code
        LEFT JOIN unit AS p ON p.code = u.parent AND p.kind <> 'county'
      WHERE c.ticket_id = ${id} AND (${whole} OR ${within("c.unit_code", scope)})
      ORDER BY c.removed_at IS NOT NULL, c.unit_code LIMIT ${UNITS_SHOWN}`),
  ]);
  return {
    ...rest,
    ...words,
    whole: whole === 1,
    openedAt: new Date(row.openedAt),
    dueAt: new Date(row.dueAt),
    closedAt: row.closedAt === null ? null : new Date(row.closedAt),
    units: units.map((unit) => ({
      ...unit,
      circulatedAt: new Date(unit.circulatedAt),
      answeredAt: unit.answeredAt === null ? null : new Date(unit.answeredAt),
      removedAt: unit.removedAt === null ? null : new Date(unit.removedAt),
    })),
  };
}

/** Units ever circulated to that a page shows: fifty are the most at once, others may have been taken off. */
const UNITS_SHOWN = 500;

type Numbers<T, Names extends keyof T> = Omit<T, Names> & {
  [Name in Names]: null extends T[Name] ? number | null : number;
};
type TicketRow = Numbers<
  Omit<Ticket, keyof TicketWords | "whole" | "units">,
  "openedAt" | "dueAt" | "closedAt"
> & {
  sealed: string;
  whole: 0 | 1;
};
type UnitRow = Numbers<CirculatedUnit, "circulatedAt" | "answeredAt" | "removedAt">;

/** What decisions are made from; only of a ticket that was seen whole. */
export const stateOf = ({ unitCode, dueAt, closedAt, units }: Ticket): TicketState => ({
  ...{ unitCode, dueAt, closedAt },
  units: new Map(
    units.map(({ code, circulatedAt, answeredAt, removedAt }) => [
      code,
      { circulatedAt, answeredAt, removedAt },
    ]),
  ),
});

/** One line of a ticket's history, its words opened. */
export type TicketLine = {
  id: string;
  kind: TicketEventKind;
  unitCode: string;
  unitName: string;
  actor: string;
  at: Date;
  words: EventWords;
};

/** What a page of a history shows. */
export const EVENTS = 200;

/**
 * The latest events of a ticket, oldest first. Whoever does not see it whole sees those of their own units and of the
 * whole ticket, and of who had not answered their own units alone. @param before the `earlier` of a page: what was before it
 */
export async function listTicketEvents(
  store: Store,
  ticket: Pick<Ticket, "id" | "whole">,
  scope: Scope,
  before?: string,
): Promise<{ lines: TicketLine[]; earlier?: string }> {
  const [, at, id = ""] = /^(\d{1,15})\.([\w/-]{1,60})$/.exec(before ?? "") ?? [];
  const rows = await store.db.all<Omit<TicketLine, "words" | "at"> & { at: number; sealed: string | null }>(
    sql`
    SELECT e.id AS id, e.kind AS kind, e.unit_code AS unitCode, COALESCE(u.name, e.unit_code) AS unitName,
      e.actor AS actor, e.sealed AS sealed, e.recorded_at AS at
    FROM ticket_event AS e LEFT JOIN unit AS u ON u.code = e.unit_code
    WHERE e.ticket_id = ${ticket.id} ${at ? sql`AND (e.recorded_at, e.id) < (${Number(at)}, ${id})` : sql``}
      AND (${Number(ticket.whole)} OR e.kind IN ('opened', 'due', 'closed', 'reopened')
        OR ${within("e.unit_code", scope)})
    ORDER BY e.recorded_at DESC, e.id DESC LIMIT ${EVENTS + 1}`,
  );
  const last = rows.length > EVENTS ? rows[EVENTS - 1] : undefined;
  const shown = rows.slice(0, EVENTS).sort((a, b) => a.at - b.at || placeOf(a.id) - placeOf(b.id));
  const lines = await Promise.all(
    shown.map(async ({ sealed, at, ...row }): Promise<TicketLine> => {
      const words = sealed ? await store.privacy.open<EventWords>(sealed, row.id, "ticket_event") : {};
      const without = words.without?.filter((code) => ticket.whole || withinScope(scope, code));
      return { ...row, at: new Date(at), words: without ? { ...words, without } : words };
    }),
  );
  return { lines, ...(last ? { earlier: `${last.at}.${last.id}` } : {}) };
}

/** Of one moment: by version, an act's events as they were planned, answers behind what they answer. */
function placeOf(id: string): number {
  const parts = id.split("/");
  const answer = parts.at(-1) === "answer";
  const version = Number(answer ? (parts.length > 3 ? parts[2] : 0) : parts[1]);
  return version * 1000 + (answer ? 999 : Number(parts[2]));
}

/** The obligation's subject by which a unit owes an answer now; undefined when it owes none. */
export async function owedSubject({ db }: Store, ticketId: string, unitCode: string) {
  const id = `ticket/${ticketId}/${unitCode}`;
  const [row] = await db.all<{ subject: string }>(sql`
    SELECT subject_id AS subject FROM obligation
    WHERE id >= ${id} AND id < ${`${id}/~`} AND unit_code = ${unitCode} AND met_at IS NULL AND excused_at IS NULL`);
  return row?.subject;
}

type Latest = { kind: TicketEventKind; actor: string; at: Date };

/** Who brought a ticket to the version it has; for who comes second. */
export const lastTicketAct = ({ db }: Store, { id, version }: Pick<Ticket, "id" | "version">) =>
  latest(db, sql`id = ${`${id}/${version}/0`}`);

/** Why a unit owes no answer any more: who answered, took it off or closed the ticket, and when. */
export const lastOfUnit = ({ db }: Store, ticketId: string, unitCode: string) =>
  latest(
    db,
    sql`ticket_id = ${ticketId}
      AND (kind = 'closed' OR (kind IN ('answered', 'removed') AND unit_code = ${unitCode}))`,
  );

async function latest(db: Store["db"], which: SQL): Promise<Latest | undefined> {
  const [row] = await db.all<Omit<Latest, "at"> & { at: number }>(sql`
    SELECT kind, actor, recorded_at AS at FROM ticket_event WHERE ${which} ORDER BY recorded_at DESC LIMIT 1`);
  return row && { ...row, at: new Date(row.at) };
}

/** Whether a column's unit is in a scope. @param column its name in the query */
export const within = (column: string, { code, exact }: Scope): SQL =>
  exact
    ? sql`${sql.raw(column)} = ${code}`
    : sql`${sql.raw(column)} >= ${code} AND ${sql.raw(column)} < ${`${code}~`}`;
