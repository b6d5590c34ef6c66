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
 * Some households for the local start, plainly made up, so that there is somebody under observation to look at and a first
 * week to draw: with a history free of fever, one released, one verified late, one of today. They go through the
 * same functions as everybody, each at its own moment. The first of them have doors of their own.
 */
type Sample = {
  days: number;
  names: string[];
  from?: RegistrationValues["origin"];
  verifiedAt?: string;
  /** How many of its readings are entered when the slot has closed already. */
  late?: number;
  released?: boolean;
};
const SAMPLES: Sample[] = [
  { days: 5, names: ["王示例", "李示例", "王小示例"] },
  { days: 1, names: ["张示例", "赵示例"] },
  { days: 18, names: ["陈示例", "刘示例"], released: true },
  { days: 6, names: ["周示例", "吴示例"], from: "wuhan" },
  { days: 4, names: ["郑示例", "冯示例", "郑小示例"], from: "wuhan", verifiedAt: "12:10", late: 1 },
  { days: 3, names: ["孙示例"] },
  { days: 3, names: ["朱示例", "秦示例"], from: "other_province" },
  { days: 2, names: ["许示例", "何示例", "许小示例", "许大示例"], from: "wuhan", late: 2 },
  { days: 1, names: ["吕示例"], from: "same_province" },
  { days: 0, names: ["施示例", "张小示例"], from: "wuhan" },
];

/** Registers, verifies and follows up the samples, spread over these villages. @returns how many households it added */
export async function addSampleHouseholds(deps: Deps, villages: string[]): Promise<number> {
  const last = villages.slice(-SAMPLE_HOUSEHOLDS).reverse();
  // A county of few villages has enough with the first. The others begin in the second town, which has a clerk.
  const step = Math.floor(villages.length / SAMPLES.length);
  const homeOf = (at: number) =>
    at < SAMPLE_HOUSEHOLDS ? last[at % last.length] : villages[18 + (at - SAMPLE_HOUSEHOLDS) * step];
  let added = 0;
  for (const [at, sample] of SAMPLES.entries()) {
    const unitCode = at < SAMPLE_HOUSEHOLDS || step > 0 ? homeOf(at) : undefined;
    if (unitCode) added += await addOne(deps, sample, at, unitCode);
  }
  return added;
}

async function addOne(deps: Deps, sample: Sample, at: number, unitCode: string): Promise<number> {
  const zone = deps.settings.TIME_ZONE;
  const came = addDays(localDate(deps.now(), zone), -sample.days);
  const now = deps.now().getTime();
  // Who came today came a while ago, whatever the clock says.
  const on = (clock: string, ago: number): Deps => {
    const moment = sample.days === 0 ? new Date(now - ago * MINUTE) : momentOf(came, clock, zone);
    return { ...deps, now: () => moment };
  };
  const here = on("09:00", 50);
  const seen = on(sample.verifiedAt ?? "09:40", 15);
  const { caseNumber, persons } = await submitRegistration(here, {
    clientId: await demoClientId(deps, `household/${at}`),
    values: valuesOf(sample, at, unitCode, came, new Date(here.now().getTime() - 30 * MINUTE)),
    door: "page",
    unitCode,
  });
  const official = { scope: unitCode, actor: "demo" };
  await verifyHousehold(seen, {
    id: caseNumber,
    unitCode,
    actor: "demo",
    outcome: "found",
    evidence: "ticket",
  });
  for (const role of rolesFor(unitCode, deps.settings)) {
    const name = "示例包保员";
    await assignCareRole(seen, {
      ...official,
      householdId: caseNumber,
      role,
      name,
      phone: "13900000000",
    });
  }
  const people = Array.from({ length: persons }, (_, n) => `${caseNumber}-${n + 1}`);
  for (const [turn, slot] of slotsOver(came, deps).entries())
    await read(deps, caseNumber, people, { slot, home: at, late: turn > 0 && turn <= (sample.late ?? 0) });
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
  { slot, home, late }: { slot: Slot; home: number; late: boolean },
): Promise<void> {
  const zone = deps.settings.TIME_ZONE;
  const day = Number(slot.date.slice(-2));
  const from = late ? slotCloses(slot, zone).getTime() : slotOpens(slot, zone).getTime() + 4 * HOUR;
  // Never the same minute twice, and no two days alike: copied readings would be flagged.
  const moment = new Date(from + ((day * 7 + home * 11) % 50) * MINUTE + ((day * 13) % 60) * 1000);
  if (moment > deps.now()) return;
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
  { names, days, from = "hubei" }: Sample,
  place: number,
  unit: string,
  came: string,
  arrivedAt: Date,
): RegistrationValues => ({
  unit,
  filledBy: "self",
  origin: from,
  // Neither is asked of those who say Wuhan itself.
  ...(from === "wuhan" ? {} : { originPlace: "示例市", transitWuhan: false }),
  leftOn: addDays(came, -1),
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
  phone: `13900000${place}${String(days).padStart(2, "0")}`,
});
