import type { Settings } from "../env.ts";
import { MINUTE } from "./time.ts";

/*
 * Who hears of something owed, and when: a ladder as data. `escalate` takes its steps, nothing else decides.
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
  "roster",
  "ticket",
  "retention",
  "listed",
  "letter",
  "reply",
  "count",
  "record",
  "decision",
] as const;
export type ObligationKind = (typeof OBLIGATION_KINDS)[number];
/** `grid` are the unit's grid workers alone; `unit` are its other contacts; `nobody` hears of a lapse. */
export type Rung = "grid" | "unit" | "town" | "county" | "nobody";
export type Role = "contact" | "duty" | "head" | "inspector";
export type Tone = "notice" | "overdue" | "lapse";
export type ChannelKind = "mail" | "webhook" | "wecom" | "dingtalk" | "feishu";

export type LadderStep = {
  /** Minutes after the anchor. */
  after: number;
  /** `next-slot` is the close of the slot after the due one: a rolling obligation then moves on to it. */
  anchor: "opened" | "due" | "next-slot";
  tone: Tone;
  to: Rung;
  /** Only those of the rung's unit in this role; else all of them but grid workers, care teams and inspectors. */
  role?: Role;
  /** A named unit instead of the rung's own: an inspector who sits elsewhere. */
  unit?: string;
  /** Only by this channel. */
  channel?: ChannelKind;
  /** Only ever a stand-in for the step before it. */
  ifSilent?: true;
  /** Minutes after which the last step is taken again, and again, until it is met. */
  repeat?: number;
};

/** How often a last step is repeated: after a day of reminders another is noise, and the lists still show it. */
export const REPEATS = 6;

export type Clocks = Pick<
  Settings,
  | "LADDER_TOWN_MINUTES"
  | "LADDER_COUNTY_MINUTES"
  | "LADDER_REPEAT_MINUTES"
  | "FOLLOW_UP_VILLAGE_MINUTES"
  | "FOLLOW_UP_TOWN_MINUTES"
  | "LADDERS"
>;

/**
 * The steps of a kind, in order: the county's own where LADDERS has them. A daily report is known to be owed, so its
 * first word is "overdue" at the due moment; a registration or a tip is new to the unit, so a notice goes out as soon as
 * it is opened, to the next one up where the unit has nobody to tell. What concerns a person's health is said again.
 */
export function ladderOf(kind: ObligationKind, settings: Clocks): readonly LadderStep[] {
  return settings.LADDERS[kind] ?? usualLadder(kind, settings);
}

function usualLadder(kind: ObligationKind, settings: Clocks): readonly LadderStep[] {
  const town = settings.LADDER_TOWN_MINUTES;
  const county = town + settings.LADDER_COUNTY_MINUTES;
  const overdue: LadderStep[] = [
    { after: 0, anchor: "due", tone: "overdue", to: "unit" },
    { after: town, anchor: "due", tone: "overdue", to: "town" },
    { after: county, anchor: "due", tone: "overdue", to: "county" },
  ];
  if (kind === "follow-up") return followUp(settings);
  if (kind === "daily-report" || kind === "count" || kind === "care-role") return overdue;
  const again = settings.LADDER_REPEAT_MINUTES;
  const repeated = overdue.with(2, {
    ...(overdue[2] as LadderStep),
    ...(again > 0 ? { repeat: again } : {}),
  });
  // A response was called for by an urgent word, a letter and a record are known to who wrote them: they speak again only
  // when overdue.
  if (kind === "response" || kind === "letter" || kind === "record") return repeated;
  const notices: LadderStep[] = [
    { after: 0, anchor: "opened", tone: "notice", to: "unit" },
    { after: 0, anchor: "opened", tone: "notice", to: "town", ifSilent: true },
    { after: 0, anchor: "opened", tone: "notice", to: "county", ifSilent: true },
  ];
  // Nobody has to do anything: who wants to keep something longer has until then.
  if (kind === "retention") return notices;
  // Who is on duty is the head's to settle; the unit's others hear where it has none.
  const head: LadderStep[] =
    kind === "roster" ? [{ after: 0, anchor: "opened", tone: "notice", to: "unit", role: "head" }] : [];
  const [first, ...others] = notices;
  return [
    ...head,
    ...(first ? [head.length > 0 ? { ...first, ifSilent: true as const } : first] : []),
    ...others,
    ...repeated,
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

/** Who hears of a step: a unit's code, and behind it the role and the channel where the step names one. Undefined: nobody. */
export function audienceOf({ to, role, unit, channel }: LadderStep, unitCode: string): string | undefined {
  const code = unit ?? unitOfRung(unitCode, to);
  // A town is its own town: there is nobody new to tell on that rung.
  if (to === "nobody" || (!unit && to !== "unit" && to !== "grid" && code === unitCode)) return undefined;
  return `${code}${to === "grid" ? "/grid" : role ? `/${role}` : ""}${channel ? `+${channel}` : ""}`;
}

/** What `audienceOf` put together. */
export function partsOfAudience(audience: string): { unit: string; role?: string; channel?: string } {
  const [, unit = "", role, channel] = /^([^/+]*)(?:\/([^+]*))?(?:\+(.*))?$/.exec(audience) ?? [];
  return { unit, ...(role ? { role } : {}), ...(channel ? { channel } : {}) };
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
