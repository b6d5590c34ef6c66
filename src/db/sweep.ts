import { type SQL, sql } from "drizzle-orm";
import type { Owed } from "../domain/escalation.ts";
import type { Alerted, Listener, Pending, Wave, Word } from "../domain/wave.ts";
import { wayOf } from "./outbox-ready.ts";
import { rollOn } from "./reading-sql.ts";
import { type Db, runBatch, type Statement } from "./store.ts";

/** The most obligations that one transaction moves. */
export const PAGE = 1000;

/**
 * What is due by `now`, oldest first, a page of it, and the recoveries that wait to be told: slots of rolling obligations
 * that somebody was told of as missed and that have their reading. One row read for each due, and none in an idle minute.
 */
export async function lookAround(db: Db, now: Date): Promise<{ due: Owed[]; pending: Pending[] }> {
  const [due, pending] = (await runBatch(db, [
    db.run(sql`
      SELECT id, kind, unit_code AS unitCode, opened_at AS openedAt, due_at AS dueAt, step, version,
        next_due_at AS nextDueAt, held_for AS heldFor, met_at AS metAt, excused_at AS excusedAt
      FROM obligation WHERE next_due_at <= ${now.getTime()} ORDER BY next_due_at, id LIMIT ${PAGE}`),
    db.run(sql`
      SELECT obligation_id AS obligationId, from_version AS fromVersion, owed_at AS owedAt FROM transition
      WHERE sweep_id = '' ORDER BY recorded_at LIMIT ${PAGE}`),
  ])) as [D1Result<Owed>, D1Result<Pending>];
  return { due: due.results, pending: pending.results };
}

/** Everybody of these units who can be told, care teams apart. A row read a unit, whoever hears there. */
export async function listenersOf(db: Db, units: string[]): Promise<Listener[]> {
  const found: Listener[] = [];
  for (const codes of inPieces(units)) {
    const rows = await db.all<{ unitCode: string; ears: string }>(sql`
      SELECT unit_code AS unitCode, ears FROM (${values(codes.map((code) => [code]))}) CROSS JOIN unit_ears ON unit_code = column1`);
    for (const { unitCode, ears } of rows) {
      for (const [id, role, channel, address] of JSON.parse(ears) as [
        string,
        string,
        Listener["channel"],
        string,
      ][])
        found.push({ id, unitCode, role, channel, address });
    }
  }
  return found;
}

/**
 * Who was told that these are overdue, and is a contact still.
 * @param met whatever it was told as owed by @param slots of rolling obligations, by the moment each was owed
 */
export async function alertedOf(db: Db, met: string[], slots: Pending[]): Promise<Alerted[]> {
  const told: Pick<Alerted, "obligationId" | "owedAt" | "contactId">[] = [];
  const asked = [
    ...inPieces(met).map((ids) => [values(ids.map((id) => [id])), sql``]),
    ...inPieces(slots).map((some) => [
      values(some.map(({ obligationId, owedAt }) => [obligationId, owedAt])),
      sql`AND a.due_at = column2`,
    ]),
  ];
  for (const [rows, ofSlot] of asked) {
    told.push(
      ...(await db.all<(typeof told)[number]>(sql`
        SELECT a.obligation_id AS obligationId, a.due_at AS owedAt, a.contact_id AS contactId
        FROM (${rows}) CROSS JOIN alert AS a ON a.obligation_id = column1 ${ofSlot} AND a.kind = 'overdue'`)),
    );
  }
  const contacts = new Map<string, Pick<Alerted, "unitCode" | "channel">>();
  for (const ids of inPieces([...new Set(told.map(({ contactId }) => contactId))])) {
    const rows = await db.all<Pick<Alerted, "contactId" | "unitCode" | "channel">>(sql`
      SELECT id AS contactId, unit_code AS unitCode, channel FROM (${values(ids.map((id) => [id]))})
        CROSS JOIN contact ON id = column1 AND removed_at IS NULL`);
    for (const { contactId, ...rest } of rows) contacts.set(contactId, rest);
  }
  return told.flatMap((one) => {
    const contact = contacts.get(one.contactId);
    return contact ? [{ ...one, ...contact }] : [];
  });
}

/**
 * Writes one wave of a sweep in one transaction: each obligation moves by compare-and-set, so another sweep at the same
 * time, or a submission, leaves it where they brought it; words about it are then dropped as they are claimed.
 * @param closes of slots, for what rolls on
 * @returns how many moved
 */
export async function saveWave(
  db: Db,
  { id, moves, recovered, words }: Wave,
  closes: readonly number[],
  now: Date,
): Promise<number> {
  const recordings = inPieces(moves.filter(({ move }) => move.told.length > 0)).map((piece) =>
    record(db, id, piece, now),
  );
  const moving = inPieces(moves).flatMap((piece) => {
    const rolls = piece.filter(({ move }) => move.rolls);
    const steps = piece.filter(({ move }) => !move.rolls);
    return [
      ...(steps.length > 0 ? [moveOn(db, steps)] : []),
      ...(rolls.length > 0 ? [roll(db, rolls, closes)] : []),
    ];
  });
  const results = (await runBatch(db, [
    // Recorded before anything moves: both go by how each obligation stood when its move was planned.
    ...recordings,
    ...moving,
    ...(recovered.length > 0 ? [takePending(db, id, recovered)] : []),
    ...writeWords(db, id, words, now),
  ])) as D1Result[];
  return results
    .slice(recordings.length, recordings.length + moving.length)
    .reduce((sum, { meta }) => sum + meta.changes, 0);
}

type Planned = Wave["moves"];
/**
 * As it was when the move was planned: version, moment and whether it was met. The plus signs keep SQLite from walking
 * every obligation for the sake of an index over the list.
 */
const unchanged = sql.raw(
  "obligation.id = column1 AND +obligation.version = +column2 AND +obligation.next_due_at = +column3 AND (obligation.met_at IS NOT NULL) = +column4",
);
const asPlanned = ({ owed }: Planned[number]) => [
  owed.id,
  owed.version,
  owed.nextDueAt,
  Number(owed.metAt !== null),
];

/** What happened, append-only: the last step and its tone, and who was to hear of each. */
function record(db: Db, wave: string, moves: Planned, now: Date): Statement {
  const rows = moves.map((one) => {
    const { told } = one.move;
    const last = told.reduce((most, step) => (step.step >= most.step ? step : most));
    const heard = told.flatMap(({ audience, tone, step, dueAt }) =>
      audience ? [[audience, tone, step, dueAt]] : [],
    );
    return [...asPlanned(one), last.tone, last.step, told[0]?.dueAt ?? null, JSON.stringify(heard)];
  });
  return db.run(sql`
    INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, told, due_at, owed_at, recorded_at)
    SELECT obligation.id, obligation.version, ${wave}, column5, column6, column8, column7, obligation.due_at,
      ${now.getTime()}
    FROM (${values(rows)}) CROSS JOIN obligation ON ${unchanged}
    WHERE true ON CONFLICT DO NOTHING`);
}

/** Takes the next step, or none any more. */
const moveOn = (db: Db, moves: Planned): Statement =>
  onto(db, moves, sql.raw("step = excluded.step, next_due_at = excluded.ack_until"));

/** A lapsed slot's obligation goes on with the next slot without a reading. */
const roll = (db: Db, moves: Planned, closes: readonly number[]): Statement =>
  onto(db, moves, sql`step = 0, ${rollOn(closes, "obligation.due_at")}`);

/*
 * An UPDATE … FROM a list reads each row three times; an INSERT that meets its row's key reads none. It never inserts:
 * no unit has an empty code, so a row that is gone is refused. What was planned on stands in the columns of its name,
 * and the next moment in one that a sweep does not need.
 */
const onto = (db: Db, moves: Planned, changes: SQL): Statement =>
  db.run(sql`
    INSERT INTO obligation (id, version, next_due_at, met_at, step, ack_until,
      kind, unit_code, subject_id, opened_at, due_at, recorded_at)
    SELECT column1, column2, column3, column4, column5, column6, '', '', '', 0, 0, 0
    FROM (${values(moves.map(({ owed, move }) => [owed.id, owed.version, owed.nextDueAt, owed.metAt, move.step, move.nextDueAt]))})
    WHERE true ON CONFLICT (id) DO UPDATE SET version = obligation.version + 1, ${changes}
      WHERE obligation.version = excluded.version AND obligation.next_due_at = excluded.next_due_at
        AND (obligation.met_at IS NULL) = (excluded.met_at IS NULL)`);

const takePending = (db: Db, wave: string, recovered: Pending[]): Statement =>
  db.run(sql`
    UPDATE transition SET sweep_id = ${wave}
    FROM (${values(recovered.map(({ obligationId, fromVersion }) => [obligationId, fromVersion]))})
    WHERE obligation_id = column1 AND from_version = column2 AND +sweep_id = ''`);

/** Nobody looks at it any more. */
export const haltObligation = (db: Db, id: string): Statement =>
  db.run(sql`UPDATE obligation SET version = version + 1, next_due_at = NULL WHERE id = ${id}`);

/** What is told can be long, so it is bound: a hundred parameters at most. */
const WORDS_AT_ONCE = 95;

function writeWords(db: Db, wave: string, words: Word[], now: Date): Statement[] {
  const statements: Statement[] = [];
  for (let from = 0; from < words.length; from += WORDS_AT_ONCE) {
    const rows = words
      .slice(from, from + WORDS_AT_ONCE)
      .map(
        ({ kind, contactId, unitCode, channel, tells, readyAt }) =>
          sql`(${sql.raw([kind, channel, readyAt, contactId, unitCode].map(literal).join(", "))}, ${JSON.stringify(tells)})`,
      );
    statements.push(
      db.run(sql`
        INSERT INTO outbox (id, kind, channel, contact_id, unit_code, sweep_id, tells, state, ready_at, recorded_at)
        SELECT column1 || '/' || ${wave} || '/' || column4, column1, column2, column4, column5, ${wave}, column6, 'ready',
          column3, ${now.getTime()}
        FROM (VALUES ${sql.join(rows, sql`, `)}) WHERE true ON CONFLICT DO NOTHING`),
    );
  }
  return words.length > 0 ? [...statements, openWords(db, wave, words)] : [];
}

/** One place in the queue for all that leaves at one moment. */
function openWords(db: Db, wave: string, words: Word[]): Statement {
  const rows = new Set(
    words.map(({ kind, channel, readyAt }) =>
      [wayOf(channel), readyAt, `${kind}/${wave}`].map(literal).join(", "),
    ),
  );
  return db.run(
    sql.raw(
      `INSERT INTO outbox_open (way, ready_at, key) VALUES ${[...rows].map((row) => `(${row})`).join(", ")} ON CONFLICT DO NOTHING`,
    ),
  );
}

/** How many queries a wave takes, at most, and finding out who was told of what has recovered. */
export const queriesOf = ({ moves, words, recovered }: Wave, asked: number): number =>
  3 * piecesOf(moves.length) +
  Math.ceil(words.length / WORDS_AT_ONCE) +
  Number(words.length > 0) +
  Number(recovered.length > 0) +
  piecesOf(asked);

/** So many rows that their literals stay within the 100 KB of a statement. */
const IN_A_PIECE = 250;

/** Longer lists are asked for piece by piece, a query each. */
export const piecesOf = (rows: number) => Math.ceil(rows / IN_A_PIECE);
const inPieces = <Row>(rows: Row[]): Row[][] =>
  Array.from({ length: piecesOf(rows.length) }, (_, at) =>
    rows.slice(at * IN_A_PIECE, (at + 1) * IN_A_PIECE),
  );

/** Our own ids, codes and numbers as literals: bound they are a hundred at most, and in JSON each costs a row read. */
const values = (rows: (string | number | null)[][]): SQL =>
  sql.raw(`VALUES ${rows.map((row) => `(${row.map(literal).join(", ")})`).join(", ")}`);

const literal = (value: string | number | null): string =>
  typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
