import { latestSlot, previousSlot, slotCloses } from "./follow-up.ts";
import { checkCaseNumber, compact, nameKey, normalizeDocumentNumber, normalizePhone } from "./identity.ts";
import { dayNumber, type Ending, lastDayOver } from "./observation.ts";
import { progressOf, type Stage } from "./person.ts";
import { FEVER_TENTHS } from "./registration.ts";
import { addDays, HOUR, localDate } from "./time.ts";

/*
 * 人员台账: who is on the line list, in what state, and what a page of it may cost. Filters are codes; whoever is looked
 * for by name, phone or document is not a filter.
 */
export const STATES = ["waiting", "observing", "released", "transferred", "closed"] as const;
export type LineState = (typeof STATES)[number];
/** ill: symptoms or ≥ 37.3 °C at registration. abnormal: the last reading was. */
export const RISKS = ["ill", "abnormal", "contact", "area"] as const;
export type Risk = (typeof RISKS)[number];
export const OVERDUE = ["verify", "reading", "response", "release"] as const;
export type Overdue = (typeof OVERDUE)[number];

export type LineFilter = {
  /** A unit's code: the list is of its subtree. */
  unit: string;
  state?: LineState | undefined;
  /** The how-manieth day of observation today is, or "over" once the last one has passed. */
  day?: number | "over" | undefined;
  risk?: Risk | undefined;
  overdue?: Overdue | undefined;
  /** A case number: one household. */
  number?: string | undefined;
};

/** Reads a filter's codes; the name of the first that is none, where there is one. Blank ones ask for nothing. */
export function readFilter(
  query: Record<string, string | undefined>,
  own: string,
): { filter: LineFilter; fault?: string } {
  const faults: string[] = [];
  const one = <T extends string>(name: string, codes: readonly T[]): T | undefined => {
    const given = query[name]?.trim();
    if (!given) return undefined;
    const found = codes.find((code) => code === given);
    if (!found) faults.push(name);
    return found;
  };
  const shaped = (name: string, shape: RegExp): string | undefined => {
    const given = query[name]?.trim();
    if (!given) return undefined;
    if (!shape.test(given)) faults.push(name);
    return given;
  };
  const unit = shaped("unit", /^[0-9A-Z]{6,18}$/) ?? own;
  const day = shaped("day", /^(?:\d{1,2}|over)$/);
  const typed = query.number?.trim();
  const number = typed ? checkCaseNumber(typed) : undefined;
  if (typed && !number) faults.push("number");
  const filter: LineFilter = {
    ...{ unit, number, state: one("state", STATES), risk: one("risk", RISKS) },
    overdue: one("overdue", OVERDUE),
    day: day === undefined || day === "over" ? day : Number(day),
  };
  return faults[0] ? { filter, fault: faults[0] } : { filter };
}

/** A filter as an address carries it: state=observing&day=3. @param own the reader's own unit, which needs no saying */
export function filterQuery(filter: LineFilter, own: string): URLSearchParams {
  const { unit, ...rest } = filter;
  const said = Object.entries({ unit: unit === own ? undefined : unit, ...rest });
  return new URLSearchParams(
    said.flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]])),
  );
}

/** What somebody typed to find a person by: the kind says which index answers. */
export type Sought =
  | { by: "number"; household: string; place?: number }
  | { by: "phone" | "name"; key: string }
  | { by: "document"; key: string };

/**
 * What a search means, by its shape alone: a case or person number, a phone, a document's number (it has a digit), else a
 * name. undefined for nothing, or for more than anybody is called.
 */
export function readSearch(text: string): Sought | undefined {
  if ([...text].length > 64) return undefined;
  const bare = compact(text).replace(/[‐‑‒–—―−]/g, "-");
  // Two letters at least (CASE_PREFIX): a passport may be one letter and eight digits.
  const [, number = "", place] = /^([A-Z]{2,4}-?\d{4}-?\d{4})(?:-(\d{1,2}))?$/.exec(bare) ?? [];
  const household = checkCaseNumber(number);
  if (household) return { by: "number", household, ...(place ? { place: Number(place) } : {}) };
  // Mistyped: looking for it as a document would only be put on record.
  if (/^[A-Z]{1,4}-\d{4}-\d{4}/.test(bare)) return undefined;
  const phone = normalizePhone(text);
  if (phone) return { by: "phone", key: phone };
  const document = normalizeDocumentNumber(text);
  if (/^(?=.*\d)[0-9A-Z]{5,24}$/.test(document)) return { by: "document", key: document };
  const name = nameKey(text);
  return name ? { by: "name", key: name } : undefined;
}

/** What the list knows of a person at their registration. */
export type LinePerson = {
  id: string;
  area: boolean;
  contact: boolean;
  symptoms: boolean;
  symptomatic: boolean;
  temperature: number | null;
};
/** And of their observation. */
export type LineObservation = {
  day0: string;
  untilDate: string;
  firstDueAt: Date;
  /** NULL while the last reading is abnormal. */
  lastDueAt: Date | null;
  heldAt: Date | null;
  openedAt: Date;
  endedAt: Date | null;
  ending: Ending | null;
};
/** The reading in the slot that began last, or in the one before it. */
export type LastReading = { dueAt: Date; temperature: number; symptoms: boolean; abnormal: boolean };

/** The two slots that a list looks at: when the one that began last closes, and the one before. */
export function slotsLookedAt(now: Date, zone: string): { last: Date; before: Date } {
  const slot = latestSlot(now, zone);
  return { last: slotCloses(slot, zone), before: slotCloses(previousSlot(slot), zone) };
}

/** Whether a person is what a filter asks for, as far as their own rows say; overdue is `overdueOf`'s. */
export function matches(
  filter: LineFilter,
  {
    person,
    observation: seen,
  }: { person?: LinePerson | undefined; observation?: LineObservation | null | undefined },
  today: string,
): boolean {
  const { state, day, risk } = filter;
  if (person) {
    if (risk === "ill" && !person.symptomatic) return false;
    if (risk === "contact" && !person.contact) return false;
    if (risk === "area" && !person.area) return false;
  }
  if (seen === undefined) return true;
  const open = seen !== null && seen.endedAt === null;
  if (state === "waiting") return seen === null;
  if (state === "observing" && !open) return false;
  if (state && state !== "observing" && seen?.ending !== state) return false;
  if (risk === "abnormal" && !(open && seen.lastDueAt === null)) return false;
  if (day === undefined) return true;
  if (!open) return false;
  return day === "over"
    ? seen.untilDate < today
    : today <= seen.untilDate && seen.day0 === addDays(today, -day);
}

/** Which rows a filter must look at beyond those it walks over. */
export const asksPerson = ({ risk }: LineFilter): boolean =>
  risk === "ill" || risk === "contact" || risk === "area";
export const asksObservation = ({ state, day, risk }: LineFilter): boolean =>
  state !== undefined || day !== undefined || risk === "abnormal";

/**
 * What a list walks over: the narrowest index there is for a filter. owed: open obligations of one kind.
 */
export type Walk =
  | { over: "household" | "person" | "ill" | "observing" | "ended" }
  | { over: "owed"; kind: "registration" | "response" | "release"; overdue: boolean };

export function walkOf({ number, state, day, risk, overdue }: LineFilter): Walk {
  if (number) return { over: "household" };
  if (overdue === "verify") return { over: "owed", kind: "registration", overdue: true };
  if (overdue === "response" || overdue === "release") return { over: "owed", kind: overdue, overdue: true };
  if (state === "waiting") return { over: "owed", kind: "registration", overdue: false };
  if (risk === "ill") return { over: "ill" };
  if (overdue === "reading" || day !== undefined || risk === "abnormal" || state === "observing")
    return { over: "observing" };
  return { over: state ? "ended" : "person" };
}

export type OverdueItem = { kind: Overdue; since: Date };
/** When a reading that is missing was due; undefined where none is. Both slots' readings are looked at. */
export function missedSince(
  seen: LineObservation,
  read: Pick<LastReading, "dueAt"> | undefined,
  { last, before }: { last: Date; before: Date },
  now: Date,
): Date | undefined {
  const owes = (at: Date) => seen.firstDueAt <= at && (seen.lastDueAt === null || at <= seen.lastDueAt);
  if (seen.endedAt || read?.dueAt.getTime() === last.getTime()) return undefined;
  if (last <= now && owes(last)) return last;
  return owes(before) && !read ? before : undefined;
}

/** A person's row of the list, all but names. */
export type LineStanding = {
  state: LineState;
  /** Of an observation that is open. */
  progress?: { stage: Stage; day: number; days: number };
  risks: { ill: boolean; fever?: number; abnormal: boolean; contact: boolean; area: boolean };
  overdue: OverdueItem[];
};

/**
 * How a person stands now.
 * @param known verifyDueAt: of a household nobody has verified; response: since when an answer to a fever is overdue
 */
export function standingOf(
  person: LinePerson,
  seen: LineObservation | undefined,
  known: { read?: LastReading | undefined; verifyDueAt?: Date | undefined; response?: Date | undefined },
  at: { now: Date; zone: string; releaseHours: number },
): LineStanding {
  const { now, zone } = at;
  const overdue: OverdueItem[] = [];
  const add = (kind: Overdue, since: Date | undefined) => {
    if (since && since <= now) overdue.push({ kind, since });
  };
  const open = seen?.endedAt === null ? seen : undefined;
  const progress = open && progressOf({ ...open, ...NOT_SHOWN }, now, zone);
  if (!seen) add("verify", known.verifyDueAt);
  add("response", known.response);
  if (open) add("reading", missedSince(open, known.read, slotsLookedAt(now, zone), now));
  if (open && progress?.stage === "due") add("release", releaseDue(open, at));
  return {
    state: seen ? (seen.ending ?? "observing") : "waiting",
    ...(progress ? { progress } : {}),
    risks: {
      ...{ ill: person.symptoms, contact: person.contact, area: person.area },
      ...(person.temperature !== null && person.temperature >= FEVER_TENTHS
        ? { fever: person.temperature }
        : {}),
      abnormal: open !== undefined && open.lastDueAt === null,
    },
    overdue,
  };
}

/** By when somebody whose last day is over must be released. */
const releaseDue = (
  seen: LineObservation,
  { zone, releaseHours }: { zone: string; releaseHours: number },
) => {
  const over = lastDayOver(seen.untilDate, zone);
  return new Date((over > seen.openedAt ? over : seen.openedAt).getTime() + releaseHours * HOUR);
};

// progressOf looks at days and the ending alone.
const NOT_SHOWN = { id: "", kind: "home", firstSlot: "", measuresAckAt: null } as const;

/** The days a filter offers: 0 to the last. */
export const daysOffered = (length: number): number[] => Array.from({ length: length + 1 }, (_, day) => day);

/** The day of observation on a local day, where it is still going on. */
export const dayOf = (seen: Pick<LineObservation, "day0">, now: Date, zone: string): number =>
  dayNumber(seen.day0, localDate(now, zone));
