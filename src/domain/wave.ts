import type { Settings } from "../env.ts";
import { escalate, type Move, type Owed, type Told } from "./escalation.ts";
import { type ChannelKind, ladderOf, partsOfAudience } from "./ladder.ts";
import { isUrgent, leavesAt } from "./quiet-hours.ts";

/** Somebody who can be told. `address` is the same wherever one and the same person or group was entered. */
export type Listener = { id: string; unitCode: string; role: string; channel: ChannelKind; address: string };
/** Who was told that something owed by a moment is overdue. */
export type Alerted = {
  obligationId: string;
  owedAt: number;
  contactId: string;
  unitCode: string;
  channel: ChannelKind;
};
/** A slot of a rolling obligation that has its reading after all: a recovery yet to be told. */
export type Pending = { obligationId: string; fromVersion: number; owedAt: number };

export type Tell = [obligation: string, fromVersion: number, tone: Told["tone"], step: number, again: number];
/** What one recipient hears in a wave. */
export type Word = {
  kind: "digest" | "recovered";
  contactId: string;
  unitCode: string;
  channel: ChannelKind;
  tells: Tell[];
  /** Milliseconds; later than now in quiet hours. */
  readyAt: number;
};
/** What one transaction of a sweep writes. */
export type Wave = {
  id: string;
  moves: { owed: Owed; move: Move }[];
  recovered: Pending[];
  words: Word[];
};

/** Those who can be told, by unit; units that were asked for and have nobody stand with an empty list. */
export type Ears = {
  byUnit: ReadonlyMap<string, Listener[]>;
  /** Who is on duty when what is urgent leaves, which is now, and when everything else does. */
  onDuty: { now: ReadonlySet<string>; later: ReadonlySet<string> };
};

/**
 * Who of an audience is told: those in its role and on its channel; of a whole unit its contacts, its head and who is on
 * duty. While nobody of the unit is on duty, all its duty officers hear: a gap in the roster is no excuse for silence.
 */
export function listenersIn(
  audience: string,
  { byUnit, onDuty: duties }: Ears,
  when: keyof Ears["onDuty"] = "now",
): Listener[] {
  const onDuty = duties[when];
  const { unit, role, channel } = partsOfAudience(audience);
  const there = byUnit.get(unit) ?? [];
  const manned = there.some(({ id }) => onDuty.has(id));
  return there.filter(
    (one) =>
      (role ? one.role === role : one.role === "contact" || one.role === "head" || one.role === "duty") &&
      (channel === undefined || one.channel === channel) &&
      (one.role !== "duty" || !manned || onDuty.has(one.id)),
  );
}

/**
 * The steps of everything due, and what each recipient hears of them.
 * @param closes of slots, in order
 * @returns `missing`: units whose listeners have to be known first; then nothing else counts. `poison`: what could not be
 *   worked out, with the error's class
 */
export function planMoves(
  due: Owed[],
  { ears, now, settings, closes }: { ears: Ears; now: Date; settings: Settings; closes: readonly number[] },
): { moves: Wave["moves"]; words: Word[]; missing: string[]; poison: { id: string; problem: string }[] } {
  const missing = new Set<string>();
  const poison: { id: string; problem: string }[] = [];
  const reaches = (audience: string) => {
    const { unit } = partsOfAudience(audience);
    if (ears.byUnit.has(unit)) return listenersIn(audience, ears).length > 0;
    missing.add(unit);
    return true;
  };
  const nextClose = (dueAt: number) => closes.find((close) => close > dueAt) ?? null;
  const moves = due.flatMap((owed) => {
    try {
      const move = escalate(owed, now.getTime(), ladderOf(owed.kind, settings), { reaches, nextClose });
      return [{ owed, move }];
    } catch (error) {
      poison.push({ id: owed.id, problem: error instanceof Error ? error.name : typeof error });
      return [];
    }
  });
  const words = missing.size > 0 ? [] : digests(moves, { ears, now, settings });
  return { moves, words, missing: [...missing], poison };
}

/** One word a recipient, however much there is to say. Quiet hours put it off, unless something in it is urgent. */
function digests(
  moves: Wave["moves"],
  { ears, now, settings }: { ears: Ears; now: Date; settings: Settings },
): Word[] {
  const words = new Map<string, Word>();
  const quiet = leavesAt(now, settings.QUIET_HOURS, settings.TIME_ZONE).getTime();
  for (const { owed, move } of moves) {
    for (const { audience, tone, step, again } of move.told) {
      if (audience === undefined) continue;
      const when = isUrgent(owed.kind) ? "now" : "later";
      for (const { id, unitCode, channel, address } of listenersIn(audience, ears, when)) {
        // Who is a unit's contact and its head as well hears once.
        const ear = `${unitCode} ${address}`;
        const word = words.get(ear) ?? {
          kind: "digest",
          contactId: id,
          unitCode,
          channel,
          tells: [],
          readyAt: quiet,
        };
        word.tells.push([owed.id, owed.version, tone, step, again]);
        if (isUrgent(owed.kind)) word.readyAt = now.getTime();
        words.set(ear, word);
      }
    }
  }
  return [...words.values()];
}

/**
 * A word to everybody who was told of something as overdue that has been met since, and to nobody else. Of a rolling
 * obligation only those who were told of that very slot.
 */
export function planRecoveries(
  moves: Wave["moves"],
  pending: Pending[],
  alerted: Alerted[],
  { now, settings }: { now: Date; settings: Settings },
): Word[] {
  const told = new Map<string, Alerted[]>();
  for (const one of alerted) told.set(one.obligationId, [...(told.get(one.obligationId) ?? []), one]);
  const recovered: Pending[] = [
    ...recoveredIn(moves).map(({ id, version }) => ({
      obligationId: id,
      fromVersion: version,
      owedAt: Number.NaN,
    })),
    ...pending,
  ];
  const words = new Map<string, Word>();
  const readyAt = leavesAt(now, settings.QUIET_HOURS, settings.TIME_ZONE).getTime();
  for (const { obligationId, fromVersion, owedAt } of recovered) {
    const heard = new Set<string>();
    for (const { contactId, unitCode, channel, owedAt: toldOf } of told.get(obligationId) ?? []) {
      if (heard.has(contactId) || (!Number.isNaN(owedAt) && owedAt !== toldOf)) continue;
      heard.add(contactId);
      const word = words.get(contactId) ?? {
        kind: "recovered",
        contactId,
        unitCode,
        channel,
        tells: [],
        readyAt,
      };
      word.tells.push([obligationId, fromVersion, "recovered", 0, 0]);
      words.set(contactId, word);
    }
  }
  return [...words.values()];
}

/** What was met among the moves. */
export const recoveredIn = (moves: Wave["moves"]): Owed[] =>
  moves.flatMap(({ owed }) => (owed.metAt !== null && owed.excusedAt === null ? [owed] : []));
