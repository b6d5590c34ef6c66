import { and, asc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { CHALLENGE_LIFE, MAX_PASSKEYS } from "../domain/sign-in.ts";
import { undone } from "./fault.ts";
import { challenge, passkey } from "./schema.ts";
import { type SignInEntry, signInWith, stillInOffice } from "./session.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";

/** A passkey as it is checked. */
export type Passkey = Pick<
  typeof passkey.$inferSelect,
  "id" | "officialId" | "publicKey" | "counter" | "transports"
>;
/** A passkey as its owner sees it. */
export type OwnPasskey = { id: string; label: string; recordedAt: Date; usedAt: Date | null };

type Purpose = (typeof challenge.$inferSelect)["purpose"];

/** Puts a challenge that may be answered once, within five minutes. Those that are over go: nothing else would. */
export async function putChallenge(
  db: Db,
  entry: { id: string; purpose: Purpose; officialId?: string; now: Date },
): Promise<void> {
  const { now, ...row } = entry;
  await runBatch(db, [
    db.run(sql`
      DELETE FROM challenge WHERE id IN (SELECT id FROM challenge WHERE expires_at <= ${now.getTime()} LIMIT 20)`),
    db
      .insert(challenge)
      .values({ ...row, recordedAt: now, expiresAt: new Date(now.getTime() + CHALLENGE_LIFE) }),
  ]);
}

/** Whether a challenge still waits for its answer. */
export async function waits(
  db: Db,
  { id, purpose, officialId, now }: { id: string; purpose: Purpose; officialId?: string; now: Date },
): Promise<boolean> {
  const [row] = await db
    .select({ officialId: challenge.officialId })
    .from(challenge)
    .where(
      and(
        eq(challenge.id, id),
        eq(challenge.purpose, purpose),
        isNull(challenge.usedAt),
        gt(challenge.expiresAt, now),
      ),
    );
  return row !== undefined && row.officialId === (officialId ?? null);
}

/** A passkey in use by its credential's id. */
export async function findPasskey(db: Db, id: string): Promise<Passkey | undefined> {
  const { officialId, publicKey, counter, transports } = passkey;
  const [row] = await db
    .select({ id: passkey.id, officialId, publicKey, counter, transports })
    .from(passkey)
    .where(and(eq(passkey.id, id), isNull(passkey.removedAt)));
  return row;
}

/** An official's passkeys in use, the oldest first. */
export async function listPasskeys(
  { db, privacy }: Store,
  officialId: string,
): Promise<(OwnPasskey & { transports: string[] })[]> {
  const rows = await db
    .select()
    .from(passkey)
    .where(and(eq(passkey.officialId, officialId), isNull(passkey.removedAt)))
    .orderBy(asc(passkey.recordedAt))
    .limit(MAX_PASSKEYS);
  return Promise.all(
    rows.map(async ({ id, label, recordedAt, usedAt, transports }) => ({
      ...{ id, recordedAt, usedAt, transports },
      label: await privacy.open<string>(label, id, "passkey"),
    })),
  );
}

/**
 * Registers a passkey and uses its challenge up, in one batch. What it is called is what somebody typed, so it is sealed.
 * @param history what is written with it
 * @returns false where the challenge was used up meanwhile, or there are as many passkeys as may be. Throws the key's
 * clash for a passkey that is known.
 */
export async function addPasskey(
  { db, privacy }: Store,
  entry: Passkey & { label: string; challenge: string; now: Date },
  history: Statement,
): Promise<boolean> {
  const { id, officialId, publicKey, counter, transports, now } = entry;
  const label = await privacy.seal(entry.label, id, "passkey");
  try {
    await runBatch(db, [
      db.run(sql`
        INSERT INTO passkey (id, official_id, public_key, counter, transports, label, recorded_at)
        VALUES (${id}, (SELECT official_id FROM challenge
            WHERE id = ${entry.challenge} AND used_at IS NULL AND official_id = ${officialId}
              AND (SELECT count(*) FROM passkey WHERE official_id = ${officialId} AND removed_at IS NULL) < ${MAX_PASSKEYS}),
          ${publicKey}, ${counter}, ${JSON.stringify(transports)}, ${label}, ${now.getTime()})`),
      useUp(db, entry.challenge, now),
      history,
    ]);
    return true;
  } catch (error) {
    if (undone(error)) return false;
    throw error;
  }
}

/**
 * Signs in whoever holds a passkey: its challenge is used up and its counter moves on, in one batch.
 * @returns false where the challenge was used up or the counter moved meanwhile, or the office has ended or its unit was closed
 */
export const signInByPasskey = (
  db: Db,
  used: { id: string; counter: number; newCounter: number; challenge: string },
  entry: SignInEntry,
): Promise<boolean> =>
  signInWith(db, entry, {
    officialId: sql`(
      SELECT official.id FROM passkey JOIN official ON official.id = passkey.official_id
      JOIN unit ON unit.code = official.unit_code
      JOIN challenge ON challenge.id = ${used.challenge}
      WHERE passkey.id = ${used.id} AND passkey.counter = ${used.counter} AND passkey.removed_at IS NULL
        AND ${stillInOffice} AND challenge.used_at IS NULL)`,
    use: [
      useUp(db, used.challenge, entry.now),
      db.update(passkey).set({ counter: used.newCounter, usedAt: entry.now }).where(eq(passkey.id, used.id)),
    ],
  });

const useUp = (db: Db, id: string, usedAt: Date): Statement =>
  db.update(challenge).set({ usedAt }).where(eq(challenge.id, id));

/** Gives an official's passkey another name. */
export async function renamePasskey(
  { db, privacy }: Store,
  { id, officialId, label }: { id: string; officialId: string; label: string },
): Promise<{ statement: Statement }> {
  const sealed = await privacy.seal(label, id, "passkey");
  return { statement: db.update(passkey).set({ label: sealed }).where(own(id, officialId)) };
}

/** Takes an official's passkey out of use. */
export const removePasskey = (
  db: Db,
  { id, officialId, now }: { id: string; officialId: string; now: Date },
): Statement => db.update(passkey).set({ removedAt: now }).where(own(id, officialId));

/** Whether an official has a passkey in use, for the line in the history that stands before what is done with it. */
export const holdsPasskey = (id: string, officialId: string): SQL =>
  sql`SELECT 1 FROM passkey WHERE ${own(id, officialId)}`;

const own = (id: string, officialId: string) =>
  and(eq(passkey.id, id), eq(passkey.officialId, officialId), isNull(passkey.removedAt));
