import { sql } from "drizzle-orm";
import type { ChannelKind, ObligationKind } from "../domain/ladder.ts";
import type { Lang } from "../forms/define.ts";
import { linkToken } from "./link.ts";
import { aboutOf } from "./obligation.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/** A message to be written: to whom, for which unit. */
export type Envelope = {
  id: string;
  channel: ChannelKind;
  contactId: string;
  /** The contact's words and card, sealed; null when it is gone. */
  lang: Lang | null;
  sealed: string | null;
  unitCode: string;
  unitName: string;
  countyName: string;
  /** When the sweep saw it. */
  recordedAt: number;
  linkNonce: string | null;
};
/** What an envelope tells: one obligation, and how many of its tone there are. */
export type EnvelopeLine = {
  outboxId: string;
  obligationId: string;
  tone: "notice" | "overdue" | "urgent" | "recovered";
  total: number;
  again: number;
  kind: ObligationKind;
  subjectId: string;
  unitName: string;
  parentName: string | null;
  /** Of a cluster: the unit it was seen in; of a record: the state it came to. */
  about: string | null;
  dueAt: number;
  metAt: number | null;
};
/** A town most of whose units are silent of the same: one line instead of theirs. */
export type Storm = {
  outboxId: string;
  town: string;
  townName: string;
  /** What they owe: the day's report, or a count form of the day. */
  kind: "daily-report" | "count";
  /** The day; of a count <form>/<day>. */
  subjectId: string;
  silent: number;
  of: number;
  dueAt: number;
};
/** Who was told before of an overdue line, and how that went. */
export type Before = {
  outboxId: string;
  obligationId: string;
  dueAt: number;
  unitName: string;
  at: number;
  state: string;
  acked: number;
};

/** Fewer silent units than this are named one by one. */
const STORM = 5;
/** Who was told before is said of so many lines of a batch. */
const MOST_BEFORE = 2000;

/** Everything a claimed batch has to say, in a fixed order, with the first `limit` lines of each tone. */
export async function readEnvelopes(
  db: Db,
  batchId: string,
  { now, limit }: { now: Date; limit: number },
): Promise<{ envelopes: Envelope[]; lines: EnvelopeLine[]; storms: Storm[]; before: Before[] }> {
  const storms = await stormsIn(db, batchId, now);
  const hidden = storms.map(({ outboxId, town, kind, subjectId }) => [outboxId, town, kind, subjectId]);
  const [envelopes, lines] = (await runBatch(db, [
    db.run(sql`
      SELECT o.id AS id, o.channel AS channel, o.contact_id AS contactId, c.lang AS lang, c.sealed AS sealed,
        o.unit_code AS unitCode, COALESCE(u.name, o.unit_code) AS unitName, COALESCE(county.name, '') AS countyName,
        o.recorded_at AS recordedAt,
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
      SELECT outboxId, obligationId, tone, total, again, line.kind AS kind, subjectId, u.name AS unitName,
        p.name AS parentName, dueAt, metAt, about
      FROM (SELECT *, row_number() OVER (PARTITION BY outboxId, tone ORDER BY dueAt, obligationId) AS place
        FROM (SELECT a.outbox_id AS outboxId, a.obligation_id AS obligationId, a.kind AS tone, a.again AS again,
            b.kind AS kind, b.subject_id AS subjectId, b.unit_code AS unitCode, a.due_at AS dueAt,
            CASE b.kind WHEN 'follow-up' THEN (SELECT recorded_at FROM reading WHERE due_at = a.due_at
              AND observation_id = b.subject_id AND version = 1) ELSE b.met_at END AS metAt,
            ${aboutOf("b")} AS about,
            count(*) OVER (PARTITION BY a.outbox_id, a.kind) AS total
          FROM outbox AS o
            CROSS JOIN alert AS a ON a.outbox_id = o.id
            CROSS JOIN obligation AS b ON b.id = a.obligation_id
          WHERE o.batch_id = ${batchId} AND o.state = 'sending')
        WHERE NOT (tone = 'overdue' AND kind IN ('daily-report', 'count') AND length(unitCode) > 9
          AND EXISTS (SELECT 1 FROM json_each(${JSON.stringify(hidden)}) AS s WHERE s.value ->> 0 = outboxId
            AND s.value ->> 1 = substr(unitCode, 1, 9) AND s.value ->> 2 = kind AND s.value ->> 3 = subjectId))) AS line
        CROSS JOIN unit AS u ON u.code = unitCode
        LEFT JOIN unit AS p ON p.code = u.parent AND p.kind <> 'county'
      WHERE place <= ${limit}
      ORDER BY outboxId, tone, place`),
  ])) as [D1Result<Envelope>, D1Result<EnvelopeLine>];
  return {
    envelopes: envelopes.results,
    lines: lines.results,
    storms,
    before: await toldBefore(db, lines.results),
  };
}

/** Towns most of whose units owe a day's report or the same counts, and a recipient is told of many of them. */
async function stormsIn(db: Db, batchId: string, now: Date): Promise<Storm[]> {
  const many = await db.all<Omit<Storm, "townName" | "silent" | "of">>(sql`
    SELECT a.outbox_id AS outboxId, substr(b.unit_code, 1, 9) AS town, b.kind AS kind, b.subject_id AS subjectId,
      min(a.due_at) AS dueAt
    FROM outbox AS o CROSS JOIN alert AS a ON a.outbox_id = o.id AND a.kind = 'overdue'
      CROSS JOIN obligation AS b ON b.id = a.obligation_id AND b.kind IN ('daily-report', 'count')
    WHERE o.batch_id = ${batchId} AND o.state = 'sending' AND length(b.unit_code) > 9
    GROUP BY 1, 2, 3, 4 HAVING count(*) >= ${STORM}`);
  if (many.length === 0) return [];
  const keyOf = ({ kind, subjectId, town }: (typeof many)[number]) => `${kind}/${subjectId}/${town}`;
  const towns = [...new Map(many.map((one) => [keyOf(one), [keyOf(one), one.town]])).values()];
  const counted = await db.all<{ key: string; townName: string; silent: number; of: number }>(sql`
    SELECT t.value ->> 0 AS key, u.name AS townName, count(*) AS "of",
      sum(b.met_at IS NULL AND b.excused_at IS NULL AND b.due_at <= ${now.getTime()}) AS silent
    FROM json_each(${JSON.stringify(towns)}) AS t
      CROSS JOIN obligation AS b ON b.id > t.value ->> 0 AND b.id < (t.value ->> 0) || '~'
      CROSS JOIN unit AS u ON u.code = t.value ->> 1
    GROUP BY 1`);
  const found = new Map(counted.map(({ key, ...count }) => [key, count]));
  return many.flatMap((one) => {
    const count = found.get(keyOf(one));
    return count && count.silent * 2 > count.of ? [{ ...one, ...count }] : [];
  });
}

/** Who was told before that the same is overdue: the unit, when, and how it went. */
async function toldBefore(db: Db, lines: EnvelopeLine[]): Promise<Before[]> {
  const asked = lines
    .filter(({ tone }) => tone === "overdue")
    .slice(0, MOST_BEFORE)
    .map(({ outboxId, obligationId, dueAt }) => [outboxId, obligationId, dueAt]);
  if (asked.length === 0) return [];
  return db.all<Before>(sql`
    SELECT i.value ->> 0 AS outboxId, a.obligation_id AS obligationId, a.due_at AS dueAt,
      COALESCE(u.name, o.unit_code) AS unitName, min(COALESCE(o.sent_at, a.recorded_at)) AS at, o.state AS state,
      max(a.acked_at IS NOT NULL) AS acked
    FROM json_each(${JSON.stringify(asked)}) AS i
      CROSS JOIN alert AS a ON a.obligation_id = i.value ->> 1 AND a.due_at = i.value ->> 2
        AND a.outbox_id <> i.value ->> 0 AND a.kind IN ('notice', 'overdue')
      CROSS JOIN outbox AS me ON me.id = i.value ->> 0
      CROSS JOIN outbox AS o ON o.id = a.outbox_id AND o.state <> 'sending' AND o.recorded_at < me.recorded_at
      LEFT JOIN unit AS u ON u.code = o.unit_code
    GROUP BY 1, 2, 3, o.unit_code, o.state
    ORDER BY 1, 2, at LIMIT ${MOST_BEFORE}`);
}

/** Where the recipient acts: the unit's own link, or the front door when it has none. */
export async function linkFor(store: Store, publicUrl: string, nonce: string | null): Promise<string> {
  return nonce ? `${publicUrl}/u/${await linkToken(store, "unit", nonce)}` : publicUrl;
}
