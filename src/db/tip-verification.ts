import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { TIP_FOLLOWERS } from "../domain/tip-desk.ts";
import { recordActIf } from "./audit.ts";
import { meetObligation } from "./obligation.ts";
import { obligation, tip } from "./schema.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";
import type { TipVerification } from "./tip.ts";
import { inSubtree } from "./unit.ts";

type Outcome = NonNullable<(typeof tip.$inferSelect)["outcome"]>;
/** So many followers' sealed answers are bound at once: a bound value is 2 MB at most. */
const AT_ONCE = 50;

/** What is read of a tip before it is verified: the unit that holds it; undefined outside the subtree too. */
export async function tipInScope(
  { db }: Pick<Store, "db">,
  id: string,
  scopePrefix: string,
): Promise<{ holder: string } | undefined> {
  const [found] = await db
    .select({ holder: obligation.unitCode })
    .from(obligation)
    .where(and(eq(obligation.id, `tip/${id}`), inSubtree(obligation.unitCode, scopePrefix)));
  return found;
}

/**
 * Settles a tip and all that follow it with one answer, meets their obligations and writes the history, in one batch.
 * "beaten" when somebody was first; "moved" when the followers were others by then: ask again.
 */
export async function saveTipVerification(
  store: Store,
  done: {
    id: string;
    holder: string;
    outcome: Outcome;
    answer: string;
    details: TipVerification;
    recordedAt: Date;
    newId: () => string;
  },
): Promise<"settled" | "beaten" | "moved"> {
  const { db, privacy } = store;
  const { id, recordedAt, outcome, details } = done;
  const auditId = done.newId();
  const followers = await openFollowers(db, id);
  const [answerSealed, verifySealed, answering] = await Promise.all([
    privacy.seal({ answer: done.answer }, id, "tip.answer"),
    privacy.seal(details, id, "tip.verify"),
    answerFollowers(store, { ...done, followers, lead: id, actor: details.actor, auditId }),
  ]);
  const happened = sql`SELECT 1 FROM audit WHERE id = ${auditId}`;
  const act = { id: auditId, actor: details.actor, act: `verify-tip/${outcome}`, subjectId: id };
  const results = await runBatch(db, [
    recordActIf(
      db,
      { ...act, unitCode: done.holder, recordedAt },
      sql`SELECT 1 FROM tip WHERE id = ${id} AND verified_at IS NULL AND ${sameFollowers(id, followers)}`,
    ),
    db
      .update(tip)
      .set({
        verifiedAt: recordedAt,
        verifiedRecordedAt: recordedAt,
        outcome,
        answerSealed,
        verifySealed,
      })
      .where(and(eq(tip.id, id), isNull(tip.verifiedAt), sql`EXISTS (${happened})`))
      .returning({ id: tip.id }),
    meetObligation(db, `tip/${id}`, { metAt: recordedAt, recordedAt }, sql`EXISTS (${happened})`),
    ...answering.statements,
  ]);
  if ((results[1] as unknown[]).length > 0) return "settled";
  const [row] = await db.select({ verifiedAt: tip.verifiedAt }).from(tip).where(eq(tip.id, id));
  return row?.verifiedAt ? "beaten" : "moved";
}

/** The tips that follow one and have no answer yet. */
export async function openFollowers(db: Db, id: string): Promise<string[]> {
  const rows = await db.all<{ id: string }>(sql`
    SELECT l.tip_id AS id FROM tip_link AS l CROSS JOIN tip AS t ON t.id = l.tip_id
    WHERE l.target_id = ${id} AND l.kind = 'tip' AND l.removed_at IS NULL AND t.verified_at IS NULL
    ORDER BY l.tip_id LIMIT ${TIP_FOLLOWERS + 1}`);
  return rows.map((row) => row.id);
}

/** True while nobody without an answer follows a tip but these. */
export const sameFollowers = (id: string, followers: string[]): SQL => sql`NOT EXISTS (
  SELECT 1 FROM tip_link AS l CROSS JOIN tip AS t ON t.id = l.tip_id
  WHERE l.target_id = ${id} AND l.kind = 'tip' AND l.removed_at IS NULL AND t.verified_at IS NULL
    AND l.tip_id NOT IN (SELECT value FROM json_each(${JSON.stringify(followers)})))`;

/**
 * Gives followers the answer of their lead, where `auditId` stands in the history by then; who has an answer keeps it.
 * Inside an object: statements are thenable.
 */
export async function answerFollowers(
  { db, privacy }: Store,
  given: {
    followers: string[];
    lead: string;
    outcome: Outcome;
    answer: string;
    actor: string;
    auditId: string;
    recordedAt: Date;
    newId: () => string;
  },
): Promise<{ statements: Statement[] }> {
  const { lead, actor } = given;
  const rows = await Promise.all(
    given.followers.map(async (id) => {
      const [answer, verify] = await Promise.all([
        privacy.seal({ answer: given.answer }, id, "tip.answer"),
        privacy.seal({ actor, lead } satisfies TipVerification, id, "tip.verify"),
      ]);
      return { id, audit: given.newId(), answer, verify };
    }),
  );
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE)
    statements.push(...answerSome(db, given, JSON.stringify(rows.slice(from, from + AT_ONCE))));
  return { statements };
}

function answerSome(
  db: Db,
  given: { lead: string; outcome: Outcome; actor: string; auditId: string; recordedAt: Date },
  rows: string,
): Statement[] {
  const at = given.recordedAt.getTime();
  const settledNow = sql`EXISTS (SELECT 1 FROM tip WHERE tip.id = row.value ->> 'id' AND verify_sealed = row.value ->> 'verify')`;
  return [
    db.run(sql`
      UPDATE tip SET verified_at = ${at}, verified_recorded_at = ${at}, outcome = ${given.outcome},
        answer_sealed = row.value ->> 'answer', verify_sealed = row.value ->> 'verify'
      FROM json_each(${rows}) AS row
      WHERE tip.id = row.value ->> 'id' AND tip.verified_at IS NULL
        AND EXISTS (SELECT 1 FROM audit WHERE id = ${given.auditId})`),
    // As meetObligation: who was told that it is overdue hears that it has recovered.
    db.run(sql`
      UPDATE obligation SET met_at = ${at}, met_recorded_at = ${at},
        next_due_at = CASE WHEN EXISTS (SELECT 1 FROM alert
          WHERE alert.obligation_id = obligation.id AND alert.kind = 'overdue') THEN ${at} END
      FROM json_each(${rows}) AS row
      WHERE obligation.id = 'tip/' || (row.value ->> 'id') AND +obligation.met_at IS NULL
        AND +obligation.excused_at IS NULL AND ${settledNow}`),
    db.run(sql`
      INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at, detail)
      SELECT row.value ->> 'audit', ${given.actor}, ${`verify-tip/${given.outcome}`}, row.value ->> 'id', o.unit_code, ${at},
        ${given.lead}
      FROM json_each(${rows}) AS row CROSS JOIN obligation AS o ON o.id = 'tip/' || (row.value ->> 'id')
      WHERE ${settledNow}`),
  ];
}
