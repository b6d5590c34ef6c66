import { beat } from "../db/heartbeat.ts";
import { runBatch } from "../db/store.ts";
import type { Deps } from "../http/factory.ts";
import { drainOutbox } from "./drain.ts";
import { materialiseDailyReports } from "./materialise.ts";
import { sweepOverdue } from "./sweep.ts";

/**
 * What the cron runs each minute, at the event's own time; `wall` is the time it really is. A stage that fails does
 * not stop the next: what is ready still leaves when the sweep cannot run. Only a run without a fault leaves a
 * heartbeat, so /healthz tells.
 */
export async function runScheduled(deps: Deps, now: Date, wall = now): Promise<void> {
  const stages: [string, () => Promise<unknown>][] = [
    ["materialise", () => materialiseDailyReports(deps, now, wall)],
    ["sweep", () => sweepOverdue(deps, now)],
    ["drain", () => drainOutbox(deps, now)],
  ];
  let faults = 0;
  for (const [stage, run] of stages) {
    try {
      await run();
    } catch (error) {
      faults += 1;
      logStage(stage, error);
    }
  }
  if (faults === 0) await runBatch(deps.db, [beat(deps.db, "sweep", { ranAs: now, wall }, "")]);
}

/** The stage and the error's class: its message may hold parameters. */
function logStage(stage: string, error: unknown): void {
  console.error(JSON.stringify({ fault: error instanceof Error ? error.name : typeof error, stage }));
}
