import { countForms } from "../../forms/counts.ts";
import type { CountForm } from "../forms/define.ts";
import { momentOf } from "./time.ts";

/* 每天要填的统计表: count forms that are owed every day by a clock time, as the daily report is. */

/** A form that units of one kind owe for a local day. */
export type CountOwed = { form: string; kind: string; dueAt: Date };

/** What is owed for a local day, by form and kind of unit, at the form's own clock time. */
export const countsOwedOn = (
  date: string,
  zone: string,
  forms: readonly CountForm[] = countForms,
): CountOwed[] =>
  forms.flatMap(({ name, count: { kinds, due } }) =>
    due ? kinds.map((kind) => ({ form: name, kind, dueAt: momentOf(date, due.at, zone) })) : [],
  );

/** What an entry of a form for a day meets: the subject of the obligation. */
export const countSubject = (form: string, date: string): string => `${form}/${date}`;
