import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { latestSlot, slotCloses } from "../domain/follow-up.ts";
import type { NewObligation } from "../domain/obligation.ts";
import type { Ending, ObservationKind, ObservationPlan } from "../domain/observation.ts";
import type { Settings } from "../env.ts";
import { recordActIf } from "./audit.ts";
import { settleMerged } from "./duplicate.ts";
import { meetObligation, momentsAsNumbers, openObligationsIf } from "./obligation.ts";
import { obligation, observation, response } from "./schema.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";
import { inSubtree } from "./unit.ts";

export type ObservationRow = typeof observation.$inferSelect;
/** What `observation.sealed` opens to: row id = the observation's, column "observation". */
export type OpeningDetails = { actor: string; note?: string };
/** What `observation.endSealed` opens to: row id = the observation's, column "observation.end". */
export type EndingDetails = { actor: string; by: string; reason?: string };

/**
 * Everything that opening a household's observations writes, to stand in the batch that verifies it.
 * @param won holds only where this verification was the first
 */
export async function openingStatements(
  { db, privacy }: Store,
  opening: {
    plans: ObservationPlan[];
    care: NewObligation[];
    details: OpeningDetails;
    by: { actor: string; auditId: string; settings: Settings };
  },
  won: SQL,
): Promise<Statement[]> {
  const rows = await Promise.all(
    opening.plans.map(async ({ observation: row }) => ({
      ...row,
      sealed: await privacy.seal(opening.details, row.id, "observation"),
    })),
  );
  const [first] = rows;
  const owed = [...opening.plans.flatMap(({ obligations }) => obligations), ...opening.care];
  return [
    db.run(sql`
      INSERT INTO observation (id, household_id, unit_code, returnee, kind, day0, day0_rule, day0_evidence, until_date,
        first_slot, last_slot, first_due_at, planned_due_at, last_due_at, opened_at, recorded_at, ended_at,
        ended_recorded_at, ending, sealed)
      SELECT row.value ->> 'id', row.value ->> 'householdId', row.value ->> 'unitCode', row.value ->> 'returnee',
        row.value ->> 'kind', row.value ->> 'day0', row.value ->> 'day0Rule', row.value ->> 'day0Evidence',
        row.value ->> 'untilDate', row.value ->> 'firstSlot', row.value ->> 'lastSlot', row.value ->> 'firstDueAt',
        row.value ->> 'plannedDueAt', row.value ->> 'lastDueAt', row.value ->> 'openedAt', row.value ->> 'recordedAt',
        row.value ->> 'endedAt', row.value ->> 'endedRecordedAt', row.value ->> 'ending', row.value ->> 'sealed'
      FROM json_each(${momentsAsNumbers(rows)}) AS row WHERE ${won}`),
    ...(owed.length > 0 ? [openObligationsIf(db, owed, won)] : []),
    ...(first ? settleMerged(db, first.householdId, { at: first.recordedAt, ...opening.by }, won) : []),
  ];
}

/** An observation by its person's id, within a subtree; undefined outside it. */
export async function findObservation(
  { db }: Pick<Store, "db">,
  id: string,
  scope: string,
): Promise<ObservationRow | undefined> {
  const [row] = await db
    .select()
    .from(observation)
    .where(and(eq(observation.id, id), inSubtree(observation.unitCode, scope)));
  return row;
}

/** Somebody who owes the slot that began last: a demo's documents and examples speak of one. */
export async function anyoneObserved(db: Db, now: Date, zone: string): Promise<string | undefined> {
  const due = slotCloses(latestSlot(now, zone), zone).getTime();
  const [row] = await db.all<{ id: string }>(sql`
    SELECT id FROM observation WHERE ended_at IS NULL AND first_due_at <= ${due}
      AND (last_due_at IS NULL OR last_due_at >= ${due}) ORDER BY unit_code, id LIMIT 1`);
  return row?.id;
}

/**
 * Ends an observation once, in one batch: what it owed is met, whoever was told that its release is overdue hears that it
 * is done, and the history has a line. False when somebody was first, or when a fever came in between (`released` only).
 */
export async function saveEnding(
  { db, privacy }: Store,
  end: {
    id: string;
    unitCode: string;
    ending: Ending;
    details: EndingDetails;
    releaseIndex?: string;
    endedAt: Date;
    auditId: string;
  },
): Promise<boolean> {
  const { id, ending, endedAt, details } = end;
  const endSealed = await privacy.seal(details, id, "observation.end");
  const won = sql`SELECT 1 FROM observation WHERE id = ${id} AND end_sealed = ${endSealed}`;
  const results = await runBatch(db, [
    db
      .update(observation)
      .set({ endedAt, endedRecordedAt: endedAt, ending, endSealed, releaseIndex: end.releaseIndex })
      .where(
        and(
          eq(observation.id, id),
          isNull(observation.endedAt),
          // The last look at the readings is the database's: a fever entered this second holds it open.
          ending === "released" ? sql`last_due_at IS NOT NULL` : undefined,
        ),
      )
      .returning({ id: observation.id }),
    // A missed slot is not made good by the end: nobody hears of a recovery.
    db
      .update(obligation)
      .set({ metAt: endedAt, metRecordedAt: endedAt, nextDueAt: null, version: sql`version + 1` })
      .where(and(eq(obligation.id, `follow-up/${id}`), isNull(obligation.metAt), sql`EXISTS (${won})`)),
    meetObligation(db, `release/${id}`, { metAt: endedAt, recordedAt: endedAt }, sql`EXISTS (${won})`),
    recordActIf(
      db,
      {
        id: end.auditId,
        actor: details.actor,
        act: `end-observation/${ending}`,
        subjectId: id,
        unitCode: end.unitCode,
        recordedAt: endedAt,
      },
      won,
    ),
  ]);
  return (results[0] as unknown[]).length > 0;
}

/** A move between home, a central site and hospital: the next version, while the observation is open. False when it has ended. */
export async function savePlacement(
  db: Db,
  move: {
    id: string;
    unitCode: string;
    kind: ObservationKind;
    occurredAt: Date;
    recordedAt: Date;
    actor: string;
    auditId: string;
  },
): Promise<boolean> {
  const { id, kind, occurredAt, recordedAt } = move;
  const open = sql`SELECT 1 FROM observation WHERE id = ${id} AND ended_at IS NULL`;
  const results = await runBatch(db, [
    db.run(sql`
      INSERT INTO placement (observation_id, version, kind, occurred_at, recorded_at)
      SELECT ${id}, (SELECT COALESCE(MAX(version), 0) + 1 FROM placement WHERE observation_id = ${id}), ${kind},
        ${occurredAt.getTime()}, ${recordedAt.getTime()}
      WHERE EXISTS (${open})`),
    recordActIf(
      db,
      {
        id: move.auditId,
        actor: move.actor,
        act: `move-observation/${kind}`,
        subjectId: id,
        unitCode: move.unitCode,
        recordedAt,
      },
      open,
    ),
  ]);
  return (results[0] as D1Result).meta.changes > 0;
}

/** The household has read the four measures; the first acknowledgement stands. True when there was somebody to acknowledge for. */
export async function saveMeasuresAck(db: Db, householdId: string, at: Date): Promise<boolean> {
  // Observations are keyed by person: the case number and a dash are the household's range.
  const own = sql`id > ${`${householdId}-`} AND id < ${`${householdId}-~`}`;
  const results = await runBatch(db, [
    db.run(
      sql`UPDATE observation SET measures_ack_at = ${at.getTime()} WHERE ${own} AND measures_ack_at IS NULL`,
    ),
    db.run(sql`SELECT 1 FROM observation WHERE ${own} LIMIT 1`),
  ]);
  return (results[1] as D1Result).results.length > 0;
}

/**
 * What a person did about a fever, or that a recipient knows of a cluster: once, and the obligation is met with it.
 * False when somebody was first, there is no such obligation in the subtree, or its household was sealed off.
 */
export async function saveResponse(
  { db, privacy }: Store,
  answer: {
    obligationId: string;
    unitCode: string;
    act: string;
    details: { actor: string; text: string };
    recordedAt: Date;
    auditId: string;
  },
): Promise<boolean> {
  const { obligationId, recordedAt, details } = answer;
  const sealed = await privacy.seal(details, obligationId, "response");
  const won = sql`SELECT 1 FROM response WHERE obligation_id = ${obligationId} AND sealed = ${sealed}`;
  const results = await runBatch(db, [
    db
      .insert(response)
      .select(
        sql`SELECT ${obligationId}, ${sealed}, ${recordedAt.getTime()}
            WHERE NOT EXISTS (SELECT 1 FROM obligation WHERE id = ${obligationId} AND excused_at IS NOT NULL)`,
      )
      .onConflictDoNothing()
      .returning(),
    meetObligation(db, obligationId, { metAt: recordedAt, recordedAt }, sql`EXISTS (${won})`),
    recordActIf(
      db,
      {
        id: answer.auditId,
        actor: details.actor,
        act: answer.act,
        subjectId: obligationId,
        unitCode: answer.unitCode,
        recordedAt,
      },
      won,
    ),
  ]);
  return (results[0] as unknown[]).length > 0;
}

/** An obligation of a kind within a subtree, met ones too. */
export async function findObligation(db: Db, id: string, kind: "response" | "cluster", scope: string) {
  const [row] = await db
    .select({
      unitCode: obligation.unitCode,
      subjectId: obligation.subjectId,
      metAt: obligation.metAt,
      excusedAt: obligation.excusedAt,
    })
    .from(obligation)
    .where(and(eq(obligation.id, id), eq(obligation.kind, kind), inSubtree(obligation.unitCode, scope)));
  return row;
}
