import { type Pair, saveDistinct, saveMerge, undoFinding } from "../db/duplicate.ts";
import { findSides, heldAbout, type Sided } from "../db/duplicate-list.ts";
import { guarded } from "../db/fault.ts";
import { isPersonId, mergeFault, standsFirst } from "../domain/duplicate.ts";
import { duplicateProblem } from "../domain/duplicate-problem.ts";
import type { Scope } from "../domain/office.ts";
import { problem } from "../domain/problem.ts";
import { readText } from "../domain/tip.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";

/** Characters of a reason. */
export const REASON_LENGTH = 200;

/** Who decides about which two, in which scope. */
type Deciding = { scope: Scope; actor: string; ids: readonly [string, string]; lang?: Lang };

/** The two of an address. Throws samePerson, caseNotFound for a number nobody has or that is outside the scope. */
export async function openSides(
  { db }: Pick<Deps, "db">,
  ids: readonly [string, string],
  scope: Scope,
): Promise<[Sided, Sided]> {
  if (!ids.every(isPersonId)) throw problem.caseNotFound();
  if (ids[0] === ids[1]) throw duplicateProblem.samePerson();
  const sides = await findSides(db, ids, scope);
  if (!sides) throw problem.caseNotFound();
  return sides;
}

/**
 * Two are one: from now on the one that does not stand counts as a duplicate. @param stands the earlier where nobody says.
 * Throws caseNotFound, samePerson, `invalid` on reason or stands, duplicateSettled where it cannot be, or no longer.
 */
export async function mergePersons(
  deps: Deps,
  request: Deciding & { stands?: string | undefined; reason?: string | undefined },
): Promise<void> {
  const reason = reasonIn(request);
  return guarded(async () => {
    const sides = await openSides(deps, request.ids, request.scope);
    const [first, second] = standsFirst(...sides);
    const [stands, goes] = request.stands === second.id ? [second, first] : [first, second];
    if (request.stands && request.stands !== stands.id) throw problem.caseNotFound();
    const done =
      !mergeFault(stands, goes) &&
      (await saveMerge(deps, pairOf(goes, stands), acting(deps, request), reason));
    if (!done) throw duplicateProblem.settled();
  });
}

/** Two are two, and are not pointed at again. Throws as mergePersons. */
export async function keepApart(
  deps: Deps,
  request: Deciding & { reason?: string | undefined },
): Promise<void> {
  const reason = reasonIn(request);
  return guarded(async () => {
    const [earlier, later] = standsFirst(...(await openSides(deps, request.ids, request.scope)));
    if (!(await saveDistinct(deps, pairOf(later, earlier), acting(deps, request), reason)))
      throw duplicateProblem.settled();
  });
}

/** Undoes what holds about two. @param version what the asker's page said; throws duplicateSettled where it is otherwise by now. */
export async function undoDuplicate(deps: Deps, request: Deciding & { version: string }): Promise<void> {
  return guarded(async () => {
    const sides = await openSides(deps, request.ids, request.scope);
    const held = (await heldAbout(deps.db, request.ids)).find(
      ({ person, other }) => request.ids.includes(person) && request.ids.includes(other),
    );
    if (!held || `${held.person}/${held.version}` !== request.version) throw duplicateProblem.settled();
    const [person, other] = held.person === sides[0].id ? sides : [sides[1], sides[0]];
    const done = await undoFinding(
      deps,
      { ...held, ...pairOf(person, other) },
      acting(deps, request),
      deps.settings,
    );
    if (!done) throw duplicateProblem.settled();
  });
}

const pairOf = (person: Sided, other: Sided): Pair => ({
  ...{ person: person.id, other: other.id },
  ...{ unitCode: person.unitCode, otherUnitCode: other.unitCode },
});

const acting = ({ now, newId }: Deps, { actor }: Deciding) => ({
  ...{ actor, now: now(), auditId: newId(), otherAuditId: newId() },
});

const reasonIn = ({ reason = "", lang }: { reason?: string | undefined; lang?: Lang }): string =>
  reason.trim() ? readText(reason, "reason", REASON_LENGTH, lang) : "";
