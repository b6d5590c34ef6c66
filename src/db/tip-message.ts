import { asc, eq, sql } from "drizzle-orm";
import { listProblem } from "../domain/list-problem.ts";
import { problem } from "../domain/problem.ts";
import type { Arrival } from "../domain/submission.ts";
import { TIP_MESSAGES } from "../domain/tip.ts";
import { type Act, recordActIf } from "./audit.ts";
import { refusal } from "./fault.ts";
import { tip, tipMessage } from "./schema.ts";
import { runBatch, type Store } from "./store.ts";

/** What was written about a tip after it was sent. Of an official's words: the unit that the sender is told, and who. */
export type TipMessage = {
  id: string;
  author: "sender" | "official";
  text: string;
  recordedAt: Date;
  unitName?: string;
  actor?: string;
};
type Sealed = Pick<TipMessage, "text" | "unitName" | "actor">;

/** The messages of these tips in the order they came, by tip. */
export async function messagesOf(
  { db, privacy }: Store,
  tipIds: string[],
): Promise<Map<string, TipMessage[]>> {
  const rows = await db
    .select()
    .from(tipMessage)
    .where(sql`${tipMessage.tipId} IN (SELECT value FROM json_each(${JSON.stringify(tipIds)}))`)
    .orderBy(asc(tipMessage.recordedAt), asc(tipMessage.id));
  const byTip = new Map<string, TipMessage[]>();
  const opened = await Promise.all(
    rows.map(async ({ id, tipId, author, recordedAt, sealed }) => ({
      tipId,
      message: { id, author, recordedAt, ...(await privacy.open<Sealed>(sealed, id, "tip_message")) },
    })),
  );
  for (const { tipId, message } of opened) byTip.set(tipId, [...(byTip.get(tipId) ?? []), message]);
  return byTip;
}

/**
 * Adds what the sender or an official writes; the fifty-first of either is refused by the insert itself, so that a crowd
 * of requests cannot pass the bound together, and so is anything about a tip that was sealed off. "known" when this very message arrived before.
 * @param entry by: the official, and their line of the history; nobody for the sender
 */
export async function saveTipMessage(
  store: Store,
  entry: {
    arrival: Arrival;
    tipId: string;
    text: string;
    recordedAt: Date;
    by?: { act: Act; unitName: string };
  },
): Promise<"saved" | "known" | "full"> {
  const { arrival, tipId, text, recordedAt, by } = entry;
  const { db } = store;
  const author = by ? "official" : "sender";
  const words: Sealed = { text, ...(by ? { unitName: by.unitName, actor: by.act.actor } : {}) };
  const sealed = await store.privacy.seal(words, arrival.id, "tip_message");
  const at = recordedAt.getTime();
  try {
    const results = await runBatch(db, [
      db.run(sql`
        INSERT INTO submission (id, form, form_version, door, content_hash, subject_id, recorded_at)
        SELECT ${arrival.id}, ${arrival.form}, ${arrival.formVersion}, ${arrival.door}, ${arrival.contentHash}, ${tipId}, ${at}
        WHERE (SELECT count(*) FROM tip_message WHERE tip_id = ${tipId} AND author = ${author}) < ${TIP_MESSAGES}
          AND NOT EXISTS (SELECT 1 FROM tip WHERE id = ${tipId} AND sealed_off_at IS NOT NULL)`),
      db
        .insert(tipMessage)
        .select(
          sql`SELECT ${arrival.id}, ${tipId}, ${author}, ${sealed}, ${at}
              WHERE EXISTS (SELECT 1 FROM submission WHERE id = ${arrival.id})`,
        )
        .returning({ id: tipMessage.id }),
      ...(by ? [recordActIf(db, by.act, sql`SELECT 1 FROM tip_message WHERE id = ${arrival.id}`)] : []),
    ]);
    return (results[1] as unknown[]).length > 0 ? "saved" : "full";
  } catch (error) {
    const refused = refusal(error);
    if (typeof refused === "object") return "known";
    throw error;
  }
}

/** Why a tip takes no more messages: throws sealedOff, or tipFull. */
export async function refuseMessage({ db }: Pick<Store, "db">, tipId: string): Promise<never> {
  const [row] = await db.select({ at: tip.sealedOffAt }).from(tip).where(eq(tip.id, tipId));
  throw row?.at ? listProblem.sealedOff() : problem.tipFull();
}

/** Who the history says read the officials' words: nobody here knows them by another name. */
const SENDER = "sender";
const readId = (messageId: string) => `read-tip/${messageId}`;

/**
 * Puts on record that the sender has now been shown the officials' words, each once.
 * @returns the ids of those that were new
 */
export async function markRead(
  { db }: Pick<Store, "db">,
  tip: { id: string; holder: string },
  now: Date,
): Promise<Set<string>> {
  const rows = await db.all<{ id: string }>(sql`
    INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at)
    SELECT ${readId("")} || id, ${SENDER}, 'read-tip', tip_id, ${tip.holder}, ${now.getTime()}
    FROM tip_message WHERE tip_id = ${tip.id} AND author = 'official'
    ON CONFLICT DO NOTHING RETURNING id`);
  return new Set(rows.map(({ id }) => id.slice(readId("").length)));
}

/** Which of these messages the sender has been shown. */
export async function readBySender({ db }: Pick<Store, "db">, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.all<{ id: string }>(sql`
    SELECT value AS id FROM json_each(${JSON.stringify(ids)})
    WHERE EXISTS (SELECT 1 FROM audit WHERE audit.id = ${readId("")} || value)`);
  return new Set(rows.map(({ id }) => id));
}
