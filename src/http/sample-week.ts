import { countForms } from "../../forms/counts.ts";
import { demoClientId } from "../db/door.ts";
import { enterReportedDay } from "../db/sample-day.ts";
import { addDays, localDate, momentOf } from "../domain/time.ts";
import type { Counts } from "../domain/typed-count.ts";
import { countFields, countFormNamed } from "../forms/count.ts";
import type { Deps } from "./factory.ts";
import { submitCount } from "./submit-count.ts";

/*
 * A first week for the local start, plainly made up, so that charts, tables and reports have something to say: every
 * day's reports, and the counts that some units typed in. Not all of them: what a county looks at is also what is missing.
 */
type Typed = { unit: string; form: string; days: number[]; by: Counts };
/** What each of these units typed in, so many days ago. */
const typed = (units: string[], form: string, days: number[], by: Counts): Typed[] =>
  units.map((unit) => ({ unit, form, days, by }));

const TOWNS = ["511781001", "511781100", "511781101"];
const VILLAGES = ["511781100012", "511781100014", "511781100201"];
const SCHOOLS = ["511781001S01", "511781100S01", "511781101S01"];
/** Silent since yesterday. */
const QUIET_SCHOOL = "511781100S02";
const MORNING = { students: 420, staff: 33, present: 418, absent: 2, fever: 0 };
const NOON = { present: 417, absent: 1, fever: 0 };
const [CDC, EDUCATION, HEALTH] = ["511781B01", "511781B02", "511781B03"];
const PUBLICITY = {
  notices: 6,
  leaflets: 420,
  banners: 4,
  broadcastHours: 6,
  vehicles: 2,
  visits: 180,
  messages: 35,
};
const TYPED: Typed[] = [
  ...typed(TOWNS, "publicity", [5, 3, 1], PUBLICITY),
  ...typed(["511781102"], "publicity", [5], PUBLICITY),
  ...typed(TOWNS, "organisation", [4, 2], { meetings: 1, trainings: 1, trainees: 28, inspections: 9 }),
  ...typed(TOWNS, "closures", [4, 1], { banquets: 2, banquetTables: 31, teahouses: 5, restaurants: 3 }),
  ...typed(TOWNS, "screening", [3, 1], { screened: 640, checkpoints: 2, postStaff: 14, isolationSites: 1 }),
  ...typed(VILLAGES, "publicity", [4, 2, 1], {
    leaflets: 90,
    banners: 2,
    screens: 1,
    loudspeakers: 2,
    visits: 75,
  }),
  ...typed(VILLAGES.slice(1), "organisation", [5], {
    committee: 7,
    gridWorkers: 12,
    villageGrids: 4,
    gridHouseholds: 310,
  }),
  ...typed(SCHOOLS, "morning-check", [6, 5, 4, 3, 2, 1], MORNING),
  ...typed(SCHOOLS, "noon-check", [6, 5, 4, 3, 2, 1], NOON),
  ...typed([QUIET_SCHOOL], "morning-check", [6, 5, 4, 3, 2], MORNING),
  ...typed([QUIET_SCHOOL], "noon-check", [6, 5, 4, 3, 2], NOON),
  ...typed([...TOWNS, CDC], "supplies-on-hand", [2, 1], {
    masks: 1_800,
    suits: 40,
    disinfectant: 120,
    thermometers: 25,
  }),
  ...typed([CDC], "case-status", [2], { confirmed: 0, suspected: 0, contactsOfConfirmed: 3 }),
  ...typed([CDC], "screening", [4, 1], { letters: 2 }),
  ...typed([EDUCATION], "screening", [3, 1], { educationBatches: 1, educationPersons: 52 }),
  ...typed([HEALTH], "screening", [3, 1], { healthBatches: 1, healthPersons: 37 }),
];

/** Enters the week before today. @returns how many counts it added; those there already are counted too */
export async function addSampleWeek(deps: Deps): Promise<number> {
  const today = localDate(deps.now(), deps.settings.TIME_ZONE);
  for (let back = 6; back > 0; back--)
    await enterReportedDay(deps.db, addDays(today, -back), deps.settings, { last: back === 1 });
  const days = TYPED.flatMap((typed, at) => typed.days.map((back) => ({ ...typed, at, back })));
  // Oldest first, as they would have come: what a unit came to never goes back.
  days.sort((a, b) => b.back - a.back);
  for (const day of days) await enter(deps, day, addDays(today, -day.back));
  // Whoever was heard of yesterday was today, where the day has begun.
  const morning = TYPED.filter(({ form, days }) => form === "morning-check" && days.includes(1));
  const began = deps.now() >= momentOf(today, "09:20", deps.settings.TIME_ZONE);
  for (const [at, typed] of began ? morning.entries() : [])
    await enter(deps, { ...typed, at, back: 0 }, today);
  return days.length;
}

async function enter(
  deps: Deps,
  { unit, form: name, by, at, back }: Typed & { at: number; back: number },
  date: string,
): Promise<void> {
  const form = countFormNamed(countForms, name);
  if (!form) return;
  const flows = countFields(form).filter(({ count }) => count === "flow");
  const grown = (field: string, n: number) =>
    n < 5 || !flows.some((flow) => flow.name === field) ? n : n + ((at * 7 + back * 3) % 11);
  await submitCount(
    // What is owed by a clock time came before it.
    { ...deps, now: () => momentOf(date, form.count.due ? "09:20" : "15:40", deps.settings.TIME_ZONE) },
    {
      clientId: await demoClientId(deps, `count/${name}/${unit}/${date}`),
      form,
      unitCode: unit,
      date,
      values: Object.fromEntries(Object.entries(by).map(([field, n]) => [field, grown(field, n)])),
      door: "page",
    },
  );
}
