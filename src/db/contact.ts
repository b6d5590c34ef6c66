import { and, eq, isNull, sql } from "drizzle-orm";
import type { Lang } from "../forms/define.ts";
import { contact } from "./schema.ts";
import type { Db, Statement, Store } from "./store.ts";

/** What a contact's `sealed` opens to. */
export type ContactDetails = { name: string; email: string; phone?: string };
export type NewContact = ContactDetails & {
  id: string;
  unitCode: string;
  role: (typeof contact.$inferInsert)["role"];
  lang: Lang;
  recordedAt: Date;
};

/**
 * Someone who hears for a unit. The same address in the same role of a unit stands once: entered again it stays as
 * it was, or comes back if it had been removed.
 */
export async function addContact(store: Store, entry: NewContact): Promise<{ statement: Statement }> {
  const { name, email, phone, ...clear } = entry;
  const details: ContactDetails = { name, email, ...(phone ? { phone } : {}) };
  const [addressIndex, sealed] = await Promise.all([
    store.privacy.index("email", email.trim().toLowerCase()),
    store.privacy.seal(details, entry.id, "contact"),
  ]);
  const statement = store.db
    .insert(contact)
    .values({ ...clear, addressIndex, sealed })
    .onConflictDoUpdate({
      target: [contact.unitCode, contact.role, contact.addressIndex],
      set: { removedAt: null },
      setWhere: sql`${contact.removedAt} IS NOT NULL`,
    });
  // Inside an object: a statement is thenable, so a promise of one would run it.
  return { statement };
}

/** Nobody is told at this contact any more; what they were told stays. */
export function removeContact(db: Db, id: string, removedAt: Date): Statement {
  return db
    .update(contact)
    .set({ removedAt })
    .where(and(eq(contact.id, id), isNull(contact.removedAt)));
}

/** Opens what `addContact` sealed. */
export function openContact(
  { privacy }: Pick<Store, "privacy">,
  row: { id: string; sealed: string },
): Promise<ContactDetails> {
  return privacy.open<ContactDetails>(row.sealed, row.id, "contact");
}
