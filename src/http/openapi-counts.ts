import { countForms } from "../../forms/counts.ts";
import { localDate } from "../domain/time.ts";
import type { UnitKind } from "../domain/unit.ts";
import { entryForm } from "../forms/count.ts";
import type { CountForm, Lang, Words } from "../forms/define.ts";
import { exampleOf, jsonSchema, type Schema } from "../forms/describe.ts";
import { words } from "./openapi-words.ts";

/* The doors for typed counts as OpenAPI, one a form: everything follows from the form files. */
type Context = { lang: Lang; now: Date; zone: string; county: string; village: string; exampleId: string };

export const countPaths = (
  ctx: Context,
  problems: (...statuses: string[]) => Schema,
  forms: readonly CountForm[] = countForms,
): Record<string, Schema> =>
  Object.fromEntries(
    forms.map((form) => [
      `/api/v1/counts/${form.name}/{unit}/{date}`,
      { post: countOperation(form, ctx, problems) },
    ]),
  );

function countOperation(form: CountForm, ctx: Context, problems: (...statuses: string[]) => Schema): Schema {
  const { lang, now, zone } = ctx;
  const unit = exampleUnit(form, ctx);
  const inPath = (name: string, description: Words, schema: Schema, example: string): Schema => ({
    ...{ name, in: "path", required: true, description: description[lang] },
    schema: { type: "string", ...schema },
    example,
  });
  return {
    operationId: `create${nameOf(form)}`,
    tags: ["submissions"],
    summary: form.title[lang],
    description: `${form.intro ? `${form.intro[lang]} ` : ""}${words.once[lang]} ${RULES[lang]}`,
    security: [{ key: [] }],
    parameters: [
      inPath("unit", words.unit, { pattern: "^[0-9]{6}[0-9A-Z]*$" }, unit),
      inPath("date", DATE, { format: "date" }, localDate(now, zone)),
    ],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: { $ref: `#/components/schemas/${nameOf(form)}` },
          example: { clientId: ctx.exampleId, ...exampleOf(entryForm(form), { now, zone, unit }) },
        },
      },
    },
    responses: {
      "201": {
        description: words.receipt[lang],
        content: { "application/json": { schema: { $ref: "#/components/schemas/CountReceipt" } } },
      },
      ...problems("400", "401", "403", "404", "405", "409", "413", "415", "422", "429"),
    },
  };
}

/** The shapes of the forms and of the receipt, named as components. */
export function countSchemas(lang: Lang, forms: readonly CountForm[] = countForms): Record<string, Schema> {
  const text = { type: "string" };
  const counts = { type: "object", additionalProperties: { type: "integer", minimum: 0 } };
  const receipt: Record<string, Schema> = {
    form: text,
    unit: text,
    date: { ...text, format: "date" },
    version: { type: "integer", minimum: 1 },
    counts,
    totals: { ...counts, description: TOTALS[lang] },
    corrected: { type: "boolean" },
    recordedAt: { ...text, format: "date-time" },
  };
  return {
    ...Object.fromEntries(forms.map((form) => [nameOf(form), schemaOf(form, lang)])),
    CountReceipt: {
      type: "object",
      properties: receipt,
      required: Object.keys(receipt),
      additionalProperties: false,
    },
  };
}

function schemaOf(form: CountForm, lang: Lang): Schema {
  const schema = jsonSchema(entryForm(form), lang);
  const clientId = { type: "string", format: "uuid", description: words.clientId[lang] };
  return {
    ...schema,
    properties: { clientId, ...(schema.properties as Schema) },
    required: ["clientId"],
  };
}

/** morning-check → MorningCheckCounts */
const nameOf = ({ name }: CountForm) =>
  `${name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Counts`;

/** A unit of a kind that fills in the form, for the example. */
function exampleUnit({ count }: CountForm, { county, village }: Context): string {
  const town = village.slice(0, 9);
  const codes: Record<UnitKind, string> = {
    ...{ village, town, county, grid: `${village}01`, school: `${town}S01` },
    ...{ enterprise: `${town}E01`, bureau: `${county}B01`, checkpoint: `${town}C01` },
  };
  const order: UnitKind[] = ["village", "town", "county", ...count.kinds];
  return codes[order.find((kind) => count.kinds.includes(kind)) ?? "county"];
}

const RULES: Words = {
  "zh-Hans":
    "只填本单位自己的；没有填的项不算数，填 0 才是零。当天已填过的，再填即为更正，须以 reason 说明原因，原来的数保留。",
  "zh-Hant":
    "只填本單位自己的；沒有填的項不算數，填 0 才是零。當天已填過的，再填即為更正，須以 reason 說明原因，原來的數保留。",
  en: "What the unit itself did, not the units below it. A field left out says nothing, 0 says zero. A further entry for the day is a correction and needs a reason; the old counts are kept.",
};
const DATE: Words = {
  "zh-Hans": "当地日期，今天或之前 31 天内",
  "zh-Hant": "當地日期，今天或之前 31 天內",
  en: "The local day: today, or up to 31 days back",
};
const TOTALS: Words = {
  "zh-Hans": "连同这一份，本单位各项的累计（现有的以最近一天为准）；没有填过的不在其中",
  "zh-Hant": "連同這一份，本單位各項的累計（現有的以最近一天為準）；沒有填過的不在其中",
  en: "With this entry, what the unit's days come to, of stocks the latest day; what was never entered is left out",
};
