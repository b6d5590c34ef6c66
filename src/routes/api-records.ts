import { recordForms } from "../../forms/records.ts";
import { findRecord } from "../db/record.ts";
import { listEvents } from "../db/record-event.ts";
import { findUnit, withinSubtree } from "../db/unit.ts";
import { type FieldError, ProblemError, problem } from "../domain/problem.ts";
import { formOf, type RecordState, stepOf } from "../domain/record.ts";
import { NO_MOMENT } from "../domain/record-moment.ts";
import { recordProblem } from "../domain/record-problem.ts";
import { readClientId } from "../domain/submission.ts";
import { unitOfCode } from "../domain/unit.ts";
import type { FormDefinition, RecordForm, Words } from "../forms/define.ts";
import { isRecord, own } from "../forms/fields.ts";
import { parseMoment } from "../forms/moments.ts";
import { stepForm, stepsFrom, WITHDRAWN, withdrawalForm } from "../forms/record.ts";
import { validate } from "../forms/validate.ts";
import { actorOfKey, requireScope } from "../http/bearer.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { jsonBodies } from "../http/guards.ts";
import { readJson } from "../http/json-body.ts";
import { wordsForPrograms } from "../http/problems.ts";
import { created, local, pace } from "../http/received.ts";
import { registerRecord } from "../http/register-record.ts";
import {
  type Filed,
  fileEach,
  fileRecord,
  MOST_RECORDS,
  type RecordEntry,
  type RecordReceipt,
  takeStep,
} from "../http/submit-record.ts";

/**
 * /api/v1/records/:form/:unit: records as programs file them, one or a list; their steps; one of them with its history. By the
 * same form files as the pages, for units within the key's scope.
 */
export const createApiRecordRoutes = (forms: readonly RecordForm[]) =>
  factory
    .createApp()
    .post("/records/:form/:unit", jsonBodies, async (c) => {
      const { form, unitCode, whose } = await doorOf(c, forms);
      const entry = readEntry(c, form, await readJson(c));
      const receipt = await fileRecord(c.var.deps, { ...whose, form, unitCode, ...entry });
      return created(await filedJson(c, form, entry, receipt));
    })
    .post("/records/:form/:unit/list", jsonBodies, async (c) => {
      const { form, unitCode, whose } = await doorOf(c, forms);
      const list = own(await readJson(c), "entries");
      if (!Array.isArray(list)) throw problem.answer("entries", "type", NO_LIST, c.var.lang);
      if (list.length > MOST_RECORDS) throw problem.tooMany(MOST_RECORDS);
      const read = list.map((sent) => tryEntry(c, form, sent));
      const good = read.flatMap((one) => ("fault" in one ? [] : [one]));
      const filed = await fileEach(c.var.deps, { ...whose, form, unitCode }, good);
      const results: object[] = [];
      // One after another: what registers somebody goes into the same books.
      for (const [at, one] of read.entries()) {
        const outcome = "fault" in one ? one : filed[good.indexOf(one)];
        results.push({ clientId: clientIdOf(list[at]), ...(await resultJson(c, form, one, outcome)) });
      }
      return c.json({ results }, 200, NEVER_KEPT);
    })
    .post("/records/:form/:unit/:id/:step", jsonBodies, async (c) => {
      const { form, unitCode, scope, whose } = await doorOf(c, forms);
      const step = stepOf(form, c.req.param("step"));
      const asked = step === WITHDRAWN ? withdrawalForm(form) : stepForm(form, step);
      const entry = readEntry(c, asked, await readJson(c));
      const { id } = await recordAt(c, form, unitCode);
      // The key's own unit is the door: what is above a record decides about it.
      const request = { ...whose, ...entry, form, unitCode: scope, id, step: c.req.param("step") };
      return created(receiptJson(c, await takeStep(c.var.deps, request)));
    })
    .get("/records/:form/:unit/:id", async (c) => {
      const { form, unitCode } = await doorOf(c, forms);
      const record = await recordAt(c, form, unitCode);
      return c.json(await historyJson(c, form, record), 200, NEVER_KEPT);
    });

export const apiRecordRoutes = createApiRecordRoutes(recordForms);

type Fault = { fault: ProblemError };

function tryEntry(c: AppContext, form: RecordForm, sent: unknown): RecordEntry | Fault {
  try {
    return readEntry(c, form, sent);
  } catch (error) {
    if (error instanceof ProblemError) return { fault: error };
    throw error;
  }
}

const NEVER_KEPT = { "Cache-Control": "no-store" };

/** Which form and unit, and who asks. Throws unauthorized, outOfScope, unitNotFound, recordProblem.formUnknown. */
async function doorOf(c: AppContext, forms: readonly RecordForm[]) {
  await pace(c);
  const { form: name = "", unit: unitCode = "" } = c.req.param();
  const scope = await requireScope(c);
  if (!withinSubtree(unitCode, scope)) throw problem.outOfScope();
  if (!unitOfCode(unitCode)) throw problem.unitNotFound();
  const form = formOf(forms, name);
  const whose = { door: "api" as const, actor: await actorOfKey(c), lang: c.var.lang };
  return { form, unitCode, scope, whose };
}

/** What was sent of one record, valid. Throws `invalid` with every answer to mend. */
function readEntry(c: AppContext, form: FormDefinition, sent: unknown): RecordEntry {
  const { deps, lang } = c.var;
  const zone = deps.settings.TIME_ZONE;
  const body = isRecord(sent) ? sent : {};
  const errors: FieldError[] = [];
  let clientId = "";
  try {
    clientId = readClientId(clientIdOf(sent) ?? "", lang);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    errors.push(...(error.problem.errors ?? []));
  }
  const happened = own(body, "occurredAt") ?? undefined;
  const moment = typeof happened === "string" ? parseMoment(happened, zone) : undefined;
  if (happened !== undefined && !(moment && "value" in moment)) {
    const words = moment && "fault" in moment ? moment.fault : NO_MOMENT;
    errors.push({ path: "occurredAt", code: "format", message: words[lang] });
  }
  const checked = validate(form, sent, { lang, now: deps.now(), zone });
  if (!checked.ok) errors.push(...checked.errors);
  if (errors.length > 0 || !checked.ok) throw problem.invalid(errors);
  const occurredAt = moment && "value" in moment ? new Date(moment.value) : undefined;
  return { clientId, occurredAt, values: checked.values as RecordEntry["values"] };
}

const clientIdOf = (sent: unknown): string | null => {
  const id = isRecord(sent) ? own(sent, "clientId") : undefined;
  return typeof id === "string" ? id.slice(0, 100) : null;
};

/** The record that the address names, of this form and unit. Throws notFound, unitNotFound. */
async function recordAt(c: AppContext, { name }: RecordForm, unitCode: string): Promise<RecordState> {
  const { db } = c.var.deps;
  const record = await findRecord(db, c.req.param("id") ?? "");
  if (record?.form === name && record.unitCode === unitCode) return record;
  throw (await findUnit(db, unitCode)) ? recordProblem.notFound() : problem.unitNotFound();
}

async function resultJson(
  c: AppContext,
  form: RecordForm,
  entry: RecordEntry | Fault,
  outcome: Filed | undefined,
): Promise<object> {
  if (outcome && "receipt" in outcome && !("fault" in entry))
    return { status: 201, receipt: await filedJson(c, form, entry, outcome.receipt) };
  const { problem: fault } = outcome && "fault" in outcome ? outcome.fault : problem.unavailable();
  const { title, errors } = wordsForPrograms(fault, c.var.lang);
  return { status: fault.status, problem: { code: fault.code, title, ...(errors ? { errors } : {}) } };
}

/** A receipt, with the registration that the record became where its form says so, or what keeps it from becoming one. */
async function filedJson(c: AppContext, form: RecordForm, entry: RecordEntry, receipt: RecordReceipt) {
  const { deps, lang } = c.var;
  const { clientId, values } = entry;
  const became = await registerRecord(deps, { form, receipt, clientId, values, door: "api", lang });
  if (!became) return receiptJson(c, receipt);
  if ("errors" in became) return { ...receiptJson(c, receipt), notRegistered: became.errors };
  const personUrl = `${deps.settings.PUBLIC_URL}/p/${became.token}`;
  return { ...receiptJson(c, receipt), caseNumber: became.caseNumber, personUrl };
}

const receiptJson = (c: AppContext, receipt: RecordReceipt) => ({
  number: receipt.id,
  form: receipt.form,
  unit: receipt.unitCode,
  state: receipt.state,
  version: receipt.version,
  caseNumber: receipt.householdId,
  answers: receipt.facts,
  occurredAt: local(c, receipt.occurredAt),
  recordedAt: local(c, receipt.recordedAt),
  dueAt: receipt.dueAt && local(c, receipt.dueAt),
  endedAt: receipt.endedAt && local(c, receipt.endedAt),
});

/** A record as it stands, which steps are open, and what happened to it: nothing personal, and nobody who did it. */
async function historyJson(c: AppContext, form: RecordForm, record: RecordState): Promise<object> {
  const { db, settings, now } = c.var.deps;
  const at = { now: now(), zone: settings.TIME_ZONE };
  const events = await listEvents(db, record.id);
  return {
    ...receiptJson(c, { ...record, again: true }),
    steps: record.endedAt
      ? []
      : [...stepsFrom(form, record.state, record.facts, at).map(({ name }) => name), WITHDRAWN],
    events: events.map(({ version, step, facts, occurredAt, recordedAt }) => ({
      ...{ version, step, answers: facts },
      ...{ occurredAt: local(c, occurredAt), recordedAt: local(c, recordedAt) },
    })),
  };
}

const NO_LIST: Words = {
  "zh-Hans": "entries 应为列表",
  "zh-Hant": "entries 應為列表",
  en: "entries must be a list",
};
