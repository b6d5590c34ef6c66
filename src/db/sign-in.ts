import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { codeOf, MAX_LETTERS, MAX_TRIES, SIGN_IN_LIFE, type SignInLetter } from "../domain/sign-in.ts";
import { DAY } from "../domain/time.ts";
import { emailIndex } from "./contact.ts";
import { type Officer, officerColumns, openOfficer } from "./official.ts";
import { hashToken, type Privacy } from "./privacy.ts";
import { official, signIn, unit } from "./schema.ts";
import { type SignInEntry, signInWith, stillInOffice } from "./session.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/** The code is told by its letter's id and the master secret: it stands in no table, and no two letters share a key. */
const codeFor = async (privacy: Privacy, id: string) => codeOf(await privacy.derive("sign-in-code", id));
const codeHash = (privacy: Privacy, id: string, code: string) =>
  privacy.index("sign-in-code", `${id}/${code}`);

/**
 * Somebody asks to be let in by a letter to an address. A known and an unknown address are the same row and the same
 * work; whether there are too many already is decided where it is written.
 * @returns the letter to write, "nobody" for an address without an office, "slow" for one asked for too often
 */
export async function askSignIn(
  { db, privacy }: Store,
  entry: { id: string; token: string; email: string; now: Date },
): Promise<SignInLetter | "nobody" | "slow"> {
  const { id, token, email, now } = entry;
  const code = await codeFor(privacy, id);
  const [address, tokenHash, hash] = await Promise.all([
    emailIndex({ privacy }, email),
    hashToken(token),
    codeHash(privacy, id, code),
  ]);
  const at = now.getTime();
  const since = (ms: number) =>
    sql`(SELECT count(*) FROM sign_in WHERE email_index = ${address} AND recorded_at > ${at - ms})`;
  const [, , written] = await runBatch(db, [
    // An address is a keyed hash, so each letter looks at another twenty rows: what is over a day old goes in the end.
    db.run(sql`
      DELETE FROM sign_in WHERE id IN (
        SELECT id FROM (SELECT id, recorded_at FROM sign_in WHERE email_index >= ${address} ORDER BY email_index, recorded_at LIMIT 20)
        WHERE recorded_at < ${at - DAY})`),
    db.run(sql`
      INSERT INTO sign_in (id, email_index, official_id, token_hash, code_hash, tries, recorded_at, expires_at)
      SELECT ${id}, ${address},
        (SELECT id FROM official WHERE email_index = ${address} AND removed_at IS NULL
          AND (SELECT closed_at FROM unit WHERE code = official.unit_code) IS NULL),
        ${tokenHash}, ${hash}, 0, ${at}, ${at + SIGN_IN_LIFE}
      WHERE ${since(SIGN_IN_LIFE)} < ${MAX_LETTERS.soon} AND ${since(DAY)} < ${MAX_LETTERS.day}`),
    db.select({ officialId: signIn.officialId }).from(signIn).where(eq(signIn.id, id)),
  ]);
  const [row] = written as { officialId: string | null }[];
  if (!row) return "slow";
  return row.officialId ? { id, officialId: row.officialId, token, code } : "nobody";
}

/** What a letter still opens: it lives, nobody has used it, and its code was not tried too often. */
const alive = (now: Date) =>
  and(isNull(signIn.usedAt), gt(signIn.expiresAt, now), lt(signIn.tries, MAX_TRIES));

/** Whom a letter's link would sign in; undefined for one that is used, over or made up. Uses nothing up. */
export async function findByLink(
  store: Store,
  token: string,
  now: Date,
): Promise<{ id: string; officer: Officer } | undefined> {
  const [row] = await store.db
    .select({ ...officerColumns, letter: sql<string>`${signIn.id}`.as("letter") })
    .from(signIn)
    .innerJoin(official, eq(official.id, signIn.officialId))
    .innerJoin(unit, eq(unit.code, official.unitCode))
    .where(and(eq(signIn.tokenHash, await hashToken(token)), alive(now), stillInOffice));
  return row && { id: row.letter, officer: await openOfficer(store, row) };
}

/**
 * Tries a code. The try is counted before it is looked at, in one statement, so that many at once cannot be more than
 * five; the last wrong one leaves a line in the history.
 * @returns "right", how many tries are left, or "dead": used, over, tried too often
 */
export async function tryCode(
  { db, privacy }: Store,
  { id, code, now }: { id: string; code: string; now: Date },
): Promise<"right" | "dead" | number> {
  const hash = await codeHash(privacy, id, code);
  const [tried] = await runBatch(db, [
    db
      .update(signIn)
      .set({ tries: sql`${signIn.tries} + 1` })
      .where(and(eq(signIn.id, id), alive(now)))
      .returning({ tries: signIn.tries, codeHash: signIn.codeHash, officialId: signIn.officialId }),
    // Who types codes is nobody that is known; the line tells whose letter it was. One a letter.
    db.run(sql`
      INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at)
      SELECT 'sign-in-blocked/' || sign_in.id, 'anybody', 'sign-in-blocked', official.id, official.unit_code,
        ${now.getTime()}
      FROM sign_in JOIN official ON official.id = sign_in.official_id
      WHERE sign_in.id = ${id} AND sign_in.tries >= ${MAX_TRIES} AND sign_in.code_hash <> ${hash}
        AND sign_in.used_at IS NULL
      ON CONFLICT DO NOTHING`),
  ]);
  const [row] = tried as { tries: number; codeHash: string; officialId: string | null }[];
  if (!row) return "dead";
  if (row.codeHash === hash && row.officialId) return "right";
  return row.tries < MAX_TRIES ? MAX_TRIES - row.tries : "dead";
}

/**
 * Uses a letter up and begins a session, in one batch: of two at once one signs in. Ask `findByLink` or `tryCode` first.
 * @returns false where somebody was faster, or the office has ended or its unit was closed
 */
export const signInByLetter = (db: Db, id: string, entry: SignInEntry): Promise<boolean> =>
  signInWith(db, entry, {
    officialId: sql`(
      SELECT official.id FROM sign_in JOIN official ON official.id = sign_in.official_id
      JOIN unit ON unit.code = official.unit_code
      WHERE sign_in.id = ${id} AND sign_in.used_at IS NULL AND sign_in.expires_at > ${entry.now.getTime()}
        AND ${stillInOffice})`,
    use: [db.update(signIn).set({ usedAt: entry.now }).where(eq(signIn.id, id))],
  });
