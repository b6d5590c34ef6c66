import { ProblemError } from "../../src/domain/problem.ts";
import type { RegistrationValues } from "../../src/domain/registration.ts";
import type { Deps } from "../../src/http/factory.ts";
import { submitRegistration } from "../../src/http/submit.ts";
import { clientId } from "./cast.ts";
import type { TestCounty } from "./worker.ts";

/** Registers `values` from the public page under the test's client id of that number. */
export const register = (deps: Deps, values: RegistrationValues, client = 1) =>
  submitRegistration(deps, {
    clientId: clientId(client),
    values,
    door: "page",
    unitCode: values.unit,
    lang: "en",
  });

/** Every row of a table, as D1 keeps it. */
export async function rowsOf({ deps }: TestCounty, table: string): Promise<Record<string, unknown>[]> {
  return (await deps.d1.prepare(`SELECT * FROM ${table}`).all<Record<string, unknown>>()).results;
}

const WRITTEN = ["submission", "household", "person", "link", "obligation", "transition", "outbox", "audit"];
/** How many rows a registration could have left in each table, in the order of `WRITTEN`. */
export const countsOf = (county: TestCounty): Promise<number[]> =>
  Promise.all(WRITTEN.map(async (table) => (await rowsOf(county, table)).length));
export const NOTHING = WRITTEN.map(() => 0);

/** The problem that `work` is refused with; anything else it does is an error of the test. */
export async function problemFrom(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProblemError) return error.problem;
  throw error ?? new Error("nothing was thrown");
}
