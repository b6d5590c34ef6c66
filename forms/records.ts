// Written by `npm run forms` from the files of this folder: a new form is a file, and this is not edited.
import type { RecordForm } from "../src/forms/define.ts";
import { absence } from "./absence.ts";
import { banquet } from "./banquet.ts";
import { checkpoint } from "./checkpoint.ts";
import { exitPass } from "./exit-pass.ts";
import { feverClinic } from "./fever-clinic.ts";
import { travelSurvey } from "./travel-survey.ts";

/** Every record form, in the order that pages show them. */
export const recordForms: readonly RecordForm[] = [
  checkpoint,
  exitPass,
  banquet,
  absence,
  travelSurvey,
  feverClinic,
];
