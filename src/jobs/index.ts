import { beat } from "../db/heartbeat.ts";
import { runBatch } from "../db/store.ts";
import type { Clock } from "../domain/heartbeat.ts";
import { type Findings, isClean, saidOf } from "../domain/integrity.ts";
import type { Deps } from "../http/factory.ts";
import { auditAlarms } from "./audit.ts";
import { drainOutbox } from "./drain.ts";
import { materialiseDailyReports } from "./materialise.ts";
import { openPing } from "./ping.ts";
import { materialiseRosterGaps } from "./roster.ts";
import { sweepOverdue } from "./sweep.ts";

/**
 * What the cron runs each minute, at the event's own time; `wall` tells the time it really is. A stage that fails does
 * not stop the next: what is ready still leaves when the sweep cannot run. Last comes the audit of what the others left
 * behind. Only a run without a fault leaves a heartbeat, so /healthz tells; only one whose audit was clean too is a
 * success to the monitor at HEARTBEAT_URL, which hears of the beginning and of every failure.
 * @param clock who fired it: the second clock does when the cron is silent
 */
export async function runScheduled(
  deps: Deps,
  now: Date,
  wall = () => now,
  clock: Clock = "cron",
): Promise<void> {
  const ping = openPing(deps.settings.HEARTBEAT_URL);
  ping("start");
  const began = wall();
  let found: Findings = {};
  const stages: [string, () => Promise<unknown>][] = [
    ["materialise", () => materialiseDailyReports(deps, now, began)],
    ["roster", () => materialiseRosterGaps(deps, now, began)],
    ["sweep", () => sweepOverdue(deps, now)],
    ["drain", () => drainOutbox(deps, now, { wall })],
    [
      "audit",
      async () => {
        found = await auditAlarms(deps, now, began);
      },
    ],
  ];
  const faults: string[] = [];
  const run = async (stage: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      faults.push(stage);
      logStage(stage, error);
    }
  };
  for (const [stage, work] of stages) await run(stage, work);
  if (faults.length === 0)
    await run("beat", () => runBatch(deps.db, [beat(deps.db, "sweep", { ranAs: now, wall: began }, clock)]));
  await (faults.length === 0 && isClean(found) ? ping("success") : ping("fail", saidOf(faults, found)));
}

/** The stage and the error's class: its message may hold parameters. */
function logStage(stage: string, error: unknown): void {
  console.error(JSON.stringify({ fault: error instanceof Error ? error.name : typeof error, stage }));
}
