import { and, eq, sql } from "drizzle-orm";
import type { AnswerPlan, AnswerWords, LetterAnswerKind, LetterDetails } from "../domain/letter.ts";
import { planObligation } from "../domain/obligation.ts";
import type { Arrival } from "../domain/submission.ts";
import { HOUR, MINUTE } from "../domain/time.ts";
import type { Settings } from "../env.ts";
import { type Act, recordAct, recordActIf } from "./audit.ts";
import { refusal, undone } from "./fault.ts";
import { insertLink, linkRow, linkToken } from "./link.ts";
import { meetObligation, openObligation } from "./obligation.ts";
import { hashToken } from "./privacy.ts";
import { letter, letterAnswer } from "./schema.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";
import { recordArrival } from "./submission.ts";

/*
 * Letters that this county writes: each with the link it can be answered by, what came back, and what is owed about it.
 */
type LetterRow = typeof letter.$inferSelect;
/** A letter as the keys open it. */
export type Letter = Omit<LetterRow, "sealed"> & { details: LetterDetails };
/** An answer as the keys open it. */
export type LetterAnswer = Omit<typeof letterAnswer.$inferSelect, "sealed"> & AnswerWords;

/** Writes a letter, its link, what is owed for it and its line in the history, in one batch; keys decide who was first. */
export async function saveLetter(
  store: Store,
  entry: {
    row: Omit<LetterRow, "sealed" | "receivedAt" | "answeredAt" | "withdrawnAt">;
    details: LetterDetails;
    arrival: Arrival;
    expiresAt: Date;
    act: Act;
    settings: Settings;
  },
): Promise<"saved" | "known" | "number-taken"> {
  const { db, privacy } = store;
  const { row, arrival, expiresAt, settings } = entry;
  const { id, unitCode, linkNonce: nonce, recordedAt, dueAt } = row;
  const [sealed, link] = await Promise.all([
    privacy.seal(entry.details, id, "letter"),
    linkRow(store, { purpose: "letter", unitCode, subjectId: id, nonce, expiresAt, recordedAt }),
  ]);
  try {
    await runBatch(db, [
      recordArrival(db, arrival, { subjectId: id, recordedAt }),
      db.insert(letter).values({ ...row, sealed }),
      insertLink(db, link.row),
      openObligation(
        db,
        planObligation(
          { kind: "letter", unitCode, subjectId: id, openedAt: recordedAt, dueAt },
          { now: recordedAt, settings },
        ),
      ),
      recordAct(db, entry.act),
    ]);
    return "saved";
  } catch (error) {
    const refused = refusal(error);
    if (typeof refused === "object" && refused.taken === "submission") return "known";
    if (typeof refused === "object" && refused.taken === "letter") return "number-taken";
    throw error;
  }
}

/** A letter by its number, opened; undefined for a number nobody has. */
export async function findLetter({ db, privacy }: Store, id: string): Promise<Letter | undefined> {
  const [row] = await db.select().from(letter).where(eq(letter.id, id));
  if (!row) return undefined;
  const { sealed, ...clear } = row;
  return { ...clear, details: await privacy.open<LetterDetails>(sealed, id, "letter") };
}

/** The token of the link that is in use. */
export const letterToken = (store: Store, { linkNonce }: Pick<Letter, "linkNonce">): Promise<string> =>
  linkToken(store, "letter", linkNonce);

/** What a letter's package lets it in by, once in each county: the same however often it is fetched. */
export const letterNonce = ({ privacy }: Store, { id }: Pick<Letter, "id">): Promise<string> =>
  privacy.derive("letter-package", id);

/** The answers to a letter, the oldest first. @param letterId a letter's number, or the case that a received one became */
export async function listAnswers({ db, privacy }: Store, letterId: string): Promise<LetterAnswer[]> {
  const rows = await db
    .select()
    .from(letterAnswer)
    .where(eq(letterAnswer.letterId, letterId))
    .orderBy(letterAnswer.version)
    .limit(100);
  return Promise.all(
    rows.map(async ({ sealed, ...row }) => ({
      ...row,
      ...(await privacy.open<AnswerWords>(sealed, answerId(row), "letter_answer")),
    })),
  );
}

/** Row id of what is sealed of an answer. */
export const answerId = ({ letterId, version }: { letterId: string; version: number }) =>
  `${letterId}/${version}`;

/** The row of a new answer, and the statement that stores it. */
export async function answerRow(
  { db, privacy }: Store,
  { by, text, ...row }: Omit<typeof letterAnswer.$inferInsert, "sealed"> & AnswerWords,
): Promise<{ statement: Statement }> {
  const sealed = await privacy.seal({ by, text } satisfies AnswerWords, answerId(row), "letter_answer");
  return { statement: db.insert(letterAnswer).values({ ...row, sealed }) };
}

/**
 * Writes an answer, what it settles and who is to read it, in one batch. "overtaken": another answer took the version, or
 * the letter was withdrawn meanwhile; "known": the same came before.
 */
export async function saveAnswer(
  store: Store,
  entry: {
    letter: Pick<Letter, "id" | "unitCode">;
    kind: LetterAnswerKind;
    door: "link" | "system" | "desk";
    words: AnswerWords;
    plan: AnswerPlan;
    arrival: Arrival;
    act: Act;
    now: Date;
    settings: Settings;
  },
): Promise<"saved" | "known" | "overtaken"> {
  const { db } = store;
  const { kind, door, plan, now, settings } = entry;
  const { id, unitCode } = entry.letter;
  const { version } = plan;
  const { statement } = await answerRow(store, {
    ...{ letterId: id, version, kind, door, recordedAt: now },
    ...entry.words,
  });
  const minutes = kind === "received" ? settings.LETTER_HOURS * HOUR : settings.VERIFY_MINUTES * MINUTE;
  const dueAt = new Date(now.getTime() + minutes);
  try {
    await runBatch(db, [
      recordArrival(db, entry.arrival, { subjectId: answerId({ letterId: id, version }), recordedAt: now }),
      statement,
      db
        .update(letter)
        // Withdrawn meanwhile: a column that is never empty is left empty, and the whole batch with it undone.
        .set({
          dueAt: sql`CASE WHEN withdrawn_at IS NULL THEN due_at END`,
          receivedAt: sql`COALESCE(received_at, ${plan.receivedAt.getTime()})`,
          answeredAt: plan.answeredAt
            ? sql`COALESCE(answered_at, ${plan.answeredAt.getTime()})`
            : sql`answered_at`,
        })
        .where(eq(letter.id, id)),
      ...(plan.meets ? [meetObligation(db, `letter/${id}`, { metAt: now, recordedAt: now })] : []),
      ...(plan.tells
        ? [
            openObligation(
              db,
              planObligation(
                { kind: "reply", unitCode, subjectId: `${id}/${version}`, openedAt: now, dueAt },
                { now, settings },
              ),
            ),
          ]
        : []),
      recordAct(db, entry.act),
    ]);
    return "saved";
  } catch (error) {
    const refused = refusal(error);
    if (typeof refused === "object" && refused.taken === "submission") return "known";
    if (typeof refused === "object" && refused.taken === "letter_answer") return "overtaken";
    if (undone(error)) return "overtaken";
    throw error;
  }
}

/** 阅办: somebody has read what came back. True when there was anything new. */
export async function readReplies(db: Db, id: string, now: Date, act: Act): Promise<boolean> {
  const open = sql`SELECT 1 FROM obligation WHERE id > ${`reply/${id}/`} AND id < ${`reply/${id}/~`} AND met_at IS NULL
    AND excused_at IS NULL`;
  const replies = await db.all<{ id: string }>(
    sql`SELECT id FROM obligation WHERE id > ${`reply/${id}/`} AND id < ${`reply/${id}/~`} AND met_at IS NULL LIMIT 50`,
  );
  if (replies.length === 0) return false;
  await runBatch(db, [
    recordActIf(db, act, open),
    ...replies.map((one) => meetObligation(db, one.id, { metAt: now, recordedAt: now })),
  ]);
  return true;
}

/** Takes the link out of use and makes another, by compare-and-set. False when somebody was first. */
export async function renewLetterLink(
  store: Store,
  { id, unitCode, linkNonce }: Letter,
  entry: { nonce: string; now: Date; expiresAt: Date; act: Act },
): Promise<boolean> {
  const { db } = store;
  const { nonce, now, expiresAt } = entry;
  const link = await linkRow(store, {
    ...{ purpose: "letter", unitCode, subjectId: id, nonce, expiresAt, recordedAt: now },
  });
  const old = await hashToken(await letterToken(store, { linkNonce }));
  const won = sql`SELECT 1 FROM letter WHERE id = ${id} AND link_nonce = ${nonce}`;
  const [set] = await runBatch(db, [
    db
      .update(letter)
      .set({ linkNonce: nonce })
      .where(and(eq(letter.id, id), eq(letter.linkNonce, linkNonce), sql`withdrawn_at IS NULL`))
      .returning({ id: letter.id }),
    db.run(sql`
      INSERT INTO link (token_hash, purpose, unit_code, subject_id, nonce, recorded_at, expires_at)
      SELECT ${link.row.tokenHash}, 'letter', ${unitCode}, ${id}, ${nonce}, ${now.getTime()}, ${expiresAt.getTime()}
      WHERE EXISTS (${won})`),
    db.run(sql`UPDATE link SET revoked_at = ${now.getTime()} WHERE token_hash = ${old} AND revoked_at IS NULL
      AND EXISTS (${won})`),
    recordActIf(db, entry.act, won),
  ]);
  return (set as unknown[]).length > 0;
}

/** 撤回: the link opens nothing any more, and nobody owes an answer. False when it was done before. */
export async function withdrawLetter(
  store: Store,
  { id, unitCode }: Letter,
  { now, act }: { now: Date; act: Act },
): Promise<boolean> {
  const { db } = store;
  const at = now.getTime();
  const standing = sql`SELECT 1 FROM letter WHERE id = ${id} AND withdrawn_at IS NULL`;
  const results = await runBatch(db, [
    recordActIf(db, act, standing),
    db
      .update(letter)
      .set({ withdrawnAt: now })
      .where(and(eq(letter.id, id), sql`withdrawn_at IS NULL`)),
    // The link in use at this moment, which may have been made anew since the letter was read.
    db.run(sql`UPDATE link SET revoked_at = ${at} WHERE unit_code = ${unitCode} AND purpose = 'letter'
      AND nonce = (SELECT link_nonce FROM letter WHERE id = ${id}) AND revoked_at IS NULL`),
    db.run(sql`UPDATE obligation SET excused_at = ${at}, next_due_at = NULL
      WHERE id = ${`letter/${id}`} AND met_at IS NULL AND excused_at IS NULL`),
  ]);
  return (results[0] as D1Result).meta.changes > 0;
}
