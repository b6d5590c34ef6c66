import { type SQL, sql } from "drizzle-orm";
import type { Counted, CountedRow, Place } from "../domain/summary.ts";
import type { CountedSlot } from "../domain/summary-observation.ts";
import { countedThen, counts, foundAt, illAgain } from "./duplicate-sql.ts";
import { type Counting, countTogether, type Db } from "./store.ts";
import { listsSql } from "./summary-list.ts";
import { observationsSql, slotStatements } from "./summary-observation.ts";

const FORM = "daily-report";

/**
 * Counts what had been recorded for a unit's subtree by `asOf`, each unit for itself, in one transaction. A moment
 * counts when it was recorded by then, however early it says it happened: so what arrives late changes no earlier
 * answer. Persons flagged as registered before, or merged by an official, count as duplicates only, as the daily report's
 * known figures have it; that they were ill then counts for the person, once. "Today" is what changed since: a merge takes
 * one away that was registered before.
 * Reads each person with its household, each household, each tip, list and letter, and three rows a unit that owes a report.
 * @param question date: the local day that reports are owed for; from: the moment after which "today" begins
 */
export async function countFigures(db: Db, unit: Place, question: Question): Promise<Counted> {
  const [counted] = await countTogether(db, countingFigures(db, unit, question));
  return counted;
}

type Question = { asOf: Date; date: string; from: Date; zone: string };

/** The same as statements, to be counted together with something else. */
export function countingFigures(
  db: Db,
  unit: Place,
  { asOf, date, from, zone }: Question,
): Counting<Counted> {
  const until = asOf.getTime();
  const scope = (column: string) => within(column, unit);
  const statements = [
    db.all(peopleSql(unit, until, from.getTime())),
    db.all(householdsSql(unit, until)),
    db.all(tipsSql(unit, until)),
    db.all(reportsSql(unit, until, date)),
    db.all(childrenSql(unit, until)),
    db.all(unitsSql(unit, until)),
    db.all(postingPointsSql(unit, until)),
    db.all(observationsSql(scope, until, from.getTime(), zone)),
    db.all(listsSql(scope, until)),
    ...slotStatements(db, scope, until, zone),
  ];
  return { statements, read: (answers) => readCounted(unit, answers) };
}

function readCounted(unit: Place, answers: unknown[]): Counted {
  const rows = <T>(at: number) => (answers[at] as { results: T[] }).results;
  const reports = rows<CountedRow & { name: string }>(3);
  return {
    unit: { code: unit.code, name: unit.name, kind: unit.kind },
    children: rows<Place>(4),
    rows: [
      ...rows<CountedRow>(0),
      ...rows<CountedRow>(1),
      ...rows<CountedRow>(2),
      ...reports,
      ...rows<CountedRow>(5),
      ...rows<CountedRow>(7),
      ...rows<CountedRow>(8),
    ],
    slots: answers.slice(9).flatMap((_, at) => rows<CountedSlot>(9 + at)),
    postingPoints: rows<Counted["postingPoints"][number]>(6),
    missing: reports
      .filter((row) => row.overdue === 1)
      .map(({ unitCode, name }) => ({ code: unitCode, name })),
    rowsRead: answers.reduce<number>((sum, answer) => sum + ((answer as D1Result).meta.rows_read ?? 0), 0),
  };
}

/** What had come since the beginning, up to a moment: all that a window's flows are the difference of. */
export function countingRunning(
  db: Db,
  unit: Place,
  { asOf, zone }: { asOf: Date; zone: string },
): Counting<CountedRow[]> {
  const until = asOf.getTime();
  const scope = (column: string) => within(column, unit);
  return {
    statements: [
      db.all(peopleSql(unit, until, until)),
      db.all(householdsSql(unit, until)),
      db.all(tipsSql(unit, until)),
      db.all(observationsSql(scope, until, until, zone)),
      db.all(listsSql(scope, until)),
    ],
    read: (answers) => answers.flatMap((answer) => (answer as { results: CountedRow[] }).results),
  };
}

const peopleSql = (unit: Place, until: number, from: number) => sql`
  SELECT p.unit_code AS "unitCode", h.source AS source, h.posting_point_id AS "postingPointId",
    ${countIf(counts)} AS persons,
    ${countIf(counts)} - ${countIf(sql`p.recorded_at <= ${from} AND ${countedThen}`)} AS today,
    ${countIf(sql`${counts} AND p.returnee = 1`)} AS returnees,
    ${countIf(sql`${counts} AND p.returnee = 1 AND p.origin = 'wuhan'`)} AS wuhan,
    ${countIf(sql`${counts} AND p.returnee = 1 AND p.origin = 'hubei'`)} AS hubei,
    ${countIf(sql`${counts} AND p.returnee = 1 AND p.origin = 'other_province'`)} AS other_province,
    ${countIf(sql`${counts} AND p.returnee = 1 AND p.origin = 'same_province'`)} AS same_province,
    ${countIf(sql`${counts} AND p.returnee = 1 AND h.transit_wuhan = 1`)} AS "transitWuhan",
    ${countIf(sql`${counts} AND p.returnee = 1 AND (p.origin = 'wuhan' OR h.transit_wuhan = 1)`)} AS "wuhanDirection",
    ${countIf(sql`${counts} AND p.temperature IS NOT NULL`)} AS measured,
    ${countIf(sql`${counts} AND (p.symptomatic = 1 OR p.id IN (${illAgain(until)}))`)} AS symptomatic,
    ${countIf(sql`NOT ${counts}`)} AS duplicates
  FROM person p JOIN household h ON h.id = p.household_id
    LEFT JOIN ${foundAt(until, from)} AS found ON found.id = p.id
  WHERE ${within("p.unit_code", unit)} AND p.recorded_at <= ${until}
  GROUP BY p.unit_code, h.source, h.posting_point_id`;

const householdsSql = (unit: Place, until: number) => sql`
  SELECT unit_code AS "unitCode", posting_point_id AS "postingPointId",
    COUNT(*) AS households,
    ${countIf(sql`verified_recorded_at <= ${until}`)} AS verified,
    ${countIf(sql`verified_recorded_at <= ${until} AND verified_at <= verify_due_at`)} AS "verifiedInTime",
    ${countIf(sql`verify_due_at <= ${until} AND ${notBy("verified_recorded_at", until)}`)} AS "verifyOverdue"
  FROM household
  WHERE ${within("unit_code", unit)} AND recorded_at <= ${until}
  GROUP BY unit_code, posting_point_id`;

const tipsSql = (unit: Place, until: number) => sql`
  SELECT unit_code AS "unitCode",
    COUNT(*) AS tips,
    ${countIf(sql`verified_recorded_at <= ${until}`)} AS "tipsVerified",
    ${countIf(sql`verified_recorded_at <= ${until} AND verified_at <= verify_due_at`)} AS "tipsInTime",
    ${countIf(sql`verify_due_at <= ${until} AND ${notBy("verified_recorded_at", until)}`)} AS "tipsOverdue"
  FROM tip
  WHERE ${within("unit_code", unit)} AND recorded_at <= ${until}
  GROUP BY unit_code`;

/* One obligation is one unit's day. A report counts before an excuse, as domain/unit-report has it; lateness is the first version's. */
const reportsSql = (unit: Place, until: number, date: string) => sql`
  SELECT o.unit_code AS "unitCode", u.name AS name, 1 AS owed,
    CASE WHEN last.zero = 1 THEN 1 ELSE 0 END AS zero,
    CASE WHEN last.zero = 0 THEN 1 ELSE 0 END AS "nonZero",
    CASE WHEN last.zero IS NULL AND o.excused_at <= ${until} THEN 1 ELSE 0 END AS excused,
    CASE WHEN last.zero IS NULL AND ${notBy("o.excused_at", until)} AND o.due_at <= ${until} THEN 1 ELSE 0 END AS overdue,
    CASE WHEN first.recorded_at <= o.due_at THEN 1 ELSE 0 END AS "onTime",
    CASE WHEN first.recorded_at > o.due_at THEN 1 ELSE 0 END AS late,
    CASE WHEN last.version > 1 THEN 1 ELSE 0 END AS corrected
  FROM obligation o JOIN unit u ON u.code = o.unit_code
    LEFT JOIN report first ON first.form = ${FORM} AND first.date = ${date} AND first.unit_code = o.unit_code
      AND first.version = 1 AND first.recorded_at <= ${until}
    LEFT JOIN report last ON last.form = ${FORM} AND last.date = ${date} AND last.unit_code = o.unit_code
      AND last.version = (SELECT MAX(seen.version) FROM report seen
        WHERE seen.form = ${FORM} AND seen.date = ${date} AND seen.unit_code = o.unit_code
          AND seen.recorded_at <= ${until})
  WHERE ${within("o.id", unit, `${FORM}/${date}/`)} AND o.recorded_at <= ${until}
  ORDER BY o.id`;

const childrenSql = (unit: Place, until: number) => sql`
  SELECT code, name, kind FROM unit WHERE parent = ${unit.code} AND recorded_at <= ${until} ORDER BY code`;

const unitsSql = (unit: Place, until: number) => sql`
  SELECT code AS "unitCode", 1 AS units FROM unit
  WHERE ${within("code", unit)} AND recorded_at <= ${until} AND ${notBy("closed_at", until)}`;

const postingPointsSql = (unit: Place, until: number) => sql`
  SELECT id, name, unit_code AS "unitCode" FROM posting_point
  WHERE ${within("unit_code", unit)} AND recorded_at <= ${until} ORDER BY id`;

// NULLs fall into ELSE: an unknown moment is one that has not come.
const countIf = (condition: SQL) => sql`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
const notBy = (column: string, until: number) =>
  sql`(${sql.raw(column)} IS NULL OR ${sql.raw(column)} > ${until})`;

/** A subtree as a range of codes. A grid has nothing below it, and its code may begin another grid's. */
export function within(column: string, unit: Place, before = ""): SQL {
  const name = sql.raw(column);
  return unit.kind === "grid"
    ? sql`${name} = ${before + unit.code}`
    : sql`${name} >= ${before + unit.code} AND ${name} < ${`${before}${unit.code}~`}`;
}
