import { type SQL, sql } from "drizzle-orm";
import { type AddedKind, nextCode } from "../domain/unit-desk.ts";
import { recordActIf } from "./audit.ts";
import { type Acted, changes, line } from "./desk-act.ts";
import { isMergedId } from "./duplicate-sql.ts";
import { refusal } from "./fault.ts";
import { REPORT_FORM } from "./report.ts";
import { type Db, runBatch } from "./store.ts";

/*
 * Units that officials add, rename and close. A closed unit stays where it was: what happened there stays readable.
 */
/** So often a code that somebody else drew meanwhile is drawn anew. */
const DRAWS = 5;

/**
 * Adds a unit under the next free code of its kind. "full" when there is none, "closed" when its parent is, "again" for
 * a form sent twice (`auditId` is the form's own).
 */
export async function addUnit(
  db: Db,
  { parent, kind, name }: { parent: string; kind: AddedKind; name: string },
  acted: Acted,
): Promise<{ code: string } | "full" | "closed" | "again"> {
  for (let draw = 1; ; draw++) {
    const taken = await db.all<{ code: string }>(
      sql`SELECT code FROM unit WHERE parent = ${parent} AND kind = ${kind} ORDER BY code DESC LIMIT 200`,
    );
    const code = nextCode(
      parent,
      kind,
      taken.map((row) => row.code),
    );
    if (!code) return "full";
    try {
      const results = await runBatch(db, [
        db.run(sql`
          INSERT INTO unit (code, name, kind, parent, recorded_at)
          SELECT ${code}, ${name}, ${kind}, ${parent}, ${acted.now.getTime()}
          WHERE EXISTS (SELECT 1 FROM unit WHERE code = ${parent} AND closed_at IS NULL)`),
        recordActIf(db, line(acted, "add-unit", code, code), sql`SELECT 1 FROM unit WHERE code = ${code}`),
      ]);
      return changes(results[0]) > 0 ? { code } : "closed";
    } catch (error) {
      const refused = refusal(error);
      const taken = typeof refused === "object" ? refused.taken : undefined;
      if (taken === "audit") return "again";
      if (taken !== "unit" || draw === DRAWS) throw error;
    }
  }
}

/** Gives a unit another name. False when its name is no more the one that the official saw. @param sealed both names */
export async function renameUnit(
  db: Db,
  { code, from, to }: { code: string; from: string; to: string },
  { sealed, ...acted }: Acted & { sealed: string },
): Promise<boolean> {
  const standing = sql`code = ${code} AND name = ${from} AND closed_at IS NULL`;
  const results = await runBatch(db, [
    recordActIf(
      db,
      { ...line(acted, "rename-unit", code, code), sealed },
      sql`SELECT 1 FROM unit WHERE ${standing}`,
    ),
    db.run(sql`UPDATE unit SET name = ${to} WHERE ${standing}`),
  ]);
  return changes(results[1]) > 0;
}

/**
 * Matters of a unit that keep it open: whatever somebody must still settle, but for its own reports and roster; also what the unit
 * above has yet to decide of its records. Steps from one form that has records to the next.
 */
const matters = (code: string): SQL => sql`
  SELECT 1 FROM obligation INDEXED BY obligation_open_by_unit WHERE unit_code = ${code} AND met_at IS NULL
    AND excused_at IS NULL AND kind <> 'follow-up' AND kind NOT IN ('daily-report', 'count', 'roster', 'retention')
  UNION ALL SELECT 1 FROM observation INDEXED BY observation_open WHERE unit_code = ${code} AND ended_at IS NULL
    AND NOT ${isMergedId("observation.id")}
  UNION ALL SELECT 1 FROM (WITH RECURSIVE f (form) AS (SELECT MIN(form) FROM record UNION ALL
      SELECT (SELECT MIN(n.form) FROM record AS n WHERE n.form > f.form) FROM f WHERE f.form IS NOT NULL)
    SELECT form FROM f WHERE form IS NOT NULL) AS f CROSS JOIN record AS r INDEXED BY record_open
    ON r.form = f.form AND r.unit_code = ${code} AND r.ended_at IS NULL AND r.owed_id LIKE 'decision/%'`;
const below = (code: string): SQL => sql`SELECT 1 FROM unit WHERE parent = ${code} AND closed_at IS NULL`;

/** What keeps a unit open: units below it and open matters, each counted up to a hundred. */
export async function closingHeldBy(db: Db, code: string): Promise<{ units: number; matters: number }> {
  const [row] = await db.all<{ units: number; matters: number }>(sql`
    SELECT (SELECT count(*) FROM (${below(code)} LIMIT 100)) AS units,
      (SELECT count(*) FROM (SELECT * FROM (${matters(code)}) LIMIT 100)) AS matters`);
  return row ?? { units: 0, matters: 0 };
}

/**
 * Closes a unit: from now on it owes no daily report and no counts (those that are not due yet are excused), its links and posters
 * open nothing. What is overdue stays owed. False when units or matters stand open there, or somebody was first.
 */
export async function closeUnit(db: Db, code: string, acted: Acted): Promise<boolean> {
  const at = acted.now.getTime();
  const won = sql`EXISTS (SELECT 1 FROM audit WHERE id = ${acted.auditId})`;
  const standing = sql`code = ${code} AND closed_at IS NULL AND NOT EXISTS (${below(code)})
    AND NOT EXISTS (${matters(code)})`;
  const results = await runBatch(db, [
    recordActIf(db, line(acted, "close-unit", code, code), sql`SELECT 1 FROM unit WHERE ${standing}`),
    db.run(sql`UPDATE unit SET closed_at = ${at} WHERE code = ${code} AND closed_at IS NULL AND ${won}`),
    db.run(sql`
      UPDATE obligation SET excused_at = ${at}, next_due_at = NULL
      WHERE unit_code = ${code} AND met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up'
        AND (kind = 'roster' OR (kind IN (${REPORT_FORM}, 'count') AND due_at > ${at})) AND ${won}`),
    db.run(sql`
      UPDATE link SET revoked_at = ${at} WHERE unit_code = ${code} AND purpose IN ('unit', 'poster')
        AND nonce IS NOT NULL AND revoked_at IS NULL AND ${won}`),
    db.run(sql`
      UPDATE posting_point SET removed_at = ${at} WHERE unit_code = ${code} AND removed_at IS NULL AND ${won}`),
    db.run(sql`
      UPDATE shift SET removed_at = ${at} WHERE unit_code = ${code} AND removed_at IS NULL AND ends_at > ${at}
        AND ${won}`),
  ]);
  return changes(results[1]) > 0;
}
