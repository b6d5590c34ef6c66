import { and, desc, eq, gt, isNotNull, isNull, or, type SQL } from "drizzle-orm";
import { problem } from "../domain/problem.ts";
import { hashToken } from "./privacy.ts";
import { link } from "./schema.ts";
import { compiled, type Db, type Statement, type Store } from "./store.ts";

export type LinkPurpose = (typeof link.$inferInsert)["purpose"];
export type NewLink = {
  purpose: LinkPurpose;
  unitCode: string;
  /** The posting point or the household it stands for. */
  subjectId?: string;
  /** What the token is derived from. Kept for posters and units; a person's is the client id and is not kept. */
  nonce: string;
  expiresAt?: Date;
  recordedAt: Date;
};

/** A link's token and the statement that stores its hash. The same nonce gives the same token. */
export async function mintLink(
  store: Store,
  entry: NewLink,
): Promise<{ token: string; statement: Statement }> {
  const { token, row } = await linkRow(store, entry);
  return { token, statement: store.db.insert(link).values(row) };
}

/** A link's token and its row, for `insertLink`. */
export async function linkRow({ privacy }: Pick<Store, "privacy">, entry: NewLink) {
  const token = await linkToken({ privacy }, entry.purpose, entry.nonce);
  const tokenHash = await hashToken(token);
  return { token, row: { ...entry, tokenHash, nonce: entry.purpose === "person" ? null : entry.nonce } };
}

export const insertLink = compiled<Awaited<ReturnType<typeof linkRow>>["row"]>((db, slots) =>
  db
    .insert(link)
    .values(slots("tokenHash", "purpose", "unitCode", "subjectId", "nonce", "recordedAt", "expiresAt")),
);

/** The token of a purpose and nonce: 128 bits, base64url, 22 characters. */
export const linkToken = (
  store: Pick<Store, "privacy">,
  purpose: LinkPurpose,
  nonce: string,
): Promise<string> => store.privacy.derive(`link/${purpose}`, nonce);

/** What a link stands for. Throws linkUnknown (malformed ones without asking the database), linkRevoked or linkExpired. */
export async function openLink(
  store: Pick<Store, "db">,
  token: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<{ unitCode: string; subjectId: string | null }> {
  if (!/^[A-Za-z0-9_-]{22}$/.test(token)) throw problem.linkUnknown();
  const [found] = await store.db
    .select()
    .from(link)
    .where(and(eq(link.tokenHash, await hashToken(token)), eq(link.purpose, purpose)));
  if (!found) throw problem.linkUnknown();
  if (found.revokedAt && found.revokedAt <= now) throw problem.linkRevoked();
  if (found.expiresAt && found.expiresAt <= now) throw problem.linkExpired();
  return { unitCode: found.unitCode, subjectId: found.subjectId };
}

/** The newest unit link still in use, for messages to that unit's contacts; undefined when it has none. */
export async function unitLinkToken(store: Store, unitCode: string, now: Date): Promise<string | undefined> {
  const [found] = await store.db
    .select({ nonce: link.nonce })
    .from(link)
    .where(and(eq(link.unitCode, unitCode), eq(link.purpose, "unit"), isNotNull(link.nonce), inUse(now)))
    .orderBy(desc(link.recordedAt))
    .limit(1);
  return found?.nonce ? linkToken(store, "unit", found.nonce) : undefined;
}

/** Neither revoked nor expired at `now`. */
export const inUse = (now: Date): SQL | undefined =>
  and(isNull(link.revokedAt), or(isNull(link.expiresAt), gt(link.expiresAt, now)));

/** Takes a link out of use from `at`; the first revocation stands. True when there was one in use. */
export async function revokeLink(store: Pick<Store, "db">, token: string, at: Date): Promise<boolean> {
  const revoked = await revocation(store.db, { tokenHash: await hashToken(token) }, at).returning({
    purpose: link.purpose,
  });
  return revoked.length > 0;
}

/** The statement that takes one link, or every link of a unit's own door, out of use from `at`. */
export const revocation = (db: Db, which: { tokenHash: string } | { unitCode: string }, at: Date) =>
  db
    .update(link)
    .set({ revokedAt: at })
    .where(
      and(
        "tokenHash" in which
          ? eq(link.tokenHash, which.tokenHash)
          : and(eq(link.unitCode, which.unitCode), eq(link.purpose, "unit")),
        isNull(link.revokedAt),
      ),
    );
