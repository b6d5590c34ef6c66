import { setAllAside } from "../db/dead-letter.ts";
import { beat, lastBeat } from "../db/heartbeat.ts";
import { earsOf, movesAfter, saidBy, standstill, wideFindings } from "../db/integrity.ts";
import { runBatch, type Statement } from "../db/store.ts";
import {
  type AuditState,
  type Cursor,
  couldHear,
  type Findings,
  isClean,
  isWideDue,
  type Move,
  onlyFound,
  readAudit,
  withoutMessage,
} from "../domain/integrity.ts";
import type { Deps } from "../http/factory.ts";

/** Moves looked at in one query, and how many such a run: what is left of a storm is the next minute's. */
const PAGE = 1000;
const MAX_PAGES = 5;

/**
 * The alarm's own alarm: after a sweep and a drain, looks for what cannot be. What it finds goes into its heartbeat's
 * detail (for /healthz) and one line of the log, machine words and counts alone. A word that was never written is set
 * aside as a dead letter as well, so that it stays an alarm until somebody has seen to it.
 * @returns the findings; none when all is well
 */
export async function auditAlarms(deps: Deps, now: Date, wall = now): Promise<Findings> {
  const { db, settings } = deps;
  const state = readAudit((await lastBeat(db, "audit"))?.detail);
  const { untold, cursor } = await lookForUntold(deps, state, now);
  const still = await standstill(db, now);
  const wide = isWideDue(state, now)
    ? { at: now.getTime(), found: onlyFound(await wideFindings(db, now, settings)) }
    : (state?.wide ?? null);
  const found = onlyFound({ ...still, ...wide?.found, untold: untold.length });
  const detail: AuditState = { found, wide, cursor };
  await runBatch(db, [
    ...lettersOf(deps, untold, now),
    beat(db, "audit", { ranAs: now, wall }, JSON.stringify(detail)),
  ]);
  if (!isClean(found)) console.error(JSON.stringify({ audit: found }));
  return found;
}

/**
 * The moves since the last look whose words were lost, and where the next look goes on. A run as at an earlier moment
 * than the last looks at its own moves alone; its cursor is not kept, as an older heartbeat never is.
 */
async function lookForUntold(
  { db }: Deps,
  state: AuditState | undefined,
  now: Date,
): Promise<{ untold: Move[]; cursor: Cursor }> {
  const own: Cursor = [now.getTime() - 1, "~", 0];
  let cursor = state?.cursor && state.cursor[0] < now.getTime() ? state.cursor : own;
  const untold: Move[] = [];
  for (let page = 0; page < MAX_PAGES; page++) {
    const moves = await movesAfter(db, cursor, now, PAGE);
    const last = moves.at(-1);
    if (!last) break;
    cursor = [last.recordedAt, last.obligationId, last.fromVersion];
    const silent = withoutMessage(moves, await saidBy(db, [...new Set(moves.map(({ wave }) => wave))]));
    if (silent.length > 0) {
      const ears = await earsOf(
        db,
        silent.flatMap(({ audiences }) => audiences),
      );
      untold.push(...silent.filter((move) => couldHear(move, ears)));
    }
    if (moves.length < PAGE) break;
  }
  return { untold, cursor };
}

/** So many stand for all: a flood of them has one cause. */
const MOST_LETTERS = 100;

function lettersOf({ db }: Deps, untold: Move[], now: Date): Statement[] {
  const ids = [...new Set(untold.map(({ obligationId }) => `obligation/${obligationId}`))].slice(
    0,
    MOST_LETTERS,
  );
  return ids.length > 0 ? [setAllAside(db, { ids, problem: "untold", now })] : [];
}
