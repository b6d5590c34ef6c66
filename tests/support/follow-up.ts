import { verifyHousehold } from "../../src/http/submit.ts";
import { type ReadingSubmission, submitReading } from "../../src/http/submit-reading.ts";
import { clientId, household, type PersonValues } from "./cast.ts";
import { register } from "./records.ts";
import type { TestCounty } from "./worker.ts";

/*
 * People under observation: registered at the first village of the test county and verified as found at once.
 */
export const VILLAGE = "511781100001";

let drawn = 0;
/** A client id that no other call gets. */
export const freshId = (): string => clientId(900_000 + ++drawn);

/** Registers and verifies a household now. @returns its case number; persons are <case>-1, <case>-2, … */
export async function observe(
  county: TestCounty,
  persons: PersonValues[],
  more: { unit?: string; day0?: string; kind?: "home" | "central" | "hospital" } = {},
): Promise<string> {
  const { deps } = county;
  const unit = more.unit ?? VILLAGE;
  drawn += 1;
  const home = household(persons, { unit, phone: `139${String(10_000_000 + drawn)}` });
  const { caseNumber } = await register(deps, home, 500_000 + drawn);
  await verifyHousehold(deps, {
    id: caseNumber,
    unitCode: unit,
    actor: "wu-link",
    outcome: "found",
    kind: more.kind,
    day0: more.day0,
  });
  return caseNumber;
}

/** A reading of 36.5 °C without complaints, by the grid worker, unless told otherwise. */
export const read = (county: TestCounty, observationId: string, more: Partial<ReadingSubmission> = {}) =>
  submitReading(county.deps, {
    clientId: freshId(),
    observationId,
    temperature: 36.5,
    symptoms: false,
    needsHelp: false,
    door: "unit",
    actor: "wu-link",
    lang: "en",
    ...more,
  });
