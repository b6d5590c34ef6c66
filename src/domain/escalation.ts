import {
  audienceOf,
  type LadderStep,
  type ObligationKind,
  REPEATS,
  standIns,
  stepAfter,
  type Tone,
} from "./ladder.ts";
import { MINUTE } from "./time.ts";

/** A row of the table `obligation` as a sweep meets it; moments in milliseconds. */
export type Owed = {
  id: string;
  kind: ObligationKind;
  unitCode: string;
  openedAt: number;
  dueAt: number;
  /** The step that comes next; beyond the ladder's end the last one repeats. */
  step: number;
  version: number;
  nextDueAt: number;
  /** By how much acknowledgements have put the later steps off. */
  heldFor: number;
  metAt: number | null;
  excusedAt: number | null;
};

/** What one audience hears in this move: the gravest of the steps taken for it. */
export type Told = {
  /** Undefined where the step had nobody to name. */
  audience: string | undefined;
  tone: Tone | "recovered";
  step: number;
  /** When the step fell due. */
  dueAt: number;
  /** The how-manieth repetition; 0 the first time. */
  again: number;
};
export type Move = {
  told: Told[];
  step: number;
  nextDueAt: number | null;
  /** A lapsed slot: the obligation goes on with the next slot that has no reading, which the database knows. */
  rolls: boolean;
};

/**
 * All the steps of something owed that are due by `now`, taken at once: what a sweep writes about it. A step that
 * reaches nobody is handed on at once to the first of its tone that does; it stays on record. What is met has recovered.
 * @param nextClose the close of the slot after a moment that a slot was due
 * @param reaches whether anybody of an audience can be told
 */
export function escalate(
  owed: Owed,
  now: number,
  ladder: readonly LadderStep[],
  {
    reaches,
    nextClose,
  }: { reaches: (audience: string) => boolean; nextClose: (dueAt: number) => number | null },
): Move {
  const rest: Move = { told: [], step: owed.step, nextDueAt: null, rolls: false };
  if (owed.excusedAt !== null) return rest;
  if (owed.metAt !== null) {
    const told: Told = {
      audience: undefined,
      tone: "recovered",
      step: owed.step,
      dueAt: owed.nextDueAt,
      again: 0,
    };
    return { ...rest, told: [told] };
  }
  const told: Told[] = [];
  let { step } = owed;
  let at: number | null = owed.nextDueAt;
  while (at !== null && at <= now) {
    const index = Math.min(step, ladder.length - 1);
    const rung = ladder[index];
    // A step that no ladder knows (any more): nothing to say, nothing to wait for.
    if (!rung) break;
    const again = step - index;
    // What reached nobody may bring a step here before its time: nothing is called overdue, or lapsed, before it is.
    const waits = notBefore(rung, owed, nextClose);
    if (waits === null || waits > now) return { told: collapsed(told), step, nextDueAt: waits, rolls: false };
    // Beyond the end of a ladder that repeats nothing only what reached nobody comes, or what a longer ladder brought.
    if (again > REPEATS) break;
    if (rung.tone === "lapse") {
      const lapse: Told = { audience: undefined, tone: "lapse", step: index, dueAt: at, again: 0 };
      return { told: [...collapsed(told), lapse], step: 0, nextDueAt: at, rolls: true };
    }
    const heard = [index, ...standIns(ladder, index)].find((place) => {
      const audience = audienceOf(ladder[place] as LadderStep, owed.unitCode);
      return audience !== undefined && reaches(audience);
    });
    const taken = (place: number): Told => ({
      audience: audienceOf(ladder[place] as LadderStep, owed.unitCode),
      tone: rung.tone,
      step: place,
      dueAt: at as number,
      again,
    });
    told.push(taken(index));
    if (heard !== undefined && heard !== index) told.push(taken(heard));
    [step, at] = following(
      owed,
      ladder,
      { taken: heard ?? index, again, at, heard: heard !== undefined },
      nextClose,
    );
  }
  return { told: collapsed(told), step, nextDueAt: at !== null && at > now ? at : null, rolls: false };
}

/** Minutes after which a last step that reached nobody is tried again. */
const EMPTY_HOUSE = 60;

/** The moment before which a step is not true; null for the end of a slot that no other follows. */
function notBefore(rung: LadderStep, owed: Owed, nextClose: (dueAt: number) => number | null): number | null {
  if (rung.tone === "lapse") return nextClose(owed.dueAt);
  return rung.tone === "overdue" ? owed.dueAt : owed.openedAt;
}

/** The step after one that was taken, and its moment; null where nothing more is to be said. */
function following(
  owed: Owed,
  ladder: readonly LadderStep[],
  { taken, again, at, heard }: { taken: number; again: number; at: number; heard: boolean },
  nextClose: (dueAt: number) => number | null,
): [number, number | null] {
  const last = ladder.length - 1;
  const after = stepAfter(ladder, taken);
  const next = ladder[after];
  if (next) {
    if (next.anchor === "next-slot") return [after, nextClose(owed.dueAt)];
    const anchor = next.anchor === "opened" ? owed.openedAt : owed.dueAt;
    const moment = anchor + next.after * MINUTE + owed.heldFor;
    // However long it was held: with the next slot's close this one is over.
    const end = ladder[last]?.tone === "lapse" ? nextClose(owed.dueAt) : null;
    // A step that hangs on the opening holds up none that is due before it.
    const later = ladder.slice(after).filter(({ anchor }) => anchor === "due");
    const dues = later.map((one) => owed.dueAt + one.after * MINUTE + owed.heldFor);
    return [after, Math.min(moment, ...dues, ...(end === null ? [] : [end]))];
  }
  // With nobody there to hear, the last step is tried each hour for a while: somebody may be entered.
  const repeat = heard ? (ladder[last] as LadderStep).repeat : EMPTY_HOUSE;
  return repeat === undefined || again >= REPEATS
    ? [last + again + 1, null]
    : [last + again + 1, at + repeat * MINUTE];
}

const GRAVITY = { notice: 0, overdue: 1, lapse: 2, recovered: 2 };
/** Several words for one audience are one, the graver; of equals the later. */
function collapsed(told: Told[]): Told[] {
  const byAudience = new Map<string | undefined, Told>();
  for (const one of told) {
    const before = byAudience.get(one.audience);
    if (!before || GRAVITY[one.tone] >= GRAVITY[before.tone]) byAudience.set(one.audience, one);
  }
  return [...byAudience.values()];
}
