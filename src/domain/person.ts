import {
  compareSlots,
  LATE_WINDOW,
  latestSlot,
  nextSlot,
  parseSlot,
  previousSlot,
  type Slot,
  slotCloses,
  slotKey,
  slotOpens,
  slotsBetween,
} from "./follow-up.ts";
import { dayNumber, type Ending, lastDayIsOver, type ObservationKind } from "./observation.ts";
import { localDate } from "./time.ts";

/*
 * What a household's own page says and asks for at a moment: how far each observation has come, and which readings can
 * be entered now. Nothing of it is stored.
 */
/** An observation as the page needs it, moves and answers included. */
export type Standing = {
  id: string;
  kind: ObservationKind;
  day0: string;
  untilDate: string;
  firstSlot: string;
  firstDueAt: Date;
  /** When the last owed slot closes; null while the last reading is abnormal. */
  lastDueAt: Date | null;
  openedAt: Date;
  measuresAckAt: Date | null;
  endedAt: Date | null;
  ending: Ending | null;
  /** 已并入: since when they count as somebody else who was registered twice; nothing is asked for from then on. */
  mergedAt?: Date | null | undefined;
};
/** The reading that counts for one person and slot: the highest version. */
export type TakenReading = {
  observationId: string;
  slot: string;
  dueAt: Date;
  version: number;
  temperature: number;
  symptoms: boolean;
  needsHelp: boolean;
  abnormal: boolean;
  late: boolean;
  door: string;
  recordedAt: Date;
};

export type Stage = "observing" | "due" | "held" | "merged" | Ending;
/** How far an observation has come. `day` counts from day 0 and stops at the last, `days` is how many there are. */
export type Progress = { stage: Stage; day: number; days: number };

/** Readings are asked of them: nobody ended it, and they were not merged into another. */
export const isAsked = ({ endedAt, mergedAt }: Standing): boolean => endedAt === null && !mergedAt;

/** Observing; due for release once the last day is over; held beyond it by an abnormal reading; merged; or how it ended. */
export function progressOf(one: Standing, now: Date, zone: string): Progress {
  const days = dayNumber(one.day0, one.untilDate);
  const day = Math.max(0, Math.min(dayNumber(one.day0, localDate(now, zone)), days));
  if (one.ending) return { stage: one.ending, day, days };
  if (one.mergedAt) return { stage: "merged", day, days };
  if (!lastDayIsOver(one.untilDate, now, zone)) return { stage: "observing", day, days };
  return { stage: one.lastDueAt === null ? "held" : "due", day, days };
}

/** A slot that takes entries now. */
export type Turn = {
  slot: Slot;
  key: string;
  /** When it closes; `late` from then on. */
  dueAt: Date;
  late: boolean;
  /** The first moment at which nothing counts for it any more. */
  until: Date;
  /** Who owes it, by observation, and who of them has no reading yet. */
  owedBy: string[];
  missing: string[];
};

/** The slots that take entries now and that somebody of the household owes, newest first: the open one and the late ones. */
export function turnsNow(
  standing: readonly Standing[],
  readings: readonly TakenReading[],
  now: Date,
  zone: string,
): Turn[] {
  const turns: Turn[] = [];
  for (let slot = latestSlot(now, zone); ; slot = previousSlot(slot)) {
    const dueAt = slotCloses(slot, zone);
    const until = new Date(dueAt.getTime() + LATE_WINDOW);
    if (until <= now) return turns;
    const key = slotKey(slot);
    const owedBy = standing.filter((one) => owes(one, dueAt)).map(({ id }) => id);
    const taken = new Set(readings.filter((one) => one.slot === key).map((one) => one.observationId));
    const missing = owedBy.filter((id) => !taken.has(id));
    if (owedBy.length > 0) turns.push({ slot, key, dueAt, late: dueAt <= now, until, owedBy, missing });
  }
}

/** The turn to ask for: the one named, else the newest if it misses somebody. Older ones are offered, not asked. */
export const turnToAsk = (turns: readonly Turn[], wanted?: string): Turn | undefined =>
  turns.find((turn) => turn.key === wanted) ?? turns.find((turn, at) => at === 0 && turn.missing.length > 0);

/** The next slot to open that somebody still owes; undefined after the last. */
export function nextTurn(standing: readonly Standing[], now: Date, zone: string) {
  const slot = nextSlot(latestSlot(now, zone));
  // Observed from this afternoon on, the next one may be a day away; beyond that nobody owes anything.
  for (const candidate of [slot, nextSlot(slot)]) {
    const closes = slotCloses(candidate, zone);
    if (standing.some((one) => owes(one, closes)))
      return { slot: candidate, opens: slotOpens(candidate, zone), closes };
  }
  return undefined;
}

/** When each slot closes that a reading of this household can stand in, for looking them up. */
export function dueMoments(standing: readonly Standing[], now: Date, zone: string): Date[] {
  return slotsBegun(standing, now, zone).map((slot) => slotCloses(slot, zone));
}

function slotsBegun(standing: readonly Standing[], now: Date, zone: string): Slot[] {
  const [first] = standing
    .map(({ firstSlot }) => parseSlot(firstSlot))
    .filter((slot) => slot !== undefined)
    .sort(compareSlots);
  return first ? slotsBetween(first, latestSlot(now, zone)) : [];
}

/** The newest reading of each person that is abnormal and stands: what the page gives advice on. */
export function alarming(standing: readonly Standing[], readings: readonly TakenReading[]): TakenReading[] {
  return standing
    .filter(({ endedAt }) => endedAt === null)
    .map(({ id }) =>
      readings
        .filter((one) => one.observationId === id)
        .reduce<TakenReading | undefined>(
          (last, one) => (last && last.dueAt > one.dueAt ? last : one),
          undefined,
        ),
    )
    .filter((one) => one?.abnormal === true) as TakenReading[];
}

/** What stands in the history: each slot that has begun, newest first, with the reading of each person or its absence. */
export type HistoryRow = {
  slot: Slot;
  key: string;
  cells: { id: string; reading: TakenReading | undefined; owed: boolean }[];
};

/** The history of a household; a slot that nobody owed and nobody read has no row. */
export function historyOf(
  standing: readonly Standing[],
  readings: readonly TakenReading[],
  now: Date,
  zone: string,
): HistoryRow[] {
  const taken = new Map(readings.map((one) => [`${one.observationId}/${one.slot}`, one]));
  return slotsBegun(standing, now, zone)
    .map((slot) => {
      const key = slotKey(slot);
      const dueAt = slotCloses(slot, zone);
      const cells = standing.map((one) => ({
        id: one.id,
        reading: taken.get(`${one.id}/${key}`),
        owed: owed(one, dueAt) && [one.endedAt, one.mergedAt].every((at) => !at || dueAt <= at),
      }));
      return { slot, key, cells };
    })
    .filter(({ cells }) => cells.some((cell) => cell.owed || cell.reading))
    .reverse();
}

const owes = (one: Standing, dueAt: Date): boolean => isAsked(one) && owed(one, dueAt);
const owed = (one: Standing, dueAt: Date): boolean =>
  one.firstDueAt <= dueAt && (one.lastDueAt === null || dueAt <= one.lastDueAt);
