import { eq, type SQL, sql } from "drizzle-orm";
import { DAY } from "../domain/time.ts";
import { OPEN } from "./dead-letter.ts";
import { readyBy, type Way } from "./outbox-ready.ts";
import { heartbeat } from "./schema.ts";
import type { Db, Statement } from "./store.ts";

export type Job = "sweep" | "materialise" | "roster" | "audit" | "retention" | "rollup" | "lists";

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

/** Every job's last heartbeat. */
export async function lastBeats(db: Db): Promise<Map<string, { at: Date; detail: string }>> {
  const rows = await db.select().from(heartbeat);
  return new Map(rows.map(({ job, ...beat }) => [job, beat]));
}

/** A count beyond this is a flood, and a page that anybody may open must stay cheap. */
const MOST = 1000;
const counted = (rows: SQL) => sql`(SELECT count(*) FROM (${rows} LIMIT ${sql.raw(String(MOST))}))`;

/** What waits in the outbox and what went wrong with it; counts end at 1,000. */
export type Queue = {
  /** Messages ready to leave, those that wait for the end of quiet hours too. */
  ready: number;
  /** Batches not yet accepted. */
  sending: number;
  /** Since when the oldest message could have left, in milliseconds; null when none waits. */
  oldestAt: number | null;
  /** Messages of the last day whose fate nobody knows and nobody has looked at. */
  unknown: number;
  deadLetters: number;
};

export async function queueNow(db: Db, now: Date): Promise<Queue> {
  const ready = (way: Way) =>
    sql`SELECT * FROM (SELECT q.ready_at AS at ${readyBy(way, Number.MAX_SAFE_INTEGER)} ORDER BY q.ready_at LIMIT ${MOST})`;
  const [row] = await db.all<Queue>(sql`
    SELECT count(w.at) AS ready, min(w.at) AS oldestAt,
      ${counted(sql`SELECT 1 FROM outbox_batch WHERE state IN ('claimed', 'frozen')`)} AS sending,
      ${unseenUnknown(now)} AS "unknown",
      ${OPEN} AS deadLetters
    FROM (${ready("mail")} UNION ALL ${ready("post")}) AS w`);
  return row ?? { ready: 0, sending: 0, oldestAt: null, unknown: 0, deadLetters: 0 };
}

// Looked at: an act is recorded about the message itself, or what it told of was acknowledged.
const unseenUnknown = (now: Date): SQL =>
  counted(sql`SELECT 1 FROM outbox WHERE state = 'unknown' AND recorded_at > ${now.getTime() - DAY}
    AND NOT EXISTS (SELECT 1 FROM audit WHERE subject_id = outbox.id)
    AND NOT EXISTS (SELECT 1 FROM alert WHERE outbox_id = outbox.id AND acked_at IS NOT NULL)`);
