import type { IdDocument } from "../forms/define.ts";
import { normalizeDocument } from "./identity.ts";

/*
 * 疑似重复: two registered persons who may be one. The service only points at them; that they are one, or two, is an
 * official's finding, and may be undone.
 */
/** Why two persons may be one, the strongest first: one document; one telephone and one name or day of birth; one name in one village and year of birth; an official looked for them. */
export const REASONS = ["id", "phone", "name", "hand"] as const;
export type DuplicateReason = (typeof REASONS)[number];
export type Finding = "same" | "distinct";

/** At most so many candidates are kept for one who registers: a common name is no reason to fill a list. */
export const MOST_CANDIDATES = 5;

/** Somebody who is compared; `nameKey` and `phoneKey` are blind indexes, `birth` the day of birth where a document says it. */
export type Compared = {
  id: string;
  householdId: string;
  unitCode: string;
  nameKey: string | null;
  phoneKey: string | null;
  birth: string | undefined;
};

/**
 * Why two may be one, without looking at their documents' numbers; undefined where nothing says so. One telephone alone
 * says nothing: a family shares it, and its members register one by one. Nor does a common name alone.
 */
export function reasonFor(one: Compared, other: Compared): "phone" | "name" | undefined {
  if (one.householdId === other.householdId) return undefined;
  const named = one.nameKey !== null && one.nameKey === other.nameKey;
  const born = one.birth !== undefined && one.birth === other.birth;
  if (one.phoneKey !== null && one.phoneKey === other.phoneKey && (named || born)) return "phone";
  const years = [one.birth, other.birth].map((birth) => birth?.slice(0, 4));
  const sameYear = years[0] !== undefined && years[0] === years[1];
  return named && one.unitCode === other.unitCode && sameYear ? "name" : undefined;
}

/** The day of birth that an ID card or a residence permit says, YYYYMMDD; other documents say none. */
export function birthOf(document: IdDocument | undefined): string | undefined {
  return /^id_card:\d{6}(\d{8})\d{3}[0-9X]$/.exec(normalizeDocument(document) ?? "")?.[1];
}

/** What merging needs to know of each of the two; `open`: an observation that goes on. */
export type Merging = { id: string; duplicateOf: string | null; recordedAt: Date; open: boolean };
/** Which of two stands where nobody says otherwise: the earlier, and never one who counts as a duplicate himself. */
export function standsFirst<One extends Merging>(one: One, other: One): [stands: One, goes: One] {
  if (one.duplicateOf === other.id) return [other, one];
  if (other.duplicateOf === one.id) return [one, other];
  const earlier =
    one.recordedAt < other.recordedAt ||
    (one.recordedAt.getTime() === other.recordedAt.getTime() && one.id < other.id);
  return earlier ? [one, other] : [other, one];
}

/** A person's number, WY-0217-4486-1. */
export const isPersonId = (text: string): boolean => /^[A-Z]{1,4}-\d{4}-\d{4}-\d{1,3}$/.test(text);

/** How somebody stands among duplicates. @property mergedInto whom they were merged into @property flagged counts as a duplicate of `duplicateOf` @property has others were merged into them */
export type Tied = Merging & { mergedInto: string | null; flagged: boolean; has: boolean };
export const MERGE_FAULTS = [
  "stands-merged",
  "stands-flagged",
  "goes-merged",
  "goes-stands",
  "unobserved",
] as const;
export type MergeFault = (typeof MERGE_FAULTS)[number];

/**
 * Why `goes` cannot be merged into `stands`; undefined where it can. No chains: whoever stands counts himself, and nobody
 * was merged into one who goes. Somebody whose observation goes on never stands behind one who has none.
 */
export function mergeFault(stands: Tied, goes: Tied): MergeFault | undefined {
  if (stands.mergedInto) return "stands-merged";
  if (stands.flagged) return "stands-flagged";
  if (goes.mergedInto) return "goes-merged";
  if (goes.has) return "goes-stands";
  return goes.open && !stands.open ? "unobserved" : undefined;
}

/** How long an open observation goes on: its last day, and whether an abnormal reading holds it beyond. */
export type Lasting = { until: string | null; held: boolean };
/** What a merge would cut short of the observation of the one who goes: days, or that a fever holds it. */
export type CutShort = "days" | "held";
export function cutShort(stands: Lasting, goes: Lasting): CutShort | undefined {
  if (goes.until === null) return undefined;
  if (goes.held && !stands.held) return "held";
  return !stands.held && stands.until !== null && goes.until > stands.until ? "days" : undefined;
}
