import { addContact, type NewContact } from "../../src/db/contact.ts";
import { runBatch, type Store } from "../../src/db/store.ts";

/*
 * A county in a storm: towns and villages, each with somebody who hears by mail, every village with a grid worker too, and
 * more owed at one minute than a page of the sweep holds. All of it is made up.
 */
export type Tree = { towns: number; villages: number };
const COUNTY = "511781";
const townAt = (town: number) => `${COUNTY}${100 + town}`;
const villageAt = (village: number, towns: number) =>
  `${townAt(village % towns)}${String(1 + Math.floor(village / towns)).padStart(3, "0")}`;

/** Who is in the tree: every unit's code and kind. @param villages of the whole county */
export function codesOf({ towns, villages }: Tree): [code: string, kind: string][] {
  return [
    [COUNTY, "county"],
    ...Array.from({ length: towns }, (_, at): [string, string] => [townAt(at), "town"]),
    ...Array.from({ length: villages }, (_, at): [string, string] => [villageAt(at, towns), "village"]),
  ];
}

/** Enters the units and those who hear for them. @returns how many can be told */
export async function enterTree(store: Store, d1: D1Database, tree: Tree): Promise<number> {
  const units = codesOf(tree);
  await d1
    .prepare(
      `INSERT INTO unit (code, name, kind, parent, recorded_at)
      SELECT value ->> 0, '示例' || (value ->> 0), value ->> 1,
        CASE value ->> 1 WHEN 'county' THEN NULL WHEN 'town' THEN '${COUNTY}' ELSE substr(value ->> 0, 1, 9) END, 0
      FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`,
    )
    .bind(JSON.stringify(units))
    .run();
  const roles = (kind: string): NewContact["role"][] =>
    kind === "village" ? ["contact", "grid"] : ["contact"];
  const entries = units.flatMap(([unitCode, kind]) =>
    roles(kind).map((role) =>
      addContact(store, {
        id: `scale-${role}-${unitCode}`,
        unitCode,
        role,
        lang: "zh-Hans",
        name: "示例",
        email: `${role}-${unitCode}@sample.example`,
        recordedAt: new Date(0),
      }),
    ),
  );
  const statements = (await Promise.all(entries)).map(({ statement }) => statement);
  for (let from = 0; from < statements.length; from += 200)
    await runBatch(store.db, statements.slice(from, from + 200));
  return statements.length;
}

/**
 * Opens what is owed: a daily report of every village as far as the number goes, the rest readings of people all over the
 * county, all of them due at one moment.
 * @param options name: the reports' day; first: the number of the first case
 */
export async function oweAtOnce(
  d1: D1Database,
  tree: Tree,
  { name, count, due, first = 0 }: { name: string; count: number; due: Date; first?: number },
): Promise<void> {
  const villages = codesOf(tree).filter(([, kind]) => kind === "village");
  await d1
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?3)
      INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
      SELECT kind || '/' || subject || '/' || unit, kind, unit, subject, ?2 - 36000000, ?2, ?2, ?2 - 36000000
      FROM (SELECT CASE WHEN i < ?5 THEN 'daily-report' ELSE 'follow-up' END AS kind,
          -- Case numbers are not handed out village by village.
          CASE WHEN i < ?5 THEN ?4 ELSE printf('WY-%04d-%06d', i * 7919 % 9973, ?6 + i) END AS subject,
          v.value ->> 0 AS unit
        FROM n JOIN json_each(?1) AS v ON v.key = i % ?5)`,
    )
    .bind(JSON.stringify(villages), due.getTime(), count, name, villages.length, first)
    .run();
}
