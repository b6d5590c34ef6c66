import type { Share } from "./summary.ts";

/*
 * Part 2 of a unit's figures: who is observed and how the readings come in (DOMAIN.md, Figures: 累计 = 观察中 + 已解除 +
 * 已转出 + 已关闭, always).
 */

/** What is counted for a unit's observations. Readings are those of the day's slots that have begun. */
export type ObservationTally = {
  observing: number;
  home: number;
  central: number;
  hospital: number;
  members: number;
  unwell: number;
  contacts: number;
  contactsCentral: number;
  fellIll: number;
  opened: number;
  openedToday: number;
  released: number;
  releasedToday: number;
  transferred: number;
  closed: number;
  slotsOwed: number;
  slotsOnTime: number;
  slotsLate: number;
  slotsMissed: number;
};

export const OBSERVATION_TALLY: ObservationTally = {
  ...{ observing: 0, home: 0, central: 0, hospital: 0, members: 0, unwell: 0 },
  ...{ contacts: 0, contactsCentral: 0, fellIll: 0, opened: 0, openedToday: 0 },
  ...{ released: 0, releasedToday: 0, transferred: 0, closed: 0 },
  ...{ slotsOwed: 0, slotsOnTime: 0, slotsLate: 0, slotsMissed: 0 },
};

export type ReadingFigures = {
  /** expected = onTime + late + missed + pending; received = onTime + late. */
  expected: number;
  received: number;
  onTime: number;
  late: number;
  missed: number;
  pending: number;
  /** Of those whose slot has closed or who were read: read within the slot's hours. */
  shareOnTime: Share;
};
export type ObservationFigures = {
  observation: {
    /** cumulative = observing + released + transferred + closed. */
    cumulative: number;
    observing: number;
    /** Sums to observing. */
    byKind: { home: number; central: number; hospital: number };
    /** Of observing: those who live with somebody who came back. */
    householdMembers: number;
    /** Of observing: whose last reading is abnormal. */
    symptomatic: number;
    /** Of observing: close contacts by their own word at registration. */
    contacts: number;
    /** Of the contacts: those at a central site. */
    contactsCentral: number;
    /** Of cumulative: who was well when registered and had a first abnormal reading. */
    fellIll: number;
    /** Of cumulative: those that were not ended as they were opened. */
    opened: number;
    openedToday: number;
    released: number;
    releasedToday: number;
    transferred: number;
    closed: number;
  };
  /** Of the local day's slots that have begun. */
  readings: ReadingFigures;
};
/** One slot of the last two local days, for the unit and all below it. */
export type SlotFigures = { slot: string } & ReadingFigures;

/** One counted row of a slot. */
export type CountedSlot = {
  unitCode: string;
  slot: string;
  owed: number;
  onTime: number;
  late: number;
  missed: number;
};

/** The rows of a local day as they add to its unit's tally. */
export const slotTallies = (
  rows: CountedSlot[],
  date: string,
): (Partial<ObservationTally> & { unitCode: string })[] =>
  rows
    .filter(({ slot }) => slot.startsWith(`${date}/`))
    .map(({ unitCode, owed, onTime, late, missed }) => ({
      ...{ unitCode, slotsOwed: owed, slotsOnTime: onTime, slotsLate: late, slotsMissed: missed },
    }));

/** Figures out of counts; what is the sum of others is summed here and counted nowhere. */
export function observationFigures(t: ObservationTally): ObservationFigures {
  return {
    observation: {
      cumulative: t.observing + t.released + t.transferred + t.closed,
      observing: t.observing,
      byKind: { home: t.home, central: t.central, hospital: t.hospital },
      householdMembers: t.members,
      symptomatic: t.unwell,
      contacts: t.contacts,
      contactsCentral: t.contactsCentral,
      fellIll: t.fellIll,
      opened: t.opened,
      openedToday: t.openedToday,
      released: t.released,
      releasedToday: t.releasedToday,
      transferred: t.transferred,
      closed: t.closed,
    },
    readings: readingFigures({
      owed: t.slotsOwed,
      onTime: t.slotsOnTime,
      late: t.slotsLate,
      missed: t.slotsMissed,
    }),
  };
}

/** Each slot by itself, in its order. */
export function slotFigures(rows: CountedSlot[]): SlotFigures[] {
  const slots = new Map<string, { owed: number; onTime: number; late: number; missed: number }>();
  for (const { slot, owed, onTime, late, missed } of rows) {
    const sum = slots.get(slot) ?? { owed: 0, onTime: 0, late: 0, missed: 0 };
    slots.set(slot, {
      owed: sum.owed + owed,
      onTime: sum.onTime + onTime,
      late: sum.late + late,
      missed: sum.missed + missed,
    });
  }
  // The morning comes before the evening, though not in the alphabet.
  const place = (slot: string) => slot.replace("morning", "1").replace("evening", "2");
  return [...slots]
    .sort(([a], [b]) => (place(a) < place(b) ? -1 : 1))
    .map(([slot, counts]) => ({ slot, ...readingFigures(counts) }));
}

function readingFigures(t: { owed: number; onTime: number; late: number; missed: number }): ReadingFigures {
  const due = t.onTime + t.late + t.missed;
  const share = due === 0 ? null : Math.round((t.onTime / due) * 10_000) / 10_000;
  return {
    expected: t.owed,
    received: t.onTime + t.late,
    onTime: t.onTime,
    late: t.late,
    missed: t.missed,
    pending: t.owed - due,
    shareOnTime: { numerator: t.onTime, denominator: due, share },
  };
}
