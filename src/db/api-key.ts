import { and, eq, isNull } from "drizzle-orm";
import { hashToken } from "./privacy.ts";
import { apiKey } from "./schema.ts";
import type { Db, Statement } from "./store.ts";

/**
 * A new bearer key of the JSON API. Only its hash is kept, so the key is shown once, by whoever runs the statement.
 * @param row key: 128 bits of chance in base64url; scope: the unit whose subtree it may see
 */
export async function createApiKey(
  db: Db,
  row: { key: string; scope: string; label: string; recordedAt: Date },
): Promise<{ statement: Statement }> {
  const { key, ...rest } = row;
  // Wrapped: a statement is a promise of its own result, and to return it bare would run it.
  return { statement: db.insert(apiKey).values({ ...rest, keyHash: await hashToken(key) }) };
}

/** The unit whose subtree a key may see, or undefined for an unknown or revoked key. Reads one row. */
export async function scopeOf(db: Db, key: string): Promise<string | undefined> {
  const [found] = await db
    .select({ scope: apiKey.scope })
    .from(apiKey)
    .where(and(eq(apiKey.keyHash, await hashToken(key)), isNull(apiKey.revokedAt)));
  return found?.scope;
}

/** The statement that takes a key out of use from a moment on, by the hash that is kept of it; the first time stands. */
export const keyRevocation = (db: Db, keyHash: string, at: Date) =>
  db
    .update(apiKey)
    .set({ revokedAt: at })
    .where(and(eq(apiKey.keyHash, keyHash), isNull(apiKey.revokedAt)));
