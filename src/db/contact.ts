import { and, eq, isNull, sql } from "drizzle-orm";
import type { ChannelKind } from "../domain/ladder.ts";
import type { Lang } from "../forms/define.ts";
import { contact } from "./schema.ts";
import type { Db, Statement, Store } from "./store.ts";

/** What a contact's `sealed` opens to: `email` of one that is written to, `url` of one that is posted to. */
export type ContactDetails = { name: string; email?: string; phone?: string; url?: string; secret?: string };
export type NewContact = ContactDetails & {
  id: string;
  unitCode: string;
  role: (typeof contact.$inferInsert)["role"];
  /** By mail when left out. */
  channel?: ChannelKind;
  lang: Lang;
  recordedAt: Date;
};

/**
 * Someone who hears for a unit, or a group's bot. The same address in the same role of a unit stands once: entered again
 * it stays as it was, or comes back if it had been removed or could not be reached.
 */
export async function addContact(store: Store, entry: NewContact): Promise<{ statement: Statement }> {
  const { name, email, phone, url, secret, ...clear } = entry;
  const details = { name, email, phone, url, secret };
  const [addressIndex, sealed] = await Promise.all([
    addressIndexOf(store, details),
    sealContact(store, details, entry.id),
  ]);
  const statement = store.db
    .insert(contact)
    .values({ ...clear, addressIndex, sealed })
    .onConflictDoUpdate({
      target: [contact.unitCode, contact.role, contact.addressIndex],
      set: { removedAt: null, unreachableAt: null, unreachableWhy: null },
      setWhere: sql`${contact.removedAt} IS NOT NULL OR ${contact.unreachableAt} IS NOT NULL`,
    });
  // Inside an object: a statement is thenable, so a promise of one would run it.
  return { statement };
}

/** Under which index an address stands once in a unit's role: an e-mail address, or a URL with its secret. */
export const addressIndexOf = (
  store: Pick<Store, "privacy">,
  { email, url, secret }: Omit<ContactDetails, "name">,
): Promise<string> =>
  url
    ? store.privacy.index("endpoint", `${new URL(url).href}\n${secret ?? ""}`)
    : emailIndex(store, email ?? "");

/** What `openContact` opens. */
export const sealContact = (
  { privacy }: Pick<Store, "privacy">,
  details: { [Name in keyof ContactDetails]: ContactDetails[Name] | undefined },
  id: string,
): Promise<string> =>
  privacy.seal(Object.fromEntries(Object.entries(details).filter(([, value]) => value)), id, "contact");

/** The `addressIndex` of whoever is written to at an address. */
export const emailIndex = ({ privacy }: Pick<Store, "privacy">, email: string): Promise<string> =>
  privacy.index("email", email.trim().toLowerCase());

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
