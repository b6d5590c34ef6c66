import { type LadderStep, OBLIGATION_KINDS, type ObligationKind } from "./ladder.ts";
import { unitOfCode } from "./unit.ts";

/*
 * A county's own ladders, from the setting LADDERS: {"tip":[{"after":0,"anchor":"opened","tone":"notice","to":"unit"},…]}.
 */
export type Ladders = Partial<Record<ObligationKind, readonly LadderStep[]>>;

const MOST_STEPS = 20;
/** A week in minutes. */
const LONGEST = 7 * 24 * 60;
const SHORTEST_REPEAT = 5;
const VALUES = {
  anchor: ["opened", "due"],
  tone: ["notice", "overdue"],
  to: ["unit", "grid", "town", "county"],
  role: ["contact", "duty", "head", "inspector"],
  channel: ["mail", "webhook", "wecom", "dingtalk", "feishu"],
} as const;
const KNOWN = new Set(["after", "anchor", "tone", "to", "role", "unit", "channel", "ifSilent", "repeat"]);

/**
 * Reads them. A ladder always ends and never goes back: at least one step, the first no stand-in, within an anchor no
 * step before the one above it, and only the last repeats, five minutes apart or more.
 * @returns the ladders, or one sentence that names the step to mend
 */
export function parseLadders(text: string): { ladders: Ladders } | { fault: string } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return { fault: "must be JSON" };
  }
  if (!isRecord(read)) return { fault: 'must be JSON such as {"tip":[{"after":0,…}]}' };
  for (const [kind, steps] of Object.entries(read)) {
    if (!(OBLIGATION_KINDS as readonly string[]).includes(kind)) return { fault: `knows no kind "${kind}"` };
    // Its last step is the way from one slot to the next: not a county's to leave out.
    if (kind === "follow-up")
      return { fault: "cannot change follow-up: FOLLOW_UP_VILLAGE_MINUTES and FOLLOW_UP_TOWN_MINUTES do" };
    const fault = faultOfLadder(steps);
    if (fault) return { fault: `${kind}: ${fault}` };
  }
  return { ladders: read as Ladders };
}

function faultOfLadder(steps: unknown): string | undefined {
  if (!Array.isArray(steps) || steps.length === 0) return "a ladder needs at least one step";
  if (steps.length > MOST_STEPS) return `a ladder has at most ${MOST_STEPS} steps`;
  const reached = { opened: 0, due: 0 };
  for (const [at, step] of steps.entries()) {
    const fault = faultOfStep(step, at, steps.length);
    if (fault) return `step ${at + 1} ${fault}`;
    const { anchor, after } = step as { anchor: "opened" | "due"; after: number };
    if (after < reached[anchor])
      return `step ${at + 1} comes before the step above it: a ladder never goes back`;
    if (anchor === "opened" && at > 0 && (steps[at - 1] as LadderStep).anchor === "due")
      return `step ${at + 1} is anchored at the opening after one at the due moment: a ladder never goes back`;
    const { ifSilent, tone } = step as LadderStep;
    if (ifSilent && tone !== (steps[at - 1] as LadderStep).tone)
      return `step ${at + 1} can only stand in for a step of its own tone`;
    reached[anchor] = after;
  }
  return undefined;
}

function faultOfStep(step: unknown, at: number, length: number): string | undefined {
  if (!isRecord(step)) return "must be an object";
  const unknown = Object.keys(step).find((name) => !KNOWN.has(name));
  if (unknown) return `knows no "${unknown}"`;
  if (!isWhole(step.after, 0, LONGEST)) return `needs after, in minutes from 0 to ${LONGEST}`;
  for (const name of ["anchor", "tone", "to", "role", "channel"] as const) {
    const optional = name === "role" || name === "channel";
    if (optional && step[name] === undefined) continue;
    if (!(VALUES[name] as readonly unknown[]).includes(step[name]))
      return `needs ${name}: ${VALUES[name].join(", ")}`;
  }
  if (step.unit !== undefined && !(typeof step.unit === "string" && unitOfCode(step.unit)))
    return "needs a unit's code";
  if (step.ifSilent !== undefined && (step.ifSilent !== true || at === 0))
    return "can only stand in for a step before it";
  if (step.repeat === undefined) return undefined;
  if (at < length - 1) return "repeats, and only the last one can";
  if (!isWhole(step.repeat, SHORTEST_REPEAT, LONGEST))
    return `repeats in minutes, ${SHORTEST_REPEAT} at least`;
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isWhole = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
