import type { FieldError } from "../domain/problem.ts";
import type { Constraint, Field, FormDefinition, Group, Lang, ValuesOf, Words } from "./define.ts";
import { isRecord, own, readField } from "./fields.ts";
import { type Answer, fieldsOf, holds, type Lookup, type RuleContext } from "./rules.ts";
import { faults, shortLabel, tooFewRows, tooManyRows } from "./words.ts";

/** The reader's language, the moment, and the zone that local dates and times are taken in. */
export type ValidateContext = { lang: Lang; now: Date; zone: string };
export type Validated<D extends FormDefinition> =
  | { ok: true; values: ValuesOf<D> }
  | { ok: false; errors: FieldError[] };

/**
 * Judges what was sent against a form: nested JSON, with strings as an HTML form sends them or JSON scalars.
 * Unknown keys and fields that are not relevant are dropped. Errors stand in the form's order, one a path, in
 * `ctx.lang`, and never repeat what was typed. Takes anything; never throws.
 */
export function validate<const D extends FormDefinition>(
  form: D,
  input: unknown,
  ctx: ValidateContext,
): Validated<D> {
  if (!isRecord(input)) {
    return { ok: false, errors: [{ path: "", code: "type", message: faults.body[ctx.lang] }] };
  }
  const top: Row = { path: "", answers: new Map(), spoilt: new Set() };
  const slots: Slot[] = [];
  const values: Record<string, unknown> = {};
  for (const group of form.groups) {
    if (group.repeat) values[group.name] = readRows(group, group.repeat, input, top, slots, ctx);
    else readFields(group.fields, input, top, undefined, values, slots, ctx);
  }
  for (const slot of slots) slot.error ??= brokenConstraint(slot, ctx);
  const errors = slots.flatMap((slot) => slot.error ?? []);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values: values as ValuesOf<D> };
}

/** Answers that rules may look up; `spoilt` are the fields already in error, which no rule judges again. */
type Row = { path: string; answers: Map<string, Found>; spoilt: Set<string> };
type Found = { type: Field["type"]; value: Answer };
/** One place for an error, in the form's order. */
type Slot = { error?: FieldError; field?: Field; row?: Row; parent?: Row | undefined };

function readRows(
  group: Group,
  { min, max, noun }: NonNullable<Group["repeat"]>,
  input: Record<string, unknown>,
  top: Row,
  slots: Slot[],
  ctx: ValidateContext,
): unknown[] {
  const sent = own(input, group.name);
  const fail = (code: string, words: Words) => {
    slots.push({ error: { path: group.name, code, message: said(group, words, ctx.lang) } });
    return [];
  };
  if (sent !== undefined && sent !== null && sent !== "" && !Array.isArray(sent))
    return fail("type", faults.shape);
  const rows: unknown[] = Array.isArray(sent) ? sent : [];
  if (rows.length > max) return fail("too-many", tooManyRows(max, noun));
  if (rows.length < min) return fail("required", tooFewRows(min, noun));
  return rows.map((sentRow, at) => {
    const row: Row = { path: `${group.name}.${at}`, answers: new Map(), spoilt: new Set() };
    const values: Record<string, unknown> = {};
    if (isRecord(sentRow)) readFields(group.fields, sentRow, row, top, values, slots, ctx);
    else
      slots.push({ error: { path: row.path, code: "type", message: said(group, faults.shape, ctx.lang) } });
    return values;
  });
}

function readFields(
  fields: readonly Field[],
  input: Record<string, unknown>,
  row: Row,
  parent: Row | undefined,
  values: Record<string, unknown>,
  slots: Slot[],
  ctx: ValidateContext,
): void {
  for (const field of fields) {
    const slot: Slot = { field, row, parent };
    slots.push(slot);
    const keep = (value: Answer) => {
      row.answers.set(field.name, { type: field.type, value });
      values[field.name] = value;
    };
    const fail = (code: string, message: string, part?: string) => {
      const path = [row.path, field.name, part].filter(Boolean).join(".");
      slot.error = { path, code, message };
      row.spoilt.add(field.name);
    };
    if (field.relevant && !holds(field.relevant, ruleContext(field.name, row, parent, ctx))) {
      if (field.otherwise !== undefined) values[field.name] = field.otherwise;
      continue;
    }
    const reading = readField(field, own(input, field.name), ctx);
    if (reading === undefined) {
      if (field.required) fail("required", requiredWords(field, ctx.lang));
    } else if ("value" in reading) keep(reading.value);
    else fail(reading.code, said(field, reading.fault, ctx.lang), reading.part);
  }
}

/** The first constraint that an answer breaks. A rule that names a spoilt field waits until that is mended. */
function brokenConstraint({ field, row, parent }: Slot, ctx: ValidateContext): FieldError | undefined {
  if (!field?.constraint || !row?.answers.has(field.name)) return undefined;
  const constraints: readonly Constraint[] =
    "rule" in field.constraint ? [field.constraint] : field.constraint;
  for (const { rule, message } of constraints) {
    const waits = fieldsOf(rule).some((name) => row.spoilt.has(name) || parent?.spoilt.has(name));
    if (waits || holds(rule, ruleContext(field.name, row, parent, ctx))) continue;
    const path = row.path ? `${row.path}.${field.name}` : field.name;
    return { path, code: "constraint", message: message[ctx.lang] };
  }
  return undefined;
}

function ruleContext(
  self: string,
  row: Row,
  parent: Row | undefined,
  { now, zone }: ValidateContext,
): RuleContext {
  const lookup: Lookup = (name) => {
    const field = name === "." ? self : name;
    return row.answers.get(field) ?? parent?.answers.get(field);
  };
  return { lookup, now, zone };
}

const requiredWords = (field: Field, lang: Lang) =>
  typeof field.required === "object" ? field.required[lang] : said(field, faults.missing, lang);

/** Words with the name of what they are about in front, so that they also stand alone in the summary. */
const said = (about: Field | Group, words: Words, lang: Lang) =>
  `${shortLabel(about, lang)}${lang === "en" ? ": " : "："}${words[lang]}`;
