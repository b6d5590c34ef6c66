import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { CareDetails } from "../domain/care-team.ts";
import { firstSlot, nextSlot, previousSlot, slotCloses } from "../domain/follow-up.ts";
import type { HouseholdDetails, PersonDetails } from "../domain/registration.ts";
import { SEALED_OFF } from "../domain/retention.ts";
import { DAY } from "../domain/time.ts";
import type { TipDetails } from "../domain/tip.ts";
import type { VerificationDetails } from "./household.ts";
import type { EndingDetails, OpeningDetails } from "./observation.ts";
import { careRole, household, observation, person, reading, response, tip, tipMessage } from "./schema.ts";
import type { Db, Statement, Store } from "./store.ts";
import type { EventWords, TicketWords } from "./ticket.ts";

/*
 * Sealing off: every sealed column of a household or a tip is written anew with nothing about a person in it, and its
 * blind indexes are emptied, so that no key opens what was there. Who of the officials acted stays; what they wrote about
 * people goes. Written over again it is the same: a run may stop anywhere.
 */

/** The numbers under which a household's persons and fevers go: what a ticket may be about. */
export async function subjectsOf({ db }: Pick<Store, "db">, subjectId: string): Promise<string[]> {
  const [kind = "", id = ""] = subjectId.split("/");
  if (kind === "tip") return [id, `tip/${id}`];
  const people = await db.select({ id: person.id }).from(person).where(within(person.id, id));
  // Fevers and roles are many, settled or not: those that a ticket is about.
  const owed = await db.all<{ id: string }>(sql`
    SELECT DISTINCT subject_id AS id FROM ticket WHERE subject_id > ${`response/${id}-`} AND subject_id < ${`response/${id}-~`}
    UNION SELECT subject_id FROM ticket WHERE subject_id > ${`care-role/${id}/`} AND subject_id < ${`care-role/${id}/~`}`);
  const each = people.flatMap((one) => [one.id, `follow-up/${one.id}`, `release/${one.id}`]);
  return [id, `registration/${id}`, ...each, ...owed.map((one) => one.id)];
}

/** What was written in the closed tickets about these: who did what and when stays. */
export async function sealOffTickets({ db, privacy }: Store, subjects: string[]): Promise<Statement[]> {
  const about = JSON.stringify(subjects);
  const [tickets, events] = await Promise.all([
    db.all<{ id: string }>(sql`
      SELECT t.id AS id FROM json_each(${about}) AS a CROSS JOIN ticket AS t ON t.subject_id = a.value
        AND t.closed_at IS NOT NULL`),
    db.all<{ id: string; sealed: string }>(sql`
      SELECT e.id AS id, e.sealed AS sealed FROM json_each(${about}) AS a CROSS JOIN ticket AS t ON t.subject_id = a.value
        AND t.closed_at IS NOT NULL
        CROSS JOIN ticket_event AS e ON e.ticket_id = t.id AND e.sealed IS NOT NULL`),
  ]);
  if (tickets.length === 0) return [];
  const none: TicketWords = { title: SEALED_OFF, text: SEALED_OFF };
  const [bare, silent] = await Promise.all([
    Promise.all(tickets.map(async ({ id }) => ({ id, sealed: await privacy.seal(none, id, "ticket") }))),
    Promise.all(
      events.map(async ({ id, sealed }) => {
        const words = await privacy.open<EventWords>(sealed, id, "ticket_event");
        const left: EventWords = words.text === undefined ? words : { ...words, text: SEALED_OFF };
        return { id, sealed: await privacy.seal(left, id, "ticket_event") };
      }),
    ),
  ]);
  const rewritten = (table: "ticket" | "ticket_event", rows: object[]) =>
    db.run(sql`UPDATE ${sql.raw(table)} SET sealed = row.value ->> 'sealed' FROM json_each(${JSON.stringify(rows)}) AS row
      WHERE ${sql.raw(table)}.id = row.value ->> 'id'`);
  return [rewritten("ticket", bare), rewritten("ticket_event", silent)];
}

/** When the slots closed in which a household owed readings up to `now`, and two days beyond (late ones), in ms. */
export async function observedBetween(
  db: Db,
  caseNumber: string,
  now: Date,
  zone: string,
): Promise<number[]> {
  const [row] = await db
    .select({
      from: sql<number | null>`min(${observation.firstDueAt})`,
      to: sql<number | null>`max(coalesce(${observation.endedAt}, ${now.getTime()}))`,
    })
    .from(observation)
    .where(within(observation.id, caseNumber));
  if (!row?.from || !row.to) return [];
  const slots: number[] = [];
  let slot = previousSlot(firstSlot(new Date(row.from), zone));
  // Somebody held by a fever owes longer than planned; nobody for two years.
  for (let at = row.from; at <= row.to + 2 * DAY && slots.length < 1500; slot = nextSlot(slot)) {
    at = slotCloses(slot, zone).getTime();
    slots.push(at);
  }
  return slots;
}

/** @param slots the moments at which the slots of its observations closed, in ms */
export async function sealOffHousehold(
  store: Store,
  id: string,
  { at, slots }: { at: Date; slots: number[] },
): Promise<Statement[]> {
  const { db, privacy } = store;
  const [[home], people, observed, roles, answers] = await Promise.all([
    db.select({ verifySealed: household.verifySealed }).from(household).where(eq(household.id, id)),
    db.select({ id: person.id }).from(person).where(within(person.id, id)),
    db
      .select({ id: observation.id, sealed: observation.sealed, endSealed: observation.endSealed })
      .from(observation)
      .where(within(observation.id, id)),
    db.selectDistinct({ role: careRole.role }).from(careRole).where(eq(careRole.householdId, id)),
    db
      .select({ id: response.obligationId, sealed: response.sealed })
      .from(response)
      .where(within(response.obligationId, `response/${id}`)),
  ]);
  const verified = home?.verifySealed
    ? await privacy.open<VerificationDetails>(home.verifySealed, id, "household.verify")
    : undefined;
  return [
    db
      .update(household)
      .set({
        sealed: await privacy.seal({} satisfies HouseholdDetails, id, "household"),
        phoneIndex: null,
        samePhoneAs: null,
        sealedOffAt: at,
        ...(verified
          ? { verifySealed: await privacy.seal({ actor: verified.actor }, id, "household.verify") }
          : {}),
      })
      .where(eq(household.id, id)),
    ...(await Promise.all(
      people.map(async (one) =>
        inside(
          db
            .update(person)
            .set({
              sealed: await privacy.seal({ name: SEALED_OFF } satisfies PersonDetails, one.id, "person"),
              idIndex: null,
              nameIndex: null,
            })
            .where(eq(person.id, one.id)),
        ),
      ),
    )),
    ...(await Promise.all(observed.map((one) => bareObservation(store, one)))),
    // Still open is who was merged into another: nobody follows up what says nothing any more, whatever is undone later.
    db.run(sql`
      UPDATE observation SET ended_at = ${at.getTime()}, ended_recorded_at = ${at.getTime()}, ending = 'closed'
      WHERE id > ${`${id}-`} AND id < ${`${id}-~`} AND ended_at IS NULL`),
    ...(await Promise.all(
      roles.map(async ({ role }) =>
        inside(
          db
            .update(careRole)
            .set({
              sealed: await privacy.seal(
                { name: SEALED_OFF, phone: "" } satisfies CareDetails,
                `${id}/${role}`,
                "care",
              ),
            })
            .where(and(eq(careRole.householdId, id), eq(careRole.role, role))),
        ),
      ),
    )),
    ...(await Promise.all(
      answers.map(async (one) => {
        const { actor } = await privacy.open<{ actor: string }>(one.sealed, one.id, "response");
        const sealed = await privacy.seal({ actor, text: SEALED_OFF }, one.id, "response");
        return inside(db.update(response).set({ sealed }).where(eq(response.obligationId, one.id)));
      }),
    )),
    // Why somebody was found to be one of them, or to be another, in an official's words.
    db.run(sql`
      UPDATE duplicate_finding SET sealed = NULL WHERE sealed IS NOT NULL
        AND ((person_id > ${`${id}-`} AND person_id < ${`${id}-~`}) OR (other_id > ${`${id}-`} AND other_id < ${`${id}-~`}))`),
    // Nobody can settle it any more: a fever without an answer, a role without a name.
    db.run(sql`
      UPDATE obligation SET excused_at = ${at.getTime()}, next_due_at = NULL
      WHERE ((id > ${`response/${id}-`} AND id < ${`response/${id}-~`}) OR (id > ${`care-role/${id}/`} AND id < ${`care-role/${id}/~`}))
        AND met_at IS NULL AND excused_at IS NULL`),
    db
      .update(reading)
      .set({ sealed: null })
      .where(
        and(
          sql`${reading.dueAt} IN (SELECT value FROM json_each(${JSON.stringify(slots)}))`,
          within(reading.observationId, id),
        ),
      ),
  ].map(taken);
}

type Held = { statement: Statement };
/** A statement is thenable: handed on bare out of an async function it would run. */
const inside = (statement: Statement): Held => ({ statement });
const taken = (one: Statement | Held): Statement => ("statement" in one ? one.statement : one);

async function bareObservation(
  { db, privacy }: Store,
  { id, sealed, endSealed }: { id: string; sealed: string; endSealed: string | null },
): Promise<Held> {
  const { actor } = await privacy.open<OpeningDetails>(sealed, id, "observation");
  const end = endSealed ? await privacy.open<EndingDetails>(endSealed, id, "observation.end") : undefined;
  const bare = end ? { actor: end.actor, by: end.by } : undefined;
  return inside(
    db
      .update(observation)
      .set({
        sealed: await privacy.seal({ actor } satisfies OpeningDetails, id, "observation"),
        ...(bare
          ? { endSealed: await privacy.seal(bare satisfies EndingDetails, id, "observation.end") }
          : {}),
      })
      .where(eq(observation.id, id)),
  );
}

/** What the sender wrote and was answered; the code still opens the page, which says that it was sealed off. */
export async function sealOffTip({ db, privacy }: Store, id: string, at: Date): Promise<Statement[]> {
  const messages = await db.select({ id: tipMessage.id }).from(tipMessage).where(eq(tipMessage.tipId, id));
  const [row] = await db
    .select({ verifySealed: tip.verifySealed, answerSealed: tip.answerSealed })
    .from(tip)
    .where(eq(tip.id, id));
  const verified = row?.verifySealed
    ? await privacy.open<{ actor: string }>(row.verifySealed, id, "tip.verify")
    : undefined;
  return [
    db
      .update(tip)
      .set({
        sealed: await privacy.seal({ text: SEALED_OFF } satisfies Partial<TipDetails>, id, "tip"),
        sealedOffAt: at,
        ...(row?.answerSealed
          ? { answerSealed: await privacy.seal({ answer: SEALED_OFF }, id, "tip.answer") }
          : {}),
        ...(verified
          ? { verifySealed: await privacy.seal({ actor: verified.actor }, id, "tip.verify") }
          : {}),
      })
      .where(eq(tip.id, id)),
    ...(await Promise.all(
      messages.map(async (one) => {
        const sealed = await privacy.seal({ text: SEALED_OFF }, one.id, "tip_message");
        return inside(db.update(tipMessage).set({ sealed }).where(eq(tipMessage.id, one.id)));
      }),
    )),
  ].map(taken);
}

/** Ids that begin with a case number: its persons', their observations', their fevers'. */
const within = (column: Parameters<typeof gt>[0], caseNumber: string) =>
  and(gt(column, `${caseNumber}-`), lt(column, `${caseNumber}-~`));
