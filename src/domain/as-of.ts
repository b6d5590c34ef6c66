import type { Lang, Words } from "../forms/define.ts";
import { problem } from "./problem.ts";
import { DAY, isDate, localClock, localDate, MINUTE, momentOf, offsetAt } from "./time.ts";

/*
 * As of when a figure is asked. A cut at 24时 is 00:00 of the next day and speaks of the day that ends there
 * (DOMAIN.md, Figures), so a day is the half-open window after its first moment, up to and with its last.
 */

/** The local day a moment speaks of, and the window of its "today": after `from`, up to and with the moment itself. */
export function dayOf(asOf: Date, zone: string): { date: string; from: Date } {
  const date = localDate(new Date(asOf.getTime() - 1), zone);
  return { date, from: momentOf(date, "00:00", zone) };
}

/**
 * A moment in ISO with its offset: 2026-01-25T12:00:00+08:00, a space in place of the plus (as addresses decode it),
 * Z, 24:00. Throws `invalid` on asOf for anything else, a day that does not exist, or a moment after `now`.
 * @param options name: what is read, where it is not asOf; now: the last moment that may be said, any if left out
 */
export function readAsOf(text: string, options: { now?: Date; lang: Lang; name?: string }): Date {
  const { now, lang, name = "asOf" } = options;
  const refuse = (code: string, words: Words) =>
    problem.invalid([{ path: name, code, message: words[lang].replace("asOf", name) }]);
  const [, date = "", hour, minute, second = "0", fraction = "", sign, offsetHour, offsetMinute] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+\- ])(\d{2}):?(\d{2}))?$/.exec(
      text,
    ) ?? [];
  if (!date) throw refuse("format", FORMAT);
  if (!sign && !text.endsWith("Z")) throw refuse("zone", ZONE);
  if (!isDate(date)) throw refuse("no-such-day", NO_DAY);
  const clock = (Number(hour) * 60 + Number(minute)) * MINUTE + Number(second) * 1000;
  const offset = (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0)) * MINUTE;
  if (clock > DAY || Number(minute) > 59 || Number(second) > 59) throw refuse("no-such-time", NO_TIME);
  if (Number(offsetMinute ?? 0) > 59 || offset > 14 * 60 * MINUTE) throw refuse("zone", ZONE);
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const wall = Date.parse(`${date}T00:00:00Z`) + clock + milliseconds;
  const at = new Date(wall - (sign === "-" ? -offset : offset));
  if (clock === DAY && milliseconds > 0) throw refuse("no-such-time", NO_TIME);
  if (now && at > now) throw refuse("future", FUTURE);
  return at;
}

/** No window begins before the calendar that people here keep. */
export const EARLIEST = new Date("2000-01-01T00:00:00Z");

/**
 * The moment after which a window up to `asOf` begins, written as `asOf` is. Throws `invalid` on from for what is no such
 * moment or does not come before `asOf`.
 */
export function readFrom(text: string, { asOf, lang }: { asOf: Date; lang: Lang }): Date {
  const from = readAsOf(text, { lang, name: "from" });
  if (from < EARLIEST) throw problem.answer("from", "range", TOO_EARLY, lang);
  if (from >= asOf) throw problem.answer("from", "not-before-as-of", ENDS_FIRST, lang);
  return from;
}

/**
 * The quarter hour in which a moment falls, by its beginning: how finely the public may ask. The clocks of all zones
 * are whole quarters apart.
 */
export const quarterOf = (at: Date): Date => new Date(at.getTime() - (at.getTime() % (15 * MINUTE)));

/**
 * The last full quarter hour that is settled: what was recorded within the last minute may still be on its way into the
 * database, and what the public was told of a moment stands.
 */
export const settledQuarter = (at: Date, now: Date): Date =>
  quarterOf(new Date(Math.min(at.getTime(), now.getTime() - MINUTE)));

/** Refuses a moment before a unit was entered: nothing was known of it, which is not the same as nothing there. */
export function requireKnown(asOf: Date, since: Date, { zone, lang }: { zone: string; lang: Lang }): void {
  if (asOf >= since) return;
  const at = `${localDate(since, zone)} ${localClock(since, zone)}`;
  throw problem.answer(
    "asOf",
    "before-first-record",
    {
      "zh-Hans": `早于第一条记录：这个单位录入于 ${at}`,
      "zh-Hant": `早於第一條記錄：這個單位錄入於 ${at}`,
      en: `This lies before the first record: this unit was entered at ${at}`,
    },
    lang,
  );
}

/** A moment as people of the zone read it: 2026-01-25T12:00:00+08:00, with thousandths only where there are any. */
export function localIso(at: Date, zone: string): string {
  const ahead = offsetAt(at.getTime(), zone);
  const minutes = Math.round(ahead / MINUTE);
  const two = (n: number) => String(n).padStart(2, "0");
  const away = Math.abs(minutes);
  const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
  return new Date(at.getTime() + ahead).toISOString().replace(/(\.000)?Z$/, offset);
}

const TOO_EARLY: Words = {
  "zh-Hans": "from 不能早于 2000 年",
  "zh-Hant": "from 不能早於 2000 年",
  en: "from must not lie before the year 2000",
};
const ENDS_FIRST: Words = {
  "zh-Hans": "from 应早于 asOf",
  "zh-Hant": "from 應早於 asOf",
  en: "from must come before asOf",
};
const FORMAT: Words = {
  "zh-Hans": "asOf 的格式应为 2026-01-25T12:00:00+08:00",
  "zh-Hant": "asOf 的格式應為 2026-01-25T12:00:00+08:00",
  en: "Write asOf as 2026-01-25T12:00:00+08:00",
};
const ZONE: Words = {
  "zh-Hans": "asOf 应带时区，例如 +08:00",
  "zh-Hant": "asOf 應帶時區，例如 +08:00",
  en: "asOf needs its offset from UTC, such as +08:00",
};
const NO_DAY: Words = {
  "zh-Hans": "asOf 里的日期不存在",
  "zh-Hant": "asOf 裡的日期不存在",
  en: "The day in asOf does not exist",
};
const NO_TIME: Words = {
  "zh-Hans": "asOf 里的时间不存在",
  "zh-Hant": "asOf 裡的時間不存在",
  en: "The time in asOf does not exist",
};
const FUTURE: Words = {
  "zh-Hans": "asOf 不能晚于现在",
  "zh-Hant": "asOf 不能晚於現在",
  en: "asOf must not lie in the future",
};
