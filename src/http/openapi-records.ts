import { recordForms } from "../../forms/records.ts";
import { makeCaseNumber } from "../domain/identity.ts";
import type { UnitKind } from "../domain/unit.ts";
import type { FormDefinition, Lang, RecordForm, Words } from "../forms/define.ts";
import { exampleOf, jsonSchema, type Schema } from "../forms/describe.ts";
import { stateWords, stepForm, WITHDRAWN, withdrawalForm } from "../forms/record.ts";
import { recordWords } from "./openapi-record-words.ts";
import { words } from "./openapi-words.ts";
import { MOST_RECORDS } from "./record-entry.ts";

/* The doors for records as OpenAPI: for each form one record, a list, and each step. Everything follows from the form files. */
type Context = { lang: Lang; now: Date; zone: string; county: string; village: string; exampleId: string };
type Problems = (...statuses: string[]) => Schema;

export const recordPaths = (
  ctx: Context,
  problems: Problems,
  forms: readonly RecordForm[] = recordForms,
): Record<string, Schema> => ({
  ...Object.assign({}, ...forms.map((form) => pathsOf(form, ctx, problems))),
  ...(forms.length > 0
    ? { "/api/v1/records/{form}/{unit}/{id}": { get: historyOperation(forms, ctx, problems) } }
    : {}),
});

function pathsOf(form: RecordForm, ctx: Context, problems: Problems): Record<string, Schema> {
  const { lang } = ctx;
  const door = `/api/v1/records/${form.name}/{unit}`;
  const [unit, id] = [unitIn(form, ctx), idIn(form, ctx)];
  const example = exampleEntry(form, form, ctx);
  const refused = ["400", "401", "403", "404", "405", "409", "413", "415", "422", "429"];
  const post = (operation: Schema, schema: string, body: unknown, answers: Schema) => ({
    post: {
      ...{ tags: ["submissions"], security: [{ key: [] }] },
      ...operation,
      requestBody: {
        required: true,
        content: { "application/json": { schema: ref(schema), example: body } },
      },
      responses: { ...answers, ...problems(...refused) },
    },
  });
  const name = nameOf(form.name);
  const steps = stepsOf(form).map(([step, asked, by]) => {
    const said = `${form.title[lang]} · ${asked.title[lang]}`;
    const operation = { operationId: `take${name}${nameOf(step)}`, summary: said, parameters: [unit, id] };
    const description = `${words.once[lang]} ${by === "above" ? recordWords.above[lang] : recordWords.step[lang]}`;
    return [
      `${door}/{id}/${step}`,
      post(
        { ...operation, description },
        `${name}${nameOf(step)}`,
        exampleEntry(form, asked, ctx),
        answer("201", words.receipt[lang], "RecordReceipt"),
      ),
    ] as const;
  });
  const rules = form.record.quota ? ` ${form.record.quota.message[lang]}` : "";
  return {
    [door]: post(
      {
        ...{ operationId: `create${name}Record`, summary: form.title[lang], parameters: [unit] },
        description: `${form.intro ? `${form.intro[lang]} ` : ""}${words.once[lang]}${rules}`,
      },
      `${name}Record`,
      example,
      answer("201", words.receipt[lang], "RecordReceipt"),
    ),
    [`${door}/list`]: post(
      {
        ...{ operationId: `create${name}Records`, parameters: [unit] },
        ...{
          summary: `${form.title[lang]} · ${recordWords.list[lang]}`,
          description: recordWords.each[lang],
        },
      },
      `${name}RecordList`,
      { entries: [example] },
      answer("200", words.readingResults[lang], "RecordResults"),
    ),
    ...Object.fromEntries(steps),
  };
}

function historyOperation(forms: readonly RecordForm[], ctx: Context, problems: Problems): Schema {
  const { lang } = ctx;
  const [form] = forms as [RecordForm];
  return {
    operationId: "getRecord",
    tags: ["submissions"],
    summary: recordWords.one[lang],
    description: recordWords.history[lang],
    security: [{ key: [] }],
    parameters: [
      inPath("form", recordWords.form[lang], { enum: forms.map(({ name }) => name) }, form.name),
      unitIn(form, ctx),
      idIn(form, ctx),
    ],
    responses: {
      ...answer("200", recordWords.one[lang], "RecordHistory"),
      ...problems("401", "403", "404", "405", "422", "429"),
    },
  };
}

/** The shapes of the forms, their steps and what is answered, named as components. */
export function recordSchemas(
  lang: Lang,
  forms: readonly RecordForm[] = recordForms,
): Record<string, Schema> {
  const text = { type: "string" };
  const moment = { type: "string", format: "date-time" };
  const perhaps = (schema: Schema, description: Words) => ({
    ...schema,
    type: [schema.type, "null"],
    description: description[lang],
  });
  const answers = { type: "object", additionalProperties: true, description: recordWords.answers[lang] };
  const state = { type: "string", description: statesOf(forms, lang) };
  const version = { type: "integer", minimum: 1 };
  const errors = { type: "array", items: { type: "object" } };
  const receipt: Record<string, Schema> = {
    ...{ number: text, form: text, unit: text, state, version, answers },
    ...{ occurredAt: moment, recordedAt: moment },
    dueAt: perhaps(moment, recordWords.due),
    endedAt: perhaps(moment, recordWords.ended),
    caseNumber: perhaps(text, recordWords.registered),
  };
  const event = { version, step: text, answers, occurredAt: moment, recordedAt: moment };
  const listed = {
    clientId: { type: ["string", "null"] },
    status: { type: "integer", minimum: 201, maximum: 599 },
    receipt: ref("RecordReceipt"),
    problem: object({ code: text, title: text, errors }, ["code", "title"]),
  };
  return {
    ...Object.assign({}, ...forms.map((form) => schemasOf(form, lang))),
    RecordReceipt: object(
      {
        ...receipt,
        personUrl: { type: "string", format: "uri" },
        notRegistered: { ...errors, description: recordWords.notRegistered[lang] },
      },
      Object.keys(receipt),
    ),
    RecordResults: object({ results: { type: "array", items: object(listed, ["clientId", "status"]) } }),
    RecordHistory: object({
      ...receipt,
      steps: { type: "array", items: text, description: recordWords.steps[lang] },
      events: { type: "array", items: object(event) },
    }),
  };
}

function schemasOf(form: RecordForm, lang: Lang): Record<string, Schema> {
  const name = nameOf(form.name);
  const entries = { type: "array", maxItems: MOST_RECORDS, items: ref(`${name}Record`) };
  return {
    [`${name}Record`]: entrySchema(form, lang),
    [`${name}RecordList`]: {
      ...{ type: "object", properties: { entries }, required: ["entries"], additionalProperties: true },
    },
    ...Object.fromEntries(
      stepsOf(form).map(([step, asked]) => [`${name}${nameOf(step)}`, entrySchema(asked, lang)]),
    ),
  };
}

function entrySchema(form: FormDefinition, lang: Lang): Schema {
  const schema = jsonSchema(form, lang);
  return {
    ...schema,
    properties: {
      clientId: { type: "string", format: "uuid", description: words.clientId[lang] },
      occurredAt: { type: "string", maxLength: 40, description: recordWords.occurred[lang] },
      ...(schema.properties as Schema),
    },
    required: ["clientId", ...(schema.required as string[])],
  };
}

/** What can be done to a record: its form's steps, and to withdraw it. */
const stepsOf = (form: RecordForm): [name: string, asked: FormDefinition, by: "unit" | "above"][] => [
  ...form.record.steps.map((step): [string, FormDefinition, "unit" | "above"] => [
    step.name,
    stepForm(form, step),
    step.by,
  ]),
  [WITHDRAWN, withdrawalForm(form), "unit"],
];

const statesOf = (forms: readonly RecordForm[], lang: Lang): string =>
  forms
    .map((form) => {
      const states = ["filed", ...stepsOf(form).map(([step]) => step)];
      return `${form.name}: ${states.map((state) => `${state} ${stateWords(form, state)[lang]}`).join(", ")}`;
    })
    .join("\n");

const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  ...{ type: "object", properties, required, additionalProperties: false },
});

const answer = (status: string, description: string, schema: string): Schema => ({
  [status]: { description, content: { "application/json": { schema: ref(schema) } } },
});

const exampleEntry = (form: RecordForm, asked: FormDefinition, ctx: Context) => ({
  clientId: ctx.exampleId,
  ...exampleOf(asked, { now: ctx.now, zone: ctx.zone, unit: exampleUnit(form, ctx) }),
});

const inPath = (name: string, description: string, schema: Schema, example: string): Schema => ({
  ...{ name, in: "path", required: true, description, schema: { type: "string", ...schema }, example },
});
const unitIn = (form: RecordForm, ctx: Context): Schema =>
  inPath("unit", words.unit[ctx.lang], { pattern: "^[0-9]{6}[0-9A-Z]*$" }, exampleUnit(form, ctx));
const idIn = ({ record }: RecordForm, { lang }: Context): Schema =>
  inPath("id", recordWords.number[lang], {}, makeCaseNumber(record.prefix, "0217448"));

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** exit-pass → ExitPass */
const nameOf = (name: string): string =>
  name.replace(/(?:^|[-_])([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A unit of a kind that files the form, for the example. */
function exampleUnit({ record }: RecordForm, { county, village }: Context): string {
  const town = village.slice(0, 9);
  const codes: Record<UnitKind, string> = {
    ...{ village, town, county, grid: `${village}01`, school: `${town}S01` },
    ...{ enterprise: `${town}E01`, bureau: `${county}B01`, checkpoint: `${town}C01` },
  };
  const order: UnitKind[] = ["village", "town", "county", ...record.kinds];
  return codes[order.find((kind) => record.kinds.includes(kind)) ?? "county"];
}
