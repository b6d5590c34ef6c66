import { sql } from "drizzle-orm";
import type { AnswerWords, LetterDetails } from "../domain/letter.ts";
import { SEALED_OFF } from "../domain/retention.ts";
import { answerId, listAnswers } from "./letter.ts";
import { findReceived, type ReceivedDetails } from "./letter-received.ts";
import type { Statement, Store } from "./store.ts";

/**
 * Letters go with the case they are about, and with the one that a received letter became: numbers, moments and what was
 * answered stay, who it was about and every word goes, and no link of theirs opens any more.
 */
export async function sealOffLetters(store: Store, householdId: string, at: Date): Promise<Statement[]> {
  const { db, privacy } = store;
  const letters = await db.all<{ id: string }>(
    sql`SELECT id FROM letter WHERE household_id = ${householdId} LIMIT 200`,
  );
  const received = await findReceived(store, householdId);
  if (letters.length === 0 && !received) return [];
  const bare: LetterDetails = {
    ...{ to: { county: SEALED_OFF }, from: SEALED_OFF, why: SEALED_OFF },
    case: { persons: [] },
  };
  const silent: AnswerWords = { by: SEALED_OFF, text: "" };
  const ids = letters.map(({ id }) => id);
  const [sealed, answers] = await Promise.all([
    Promise.all(ids.map(async (id) => ({ id, sealed: await privacy.seal(bare, id, "letter") }))),
    Promise.all(
      [...ids, ...(received ? [householdId] : [])].map(async (id) =>
        Promise.all(
          (await listAnswers(store, id)).map(async ({ letterId, version }) => ({
            ...{ id: letterId, version },
            sealed: await privacy.seal(silent, answerId({ letterId, version }), "letter_answer"),
          })),
        ),
      ),
    ),
  ]);
  const none: ReceivedDetails = { from: SEALED_OFF, why: SEALED_OFF, origin: "", token: "" };
  return [
    db.run(sql`UPDATE letter SET sealed = row.value ->> 'sealed' FROM json_each(${JSON.stringify(sealed)}) AS row
      WHERE letter.id = row.value ->> 'id'`),
    db.run(sql`
      UPDATE letter_answer SET sealed = row.value ->> 'sealed' FROM json_each(${JSON.stringify(answers.flat())}) AS row
      WHERE letter_answer.letter_id = row.value ->> 'id' AND letter_answer.version = row.value ->> 'version'`),
    db.run(sql`
      UPDATE link SET revoked_at = ${at.getTime()} WHERE purpose = 'letter' AND revoked_at IS NULL
        AND unit_code IN (SELECT unit_code FROM letter WHERE household_id = ${householdId})
        AND nonce IN (SELECT link_nonce FROM letter WHERE household_id = ${householdId})`),
    db.run(sql`
      UPDATE obligation SET excused_at = ${at.getTime()}, next_due_at = NULL
      WHERE id IN (SELECT 'letter/' || id FROM letter WHERE household_id = ${householdId})
        AND met_at IS NULL AND excused_at IS NULL`),
    ...(received
      ? [
          db.run(sql`UPDATE received_letter SET sealed = ${await privacy.seal(none, received.nonce, "received_letter")}
            WHERE nonce = ${received.nonce}`),
        ]
      : []),
  ];
}
