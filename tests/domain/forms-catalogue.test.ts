import { describe, expect, it } from "vitest";
import { formNamed, forms, registration } from "../../forms/index.ts";
import * as shared from "../../src/forms/words.ts";
import { checkForm, checkWords, wordsIn } from "../support/form-checks.ts";

describe.each(forms.map((form) => [form.name, form] as const))("the form file %s", (_, form) =>
  checkForm(form),
);

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
  const personal = forms.flatMap((form) =>
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
  ]);
});
