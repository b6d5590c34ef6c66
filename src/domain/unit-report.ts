import type { Settings } from "../env.ts";
import type { Lang, Words } from "../forms/define.ts";
import { type FieldError, problem } from "./problem.ts";
import { addDays, isDate, localDate, momentOf } from "./time.ts";

/*
 * 日报告、零报告: every unit reports every day, and zero is a submitted row. Decisions only; db/report.ts writes.
 */

/** The answers of forms/daily-report.ts, as far as a decision looks at them. */
export type ReportValues = {
  zero: boolean;
  returnees?: number;
  wuhan?: number;
  symptomatic?: number;
  visited?: number;
  reason?: string;
  note?: string;
};

/** What the service itself counted for the unit's subtree on the day. */
export type KnownCounts = { returnees: number; wuhan: number; symptomatic: number };
export const COUNTED = ["returnees", "wuhan", "symptomatic"] as const satisfies (keyof KnownCounts)[];

/** The report that stands for a unit and a day: its latest version, opened. */
export type StandingReport = {
  version: number;
  zero: boolean;
  counts: Record<string, number>;
  note?: string;
  /** When this version arrived, and when the day's first did: lateness is judged by the first. */
  recordedAt: Date;
  firstRecordedAt: Date;
};

export type ReportState = "on-time" | "late" | "missing" | "corrected" | "excused" | "pending";

/** How far back a missing day may still be filled in. */
export const REPORT_DAYS_BACK = 31;

/** When a unit of this kind must have reported for a local day (REPORT_DUE, REPORT_DUE_BY_KIND; 24:00 is midnight after). */
export function dueMomentFor(
  kind: string,
  date: string,
  settings: Pick<Settings, "REPORT_DUE" | "REPORT_DUE_BY_KIND" | "TIME_ZONE">,
): Date {
  return momentOf(date, settings.REPORT_DUE_BY_KIND[kind] ?? settings.REPORT_DUE, settings.TIME_ZONE);
}

/** Who reports every day: not the county, to which all report, nor grids, bureaus and posts, which report through their unit. */
export const REPORTING_KINDS = ["town", "village", "school", "enterprise"] as const;
export const owesDailyReport = (kind: string): boolean =>
  (REPORTING_KINDS as readonly string[]).includes(kind);

export type ReportContext = {
  now: Date;
  lang: Lang;
  settings: Pick<Settings, "REPORT_DUE" | "REPORT_DUE_BY_KIND" | "TIME_ZONE">;
  unit: { code: string; kind: string };
  date: string;
  known: KnownCounts;
  standing?: StandingReport;
};

export type ReportPlan =
  /** The same figures stand already: nothing is written. */
  | { act: "already"; standing: StandingReport; dueAt: Date }
  | {
      act: "write";
      zero: boolean;
      counts: Record<string, number>;
      known: KnownCounts;
      /** Free text about people: sealed as one column. */
      said: { reason?: string; note?: string };
      /** True when a version stands already and this one supersedes it. */
      corrects: boolean;
      /** A version without a reason may only be the day's first: the key then refuses a second one. */
      onlyFirst: boolean;
      dueAt: Date;
    };

/**
 * Decides what a unit's report for a local day means. Throws problem.reportDate for a day that is not open,
 * problem.invalid when a reason is owed: for figures other than those known, or for a correction (DOMAIN: 更正, the
 * old value stays).
 */
export function planReport(values: ReportValues, ctx: ReportContext): ReportPlan {
  checkReportDate(ctx.date, localDate(ctx.now, ctx.settings.TIME_ZONE));
  const { known, standing } = ctx;
  const dueAt = dueMomentFor(ctx.unit.kind, ctx.date, ctx.settings);
  const counts = countsOf(values);
  if (standing && sameReport(standing, values.zero, counts, values.note))
    return { act: "already", standing, dueAt };

  const reason = values.reason?.trim() || undefined;
  if (!reason) {
    const differing = COUNTED.filter((name) => counts[name] !== known[name]);
    if (standing) throw problem.invalid([needsReason("correction-reason", correctionWords, ctx.lang)]);
    if (differing.length > 0)
      throw problem.invalid([needsReason("known-differs", differsWords(known), ctx.lang)]);
  }
  const said = { ...(reason ? { reason } : {}), ...(values.note ? { note: values.note } : {}) };
  return {
    act: "write",
    zero: values.zero,
    counts,
    known,
    said,
    corrects: standing !== undefined,
    onlyFirst: reason === undefined,
    dueAt,
  };
}

/**
 * Today and the days before it that may still be reported, none from before `since`, the unit's first; throws
 * problem.reportDate with which they are.
 */
export function checkReportDate(date: string, today: string, since = ""): void {
  const back = addDays(today, -REPORT_DAYS_BACK);
  const earliest = since > back ? since : back;
  if (!isDate(date) || date > today || date < earliest) throw problem.reportDate(earliest, today);
}

/** What a unit's day came to, judged at `now`. A report counts before an excuse: it was not owed, yet it came. */
export function reportState(
  day: { dueAt: Date; firstRecordedAt?: Date | null; version?: number | null; excusedAt?: Date | null },
  now: Date,
): ReportState {
  if (day.firstRecordedAt) {
    if ((day.version ?? 1) > 1) return "corrected";
    return punctuality(day.firstRecordedAt, day.dueAt);
  }
  if (day.excusedAt) return "excused";
  return now >= day.dueAt ? "missing" : "pending";
}

/** At the due moment itself a report is still on time, though the sweep calls whoever has given none overdue then. */
export const punctuality = (at: Date, dueAt: Date): "on-time" | "late" => (at <= dueAt ? "on-time" : "late");

/** The figures of a report; a zero report says nought to each, and households visited stand beside them. */
function countsOf(values: ReportValues): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of COUNTED) counts[name] = values.zero ? 0 : (values[name] ?? 0);
  if (values.visited !== undefined) counts.visited = values.visited;
  return counts;
}

function sameReport(standing: StandingReport, zero: boolean, counts: Record<string, number>, note?: string) {
  const names = new Set([...Object.keys(standing.counts), ...Object.keys(counts)]);
  return (
    standing.zero === zero &&
    (standing.note ?? "") === (note ?? "") &&
    [...names].every((name) => standing.counts[name] === counts[name])
  );
}

const needsReason = (code: string, words: Words, lang: Lang): FieldError => ({
  path: "reason",
  code,
  message: words[lang],
});

const correctionWords: Words = {
  "zh-Hans": "这一天已经报过了。要更正，请写明原因；原来的数字会保留",
  "zh-Hant": "這一天已經報過了。要更正，請寫明原因；原來的數字會保留",
  en: "This day has already been reported. To correct it, give a reason; the old figures are kept",
};

const differsWords = (known: KnownCounts): Words => ({
  "zh-Hans": `数字与系统不一致，请说明原因。系统里这一天登记返乡人员 ${known.returnees} 人，其中武汉方向 ${known.wuhan} 人，有不适 ${known.symptomatic} 人`,
  "zh-Hant": `數字與系統不一致，請說明原因。系統裡這一天登記返鄉人員 ${known.returnees} 人，其中武漢方向 ${known.wuhan} 人，有不適 ${known.symptomatic} 人`,
  en: `These differ from what the service knows, so give a reason. Registered that day: ${known.returnees} returnees, ${known.wuhan} of them by way of Wuhan, ${known.symptomatic} with symptoms`,
});

/** The longest a unit is excused at once; longer needs a fresh decision. */
export const EXCUSE_DAYS = 31;

/**
 * Whether a unit may be excused from `from` to `to` (local days, both included), asked at `now`: in advance only, so
 * today counts until its due moment. Returns the request trimmed; throws problem.invalid with what to mend.
 */
export function checkExcuse(
  asked: { from: string; to: string; reason: string },
  ctx: Pick<ReportContext, "now" | "settings" | "lang"> & { unit: { kind: string } },
): { from: string; to: string; reason: string } {
  const { from, to } = asked;
  const reason = asked.reason.trim();
  const today = localDate(ctx.now, ctx.settings.TIME_ZONE);
  const earliest = ctx.now < dueMomentFor(ctx.unit.kind, today, ctx.settings) ? today : addDays(today, 1);
  const errors: FieldError[] = [];
  const mend = (path: string, code: string, hans: string, hant: string, en: string) =>
    errors.push({ path, code, message: { "zh-Hans": hans, "zh-Hant": hant, en }[ctx.lang] });
  if (!isDate(from)) mend("from", "date", "请填写开始日期", "請填寫開始日期", "Enter the first day");
  else if (from < earliest)
    mend(
      "from",
      "in-advance",
      `只能提前免报，最早从 ${earliest} 开始`,
      `只能提前免報，最早從 ${earliest} 開始`,
      `A unit is excused in advance only: the first day can be ${earliest}`,
    );
  else if (from > addDays(today, 366))
    mend("from", "too-far", "开始日期太远", "開始日期太遠", "The first day is too far ahead");
  if (!isDate(to)) mend("to", "date", "请填写结束日期", "請填寫結束日期", "Enter the last day");
  else if (isDate(from) && to < from)
    mend(
      "to",
      "order",
      "结束日期不能早于开始日期",
      "結束日期不能早於開始日期",
      "The last day cannot come before the first",
    );
  else if (isDate(from) && to > addDays(from, EXCUSE_DAYS - 1))
    mend(
      "to",
      "too-long",
      `一次最多免报 ${EXCUSE_DAYS} 天`,
      `一次最多免報 ${EXCUSE_DAYS} 天`,
      `A unit can be excused for at most ${EXCUSE_DAYS} days at a time`,
    );
  if (!reason || /\p{Cc}|\p{Cs}/u.test(reason))
    mend("reason", "required", "请写明免报的原因", "請寫明免報的原因", "Give the reason");
  else if (reason.length > 200)
    mend(
      "reason",
      "too-long",
      "原因最多 200 个字",
      "原因最多 200 個字",
      "The reason can have at most 200 characters",
    );
  if (errors.length > 0) throw problem.invalid(errors);
  return { from, to, reason };
}
