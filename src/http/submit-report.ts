import { dailyReport } from "../../forms/daily-report.ts";
import { saveExcuse } from "../db/excuse.ts";
import { guarded } from "../db/fault.ts";
import { findArrived, findReport, knownCounts, saveRepeat, saveReport } from "../db/report.ts";
import { refusedBy } from "../db/store.ts";
import { earlierArrival, identify } from "../db/submission.ts";
import { findUnit, type Unit, withinSubtree } from "../db/unit.ts";
import { problem } from "../domain/problem.ts";
import type { Door } from "../domain/submission.ts";
import { localDate } from "../domain/time.ts";
import {
  checkExcuse,
  checkReportDate,
  dueMomentFor,
  owesDailyReport,
  planReport,
  punctuality,
  type ReportValues,
  type StandingReport,
} from "../domain/unit-report.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";

export type ReportSubmission = {
  /** UUID drawn by the sender: sent again with the same content, it is answered as the first time. */
  clientId: string;
  unitCode: string;
  /** The local day reported, YYYY-MM-DD. */
  date: string;
  /** Validated answers of forms/daily-report.ts. */
  values: ReportValues;
  door: Door;
  /** In which language a reason is asked for. */
  lang?: Lang;
};
export type ReportReceipt = {
  unitCode: string;
  date: string;
  version: number;
  zero: boolean;
  counts: Record<string, number>;
  /** Judged by the day's first version: a correction does not make a unit late. */
  state: "on-time" | "late";
  corrected: boolean;
  recordedAt: Date;
  dueAt: Date;
};

/**
 * Takes a unit's report for a day. Throws unitNotFound, notReporting, reportDate, contentDiffers (same client id, other content) and
 * invalid with `reason` when a reason is owed. The same figures from somebody else are answered as already reported.
 */
export async function submitReport(deps: Deps, sent: ReportSubmission): Promise<ReportReceipt> {
  const { unitCode, date, values, lang = "zh-Hans" } = sent;
  const { db, privacy, settings } = deps;
  const now = deps.now();
  checkReportDate(date, localDate(now, settings.TIME_ZONE));
  return guarded(async () => {
    const unit = await reportingUnit(deps, unitCode, now);
    // Of a day before the unit was known nothing can be owed, and no figure would ever count it.
    checkReportDate(date, localDate(now, settings.TIME_ZONE), localDate(unit.recordedAt, settings.TIME_ZONE));
    const key = { unitCode, date, recordedAt: now };
    const { arrival } = await identify(privacy, dailyReport, { ...sent, content: [unitCode, date, values] });
    // The second round sees what another sender's first version won; a third cannot be needed.
    for (let round = 1; ; round++) {
      const became = await earlierArrival(db, arrival);
      if (became) return receiptOf(await findArrived(deps, key, arrival, became), deps, unit, date);
      const [standing, known] = await Promise.all([
        findReport(deps, unitCode, date),
        knownCounts(db, unitCode, date, settings.TIME_ZONE),
      ]);
      const plan = planReport(values, { now, lang, settings, unit, date, known, standing });
      try {
        if (plan.act === "write") await saveReport(deps, plan, arrival, key, settings);
        else await saveRepeat(db, arrival, key, plan.standing.version);
      } catch (error) {
        if (refusedBy(error) !== "unique" || round > 2) throw error;
      }
    }
  });
}

/** The unit of a code that owes daily reports now. Throws unitNotFound for none or a closed one, notReporting for others. */
async function reportingUnit({ db }: Deps, code: string, now: Date): Promise<Unit> {
  const unit = await findUnit(db, code);
  if (!unit || (unit.closedAt && unit.closedAt <= now)) throw problem.unitNotFound();
  if (!owesDailyReport(unit.kind)) throw problem.notReporting();
  return unit;
}

function receiptOf(
  row: StandingReport | undefined,
  { settings }: Deps,
  unit: { code: string; kind: string },
  date: string,
): ReportReceipt {
  if (!row) throw problem.unavailable();
  const dueAt = dueMomentFor(unit.kind, date, settings);
  return {
    unitCode: unit.code,
    date,
    version: row.version,
    zero: row.zero,
    counts: row.counts,
    state: punctuality(row.firstRecordedAt, dueAt),
    corrected: row.version > 1,
    recordedAt: row.recordedAt,
    dueAt,
  };
}

export type ExcuseRequest = {
  clientId: string;
  /** The subtree of whoever excuses; it must hold the unit and be above it. */
  scopePrefix: string;
  unitCode: string;
  /** Local days, both included. */
  from: string;
  to: string;
  reason: string;
  /** A link's hash. */
  actor: string;
  lang?: Lang;
};

/**
 * Excuses a unit in advance from its daily reports and the counts it owes each day; the same request twice is one. Throws outOfScope, unitNotFound,
 * notReporting, contentDiffers, or invalid with paths `clientId`, `from`, `to`, `reason`.
 */
export async function excuseUnit(deps: Deps, asked: ExcuseRequest): Promise<void> {
  const { scopePrefix, unitCode, actor, lang = "zh-Hans" } = asked;
  const now = deps.now();
  if (!withinSubtree(unitCode, scopePrefix) || unitCode === scopePrefix) throw problem.outOfScope();
  return guarded(async () => {
    const unit = await reportingUnit(deps, unitCode, now);
    const content = [unitCode, asked.from, asked.to, asked.reason];
    const request = { clientId: asked.clientId, door: "unit", content, lang } as const;
    const { arrival } = await identify(deps.privacy, { name: "excuse", version: 1 }, request);
    if (await earlierArrival(deps.db, arrival)) return;
    const { from, to, reason } = checkExcuse(asked, { now, settings: deps.settings, unit, lang });
    const row = { unitCode, fromDate: from, toDate: to, reason, actor, recordedAt: now };
    try {
      await saveExcuse(deps, arrival, row, deps.newId());
    } catch (error) {
      // Sent twice at once: the first one stands, if it said the same.
      if (refusedBy(error) !== "unique" || !(await earlierArrival(deps.db, arrival))) throw error;
    }
  });
}
