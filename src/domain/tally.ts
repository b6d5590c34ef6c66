import { LIST_TALLY, type ListTally } from "./summary-list.ts";
import {
  type CountedSlot,
  OBSERVATION_TALLY,
  type ObservationTally,
  slotTallies,
} from "./summary-observation.ts";

/* Counts, before they are figures: a flat record of numbers, so that whatever lies below a unit adds up to it. */

/** What is counted for a unit. Persons flagged as registered before count as duplicates; an illness they came again with, where they first were. */
export type Tally = ObservationTally &
  ListTally & {
    /** Open units: one for each unit by itself. */
    units: number;
    persons: number;
    today: number;
    returnees: number;
    wuhan: number;
    hubei: number;
    other_province: number;
    same_province: number;
    transitWuhan: number;
    wuhanDirection: number;
    measured: number;
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
  children: Place[];
  rows: CountedRow[];
  postingPoints: { id: string; name: string; unitCode: string }[];
  /** The readings of the last slots, a row for each unit and slot. */
  slots?: CountedSlot[];
  /** Units whose report is overdue, by code. */
  missing: { code: string; name: string }[];
  /** What the count cost, by the database's own count. */
  rowsRead?: number;
};

/** Every counted row, the local day's slots among them. */
export const rowsOf = ({ rows, slots = [] }: Counted, date: string): CountedRow[] => [
  ...rows,
  ...slotTallies(slots, date),
];

export function emptyTally(): Tally {
  return {
    ...{
      units: 0,
      persons: 0,
      today: 0,
      returnees: 0,
      wuhan: 0,
      hubei: 0,
      other_province: 0,
      same_province: 0,
    },
    ...{ transitWuhan: 0, wuhanDirection: 0, measured: 0, symptomatic: 0, duplicates: 0, households: 0 },
    ...{ verified: 0, verifyOverdue: 0, verifiedInTime: 0 },
    ...{ tips: 0, tipsVerified: 0, tipsOverdue: 0, tipsInTime: 0 },
    ...OBSERVATION_TALLY,
    ...LIST_TALLY,
    ...{ owed: 0, zero: 0, nonZero: 0, excused: 0, overdue: 0, onTime: 0, late: 0, corrected: 0 },
  };
}

/** Adds a row's counts to a tally. */
export function add(tally: Tally, row: Partial<Tally>): void {
  for (const name of Object.keys(tally) as (keyof Tally)[]) tally[name] += row[name] ?? 0;
}

/** Which child's subtree holds a unit: the longest code it begins with, for a grid's code may begin another's. */
export function ownerIn(children: readonly Place[]): (code: string) => string | undefined {
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
