import { sql } from "drizzle-orm";
import type { Act } from "./audit.ts";
import type { Db, Statement } from "./store.ts";

/*
 * What officials' changes share: their line in the history, whether they won, and who did when they did not.
 */

/** Who does it, when, and the id of its line in the history. */
export type Acted = { actor: string; auditId: string; now: Date };

/** A line of the history. @param detail machine words */
export const line = (
  { actor, auditId, now }: Acted,
  act: string,
  subjectId: string,
  unitCode: string,
  detail?: string,
): Act => ({
  ...{ id: auditId, actor, act, subjectId, unitCode, recordedAt: now },
  ...(detail ? { detail } : {}),
});

/** Lines of one act about many subjects, in one statement; with `tokenHash`, only where that link stands by then. */
export const recordActs = (
  db: Db,
  { actor, now }: Omit<Acted, "auditId">,
  act: string,
  lines: readonly { auditId: string; subjectId: string; unitCode: string; tokenHash?: string }[],
): Statement =>
  db.run(sql`
    INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at)
    SELECT value ->> 'auditId', ${actor}, ${act}, value ->> 'subjectId', value ->> 'unitCode', ${now.getTime()}
    FROM json_each(${JSON.stringify(lines)})
    WHERE value ->> 'tokenHash' IS NULL OR EXISTS (SELECT 1 FROM link WHERE token_hash = value ->> 'tokenHash')`);

/** How many rows a statement of a batch wrote. */
export const changes = (result: unknown): number => (result as D1Result | undefined)?.meta?.changes ?? 0;

/** Who was the last to do one of these things to a subject, and when: what the one who came second is told. */
export async function lastActOf(
  db: Db,
  subjectId: string,
  acts: readonly string[],
): Promise<{ actor: string; at: Date } | undefined> {
  const [row] = await db.all<{ actor: string; at: number }>(sql`
    SELECT actor, recorded_at AS at FROM audit WHERE subject_id = ${subjectId}
      AND act IN (SELECT value FROM json_each(${JSON.stringify(acts)}))
    ORDER BY recorded_at DESC LIMIT 1`);
  return row && { actor: row.actor, at: new Date(row.at) };
}
