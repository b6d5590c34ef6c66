import { type SQL, sql } from "drizzle-orm";
import type { PlannedContact } from "../domain/contact.ts";
import type { ChannelKind } from "../domain/ladder.ts";
import type { Lang } from "../forms/define.ts";
import { type Act, recordActIf } from "./audit.ts";
import { addressIndexOf, type ContactDetails, openContact, sealContact } from "./contact.ts";
import { type Acted, changes, line } from "./desk-act.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/*
 * Who hears for a unit, as officials enter, look at and remove them. The contacts of households' care teams are not
 * among them: those are entered with the household.
 */

/** More than this a unit does not have: roles by people by channels. */
const LISTED = 100;

export type DeskContact = {
  id: string;
  role: string;
  channel: ChannelKind;
  lang: Lang;
  details: ContactDetails;
  recordedAt: Date;
  unreachableAt: Date | null;
  unreachableWhy: string | null;
};

const COLUMNS =
  sql.raw(`id, role, channel, lang, sealed, recorded_at AS recordedAt, unreachable_at AS unreachableAt,
  unreachable_why AS unreachableWhy`);
/** Of a unit, still entered, and not a household's. */
const standing = (unitCode: string): SQL =>
  sql`unit_code = ${unitCode} AND removed_at IS NULL AND role <> 'care'`;

type Row = Omit<DeskContact, "details" | "recordedAt" | "unreachableAt"> & {
  sealed: string;
  recordedAt: number;
  unreachableAt: number | null;
};

/** The contacts of a unit by role, the longest there first; a hundred at most. */
export async function listContacts(store: Store, unitCode: string): Promise<DeskContact[]> {
  const rows = await store.db.all<Row>(
    sql`SELECT ${COLUMNS} FROM contact WHERE ${standing(unitCode)} ORDER BY role, recorded_at, id LIMIT ${LISTED}`,
  );
  return Promise.all(rows.map((row) => opened(store, row)));
}

/** One contact of a unit; undefined when it is another's, a household's, or removed. */
export async function findContact(
  store: Store,
  unitCode: string,
  id: string,
): Promise<DeskContact | undefined> {
  const [row] = await store.db.all<Row>(
    sql`SELECT ${COLUMNS} FROM contact WHERE id = ${id} AND ${standing(unitCode)}`,
  );
  return row && opened(store, row);
}

/** Whether a contact was ever entered for the unit: whoever came second is told who was first. */
export async function isContactOf(db: Db, unitCode: string, id: string): Promise<boolean> {
  const rows = await db.all(
    sql`SELECT 1 FROM contact WHERE id = ${id} AND unit_code = ${unitCode} AND role <> 'care'`,
  );
  return rows.length > 0;
}

async function opened(store: Store, { sealed, ...row }: Row): Promise<DeskContact> {
  return {
    ...row,
    details: await openContact(store, { id: row.id, sealed }),
    recordedAt: new Date(row.recordedAt),
    unreachableAt: row.unreachableAt === null ? null : new Date(row.unreachableAt),
  };
}

/**
 * Enters a contact, with its line in the history. The same address in the same role that had been removed or could not
 * be reached comes back, under the new name. False when it stands already: nothing is written then.
 */
export async function putContact(
  store: Store,
  unitCode: string,
  planned: PlannedContact,
  { id: fresh, ...acted }: Acted & { id: string },
): Promise<boolean> {
  const { db } = store;
  const { role, channel, lang, ...details } = planned;
  const index = await addressIndexOf(store, details);
  const [known] = await db.all<{ id: string }>(
    sql`SELECT id FROM contact WHERE unit_code = ${unitCode} AND role = ${role} AND address_index = ${index}`,
  );
  const id = known?.id ?? fresh;
  const sealed = await sealContact(store, details, id);
  const at = acted.now.getTime();
  const back = sql`(removed_at IS NOT NULL OR unreachable_at IS NOT NULL)`;
  const act = line(acted, "add-contact", id, unitCode, `${role} ${channel}`);
  const results = await runBatch(
    db,
    known
      ? [
          // The line goes first: after the change its condition would no longer hold.
          recordActIf(db, act, sql`SELECT 1 FROM contact WHERE id = ${id} AND ${back}`),
          db.run(sql`
            UPDATE contact SET removed_at = NULL, unreachable_at = NULL, unreachable_why = NULL, sealed = ${sealed},
              lang = ${lang} WHERE id = ${id} AND ${back}`),
        ]
      : [
          db.run(sql`
            INSERT INTO contact (id, unit_code, role, channel, lang, address_index, sealed, recorded_at)
            VALUES (${id}, ${unitCode}, ${role}, ${channel}, ${lang}, ${index}, ${sealed}, ${at})
            ON CONFLICT DO NOTHING`),
          recordActIf(db, act, sql`SELECT 1 FROM contact WHERE id = ${id}`),
        ],
  );
  return changes(results[known ? 1 : 0]) > 0;
}

/** Nobody is told at this contact any more; what they were told stays. False when somebody was first. */
export const dropContact = (db: Db, unitCode: string, id: string, acted: Acted): Promise<boolean> =>
  change(db, unitCode, id, line(acted, "remove-contact", id, unitCode), {
    set: sql`removed_at = ${acted.now.getTime()}`,
    where: sql`1`,
  });

/** The address was checked: messages go there again. False when it can be reached already. */
export const clearContact = (db: Db, unitCode: string, id: string, acted: Acted): Promise<boolean> =>
  change(db, unitCode, id, line(acted, "clear-contact", id, unitCode), {
    set: sql`unreachable_at = NULL, unreachable_why = NULL`,
    where: sql`unreachable_at IS NOT NULL`,
  });

/** One change of a standing contact and its line in the history, only if `where` still holds. */
async function change(
  db: Db,
  unitCode: string,
  id: string,
  act: Act,
  { set, where }: { set: SQL; where: SQL },
): Promise<boolean> {
  const which = sql`id = ${id} AND ${standing(unitCode)} AND ${where}`;
  const results = await runBatch(db, [
    recordActIf(db, act, sql`SELECT 1 FROM contact WHERE ${which}`),
    db.run(sql`UPDATE contact SET ${set} WHERE ${which}`),
  ]);
  return changes(results[1]) > 0;
}
