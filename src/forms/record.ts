import type { Field, FormDefinition, RecordDuty, RecordForm, RecordStep, Rule, Words } from "./define.ts";
import { holds } from "./rules.ts";

/* What a record form means to the engine: its fields, states, steps, and what is owed in a state. */

/** The two states that no form names itself. */
export const FILED = "filed";
export const WITHDRAWN = "withdrawn";

/** Answers that are not personal, by field: what rules of a record see. */
export type RecordFacts = Readonly<Record<string, unknown>>;
/** When and where a rule is asked. */
export type RecordMoment = { now: Date; zone: string };

/** Every field that is asked at filing. */
export const recordFields = (form: RecordForm): Field[] => form.groups.flatMap(({ fields }) => [...fields]);

/** Every field of a form, those of its steps too. */
export const allFields = (form: RecordForm): Field[] => [
  ...recordFields(form),
  ...form.record.steps.flatMap(({ fields = [] }) => [...fields]),
];

/** A record form of this list by its name. */
export const recordFormNamed = (forms: readonly RecordForm[], name: string): RecordForm | undefined =>
  forms.find((form) => form.name === name);

/** A step by its name. */
export const stepNamed = ({ record }: RecordForm, name: string): RecordStep | undefined =>
  record.steps.find((step) => step.name === name);

/** What is asked with a step, as a form of its own, so that it is validated and shown like every other. */
export const stepForm = (form: RecordForm, step: RecordStep): FormDefinition => ({
  name: `${form.name}-${step.name}`,
  version: form.version,
  title: step.label,
  groups: [{ name: step.name, label: step.label, fields: step.fields ?? [] }],
});

/** What is asked where a record is withdrawn: why. Free text, sealed like every other. */
export const withdrawalForm = (form: RecordForm): FormDefinition => ({
  name: `${form.name}-${WITHDRAWN}`,
  version: form.version,
  title: WITHDRAW,
  groups: [{ name: WITHDRAWN, label: WITHDRAW, fields: [REASON] }],
});

/** Whether a rule holds for a record; without one it does. */
export function holdsFor(
  form: RecordForm,
  rule: Rule | undefined,
  facts: RecordFacts,
  { now, zone }: RecordMoment,
): boolean {
  if (!rule) return true;
  const fields = new Map(allFields(form).map((field) => [field.name, field.type]));
  return holds(rule, {
    lookup: (name) => {
      const [type, value] = [fields.get(name), Object.hasOwn(facts, name) ? facts[name] : undefined];
      return type === undefined || value === undefined || value === null
        ? undefined
        : { type, value: value as string | number | boolean };
    },
    now,
    zone,
  });
}

/** The steps that may be taken from a state. None: it is an end. */
export const stepsFrom = (
  form: RecordForm,
  state: string,
  facts: RecordFacts,
  at: RecordMoment,
): RecordStep[] =>
  form.record.steps.filter(({ from, when }) => from.includes(state) && holdsFor(form, when, facts, at));

/** What is owed in a state; of several the first. */
export const dutyIn = (
  form: RecordForm,
  state: string,
  facts: RecordFacts,
  at: RecordMoment,
): RecordDuty | undefined =>
  form.record.owes?.find((duty) => duty.in === state && holdsFor(form, duty.when, facts, at));

/** Whether a record may be withdrawn: until its last step; one that filing itself ended can be a slip all the same. */
export const mayWithdraw = ({ state, endedAt }: { state: string; endedAt: Date | null }): boolean =>
  endedAt === null || state === FILED;

/** What a state is called. */
export const stateWords = (form: RecordForm, state: string): Words =>
  state === FILED ? form.record.filed : (stepNamed(form, state)?.done ?? WITHDRAWN_WORDS);

const WITHDRAWN_WORDS: Words = { "zh-Hans": "已作废", "zh-Hant": "已作廢", en: "withdrawn" };
const WITHDRAW: Words = { "zh-Hans": "作废", "zh-Hant": "作廢", en: "Withdraw" };
const REASON: Field = {
  name: "reason",
  type: "text",
  maxLength: 200,
  pii: true,
  example: "样本：开错了",
  label: { "zh-Hans": "作废的原因", "zh-Hant": "作廢的原因", en: "Why it is withdrawn" },
  required: {
    "zh-Hans": "请写明作废的原因；登记会保留",
    "zh-Hant": "請寫明作廢的原因；登記會保留",
    en: "Say why it is withdrawn; the record is kept",
  },
};
