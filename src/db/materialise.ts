import { sql } from "drizzle-orm";
import type { CountOwed } from "../domain/count-due.ts";
import { ladderOf, momentOfStep } from "../domain/ladder.ts";
import { addDays, momentOf } from "../domain/time.ts";
import { dueMomentFor, REPORTING_KINDS } from "../domain/unit-report.ts";
import type { Settings } from "../env.ts";
import type { Db, Statement } from "./store.ts";

/**
 * A daily report owed by every reporting unit for one local day: units entered before their due time and still open
 * then. An excuse given in time covers it, a report that came already meets it. Twice adds nothing.
 */
export function materialiseDay(db: Db, date: string, recordedAt: Date, settings: Settings): Statement {
  const openedAt = momentOf(date, "00:00", settings.TIME_ZONE);
  const [first] = ladderOf("daily-report", settings);
  // Clocks on the wall become moments here: SQLite knows no time zones.
  const kinds = REPORTING_KINDS.map((kind) => {
    const dueAt = dueMomentFor(kind, date, settings);
    const nextDueAt = first ? momentOfStep(first, { openedAt, dueAt }).getTime() : null;
    return { kind, dueAt: dueAt.getTime(), nextDueAt };
  });
  return db.run(sql`
    INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, step, version, next_due_at, met_at,
      met_recorded_at, excused_at, recorded_at)
    SELECT 'daily-report/' || ${date} || '/' || code, 'daily-report', code, ${date}, ${openedAt.getTime()}, due_at, 0, 0,
      CASE WHEN came_at IS NULL AND excused_at IS NULL THEN next_due_at END, came_at, came_at, excused_at,
      ${recordedAt.getTime()}
    FROM (SELECT u.code, k.value ->> 'dueAt' AS due_at, k.value ->> 'nextDueAt' AS next_due_at,
        (SELECT recorded_at FROM report WHERE form = 'daily-report' AND date = ${date} AND unit_code = u.code
          AND version = 1) AS came_at,
        (SELECT min(e.recorded_at) FROM excuse AS e WHERE e.unit_code = u.code AND e.form = 'daily-report'
          AND e.from_date <= ${date} AND e.to_date >= ${date} AND e.recorded_at < k.value ->> 'dueAt') AS excused_at
      FROM unit AS u CROSS JOIN json_each(${JSON.stringify(kinds)}) AS k ON k.value ->> 'kind' = u.kind
      WHERE u.recorded_at < k.value ->> 'dueAt' AND (u.closed_at IS NULL OR u.closed_at > k.value ->> 'dueAt'))
    WHERE true
    ON CONFLICT DO NOTHING`);
}

/**
 * The count forms owed for one local day by every unit of their kinds, open and entered before the due time. A day whose due
 * time has passed is made up for only where the unit owed the same form the day before: a form that is new to it is owed from
 * its next due time on. An entry that came already meets it; an excuse from the daily report, given in time, covers it too: where
 * nobody is, nobody counts. Twice adds nothing.
 */
export function materialiseCounts(
  db: Db,
  owed: readonly CountOwed[],
  date: string,
  now: Date,
  settings: Settings,
  recordedAt = now,
): Statement {
  const openedAt = momentOf(date, "00:00", settings.TIME_ZONE);
  const [first] = ladderOf("count", settings);
  const forms = owed.map(({ form, kind, dueAt }) => {
    const nextDueAt = first ? momentOfStep(first, { openedAt, dueAt }).getTime() : null;
    return { form, kind, dueAt: dueAt.getTime(), nextDueAt };
  });
  return db.run(sql`
    INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, step, version, next_due_at, met_at,
      met_recorded_at, excused_at, recorded_at)
    SELECT 'count/' || form || '/' || ${date} || '/' || code, 'count', code, form || '/' || ${date},
      ${openedAt.getTime()}, due_at, 0, 0, CASE WHEN came_at IS NULL AND excused_at IS NULL THEN next_due_at END,
      came_at, came_at, excused_at, ${recordedAt.getTime()}
    FROM (SELECT u.code, k.value ->> 'form' AS form, k.value ->> 'dueAt' AS due_at,
        k.value ->> 'nextDueAt' AS next_due_at,
        (SELECT recorded_at FROM report WHERE form = k.value ->> 'form' AND date = ${date} AND unit_code = u.code
          AND version = 1) AS came_at,
        (SELECT min(e.recorded_at) FROM excuse AS e WHERE e.unit_code = u.code AND e.form = 'daily-report'
          AND e.from_date <= ${date} AND e.to_date >= ${date} AND e.recorded_at < k.value ->> 'dueAt') AS excused_at
      FROM unit AS u CROSS JOIN json_each(${JSON.stringify(forms)}) AS k ON k.value ->> 'kind' = u.kind
      WHERE u.recorded_at < k.value ->> 'dueAt' AND (u.closed_at IS NULL OR u.closed_at > k.value ->> 'dueAt')
        AND (k.value ->> 'dueAt' > ${now.getTime()} OR EXISTS (SELECT 1 FROM obligation AS o
          WHERE o.id = 'count/' || (k.value ->> 'form') || '/' || ${addDays(date, -1)} || '/' || u.code)))
    WHERE true
    ON CONFLICT DO NOTHING`);
}
