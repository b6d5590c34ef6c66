import { registration } from "../../forms/index.ts";
import type { FormDefinition } from "../../src/forms/define.ts";
import { exampleOf } from "../../src/forms/describe.ts";
import { validate } from "../../src/forms/validate.ts";

/*
 * Amina's registration as a test changes it, and what the form says to that.
 */
export const at = {
  lang: "zh-Hans" as const,
  now: new Date("2020-01-28T06:00:00Z"),
  zone: "Asia/Shanghai",
  unit: "511781100201",
};
export const amina = () => exampleOf(registration, at);
export const person = () => (amina().persons as Record<string, unknown>[])[0] as Record<string, unknown>;
export const errorsOf = (
  form: FormDefinition,
  input: unknown,
  lang: "zh-Hans" | "zh-Hant" | "en" = "zh-Hans",
) => {
  const result = validate(form, input, { ...at, lang });
  return result.ok ? [] : result.errors;
};
export const pathsOf = (input: unknown) => errorsOf(registration, input).map(({ path }) => path);
export const withPerson = (answers: Record<string, unknown>) => ({
  ...amina(),
  persons: [{ ...person(), ...answers }],
});
export const valuesOf = (input: unknown) => {
  const result = validate(registration, input, at);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.values;
};
