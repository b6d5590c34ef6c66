import type { CountForm } from "../src/forms/define.ts";
import { caseStatus } from "./case-status.ts";
import { closures } from "./closures.ts";
import { organisation } from "./organisation.ts";
import { publicity } from "./publicity.ts";
import { schoolDay } from "./school-day.ts";
import { screening } from "./screening.ts";

/** Every count form, in the order that pages show them; a new statistic is a new file and a line here. */
export const countForms: readonly CountForm[] = [
  publicity,
  organisation,
  closures,
  screening,
  caseStatus,
  schoolDay,
];
