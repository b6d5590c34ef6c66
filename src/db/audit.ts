import { type SQL, sql } from "drizzle-orm";
import { audit } from "./schema.ts";
import type { Db, Statement } from "./store.ts";

/** Who did what to which subject. `actor` is a link's hash or a role, never a name. */
export type Act = typeof audit.$inferInsert;

/** One line of the history, written with what it tells of. */
export const recordAct = (db: Db, act: Act): Statement => db.insert(audit).values(act);

/** The same for what may be repeated: an id made of what is to count once is written once, and the first stands. */
export const recordActOnce = (db: Db, act: Act): Statement =>
  db.insert(audit).values(act).onConflictDoNothing();

/** The same, only if `happened` holds when the batch comes to it: a compare-and-set that lost leaves no line. */
export const recordActIf = (db: Db, act: Act, happened: SQL): Statement =>
  db.insert(audit).select(
    sql`SELECT ${act.id}, ${act.actor}, ${act.act}, ${act.subjectId}, ${act.unitCode}, ${act.recordedAt.getTime()},
          ${act.detail ?? null}, ${act.sealed ?? null}
        WHERE EXISTS (${happened})`,
  );
