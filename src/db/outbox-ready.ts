import { type SQL, sql } from "drizzle-orm";
import type { Db, Statement } from "./store.ts";

/*
 * What is ready to leave. What was written together stands in `outbox_open` as one row, so that each recipient costs a
 * sweep one row and not two. Whoever makes messages ready opens them; a claim that took the last of them closes them.
 */
/** Mail leaves a hundred at a time, everything else one by one. */
export type Way = "mail" | "post";

/** Messages `o` ready by a moment, to stand behind a list of columns. */
export const readyBy = (way: Way, at: number): SQL =>
  sql.raw(
    `FROM outbox_open AS q CROSS JOIN outbox AS o ON ${ITS} WHERE q.way = '${way}' AND q.ready_at <= ${at}`,
  );

/**
 * Opens what the same batch writes to leave at a moment. Both ways: which of them has anything is cheaper to find out when
 * it is looked for. @param keys selects `key`: the messages' ids without the recipient
 */
export const openBoth = (db: Db, keys: SQL, at: number): Statement =>
  db.run(sql`
    INSERT INTO outbox_open (way, ready_at, key)
    SELECT w.column1, ${at}, k.key FROM (${keys}) AS k CROSS JOIN (VALUES ('mail'), ('post')) AS w
    WHERE true ON CONFLICT DO NOTHING`);

/** Opens messages that this batch makes ready again. @param which selects them by a condition on `o` */
export const openAgain = (db: Db, which: SQL, at: number): Statement =>
  db.run(sql`
    INSERT INTO outbox_open (way, ready_at, key)
    SELECT ${WAY}, ${at}, CASE WHEN substr(o.id, -length(o.contact_id) - 1) = '/' || o.contact_id
      THEN substr(o.id, 1, length(o.id) - length(o.contact_id) - 1) ELSE o.id END
    FROM outbox AS o WHERE ${which} ON CONFLICT DO NOTHING`);

/** Closes what has nothing ready any more. */
export const closeEmpty = (db: Db, at: number): Statement =>
  db.run(
    sql.raw(`DELETE FROM outbox_open AS q WHERE q.way IN ('mail', 'post') AND q.ready_at <= ${at}
      AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE ${ITS})`),
  );

/** True of a ready message `o` that a drain finds. */
export const isOpen = (): SQL =>
  sql`EXISTS (SELECT 1 FROM outbox_open AS q WHERE q.way = ${WAY} AND q.ready_at = o.ready_at
    AND (o.id = q.key || '/' || o.contact_id OR o.id = q.key))`;

/** Which way a channel's messages leave. */
export const wayOf = (channel: string): Way => (channel === "mail" ? "mail" : "post");

const WAY = sql.raw("CASE o.channel WHEN 'mail' THEN 'mail' ELSE 'post' END");
// '0' follows '/': the range finds all of one writing by their key, and what else lies in it is told apart.
const ITS = `o.id >= q.key AND o.id < q.key || '0' AND o.state = 'ready' AND o.ready_at = q.ready_at
  AND (o.channel = 'mail') = (q.way = 'mail') AND (o.id = q.key || '/' || o.contact_id OR o.id = q.key)`;
