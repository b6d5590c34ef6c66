import { type SQL, sql } from "drizzle-orm";
import { openAgain } from "./outbox-ready.ts";
import type { Db, Statement } from "./store.ts";

/*
 * What could not be worked on and was set aside, so that it stops nobody else. An open letter is an alarm of its own: the
 * audit counts it each minute until somebody has retried or dropped it (npm run dead-letters).
 */

/** The kinds of rows that can be set aside; a letter's id is the kind, a slash and the row's own id. */
export const LETTER_KINDS = ["obligation", "outbox", "batch"] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];
export type DeadLetter = { id: string; problem: string; recordedAt: number };

/** A count beyond this is a flood, and nobody needs it to the letter. */
const MOST = 1000;

/**
 * Sets something aside, to be written beside whatever takes it out of the way. Twice it stays as it first was; after it
 * was cleared it opens again.
 * @param letter id: obligation/<id>, outbox/<id> or batch/<id>; problem: an error's class or machine words, nothing personal
 */
export const setAside = (
  db: Db,
  { id, problem, now }: { id: string; problem: string; now: Date },
): Statement => setAllAside(db, { ids: [id], problem, now });

/** The same for several, in one statement. */
export const setAllAside = (
  db: Db,
  { ids, problem, now }: { ids: string[]; problem: string; now: Date },
): Statement =>
  db.run(sql`
    INSERT INTO dead_letter (id, problem, recorded_at)
    SELECT value, ${problem}, ${now.getTime()} FROM json_each(${JSON.stringify(ids)}) WHERE true
    ON CONFLICT (id) DO UPDATE SET problem = excluded.problem, recorded_at = excluded.recorded_at, cleared_at = NULL
    WHERE cleared_at IS NOT NULL`);

/** How many are open, 1,000 at most. */
export async function countOpen(db: Db): Promise<number> {
  const [row] = await db.all<{ n: number }>(sql`SELECT ${OPEN} AS n`);
  return row?.n ?? 0;
}

/** The same as a part of another query. */
export const OPEN = sql.raw(
  `(SELECT count(*) FROM (SELECT 1 FROM dead_letter WHERE cleared_at IS NULL LIMIT ${MOST}))`,
);

/** Somebody has seen to it. */
export const clear = (db: Db, id: string, now: Date): Statement =>
  db.run(sql`UPDATE dead_letter SET cleared_at = ${now.getTime()} WHERE id = ${id} AND cleared_at IS NULL`);

/** What a letter's id says. Undefined: no letter can have it. */
export function partsOfLetter(id: string): { kind: LetterKind; row: string } | undefined {
  const kind = LETTER_KINDS.find((one) => id.startsWith(`${one}/`));
  const row = id.slice((kind?.length ?? 0) + 1);
  return kind && row ? { kind, row } : undefined;
}

/**
 * Takes up again what was set aside, and clears the letter: something owed is due at once, messages are ready once more,
 * as if they had never been claimed. Only those that certainly never left: one that may have would arrive twice.
 */
export function retry(db: Db, { kind, row }: { kind: LetterKind; row: string }, now: Date): Statement[] {
  const at = now.getTime();
  const letter = clear(db, `${kind}/${row}`, now);
  if (kind === "obligation") {
    return [
      // A step whose words were lost is taken again; what stood still goes on where it stood.
      db.run(sql`UPDATE obligation SET version = version + 1, next_due_at = min(COALESCE(next_due_at, ${at}), ${at}),
        step = COALESCE((SELECT step FROM transition AS t WHERE t.obligation_id = obligation.id
          AND t.from_version = obligation.version - 1 AND t.kind IN ('notice', 'overdue')
          AND EXISTS (SELECT 1 FROM dead_letter WHERE id = 'obligation/' || obligation.id AND problem = 'untold')), step)
        WHERE id = ${row}`),
      letter,
    ];
  }
  // A message stands for those that were merged into it; the batch finds them all.
  const messages = sql`SELECT id FROM outbox WHERE ${retried(kind, row)}`;
  const batch = kind === "batch" ? sql`${row}` : sql`(SELECT batch_id FROM outbox WHERE id = ${row})`;
  return [
    db.run(sql`DELETE FROM alert WHERE outbox_id IN (${messages})`),
    openAgain(
      db,
      sql`(o.batch_id = ${batch} AND o.state = 'merged' AND o.merged_into IN (${messages})) OR o.id IN (${messages})`,
      at,
    ),
    db.run(sql`UPDATE outbox SET state = 'ready', batch_id = NULL, merged_into = NULL, ready_at = ${at}
      WHERE batch_id = ${batch} AND state = 'merged' AND merged_into IN (${messages})`),
    db.run(sql`UPDATE outbox SET state = 'ready', batch_id = NULL, problem = NULL, ready_at = ${at}
      WHERE ${retried(kind, row)}`),
    letter,
  ];
}

/** How many rows a retry would take up. */
export const retriable = ({ kind, row }: { kind: LetterKind; row: string }): SQL =>
  kind === "obligation"
    ? sql`SELECT count(*) AS n FROM obligation WHERE id = ${row}`
    : sql`SELECT count(*) AS n FROM outbox WHERE ${retried(kind, row)}`;

const retried = (kind: LetterKind, row: string): SQL =>
  sql`${kind === "batch" ? sql`batch_id` : sql`id`} = ${row} AND state = 'failed' AND problem = 'poison'`;
