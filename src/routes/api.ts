import { dailyReport } from "../../forms/daily-report.ts";
import { registration } from "../../forms/registration.ts";
import { tip } from "../../forms/tip.ts";
import { usualMoment } from "../db/figures.ts";
import { withinSubtree } from "../db/unit.ts";
import { readAsOf, readFrom } from "../domain/as-of.ts";
import { problem } from "../domain/problem.ts";
import { seriesProblem } from "../domain/series-problem.ts";
import { unitOfCode } from "../domain/unit.ts";
import type { Words } from "../forms/define.ts";
import { answerJson, PRIVATE } from "../http/answer.ts";
import { readScope, requireScope } from "../http/bearer.ts";
import { factory } from "../http/factory.ts";
import { answerPublic, summaryOf, unitNamed } from "../http/figures.ts";
import { jsonBodies } from "../http/guards.ts";
import { queryOnce } from "../http/query.ts";
import { accept, created, local, pace } from "../http/received.ts";
import { submitRegistration, submitTip } from "../http/submit.ts";
import { submitReport } from "../http/submit-report.ts";

/** The doors for programs: the same submissions as the pages, and the summary. */
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
    const said = queryOnce(c, ["unit", "asOf", "from", "recordedAfter"]);
    const { unit: named, asOf: asked, from: begins, recordedAfter } = said;
    const exact = asked ? readAsOf(asked, { now, lang }) : now;
    const late = recordedAfter === "true";
    if (recordedAfter && !late && recordedAfter !== "false")
      throw problem.answer("recordedAfter", "unknown", TRUE_OR_FALSE, lang);
    const code = named || scope || deps.settings.COUNTY_CODE;
    const from = begins ? readFrom(begins, { asOf: exact, lang }) : undefined;
    if (scope === undefined && (from || late)) throw seriesProblem.windowNeedsKey();
    if (scope === undefined) return answerPublic(c, { code, exact, asked: Boolean(asked) });
    if (!withinSubtree(code, scope)) throw problem.outOfScope();
    const unit = await unitNamed(c, code);
    const usual = asked ? exact : await usualMoment(deps.db, code, now);
    const full = await summaryOf(c, unit, from && from >= usual ? exact : usual, { from, late });
    return answerJson(c, JSON.stringify(full), PRIVATE);
  });

const TRUE_OR_FALSE: Words = {
  "zh-Hans": "recordedAfter 只能是 true 或 false",
  "zh-Hant": "recordedAfter 只能是 true 或 false",
  en: "recordedAfter is true or false",
};
