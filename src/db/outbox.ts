import { sql } from "drizzle-orm";
import type { ObligationKind } from "../domain/ladder.ts";
import type { Lang } from "../forms/define.ts";
import { linkToken } from "./link.ts";
import type { Lease } from "./outbox-batch.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/** The most one provider call takes. */
export const BATCH = 100;

/**
 * Takes up to 100 ready rows into a new batch under a lease and, in the same transaction, writes down who is told of
 * what: only what is still unmet. From here on `alert` is the truth: a submission that comes later is a recovery. Rows
 * with nothing left to tell are cancelled. Claimed by two at once, each row falls to one of them.
 * @returns whether there was anything to take
 */
export async function claimOutbox(db: Db, batchId: string, lease: Lease): Promise<boolean> {
  const now = lease.now.getTime();
  const ready = sql`SELECT id FROM outbox WHERE state = 'ready' AND ready_at <= ${now} ORDER BY ready_at, id LIMIT ${BATCH}`;
  const results = await runBatch(db, [
    db.run(sql`
      INSERT INTO outbox_batch (id, state, next_attempt_at, lease_until, lease_id, recorded_at)
      SELECT ${batchId}, 'claimed', ${now}, ${lease.until.getTime()}, ${lease.id}, ${now} WHERE EXISTS (${ready})`),
    db.run(sql`UPDATE outbox SET state = 'sending', batch_id = ${batchId} WHERE id IN (${ready})`),
    db.run(sql`
      UPDATE outbox SET state = 'failed', problem = 'no-address' WHERE batch_id = ${batchId}
        AND NOT EXISTS (SELECT 1 FROM contact WHERE contact.id = outbox.contact_id AND removed_at IS NULL)`),
    // Several steps to one contact in one run are one alert, the graver word ('overdue' > 'notice').
    db.run(sql`
      INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, due_at, recorded_at)
      SELECT t.obligation_id, o.id, max(t.kind), max(t.step), o.contact_id, t.owed_at, ${now}
      FROM outbox AS o
        CROSS JOIN contact AS c ON c.id = o.contact_id
        CROSS JOIN transition AS t ON t.sweep_id = o.sweep_id AND t.to_unit = o.unit_code
          AND t.to_grid = (c.role = 'grid')
        CROSS JOIN obligation AS b ON b.id = t.obligation_id AND b.met_at IS NULL AND b.excused_at IS NULL
      WHERE o.batch_id = ${batchId} AND o.state = 'sending' AND o.kind = 'digest'
        AND NOT (b.kind = 'follow-up' AND EXISTS (SELECT 1 FROM reading AS r
          WHERE r.due_at = t.owed_at AND r.observation_id = b.subject_id))
      GROUP BY o.id, t.obligation_id, t.owed_at`),
    // Urgent is told even when somebody has been there already: it is about a person, not about being late.
    db.run(sql`
      INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, due_at, recorded_at)
      SELECT t.obligation_id, o.id, 'urgent', t.step, o.contact_id, t.owed_at, ${now}
      FROM outbox AS o CROSS JOIN transition AS t ON t.sweep_id = o.sweep_id AND t.kind = 'urgent'
      WHERE o.batch_id = ${batchId} AND o.state = 'sending' AND o.kind = 'urgent'`),
    db.run(sql`
      INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, due_at, recorded_at)
      SELECT DISTINCT t.obligation_id, o.id, 'recovered', t.step, o.contact_id, t.owed_at, ${now}
      FROM (SELECT DISTINCT sweep_id FROM outbox WHERE batch_id = ${batchId} AND kind = 'recovered') AS run
        CROSS JOIN transition AS t ON t.sweep_id = run.sweep_id AND t.to_unit IS NULL AND t.kind = 'recovered'
        CROSS JOIN alert AS a ON a.obligation_id = t.obligation_id AND a.kind = 'overdue'
          AND (t.from_version >= 0 OR a.due_at = t.owed_at)
        CROSS JOIN outbox AS told ON told.id = a.outbox_id AND told.state <> 'failed'
        CROSS JOIN outbox AS o ON o.id = 'recovered/' || run.sweep_id || '/' || a.contact_id
          AND o.batch_id = ${batchId} AND o.state = 'sending'`),
    db.run(sql`
      UPDATE outbox SET state = 'cancelled' WHERE batch_id = ${batchId} AND state = 'sending'
        AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.outbox_id = outbox.id)`),
  ]);
  return (results[0] as D1Result).meta.changes > 0;
}

/** A message to be written: to whom, for which unit. */
export type Envelope = {
  id: string;
  contactId: string;
  /** The contact's words and card, sealed; null when it is gone. */
  lang: Lang | null;
  sealed: string | null;
  unitCode: string;
  unitName: string;
  countyName: string;
  recordedAt: number;
  linkNonce: string | null;
};
/** What an envelope tells: one obligation, and how many of its kind there are. */
export type EnvelopeLine = {
  outboxId: string;
  tone: "notice" | "overdue" | "urgent" | "recovered";
  total: number;
  kind: ObligationKind;
  subjectId: string;
  unitName: string;
  parentName: string | null;
  /** Of a cluster: the unit it was seen in. */
  about: string | null;
  dueAt: number;
  metAt: number | null;
};

/** Everything a claimed batch has to say, in a fixed order, with the first `limit` lines of each kind. Two queries. */
export async function readEnvelopes(
  db: Db,
  batchId: string,
  { now, limit }: { now: Date; limit: number },
): Promise<{ envelopes: Envelope[]; lines: EnvelopeLine[] }> {
  const [envelopes, lines] = (await runBatch(db, [
    db.run(sql`
      SELECT o.id AS id, o.contact_id AS contactId, c.lang AS lang, c.sealed AS sealed, o.unit_code AS unitCode,
        COALESCE(u.name, o.unit_code) AS unitName, COALESCE(county.name, '') AS countyName, o.recorded_at AS recordedAt,
        (SELECT nonce FROM link WHERE link.unit_code = o.unit_code AND purpose = 'unit' AND nonce IS NOT NULL
          AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now.getTime()})
          ORDER BY link.recorded_at DESC LIMIT 1) AS linkNonce
      FROM outbox AS o
        LEFT JOIN unit AS u ON u.code = o.unit_code
        LEFT JOIN unit AS county ON county.code = substr(o.unit_code, 1, 6)
        LEFT JOIN contact AS c ON c.id = o.contact_id AND c.removed_at IS NULL
      WHERE o.batch_id = ${batchId} AND o.state = 'sending'
      ORDER BY o.id`),
    db.run(sql`
      SELECT outboxId, tone, total, line.kind AS kind, subjectId, u.name AS unitName, p.name AS parentName, dueAt, metAt, about
      FROM (SELECT a.outbox_id AS outboxId, a.kind AS tone, b.kind AS kind, b.subject_id AS subjectId,
          b.unit_code AS unitCode, a.due_at AS dueAt,
          CASE b.kind WHEN 'follow-up' THEN (SELECT recorded_at FROM reading WHERE due_at = a.due_at
            AND observation_id = b.subject_id AND version = 1) ELSE b.met_at END AS metAt,
          CASE b.kind WHEN 'cluster' THEN (SELECT name FROM unit
            WHERE code = substr(b.subject_id, 1, instr(b.subject_id, '/') - 1)) END AS about,
          count(*) OVER (PARTITION BY a.outbox_id, a.kind) AS total,
          row_number() OVER (PARTITION BY a.outbox_id, a.kind ORDER BY a.due_at, b.id) AS place
        FROM outbox AS o
          CROSS JOIN alert AS a ON a.outbox_id = o.id
          CROSS JOIN obligation AS b ON b.id = a.obligation_id
        WHERE o.batch_id = ${batchId} AND o.state = 'sending') AS line
        CROSS JOIN unit AS u ON u.code = unitCode
        LEFT JOIN unit AS p ON p.code = u.parent AND p.kind <> 'county'
      WHERE place <= ${limit}
      ORDER BY outboxId, tone, place`),
  ])) as [D1Result<Envelope>, D1Result<EnvelopeLine>];
  return { envelopes: envelopes.results, lines: lines.results };
}

/** Where the recipient acts: the unit's own link, or the front door when it has none. */
export async function linkFor(store: Store, publicUrl: string, nonce: string | null): Promise<string> {
  return nonce ? `${publicUrl}/u/${await linkToken(store, "unit", nonce)}` : publicUrl;
}

/** Rows that cannot be addressed: failed, and nobody counts as told. */
export const failUnaddressed = (db: Db, ids: string[]) => [
  db.run(sql`
    UPDATE outbox SET state = 'failed', problem = 'no-address'
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND state = 'sending'`),
  db.run(sql`
    DELETE FROM alert WHERE outbox_id IN (SELECT id FROM outbox
      WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) AND problem = 'no-address')`),
];
