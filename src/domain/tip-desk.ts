import { type DeskAct, type Scope, withinScope } from "./office.ts";
import type { UnitKind } from "./unit.ts";

/*
 * What officials do with tips: whose a tip is, which tips are answered together, and who may know how to reach a sender.
 */

/** Followers that one verification answers, and persons that one tip is linked to. */
export const TIP_FOLLOWERS = 200;
export const TIP_PERSONS = 20;

/** A tip among tips: it leads others, follows one, or stands alone; never two of these. */
export type Tie = { id: string; settled: boolean; lead: string | null; followers: number };
/**
 * itself: a tip was linked to itself. turned: the other one follows this one already. settled: it has its answer.
 * follows: it has a lead already. full: more would follow than one verification can answer.
 */
export type TieRefusal = "itself" | "turned" | "settled" | "follows" | "full";

/**
 * Which lead `from` is to follow when an official links it to `to`: `to` itself, or the lead that `to` follows, so that
 * no follower is ever followed. Whoever follows `from` comes along.
 * @param leadOfTo the lead of `to`, where it has one
 */
export function planTie(from: Tie, to: Tie, leadOfTo?: Tie): { lead: Tie } | { refused: TieRefusal } {
  const lead = leadOfTo ?? to;
  if (to.id === from.id) return { refused: "itself" };
  if (lead.id === from.id) return { refused: "turned" };
  if (from.settled) return { refused: "settled" };
  if (from.lead !== null) return { refused: "follows" };
  if (lead.followers + from.followers + 1 > TIP_FOLLOWERS) return { refused: "full" };
  return { lead };
}

/** Villages and what is beside or below them may know a tip's sender: towns and the county alone may ask, on record. */
export const mayReachSender = (kind: UnitKind): boolean => kind === "town" || kind === "county";

/** Acts that would tell a village that a sender can be asked, or called. */
export const ABOUT_SENDER: readonly string[] = ["reveal-tip-sender", "enter-tip"];

/**
 * What an official must be allowed to do in order to give a tip to somebody of `target`: their own unit's tips are
 * theirs to hand round, everything else is `manage`. Undefined where it is not theirs at all.
 */
export function actToAssign(
  { own, scope }: { own: string; scope: Scope },
  holder: string,
  target: string,
): DeskAct | undefined {
  if (!withinScope(scope, holder) || !withinScope(scope, target)) return undefined;
  return holder === own && target === own ? "settle" : "manage";
}

export const TIP_TABS = ["open", "mine", "settled"] as const;
export type TipTab = (typeof TIP_TABS)[number];
/** Tips on a page of the queue. */
export const TIP_PAGE = 50;

/** Where a page of the queue ended: when it was settled (0 while open), its promise, its unit, its obligation. */
export type TipCursor = { metAt: number; dueAt: number; unitCode: string; tipId: string };

export const writeTipCursor = ({ metAt, dueAt, unitCode, tipId }: TipCursor): string =>
  [metAt, dueAt, unitCode, tipId].join(".");

/** The cursor of an address; undefined for what no page can have written. It grants nothing: the scope stands in each query. */
export function readTipCursor(text: string): TipCursor | undefined {
  const [, metAt, dueAt, unitCode, tipId] =
    /^(\d{1,15})\.(\d{1,15})\.([0-9A-Z]{6,18})\.(T-\d{4}-\d{4})$/.exec(text) ?? [];
  if (!metAt || !dueAt || !unitCode || !tipId) return undefined;
  return { metAt: Number(metAt), dueAt: Number(dueAt), unitCode, tipId };
}
