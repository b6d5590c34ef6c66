import type { FormDefinition } from "../src/forms/define.ts";
import { dailyReport } from "./daily-report.ts";
import { reading } from "./reading.ts";
import { registration } from "./registration.ts";
import { tip } from "./tip.ts";

/** Every form of the service; a new statistic is a new file and a line here. */
export const forms: readonly FormDefinition[] = [registration, tip, dailyReport, reading];

/** The form of a name, or undefined. */
export const formNamed = (name: string): FormDefinition | undefined =>
  forms.find((form) => form.name === name);

export { dailyReport, reading, registration, tip };
