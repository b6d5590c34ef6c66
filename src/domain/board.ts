import {
  audienceOf,
  type LadderStep,
  momentOfStep,
  type ObligationKind,
  partsOfAudience,
  stepAfter,
} from "./ladder.ts";
import { HOUR } from "./time.ts";
import { unitOfCode } from "./unit.ts";

/*
 * 待办: what is overdue and due next in a subtree, by kind, the gravest kind first and in each the longest owed. Counts are
 * bounded: beyond the bound they say "at least".
 */
/** What somebody must settle, the gravest first. Retention is nobody's task: who wants to keep something longer has until then. */
export const BOARD_KINDS = [
  "cluster",
  "response",
  "tip",
  "registration",
  "listed",
  "decision",
  "record",
  "ticket",
  "letter",
  "reply",
  "release",
  "follow-up",
  "daily-report",
  "count",
  "roster",
  "care-role",
] as const satisfies ObligationKind[];
export type BoardKind = (typeof BOARD_KINDS)[number];

export const isBoardKind = (text: string): text is BoardKind =>
  (BOARD_KINDS as readonly string[]).includes(text);

/** "Due next" reaches so far. */
export const SOON = 2 * HOUR;

/** Something open, as a list finds it; dueAt in milliseconds. */
export type Open = { id: string; unitCode: string; dueAt: number };
/** What was found of a kind. `bounded`: there may be more than these; `inOrder`: then only later ones, by due time. */
export type Found = { rows: Open[]; bounded: boolean; inOrder?: boolean };
/** `atLeast`: counting stopped there. */
export type Count = { n: number; atLeast: boolean };

/** Today's daily reports. `overdue`: the units whose are; `soon`: due within two hours. `bounded`: not all were counted. */
export type Reports = {
  date: string;
  expected: number;
  reported: number;
  excused: number;
  soon: number;
  overdue: string[];
  bounded: boolean;
};

export type BoardGroup = { kind: BoardKind; overdue: Open[]; count: Count };
export type BoardPlace = { code: string; counts: Partial<Record<BoardKind, Count>>; total: Count };
export type Board = {
  overdue: Count;
  soon: Count;
  /** Open, whether due or not. */
  open: Record<"registration" | "tip" | "response", Count>;
  reports: Reports;
  /** Kinds with something overdue, or with more than was counted. */
  groups: BoardGroup[];
  /** What is due next, of all kinds. */
  next: (Open & { kind: BoardKind })[];
  /** By town of a county, by village of a town; the worst first. */
  places: BoardPlace[];
};

/**
 * Puts together what was found up to a horizon of at least two hours.
 * @param depth characters of a place's code: 9 for towns, 12 for villages
 */
export function boardOf(
  found: Partial<Record<BoardKind, Found>>,
  reports: Reports,
  { now, depth }: { now: number; depth: number },
): Board {
  const of = (kind: BoardKind): Found => found[kind] ?? { rows: [], bounded: false };
  const groups = BOARD_KINDS.map((kind): BoardGroup => {
    const overdue = of(kind)
      .rows.filter(({ dueAt }) => dueAt <= now)
      .sort(byDue);
    const count =
      kind === "daily-report"
        ? reportsOverdue(of(kind), overdue, reports)
        : { n: overdue.length, atLeast: !reaches(of(kind), now) };
    return { kind, overdue, count };
  }).filter(({ count }) => count.n > 0 || count.atLeast);
  const next = BOARD_KINDS.flatMap((kind) =>
    of(kind)
      .rows.filter(({ dueAt }) => dueAt > now && dueAt <= now + SOON)
      .map((row) => ({ ...row, kind })),
  ).sort(byDue);
  const listed = next.filter(({ kind }) => kind === "daily-report").length;
  const all = (kind: BoardKind): Count => ({ n: of(kind).rows.length, atLeast: of(kind).bounded });
  return {
    overdue: total(groups.map(({ count }) => count)),
    soon: {
      n: next.length - listed + Math.max(listed, reports.soon),
      atLeast: reports.bounded || LISTED.some((kind) => !reaches(of(kind), now + SOON)),
    },
    open: { registration: all("registration"), tip: all("tip"), response: all("response") },
    ...{ reports, groups, next },
    places: placesOf(groups, reports, depth),
  };
}

/** Kinds whose lists say what is due next: reports are counted by themselves, readings are found once they are missed. */
const LISTED = BOARD_KINDS.filter((kind) => kind !== "daily-report" && kind !== "follow-up");

/** A list in order that goes on beyond a moment holds all that is due by then. */
const reaches = ({ rows, bounded, inOrder }: Found, moment: number): boolean =>
  !bounded || (inOrder === true && rows.some(({ dueAt }) => dueAt > moment));

/** Today's were all counted; a list in order that has some of today's holds all of the days before. */
function reportsOverdue({ rows, bounded, inOrder }: Found, overdue: Open[], reports: Reports): Count {
  const isToday = ({ id }: Open) => id.startsWith(`daily-report/${reports.date}/`);
  const before = overdue.filter((one) => !isToday(one)).length;
  return {
    n: before + Math.max(reports.overdue.length, overdue.length - before),
    atLeast: reports.bounded || (bounded && !(inOrder && rows.some(isToday))),
  };
}

const byDue = (a: Open, b: Open) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1);

const total = (counts: Count[]): Count => ({
  n: counts.reduce((sum, { n }) => sum + n, 0),
  atLeast: counts.some(({ atLeast }) => atLeast),
});

function placesOf(groups: BoardGroup[], reports: Reports, depth: number): BoardPlace[] {
  const places = new Map<string, BoardPlace["counts"]>();
  for (const { kind, overdue, count } of groups) {
    const listed = tally(overdue.map(({ unitCode }) => unitCode.slice(0, depth)));
    const today = tally(kind === "daily-report" ? reports.overdue.map((code) => code.slice(0, depth)) : []);
    for (const code of new Set([...listed.keys(), ...today.keys()])) {
      const n = Math.max(listed.get(code) ?? 0, today.get(code) ?? 0);
      places.set(code, { ...places.get(code), [kind]: { n, atLeast: count.atLeast } });
    }
  }
  return [...places]
    .map(([code, counts]) => ({ code, counts, total: total(Object.values(counts)) }))
    .sort((a, b) => b.total.n - a.total.n || (a.code < b.code ? -1 : 1));
}

function tally(codes: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** How deep the places of a scope's table lie: the towns of a county, the villages of a town; undefined below. */
export function placeDepth(scopeCode: string): number | undefined {
  const kind = unitOfCode(scopeCode)?.kind;
  return kind === "county" ? 9 : kind === "town" ? 12 : undefined;
}

/** Something owed and how far it has climbed; moments in milliseconds. */
export type Climbing = {
  unitCode: string;
  openedAt: number;
  dueAt: number;
  step: number;
  nextDueAt: number | null;
  heldFor: number;
  ackUntil: number | null;
  /** Audiences that sweeps have named, the last ones at least. */
  told: string[];
};
export type Heard = { unit: string; role?: string; channel?: string };
export type LadderState = {
  told: Heard[];
  /** Who is told next, and when; `again`: they were told before. */
  next?: { who: Heard; at: number; again: boolean };
  /** When a slot is over, for one that rolls on. */
  lapsesAt?: number;
  /** Acknowledged: nobody above is told before. */
  heldUntil?: number;
};

/** How far something has climbed its ladder: who was told so far, who is next and when, and until when it is held. */
export function ladderState(owed: Climbing, ladder: readonly LadderStep[], now: number): LadderState {
  const { unitCode, step, nextDueAt, ackUntil } = owed;
  const audience = (at: number) => ladder[at] && audienceOf(ladder[at], unitCode);
  const taken = ladder.flatMap((rung, at) => (at < step && !rung.ifSilent ? [audience(at)] : []));
  const told = [...new Set([...taken, ...owed.told])].filter((one) => one !== undefined);
  const held = ackUntil !== null && ackUntil > now ? { heldUntil: ackUntil } : {};
  const state: LadderState = { told: told.map(partsOfAudience), ...held };
  if (nextDueAt === null || ladder.length === 0) return state;
  const first = Math.min(step, ladder.length - 1);
  for (let at = first; at < ladder.length; at = stepAfter(ladder, at)) {
    const rung = ladder[at] as LadderStep;
    if (rung.tone === "lapse") return at === first ? { ...state, lapsesAt: nextDueAt } : state;
    const who = audience(at);
    // A rung that names nobody new is passed over: the one above it is next.
    const moment = at === first ? nextDueAt : Math.max(nextDueAt, planned(rung, owed) + owed.heldFor);
    if (who) return { ...state, next: { who: partsOfAudience(who), at: moment, again: told.includes(who) } };
  }
  return state;
}

const planned = (rung: LadderStep, { openedAt, dueAt }: Climbing) =>
  momentOfStep(rung, { openedAt: new Date(openedAt), dueAt: new Date(dueAt) }).getTime();

/** A message that did not arrive, or a contact that was given up; moments in milliseconds. */
export type Silence = {
  unitCode: string;
  unitName: string;
  what: "failed" | "unknown" | "contact";
  since: number;
};
export type Silences = { list: Silence[]; bounded: boolean };

/** One line of the board. */
export type BoardRow = Open & {
  kind: BoardKind;
  subjectId: string;
  unitName: string;
  /** The town it lies in, where that is not the whole board's. */
  townName?: string;
  /** The unit that a cluster is in. */
  about: string | null;
  ladder: LadderState;
  /** Where it is settled, behind /desk. */
  path: string;
};
export type BoardView = Omit<Board, "groups" | "next" | "places"> & {
  /** Of every kind with something overdue, also where only one is listed. */
  counts: Partial<Record<BoardKind, Count>>;
  /** Whose board this is: the official's own unit, or the one it was narrowed to. */
  unit: { code: string; name: string };
  narrowed: boolean;
  kind: BoardKind | undefined;
  groups: (Board["groups"][number] & { rows: BoardRow[] })[];
  next: BoardRow[];
  places: (Board["places"][number] & { name: string })[];
  silences: Silences;
  /** When alarms were last looked after. */
  beat: Date | undefined;
  /** Nobody looks after them any more. */
  silent: boolean;
};
