import { registration } from "../../forms/registration.ts";
import { linkToken } from "../db/link.ts";
import { unbase64url } from "../db/privacy.ts";
import { findRecord } from "../db/record.ts";
import { recordRegistered } from "../db/record-registered.ts";
import { findUnit } from "../db/unit.ts";
import { type FieldError, ProblemError } from "../domain/problem.ts";
import { registrationAnswers, sourceField } from "../domain/register-record.ts";
import { type Door, unknownUnit } from "../domain/submission.ts";
import type { Lang, RecordForm } from "../forms/define.ts";
import { WITHDRAWN } from "../forms/record.ts";
import { validate } from "../forms/validate.ts";
import type { Deps } from "./factory.ts";
import type { RecordReceipt } from "./submit-record.ts";
import { submitRegistration } from "./submit-registration.ts";

/** What became of the registration that a record stands for: its case and the person's own link, or what is in the way. */
export type RecordRegistered = { caseNumber: string; token: string } | { errors: FieldError[] };

/**
 * Registers whoever a filed record is about, where its form's `registers` says so; undefined where it does not. The record
 * stands whatever comes of it. The client id comes from the record's own, so that the same record sent again registers nobody
 * twice; the case number is written into the record in the registration's own batch. Throws what nobody can mend.
 */
export async function registerRecord(
  deps: Deps,
  sent: {
    form: RecordForm;
    receipt: RecordReceipt;
    /** As it was filed: the client id and every answer. */
    clientId: string;
    values: Readonly<Record<string, unknown>>;
    door: Door;
    lang?: Lang;
  },
): Promise<RecordRegistered | undefined> {
  const { form, receipt, door, lang = "zh-Hans" } = sent;
  const { settings, privacy, db } = deps;
  const zone = settings.TIME_ZONE;
  const answers = registrationAnswers(form, { values: sent.values, occurredAt: receipt.occurredAt, zone });
  if (!answers) return undefined;
  const clientId = await registrationId(deps, form, sent.clientId);
  if (receipt.householdId)
    return { caseNumber: receipt.householdId, token: await linkToken({ privacy }, "person", clientId) };
  // Sent again after it was withdrawn: it stands for nobody any more.
  if (receipt.again && (await findRecord(db, receipt.id))?.state === WITHDRAWN) return undefined;
  const judged = await judge(deps, answers, lang);
  if (!judged.ok) return { errors: onRecord(form, judged.errors) };
  try {
    const { caseNumber, token } = await submitRegistration(deps, {
      ...{ clientId, values: judged.values, door, unitCode: judged.values.unit, lang },
      also: async (number) => ({ statements: [recordRegistered(db, receipt.id, number)] }),
    });
    return { caseNumber, token };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error;
    const { errors, code, title } = error.problem;
    return { errors: onRecord(form, errors ?? [{ path: "", code, message: title[lang] }]) };
  }
}

/**
 * What is in the way of the registration that a record should have become, in words without what was typed; none where nothing
 * is, and undefined where the record is registered, or becomes none. @param values every answer of the record
 */
export async function missedRegistration(
  deps: Deps,
  form: RecordForm,
  record: { values: Readonly<Record<string, unknown>>; occurredAt: Date; householdId: string | null },
  lang: Lang,
): Promise<string[] | undefined> {
  const { values, occurredAt, householdId } = record;
  if (householdId) return undefined;
  const answers = registrationAnswers(form, { values, occurredAt, zone: deps.settings.TIME_ZONE });
  if (!answers) return undefined;
  const judged = await judge(deps, answers, lang);
  return judged.ok ? [] : judged.errors.map(({ message }) => message);
}

async function judge(deps: Deps, answers: Record<string, unknown>, lang: Lang) {
  const now = deps.now();
  const judged = validate(registration, answers, { lang, now, zone: deps.settings.TIME_ZONE });
  if (!judged.ok) return judged;
  // A phone's page may be three days old: the village that it offered can have been closed since.
  const village = await findUnit(deps.db, judged.values.unit);
  if (village && !(village.closedAt && village.closedAt <= now)) return judged;
  return { ok: false as const, errors: unknownUnit(lang).problem.errors ?? [] };
}

/** Paths of the registration's answers as those of the record's. */
const onRecord = (form: RecordForm, errors: readonly FieldError[]): FieldError[] =>
  errors.map((error) => ({ ...error, path: sourceField(form, error.path) ?? error.path }));

/** A UUID (version 8: what it is made of is our own matter) that a record's client id alone leads to. */
async function registrationId({ privacy }: Deps, form: RecordForm, clientId: string): Promise<string> {
  const bytes = unbase64url(
    await privacy.derive("record-registration", `${form.name}/${clientId.trim().toLowerCase()}`),
  );
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
