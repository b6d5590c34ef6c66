import type { RecordFacts } from "../forms/record.ts";
import type { RecordPlan } from "./record.ts";

/** A record as an event left it: what its sender is told, now and whenever the same comes again. */
export type RecordReceipt = {
  id: string;
  form: string;
  unitCode: string;
  state: string;
  /** Of this event; 1 is the filing. */
  version: number;
  facts: RecordFacts;
  householdId: string | null;
  /** When this event happened, and when it was recorded. */
  occurredAt: Date;
  recordedAt: Date;
  /** The obligation that this state has, and by when the next step is owed. */
  owedId: string | null;
  dueAt: Date | null;
  /** Where no step was left. */
  endedAt: Date | null;
  /** It was there already. */
  again: boolean;
};

/** What the sender of an event that was just written is told. */
export function receiptOf({ next, event }: RecordPlan): RecordReceipt {
  const { id, form, unitCode, state, version, facts, householdId, owedId, dueAt, endedAt } = next;
  const { occurredAt, recordedAt } = event;
  return {
    ...{ id, form, unitCode, state, version, facts, householdId },
    ...{ occurredAt, recordedAt, owedId, dueAt, endedAt, again: false },
  };
}
