import { type SQL, sql } from "drizzle-orm";
import { previousSlot, type Slot, slotCloses } from "../domain/follow-up.ts";
import type { Bucket } from "../domain/series.ts";
import type { Place } from "../domain/summary.ts";
import { addDays, momentOf } from "../domain/time.ts";
import { mergedAt, restedAt } from "./duplicate-sql.ts";
import { type Parts, whole } from "./series-part.ts";
import { within } from "./summary.ts";
import { SLOTS_BACK } from "./summary-observation.ts";

/*
 * Figures that speak for a day, as they were known by a moment: the rules are those of summary.ts and
 * summary-observation.ts, for many days in one statement. A test holds the two against each other.
 */
const FORM = "daily-report";

/** The reports of each day that a subtree owes; `bin` counts days from 1. Three rows for each unit and day. */
export function reportDaysSql(unit: Place, days: Bucket[], until: number, parts: Parts = whole): SQL {
  const dates = JSON.stringify(days.map(({ date }) => date));
  return sql`
    SELECT d.key + 1 AS bin, ${parts.part} AS part, COUNT(*) AS owed,
      COALESCE(SUM(last.zero = 1), 0) AS zero,
      COALESCE(SUM(last.zero = 0), 0) AS "nonZero",
      COALESCE(SUM(last.zero IS NULL AND o.excused_at <= ${until}), 0) AS excused,
      COALESCE(SUM(last.zero IS NULL AND (o.excused_at IS NULL OR o.excused_at > ${until})
        AND o.due_at <= ${until}), 0) AS overdue,
      COALESCE(SUM(first.recorded_at <= o.due_at), 0) AS "onTime",
      COALESCE(SUM(first.recorded_at > o.due_at), 0) AS late,
      COALESCE(SUM(last.version > 1), 0) AS corrected
    FROM json_each(${dates}) AS d
      CROSS JOIN obligation AS o ON o.id >= ${`${FORM}/`} || d.value || ${`/${unit.code}`}
        AND o.id < ${`${FORM}/`} || d.value || ${`/${unit.code}${unit.kind === "grid" ? "!" : "~"}`}
      LEFT JOIN report AS first ON first.form = ${FORM} AND first.date = d.value AND first.unit_code = o.unit_code
        AND first.version = 1 AND first.recorded_at <= ${until}
      LEFT JOIN report AS last ON last.form = ${FORM} AND last.date = d.value AND last.unit_code = o.unit_code
        AND last.version = (SELECT MAX(seen.version) FROM report AS seen
          WHERE seen.form = ${FORM} AND seen.date = d.value AND seen.unit_code = o.unit_code
            AND seen.recorded_at <= ${until})
      ${parts.joined(sql`o.unit_code`)}
    WHERE o.recorded_at <= ${until} AND ${within("o.unit_code", unit)}
    GROUP BY d.key, 2`;
}

export type DaySlot = { bin: number; slot: Slot; closes: number };

/**
 * The readings of each day's slots, those that had begun; `bin` as the slot has it. Three rows for each observation and
 * slot. What was found about duplicates counts as far as it was known a day after the day's end: until then what is late
 * still counts, and later nothing more is said of its slots.
 */
export function readingDaysSql(
  unit: Place,
  slots: DaySlot[],
  { until, zone }: { until: number; zone: string },
  parts: Parts = whole,
): SQL {
  const asked = JSON.stringify(
    slots.map(({ bin, slot, closes }) => ({
      ...{ bin, closes, oldest: closeBefore(slot, zone) },
      known: Math.min(until, momentOf(addDays(slot.date, 2), "00:00", zone).getTime()),
    })),
  );
  // Findings are few: whom a slot is without is worked out once, and not for each observation.
  const without = (ids: SQL) => sql`(o.id, t.closes) NOT IN (SELECT n.person_id, k.closes
    FROM (SELECT value ->> 'closes' AS closes, value ->> 'known' AS known FROM json_each(${asked})) AS k
      CROSS JOIN duplicate_finding AS n WHERE n.person_id IN (${ids}))`;
  const [first] = slots;
  const last = slots.at(-1);
  // Newest first: json_each keeps the order, so the first reading that is there is the last one taken.
  const closes = first && last ? closesOf(last.slot, first.slot, zone) : [];
  return sql`
    SELECT s.bin AS bin, ${parts.part} AS part, COUNT(*) AS "slotsOwed",
      COALESCE(SUM(s.late = 0), 0) AS "slotsOnTime", COALESCE(SUM(s.late = 1), 0) AS "slotsLate",
      COALESCE(SUM(s.late IS NULL AND s.closes <= ${until}), 0) AS "slotsMissed"
    FROM (SELECT t.bin AS bin, t.closes AS closes, r.late AS late, o.unit_code AS unit_code
      FROM (SELECT value ->> 'bin' AS bin, value ->> 'closes' AS closes, value ->> 'oldest' AS oldest
          FROM json_each(${asked})) AS t
        CROSS JOIN observation AS o
        LEFT JOIN reading AS r ON r.due_at = t.closes AND r.observation_id = o.id
          AND r.version = 1 AND r.recorded_at <= ${until}
      WHERE ${within("o.unit_code", unit)} AND o.recorded_at <= ${until} AND o.first_due_at <= t.closes
        AND ${without(mergedAt(sql`k.known`))}
        AND (r.late IS NOT NULL OR (${without(restedAt(sql`k.closes`, sql`k.known`))} AND
          (o.ended_recorded_at IS NULL OR o.ended_recorded_at > ${until} OR o.ended_at >= t.closes)
          AND CASE WHEN o.planned_due_at >= t.closes THEN 1 ELSE 1 = (
            SELECT b.abnormal FROM json_each(${JSON.stringify(closes)}) AS c
              CROSS JOIN reading AS b ON b.due_at = c.value AND b.observation_id = o.id
            WHERE c.value < t.closes AND c.value >= t.oldest AND b.recorded_at <= ${until}
              AND b.recorded_at < t.closes
            ORDER BY c.key, b.version DESC LIMIT 1) END))) AS s
      ${parts.joined(sql`s.unit_code`)}
    GROUP BY s.bin, 2`;
}

/** When the slot closes that lies SLOTS_BACK before one: further back nobody looks. */
function closeBefore(slot: Slot, zone: string): number {
  let back = slot;
  for (let count = 0; count < SLOTS_BACK; count++) back = previousSlot(back);
  return slotCloses(back, zone).getTime();
}

/** Every close from the newest slot to the one SLOTS_BACK before the oldest, newest first. */
function closesOf(newest: Slot, oldest: Slot, zone: string): number[] {
  const end = closeBefore(oldest, zone);
  const closes: number[] = [];
  for (let slot = newest; closes.at(-1) !== end; slot = previousSlot(slot))
    closes.push(slotCloses(slot, zone).getTime());
  return closes;
}
