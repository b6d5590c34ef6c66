import { eq, type SQL, sql } from "drizzle-orm";
import { nameKey } from "../domain/identity.ts";
import type { PlannedPerson, RegistrationPlan } from "../domain/registration.ts";
import type { Settings } from "../env.ts";
import { refusal } from "./fault.ts";
import { insertLink, linkRow } from "./link.ts";
import { momentsAsNumbers, openObligation, raiseUrgent } from "./obligation.ts";
import { household, person } from "./schema.ts";
import { raiseSignals } from "./signal.ts";
import { compiled, raw, runBatch, type Statement, type Store } from "./store.ts";
import { recordArrival } from "./submission.ts";

/** How a save ended: stored; the submission stood already; another household has the case number; no such unit. */
export type Saved = "saved" | "known" | "number-taken" | "no-such-unit";

/**
 * Seals a planned registration and writes all of it in one batch, reading nothing before: keys and foreign keys
 * decide. Returns the token of the person's link with the outcome. Anything else the database says is thrown.
 * @param also stands in the same batch
 */
export async function saveRegistration(
  store: Store,
  plan: RegistrationPlan,
  settings: Settings,
  also: readonly Statement[] = [],
): Promise<{ outcome: Saved; token: string }> {
  const { recordedAt, household: home } = plan;
  const [homeRow, personRows, link] = await Promise.all([
    householdRow(store, plan),
    Promise.all(plan.persons.map((row) => personRow(store, plan, row))),
    linkRow(store, {
      purpose: "person",
      unitCode: home.unitCode,
      subjectId: home.id,
      nonce: plan.link.clientId,
      expiresAt: plan.link.expiresAt,
      recordedAt,
    }),
  ]);
  const [one] = personRows;
  const statements: Statement[] = [
    recordArrival(store.db, plan.submission, { subjectId: home.id, recordedAt }),
    insertHousehold(store.db, homeRow),
    one && personRows.length === 1
      ? insertPerson(store.db, one)
      : insertPersons(store.db, { rows: momentsAsNumbers(personRows) }),
    insertLink(store.db, link.row),
    openObligation(store.db, plan.obligation),
    ...(plan.urgent
      ? [
          ...raiseUrgent(store.db, {
            obligationId: plan.obligation.id,
            unitCode: home.unitCode,
            causeId: home.id,
            now: recordedAt,
          }),
          ...raiseSignals(store.db, home.unitCode, plan.signals, { now: recordedAt, settings }),
        ]
      : []),
    ...also,
  ];
  return { outcome: await settle(store, statements, "household"), token: link.token };
}

/** Runs a batch that begins with its arrival and says how it ended. @param numbered the table whose key is a drawn number */
export async function settle(
  store: Store,
  statements: Statement[],
  numbered: "household" | "tip",
): Promise<Saved> {
  try {
    await runBatch(store.db, statements);
    return "saved";
  } catch (error) {
    const refused = refusal(error);
    if (refused === "foreign-key") return "no-such-unit";
    if (refused?.taken === "submission") return "known";
    if (refused?.taken === numbered) return "number-taken";
    throw error;
  }
}

async function householdRow({ privacy }: Store, plan: RegistrationPlan) {
  const { phone, details, ...clear } = plan.household;
  const [sealed, phoneIndex] = await Promise.all([
    privacy.seal(details, clear.id, "household"),
    phone === null ? null : privacy.index("phone", phone),
  ]);
  return {
    ...clear,
    submissionId: plan.submission.id,
    sealed,
    phoneIndex,
    recordedAt: plan.recordedAt,
  };
}

async function personRow({ privacy }: Store, plan: RegistrationPlan, row: PlannedPerson) {
  const { documentKey, details, ...clear } = row;
  const [sealed, idIndex, nameIndex] = await Promise.all([
    privacy.seal(details, clear.id, "person"),
    documentKey === null ? null : privacy.index("document", documentKey),
    privacy.index("name", nameKey(details.name)),
  ]);
  return {
    ...clear,
    householdId: plan.household.id,
    unitCode: plan.household.unitCode,
    origin: plan.household.origin,
    sealed,
    idIndex,
    nameIndex,
    recordedAt: plan.recordedAt,
  };
}

const insertHousehold = compiled<Awaited<ReturnType<typeof householdRow>>>((db, slots) =>
  db.insert(household).values({
    ...slots("id", "submissionId", "unitCode", "postingPointId", "filledBy", "source", "origin"),
    ...slots("transitWuhan", "leftOn", "arrivedAt", "phoneIndex", "persons"),
    ...slots("sealed", "recordedAt", "verifyDueAt"),
    samePhoneAs: earliest(household, eq(household.phoneIndex, sql.placeholder("phoneIndex"))),
  }),
);

const insertPerson = compiled<Awaited<ReturnType<typeof personRow>>>((db, slots) =>
  db.insert(person).values({
    ...slots("id", "householdId", "unitCode", "origin", "returnee", "area", "contact", "symptoms"),
    ...slots("temperature", "symptomatic", "idIndex", "nameIndex", "sealed", "recordedAt"),
    duplicateOf: earliest(person, eq(person.idIndex, sql.placeholder("idIndex"))),
  }),
);

/** One statement however many live together. Rows are `momentsAsNumbers`. */
const insertPersons = compiled<{ rows: string }>((db, slots) =>
  raw(
    db.run(sql`
      INSERT INTO person (id, household_id, unit_code, origin, returnee, area, contact, symptoms, temperature,
        symptomatic, id_index, name_index, sealed, recorded_at, duplicate_of)
      SELECT row.value ->> 'id', row.value ->> 'householdId', row.value ->> 'unitCode', row.value ->> 'origin',
        row.value ->> 'returnee', row.value ->> 'area', row.value ->> 'contact', row.value ->> 'symptoms',
        row.value ->> 'temperature', row.value ->> 'symptomatic', row.value ->> 'idIndex', row.value ->> 'nameIndex', row.value ->> 'sealed',
        row.value ->> 'recordedAt', ${earliest(person, eq(person.idIndex, sql`row.value ->> 'idIndex'`))}
      FROM json_each(${slots("rows").rows}) AS row`),
  ),
);

// Decided inside the INSERT, so that two who arrive together cannot both be the first; NULL equals none.
const earliest = (table: typeof household | typeof person, index: SQL): SQL<string> =>
  sql`(SELECT id FROM ${table} WHERE ${index} ORDER BY recorded_at, id LIMIT 1)`;
