import { reading } from "../../forms/reading.ts";
import { openLink } from "../db/link.ts";
import { hashToken } from "../db/privacy.ts";
import { localIso } from "../domain/as-of.ts";
import { type FieldError, type Problem, ProblemError, problem } from "../domain/problem.ts";
import { readClientId } from "../domain/submission.ts";
import type { Words } from "../forms/define.ts";
import { isRecord } from "../forms/fields.ts";
import { parseMoment } from "../forms/moments.ts";
import { validate } from "../forms/validate.ts";
import { requireScope } from "../http/bearer.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { jsonBodies, SLOW_SECONDS, slowed } from "../http/guards.ts";
import { readJson } from "../http/json-body.ts";
import { wordsForPrograms } from "../http/problems.ts";
import {
  MOST_READINGS,
  type ReadingReceipt,
  type ReadingResult,
  type ReadingSubmission,
  submitReading,
  submitReadings,
} from "../http/submit-reading.ts";

/**
 * POST /api/v1/readings: one reading, or up to 500 under `readings`, each answered for itself. The caller shows a key
 * (its scope bounds whose) or, as `link`, the token of a household's own link (only that household's).
 */
export const apiReadingRoutes = factory.createApp().post("/readings", jsonBodies, async (c) => {
  const body = await readJson(c);
  const token = typeof body.link === "string" ? body.link : undefined;
  if (await slowed(c, token)) throw problem.slowDown(SLOW_SECONDS);
  const list = "readings" in body ? body.readings : undefined;
  if (list !== undefined && !Array.isArray(list))
    throw problem.answer("readings", "type", NO_LIST, c.var.lang);
  if (list && list.length > MOST_READINGS) throw problem.tooMany(MOST_READINGS);
  const who = await callerOf(c, token);
  if (!list) {
    const receipt = await submitReading(c.var.deps, readItem(c, body, who));
    return c.json(receiptJson(c, receipt), 201, NEVER_KEPT);
  }
  return c.json({ results: await takeAll(c, list, who) }, 200, NEVER_KEPT);
});

type Caller = Pick<ReadingSubmission, "scope" | "household" | "actor">;
const NEVER_KEPT = { "Cache-Control": "no-store" };

/** Whose readings may be sent. Throws unauthorized, linkUnknown, linkExpired, linkRevoked. */
async function callerOf(c: AppContext, token: string | undefined): Promise<Caller> {
  if (token === undefined) return { scope: await requireScope(c), actor: "api-key" };
  const { deps } = c.var;
  const { subjectId } = await openLink(deps, token, "person", deps.now());
  return { household: subjectId ?? "", actor: await hashToken(token) };
}

/** The valid ones go together, in one batch; every answer stands where its reading stood. */
async function takeAll(c: AppContext, list: unknown[], who: Caller): Promise<object[]> {
  const read = list.map((one) => attempt(() => readItem(c, one, who)));
  const good = read.flatMap((one) => ("problem" in one ? [] : [one]));
  const results = good.length > 0 ? await submitReadings(c.var.deps, good) : [];
  return read.map((one, at) => {
    const clientId = clientIdOf(list[at]);
    const result: ReadingResult =
      "problem" in one
        ? { ok: false, problem: one.problem }
        : (results[good.indexOf(one)] ?? { ok: false, problem: problem.unavailable().problem });
    if (result.ok) return { clientId, status: 201, receipt: receiptJson(c, result.receipt) };
    const { code, status } = result.problem;
    const { title, errors } = wordsForPrograms(result.problem, c.var.lang);
    return { clientId, status, problem: { code, title, ...(errors ? { errors } : {}) } };
  });
}

function attempt<T>(work: () => T): T | { problem: Problem } {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error.problem };
    throw error;
  }
}

/** What was sent for one person, valid. Throws `invalid` with every answer to mend. */
function readItem(c: AppContext, sent: unknown, who: Caller): ReadingSubmission {
  const { deps, lang } = c.var;
  const zone = deps.settings.TIME_ZONE;
  const body = isRecord(sent) ? sent : {};
  const errors: FieldError[] = [];
  const mend = (path: string, code: string, words: Words) =>
    errors.push({ path, code, message: words[lang] });
  try {
    readClientId(clientIdOf(sent) ?? "", lang);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    errors.push(...(error.problem.errors ?? []));
  }
  const person = typeof body.person === "string" ? body.person.trim().toUpperCase() : "";
  if (!/^[A-Z]{1,4}-\d{4}-\d{4}-\d{1,2}$/.test(person)) mend("person", "format", NO_PERSON);
  if (body.slot !== undefined && body.slot !== null && typeof body.slot !== "string")
    mend("slot", "format", NO_SLOT);
  let takenAt: Date | undefined;
  if (body.takenAt !== undefined && body.takenAt !== null) {
    const moment = typeof body.takenAt === "string" ? parseMoment(body.takenAt, zone) : undefined;
    if (moment && "value" in moment) takenAt = new Date(moment.value);
    else mend("takenAt", "format", moment?.fault ?? NO_MOMENT);
  }
  const checked = validate(reading, body, { lang, now: deps.now(), zone });
  if (!checked.ok) errors.push(...checked.errors);
  if (errors.length > 0 || !checked.ok) throw problem.invalid(errors);
  return {
    ...checked.values,
    ...who,
    clientId: clientIdOf(sent) ?? "",
    observationId: person,
    slot: typeof body.slot === "string" ? body.slot.trim() : undefined,
    takenAt,
    door: "api",
    lang,
  };
}

const clientIdOf = (sent: unknown): string | null =>
  isRecord(sent) && typeof sent.clientId === "string" ? sent.clientId : null;

function receiptJson(c: AppContext, receipt: ReadingReceipt): object {
  const { observationId, slot, late, abnormal, version, corrected, recordedAt } = receipt;
  const at = localIso(recordedAt, c.var.deps.settings.TIME_ZONE);
  return { person: observationId, slot, late, abnormal, version, corrected, recordedAt: at };
}

const NO_LIST: Words = {
  "zh-Hans": "readings 应为列表",
  "zh-Hant": "readings 應為列表",
  en: "readings must be a list",
};
const NO_PERSON: Words = {
  "zh-Hans": "person 的格式应为 WY-0217-4486-1：登记编号加家里第几人",
  "zh-Hant": "person 的格式應為 WY-0217-4486-1：登記編號加家裡第幾人",
  en: "Write person as WY-0217-4486-1: the case number and the place in the household",
};
const NO_SLOT: Words = {
  "zh-Hans": "slot 的格式应为 2026-01-26/morning 或 2026-01-26/evening",
  "zh-Hant": "slot 的格式應為 2026-01-26/morning 或 2026-01-26/evening",
  en: "Write the slot as 2026-01-26/morning or 2026-01-26/evening",
};
const NO_MOMENT: Words = {
  "zh-Hans": "takenAt 的格式应为 2026-01-26T07:30",
  "zh-Hant": "takenAt 的格式應為 2026-01-26T07:30",
  en: "Write the time of measuring as 2026-01-26T07:30",
};
