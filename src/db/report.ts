import { and, eq, type SQL, sql } from "drizzle-orm";
import { REPORT_SIGNAL } from "../domain/cluster.ts";
import { obligationId, planObligation } from "../domain/obligation.ts";
import type { Arrival } from "../domain/submission.ts";
import { addDays, momentOf } from "../domain/time.ts";
import { unitOfCode } from "../domain/unit.ts";
import {
  dueMomentFor,
  type KnownCounts,
  type ReportPlan,
  type ReportState,
  reportState,
  type StandingReport,
} from "../domain/unit-report.ts";
import type { Settings } from "../env.ts";
import { isMerged, mergedIntoIll, unflagged } from "./duplicate-sql.ts";
import { meetObligation, openObligation } from "./obligation.ts";
import { report } from "./schema.ts";
import { raiseSignals } from "./signal.ts";
import { type Db, runBatch, type Store } from "./store.ts";
import { recordArrival } from "./submission.ts";

export const REPORT_FORM = "daily-report";

/** Which report arrives, and when. */
export type ReportKey = { unitCode: string; date: string; recordedAt: Date };

/**
 * Stores a planned report and meets its obligation in one batch; where the day has none yet (a unit entered after the
 * due time) it is opened and met at once, so that expected and reported stay equal. A clash of keys is thrown as it
 * comes: the same submission twice, or a second "first" version of the day.
 */
export async function saveReport(
  { db, privacy }: Store,
  plan: Extract<ReportPlan, { act: "write" }>,
  arrival: Arrival,
  { unitCode, date, recordedAt }: ReportKey,
  settings: Settings,
): Promise<void> {
  const subjectId = obligationId(REPORT_FORM, date, unitCode);
  const sealed = Object.keys(plan.said).length ? await privacy.seal(plan.said, arrival.id, "report") : null;
  const owed = planObligation(
    { kind: REPORT_FORM, unitCode, subjectId: date, openedAt: recordedAt, dueAt: plan.dueAt },
    { now: recordedAt, settings },
  );
  await runBatch(db, [
    recordArrival(db, arrival, { subjectId, recordedAt }),
    db.insert(report).values({
      form: REPORT_FORM,
      date,
      unitCode,
      version: plan.onlyFirst ? 1 : nextVersion(unitCode, date),
      submissionId: arrival.id,
      zero: plan.zero,
      counts: plan.counts,
      known: plan.known,
      sealed,
      recordedAt,
    }),
    openObligation(db, owed),
    meetObligation(db, subjectId, { metAt: recordedAt, recordedAt }),
    ...((plan.counts.symptomatic ?? 0) > 0
      ? raiseSignals(
          db,
          unitCode,
          [{ subjectId: REPORT_SIGNAL + date, count: plan.counts.symptomatic ?? 0 }],
          { now: recordedAt, settings },
        )
      : []),
  ]);
}

const nextVersion = (unitCode: string, date: string) =>
  sql<number>`(SELECT COALESCE(MAX(version), 0) + 1 FROM report WHERE form = ${REPORT_FORM} AND date = ${date} AND unit_code = ${unitCode})`;

/** Keeps that a submission said what stood already (`version`), so that it is answered the same way when it comes again. */
export async function saveRepeat(
  db: Db,
  arrival: Arrival,
  { unitCode, date, recordedAt }: ReportKey,
  version: number,
): Promise<void> {
  const subjectId = `${obligationId(REPORT_FORM, date, unitCode)}/${version}`;
  await runBatch(db, [recordArrival(db, arrival, { subjectId, recordedAt })]);
}

/** The version an arrival became: its own, or the one it repeated (saveRepeat wrote which). */
export async function findArrived(
  store: Store,
  { unitCode, date }: Pick<ReportKey, "unitCode" | "date">,
  arrival: Arrival,
  subjectId: string,
) {
  const repeated = subjectId.slice(obligationId(REPORT_FORM, date, unitCode).length + 1);
  return findReport(
    store,
    unitCode,
    date,
    repeated ? eq(report.version, Number(repeated)) : eq(report.submissionId, arrival.id),
  );
}

/** One version of a unit's day, the latest unless `only` names one; opened. Undefined when there is none. */
export async function findReport(
  { db, privacy }: Store,
  unitCode: string,
  date: string,
  only?: SQL,
): Promise<(StandingReport & { known: Record<string, number>; reason?: string }) | undefined> {
  const day = and(eq(report.form, REPORT_FORM), eq(report.date, date), eq(report.unitCode, unitCode));
  const [row] = await db
    .select({
      row: report,
      first: sql<number>`(SELECT recorded_at FROM report f WHERE f.form = ${REPORT_FORM} AND f.date = ${date} AND f.unit_code = ${unitCode} AND f.version = 1)`,
    })
    .from(report)
    .where(and(day, only))
    .orderBy(sql`version DESC`)
    .limit(1);
  if (!row) return undefined;
  const { zero, counts, known, recordedAt, sealed, submissionId } = row.row;
  const said = sealed
    ? await privacy.open<{ reason?: string; note?: string }>(sealed, submissionId, "report")
    : {};
  return {
    version: row.row.version,
    zero,
    counts,
    known,
    recordedAt,
    firstRecordedAt: new Date(row.first),
    ...said,
  };
}

/**
 * What the service itself knows for a unit's subtree and a local day: persons who came back and were registered that
 * day, how many of them from or through Wuhan, and everyone registered that day with symptoms or ≥ 37.3 °C. Somebody
 * registered before, or merged, is counted where he first was; as ill on the first day he came ill. Reads two rows a unit
 * of the subtree and three a person of the day.
 */
export async function knownCounts(
  db: Db,
  unitCode: string,
  date: string,
  zone: string,
): Promise<KnownCounts> {
  const from = momentOf(date, "00:00", zone).getTime();
  const to = momentOf(addDays(date, 1), "00:00", zone).getTime();
  // A grid has nothing below it, though its code may begin another grid's.
  const end = unitOfCode(unitCode)?.kind === "grid" ? "!" : "~";
  // The index of the few who came again and were ill: SQLite takes it where a query says just this.
  const illAgain = (one: SQL) => sql`${one}.duplicate_of IS NOT NULL AND ${one}.symptomatic = 1`;
  // CROSS JOIN keeps SQLite on units first, so that other days' rows are never touched.
  const [row] = await db.all<KnownCounts>(sql`
    SELECT COALESCE(SUM(p.returnee AND NOT ${isMerged}), 0) AS returnees,
      COALESCE(SUM(p.returnee AND (p.origin = 'wuhan' OR h.transit_wuhan) AND NOT ${isMerged}), 0) AS wuhan,
      COALESCE(SUM(p.symptomatic AND NOT ${mergedIntoIll}), 0) + (
        SELECT COUNT(*) FROM person d CROSS JOIN person f ON f.id = d.duplicate_of
        WHERE ${illAgain(sql`d`)} AND d.recorded_at >= ${from} AND d.recorded_at < ${to}
          AND f.unit_code >= ${unitCode} AND f.unit_code < ${unitCode + end} AND f.symptomatic = 0
          AND NOT EXISTS (SELECT 1 FROM person e WHERE ${illAgain(sql`e`)} AND e.duplicate_of = d.duplicate_of
            AND (e.recorded_at, e.id) < (d.recorded_at, d.id))) AS symptomatic
    FROM unit u CROSS JOIN person p ON p.unit_code = u.code AND p.recorded_at >= ${from} AND p.recorded_at < ${to}
      CROSS JOIN household h ON h.id = p.household_id
    WHERE u.code >= ${unitCode} AND u.code < ${unitCode + end} AND ${unflagged}`);
  return { returnees: row?.returnees ?? 0, wuhan: row?.wuhan ?? 0, symptomatic: row?.symptomatic ?? 0 };
}

export type ReportDay = {
  date: string;
  /** Undefined when the day was not owed and nothing came: the unit was not yet entered. */
  state?: ReportState;
  dueAt: Date;
  version?: number;
  zero?: boolean;
  counts?: Record<string, number>;
  recordedAt?: Date;
  firstRecordedAt?: Date;
};

/** A unit's last `days` local days up to `today`, newest first, each with its state at `now`. Three rows a day. */
export async function listReports(
  db: Db,
  unit: { code: string; kind: string },
  { today, days, now, settings }: { today: string; days: number; now: Date; settings: Settings },
): Promise<ReportDay[]> {
  const dates = Array.from({ length: days }, (_, back) => addDays(today, -back));
  const rows = await db.all<{
    date: string;
    dueAt: number | null;
    excusedAt: number | null;
    version: number | null;
    zero: number | null;
    counts: string | null;
    recordedAt: number | null;
    firstRecordedAt: number | null;
  }>(sql`
    SELECT d.value AS date, o.due_at AS dueAt, o.excused_at AS excusedAt, r.version AS version, r.zero AS zero,
      r.counts AS counts, r.recorded_at AS recordedAt, f.recorded_at AS firstRecordedAt
    FROM json_each(${JSON.stringify(dates)}) d
      LEFT JOIN obligation o ON o.id = ${`${REPORT_FORM}/`} || d.value || ${`/${unit.code}`}
      LEFT JOIN report f ON f.form = ${REPORT_FORM} AND f.date = d.value AND f.unit_code = ${unit.code} AND f.version = 1
      LEFT JOIN report r ON r.form = ${REPORT_FORM} AND r.date = d.value AND r.unit_code = ${unit.code}
        AND r.version = (SELECT MAX(l.version) FROM report l
          WHERE l.form = ${REPORT_FORM} AND l.date = d.value AND l.unit_code = ${unit.code})
    ORDER BY d.value DESC`);
  return rows.map((row) => {
    const dueAt = row.dueAt === null ? dueMomentFor(unit.kind, row.date, settings) : new Date(row.dueAt);
    const owed = row.dueAt !== null || row.version !== null || row.date === today;
    const day = {
      dueAt,
      firstRecordedAt: at(row.firstRecordedAt),
      version: row.version,
      excusedAt: at(row.excusedAt),
    };
    return {
      date: row.date,
      dueAt,
      ...(owed ? { state: reportState(day, now) } : {}),
      ...(row.version === null
        ? {}
        : {
            version: row.version,
            zero: row.zero === 1,
            counts: JSON.parse(row.counts ?? "{}"),
            recordedAt: at(row.recordedAt),
            firstRecordedAt: at(row.firstRecordedAt),
          }),
    };
  });
}

const at = (ms: number | null): Date | undefined => (ms === null ? undefined : new Date(ms));

export type SubtreeStates = {
  expected: number;
  zero: number;
  nonZero: number;
  excused: number;
  overdue: number;
  pending: number;
  late: number;
  corrected: number;
  /** Overdue units by code, at most `limit`; `next` is the code to go on after. */
  missing: { code: string; name: string; parentName: string; dueAt: Date }[];
  next?: string;
};

/**
 * How the units below a town or the county stand on a local day: expected = zero + nonZero + excused + overdue +
 * pending. Reads three rows a unit below `prefix`, and three a unit listed.
 */
export async function subtreeStates(
  db: Db,
  prefix: string,
  date: string,
  { now, limit, after = prefix }: { now: Date; limit: number; after?: string },
): Promise<SubtreeStates> {
  const day = `${REPORT_FORM}/${date}/`;
  const [counts, missing] = await Promise.all([
    db.all<Omit<SubtreeStates, "missing" | "next">>(sql`
      SELECT COUNT(*) AS expected,
        COALESCE(SUM(r.zero = 1), 0) AS zero,
        COALESCE(SUM(r.zero = 0), 0) AS nonZero,
        COALESCE(SUM(r.zero IS NULL AND o.excused_at IS NOT NULL), 0) AS excused,
        COALESCE(SUM(r.zero IS NULL AND o.excused_at IS NULL AND o.due_at <= ${now.getTime()}), 0) AS overdue,
        COALESCE(SUM(r.zero IS NULL AND o.excused_at IS NULL AND o.due_at > ${now.getTime()}), 0) AS pending,
        COALESCE(SUM(o.met_at > o.due_at), 0) AS late,
        COALESCE(SUM(r.version > 1), 0) AS corrected
      FROM obligation o LEFT JOIN report r ON r.form = ${REPORT_FORM} AND r.date = ${date} AND r.unit_code = o.unit_code
        AND r.version = (SELECT MAX(l.version) FROM report l
          WHERE l.form = ${REPORT_FORM} AND l.date = ${date} AND l.unit_code = o.unit_code)
      WHERE o.id > ${day + prefix} AND o.id < ${`${day}${prefix}~`}`),
    db.all<{ code: string; name: string; parentName: string; dueAt: number }>(sql`
      SELECT o.unit_code AS code, u.name AS name, p.name AS parentName, o.due_at AS dueAt
      FROM obligation o CROSS JOIN unit u ON u.code = o.unit_code CROSS JOIN unit p ON p.code = u.parent
      WHERE o.id > ${day + (after > prefix ? after : prefix)} AND o.id < ${`${day}${prefix}~`}
        AND o.met_at IS NULL AND o.excused_at IS NULL AND o.due_at <= ${now.getTime()}
      ORDER BY o.id LIMIT ${limit + 1}`),
  ]);
  const [sums] = counts;
  if (!sums) throw new Error("a count answered no row");
  const shown = missing.slice(0, limit).map((row) => ({ ...row, dueAt: new Date(row.dueAt) }));
  return {
    ...sums,
    missing: shown,
    ...(missing.length > limit ? { next: shown.at(-1)?.code } : {}),
  };
}
