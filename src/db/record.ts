import { sql } from "drizzle-orm";
import type { RecordLedger, RecordPlan, RecordState } from "../domain/record.ts";
import type { Arrival } from "../domain/submission.ts";
import type { UnitKind } from "../domain/unit.ts";
import { meetObligation, momentsAsNumbers, openObligationsIf } from "./obligation.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";

/* A record and what happened to it: what has to be known before an event is planned, and its one batch. */

/** What was filed or done, planned and identified. */
export type RecordWrite = {
  plan: RecordPlan;
  arrival: Arrival;
  actor: string;
  /** Only at a filing: the blind index of whom or what it is about. */
  subjectIndex?: string | null;
};

/**
 * Stores filings of one unit and form in one batch, each its own event. A clash of keys is thrown as it comes: the same
 * submission twice (`submission`), a number that is taken (`record`), another event in between (`record_event`).
 */
export async function saveFilings(store: Store, writes: readonly RecordWrite[]): Promise<void> {
  const { db, privacy } = store;
  const rows = await Promise.all(
    writes.map(async ({ plan: { next, event }, arrival, subjectIndex = null }) => ({
      ...{ ...next, facts: JSON.stringify(next.facts), counted: JSON.stringify(next.counted) },
      ...{ submissionId: arrival.id, subjectIndex },
      sealed: isEmpty(event.said) ? null : await privacy.seal(event.said, next.id, "record"),
    })),
  );
  // What was said at a filing stands in its record alone.
  const events = writes.map((write) => eventRow(write, null));
  await runBatch(db, [
    insertArrivals(db, writes),
    db.run(sql`
      INSERT INTO record (id, form, unit_code, submission_id, state, version, subject_index, facts, sealed, counted, owed_id,
        household_id, occurred_at, recorded_at, due_at, touched_at, ended_at)
      SELECT r.value ->> 'id', r.value ->> 'form', r.value ->> 'unitCode', r.value ->> 'submissionId', r.value ->> 'state',
        r.value ->> 'version', r.value ->> 'subjectIndex', r.value ->> 'facts', r.value ->> 'sealed', r.value ->> 'counted',
        r.value ->> 'owedId', r.value ->> 'householdId', r.value ->> 'occurredAt', r.value ->> 'recordedAt',
        r.value ->> 'dueAt', r.value ->> 'recordedAt', r.value ->> 'endedAt'
      FROM json_each(${momentsAsNumbers(rows)}) AS r`),
    insertEvents(db, events),
    ...obligationsOf(db, writes),
  ]);
}

/** Stores a step, or a withdrawal, in one batch. A clash of keys is thrown as it comes. */
export async function saveStep(store: Store, write: RecordWrite): Promise<void> {
  const { db, privacy } = store;
  const { next, event } = write.plan;
  const { id, version, state, owedId, dueAt, endedAt } = next;
  const key = eventKey(next, event.seq);
  const sealed = isEmpty(event.said) ? null : await privacy.seal(event.said, key, "record_event");
  // What is said about somebody after it was sealed off is sealed off in its turn.
  const again = sealed === null ? sql`` : sql`, sealed_off_at = NULL`;
  await runBatch(db, [
    insertArrivals(db, [write]),
    // Of two that plan on the same version one has the event's key, and the other's batch comes to nothing.
    insertEvents(db, [eventRow(write, sealed)]),
    db.run(sql`
      UPDATE record SET state = ${state}, version = ${version}, facts = ${JSON.stringify(next.facts)},
        counted = ${JSON.stringify(next.counted)}, owed_id = ${owedId}, due_at = ${dueAt?.getTime() ?? null},
        touched_at = ${event.recordedAt.getTime()}, ended_at = ${endedAt?.getTime() ?? null}${again}
      WHERE id = ${id} AND version = ${version - 1}`),
    ...obligationsOf(db, [write]),
  ]);
}

/** What an event's sealed answers are bound to, in the column "record_event". */
export const eventKey = ({ form, unitCode }: { form: string; unitCode: string }, seq: number): string =>
  `${form}/${unitCode}/${seq}`;

const isEmpty = (answers: object): boolean => Object.keys(answers).length === 0;

const eventRow = ({ plan: { next, event }, arrival, actor }: RecordWrite, sealed: string | null) => ({
  ...{ form: next.form, unitCode: next.unitCode, seq: event.seq, recordId: next.id, version: next.version },
  ...{ step: event.step, actor, submissionId: arrival.id, sealed },
  ...{ facts: JSON.stringify(event.facts), totals: JSON.stringify(event.totals) },
  ...{ occurredAt: event.occurredAt, recordedAt: event.recordedAt },
});

const insertEvents = (db: Db, rows: ReturnType<typeof eventRow>[]): Statement =>
  db.run(sql`
    INSERT INTO record_event (form, unit_code, seq, record_id, version, step, actor, submission_id, facts, sealed, totals,
      occurred_at, recorded_at)
    SELECT r.value ->> 'form', r.value ->> 'unitCode', r.value ->> 'seq', r.value ->> 'recordId', r.value ->> 'version',
      r.value ->> 'step', r.value ->> 'actor', r.value ->> 'submissionId', r.value ->> 'facts', r.value ->> 'sealed',
      r.value ->> 'totals', r.value ->> 'occurredAt', r.value ->> 'recordedAt'
    FROM json_each(${momentsAsNumbers(rows)}) AS r`);

/** Goes first in its batch, as `recordArrival` does. What it became is the record's number and the event's version. */
function insertArrivals(db: Db, writes: readonly RecordWrite[]): Statement {
  const rows = writes.map(({ arrival, plan: { next, event } }) => ({
    ...{ ...arrival, subjectId: `${next.id}/${next.version}`, recordedAt: event.recordedAt },
  }));
  return db.run(sql`
    INSERT INTO submission (id, form, form_version, door, content_hash, subject_id, recorded_at)
    SELECT r.value ->> 'id', r.value ->> 'form', r.value ->> 'formVersion', r.value ->> 'door', r.value ->> 'contentHash',
      r.value ->> 'subjectId', r.value ->> 'recordedAt'
    FROM json_each(${momentsAsNumbers(rows)}) AS r`);
}

function obligationsOf(db: Db, writes: readonly RecordWrite[]): Statement[] {
  const owed = writes.flatMap(({ plan }) => plan.owes ?? []);
  return [
    ...writes.flatMap(({ plan: { meets, event } }) =>
      meets ? [meetObligation(db, meets, { metAt: event.occurredAt, recordedAt: event.recordedAt })] : [],
    ),
    ...(owed.length > 0 ? [openObligationsIf(db, owed, sql`1`)] : []),
  ];
}

/** What stands before filings are planned, as of one moment of the database. */
export type FilingGround = {
  unit: { kind: UnitKind; closedAt: Date | null } | undefined;
  ledger: RecordLedger | undefined;
  /** What arrived before, by submission. */
  arrived: Map<string, { contentHash: string; subjectId: string }>;
  /** Of the numbers asked for, those that are taken. */
  taken: Set<string>;
  /** When each subject's records happened within its span, withdrawn ones left out, by blind index. */
  recent: Map<string, Date[]>;
};

/** Reads a row for what is asked, and one for each record that a quota counts. One transaction. */
export async function readFilingGround(
  db: Db,
  asked: {
    form: string;
    unitCode: string;
    submissions: readonly string[];
    numbers: readonly string[];
    subjects: readonly { index: string; from: Date; to: Date }[];
  },
): Promise<FilingGround> {
  const { form, unitCode } = asked;
  const spans = asked.subjects.map(({ index, from, to }) => ({ index, from: +from, to: +to }));
  const answers = await runBatch(db, [
    db.run(sql`SELECT kind, closed_at AS closedAt FROM unit WHERE code = ${unitCode}`),
    selectLedger(db, form, unitCode),
    db.run(sql`
      SELECT s.id AS id, s.content_hash AS contentHash, s.subject_id AS subjectId
      FROM json_each(${JSON.stringify(asked.submissions)}) AS a CROSS JOIN submission AS s ON s.id = a.value`),
    db.run(sql`
      SELECT r.id AS id FROM json_each(${JSON.stringify(asked.numbers)}) AS a CROSS JOIN record AS r ON r.id = a.value`),
    ...(spans.length > 0
      ? [
          db.run(sql`
            SELECT DISTINCT r.id AS id, r.subject_index AS subject, r.occurred_at AS at
            FROM json_each(${JSON.stringify(spans)}) AS a CROSS JOIN record AS r ON r.subject_index = a.value ->> 'index'
              AND r.occurred_at >= a.value ->> 'from' AND r.occurred_at < a.value ->> 'to'
            WHERE r.state <> 'withdrawn'`),
        ]
      : []),
  ]);
  const [units, ledgers, arrivals, numbers, recents] = answers as D1Result<Record<string, unknown>>[];
  const [unit] = (units?.results ?? []) as { kind: UnitKind; closedAt: number | null }[];
  const recent = new Map<string, Date[]>();
  for (const { subject, at } of (recents?.results ?? []) as { subject: string; at: number }[])
    recent.set(subject, [...(recent.get(subject) ?? []), new Date(at)]);
  return {
    unit: unit && { kind: unit.kind, closedAt: unit.closedAt === null ? null : new Date(unit.closedAt) },
    ledger: ledgerOf(ledgers),
    arrived: new Map(
      ((arrivals?.results ?? []) as { id: string; contentHash: string; subjectId: string }[]).map((row) => [
        row.id,
        row,
      ]),
    ),
    taken: new Set(((numbers?.results ?? []) as { id: string }[]).map(({ id }) => id)),
    recent,
  };
}

/** What stands before a step is planned, as of one moment of the database. */
export type StepGround = {
  record: RecordState | undefined;
  ledger: RecordLedger | undefined;
  /** What the same submission became earlier. */
  arrived: { contentHash: string; subjectId: string } | undefined;
};

/** Reads a record, its last event, its unit's last event of the form, and the submission: a row each. One transaction. */
export async function readStepGround(
  db: Db,
  { id, submission }: { id: string; submission: string },
): Promise<StepGround> {
  const answers = await runBatch(db, [
    selectRecord(db, id),
    db.run(sql`
      SELECT e.seq AS seq, e.totals AS totals, e.recorded_at AS recordedAt
      FROM record AS r CROSS JOIN record_event AS e ON e.form = r.form AND e.unit_code = r.unit_code
      WHERE r.id = ${id} ORDER BY e.seq DESC LIMIT 1`),
    db.run(sql`
      SELECT content_hash AS contentHash, subject_id AS subjectId FROM submission WHERE id = ${submission}`),
  ]);
  const [records, ledgers, arrivals] = answers as D1Result<Record<string, unknown>>[];
  const [row] = (records?.results ?? []) as RecordRow[];
  const [arrived] = (arrivals?.results ?? []) as { contentHash: string; subjectId: string }[];
  return { record: row && recordOf(row), ledger: ledgerOf(ledgers), arrived };
}

const selectLedger = (db: Db, form: string, unitCode: string): Statement =>
  db.run(sql`
    SELECT seq, totals, recorded_at AS recordedAt FROM record_event
    WHERE form = ${form} AND unit_code = ${unitCode} ORDER BY seq DESC LIMIT 1`);

function ledgerOf(answer: D1Result<Record<string, unknown>> | undefined): RecordLedger | undefined {
  const [row] = (answer?.results ?? []) as { seq: number; totals: string; recordedAt: number }[];
  return row && { seq: row.seq, totals: JSON.parse(row.totals), recordedAt: new Date(row.recordedAt) };
}

/** A record by its number, answers that are personal left out. Two rows. */
export async function findRecord(db: Db, id: string): Promise<RecordState | undefined> {
  const [answer] = (await runBatch(db, [selectRecord(db, id)])) as D1Result<RecordRow>[];
  const row = answer?.results[0];
  return row && recordOf(row);
}

const selectRecord = (db: Db, id: string): Statement =>
  db.run(sql`
    SELECT ${RECORD}, e.occurred_at AS lastAt
    FROM record AS r CROSS JOIN record_event AS e ON e.record_id = r.id AND e.version = r.version
    WHERE r.id = ${id}`);

/** The columns of `record AS r` that `recordOf` reads, but for `lastAt`. */
export const RECORD = sql.raw(
  `r.id AS id, r.form AS form, r.unit_code AS unitCode, r.state AS state, r.version AS version, r.facts AS facts,
    r.counted AS counted, r.owed_id AS owedId, r.household_id AS householdId, r.occurred_at AS occurredAt,
    r.recorded_at AS recordedAt, r.due_at AS dueAt, r.ended_at AS endedAt`,
);
export type RecordRow = {
  [Name in keyof RecordState]: Name extends "facts" | "counted"
    ? string
    : RecordState[Name] extends Date
      ? number
      : RecordState[Name] extends Date | null
        ? number | null
        : RecordState[Name];
};

export const recordOf = (row: RecordRow): RecordState => ({
  ...row,
  facts: JSON.parse(row.facts),
  counted: JSON.parse(row.counted),
  occurredAt: new Date(row.occurredAt),
  recordedAt: new Date(row.recordedAt),
  lastAt: new Date(row.lastAt),
  dueAt: row.dueAt === null ? null : new Date(row.dueAt),
  endedAt: row.endedAt === null ? null : new Date(row.endedAt),
});

/** What a submission is kept under: CR-0217-4486/2 is a record's number and the version of its event. */
export function eventNamed(subjectId: string): { id: string; version: number } {
  const [id = "", version] = subjectId.split("/");
  return { id, version: Number(version) };
}
