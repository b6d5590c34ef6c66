import { tip } from "../../forms/tip.ts";
import { recordAct } from "../db/audit.ts";
import { DatabaseFault, guarded } from "../db/fault.ts";
import { deriveDigits, earlierArrival, identify } from "../db/submission.ts";
import { codeIndex, findTipByCode, saveTip, tipOfNumber } from "../db/tip.ts";
import { refuseMessage, saveTipMessage } from "../db/tip-message.ts";
import { saveTipVerification, tipInScope } from "../db/tip-verification.ts";
import { makeCaseNumber, makeReceiptCode } from "../domain/identity.ts";
import { problem } from "../domain/problem.ts";
import { type Arrival, type Door, NUMBER_ATTEMPTS, unknownUnit } from "../domain/submission.ts";
import { planTip, readText, TIP_MESSAGE_LENGTH, type TipValues } from "../domain/tip.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";
import { NOTE_LENGTH } from "./submit-registration.ts";

/** What the sender of a tip is told; the same again for the same submission. */
export type TipReceipt = {
  tipNumber: string;
  /** 16 digits, the only key to the tip's status: kept by the sender, here only its hash. */
  code: string;
  unitCode: string;
  recordedAt: Date;
  verifyDueAt: Date;
};

/**
 * Takes a tip. `values` are valid already. Throws `invalid` (client id, unit), `contentDiffers`, DatabaseFault.
 * @param request actor: the official who enters it for somebody on the telephone
 */
export async function submitTip(
  deps: Deps,
  request: { clientId: string; values: TipValues; door: Door; actor?: string; lang?: Lang },
): Promise<TipReceipt> {
  const { values, lang, actor } = request;
  const { clientId, arrival } = await identify(deps.privacy, tip, { ...request, content: values });
  return guarded(async () => {
    for (let attempt = 0; attempt < NUMBER_ATTEMPTS; attempt++) {
      const { tipNumber, code } = await numbersOf(deps, clientId, attempt);
      const plan = planTip(values, { now: deps.now(), settings: deps.settings, arrival, tipNumber, code });
      const { recordedAt } = plan;
      const { id: subjectId, unitCode: place } = plan.tip;
      const entered = { act: "enter-tip", subjectId, unitCode: place, recordedAt };
      const outcome = await saveTip(
        deps,
        plan,
        actor ? [recordAct(deps.db, { ...entered, id: deps.newId(), actor })] : [],
      );
      if (outcome === "no-such-unit") throw unknownUnit(lang);
      if (outcome === "known") return receiptAgain(deps, arrival, clientId);
      if (outcome === "saved") {
        const { unitCode, verifyDueAt } = plan.tip;
        return { tipNumber, code, unitCode, recordedAt: plan.recordedAt, verifyDueAt };
      }
    }
    throw problem.unavailable();
  });
}

/** The tip's number and its receipt code for one try; both from the client id, so that nothing secret is stored. */
async function numbersOf(deps: Deps, clientId: string, attempt: number) {
  const seed = `${clientId}/${attempt}`;
  const [seven, fifteen] = await Promise.all([
    deriveDigits(deps.privacy, "tip-number", seed, 7),
    deriveDigits(deps.privacy, "tip-code", seed, 15),
  ]);
  return { tipNumber: makeCaseNumber("T", seven), code: makeReceiptCode(fifteen) };
}

async function receiptAgain(deps: Deps, arrival: Arrival, clientId: string): Promise<TipReceipt> {
  const tipNumber = await earlierArrival(deps.db, arrival);
  const row = tipNumber === undefined ? undefined : await tipOfNumber(deps, tipNumber);
  for (let attempt = 0; row && attempt < NUMBER_ATTEMPTS; attempt++) {
    const { code } = await numbersOf(deps, clientId, attempt);
    if ((await codeIndex(deps, code)) !== row.codeHash) continue;
    const { id, unitCode, recordedAt, verifyDueAt } = row;
    return { tipNumber: id, code, unitCode, recordedAt, verifyDueAt };
  }
  throw new DatabaseFault(new Error("a submission without its tip"));
}

/**
 * Adds to a tip with its receipt code; the same client id again adds nothing. Throws `invalid` (client id, code,
 * text), `codeUnknown`, `tipFull` after fifty messages, `contentDiffers`.
 */
export async function addToTip(
  deps: Deps,
  request: { clientId: string; code: string; text: string; lang?: Lang },
): Promise<void> {
  const { lang } = request;
  const text = readText(request.text, "text", TIP_MESSAGE_LENGTH, lang);
  return guarded(async () => {
    const { id: tipId } = await findTipByCode(deps, request.code, lang);
    const { arrival } = await identify(
      deps.privacy,
      { name: "tip-message", version: tip.version },
      { clientId: request.clientId, door: "page", content: { tipId, text }, lang },
    );
    const outcome = await saveTipMessage(deps, { arrival, tipId, text, recordedAt: deps.now() });
    // A full tip refuses before the key can: the same message sent again is still no fault.
    if (outcome !== "saved" && (await earlierArrival(deps.db, arrival)) === undefined)
      return refuseMessage(deps, tipId);
  });
}

/** A follower that is linked in the same moment makes the batch ask again; more often than this it does not happen. */
const VERIFY_ATTEMPTS = 5;

/**
 * An official settles a tip, and with it those that follow it. `answer` is public: the senders read it. `unitCode` is the
 * official's own unit.
 * Throws `caseNotFound` outside its subtree, `alreadySettled` for the second of two, `invalid` on `answer` or `note`.
 */
export async function verifyTip(
  deps: Deps,
  request: {
    id: string;
    unitCode: string;
    actor: string;
    outcome: "true" | "untrue" | "unclear";
    answer: string;
    note?: string;
    lang?: Lang;
  },
): Promise<void> {
  const { id, actor, outcome, lang } = request;
  const answer = readText(request.answer, "answer", NOTE_LENGTH, lang);
  const note = request.note?.trim() ? readText(request.note, "note", NOTE_LENGTH, lang) : undefined;
  return guarded(async () => {
    const found = await tipInScope(deps, id, request.unitCode);
    if (!found) throw problem.caseNotFound();
    for (let attempt = 0; attempt < VERIFY_ATTEMPTS; attempt++) {
      const ended = await saveTipVerification(deps, {
        ...{ id, outcome, answer, holder: found.holder, newId: deps.newId },
        details: { actor, note },
        recordedAt: deps.now(),
      });
      if (ended === "settled") return;
      if (ended === "beaten") throw problem.alreadySettled();
    }
    throw problem.unavailable();
  });
}
