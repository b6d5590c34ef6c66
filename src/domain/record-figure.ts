import type { RecordFigure, RecordForm } from "../forms/define.ts";
import { holdsFor, type RecordFacts, type RecordMoment, WITHDRAWN } from "../forms/record.ts";

/* What a record adds to its unit's figures, and what those come to with it. */

/** By figure. */
export type Figures = Readonly<Record<string, number>>;

/**
 * What a record has added to its unit's figures with the event that led to this state: a flow keeps what it added and grows
 * at the event it names, a stock counts while the record is in one of its states. A withdrawn one adds nothing any more.
 * @param record `facts` with the event's own; `counted` as it was before
 */
export function countedAfter(
  form: RecordForm,
  { state, facts, counted }: { state: string; facts: RecordFacts; counted: Figures },
  at: RecordMoment,
): Figures {
  if (state === WITHDRAWN) return {};
  const after: Record<string, number> = {};
  for (const figure of form.record.figures) {
    const before = figure.count === "flow" ? (counted[figure.name] ?? 0) : 0;
    const concerned = figure.count === "flow" ? figure.at === state : figure.in.includes(state);
    const n = before + (concerned && holdsFor(form, figure.where, facts, at) ? weightOf(figure, facts) : 0);
    if (n !== 0) after[figure.name] = n;
  }
  return after;
}

/** One, or the whole number that is added up; none where that was not answered. */
function weightOf({ sum }: RecordFigure, facts: RecordFacts): number {
  if (sum === undefined) return 1;
  const n = Object.hasOwn(facts, sum) ? facts[sum] : undefined;
  return typeof n === "number" ? n : 0;
}

/** What a unit's records come to once one of them counts for `after` instead of `before`; every figure of the form is in it. */
export function totalsAfter(
  form: RecordForm,
  totals: Figures,
  { before, after }: { before: Figures; after: Figures },
): Figures {
  const next: Record<string, number> = { ...totals };
  const names = new Set([
    ...form.record.figures.map(({ name }) => name),
    ...Object.keys(before),
    ...Object.keys(after),
  ]);
  for (const name of names) next[name] = (next[name] ?? 0) + (after[name] ?? 0) - (before[name] ?? 0);
  return next;
}
