import { type Candidate, takePage } from "../domain/keyset.ts";
import {
  asksObservation,
  asksPerson,
  type LastReading,
  type LineFilter,
  type LineStanding,
  matches,
  missedSince,
  type Sought,
  slotsLookedAt,
  standingOf,
  walkOf,
} from "../domain/line-list.ts";
import { maskName, maskPhone } from "../domain/mask.ts";
import type { Scope } from "../domain/office.ts";
import type { HouseholdDetails, PersonDetails } from "../domain/registration.ts";
import { localDate } from "../domain/time.ts";
import {
  type HomeRow,
  homesOf,
  type Key,
  lastReadings,
  mergedAmong,
  type ObservationRow,
  observationsOf,
  openResponses,
  type PersonRow,
  peopleOf,
  peopleOfHomes,
  unitNames,
} from "./line-list-rows.ts";
import { walkSought } from "./line-list-sought.ts";
import { type Walked, walkAlong, walkOwed } from "./line-list-walk.ts";
import type { Store } from "./store.ts";

/** Rows of a page, and how many a page may read: 200, of which six are for finding out who asks. */
export const PAGE = 50;
export const READS = 194;

/** A person as the list shows them: names and numbers leave here masked. */
export type LineRow = LineStanding & {
  id: string;
  householdId: string;
  unitCode: string;
  unitName: string;
  /** The town above a village; empty where there is none. */
  townName: string;
  name: string;
  phone: string;
  origin: string;
  arrivedAt: Date;
  read?: LastReading | undefined;
  /** 已并入: whom they were merged into; nothing of theirs is overdue any more. */
  mergedInto?: string | undefined;
  sealedOff: boolean;
};
export type LinePage = {
  rows: LineRow[];
  /** How many persons (or open obligations) were looked at for them. */
  looked: number;
  next: Key | undefined;
};
export type LineAsk = {
  /** What of the official's scope the list is of. */
  scope: Scope;
  filter: LineFilter;
  after?: Key | undefined;
  now: Date;
  zone: string;
  releaseHours: number;
  /** Rows that this request has read already. */
  spent?: number;
};
/** Somebody on the way to the page, with what was read of them so far; null says that there is no such row. */
export type Found = {
  key: Key;
  id: string;
  person?: PersonRow | undefined;
  observation?: ObservationRow | null | undefined;
  response?: Date | undefined;
};

/**
 * A page of the line list: 50 persons, fewer where a filter finds few in what may be looked at, or where nearly everybody
 * lives alone and was measured. Whatever is asked, no more than 200 rows are read.
 */
export async function listPeople(store: Store, ask: LineAsk): Promise<LinePage> {
  const walk = walkOf(ask.filter);
  if (walk.over === "household" || (walk.over === "owed" && walk.kind === "registration"))
    return listHomes(store, ask, await walkOwed(store.db, ask, walk));
  return narrow(store, ask, await walkAlong(store.db, ask, walk));
}

/** Those of these who are what the filter asks for, as far as a page's reads go. */
async function narrow(store: Store, ask: LineAsk, { found, read, end }: Walked): Promise<LinePage> {
  const { filter, now, zone } = ask;
  const today = localDate(now, zone);
  const slots = slotsLookedAt(now, zone);
  let spent = read + (ask.spent ?? 0);
  let left = found.filter((one) => matches(filter, one, today));
  const look = async (people: boolean, observations: boolean) => {
    spent += await complete(store, left, { people, observations });
    left = left.filter((one) => matches(filter, one, today));
  };
  if (asksPerson(filter) || asksObservation(filter)) await look(asksPerson(filter), asksObservation(filter));
  let reads: Map<string, LastReading> | undefined;
  if (filter.overdue === "reading") {
    reads = await lastReadings(store.db, idsOf(left), slots);
    spent += reads.size;
    left = left.filter(
      ({ id, observation }) => observation && missedSince(observation, reads?.get(id), slots, now),
    );
  }
  // Everybody costs two rows and a half more, on the whole; what is too many after all is cut below.
  const most = Math.max(1, Math.min(PAGE, Math.floor((READS - spent) / 2.5)));
  const passing = new Set(left.slice(0, most).map(({ id }) => id));
  const cut = left.length > most ? found.findIndex(({ id }) => id === left[most]?.id) : found.length;
  left = left.slice(0, most);
  await look(true, true);
  const merged = await mergedAmong(store.db, idsOf(left));
  spent += merged.size;
  const cost = costs(reads !== undefined);
  const candidates = found.slice(0, cut).map((one): Candidate<Key> => {
    const shown = passing.has(one.id);
    return { key: one.key, rows: shown ? 1 : 0, cost: shown ? cost(one) : 0 };
  });
  const page = takePage(candidates, {
    ...{ most: PAGE, budget: READS - spent },
    end: cut < found.length ? found[cut - 1]?.key : end,
  });
  const taken = new Set(found.slice(0, page.taken).map(({ id }) => id));
  const shown = left.filter(({ id }) => taken.has(id));
  const homes = await homesOf(store.db, [...new Set(shown.map((one) => one.person?.householdId ?? ""))]);
  return { rows: await rowsOf(store, ask, shown, homes, merged, reads), looked: page.taken, next: page.next };
}

/** Whole households: of a case number, or waiting to be verified. */
async function listHomes(
  store: Store,
  ask: LineAsk,
  { homes, keys, read, end }: Awaited<ReturnType<typeof walkOwed>>,
): Promise<LinePage> {
  const candidates = homes.map(({ id, persons }) => ({
    key: keys.get(id) ?? [],
    rows: persons,
    cost: persons + 3,
  }));
  const budget = READS - read - (ask.spent ?? 0);
  const likely = takePage(candidates, { most: PAGE, budget, end });
  const merged = await mergedAmong(store.db, homes.slice(0, likely.taken).flatMap(personsOf));
  // A row was read for each of them: what has no more room is the next page's.
  const page = takePage(candidates.slice(0, likely.taken), {
    ...{ most: PAGE, budget: budget - merged.size, end: likely.next },
  });
  const taken = homes.slice(0, page.taken);
  const people = await peopleOfHomes(
    store.db,
    taken.map(({ id }) => id),
  );
  const today = localDate(ask.now, ask.zone);
  const found = people.map((person): Found => ({ key: [], id: person.id, person }));
  await complete(store, found, { people: false, observations: true });
  const order = new Map(taken.map(({ id }, at) => [id, at]));
  const shown = found
    .filter((one) => matches(ask.filter, one, today))
    .sort((a, b) => rank(order, a) - rank(order, b) || placeOf(a.id) - placeOf(b.id));
  return { rows: await rowsOf(store, ask, shown, taken, merged), looked: people.length, next: page.next };
}
const personsOf = ({ id, persons }: HomeRow) => Array.from({ length: persons }, (_, at) => `${id}-${at + 1}`);
const rank = (order: Map<string, number>, { person }: Found) => order.get(person?.householdId ?? "") ?? 0;
const placeOf = (id: string) => Number(id.slice(id.lastIndexOf("-") + 1));

/** Whoever has a name, phone or document, as a page of the list. @param ask its filter is not asked */
export async function findPeople(
  store: Store,
  ask: Omit<LineAsk, "filter">,
  sought: Exclude<Sought, { by: "number" }>,
): Promise<LinePage> {
  const filter = { unit: ask.scope.code };
  return narrow(store, { ...ask, filter }, await walkSought(store, sought, ask));
}

/** Reads what is missing of these. @returns how many rows that took */
async function complete(
  { db }: Store,
  found: Found[],
  want: { people: boolean; observations: boolean },
): Promise<number> {
  const [people, observations] = await Promise.all([
    peopleOf(db, want.people ? idsOf(found.filter(({ person }) => !person)) : []),
    observationsOf(
      db,
      want.observations ? idsOf(found.filter(({ observation }) => observation === undefined)) : [],
    ),
  ]);
  const [persons, seen] = [byId(people), byId(observations)];
  for (const one of found) {
    one.person ??= persons.get(one.id);
    if (want.observations) one.observation ??= seen.get(one.id) ?? null;
  }
  return people.length + observations.length;
}

const idsOf = (found: Found[]) => found.map(({ id }) => id);
const byId = <Row extends { id: string }>(rows: Row[]) => new Map(rows.map((row) => [row.id, row]));

/** What each costs to show, told in their order: a household and a unit are read once for all of theirs. */
function costs(readKnown: boolean): (one: Found) => number {
  const known = new Set<string>();
  const first = (key: string) => {
    if (known.has(key)) return 0;
    known.add(key);
    return 1;
  };
  return ({ person, observation }) => {
    if (!person) return 0;
    const open = observation?.endedAt === null;
    const home = first(person.householdId) + first(person.unitCode) + first(person.unitCode.slice(0, 9));
    return home + (open && !readKnown ? 1 : 0) + (open && observation.heldAt ? 4 : 0);
  };
}

async function rowsOf(
  store: Store,
  ask: LineAsk,
  found: Found[],
  homes: HomeRow[],
  merged: Map<string, string>,
  known?: Map<string, LastReading>,
): Promise<LineRow[]> {
  const { db } = store;
  const { now, zone } = ask;
  const open = found.filter(({ observation }) => observation?.endedAt === null);
  const units = new Set(
    found.flatMap(({ person }) => [person?.unitCode ?? "", person?.unitCode.slice(0, 9) ?? ""]),
  );
  const [reads, responses, names] = await Promise.all([
    known ??
      lastReadings(
        db,
        open.map(({ id }) => id),
        slotsLookedAt(now, zone),
      ),
    openResponses(
      db,
      open.filter(({ observation }) => observation?.heldAt).map(({ id }) => id),
    ),
    unitNames(db, [...units]),
  ]);
  const [home, details] = [byId(homes), await openHomes(store, homes)];
  const rows = await Promise.all(
    found.map(async ({ id, person, observation, response }): Promise<LineRow | undefined> => {
      const own = person && home.get(person.householdId);
      if (!own) return undefined;
      const sealedOff = own.sealedOffAt !== null || person.sealed === "";
      const { unitCode } = person;
      const reach = details.get(own.id);
      const opened = sealedOff
        ? undefined
        : await store.privacy.open<PersonDetails>(person.sealed, id, "person");
      return {
        ...standingOf(
          person,
          observation ?? undefined,
          { read: reads.get(id), verifyDueAt: own.verifyDueAt, response: response ?? responses.get(id) },
          ask,
        ),
        ...{ id, householdId: own.id, unitCode, sealedOff },
        unitName: names.get(unitCode) ?? unitCode,
        townName: unitCode.length > 9 ? (names.get(unitCode.slice(0, 9)) ?? "") : "",
        name: opened ? maskName(opened.name) : "",
        phone: reach ? maskPhone(reach.phone ?? reach.contactPhone) : "",
        origin: person.origin,
        arrivedAt: own.arrivedAt,
        read: reads.get(id),
        ...(merged.has(id) ? { mergedInto: merged.get(id), overdue: [] } : {}),
      };
    }),
  );
  return rows.filter((row) => row !== undefined);
}

async function openHomes({ privacy }: Store, homes: HomeRow[]): Promise<Map<string, HouseholdDetails>> {
  const opened = homes
    .filter(({ sealed, sealedOffAt }) => sealed !== "" && sealedOffAt === null)
    .map(
      async ({ id, sealed }) => [id, await privacy.open<HouseholdDetails>(sealed, id, "household")] as const,
    );
  return new Map(await Promise.all(opened));
}
