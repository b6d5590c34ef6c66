import { sql } from "drizzle-orm";
import { latestSlot, nextSlot, parseSlot, slotCloses, slotKey } from "../domain/follow-up.ts";
import { HOUR } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import { feverStatements } from "./fever.ts";
import { isPlain, newestIs, type ReadingItem, rollOn, type Sent, sentAs, subjectOf } from "./reading-sql.ts";

export type { ReadingItem } from "./reading-sql.ts";

import { type Db, runBatch, type Statement, type Store } from "./store.ts";

type Context = { now: Date; settings: Settings };

/**
 * Stores readings in one batch, however many: keys, the open observation and its slots decide inside the statements
 * which count. Returns the reading that each submission became, now or when it came first, by submission id; what is
 * missing there was refused (`explainReadings` says why).
 *
 * Every statement after the second goes by what stands in the database, not by what was sent, so that a submission that
 * comes again changes nothing.
 */
export async function saveReadings(
  { db }: Pick<Store, "db">,
  sent: ReadingItem[],
  { now, settings }: Context,
): Promise<Map<string, Became | "content-differs">> {
  const items = sent.filter(({ observationId }) => isPlain(observationId));
  if (items.length === 0) return new Map();
  const all = sentAs(items);
  const at = now.getTime();
  const closes = closesFrom(items, now, settings.TIME_ZONE);
  const abnormal = items.filter((item) => item.abnormal);
  const normal = items.filter((item) => !item.abnormal);
  const late = items.filter((item) => item.late);
  const results = await runBatch(db, [
    insertSubmissions(db, all, at, items),
    insertReadings(db, all, at),
    selectStanding(db, all),
    ...(abnormal.length > 0 ? feverStatements(db, sentAs(abnormal), { now, settings }) : []),
    ...(normal.length > 0 ? liftHold(db, sentAs(normal), closes, { now, settings }) : []),
    advance(db, all, closes, abnormal.length > 0 ? at : undefined),
    ...(late.length > 0 ? [recoverLapsed(db, sentAs(late), at)] : []),
  ]);
  const stood = (results[2] as D1Result<Stood>).results;
  return became(items, stood, settings.TIME_ZONE);
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

/**
 * Refused ones insert nothing: the observation is open, of this household or subtree, and owes the slot. Each row keeps
 * which version of the slot it becomes.
 */
function insertSubmissions(db: Db, sent: Sent, at: number, items: ReadingItem[]): Statement {
  const stated = sent("id", "door", "hash", "obs", "slot", "dueAt", "household", "scope", "scopeEnd", "at");
  const { rows, item } = stated;
  // Counting within the list costs a sort: only where somebody has two for one slot. One that stands counts for none.
  const alone =
    new Set(items.map(({ observationId, slot }) => `${observationId}/${slot}`)).size === items.length;
  const place = alone
    ? sql`1`
    : sql`row_number() OVER (PARTITION BY ${item("dueAt")}, ${item("obs")} ORDER BY ${item("at")})`;
  const isNew = alone ? sql`true` : sql`NOT EXISTS (SELECT 1 FROM submission WHERE id = ${item("id")})`;
  return db.run(sql`
    INSERT INTO submission (id, form, form_version, door, content_hash, subject_id, version, recorded_at)
    SELECT ${item("id")}, 'reading', 1, ${item("door")}, ${item("hash")}, ${subjectOf(stated)},
      ${place} + COALESCE((SELECT MAX(version) FROM reading
        WHERE due_at = ${item("dueAt")} AND observation_id = ${item("obs")}), 0), ${at}
    FROM ${rows("observation AS o")}
    WHERE o.id = ${item("obs")} AND o.ended_at IS NULL AND o.first_due_at <= ${item("dueAt")}
      AND (o.last_due_at IS NULL OR o.last_due_at >= ${item("dueAt")})
      AND (${item("household")} IS NULL OR o.household_id = ${item("household")})
      AND (${item("scope")} IS NULL OR (o.unit_code >= ${item("scope")} AND o.unit_code < ${item("scopeEnd")}))
      AND ${isNew}
    ON CONFLICT DO NOTHING`);
}

/**
 * Every submission that stands with this content is the version of the slot that it says; one that has its reading keeps
 * it. One without a version was stored together with its reading, before versions stood here.
 */
const insertReadings = (db: Db, sent: Sent, at: number): Statement => {
  const stated = sent(
    ...(["id", "hash", "obs", "slot", "dueAt", "temperature", "symptoms", "needsHelp"] as const),
    ...(["abnormal", "late", "takenAt", "at"] as const),
  );
  const { rows, item } = stated;
  return db.run(sql`
    INSERT INTO reading (due_at, observation_id, version, slot, temperature, symptoms, needs_help, abnormal, late, door,
      submission_id, taken_at, recorded_at, sealed)
    SELECT ${item("dueAt")}, ${item("obs")}, s.version, ${item("slot")}, ${item("temperature")}, ${item("symptoms")},
      ${item("needsHelp")}, ${item("abnormal")}, ${item("late")}, s.door, s.id, ${item("takenAt")}, ${at},
      ${item("sealed")}
    FROM ${rows("submission AS s")}
    WHERE s.id = ${item("id")} AND s.content_hash = ${item("hash")} AND s.subject_id = ${subjectOf(stated)}
      AND s.version IS NOT NULL
    ON CONFLICT DO NOTHING`);
};

const STOOD = sql.raw(
  "s.id AS id, s.content_hash AS contentHash, s.subject_id AS subjectId, s.version AS version, s.recorded_at AS recordedAt",
);

/** What stands under each submission's key now, whoever brought it. RETURNING would read two rows for each. */
const selectStanding = (db: Db, sent: Sent): Statement => {
  const { rows, item } = sent("id");
  return db.run(sql`
    SELECT ${STOOD} FROM ${rows("submission AS s")} WHERE s.id = ${item("id")}`);
};

/**
 * The newest reading is normal again: the observation has an end once more, and whoever releases hears of it anew. A
 * follow-up that had gone beyond that end comes to rest in `advance`.
 */
function liftHold(db: Db, sent: Sent, closes: readonly number[], { now, settings }: Context): Statement[] {
  const at = now.getTime();
  const stated = sent("obs", "dueAt");
  const { item, whose } = stated;
  const normal = newestIs(0, stated);
  const from = sql`max(opened_at, ${at})`;
  // What closed while it was held stays owed, though nobody swept yet.
  const closed = Math.max(0, ...closes.filter((close) => close <= at));
  const heldAtClose = sql`CASE WHEN held_at < ${closed} THEN ${closed} ELSE 0 END`;
  // CASE: of somebody who is not held, nothing more is looked up.
  return [
    db.run(sql`
      UPDATE obligation SET step = 0, version = version + 1, opened_at = ${from}, next_due_at = ${from},
        due_at = ${from} + ${settings.RELEASE_HOURS * HOUR}, held_for = 0, ack_until = NULL
      ${whose("obligation.id", "release/")} AND CASE WHEN met_at IS NULL AND next_due_at IS NULL AND excused_at IS NULL THEN EXISTS (
        SELECT 1 FROM observation WHERE observation.id = obligation.subject_id AND last_due_at IS NULL
          AND ended_at IS NULL) AND ${normal} END`),
    db.run(sql`
      UPDATE observation SET last_due_at = max(planned_due_at, ${item("dueAt")}, ${heldAtClose})
      ${whose("observation.id", "")} AND CASE WHEN last_due_at IS NULL AND ended_at IS NULL THEN ${normal} END`),
  ];
}

/**
 * An obligation whose slot has its reading rolls on to the next slot without one; past the last slot it rests.
 * @param held where there was a fever: one that rested wakes for the next slot to come after this moment
 */
function advance(db: Db, sent: Sent, closes: readonly number[], held?: number): Statement {
  const observed = sql.raw("FROM observation WHERE observation.id = obligation.subject_id");
  const moves = sql`EXISTS (SELECT 1 FROM reading
      WHERE reading.due_at = obligation.due_at AND observation_id = obligation.subject_id)
    OR obligation.due_at > (SELECT last_due_at ${observed})`;
  const wakes = sql`EXISTS (SELECT 1 ${observed} AND last_due_at IS NULL AND ended_at IS NULL)`;
  const awake = sql`next_due_at IS NOT NULL`;
  const after = "obligation.due_at";
  return db.run(sql`
    UPDATE obligation SET version = version + 1, step = 0,
      ${rollOn(closes, held === undefined ? after : `CASE WHEN next_due_at IS NULL THEN ${held} ELSE ${after} END`)}
    ${sent("obs").whose("obligation.id", "follow-up/")} AND met_at IS NULL AND excused_at IS NULL
      AND ${held === undefined ? sql`${awake} AND (${moves})` : sql`CASE WHEN ${awake} THEN ${moves} ELSE ${wakes} END`}`);
}

/**
 * A slot that somebody was told of as missed has its first reading after all: the next sweep tells exactly them. The
 * rolling obligation itself has moved on, so the word waits apart, under the negative of the moment it was owed.
 */
const recoverLapsed = (db: Db, sent: Sent, at: number): Statement => {
  const { rows, item } = sent("obs", "dueAt");
  return db.run(sql`
    INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, due_at, owed_at, recorded_at)
    SELECT 'follow-up/' || ${item("obs")}, -${item("dueAt")}, '', 'recovered', 0, ${at}, ${item("dueAt")}, ${at}
    FROM ${rows("reading AS r")}
    WHERE r.due_at = ${item("dueAt")} AND r.observation_id = ${item("obs")} AND r.version = 1 AND r.recorded_at = ${at}
      AND EXISTS (SELECT 1 FROM alert WHERE obligation_id = 'follow-up/' || ${item("obs")} AND due_at = ${item("dueAt")}
        AND kind = 'overdue')
    ON CONFLICT DO NOTHING`);
};

/** The reading that a submission became when it came first. */
export type Became = {
  observationId: string;
  /** 2026-01-26/evening */
  slot: string;
  late: boolean;
  abnormal: boolean;
  version: number;
  recordedAt: Date;
};
/** What a submission is known by, and whether its content is a fever or a symptom. */
export type Sending = { id: string; hash: string; abnormal: boolean };
type Stood = {
  id: string;
  contentHash: string;
  subjectId: string;
  version: number | null;
  recordedAt: number;
};

/** Whose and which slot the subject says; the same content is as abnormal now as it was then. */
function became(sent: Sending[], stood: Stood[], zone: string): Map<string, Became | "content-differs"> {
  const known = new Map<string, Became | "content-differs">();
  const rows = new Map(stood.map((row) => [row.id, row]));
  for (const { id, hash, abnormal } of sent) {
    const row = rows.get(id);
    if (!row) continue;
    const [observationId = "", ...rest] = row.subjectId.split("/");
    const slot = parseSlot(rest.join("/"));
    if (row.contentHash !== hash || !slot) known.set(id, "content-differs");
    else
      known.set(id, {
        observationId,
        slot: slotKey(slot),
        late: row.recordedAt >= slotCloses(slot, zone).getTime(),
        abnormal,
        version: row.version ?? 1,
        recordedAt: new Date(row.recordedAt),
      });
  }
  return known;
}

/**
 * What submissions with this content became, by submission id: for those that come again after their slot's late window,
 * because the first answer was lost on its way.
 */
export async function findEarlier(
  { db }: Pick<Store, "db">,
  sent: Sending[],
  zone: string,
): Promise<Map<string, Became | "content-differs">> {
  if (sent.length === 0) return new Map();
  const stood = await db.all<Stood>(sql`
    SELECT ${STOOD} FROM json_each(${JSON.stringify(sent.map(({ id }) => id))}) AS i
      CROSS JOIN submission AS s ON s.id = i.value`);
  return became(sent, stood, zone);
}

export type Refusal = "unknown" | "not-observed" | "ended" | "before-first" | "after-last";
/** Why a reading was not stored. `firstSlot`: 2026-01-26/evening, the first slot owed. */
export type Refused = { refusal: Refusal; firstSlot?: string };

/** Why readings were refused, by submission id: one query for all. Nothing outside the sender's household or subtree is told. */
export async function explainReadings(
  { db }: Pick<Store, "db">,
  items: ReadingItem[],
): Promise<Map<string, Refused>> {
  const possible = items.filter(({ observationId }) => isPlain(observationId));
  if (possible.length === 0) return new Map();
  const { rows, item } = sentAs(possible)("id", "obs", "household", "scope", "scopeEnd");
  const found = await db.all<Found>(sql`
    SELECT ${item("id")} AS id, o.first_slot AS firstSlot, o.ended_at AS endedAt, o.first_due_at AS firstDueAt,
      o.id AS observed
    FROM ${rows("person AS p")} LEFT JOIN observation AS o ON o.id = p.id
    WHERE p.id = ${item("obs")} AND (${item("household")} IS NULL OR p.household_id = ${item("household")})
      AND (${item("scope")} IS NULL OR (p.unit_code >= ${item("scope")} AND p.unit_code < ${item("scopeEnd")}))`);
  const dueAt = new Map(possible.map((item) => [item.id, item.dueAt.getTime()]));
  return new Map(
    found.map((row) => [
      row.id,
      { refusal: refusalOf(row, dueAt.get(row.id) ?? 0), firstSlot: row.firstSlot ?? undefined },
    ]),
  );
}

type Found = {
  id: string;
  observed: string | null;
  firstSlot: string | null;
  endedAt: number | null;
  firstDueAt: number | null;
};

function refusalOf(row: Found, dueAt: number): Refusal {
  if (row.observed === null) return "not-observed";
  if (row.endedAt !== null) return "ended";
  return row.firstDueAt !== null && dueAt < row.firstDueAt ? "before-first" : "after-last";
}
