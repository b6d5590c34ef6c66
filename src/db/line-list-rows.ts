import { and, eq, gte, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { LastReading } from "../domain/line-list.ts";
import type { Scope } from "../domain/office.ts";
import { household, obligation, observation, person, unit } from "./schema.ts";
import type { Db } from "./store.ts";

/*
 * The rows that the line list reads, each along one named index: what D1 counts is what is returned, whatever the county
 * holds. Lists of ids go in as VALUES, which D1 does not count as rows; json_each would double them.
 */
/** Where a walk stands: the columns of its index, as the database keeps them. */
export type Key = (string | number)[];
/** A piece of a walk. @property after the key it goes on behind */
export type Slice = { scope: Scope; after?: Key | undefined; limit: number };

const PERSON = {
  id: person.id,
  householdId: person.householdId,
  unitCode: person.unitCode,
  origin: person.origin,
  area: person.area,
  contact: person.contact,
  symptoms: person.symptoms,
  symptomatic: person.symptomatic,
  temperature: person.temperature,
  sealed: person.sealed,
  recordedAt: person.recordedAt,
};
const OBSERVATION = {
  id: observation.id,
  householdId: observation.householdId,
  unitCode: observation.unitCode,
  day0: observation.day0,
  untilDate: observation.untilDate,
  firstDueAt: observation.firstDueAt,
  lastDueAt: observation.lastDueAt,
  heldAt: observation.heldAt,
  openedAt: observation.openedAt,
  endedAt: observation.endedAt,
  ending: observation.ending,
  recordedAt: observation.recordedAt,
};
const HOME = {
  id: household.id,
  persons: household.persons,
  arrivedAt: household.arrivedAt,
  verifyDueAt: household.verifyDueAt,
  sealed: household.sealed,
  sealedOffAt: household.sealedOffAt,
};
type Row<Columns extends Record<string, SQLiteColumn>> = { [Name in keyof Columns]: Value<Columns[Name]> };
type Value<C> = C extends SQLiteColumn
  ? C["_"]["notNull"] extends true
    ? C["_"]["data"]
    : C["_"]["data"] | null
  : never;
const OWED = {
  id: obligation.id,
  unitCode: obligation.unitCode,
  subjectId: obligation.subjectId,
  dueAt: obligation.dueAt,
};
export type OwedKind = "registration" | "response" | "release";
export type OwedRow = Row<typeof OWED>;
export type PersonRow = Row<typeof PERSON>;
export type ObservationRow = Row<typeof OBSERVATION>;
export type HomeRow = Row<typeof HOME>;

/** The registered persons of a scope, by unit and moment; with `ill`, those who were at registration. */
export async function slicePeople(db: Db, slice: Slice, ill: boolean): Promise<PersonRow[]> {
  const order = [person.unitCode, person.recordedAt, person.id];
  const only = ill ? sql`${person.symptomatic} = 1` : undefined;
  const index = ill ? "person_symptomatic" : "person_by_unit";
  return rowsOf(db, PERSON, along("person", index), and(within(slice, order), only), order, slice.limit);
}

/** Those under observation, by unit and number; or with `ended` everybody who ever was, by unit and moment. */
export async function sliceObserved(db: Db, slice: Slice, ended: boolean): Promise<ObservationRow[]> {
  const { unitCode, recordedAt, id } = observation;
  const order = ended ? [unitCode, recordedAt, id] : [unitCode, id];
  const from = along("observation", ended ? "observation_by_unit" : "observation_open");
  const open = ended ? undefined : isNull(observation.endedAt);
  return rowsOf(db, OBSERVATION, from, and(within(slice, order), open), order, slice.limit);
}

/** Of one name: its blind index. */
export async function slicePeopleNamed(db: Db, slice: Slice, nameIndex: string): Promise<PersonRow[]> {
  const order = [person.unitCode, person.recordedAt, person.id];
  const named = and(eq(person.nameIndex, nameIndex), within(slice, order));
  return rowsOf(db, PERSON, along("person", "person_by_name"), named, order, slice.limit);
}

/** A household by its case number, in a scope. */
export const homesOfNumber = async (db: Db, number: string, scope: Scope): Promise<HomeRow[]> =>
  rowsOf(db, HOME, sql`household`, and(eq(household.id, number), within({ scope }, [household.unitCode])));

/** What is open of a kind, the longest due first: over a whole county. @param dueBy leaves out what is due later */
export async function sliceOwed(db: Db, slice: Slice, kind: OwedKind, dueBy?: Date): Promise<OwedRow[]> {
  const order = [obligation.dueAt, obligation.unitCode, obligation.id];
  const where = and(
    eq(obligation.kind, kind),
    OPEN,
    behind(order, slice.after),
    within({ scope: slice.scope }, [obligation.unitCode]),
    dueBy ? lte(obligation.dueAt, dueBy) : undefined,
  );
  return rowsOf(db, OWED, along("obligation", "obligation_open_by_kind"), where, order, slice.limit);
}

/** The same for these units, in their order: what is open elsewhere is not looked at. */
export async function sliceOwedOf(
  db: Db,
  codes: string[],
  slice: Slice,
  kind: OwedKind,
  dueBy?: Date,
): Promise<OwedRow[]> {
  if (codes.length === 0) return [];
  const { unitCode, dueAt, id } = obligation;
  const order = [unitCode, dueAt, id];
  const [from = "", since = 0] = slice.after ?? [];
  const joined = sql`${wanted(codes)} CROSS JOIN ${along("obligation", "obligation_open_by_unit")}
    ON ${unitCode} = wanted.column1 AND ${obligation.kind} = ${kind}
      AND ${dueAt} >= CASE WHEN wanted.column1 = ${from} THEN ${since} ELSE 0 END`;
  const where = and(OPEN, behind(order, slice.after), dueBy ? lte(dueAt, dueBy) : undefined);
  // In order as it is walked, unit by unit along the index; asked to sort, SQLite would read all of it twice.
  return rowsOf(db, OWED, joined, where, [], slice.limit);
}

/** The units of a scope from a code on. */
export async function unitCodes(db: Db, scope: Scope, from: string, limit: number): Promise<string[]> {
  const where = and(within({ scope }, [unit.code]), gte(unit.code, from));
  return (await rowsOf(db, { code: unit.code }, sql`unit`, where, [unit.code], limit)).map(
    ({ code }) => code,
  );
}

/** A fever's earlier answer that is still owed as well: its person is on the list already. A row each is read. */
export async function owedBefore(db: Db, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.all<{ id: string }>(sql`
    SELECT wanted.column1 AS id FROM ${wanted(ids)} WHERE EXISTS (SELECT 1 FROM obligation
      WHERE id > substr(wanted.column1, 1, length(wanted.column1) - length('2026-01-26/evening'))
        AND id < wanted.column1 AND met_at IS NULL AND excused_at IS NULL)`);
  return new Set(rows.map(({ id }) => id));
}

export const peopleOf = (db: Db, ids: string[]) =>
  joinedTo(db, PERSON, "person", ids, sql`${person.id} = wanted.column1`);

/** Everybody of these households; a person's id begins with the case number. One row more is read for each. */
export const peopleOfHomes = (db: Db, numbers: string[]) =>
  joinedTo(
    db,
    PERSON,
    "person",
    numbers,
    sql`${person.id} > wanted.column1 || '-' AND ${person.id} < wanted.column1 || '-~'`,
  );

export const observationsOf = (db: Db, ids: string[]) =>
  joinedTo(db, OBSERVATION, "observation", ids, sql`${observation.id} = wanted.column1`);

export const homesOf = (db: Db, numbers: string[]) =>
  joinedTo(db, HOME, "household", numbers, sql`${household.id} = wanted.column1`);

/** The reading that counts of each person in the slot that closes at `last`, else in the one before. A row a person. */
export async function lastReadings(
  db: Db,
  ids: string[],
  { last, before }: { last: Date; before: Date },
): Promise<Map<string, LastReading>> {
  if (ids.length === 0) return new Map();
  const at = (due: Date) => sql`(SELECT json_array(due_at, temperature, symptoms, abnormal) FROM reading
    WHERE due_at = ${due.getTime()} AND observation_id = wanted.column1 ORDER BY version DESC LIMIT 1)`;
  const rows = await db.all<{ id: string; found: string | null }>(
    sql`SELECT wanted.column1 AS id, COALESCE(${at(last)}, ${at(before)}) AS found FROM ${wanted(ids)}`,
  );
  return new Map(
    rows.flatMap(({ id, found }): [string, LastReading][] => {
      if (!found) return [];
      const [due, temperature, symptoms, abnormal] = JSON.parse(found) as [number, number, number, number];
      const read = { dueAt: new Date(due), temperature, symptoms: symptoms === 1, abnormal: abnormal === 1 };
      return [[id, read]];
    }),
  );
}

/** By when an answer to somebody's last fever is owed, where it is still open. At most four rows a person. */
export async function openResponses(db: Db, ids: string[]): Promise<Map<string, Date>> {
  if (ids.length === 0) return new Map();
  const rows = await db.all<{ id: string; due: number | null }>(sql`
    SELECT wanted.column1 AS id, (SELECT MIN(due_at) FROM (SELECT due_at, met_at FROM obligation
      WHERE id > 'response/' || wanted.column1 || '/' AND id < 'response/' || wanted.column1 || '0'
      ORDER BY id DESC LIMIT 2) WHERE met_at IS NULL) AS due FROM ${wanted(ids)}`);
  return new Map(rows.flatMap(({ id, due }) => (due === null ? [] : [[id, new Date(due)]])));
}

/** Whom those of these persons were merged into who were: a row for each of them, none for the others. */
export async function mergedAmong(db: Db, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.all<{ id: string; into: string }>(sql`
    SELECT f.person_id AS id, f.other_id AS "into" FROM ${wanted(ids)} CROSS JOIN duplicate_finding AS f
      ON f.person_id = wanted.column1 AND f.finding = 'same' AND f.undone_at IS NULL`);
  return new Map(rows.map(({ id, into }) => [id, into]));
}

/** Units' names by code, a row each. */
export async function unitNames(db: Db, codes: string[]): Promise<Map<string, string>> {
  const columns = { code: unit.code, name: unit.name };
  const rows = await joinedTo(db, columns, "unit", codes, sql`${unit.code} = wanted.column1`);
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** Rows of a list of ids, in no order. */
const joinedTo = async <Columns extends Record<string, SQLiteColumn>>(
  db: Db,
  columns: Columns,
  table: string,
  ids: string[],
  on: SQL,
): Promise<Row<Columns>[]> =>
  ids.length === 0
    ? []
    : rowsOf(db, columns, sql`${wanted(ids)} CROSS JOIN ${sql.raw(table)} ON ${on}`, undefined);

/** drizzle's own select knows no INDEXED BY and no VALUES: the statement is written out, the columns read as theirs. */
async function rowsOf<Columns extends Record<string, SQLiteColumn>>(
  db: Db,
  columns: Columns,
  from: SQL,
  where: SQL | undefined,
  order: SQLiteColumn[] = [],
  limit?: number,
): Promise<Row<Columns>[]> {
  const names = Object.entries(columns);
  const selected = names.map(([name, column]) => sql`${column} AS ${sql.identifier(name)}`);
  const rows = await db.all<Record<string, unknown>>(sql`
    SELECT ${sql.join(selected, sql`, `)} FROM ${from} ${where ? sql`WHERE ${where}` : sql``}
    ${order.length > 0 ? sql`ORDER BY ${sql.join(order, sql`, `)}` : sql``} ${limit ? sql`LIMIT ${limit}` : sql``}`);
  return rows.map(
    (row) =>
      Object.fromEntries(
        names.map(([name, column]) => [
          name,
          row[name] === null ? null : column.mapFromDriverValue(row[name] as never),
        ]),
      ) as Row<Columns>,
  );
}

const along = (table: string, index: string): SQL => sql.raw(`${table} INDEXED BY ${index}`);
const wanted = (ids: string[]): SQL =>
  sql`(VALUES ${sql.join(
    ids.map((id) => sql`(${id})`),
    sql`, `,
  )}) AS wanted`;
// Spelled out as the partial index has it.
const OPEN = and(
  isNull(obligation.metAt),
  isNull(obligation.excusedAt),
  sql.raw("obligation.kind <> 'follow-up'"),
);

/** Behind a key in the order of these columns. */
const behind = (columns: SQLiteColumn[], after: Key | undefined): SQL | undefined =>
  after &&
  sql`(${sql.join(columns, sql`, `)}) > (${sql.join(
    after.map((value) => sql`${value}`),
    sql`, `,
  )})`;

/** In the scope and behind the key. Two lower bounds would keep SQLite from seeking, so the key stands for both. */
export function within(
  { scope, after }: Pick<Slice, "scope" | "after">,
  columns: SQLiteColumn[],
): SQL | undefined {
  const [code] = columns as [SQLiteColumn];
  if (scope.code === "") return sql`0`;
  const end = lt(code, `${scope.code}${scope.exact ? "!" : "~"}`);
  return and(after ? behind(columns, after) : gte(code, scope.code), end);
}
