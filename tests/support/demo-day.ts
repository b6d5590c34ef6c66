import { registration } from "../../forms/registration.ts";
import { tip } from "../../forms/tip.ts";
import { encodeForm } from "../../src/forms/encode.ts";
import { amina, bashir, chen, household, wuTip } from "./cast.ts";

/*
 * One day of the demo county, as it comes in through the public doors: what is typed, and what must then be found
 * nowhere in the database.
 */
const typed = household([amina(), bashir(), chen({ temperature: 36.6 })]);
const lead = wuTip({ place: "示例巷 9 号后门", text: "示例线索：昨夜有人拖着行李从后门进屋" });

/** The three of a household, ready to be sent at a poster's link; the poster fixes the unit. */
export function registrationFields(clientId: string, unit: string, now: Date): [string, string][] {
  const home = new Date(now.getTime() - 3_600_000).toISOString();
  const values = { ...typed, unit, leftOn: home.slice(0, 10), arrivedAt: home };
  return [...encodeForm(registration, values), ["_client", clientId], ["_page", "check"], ["_go", "submit"]];
}

export const tipFields = (clientId: string, unit: string): [string, string][] => [
  ...encodeForm(tip, { ...lead, unit }),
  ["_client", clientId],
];

export const zeroFields = (clientId: string, date: string): [string, string][] => [
  ["zero", "yes"],
  ["date", date],
  ["clientId", clientId],
  ["note", ZERO_NOTE],
];
const ZERO_NOTE = "示例备注：全村已走访";

/** Every word and number a person typed. */
export const TYPED: string[] = [
  ...typed.persons.flatMap(({ name, document }) => [name, document?.number ?? name]),
  ...["address", "phone", "note", "transportNumber"].map((name) => String(Reflect.get(typed, name))),
  ...["place", "text", "about", "reachable"].map((name) => String(Reflect.get(lead, name))),
  ZERO_NOTE,
];

/** Every row of every table as text. */
export async function dump(d1: D1Database): Promise<string> {
  const tables = await d1
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'")
    .all<{ name: string }>();
  const rows = await Promise.all(
    tables.results.map(async ({ name }) => [
      name,
      (await d1.prepare(`SELECT * FROM "${name}"`).all()).results,
    ]),
  );
  return JSON.stringify(rows);
}

/** A form posted as a browser without JavaScript posts it. */
export const posted = (fields: [string, string][]) => ({
  method: "POST",
  redirect: "manual" as const,
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  body: new URLSearchParams(fields).toString(),
});
