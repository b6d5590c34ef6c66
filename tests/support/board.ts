import type { TestCounty } from "./worker.ts";

/*
 * A county in which everything is owed at once, by the thousand: what its board must show without reading it all. All of
 * it is made up.
 */
export const TREE = { towns: 50, villages: 400 };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `many` overdue of every kind and as many under observation, a tenth with a missed reading that sweeps told of. */
export async function oweEverything(d1: D1Database, many: number, now: Date): Promise<void> {
  const at = now.getTime();
  const today = new Date(at + 8 * HOUR).toISOString().slice(0, 10);
  const noon = Date.parse(`${today}T12:00:00+08:00`);
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${many})`;
  // The village of a number, spread over all of them.
  const unit = `(511781100 + (i % ${TREE.towns})) || printf('%03d', 1 + i % ${TREE.villages} / ${TREE.towns})`;
  const kinds: [kind: string, subject: string, dueAt: string][] = [
    ["registration", "printf('WY-%04d-%06d', i % 9973, i)", `${at} - (i % 5000) * ${MINUTE} + ${HOUR}`],
    ["tip", "printf('T-%04d-%06d', i % 9973, i)", `${at} - (i % 5000) * ${MINUTE} + ${HOUR}`],
    [
      "response",
      "printf('WY-%04d-%06d-1/2026-01-25/morning', i % 9973, i)",
      `${at} - (i % 700) * ${MINUTE} + ${HOUR}`,
    ],
    ["cluster", `${unit} || '/2026-01-25/' || i`, `${at} - i * 1000`],
    ["listed", "printf('PC-%04d-%04d/%d', i % 9973, i % 97, i)", `${at} - (i % 5000) * ${MINUTE} + ${HOUR}`],
    ["letter", "printf('XH-%04d-%06d', i % 9973, i)", `${at} - (i % 5000) * ${MINUTE} + ${HOUR}`],
    ["reply", "printf('XH-%04d-%06d/1', i % 9973, i)", `${at} - (i % 5000) * ${MINUTE} + ${HOUR}`],
    ["ticket", "printf('DB-%04d-%06d', i % 9973, i)", `${at} - i * 1000`],
    ["release", "printf('WY-%04d-%06d-1', i % 9973, i)", `${at} + (i % 400 - 40) * ${HOUR}`],
    ["care-role", "printf('WY-%04d-%06d/doctor', i % 9973, i)", `${at} - (i % 5000) * ${MINUTE}`],
    ["roster", `${unit} || '/2026-01-25T' || i`, `${at} - (i % 3000) * ${MINUTE}`],
    [
      "follow-up",
      "printf('WY-%04d-%06d-1', i % 9973, i)",
      `CASE i % 10 WHEN 0 THEN ${noon} ELSE ${noon + 11 * HOUR} END`,
    ],
  ];
  const run = (sql: string) => d1.prepare(sql).run();
  for (const [kind, subject, dueAt] of kinds)
    await run(`${numbers}
      INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, step, version, next_due_at, recorded_at)
      SELECT '${kind}/' || ${subject}, '${kind}', ${unit}, ${subject}, ${at - DAY}, ${dueAt}, 2, 2, ${noon + 11 * HOUR},
        ${at - DAY} FROM n`);
  await run(`${numbers}
    INSERT INTO observation (id, household_id, unit_code, returnee, kind, day0, day0_rule, day0_evidence, until_date,
      first_slot, last_slot, first_due_at, planned_due_at, last_due_at, opened_at, recorded_at, sealed)
    SELECT printf('WY-%04d-%06d-1', i % 9973, i), printf('WY-%04d-%06d', i % 9973, i), ${unit}, 1, 'home', '2026-01-24',
      'start', 'own_word', '2026-02-07', '2026-01-24/evening', '2026-02-07/evening', 0, ${at + 14 * DAY},
      ${at + 14 * DAY}, 0, 0, '' FROM n`);
  // Every step of every kind was told of; missed readings at noon, one and three hours later.
  await run(`INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, told, due_at, owed_at, recorded_at)
    SELECT o.id, v.column1, 'sweep', 'overdue', v.column1, '[["' || o.unit_code || '","overdue",1,0]]', o.due_at, o.due_at,
      CASE o.kind WHEN 'follow-up' THEN ${noon} + v.column1 * ${HOUR} ELSE o.due_at + v.column1 * ${HOUR} END
    FROM obligation AS o CROSS JOIN (VALUES (0), (1), (3)) AS v WHERE o.kind <> 'follow-up' OR o.due_at = ${noon}`);
  await run(`INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
    SELECT 'daily-report/' || d.value || '/' || u.code, 'daily-report', u.code, d.value, 0,
      unixepoch(d.value || 'T16:00:00+08:00') * 1000, NULL, 0
    FROM json_each('${JSON.stringify([today, ...Array.from({ length: 30 }, (_, back) => new Date(at - (back + 1) * DAY).toISOString().slice(0, 10))])}') AS d
      CROSS JOIN unit AS u WHERE u.kind IN ('town', 'village')`);
  await run(`${numbers}
    INSERT INTO outbox (id, kind, contact_id, unit_code, sweep_id, tells, state, ready_at, recorded_at)
    SELECT 'digest/s/' || i, 'digest', 'c' || i, ${unit}, 's', '[]', CASE i % 2 WHEN 0 THEN 'failed' ELSE 'unknown' END, 0,
      ${at} - i * 1000 FROM n`);
  await run(`${numbers}
    INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, recorded_at)
    SELECT 'registration/' || printf('WY-%04d-%06d', i % 9973, i), 'digest/s/' || (i / 20), 'overdue', 1, 'c', 0 FROM n`);
  await run(`UPDATE contact SET unreachable_at = ${at - HOUR}, unreachable_why = 'bounced'`);
}

/** A grid of a village, by its code. */
export async function enterGrid({ deps }: TestCounty, code: string): Promise<void> {
  await deps.d1
    .prepare(
      "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?1, '示例网格' || ?1, 'grid', ?2, 0)",
    )
    .bind(code, code.slice(0, 12))
    .run();
}
