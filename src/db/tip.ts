import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { checkReceiptCode } from "../domain/identity.ts";
import { problem } from "../domain/problem.ts";
import type { TipDetails, TipPlan } from "../domain/tip.ts";
import type { Lang } from "../forms/define.ts";
import { OPEN_BY_UNIT, openObligation } from "./obligation.ts";
import { type Saved, settle } from "./registration.ts";
import { obligation, tip } from "./schema.ts";
import type { Statement, Store } from "./store.ts";
import { recordArrival } from "./submission.ts";
import { messagesOf, type TipMessage } from "./tip-message.ts";
import { inSubtree } from "./unit.ts";

type TipRow = typeof tip.$inferSelect;
/**
 * What the sender may see with the code: the state, the promise, the public answer and what was written; not the tip
 * itself. `unitCode` is where it is about, `holder` the unit that owes the verification.
 */
export type TipStatus = Pick<
  TipRow,
  "id" | "unitCode" | "category" | "recordedAt" | "verifyDueAt" | "verifiedAt" | "outcome"
> & { holder: string; answer?: string; messages: TipMessage[] };
/** A tip as officials of the unit that holds it see it. */
export type OpenTip = TipStatus & {
  details: TipDetails;
  /** Who verified it, and the lead it was answered with. */
  verification?: TipVerification;
  sealedOffAt: Date | null;
};
/** What `tip.verify_sealed` opens to. */
export type TipVerification = { actor: string; note?: string; lead?: string };

/**
 * Seals a planned tip and writes it in one batch; only the hash of its code is kept.
 * @param also written with it
 */
export async function saveTip(store: Store, plan: TipPlan, also: Statement[] = []): Promise<Saved> {
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
      ...also,
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
  const rows = await held(store).where(eq(tip.codeHash, await codeIndex(store, typed)));
  const [opened] = await openTips(store, rows);
  if (!opened) throw problem.codeUnknown();
  const { details: _, verification: __, sealedOffAt: ___, ...status } = opened;
  return status;
}

const WRONG_CODE = {
  "zh-Hans": "查询码不对：一共 16 位数字，请逐位核对",
  "zh-Hant": "查詢碼不對：一共 16 位數字，請逐位核對",
  en: "The code is not right: it has 16 digits. Check each of them.",
};

/** A tip and the unit that owes the verification: as it was sent, or as it was handed on. */
const columns = { tip, holder: sql<string>`${obligation.unitCode}`.as("holder") };
const held = ({ db }: Pick<Store, "db">) =>
  db.select(columns).from(tip).innerJoin(obligation, sql`${obligation.id} = 'tip/' || ${tip.id}`);

/** The row of a tip number, as it stands. */
export async function tipOfNumber({ db }: Pick<Store, "db">, id: string): Promise<TipRow | undefined> {
  const [row] = await db.select().from(tip).where(eq(tip.id, id));
  return row;
}

/** The tip of a number as officials see it, opened; undefined for a number nobody has. */
export async function findTip(store: Store, id: string): Promise<OpenTip | undefined> {
  const [opened] = await openTips(store, await held(store).where(eq(tip.id, id)));
  return opened;
}

/** Tips held in a subtree that wait for their verification, the longest due first. */
export async function listOpenTips(store: Store, scopePrefix: string, limit: number): Promise<OpenTip[]> {
  const rows = await store.db
    .select(columns)
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
  return openTips(store, rows);
}

async function openTips(store: Store, rows: { tip: TipRow; holder: string }[]): Promise<OpenTip[]> {
  if (rows.length === 0) return [];
  const { privacy } = store;
  const messages = await messagesOf(
    store,
    rows.map((row) => row.tip.id),
  );
  return Promise.all(
    rows.map(async ({ holder, tip: row }) => {
      const { id, unitCode, category, recordedAt, verifyDueAt, verifiedAt, outcome, sealedOffAt } = row;
      const open = <T>(sealed: string | null, column: string): Promise<T> | undefined =>
        sealed ? privacy.open<T>(sealed, id, column) : undefined;
      const [details, answered, verification] = await Promise.all([
        privacy.open<TipDetails>(row.sealed, id, "tip"),
        open<{ answer: string }>(row.answerSealed, "tip.answer"),
        open<TipVerification>(row.verifySealed, "tip.verify"),
      ]);
      return {
        ...{ id, unitCode, holder, category, recordedAt, verifyDueAt, verifiedAt, outcome, sealedOffAt },
        details,
        ...(answered ? { answer: answered.answer } : {}),
        ...(verification ? { verification } : {}),
        messages: messages.get(id) ?? [],
      };
    }),
  );
}
