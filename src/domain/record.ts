import type { Settings } from "../env.ts";
import type { Field, Lang, RecordForm, RecordStep } from "../forms/define.ts";
import {
  FILED,
  mayWithdraw,
  type RecordFacts,
  recordFields,
  recordFormNamed,
  stateWords,
  stepNamed,
  stepsFrom,
  WITHDRAWN,
} from "../forms/record.ts";
import type { NewObligation } from "./obligation.ts";
import { problem } from "./problem.ts";
import { planDuty } from "./record-duty.ts";
import { countedAfter, type Figures, totalsAfter } from "./record-figure.ts";
import { momentOfEvent } from "./record-moment.ts";
import { noReason, recordProblem } from "./record-problem.ts";
import { overQuota } from "./record-quota.ts";

/* 登记事项: what filing a record, or a step of one, leads to. What a form may say of it stands in forms/define.ts. */

/** A record as it stands. Answers that are personal are not in it. */
export type RecordState = {
  id: string;
  form: string;
  unitCode: string;
  state: string;
  /** Of its last event; 1 is the filing. */
  version: number;
  facts: RecordFacts;
  /** What it added to its unit's figures so far, by figure. */
  counted: Figures;
  owedId: string | null;
  householdId: string | null;
  /** When what was filed happened, and when it was recorded. */
  occurredAt: Date;
  recordedAt: Date;
  /** When its last event happened: the next one cannot have happened before. */
  lastAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
};
/** The last event of a unit and form: the next one comes after it. */
export type RecordLedger = { seq: number; totals: Figures; recordedAt: Date };
/** What is written for one event, all in one batch. */
export type RecordPlan = {
  /** The record as it stands with it. */
  next: RecordState;
  event: {
    seq: number;
    step: string;
    facts: RecordFacts;
    /** Answers that are personal, still open: sealed by whoever saves. */
    said: RecordFacts;
    totals: Figures;
    occurredAt: Date;
    recordedAt: Date;
  };
  /** What is owed from now on, and the id of what was. */
  owes?: NewObligation;
  meets?: string;
};
export type RecordContext = {
  form: RecordForm;
  now: Date;
  settings: Settings;
  ledger: RecordLedger | undefined;
  lang?: Lang | undefined;
};
export type Filing = {
  id: string;
  unitCode: string;
  /** Validated answers of the form. */
  values: RecordFacts;
  /** Without it, now. */
  occurredAt?: Date | undefined;
  /** When those records of its subject happened that a quota counts: of `quotaSpan`, without withdrawn ones. */
  recent: readonly Date[];
};

/** Decides what filing leads to. Throws `invalid` on occurredAt and, with the form's own words, for a quota that is used up. */
export function planFiling(filing: Filing, ctx: RecordContext): RecordPlan {
  const { form, now, settings, lang } = ctx;
  const { id, unitCode, values } = filing;
  const occurredAt = momentOfEvent(filing.occurredAt, { now, lang });
  const { quota, subject } = form.record;
  if (quota && overQuota(quota, occurredAt, filing.recent, settings.TIME_ZONE))
    throw problem.answer(subject?.[0] ?? "", "quota", quota.message, lang);
  const nothing: RecordState = {
    ...{ id, form: form.name, unitCode, state: "", version: 0, facts: {}, counted: {}, householdId: null },
    ...{ occurredAt, recordedAt: recordedAfter(ctx), lastAt: occurredAt },
    ...{ owedId: null, dueAt: null, endedAt: null },
  };
  return planEvent(nothing, { step: FILED, occurredAt, ...answersOf(recordFields(form), values) }, ctx);
}

/**
 * Decides what a step of a record leads to. Throws recordProblem.stepClosed where its state allows it no more, `invalid` on
 * occurredAt.
 */
export function planStep(
  record: RecordState,
  { step, values, ...sent }: { step: RecordStep; values: RecordFacts; occurredAt?: Date | undefined },
  ctx: RecordContext,
): RecordPlan {
  const { form, now, settings, lang } = ctx;
  const at = { now, zone: settings.TIME_ZONE };
  const open = record.endedAt ? [] : stepsFrom(form, record.state, record.facts, at);
  if (!open.includes(step)) throw recordProblem.stepClosed(stateWords(form, record.state));
  const occurredAt = momentOfEvent(sent.occurredAt, { now, after: record.lastAt, lang });
  return planEvent(record, { step: step.name, occurredAt, ...answersOf(step.fields ?? [], values) }, ctx);
}

/** 作废: takes back all that a record counted. Throws as planStep does, and `invalid` where no reason is given. */
export function planWithdrawal(
  record: RecordState,
  { reason, ...sent }: { reason: string; occurredAt?: Date | undefined },
  ctx: RecordContext,
): RecordPlan {
  const { form, now, lang } = ctx;
  if (!mayWithdraw(record)) throw recordProblem.stepClosed(stateWords(form, record.state));
  if (!reason.trim()) throw noReason(lang);
  const occurredAt = momentOfEvent(sent.occurredAt, { now, after: record.lastAt, lang });
  return planEvent(record, { step: WITHDRAWN, occurredAt, facts: {}, said: { reason: reason.trim() } }, ctx);
}

type Happened = Pick<RecordPlan["event"], "step" | "facts" | "said" | "occurredAt">;

function planEvent(before: RecordState, happened: Happened, ctx: RecordContext): RecordPlan {
  const { form, ledger, settings } = ctx;
  const { step: state, occurredAt } = happened;
  const recordedAt = recordedAfter(ctx);
  const at = { now: recordedAt, zone: settings.TIME_ZONE };
  const after = { ...before, state, version: before.version + 1, lastAt: occurredAt };
  const facts = { ...before.facts, ...happened.facts };
  const counted = countedAfter(form, { state, facts, counted: before.counted }, at);
  const ends = state === WITHDRAWN || stepsFrom(form, state, facts, at).length === 0;
  // What is owed at an end nobody could ever meet.
  const owes = ends ? undefined : planDuty(form, { ...after, facts }, { recordedAt, settings });
  return {
    next: {
      ...{ ...after, facts, counted, owedId: owes?.id ?? null, dueAt: owes?.dueAt ?? null },
      endedAt: ends ? recordedAt : null,
    },
    event: {
      ...{ ...happened, seq: (ledger?.seq ?? 0) + 1, recordedAt },
      totals: totalsAfter(form, ledger?.totals ?? {}, { before: before.counted, after: counted }),
    },
    ...(owes ? { owes } : {}),
    ...(before.owedId ? { meets: before.owedId } : {}),
  };
}

/** Never back: clocks of two machines differ, and the later event must count from the later moment. */
const recordedAfter = ({ now, ledger }: RecordContext): Date =>
  new Date(Math.max(now.getTime(), ledger?.recordedAt.getTime() ?? 0));

/** The answers to these fields: facts, and those that are personal. */
function answersOf(fields: readonly Field[], values: RecordFacts): { facts: RecordFacts; said: RecordFacts } {
  const answered = (pii: boolean) =>
    Object.fromEntries(
      fields.flatMap(({ name, ...field }) =>
        Boolean(field.pii) === pii && Object.hasOwn(values, name) && values[name] !== undefined
          ? [[name, values[name]]]
          : [],
      ),
    );
  return { facts: answered(false), said: answered(true) };
}

/** The form of this name. Throws recordProblem.formUnknown. */
export function formOf(forms: readonly RecordForm[], name: string): RecordForm {
  const form = recordFormNamed(forms, name);
  if (!form) throw recordProblem.formUnknown();
  return form;
}

/** The step of this name, or "withdrawn". Throws recordProblem.stepUnknown. */
export function stepOf(form: RecordForm, name: string): RecordStep | typeof WITHDRAWN {
  if (name === WITHDRAWN) return WITHDRAWN;
  const step = stepNamed(form, name);
  if (!step) throw recordProblem.stepUnknown();
  return step;
}
