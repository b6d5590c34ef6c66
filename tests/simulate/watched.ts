import type { Act, End, Kind } from "./acts.ts";
import { closesAt } from "./clock.ts";

/*
 * What the oracle keeps of a run: people under observation, what is owed, who must hear at once.
 */
export type Taken = {
  at: number;
  key: number;
  late: boolean;
  abnormal: boolean /** Later versions. */;
  more?: { at: number; abnormal: boolean }[];
};
/** The official's duty to release: told anew whenever a fever has passed. */
export type Phase = { opened: number; due: number; fromKey: number; untilKey: number };
export type Watched = {
  id: string;
  village: string;
  returnee: boolean;
  kind: Kind;
  openedAt: number;
  openedKey: number;
  /** The last local day. */
  until: number;
  first: number;
  /** The last slot planned, and the last one that may be entered once a fever has passed. */
  last: number;
  extended: number;
  /** Fever or symptoms in the newest reading: from when to when, in minutes. */
  held: { from: number; to: number }[];
  isHeld: boolean;
  endedAt?: number;
  endedKey: number;
  ending?: End["ending"];
  slots: Map<number, Taken>;
  newest: number;
  moves: { at: number; kind: Kind }[];
  release: Phase[];
};
/** Something owed once, by a moment. `metKey` is Infinity while nobody has met it. */
export type Debt = {
  id: string;
  kind: "registration" | "response" | "cluster" | "care-role";
  unit: string;
  opened: number;
  due: number;
  openKey: number;
  metKey: number;
  metAt: number;
};
/** Who hears at once, whatever the ladder says. */
export type Cry = { debt: string; due: number; ear: string; key: number; at: number };
export type Walked = {
  acts: Act[];
  watched: Map<string, Watched>;
  debts: Map<string, Debt>;
  cries: Cry[];
  persons: number;
};

/** Every slot from the first to the last planned; beyond it those that closed while the newest reading was not normal. */
export const owes = (one: Watched, slot: number): boolean =>
  slot >= one.first &&
  (slot <= one.last
    ? one.first <= one.last
    : one.held.some(({ from, to }) => from < closesAt(slot) && closesAt(slot) <= to));
