import type { Settings } from "../env.ts";
import { ladderOf, momentOfStep, type ObligationKind } from "./ladder.ts";

/** A row of the table `obligation`, as it is first written. */
export type NewObligation = {
  id: string;
  kind: ObligationKind;
  unitCode: string;
  /** Local day, case, tip or person number. */
  subjectId: string;
  openedAt: Date;
  dueAt: Date;
  nextDueAt: Date | null;
  recordedAt: Date;
};

/**
 * Something owed by a moment, ready to be written with `openObligation`.
 * @param owed openedAt: since when it is known; dueAt: by when it is owed
 */
export function planObligation(
  owed: { kind: ObligationKind; unitCode: string; subjectId: string; openedAt: Date; dueAt: Date },
  { now, settings }: { now: Date; settings: Settings },
): NewObligation {
  const [first] = ladderOf(owed.kind, settings);
  return {
    ...owed,
    id: obligationId(owed.kind, owed.subjectId, owed.unitCode),
    nextDueAt: first ? momentOfStep(first, owed) : null,
    recordedAt: now,
  };
}

/**
 * Derived, so that planning the same thing twice makes one row. A report's subject is its local day, YYYY-MM-DD, a count's
 * the form and the day.
 */
export function obligationId(kind: ObligationKind, subjectId: string, unitCode: string): string {
  return kind === "daily-report" || kind === "count"
    ? `${kind}/${subjectId}/${unitCode}`
    : `${kind}/${subjectId}`;
}
