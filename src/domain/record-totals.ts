import type { RecordForm } from "../forms/define.ts";
import { type FigureId, type FigureValue, WINDOW } from "./figure-book.ts";
import type { Counts } from "./typed-count.ts";

/*
 * What units' records come to, as figures: `<form>.<figure>`. Unknown until somebody ever filed one of the form, and numbers
 * from then on: of a form that is in use, nothing filed is zero.
 */

/** What one unit's records of one form came to as of two moments; undefined where it had filed none by then. */
export type RecordTotals = {
  code: string;
  form: string;
  asOf: Counts | undefined;
  from: Counts | undefined;
};

/**
 * Every record figure as a book states it, of these units together: as of asOf, and of a flow also `@window`, what came after
 * `from`. A withdrawal of what was filed before can make that less than nought.
 */
export function recordValues(
  units: readonly RecordTotals[],
  forms: readonly RecordForm[],
): Record<FigureId, FigureValue> {
  const values: Record<FigureId, FigureValue> = {};
  for (const form of forms) {
    const filed = units.filter((one) => one.form === form.name && one.asOf !== undefined);
    const sum = (name: string, at: "asOf" | "from") =>
      filed.reduce((all, totals) => all + (totals[at]?.[name] ?? 0), 0);
    for (const { name, count } of form.record.figures) {
      const id = `${form.name}.${name}`;
      const known = filed.length > 0;
      values[id] = known ? sum(name, "asOf") : null;
      if (count === "flow") values[id + WINDOW] = known ? sum(name, "asOf") - sum(name, "from") : null;
    }
  }
  return values;
}
