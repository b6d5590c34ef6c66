import { findLetter, type Letter, type LetterAnswer, letterNonce, listAnswers } from "../db/letter.ts";
import { openLink } from "../db/link.ts";
import { hashToken } from "../db/privacy.ts";
import { type LetterPackage, PACKAGE_LIVES, provesAnswer, signPackage } from "../domain/letter-package.ts";
import { letterProblem } from "../domain/letter-problem.ts";
import { ProblemError } from "../domain/problem.ts";
import type { AppContext } from "./factory.ts";

/** Whoever holds a letter's link: another county, which has no account here. */
export type LetterDoor = {
  token: string;
  /** The link's hash: who did it, in the history. */
  actor: string;
  letter: Letter;
  answers: LetterAnswer[];
  now: Date;
};

/**
 * Opens /l/<token>, and changes nothing: previews of links come here too. Throws linkUnknown, linkExpired or linkRevoked
 * in the words of letters; no browser keeps the page.
 */
export async function openLetterDoor(c: AppContext): Promise<LetterDoor> {
  const deps = c.get("deps");
  const token = c.req.param("token") ?? "";
  const now = deps.now();
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
  const { subjectId } = await inLetterWords(() => openLink(deps, token, "letter", now));
  const letter = await findLetter(deps, subjectId ?? "");
  if (!letter) throw letterProblem.linkUnknown();
  return {
    ...{ token, letter, now },
    actor: await hashToken(token),
    answers: await listAnswers(deps, letter.id),
  };
}

async function inLetterWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof ProblemError ? error.problem.code : "";
    if (code === "link-unknown") throw letterProblem.linkUnknown();
    if (code === "link-expired") throw letterProblem.linkExpired();
    if (code === "link-revoked") throw letterProblem.linkRevoked();
    throw error;
  }
}

/**
 * Through which door an answer came. Whoever holds the link may say that they are another service: without what proves it
 * that counts for nothing, with a proof that does not hold the answer is refused. Throws answerRefused.
 */
export async function answerDoor(
  c: AppContext,
  { token, letter }: LetterDoor,
  { _door, _proof, clientId = "", kind = "", by = "", text = "" }: Record<string, string>,
): Promise<"link" | "system"> {
  if (_door !== "system" || !_proof) return "link";
  const nonce = await letterNonce(c.get("deps"), letter);
  const answer = { number: letter.id, nonce, clientId, kind, by, text };
  if (!(await provesAnswer(_proof, answer, token))) throw letterProblem.answerRefused();
  return "system";
}

/** The letter as another deployment of this service takes it over, signed with what only the link's holder knows. */
export async function packageOf(c: AppContext, { token, letter, now }: LetterDoor): Promise<string> {
  const deps = c.get("deps");
  const { id: number, details, dueAt } = letter;
  const content: LetterPackage = {
    format: "baobei-letter/1",
    ...{ number, from: details.from, origin: new URL(deps.settings.PUBLIC_URL).origin, why: details.why },
    nonce: await letterNonce(deps, letter),
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + PACKAGE_LIVES).toISOString(),
    dueAt: dueAt.toISOString(),
    case: details.case,
  };
  return signPackage(content, token);
}
