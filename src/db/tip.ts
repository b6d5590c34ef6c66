import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { checkReceiptCode } from "../domain/identity.ts";
import { problem } from "../domain/problem.ts";
import type { Arrival } from "../domain/submission.ts";
import { TIP_MESSAGES, type TipDetails, type TipPlan } from "../domain/tip.ts";
import type { Lang } from "../forms/define.ts";
import { recordActIf } from "./audit.ts";
import { refusal } from "./fault.ts";
import { meetObligation, OPEN_BY_UNIT, openObligation } from "./obligation.ts";
import { type Saved, settle } from "./registration.ts";
import { obligation, tip, tipMessage } from "./schema.ts";
import { runBatch, type Store } from "./store.ts";
import { recordArrival } from "./submission.ts";
import { inSubtree } from "./unit.ts";

type TipRow = typeof tip.$inferSelect;
export type TipMessage = { author: "sender" | "official"; text: string; recordedAt: Date };
/** What the sender may see with the code: the state, the promise, the public answer and what was added; not the tip itself. */
export type TipStatus = Pick<
  TipRow,
  "id" | "unitCode" | "category" | "recordedAt" | "verifyDueAt" | "verifiedAt" | "outcome"
> & { answer?: string; messages: TipMessage[] };
/** A tip as officials of its unit see it. */
export type OpenTip = TipStatus & { details: TipDetails };

/** Seals a planned tip and writes it in one batch; only the hash of its code is kept. */
export async function saveTip(store: Store, plan: TipPlan): Promise<Saved> {
  const { details, ...clear } = plan.tip;
  const { recordedAt } = plan;
  const [sealed, codeHash] = await Promise.all([
    store.privacy.seal(details, clear.id, "tip"),
    codeIndex(store, plan.code),
  ]);
  return settle(
    store,
    [
      recordArrival(store.db, plan.submission, { subjectId: clear.id, recordedAt }),
      store.db.insert(tip).values({ ...clear, sealed, codeHash, recordedAt }),
      openObligation(store.db, plan.obligation),
    ],
    "tip",
  );
}

/** The keyed hash under which a receipt code is kept. */
export const codeIndex = (store: Pick<Store, "privacy">, code: string): Promise<string> =>
  store.privacy.index("tip-code", code);

/**
 * The tip of a receipt code as its sender typed it. Throws `invalid` on `code` when it cannot be a code (the check
 * digit finds every mistyped digit, without asking the database), `codeUnknown` when nobody has it.
 */
export async function findTipByCode(store: Store, code: string, lang?: Lang): Promise<TipStatus> {
  const typed = checkReceiptCode(code);
  if (!typed) throw problem.answer("code", "check-digit", WRONG_CODE, lang);
  const [row] = await store.db
    .select()
    .from(tip)
    .where(eq(tip.codeHash, await codeIndex(store, typed)));
  const [opened] = row ? await openTips(store, [row]) : [];
  if (!opened) throw problem.codeUnknown();
  const { details: _, ...status } = opened;
  return status;
}

const WRONG_CODE = {
  "zh-Hans": "查询码不对：一共 16 位数字，请逐位核对",
  "zh-Hant": "查詢碼不對：一共 16 位數字，請逐位核對",
  en: "The code is not right: it has 16 digits. Check each of them.",
};

/** The row of a tip number, as it stands. */
export async function tipOfNumber({ db }: Pick<Store, "db">, id: string): Promise<TipRow | undefined> {
  const [row] = await db.select().from(tip).where(eq(tip.id, id));
  return row;
}

/** The tip of a number as officials see it, opened; undefined for a number nobody has. */
export async function findTip(store: Store, id: string): Promise<OpenTip | undefined> {
  const row = await tipOfNumber(store, id);
  const [opened] = row ? await openTips(store, [row]) : [];
  return opened;
}

/** Tips of a subtree that wait for their verification, the longest due first. */
export async function listOpenTips(store: Store, scopePrefix: string, limit: number): Promise<OpenTip[]> {
  const rows = await store.db
    .select({ tip })
    .from(tip)
    .innerJoin(obligation, eq(obligation.subjectId, tip.id))
    .where(
      and(
        eq(obligation.kind, "tip"),
        isNull(obligation.metAt),
        isNull(obligation.excusedAt),
        OPEN_BY_UNIT,
        inSubtree(obligation.unitCode, scopePrefix),
      ),
    )
    .orderBy(asc(obligation.dueAt), asc(obligation.id))
    .limit(limit);
  return openTips(
    store,
    rows.map((row) => row.tip),
  );
}

async function openTips(store: Store, rows: TipRow[]): Promise<OpenTip[]> {
  if (rows.length === 0) return [];
  const sealed = await store.db
    .select()
    .from(tipMessage)
    .where(
      sql`${tipMessage.tipId} IN (SELECT value FROM json_each(${JSON.stringify(rows.map(({ id }) => id))}))`,
    )
    .orderBy(asc(tipMessage.recordedAt), asc(tipMessage.id));
  const messages = await Promise.all(sealed.map((row) => openMessage(store, row)));
  return Promise.all(
    rows.map(async ({ id, unitCode, category, recordedAt, verifyDueAt, verifiedAt, outcome, ...row }) => ({
      ...{ id, unitCode, category, recordedAt, verifyDueAt, verifiedAt, outcome },
      details: await store.privacy.open<TipDetails>(row.sealed, id, "tip"),
      ...(row.answerSealed
        ? {
            answer: (await store.privacy.open<{ answer: string }>(row.answerSealed, id, "tip.answer")).answer,
          }
        : {}),
      messages: messages.flatMap(({ tipId, message }) => (tipId === id ? [message] : [])),
    })),
  );
}

async function openMessage({ privacy }: Store, row: typeof tipMessage.$inferSelect) {
  const { text } = await privacy.open<{ text: string }>(row.sealed, row.id, "tip_message");
  const message: TipMessage = { author: row.author, text, recordedAt: row.recordedAt };
  return { tipId: row.tipId, message };
}

/**
 * Adds what the sender writes; the fifty-first message is refused by the insert itself, so that a crowd of requests
 * cannot pass the bound together. "known" when this very message arrived before.
 */
export async function saveTipMessage(
  store: Store,
  entry: { arrival: Arrival; tipId: string; text: string; recordedAt: Date },
): Promise<"saved" | "known" | "full"> {
  const { arrival, tipId, recordedAt } = entry;
  const sealed = await store.privacy.seal({ text: entry.text }, arrival.id, "tip_message");
  const at = recordedAt.getTime();
  try {
    const results = await runBatch(store.db, [
      store.db.run(sql`
        INSERT INTO submission (id, form, form_version, door, content_hash, subject_id, recorded_at)
        SELECT ${arrival.id}, ${arrival.form}, ${arrival.formVersion}, ${arrival.door}, ${arrival.contentHash}, ${tipId}, ${at}
        WHERE (SELECT count(*) FROM tip_message WHERE tip_id = ${tipId} AND author = 'sender') < ${TIP_MESSAGES}`),
      store.db
        .insert(tipMessage)
        .select(
          sql`SELECT ${arrival.id}, ${tipId}, 'sender', ${sealed}, ${at}
              WHERE EXISTS (SELECT 1 FROM submission WHERE id = ${arrival.id})`,
        )
        .returning({ id: tipMessage.id }),
    ]);
    return (results[1] as unknown[]).length > 0 ? "saved" : "full";
  } catch (error) {
    const refused = refusal(error);
    if (typeof refused === "object") return "known";
    throw error;
  }
}

/** What is read of a tip before it is verified; undefined outside the subtree too. */
export async function tipInScope(
  { db }: Pick<Store, "db">,
  id: string,
  scopePrefix: string,
): Promise<{ unitCode: string } | undefined> {
  const [found] = await db
    .select({ unitCode: tip.unitCode })
    .from(tip)
    .where(and(eq(tip.id, id), inSubtree(tip.unitCode, scopePrefix)));
  return found;
}

/** Settles a tip, meets its obligation and writes the history, in one batch. False when somebody was first. */
export async function saveTipVerification(
  store: Store,
  done: {
    id: string;
    unitCode: string;
    outcome: NonNullable<TipRow["outcome"]>;
    answer: string;
    details: { actor: string; note?: string };
    recordedAt: Date;
    auditId: string;
  },
): Promise<boolean> {
  const { id, recordedAt } = done;
  const [answerSealed, verifySealed] = await Promise.all([
    store.privacy.seal({ answer: done.answer }, id, "tip.answer"),
    store.privacy.seal(done.details, id, "tip.verify"),
  ]);
  const results = await runBatch(store.db, [
    store.db
      .update(tip)
      .set({
        verifiedAt: recordedAt,
        verifiedRecordedAt: recordedAt,
        outcome: done.outcome,
        answerSealed,
        verifySealed,
      })
      .where(and(eq(tip.id, id), isNull(tip.verifiedAt)))
      .returning({ id: tip.id }),
    meetObligation(store.db, `tip/${id}`, { metAt: recordedAt, recordedAt }),
    recordActIf(
      store.db,
      {
        id: done.auditId,
        actor: done.details.actor,
        act: `verify-tip/${done.outcome}`,
        subjectId: id,
        unitCode: done.unitCode,
        recordedAt,
      },
      sql`SELECT 1 FROM tip WHERE id = ${id} AND verify_sealed = ${verifySealed}`,
    ),
  ]);
  return (results[0] as unknown[]).length > 0;
}
