import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Role, Scope } from "../domain/office.ts";
import type { Lang } from "../forms/define.ts";
import { undone } from "./fault.ts";
import { addOfficial, endOffice, type Officer, type OfficialDetails, officerColumns } from "./official.ts";
import { audit, official, passkey, unit } from "./schema.ts";
import { endSessions } from "./session.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";
import { inSubtree } from "./unit.ts";

/** An office as whoever appoints sees it; ended ones too. */
export type Office = Officer & { email: string; recordedAt: Date; removedAt: Date | null };
/** As much of an office as ending it takes. */
export type Held = Pick<Office, "id" | "role"> & { unit: { code: string } };
export type NewOffice = OfficialDetails & { id: string; unitCode: string; role: Role; lang: Lang };
/** Who does it, when, and the id of the line in the history. */
export type OfficeAct = { actor: string; now: Date; auditId: string };
/** Where a page of the list ended. */
export type OfficePlace = { unitCode: string; id: string };

const columns = { ...officerColumns, recordedAt: official.recordedAt, removedAt: official.removedAt };

/** The offices held within a scope, by unit: one page, and one more where there are more. */
export async function listOffices(
  store: Store,
  scope: Scope,
  { after, limit }: { after?: OfficePlace | undefined; limit: number },
): Promise<Office[]> {
  const rows = await store.db
    .select(columns)
    .from(official)
    .innerJoin(unit, eq(unit.code, official.unitCode))
    .where(
      and(
        isNull(official.removedAt),
        scope.exact ? eq(official.unitCode, scope.code) : inSubtree(official.unitCode, scope.code),
        after && sql`(${official.unitCode}, ${official.id}) > (${after.unitCode}, ${after.id})`,
      ),
    )
    .orderBy(asc(official.unitCode), asc(official.id))
    .limit(limit + 1);
  return Promise.all(rows.map((row) => openOffice(store, row)));
}

/** One office by its id, ended ones too. Whether it is somebody's to see is the caller's to ask. */
export async function findOffice(store: Store, id: string): Promise<Office | undefined> {
  const [row] = await store.db
    .select(columns)
    .from(official)
    .innerJoin(unit, eq(unit.code, official.unitCode))
    .where(eq(official.id, id));
  return row && openOffice(store, row);
}

type Row = Omit<Office, "name" | "email" | "unit"> & {
  sealed: string;
  unitCode: string;
  unitName: string;
  unitKind: Office["unit"]["kind"];
};

async function openOffice({ privacy }: Pick<Store, "privacy">, row: Row): Promise<Office> {
  const { sealed, unitCode, unitName, unitKind, ...clear } = row;
  const { name, email } = await privacy.open<OfficialDetails>(sealed, row.id, "official");
  return { ...clear, name, email, unit: { code: unitCode, name: unitName, kind: unitKind } };
}

/** Who ended or changed an office, and when. */
export async function whoEnded(db: Db, id: string): Promise<{ actor: string; at: Date } | undefined> {
  const [row] = await db
    .select({ actor: audit.actor, at: audit.recordedAt })
    .from(audit)
    .where(and(eq(audit.subjectId, id), inArray(audit.act, ["end-office", "change-office"])))
    .orderBy(desc(audit.recordedAt))
    .limit(1);
  return row;
}

/** What appoints an official, with its line in the history. The key refuses an address that holds an office. */
export async function appointment(store: Store, entry: NewOffice, act: OfficeAct): Promise<Statement[]> {
  const { statement } = await addOfficial(store, { ...entry, recordedAt: act.now });
  const { id: subjectId, unitCode, role: detail } = entry;
  const { auditId: id, actor, now: recordedAt } = act;
  return [
    statement,
    store.db.insert(audit).values({ id, actor, act: "appoint", subjectId, unitCode, recordedAt, detail }),
  ];
}

/** Appoints an official. Throws the key's clash for an address that holds an office, and for a unit that is not there. */
export async function appoint(store: Store, entry: NewOffice, act: OfficeAct): Promise<void> {
  await runBatch(store.db, await appointment(store, entry, act));
}

/** What ends an office and its sessions; NOT NULL refuses all of it for the county's last administrator. */
export const ending = (db: Db, held: Held, act: OfficeAct & { county: string }): Statement[] => [
  claim(db, held, act, "end-office", held.role),
  endOffice(db, held.id, act.now),
  endSessions(db, { officialId: held.id }, act.now),
];

/** Ends an office. @returns false where it is the county's last administrator's, or was ended already */
export const closeOffice = (
  { db }: Pick<Store, "db">,
  held: Held,
  act: OfficeAct & { county: string },
): Promise<boolean> => decided(() => runBatch(db, ending(db, held, act)));

/**
 * Another role or unit: the old office ends with its sessions, a new one begins. Passkeys go along, for they are the
 * person's. @returns as closeOffice. Throws the key's clash for a unit that is not there.
 */
export async function changeOffice(
  store: Store,
  held: Office,
  next: { id: string; unitCode: string; role: Role },
  act: OfficeAct & { county: string },
): Promise<boolean> {
  const { db } = store;
  const { name, email, lang } = held;
  const { statement } = await addOfficial(store, { ...next, name, email, lang, recordedAt: act.now });
  // Who is the county's administrator before and after leaves it no fewer of them.
  const stays = next.role === "admin" && next.unitCode === act.county;
  return decided(() =>
    runBatch(db, [
      claim(db, held, act, "change-office", `${held.role} > ${next.role} ${next.unitCode}`, stays),
      endOffice(db, held.id, act.now),
      endSessions(db, { officialId: held.id }, act.now),
      statement,
      db
        .update(passkey)
        .set({ officialId: next.id })
        .where(and(eq(passkey.officialId, held.id), isNull(passkey.removedAt))),
    ]),
  );
}

/** The line in the history, which only an office that may end now has a subject for: NOT NULL undoes the batch otherwise. */
const claim = (
  db: Db,
  held: Held,
  { actor, now, auditId, county }: OfficeAct & { county: string },
  act: string,
  detail: string,
  stays = false,
) =>
  db.run(sql`
    INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at, detail)
    VALUES (${auditId}, ${actor}, ${act},
      (SELECT id FROM official WHERE id = ${held.id} AND removed_at IS NULL ${stays ? sql`` : sql`AND NOT ${isLast(county)}`}),
      ${held.unit.code}, ${now.getTime()}, ${detail})`);

/** Of the row at hand: whether the county would have no administrator without it. */
const isLast = (county: string): SQL => sql`(official.role = 'admin' AND official.unit_code = ${county}
  AND (SELECT count(*) FROM official AS other
       WHERE other.role = 'admin' AND other.unit_code = ${county} AND other.removed_at IS NULL) = 1)`;

async function decided(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (undone(error)) return false;
    throw error;
  }
}
