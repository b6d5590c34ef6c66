import { countFields } from "../forms/count.ts";
import type { CountForm, Words } from "../forms/define.ts";
import { type FigureId, WINDOW } from "./figure-book.ts";
import { saidSince, type UnitTotals } from "./typed-count.ts";

/*
 * 填报情况: for how many units a typed count speaks, and who said nothing. A total adds up whoever filled a form in; without
 * this it would pass for all of them.
 */
export type FilledForm = {
  form: string;
  title: Words;
  /** Whether only what came since the window began was asked for. */
  window: boolean;
  /** Whether every one of them owes it by a clock time; of others a day without it is no fault. */
  owed: boolean;
  /** Open units that fill the form in, and how many of them did. */
  units: number;
  filled: number;
  /** How many ever did, where figures of the window stand beside others; null where they do not. */
  ever: number | null;
  missing: { code: string; name: string }[];
};

/** The figures that a count form feeds. */
export const countIds = (form: CountForm): FigureId[] =>
  countFields(form).map(({ name }) => `${form.name}.${name}`);

/**
 * Of each count form that figures come from: who filled it in. Where a figure of the window is among them, whoever
 * entered nothing since it began is missing; otherwise who never did.
 * @param units every unit of the subtree
 */
export function filledForms(
  figures: readonly FigureId[],
  units: readonly UnitTotals[],
  forms: readonly CountForm[],
): FilledForm[] {
  return forms.flatMap((form): FilledForm[] => {
    const asked = (end: string) =>
      countFields(form).flatMap(({ name }) => (figures.includes(`${form.name}.${name}${end}`) ? [name] : []));
    const [since, ever] = [asked(WINDOW), asked("")];
    if (since.length + ever.length === 0) return [];
    const window = since.length > 0;
    const saidEver = (unit: UnitTotals) =>
      [...since, ...ever].some((name) => unit.asOf?.[form.name]?.[name] !== undefined);
    const said = (unit: UnitTotals) =>
      window ? since.some((name) => saidSince(unit, form, name) !== undefined) : saidEver(unit);
    const open = units.filter(
      ({ kind, entered, closed }) =>
        entered && !closed && (form.count.kinds as readonly string[]).includes(kind),
    );
    const missing = open.filter((unit) => !said(unit)).map(({ code, name }) => ({ code, name }));
    const { name, title } = form;
    return [
      {
        form: name,
        title,
        window,
        owed: form.count.due !== undefined,
        units: open.length,
        filled: open.length - missing.length,
        ever: window && ever.length > 0 ? open.filter(saidEver).length : null,
        missing,
      },
    ];
  });
}
