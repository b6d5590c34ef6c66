import type { Lang, Words } from "../forms/define.ts";
import { problem } from "./problem.ts";
import { DAY, MINUTE } from "./time.ts";

/** So much a sender's clock may go ahead, and so long what happened may be filed later. */
const GRACE = 5 * MINUTE;
const LATEST = 3 * DAY;

/**
 * When something happened: as it was sent, otherwise now. Throws `invalid` on occurredAt for the future, more than three days
 * back, and a minute before that of `after`.
 */
export function momentOfEvent(
  sent: Date | undefined,
  { now, after = new Date(0), lang }: { now: Date; after?: Date; lang?: Lang | undefined },
): Date {
  const at = sent?.getTime() ?? Math.max(now.getTime(), after.getTime());
  const refuse = (code: string, words: Words) => problem.answer("occurredAt", code, words, lang);
  if (Number.isNaN(at)) throw refuse("format", NO_MOMENT);
  if (sent && at > now.getTime() + GRACE) throw refuse("future", FUTURE);
  if (at < now.getTime() - LATEST) throw refuse("too-early", TOO_EARLY);
  // A page's clock shows minutes: what is typed in the minute of the last step comes after it.
  if (at < Math.floor(after.getTime() / MINUTE) * MINUTE) throw refuse("before-last", BEFORE_LAST);
  return new Date(Math.max(Math.min(at, now.getTime()), after.getTime()));
}

/** Of a moment that cannot be read. */
export const NO_MOMENT: Words = {
  "zh-Hans": "occurredAt 的格式应为 2026-01-26T07:30",
  "zh-Hant": "occurredAt 的格式應為 2026-01-26T07:30",
  en: "Write occurredAt as 2026-01-26T07:30",
};
const FUTURE: Words = {
  "zh-Hans": "时间不能在将来",
  "zh-Hant": "時間不能在將來",
  en: "The time cannot lie in the future",
};
const TOO_EARLY: Words = {
  "zh-Hans": "只能补登三天内的事",
  "zh-Hant": "只能補登三天內的事",
  en: "Only what happened within the last three days can be recorded",
};
const BEFORE_LAST: Words = {
  "zh-Hans": "时间不能早于上一步",
  "zh-Hant": "時間不能早於上一步",
  en: "The time cannot lie before the last step",
};
