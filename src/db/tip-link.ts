import { and, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Scope } from "../domain/office.ts";
import { TIP_FOLLOWERS, TIP_PERSONS, type Tie } from "../domain/tip-desk.ts";
import { recordActIf } from "./audit.ts";
import { type Acted, changes, line } from "./desk-act.ts";
import { obligation, person, tip, tipLink } from "./schema.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";
import { answerFollowers, openFollowers, sameFollowers } from "./tip-verification.ts";
import { inSubtree } from "./unit.ts";

/** Whether a column's unit is in an official's scope. */
export const inOffice = (column: SQLiteColumn, { code, exact }: Scope): SQL =>
  exact ? eq(column, code) : inSubtree(column, code);

const tied = (alias: SQL, column: SQL) =>
  sql`FROM tip_link AS ${alias} WHERE ${alias}.${column} = ${tip.id} AND ${alias}.kind = 'tip' AND ${alias}.removed_at IS NULL`;
const leadOf = sql<string | null>`(SELECT f.target_id ${tied(sql.raw("f"), sql.raw("tip_id"))})`;
const followersOf = sql<number>`(SELECT count(*) ${tied(sql.raw("g"), sql.raw("target_id"))})`;

/** How a tip of this scope stands among others; undefined for one that is not there. */
export async function findTie(db: Db, id: string, scope: Scope): Promise<Tie | undefined> {
  const [row] = await db
    .select({ id: tip.id, verifiedAt: tip.verifiedAt, lead: leadOf, followers: followersOf })
    .from(tip)
    .innerJoin(obligation, eq(obligation.id, `tip/${id}`))
    .where(and(eq(tip.id, id), inOffice(obligation.unitCode, scope)));
  return row && { id: row.id, settled: row.verifiedAt !== null, lead: row.lead, followers: row.followers };
}

/**
 * Lets `from` follow `lead`, and whoever follows `from` with it; where the lead has its answer already, all of them get
 * it at once. False when anything was otherwise by then: nothing is written, and the asker looks again.
 * @param ties as `planTie` was told of them @param answer the settled lead's
 */
export async function saveTie(
  store: Store,
  { from, lead, holder }: { from: Tie; lead: Tie; holder: string },
  acted: Acted & { newId: () => string },
  answer?: { outcome: "true" | "untrue" | "unclear"; text: string },
): Promise<boolean> {
  const { db } = store;
  const { auditId, actor, now } = acted;
  const followers = answer ? await openFollowers(db, from.id) : [];
  const happened = sql`EXISTS (SELECT 1 FROM audit WHERE id = ${auditId})`;
  const answering = answer
    ? await answerFollowers(store, {
        ...{
          followers: [from.id, ...followers],
          lead: lead.id,
          outcome: answer.outcome,
          answer: answer.text,
        },
        ...{ actor, auditId, recordedAt: now, newId: acted.newId },
      })
    : { statements: [] as Statement[] };
  const results = await runBatch(db, [
    recordActIf(
      db,
      line(acted, "link-tip", from.id, holder, lead.id),
      sql`SELECT 1 FROM tip AS a CROSS JOIN tip AS b
        WHERE a.id = ${from.id} AND a.verified_at IS NULL
          AND b.id = ${lead.id} AND (b.verified_at IS NOT NULL) = ${Number(lead.settled)}
          AND NOT EXISTS (SELECT 1 FROM tip_link WHERE tip_id IN (${from.id}, ${lead.id}) AND kind = 'tip' AND removed_at IS NULL)
          AND (SELECT count(*) FROM tip_link WHERE target_id IN (${from.id}, ${lead.id}) AND kind = 'tip'
            AND removed_at IS NULL) < ${TIP_FOLLOWERS}
          AND ${answer ? sameFollowers(from.id, followers) : sql`1`}`,
    ),
    db.run(sql`
      UPDATE OR REPLACE tip_link SET target_id = ${lead.id}, by = ${actor}, recorded_at = ${now.getTime()}
      WHERE target_id = ${from.id} AND kind = 'tip' AND removed_at IS NULL AND ${happened}`),
    linking(db, { tipId: from.id, kind: "tip", targetId: lead.id }, acted),
    ...answering.statements,
  ]);
  return changes(results[0]) > 0;
}

/** A link that was taken away before stands again; the history keeps both. */
const linking = (
  db: Db,
  { tipId, kind, targetId }: { tipId: string; kind: "tip" | "person"; targetId: string },
  { actor, auditId, now }: Acted,
): Statement =>
  db.run(sql`
    INSERT INTO tip_link (tip_id, kind, target_id, by, recorded_at)
    SELECT ${tipId}, ${kind}, ${targetId}, ${actor}, ${now.getTime()}
    WHERE EXISTS (SELECT 1 FROM audit WHERE id = ${auditId})
    ON CONFLICT (tip_id, kind, target_id) DO UPDATE SET removed_at = NULL, by = excluded.by, recorded_at = excluded.recorded_at`);

/** Links a tip to a person of this scope. "full" beyond twenty, "known" where it is linked already. */
export async function savePersonLink(
  { db }: Pick<Store, "db">,
  { tipId, personId, holder }: { tipId: string; personId: string; holder: string },
  acted: Acted,
): Promise<"saved" | "known" | "full"> {
  const standing = sql`SELECT 1 FROM tip_link WHERE tip_id = ${tipId} AND kind = 'person' AND removed_at IS NULL`;
  const results = await runBatch(db, [
    recordActIf(
      db,
      line(acted, "link-person", tipId, holder, personId),
      sql`SELECT 1 WHERE NOT EXISTS (${standing} AND target_id = ${personId})
        AND (SELECT count(*) FROM (${standing})) < ${TIP_PERSONS}`,
    ),
    linking(db, { tipId, kind: "person", targetId: personId }, acted),
  ]);
  if (changes(results[0]) > 0) return "saved";
  const [known] = await db
    .select({ removedAt: tipLink.removedAt })
    .from(tipLink)
    .where(and(eq(tipLink.tipId, tipId), eq(tipLink.kind, "person"), eq(tipLink.targetId, personId)));
  return known && known.removedAt === null ? "known" : "full";
}

/** Takes a link away; from its lead only a tip without an answer. False when there was none to take. */
export async function removeLink(
  { db }: Pick<Store, "db">,
  {
    tipId,
    kind,
    targetId,
    holder,
  }: { tipId: string; kind: "tip" | "person"; targetId: string; holder: string },
  acted: Acted,
): Promise<boolean> {
  const which = sql`tip_id = ${tipId} AND kind = ${kind} AND target_id = ${targetId} AND removed_at IS NULL`;
  const open = sql`EXISTS (SELECT 1 FROM tip WHERE id = ${tipId} AND verified_at IS NULL)`;
  const results = await runBatch(db, [
    recordActIf(
      db,
      line(acted, `unlink-${kind}`, tipId, holder, targetId),
      sql`SELECT 1 FROM tip_link WHERE ${which} AND ${kind === "tip" ? open : sql`1`}`,
    ),
    db.run(sql`
      UPDATE tip_link SET removed_at = ${acted.now.getTime()}
      WHERE ${which} AND EXISTS (SELECT 1 FROM audit WHERE id = ${acted.auditId})`),
  ]);
  return changes(results[0]) > 0;
}

export type TipLinks = {
  /** The lead it follows, and who holds that one. */
  lead?: { id: string; holder: string };
  followers: { id: string; holder: string; verifiedAt: number | null }[];
  persons: { id: string; caseNumber: string; unitCode: string }[];
};

/** Everything that a tip is linked to; the page shows of it what the official may see. */
export async function linksOf(db: Db, tipId: string): Promise<TipLinks> {
  const [leads, followers, persons] = await Promise.all([
    db.all<{ id: string; holder: string }>(sql`
      SELECT l.target_id AS id, o.unit_code AS holder
      FROM tip_link AS l CROSS JOIN obligation AS o ON o.id = 'tip/' || l.target_id
      WHERE l.tip_id = ${tipId} AND l.kind = 'tip' AND l.removed_at IS NULL`),
    db.all<TipLinks["followers"][number]>(sql`
      SELECT l.tip_id AS id, o.unit_code AS holder, o.met_at AS verifiedAt
      FROM tip_link AS l CROSS JOIN obligation AS o ON o.id = 'tip/' || l.tip_id
      WHERE l.target_id = ${tipId} AND l.kind = 'tip' AND l.removed_at IS NULL
      ORDER BY l.recorded_at, l.tip_id LIMIT ${TIP_FOLLOWERS}`),
    db.all<TipLinks["persons"][number]>(sql`
      SELECT p.id AS id, p.household_id AS caseNumber, p.unit_code AS unitCode
      FROM tip_link AS l CROSS JOIN person AS p ON p.id = l.target_id
      WHERE l.tip_id = ${tipId} AND l.kind = 'person' AND l.removed_at IS NULL
      ORDER BY l.recorded_at, p.id LIMIT ${TIP_PERSONS}`),
  ]);
  return { ...(leads[0] ? { lead: leads[0] } : {}), followers, persons };
}

/** The persons of a case in this scope, in the order they were typed: at most twenty. Names stay sealed. */
export async function personsOfCase(db: Db, caseNumber: string, scope: Scope): Promise<string[]> {
  const rows = await db
    .select({ id: person.id })
    .from(person)
    .where(
      and(
        gt(person.id, `${caseNumber}-`),
        lt(person.id, `${caseNumber}-~`),
        inOffice(person.unitCode, scope),
      ),
    )
    .limit(20);
  const place = (id: string) => Number(id.slice(id.lastIndexOf("-") + 1));
  return rows.map(({ id }) => id).sort((a, b) => place(a) - place(b));
}
