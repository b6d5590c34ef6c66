import { dayOf, localIso } from "./as-of.ts";
import {
  type CountedSlot,
  OBSERVATION_TALLY,
  type ObservationFigures,
  type ObservationTally,
  observationFigures,
  type SlotFigures,
  slotFigures,
  slotTallies,
} from "./summary-observation.ts";

/*
 * What a unit can say of itself as of a moment. The database counts each figure up to that moment for every unit of
 * the subtree; here the counts are rolled up, so that a total is the sum of what lies below it and never another query.
 */

/** What is counted for a unit. Persons flagged as registered before count as duplicates; an illness they came again with, where they first were. */
export type Tally = ObservationTally & {
  persons: number;
  today: number;
  returnees: number;
  wuhan: number;
  hubei: number;
  other_province: number;
  same_province: number;
  transitWuhan: number;
  symptomatic: number;
  duplicates: number;
  households: number;
  verified: number;
  verifyOverdue: number;
  verifiedInTime: number;
  tips: number;
  tipsVerified: number;
  tipsOverdue: number;
  tipsInTime: number;
  owed: number;
  zero: number;
  nonZero: number;
  excused: number;
  overdue: number;
  onTime: number;
  late: number;
  corrected: number;
};
export type Place = { code: string; name: string; kind: string };

/** One counted row: a unit's own figures, some of them; how they came and at which poster where that is known. */
export type CountedRow = Partial<Tally> & {
  unitCode: string;
  source?: string | null;
  postingPointId?: string | null;
};
/** Everything the database says for a summary. */
export type Counted = {
  unit: Place;
  /** Units of the subtree, the unit itself included. */
  units: number;
  children: Place[];
  rows: CountedRow[];
  postingPoints: { id: string; name: string; unitCode: string }[];
  /** The readings of the last slots, a row for each unit and slot. */
  slots?: CountedSlot[];
  /** Units whose report is overdue, by code. */
  missing: { code: string; name: string }[];
};

/** Two hours is VERIFY_MINUTES. `share` is unknown, not zero, where there is nothing to share. */
export type Share = { numerator: number; denominator: number; share: number | null };
/** The headline figures of a unit or of the whole subtree. */
export type Figures = ObservationFigures & {
  dailyReports: {
    /** owed = expected + pending; expected = zero + nonZero + excused + overdue; zero + nonZero = onTime + late. */
    owed: number;
    pending: number;
    expected: number;
    zero: number;
    nonZero: number;
    excused: number;
    overdue: number;
    onTime: number;
    late: number;
    corrected: number;
  };
  registered: {
    cumulative: number;
    today: number;
    households: number;
    /** Who came back; the others of `cumulative` live with them. */
    returnees: number;
    byOrigin: { wuhan: number; hubei: number; other_province: number; same_province: number };
    transitWuhan: number;
    symptomatic: number;
    duplicatesFlagged: number;
  };
  /** due = verified + waiting + overdue: one verification for each household. */
  verification: { due: number; verified: number; waiting: number; overdue: number; withinTwoHours: Share };
  /** received = open + verified; overdue are those of the open that are past their two hours. */
  tips: { received: number; open: number; verified: number; overdue: number; withinTwoHours: Share };
};

export const SOURCES = [
  "self_report",
  "door_check",
  "big_data",
  "letter",
  "bureau_list",
  "checkpoint",
] as const;

/** The full summary of a unit: for whoever holds a key whose scope has it. */
export type Summary = {
  audience: "full";
  unit: Place;
  asOf: string;
  /** What the figures speak for: units in the subtree, how many of them owe today's report and how many gave it. */
  completeness: { units: number; owed: number; reported: number; share: number | null };
  dailyReports: Figures["dailyReports"] & { date: string; missing: { code: string; name: string }[] };
  registered: Figures["registered"] & {
    /** "Today": after `from`, up to and with `to`. */
    window: { from: string; to: string };
    bySource: Record<string, number>;
    byPostingPoint: { id: string; name: string; unit: string; households: number; persons: number }[];
  };
  verification: Figures["verification"];
  tips: Figures["tips"];
  observation: Figures["observation"];
  /** Of the local day's slots that have begun; `slots` are those of the last two days, each by itself. */
  readings: Figures["readings"] & { slots: SlotFigures[] };
  /** The next level down: a county's towns, a town's villages, with what else hangs directly below. */
  byTown: (Place & Figures)[];
  /** What stands on the unit itself; each total is the sum of `byTown` and this. */
  direct: Figures;
};

/** Rolls counts up to a summary. @param asOf the moment up to which they were counted @param zone whose day is "today" */
export function summarise(counted: Counted, { asOf, zone }: { asOf: Date; zone: string }): Summary {
  const { unit, children, slots = [] } = counted;
  const { date, from } = dayOf(asOf, zone);
  const rows: CountedRow[] = [...counted.rows, ...slotTallies(slots, date)];
  const owner = ownerIn(children);
  const below = new Map(children.map((child) => [child.code, emptyTally()]));
  const own = emptyTally();
  const total = emptyTally();
  const atPoint = new Map(counted.postingPoints.map(({ id }) => [id, emptyTally()]));
  for (const row of rows) {
    add(total, row);
    add(atPoint.get(row.postingPointId ?? "") ?? emptyTally(), row);
    add(below.get(owner(row.unitCode) ?? "") ?? own, row);
  }
  const all = figuresOf(total);
  const reported = all.dailyReports.zero + all.dailyReports.nonZero;
  const { owed } = all.dailyReports;
  return {
    audience: "full",
    unit,
    asOf: localIso(asOf, zone),
    completeness: { units: counted.units, owed, reported, share: shareOf(reported, owed).share },
    dailyReports: { date, ...all.dailyReports, missing: counted.missing },
    registered: {
      ...all.registered,
      window: { from: localIso(from, zone), to: localIso(asOf, zone) },
      bySource: sourcesOf(rows),
      byPostingPoint: counted.postingPoints.map(({ id, name, unitCode }) => {
        const { households, persons } = atPoint.get(id) ?? emptyTally();
        return { id, name, unit: unitCode, households, persons };
      }),
    },
    verification: all.verification,
    tips: all.tips,
    observation: all.observation,
    readings: { ...all.readings, slots: slotFigures(slots) },
    byTown: children.map((child) => ({ ...child, ...figuresOf(below.get(child.code) ?? emptyTally()) })),
    direct: figuresOf(own),
  };
}

/** Figures out of counts; what is the sum of others is summed here and counted nowhere. */
export function figuresOf(t: Tally): Figures {
  const expected = t.zero + t.nonZero + t.excused + t.overdue;
  return {
    dailyReports: {
      owed: t.owed,
      pending: t.owed - expected,
      expected,
      zero: t.zero,
      nonZero: t.nonZero,
      excused: t.excused,
      overdue: t.overdue,
      onTime: t.onTime,
      late: t.late,
      corrected: t.corrected,
    },
    registered: {
      cumulative: t.persons,
      today: t.today,
      households: t.households,
      returnees: t.returnees,
      byOrigin: {
        wuhan: t.wuhan,
        hubei: t.hubei,
        other_province: t.other_province,
        same_province: t.same_province,
      },
      transitWuhan: t.transitWuhan,
      symptomatic: t.symptomatic,
      duplicatesFlagged: t.duplicates,
    },
    verification: {
      due: t.households,
      verified: t.verified,
      waiting: t.households - t.verified - t.verifyOverdue,
      overdue: t.verifyOverdue,
      // Those still inside their two hours have not failed yet and are in neither number.
      withinTwoHours: shareOf(t.verifiedInTime, t.verified + t.verifyOverdue),
    },
    tips: {
      received: t.tips,
      open: t.tips - t.tipsVerified,
      verified: t.tipsVerified,
      overdue: t.tipsOverdue,
      withinTwoHours: shareOf(t.tipsInTime, t.tipsVerified + t.tipsOverdue),
    },
    ...observationFigures(t),
  };
}

/** A share with what it is a share of; four decimals. */
export function shareOf(numerator: number, denominator: number): Share {
  const share = denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 10_000;
  return { numerator, denominator, share };
}

export function emptyTally(): Tally {
  return {
    ...{ persons: 0, today: 0, returnees: 0, wuhan: 0, hubei: 0, other_province: 0, same_province: 0 },
    ...{ transitWuhan: 0, symptomatic: 0, duplicates: 0, households: 0 },
    ...{ verified: 0, verifyOverdue: 0, verifiedInTime: 0 },
    ...{ tips: 0, tipsVerified: 0, tipsOverdue: 0, tipsInTime: 0 },
    ...OBSERVATION_TALLY,
    ...{ owed: 0, zero: 0, nonZero: 0, excused: 0, overdue: 0, onTime: 0, late: 0, corrected: 0 },
  };
}

function add(tally: Tally, row: Partial<Tally>): void {
  for (const name of Object.keys(tally) as (keyof Tally)[]) tally[name] += row[name] ?? 0;
}

function sourcesOf(rows: CountedRow[]): Record<string, number> {
  const out: Record<string, number> = Object.fromEntries(SOURCES.map((source) => [source, 0]));
  for (const { source, persons } of rows) if (source && persons) out[source] = (out[source] ?? 0) + persons;
  return out;
}

/** Which child's subtree holds a unit: the longest code it begins with, for a grid's code may begin another's. */
function ownerIn(children: Place[]): (code: string) => string | undefined {
  const codes = children.map((child) => child.code).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const known = new Map<string, string | undefined>();
  return (code) => {
    if (!known.has(code))
      known.set(
        code,
        codes.find((child) => code.startsWith(child)),
      );
    return known.get(code);
  };
}
