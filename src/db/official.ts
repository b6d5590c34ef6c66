import { and, eq, isNull, sql } from "drizzle-orm";
import type { Role } from "../domain/office.ts";
import type { UnitKind } from "../domain/unit.ts";
import type { Lang } from "../forms/define.ts";
import { emailIndex } from "./contact.ts";
import { official, unit } from "./schema.ts";
import type { Db, Statement, Store } from "./store.ts";

/** What an official's `sealed` opens to. */
export type OfficialDetails = { name: string; email: string };
/** An official as every page of the desk knows them. */
export type Officer = {
  id: string;
  name: string;
  role: Role;
  lang: Lang;
  unit: { code: string; name: string; kind: UnitKind };
};

/**
 * Puts an official into an office. One e-mail address holds one office at a time: a second one is refused by the key
 * until the first is ended.
 */
export async function addOfficial(
  store: Store,
  entry: OfficialDetails & { id: string; unitCode: string; role: Role; lang: Lang; recordedAt: Date },
): Promise<{ statement: Statement }> {
  const { name, email, ...clear } = entry;
  const [index, sealed] = await Promise.all([
    emailIndex(store, email),
    store.privacy.seal({ name, email: email.trim() } satisfies OfficialDetails, entry.id, "official"),
  ]);
  // Inside an object: a statement is thenable, so a promise of one would run it.
  return { statement: store.db.insert(official).values({ ...clear, emailIndex: index, sealed }) };
}

/** Ends an office; the first end stands. */
export const endOffice = (db: Db, id: string, removedAt: Date): Statement =>
  db
    .update(official)
    .set({ removedAt })
    .where(and(eq(official.id, id), isNull(official.removedAt)));

/** The language that an official reads and is written to in. */
export const setLanguage = (db: Db, id: string, lang: Lang): Statement =>
  db.update(official).set({ lang }).where(eq(official.id, id));

const columns = {
  id: official.id,
  role: official.role,
  lang: official.lang,
  sealed: official.sealed,
  unitCode: official.unitCode,
  unitName: unit.name,
  unitKind: unit.kind,
};
type Row = { [Name in keyof typeof columns]: (typeof columns)[Name]["_"]["data"] };

/** Who holds an office under an address, now; undefined for nobody. */
export async function findOfficerByEmail(store: Store, email: string): Promise<Officer | undefined> {
  const [row] = await store.db
    .select(columns)
    .from(official)
    .innerJoin(unit, eq(unit.code, official.unitCode))
    .where(and(eq(official.emailIndex, await emailIndex(store, email)), sql`${official.removedAt} IS NULL`));
  return row && openOfficer(store, row);
}

/** Who holds, or held, an office, by the actor of the history: official/<id>. undefined for any other actor. */
export async function findOfficerByActor(store: Store, actor: string): Promise<Officer | undefined> {
  const [, id] = /^official\/(.+)$/.exec(actor) ?? [];
  if (!id) return undefined;
  const [row] = await store.db
    .select(columns)
    .from(official)
    .innerJoin(unit, eq(unit.code, official.unitCode))
    .where(eq(official.id, id));
  return row && openOfficer(store, row);
}

/** The columns a query must select for `openOfficer`. */
export const officerColumns = columns;

/** Opens an official's row. */
export async function openOfficer({ privacy }: Pick<Store, "privacy">, row: Row): Promise<Officer> {
  const { name } = await privacy.open<OfficialDetails>(row.sealed, row.id, "official");
  const { id, role, lang, unitCode, unitName, unitKind } = row;
  return { id, name, role, lang, unit: { code: unitCode, name: unitName, kind: unitKind } };
}

/** How an official stands in the history. */
export const actorOf = ({ id }: Pick<Officer, "id">): string => `official/${id}`;
