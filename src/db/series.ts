import { type SQL, sql } from "drizzle-orm";
import type { Indicator, IndicatorId } from "../domain/indicator.ts";
import type { TypedIndicator } from "../domain/indicator-typed.ts";
import {
  type Bucket,
  type Change,
  dayValue,
  gather,
  isOfReadings,
  knownUntil,
  type SeriesValue,
  slotsOfDays,
  stepOf,
} from "../domain/series.ts";
import { type Place, shareOf, type Tally } from "../domain/summary.ts";
import { type Found, ofDuplicates, ofIll, ofObservations, ofPersons } from "./duplicate-sql.ts";
import { readingDaysSql, reportDaysSql } from "./series-day.ts";
import { type Parts, whole } from "./series-part.ts";
import { recordChangesSql } from "./series-record.ts";
import { rolledSeries } from "./series-rollup.ts";
import { type Db, runBatch } from "./store.ts";
import { within } from "./summary.ts";
import { illAt, wellAtFirst } from "./summary-observation.ts";

/*
 * A figure by day or hour, out of the moments themselves. Whatever is counted is counted from the moment `came` and, of a
 * stock, until the moment `went`: one pass over the rows of a subtree, whatever number of buckets is asked for. Whoever was
 * found to be a duplicate, or none, changes at those moments too (`found`): a bucket is the difference of what stands at
 * its ends, and may be negative.
 */
type Source = {
  rows: SQL;
  unit: string;
  recorded: string;
  came: SQL;
  went?: SQL;
  where?: SQL;
  weight?: SQL;
  found?: Found;
};

const people = (where: SQL, came = sql`p.recorded_at`): Source => ({
  rows: sql`person AS p`,
  ...{ unit: "p.unit_code", recorded: "p.recorded_at", came },
  ...{ where, found: ofPersons },
});
const withHome = (source: Source): Source => ({
  ...source,
  rows: sql`person AS p JOIN household AS h ON h.id = p.household_id`,
});
const origin = (from: string) => people(sql`p.returnee = 1 AND p.origin = ${from}`);
/** Something with two hours to be verified in: households and tips have the same columns. */
const owed = (table: "household" | "tip") => {
  const one = { rows: sql.raw(`${table} AS v`), unit: "v.unit_code", recorded: "v.recorded_at" };
  const verified = sql`max(v.recorded_at, v.verified_recorded_at)`;
  const late = sql`max(v.recorded_at, v.verify_due_at)`;
  const inTime = sql`v.verified_at <= v.verify_due_at`;
  // Of two moments the first, and the one that is there where the other is not.
  const settled = sql`min(${late}, COALESCE(${verified}, ${late}))`;
  return {
    all: { ...one, came: sql`v.recorded_at` },
    open: { ...one, came: sql`v.recorded_at`, went: verified },
    verified: { ...one, came: verified },
    waiting: { ...one, came: sql`v.recorded_at`, went: settled },
    overdue: { ...one, came: late, went: sql`max(${late}, ${verified})` },
    inTime: { ...one, came: verified, where: inTime },
    settled: { ...one, came: settled },
  };
};
const observed = {
  ...{ rows: sql`observation AS o`, unit: "o.unit_code", recorded: "o.recorded_at", found: ofObservations },
};
const begun = { ...observed, came: sql`o.recorded_at` };
const observing = { ...begun, went: sql`max(o.recorded_at, o.ended_recorded_at)` };
const opened: Source = { ...begun, where: sql`(o.ended_at IS NULL OR o.ended_at > o.opened_at)` };
const ended = (ending: string): Source => ({
  ...observed,
  came: sql`max(o.recorded_at, o.ended_recorded_at)`,
  where: sql`o.ending = ${ending}`,
});

/** Ill from the registration on, or from the first time that somebody registered again and was ill. */
const ill = people(
  sql`(p.symptomatic = 1 OR a.at IS NOT NULL)`,
  sql`CASE WHEN p.symptomatic = 1 THEN p.recorded_at ELSE max(p.recorded_at, a.at) END`,
);

/** A bureau's lists, each as one, or as many as it has rows. */
const lists = (source: string, weight = sql`1`): Source => ({
  ...{ rows: sql`batch AS b`, unit: "b.unit_code", recorded: "b.recorded_at", weight },
  ...{ came: sql`b.confirmed_at`, where: sql`b.source = ${source}` },
});
const letters = (came: SQL): Source => ({
  rows: sql`letter AS l`,
  ...{ unit: "l.unit_code", recorded: "l.recorded_at", came },
});

const homes = owed("household");
const leads = owed("tip");
const SOURCES: { [id in IndicatorId]?: Source } = {
  "completeness.units": {
    ...{ rows: sql`unit AS u`, unit: "u.code", recorded: "u.recorded_at" },
    ...{ came: sql`u.recorded_at`, went: sql`max(u.recorded_at, u.closed_at)` },
  },
  "registered.cumulative": people(sql`1`),
  "registered.today": people(sql`1`),
  "registered.households": homes.all,
  "registered.returnees": people(sql`p.returnee = 1`),
  "registered.byOrigin.wuhan": origin("wuhan"),
  "registered.byOrigin.hubei": origin("hubei"),
  "registered.byOrigin.other_province": origin("other_province"),
  "registered.byOrigin.same_province": origin("same_province"),
  "registered.fromHubei": people(sql`p.returnee = 1 AND p.origin IN ('wuhan', 'hubei')`),
  "registered.transitWuhan": withHome(people(sql`p.returnee = 1 AND h.transit_wuhan = 1`)),
  "registered.wuhanDirection": withHome(
    people(sql`p.returnee = 1 AND (p.origin = 'wuhan' OR h.transit_wuhan = 1)`),
  ),
  "registered.measured": people(sql`p.temperature IS NOT NULL`),
  "registered.symptomatic": {
    ...ill,
    rows: sql`person AS p LEFT JOIN (SELECT duplicate_of, MIN(recorded_at) AS at FROM person
      WHERE duplicate_of IS NOT NULL AND symptomatic = 1 GROUP BY duplicate_of) AS a ON a.duplicate_of = p.id`,
    found: ofIll,
  },
  "registered.duplicatesFlagged": { ...people(sql`1`), found: ofDuplicates },
  "verification.due": homes.all,
  "verification.verified": homes.verified,
  "verification.waiting": homes.waiting,
  "verification.overdue": homes.overdue,
  "verification.withinTwoHours.numerator": homes.inTime,
  "verification.withinTwoHours.denominator": homes.settled,
  "tips.received": leads.all,
  "tips.open": leads.open,
  "tips.verified": leads.verified,
  "tips.overdue": leads.overdue,
  "tips.withinTwoHours.numerator": leads.inTime,
  "tips.withinTwoHours.denominator": leads.settled,
  "observation.cumulative": begun,
  "observation.observing": observing,
  "observation.householdMembers": { ...observing, where: sql`o.returnee = 0` },
  "observation.contacts": { ...observing, where: sql`(SELECT contact FROM person WHERE id = o.id) = 1` },
  "observation.fellIll": { ...observed, came: sql`max(o.recorded_at, ${illAt("o")})`, where: wellAtFirst },
  "observation.opened": opened,
  "observation.openedToday": opened,
  "observation.released": ended("released"),
  "observation.releasedToday": ended("released"),
  "observation.transferred": ended("transferred"),
  "observation.closed": ended("closed"),
  "batches.education.received": lists("education"),
  "batches.education.persons": lists("education", sql`b."rows"`),
  "batches.health.received": lists("health"),
  "batches.health.persons": lists("health", sql`b."rows"`),
  "letters.sent": letters(sql`l.recorded_at`),
  "letters.answered": letters(sql`l.answered_at`),
};

export type Question = { buckets: Bucket[]; asOf: Date; since: Date; zone: string };
/** `before`: what a flow had counted before the first bucket; null where that says nothing. */
export type Series = { before: number | null; values: SeriesValue[] };
/** What a series can be told of: what is counted from moments, and what records come to. */
export type Told = Indicator | TypedIndicator;

/**
 * An indicator's value in each bucket, as recorded by `asOf`; null where nothing could be known: after `asOf`, or before
 * `since`, when the unit was entered. A flow's value is what came within the bucket, a stock's and a share's what stands
 * at its end. Reads each row of the subtree that the indicator is counted from, once; a few rows where it was rolled up.
 */
export async function countSeries(db: Db, unit: Place, indicator: Told, question: Question): Promise<Series> {
  const rolled = "measure" in indicator ? undefined : await rolledSeries(db, unit, indicator, question);
  if (rolled) return rolled;
  return seriesOf(await countRows(db, unit, indicator, question), indicator, question);
}

/** What was counted in each step, or of each day, and for which part. */
type Row = Change & Partial<Tally> & { part: string };

/** An indicator's rows; of a share those of what is divided, and those of what it is divided by. */
export async function countRows(
  db: Db,
  unit: Place,
  indicator: Told,
  question: Question,
  parts?: Parts,
): Promise<Row[][]> {
  const statements =
    "measure" in indicator
      ? [recordChangesSql(unit, recordOf(indicator), question, parts)]
      : momentsSql(unit, indicator, question, parts);
  const answers = await runBatch(
    db,
    statements.map((statement) => db.all(statement)),
  );
  return answers.map((answer) => (answer as { results: Row[] }).results);
}

function momentsSql(unit: Place, indicator: Indicator, question: Question, parts?: Parts): SQL[] {
  const { id, kind, numerator, denominator } = indicator;
  if (indicator.series === "days") return [daysSql(unit, indicator, question, parts)];
  return (kind === "share" ? [numerator, denominator] : [id]).map((one) =>
    changesSql(unit, sourceOf(one), question, parts),
  );
}

/** The values that rows come to, whichever parts they are of. */
export function seriesOf(counted: Row[][], indicator: Told, question: Question): Series {
  const { buckets } = question;
  // Of records nothing is known before the first was filed, and that is no zero.
  const since = "measure" in indicator ? firstEdge(counted[0] ?? [], buckets) : Number.NEGATIVE_INFINITY;
  const known = <T>(values: (T | undefined)[]) =>
    buckets.map((bucket, at) =>
      knownUntil(bucket, question) && bucket.to.getTime() >= since ? (values[at] ?? null) : null,
    );
  if (indicator.series === "days") {
    const days = buckets.map((_, at) => (counted[0] ?? []).filter(({ bin }) => bin === at + 1));
    return { before: null, values: known(days.map((rows) => dayValue(rows, indicator))) };
  }
  const [one, other] = counted.map((rows) => gather(rows, buckets));
  if (!one) throw new Error("an empty answer");
  if (other)
    return {
      before: null,
      values: known(one.levels.map((level, at) => shareOf(level, other.levels[at] ?? 0))),
    };
  return indicator.kind === "stock"
    ? { before: null, values: known(one.levels) }
    : { before: since > (buckets[0]?.from.getTime() ?? 0) ? null : one.before, values: known(one.changed) };
}

/** The first edge of a step by which anything had been filed, in milliseconds; infinite where nothing was. */
function firstEdge(rows: Row[], buckets: Bucket[]): number {
  const bins = rows.map(({ bin }) => bin);
  return bins.length === 0
    ? Number.POSITIVE_INFINITY
    : (buckets[0]?.from.getTime() ?? 0) + Math.min(...bins) * stepOf(buckets);
}

function recordOf({ id, record }: TypedIndicator): { form: string; figure: string } {
  if (!record) throw new Error(`no series is counted for ${id}`);
  return record;
}

/** Reports, or readings, of each bucket's day: counts by the bucket's number from 1. */
function daysSql(unit: Place, indicator: Indicator, question: Question, parts?: Parts): SQL {
  const { buckets, asOf, zone } = question;
  const until = asOf.getTime();
  return isOfReadings(indicator)
    ? readingDaysSql(unit, slotsOfDays(buckets, asOf, zone), { until, zone }, parts)
    : reportDaysSql(unit, buckets, until, parts);
}

function sourceOf(id: IndicatorId | undefined): Source {
  const source = id && SOURCES[id];
  if (!source) throw new Error(`no series is counted for ${id}`);
  return source;
}

/** What changed in each step up to the moment asked for. */
function changesSql(unit: Place, source: Source, { buckets, asOf }: Question, parts: Parts = whole): SQL {
  const { rows, recorded, came, went = sql`NULL`, where = sql`1`, weight = sql`1`, found } = source;
  const until = asOf.getTime();
  const start = buckets[0]?.from.getTime() ?? 0;
  const step = stepOf(buckets);
  const plain = found ? sql`AND ${found.plain} AND ${found.id} NOT IN (${found.touched})` : sql``;
  // A number that is bound comes as a REAL: without the cast the steps would have fractions.
  return sql`
    SELECT CASE WHEN at <= ${start} THEN 0 ELSE CAST((at - ${start} + ${step} - 1) / ${step} AS INTEGER) END AS bin,
      ${parts.part} AS part, SUM(sign) AS n
    FROM (SELECT CASE s.sign WHEN 1 THEN r.came ELSE r.went END AS at, s.sign * r.weight AS sign, r.unit_code AS unit_code
      FROM (SELECT ${came} AS came, ${went} AS went, ${weight} AS weight, ${sql.raw(source.unit)} AS unit_code FROM ${rows}
        WHERE ${within(source.unit, unit)} AND ${sql.raw(recorded)} <= ${until} AND ${where} ${plain}) AS r
      CROSS JOIN (SELECT 1 AS sign UNION ALL SELECT -1) AS s
      ${found ? sql`UNION ALL ${foundSql(unit, source, found, until)}` : sql``}) AS changed
      ${parts.joined(sql`changed.unit_code`)}
    WHERE at <= ${until}
    GROUP BY 1, 2`;
}

/** The same of those about whom anything was found: at each moment of theirs, what stands then less what stood just before. */
function foundSql(unit: Place, source: Source, found: Found, until: number): SQL {
  const { rows, where = sql`1`, came } = { ...source, ...found };
  const { went = sql`NULL` } = source;
  const stood = (at: SQL) =>
    sql`COALESCE(${came} <= ${at} AND (${went} IS NULL OR ${went} > ${at}) AND ${found.standing(at)}, 0)`;
  const own = (moment: SQL) =>
    sql`UNION SELECT ${found.id}, ${moment} FROM (${found.touched}) AS t CROSS JOIN ${rows} WHERE ${found.id} = t.id`;
  return sql`
    SELECT m.at AS at, ${stood(sql`m.at`)} - ${stood(sql`(m.at - 1)`)} AS sign, ${sql.raw(source.unit)} AS unit_code
    FROM (SELECT id, at FROM (${found.moments}) ${own(came)} ${own(went)}) AS m CROSS JOIN ${rows}
    WHERE ${found.id} = m.id AND m.at <= ${until} AND m.id IN (${found.touched})
      AND ${within(source.unit, unit)} AND ${sql.raw(source.recorded)} <= ${until} AND ${where}`;
}
