import type { Lang, Words } from "../forms/define.ts";
import { localIso, readAsOf } from "./as-of.ts";
import { statedBy } from "./figure-value.ts";
import { HOURS, slotCloses, slotOpens } from "./follow-up.ts";
import type { Indicator } from "./indicator.ts";
import { problem } from "./problem.ts";
import type { Share } from "./summary.ts";
import { add, emptyTally, type Tally } from "./tally.ts";
import { addDays, HOUR, isDate, localDate, momentOf, offsetAt } from "./time.ts";

/*
 * A figure by day or hour. A bucket holds what was recorded after its beginning, up to and with its end, as a summary's
 * "today" does: so the buckets of a day add up to what the summary says at its 24时.
 */
export type By = "day" | "hour";
/** How many buckets one answer has at most. */
export const MOST_BUCKETS: Record<By, number> = { day: 62, hour: 168 };
/** How many where nobody says from when. */
const USUAL_BUCKETS: Record<By, number> = { day: 14, hour: 24 };

/** After `from`, up to and with `to`; `date` is the local day it begins in. */
export type Bucket = { from: Date; to: Date; date: string };
export type SeriesValue = number | Share | null;

type Asked = { by?: string; from?: string; to?: string };
type Context = { asOf: Date; zone: string; lang: Lang };

/** The buckets that were asked for, oldest first. Throws `invalid` naming by, from or to. */
export function readBuckets({ by = "day", ...asked }: Asked, ctx: Context): { by: By; buckets: Bucket[] } {
  const { zone, lang } = ctx;
  if (by !== "day" && by !== "hour") throw problem.answer("by", "unknown", NO_SUCH_BY, lang);
  const to = asked.to ? readEdge("to", asked.to, by, ctx) : endOfBucket(ctx.asOf, by, zone);
  const from = asked.from ? readEdge("from", asked.from, by, ctx) : back(to, USUAL_BUCKETS[by], by, zone);
  if (from >= to) throw problem.answer("to", "before-from", NOT_AFTER, lang);
  const most = MOST_BUCKETS[by];
  const buckets: Bucket[] = [];
  for (let at = from; at < to; ) {
    const end = nextEdge(at, by, zone);
    buckets.push({ from: at, to: end, date: localDate(at, zone) });
    if (buckets.length > most) throw problem.answer("to", "too-long", TOO_LONG[by], lang);
    at = end;
  }
  return { by, buckets };
}

/** What one answer's bucket speaks for: nothing yet, nothing known then, or up to which moment. */
export function knownUntil({ from, to }: Bucket, { asOf, since }: { asOf: Date; since: Date }): Date | null {
  if (from >= asOf || to < since) return null;
  return to < asOf ? to : asOf;
}

/** How many came (+) or went (−) in a step; step 0 is all before the first bucket. */
export type Change = { bin: number; n: number };
/** The longest step that the edges of all buckets fall on, in milliseconds: clocks that change make it shorter. */
export function stepOf(buckets: Bucket[]): number {
  return buckets.reduce((step, { from, to }) => gcd(step, to.getTime() - from.getTime()), 0);
}

/**
 * Changes gathered bucket by bucket. @returns what stood before the first, what each bucket changed, and what stood at
 * each one's end
 */
export function gather(changes: Change[], buckets: Bucket[]) {
  const start = buckets[0]?.from.getTime() ?? 0;
  const step = stepOf(buckets);
  const before = changes.reduce((sum, { bin, n }) => sum + (bin <= 0 ? n : 0), 0);
  const changed = buckets.map(({ from, to }) => {
    const first = (from.getTime() - start) / step;
    const last = (to.getTime() - start) / step;
    return changes.reduce((sum, { bin, n }) => sum + (bin > first && bin <= last ? n : 0), 0);
  });
  let level = before;
  const levels = changed.map((n) => {
    level += n;
    return level;
  });
  return { before, changed, levels };
}

/** Slots of the buckets' days that had begun by a moment; `bin` counts days from 1. */
export function slotsOfDays(buckets: Bucket[], until: Date, zone: string) {
  const parts = Object.keys(HOURS) as (keyof typeof HOURS)[];
  return buckets
    .flatMap(({ date }, day) => parts.map((part) => ({ bin: day + 1, slot: { date, part } })))
    .filter(({ slot }) => slotOpens(slot, zone) <= until)
    .map(({ bin, slot }) => ({ bin, slot, closes: slotCloses(slot, zone).getTime() }));
}

/** Whether an indicator that speaks for a day counts readings; the others count daily reports. */
export const isOfReadings = ({ id, numerator }: Indicator): boolean =>
  (numerator ?? id).startsWith("readings.");

/** What a day's counts say of an indicator: the very sums that the summary makes. */
export function dayValue(counts: Partial<Tally>[], indicator: Indicator): number | Share {
  const day = emptyTally();
  for (const row of counts) add(day, row);
  return statedBy(day)(indicator);
}

/** A bucket as the answer writes it. */
export function bucketJson({ from, to }: Bucket, value: SeriesValue, { asOf, zone }: Omit<Context, "lang">) {
  const window = { from: localIso(from, zone), to: localIso(to, zone), complete: to <= asOf };
  return { ...window, ...valueJson(value) };
}

/** A value as the answer writes it: a share says what it is made of. */
export function valueJson(value: SeriesValue) {
  if (value === null || typeof value === "number") return { value };
  return { value: value.share, numerator: value.numerator, denominator: value.denominator };
}

/** A local day, or a moment on a local midnight or a full local hour. */
function readEdge(name: "from" | "to", text: string, by: By, { zone, lang }: Context): Date {
  // A day as a moment of it, so that one that does not exist is said not to.
  const at = isDate(text)
    ? momentOf(text, "00:00", zone)
    : readAsOf(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00Z` : text, { lang, name });
  // The calendar of other centuries is nobody's business here, and years of five digits are no days.
  if (at < EARLIEST || at > LATEST) throw problem.answer(name, "range", OUT_OF_RANGE, lang);
  if (!onEdge(at, by, zone)) {
    const words = by === "day" ? NO_MIDNIGHT : NO_FULL_HOUR;
    throw problem.invalid([{ path: name, code: "boundary", message: `${name} ${words[lang]}` }]);
  }
  return at;
}

const onEdge = (at: Date, by: By, zone: string): boolean =>
  by === "day"
    ? momentOf(localDate(at, zone), "00:00", zone).getTime() === at.getTime()
    : (at.getTime() + offsetAt(at.getTime(), zone)) % HOUR === 0;

function nextEdge(at: Date, by: By, zone: string): Date {
  if (by === "day") return momentOf(addDays(localDate(at, zone), 1), "00:00", zone);
  // Clocks that move by less than an hour shorten one bucket.
  const next = at.getTime() + HOUR;
  return new Date(next - ((next + offsetAt(next, zone)) % HOUR));
}

/** The end of the bucket that a moment falls in: its last moment is its own. */
function endOfBucket(at: Date, by: By, zone: string): Date {
  const before = new Date(at.getTime() - 1);
  if (by === "day") return momentOf(addDays(localDate(before, zone), 1), "00:00", zone);
  const past = (before.getTime() + offsetAt(before.getTime(), zone)) % HOUR;
  return nextEdge(new Date(before.getTime() - past), by, zone);
}

function back(to: Date, buckets: number, by: By, zone: string): Date {
  if (by === "hour") return new Date(to.getTime() - buckets * HOUR);
  return momentOf(addDays(localDate(to, zone), -buckets), "00:00", zone);
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

const EARLIEST = new Date("2000-01-01T00:00:00Z");
const LATEST = new Date("2199-12-31T00:00:00Z");
const OUT_OF_RANGE: Words = {
  "zh-Hans": "只能是 2000 年至 2199 年的日子",
  "zh-Hant": "只能是 2000 年至 2199 年的日子",
  en: "must be a day of the years 2000 to 2199",
};
const NO_SUCH_BY: Words = {
  "zh-Hans": "by 只能是 day（按日）或 hour（按时）",
  "zh-Hant": "by 只能是 day（按日）或 hour（按時）",
  en: "by is day or hour",
};
const NOT_AFTER: Words = {
  "zh-Hans": "to 应晚于 from",
  "zh-Hant": "to 應晚於 from",
  en: "to must come after from",
};
const NO_MIDNIGHT: Words = {
  "zh-Hans": "应是日期（2026-01-25）或当地零点",
  "zh-Hant": "應是日期（2026-01-25）或當地零點",
  en: "must be a day (2026-01-25) or a local midnight",
};
const NO_FULL_HOUR: Words = {
  "zh-Hans": "应是日期（2026-01-25）或当地整点",
  "zh-Hant": "應是日期（2026-01-25）或當地整點",
  en: "must be a day (2026-01-25) or a full local hour",
};
const TOO_LONG: Record<By, Words> = {
  day: {
    "zh-Hans": "按日最多 62 天",
    "zh-Hant": "按日最多 62 天",
    en: "At most 62 days at once",
  },
  hour: {
    "zh-Hans": "按时最多 168 小时",
    "zh-Hant": "按時最多 168 小時",
    en: "At most 168 hours at once",
  },
};
