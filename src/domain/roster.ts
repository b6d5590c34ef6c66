import type { Settings } from "../env.ts";
import type { Lang, Words } from "../forms/define.ts";
import { type NewObligation, planObligation } from "./obligation.ts";
import { type FieldError, problem } from "./problem.ts";
import { addDays, DAY, HOUR, isDate, localClock, localDate, MINUTE, momentOf, offsetAt } from "./time.ts";

/*
 * 值班 (DOMAIN.md 14, 24小时值守、领导带班): who is on for a unit, from one moment to another, half-open. An hour is covered
 * when anybody is on, in whichever post: that is who hears the alerts of that hour.
 */
export const POSTS = ["lead", "duty"] as const; // 带班领导, 值班员
export type Post = (typeof POSTS)[number];
export type Span = { startsAt: Date; endsAt: Date };
export type Shift = Span & { contactId: string; post: Post };

/** No shift is longer by the clock on the wall; where clocks go back at night it lasts an hour more. */
export const LONGEST_SHIFT = 24 * HOUR;
const SHORTEST_SHIFT = 30 * MINUTE;
/** No shift lasts longer than this, whatever clocks do: how far a query must look for those that are on. */
export const SHIFT_BOUND = LONGEST_SHIFT + 3 * HOUR;
export const MOST_DAYS = 14;
const DAYS_AHEAD = 60;
/** Whoever comes on may say so this long before. */
export const TAKE_EARLY = 2 * HOUR;
/** A gap is looked for so far ahead, and is overdue from so long before it begins. */
export const GAP_AHEAD = 48 * HOUR;
const GAP_DUE_BEFORE = 12 * HOUR;
/** What is found late is not overdue at once: the head needs a moment to fill it. */
const GAP_GRACE = 30 * MINUTE;
/** A unit keeps a roster while a shift of it ended within this time, or is still to come. */
export const KEPT_FOR = 7 * DAY;

/** Who is on at a moment. */
export const onDuty = <Some extends Span>(shifts: readonly Some[], at: Date): Some[] =>
  shifts.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt);

/** The stretches of [from, to) in which nobody is on, in order; none where `to` does not come after `from`. */
export function gaps(shifts: readonly Span[], from: Date, to: Date): Span[] {
  const found: Span[] = [];
  let covered = from;
  for (const { startsAt, endsAt } of [...shifts].sort(
    (a, b) => a.startsAt.getTime() - b.startsAt.getTime(),
  )) {
    if (startsAt >= to) break;
    if (startsAt > covered) found.push({ startsAt: covered, endsAt: startsAt });
    if (endsAt > covered) covered = endsAt;
  }
  return covered < to ? [...found, { startsAt: covered, endsAt: to }] : found;
}

/**
 * The gaps of a kept roster that are not over at `now` and begin within two days. A roster begins with its first shift,
 * so a gap always begins where a shift ends, and that moment stays the same however late it is asked.
 * @param shifts all that ended within KEPT_FOR or are still to end
 */
export function rosterGaps(shifts: readonly Span[], now: Date): Span[] {
  if (shifts.length === 0) return [];
  const first = new Date(Math.min(...shifts.map(({ startsAt }) => startsAt.getTime())));
  const until = new Date(now.getTime() + GAP_AHEAD);
  return gaps(shifts, first, until).filter(({ endsAt }) => endsAt > now);
}

/** A gap as the unit owes it: the head hears when it is first seen, it is overdue half a day before it begins. */
export function planGap(
  unitCode: string,
  startsAt: Date,
  { now, settings }: { now: Date; settings: Settings },
): NewObligation {
  const zone = settings.TIME_ZONE;
  const dueAt = new Date(Math.max(now.getTime() + GAP_GRACE, startsAt.getTime() - GAP_DUE_BEFORE));
  const subjectId = `${unitCode}/${localDate(startsAt, zone)}T${localClock(startsAt, zone)}`;
  return {
    ...planObligation({ kind: "roster", unitCode, subjectId, openedAt: now, dueAt }, { now, settings }),
    // The subject is for readers; the id must not change with the zone's setting.
    id: gapId(unitCode, startsAt),
  };
}

/** A gap filled and torn open again has a number behind: roster/511781100001/1769428800000/2. */
export const gapId = (unitCode: string, startsAt: Date): string => `roster/${unitCode}/${startsAt.getTime()}`;
export const gapStart = (id: string): Date => new Date(Number(id.split("/")[2]));

/** A shift as it is asked for: a local day, clock times, and for how many days it repeats. */
export type AskedShift = {
  person: string;
  post: string;
  date: string;
  from: string;
  to: string;
  days?: string;
};

/**
 * The shifts of a form, one a day: `to` not after `from` means the next day, so the same time twice is a full day.
 * Throws `invalid` on person, post, date, from, to or days. Whether a post is still free is the database's to say.
 * @param people the ids of those who can be put on
 */
export function planShift(
  asked: AskedShift,
  {
    now,
    zone,
    people,
    lang = "zh-Hans",
  }: { now: Date; zone: string; people: readonly string[]; lang?: Lang },
): Shift[] {
  const { person, date, from, to } = asked;
  const post = POSTS.find((one) => one === asked.post);
  const days = asked.days?.trim() ? asked.days.trim() : "1";
  const wrong: [boolean, string, Words][] = [
    [!people.includes(person), "person", SAY.person],
    [!post, "post", SAY.post],
    [!isDate(date), "date", SAY.date],
    [!CLOCK.test(from), "from", SAY.clock],
    [!CLOCK.test(to) && to !== "24:00", "to", SAY.clock],
    [!/^\d{1,2}$/.test(days) || Number(days) < 1 || Number(days) > MOST_DAYS, "days", SAY.days],
  ];
  const errors = wrong.flatMap(([is, path, words]) => (is ? [fault(path, "format", words, lang)] : []));
  if (errors.length > 0 || !post) throw problem.invalid(errors);
  const spans = Array.from({ length: Number(days) }, (_, at) => spanOf(addDays(date, at), from, to, zone));
  for (const span of spans) {
    const found = spanFault(span, { now, zone });
    if (found) throw problem.invalid([fault(PATHS[found], found, SAY[found], lang)]);
  }
  return spans.map((span) => ({ ...span, contactId: person, post }));
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A local day and its clock times as moments. */
function spanOf(date: string, from: string, to: string, zone: string): Span {
  const endsOn = to > from ? date : addDays(date, 1);
  return { startsAt: momentOf(date, from, zone), endsAt: momentOf(endsOn, to, zone) };
}

type SpanFault = "order" | "short" | "long" | "past" | "far";
const PATHS = { order: "to", short: "to", long: "to", past: "date", far: "date" } as const;

/** What is wrong with a shift by itself; its length goes by the clock on the wall. */
export function spanFault(
  { startsAt, endsAt }: Span,
  { now, zone }: { now: Date; zone: string },
): SpanFault | undefined {
  const [start, end] = [startsAt.getTime(), endsAt.getTime()];
  // Between two times that the clock leaps over lies nothing.
  if (!(end > start)) return "order";
  if (end - start < SHORTEST_SHIFT) return "short";
  if (end + offsetAt(end, zone) - start - offsetAt(start, zone) > LONGEST_SHIFT) return "long";
  if (end <= now.getTime()) return "past";
  if (start > now.getTime() + DAYS_AHEAD * DAY) return "far";
  return undefined;
}

/** Why shifts were not added, by day: throws `invalid` on date where the post is filled, on person who is in the other. */
export function refuseClashes(
  shifts: readonly Shift[],
  existing: readonly Shift[],
  { zone, lang = "zh-Hans" }: { zone: string; lang?: Lang },
): void {
  const clashing = shifts.flatMap((shift) => {
    const others = existing.filter(
      (other) => other.startsAt < shift.endsAt && shift.startsAt < other.endsAt && !differs(other, shift),
    );
    return others.length > 0 ? [{ shift, filled: others.some(({ post }) => post === shift.post) }] : [];
  });
  const [first] = clashing;
  if (!first) return;
  const when = clashing.map(({ shift }) => localDate(shift.startsAt, zone)).join(lang === "en" ? ", " : "、");
  throw first.filled
    ? problem.invalid([fault("date", "filled", SAY.filled(when), lang)])
    : problem.invalid([fault("person", "busy", SAY.busy(when), lang)]);
}

const differs = (a: Shift, b: Shift) => a.post !== b.post && a.contactId !== b.contactId;

const fault = (path: string, code: string, words: Words, lang: Lang): FieldError => ({
  path,
  code,
  message: words[lang],
});
const words = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });
const SAY = {
  person: words("请选择值班的人", "請選擇值班的人", "Choose who is on duty"),
  post: words("请选择岗位", "請選擇崗位", "Choose the post"),
  date: words(
    "请填写日期，例如 2026-01-26",
    "請填寫日期，例如 2026-01-26",
    "Enter a day that exists, such as 2026-01-26",
  ),
  clock: words(
    "请填写几点几分，例如 08:00 或 20:30",
    "請填寫幾點幾分，例如 08:00 或 20:30",
    "Enter a clock time such as 08:00 or 20:30",
  ),
  days: words(
    `重复天数请填 1 到 ${MOST_DAYS}`,
    `重複天數請填 1 到 ${MOST_DAYS}`,
    `Repeat for 1 to ${MOST_DAYS} days`,
  ),
  order: words(
    "那天凌晨拨快时钟，这两个时间之间没有时间，请改下班时间",
    "那天凌晨撥快時鐘，這兩個時間之間沒有時間，請改下班時間",
    "Clocks are put forward that day and nothing lies between these times. Change the end.",
  ),
  short: words("一班至少半小时", "一班至少半小時", "A shift lasts at least half an hour"),
  long: words("一班最长 24 小时", "一班最長 24 小時", "A shift lasts at most 24 hours"),
  past: words("这一班已经过去了", "這一班已經過去了", "This shift is over already"),
  far: words(
    `最多提前排 ${DAYS_AHEAD} 天`,
    `最多提前排 ${DAYS_AHEAD} 天`,
    `Plan at most ${DAYS_AHEAD} days ahead`,
  ),
  filled: (when: string) =>
    words(
      `这个岗位这段时间已经有人了（${when}），一班都没有排`,
      `這個崗位這段時間已經有人了（${when}），一班都沒有排`,
      `This post is filled at that time already (${when}). Nothing was added.`,
    ),
  busy: (when: string) =>
    words(
      `这个人这段时间已经在另一个岗位（${when}），一班都没有排`,
      `這個人這段時間已經在另一個崗位（${when}），一班都沒有排`,
      `This person is in the other post at that time (${when}). Nothing was added.`,
    ),
};
