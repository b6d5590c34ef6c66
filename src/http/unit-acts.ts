import { findOfficerByActor } from "../db/official.ts";
import { actingUnit } from "../db/watch.ts";
import { type FieldError, ProblemError, problem } from "../domain/problem.ts";
import type { Words } from "../forms/define.ts";
import { WHO } from "../views/who-words.ts";
import type { AppContext } from "./factory.ts";
import { SLOW_SECONDS, slowed } from "./guards.ts";
import { readFields, type UnitDoor } from "./unit-door.ts";

/*
 * What the small forms of officials about observation share: required answers, what a second official is told, and how
 * a refusal goes back to the page.
 */

/** The posted fields of a door that has not sent too much. Throws slowDown. */
export async function readAct(c: AppContext, door: UnitDoor): Promise<Record<string, string>> {
  if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
  return readFields(c);
}

/** An error for each of these that is blank. */
export const missing = (
  typed: Record<string, string>,
  asked: Record<string, Words>,
  door: UnitDoor,
): FieldError[] =>
  Object.entries(asked)
    .filter(([path]) => !typed[path]?.trim())
    .map(([path, words]) => ({ path, code: "required", message: words[door.lang] }));

/** Does something; what the reader must mend or know comes back, everything else is thrown on. */
export async function refusalOf(work: () => Promise<unknown>): Promise<ProblemError["problem"] | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError && (error.problem.errors || error.problem.status === 409))
      return error.problem;
    throw error;
  }
}

/** Who acted, as another official may know it: the unit whose link it was, or the official by name. */
export async function whoActed(
  c: AppContext,
  actor: string,
  door: Pick<UnitDoor, "actor" | "lang">,
): Promise<string> {
  if (actor === door.actor) return WHO.own[door.lang];
  const officer = await findOfficerByActor(c.get("deps"), actor);
  if (officer) return `${officer.unit.name} ${officer.name}`;
  const unit = await actingUnit(c.get("deps").db, actor);
  return unit?.name ?? WHO.other[door.lang];
}

/** A person's id of the address, WY-0217-4486-1. Throws personNotFound for anything else. */
export function personParam(c: AppContext): string {
  const id = c.req.param("id") ?? "";
  if (!/^[A-Z]{1,4}-\d{4}-\d{4}-\d{1,3}$/.test(id)) throw problem.personNotFound();
  return id;
}
export const householdOf = (personId: string): string => personId.slice(0, personId.lastIndexOf("-"));
