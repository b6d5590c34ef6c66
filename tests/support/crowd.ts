import { slotsLookedAt } from "../../src/domain/line-list.ts";
import { addDays, DAY, HOUR, localDate } from "../../src/domain/time.ts";

/*
 * A county full of people for the line list: rows as registrations, verifications and rounds leave them, written by SQL.
 * What is sealed is left empty, as of people whose data was sealed off: reading rows costs the same. All made up.
 */
export type Crowd = {
  villages: string[];
  now: Date;
  zone: string;
  /** Household number `first` to `first + homes - 1`. */
  homes: number;
  first?: number;
  /** How many persons a household has; left out, one to four come round. */
  each?: number;
  /** Of ten households so many wait to be verified, and so many are released. */
  waiting?: number;
  released?: number;
  /** Of ten under observation so many were measured in the slot that began last. */
  measured?: number;
};

/** Enters households in pieces of 20,000. @returns how many persons there are now */
export async function enterCrowd(d1: D1Database, crowd: Crowd): Promise<number> {
  const { homes, first = 0 } = crowd;
  for (let from = 0; from < homes; from += 20_000)
    await enterPiece(d1, { ...crowd, first: first + from, homes: Math.min(20_000, homes - from) });
  const row = await d1.prepare("SELECT count(*) AS n FROM person").first<{ n: number }>();
  return row?.n ?? 0;
}

async function enterPiece(d1: D1Database, crowd: Crowd): Promise<void> {
  const { villages, now, zone, homes, first = 0, each, waiting = 1, released = 2, measured = 7 } = crowd;
  const at = now.getTime();
  const { last } = slotsLookedAt(now, zone);
  const day0 = (n: number) => addDays(localDate(now, zone), -n);
  // 7919 has no factor in common with 10^8: every number comes once, and not village by village.
  const number = "printf('WY-%04d-%04d', i * 7919 / 10000 % 10000, i * 7919 % 10000)";
  const homesOf = `SELECT i, ${number} AS id, v.value AS unit, ${each ?? "1 + i % 4"} AS persons,
    i / 7 % 10 AS lot FROM (WITH RECURSIVE n(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n
      WHERE i + 1 < ${first + homes}) SELECT i FROM n) JOIN json_each(?1) AS v ON v.key = i % json_array_length(?1)`;
  const people = `SELECT h.*, k.value AS place, h.id || '-' || k.value AS person, h.i * 5 + k.value AS p
    FROM (${homesOf}) AS h JOIN json_each('[1,2,3,4,5,6,7,8,9,10]') AS k ON k.value <= h.persons`;
  const seen = `FROM (${people}) WHERE lot >= ${waiting}`;
  const open = `${seen} AND lot < ${10 - released}`;
  const days = "(p % 18)";
  const statements = [
    `INSERT INTO household (id, submission_id, unit_code, filled_by, source, origin, transit_wuhan, arrived_at, persons,
      sealed, recorded_at, verify_due_at, verified_at)
    SELECT id, '', unit, 'self', 'self_report', 'wuhan', 0, ${at} - i % 20 * ${DAY}, persons, '',
      ${at} - i % 1000 * 60000, ${at} + (i % 5 - 2) * ${HOUR}, CASE WHEN lot >= ${waiting} THEN ${at} END FROM (${homesOf})`,
    `INSERT INTO person (id, household_id, unit_code, origin, returnee, area, contact, symptoms, temperature,
      symptomatic, sealed, recorded_at)
    SELECT person, id, unit, 'wuhan', 1, p % 3 = 0, p % 40 = 7, p % 50 = 3, NULL, p % 50 = 3, '',
      ${at} - i % 1000 * 60000 FROM (${people})`,
    `INSERT INTO observation (id, household_id, unit_code, returnee, kind, day0, day0_rule, day0_evidence, until_date,
      first_slot, last_slot, first_due_at, planned_due_at, last_due_at, held_at, opened_at, recorded_at, ended_at,
      ended_recorded_at, ending, sealed)
    SELECT person, id, unit, 1, 'home', date('${day0(0)}', '-' || ${days} || ' days'), 'start', 'own_word',
      date('${day0(0)}', (14 - ${days}) || ' days'), '${day0(0)}/morning', '${day0(0)}/evening', ${at} - 20 * ${DAY},
      ${at} + ${DAY}, CASE WHEN p % 60 = 7 THEN NULL ELSE ${at} + ${DAY} END,
      CASE WHEN p % 60 = 7 THEN ${at} END, ${at} - 20 * ${DAY}, ${at} - i % 1000 * 60000,
      CASE WHEN lot >= ${10 - released} THEN ${at} END, CASE WHEN lot >= ${10 - released} THEN ${at} END,
      CASE WHEN lot >= ${10 - released} THEN 'released' END, '' ${seen}`,
    `INSERT INTO reading (due_at, observation_id, version, slot, temperature, symptoms, needs_help, abnormal, late, door,
      submission_id, taken_at, recorded_at)
    SELECT ${last.getTime()}, person, 1, '', 365 + p % 7, 0, 0, 0, 0, 'unit', '', ${at}, ${at} ${open} AND p % 10 < ${measured}`,
    `INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
    SELECT 'registration/' || id, 'registration', unit, id, ${at} - 7200000, ${at} + (i % 5 - 2) * ${HOUR}, NULL, ${at}
    FROM (${homesOf}) WHERE lot < ${waiting}`,
    `INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
    SELECT 'response/' || person || '/2026-01-25/morning', 'response', unit, person || '/2026-01-25/morning',
      ${at} - 7200000, ${at} - 60000 * (p % 500), NULL, ${at} ${open} AND p % 60 = 7`,
  ];
  for (const statement of statements) await d1.prepare(statement).bind(JSON.stringify(villages)).run();
}
