import type { Lang, Words } from "../forms/define.ts";
import { type FieldError, problem } from "./problem.ts";
import { addDays, DAY, isDate, localClock, localDate, MINUTE, momentOf } from "./time.ts";

/*
 * 截止: the moment up to which a situation report speaks. 12时, 18:00 and 24时 are the ones in use; 24时 is 00:00 of the next
 * day and speaks of the day that ends there (DOMAIN.md, Figures).
 */
export const CUT_OFFS = ["12:00", "18:00", "24:00"] as const;

/** A cut-off as officials write it: the local day it speaks of, and HH:mm up to 24:00. */
export type CutOff = { date: string; clock: string };

/** How a moment is written as a cut-off. */
export function cutOffOf(asOf: Date, zone: string): CutOff {
  const clock = localClock(asOf, zone);
  if (clock !== "00:00" || asOf.getTime() % MINUTE !== 0) return { date: localDate(asOf, zone), clock };
  return { date: localDate(new Date(asOf.getTime() - 1), zone), clock: "24:00" };
}

/** The last time, up to and with `now`, that local clocks showed one of these. */
export function lastCutOff(now: Date, zone: string, clocks: readonly string[] = CUT_OFFS): Date {
  const today = localDate(now, zone);
  const moments = [today, addDays(today, -1), addDays(today, -2)]
    .flatMap((date) => clocks.map((clock) => momentOf(date, clock, zone)))
    .filter((at) => at <= now);
  return new Date(Math.max(...moments.map((at) => at.getTime())));
}

/** The same clock time a day before: after it, up to and with the cut-off, is "today". */
export function dayBefore(asOf: Date, zone: string): Date {
  const { date, clock } = cutOffOf(asOf, zone);
  return new Date(momentOf(addDays(date, -1), clock, zone).getTime() + (asOf.getTime() % MINUTE));
}

/** A cut-off as it was typed: a day and a clock, and the time itself where the clock is "other". */
export type TypedCutOff = { date: string; clock: string; time: string };

/** Reads it. Throws `invalid` on `date` and `time` for what is none, and for one that is still to come. */
export function readCutOff(
  { date, clock, time }: TypedCutOff,
  { now, zone, lang }: { now: Date; zone: string; lang: Lang },
): Date {
  const errors: FieldError[] = [];
  const wrong = (path: string, code: string, words: Words) =>
    errors.push({ path, code, message: words[lang] });
  if (!isDate(date.trim())) wrong("date", "no-such-day", NO_DAY);
  const at = CUT_OFFS.find((one) => one === clock) ?? clockOf(time);
  if (at === undefined) wrong("time", "no-such-time", NO_TIME);
  if (errors.length > 0 || at === undefined) throw problem.invalid(errors);
  const asOf = momentOf(date.trim(), at, zone);
  if (asOf > now) throw problem.answer("date", "future", FUTURE, lang);
  return asOf;
}

/** HH:mm from what was typed: 9:30, 18：00; undefined for no time of a day. */
function clockOf(text: string): string | undefined {
  const [, hour = "", minute = ""] = /^(\d{1,2})[:：](\d{2})$/.exec(text.trim()) ?? [];
  if (hour === "" || Number(minute) > 59) return undefined;
  if (Number(hour) * 60 + Number(minute) > DAY / MINUTE) return undefined;
  return `${hour.padStart(2, "0")}:${minute}`;
}

const NO_DAY: Words = {
  "zh-Hans": "请填一个日期，如 2026-01-25",
  "zh-Hant": "請填一個日期，如 2026-01-25",
  en: "Write a day, such as 2026-01-25",
};
const NO_TIME: Words = {
  "zh-Hans": "请选一个截止时刻，或填时间，如 15:30",
  "zh-Hant": "請選一個截止時刻，或填時間，如 15:30",
  en: "Choose a cut-off, or write a time such as 15:30",
};
const FUTURE: Words = {
  "zh-Hans": "截止时刻还没有到",
  "zh-Hant": "截止時刻還沒有到",
  en: "This cut-off is still to come",
};
