// Written by `npm run forms` from the files of this folder: a new form is a file, and this is not edited.
import type { CountForm } from "../src/forms/define.ts";
import { caseStatus } from "./case-status.ts";
import { closures } from "./closures.ts";
import { morningCheck } from "./morning-check.ts";
import { noonCheck } from "./noon-check.ts";
import { organisation } from "./organisation.ts";
import { publicity } from "./publicity.ts";
import { screening } from "./screening.ts";
import { suppliesOnHand } from "./supplies-on-hand.ts";

/** Every count form, in the order that pages show them. */
export const countForms: readonly CountForm[] = [
  morningCheck,
  noonCheck,
  publicity,
  organisation,
  closures,
  screening,
  caseStatus,
  suppliesOnHand,
];
