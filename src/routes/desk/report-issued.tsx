import { findIssued, type Issued, listVersions } from "../../db/situation-report.ts";
import { findUnit } from "../../db/unit.ts";
import { problem } from "../../domain/problem.ts";
import { reportProblem } from "../../domain/report-problem.ts";
import { findTemplate } from "../../domain/situation/index.ts";
import { changedFigures, isReportNumber, lateFigures } from "../../domain/snapshot.ts";
import { type Desk, inScope, openDesk } from "../../http/desk/door.tsx";
import { docxAnswer } from "../../http/desk/report-file.ts";
import { draftPath, linksOf, namesOfActors } from "../../http/desk/reports.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { draftReport } from "../../http/situation-report.ts";
import { figureName } from "../../views/desk/figure-name.ts";
import { IssuedPage } from "../../views/desk/report-issued.tsx";
import { ReportPrintPage } from "../../views/desk/report-print.tsx";
import { REPORT } from "../../views/desk/report-words.ts";

/** /desk/reports/issued/<number>: a report as it was issued, on the page and on paper; counted again where that is asked. */
export const reportIssuedRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = openDesk(c);
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    return showIssued(c, desk, await issuedOf(c, desk));
  })
  .get("/docx", async (c) => {
    const one = await issuedOf(c, openDesk(c));
    const { lang, snapshot, words, id } = one;
    const { name: by } = snapshot.unit;
    return docxAnswer(c, words, { lang, mark: markOf(one), foot: proofOf(one), by, name: id });
  })
  .get("/print", async (c) => {
    const desk = openDesk(c);
    const one = await issuedOf(c, desk);
    return c.html(
      <ReportPrintPage
        lang={desk.lang}
        script={one.lang}
        back={desk.href(`/reports/issued/${one.id}`)}
        report={one.words}
        mark={markOf(one)}
        foot={proofOf(one)}
      />,
    );
  });

/** What stands above every page: 编号 SR-… 第 2 版. */
const markOf = ({ id, version, lang }: Issued) =>
  `${REPORT.number[lang]} ${id} · ${REPORT.version(version)[lang]}`;
/** The last lines on paper: why it was corrected, and the hash, whole, that proves it, or does not. */
const proofOf = ({ hash, lang, intact, words: { why } }: Issued): string[] => [
  ...(why ? [`${REPORT.why[lang]}：${why}`] : []),
  `${REPORT.hash[lang]}（SHA-256）：${hash}${intact ? "" : ` ${REPORT.altered[lang]}`}`,
];

/** The report of the address. Throws caseNotFound where it is not in the official's scope, altered where it cannot be read. */
async function issuedOf(c: AppContext, desk: Desk): Promise<Issued> {
  const id = c.req.param("id") ?? "";
  const one = isReportNumber(id) ? await findIssued(c.get("deps"), id) : undefined;
  if (!one) throw problem.caseNotFound();
  inScope(desk, one.unitCode);
  if (one.intact === "unreadable") throw reportProblem.altered();
  return one;
}

async function showIssued(c: AppContext, desk: Desk, one: Issued) {
  const deps = c.get("deps");
  const { id, unitCode, template, lang, asOf, from, version, snapshot, words } = one;
  const versions = await listVersions(deps, { unit: unitCode, template, lang, asOf });
  const before = versions.find((other) => other.version === version - 1);
  const [earlier, again, nameOfActor] = await Promise.all([
    before && findIssued(deps, before.id),
    c.req.query("recompute") === "1" ? countAgain(c, one) : undefined,
    namesOfActors(
      deps,
      versions.map(({ by }) => by),
    ),
  ]);
  const late = snapshot.recordedUpTo !== snapshot.asOf;
  return c.html(
    <IssuedPage
      desk={desk}
      {...{ id, asOf, from, version, late, again, hash: one.hash, why: words.why }}
      name={findTemplate(template)?.name[desk.lang] ?? template}
      unit={snapshot.unit}
      script={lang}
      who={nameOfActor(one.by)}
      at={one.recordedAt}
      intact={one.intact}
      completeness={snapshot.completeness}
      report={words}
      changed={
        earlier && earlier.intact !== "unreadable"
          ? {
              version: earlier.version,
              changes: changedFigures(earlier.snapshot.figures, snapshot.figures),
              words: earlier.words.text !== words.text,
            }
          : undefined
      }
      versions={versions.map((other) => ({
        ...{ id: other.id, version: other.version, who: nameOfActor(other.by), at: other.recordedAt },
      }))}
      draft={draftPath({ template: { id: template }, unit: { code: unitCode }, asOf, from, lang, late })}
      linkOf={linksOf(desk, { unit: unitCode, asOf, from, late })}
      nameOf={(figure) => figureName(figure, desk.lang)}
      done={c.req.query("did") === "issue"}
    />,
  );
}

/** The same report out of the books as they stand now: what differs from what was frozen, and what came late. */
async function countAgain(c: AppContext, { snapshot, template: id, unitCode, asOf, from, lang }: Issued) {
  const deps = c.get("deps");
  const template = findTemplate(id);
  const unit = await findUnit(deps.db, unitCode);
  if (!template || !unit) return undefined;
  const late = snapshot.recordedUpTo !== snapshot.asOf;
  const { report, book } = await draftReport(deps, { template, unit, asOf, from, lang, late });
  return {
    changes: changedFigures(snapshot.figures, report.figures),
    late: lateFigures(report.figures, book),
  };
}
