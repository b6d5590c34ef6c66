import { type SQL, sql } from "drizzle-orm";
import { sealOffTickets } from "./seal-off.ts";
import { runBatch, type Store } from "./store.ts";

/** Records of one run. */
const SEALED = 500;

type Over = { id: string; form: string; unitCode: string; version: number };

/**
 * 封存: what was said about people in records that came to an end, and in open ones that owe nothing and that nobody touched, a
 * bounded batch a run: their sealed answers, those of what happened to them, their blind indexes, and what was written in closed
 * tickets about them. Facts, totals and the state stay: an open record goes on being open, and its page says that personal
 * answers are gone. What an open ticket is about is spared. @param before ended or last touched at this moment or earlier
 */
export async function sealOffRecords(store: Store, before: Date, wall: Date): Promise<void> {
  const { db } = store;
  const over = await db.all<Over>(sql`
    SELECT * FROM (${overSince(sql`r.ended_at <= ${before.getTime()} AND r.ended_at IS NOT NULL`, "ended_at")}) UNION ALL
    SELECT * FROM (${overSince(
      sql`r.touched_at <= ${before.getTime()} AND r.ended_at IS NULL AND r.owed_id IS NULL`,
      "touched_at",
    )}) LIMIT ${SEALED}`);
  if (over.length === 0) return;
  // Somebody may have touched one since: then it is of another version, and nothing of it is sealed off.
  const these = sql`json_each(${JSON.stringify(over)}) AS a CROSS JOIN record AS still
    ON still.id = a.value ->> 'id' AND still.version = a.value ->> 'version'`;
  const at = wall.getTime();
  await runBatch(db, [
    // The first of each in its key: two runs at once leave one line.
    db.run(sql`
      INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at, detail)
      SELECT value ->> 'id', 'retention', 'seal-off', value ->> 'form', value ->> 'unitCode', ${at}, value ->> 'n'
      FROM json_each(${JSON.stringify(linesOf(over))}) WHERE true ON CONFLICT DO NOTHING`),
    db.run(sql`
      UPDATE record_event SET sealed = NULL FROM ${these}
      WHERE record_event.record_id = still.id AND record_event.sealed IS NOT NULL`),
    db.run(sql`
      UPDATE record SET sealed = NULL, subject_index = NULL, sealed_off_at = ${at} FROM json_each(${JSON.stringify(over)}) AS a
      WHERE record.id = a.value ->> 'id' AND record.version = a.value ->> 'version' AND record.sealed_off_at IS NULL`),
    ...(await sealOffTickets(store, over.flatMap(subjectsOf))),
  ]);
}

/** The first records not sealed off yet where `condition` holds, without those that an open ticket is about. */
const overSince = (condition: SQL, by: "ended_at" | "touched_at"): SQL => sql`
  SELECT r.id AS id, r.form AS form, r.unit_code AS unitCode, r.version AS version FROM record AS r
  WHERE ${condition} AND r.sealed_off_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM record_event AS e CROSS JOIN ticket AS t
      ON t.subject_id IN ('record/' || e.form || '/' || e.record_id || '/' || e.version,
        'decision/' || e.form || '/' || e.record_id || '/' || e.version) AND t.closed_at IS NULL
      WHERE e.record_id = r.id)
  ORDER BY r.${sql.raw(by)} LIMIT ${SEALED}`;

/** What a ticket about a record has for its subject: what the record owed once. */
const subjectsOf = ({ id, form, version }: Over): string[] =>
  Array.from({ length: version }, (_, n) => [
    `record/${form}/${id}/${n + 1}`,
    `decision/${form}/${id}/${n + 1}`,
  ]).flat();

/** One line of the history a form and unit, with how many there were. */
const linesOf = (over: readonly Over[]) =>
  [...Map.groupBy(over, ({ form, unitCode }) => `${form}/${unitCode}`).entries()].map(([key, some]) => ({
    ...{
      id: `seal-off/${key}/${some[0]?.id}/${some[0]?.version}`,
      form: some[0]?.form,
      unitCode: some[0]?.unitCode,
    },
    n: String(some.length),
  }));
