import { recordAct } from "../../db/audit.ts";
import { findLetter, type Letter, letterToken } from "../../db/letter.ts";
import { runBatch } from "../../db/store.ts";
import { isLetterNumber } from "../../domain/letter.ts";
import { letterProblem } from "../../domain/letter-problem.ts";
import { withinScope } from "../../domain/office.ts";
import { problem } from "../../domain/problem.ts";
import type { AppContext } from "../factory.ts";
import { SLOW_SECONDS, slowed } from "../guards.ts";
import { type Desk, openDesk } from "./door.tsx";

/* What everything that is done to a letter at the desk shares; the Worker that makes files of letters needs no more. */

/** The letter of the address: of the official's own subtree, or about a case of it. Throws caseNotFound. */
export async function letterOf(c: AppContext, desk: Desk): Promise<Letter> {
  const id = c.req.param("id") ?? "";
  const found = isLetterNumber(id) ? await findLetter(c.get("deps"), id) : undefined;
  if (!found || !(withinScope(desk.scope, found.unitCode) || withinScope(desk.scope, found.homeCode)))
    throw problem.caseNotFound();
  return found;
}

/** Whether it is this official's to deal with: whoever merely sees its case reads it, and never holds its link. */
export const isOwnLetter = (desk: Pick<Desk, "scope">, { unitCode }: Pick<Letter, "unitCode">): boolean =>
  withinScope(desk.scope, unitCode);

/** The letter of the address, which a unit of the official's own subtree wrote. Throws caseNotFound, notOwn. */
export async function ownLetterOf(c: AppContext, desk: Desk): Promise<Letter> {
  const letter = await letterOf(c, desk);
  if (!isOwnLetter(desk, letter)) throw letterProblem.notOwn();
  return letter;
}

/** An official who may, and who has not sent too much. */
export async function openLetterPost(c: AppContext, may: "issue" | "settle" = "issue"): Promise<Desk> {
  const desk = openDesk(c, may);
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  return desk;
}

/** A line of the history about a letter. */
export const letterAct = (c: AppContext, { actor, now }: Desk, { id, unitCode }: Letter, act: string) => ({
  ...{ id: c.get("deps").newId(), actor, act, subjectId: id, unitCode, recordedAt: now },
});

/** Written down before anything personal is handed out. */
export const putLetterOnRecord = (c: AppContext, desk: Desk, letter: Letter, act: string) =>
  runBatch(c.get("deps").db, [recordAct(c.get("deps").db, letterAct(c, desk, letter, act))]);

/** The whole address by which a letter is answered: a key, for whose letter it is alone. */
export const letterLink = async (c: AppContext, desk: Desk, letter: Letter): Promise<string | undefined> =>
  isOwnLetter(desk, letter)
    ? `${c.get("deps").settings.PUBLIC_URL}/l/${await letterToken(c.get("deps"), letter)}`
    : undefined;

/** Official letters are Chinese: in the reader's script where that is one. */
export const letterScript = ({ lang, zone }: Desk) => ({
  lang: lang === "zh-Hant" ? ("zh-Hant" as const) : ("zh-Hans" as const),
  zone,
});
