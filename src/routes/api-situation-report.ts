import { withinSubtree } from "../db/unit.ts";
import { problem } from "../domain/problem.ts";
import { reportProblem } from "../domain/report-problem.ts";
import { findTemplate, TEMPLATES } from "../domain/situation/index.ts";
import { lateFigures } from "../domain/snapshot.ts";
import { answerJson, PRIVATE } from "../http/answer.ts";
import { requireScope } from "../http/bearer.ts";
import { factory } from "../http/factory.ts";
import { unitNamed } from "../http/figures.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { queryOnce } from "../http/query.ts";
import { draftReport, readLate, readScript, readWindow } from "../http/situation-report.ts";
import { figureName } from "../views/desk/figure-name.ts";

/** A situation report for programs: its text, the figures it states, and what they are as of, with a hash over both. */
export const apiSituationReportRoutes = factory.createApp().get("/situation-report", async (c) => {
  if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
  const { deps, lang } = c.var;
  const scope = await requireScope(c);
  const said = queryOnce(c, ["template", "unit", "asOf", "from", "lang", "late"]);
  const { template: id = "", unit: named, asOf, from, lang: asked, late } = said;
  const code = named || scope;
  if (!withinSubtree(code, scope)) throw problem.outOfScope();
  const template = findTemplate(id);
  if (!template) throw reportProblem.noTemplate(TEMPLATES.map((one) => one.id))(lang);
  const script = readScript(asked, lang);
  const unit = await unitNamed(c, code);
  if (!template.kinds.includes(unit.kind)) throw reportProblem.wrongKind(lang);
  const zone = deps.settings.TIME_ZONE;
  const window = readWindow({ asOf, from }, { template, unit, now: deps.now(), zone, lang });
  const { report, snapshot, hash, book, versions } = await draftReport(deps, {
    ...{ template, unit, ...window, lang: script, late: readLate(late, lang) },
  });
  const { figures, ...frozen } = snapshot;
  const [latest] = versions;
  const answer = {
    text: report.text,
    figures: figures.map((one) => ({ ...one, name: figureName(one.id, lang) })),
    snapshot: {
      ...frozen,
      hash,
      recordedAfter: Object.fromEntries(lateFigures(figures, book).map(({ id, more }) => [id, more])),
      issued: latest ? { id: latest.id, version: latest.version, hash: latest.hash } : null,
    },
  };
  return answerJson(c, JSON.stringify(answer), { ...PRIVATE, "Content-Language": lang });
});
