import { type SQL, sql } from "drizzle-orm";
import type { Finding } from "../domain/duplicate.ts";
import { closesBetween } from "../domain/follow-up.ts";
import { HOUR } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import { recordActIf } from "./audit.ts";
import { type Acted, changes, line } from "./desk-act.ts";
import { enterCandidates } from "./duplicate-find.ts";
import { rollOn } from "./reading-sql.ts";
import { duplicateFinding } from "./schema.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";

/*
 * What officials find about two persons, and undo. The line of the history is written first, only where everything is
 * still as it must be; the rest of the batch goes by it: of two officials at once the database lets one.
 */
/** Two persons' ids, and the units they registered with. `person` counts as a duplicate of `other` where they are the same. */
export type Pair = { person: string; other: string; unitCode: string; otherUnitCode: string };
/** Both ends hear of it: a line each, whose other is named beside it. */
type Deciding = Acted & { otherAuditId: string };

/** Lets `person` count as a duplicate of `other` from now on. False where that cannot be, or no longer. */
export async function saveMerge(store: Store, pair: Pair, acted: Deciding, reason: string): Promise<boolean> {
  const { db } = store;
  const { person, other } = pair;
  const now = acted.now.getTime();
  const open = (id: string) => sql`EXISTS (SELECT 1 FROM observation WHERE id = ${id} AND ended_at IS NULL)`;
  return decide(store, pair, acted, {
    ...{ finding: "same", act: "merge-person", reason },
    holds: sql`SELECT 1 FROM person AS b WHERE b.id = ${other} AND ${both(pair)} AND ${nothingHolds(pair)}
      AND NOT EXISTS (SELECT 1 FROM duplicate_finding WHERE person_id IN (${person}, ${other}) AND ${SAME})
      AND NOT EXISTS (SELECT 1 FROM duplicate_finding WHERE other_id = ${person} AND ${SAME})
      AND (b.duplicate_of IS NULL OR EXISTS (SELECT 1 FROM duplicate_finding WHERE person_id = b.id
        AND other_id = b.duplicate_of AND finding = 'distinct' AND undone_at IS NULL))
      -- Whoever is under observation must not drop out of it.
      AND (NOT ${open(person)} OR ${open(other)})`,
    also: (happened) => [
      db.run(sql`
        UPDATE obligation SET excused_at = ${now}, next_due_at = NULL, version = version + 1
        WHERE id IN (${`follow-up/${person}`}, ${`release/${person}`}) AND met_at IS NULL AND excused_at IS NULL
          AND ${happened}`),
    ],
  });
}

/** Remembers that two are not one; somebody flagged for the other's document counts as a person from now on. False where something holds about them already. */
export const saveDistinct = (store: Store, pair: Pair, acted: Deciding, reason: string): Promise<boolean> =>
  decide(store, pair, acted, {
    ...{ finding: "distinct", act: "distinct-person", reason },
    holds: sql`SELECT 1 WHERE ${both(pair)} AND ${nothingHolds(pair)}
      AND NOT EXISTS (SELECT 1 FROM duplicate_finding WHERE person_id IN (${pair.person}, ${pair.other}) AND ${SAME})`,
    also: () => [],
  });

const SAME = sql.raw("finding = 'same' AND undone_at IS NULL");
const both = ({ person, other }: Pair): SQL =>
  sql`(SELECT count(*) FROM person WHERE id IN (${person}, ${other})) = 2`;
const ofPair = ({ person, other }: Pick<Pair, "person" | "other">): SQL =>
  sql`((person_id = ${person} AND other_id = ${other}) OR (person_id = ${other} AND other_id = ${person}))`;
const nothingHolds = (pair: Pair): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM duplicate_finding WHERE ${ofPair(pair)} AND undone_at IS NULL)`;

async function decide(
  { db, privacy }: Store,
  pair: Pair,
  acted: Deciding,
  what: {
    finding: Finding;
    act: string;
    reason: string;
    holds: SQL;
    also: (happened: SQL) => Statement[];
  },
): Promise<boolean> {
  const { person, other, unitCode, otherUnitCode } = pair;
  const { actor, auditId, otherAuditId, now } = acted;
  const at = now.getTime();
  const { finding, act, reason } = what;
  const happened = sql`EXISTS (SELECT 1 FROM audit WHERE id = ${auditId})`;
  const sealed = reason ? await privacy.seal({ reason }, `${person}/${other}`, "duplicate_finding") : null;
  const results = await runBatch(db, [
    recordActIf(db, line(acted, act, person, unitCode, other), what.holds),
    db.run(sql`
      INSERT INTO duplicate_finding (person_id, other_id, version, finding, unit_code, by, sealed, recorded_at)
      SELECT ${person}, ${other}, (SELECT COALESCE(MAX(version), 0) + 1 FROM duplicate_finding
        WHERE person_id = ${person} AND other_id = ${other}), ${finding}, ${unitCode}, ${actor}, ${sealed}, ${at}
      WHERE ${happened}`),
    recordActIf(
      db,
      line(
        { actor, now, auditId: otherAuditId },
        finding === "same" ? "keep-person" : act,
        other,
        otherUnitCode,
        person,
      ),
      sql`SELECT 1 WHERE ${happened}`,
    ),
    // One whom nobody pointed at is on the list of what is settled too.
    enterCandidates(db, [{ person, other, why: "hand" }], {
      now,
      condition: sql`${happened} AND NOT EXISTS (SELECT 1 FROM duplicate_candidate WHERE ${ofPair(pair)})`,
    }),
    db.run(sql`
      UPDATE duplicate_candidate SET settled_at = ${at} WHERE settled_at IS NULL AND ${happened} AND ${alike(pair)}`),
    ...what.also(happened),
  ]);
  return changes(results[0]) > 0;
}

/** Candidates that say the same of the two: themselves, and whoever was merged into either. */
function alike({ person, other }: Pick<Pair, "person" | "other">): SQL {
  const as = (id: string) =>
    sql`(SELECT ${id} UNION ALL SELECT person_id FROM duplicate_finding WHERE other_id = ${id} AND ${SAME})`;
  return sql`((person_id IN ${as(person)} AND other_id IN ${as(other)})
    OR (person_id IN ${as(other)} AND other_id IN ${as(person)}))`;
}

/**
 * Undoes what holds about two persons: who was merged counts again, his follow-up goes on with the next slot and his
 * release from its date. False where it was undone already, or where somebody is merged into one who would count as a
 * duplicate by it.
 */
export async function undoFinding(
  { db }: Pick<Store, "db">,
  held: Pair & { finding: Finding; version: number; recordedAt: Date },
  acted: Deciding,
  settings: Settings,
): Promise<boolean> {
  const { person, other, unitCode, otherUnitCode, finding, version, recordedAt } = held;
  const { actor, auditId, otherAuditId, now } = acted;
  const at = now.getTime();
  const happened = sql`EXISTS (SELECT 1 FROM audit WHERE id = ${auditId})`;
  const which = sql`person_id = ${person} AND other_id = ${other} AND version = ${version} AND undone_at IS NULL`;
  const freed = sql`NOT EXISTS (SELECT 1 FROM person WHERE id = ${person} AND duplicate_of = ${other})
    OR NOT EXISTS (SELECT 1 FROM duplicate_finding WHERE other_id = ${person} AND ${SAME})`;
  const results = await runBatch(db, [
    recordActIf(
      db,
      line(acted, `undo-finding/${finding}`, person, unitCode, other),
      sql`SELECT 1 FROM duplicate_finding WHERE ${which} AND (finding = 'same' OR ${freed})`,
    ),
    db.update(duplicateFinding).set({ undoneAt: now, undoneBy: actor }).where(sql`${which} AND ${happened}`),
    recordActIf(
      db,
      line({ actor, now, auditId: otherAuditId }, `undo-finding/${finding}`, other, otherUnitCode, person),
      sql`SELECT 1 WHERE ${happened}`,
    ),
    // What this very finding settled is open again.
    db.run(sql`
      UPDATE duplicate_candidate SET settled_at = NULL
      WHERE settled_at = ${recordedAt.getTime()} AND ${happened} AND ${alike(held)}`),
    ...(finding === "same" ? resume(db, sql`SELECT ${person} WHERE ${happened}`, at, settings) : []),
  ]);
  return changes(results[0]) > 0;
}

/** What those owed who were merged, where the observation goes on: from the next slot, and from the release's date. */
function resume(db: Db, who: SQL, now: number, settings: Settings): Statement[] {
  const at = new Date(now);
  const owed = (kind: "follow-up" | "release") => sql`id IN (SELECT ${`${kind}/`} || o.id
      FROM observation AS o CROSS JOIN household AS h ON h.id = o.household_id
      WHERE o.id IN (${who}) AND o.ended_at IS NULL AND h.sealed_off_at IS NULL)
    AND excused_at IS NOT NULL AND met_at IS NULL`;
  const held = sql`(SELECT last_due_at IS NULL FROM observation WHERE id = obligation.subject_id)`;
  return [
    db.run(sql`
      UPDATE obligation SET excused_at = NULL, version = version + 1, step = 0,
        ${rollOn(closesBetween(at, at, settings.TIME_ZONE), `${now}`)}
      WHERE ${owed("follow-up")}`),
    // The release's date may have come meanwhile: then it is owed anew. Somebody held by a fever waits.
    db.run(sql`
      UPDATE obligation SET excused_at = NULL, version = version + 1, step = 0, held_for = 0, ack_until = NULL,
        due_at = CASE WHEN opened_at > ${now} THEN due_at ELSE ${now + settings.RELEASE_HOURS * HOUR} END,
        next_due_at = CASE WHEN ${held} THEN NULL ELSE max(opened_at, ${now}) END, opened_at = max(opened_at, ${now})
      WHERE ${owed("release")}`),
    // Observed again, the household is not over: it comes on the list anew.
    db.run(sql`
      DELETE FROM retention WHERE sealed_off_at IS NULL
        AND subject_id IN (SELECT 'household/' || household_id FROM observation WHERE id IN (${who}) AND ended_at IS NULL)`),
  ];
}

/**
 * What a household's verification means for merges of its persons, to stand behind what it opens. Somebody found at home
 * who was merged into one whose observation has ended, at the door or before, would be followed up by nobody: that merge is
 * undone. Who stays merged owes nothing.
 */
export function settleMerged(
  db: Db,
  householdId: string,
  { at: moment, actor, auditId, settings }: { at: Date; actor: string; auditId: string; settings: Settings },
  won: SQL,
): Statement[] {
  const at = moment.getTime();
  const own = (column: string) =>
    sql`${sql.raw(column)} > ${`${householdId}-`} AND ${sql.raw(column)} < ${`${householdId}-~`}`;
  const undone = sql`FROM duplicate_finding AS f WHERE f.finding = 'same' AND f.undone_at = ${at}
    AND f.undone_by = ${actor} AND ((${own("f.person_id")}) OR (${own("f.other_id")})) AND ${won}`;
  return [
    db.run(sql`
      UPDATE duplicate_finding SET undone_at = ${at}, undone_by = ${actor}
      WHERE ${SAME} AND ((${own("person_id")}) OR (${own("other_id")})) AND ${won}
        AND EXISTS (SELECT 1 FROM observation WHERE id = person_id AND ended_at IS NULL)
        AND EXISTS (SELECT 1 FROM observation WHERE id = other_id AND ended_at IS NOT NULL)`),
    db.run(sql`
      INSERT INTO audit (id, actor, act, subject_id, unit_code, detail, recorded_at)
      SELECT ${`${auditId}/`} || p.id, ${actor}, 'undo-finding/same', p.id, p.unit_code,
        CASE WHEN p.id = f.person_id THEN f.other_id ELSE f.person_id END, ${at}
      FROM (SELECT f.person_id, f.other_id ${undone}) AS f CROSS JOIN person AS p ON p.id IN (f.person_id, f.other_id)
      WHERE true ON CONFLICT DO NOTHING`),
    db.run(sql`
      UPDATE duplicate_candidate SET settled_at = NULL
      WHERE (person_id, other_id, settled_at) IN (SELECT f.person_id, f.other_id, f.recorded_at ${undone}
        UNION ALL SELECT f.other_id, f.person_id, f.recorded_at ${undone})`),
    ...resume(db, sql`SELECT f.person_id ${undone}`, at, settings),
    db.run(sql`
      UPDATE obligation SET excused_at = ${at}, next_due_at = NULL, version = version + 1
      WHERE id IN (SELECT k.column1 || f.person_id FROM duplicate_finding AS f
          CROSS JOIN (VALUES ('follow-up/'), ('release/')) AS k
        WHERE ${own("f.person_id")} AND f.finding = 'same' AND f.undone_at IS NULL)
        AND met_at IS NULL AND excused_at IS NULL AND ${won}`),
  ];
}
