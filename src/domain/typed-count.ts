import { countFields } from "../forms/count.ts";
import type { CountForm, Lang, Words } from "../forms/define.ts";
import { countProblem } from "./count-problem.ts";
import { type FigureId, type FigureValue, WINDOW } from "./figure-book.ts";
import { problem } from "./problem.ts";
import { addDays, isDate } from "./time.ts";

/*
 * 统计数: counts that nobody can derive, entered once per unit and day. Decisions only; db/typed-count.ts writes. Absent is
 * unknown and never zero: a field that nobody answered has no total.
 */

/** What was answered, by field. */
export type Counts = Readonly<Record<string, number>>;
/** A day as its last version says it. */
export type CountedDay = { date: string; counts: Counts };
/** What the days came to, by form and field; under `daysKey` how many days said each, which tells an entered 0 from none. */
export type Totals = Readonly<Record<string, Counts>>;
const daysKey = (form: string) => `${form}@days`;

/** How far back a day may still be entered or corrected. */
export const COUNT_DAYS_BACK = 31;

/** Today and the days before it that may be entered; throws countProblem.date with which they are. */
export function checkCountDate(date: string, today: string): void {
  const earliest = addDays(today, -COUNT_DAYS_BACK);
  if (!isDate(date) || date > today || date < earliest) throw countProblem.date(earliest, today);
}

/** What a form's days come to: of a flow all of them added up, of a stock the latest day that answered it. */
export function totalsOf(form: CountForm, days: readonly CountedDay[]): Counts {
  const inOrder = [...days].sort((a, b) => (a.date < b.date ? -1 : 1));
  const totals: Record<string, number> = {};
  for (const { name, count } of countFields(form))
    for (const { counts } of inOrder) {
      const n = counts[name];
      if (n !== undefined) totals[name] = count === "flow" ? (totals[name] ?? 0) + n : n;
    }
  return totals;
}

/** What a form's days add to a unit's totals. */
export function formTotals(form: CountForm, days: readonly CountedDay[]): Totals {
  const said: Record<string, number> = {};
  for (const { counts } of days) for (const name of Object.keys(counts)) said[name] = (said[name] ?? 0) + 1;
  return { [form.name]: totalsOf(form, days), [daysKey(form.name)]: said };
}

/** The days with one of them replaced by what it says now. */
export const withDay = (days: readonly CountedDay[], day: CountedDay): CountedDay[] => [
  ...days.filter(({ date }) => date !== day.date),
  day,
];

export type EntryContext = {
  form: CountForm;
  date: string;
  today: string;
  lang: Lang;
  /** The last version of the day, which this would correct. */
  standing?: { version: number; counts: Counts } | undefined;
};
export type EntryPlan =
  /** The same counts stand already: nothing is written. */
  | { act: "already"; version: number }
  | { act: "write"; version: number; counts: Counts; said: { reason?: string } };

/**
 * Decides what a unit's entry for a day means. Throws countProblem.date for a day that is not open, and problem.invalid
 * where nothing was answered or a correction has no reason (DOMAIN: 更正, the old value stays).
 */
export function planEntry(values: Readonly<Record<string, unknown>>, ctx: EntryContext): EntryPlan {
  const { form, standing, lang } = ctx;
  checkCountDate(ctx.date, ctx.today);
  const counts = countsOf(form, values);
  if (standing && sameCounts(standing.counts, counts)) return { act: "already", version: standing.version };
  const [first] = countFields(form);
  if (!standing && Object.keys(counts).length === 0)
    throw problem.answer(first?.name ?? "", "required", NOTHING, lang);
  const reason = typeof values.reason === "string" ? values.reason.trim() : "";
  if (standing && !reason) throw problem.answer("reason", "correction-reason", NO_REASON, lang);
  const version = (standing?.version ?? 0) + 1;
  return { act: "write", version, counts, said: reason ? { reason } : {} };
}

/** The counts among valid answers. */
export function countsOf(form: CountForm, values: Readonly<Record<string, unknown>>): Counts {
  const answered = countFields(form).flatMap(({ name }): [string, number][] => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return typeof value === "number" ? [[name, value]] : [];
  });
  return Object.fromEntries(answered);
}

const sameCounts = (a: Counts, b: Counts): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => a[name] === b[name]);

/** One unit's totals as of two moments; undefined where it had not entered anything by then. */
export type UnitTotals = {
  code: string;
  name: string;
  kind: string;
  /** Whether the unit had been entered by asOf, and whether it had been closed. */
  entered: boolean;
  closed: boolean;
  asOf: Totals | undefined;
  from: Totals | undefined;
};

/**
 * Every typed count as a book states it, of these units together: `<form>.<field>` as of asOf, null where none of them ever
 * answered it, and of a flow also `@window`, what was recorded after `from`: null where none of them answered it since. A
 * correction of an earlier day can make that less than nought.
 */
export function typedValues(
  units: readonly Pick<UnitTotals, "asOf" | "from">[],
  forms: readonly CountForm[],
): Record<FigureId, FigureValue> {
  const values: Record<FigureId, FigureValue> = {};
  for (const form of forms)
    for (const { name, count } of countFields(form)) {
      const id = `${form.name}.${name}`;
      values[id] = sumOf(units.map(({ asOf }) => asOf?.[form.name]?.[name]));
      if (count === "flow") values[id + WINDOW] = sumOf(units.map((one) => saidSince(one, form, name)));
    }
  return values;
}

/** What a unit's flow came to since `from`; undefined where nothing was said of it, for that is no zero. */
export function saidSince(
  { asOf, from }: Pick<UnitTotals, "asOf" | "from">,
  { name: form }: CountForm,
  name: string,
) {
  const [now, before] = [asOf?.[form]?.[name], from?.[form]?.[name]];
  const [said, saidBefore] = [asOf?.[daysKey(form)]?.[name], from?.[daysKey(form)]?.[name]];
  return now === before && said === saidBefore ? undefined : (now ?? 0) - (before ?? 0);
}

/** null where nobody said anything. */
function sumOf(counts: readonly (number | undefined)[]): FigureValue {
  const said = counts.filter((n) => n !== undefined);
  return said.length === 0 ? null : said.reduce((sum, n) => sum + n, 0);
}

const NOTHING: Words = {
  "zh-Hans": "至少填一项，没有的填 0",
  "zh-Hant": "至少填一項，沒有的填 0",
  en: "Enter at least one count; 0 where there was none",
};
const NO_REASON: Words = {
  "zh-Hans": "这一天已经填过了。要更正，请写明原因；原来的数会保留",
  "zh-Hant": "這一天已經填過了。要更正，請寫明原因；原來的數會保留",
  en: "This day has already been entered. To correct it, give a reason; the old counts are kept",
};
