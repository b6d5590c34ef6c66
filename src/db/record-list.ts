import { type SQL, sql } from "drizzle-orm";
import { type UnitKind, unitOfCode } from "../domain/unit.ts";
import { MOST_OF_A_DAY } from "./record-hour.ts";
import type { Db, Store } from "./store.ts";

/* Lists and counts of records (登记事项) as pages show them. Each names a unit: its own records, or those of its subtree. */

/** own: filed at this unit's door; otherwise by it and every unit below. */
export type RecordScope = { code: string; own?: boolean };
/** A record in a list. `said`: its personal answers, only where they were asked for. */
export type RecordItem = {
  id: string;
  unitCode: string;
  unitName: string;
  state: string;
  facts: Readonly<Record<string, unknown>>;
  said: Readonly<Record<string, unknown>>;
  occurredAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
};
type Row = Omit<RecordItem, "facts" | "said" | "occurredAt" | "dueAt" | "endedAt"> & {
  facts: string;
  sealed: string | null;
  occurredAt: number;
  dueAt: number | null;
  endedAt: number | null;
};

/** What stands open of each form, and how much of it is overdue. Reads the index of open records alone. */
export async function countOpen(
  db: Db,
  forms: readonly string[],
  scope: RecordScope,
  now: Date,
): Promise<Map<string, { open: number; overdue: number }>> {
  const rows = await db.all<{ form: string; open: number; overdue: number }>(sql`
    SELECT f.value AS form, COUNT(*) AS open, COUNT(CASE WHEN r.due_at <= ${now.getTime()} THEN 1 END) AS overdue
    FROM json_each(${JSON.stringify(forms)}) f CROSS JOIN record r
      ON r.form = f.value AND ${within(scope)} AND r.ended_at IS NULL
    GROUP BY f.value`);
  return new Map(rows.map(({ form, ...counts }) => [form, counts]));
}

/** How many open records of a form each unit of a subtree has; those that have none are left out. */
export async function openByUnit(
  db: Db,
  form: string,
  scope: RecordScope,
  now: Date,
): Promise<{ code: string; open: number; overdue: number }[]> {
  return db.all(sql`
    SELECT r.unit_code AS code, COUNT(*) AS open, COUNT(CASE WHEN r.due_at <= ${now.getTime()} THEN 1 END) AS overdue
    FROM record r WHERE r.form = ${form} AND ${within(scope)} AND r.ended_at IS NULL
    GROUP BY r.unit_code`);
}

/** What was filed from `from` to `to` by unit and whole hour since `from`, of `MOST_OF_A_DAY`; withdrawn ones are not counted. */
export async function filedByHour(
  db: Db,
  form: string,
  scope: RecordScope,
  { from, to }: { from: Date; to: Date },
): Promise<{ code: string; hour: number; n: number }[]> {
  const [start, end] = [from.getTime(), to.getTime()];
  // CROSS JOIN keeps SQLite on the keys: one seek a unit, and the records of these hours.
  return db.all(sql`
    SELECT code, hour, COUNT(*) AS n FROM (
      SELECT u.code AS code, CAST((r.occurred_at - ${start}) / 3600000 AS INTEGER) AS hour
      FROM unit u CROSS JOIN record r ON r.form = ${form} AND r.unit_code = u.code
        AND r.occurred_at >= ${start} AND r.occurred_at < ${end} AND r.state <> 'withdrawn'
      WHERE ${within(scope, "u.code")} LIMIT ${MOST_OF_A_DAY})
    GROUP BY 1, 2`);
}

/** What a list is narrowed to: records in one of these states. */
export type RecordFilter = { form: string; scope: RecordScope; states?: readonly string[] | undefined };

/**
 * A page of a form's records: open ones first, what is due first at the top; then settled ones, the newest first.
 * @param after the `next` of the page before; anything that cannot be one begins anew @param said opens personal answers too
 */
export async function listRecords(
  store: Store,
  filter: RecordFilter,
  { after, limit, said = false }: { after?: string | undefined; limit: number; said?: boolean },
): Promise<{ items: RecordItem[]; next?: string }> {
  const cursor = readCursor(after);
  const most = limit + 1;
  const rows: Row[] = [];
  // One part after another, from where the page before ended.
  const first = PARTS.findIndex(([part]) => part === (cursor?.part ?? "o"));
  for (const [part, pageFrom] of PARTS.slice(first)) {
    if (rows.length === most) break;
    const from = cursor?.part === part ? cursor : undefined;
    rows.push(...(await store.db.all<Row>(pageFrom(filter, from, most - rows.length))));
  }
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const items = await Promise.all(rows.slice(0, limit).map((row) => itemOf(store, row, said)));
  return { items, ...(last ? { next: cursorOf(last) } : {}) };
}

const COLUMNS =
  sql.raw(`r.id AS id, r.unit_code AS unitCode, u.name AS unitName, r.state AS state, r.facts AS facts,
  r.sealed AS sealed, r.occurred_at AS occurredAt, r.due_at AS dueAt, r.ended_at AS endedAt`);
/** After every moment. */
const NEVER = 9_999_999_999_999;

// Open ones: what is owed by when it is due, then what is owed by no moment.
const owedPage = (filter: RecordFilter, after: Cursor, most: number): SQL =>
  pageOf(filter, most, {
    part: sql`x.ended_at IS NULL AND x.due_at IS NOT NULL AND (x.due_at, x.id) > (${after?.at ?? -1}, ${after?.id ?? ""})`,
    order: (table) => sql.raw(`${table}.due_at, ${table}.id`),
  });
const unowedPage = (filter: RecordFilter, after: Cursor, most: number): SQL =>
  pageOf(filter, most, {
    part: sql`x.ended_at IS NULL AND x.due_at IS NULL AND x.id > ${after?.id ?? ""}`,
    order: (table) => sql.raw(`${table}.id`),
  });
const settledPage = (filter: RecordFilter, after: Cursor, most: number): SQL =>
  pageOf(filter, most, {
    part: sql`x.ended_at IS NOT NULL AND (x.occurred_at, x.id) < (${after?.at ?? NEVER}, ${after?.id ?? ""})`,
    order: (table) => sql.raw(`${table}.occurred_at DESC, ${table}.id DESC`),
  });

// The first of each unit, so that a subtree's page costs so many rows a unit, not all that it ever filed.
const pageOf = (
  { form, scope, states }: RecordFilter,
  most: number,
  { part, order }: { part: SQL; order: (table: string) => SQL },
): SQL => sql`
  SELECT ${COLUMNS} FROM unit u CROSS JOIN record r ON r.id IN (
    SELECT x.id FROM record x WHERE x.form = ${form} AND x.unit_code = u.code AND ${part}
      ${states ? sql`AND x.state IN (SELECT value FROM json_each(${JSON.stringify(states)}))` : sql``}
    ORDER BY ${order("x")} LIMIT ${most})
  WHERE ${within(scope, "u.code")} ORDER BY ${order("r")} LIMIT ${most}`;

/** Whose records: a range of codes. A grid has nothing below it, though its code may begin another grid's. */
export function within({ code, own }: RecordScope, column = "r.unit_code"): SQL {
  const end = code + (own || unitOfCode(code)?.kind === "grid" ? "!" : "~");
  return sql`${sql.raw(column)} >= ${code} AND ${sql.raw(column)} < ${end}`;
}

type Part = "o" | "n" | "s";
type Cursor = { part: Part; at: number; id: string } | undefined;
const PARTS: readonly (readonly [Part, (filter: RecordFilter, after: Cursor, most: number) => SQL])[] = [
  ["o", owedPage],
  ["n", unowedPage],
  ["s", settledPage],
];
function readCursor(text: string | undefined): Cursor {
  const [, part, at, id = ""] = /^([ons])\.(\d{1,15})\.([A-Z]{1,3}-\d{4}-\d{4})$/.exec(text ?? "") ?? [];
  return part ? { part: part as Part, at: Number(at), id } : undefined;
}
const cursorOf = ({ id, dueAt, occurredAt, endedAt }: Row): string =>
  endedAt !== null ? `s.${occurredAt}.${id}` : dueAt !== null ? `o.${dueAt}.${id}` : `n.0.${id}`;

async function itemOf({ privacy }: Store, { sealed, ...row }: Row, said: boolean): Promise<RecordItem> {
  return {
    ...row,
    facts: JSON.parse(row.facts),
    said: said && sealed ? await privacy.open<Record<string, unknown>>(sealed, row.id, "record") : {},
    occurredAt: new Date(row.occurredAt),
    dueAt: row.dueAt === null ? null : new Date(row.dueAt),
    endedAt: row.endedAt === null ? null : new Date(row.endedAt),
  };
}

/** Which kinds of open unit lie below one. Reads the units of the subtree. */
export async function kindsBelow(db: Db, code: string): Promise<Set<UnitKind>> {
  const rows = await db.all<{ kind: UnitKind }>(sql`
    SELECT DISTINCT u.kind AS kind FROM unit u
    WHERE ${within({ code }, "u.code")} AND u.code <> ${code} AND u.closed_at IS NULL`);
  return new Set(rows.map(({ kind }) => kind));
}

/** What a unit owes of records, counted to `limit`: what others wait for, and what of its own has run over. */
export async function countOwedRecords(
  db: Db,
  unitCode: string,
  now: Date,
  limit: number,
): Promise<{ decisions: number; overdue: number }> {
  const open = (what: SQL) => sql`(SELECT COUNT(*) FROM (SELECT 1 FROM obligation
    WHERE unit_code = ${unitCode} AND ${what} AND met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up'
    LIMIT ${limit}))`;
  const [row] = await db.all<{ decisions: number; overdue: number }>(sql`
    SELECT ${open(sql`kind = 'decision'`)} AS decisions,
      ${open(sql`kind = 'record' AND due_at <= ${now.getTime()}`)} AS overdue`);
  return row ?? { decisions: 0, overdue: 0 };
}

/** A record whose next step is a unit's to decide. */
export type Decision = { form: string; id: string; unitCode: string; unitName: string; dueAt: Date };

/** What waits for this unit's decision, the first due first. */
export async function listDecisions(db: Db, unitCode: string, limit: number): Promise<Decision[]> {
  const rows = await db.all<Omit<Decision, "dueAt"> & { dueAt: number }>(sql`
    SELECT r.form AS form, r.id AS id, r.unit_code AS unitCode, u.name AS unitName, o.due_at AS dueAt
    FROM (SELECT id, due_at FROM obligation WHERE unit_code = ${unitCode} AND kind = 'decision'
        AND met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up' ORDER BY due_at, id LIMIT ${limit}) o
      CROSS JOIN record r ON r.id = ${RECORD_OF_DECISION} CROSS JOIN unit u ON u.code = r.unit_code
    ORDER BY o.due_at, r.id`);
  return rows.map((row) => ({ ...row, dueAt: new Date(row.dueAt) }));
}

/** An obligation's id is decision/<form>/<number>/<version>: the number is what stands between the last two strokes. */
const RECORD_OF_DECISION = sql.raw(`substr(substr(o.id, 10), instr(substr(o.id, 10), '/') + 1,
  instr(substr(substr(o.id, 10), instr(substr(o.id, 10), '/') + 1), '/') - 1)`);
