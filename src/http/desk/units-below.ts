import { listChildren, type Unit } from "../../db/unit.ts";
import type { Deps } from "../factory.ts";
import type { Desk } from "./door.tsx";

/*
 * The units that a list can be narrowed to: the towns of a county, and the villages of the town that was chosen. They
 * change once in years, so an isolate asks for a town's once in five minutes.
 */
const FRESH = 5 * 60_000;
const known = new WeakMap<D1Database, Map<string, { at: number; units: Unit[] }>>();

export type UnitOption = { code: string; name: string; below: boolean };

/**
 * @param chosen the unit the list is of now
 * @returns read: how many rows of the database that took
 */
export async function unitOptions(
  deps: Deps,
  { scope, officer }: Desk,
  chosen: string,
): Promise<{ options: UnitOption[]; read: number }> {
  const own = { code: scope.code, name: officer.unit.name, below: false };
  const { kind } = officer.unit;
  const town = /^\d{9}/.exec(chosen)?.[0];
  const county = kind === "county" ? await childrenOf(deps, scope.code) : NONE;
  const villages = town && (kind === "county" || kind === "town") ? await childrenOf(deps, town) : NONE;
  const below = (of: "county" | "town") => villages.units.map(option(of === "county"));
  const towns = county.units.filter((one) => one.kind === "town");
  return {
    options: [
      own,
      ...(kind === "town" ? below("town") : []),
      ...towns.flatMap((one) => [option(false)(one), ...(one.code === town ? below("county") : [])]),
    ],
    read: county.read + villages.read,
  };
}

const NONE = { units: [] as Unit[], read: 0 };
const option =
  (below: boolean) =>
  ({ code, name }: Unit): UnitOption => ({ code, name, below });

async function childrenOf(deps: Deps, code: string): Promise<{ units: Unit[]; read: number }> {
  const kept = known.get(deps.d1) ?? new Map<string, { at: number; units: Unit[] }>();
  known.set(deps.d1, kept);
  const now = deps.now().getTime();
  const found = kept.get(code);
  if (found && Math.abs(now - found.at) < FRESH) return { units: found.units, read: 0 };
  const units = await listChildren(deps.db, code);
  if (units.length > 0) kept.set(code, { at: now, units });
  return { units, read: units.length + 1 };
}
