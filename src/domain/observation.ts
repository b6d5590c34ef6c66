import type { Settings } from "../env.ts";
import type { Lang, Words } from "../forms/define.ts";
import { firstSlot, type Slot, slotCloses, slotKey } from "./follow-up.ts";
import { type NewObligation, planObligation } from "./obligation.ts";
import { problem } from "./problem.ts";
import { addDays, HOUR, isDate, localDate, momentOf } from "./time.ts";

/*
 * 居家/集中医学观察: fourteen days from day 0 (DOMAIN.md 12 and Facts from outside). The rule that set day 0 is kept with it,
 * because counties and dates differ.
 */
export const OBSERVATION_KINDS = ["home", "central", "hospital"] as const;
export type ObservationKind = (typeof OBSERVATION_KINDS)[number];
export const DAY0_RULES = ["last_exposure", "left_area", "start"] as const;
export type Day0Rule = (typeof DAY0_RULES)[number];
export const DAY0_EVIDENCE = ["own_word", "ticket", "phone_record", "official"] as const;
export type Day0Evidence = (typeof DAY0_EVIDENCE)[number];
export const ENDINGS = ["released", "transferred", "closed"] as const;
export type Ending = (typeof ENDINGS)[number];

/** 四条措施: what a household under observation keeps to, to be acknowledged by it. */
export const MEASURES: readonly Words[] = [
  {
    "zh-Hans": "居家不出门，不会客，不聚餐；确需外出先向村（社区）报告",
    "zh-Hant": "居家不出門，不會客，不聚餐；確需外出先向村（社區）報告",
    en: "Stay at home, receive no visitors and share no meals with others; ask the village before going out",
  },
  {
    "zh-Hans": "尽量单独一间房，常开窗通风，与家人接触戴口罩、保持一米以上距离",
    "zh-Hant": "盡量單獨一間房，常開窗通風，與家人接觸戴口罩、保持一公尺以上距離",
    en: "Keep to a room of your own and air it often; near your family wear a mask and stay a metre apart",
  },
  {
    "zh-Hans": "每天早晚各量一次体温，如实报告；同住家人一起量",
    "zh-Hant": "每天早晚各量一次體溫，如實報告；同住家人一起量",
    en: "Measure your temperature every morning and evening and report it truthfully, with everyone you live with",
  },
  {
    "zh-Hans": "体温 37.3 ℃ 及以上或有不适，立即报告，等候安排，不自行外出就医",
    "zh-Hant": "體溫 37.3 ℃ 及以上或有不適，立即報告，等候安排，不自行外出就醫",
    en: "At 37.3 °C or more, or with any symptom, report at once and wait to be fetched; do not travel to a hospital yourself",
  },
];

/** What an official decides when an observation is opened. Without day0 the rule finds it for each person. */
export type ObservationOrder = {
  kind: ObservationKind;
  day0Rule: Day0Rule;
  /** Local day, YYYY-MM-DD. */
  day0?: string;
  evidence: Day0Evidence;
};
/** Whom it is about: a verified household. `recordedAt` is the registration's. */
export type ObservedHome = {
  id: string;
  unitCode: string;
  leftOn: string | null;
  arrivedAt: Date;
  persons: { id: string; returnee: boolean }[];
};
/** A row of `observation` without what is sealed, and what is owed for it. */
export type ObservationPlan = {
  observation: {
    id: string;
    householdId: string;
    unitCode: string;
    returnee: boolean;
    kind: ObservationKind;
    day0: string;
    day0Rule: Day0Rule;
    day0Evidence: Day0Evidence;
    untilDate: string;
    firstSlot: string;
    lastSlot: string;
    firstDueAt: Date;
    plannedDueAt: Date;
    lastDueAt: Date;
    openedAt: Date;
    recordedAt: Date;
    endedAt: Date | null;
    endedRecordedAt: Date | null;
    ending: Ending | null;
  };
  obligations: NewObligation[];
};

type Context = { now: Date; settings: Settings; lang?: Lang };

/**
 * One observation a person of a verified household, those who stayed at home included. Throws `invalid` on `day0` for a
 * day that does not exist, lies in the future or more than sixty days back.
 * @param ended how it ended as it was opened, for a registration found wrong (closed) or moved on (transferred)
 */
export function planObservations(
  home: ObservedHome,
  order: ObservationOrder,
  ctx: Context,
  ended?: Exclude<Ending, "released">,
): ObservationPlan[] {
  const { now, settings } = ctx;
  const today = localDate(now, settings.TIME_ZONE);
  const given = order.day0?.trim() ? readDay0(order.day0.trim(), today, ctx.lang) : undefined;
  return home.persons.map((person) => {
    const day0 = given ?? day0Of(order.day0Rule, person.returnee, home, today, settings.TIME_ZONE);
    return planOne(person, home, order, day0, ctx, ended);
  });
}

function planOne(
  person: ObservedHome["persons"][number],
  home: ObservedHome,
  order: ObservationOrder,
  day0: string,
  { now, settings }: Context,
  ended: Exclude<Ending, "released"> | undefined,
): ObservationPlan {
  const zone = settings.TIME_ZONE;
  const untilDate = addDays(day0, settings.OBSERVATION_DAYS);
  const first = firstSlot(now, zone);
  const last: Slot = { date: untilDate, part: "evening" };
  const [firstDueAt, plannedDueAt] = [slotCloses(first, zone), slotCloses(last, zone)];
  const { id: subjectId } = person;
  const { unitCode } = home;
  const over = lastDayOver(untilDate, zone);
  const releaseFrom = over > now ? over : now;
  const obligations: NewObligation[] = [];
  // Somebody found after the fourteen days owes no reading and is due for release at once.
  if (!ended && firstDueAt <= plannedDueAt) {
    const followUp = { kind: "follow-up", unitCode, subjectId, openedAt: now, dueAt: firstDueAt } as const;
    obligations.push(planObligation(followUp, { now, settings }));
  }
  if (!ended) {
    const dueAt = new Date(releaseFrom.getTime() + settings.RELEASE_HOURS * HOUR);
    const release = { kind: "release", unitCode, subjectId, openedAt: releaseFrom, dueAt } as const;
    obligations.push(planObligation(release, { now, settings }));
  }
  return {
    observation: {
      id: subjectId,
      householdId: home.id,
      unitCode,
      returnee: person.returnee,
      kind: order.kind,
      day0,
      day0Rule: order.day0Rule,
      day0Evidence: order.evidence,
      untilDate,
      firstSlot: slotKey(first),
      lastSlot: slotKey(last),
      firstDueAt,
      plannedDueAt,
      lastDueAt: plannedDueAt,
      openedAt: now,
      recordedAt: now,
      endedAt: ended ? now : null,
      endedRecordedAt: ended ? now : null,
      ending: ended ?? null,
    },
    obligations,
  };
}

/**
 * Day 0 as a rule finds it. Who left the area was last exposed there; who lives with them, when they came home.
 * Source: DOMAIN.md, Facts from outside.
 */
export function day0Of(
  rule: Day0Rule,
  returnee: boolean,
  home: Pick<ObservedHome, "leftOn" | "arrivedAt">,
  today: string,
  zone: string,
): string {
  if (rule === "start") return today;
  const arrived = localDate(home.arrivedAt, zone);
  const day = returnee ? (home.leftOn ?? arrived) : arrived;
  return day > today ? today : day;
}

/** The first moment after the last day: from then on somebody is due for release. */
export const lastDayOver = (untilDate: string, zone: string): Date => momentOf(untilDate, "24:00", zone);

/** The day of an observation, 1 to 14, as people count: day 0 itself is 0. */
export const dayNumber = (day0: string, today: string): number =>
  Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day0}T00:00:00Z`)) / (24 * HOUR));

/**
 * Whether an observation may be ended now, and how. Throws `alreadySettled` when it has ended, `releaseTooEarly` before
 * the last day is over, `releaseHeld` while the last reading is abnormal. Transferred and closed need a reason only.
 */
export function checkEnding(
  standing: { untilDate: string; endedAt: Date | null; lastDueAt: Date | null },
  ending: Ending,
  { now, zone }: { now: Date; zone: string },
): void {
  if (standing.endedAt) throw problem.alreadySettled();
  if (ending !== "released") return;
  if (!lastDayIsOver(standing.untilDate, now, zone)) throw problem.releaseTooEarly(standing.untilDate);
  if (standing.lastDueAt === null) throw problem.releaseHeld();
}

/** True from 24:00 of the last day on. */
export const lastDayIsOver = (untilDate: string, now: Date, zone: string): boolean =>
  now >= lastDayOver(untilDate, zone);

/** When the last day is over and the last reading is not abnormal. @param lastDueAt null while it is */
export const canRelease = (
  standing: { untilDate: string; endedAt: Date | null; lastDueAt: Date | null },
  now: Date,
  zone: string,
): boolean =>
  standing.endedAt === null && standing.lastDueAt !== null && lastDayIsOver(standing.untilDate, now, zone);

/** The longest way back that day 0 may lie: beyond it somebody mistyped. */
const OLDEST_DAY0 = 60;

function readDay0(day0: string, today: string, lang?: Lang): string {
  if (!isDate(day0)) throw problem.answer("day0", "date", NO_DAY, lang);
  if (day0 > today) throw problem.answer("day0", "future", FUTURE, lang);
  if (day0 < addDays(today, -OLDEST_DAY0)) throw problem.answer("day0", "too-old", TOO_OLD, lang);
  return day0;
}

const NO_DAY: Words = {
  "zh-Hans": "请填写观察起算日期，例如 2026-01-25",
  "zh-Hant": "請填寫觀察起算日期，例如 2026-01-25",
  en: "Enter the day that observation is counted from, such as 2026-01-25",
};
const FUTURE: Words = {
  "zh-Hans": "观察起算日期不能晚于今天",
  "zh-Hant": "觀察起算日期不能晚於今天",
  en: "The day that observation is counted from must not be in the future",
};
const TOO_OLD: Words = {
  "zh-Hans": "观察起算日期太早，请核对",
  "zh-Hant": "觀察起算日期太早，請核對",
  en: "The day that observation is counted from is too long ago. Check it.",
};
