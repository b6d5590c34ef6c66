import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkpoint } from "../../forms/checkpoint.ts";
import { countForms, forms } from "../../forms/index.ts";
import { travelSurvey } from "../../forms/travel-survey.ts";
import { type FormDefinition, LANGS } from "../../src/forms/define.ts";
import { decodeForm, encodeForm } from "../../src/forms/encode.ts";
import { validate } from "../../src/forms/validate.ts";
import { brokenInput, validInput } from "../support/forms.ts";
import { sampleForm } from "../support/forms-sample.ts";
import { onlySimplified } from "../support/forms-words.ts";

// Inputs are drawn by hand, so shrinking them is slow; the seed in the report replays the failure.
fc.configureGlobal({ endOnFailure: true });
const at = { now: new Date("2020-03-01T04:30:00Z"), zone: "Asia/Shanghai", unit: "511781100201" };
const lang = fc.constantFrom(...LANGS);
const accepted = (form: FormDefinition, input: unknown) => {
  const result = validate(form, input, { ...at, lang: "zh-Hans" });
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.values;
};

// Count forms have fields of one kind alone: the first stands for them; for those of records the two with the most rules.
const called = forms.filter(({ count, record }) => !count && !record);
const drawn = [...called, ...countForms.slice(0, 1), checkpoint, travelSurvey, sampleForm];

describe.each(drawn.map((form) => [form.name, form] as const))("the form %s", (_, form) => {
  it("accepts whatever Amina may rightly answer, and the same values again", () => {
    fc.assert(
      fc.property(validInput(form, at), (input) => {
        const values = accepted(form, input);
        expect(accepted(form, values)).toEqual(values);
        expect(accepted(form, JSON.parse(JSON.stringify(values)))).toEqual(values);
      }),
    );
  });

  it("comes back from an HTML form as it went in", () => {
    fc.assert(
      fc.property(validInput(form, at), (input) => {
        const values = accepted(form, input);
        expect(accepted(form, decodeForm(form, encodeForm(form, values)))).toEqual(values);
        expect(accepted(form, decodeForm(form, encodeForm(form, input)))).toEqual(values);
      }),
    );
  });

  it("refuses one broken answer where it stands, in the reader's language, without repeating it", () => {
    fc.assert(
      fc.property(brokenInput(form, at), lang, ({ input, path, pii, typed }, lang) => {
        const result = validate(form, input, { ...at, lang });
        if (result.ok) throw new Error(`accepted at ${path}`);
        expect(result.errors.map((error) => error.path.replace(/\.(kind|number)$/, ""))).toContain(path);
        for (const { path, message, code } of result.errors) {
          expect(path).toMatch(/^[a-z]\w*(\.\d+(\.[a-z]\w*)?)?(\.(kind|number))?$/);
          expect(code).toMatch(/^[a-z-]+$/);
          if (lang === "en") expect(message).not.toMatch(/\p{Script=Han}/u);
          else expect(message).toMatch(/\p{Script=Han}/u);
          if (lang === "zh-Hant") expect(onlySimplified(message)).toBe("");
          if (pii && typed && typed.trim().length > 1) expect(message).not.toContain(typed);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("drops what Mallory adds", () => {
    fc.assert(
      fc.property(validInput(form, at), fc.dictionary(fc.string(), fc.jsonValue()), (input, more) => {
        const values = accepted(form, input);
        const known = form.groups.flatMap((group) => [group.name, ...group.fields.map(({ name }) => name)]);
        const extra = Object.entries(more).filter(([key]) => !known.includes(key));
        const mixed = { ...Object.fromEntries(extra), ...input };
        expect(accepted(form, mixed)).toEqual(values);
      }),
    );
  });

  it("never throws, whatever is sent", () => {
    const names = form.groups.flatMap((group) => [group.name, ...group.fields.map(({ name }) => name)]);
    const anything = fc.oneof(
      fc.anything({
        withNullPrototype: true,
        withMap: true,
        withDate: true,
        withBigInt: true,
        withSparseArray: true,
      }),
      fc.string({ unit: "binary" }),
      fc.jsonValue(),
    );
    const shaped = fc.dictionary(fc.constantFrom(...names, "__proto__", "constructor", "toString"), anything);
    const rows = fc.dictionary(fc.constantFrom(...names), fc.array(shaped, { maxLength: 6 }));
    fc.assert(
      fc.property(fc.oneof(anything, shaped, rows), lang, (input, lang) => {
        const result = validate(form, input, { ...at, lang });
        if (result.ok) expect(validate(form, result.values, { ...at, lang })).toEqual(result);
        else expect(result.errors.length).toBeGreaterThan(0);
        expect(Array.isArray(encodeForm(form, input))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("decodes any entries without throwing", () => {
    const part = fc.constantFrom(
      "persons",
      "visits",
      "name",
      "0",
      "1",
      "99999",
      "__proto__",
      "document",
      "kind",
      "",
    );
    const name = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join(".")),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (entries) => {
        const result = validate(form, decodeForm(form, entries), { ...at, lang: "en" });
        expect(typeof result.ok).toBe("boolean");
      }),
    );
  });
});
