import { scopeOf } from "../db/api-key.ts";
import { hashToken } from "../db/privacy.ts";
import { problem } from "../domain/problem.ts";
import type { AppContext } from "./factory.ts";

/** The code of the unit whose subtree the caller's key may see; undefined without a key. Throws unauthorized for a wrong one. */
export async function readScope(c: AppContext): Promise<string | undefined> {
  const header = c.req.header("Authorization");
  if (header === undefined) return undefined;
  const key = /^Bearer +([\w.~+/-]{16,200}=*) *$/i.exec(header)?.[1];
  const scope = key && (await scopeOf(c.var.deps.db, key));
  if (!scope) throw problem.unauthorized();
  return scope;
}

/** The same where a key is a must. */
export async function requireScope(c: AppContext): Promise<string> {
  const scope = await readScope(c);
  if (scope === undefined) throw problem.unauthorized();
  return scope;
}

/** key/<hash>: whose key it was, in the history; the key itself is known to its holder alone. */
export async function actorOfKey(c: AppContext): Promise<string> {
  const key = /^Bearer +(\S+) *$/i.exec(c.req.header("Authorization") ?? "")?.[1] ?? "";
  return `key/${(await hashToken(key)).slice(0, 12)}`;
}
