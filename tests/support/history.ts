import { previousSlot, type Slot, slotCloses, slotKey } from "../../src/domain/follow-up.ts";
import { addDays, DAY, HOUR, localDate, momentOf } from "../../src/domain/time.ts";

/*
 * A county's sixty days for the figures: rows as registrations, verifications, rounds and reports leave them, spread over
 * the days and written by SQL. Readings are there for the last two days alone: no figure of another day is read off them.
 * What is sealed is left empty. All made up.
 */
export type History = {
  villages: string[];
  now: Date;
  zone: string;
  days: number;
  /** Household number `first` to `first + homes - 1`; of two and a half persons each. */
  homes: number;
  first?: number;
};

/** Households of one transaction: a second's work or so. */
const PIECE = 5_000;

/** Enters households, their observations and readings in pieces. @returns how many persons there are now */
export async function enterHistory(d1: D1Database, history: History): Promise<number> {
  const { homes, first = 0 } = history;
  for (let from = 0; from < homes; from += PIECE)
    await enterPiece(d1, { ...history, first: first + from, homes: Math.min(PIECE, homes - from) });
  const row = await d1.prepare("SELECT count(*) AS n FROM person").first<{ n: number }>();
  return row?.n ?? 0;
}

/** What every village owed each day, and gave: one in twenty is late, one in fifty silent. */
export async function enterReports(d1: D1Database, { villages, now, zone, days }: History): Promise<void> {
  for (let back = 0; back < days; back++) {
    const date = addDays(localDate(now, zone), -back);
    const due = momentOf(date, "16:00", zone).getTime();
    const rows = `SELECT v.value AS unit, v.key AS i FROM json_each(?1) AS v`;
    await d1
      .prepare(
        `INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
        SELECT 'daily-report/${date}/' || unit, 'daily-report', unit, '${date}', ${due - DAY}, ${due}, NULL, ${due - DAY}
        FROM (${rows})`,
      )
      .bind(JSON.stringify(villages))
      .run();
    await d1
      .prepare(
        `INSERT INTO report (form, date, unit_code, version, submission_id, zero, counts, known, recorded_at)
        SELECT 'daily-report', '${date}', unit, 1, '', 1, '{}', '{}', given FROM (SELECT unit, i,
          ${due} + CASE WHEN i % 20 = ${back % 20} THEN 1 ELSE -1 END * 3600000 AS given FROM (${rows}))
        WHERE i % 50 <> ${back % 50} AND given <= ${now.getTime()}`,
      )
      .bind(JSON.stringify(villages))
      .run();
  }
}

async function enterPiece(d1: D1Database, history: History): Promise<void> {
  const { villages, now, zone, days, homes, first = 0 } = history;
  const at = now.getTime();
  // 7919 has no factor in common with 10^8: every number comes once, and not village by village.
  const number = "printf('WY-%04d-%04d', i * 7919 / 10000 % 10000, i * 7919 % 10000)";
  // Spread over all days, and over the minutes of each; the last ones just before now.
  const came = `${at} - ${10 * 60_000} - (i * 104729 % ${days * 24 * 60}) * 60000`;
  const homesOf = `SELECT i, ${number} AS id, v.value AS unit, 1 + i % 4 AS persons, i / 7 % 10 AS lot, ${came} AS came
    FROM (WITH RECURSIVE n(i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${first + homes})
      SELECT i FROM n) JOIN json_each(?1) AS v ON v.key = i % json_array_length(?1)`;
  const people = `SELECT h.*, k.value AS place, h.id || '-' || k.value AS person, h.i * 5 + k.value AS p
    FROM (${homesOf}) AS h JOIN json_each('[1,2,3,4]') AS k ON k.value <= h.persons`;
  // Nine of ten are verified, most within two hours; then they are observed for fourteen days.
  const verified = `came + CASE WHEN lot = 1 THEN 3 ELSE 1 END * ${HOUR}`;
  const observed = `SELECT *, seen + ${14 * DAY} AS over FROM (SELECT *, ${verified} AS seen FROM (${people}) WHERE lot > 0)
    WHERE seen <= ${at}`;
  const statements = [
    `INSERT INTO household (id, submission_id, unit_code, filled_by, source, origin, transit_wuhan, arrived_at, persons,
      sealed, recorded_at, verify_due_at, verified_at, verified_recorded_at)
    SELECT id, '', unit, 'self', CASE lot WHEN 3 THEN 'letter' ELSE 'self_report' END, 'wuhan', lot = 5, came - ${DAY},
      persons, '', came, came + ${2 * HOUR}, seen, seen
    FROM (SELECT *, CASE WHEN lot > 0 AND ${verified} <= ${at} THEN ${verified} END AS seen FROM (${homesOf}))`,
    `INSERT INTO person (id, household_id, unit_code, origin, returnee, area, contact, symptoms, temperature,
      symptomatic, sealed, recorded_at)
    SELECT person, id, unit, CASE p % 3 WHEN 0 THEN 'wuhan' WHEN 1 THEN 'hubei' ELSE 'other_province' END, place = 1,
      p % 3 = 0, p % 40 = 7, p % 50 = 3, CASE WHEN p % 2 THEN 365 END, p % 50 = 3, '', came FROM (${people})`,
    `INSERT INTO observation (id, household_id, unit_code, returnee, kind, day0, day0_rule, day0_evidence, until_date,
      first_slot, last_slot, first_due_at, planned_due_at, last_due_at, opened_at, recorded_at, ended_at,
      ended_recorded_at, ending, sealed)
    SELECT person, id, unit, place = 1, CASE p % 30 WHEN 0 THEN 'central' ELSE 'home' END, '', 'start', 'own_word', '',
      '', '', seen, over, over, seen, seen, CASE WHEN over <= ${at} THEN over END, CASE WHEN over <= ${at} THEN over END,
      CASE WHEN over <= ${at} THEN 'released' END, '' FROM (${observed})`,
    ...lastSlots(now, zone).map(
      ({ slot, closes }) => `
    INSERT INTO reading (due_at, observation_id, version, slot, temperature, symptoms, needs_help, abnormal, late, door,
      submission_id, taken_at, recorded_at)
    SELECT ${closes}, person, 1, '${slot}', 365 + p % 7, 0, 0, 0, p % 10 = 8, 'unit', '', ${closes} - 600000,
      min(${at}, ${closes} + CASE WHEN p % 10 = 8 THEN 600000 ELSE -600000 END)
    FROM (${observed}) WHERE p % 10 < 9 AND over > ${closes} AND seen <= ${closes} AND ${closes} <= ${at}`,
    ),
    `INSERT INTO tip (id, code_hash, unit_code, category, sealed, recorded_at, verify_due_at, verified_at, verified_recorded_at)
    SELECT 'T-' || id, id, unit, 'other', '', came, came + ${2 * HOUR}, seen, seen
    FROM (SELECT *, CASE WHEN lot > 0 AND ${verified} <= ${at} THEN ${verified} END AS seen FROM (${homesOf})
      WHERE i % 50 = 0)`,
  ];
  await d1.batch(statements.map((statement) => d1.prepare(statement).bind(JSON.stringify(villages))));
}

/** The slots of the last two days that have closed. */
function lastSlots(now: Date, zone: string): { slot: string; closes: number }[] {
  let slot: Slot = { date: addDays(localDate(now, zone), 1), part: "morning" };
  return Array.from({ length: 6 }, () => {
    slot = previousSlot(slot);
    return { slot: slotKey(slot), closes: slotCloses(slot, zone).getTime() };
  }).filter(({ closes }) => closes <= now.getTime());
}
