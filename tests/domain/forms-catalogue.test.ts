import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countForms, formNamed, forms, recordForms, registration } from "../../forms/index.ts";
import { formTitles } from "../../forms/titles.ts";
import type { ObligationKind } from "../../src/domain/ladder.ts";
import { catalogueFaults, formFaults } from "../../src/forms/check-form.ts";
import { LANGS, type Lang } from "../../src/forms/define.ts";
import { stepForm } from "../../src/forms/record.ts";
import * as shared from "../../src/forms/words.ts";
import { thingWords } from "../../src/views/alert-words.ts";
import { checkForm, checkWords, wordsIn } from "../support/form-checks.ts";

describe.each(forms.map((form) => [form.name, form] as const))("the form file %s", (_, form) => {
  checkForm(form);

  it("is one that npm run forms takes", () => {
    expect(formFaults(form)).toEqual([]);
  });
});

const steps = recordForms.flatMap((form) =>
  form.record.steps.filter(({ fields }) => fields?.length).map((step) => stepForm(form, step)),
);
describe.each(steps.map((form) => [form.name, form] as const))("what is asked with the step %s", (_, form) =>
  checkForm(form, { step: true }),
);

it("has forms that go together, in the order that pages show them", () => {
  expect(catalogueFaults(forms.map((form) => ({ file: form.name, form })))).toEqual([]);
  expect(recordForms.map(({ name }) => name).slice(0, 3)).toEqual(["checkpoint", "exit-pass", "banquet"]);
});

it("says what is wrong in all three languages where a form has no words of its own", () => {
  const all = wordsIn(
    {
      ...shared,
      long: shared.tooLong(20),
      range: [shared.outOfRange(1, 2), shared.outOfRange(1, undefined), shared.outOfRange(undefined, 2)],
      rows: [shared.tooFewRows(1, { "zh-Hans": "人", "zh-Hant": "人", en: "person" })],
      many: shared.tooManyRows(20, { "zh-Hans": "人", "zh-Hant": "人", en: "person" }),
    },
    "words",
  );
  expect(all.length).toBeGreaterThan(35);
  for (const [path, words] of all) checkWords(path, words);
});

describe("what is owed of a form, where its title alone is at hand", () => {
  const today = "2026-01-25";
  const said = (kind: ObligationKind, subjectId: string, lang: Lang = "zh-Hans") =>
    thingWords({ kind, subjectId, about: null }, lang, today);

  it("is called as every count and record form calls it, in each language", () => {
    expect(Object.keys(formTitles)).toHaveLength(countForms.length + recordForms.length);
    for (const lang of LANGS) {
      for (const { name, title } of countForms) {
        expect(formTitles[name]).toEqual(title);
        expect(said("count", `${name}/${today}`, lang)).toContain(title[lang]);
      }
      for (const { name, record } of recordForms)
        for (const kind of ["record", "decision"] as const)
          expect(said(kind, `${name}/AB-0125-4486/0`, lang).toLowerCase()).toContain(
            `${record.noun[lang]} AB-0125-4486`.toLowerCase(),
          );
    }
  });

  it("says which day, which number, and that it is to be decided on", () => {
    expect(said("count", `morning-check/${today}`)).toBe("学校晨检 1月25日");
    expect(said("count", `morning-check/${today}`, "en")).toBe("Morning check, 25 January");
    expect(said("record", "exit-pass/CR-0125-4486/0")).toBe("出入证 CR-0125-4486");
    expect(said("decision", "banquet/HB-0125-0931/0", "zh-Hant")).toBe("紅白事 HB-0125-0931：審批或處置");
    expect(said("decision", "banquet/HB-0125-0931/0", "en")).toBe("Banquet HB-0125-0931: decision");
    // An alert knows the obligation's id alone, in which the unit stands behind the day.
    expect(said("count", `morning-check/${today}/511781100S01`)).toBe("学校晨检 1月25日");
  });

  it("is called by its kind once the form is gone, whatever the form was called", () => {
    expect(said("count", `gone/${today}`)).toBe("1月25日的统计表");
    expect(said("count", `gone/${today}/511781100S01`, "en")).toBe("Counts of 25 January");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constantFrom("constructor", "__proto__", "hasOwnProperty", ""),
          fc.stringMatching(/^[a-z-]+$/),
        ),
        (form) => {
          fc.pre(!Object.hasOwn(formTitles, form));
          expect(said("record", `${form}/AB-0125-4486/0`)).toBe("办理登记事项 AB-0125-4486");
          expect(said("decision", `${form}/AB-0125-4486/0`, "en")).toBe("Decide on AB-0125-4486");
        },
      ),
    );
  });
});

it("finds a form by its name, and none for a name that no form has", () => {
  expect(formNamed("registration")).toBe(registration);
  expect(formNamed("constructor")).toBeUndefined();
});

it("keeps personal answers marked, so that they are sealed", () => {
  const personal = [...forms, ...steps].flatMap((form) =>
    form.groups.flatMap(({ fields }) =>
      fields.filter(({ pii }) => pii).map(({ name }) => `${form.name}.${name}`),
    ),
  );
  expect(personal).toEqual([
    "registration.transportNumber",
    "registration.name",
    "registration.document",
    "registration.address",
    "registration.phone",
    "registration.contactName",
    "registration.contactPhone",
    "registration.note",
    "tip.place",
    "tip.text",
    "tip.about",
    "tip.reachable",
    "daily-report.reason",
    "daily-report.note",
    "reading.symptomText",
    "checkpoint.plate",
    "checkpoint.name",
    "checkpoint.document",
    "checkpoint.phone",
    "checkpoint.contactName",
    "checkpoint.contactPhone",
    "checkpoint.address",
    "exit-pass.home",
    "exit-pass.person",
    "exit-pass.phone",
    "banquet.host",
    "banquet.phone",
    "banquet.place",
    "absence.name",
    "absence.className",
    "absence.phone",
    "travel-survey.name",
    "travel-survey.phone",
    "checkpoint-handed.found",
    "checkpoint-cleared.grounds",
    "banquet-refused.why",
    "absence-followed.note",
  ]);
});
