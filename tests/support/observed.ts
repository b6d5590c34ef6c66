import { submitRegistration } from "../../src/http/submit.ts";
import { endObservation, verifyHousehold } from "../../src/http/submit-observation.ts";
import { submitReading } from "../../src/http/submit-reading.ts";
import { clientId, household, type PersonValues } from "./cast.ts";
import type { TestCounty } from "./worker.ts";

export const VILLAGE = "511781100001";

/** A household registered at the first village and found at home, all of it observed from the clock's moment on. */
export async function observed(
  { deps }: TestCounty,
  persons: PersonValues[],
  { client = 1, phone = "13900000001" } = {},
): Promise<{ token: string; caseNumber: string }> {
  const receipt = await submitRegistration(deps, {
    clientId: clientId(client),
    values: household(persons, { phone }),
    door: "page",
    unitCode: VILLAGE,
  });
  await verifyHousehold(deps, {
    id: receipt.caseNumber,
    unitCode: VILLAGE,
    actor: "sample",
    outcome: "found",
    day0Rule: "start",
  });
  return receipt;
}

let drawn = 10_000;
/** A reading from the household's own door, well unless said otherwise, for the slot that the clock stands in. */
export const reads = (
  { deps }: TestCounty,
  observationId: string,
  more: Partial<Parameters<typeof submitReading>[1]> = {},
) =>
  submitReading(deps, {
    clientId: clientId(++drawn),
    observationId,
    temperature: 36.5,
    symptoms: false,
    needsHelp: false,
    door: "person",
    ...more,
  });

/** Li the town official releases somebody. */
export const releases = ({ deps }: TestCounty, id: string) =>
  endObservation(deps, { id, scope: VILLAGE, actor: "sample", ending: "released", by: "李示例" });
