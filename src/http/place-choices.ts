import { listPlaces } from "../db/unit-place.ts";
import type { RecordForm } from "../forms/define.ts";
import { allFields } from "../forms/record.ts";
import type { UnitChoice } from "../views/field.tsx";
import type { Deps } from "./factory.ts";

/** What the unit questions of a record form and its steps offer: the county's towns and villages as they ask for, those near `unitCode` first. */
export async function placeChoices(
  { db, settings }: Deps,
  form: RecordForm,
  unitCode: string,
): Promise<UnitChoice[]> {
  const levels = new Set(allFields(form).flatMap((field) => (field.type === "unit" ? field.level : [])));
  if (levels.size === 0) return [];
  const kinds = (["town", "village"] as const).filter((kind) => levels.has("any") || levels.has(kind));
  const town = unitCode.slice(0, 9);
  const places = await listPlaces(db, settings.COUNTY_CODE, kinds);
  const near = places.filter(({ code }) => code.startsWith(town));
  return [...near, ...places.filter((place) => !near.includes(place))].map(({ code, name, above }) => ({
    code,
    name: code.length > 9 ? `${above} ${name}` : name,
  }));
}
