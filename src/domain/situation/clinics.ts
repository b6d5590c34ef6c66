import type { Filed } from "./wording.ts";

/** 发热门诊、预检分诊室: entered as records (forms/fever-clinic.ts), or typed where none are. */
export const FEVER_CLINICS: readonly Filed[] = [
  {
    stands: "fever-clinic.clinics",
    filed: "fever-clinic.clinicsFiled",
    typed: "screening.feverClinics",
  },
  {
    stands: "fever-clinic.triage",
    filed: "fever-clinic.triageFiled",
    typed: "screening.triageRooms",
  },
];
