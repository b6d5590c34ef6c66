import { sql } from "drizzle-orm";
import type { AlertHead, AlertLine, AlertStory, Said, Telling } from "../domain/alert.ts";
import { aboutOf } from "./obligation.ts";
import { type Db, runBatch } from "./store.ts";

/** The most that a page lists, of things and of who was told of them, and how far it counts. */
export const LISTED = 200;
export const TOLD = 1000;
export const COUNTED = 2000;
const EVENTS = 20;

/** The whole story of one message; one that left with another is that other's. Reads are bounded whatever was told. */
export async function findAlert(db: Db, outboxId: string, now: Date): Promise<AlertStory | undefined> {
  const own = sql`COALESCE((SELECT merged_into FROM outbox WHERE id = ${outboxId}), ${outboxId})`;
  // In the order of the index: by obligation, which begins with its kind and its day.
  const listed = sql`SELECT * FROM alert WHERE outbox_id = ${own} ORDER BY obligation_id, due_at LIMIT ${LISTED}`;
  const counted = sql`SELECT * FROM alert WHERE outbox_id = ${own} LIMIT ${COUNTED}`;
  const [heads, lines, tellings, events] = (await runBatch(db, [
    db.run(sql`
      SELECT o.id AS id, o.channel AS channel, o.state AS state, o.problem AS problem, o.unit_code AS unitCode,
        COALESCE(u.name, o.unit_code) AS unitName, p.name AS parentName, c.role AS role, c.lang AS lang,
        c.removed_at AS removedAt, o.recorded_at AS recordedAt, o.ready_at AS readyAt, o.sent_at AS sentAt,
        o.delivered_at AS deliveredAt, COALESCE(b.attempts, 0) AS attempts, b.first_attempt_at AS firstAttemptAt,
        (SELECT count(*) FROM outbox AS m WHERE m.batch_id = o.batch_id AND m.merged_into = o.id) AS merged,
        (SELECT nonce FROM link WHERE link.unit_code = o.unit_code AND purpose = 'unit' AND nonce IS NOT NULL
          AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now.getTime()})
          ORDER BY link.recorded_at DESC LIMIT 1) AS linkNonce,
        (SELECT count(*) FROM (${counted})) AS total,
        (SELECT count(*) FROM (${counted}) AS a CROSS JOIN obligation AS b ON b.id = a.obligation_id AND ${waits}) AS waiting,
        EXISTS (SELECT 1 FROM (${counted}) AS a CROSS JOIN obligation AS b ON b.id = a.obligation_id AND ${owed}
          AND b.next_due_at IS NOT NULL) AS climbs,
        (SELECT max(acked_at) FROM (${counted})) AS ackedAt
      FROM outbox AS o
        LEFT JOIN unit AS u ON u.code = o.unit_code
        LEFT JOIN unit AS p ON p.code = u.parent AND p.kind <> 'county'
        LEFT JOIN contact AS c ON c.id = o.contact_id
        LEFT JOIN outbox_batch AS b ON b.id = o.batch_id
      WHERE o.id = ${own}`),
    db.run(sql`
      SELECT a.obligation_id AS obligationId, a.due_at AS dueAt, a.kind AS tone, a.step AS step, a.again AS again,
        a.acked_at AS ackedAt, b.kind AS kind, b.subject_id AS subjectId, COALESCE(u.name, b.unit_code) AS unitName,
        p.name AS parentName, b.excused_at AS excusedAt, b.next_due_at AS nextDueAt, b.ack_until AS ackUntil,
        (b.kind = 'follow-up' AND b.due_at <> a.due_at) AS over,
        CASE b.kind WHEN 'follow-up' THEN (SELECT recorded_at FROM reading WHERE due_at = a.due_at
          AND observation_id = b.subject_id AND version = 1) ELSE b.met_at END AS metAt,
        ${aboutOf("b")} AS about
      FROM (${listed}) AS a
        CROSS JOIN obligation AS b ON b.id = a.obligation_id
        LEFT JOIN unit AS u ON u.code = b.unit_code
        LEFT JOIN unit AS p ON p.code = u.parent AND p.kind <> 'county'`),
    db.run(sql`
      SELECT a.obligation_id AS obligationId, a.due_at AS dueAt, a.kind AS tone, a.step AS step, a.again AS again,
        a.acked_at AS ackedAt, a.outbox_id AS outboxId, o.channel AS channel, o.state AS state, o.problem AS problem,
        COALESCE(u.name, o.unit_code) AS unitName, c.role AS role, o.sent_at AS sentAt, o.delivered_at AS deliveredAt,
        o.recorded_at AS recordedAt
      FROM (${listed}) AS l
        CROSS JOIN alert AS a ON a.obligation_id = l.obligation_id AND a.due_at = l.due_at
        CROSS JOIN outbox AS o ON o.id = a.outbox_id
        LEFT JOIN contact AS c ON c.id = a.contact_id
        LEFT JOIN unit AS u ON u.code = o.unit_code
      LIMIT ${TOLD}`),
    db.run(sql`
      SELECT kind, detail, occurred_at AS occurredAt FROM delivery_event WHERE outbox_id = ${own}
      ORDER BY occurred_at LIMIT ${EVENTS}`),
  ])) as [D1Result<AlertHead>, D1Result<AlertLine>, D1Result<Telling>, D1Result<Said>];
  const [head] = heads.results;
  return head && { head, lines: lines.results, tellings: tellings.results, events: events.results };
}

/** Of a row of alert `a` and its obligation `b`: what it told is owed still. */
const owed = sql.raw(`a.kind <> 'recovered' AND b.met_at IS NULL
  AND b.excused_at IS NULL AND (b.kind <> 'follow-up' OR b.due_at = a.due_at)`);
/** The same, and nobody has acknowledged it by this message. */
export const waits = sql`a.acked_at IS NULL AND ${owed}`;
