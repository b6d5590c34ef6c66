import { describe, expect, it } from "vitest";
import { dailyReport, forms, registration, tip } from "../../forms/index.ts";
import { LANGS } from "../../src/forms/define.ts";
import { exampleOf, jsonSchema, type Schema } from "../../src/forms/describe.ts";
import { sampleForm } from "../support/forms-sample.ts";

const at = { now: new Date("2020-01-28T06:00:00Z"), zone: "Asia/Shanghai", unit: "511781100201" };
const at1 = (schema: Schema, ...path: string[]) => path.reduce((part, key) => part[key] as Schema, schema);

/** The few keywords that a form's schema uses, judged as JSON Schema says. */
function faultsOf(schema: Schema, value: unknown, path = ""): string[] {
  const list = schema.enum as unknown[] | undefined;
  if (list && !list.includes(value)) return [`${path}: not in enum`];
  if (schema.type === "array") {
    if (!Array.isArray(value)) return [`${path}: no array`];
    return value.flatMap((item, index) => faultsOf(schema.items as Schema, item, `${path}.${index}`));
  }
  if (schema.type === "object") {
    if (typeof value !== "object" || value === null) return [`${path}: no object`];
    const missing = (schema.required as string[]).filter((key) => !(key in value));
    const inside = Object.entries(value).flatMap(([key, item]) => {
      const property = (schema.properties as Schema)[key] as Schema | undefined;
      return property ? faultsOf(property, item, `${path}.${key}`) : [`${path}.${key}: unknown`];
    });
    return [...missing.map((key) => `${path}.${key}: missing`), ...inside];
  }
  const type = schema.type === "integer" ? "number" : schema.type;
  if (typeof value !== type) return [`${path}: not ${schema.type}`];
  if (typeof value === "string") {
    if (value.length > Number(schema.maxLength ?? 1e9)) return [`${path}: too long`];
    if (schema.pattern && !new RegExp(schema.pattern as string).test(value)) return [`${path}: pattern`];
  }
  if (typeof value === "number") {
    if (value < Number(schema.minimum ?? -1e9) || value > Number(schema.maximum ?? 1e9))
      return [`${path}: range`];
  }
  return [];
}

describe.each([...forms, sampleForm].map((form) => [form.name, form] as const))(
  "the schema of %s",
  (_, form) => {
    it.each(LANGS)("has a title for each field in %s, and the form's own example keeps it", (lang) => {
      const schema = jsonSchema(form, lang);
      for (const property of Object.values(schema.properties as Schema))
        expect((property as Schema).title).toBeTruthy();
      expect(faultsOf(schema, exampleOf(form, at))).toEqual([]);
      if (lang === "en" && form !== sampleForm) expect(JSON.stringify(schema)).not.toMatch(/\p{Script=Han}/u);
      expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    });
  },
);

it("requires what is always asked, and not what an answer decides", () => {
  const schema = jsonSchema(registration, "en");
  expect(schema.required).toEqual([
    "unit",
    "filledBy",
    "origin",
    "leftOn",
    "arrivedAt",
    "transport",
    "persons",
    "address",
    "hasPhone",
  ]);
  expect(at1(schema, "properties", "persons", "items").required).toEqual([
    "name",
    "returnee",
    "area",
    "contact",
    "symptoms",
  ]);
  expect(at1(schema, "properties", "persons")).toMatchObject({ type: "array", minItems: 1, maxItems: 20 });
  expect(at1(schema, "properties", "phone").description).toContain(
    "Only where the answers before call for it.",
  );
  expect(jsonSchema(dailyReport).required).toEqual(["zero"]);
});

it("says lengths, bounds and choices, and lets unknown keys pass", () => {
  const schema = jsonSchema(registration, "zh-Hans");
  expect(schema.additionalProperties).toBe(true);
  expect(at1(schema, "properties", "origin").enum).toEqual([
    "wuhan",
    "hubei",
    "other_province",
    "same_province",
  ]);
  expect(at1(schema, "properties", "origin").description).toContain("wuhan 武汉市");
  expect(at1(schema, "properties", "leftOn").format).toBe("date");
  expect(at1(schema, "properties", "persons", "items", "properties", "temperature")).toMatchObject({
    minimum: 34,
    maximum: 43,
  });
  expect(at1(schema, "properties", "persons", "items", "properties", "name")).toMatchObject({
    maxLength: 50,
    "x-personal": true,
  });
  expect(at1(jsonSchema(tip), "properties", "text").maxLength).toBe(2000);
});

it("answers every relevant question in its example, with what is plainly made up", () => {
  const example = exampleOf(registration, at);
  expect(example.arrivedAt).toBe("2020-01-28T13:00");
  expect(example.unit).toBe(at.unit);
  expect(Object.keys(example)).toEqual([
    "unit",
    "filledBy",
    "origin",
    "originPlace",
    "leftOn",
    "transitWuhan",
    "arrivedAt",
    "transport",
    "transportNumber",
    "persons",
    "address",
    "hasPhone",
    "phone",
    "note",
  ]);
});
