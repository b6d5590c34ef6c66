import { eq, sql } from "drizzle-orm";
import { heartbeat } from "./schema.ts";
import type { Db, Statement } from "./store.ts";

export type Job = "sweep" | "materialise";

/**
 * A job ended well, for the moment `ranAs` and while clocks on the wall said `wall`: the earlier of both is kept, so that
 * a run as at tomorrow does not stand for tomorrow's. An older run that ends later does not turn the clock back.
 */
export function beat(
  db: Db,
  job: Job,
  { ranAs, wall }: { ranAs: Date; wall: Date },
  detail: string,
): Statement {
  const at = ranAs < wall ? ranAs : wall;
  return db
    .insert(heartbeat)
    .values({ job, at, detail })
    .onConflictDoUpdate({
      target: heartbeat.job,
      set: { at, detail },
      setWhere: sql`${heartbeat.at} <= ${at.getTime()} OR ${heartbeat.at} > ${wall.getTime()}`,
    });
}

/** When a job last ended well, and what it said. */
export async function lastBeat(db: Db, job: Job): Promise<{ at: Date; detail: string } | undefined> {
  const [row] = await db
    .select({ at: heartbeat.at, detail: heartbeat.detail })
    .from(heartbeat)
    .where(eq(heartbeat.job, job));
  return row;
}

/** What waits in the outbox: messages ready, and batches not yet accepted. */
export async function outboxDepth(db: Db): Promise<{ ready: number; sending: number }> {
  const [row] = await db.all<{ ready: number; sending: number }>(sql`
    SELECT (SELECT count(*) FROM outbox WHERE state = 'ready') AS ready,
      (SELECT count(*) FROM outbox_batch WHERE state IN ('claimed', 'frozen')) AS sending`);
  return row ?? { ready: 0, sending: 0 };
}
