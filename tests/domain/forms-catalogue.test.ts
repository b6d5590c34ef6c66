import { describe, expect, it } from "vitest";
import { formNamed, forms, recordForms, registration } from "../../forms/index.ts";
import { catalogueFaults, formFaults } from "../../src/forms/check-form.ts";
import { stepForm } from "../../src/forms/record.ts";
import * as shared from "../../src/forms/words.ts";
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
