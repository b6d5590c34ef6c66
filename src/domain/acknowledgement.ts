import { MINUTE } from "./time.ts";

/*
 * 签收: somebody has read an alert and is at it. The climb waits for them, for a while and never for good: a word that
 * nobody acts on must go on up.
 */
/** What is owed as an acknowledgement finds it; moments in milliseconds. */
export type Climb = {
  /** When the next step falls due; null at the ladder's end. */
  nextDueAt: number | null;
  /** Met or excused: there is nothing left to climb for. */
  settled: boolean;
  /** Of a rolling obligation: when its next slot closes, and this one is over. */
  nextSlotClose?: number;
};
export type Held = {
  nextDueAt: number;
  /** By how much this puts the next step off, and all that follow it. */
  heldFor: number;
  ackUntil: number;
};

/**
 * What pressing the button does to one climb: the next step comes no earlier than `ackMinutes` from now, and where it is
 * later anyway it stays. A slot is never held beyond the close of the next one. Undefined: nothing climbs here.
 */
export function acknowledge(
  { nextDueAt, settled, nextSlotClose = Number.POSITIVE_INFINITY }: Climb,
  now: number,
  ackMinutes: number,
): Held | undefined {
  const ackUntil = Math.min(now + ackMinutes * MINUTE, nextSlotClose);
  if (settled || nextDueAt === null || ackUntil <= now) return undefined;
  const held = Math.max(nextDueAt, ackUntil);
  return { nextDueAt: held, heldFor: held - nextDueAt, ackUntil };
}
