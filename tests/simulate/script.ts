import type { Act, HouseholdData } from "./acts.ts";
import type { Chance } from "./chance.ts";
import { closesAt, DAY, dayAt } from "./clock.ts";
import type { County } from "./county.ts";
import type { Options } from "./options.ts";
import { scriptPerson } from "./script-person.ts";

/*
 * What people do, written before anything is run: who comes when, what is entered, forgotten, mended and sent twice. What
 * becomes of it, the oracle says.
 */
export const ENROLMENT_DAYS = 5;
/** After the last day: releases, their overdue ladder, and what was entered late. */
const AFTERMATH_DAYS = 4;
export const lastMinute = ({ days }: Options): number => (ENROLMENT_DAYS + days + AFTERMATH_DAYS) * DAY;

/** A writer of acts: keys within a minute so that long lists of readings are not cut by anything but the cron. */
export type Writer = {
  chance: Chance;
  acts: Act[];
  /** A fresh client id. */
  client: () => number;
  list: (minute: number) => number;
  alone: (minute: number) => number;
  other: (minute: number) => number;
};

export function writeScript(options: Options, county: County, chance: Chance): Act[] {
  let clients = 0;
  const within = (from: number, to: number) => (minute: number) =>
    Math.floor(minute) + from + chance.next() * (to - from);
  const [before, after] = [within(0, 0.1), within(0.8, 1)];
  const writer: Writer = {
    chance,
    acts: [],
    client: () => ++clients,
    alone: within(0.1, 0.2),
    list: within(0.2, 0.8),
    other: (minute) => (chance.happens(0.5) ? before : after)(minute),
  };
  let persons = 0;
  for (let number = 1; persons < options.persons; number++) {
    const size = Math.min(
      chance.weigh([
        [1, 25],
        [2, 30],
        [3, 20],
        [4, 15],
        [5, 10],
      ]),
      options.persons - persons,
    );
    persons += size;
    scriptHousehold(writer, options, county, number, size);
  }
  return writer.acts;
}

function scriptHousehold(
  writer: Writer,
  options: Options,
  county: County,
  number: number,
  size: number,
): void {
  const { chance, acts, other } = writer;
  const comesAt = chance.whole(0, ENROLMENT_DAYS - 1) * DAY + chance.whole(6 * 60, 22 * 60);
  const arrivedAt = comesAt - chance.whole(30, 1400);
  const household: HouseholdData = {
    number,
    village: chance.pick(county.villages),
    arrivedAt,
    leftOn: dayAt(arrivedAt) - chance.whole(0, 5),
    persons: Array.from({ length: size }, (_, at) => ({
      returnee: at === 0 || chance.happens(0.3),
      symptoms: chance.happens(0.015),
    })),
  };
  acts.push({ do: "register", key: other(comesAt), household });
  if (chance.happens(0.006)) return; // nobody ever came to the door
  const verifiedAt =
    comesAt +
    chance.weigh([
      [chance.whole(5, 110), 85],
      [chance.whole(110, 400), 13],
      [chance.whole(400, 1500), 2],
    ]);
  const outcome = chance.weigh([
    ["found", 955],
    ["wrong", 20],
    ["moved", 25],
  ] as const);
  const rule = chance.pick(["last_exposure", "last_exposure", "left_area", "start"] as const);
  const told = chance.weigh([
    [undefined, 90],
    [chance.whole(0, 5), 9],
    [chance.whole(options.days - 1, Math.min(50, options.days + 3)), 1],
  ]);
  const today = dayAt(verifiedAt);
  const day0 = told === undefined ? undefined : today - told;
  const kind = chance.weigh([
    ["home", 90],
    ["central", 8],
    ["hospital", 2],
  ] as const);
  acts.push({
    do: "verify",
    key: other(verifiedAt),
    household: number,
    outcome,
    kind,
    rule,
    ...(day0 === undefined ? {} : { day0 }),
  });
  if (chance.happens(0.01))
    acts.push({
      do: "verify",
      key: other(verifiedAt + chance.whole(0, 90)),
      household: number,
      outcome: "wrong",
      kind,
      rule,
    });
  if (outcome === "found") scriptCare(writer, county, household, verifiedAt);
  household.persons.forEach(({ returnee }, at) => {
    const found = returnee ? household.leftOn : dayAt(arrivedAt);
    const from = day0 ?? (rule === "start" ? today : Math.min(found, today));
    scriptPerson(writer, {
      household: number,
      place: at + 1,
      comesAt,
      verifiedAt,
      until: from + options.days,
      end: lastMinute(options),
    });
  });
}

/** Most roles are filled in time, some late, some never; some are given to another. */
function scriptCare(
  { chance, acts, other }: Writer,
  county: County,
  { number, village }: HouseholdData,
  verifiedAt: number,
): void {
  for (const role of county.roles(village)) {
    const waits = chance.weigh([
      [chance.whole(1, 1300), 82],
      [chance.whole(1300, 2600), 11],
      [undefined, 7],
    ]);
    if (waits === undefined) continue;
    const assign = (minute: number) =>
      acts.push({ do: "assign", key: other(minute), household: number, role, mail: chance.happens(0.5) });
    assign(verifiedAt + waits);
    if (chance.happens(0.04)) assign(verifiedAt + waits + chance.whole(1, 5000));
  }
}

/** The cron every few minutes and at random others, with everything that goes wrong with a clock. @param every minutes */
export function writeCron(options: Options, chance: Chance, every: number): Act[] {
  const end = lastMinute(options);
  const minutes = new Set<number>();
  for (let minute = 0; minute <= end; minute += every) minutes.add(minute);
  for (let extra = 0; extra < end / 100; extra++) minutes.add(chance.whole(0, end));
  for (let slot = 0; closesAt(slot) < end; slot++)
    for (const after of [0, 60, 180]) minutes.add(closesAt(slot) + after);
  const asleep = outages(chance, end);
  const acts: Act[] = [];
  let woken = false;
  for (const now of [...minutes].sort((a, b) => a - b)) {
    // The last days are without faults: what is owed by then must have been told.
    const calm = now > end - 2 * DAY;
    if (!calm && asleep.some(({ from, to }) => from <= now && now < to)) {
      woken = false;
      continue;
    }
    const late = !calm && chance.happens(0.04) ? chance.whole(1, 9) : 0;
    const twice = chance.happens(0.06);
    acts.push({
      do: "cron",
      key: now + late + chance.next(),
      now,
      sweep: calm || !chance.happens(0.01),
      drain: calm || !chance.happens(0.03),
      times: twice ? 2 : 1,
      // Two sweeps at once share what a long sleep left between them: then one contact may hear twice, rightly.
      together: twice && woken && chance.happens(0.4),
    });
    woken = true;
  }
  return acts;
}

/** Skipped for an hour, and now and then over the end of a slot, for up to seven hours. */
function outages(chance: Chance, end: number): { from: number; to: number }[] {
  const gaps = [];
  for (let day = 0; day * DAY < end; day++) {
    if (chance.happens(0.5)) {
      const from = day * DAY + chance.whole(0, DAY - 1);
      gaps.push({ from, to: from + 60 });
    }
    if (chance.happens(0.35)) {
      const close = closesAt(day * 2 + chance.whole(0, 1));
      gaps.push({ from: close - chance.whole(0, 120), to: close + chance.whole(1, 300) });
    }
  }
  return gaps;
}
