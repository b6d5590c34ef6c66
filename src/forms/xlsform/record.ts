import type { RecordRules } from "../define.ts";
import type { Remark } from "./sheet.ts";

/** What a form of records knows beside its questions: ODK asks them, and the rest is named as not carried over. */
export function recordLosses(record: RecordRules): Remark[] {
  const { kinds, prefix, steps, owes = [], figures, quota, subject, open, rapid, registers } = record;
  const said = [
    `who files it (${kinds.join(", ")}) and its numbers (${prefix}-…)`,
    ...(subject ? [`whom it is about (${subject.join(", ")})`] : []),
    ...(quota ? [`the quota: ${quota.max} within ${quota.days} days`] : []),
    ...steps.map(({ name, label, fields = [] }) => {
      const asked =
        fields.length > 0 ? ` and what it asks (${fields.map((field) => field.name).join(", ")})` : "";
      return `the step ${name} (${label["zh-Hans"]})${asked}`;
    }),
    ...owes.map((duty) => `what is owed while ${duty.in} (${duty.what["zh-Hans"]})`),
    ...figures.map(({ name, label }) => `the figure ${name} (${label["zh-Hans"]})`),
    ...(open ? [`the list that everybody reads (${open.fields.join(", ")})`] : []),
    ...(rapid ? ["entry one after another"] : []),
    ...(registers ? ["that it becomes a registration"] : []),
  ];
  const at = { sheet: "settings", row: 2, column: "form_id" };
  return said.map((what) => ({ ...at, said: `not carried over: ${what}` }));
}
