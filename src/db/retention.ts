import { and, asc, eq, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { NewObligation } from "../domain/obligation.ts";
import { sealOffAt } from "../domain/retention.ts";
import type { Settings } from "../env.ts";
import { momentsAsNumbers, openObligationsIf } from "./obligation.ts";
import { retention } from "./schema.ts";
import type { Db, Statement } from "./store.ts";

/** Something that is over, as the job finds it; `subjectId` is household/<case number> or tip/<number>. */
export type Over = { subjectId: string; unitCode: string; overAt: Date };
/** How far the job has looked: what was over at `at` and, of that moment, up to `id`. */
export type Mark = { at: number; id: string };

/**
 * Households whose last observation ended after `mark` and at `until` or before, and that are not on the list yet. One with
 * somebody still observed is left out: it comes again when that ends. At most `limit` endings are looked at.
 * @returns mark: how far it looked; the same one when there was nothing
 */
export async function householdsOver(
  db: Db,
  mark: Mark,
  until: Date,
  limit: number,
): Promise<{ over: Over[]; mark: Mark }> {
  const rows = await db.all<{ at: number; id: string; unit: string; open: number; last: number }>(sql`
    SELECT ended_recorded_at AS at, household_id AS id, unit_code AS unit,
      EXISTS (SELECT 1 FROM observation AS other WHERE other.id > observation.household_id || '-'
        AND other.id < observation.household_id || '-~' AND other.ended_at IS NULL)
        OR ${listed(sql`observation.household_id`)} AS open,
      (SELECT max(ended_recorded_at) FROM observation AS other WHERE other.id > observation.household_id || '-'
        AND other.id < observation.household_id || '-~') AS last
    FROM observation
    WHERE ended_recorded_at IS NOT NULL AND ended_recorded_at <= ${until.getTime()}
      AND (ended_recorded_at, household_id) > (${mark.at}, ${mark.id})
    ORDER BY ended_recorded_at, household_id LIMIT ${limit}`);
  const end = rows.at(-1);
  return { over: overIn(rows, until), mark: end ? { at: end.at, id: end.id } : mark };
}

/**
 * The same of households in which everybody still observed was merged into another, whom nobody will release. It is over
 * when the last of these is: who ended, whom they were merged into, and what they had planned themselves.
 * @param mark at: the night's beginning, for all are looked at once a night; id: the person looked at last
 */
export async function mergedOver(
  db: Db,
  mark: Mark,
  until: Date,
  limit: number,
): Promise<{ over: Over[]; mark: Mark }> {
  const rows = await db.all<{ person: string; id: string; unit: string; open: number; last: number }>(sql`
    SELECT f.person_id AS person, m.household_id AS id, m.unit_code AS unit,
      max(o.ended_at IS NULL AND (g.person_id IS NULL OR (s.id IS NOT NULL AND s.ended_at IS NULL)))
        OR max(m.ended_at) IS NOT NULL OR ${listed(sql`m.household_id`)} AS open,
      max(COALESCE(o.ended_recorded_at, max(o.planned_due_at, g.recorded_at, COALESCE(s.ended_recorded_at, 0)))) AS last
    FROM (SELECT person_id FROM duplicate_finding INDEXED BY duplicate_finding_same
        WHERE finding = 'same' AND undone_at IS NULL AND person_id > ${mark.id} ORDER BY person_id LIMIT ${limit}) AS f
      LEFT JOIN observation AS m ON m.id = f.person_id
      LEFT JOIN observation AS o ON o.id > m.household_id || '-' AND o.id < m.household_id || '-~'
      LEFT JOIN duplicate_finding AS g ON g.person_id = o.id AND g.finding = 'same' AND g.undone_at IS NULL
      LEFT JOIN observation AS s ON s.id = g.other_id
    GROUP BY f.person_id ORDER BY f.person_id`);
  const end = rows.at(-1);
  // Several of one household are one matter; who was never observed has none here.
  const homes = [...new Map(rows.filter(({ id }) => id).map((row) => [row.id, row])).values()];
  return { over: overIn(homes, until), mark: end ? { ...mark, id: end.person } : mark };
}

const listed = (household: SQL): SQL =>
  sql`EXISTS (SELECT 1 FROM retention WHERE subject_id = 'household/' || ${household})`;

const overIn = (rows: { id: string; unit: string; open: number; last: number }[], until: Date): Over[] =>
  rows
    .filter(({ open, last }) => open === 0 && last <= until.getTime())
    .map(({ id, unit, last }) => ({
      subjectId: `household/${id}`,
      unitCode: unit,
      overAt: new Date(last),
    }));

/** Tips settled after `mark` and at `until` or before. */
export async function tipsOver(
  db: Db,
  mark: Mark,
  until: Date,
  limit: number,
): Promise<{ over: Over[]; mark: Mark }> {
  const rows = await db.all<{ at: number; id: string; unit: string }>(sql`
    SELECT verified_recorded_at AS at, id, unit_code AS unit FROM tip
    WHERE verified_recorded_at IS NOT NULL AND verified_recorded_at <= ${until.getTime()}
      AND (verified_recorded_at, id) > (${mark.at}, ${mark.id})
    ORDER BY verified_recorded_at, id LIMIT ${limit}`);
  const end = rows.at(-1);
  return {
    over: rows.map(({ at, id, unit }) => ({
      subjectId: `tip/${id}`,
      unitCode: unit,
      overAt: new Date(at),
    })),
    mark: end ? { at: end.at, id: end.id } : mark,
  };
}

/** Puts what is over on the list, once each, and the notices that tell the units. */
export function listForSealing(
  db: Db,
  over: Over[],
  notices: NewObligation[],
  { now, settings }: { now: Date; settings: Settings },
): Statement[] {
  const rows = over.map(({ subjectId, unitCode, overAt }) => ({
    ...{ subjectId, unitCode },
    dueAt: sealOffAt(overAt, now, settings),
  }));
  return [
    db.run(sql`
      INSERT INTO retention (subject_id, unit_code, due_at, told_at, recorded_at)
      SELECT row.value ->> 'subjectId', row.value ->> 'unitCode', row.value ->> 'dueAt', ${now.getTime()}, ${now.getTime()}
      FROM json_each(${momentsAsNumbers(rows)}) AS row WHERE true
      ON CONFLICT DO NOTHING`) as unknown as Statement,
    openObligationsIf(db, notices, sql`true`),
  ];
}

/** What is due to be sealed off now, the longest due first. */
export const dueForSealing = (db: Db, now: Date, limit: number) =>
  db
    .select({ subjectId: retention.subjectId, unitCode: retention.unitCode, dueAt: retention.dueAt })
    .from(retention)
    .where(and(isNull(retention.sealedOffAt), lte(retention.dueAt, now)))
    .orderBy(asc(retention.dueAt), asc(retention.subjectId))
    .limit(limit);

/** Whether an open ticket is about any of these: a case, its persons, a tip, what they owe. */
export async function hasOpenTicket(db: Db, subjects: string[]): Promise<boolean> {
  const rows = await db.all(sql`
    SELECT 1 FROM json_each(${JSON.stringify(subjects)}) AS about
    JOIN ticket ON ticket.subject_id = about.value AND ticket.closed_at IS NULL LIMIT 1`);
  return rows.length > 0;
}

/** Puts it off, so that what is spared does not stand in the way of the others. */
export const putOff = (db: Db, subjectId: string, until: Date): Statement =>
  db
    .update(retention)
    .set({ dueAt: until })
    .where(and(eq(retention.subjectId, subjectId), isNull(retention.sealedOffAt)));

/** Notes that it was sealed off. */
export const sealedOff = (db: Db, subjectId: string, at: Date): Statement =>
  db
    .update(retention)
    .set({ sealedOffAt: at })
    .where(and(eq(retention.subjectId, subjectId), isNull(retention.sealedOffAt)));

/** Whether a unit still has something to be sealed off between two moments. */
export async function sealingLeft(db: Db, unitCode: string, from: Date, to: Date): Promise<boolean> {
  const rows = await db.all(sql`
    SELECT 1 FROM retention WHERE sealed_off_at IS NULL
      AND due_at >= ${from.getTime()} AND due_at < ${to.getTime()} AND unit_code = ${unitCode} LIMIT 1`);
  return rows.length > 0;
}

/** Finds the household, tip or record that was sealed off, by the number in whatever a ticket is about. */
export const sealedSubject = (subjectId: string | null): SQL => {
  const [number = ""] = /[A-Z]{1,4}-\d{4}-\d{4}/.exec(subjectId ?? "") ?? [];
  return sql`SELECT 1 FROM household WHERE id = ${number} AND sealed_off_at IS NOT NULL
    UNION ALL SELECT 1 FROM tip WHERE id = ${number} AND sealed_off_at IS NOT NULL
    UNION ALL SELECT 1 FROM record WHERE id = ${number} AND sealed_off_at IS NOT NULL`;
};

/** Whether what a ticket is about was sealed off: then nothing new is written about it. */
export const isSealedOff = async (db: Db, subjectId: string | null): Promise<boolean> =>
  (await db.all(sealedSubject(subjectId))).length > 0;
