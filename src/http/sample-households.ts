import { demoClientId, SAMPLE_HOUSEHOLDS } from "../db/door.ts";
import { rolesFor } from "../domain/care-team.ts";
import { parseSlot, type Slot, slotCloses, slotOpens, slotsBetween } from "../domain/follow-up.ts";
import type { RegistrationValues } from "../domain/registration.ts";
import { addDays, HOUR, localDate, MINUTE, momentOf } from "../domain/time.ts";
import type { Deps } from "./factory.ts";
import { assignCareRole, endObservation, verifyHousehold } from "./submit-observation.ts";
import { submitReadings } from "./submit-reading.ts";
import { submitRegistration } from "./submit-registration.ts";

/*
 * A few households for the local start, plainly made up, so that there is somebody under observation to look at: two with
 * a history free of fever, one released. They go through the same functions as everybody, each at its own moment.
 */
type Sample = { days: number; names: string[]; released?: boolean };
const SAMPLES: Sample[] = [
  { days: 5, names: ["王示例", "李示例", "王小示例"] },
  { days: 1, names: ["张示例", "赵示例"] },
  { days: 18, names: ["陈示例", "刘示例"], released: true },
];

/** Registers, verifies and follows up the samples in these villages. @returns how many households it added */
export async function addSampleHouseholds(deps: Deps, villages: string[]): Promise<number> {
  let added = 0;
  for (const [at, sample] of SAMPLES.slice(0, SAMPLE_HOUSEHOLDS).entries()) {
    const unitCode = villages[at % villages.length];
    if (unitCode) added += await addOne(deps, sample, at, unitCode);
  }
  return added;
}

async function addOne(deps: Deps, sample: Sample, at: number, unitCode: string): Promise<number> {
  const zone = deps.settings.TIME_ZONE;
  const came = addDays(localDate(deps.now(), zone), -sample.days);
  const on = (clock: string): Deps => ({ ...deps, now: () => momentOf(came, clock, zone) });
  const { caseNumber, persons } = await submitRegistration(on("09:00"), {
    clientId: await demoClientId(deps, `household/${at}`),
    values: valuesOf(sample, unitCode, came, momentOf(came, "08:30", zone)),
    door: "page",
    unitCode,
  });
  const official = { scope: unitCode, actor: "demo" };
  await verifyHousehold(on("09:40"), {
    id: caseNumber,
    unitCode,
    actor: "demo",
    outcome: "found",
    evidence: "ticket",
  });
  for (const role of rolesFor(unitCode, deps.settings)) {
    const name = "示例包保员";
    await assignCareRole(on("10:00"), {
      ...official,
      householdId: caseNumber,
      role,
      name,
      phone: "13900000000",
    });
  }
  const people = Array.from({ length: persons }, (_, n) => `${caseNumber}-${n + 1}`);
  for (const slot of slotsOver(came, deps)) await read(deps, caseNumber, people, slot, at);
  if (sample.released) {
    const later = {
      ...deps,
      now: () => momentOf(addDays(came, deps.settings.OBSERVATION_DAYS + 1), "09:30", zone),
    };
    for (const id of people)
      await endObservation(later, { ...official, id, ending: "released", by: "周示例" });
  }
  return 1;
}

/** Every slot from the day they came that has closed by now; what nobody owes is refused and leaves nothing. */
function slotsOver(came: string, { now, settings }: Deps): Slot[] {
  const first = parseSlot(`${came}/morning`);
  const last = parseSlot(`${localDate(now(), settings.TIME_ZONE)}/evening`);
  if (!first || !last) return [];
  return slotsBetween(first, last).filter((slot) => slotCloses(slot, settings.TIME_ZONE) <= now());
}

async function read(
  deps: Deps,
  household: string,
  people: string[],
  slot: Slot,
  home: number,
): Promise<void> {
  const day = Number(slot.date.slice(-2));
  const opens = slotOpens(slot, deps.settings.TIME_ZONE).getTime();
  // Never the same minute twice, and no two days alike: copied readings would be flagged.
  const moment = new Date(
    opens + 4 * HOUR + ((day * 7 + home * 11) % 50) * MINUTE + ((day * 13) % 60) * 1000,
  );
  await submitReadings(
    { ...deps, now: () => moment },
    await Promise.all(
      people.map(async (observationId, n) => ({
        clientId: await demoClientId(deps, `reading/${observationId}/${slot.date}/${slot.part}`),
        observationId,
        temperature: (363 + ((day * 3 + n * 2 + (slot.part === "evening" ? 2 : 0)) % 7)) / 10,
        symptoms: false,
        needsHelp: false,
        slot: `${slot.date}/${slot.part}`,
        door: "person" as const,
        household,
      })),
    ),
  );
}

const valuesOf = (
  { names, days }: Sample,
  unit: string,
  came: string,
  arrivedAt: Date,
): RegistrationValues => ({
  unit,
  filledBy: "self",
  origin: "hubei",
  originPlace: "示例市",
  leftOn: addDays(came, -1),
  transitWuhan: false,
  arrivedAt: arrivedAt.toISOString(),
  transport: "train",
  persons: names.map((name, at) => ({
    name,
    returnee: at === 0,
    area: at === 0,
    contact: false,
    symptoms: false,
    temperature: 36.5,
  })),
  address: "示例一组 1 号",
  hasPhone: true,
  phone: `139000000${String(days).padStart(2, "0")}`,
});
