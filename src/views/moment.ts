import { addDays, localClock, localDate } from "../domain/time.ts";
import type { Lang } from "../forms/define.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** A local day, YYYY-MM-DD, in words: 1月25日, 25 January; with its year where that is not this one. */
export function dayWords(date: string, lang: Lang, today: string): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const other = year !== today.slice(0, 4);
  if (lang === "en") return `${Number(day)} ${MONTHS[Number(month) - 1]}${other ? ` ${year}` : ""}`;
  return `${other ? `${year}年` : ""}${Number(month)}月${Number(day)}日`;
}

/** A moment by the local clock, with today and tomorrow said so: 今天 16:32, tomorrow, 09:10, 1月25日 14:30. */
export function momentWords(at: Date, lang: Lang, zone: string, now: Date): string {
  const [date, today] = [localDate(at, zone), localDate(now, zone)];
  const clock = localClock(at, zone);
  const near = date === today ? TODAY[lang] : date === addDays(today, 1) ? TOMORROW[lang] : undefined;
  return `${near ?? dayWords(date, lang, today)}${lang === "en" ? ", " : " "}${clock}`;
}

/** A moment by its date alone, for what is printed and read later: 1月25日 14:30. */
export const dateWords = (at: Date, lang: Lang, zone: string, now: Date): string =>
  `${dayWords(localDate(at, zone), lang, localDate(now, zone))}${lang === "en" ? ", " : " "}${localClock(at, zone)}`;

const TODAY: Record<Lang, string> = { "zh-Hans": "今天", "zh-Hant": "今天", en: "today" };
const TOMORROW: Record<Lang, string> = { "zh-Hans": "明天", "zh-Hant": "明天", en: "tomorrow" };
