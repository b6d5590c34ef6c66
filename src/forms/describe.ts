import { addDays, HOUR, localClock, localDate } from "../domain/time.ts";
import type { Field, FormDefinition, Group, Lang } from "./define.ts";
import { LONG_TEXT_MAX, readField, TEMPERATURE_MAX, TEMPERATURE_MIN, TEXT_MAX } from "./fields.ts";
import { holds, type Lookup } from "./rules.ts";
import { documentKinds } from "./words.ts";

export type Schema = { [keyword: string]: unknown };

/**
 * A form as JSON Schema 2020-12, words in `lang`. It says what an API client should send: unknown keys are dropped,
 * so they are allowed; a field is required where it always is (what a rule decides stands in the description).
 */
export function jsonSchema(form: FormDefinition, lang: Lang = "zh-Hans"): Schema {
  const properties: Schema = {};
  const required: string[] = [];
  for (const group of form.groups) {
    if (!group.repeat) {
      Object.assign(properties, propertiesOf(group, lang));
      required.push(...requiredOf(group));
      continue;
    }
    properties[group.name] = {
      type: "array",
      title: group.label[lang],
      ...(group.hint ? { description: group.hint[lang] } : {}),
      minItems: group.repeat.min,
      maxItems: group.repeat.max,
      items: {
        type: "object",
        properties: propertiesOf(group, lang),
        required: requiredOf(group),
        additionalProperties: true,
      },
    };
    if (group.repeat.min > 0) required.push(group.name);
  }
  return {
    type: "object",
    title: form.title[lang],
    ...(form.intro ? { description: form.intro[lang] } : {}),
    properties,
    required,
    additionalProperties: true,
  };
}

/** Where and when an example stands; `unit` is a village's code. */
export type ExampleContext = { now: Date; zone: string; unit: string };

/** A complete input that validate accepts at `now`: every field that is relevant is answered, plainly made up. */
export function exampleOf(form: FormDefinition, ctx: ExampleContext): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const top = new Map<string, Answered>();
  for (const group of form.groups) {
    if (!group.repeat) {
      exampleFields(group, input, top, undefined, ctx);
      continue;
    }
    const row: Record<string, unknown> = {};
    exampleFields(group, row, new Map(), top, ctx);
    input[group.name] = Array.from({ length: Math.max(1, group.repeat.min) }, () => ({ ...row }));
  }
  return input;
}

type Answered = NonNullable<ReturnType<Lookup>>;

function exampleFields(
  group: Group,
  into: Record<string, unknown>,
  answers: Map<string, Answered>,
  parent: Map<string, Answered> | undefined,
  ctx: ExampleContext,
) {
  for (const field of group.fields) {
    const lookup: Lookup = (name) => answers.get(name === "." ? field.name : name) ?? parent?.get(name);
    if (field.relevant && !holds(field.relevant, { lookup, now: ctx.now, zone: ctx.zone })) continue;
    const example = field.example ?? exampleByType(field, ctx);
    into[field.name] = example;
    const reading = readField(field, example, ctx);
    if (reading && "value" in reading) answers.set(field.name, { type: field.type, value: reading.value });
  }
}

function exampleByType(field: Field, { now, zone, unit }: ExampleContext): unknown {
  const hourAgo = new Date(now.getTime() - HOUR);
  switch (field.type) {
    case "text":
    case "long_text":
      return "样本";
    case "integer":
    case "decimal":
      return Math.min(Math.max(1, field.min ?? 1), field.max ?? Number.MAX_SAFE_INTEGER);
    case "temperature":
      return 36.5;
    case "date":
      return addDays(localDate(hourAgo, zone), -1);
    case "datetime":
      return `${localDate(hourAgo, zone)}T${localClock(hourAgo, zone)}`;
    case "yes_no":
      return false;
    case "select_one":
      return field.choices[0]?.name;
    case "select_multiple":
      return field.choices.slice(0, 1).map(({ name }) => name);
    case "phone":
      return "13800138000";
    case "unit":
      return unit;
    case "id_document":
      // The standard's own test number (DOMAIN.md).
      return { kind: "id_card", number: "11010519491231002X" };
  }
}

const propertiesOf = (group: Group, lang: Lang): Schema =>
  Object.fromEntries(group.fields.map((field) => [field.name, fieldSchema(field, lang)]));

const requiredOf = (group: Group): string[] =>
  group.fields.filter((field) => field.required && !field.relevant).map(({ name }) => name);

function fieldSchema(field: Field, lang: Lang): Schema {
  const { description, ...shape } = shapeOf(field, lang);
  const said = [field.hint?.[lang], description, field.relevant ? ONLY_WHERE_RELEVANT[lang] : undefined];
  const stop = lang === "en" ? "." : "。";
  const text = said
    .flatMap((part) => (part ? [/[.。]$/.test(part as string) ? part : `${part}${stop}`] : []))
    .join(lang === "en" ? " " : "");
  return {
    title: field.label[lang],
    ...(text ? { description: text } : {}),
    ...shape,
    ...(field.pii ? { "x-personal": true } : {}),
  };
}

const ONLY_WHERE_RELEVANT = {
  "zh-Hans": "只在前面的回答需要时填写",
  "zh-Hant": "只在前面的回答需要時填寫",
  en: "Only where the answers before call for it.",
};

function shapeOf(field: Field, lang: Lang): Schema {
  switch (field.type) {
    case "text":
    case "long_text": {
      const most = field.maxLength ?? (field.type === "text" ? TEXT_MAX : LONG_TEXT_MAX);
      return { type: "string", ...(field.required ? { minLength: 1 } : {}), maxLength: most };
    }
    case "integer":
      return { type: "integer", ...bounds(field), ...countedAs(field, lang) };
    case "decimal":
      return { type: "number", ...bounds(field) };
    case "temperature":
      return { type: "number", minimum: TEMPERATURE_MIN, maximum: TEMPERATURE_MAX };
    case "date":
      return { type: "string", format: "date" };
    case "datetime":
      // No format: a local time without an offset is taken too.
      return { type: "string", maxLength: 40, description: MOMENT[lang] };
    case "yes_no":
      return { type: "boolean" };
    case "select_one":
      return choicesSchema(field.choices, lang);
    case "select_multiple":
      return { type: "array", uniqueItems: true, items: choicesSchema(field.choices, lang) };
    case "phone":
      return { type: "string", maxLength: 64 };
    case "unit":
      return { type: "string", pattern: "^[0-9]{6}", maxLength: 64 };
    case "id_document":
      return {
        type: "object",
        properties: {
          kind: choicesSchema(documentKinds, lang),
          number: { type: "string", maxLength: 64 },
        },
        required: ["kind"],
        additionalProperties: true,
      };
  }
}

/** How a count adds up, and what it is counted in. */
function countedAs(field: Extract<Field, { type: "integer" }>, lang: Lang): Schema {
  if (!field.count || !field.measure) return {};
  const [each, how] = [field.measure[lang], COUNTED[field.count][lang]];
  const unit = { "zh-Hans": `单位：${each}；`, "zh-Hant": `單位：${each}；`, en: `In ${each}; ` }[lang];
  return { description: unit + how };
}

const COUNTED = {
  flow: {
    "zh-Hans": "当天新增的，逐日累加",
    "zh-Hant": "當天新增的，逐日累加",
    en: "what came that day, added up from day to day",
  },
  stock: {
    "zh-Hans": "当天实有的，以最近一天为准",
    "zh-Hant": "當天實有的，以最近一天為準",
    en: "what stands that day, the latest day counts",
  },
};

const MOMENT = {
  "zh-Hans": "YYYY-MM-DDTHH:mm 为当地时间；也可带 Z 或 +08:00",
  "zh-Hant": "YYYY-MM-DDTHH:mm 為當地時間；也可帶 Z 或 +08:00",
  en: "YYYY-MM-DDTHH:mm is local time; Z or an offset such as +08:00 is taken too.",
};

const bounds = ({ min, max }: { min?: number; max?: number }): Schema => ({
  ...(min === undefined ? {} : { minimum: min }),
  ...(max === undefined ? {} : { maximum: max }),
});

const choicesSchema = (
  choices: readonly { name: string; label: Record<Lang, string> }[],
  lang: Lang,
): Schema => ({
  type: "string",
  enum: choices.map(({ name }) => name),
  description: choices.map(({ name, label }) => `${name} ${label[lang]}`).join(lang === "en" ? "; " : "；"),
});
