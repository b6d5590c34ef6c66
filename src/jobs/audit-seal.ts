import { lastSeal, sealNext } from "../db/audit-seal.ts";
import { SEAL_EVERY, SETTLED } from "../domain/audit-chain.ts";
import type { Deps } from "../http/factory.ts";

/** At most so many rows a part; more wait for the next. */
const BOUND = 5_000;

/**
 * Seals what the audit has gathered, at most once in ten minutes. It goes by the clock that hangs on the wall: run as at
 * another moment it must not seal what that moment still lies before. Idle it reads two rows at most.
 * @returns rows sealed
 */
export async function sealAudit(deps: Deps, wall: Date): Promise<number> {
  const last = await lastSeal(deps.db);
  // A clock that was wrong for a while, in either direction, holds nothing up.
  if (last && Math.abs(wall.getTime() - last.recordedAt) < SEAL_EVERY) return 0;
  const upto = new Date(wall.getTime() - SETTLED);
  return sealNext(deps, last, { upto, now: wall, zone: deps.settings.TIME_ZONE, bound: BOUND });
}
