import { ProblemError } from "../../src/domain/problem.ts";
import type { Deps } from "../../src/http/factory.ts";
import { verifyHousehold } from "../../src/http/submit.ts";
import { submitRegistration } from "../../src/http/submit-registration.ts";
import { submitReport } from "../../src/http/submit-report.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import type { Plot, Registration, Report } from "./plot.ts";
import type { Invocation } from "./turns.ts";

/*
 * People and machines at it: each tries again until it is answered, as a browser or a provider does.
 */
export type Task = {
  name: string;
  round: number;
  /** Whoever tried, first to last. */
  tries: Invocation[];
  answered?: Invocation;
  work: (deps: Deps) => Promise<void>;
};

/** What came of a registration: its number and when it was taken, as the sender was told. */
export type Case = {
  registration: Registration;
  number: string;
  recordedAt: number;
  sent: Task;
  verified?: Task;
};
export type Reported = { report: Report; task: Task };
export type Doings = {
  cases: Map<number, Case>;
  reported: Reported[];
  /** What ought not to be. */
  wrong: string[];
  /** Those that are to be tried in a round. */
  due(round: number): Task[];
  left: () => number;
};

export function openDoings(plot: Plot): Doings {
  const cases = new Map<number, Case>();
  const wrong: string[] = [];
  const tasks: Task[] = [];
  const task = (name: string, round: number, work: Task["work"]): Task => {
    const one = { name, round, tries: [], work };
    tasks.push(one);
    return one;
  };
  for (const registration of plot.registrations) {
    const { number, round, verified } = registration;
    const sent = task(`registration ${number}`, round, async (deps) => {
      const { caseNumber, recordedAt } = await submitRegistration(deps, requestOf(registration));
      const before = cases.get(number);
      if (before && (before.number !== caseNumber || before.recordedAt !== recordedAt.getTime()))
        wrong.push(`registration ${number} was answered as ${before.number} and as ${caseNumber}`);
      cases.set(number, {
        ...before,
        registration,
        number: caseNumber,
        recordedAt: recordedAt.getTime(),
        sent,
      });
    });
    if (verified === undefined) continue;
    const visit = task(`verification ${number}`, verified, async (deps) => {
      const known = cases.get(number);
      if (!known) throw new NotYet();
      known.verified = visit;
      const request = {
        id: known.number,
        unitCode: registration.village,
        actor: "sample",
        outcome: "wrong",
      } as const;
      await verifyHousehold(deps, request).catch((error) => {
        // The answer of an earlier attempt was lost: it stands.
        if (!(error instanceof ProblemError && error.problem.code === "already-settled")) throw error;
        if (visit.tries.length < 2) wrong.push(`verification ${number} was settled before anybody came`);
      });
    });
  }
  const reported = plot.reports.map((report): Reported => {
    const { number, village, day, round } = report;
    const one = task(`report of ${village}`, round, async (deps) => {
      const values = { zero: true, reason: "示例" };
      const clientId = uuid("33", number);
      await submitReport(deps, { clientId, unitCode: village, date: day, values, door: "unit" });
    });
    return { report, task: one };
  });
  return {
    ...{ cases, reported, wrong },
    due: (round) => tasks.filter((one) => one.round <= round && !one.answered && one.tries.every(isOver)),
    left: () => tasks.filter(({ answered }) => !answered).length,
  };
}

/** What is asked for before its time comes: it is tried again. */
export class NotYet extends Error {}
const isOver = ({ state }: Invocation) => state !== "running";

export const sweepNow = (deps: Deps, now: Date): Promise<unknown> => sweepOverdue(deps, now);
/** @param wall the county's clock, which goes on while a run sleeps */
export const drainNow = (deps: Deps, now: Date, wall: () => Date): Promise<unknown> =>
  drainOutbox(deps, now, { wall });

const uuid = (kind: string, number: number) =>
  `c7a50000-00${kind}-4000-8000-${String(number).padStart(12, "0")}`;

const requestOf = ({ number, village, ill }: Registration) => ({
  clientId: uuid("11", number),
  door: "page" as const,
  unitCode: village,
  values: {
    unit: village,
    filledBy: "self" as const,
    origin: "wuhan" as const,
    leftOn: "2026-01-24",
    arrivedAt: "2026-01-25T01:00:00.000Z",
    transport: "car" as const,
    address: "示例地址",
    hasPhone: true,
    phone: `1390000000${number}`,
    persons: [{ name: `示例${number}`, returnee: true, area: false, contact: false, symptoms: ill }],
  },
});
