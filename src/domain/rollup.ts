import { drawn } from "./rollup-run.ts";
import { type Counted, type CountedRow, emptyTally, type Place, type Tally } from "./tally.ts";
import { unitOfCode } from "./unit.ts";

/*
 * 汇总: what a unit's recount said at a settled moment, kept so that nobody counts a million persons twice. Of each unit
 * what stands on itself and what its subtree adds up to; a summary made of these is the one made of the moments.
 */

/** One slot's counts, as summary-observation.ts has them. */
type Slots = NonNullable<Counted["slots"]>[number];
export type SlotCount = Omit<Slots, "unitCode">;
/** Counts without zeros, and the readings of the last slots. */
export type Part = { tally: Partial<Tally>; slots: SlotCount[] };
export type UnitFigures = {
  all: Part;
  own: Part;
  /** Persons of the subtree by how they became known. */
  sources: Record<string, number>;
  /** Of the subtree, by posting point. */
  points: Record<string, [households: number, persons: number]>;
  /** Units of the subtree whose report is overdue, by code. */
  missing: string[];
};

const NAMES = Object.keys(emptyTally()) as (keyof Tally)[];
/** Raised when something is counted by another rule under the same name. */
const RULES = 1;
/**
 * What a run counts. A run of another edition knows nothing of what was added since and would say zero of it: it counts
 * for nothing, and is taken anew.
 */
export const EDITION = `${RULES}-${drawn([...NAMES].sort().join()).toString(36)}`;
const noPart = (): Part => ({ tally: {}, slots: [] });
const nothing = (): UnitFigures => ({ all: noPart(), own: noPart(), sources: {}, points: {}, missing: [] });

/** A recount unit by unit, each with what lies below it added up; whoever has nothing at all is left out. */
export function foldUnits(counted: Counted): Map<string, UnitFigures> {
  const root = counted.unit.code;
  const units = new Map<string, UnitFigures>();
  const at = (code: string): UnitFigures => {
    const found = units.get(code) ?? nothing();
    units.set(code, found);
    return found;
  };
  for (const row of counted.rows) addRow(at(row.unitCode), row);
  for (const { unitCode, ...slot } of counted.slots ?? [])
    addPart(at(unitCode).own, { tally: {}, slots: [slot] });
  for (const { code } of counted.missing) at(code).missing.push(code);
  for (const code of [...units.keys()]) for (let up = code; up !== root; up = parentOf(up, root)) at(up);
  at(root);
  // What lies below has the longer code: each is complete before it is added to the one above.
  const deepest = [...units].sort(([a], [b]) => b.length - a.length);
  for (const [code, figures] of deepest) {
    addPart(figures.all, figures.own);
    if (code !== root) addBelow(at(parentOf(code, root)), figures);
  }
  return units;
}

/** A unit's figures out of its own and those of the units right below it. */
export function addUp(own: UnitFigures, below: readonly UnitFigures[]): UnitFigures {
  const sum = nothing();
  addPart(sum.own, own.own);
  addBelow(sum, own);
  for (const one of below) addBelow(sum, one);
  return sum;
}

/** The same figures are always the same text. */
export function textOf({ all, own, sources, points, missing }: UnitFigures): string {
  const [subtree, alone] = [partText(all), partText(own)];
  const parts = [
    `"all":${subtree}`,
    // Most units have nothing below them.
    alone === subtree ? "" : `"own":${alone}`,
    Object.keys(sources).length > 0 ? `"sources":${sorted(sources)}` : "",
    Object.keys(points).length > 0 ? `"points":${sorted(points)}` : "",
    missing.length > 0 ? `"missing":${JSON.stringify([...missing].sort())}` : "",
  ];
  return `{${parts.filter(Boolean).join(",")}}`;
}

/** Reads what `textOf` wrote; nothing where there is no row. */
export function figuresIn(text: string | null | undefined): UnitFigures {
  const { all = noPart(), own = all, ...more } = JSON.parse(text || "{}") as Partial<UnitFigures>;
  return { ...nothing(), ...more, all, own };
}

/** Reads a part as the database takes it out of a text. */
export const partIn = (text: string | null | undefined): Part =>
  text ? (JSON.parse(text) as Part) : noPart();

/** What of a day's counts is the difference of two moments, where "today" begins at another one than midnight. */
const SINCE = {
  today: "persons",
  openedToday: "opened",
  releasedToday: "released",
} as const satisfies Partial<Record<keyof Tally, keyof Tally>>;

/** A part whose "today" began as of another part of the same unit. */
export function since(now: Part, then: Part): Part {
  const tally = { ...now.tally };
  for (const [day, running] of Object.entries(SINCE) as [keyof Tally, keyof Tally][])
    tally[day] = (now.tally[running] ?? 0) - (then.tally[running] ?? 0);
  return { ...now, tally };
}

/**
 * Figures as a recount would have brought them, each child's subtree as if it were one unit: a summary made of it is the
 * recount's.
 */
export function countedOf(
  unit: Place,
  { own, sources, points }: UnitFigures,
  rest: {
    children: (Place & { all: Part })[];
    postingPoints: Counted["postingPoints"];
    missing: Counted["missing"];
  },
): Counted {
  const { children, postingPoints, missing } = rest;
  const bySource = Object.entries(sources).map(([source, persons]) => ({ source, persons }));
  const byPoint = Object.entries(points).map(([postingPointId, [households, persons]]) => ({
    ...{ postingPointId, households, persons },
  }));
  const apart: Omit<CountedRow, "unitCode">[] = [...bySource, ...byPoint];
  const taken = { tally: {}, slots: [] } as Part;
  for (const { persons = 0, households = 0 } of apart)
    addPart(taken, { tally: { persons, households }, slots: [] });
  const parts = [{ code: unit.code, all: own }, ...children];
  return {
    unit: { code: unit.code, name: unit.name, kind: unit.kind },
    children: children.map(({ code, name, kind }) => ({ code, name, kind })),
    rows: [
      ...parts.map(({ code, all }) => ({ ...all.tally, unitCode: code })),
      // By source and by point the persons are said again: what is said again is taken off, so that the sums stay.
      ...apart.map((row) => ({ ...row, unitCode: unit.code })),
      {
        unitCode: unit.code,
        persons: -(taken.tally.persons ?? 0),
        households: -(taken.tally.households ?? 0),
      },
    ],
    slots: parts.flatMap(({ code, all }) => all.slots.map((slot) => ({ ...slot, unitCode: code }))),
    postingPoints,
    missing,
  };
}

const parentOf = (code: string, root: string): string => unitOfCode(code)?.parent ?? root;

function addRow(into: UnitFigures, row: CountedRow): void {
  addTally(into.own.tally, row);
  const { source, postingPointId, persons = 0, households = 0 } = row;
  if (source && persons) into.sources[source] = (into.sources[source] ?? 0) + persons;
  if (postingPointId) addPoint(into, postingPointId, [households, persons]);
}

/** Adds a subtree's figures to those of the unit above it. */
function addBelow(into: UnitFigures, { all, sources, points, missing }: UnitFigures): void {
  addPart(into.all, all);
  for (const [source, persons] of Object.entries(sources))
    into.sources[source] = (into.sources[source] ?? 0) + persons;
  for (const [id, counts] of Object.entries(points)) addPoint(into, id, counts);
  into.missing.push(...missing);
}

function addPoint(into: UnitFigures, id: string, [households, persons]: [number, number]): void {
  const [homes, people] = into.points[id] ?? [0, 0];
  if (homes + households || people + persons) into.points[id] = [homes + households, people + persons];
}

function addPart(into: Part, { tally, slots }: Part): void {
  addTally(into.tally, tally);
  for (const one of slots) {
    const same = into.slots.findIndex(({ slot }) => slot === one.slot);
    const was = into.slots[same];
    const sum = was
      ? {
          slot: one.slot,
          owed: was.owed + one.owed,
          onTime: was.onTime + one.onTime,
          late: was.late + one.late,
          missed: was.missed + one.missed,
        }
      : { ...one };
    if (was) into.slots[same] = sum;
    else into.slots.push(sum);
  }
}

function addTally(into: Partial<Tally>, from: Partial<Tally>): void {
  for (const name of NAMES) {
    const count = from[name];
    if (count) into[name] = (into[name] ?? 0) + count;
  }
}

function partText({ tally, slots }: Part): string {
  const counts = NAMES.filter((name) => tally[name]).map((name) => [name, tally[name]] as const);
  const inOrder = [...slots].sort((a, b) => (a.slot < b.slot ? -1 : 1));
  return `{"tally":${sorted(Object.fromEntries(counts))},"slots":[${inOrder.map((slot) => sorted(slot)).join(",")}]}`;
}

const sorted = (record: object): string =>
  JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));
