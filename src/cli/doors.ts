import type { Doors } from "../views/dev-pages.tsx";

export type { Doors };

/** Asks a running service where everything is. */
export async function fetchDoors(url: string): Promise<Doors> {
  const answer = await fetch(`${url}/dev/doors.json`);
  if (!answer.ok) throw new Error(`${url}/dev/doors.json answered ${answer.status}`);
  return (await answer.json()) as Doors;
}

/** Adds the first week of a fresh demo and its sample households, through the service itself. */
export async function addHistory(url: string): Promise<void> {
  await ask(`${url}/dev/week`);
  await addHouseholds(url);
}

/** Adds the sample households alone. */
export const addHouseholds = (url: string): Promise<void> => ask(`${url}/dev/households`);

async function ask(address: string): Promise<void> {
  const answer = await fetch(address, { method: "POST" });
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
}

/** The doors as lines to print, each an address and what is behind it. */
export function doorLines(url: string, doors: Doors): string[] {
  const lines = [
    [`${url}/`, "home"],
    [doors.register, "register"],
    ...doors.poster.map((poster, at) => [poster, `poster ${at + 1}`]),
    ...doors.persons.map(({ url, released }) => [url, released ? "household, released" : "household"]),
    [doors.tip, "tip line"],
    [doors.tipStatus, "tip status"],
    ...doors.units.slice(0, 3).map((unit) => [unit.url, `daily report, ${unit.name}`]),
    ...doors.officials.map(({ url, role, unit }) => [url, `officials' desk as ${role} of ${unit}`]),
    [doors.summary, "summary"],
    [doors.openapi, "OpenAPI"],
    [`${url}/healthz`, "health"],
    [doors.mail, "mailbox"],
    [`${url}/dev/doors.json`, `all of these, and all ${doors.units.length} units`],
    [`${url}/cdn-cgi/local/scheduled`, "fires the cron; ?time=MILLISECONDS as at that moment"],
  ];
  return lines.map(([address, name]) => `${address}  ${name}`);
}
