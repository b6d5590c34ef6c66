import type { Settings } from "../env.ts";
import { MINUTE } from "./time.ts";

/*
 * Who hears of something owed, and when: a ladder as data. The sweep turns it into SQL, nothing else decides.
 * Order of escalation: DOMAIN.md mechanisms 1 and 9 (the unit, its town, the county).
 */
export const OBLIGATION_KINDS = [
  "daily-report",
  "registration",
  "tip",
  "follow-up",
  "response",
  "cluster",
  "release",
  "care-role",
] as const;
export type ObligationKind = (typeof OBLIGATION_KINDS)[number];
/** `grid` are the unit's grid workers alone; `unit` are its other contacts; `nobody` hears of a lapse. */
export type Rung = "grid" | "unit" | "town" | "county" | "nobody";
export type Tone = "notice" | "overdue" | "lapse";

export type LadderStep = {
  /** Minutes after the anchor. */
  after: number;
  /** `next-slot` is the close of the slot after the due one: a rolling obligation then moves on to it. */
  anchor: "opened" | "due" | "next-slot";
  tone: Tone;
  to: Rung;
  /** Only ever a stand-in for the step before it. */
  ifSilent?: true;
};

type Clocks = Pick<
  Settings,
  "LADDER_TOWN_MINUTES" | "LADDER_COUNTY_MINUTES" | "FOLLOW_UP_VILLAGE_MINUTES" | "FOLLOW_UP_TOWN_MINUTES"
>;

/**
 * The steps of a kind, in order. A daily report is known to be owed, so its first word is "overdue" at the due moment;
 * a registration or a tip is new to the unit, so a notice goes out as soon as it is opened, to the next one up where
 * the unit has nobody to tell.
 */
export function ladderOf(kind: ObligationKind, settings: Clocks): readonly LadderStep[] {
  const town = settings.LADDER_TOWN_MINUTES;
  const overdue: LadderStep[] = [
    { after: 0, anchor: "due", tone: "overdue", to: "unit" },
    { after: town, anchor: "due", tone: "overdue", to: "town" },
    { after: town + settings.LADDER_COUNTY_MINUTES, anchor: "due", tone: "overdue", to: "county" },
  ];
  if (kind === "follow-up") return followUp(settings);
  // A response was called for by an urgent word, and a role is known to be owed: both speak again only when overdue.
  if (kind === "daily-report" || kind === "response" || kind === "care-role") return overdue;
  return [
    { after: 0, anchor: "opened", tone: "notice", to: "unit" },
    { after: 0, anchor: "opened", tone: "notice", to: "town", ifSilent: true },
    { after: 0, anchor: "opened", tone: "notice", to: "county", ifSilent: true },
    ...overdue,
  ];
}

/** A missed slot (DOMAIN.md 9): the grid worker as it closes, the village, its town; as the next one closes it has lapsed. */
function followUp({ FOLLOW_UP_VILLAGE_MINUTES, FOLLOW_UP_TOWN_MINUTES }: Clocks): readonly LadderStep[] {
  const town = FOLLOW_UP_VILLAGE_MINUTES + FOLLOW_UP_TOWN_MINUTES;
  return [
    { after: 0, anchor: "due", tone: "overdue", to: "grid" },
    { after: FOLLOW_UP_VILLAGE_MINUTES, anchor: "due", tone: "overdue", to: "unit" },
    { after: town, anchor: "due", tone: "overdue", to: "town" },
    { after: 0, anchor: "next-slot", tone: "lapse", to: "nobody" },
  ];
}

/** When a step falls due, for one that hangs on the opening or the due moment. */
export function momentOfStep(step: LadderStep, times: { openedAt: Date; dueAt: Date }): Date {
  const anchor = step.anchor === "opened" ? times.openedAt : times.dueAt;
  return new Date(anchor.getTime() + step.after * MINUTE);
}

/**
 * The steps that may stand in for one that reached nobody, in order: those of its tone after it. The first that reaches
 * anybody is taken at once: silence is an alarm. Nothing is called overdue before it is.
 */
export function standIns(ladder: readonly LadderStep[], index: number): number[] {
  return ladder.flatMap((step, at) => (at > index && step.tone === ladder[index]?.tone ? [at] : []));
}

/** The step after one that was taken; the ladder's length when none is left. */
export function stepAfter(ladder: readonly LadderStep[], index: number): number {
  let next = index + 1;
  while (ladder[next]?.ifSilent) next += 1;
  return next;
}

/** Division codes: a county has 6 digits, a town 9; a bureau of the county or a school beside a town is as long. */
const PREFIX = { town: 9, county: 6 };

/** The unit a rung stands for. A town is its own town: then there is nobody new to tell on that rung. */
export function unitOfRung(unitCode: string, to: Rung): string {
  return to === "town" || to === "county" ? unitCode.slice(0, PREFIX[to]) : unitCode;
}

/** The distinct units that hear of something urgent at once: the unit, its town, the county. */
export function chainOf(unitCode: string): string[] {
  return [...new Set((["unit", "town", "county"] as const).map((to) => unitOfRung(unitCode, to)))];
}
