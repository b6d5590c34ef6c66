import type { reading } from "../../forms/reading.ts";
import type { Lang, ValuesOf, Words } from "../forms/define.ts";
import {
  clockOf,
  HOURS,
  LATE_WINDOW,
  latestSlot,
  nextSlot,
  parseSlot,
  type Slot,
  slotCloses,
  slotKey,
  slotOpens,
} from "./follow-up.ts";
import { problem } from "./problem.ts";
import { FEVER_TENTHS } from "./registration.ts";
import { isDate, MINUTE } from "./time.ts";

/** A valid answer to forms/reading.ts: °C with one decimal. */
export type ReadingValues = ValuesOf<typeof reading>;

/** What `reading.sealed` opens to: row id = the submission's, column "reading". */
export type ReadingDetails = { symptomText?: string; actor?: string };

export type ReadingPlan = {
  observationId: string;
  /** 2026-01-26/evening */
  slot: string;
  /** When the slot closes: what orders slots, in the database too. */
  dueAt: Date;
  /** The closes of later slots that are open already: a reading there is newer than this one. */
  later: Date[];
  temperature: number;
  symptoms: boolean;
  needsHelp: boolean;
  abnormal: boolean;
  late: boolean;
  takenAt: Date;
  details: ReadingDetails;
};

/** A phone's clock may be ahead by so much, in milliseconds. */
const CLOCK_AHEAD = 2 * MINUTE;

/**
 * What a valid reading becomes. Without a slot it speaks for the slot whose hours began last when it was taken. Whether
 * the person owes that slot, the database decides as it writes.
 * Throws `invalid` on takenAt (future, before its slot) and on slot (unknown, not yet open, past the late window).
 */
export function planReading(
  values: ReadingValues,
  sent: { observationId: string; slot?: string; takenAt?: Date; actor?: string },
  { now, zone, lang }: { now: Date; zone: string; lang?: Lang },
): ReadingPlan {
  const takenAt = momentTaken(sent.takenAt, now, lang);
  const slot = slotOf(sent.slot, takenAt, zone, lang);
  const closes = slotCloses(slot, zone);
  const opens = slotOpens(slot, zone);
  if (now < opens) throw notYet(slot, lang);
  if (now.getTime() >= closes.getTime() + LATE_WINDOW) throw tooLate(lang);
  if (takenAt < opens) throw problem.answer("takenAt", "before-slot", BEFORE_SLOT, lang);
  const temperature = Math.round(values.temperature * 10);
  return {
    observationId: sent.observationId,
    slot: slotKey(slot),
    dueAt: closes,
    later: laterCloses(slot, now, zone),
    temperature,
    symptoms: values.symptoms,
    needsHelp: values.needsHelp,
    abnormal: isAbnormal(temperature, values.symptoms),
    late: now >= closes,
    takenAt,
    details: {
      ...(values.symptomText ? { symptomText: values.symptomText } : {}),
      ...(sent.actor ? { actor: sent.actor } : {}),
    },
  };
}

/** 发热或有不适 (DOMAIN.md 11): 37.3 °C is, 37.2 is not; a symptom at any temperature is. @param tenths of °C */
export const isAbnormal = (tenths: number, symptoms: boolean): boolean => symptoms || tenths >= FEVER_TENTHS;

function momentTaken(takenAt: Date | undefined, now: Date, lang?: Lang): Date {
  if (!takenAt) return now;
  if (Number.isNaN(takenAt.getTime()) || takenAt.getTime() > now.getTime() + CLOCK_AHEAD)
    throw problem.answer("takenAt", "future", FUTURE, lang);
  return takenAt > now ? now : takenAt;
}

function slotOf(key: string | undefined, takenAt: Date, zone: string, lang?: Lang): Slot {
  if (key === undefined) return latestSlot(takenAt, zone);
  const slot = parseSlot(key);
  if (!slot || !isDate(slot.date) || key !== slotKey(slot))
    throw problem.answer("slot", "format", NO_SLOT, lang);
  return slot;
}

function laterCloses(slot: Slot, now: Date, zone: string): Date[] {
  const closes: Date[] = [];
  for (let next = nextSlot(slot); slotOpens(next, zone) <= now; next = nextSlot(next))
    closes.push(slotCloses(next, zone));
  return closes;
}

/** Why a slot that nobody owes yet is refused; also for the hours before somebody's first slot. */
export const notYet = (slot: Slot, lang?: Lang) =>
  problem.answer(
    "slot",
    "not-yet",
    {
      "zh-Hans": `这一次要到 ${slot.date} ${HOURS[slot.part].from} 才开始填报`,
      "zh-Hant": `這一次要到 ${slot.date} ${HOURS[slot.part].from} 才開始填報`,
      en: `This reading can be entered from ${slot.date} ${HOURS[slot.part].from}`,
    },
    lang,
  );
export const tooLate = (lang?: Lang) => problem.answer("slot", "too-late", TOO_LATE, lang);
export const afterLast = (lang?: Lang) => problem.answer("slot", "after-last", AFTER_LAST, lang);

/** The clock time a slot closes at, for a page. */
export const closesAt = (dueAt: Date, zone: string): string => clockOf(dueAt, zone);

const FUTURE: Words = {
  "zh-Hans": "测量时间不能晚于现在",
  "zh-Hant": "測量時間不能晚於現在",
  en: "The time of measuring must not be in the future",
};
const BEFORE_SLOT: Words = {
  "zh-Hans": "测量时间早于这一次的开始时间",
  "zh-Hant": "測量時間早於這一次的開始時間",
  en: "The time of measuring is before this slot began",
};
const NO_SLOT: Words = {
  "zh-Hans": "slot 的格式应为 2026-01-26/morning 或 2026-01-26/evening",
  "zh-Hant": "slot 的格式應為 2026-01-26/morning 或 2026-01-26/evening",
  en: "Write the slot as 2026-01-26/morning or 2026-01-26/evening",
};
const TOO_LATE: Words = {
  "zh-Hans": "这一次已经过了补报时间（结束后 24 小时内）",
  "zh-Hant": "這一次已經過了補報時間（結束後 24 小時內）",
  en: "It is too late for this slot: it can be entered up to 24 hours after its end",
};
const AFTER_LAST: Words = {
  "zh-Hans": "观察期的最后一次已经过去，这一次不用填报",
  "zh-Hant": "觀察期的最後一次已經過去，這一次不用填報",
  en: "The last slot of this observation has passed. Nothing is owed for this one.",
};
