import { type LadderStep, partsOfAudience } from "./ladder.ts";
import { HOUR, MINUTE } from "./time.ts";

/*
 * What cannot be, when alarms work: the machine words of the audit that follows each sweep and drain, and what it keeps
 * in mind from one run to the next.
 */
export const FINDINGS = [
  /** Due for longer than STALE, and no sweep has moved it. */
  "stale-due",
  /** The sweep wrote down who was to hear, somebody could, and no message of it says so. */
  "untold",
  /** Ready for longer than READY_OLD, and no drain has taken it. */
  "ready-old",
  /** A batch that nobody takes up, was never written out, or could not leave for half an hour. */
  "batch-stuck",
  /** Still open, and every message about it failed, a quarter of an hour ago or longer. */
  "unheard",
  /** Set aside, and nobody has seen to it yet. */
  "dead-letter",
  /** A unit that owes today's report without an obligation that would say so. */
  "report-missing",
  /** A unit some of whose alarms would reach nobody on any step of their ladder. */
  "unit-unheard",
  /** The county's own contacts, the last to hear, cannot be reached. */
  "county-unheard",
  /** A unit's figures that were rolled up, and that a night's recount found to be others. */
  "rollup-wrong",
] as const;
export type Finding = (typeof FINDINGS)[number];
/** How many of each; none, no word. */
export type Findings = Partial<Record<Finding, number>>;

export const STALE = 10 * MINUTE;
export const READY_OLD = 15 * MINUTE;
/** A bot or a webhook that is out of order is its owner's to mend; after so long what waits behind it is nobody's. */
export const POST_OLD = 24 * HOUR;
/** A lease that ran out, or an attempt that was due, so long ago: nobody takes the batch up. */
export const BATCH_IDLE = 10 * MINUTE;
export const BATCH_OLD = 30 * MINUTE;
/** A unit owes a row only so long after it was entered: the job that writes them comes each quarter of an hour. */
export const UNIT_NEW = 20 * MINUTE;

const EVERY = HOUR;
/** What was found is looked at again sooner, so that mending it shows. */
const EVERY_WHEN_FOUND = 5 * MINUTE;

/** The last transition that was looked at: recorded, obligation, version. */
export type Cursor = [recordedAt: number, obligationId: string, fromVersion: number];
/** What the audit keeps in its heartbeat's detail. */
export type AuditState = {
  found: Findings;
  wide: { at: number; found: Findings } | null;
  cursor: Cursor | null;
};

/** Reads a heartbeat's detail; what is not one of ours counts as nothing: then all is looked at anew. */
export function readAudit(detail: string | undefined): AuditState | undefined {
  try {
    const { found, wide, cursor } = JSON.parse(detail ?? "") as AuditState;
    return {
      found: onlyFound(found),
      wide: wide && Number.isFinite(wide.at) ? { at: wide.at, found: onlyFound(wide.found) } : null,
      cursor: Array.isArray(cursor) && cursor.length === 3 && Number.isFinite(cursor[0]) ? cursor : null,
    };
  } catch {
    return undefined;
  }
}

/** Whether the checks that look at every unit are due: each hour, and sooner while they find something. */
export function isWideDue(state: AuditState | undefined, now: Date): boolean {
  if (!state?.wide) return true;
  const passed = now.getTime() - state.wide.at;
  return passed < 0 || passed >= (isClean(state.wide.found) ? EVERY : EVERY_WHEN_FOUND);
}

/** Findings without the words that count nothing. */
export const onlyFound = (counts: Findings): Findings =>
  Object.fromEntries(
    FINDINGS.flatMap((word) => ((counts[word] ?? 0) > 0 ? [[word, counts[word]]] : [])),
  ) as Findings;

export const isClean = (found: Findings): boolean => Object.keys(found).length === 0;

/** What a monitor is told of a run that was not clean, a line each: machine words and counts, nothing personal. */
export const saidOf = (faults: readonly string[], found: Findings): string =>
  [
    ...faults.map((stage) => `fault ${stage}`),
    ...Object.entries(found).map(([word, n]) => `${word} ${n}`),
  ].join("\n");

/** A move as the sweep wrote it down, and whom it was to tell. */
export type Move = {
  obligationId: string;
  fromVersion: number;
  wave: string;
  audiences: string[];
  recordedAt: number;
};
/** What the messages of a wave tell. */
export type Said = { wave: string; tells: [obligationId: string, fromVersion: number][] };

/** The moves that no message of their own wave tells of, though they name somebody to be told. */
export function withoutMessage(moves: Move[], said: Said[]): Move[] {
  const told = new Set(
    said.flatMap(({ wave, tells }) => tells.map(([id, version]) => `${wave} ${version} ${id}`)),
  );
  return moves.filter(
    ({ obligationId, fromVersion, wave, audiences }) =>
      audiences.length > 0 && !told.has(`${wave} ${fromVersion} ${obligationId}`),
  );
}

/** Whom a move may have told: a contact that could be reached when it was recorded. */
export type Ear = { unitCode: string; role: string; channel: string; recordedAt: number };

/** Roles that hear for a unit where a ladder names none. */
export const USUAL_ROLES: readonly string[] = ["contact", "duty", "head"];

/** True when one of these could have heard the move. */
export const couldHear = ({ audiences, recordedAt }: Move, ears: Ear[]): boolean =>
  audiences
    .map(partsOfAudience)
    .some(({ unit, role, channel }) =>
      ears.some(
        (ear) =>
          ear.unitCode === unit &&
          (role ? ear.role === role : USUAL_ROLES.includes(ear.role)) &&
          (channel === undefined || ear.channel === channel) &&
          ear.recordedAt <= recordedAt,
      ),
    );

/**
 * The rungs of several ladders as sets of those who may hear; a ladder that climbs over all of another's adds nothing,
 * because where the smaller set hears so does the larger.
 * @param keyOf the same for steps that reach the same people
 */
export function smallestAudiences(
  ladders: readonly (readonly LadderStep[])[],
  keyOf: (step: LadderStep) => string,
): string[][] {
  const sets = ladders.map((ladder) => new Set(ladder.filter(({ to }) => to !== "nobody").map(keyOf)));
  return sets
    .filter((set, at) => !sets.some((other, place) => place !== at && covers(set, other, place < at)))
    .map((set) => [...set]);
}

// Of equal sets the first stays.
const covers = (set: Set<string>, other: Set<string>, earlier: boolean) =>
  [...other].every((key) => set.has(key)) && (other.size < set.size || earlier);
