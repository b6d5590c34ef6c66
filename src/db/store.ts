import { is, Param, Placeholder, type Query, sql } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import { SQLiteRaw } from "drizzle-orm/sqlite-core/query-builders/raw";
import { refusal } from "./fault.ts";
import type { Privacy } from "./privacy.ts";
import * as schema from "./schema.ts";

export type Db = DrizzleD1Database<typeof schema>;
/** The database with the keys that open it: what every query about people needs. */
export type Store = { db: Db; privacy: Privacy };

export const openDb = (d1: D1Database): Db => drizzle(d1, { schema });

/** A statement that is not run yet: it goes into one `db.batch`. */
export type Statement = Parameters<Db["batch"]>[0][number];

/** Statements that count something, and what their answers say. */
export type Counting<T> = { statements: Statement[]; read: (answers: unknown[]) => T };

/** What is known already, among what is counted together. */
export const standing = <T>(value: T): Counting<T> => ({ statements: [], read: () => value });

/** Counts several things in one transaction, so that all of them speak of one moment of the database. */
export async function countTogether<const Asked extends readonly Counting<unknown>[]>(
  db: Db,
  ...asked: Asked
): Promise<{ [At in keyof Asked]: Asked[At] extends Counting<infer T> ? T : never }> {
  const all = asked.flatMap(({ statements }) => statements);
  const answers = all.length > 0 ? await runBatch(db, all) : [];
  let at = 0;
  const said = asked.map(({ statements, read }) => {
    at += statements.length;
    return read(answers.slice(at - statements.length, at));
  });
  return said as { [At in keyof Asked]: Asked[At] extends Counting<infer T> ? T : never };
}

/** Runs statements as one transaction; drizzle's type asks for a first one, so an empty list is refused here. */
export async function runBatch(db: Db, statements: Statement[]): Promise<unknown[]> {
  const [first, ...rest] = statements.map((statement) =>
    is(statement, SQLiteRaw) ? prepared(db, statement) : statement,
  );
  if (!first) throw new Error("an empty batch");
  return db.batch([first, ...rest]);
}

/**
 * A statement that drizzle builds once; every use of it only binds a row. Building an INSERT takes longer than running
 * it, so what is written for everybody who registers goes through here.
 * @param build its second argument makes a slot for each named column, filled from the row's property of that name
 */
export function compiled<Row extends object>(build: (db: Db, slots: Slots<Row>) => { toSQL(): Query }) {
  let text = "";
  let fills: ((row: Row) => unknown)[] | undefined;
  return (db: Db, row: Row): Statement => {
    if (!fills) {
      const query = build(db, slots).toSQL();
      text = query.sql;
      fills = query.params.map(filling);
    }
    return bound(db, { sql: text, params: fills.map((fill) => fill(row)) });
  };
}

/** What `compiled` builds from SQL that is written out. */
export const raw = (statement: SQLiteRaw<unknown>) => ({ toSQL: () => statement.getQuery() });

type Slots<Row> = <const Name extends keyof Row & string>(
  ...names: Name[]
) => Record<Name, Placeholder<Name>>;

const slots = <const Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as Record<Name, Placeholder<Name>>;

/** How one parameter of a compiled statement gets its value: from the row, as its column stores it, or as it stands. */
function filling(param: unknown): (row: object) => unknown {
  const slot = is(param, Param) ? param.value : param;
  if (!is(slot, Placeholder)) return () => param;
  const { name } = slot;
  return (row) => {
    const value = (row as Record<string, unknown>)[name] ?? null;
    return value !== null && is(param, Param) ? param.encoder.mapToDriverValue(value) : value;
  };
}

// drizzle's batch looks for a prepared statement, which its own db.run(sql`…`) with parameters does not carry.
const prepared = (db: Db, raw: SQLiteRaw<unknown>): Statement => bound(db, raw.getQuery());

function bound(db: Db, query: Query): Statement {
  const { $client } = db as Db & { $client: D1Database };
  const statement = {
    stmt: $client.prepare(query.sql),
    getQuery: () => query,
    mapResult: (result: unknown) => result,
    _prepare: () => statement,
  };
  return statement as unknown as Statement;
}

/** Which kind of constraint refused a write; `refusal` says which table's key as well. */
export function refusedBy(error: unknown): "unique" | "foreign-key" | undefined {
  const refused = refusal(error);
  return typeof refused === "object" ? "unique" : refused;
}
