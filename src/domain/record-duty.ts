import type { Settings } from "../env.ts";
import type { RecordDuty, RecordForm } from "../forms/define.ts";
import { dutyIn, type RecordFacts } from "../forms/record.ts";
import { unitOfRung } from "./ladder.ts";
import { type NewObligation, planObligation } from "./obligation.ts";
import type { RecordState } from "./record.ts";
import { addDays, isDate, MINUTE, momentOf } from "./time.ts";
import { unitOfCode } from "./unit.ts";

/* What is owed while a record is in a state, and who decides about it. */

/**
 * What a record owes in the state it has come to; undefined where the form says nothing, or the day it goes by was not answered.
 * @param record with the event that led there: `version` and `lastAt` are the event's
 */
export function planDuty(
  form: RecordForm,
  { id, unitCode, state, version, facts, lastAt }: Omit<RecordState, "counted">,
  { recordedAt, settings }: { recordedAt: Date; settings: Settings },
): NewObligation | undefined {
  const duty = dutyIn(form, state, facts, { now: recordedAt, zone: settings.TIME_ZONE });
  const above = duty?.from === "above";
  // Who decides hears of it as it is recorded: a phone that was without a network for a day must not make their town late.
  const dueAt = duty && dueBy(duty, facts, above ? recordedAt : lastAt, settings.TIME_ZONE);
  if (!dueAt) return undefined;
  return planObligation(
    {
      ...{ kind: above ? "decision" : "record", unitCode: above ? aboveOf(unitCode) : unitCode },
      ...{ subjectId: `${form.name}/${id}/${version}`, openedAt: recordedAt, dueAt },
    },
    { now: recordedAt, settings },
  );
}

function dueBy({ within }: RecordDuty, facts: RecordFacts, entered: Date, zone: string): Date | undefined {
  if ("minutes" in within) return new Date(entered.getTime() + within.minutes * MINUTE);
  const date = Object.hasOwn(facts, within.field) ? facts[within.field] : undefined;
  if (typeof date !== "string" || !isDate(date)) return undefined;
  return momentOf(addDays(date, within.days), "24:00", zone);
}

/** The town of a unit, the county of a town's own and of the county's bureaus; the county has nobody above. */
export function aboveOf(unitCode: string): string {
  const town = unitOfRung(unitCode, "town");
  return town === unitCode ? unitOfRung(unitCode, "county") : town;
}

/** Whether the unit of this door decides about what another one filed: its town or its county. The county decides its own. */
export function decidesFor(doorCode: string, unitCode: string): boolean {
  const kind = unitOfCode(doorCode)?.kind;
  if (kind === "county") return unitCode.startsWith(doorCode);
  return kind === "town" && unitCode !== doorCode && unitCode.startsWith(doorCode);
}
