import type { FormDefinition } from "../src/forms/define.ts";
import { countForms } from "./counts.ts";
import { dailyReport } from "./daily-report.ts";
import { reading } from "./reading.ts";
import { recordForms } from "./records.ts";
import { registration } from "./registration.ts";
import { tip } from "./tip.ts";

/** Every form of the service: those that it calls by name, and those that it finds (npm run forms). */
export const forms: readonly FormDefinition[] = [
  registration,
  tip,
  dailyReport,
  reading,
  ...countForms,
  ...recordForms,
];

/** The form of a name, or undefined. */
export const formNamed = (name: string): FormDefinition | undefined =>
  forms.find((form) => form.name === name);

export { countForms, dailyReport, reading, recordForms, registration, tip };
