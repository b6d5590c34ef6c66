import { and, desc, eq, gt, isNull, lt, type SQL, sql } from "drizzle-orm";
import { SEEN_EVERY, SESSION_IDLE, SESSION_LENGTH } from "../domain/office.ts";
import { type Act, recordActIf } from "./audit.ts";
import { undone } from "./fault.ts";
import { type Officer, officerColumns, openOfficer } from "./official.ts";
import { hashToken } from "./privacy.ts";
import { official, session, unit } from "./schema.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";

export type SessionWay = (typeof session.$inferSelect)["way"];

/** A session begun: only the token's hash is kept. */
export async function beginSession(
  db: Db,
  entry: { token: string; officialId: string | SQL<string>; way: SessionWay; now: Date },
): Promise<{ statement: Statement }> {
  const { token, officialId, way, now } = entry;
  const row = {
    tokenHash: await hashToken(token),
    officialId,
    way,
    recordedAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + SESSION_LENGTH),
  };
  return { statement: db.insert(session).values(row) };
}

/** How somebody signs in. @property before the hash of the session that this browser had: it ends */
export type SignInEntry = {
  token: string;
  way: SessionWay;
  now: Date;
  auditId: string;
  before?: string | undefined;
};

/**
 * Begins a session for whoever a proof names, uses the proof up and writes it into the history, in one batch.
 * @param proof officialId: a subquery that finds nobody where the proof is used up: NOT NULL then undoes the batch
 * @returns false where it was
 */
export async function signInWith(
  db: Db,
  { token, way, now, auditId, before }: SignInEntry,
  proof: { officialId: SQL; use: Statement[] },
): Promise<boolean> {
  const tokenHash = await hashToken(token);
  const { statement } = await beginSession(db, {
    ...{ token, way, now },
    officialId: proof.officialId as SQL<string>,
  });
  try {
    await runBatch(db, [
      statement,
      ...proof.use,
      ...(before ? [endSessions(db, { tokenHash: before }, now)] : []),
      db.run(sql`
        INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at, detail)
        SELECT ${auditId}, 'official/' || official.id, 'sign-in', official.id, official.unit_code,
          ${now.getTime()}, ${way}
        FROM session JOIN official ON official.id = session.official_id WHERE session.token_hash = ${tokenHash}`),
    ]);
    return true;
  } catch (error) {
    if (undone(error)) return false;
    throw error;
  }
}

/**
 * Whose session a token is, while it lasts: not signed out, not idle for twelve hours, not older than seven days, and the
 * office not ended nor its unit closed. undefined for anything else. Three rows read.
 */
export async function findSession(
  store: Store,
  token: string,
  now: Date,
): Promise<{ officer: Officer; tokenHash: string; seenAt: Date } | undefined> {
  const tokenHash = await hashToken(token);
  const [row] = await store.db
    .select({ ...officerColumns, seenAt: session.seenAt })
    .from(session)
    .innerJoin(official, eq(official.id, session.officialId))
    .innerJoin(unit, eq(unit.code, official.unitCode))
    .where(and(eq(session.tokenHash, tokenHash), lasting(now), stillInOffice));
  if (!row) return undefined;
  return { officer: await openOfficer(store, row), tokenHash, seenAt: row.seenAt };
}

/** Of an official joined to their unit: the office has not ended, and the unit is not closed. */
export const stillInOffice = and(isNull(official.removedAt), isNull(unit.closedAt));

const lasting = (now: Date) =>
  and(
    isNull(session.endedAt),
    gt(session.expiresAt, now),
    gt(session.seenAt, new Date(now.getTime() - SESSION_IDLE)),
  );

/** A session as its owner sees it. */
export type OwnSession = { tokenHash: string; way: SessionWay; recordedAt: Date; seenAt: Date };

/** An official's sessions that last, the newest first; at most `limit`. */
export async function listSessions(
  db: Db,
  officialId: string,
  { now, limit }: { now: Date; limit: number },
): Promise<OwnSession[]> {
  const { tokenHash, way, recordedAt, seenAt } = session;
  return db
    .select({ tokenHash, way, recordedAt, seenAt })
    .from(session)
    .where(
      and(
        eq(session.officialId, officialId),
        // None lasts longer: with it the index bounds what is read.
        gt(session.recordedAt, new Date(now.getTime() - SESSION_LENGTH)),
        lasting(now),
      ),
    )
    .orderBy(desc(session.recordedAt))
    .limit(limit);
}

/** Notes that a session was used, at most once in five minutes. */
export async function touchSession(db: Db, tokenHash: string, now: Date): Promise<void> {
  await db
    .update(session)
    .set({ seenAt: now })
    .where(
      and(eq(session.tokenHash, tokenHash), lt(session.seenAt, new Date(now.getTime() - SEEN_EVERY + 1))),
    );
}

/** One session, or every one of an official. */
type Which = { tokenHash: string } | { officialId: string };

/** Signs out, with a line in the history where there was something to end by then. */
export const signOut = (db: Db, which: Which, act: Act): Statement[] => [
  recordActIf(db, act, sql`SELECT 1 FROM session WHERE ${open(which)}`),
  endSessions(db, which, act.recordedAt),
];

/** Ends one session, or every one of an official. */
export const endSessions = (db: Db, which: Which, now: Date): Statement =>
  db.update(session).set({ endedAt: now }).where(open(which));

const open = (which: Which) =>
  and(
    "tokenHash" in which ? eq(session.tokenHash, which.tokenHash) : eq(session.officialId, which.officialId),
    isNull(session.endedAt),
  );
