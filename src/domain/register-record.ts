import type { RecordForm, RegisterSource } from "../forms/define.ts";
import { allFields, holdsFor, type RecordFacts } from "../forms/record.ts";
import { localDate } from "./time.ts";

/** A record with all its answers, as its sender knows them: what a form's `registers` is asked of. */
export type RegisterGround = { values: RecordFacts; occurredAt: Date; zone: string };

/** Whether a record becomes a registration too. */
export const registersFor = (form: RecordForm, { values, occurredAt, zone }: RegisterGround): boolean =>
  form.record.registers !== undefined &&
  holdsFor(form, form.record.registers.when, values, { now: occurredAt, zone });

/**
 * The answers of forms/registration.ts that a record stands for: one household of one person. Not valid yet; answers that the
 * record does not have are left out. undefined where it does not become a registration.
 */
export function registrationAnswers(
  form: RecordForm,
  ground: RegisterGround,
): Record<string, unknown> | undefined {
  const { registers } = form.record;
  if (!registers || !registersFor(form, ground)) return undefined;
  const answers = (sources: Readonly<Record<string, RegisterSource>>) =>
    Object.fromEntries(
      Object.entries(sources).flatMap(([name, source]) => {
        const answer = answerFrom(form, source, ground);
        return answer === undefined ? [] : [[name, answer]];
      }),
    );
  return { ...answers(registers.values), persons: [answers(registers.person)] };
}

function answerFrom(form: RecordForm, source: RegisterSource, ground: RegisterGround): unknown {
  const { values, occurredAt, zone } = ground;
  if ("value" in source) return source.value;
  if ("holds" in source) return holdsFor(form, source.holds, values, { now: occurredAt, zone });
  if ("happened" in source)
    return source.happened === "day" ? localDate(occurredAt, zone) : occurredAt.toISOString();
  const answer = Object.hasOwn(values, source.field) ? values[source.field] : undefined;
  return source.as && typeof answer === "string" ? (source.as[answer] ?? answer) : answer;
}

/** The record's field that an answer of the registration came from, for what has to be mended; undefined for none. */
export function sourceField(form: RecordForm, path: string): string | undefined {
  const { registers } = form.record;
  const [, person] = /^persons\.0\.(\w+)/.exec(path) ?? [];
  const source = person ? registers?.person[person] : registers?.values[path.split(".")[0] ?? ""];
  const field = source && "field" in source ? source.field : undefined;
  return field && allFields(form).some(({ name }) => name === field) ? field : undefined;
}
