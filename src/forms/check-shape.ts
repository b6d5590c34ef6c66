import * as z from "zod/mini";

/*
 * Whether what a form file exports is written in the words of define.ts at all: somebody may have written it without a type
 * checker. What the words mean together, check-form.ts judges.
 */
/** Something wrong with a form: the field of the file it stands in, and a sentence that goes on from there. */
export type Fault = { at: string; said: string };

/** Every fault of shape; none, and it can be read as a FormDefinition. */
export const shapeFaults = (thing: unknown): Fault[] => faultsOf(formShape, thing);

/** The same of a bureau's table, as a TableDefinition; of its columns only where the rest is right. */
export function tableShapeFaults(thing: unknown): Fault[] {
  const faults = faultsOf(tableShape, thing);
  if (faults.length > 0) return faults;
  return (thing as { columns: object[] }).columns.flatMap((one, at) =>
    faultsOf("columns" in one ? columnGroup : column, one).map((fault) => ({
      ...fault,
      at: [`columns.${at + 1}`, fault.at].filter(Boolean).join("."),
    })),
  );
}

function faultsOf(shape: z.ZodMiniType, thing: unknown): Fault[] {
  const result = shape.safeParse(thing);
  if (result.success) return [];
  return result.error.issues.map((issue) => ({ at: placeOf(thing, issue.path), said: saidOf(issue) }));
}

/** groups.pass.fields.home.label: an entry of a list by its name, where it has one. */
export function placeOf(thing: unknown, path: readonly PropertyKey[]): string {
  const parts: string[] = [];
  let here = thing;
  for (const key of path) {
    here = (here as Record<PropertyKey, unknown> | null | undefined)?.[key];
    const name = typeof key === "number" ? (here as { name?: unknown } | null | undefined)?.name : key;
    parts.push(typeof name === "string" && name !== "" ? name : `${Number(key) + 1}`);
  }
  return parts.join(".");
}

type Issue = z.core.$ZodIssue;

function saidOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is missing" : `must be ${A[issue.expected] ?? issue.expected}`;
    case "unrecognized_keys":
      return `knows no ${issue.keys.map((key) => `\`${key}\``).join(", ")}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => `\`${String(value)}\``).join(" or ")}`;
    case "invalid_union":
      return "note" in issue && issue.note === "No matching discriminator"
        ? `has no such \`${issue.discriminator ?? "type"}\``
        : "is not written as src/forms/define.ts says";
    case "too_small":
      return "is empty or too small";
    case "too_big":
      return "is too long or too large";
    case "invalid_format":
      return `is not written as it must be: ${WRITTEN[issue.pattern ?? ""] ?? issue.pattern ?? issue.format}`;
    default:
      return "is not right";
  }
}

const A: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

const FORM_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const FIELD_NAME = /^[a-z][A-Za-z0-9_]{0,39}$/;
const CHOICE_NAME = /^[a-z][a-z0-9_]{0,39}$/;
const TITLE_CAPITALS = /^[A-Z]{1,3}$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const SAID = /\S/;
const WRITTEN: Record<string, string> = {
  [String(FORM_NAME)]: "small letters and digits, parts joined by -",
  [String(FIELD_NAME)]: "a small letter, then letters and digits",
  [String(CHOICE_NAME)]: "a small letter, then small letters, digits and _",
  [String(TITLE_CAPITALS)]: "one to three capitals",
  [String(CLOCK)]: "a clock time such as 10:00",
  [String(SAID)]: "it is empty",
};
const matching = (pattern: RegExp, max = 40) => z.string().check(z.maxLength(max), z.regex(pattern));

const text = matching(SAID, 2_000);
const words = z.strictObject({ "zh-Hans": text, "zh-Hant": text, en: text });
const fieldName = matching(FIELD_NAME);
const ref = z.string().check(z.maxLength(40), z.regex(SAID));
const whole = (min: number, max: number) => z.int().check(z.minimum(min), z.maximum(max));
const listOf = <T extends z.core.$ZodType>(one: T, min = 1) =>
  z.array(one).check(z.minLength(min), z.maxLength(200));
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const kinds = z.array(
  z.enum(["county", "town", "village", "grid", "school", "enterprise", "bureau", "checkpoint"]),
);

const operand = z.union([
  z.strictObject({ field: ref }),
  z.strictObject({ value: scalar }),
  z.strictObject({ today: z.int() }),
  z.strictObject({ now: z.int() }),
]);
const rule: z.ZodMiniType = z.lazy(() =>
  z.discriminatedUnion("op", [
    z.strictObject({ op: z.enum(["eq", "ne", "lt", "le", "gt", "ge"]), left: operand, right: operand }),
    z.strictObject({ op: z.literal("answered"), field: ref }),
    z.strictObject({ op: z.literal("selected"), field: ref, choice: text }),
    z.strictObject({ op: z.enum(["and", "or"]), rules: listOf(rule) }),
    z.strictObject({ op: z.literal("not"), rule }),
  ]),
);
const constraint = z.strictObject({ rule, message: words });

const common = {
  name: fieldName,
  label: words,
  hint: z.optional(words),
  required: z.optional(z.union([z.boolean(), words])),
  relevant: z.optional(rule),
  constraint: z.optional(z.union([constraint, z.array(constraint)])),
  otherwise: z.optional(scalar),
  pii: z.optional(z.boolean()),
  autocomplete: z.optional(z.string()),
  calculation: z.optional(z.string()),
  example: z.optional(z.unknown()),
};
const choices = listOf(z.strictObject({ name: matching(CHOICE_NAME), label: words }), 2);
const field = z.discriminatedUnion("type", [
  z.strictObject({
    ...common,
    type: z.enum(["text", "long_text"]),
    maxLength: z.optional(whole(1, 10_000)),
  }),
  z.strictObject({
    ...common,
    type: z.literal("integer"),
    min: z.optional(z.int()),
    max: z.optional(z.int()),
    count: z.optional(z.enum(["flow", "stock"])),
    measure: z.optional(words),
  }),
  z.strictObject({
    ...common,
    type: z.literal("decimal"),
    min: z.optional(z.number()),
    max: z.optional(z.number()),
  }),
  z.strictObject({ ...common, type: z.enum(["select_one", "select_multiple"]), choices }),
  z.strictObject({ ...common, type: z.literal("unit"), level: z.enum(["town", "village", "any"]) }),
  z.strictObject({
    ...common,
    type: z.enum(["date", "datetime", "yes_no", "phone", "id_document", "temperature"]),
  }),
]);
const group = z.strictObject({
  name: fieldName,
  label: words,
  hint: z.optional(words),
  repeat: z.optional(z.strictObject({ min: whole(0, 1_000), max: whole(1, 1_000), noun: words })),
  fields: listOf(field),
});

const count = z.strictObject({
  kinds,
  source: text,
  note: z.optional(words),
  due: z.optional(z.strictObject({ at: matching(CLOCK) })),
  order: z.optional(z.number()),
});
const source = z.union([
  z.strictObject({ field: ref, as: z.optional(z.record(z.string(), scalar)) }),
  z.strictObject({ value: scalar }),
  z.strictObject({ holds: rule }),
  z.strictObject({ happened: z.enum(["day", "moment"]) }),
]);
const figure = {
  name: fieldName,
  label: words,
  measure: words,
  where: z.optional(rule),
  sum: z.optional(ref),
};
const record = z.strictObject({
  kinds,
  source: text,
  noun: words,
  prefix: matching(TITLE_CAPITALS),
  filed: words,
  subject: z.optional(listOf(ref)),
  quota: z.optional(z.strictObject({ max: whole(1, 1_000), days: whole(1, 366), message: words })),
  steps: z.array(
    z.strictObject({
      name: fieldName,
      label: words,
      done: words,
      from: listOf(ref),
      by: z.enum(["unit", "above"]),
      when: z.optional(rule),
      fields: z.optional(z.array(field)),
    }),
  ),
  owes: z.optional(
    z.array(
      z.strictObject({
        in: ref,
        when: z.optional(rule),
        within: z.union([
          z.strictObject({ minutes: whole(1, 525_600) }),
          z.strictObject({ field: ref, days: whole(0, 366) }),
        ]),
        from: z.enum(["unit", "above"]),
        what: words,
      }),
    ),
  ),
  figures: listOf(
    z.discriminatedUnion("count", [
      z.strictObject({ ...figure, count: z.literal("flow"), at: ref }),
      z.strictObject({ ...figure, count: z.literal("stock"), in: listOf(ref) }),
    ]),
    0,
  ),
  open: z.optional(z.strictObject({ fields: listOf(ref), intro: words, empty: words })),
  rapid: z.optional(z.strictObject({ keep: z.array(ref), starts: z.optional(z.record(z.string(), scalar)) })),
  registers: z.optional(
    z.strictObject({
      when: rule,
      values: z.record(z.string(), source),
      person: z.record(z.string(), source),
    }),
  ),
  order: z.optional(z.number()),
});
const formShape = z.strictObject({
  name: matching(FORM_NAME),
  version: whole(1, 1e12),
  title: words,
  intro: z.optional(words),
  groups: listOf(group),
  count: z.optional(count),
  record: z.optional(record),
});

const column = z.strictObject({
  figure: text,
  label: words,
  window: z.optional(z.boolean()),
  as: z.optional(z.enum(["number", "share"])),
});
const columnGroup = z.strictObject({ label: words, columns: listOf(column) });
const tableShape = z.strictObject({
  name: matching(FORM_NAME),
  title: words,
  bureau: words,
  note: z.optional(words),
  units: kinds.check(z.minLength(1)),
  rows: z.strictObject({ level: z.enum(["children", "leaves"]), kinds: z.optional(kinds) }),
  rowLabel: words,
  columns: listOf(z.looseObject({})),
  cutOff: z.enum(["12:00", "18:00", "24:00"]),
  from: z.enum(["last-cut-off", "midnight"]),
  order: z.optional(z.number()),
});
