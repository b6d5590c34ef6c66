import { countForms } from "../../forms/counts.ts";
import { withinSubtree } from "../db/unit.ts";
import { countProblem } from "../domain/count-problem.ts";
import { problem } from "../domain/problem.ts";
import { unitOfCode } from "../domain/unit.ts";
import { countFormNamed, entryForm } from "../forms/count.ts";
import type { CountForm } from "../forms/define.ts";
import { requireScope } from "../http/bearer.ts";
import { factory } from "../http/factory.ts";
import { jsonBodies } from "../http/guards.ts";
import { accept, created, local, pace } from "../http/received.ts";
import { submitCount } from "../http/submit-count.ts";

/** POST /api/v1/counts/:form/:unit/:date: a unit's counts for a day, by the same files as the pages. */
export const createApiCountRoutes = (forms: readonly CountForm[]) =>
  factory.createApp().post("/counts/:form/:unit/:date", jsonBodies, async (c) => {
    await pace(c);
    const { deps, lang } = c.var;
    const { form: name, unit: unitCode, date } = c.req.param();
    const scope = await requireScope(c);
    if (!withinSubtree(unitCode, scope)) throw problem.outOfScope();
    if (!unitOfCode(unitCode)) throw problem.unitNotFound();
    const form = countFormNamed(forms, name);
    if (!form) throw countProblem.formUnknown();
    const { clientId, values } = await accept(c, entryForm(form));
    const receipt = await submitCount(deps, { clientId, form, unitCode, date, values, door: "api", lang });
    return created({
      form: receipt.form,
      unit: receipt.unitCode,
      date: receipt.date,
      version: receipt.version,
      counts: receipt.counts,
      totals: receipt.totals,
      corrected: receipt.corrected,
      recordedAt: local(c, receipt.recordedAt),
    });
  });

export const apiCountRoutes = createApiCountRoutes(countForms);
