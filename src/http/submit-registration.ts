import { registration } from "../../forms/registration.ts";
import { DatabaseFault, guarded } from "../db/fault.ts";
import { findReceipt } from "../db/household.ts";
import { linkToken } from "../db/link.ts";
import { saveRegistration } from "../db/registration.ts";
import type { Statement } from "../db/store.ts";
import { deriveDigits, earlierArrival, identify } from "../db/submission.ts";
import { makeCaseNumber } from "../domain/identity.ts";
import { problem } from "../domain/problem.ts";
import { planRegistration, type RegistrationValues } from "../domain/registration.ts";
import { type Arrival, type Door, NUMBER_ATTEMPTS, unknownUnit } from "../domain/submission.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";

/** What the sender of a registration is told; the same again for the same submission. */
export type RegistrationReceipt = {
  caseNumber: string;
  /** How many were registered. */
  persons: number;
  unitCode: string;
  recordedAt: Date;
  verifyDueAt: Date;
  /** Of the household's own link, /p/<token>. */
  token: string;
  /** True when somebody has symptoms or fever: the officials were told at once. */
  urgent: boolean;
};

/**
 * Registers a household: plan, seal, one batch. `values` are valid already; `unitCode` is where they live (a poster's
 * link fixes it). Throws `invalid` (client id, unit, a document typed twice), `contentDiffers`, DatabaseFault.
 */
export async function submitRegistration(
  deps: Deps,
  request: {
    clientId: string;
    values: RegistrationValues;
    door: Door;
    unitCode: string;
    postingPointId?: string;
    lang?: Lang;
    /** What is to be written in the same batch, once the case has its number. */
    also?: (caseNumber: string) => Promise<{ statements: Statement[] }>;
  },
): Promise<RegistrationReceipt> {
  const { values, unitCode, postingPointId, lang } = request;
  const { clientId, arrival } = await identify(deps.privacy, registration, {
    ...request,
    content: { ...values, unit: unitCode },
  });
  return guarded(async () => {
    for (let attempt = 0; attempt < NUMBER_ATTEMPTS; attempt++) {
      const seven = await deriveDigits(deps.privacy, "case-number", `${clientId}/${attempt}`, 7);
      const plan = planRegistration(values, {
        now: deps.now(),
        settings: deps.settings,
        arrival,
        clientId,
        caseNumber: makeCaseNumber(deps.settings.CASE_PREFIX, seven),
        unitCode,
        postingPointId,
        lang,
      });
      const also = await request.also?.(plan.household.id);
      const { outcome, token } = await saveRegistration(deps, plan, deps.settings, also?.statements);
      if (outcome === "no-such-unit") throw unknownUnit(lang);
      if (outcome === "known") return receiptAgain(deps, arrival, clientId);
      if (outcome === "saved") {
        const { id, persons, verifyDueAt } = plan.household;
        const { recordedAt, urgent } = plan;
        return { caseNumber: id, persons, unitCode, recordedAt, verifyDueAt, token, urgent };
      }
    }
    throw problem.unavailable();
  });
}

/** The first receipt once more, from the rows it left; its token from the client id, which alone was never stored. */
async function receiptAgain(deps: Deps, arrival: Arrival, clientId: string): Promise<RegistrationReceipt> {
  const caseNumber = await earlierArrival(deps.db, arrival);
  const standing = caseNumber === undefined ? undefined : await findReceipt(deps.db, caseNumber);
  if (!standing) throw new DatabaseFault(new Error("a submission without its household"));
  return { ...standing, token: await linkToken(deps, "person", clientId) };
}

/** Characters of an official's note, as on the forms. */
export const NOTE_LENGTH = 1000;
