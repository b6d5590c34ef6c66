import { expect, it } from "vitest";
import type { Constraint, Field, FormDefinition, Words } from "../../src/forms/define.ts";
import { exampleOf } from "../../src/forms/describe.ts";
import { fieldsOf } from "../../src/forms/rules.ts";
import { validate } from "../../src/forms/validate.ts";
import { onlySimplified, onlyTraditional } from "./forms-words.ts";

/* What every form file keeps, those of the catalogue and those that came from elsewhere. */
/** Every Words in a structure, with the path that leads to it. */
export function wordsIn(thing: unknown, path: string): [string, Partial<Words>][] {
  if (typeof thing !== "object" || thing === null) return [];
  if ("zh-Hans" in thing || "zh-Hant" in thing || "en" in thing) return [[path, thing as Partial<Words>]];
  return Object.entries(thing).flatMap(([key, value]) => wordsIn(value, `${path}.${key}`));
}

/** Words that each language can read. */
export function checkWords(path: string, words: Partial<Words>) {
  for (const lang of ["zh-Hans", "zh-Hant", "en"] as const) {
    expect(words[lang]?.trim(), `${path} has no ${lang}`).toBeTruthy();
    expect(words[lang], `${path} ${lang} begins or ends with space`).toBe(words[lang]?.trim());
  }
  expect(onlySimplified(words["zh-Hant"] ?? ""), `${path} zh-Hant`).toBe("");
  expect(onlyTraditional(words["zh-Hans"] ?? ""), `${path} zh-Hans`).toBe("");
  if (onlySimplified(words["zh-Hans"] ?? "")) expect(words["zh-Hant"], path).not.toBe(words["zh-Hans"]);
  expect(words.en, `${path} en`).not.toMatch(/\p{Script=Han}|[，。；：（）]/u);
  expect(`${words["zh-Hans"]}${words["zh-Hant"]}`, `${path} half-width punctuation`).not.toMatch(
    /\p{Script=Han}[,;:?!()]/u,
  );
}

const constraintsOf = ({ constraint }: Field): readonly Constraint[] =>
  !constraint ? [] : "rule" in constraint ? [constraint] : constraint;

/** The sentences that a form file must pass. */
export function checkForm(form: FormDefinition, { step = false } = {}): void {
  it("says everything in Simplified and Traditional Chinese and in English", () => {
    const all = wordsIn(form, form.name);
    expect(all.length).toBeGreaterThan(form.groups.flatMap(({ fields }) => fields).length);
    for (const [path, words] of all) checkWords(path, words);
  });

  it("names fields as XLSForm and JSON can hold them, each once", () => {
    const plain = form.groups.filter(({ repeat }) => !repeat).flatMap(({ fields }) => fields);
    const scopes = [plain, ...form.groups.filter(({ repeat }) => repeat).map(({ fields }) => fields)];
    for (const fields of scopes) {
      const names = fields.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) {
        expect(name).toMatch(/^[a-z][A-Za-z0-9_]{0,39}$/);
        expect(name in {}, `${name} is a name that every object has`).toBe(false);
      }
    }
    const groups = form.groups.map(({ name }) => name);
    expect(new Set(groups).size).toBe(groups.length);
    // A repeat's rows stand beside the plain fields.
    for (const { name, repeat } of form.groups)
      if (repeat) expect(plain.map((field) => field.name)).not.toContain(name);
  });

  it("offers each choice once", () => {
    for (const field of form.groups.flatMap(({ fields }) => fields)) {
      if (field.type !== "select_one" && field.type !== "select_multiple") continue;
      const names = field.choices.map(({ name }) => name);
      expect(names.length, field.name).toBeGreaterThan(1);
      expect(new Set(names).size, field.name).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    }
  });

  it("has rules about fields that exist, and what is relevant is decided by earlier ones", () => {
    const before: string[] = [];
    const plain = form.groups
      .filter(({ repeat }) => !repeat)
      .flatMap(({ fields }) => fields.map(({ name }) => name));
    for (const group of form.groups) {
      const row: string[] = [];
      const known = () => [...before, ...row];
      for (const field of group.fields) {
        if (field.relevant) for (const name of fieldsOf(field.relevant)) expect(known()).toContain(name);
        const anywhere = [".", ...plain, ...group.fields.map(({ name }) => name)];
        for (const { rule } of constraintsOf(field))
          for (const name of fieldsOf(rule)) expect(anywhere).toContain(name);
        row.push(field.name);
      }
      if (!group.repeat) before.push(...row);
    }
  });

  it("has its own words for what is required", () => {
    const required = form.groups.flatMap(({ fields }) => fields).filter((field) => field.required);
    // Of a count form nothing is: an empty field says nothing, and 0 says zero.
    if (!step) expect(required.length > 0).toBe(form.count === undefined);
    for (const field of required) expect(typeof field.required, field.name).toBe("object");
  });

  it.each(["2020-01-28T06:00:00Z", "2020-02-29T16:10:00Z", "2019-12-31T15:59:00Z"])(
    "carries an example that is accepted at %s",
    (moment) => {
      const at = { now: new Date(moment), zone: "Asia/Shanghai", unit: "511781100201" };
      const result = validate(form, exampleOf(form, at), { ...at, lang: "zh-Hans" });
      expect(result).toMatchObject({ ok: true });
    },
  );
}
