import { hashToken } from "../../db/privacy.ts";
import type { SessionWay, SignInEntry } from "../../db/session.ts";
import { askSignIn } from "../../db/sign-in.ts";
import type { AppContext } from "../factory.ts";
import { later } from "../later.ts";
import { dropWaiting, readSession, writeSession, writeWaiting } from "./cookie.ts";
import { newToken } from "./token.ts";

/**
 * Has a letter sent to an address, where an office has it. The answer, its cookie and the work before it are the same for
 * every address. @returns false where this address was asked for too often
 */
export async function askForLetter(c: AppContext, email: string, back: string): Promise<boolean> {
  const deps = c.get("deps");
  const id = deps.newId();
  const asked = await askSignIn(deps, { id, token: newToken(deps.newId), email, now: deps.now() });
  if (asked === "slow") return false;
  if (asked !== "nobody" && deps.sendSignIn) await later(c, deps.sendSignIn(asked));
  writeWaiting(c, { id, back });
  return true;
}

/**
 * Begins a session under a fresh token whatever this browser brought along; what it brought ends.
 * @param begin uses the proof up; false where somebody was faster
 */
export async function beginAtDesk(
  c: AppContext,
  way: SessionWay,
  begin: (entry: SignInEntry) => Promise<boolean>,
): Promise<boolean> {
  const { newId, now } = c.get("deps");
  const brought = readSession(c);
  const token = newToken(newId);
  const begun = await begin({
    ...{ token, way, now: now(), auditId: newId() },
    before: brought && (await hashToken(brought)),
  });
  if (!begun) return false;
  writeSession(c, token);
  dropWaiting(c);
  return true;
}
