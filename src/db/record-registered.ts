import { sql } from "drizzle-orm";
import type { Db, Statement } from "./store.ts";

/** Writes down which registration a record became; the first one stands. For the registration's own batch. */
export const recordRegistered = (db: Db, recordId: string, householdId: string): Statement =>
  db.run(
    sql`UPDATE record SET household_id = ${householdId} WHERE id = ${recordId} AND household_id IS NULL`,
  );
