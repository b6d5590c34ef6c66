import { findUnit, listChildren, type Unit } from "../db/unit.ts";
import type { Frame } from "../views/layout.tsx";
import type { AppContext, Deps } from "./factory.ts";

/*
 * The county's name and its towns stand on most pages and change once in years: an isolate asks for them once in five
 * minutes, so that a form page costs the database next to nothing when everybody comes at once. What is kept are
 * values, not promises: on Workers a request must not wait for another one's I/O.
 */
const FRESH = 5 * 60_000;
type Known = { at: number; county?: string; towns?: Unit[] };
const known = new WeakMap<D1Database, Known>();

/** What the frame of every page says. */
export async function frameOf(c: AppContext): Promise<Frame> {
  const deps = c.get("deps");
  const { HOTLINE: hotline, TIME_ZONE: zone } = deps.settings;
  return { lang: c.get("lang"), county: await countyOf(deps), hotline, now: deps.now(), zone };
}

/** The frame of a page that says what went wrong: as much of it as can still be known. */
export async function frameOfProblem(c: AppContext): Promise<{ county: string; hotline: string }> {
  try {
    const { county, hotline } = await frameOf(c);
    return { county, hotline };
  } catch {
    return { county: "", hotline: "" };
  }
}

/** The towns of the county, by code. */
export async function townsOf(deps: Deps): Promise<Unit[]> {
  const kept = keptFor(deps);
  if (kept.towns) return kept.towns;
  const towns = await listChildren(deps.db, deps.settings.COUNTY_CODE, ["town"]);
  // Before the units are imported there is nothing worth keeping.
  if (towns.length > 0) kept.towns = towns;
  return towns;
}

async function countyOf(deps: Deps): Promise<string> {
  const kept = keptFor(deps);
  kept.county ??= (await findUnit(deps.db, deps.settings.COUNTY_CODE))?.name;
  return kept.county ?? "";
}

function keptFor(deps: Deps): Known {
  const now = deps.now().getTime();
  const found = known.get(deps.d1);
  if (found && Math.abs(now - found.at) < FRESH) return found;
  const fresh: Known = { at: now };
  known.set(deps.d1, fresh);
  return fresh;
}
