import { beat } from "../db/heartbeat.ts";
import { runBatch } from "../db/store.ts";
import type { Clock } from "../domain/heartbeat.ts";
import { type Findings, isClean, saidOf } from "../domain/integrity.ts";
import type { Deps } from "../http/factory.ts";
import { auditAlarms } from "./audit.ts";
import { sealAudit } from "./audit-seal.ts";
import { drainOutbox } from "./drain.ts";
import { findDuplicates } from "./duplicates.ts";
import { carryOnLists } from "./lists.ts";
import { materialiseDailyReports } from "./materialise.ts";
import { openPing } from "./ping.ts";
import { sealOffOld } from "./retention.ts";
import { rollUp } from "./rollup.ts";
import { recheckRollups } from "./rollup-audit.ts";
import { materialiseRosterGaps } from "./roster.ts";
import { sweepOverdue } from "./sweep.ts";

/**
 * What the cron runs each minute, at the event's own time; `wall` tells the time it really is. A stage that fails does
 * not stop the next: what is ready still leaves when the sweep cannot run. Then comes the audit of what the others left
 * behind, and last what can wait. Only a run whose alerting stages had no fault leaves a heartbeat, so /healthz tells;
 * only one without any fault, and with a clean audit, is a success to the monitor at HEARTBEAT_URL, which hears of the
 * beginning and of every failure.
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
  let moved = 0;
  const counting = (work: () => Promise<number>) => async () => {
    moved += await work();
  };
  const calm = (work: () => Promise<unknown>) => async () => moved <= CALM && work();
  const stages: [string, () => Promise<unknown>][] = [
    ["materialise", () => materialiseDailyReports(deps, now, began)],
    ["roster", () => materialiseRosterGaps(deps, now, began)],
    ["sweep", counting(() => sweepOverdue(deps, now))],
    ["drain", counting(() => drainOutbox(deps, now, { wall }))],
    [
      "audit",
      async () => {
        found = await auditAlarms(deps, now, began);
      },
    ],
    ["seal", () => sealAudit(deps, began)],
    // Last: what it costs or gets wrong must keep no message waiting.
    ["retention", () => sealOffOld(deps, now, began)],
    ["lists", () => carryOnLists(deps, now, began)],
    ["duplicates", calm(() => findDuplicates(deps, now, began))],
    ["rollup", calm(() => rollUp(deps, now, began))],
    ["recheck", calm(() => recheckRollups(deps, now, began))],
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
  if (faults.every((stage) => HOUSEKEEPING.has(stage)))
    await run("beat", () => runBatch(deps.db, [beat(deps.db, "sweep", { ranAs: now, wall: began }, clock)]));
  await (faults.length === 0 && isClean(found) ? ping("success") : ping("fail", saidOf(faults, found)));
}

/** What was moved and sent in a minute that has queries left for roll-ups: D1 takes a thousand a run. */
const CALM = 200;

/** Stages that no alert waits for: their faults are told to the monitor, and do not make the sweep look silent. */
const HOUSEKEEPING = new Set(["seal", "retention", "lists", "duplicates", "rollup", "recheck"]);

/** The stage and the error's class: its message may hold parameters. */
function logStage(stage: string, error: unknown): void {
  console.error(JSON.stringify({ fault: error instanceof Error ? error.name : typeof error, stage }));
}
