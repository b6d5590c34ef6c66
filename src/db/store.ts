import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import type { Privacy } from "./privacy.ts";
import * as schema from "./schema.ts";

export type Db = DrizzleD1Database<typeof schema>;
/** The database with the keys that open it: what every query about people needs. */
export type Store = { db: Db; privacy: Privacy };

export const openDb = (d1: D1Database): Db => drizzle(d1, { schema });

/** A statement that is not run yet: it goes into one `db.batch`. */
export type Statement = Parameters<Db["batch"]>[0][number];

/** Runs statements as one transaction; drizzle's type asks for a first one, so an empty list is refused here. */
export async function runBatch(db: Db, statements: Statement[]): Promise<unknown[]> {
  const [first, ...rest] = statements;
  if (!first) throw new Error("an empty batch");
  return db.batch([first, ...rest]);
}

/** Which constraint refused a write: "unique", "foreign-key" or undefined. Reads only the SQLite words, never the parameters. */
export function refusedBy(error: unknown): "unique" | "foreign-key" | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (/UNIQUE constraint failed/.test(at.message)) return "unique";
    if (/FOREIGN KEY constraint failed/.test(at.message)) return "foreign-key";
  }
  return undefined;
}
