import { countOpen, filedByHour, type RecordScope } from "../db/record-list.ts";
import { findShown, type ShownRecord } from "../db/record-shown.ts";
import { formOf } from "../domain/record.ts";
import { daySpan, hourLines } from "../domain/record-hour.ts";
import { recordProblem } from "../domain/record-problem.ts";
import type { UnitKind } from "../domain/unit.ts";
import type { Lang, RecordForm } from "../forms/define.ts";
import { recordFields } from "../forms/record.ts";
import { shortLabel, withoutBrackets } from "../forms/words.ts";
import { answerWords } from "../views/answers.tsx";
import type { HourView } from "../views/unit-record-list.tsx";
import type { AppContext, Deps } from "./factory.ts";
import { sees, type UnitDoor } from "./unit-door.ts";

/* What the pages of records at a unit's door share. */

/** Kinds of unit that can lie below one of this kind. */
const BELOW: Partial<Record<UnitKind, readonly UnitKind[]>> = {
  county: ["town", "village", "grid", "school", "enterprise", "bureau", "checkpoint"],
  town: ["village", "grid", "school", "enterprise", "bureau", "checkpoint"],
  village: ["grid", "school", "enterprise", "bureau", "checkpoint"],
};

/** Whether a unit of this kind files the form itself. */
export const files = (form: RecordForm, kind: UnitKind): boolean => form.record.kinds.includes(kind);
/** Whether units below one of this kind may file it. */
export const filedBelow = (form: RecordForm, kind: UnitKind): boolean =>
  (BELOW[kind] ?? []).some((below) => files(form, below));

/** The form of the address. Throws formUnknown, and notTheirs where neither this unit nor one below it can file it. */
export function recordFormOf(c: AppContext, { unit }: UnitDoor, forms: readonly RecordForm[]): RecordForm {
  const form = formOf(forms, c.req.param("form") ?? "");
  if (!files(form, unit.kind) && !filedBelow(form, unit.kind)) throw recordProblem.notTheirs();
  return form;
}

/** Whether this door is the own link of the unit that filed it: what is personal is shown there without being asked for. */
export const atOwnLink = (door: UnitDoor, unitCode: string): boolean =>
  door.css === undefined && door.unit.code === unitCode;

/** The record of the address within this door's subtree. Throws notFound for any other, as for one that nobody filed. */
export async function shownRecordOf(
  c: AppContext,
  door: UnitDoor,
  form: RecordForm,
  { reveal = false } = {},
): Promise<ShownRecord> {
  const id = c.req.param("id") ?? "";
  const deps = c.get("deps");
  const found = await findShown(deps, form.name, id, { open: reveal || door.css === undefined });
  if (!found || !sees(door, found.unitCode)) throw recordProblem.notFound();
  if (reveal || atOwnLink(door, found.unitCode)) return found;
  return { ...found, said: {}, events: found.events.map((event) => ({ ...event, said: {} })) };
}

/** What tells a record from the others in a line: its first two answers in words that the reader may see. */
export function briefOf(
  form: RecordForm,
  answers: Readonly<Record<string, unknown>>,
  { lang, zone, now }: { lang: Lang; zone: string; now: Date },
): string {
  const fields = recordFields(form).filter(
    ({ name, type }) => answers[name] !== undefined && answers[name] !== null && type !== "long_text",
  );
  return fields
    .slice(0, 2)
    .map((field) => {
      const said = answerWords(field, answers[field.name], { lang, zone, now });
      // A bare number says nothing: 人数 2; and a choice is known without what stands in brackets.
      if (field.type === "integer" || field.type === "decimal") return `${shortLabel(field, lang)} ${said}`;
      return field.type === "select_one" ? withoutBrackets(said) : said;
    })
    .filter(Boolean)
    .join(" · ");
}

/** What was filed today by the hours of the county's clock, from the first to the last; and how many by unit. */
export async function todaysHours(
  { db }: Deps,
  form: RecordForm,
  scope: RecordScope,
  { today, zone }: { today: string; zone: string },
): Promise<{ hours: HourView[]; byUnit: Map<string, number> }> {
  const rows = await filedByHour(db, form.name, scope, daySpan(today, zone));
  const [hours, byUnit] = [new Map<number, number>(), new Map<string, number>()];
  for (const { code, hour, n } of rows) {
    hours.set(hour, (hours.get(hour) ?? 0) + n);
    byUnit.set(code, (byUnit.get(code) ?? 0) + n);
  }
  const counts = [...hours].map(([hour, entries]) => ({ hour, entries, figures: {} }));
  return { hours: hourLines(counts, today, zone), byUnit };
}

/** What stands open of one form. */
export async function openOf({ db }: Deps, form: RecordForm, scope: RecordScope, now: Date) {
  return (await countOpen(db, [form.name], scope, now)).get(form.name) ?? { open: 0, overdue: 0 };
}
