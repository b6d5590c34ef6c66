import { and, eq, isNull, sql } from "drizzle-orm";
import type { AnswerWords, LetterAnswerKind } from "../domain/letter.ts";
import { type Act, recordAct } from "./audit.ts";
import { refusal } from "./fault.ts";
import { answerRow } from "./letter.ts";
import { letterAnswer, receivedLetter } from "./schema.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";

/*
 * Letters of other counties that were taken over into this service, and what was answered to them.
 */
/** What `received_letter.sealed` opens to: row id = the nonce, column "received_letter". */
export type ReceivedDetails = { from: string; why: string; origin: string; token: string };
export type Received = Omit<typeof receivedLetter.$inferSelect, "sealed"> & { details: ReceivedDetails };
type Given = { kind: LetterAnswerKind; clientId: string; words: AnswerWords };

/** What stands in the batch of the case that a letter becomes: its nonce, which lets it in once, and the answer "received". */
export async function takenOver(
  store: Store,
  row: Omit<typeof receivedLetter.$inferInsert, "sealed">,
  details: ReceivedDetails,
  first: Given,
  act: Act,
): Promise<{ statements: Statement[] }> {
  const { db, privacy } = store;
  const [sealed, answer] = await Promise.all([
    privacy.seal(details, row.nonce, "received_letter"),
    givenAnswer(store, row.householdId, 1, first, row.recordedAt),
  ]);
  return {
    statements: [db.insert(receivedLetter).values({ ...row, sealed }), answer.statement, recordAct(db, act)],
  };
}

const givenAnswer = (
  store: Store,
  letterId: string,
  version: number,
  { kind, clientId, words }: Given,
  recordedAt: Date,
) => answerRow(store, { letterId, version, kind, clientId, door: "desk", recordedAt, ...words });

/** The case that a letter became here, by its nonce; undefined for one that never came. */
export async function findByNonce(db: Db, nonce: string): Promise<string | undefined> {
  const [row] = await db
    .select({ householdId: receivedLetter.householdId })
    .from(receivedLetter)
    .where(eq(receivedLetter.nonce, nonce));
  return row?.householdId;
}

/** The letter that a case came by, opened. */
export async function findReceived(
  { db, privacy }: Store,
  householdId: string,
): Promise<Received | undefined> {
  const [row] = await db.select().from(receivedLetter).where(eq(receivedLetter.householdId, householdId));
  if (!row) return undefined;
  const { sealed, ...clear } = row;
  return { ...clear, details: await privacy.open<ReceivedDetails>(sealed, row.nonce, "received_letter") };
}

/** Writes down an answer of this county before it is posted. False when another took the version, or it was there already. */
export async function saveGiven(
  store: Store,
  { nonce, householdId }: Received,
  version: number,
  given: Given,
  { now, act }: { now: Date; act: Act },
): Promise<boolean> {
  const { db } = store;
  const { statement } = await givenAnswer(store, householdId, version, given, now);
  try {
    await runBatch(db, [
      statement,
      ...(given.kind === "received"
        ? []
        : [
            db
              .update(receivedLetter)
              .set({ answeredAt: sql`COALESCE(answered_at, ${now.getTime()})` })
              .where(eq(receivedLetter.nonce, nonce)),
          ]),
      recordAct(db, act),
    ]);
    return true;
  } catch (error) {
    const refused = refusal(error);
    if (typeof refused === "object" && refused.taken === "letter_answer") return false;
    throw error;
  }
}

/** The other county has it. */
export const markPosted = async (db: Db, letterId: string, version: number, at: Date): Promise<void> => {
  await db
    .update(letterAnswer)
    .set({ postedAt: at })
    .where(
      and(
        eq(letterAnswer.letterId, letterId),
        eq(letterAnswer.version, version),
        isNull(letterAnswer.postedAt),
      ),
    );
};
