import { oldestDue, sweepRound } from "../db/sweep.ts";
import type { Deps } from "../http/factory.ts";

// A round takes one step of everything due; a ladder is shorter than this. The rest would be the next minute's.
const MAX_ROUNDS = 60;

/**
 * Everything owed and due by `now` takes its steps, each recipient getting one digest for the run. A function of the
 * database and `now` alone: a missed run is made good by the next, a doubled one finds nothing.
 * @returns how many steps were taken
 */
export async function sweepOverdue(deps: Deps, now: Date): Promise<number> {
  const run = deps.newId();
  let steps = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const oldest = await oldestDue(deps.db, now);
    if (!oldest) break;
    steps += await sweepRound(deps.db, run, now, deps.settings, oldest);
  }
  return steps;
}
