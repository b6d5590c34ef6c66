import { sql } from "drizzle-orm";
import type { Counted, Undelivered, Unheard, Unreachable } from "../domain/undelivered.ts";
import { UNDELIVERED_FOR } from "../domain/undelivered.ts";
import { LISTED, waits } from "./alert.ts";
import { endOf } from "./response.ts";
import type { Db } from "./store.ts";

/** How far contacts are counted, how many messages are looked through, and how many of them counted. */
const COUNTED = 1000;
const SEEN = 2000;
const ASKED = 200;
/** So many things of a message are named. */
const NAMED = 3;

/**
 * Contacts that were given up, and alerts of the last days that did not arrive and are about something still owed; each
 * newest first, `limit` at most. Reads two rows for each unit of the scope, and a few for each that it finds.
 * @param below a unit's whole subtree; else the unit alone
 */
export async function listUnheard(
  db: Db,
  { code, below }: { code: string; below: boolean },
  now: Date,
  limit: number,
): Promise<Unheard> {
  const range = { from: code, to: below ? endOf(code) : `${code}!` };
  const [contacts, alerts] = await Promise.all([unreachable(db, range, limit), undelivered(db, range, now)]);
  return {
    contacts,
    alerts: { list: alerts.slice(0, limit), total: alerts.length, bounded: alerts.length >= ASKED },
  };
}
type Range = { from: string; to: string };

async function unreachable(db: Db, { from, to }: Range, limit: number): Promise<Counted<Unreachable>> {
  const rows = await db.all<Unreachable & { total: number }>(sql`
    SELECT c.unit_code AS unitCode, u.name AS unitName, c.role AS role, c.channel AS channel,
      c.unreachable_why AS why, c.unreachable_at AS since, c.total AS total
    FROM (SELECT *, count(*) OVER () AS total FROM (SELECT * FROM contact INDEXED BY contact_unreachable
        WHERE unreachable_at IS NOT NULL AND removed_at IS NULL AND unit_code >= ${from} AND unit_code < ${to}
        LIMIT ${COUNTED})
      ORDER BY unreachable_at DESC, id LIMIT ${limit}) AS c
      CROSS JOIN unit AS u ON u.code = c.unit_code
    ORDER BY c.unreachable_at DESC, c.id`);
  const total = rows[0]?.total ?? 0;
  return { list: rows.map(({ total: _, ...row }) => row), total, bounded: total >= COUNTED };
}

async function undelivered(db: Db, { from, to }: Range, now: Date): Promise<Undelivered[]> {
  const since = now.getTime() - UNDELIVERED_FOR;
  // By unit: a village reads nothing of the others', and nobody what failed long ago.
  const silent = sql`SELECT m.id AS id, m.recorded_at AS at FROM unit AS w
      CROSS JOIN outbox AS m INDEXED BY outbox_undelivered ON m.unit_code = w.code AND m.recorded_at > ${since}
        AND m.state IN ('failed', 'unknown')
    WHERE w.code >= ${from} AND w.code < ${to} LIMIT ${SEEN}`;
  const owed = sql`FROM (SELECT * FROM alert WHERE outbox_id = s.id LIMIT ${LISTED}) AS a
    CROSS JOIN obligation AS b ON b.id = a.obligation_id AND ${waits}`;
  const rows = await db.all<
    Omit<Undelivered, "things" | "others" | "opens"> & { things: string; opens: 0 | 1 }
  >(
    sql`
    SELECT o.id AS outboxId, o.unit_code AS unitCode, u.name AS unitName, c.role AS role, o.channel AS channel,
      o.state AS state, o.problem AS problem, o.recorded_at AS recordedAt,
      (c.id IS NOT NULL AND c.removed_at IS NULL) AS opens,
      (SELECT json_group_array(json_object('kind', kind, 'subjectId', subject, 'about', about)) FROM (
        SELECT b.kind AS kind, b.subject_id AS subject, CASE b.kind WHEN 'cluster' THEN (SELECT name FROM unit
          WHERE code = substr(b.subject_id, 1, instr(b.subject_id, '/') - 1)) END AS about
        ${owed} LIMIT ${NAMED + 1})) AS things
    FROM (SELECT s.id FROM (${silent}) AS s WHERE EXISTS (SELECT 1 ${owed}) ORDER BY s.at DESC, s.id LIMIT ${ASKED}) AS s
      CROSS JOIN outbox AS o ON o.id = s.id
      CROSS JOIN unit AS u ON u.code = o.unit_code
      LEFT JOIN contact AS c ON c.id = o.contact_id
    ORDER BY o.recorded_at DESC, o.id`,
  );
  return rows.map(({ things, opens, ...row }) => {
    const named = JSON.parse(things) as Undelivered["things"];
    return { ...row, things: named.slice(0, NAMED), others: named.length > NAMED, opens: opens === 1 };
  });
}
