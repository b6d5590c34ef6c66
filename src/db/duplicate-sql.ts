import { type SQL, sql } from "drizzle-orm";

/*
 * What officials found about persons who may be one (合并, 不是同一人), for whatever counts as of a moment. A finding holds
 * from its recording until it is undone: a figure of a moment looks at those that held then, so none of them ever changes.
 * Lists of ids are uncorrelated: SQLite works them out once a statement, from the few findings that there are.
 */

/** Milliseconds, or a column that holds them. */
type At = number | SQL;

/** The finding of this alias held at a moment. */
const held = (f: SQL, at: At): SQL =>
  sql`(${f}.recorded_at <= ${at} AND (${f}.undone_at IS NULL OR ${f}.undone_at > ${at}))`;
const f = sql.raw("f");

/** Ids of those who count as duplicates by a merge at a moment. */
export const mergedAt = (at: At): SQL =>
  sql`SELECT f.person_id FROM duplicate_finding AS f WHERE f.finding = 'same' AND ${held(f, at)}`;

/**
 * Whether somebody is merged now: looked up in the index, which costs a row only where they are.
 * @param id a column that holds a person's id
 */
export const isMergedId = (id: string): SQL =>
  sql.raw(
    `EXISTS (SELECT 1 FROM duplicate_finding WHERE person_id = ${id} AND finding = 'same' AND undone_at IS NULL)`,
  );

/** What stands of such a merge, NULL where there is none. */
export const ofMerge = (column: "other_id" | "recorded_at", id: string): SQL =>
  sql.raw(
    `(SELECT ${column} FROM duplicate_finding WHERE person_id = ${id} AND finding = 'same' AND undone_at IS NULL)`,
  );

/** Pairs of ids that were found to be two persons, by a moment. */
const apartAt = (at: At): SQL =>
  sql`SELECT f.person_id, f.other_id FROM duplicate_finding AS f WHERE f.finding = 'distinct' AND ${held(f, at)}`;

/** Somebody flagged who was found to be another than the one with the same document. @param p an alias of person */
const isApart = (p: SQL, at: At): SQL => sql`(${p}.id, ${p}.duplicate_of) IN (${apartAt(at)})`;

/**
 * What was found about each person of whom anything was, to be joined on `id`: whether a merge or a "not the same" that
 * frees them from their flag held at a moment, and at an earlier one.
 */
export const foundAt = (now: number, then = now): SQL => {
  const same = (at: number) => sql`MAX(f.finding = 'same' AND ${held(f, at)})`;
  const apart = (at: number) =>
    sql`MAX(f.finding = 'distinct' AND f.other_id = d.duplicate_of AND ${held(f, at)})`;
  return sql`(SELECT f.person_id AS id, ${same(now)} AS same, ${apart(now)} AS apart, ${same(then)} AS same_then,
      ${apart(then)} AS apart_then
    FROM duplicate_finding AS f CROSS JOIN person AS d ON d.id = f.person_id GROUP BY f.person_id)`;
};

/** A row of person AS p, joined to `foundAt` AS found, counts as a person. */
export const counts = sql`(found.same IS NOT 1 AND (p.duplicate_of IS NULL OR found.apart IS 1))`;
/** The same at the earlier moment. */
export const countedThen = sql`(found.same_then IS NOT 1 AND (p.duplicate_of IS NULL OR found.apart_then IS 1))`;

/** Who came again, flagged by the document, and was ill then. @param d an alias of person */
const illFlagged = (d: SQL, at: At): SQL => sql`${d}.duplicate_of IS NOT NULL AND ${d}.symptomatic = 1
  AND ${d}.recorded_at <= ${at} AND ${d}.id NOT IN (${mergedAt(at)}) AND NOT ${isApart(d, at)}`;

/**
 * For whom somebody else was ill who is the same person: flagged by the document, merged by an official, or flagged of one
 * who was merged. There is no longer way: nobody is merged into one who counts as a duplicate.
 */
export const illAgain = (at: At): SQL => sql`
  SELECT d.duplicate_of FROM person AS d WHERE ${illFlagged(sql.raw("d"), at)}
  UNION SELECT f.other_id FROM duplicate_finding AS f CROSS JOIN person AS y ON y.id = f.person_id
  WHERE f.finding = 'same' AND ${held(f, at)} AND (y.symptomatic = 1
    OR y.id IN (SELECT e.duplicate_of FROM person AS e WHERE ${illFlagged(sql.raw("e"), at)}))`;

/** Slots that nobody owed because they closed while somebody was merged, until it was undone. @param closes one slot's */
export const restedAt = (closes: At, until: At): SQL =>
  sql`SELECT f.person_id FROM duplicate_finding AS f WHERE f.finding = 'same' AND f.recorded_at < ${closes}
    AND f.undone_at >= ${closes} AND f.undone_at <= ${until}`;

/**
 * How a series follows those about whom anything was found: they are few, and counted moment by moment instead of in the
 * one pass over all. `plain` holds for a row that nothing was found about and that counts; `standing` says whether a row
 * counted at a moment.
 */
export type Found = {
  id: SQL;
  /** Ids of those who are counted moment by moment. */
  touched: SQL;
  /** (id, at): when anything about them may have changed. */
  moments: SQL;
  plain: SQL;
  standing: (at: SQL) => SQL;
  /** Where these differ from what the one pass goes by. */
  rows?: SQL;
  came?: SQL;
  where?: SQL;
};

const MOMENTS = sql`SELECT person_id AS id, recorded_at AS at FROM duplicate_finding
  UNION SELECT person_id, undone_at FROM duplicate_finding WHERE undone_at IS NOT NULL`;
const TOUCHED = sql`SELECT DISTINCT person_id AS id FROM duplicate_finding`;
const countsAt = (at: SQL): SQL =>
  sql`(p.id NOT IN (${mergedAt(at)}) AND (p.duplicate_of IS NULL OR ${isApart(sql.raw("p"), at)}))`;

/* The same of a row of person AS p, as it stands now: looked up, which costs nothing where nothing was found. */
const mergedNow = (more = sql``): SQL => sql`EXISTS (SELECT 1 FROM duplicate_finding AS f ${more}
  WHERE f.person_id = p.id AND f.finding = 'same' AND f.undone_at IS NULL)`;
export const isMerged = mergedNow();
export const mergedIntoIll = mergedNow(sql`JOIN person AS s ON s.id = f.other_id AND s.symptomatic = 1`);
/** Not flagged for a document, or found to be another. @param p an alias of person */
export const isUnflagged = (p: string): SQL =>
  sql.raw(`(${p}.duplicate_of IS NULL OR EXISTS (SELECT 1 FROM duplicate_finding AS f
    WHERE f.person_id = ${p}.id AND f.other_id = ${p}.duplicate_of AND f.finding = 'distinct' AND f.undone_at IS NULL))`);
export const unflagged = isUnflagged("p");

/** Rows of person AS p that count as persons. */
export const ofPersons: Found = {
  ...{ id: sql`p.id`, touched: TOUCHED, moments: MOMENTS },
  ...{ plain: sql`p.duplicate_of IS NULL`, standing: countsAt },
};

/** Rows of person AS p that count as duplicates. */
export const ofDuplicates: Found = {
  ...ofPersons,
  ...{ plain: sql`p.duplicate_of IS NOT NULL`, standing: (at) => sql`NOT ${countsAt(at)}` },
};

/** Rows of observation AS o. */
export const ofObservations: Found = {
  ...{ id: sql`o.id`, touched: TOUCHED, moments: MOMENTS, plain: sql`1` },
  standing: (at) => sql`o.id NOT IN (${mergedAt(at)})`,
};

/** Persons who count and were ill, themselves or when they came again: also of those others, and of theirs, the moments. */
export const ofIll: Found = {
  id: sql`p.id`,
  touched: sql`WITH named(id) AS (SELECT person_id FROM duplicate_finding UNION SELECT other_id FROM duplicate_finding)
    SELECT id FROM named
    UNION SELECT q.duplicate_of FROM named CROSS JOIN person AS q ON q.id = named.id WHERE q.duplicate_of IS NOT NULL`,
  moments: sql`WITH own(id, at) AS (${MOMENTS}),
    named(id, at) AS (SELECT id, at FROM own
      UNION SELECT f.other_id, own.at FROM duplicate_finding AS f CROSS JOIN own ON own.id = f.person_id
      UNION SELECT q.duplicate_of, q.recorded_at FROM person AS q WHERE q.duplicate_of IS NOT NULL AND q.symptomatic = 1
      UNION SELECT q.duplicate_of, own.at FROM own CROSS JOIN person AS q ON q.id = own.id
        WHERE q.duplicate_of IS NOT NULL)
    SELECT id, at FROM named
    UNION SELECT f.other_id, named.at FROM duplicate_finding AS f CROSS JOIN named ON named.id = f.person_id`,
  plain: sql`p.duplicate_of IS NULL`,
  standing: (at) => sql`(${countsAt(at)} AND (p.symptomatic = 1 OR p.id IN (${illAgain(at)})))`,
  ...{ rows: sql`person AS p`, came: sql`p.recorded_at`, where: sql`1` },
};
