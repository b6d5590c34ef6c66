import { recordAct } from "../../db/audit.ts";
import { findPeople, type LinePage, listPeople } from "../../db/line-list.ts";
import { runBatch } from "../../db/store.ts";
import { filterQuery, type LineFilter, readFilter, type Sought } from "../../domain/line-list.ts";
import { listProblem } from "../../domain/list-problem.ts";
import { unitOfCode } from "../../domain/unit.ts";
import type { AppContext } from "../factory.ts";
import { openCursor, sealCursor } from "./cursor.ts";
import { type Desk, inScope } from "./door.tsx";
import { type UnitOption, unitOptions } from "./units-below.ts";

/** What the line list's page is made from. @property next the sealed place the next page goes on from */
export type PeopleList = Omit<LinePage, "next"> & {
  filter: LineFilter;
  units: UnitOption[];
  next: string | undefined;
};

/** The filter of this address. Throws filterUnknown, and caseNotFound for a unit of somebody else's. */
export function filterOf(c: AppContext, desk: Desk): LineFilter {
  const { filter, fault } = readFilter(c.req.query(), desk.scope.code);
  if (fault) throw listProblem.filterUnknown();
  inScope(desk, filter.unit);
  return filter;
}

/** A page of the list. Throws cursorUnknown. */
export async function openList(c: AppContext, desk: Desk, filter: LineFilter): Promise<PeopleList> {
  const deps = c.get("deps");
  const bound = `people/${desk.scope.code}?${filterQuery(filter, "")}`;
  const sealed = c.req.query("after");
  const after = sealed ? await openCursor(deps.privacy, sealed, bound) : undefined;
  const { options, read } = await unitOptions(deps, desk, filter.unit);
  const page = await listPeople(deps, {
    ...{ filter, after, now: desk.now, zone: desk.zone, spent: read },
    scope: { code: filter.unit, exact: unitOfCode(filter.unit)?.kind === "grid" },
    releaseHours: deps.settings.RELEASE_HOURS,
  });
  const next = page.next && (await sealCursor(deps.privacy, page.next, bound));
  return { ...page, filter, units: options, next };
}

/**
 * Whoever is looked for, in the official's whole scope; on record before anything is read: which field, never its value.
 * @param sealed the place to go on from, of the page before Throws cursorUnknown
 */
export async function searchPeople(
  c: AppContext,
  desk: Desk,
  sought: Exclude<Sought, { by: "number" }>,
  sealed: string | undefined,
): Promise<PeopleList> {
  const deps = c.get("deps");
  const { now, scope, zone } = desk;
  const bound = `search/${scope.code}/${sought.by}/${sought.key}`;
  const after = sealed ? await openCursor(deps.privacy, sealed, bound) : undefined;
  await runBatch(deps.db, [
    recordAct(deps.db, {
      ...{ id: deps.newId(), actor: desk.actor, act: "search-person", subjectId: scope.code },
      ...{ unitCode: scope.code, recordedAt: now, detail: sought.by },
    }),
  ]);
  const { options, read } = await unitOptions(deps, desk, scope.code);
  const { RELEASE_HOURS: releaseHours } = deps.settings;
  const page = await findPeople(deps, { scope, after, now, zone, releaseHours, spent: read }, sought);
  const next = page.next && (await sealCursor(deps.privacy, page.next, bound));
  return { ...page, filter: { unit: scope.code }, units: options, next };
}
