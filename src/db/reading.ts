import { type SQL, sql } from "drizzle-orm";
import { latestSlot, nextSlot, parseSlot, slotCloses } from "../domain/follow-up.ts";
import { HOUR } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import { feverStatements } from "./fever.ts";
import { momentsAsNumbers } from "./obligation.ts";
import { newestIs, type ReadingItem, rollOn, type Sent, sentAs } from "./reading-sql.ts";

export type { ReadingItem } from "./reading-sql.ts";

import { type Db, runBatch, type Statement, type Store } from "./store.ts";

type Context = { now: Date; settings: Settings };

/**
 * Stores readings in one batch, however many: keys, the open observation and its slots decide inside the statements
 * which count. Returns the version that each stored one became, by submission id; what is missing there was refused or
 * stood already (`explainReadings` says which).
 *
 * Every statement after the second goes by what stands in the database, not by what was sent, so that a submission that
 * comes again changes nothing.
 */
export async function saveReadings(
  { db }: Pick<Store, "db">,
  items: ReadingItem[],
  { now, settings }: Context,
): Promise<Map<string, number>> {
  if (items.length === 0) return new Map();
  const sent = sentAs(items);
  const at = now.getTime();
  const closes = closesFrom(items, now, settings.TIME_ZONE);
  const results = await runBatch(db, [
    insertSubmissions(db, sent, at),
    insertReadings(db, sent, at, items),
    ...(items.some(({ abnormal }) => abnormal) ? feverStatements(db, sent, closes, { now, settings }) : []),
    ...liftHold(db, sent, closes, { now, settings }),
    advance(db, sent, closes),
    ...(items.some(({ late }) => late) ? [recoverLapsed(db, sent, at)] : []),
  ]);
  const stored = (results[1] as D1Result<{ id: string; version: number }>).results;
  return new Map(stored.map(({ id, version }) => [id, version]));
}

/** The closes of the slots from the earliest sent to the second that is still to come: where an obligation may roll to. */
function closesFrom(items: ReadingItem[], now: Date, zone: string): number[] {
  const earliest = items.reduce((least, item) => (item.dueAt < least.dueAt ? item : least));
  const closes: number[] = [];
  let slot = parseSlot(earliest.slot) ?? latestSlot(now, zone);
  for (let ahead = 0; ahead < 2; slot = nextSlot(slot)) {
    const close = slotCloses(slot, zone);
    if (close > now) ahead += 1;
    closes.push(close.getTime());
  }
  return closes;
}

/** Refused ones insert nothing: the observation is open, of this household or subtree, and owes the slot. */
const insertSubmissions = (db: Db, { rows, item }: Sent, at: number): Statement =>
  db.run(sql`
    INSERT INTO submission (id, form, form_version, door, content_hash, subject_id, recorded_at)
    SELECT ${item("id")}, 'reading', 1, ${item("door")}, ${item("hash")}, ${item("subject")}, ${at}
    FROM ${rows("observation AS o")}
    WHERE o.id = ${item("obs")} AND o.ended_at IS NULL AND o.first_due_at <= ${item("dueAt")}
      AND (o.last_due_at IS NULL OR o.last_due_at >= ${item("dueAt")})
      AND (${item("household")} IS NULL OR o.household_id = ${item("household")})
      AND (${item("scope")} IS NULL OR (o.unit_code >= ${item("scope")} AND o.unit_code < ${item("scopeEnd")}))
    ON CONFLICT DO NOTHING`);

/** The next version of the slot for every submission that stands with this content and has no reading yet. */
function insertReadings(db: Db, { rows, item }: Sent, at: number, items: ReadingItem[]): Statement {
  // Counting within the list costs a sort: only where somebody has two for one slot.
  const alone = new Set(items.map(({ subject }) => subject)).size === items.length;
  const place = alone
    ? sql`1`
    : sql`row_number() OVER (PARTITION BY ${item("dueAt")}, ${item("obs")} ORDER BY i.key)`;
  return db.run(sql`
    INSERT INTO reading (due_at, observation_id, version, slot, temperature, symptoms, needs_help, abnormal, late, door,
      submission_id, taken_at, recorded_at, sealed)
    SELECT ${item("dueAt")}, ${item("obs")}, ${place} + COALESCE((SELECT MAX(version) FROM reading
        WHERE due_at = ${item("dueAt")} AND observation_id = ${item("obs")}), 0),
      ${item("slot")}, ${item("temperature")}, ${item("symptoms")}, ${item("needsHelp")}, ${item("abnormal")},
      ${item("late")}, ${item("door")}, ${item("id")}, ${item("takenAt")}, ${at}, ${item("sealed")}
    FROM ${rows("submission AS s")}
    WHERE s.id = ${item("id")} AND s.content_hash = ${item("hash")} AND s.subject_id = ${item("subject")}
      AND NOT EXISTS (SELECT 1 FROM reading WHERE due_at = ${item("dueAt")} AND observation_id = ${item("obs")}
        AND submission_id = ${item("id")})
    RETURNING submission_id AS id, version`);
}

/**
 * The newest reading is normal again: the observation has an end once more, a follow-up that had gone beyond it rests,
 * and whoever releases hears of it anew.
 */
function liftHold(db: Db, sent: Sent, closes: readonly number[], { now, settings }: Context): Statement[] {
  const at = now.getTime();
  const { rows, item } = sent;
  // CASE: of somebody who is not held, no reading is looked up.
  const lifted = sql`CASE WHEN last_due_at IS NULL AND ended_at IS NULL THEN ${newestIs(0, sent)} END`;
  const from = sql`max(obligation.opened_at, ${at})`;
  // What closed while it was held stays owed, though nobody swept yet.
  const closed = Math.max(0, ...closes.filter((close) => close <= at));
  const heldAtClose = sql`CASE WHEN held_at < ${closed} THEN ${closed} ELSE 0 END`;
  // A join is a row cheaper for one; of a list SQLite would then walk every obligation.
  const owing = sent.alone
    ? sql`FROM observation AS o WHERE o.id = ${item("obs")} AND ${lifted}
        AND obligation.id IN ('release/' || o.id, 'follow-up/' || o.id)`
    : sql`WHERE id IN (SELECT kind.value || o.id FROM ${rows("observation AS o")}
        CROSS JOIN json_each('["release/", "follow-up/"]') AS kind WHERE o.id = ${item("obs")} AND ${lifted})`;
  const ofRelease = (then: SQL, otherwise: SQL) =>
    sql`CASE obligation.kind WHEN 'release' THEN ${then} ELSE ${otherwise} END`;
  return [
    db.run(sql`
      UPDATE obligation SET step = 0, version = version + 1,
        opened_at = ${ofRelease(from, sql`obligation.opened_at`)}, next_due_at = ${ofRelease(from, sql`NULL`)},
        due_at = ${ofRelease(sql`${from} + ${settings.RELEASE_HOURS * HOUR}`, sql`due_at`)}
      ${owing} AND met_at IS NULL AND (obligation.kind = 'release' OR due_at > (
        SELECT max(o.planned_due_at, max(${item("dueAt")}), ${heldAtClose}) FROM ${rows("observation AS o")}
        WHERE o.id = ${item("obs")} AND o.id = obligation.subject_id))`),
    db.run(sql`
      UPDATE observation SET last_due_at = max(planned_due_at, ${item("dueAt")}, ${heldAtClose}) ${sent.from}
      WHERE observation.id = ${item("obs")} AND ${lifted}`),
  ];
}

/** An obligation whose slot has its reading rolls on to the next slot without one; past the last slot it rests. */
const advance = (db: Db, { owedId }: Sent, closes: readonly number[]): Statement =>
  db.run(sql`
    UPDATE obligation SET version = version + 1, step = 0,
      ${rollOn(closes, "obligation.due_at")}
    WHERE ${owedId("follow-up/")} AND met_at IS NULL AND next_due_at IS NOT NULL
      AND EXISTS (SELECT 1 FROM reading WHERE due_at = obligation.due_at AND observation_id = obligation.subject_id)`);

/**
 * A slot that somebody was told of as missed has its first reading after all: the next sweep tells exactly them. The
 * rolling obligation itself has moved on, so the word waits apart, under the negative of the moment it was owed.
 */
const recoverLapsed = (db: Db, { rows, item }: Sent, at: number): Statement =>
  db.run(sql`
    INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, to_unit, due_at, owed_at, recorded_at)
    SELECT 'follow-up/' || ${item("obs")}, -${item("dueAt")}, '', 'recovered', 0, NULL, ${at}, ${item("dueAt")}, ${at}
    FROM ${rows("reading AS r")}
    WHERE r.due_at = ${item("dueAt")} AND r.observation_id = ${item("obs")} AND r.version = 1 AND r.submission_id = ${item("id")} AND r.recorded_at = ${at}
      AND EXISTS (SELECT 1 FROM alert WHERE obligation_id = 'follow-up/' || ${item("obs")} AND due_at = ${item("dueAt")}
        AND kind = 'overdue')
    ON CONFLICT DO NOTHING`);

/** What became of a submission that was not stored now. */
export type Refusal =
  | "unknown"
  | "not-observed"
  | "ended"
  | "before-first"
  | "after-last"
  | "content-differs";
export type Standing = {
  refusal?: Refusal;
  /** 2026-01-26/evening: the first slot owed. */
  firstSlot?: string;
  /** The reading it became when it came first. */
  became?: {
    observationId: string;
    slot: string;
    late: boolean;
    abnormal: boolean;
    version: number;
    recordedAt: Date;
  };
};

/** Why readings were not stored, by submission id: two queries for all. Nothing outside the sender's household or subtree is told. */
export async function explainReadings(
  { db }: Pick<Store, "db">,
  items: ReadingItem[],
  zone: string,
): Promise<Map<string, Standing>> {
  const item = (name: string) => sql.raw(`(i.value ->> '${name}')`);
  const list = items.map(({ id, hash, dueAt, observationId, household, scope, scopeEnd }) => ({
    ...{ id, hash, dueAt, obs: observationId, household, scope, scopeEnd },
  }));
  const rows = await db.all<Found>(sql`
    SELECT ${item("id")} AS id, ${item("hash")} AS hash, ${item("dueAt")} AS dueAt, s.content_hash AS contentHash,
      s.subject_id AS subjectId, p.id AS person, o.first_slot AS firstSlot, o.ended_at AS endedAt,
      o.first_due_at AS firstDueAt, o.id AS observed
    FROM json_each(${momentsAsNumbers(list)}) AS i
      LEFT JOIN submission AS s ON s.id = ${item("id")}
      LEFT JOIN person AS p ON p.id = ${item("obs")}
        AND (${item("household")} IS NULL OR p.household_id = ${item("household")})
        AND (${item("scope")} IS NULL OR (p.unit_code >= ${item("scope")} AND p.unit_code < ${item("scopeEnd")}))
      LEFT JOIN observation AS o ON o.id = p.id`);
  const known = rows.filter((row) => row.contentHash !== null && row.contentHash === row.hash);
  const became = await findReadings(db, known, zone);
  return new Map(
    rows.map((row) => {
      const standing: Standing = became.has(row.id)
        ? { became: became.get(row.id) }
        : { refusal: refusalOf(row), firstSlot: row.firstSlot ?? undefined };
      return [row.id, standing];
    }),
  );
}

type Found = {
  id: string;
  hash: string;
  dueAt: number;
  contentHash: string | null;
  subjectId: string | null;
  person: string | null;
  observed: string | null;
  firstSlot: string | null;
  endedAt: number | null;
  firstDueAt: number | null;
};

function refusalOf(row: Found): Refusal {
  if (row.contentHash !== null) return "content-differs";
  if (row.person === null) return "unknown";
  if (row.observed === null) return "not-observed";
  if (row.endedAt !== null) return "ended";
  return row.firstDueAt !== null && row.dueAt < row.firstDueAt ? "before-first" : "after-last";
}

/** The readings that submissions became: whose and which slot, their subject says. */
async function findReadings(
  db: Db,
  known: Pick<Found, "id" | "subjectId">[],
  zone: string,
): Promise<Map<string, NonNullable<Standing["became"]>>> {
  const wanted = known.flatMap(({ id, subjectId }) => {
    const [obs = "", ...rest] = (subjectId ?? "").split("/");
    const slot = parseSlot(rest.join("/"));
    return slot ? [{ id, obs, dueAt: slotCloses(slot, zone) }] : [];
  });
  if (wanted.length === 0) return new Map();
  const rows = await db.all<{
    id: string;
    observationId: string;
    slot: string;
    late: number;
    abnormal: number;
    version: number;
    recordedAt: number;
  }>(sql`
    SELECT r.submission_id AS id, r.observation_id AS observationId, r.slot AS slot, r.late AS late,
      r.abnormal AS abnormal, r.version AS version, r.recorded_at AS recordedAt
    FROM json_each(${momentsAsNumbers(wanted)}) AS i CROSS JOIN reading AS r ON r.due_at = i.value ->> 'dueAt'
      AND r.observation_id = i.value ->> 'obs' AND r.submission_id = i.value ->> 'id'`);
  return new Map(
    rows.map(({ id, late, abnormal, recordedAt, ...row }) => [
      id,
      { ...row, late: late === 1, abnormal: abnormal === 1, recordedAt: new Date(recordedAt) },
    ]),
  );
}

/**
 * What submissions with this content became, by submission id: for those that come again after their slot's late window,
 * because the first answer was lost on its way.
 */
export async function findEarlier(
  { db }: Pick<Store, "db">,
  sent: { id: string; hash: string }[],
  zone: string,
): Promise<Map<string, NonNullable<Standing["became"]>>> {
  if (sent.length === 0) return new Map();
  const rows = await db.all<Pick<Found, "id" | "subjectId">>(sql`
    SELECT s.id AS id, s.subject_id AS subjectId
    FROM json_each(${JSON.stringify(sent)}) AS i CROSS JOIN submission AS s ON s.id = i.value ->> 'id'
    WHERE s.content_hash = i.value ->> 'hash'`);
  return findReadings(db, rows, zone);
}
