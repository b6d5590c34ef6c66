import type { FormDefinition } from "../src/forms/define.ts";
import { countForms } from "./counts.ts";
import { dailyReport } from "./daily-report.ts";
import { reading } from "./reading.ts";
import { registration } from "./registration.ts";
import { tip } from "./tip.ts";

/** Every form of the service; those that only count have their line in counts.ts. */
export const forms: readonly FormDefinition[] = [registration, tip, dailyReport, reading, ...countForms];

/** The form of a name, or undefined. */
export const formNamed = (name: string): FormDefinition | undefined =>
  forms.find((form) => form.name === name);

export { countForms, dailyReport, reading, registration, tip };
