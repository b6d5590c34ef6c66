import { type SQL, sql } from "drizzle-orm";
import { EDITION } from "../domain/rollup.ts";
import type { Run } from "../domain/rollup-run.ts";
import type { Place } from "../domain/tally.ts";
import { HOUR } from "../domain/time.ts";
import { type Db, runBatch, type Statement } from "./store.ts";
import { within } from "./summary.ts";

/* The roll-ups: which moments were taken, and each unit's figures as of them. What they mean stands in domain/rollup.ts. */

/** A run that is not finished: what was counted last, and when it began. */
export type OpenRun = { at: Date; doneUpTo: string; beganAt: Date };

/** The latest row a unit has at a moment or before says what the moment says. */
const latest = (column: string, unit: SQL, at: SQL): SQL => sql`
  (SELECT ${sql.raw(column)} FROM rollup AS f WHERE f.unit_code = ${unit} AND f.at <= ${at} ORDER BY f.at DESC LIMIT 1)`;
const ALL = "f.figures ->> '$.all'";
/** Of a run: finished, and it counted what is counted today. */
const TAKEN = sql`finished_at IS NOT NULL AND edition = ${EDITION}`;

/** The run that waits to be gone on with; there is one at most. */
export async function openRun(db: Db): Promise<OpenRun | undefined> {
  const [row] = await db.all<{ at: number; doneUpTo: string; beganAt: number }>(sql`
    SELECT at, done_up_to AS doneUpTo, began_at AS beganAt FROM rollup_run
    WHERE finished_at IS NULL AND edition = ${EDITION} ORDER BY at LIMIT 1`);
  return row && { ...row, at: new Date(row.at), beganAt: new Date(row.beganAt) };
}

/** The newest finished run. */
export async function lastRun(db: Db): Promise<Run | undefined> {
  const [row] = await db.all<{ at: number; rows: number }>(sql`
    SELECT at, rows FROM rollup_run WHERE ${TAKEN} ORDER BY at DESC LIMIT 1`);
  return row && { at: new Date(row.at), rows: row.rows };
}

/** The newest finished run, and how many persons a unit's subtree had as of it. */
export async function lastRunOf(db: Db, unitCode: string): Promise<(Run & { persons: number }) | undefined> {
  const [row] = await db.all<{ at: number; rows: number; persons: number | null }>(sql`
    SELECT r.at AS at, r.rows AS rows,
      ${latest("f.figures ->> '$.all.tally.persons'", sql`${unitCode}`, sql`r.at`)} AS persons
    FROM rollup_run AS r WHERE ${TAKEN} ORDER BY r.at DESC LIMIT 1`);
  return row && { at: new Date(row.at), rows: row.rows, persons: row.persons ?? 0 };
}

/** How many persons a unit's subtree had when last rolled up, whatever else was counted then; 0 where it never was. */
export async function personsOf(db: Db, unitCode: string): Promise<number> {
  const [row] = await db.all<{ persons: number | null }>(sql`
    SELECT figures ->> '$.all.tally.persons' AS persons FROM rollup WHERE unit_code = ${unitCode}
    ORDER BY at DESC LIMIT 1`);
  return row?.persons ?? 0;
}

/**
 * Begins a run, unless one is open or the moment was taken already: of two jobs at once the database lets one. A moment
 * that another edition took is taken over.
 */
export async function beginRun(db: Db, at: Date, now: Date): Promise<void> {
  await runBatch(db, [
    db.run(sql`
      INSERT INTO rollup_run (at, began_at, edition) SELECT ${at.getTime()}, ${now.getTime()}, ${EDITION}
      WHERE NOT EXISTS (SELECT 1 FROM rollup_run WHERE finished_at IS NULL AND edition = ${EDITION})
      ON CONFLICT (at) DO UPDATE SET began_at = excluded.began_at, done_up_to = '', finished_at = NULL, rows = 0,
        edition = excluded.edition WHERE rollup_run.edition <> excluded.edition`),
  ]);
}

/** Takes away the runs that counted something else than is counted today; what they wrote says nothing by itself. */
export async function dropOtherEditions(db: Db): Promise<void> {
  await runBatch(db, [db.run(sql`DELETE FROM rollup_run WHERE edition <> ${EDITION}`)]);
}

/** Gives a run up: what it has written stays true, and says no more than the moments around it. */
export async function giveUpRun(db: Db, at: Date): Promise<void> {
  await runBatch(db, [
    db.run(sql`DELETE FROM rollup_run WHERE at = ${at.getTime()} AND finished_at IS NULL`),
  ]);
}

/** Of these moments the ones that were taken, to the end. */
export async function runsAmong(db: Db, moments: Date[]): Promise<Set<number>> {
  const rows = await db.all<{ at: number }>(sql`
    SELECT r.at AS at FROM json_each(${JSON.stringify(moments.map((at) => at.getTime()))}) AS m CROSS JOIN rollup_run AS r
      ON r.at = m.value WHERE ${TAKEN}`);
  return new Set(rows.map(({ at }) => at));
}

/** The finished runs after one moment, up to and with another, oldest first. */
export async function runsBetween(db: Db, from: Date, to: Date): Promise<Date[]> {
  const rows = await db.all<{ at: number }>(sql`
    SELECT at FROM rollup_run WHERE at > ${from.getTime()} AND at <= ${to.getTime()} AND ${TAKEN}
    ORDER BY at`);
  return rows.map(({ at }) => new Date(at));
}

/** The units right below one that were entered by a moment, after a code, in order. */
export function unitsBelow(
  db: Db,
  parent: string,
  { at, after, limit }: { at: Date; after: string; limit: number },
): Promise<Place[]> {
  return db.all<Place>(sql`
    SELECT code, name, kind FROM unit WHERE parent = ${parent} AND code > ${after} AND recorded_at <= ${at.getTime()}
    ORDER BY code LIMIT ${limit}`);
}

/** Every unit of a county but itself, by code. */
export function unitsOf(db: Db, county: string): Promise<Place[]> {
  return db.all<Place>(
    sql`SELECT code, name, kind FROM unit WHERE code > ${county} AND code < ${`${county}~`} ORDER BY code`,
  );
}

/** What a moment says so far of each unit of a subtree: its row's text. Two rows a unit. */
export async function saidBy(db: Db, unit: Place, at: Date): Promise<Map<string, string>> {
  const rows = await db.all<{ code: string; figures: string | null }>(sql`
    SELECT u.code AS code, ${latest("f.figures", sql`u.code`, sql`${at.getTime()}`)} AS figures
    FROM unit AS u WHERE ${within("u.code", unit)}`);
  return new Map(rows.flatMap(({ code, figures }) => (figures === null ? [] : [[code, figures]])));
}

/** What a moment says of each unit right below one. */
export async function saidBelow(db: Db, parent: string, at: Date): Promise<string[]> {
  const rows = await db.all<{ figures: string | null }>(sql`
    SELECT ${latest("f.figures", sql`u.code`, sql`${at.getTime()}`)} AS figures FROM unit AS u WHERE u.parent = ${parent}`);
  return rows.flatMap(({ figures }) => figures ?? []);
}

/** Rows written in one statement. */
const CHUNK = 200;
export type Piece = {
  at: Date;
  /** Where the run stood, and where it stands with this piece. */
  doneUpTo: string;
  next: string;
  /** Figures that differ from what the moment said so far: unit and text. */
  changed: [unitCode: string, text: string][];
  /** Rows read to count it. */
  read: number;
  finishedAt: Date | null;
};

/**
 * Writes a piece and goes on behind it, all or nothing; another job that was there first leaves nothing to write. Where a
 * later moment relied on a row before this one, it gets a row of its own first: it says what it said.
 */
export async function savePiece(db: Db, piece: Piece): Promise<void> {
  const { at, doneUpTo, next, changed, read, finishedAt } = piece;
  // Of the same edition: during a deployment a service that counts something else may still be at work.
  const still = sql`at = ${at.getTime()} AND done_up_to = ${doneUpTo} AND finished_at IS NULL AND edition = ${EDITION}`;
  const mine = sql`EXISTS (SELECT 1 FROM rollup_run WHERE ${still})`;
  const chunks: Statement[] = [];
  for (let from = 0; from < changed.length; from += CHUNK) {
    const rows = JSON.stringify(changed.slice(from, from + CHUNK));
    chunks.push(
      db.run(sql`
        INSERT INTO rollup (unit_code, at, figures)
        SELECT n.value ->> 0, later.at, COALESCE((SELECT f.figures FROM rollup AS f
          WHERE f.unit_code = n.value ->> 0 AND f.at < later.at ORDER BY f.at DESC LIMIT 1), '{}')
        FROM (SELECT at FROM rollup_run WHERE at > ${at.getTime()} ORDER BY at LIMIT 1) AS later
          CROSS JOIN json_each(${rows}) AS n
        WHERE ${mine} ON CONFLICT DO NOTHING`),
      db.run(sql`
        INSERT INTO rollup (unit_code, at, figures) SELECT n.value ->> 0, ${at.getTime()}, n.value ->> 1
        FROM json_each(${rows}) AS n
        WHERE ${mine} ON CONFLICT DO UPDATE SET figures = excluded.figures`),
    );
  }
  await runBatch(db, [
    ...chunks,
    db.run(sql`
      UPDATE rollup_run SET done_up_to = ${next}, rows = rows + ${read}, finished_at = ${finishedAt?.getTime() ?? null}
      WHERE ${still}`),
  ]);
}

/** Takes runs back, after one moment, up to and with another: whoever asks for them is answered by a recount. */
export async function takeBack(db: Db, from: Date, to: Date): Promise<void> {
  await runBatch(db, [
    db.run(sql`DELETE FROM rollup_run WHERE at > ${from.getTime()} AND at <= ${to.getTime()}`),
  ]);
}

/**
 * Takes away what lies within an hour: its runs, and of each unit the rows that a later one of the same hour, its end
 * included, stands for. The last one stays where there is none: the moments after it say what it says.
 */
export async function thinHour(db: Db, hour: Date): Promise<void> {
  const [from, to] = [hour.getTime(), hour.getTime() + HOUR];
  await runBatch(db, [
    db.run(sql`DELETE FROM rollup_run WHERE at > ${from} AND at < ${to} AND finished_at IS NOT NULL`),
    db.run(sql`
      DELETE FROM rollup WHERE unit_code IN (SELECT code FROM unit) AND at > ${from} AND at < ${to}
        AND EXISTS (SELECT 1 FROM rollup AS n WHERE n.unit_code = rollup.unit_code AND n.at > rollup.at AND n.at <= ${to})
        -- A run that goes on within the hour still looks at what was written before it.
        AND NOT EXISTS (SELECT 1 FROM rollup_run WHERE at > ${from} AND at < ${to})`),
  ]);
}

/** A unit's figures as of each of some moments, by moment: those alone that were taken. One to three rows a moment. */
export async function partsAt(
  db: Db,
  unitCode: string,
  moments: Date[],
): Promise<Map<number, string | null>> {
  const rows = await db.all<{ at: number; part: string | null }>(sql`
    SELECT r.at AS at, ${latest(ALL, sql`${unitCode}`, sql`r.at`)} AS part
    FROM json_each(${JSON.stringify(moments.map((at) => at.getTime()))}) AS m
      CROSS JOIN rollup_run AS r ON r.at = m.value
    WHERE ${TAKEN}`);
  return new Map(rows.map(({ at, part }) => [at, part]));
}

/** What a unit's summary is made of as of taken moments; undefined where one of them was not, or is no more. */
export async function readRollup(
  db: Db,
  unit: Place,
  { at, then }: { at: number; then: number },
): Promise<
  | {
      figures: string | null;
      before: string | null;
      children: (Place & { figures: string | null; before: string | null })[];
      postingPoints: { id: string; name: string; unitCode: string }[];
      missing: { code: string; name: string }[];
    }
  | undefined
> {
  const before = (code: SQL) => (then === at ? sql`NULL` : latest(ALL, code, sql`${then}`));
  const answers = await runBatch(db, [
    db.all(sql`
      SELECT at, ${latest("f.figures", sql`${unit.code}`, sql`${at}`)} AS figures,
        ${then === at ? sql`NULL` : latest("f.figures", sql`${unit.code}`, sql`${then}`)} AS before
      FROM rollup_run WHERE at IN (${at}, ${then}) AND ${TAKEN}`),
    db.all(sql`
      SELECT code, name, kind, ${latest(ALL, sql`u.code`, sql`${at}`)} AS figures, ${before(sql`u.code`)} AS before
      FROM unit AS u WHERE parent = ${unit.code} AND recorded_at <= ${at} ORDER BY code`),
    db.all(sql`
      SELECT id, name, unit_code AS "unitCode" FROM posting_point
      WHERE ${within("unit_code", unit)} AND recorded_at <= ${at} ORDER BY id`),
    db.all(sql`
      SELECT u.code AS code, u.name AS name
      FROM json_each(${latest("f.figures ->> '$.missing'", sql`${unit.code}`, sql`${at}`)}) AS m
        CROSS JOIN unit AS u ON u.code = m.value`),
  ]);
  const rows = <T>(place: number) => (answers[place] as { results: T[] }).results;
  const taken = rows<{ at: number; figures: string | null; before: string | null }>(0);
  if (taken.length < new Set([at, then]).size) return undefined;
  const { figures = null, before: earlier = null } = taken[0] ?? {};
  return { figures, before: earlier, children: rows(1), postingPoints: rows(2), missing: inOrder(rows(3)) };
}

// To let the database sort them costs another row for each.
const inOrder = (units: { code: string; name: string }[]) => units.sort((a, b) => (a.code < b.code ? -1 : 1));
