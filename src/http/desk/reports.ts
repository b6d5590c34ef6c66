import { actorNames } from "../../db/actor.ts";
import { isHeld, NONE, type WantedParagraph } from "../../db/paragraph.ts";
import { findUnit, listChildren, type Unit, unitPath } from "../../db/unit.ts";
import type { FigureId } from "../../domain/figure-book.ts";
import { figurePath, placeQuery } from "../../domain/figure-link.ts";
import { problem } from "../../domain/problem.ts";
import { reportProblem } from "../../domain/report-problem.ts";
import { findTemplate } from "../../domain/situation/index.ts";
import type { ReportTemplate, SituationReport } from "../../domain/situation-report.ts";
import type { ReportText } from "../../views/desk/report-body.tsx";
import type { AppContext, Deps } from "../factory.ts";
import { queryOnce } from "../query.ts";
import {
  type Draft,
  draftReport,
  type ReportAsked,
  readLate,
  readScript,
  readWindow,
} from "../situation-report.ts";
import type { Desk } from "./door.tsx";

/** What one level of units offers at most. */
const SHOWN = 200;

/** A unit of the official's scope; their own where none is named. Throws caseNotFound. */
export async function unitInScope(deps: Deps, desk: Desk, code = ""): Promise<Unit> {
  const named = code.trim().toUpperCase() || desk.scope.code;
  const known = /^[0-9A-Z]{6,18}$/.test(named) && desk.sees(named);
  const unit = known ? await findUnit(deps.db, named) : undefined;
  if (!unit) throw problem.caseNotFound();
  return unit;
}

/** The units to choose from: the way down to the chosen one, and what hangs directly below it. */
export async function unitsAround(deps: Deps, desk: Desk, unit: Unit) {
  const [path, below] = await Promise.all([
    unitPath(deps.db, unit.code),
    desk.scope.exact ? [] : listChildren(deps.db, unit.code),
  ]);
  return { path: path.filter(({ code }) => desk.sees(code)), below: below.slice(0, SHOWN) };
}

/** Which report an address of the desk asks for. Throws notFound, caseNotFound, or `invalid` on what its query says. */
export async function readAsked(c: AppContext, desk: Desk): Promise<ReportAsked> {
  const { template: id = "" } = c.req.param();
  const { unit: code, asOf, from, script, late } = queryOnce(c, ["unit", "asOf", "from", "script", "late"]);
  const { now, zone, lang } = desk;
  const template = findTemplate(id);
  if (!template) throw problem.notFound();
  const unit = await unitInScope(c.get("deps"), desk, code);
  if (!template.kinds.includes(unit.kind)) throw reportProblem.wrongKind(lang);
  const window = readWindow({ asOf, from }, { template, unit, now, zone, lang });
  return { template, unit, ...window, lang: readScript(script, lang, "script"), late: readLate(late, lang) };
}

export const draftOf = async (c: AppContext, desk: Desk): Promise<Draft> =>
  draftReport(c.get("deps"), await readAsked(c, desk));

type Place = {
  template: Pick<ReportTemplate, "id">;
  unit: { code: string };
  asOf: Date;
  from: Date;
  lang: string;
  late: boolean;
};
/** The address of a draft behind /desk, without a language; `part` is what stands beside it: "/docx". */
export const draftPath = ({ template, unit, asOf, from, lang, late }: Place, part = ""): string =>
  `/reports/${template.id}${part}?${placeQuery({ unit: unit.code, asOf, from })}&script=${lang}${late ? "&late=1" : ""}`;

/** Where each figure of a report leads: to what it was counted from; `late`: with what came on record after the cut-off. */
export const linksOf =
  (desk: Desk, { late, ...place }: { unit: string; asOf: Date; from: Date; late: boolean }) =>
  (id: FigureId): string =>
    desk.href(`${figurePath(id, place)}${late ? "&late=1" : ""}`);

export const textOf = ({ title, blocks, text }: SituationReport): ReportText => ({ title, blocks, text });

/** People of the history by unit and name, for a page. */
export async function namesOfActors(deps: Deps, actors: (string | undefined)[]) {
  const known = await actorNames(
    deps,
    actors.filter((one): one is string => Boolean(one)),
  );
  return (actor: string | undefined): string => {
    const { unitName = "", name = "" } = known.get(actor ?? "") ?? {};
    return `${unitName} ${name}`.trim();
  };
}

/** The slots of a posted form with the version each was changed from. */
export const heldOf = (
  template: ReportTemplate,
  typed: Record<string, string>,
): Required<WantedParagraph>[] =>
  template.slots
    .filter(({ name }) => typed[`text.${name}`] !== undefined)
    .map(({ name }) => {
      const held = typed[`version.${name}`] ?? "";
      return { slot: name, held: isHeld(held) ? held : NONE };
    });
