import { type SQL, sql } from "drizzle-orm";
import { planObligation } from "../domain/obligation.ts";
import type { Arrival } from "../domain/submission.ts";
import { type TicketPlan, type TicketState, ticketSubject } from "../domain/ticket.ts";
import type { Settings } from "../env.ts";
import { recordAct, recordActIf } from "./audit.ts";
import { refusal } from "./fault.ts";
import { meetObligation, momentsAsNumbers, openObligationsIf } from "./obligation.ts";
import { sealedSubject } from "./retention.ts";
import { ticket } from "./schema.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";
import { recordArrival } from "./submission.ts";

/** What `ticket.sealed` opens to: row id = the ticket's number, column "ticket". */
export type TicketWords = { title: string; text: string };
/** What `ticket_event.sealed` opens to: row id = the event's, column "ticket_event". Moments in ms. */
export type EventWords = { text?: string; dueAt?: number; without?: string[] };

type Acting = { actor: string; recordedAt: Date; auditId: string; settings: Settings };

/** How opening one ended: stored; the same form had come already; another has the number; a unit that nobody knows. */
export type TicketSaved = "saved" | "known" | "number-taken" | "no-such-unit";

/** Writes a new ticket, whom it was circulated to and what they owe, in one batch; keys decide who was first. */
export async function saveTicket(
  store: Store,
  entry: Acting & {
    id: string;
    arrival: Arrival;
    words: TicketWords;
    subjectId: string | null;
    plan: TicketPlan;
  },
): Promise<TicketSaved> {
  const { db, privacy } = store;
  const { id, actor, plan, recordedAt, subjectId } = entry;
  const { unitCode, dueAt, units } = plan.after;
  const [sealed, first] = await Promise.all([
    privacy.seal(entry.words, id, "ticket"),
    privacy.seal({ dueAt: dueAt.getTime() } satisfies EventWords, eventId(id, 0, 0), "ticket_event"),
  ]);
  const always = sql`SELECT 1`;
  const statements = [
    recordArrival(db, entry.arrival, { subjectId: id, recordedAt }),
    db
      .insert(ticket)
      .values({ id, unitCode, subjectId, sealed, openedBy: actor, openedAt: recordedAt, dueAt, recordedAt }),
    writeUnits(db, id, [...units.keys()], plan.after, always),
    writeEvents(db, { ...entry, version: 0, sealed: first }, sql`1`),
    openObligationsIf(db, owedRows(entry, 0), sql`1`),
    recordAct(db, {
      ...{ id: entry.auditId, actor, act: "open-ticket", subjectId: id, unitCode, recordedAt },
      detail: String(units.size),
    }),
  ];
  try {
    await runBatch(db, statements);
    return "saved";
  } catch (error) {
    const refused = refusal(error);
    if (refused === "foreign-key") return "no-such-unit";
    if (refused?.taken === "submission") return "known";
    if (refused?.taken === "ticket") return "number-taken";
    throw error;
  }
}

/**
 * Writes what an act makes of a ticket, by compare-and-set: nothing unless the ticket is still at the version that was
 * looked at, the same units still owe an answer, and what a closed one is about was not sealed off. @returns whether it was written
 */
export async function saveTicketAct(
  store: Store,
  entry: Acting & {
    id: string;
    subjectId: string | null;
    /** The ticket's as it was read. */
    version: number;
    before: TicketState;
    plan: TicketPlan;
    words: EventWords;
    act: string;
    detail?: string;
  },
): Promise<boolean> {
  const { db } = store;
  const { id, actor, plan, recordedAt, version, before } = entry;
  const { after, events, excused } = plan;
  const key = eventId(id, version + 1, 0);
  const sealed = await store.privacy.seal(entry.words, key, "ticket_event");
  const unanswered = [...before.units]
    .filter(([, one]) => !one.answeredAt && !one.removedAt)
    .map(([code]) => code)
    .sort();
  const unchanged = sql`EXISTS (SELECT 1 FROM ticket WHERE id = ${id} AND version = ${version})
    AND ${JSON.stringify(unanswered)} = (SELECT json_group_array(unit_code) FROM (SELECT unit_code FROM ticket_unit
      WHERE ticket_id = ${id} AND answered_at IS NULL AND removed_at IS NULL ORDER BY unit_code))
    ${before.closedAt ? sql`AND NOT EXISTS (${sealedSubject(entry.subjectId)})` : sql``}`;
  // Only the winner's first event has these bytes: a seal is never the same twice.
  const won = sql`SELECT 1 FROM ticket_event WHERE id = ${key} AND sealed = ${sealed}`;
  const touched = events.filter(({ kind }) => kind === "circulated" || kind === "removed");
  const at = recordedAt.getTime();
  const results = await runBatch(db, [
    writeEvents(db, { ...entry, version: version + 1, sealed }, unchanged),
    db.run(sql`
      UPDATE ticket SET version = version + 1, due_at = ${after.dueAt.getTime()},
        closed_at = ${after.closedAt?.getTime() ?? null}
      WHERE id = ${id} AND version = ${version} AND EXISTS (${won})`),
    ...(touched.length > 0
      ? [
          writeUnits(
            db,
            id,
            touched.map(({ unitCode }) => unitCode),
            after,
            won,
          ),
        ]
      : []),
    ...(excused.length > 0
      ? [
          db.run(sql`
            UPDATE obligation SET excused_at = ${at}, next_due_at = NULL
            WHERE id > ${`ticket/${id}/`} AND id < ${`ticket/${id}/~`} AND met_at IS NULL AND excused_at IS NULL
              AND unit_code IN (SELECT value FROM json_each(${JSON.stringify(excused)})) AND EXISTS (${won})`),
        ]
      : []),
    ...(plan.owed.length > 0
      ? [openObligationsIf(db, owedRows(entry, version + 1), sql`EXISTS (${won})`)]
      : []),
    recordActIf(
      db,
      {
        ...{ id: entry.auditId, actor, act: entry.act, subjectId: id, unitCode: after.unitCode, recordedAt },
        detail: entry.detail,
      },
      won,
    ),
  ]);
  return (results[0] as D1Result).meta.changes > 0;
}

/**
 * A unit's answer, once for each time it is asked: its obligation, still open, decides. @param subject the obligation's
 * @returns false when it was answered, excused or asked anew meanwhile
 */
export async function saveTicketAnswer(
  store: Store,
  entry: Omit<Acting, "settings"> & { ticketId: string; unitCode: string; subject: string; text: string },
): Promise<boolean> {
  const { db } = store;
  const { ticketId, unitCode, subject, actor, recordedAt } = entry;
  const key = `${subject}/answer`;
  const obligationId = `ticket/${subject}`;
  const sealed = await store.privacy.seal({ text: entry.text } satisfies EventWords, key, "ticket_event");
  const won = sql`SELECT 1 FROM ticket_event WHERE id = ${key} AND sealed = ${sealed}`;
  const at = recordedAt.getTime();
  const results = await runBatch(db, [
    db.run(sql`
      INSERT INTO ticket_event (id, ticket_id, kind, unit_code, actor, sealed, recorded_at)
      SELECT ${key}, ${ticketId}, 'answered', ${unitCode}, ${actor}, ${sealed}, ${at}
      WHERE EXISTS (SELECT 1 FROM obligation WHERE id = ${obligationId} AND met_at IS NULL AND excused_at IS NULL)
      ON CONFLICT DO NOTHING`),
    db.run(sql`
      UPDATE ticket_unit SET answered_at = ${at}
      WHERE ticket_id = ${ticketId} AND unit_code = ${unitCode} AND EXISTS (${won})`),
    meetObligation(db, obligationId, { metAt: recordedAt, recordedAt }, sql`EXISTS (${won})`),
    recordActIf(
      db,
      { id: entry.auditId, actor, act: "answer-ticket", subjectId: ticketId, unitCode, recordedAt },
      won,
    ),
  ]);
  return (results[0] as D1Result).meta.changes > 0;
}

/** Of an act's events, the one that decides has version and 0 in its key: two officials cannot both write it. */
const eventId = (ticketId: string, version: number, place: number) => `${ticketId}/${version}/${place}`;

function writeEvents(
  db: Db,
  { id, actor, plan, version, sealed }: Written & { version: number; sealed: string },
  condition: SQL,
): Statement {
  const rows = plan.events.map(({ kind, unitCode, at }, place) => ({
    ...{ id: eventId(id, version, place), kind, unitCode, at },
    sealed: place === 0 ? sealed : null,
  }));
  return db.run(sql`
    INSERT INTO ticket_event (id, ticket_id, kind, unit_code, actor, sealed, recorded_at)
    SELECT row.value ->> 'id', ${id}, row.value ->> 'kind', row.value ->> 'unitCode', ${actor},
      row.value ->> 'sealed', row.value ->> 'at'
    FROM json_each(${momentsAsNumbers(rows)}) AS row WHERE ${condition}
    ON CONFLICT DO NOTHING`);
}
type Written = { id: string; actor: string; plan: TicketPlan };

function writeUnits(db: Db, id: string, codes: string[], { units }: TicketState, won: SQL): Statement {
  const rows = codes.map((code) => ({ code, ...units.get(code) }));
  return db.run(sql`
    INSERT INTO ticket_unit (ticket_id, unit_code, circulated_at, answered_at, removed_at)
    SELECT ${id}, row.value ->> 'code', row.value ->> 'circulatedAt', row.value ->> 'answeredAt',
      row.value ->> 'removedAt'
    FROM json_each(${momentsAsNumbers(rows)}) AS row WHERE EXISTS (${won})
    ON CONFLICT (ticket_id, unit_code) DO UPDATE SET circulated_at = excluded.circulated_at,
      answered_at = excluded.answered_at, removed_at = excluded.removed_at`);
}

/** @param version the ticket's once the act is done */
const owedRows = (
  { id, plan, recordedAt, settings }: Acting & { id: string; plan: TicketPlan },
  version: number,
) =>
  plan.owed.map((unitCode) =>
    planObligation(
      {
        ...{ kind: "ticket", unitCode, subjectId: ticketSubject(id, unitCode, version) },
        ...{ openedAt: recordedAt, dueAt: plan.after.dueAt },
      },
      { now: recordedAt, settings },
    ),
  );
