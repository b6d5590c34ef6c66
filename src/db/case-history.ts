import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { FollowUpDoor, HistoryEvent } from "../domain/case-history.ts";
import type { Scope } from "../domain/office.ts";
import { obligation, person, tip, tipLink } from "./schema.ts";
import { type Db, runBatch, type Statement } from "./store.ts";
import { inOffice } from "./tip-link.ts";

/*
 * Everything that happened to one person, from the tables where it stands: each source gives its newest, and
 * domain/case-history.ts makes one story of them.
 */
/** The most that one source gives a page. */
export const EACH = 60;

/** Whose record it is, in a scope; undefined outside it as for a number nobody has. */
export async function findRecorded(db: Db, id: string, scope: Scope) {
  const [row] = await db
    .select({ id: person.id, householdId: person.householdId, unitCode: person.unitCode })
    .from(person)
    .where(and(eq(person.id, id), inOffice(person.unitCode, scope)));
  return row;
}

/** The tips that are linked to somebody, and the tickets about them, as far as the scope sees these. */
export async function findAbout(db: Db, own: { id: string; householdId: string }, scope: Scope) {
  const subjects = [own.id, own.householdId, `registration/${own.householdId}`, `release/${own.id}`];
  const [tips, tickets] = await Promise.all([
    db
      .select({
        id: tip.id,
        category: tip.category,
        recordedAt: tipLink.recordedAt,
        verifiedAt: tip.verifiedAt,
      })
      .from(tipLink)
      .innerJoin(tip, eq(tip.id, tipLink.tipId))
      // By who holds it now: handed on, it is theirs to see.
      .innerJoin(obligation, eq(obligation.id, sql`'tip/' || ${tipLink.tipId}`))
      .where(
        and(
          eq(tipLink.targetId, own.id),
          eq(tipLink.kind, "person"),
          isNull(tipLink.removedAt),
          inOffice(obligation.unitCode, scope),
        ),
      )
      .limit(EACH),
    db.all<{ id: string; openedAt: number; dueAt: number; closedAt: number | null }>(sql`
      SELECT t.id AS id, t.opened_at AS openedAt, t.due_at AS dueAt, t.closed_at AS closedAt
      FROM json_each(${JSON.stringify(subjects)}) AS about
        CROSS JOIN ticket AS t INDEXED BY ticket_by_subject ON t.subject_id = about.value
      WHERE ${ticketSeen(scope)} ORDER BY t.opened_at DESC LIMIT ${EACH}`),
  ]);
  return {
    tips,
    tickets: tickets.map(({ id, openedAt, dueAt, closedAt }) => ({
      ...{ id, openedAt: new Date(openedAt), dueAt: new Date(dueAt) },
      closedAt: closedAt === null ? null : new Date(closedAt),
    })),
  };
}

/** A ticket is its unit's, and everybody's it was circulated to. */
const ticketSeen = ({ code, exact }: Scope): SQL => {
  const end = `${code}${exact ? "!" : "~"}`;
  return sql`((t.unit_code >= ${code} AND t.unit_code < ${end}) OR EXISTS (SELECT 1 FROM ticket_unit AS u
    WHERE u.ticket_id = t.id AND u.removed_at IS NULL AND u.unit_code >= ${code} AND u.unit_code < ${end}))`;
};

type AlertRow = {
  at: number;
  kind: "notice" | "overdue" | "urgent" | "recovered";
  about: string;
  unitName: string;
  role: string | null;
  channel: string;
  state: string;
  deliveredAt: number | null;
  ackedAt: number | null;
};

/**
 * What happened before a moment, the newest first, up to 60 of each kind: registration, readings (every version), alerts
 * told, and what officials saw and changed.
 * @param slots when the slots close in which there may be readings, in ms
 */
export async function findHistory(
  db: Db,
  own: { id: string; householdId: string },
  { before, slots }: { before: Date; slots: number[] },
): Promise<HistoryEvent[]> {
  const { id, householdId } = own;
  const until = before.getTime();
  const owed: [from: string, to: string][] = [
    [`registration/${householdId}`, `registration/${householdId}!`],
    [`follow-up/${id}`, `follow-up/${id}!`],
    [`release/${id}`, `release/${id}!`],
    [`response/${id}/`, `response/${id}0`],
    [`care-role/${householdId}/`, `care-role/${householdId}0`],
  ];
  const subjects: [from: string, to: string][] = [
    [id, `${id}!`],
    [householdId, `${householdId}!`],
    [`response/${id}/`, `response/${id}0`],
  ];
  const results = (await runBatch(db, [
    db.run(sql`
      SELECT h.recorded_at AS at, s.door AS door FROM household AS h LEFT JOIN submission AS s ON s.id = h.submission_id
      WHERE h.id = ${householdId} AND h.recorded_at < ${until}`),
    db.run(sql`
      SELECT r.recorded_at AS at, r.slot AS slot, r.version AS version, r.temperature AS temperature,
        r.symptoms AS symptoms, r.abnormal AS abnormal, r.late AS late, r.door AS door
      FROM json_each(${JSON.stringify(slots)}) AS s CROSS JOIN reading AS r ON r.due_at = s.value AND r.observation_id = ${id}
      WHERE r.recorded_at < ${until} ORDER BY r.recorded_at DESC LIMIT ${EACH}`),
    ...owed.map((range) => db.run(alertsAbout(range, until))),
    ...subjects.map(([from, to]) =>
      db.run(sql`
        SELECT recorded_at AS at, act, detail, actor FROM audit INDEXED BY audit_by_subject
        WHERE subject_id >= ${from} AND subject_id < ${to} AND recorded_at < ${until}
        ORDER BY subject_id DESC, recorded_at DESC LIMIT ${EACH}`),
    ),
  ] as Statement[])) as D1Result<Record<string, unknown>>[];
  const [registered, readings, ...rest] = results.map(({ results: rows }) => rows);
  const alerts = rest.slice(0, owed.length).flat() as AlertRow[];
  const acts = rest.slice(owed.length).flat() as {
    at: number;
    act: string;
    detail: string | null;
    actor: string;
  }[];
  return [
    ...(registered as { at: number; door: FollowUpDoor | null }[]).map(
      ({ at, door }): HistoryEvent => ({ kind: "registered", at: new Date(at), door }),
    ),
    ...(
      readings as {
        at: number;
        slot: string;
        version: number;
        temperature: number;
        symptoms: number;
        abnormal: number;
        late: number;
        door: FollowUpDoor;
      }[]
    ).map(
      ({ at, symptoms, abnormal, late, ...row }): HistoryEvent => ({
        ...{ kind: "reading", at: new Date(at), ...row },
        ...{ symptoms: symptoms === 1, abnormal: abnormal === 1, late: late === 1 },
      }),
    ),
    ...alerts.map(
      ({ at, kind: tone, deliveredAt, ackedAt, ...row }): HistoryEvent => ({
        ...{ kind: "alert", at: new Date(at), tone, ...row },
        deliveredAt: deliveredAt === null ? null : new Date(deliveredAt),
        ackedAt: ackedAt === null ? null : new Date(ackedAt),
      }),
    ),
    ...acts.map(({ at, ...row }): HistoryEvent => ({ kind: "act", at: new Date(at), ...row })),
  ];
}

/** Who was told of something owed, by unit and role; no address stands here. What left with another went as that did. */
const alertsAbout = ([from, to]: [string, string], until: number): SQL => sql`
  SELECT a.recorded_at AS at, a.kind AS kind, a.obligation_id AS about, COALESCE(u.name, s.unit_code) AS unitName,
    c.role AS role, s.channel AS channel, s.state AS state, s.delivered_at AS deliveredAt, a.acked_at AS ackedAt
  FROM (SELECT * FROM alert WHERE obligation_id >= ${from} AND obligation_id < ${to} AND recorded_at < ${until}
      ORDER BY obligation_id DESC, due_at DESC LIMIT ${EACH * 4}) AS a
    CROSS JOIN outbox AS o ON o.id = a.outbox_id
    CROSS JOIN outbox AS s ON s.id = COALESCE(o.merged_into, o.id)
    LEFT JOIN contact AS c ON c.id = a.contact_id
    LEFT JOIN unit AS u ON u.code = s.unit_code
  ORDER BY a.recorded_at DESC LIMIT ${EACH}`;
