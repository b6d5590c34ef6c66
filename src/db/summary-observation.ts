import { type SQL, sql } from "drizzle-orm";
import { latestSlot, previousSlot, type Slot, slotCloses, slotKey } from "../domain/follow-up.ts";
import { mergedAt, restedAt } from "./duplicate-sql.ts";
import type { Db, Statement } from "./store.ts";

/*
 * Observations and readings as they had been recorded by a moment. Nothing here looks at a column that changes later
 * without keeping when: an end counts from its recording, a placement and a reading by theirs, and whether somebody
 * owed a slot beyond the last planned one is read off the readings of before. Of somebody who was merged into another by
 * that moment nothing counts; once that is undone, the slots that closed meanwhile are nobody's to make good.
 */

/** So many slots back the last reading is looked for: forty days. */
export const SLOTS_BACK = 80;

/** When somebody's first abnormal reading was recorded: the response to it is owed from that very moment. */
export const illAt = (observation: string): SQL =>
  sql.raw(`(SELECT MIN(b.recorded_at) FROM obligation AS b
    WHERE b.id > 'response/' || ${observation}.id || '/' AND b.id < 'response/' || ${observation}.id || '/~')`);
/** Of observation AS o: not ill when registered, where they count already. */
export const wellAtFirst = sql`(SELECT symptomatic FROM person WHERE id = o.id) = 0`;

/** Counts of each unit's observations up to `until`; "today" begins after `from`. Seven rows an observation, some ninety more for each fever. */
export function observationsSql(
  within: (column: string) => SQL,
  until: number,
  from: number,
  zone: string,
): SQL {
  const open = sql`(o.ended_recorded_at IS NULL OR o.ended_recorded_at > ${until})`;
  const ended = (ending: string) => sql`(o.ended_recorded_at <= ${until} AND o.ending = ${ending})`;
  const observing = (more: SQL) => countIf(sql`${open} AND ${more}`);
  const countIf = (condition: SQL) => sumIf(sql`o.merged_now = 0 AND ${condition}`);
  const before = (condition: SQL) =>
    sumIf(sql`o.merged_then = 0 AND o.recorded_at <= ${from} AND ${condition}`);
  // What was found wrong or moved on at the door has a row too, ended as it was opened.
  const begun = sql`(o.ended_at IS NULL OR o.ended_at > o.opened_at)`;
  const contact = sql`(SELECT contact FROM person WHERE id = o.id) = 1`;
  return sql`
    SELECT o.unit_code AS "unitCode",
      ${countIf(open)} AS observing,
      ${observing(sql`o.now_kind = 'home'`)} AS home,
      ${observing(sql`o.now_kind = 'central'`)} AS central,
      ${observing(sql`o.now_kind = 'hospital'`)} AS hospital,
      ${observing(sql`o.returnee = 0`)} AS members,
      ${observing(sql`o.ill_at <= ${until} AND ${lastAbnormal(sql`o.id`, latestSlot(new Date(until), zone), until, zone)}`)} AS unwell,
      ${observing(contact)} AS contacts,
      ${observing(sql`o.now_kind = 'central' AND ${contact}`)} AS "contactsCentral",
      ${countIf(sql`o.ill_at <= ${until} AND ${wellAtFirst}`)} AS "fellIll",
      ${countIf(begun)} AS opened,
      ${countIf(begun)} - ${before(begun)} AS "openedToday",
      ${countIf(ended("released"))} AS released,
      ${countIf(ended("released"))} - ${before(sql`o.ended_recorded_at <= ${from} AND o.ending = 'released'`)} AS "releasedToday",
      ${countIf(ended("transferred"))} AS transferred,
      ${countIf(ended("closed"))} AS closed
    FROM (SELECT observation.*,
        COALESCE((SELECT kind FROM placement WHERE observation_id = observation.id AND recorded_at <= ${until}
          AND occurred_at <= ${until} ORDER BY occurred_at DESC, version DESC LIMIT 1), kind) AS now_kind,
        ${illAt("observation")} AS ill_at,
        observation.id IN (${mergedAt(until)}) AS merged_now, observation.id IN (${mergedAt(from)}) AS merged_then
      FROM observation WHERE ${within("observation.unit_code")} AND observation.recorded_at <= ${until}
      ${ONCE}) AS o
    GROUP BY o.unit_code`;
}

/** Keeps SQLite from writing what o's columns are made of into each place that names them, to look it up anew for each. */
const ONCE = sql.raw("LIMIT -1");

const sumIf = (condition: SQL) => sql`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;

/** Whether somebody's newest reading up to a slot had been abnormal by `until`. */
function lastAbnormal(person: SQL, newest: Slot, until: number, zone: string): SQL {
  const closes: number[] = [];
  for (let slot = newest; closes.length < SLOTS_BACK; slot = previousSlot(slot))
    closes.push(slotCloses(slot, zone).getTime());
  // Newest first: json_each keeps the order, so the first that is there is the one.
  return sql`1 = (SELECT r.abnormal FROM json_each(${JSON.stringify(closes)}) AS c
    CROSS JOIN reading AS r ON r.due_at = c.value AND r.observation_id = ${person}
    WHERE r.recorded_at <= ${until} ORDER BY c.key, r.version DESC LIMIT 1)`;
}

/**
 * One query a slot of the last two local days that had begun by `until`: who owed it and how it came. Punctual is judged
 * by the first version. Three rows for each observation and slot.
 */
export function slotStatements(
  db: Db,
  within: (column: string) => SQL,
  until: number,
  zone: string,
): Statement[] {
  return slotsOf(until, zone).map(({ slot, closes }) =>
    db.all(sql`
      SELECT s."unitCode", ${slotKey(slot)} AS slot, COUNT(*) AS owed,
        COALESCE(SUM(s.late = 0), 0) AS "onTime", COALESCE(SUM(s.late = 1), 0) AS late,
        ${closes <= until ? sql`SUM(s.late IS NULL)` : sql`0`} AS missed
      FROM (SELECT o.unit_code AS "unitCode", r.late AS late
        FROM observation AS o LEFT JOIN reading AS r ON r.due_at = ${closes} AND r.observation_id = o.id
          AND r.version = 1 AND r.recorded_at <= ${until}
        WHERE ${within("o.unit_code")} AND o.recorded_at <= ${until} AND o.first_due_at <= ${closes}
          AND o.id NOT IN (${mergedAt(until)})
          AND (r.late IS NOT NULL OR (o.id NOT IN (${restedAt(closes, until)}) AND
            (o.ended_recorded_at IS NULL OR o.ended_recorded_at > ${until} OR o.ended_at >= ${closes})
            AND CASE WHEN o.planned_due_at >= ${closes} THEN 1
              ELSE ${lastAbnormal(sql`o.id`, previousSlot(slot), Math.min(until, closes - 1), zone)} END))) AS s
      GROUP BY s."unitCode"`),
  );
}

/** The last four slots that had begun, newest first. */
function slotsOf(until: number, zone: string): { slot: Slot; closes: number }[] {
  const slots = [];
  for (let slot = latestSlot(new Date(until), zone); slots.length < 4; slot = previousSlot(slot))
    slots.push({ slot, closes: slotCloses(slot, zone).getTime() });
  return slots;
}
