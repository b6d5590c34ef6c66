import { guarded, refusal } from "../db/fault.ts";
import { readStepGround, saveStep } from "../db/record.ts";
import { findReceipts } from "../db/record-event.ts";
import { identify } from "../db/submission.ts";
import { withinSubtree } from "../db/unit.ts";
import { problem } from "../domain/problem.ts";
import { planStep, planWithdrawal, type RecordState, stepOf } from "../domain/record.ts";
import { decidesFor } from "../domain/record-duty.ts";
import { recordProblem } from "../domain/record-problem.ts";
import { type RecordReceipt, receiptOf } from "../domain/record-receipt.ts";
import type { RecordStep } from "../forms/define.ts";
import { WITHDRAWN } from "../forms/record.ts";
import type { Deps } from "./factory.ts";
import { happenedIn, type RecordEntry, ROUNDS, type Whose } from "./record-entry.ts";

/**
 * Takes a step of a record, or withdraws it (`step: "withdrawn"`, `values: {reason}`). `unitCode` is whose door it came
 * through: the record's own unit or one above it; for a step by the unit above only a town or county that is. Throws
 * recordProblem.notFound, .stepUnknown, .stepClosed (somebody was first, or the state allows it no more), .notYours,
 * contentDiffers, invalid.
 */
export async function takeStep(
  deps: Deps,
  request: Whose & { id: string; step: string } & RecordEntry,
): Promise<RecordReceipt> {
  const { form, unitCode, id, values, occurredAt, actor, lang } = request;
  const { db, privacy, settings } = deps;
  const step = stepOf(form, request.step);
  const content = [request.step, id, values, happenedIn(request, lang)];
  const { arrival } = await identify(privacy, form, { ...request, content });
  return guarded(async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const { record, ledger, arrived } = await readStepGround(db, { id, submission: arrival.id });
      if (record?.form !== form.name || !withinSubtree(record.unitCode, unitCode))
        throw recordProblem.notFound();
      if (arrived) {
        if (arrived.contentHash !== arrival.contentHash) throw problem.contentDiffers();
        const receipt = (await findReceipts(db, [arrived.subjectId])).get(arrived.subjectId);
        if (!receipt) throw problem.unavailable();
        return receipt;
      }
      refuseOthers(record, step, unitCode);
      const ctx = { form, now: deps.now(), settings, ledger, lang };
      const plan =
        step === WITHDRAWN
          ? planWithdrawal(record, { reason: String(values.reason ?? ""), occurredAt }, ctx)
          : planStep(record, { step, values, occurredAt }, ctx);
      try {
        await saveStep(deps, { plan, arrival, actor });
        return receiptOf(plan);
      } catch (error) {
        if (typeof refusal(error) !== "object") throw error;
      }
    }
    throw problem.unavailable();
  });
}

/** Throws notYours at a door whose unit does not decide. */
function refuseOthers({ unitCode }: RecordState, step: RecordStep | typeof WITHDRAWN, doorCode: string) {
  if (step !== WITHDRAWN && step.by === "above" && !decidesFor(doorCode, unitCode))
    throw recordProblem.notYours();
}
