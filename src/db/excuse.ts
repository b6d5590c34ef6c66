import type { Arrival } from "../domain/submission.ts";
import { excuseCounts, excuseObligations } from "./obligation.ts";
import { REPORT_FORM } from "./report.ts";
import { audit, excuse } from "./schema.ts";
import { runBatch, type Store } from "./store.ts";
import { recordArrival } from "./submission.ts";

export type ExcuseRow = {
  unitCode: string;
  fromDate: string;
  toDate: string;
  reason: string;
  /** A link's hash. */
  actor: string;
  recordedAt: Date;
};

/**
 * Excuses a unit from its daily reports and the counts that it owes of some local days, in one batch: the excuse (materialising
 * later days looks at it), the obligations that exist already, and who did it. Throws the key's clash when the same comes twice.
 */
export async function saveExcuse(
  { db, privacy }: Store,
  arrival: Arrival,
  row: ExcuseRow,
  auditId: string,
): Promise<void> {
  const { unitCode, fromDate, toDate, actor, recordedAt } = row;
  const { id } = arrival;
  await runBatch(db, [
    recordArrival(db, arrival, { subjectId: id, recordedAt }),
    db.insert(excuse).values({
      id,
      unitCode,
      form: REPORT_FORM,
      fromDate,
      toDate,
      sealed: await privacy.seal({ reason: row.reason, actor }, id, "excuse"),
      recordedAt,
    }),
    excuseObligations(db, { kind: REPORT_FORM, unitCode, from: fromDate, to: toDate, at: recordedAt }),
    excuseCounts(db, { unitCode, from: fromDate, to: toDate, at: recordedAt }),
    db.insert(audit).values({
      id: auditId,
      actor,
      act: "report.excused",
      subjectId: `${REPORT_FORM}/${fromDate}..${toDate}/${unitCode}`,
      unitCode,
      recordedAt,
    }),
  ]);
}
