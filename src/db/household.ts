import { and, asc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { NewObligation } from "../domain/obligation.ts";
import type { ObservationPlan, ObservedHome } from "../domain/observation.ts";
import type { HouseholdDetails, PersonDetails } from "../domain/registration.ts";
import { SEALED_OFF } from "../domain/retention.ts";
import type { Settings } from "../env.ts";
import { recordActIf } from "./audit.ts";
import { meetObligation, OPEN_BY_UNIT } from "./obligation.ts";
import { openingStatements } from "./observation.ts";
import { household, obligation, person } from "./schema.ts";
import { type Db, runBatch, type Store } from "./store.ts";
import { inSubtree } from "./unit.ts";

type HouseholdRow = typeof household.$inferSelect;
type PersonRow = typeof person.$inferSelect;
/** A person as the keys open it: clear columns and what was sealed. */
export type Person = Omit<PersonRow, "sealed" | "idIndex"> & PersonDetails;
/** A household as the keys open it, its persons in the order they were typed. */
export type Household = Omit<HouseholdRow, "sealed" | "phoneIndex" | "verifySealed"> & {
  details: HouseholdDetails;
  people: Person[];
  /** Who verified and what was found; absent until then. */
  verification?: VerificationDetails;
};
export type VerificationDetails = { actor: string; note?: string };

/** The household of a case number, opened; undefined for a number nobody has. */
export async function findHousehold(store: Store, id: string): Promise<Household | undefined> {
  const rows = await store.db.select().from(household).where(eq(household.id, id));
  const [opened] = await openHouseholds(store, rows);
  return opened;
}

/** What a receipt says of a household, without opening anything. */
export async function findReceipt(db: Db, caseNumber: string) {
  const [row] = await db
    .select({
      caseNumber: household.id,
      persons: household.persons,
      unitCode: household.unitCode,
      recordedAt: household.recordedAt,
      verifyDueAt: household.verifyDueAt,
      symptomatic: sql<number>`EXISTS (SELECT 1 FROM person
        WHERE id > ${`${caseNumber}-`} AND id < ${`${caseNumber}-~`} AND symptomatic)`,
    })
    .from(household)
    .where(eq(household.id, caseNumber));
  if (!row) return undefined;
  const { symptomatic, ...receipt } = row;
  return { ...receipt, urgent: symptomatic === 1 };
}

/** Households of a subtree that wait for their first verification, the longest due first. */
export async function listWaiting(store: Store, scopePrefix: string, limit: number): Promise<Household[]> {
  // Over the open obligations: their index holds these alone, however many households are settled.
  const rows = await store.db
    .select({ household })
    .from(household)
    .innerJoin(obligation, eq(obligation.subjectId, household.id))
    .where(
      and(
        eq(obligation.kind, "registration"),
        isNull(obligation.metAt),
        isNull(obligation.excusedAt),
        OPEN_BY_UNIT,
        inSubtree(obligation.unitCode, scopePrefix),
      ),
    )
    .orderBy(asc(obligation.dueAt), asc(obligation.id))
    .limit(limit);
  return openHouseholds(
    store,
    rows.map((row) => row.household),
  );
}

async function openHouseholds(store: Store, rows: HouseholdRow[]): Promise<Household[]> {
  if (rows.length === 0) return [];
  // A person's id begins with the case number, so the key itself finds a household's persons.
  const people = await store.db
    .select()
    .from(person)
    .innerJoin(
      sql`json_each(${JSON.stringify(rows.map(({ id }) => id))}) AS wanted`,
      sql`${person.id} > wanted.value || '-' AND ${person.id} < wanted.value || '-~'`,
    );
  const opened = await Promise.all(people.map((row) => openPerson(store, row.person)));
  opened.sort((a, b) => placeOf(a.id) - placeOf(b.id));
  return Promise.all(
    rows.map(async ({ sealed, phoneIndex: _, verifySealed, ...clear }) => ({
      ...clear,
      details: sealed ? await store.privacy.open<HouseholdDetails>(sealed, clear.id, "household") : {},
      people: opened.filter((one) => one.householdId === clear.id),
      ...(verifySealed
        ? {
            verification: await store.privacy.open<VerificationDetails>(
              verifySealed,
              clear.id,
              "household.verify",
            ),
          }
        : {}),
    })),
  );
}

const placeOf = (personId: string) => Number(personId.slice(personId.lastIndexOf("-") + 1));

async function openPerson({ privacy }: Store, { sealed, idIndex: _, ...clear }: PersonRow): Promise<Person> {
  const none: PersonDetails = { name: SEALED_OFF };
  return { ...clear, ...(sealed ? await privacy.open<PersonDetails>(sealed, clear.id, "person") : none) };
}

/** What is read of a household before it is verified; none of it ever changes but that it may be sealed off. undefined outside the subtree too. */
export async function findForVerification(
  { db }: Pick<Store, "db">,
  id: string,
  scopePrefix: string,
): Promise<(ObservedHome & { recordedAt: Date; sealedOffAt: Date | null }) | undefined> {
  const rows = await db
    .select({
      unitCode: household.unitCode,
      recordedAt: household.recordedAt,
      sealedOffAt: household.sealedOffAt,
      leftOn: household.leftOn,
      arrivedAt: household.arrivedAt,
      person: { id: person.id, returnee: person.returnee },
    })
    .from(household)
    // A person's id begins with the case number.
    .innerJoin(person, and(gt(person.id, `${id}-`), lt(person.id, `${id}-~`)))
    .where(and(eq(household.id, id), inSubtree(household.unitCode, scopePrefix)));
  const [first] = rows;
  if (!first) return undefined;
  const { person: _, ...home } = first;
  return { id, ...home, persons: rows.map((row) => row.person) };
}

export type Verification = {
  id: string;
  unitCode: string;
  outcome: NonNullable<HouseholdRow["verifyOutcome"]>;
  verifiedAt: Date;
  recordedAt: Date;
  details: VerificationDetails;
  auditId: string;
  settings: Settings;
  /** The observations it opens, and what they owe. */
  plans: ObservationPlan[];
  care: NewObligation[];
};

/**
 * Settles a household's first verification, meets its obligation, opens an observation for each person and writes the
 * history, in one batch. False when somebody was first.
 */
export async function saveVerification(store: Store, done: Verification): Promise<boolean> {
  const verifySealed = await store.privacy.seal(done.details, done.id, "household.verify");
  const won = sql`SELECT 1 FROM household WHERE id = ${done.id} AND verify_sealed = ${verifySealed}`;
  const results = await runBatch(store.db, [
    store.db
      .update(household)
      .set({
        verifiedAt: done.verifiedAt,
        verifiedRecordedAt: done.recordedAt,
        verifyOutcome: done.outcome,
        verifySealed,
      })
      .where(and(eq(household.id, done.id), isNull(household.verifiedAt)))
      .returning({ id: household.id }),
    // Whoever was first has met it already: then this changes nothing.
    meetObligation(store.db, `registration/${done.id}`, {
      metAt: done.verifiedAt,
      recordedAt: done.recordedAt,
    }),
    recordActIf(
      store.db,
      {
        id: done.auditId,
        actor: done.details.actor,
        act: `verify-household/${done.outcome}`,
        subjectId: done.id,
        unitCode: done.unitCode,
        recordedAt: done.recordedAt,
      },
      won,
    ),
    ...(await openingStatements(
      store,
      {
        ...done,
        by: { actor: done.details.actor, auditId: done.auditId, settings: done.settings },
      },
      sql`EXISTS (${won})`,
    )),
  ]);
  return (results[0] as unknown[]).length > 0;
}
