import { dayOf, localIso } from "./as-of.ts";
import { type ListFigures, listFigures } from "./summary-list.ts";
import {
  type ObservationFigures,
  observationFigures,
  type SlotFigures,
  slotFigures,
} from "./summary-observation.ts";
import {
  add,
  type Counted,
  type CountedRow,
  emptyTally,
  ownerIn,
  type Place,
  rowsOf,
  type Tally,
} from "./tally.ts";

export { type Counted, type CountedRow, emptyTally, type Place, type Tally } from "./tally.ts";

/*
 * What a unit can say of itself as of a moment. The database counts each figure up to that moment for every unit of
 * the subtree; here the counts are rolled up, so that a total is the sum of what lies below it and never another query.
 */

/** Two hours is VERIFY_MINUTES. `share` is unknown, not zero, where there is nothing to share. */
export type Share = { numerator: number; denominator: number; share: number | null };
/** The headline figures of a unit or of the whole subtree. */
export type Figures = ObservationFigures &
  ListFigures & {
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
      /** wuhan + hubei. */
      fromHubei: number;
      transitWuhan: number;
      /** Came from Wuhan or through it, each once: no fewer than either. */
      wuhanDirection: number;
      /** Of the cumulative: whose temperature was taken at registration. */
      measured: number;
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
  batches: Figures["batches"];
  letters: Figures["letters"];
  /** The next level down: a county's towns, a town's villages, with what else hangs directly below. */
  byTown: (Place & Figures)[];
  /** What stands on the unit itself; each total is the sum of `byTown` and this. */
  direct: Figures;
  /** Where it was asked for: by indicator, how many were recorded after `asOf` though they happened up to it. */
  recordedAfter?: Record<string, number>;
};

/**
 * Rolls counts up to a summary.
 * @param options asOf: the moment up to which they were counted; zone: whose day it speaks of; from: after which "today"
 * begins, the midnight of that day where nobody says
 */
export function summarise(
  counted: Counted,
  { asOf, zone, ...asked }: { asOf: Date; zone: string; from?: Date | undefined },
): Summary {
  const { unit, children, slots = [] } = counted;
  const { date, from: midnight } = dayOf(asOf, zone);
  const from = asked.from ?? midnight;
  const rows = rowsOf(counted, date);
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
    completeness: { units: total.units, owed, reported, share: shareOf(reported, owed).share },
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
    batches: all.batches,
    letters: all.letters,
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
      fromHubei: t.wuhan + t.hubei,
      transitWuhan: t.transitWuhan,
      wuhanDirection: t.wuhanDirection,
      measured: t.measured,
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
    ...listFigures(t),
  };
}

/** A share with what it is a share of; four decimals. */
export function shareOf(numerator: number, denominator: number): Share {
  const share = denominator === 0 ? null : Math.round((numerator / denominator) * 10_000) / 10_000;
  return { numerator, denominator, share };
}

function sourcesOf(rows: CountedRow[]): Record<string, number> {
  const out: Record<string, number> = Object.fromEntries(SOURCES.map((source) => [source, 0]));
  for (const { source, persons } of rows) if (source && persons) out[source] = (out[source] ?? 0) + persons;
  return out;
}
