import { sql } from "drizzle-orm";
import type { CareDetails } from "../domain/care-team.ts";
import type { Lang } from "../forms/define.ts";
import { recordActIf } from "./audit.ts";
import { addContact } from "./contact.ts";
import { meetObligation } from "./obligation.ts";
import { runBatch, type Store } from "./store.ts";

/**
 * Names somebody for a role and meets what was owed, in one batch. Each naming is a version; the last one counts. Of a
 * household that was sealed off nobody is named any more.
 */
export async function saveCareRole(
  store: Store,
  row: CareDetails & {
    email?: string;
    householdId: string;
    unitCode: string;
    role: string;
    lang: Lang;
    actor: string;
    recordedAt: Date;
    newId: () => string;
  },
): Promise<void> {
  const { db, privacy } = store;
  const { householdId, role, unitCode, recordedAt, name, phone, email } = row;
  const key = `${householdId}/${role}`;
  const sealed = await privacy.seal({ name, phone } satisfies CareDetails, key, "care");
  const contact = email
    ? await addContact(store, {
        id: row.newId(),
        unitCode,
        role: "care",
        lang: row.lang,
        name,
        email,
        phone,
        recordedAt,
      })
    : undefined;
  const contactId = email
    ? sql`(SELECT id FROM contact WHERE unit_code = ${unitCode} AND role = 'care'
        AND address_index = ${await privacy.index("email", email.toLowerCase())})`
    : sql`NULL`;
  await runBatch(db, [
    ...(contact ? [contact.statement] : []),
    db.run(sql`
      INSERT INTO care_role (household_id, role, version, contact_id, sealed, recorded_at)
      SELECT ${householdId}, ${role}, (SELECT COALESCE(MAX(version), 0) + 1 FROM care_role
        WHERE household_id = ${householdId} AND role = ${role}), ${contactId}, ${sealed}, ${recordedAt.getTime()}
      WHERE NOT EXISTS (SELECT 1 FROM household WHERE id = ${householdId} AND sealed_off_at IS NOT NULL)`),
    meetObligation(db, `care-role/${key}`, { metAt: recordedAt, recordedAt }),
    recordActIf(
      db,
      {
        id: row.newId(),
        actor: row.actor,
        act: `assign-care/${role}`,
        subjectId: householdId,
        unitCode,
        recordedAt,
      },
      sql`SELECT 1 FROM care_role WHERE household_id = ${householdId} AND role = ${role} AND sealed = ${sealed}`,
    ),
  ]);
}

export type CareMember = CareDetails & { role: string; recordedAt: Date };

/** Who answers for a household now, by role. */
export async function findCareTeam({ db, privacy }: Store, householdId: string): Promise<CareMember[]> {
  const rows = await db.all<{ role: string; sealed: string; recordedAt: number }>(sql`
    SELECT role, sealed, recorded_at AS recordedAt FROM care_role AS c
    WHERE household_id = ${householdId} AND removed_at IS NULL
      AND version = (SELECT MAX(version) FROM care_role AS l WHERE l.household_id = c.household_id AND l.role = c.role)
    ORDER BY role`);
  return Promise.all(
    rows.map(async ({ role, sealed, recordedAt }) => ({
      ...(await privacy.open<CareDetails>(sealed, `${householdId}/${role}`, "care")),
      role,
      recordedAt: new Date(recordedAt),
    })),
  );
}
