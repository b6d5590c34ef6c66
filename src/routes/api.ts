import { dailyReport } from "../../forms/daily-report.ts";
import { registration } from "../../forms/registration.ts";
import { tip } from "../../forms/tip.ts";
import { usualMoment } from "../db/figures.ts";
import { anyoneObserved } from "../db/observation.ts";
import { listChildren, withinSubtree } from "../db/unit.ts";
import { localIso, readAsOf, readFrom } from "../domain/as-of.ts";
import { type FieldError, ProblemError, problem } from "../domain/problem.ts";
import { seriesProblem } from "../domain/series-problem.ts";
import { readClientId } from "../domain/submission.ts";
import { unitOfCode } from "../domain/unit.ts";
import type { FormDefinition, Lang, ValuesOf, Words } from "../forms/define.ts";
import { validate } from "../forms/validate.ts";
import { answerJson, PRIVATE } from "../http/answer.ts";
import { readScope, requireScope } from "../http/bearer.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { answerPublic, summaryOf, unitNamed } from "../http/figures.ts";
import { jsonBodies, SLOW_SECONDS, slowed } from "../http/guards.ts";
import { readJson } from "../http/json-body.ts";
import { openApiDocument } from "../http/openapi.ts";
import { submitRegistration, submitTip } from "../http/submit.ts";
import { submitReport } from "../http/submit-report.ts";

/** The doors for programs: the same submissions as the pages, the summary, and the document that describes them. */
export const apiRoutes = factory
  .createApp()
  .post("/registrations", jsonBodies, async (c) => {
    await pace(c);
    const { deps, lang } = c.var;
    const { clientId, values } = await accept(c, registration);
    const receipt = await submitRegistration(deps, {
      clientId,
      values,
      door: "api",
      unitCode: values.unit,
      lang,
    });
    return created({
      caseNumber: receipt.caseNumber,
      persons: receipt.persons,
      unit: receipt.unitCode,
      recordedAt: local(c, receipt.recordedAt),
      verifyBy: local(c, receipt.verifyDueAt),
      personUrl: `${deps.settings.PUBLIC_URL}/p/${receipt.token}`,
    });
  })
  .post("/tips", jsonBodies, async (c) => {
    await pace(c);
    const { deps, lang } = c.var;
    const { clientId, values } = await accept(c, tip);
    const receipt = await submitTip(deps, { clientId, values, door: "api", lang });
    return created({
      tipNumber: receipt.tipNumber,
      receiptCode: receipt.code,
      unit: receipt.unitCode,
      recordedAt: local(c, receipt.recordedAt),
      promisedBy: local(c, receipt.verifyDueAt),
    });
  })
  .post("/reports/:unit/:date", jsonBodies, async (c) => {
    await pace(c);
    const { deps, lang } = c.var;
    const { unit: unitCode, date } = c.req.param();
    const scope = await requireScope(c);
    if (!withinSubtree(unitCode, scope)) throw problem.outOfScope();
    if (!unitOfCode(unitCode)) throw problem.unitNotFound();
    const { clientId, values } = await accept(c, dailyReport);
    const receipt = await submitReport(deps, { clientId, unitCode, date, values, door: "api", lang });
    return created({
      unit: receipt.unitCode,
      date: receipt.date,
      version: receipt.version,
      zero: receipt.zero,
      counts: receipt.counts,
      state: receipt.state,
      corrected: receipt.corrected,
      recordedAt: local(c, receipt.recordedAt),
      dueAt: local(c, receipt.dueAt),
    });
  })
  .get("/summary", async (c) => {
    await pace(c);
    const { deps, lang } = c.var;
    const scope = await readScope(c);
    const now = deps.now();
    const asked = c.req.query("asOf");
    const exact = asked ? readAsOf(asked, { now, lang }) : now;
    const { from: begins, recordedAfter } = c.req.query();
    const late = recordedAfter === "true";
    if (recordedAfter && !late && recordedAfter !== "false")
      throw problem.answer("recordedAfter", "unknown", TRUE_OR_FALSE, lang);
    const code = c.req.query("unit") || scope || deps.settings.COUNTY_CODE;
    const from = begins ? readFrom(begins, { asOf: exact, lang }) : undefined;
    if (scope === undefined && (from || late)) throw seriesProblem.windowNeedsKey();
    if (scope === undefined) return answerPublic(c, { code, exact, asked: Boolean(asked) });
    if (!withinSubtree(code, scope)) throw problem.outOfScope();
    const unit = await unitNamed(c, code);
    const usual = asked ? exact : await usualMoment(deps.db, code, now);
    const full = await summaryOf(c, unit, from && from >= usual ? exact : usual, { from, late });
    return answerJson(c, JSON.stringify(full), PRIVATE);
  })
  .get("/openapi.json", async (c) => {
    const { deps, lang } = c.var;
    const { settings, db } = deps;
    const [town] = await listChildren(db, settings.COUNTY_CODE, ["town"]);
    const [village] = town ? await listChildren(db, town.code, ["village"]) : [];
    // Case numbers are no secret of a demo county; of any other they are.
    const person = settings.DEV && (await anyoneObserved(db, deps.now(), settings.TIME_ZONE));
    const document = openApiDocument({
      lang,
      now: deps.now(),
      zone: settings.TIME_ZONE,
      serverUrl: settings.PUBLIC_URL,
      county: settings.COUNTY_CODE,
      person: person || undefined,
      village: village?.code ?? `${settings.COUNTY_CODE}001001`,
    });
    return c.json(document, 200, {
      "Cache-Control": "public, max-age=60",
      "Content-Language": lang,
      Vary: "Accept-Language",
    });
  });

/** Throws slowDown for an address that sends too much. */
export async function pace(c: AppContext): Promise<void> {
  if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
}

/** A submission's client id and valid answers. Throws `invalid` with every answer to mend, the client id among them. */
export async function accept<const D extends FormDefinition>(
  c: AppContext,
  form: D,
): Promise<{ clientId: string; values: ValuesOf<D> }> {
  const { deps, lang } = c.var;
  const body = await readJson(c);
  const id = clientIdOf(body, lang);
  const checked = validate(form, body, { lang, now: deps.now(), zone: deps.settings.TIME_ZONE });
  const errors = [...id.errors, ...(checked.ok ? [] : checked.errors)];
  if (errors.length > 0 || !checked.ok) throw problem.invalid(errors);
  return { clientId: id.clientId, values: checked.values };
}

function clientIdOf(
  { clientId }: Record<string, unknown>,
  lang: Lang,
): { clientId: string; errors: FieldError[] } {
  try {
    return { clientId: readClientId(typeof clientId === "string" ? clientId : "", lang), errors: [] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { clientId: "", errors: error.problem.errors ?? [] };
  }
}

// What a receipt says is for its sender alone.
export const created = (receipt: object) =>
  Response.json(receipt, { status: 201, headers: { "Cache-Control": "no-store" } });

export const local = (c: AppContext, at: Date) => localIso(at, c.get("deps").settings.TIME_ZONE);

const TRUE_OR_FALSE: Words = {
  "zh-Hans": "recordedAfter 只能是 true 或 false",
  "zh-Hant": "recordedAfter 只能是 true 或 false",
  en: "recordedAfter is true or false",
};
