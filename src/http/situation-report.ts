import { findParagraphs, type Paragraph } from "../db/paragraph.ts";
import { hashOf, type IssuedLine, listVersions } from "../db/situation-report.ts";
import type { Unit } from "../db/unit.ts";
import { readAsOf, readFrom, requireKnown } from "../domain/as-of.ts";
import { dayBefore, lastCutOff } from "../domain/cut-off.ts";
import type { FigureBook } from "../domain/figure-book.ts";
import { reportProblem } from "../domain/report-problem.ts";
import { TEMPLATES, writeReport } from "../domain/situation/index.ts";
import type { ReportLang, ReportTemplate, SituationReport } from "../domain/situation-report.ts";
import { type Snapshot, snapshotOf, withLate } from "../domain/snapshot.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";
import { openBook } from "./figure-book.ts";

/** Which report is asked for. `late`: with what came on record only after the cut-off, as a correction states it. */
export type ReportAsked = {
  template: ReportTemplate;
  unit: Unit;
  asOf: Date;
  from: Date;
  lang: ReportLang;
  late: boolean;
};
/** A report as it would be issued now. `book` is as of the cut-off, whatever `late` adds to the text. */
export type Draft = ReportAsked & {
  book: FigureBook;
  report: SituationReport;
  snapshot: Snapshot;
  hash: string;
  /** The same without the moment it was made at: what tells whether it still is what somebody saw. */
  seen: string;
  paragraphs: Map<string, Paragraph>;
  /** Those that were issued of this unit, template, language and cut-off, the latest first. */
  versions: IssuedLine[];
};

/** Writes a report from the books. */
export async function draftReport(deps: Deps, asked: ReportAsked): Promise<Draft> {
  const { template, unit, asOf, from, lang, late } = asked;
  const zone = deps.settings.TIME_ZONE;
  const place = { unit: unit.code, template: template.id, asOf };
  const [book, paragraphs, versions] = await Promise.all([
    openBook(deps, unit, { asOf, from, zone }),
    findParagraphs(
      deps,
      place,
      template.slots.map(({ name }) => ({ slot: name })),
    ),
    listVersions(deps, { ...place, template: template.id, lang }),
  ]);
  const stated = late ? withLate(book) : book;
  const free = Object.fromEntries([...paragraphs].map(([slot, { text }]) => [slot, text]));
  const report = writeReport(template, stated, { lang, zone, free });
  const recordedUpTo = late ? deps.now() : asOf;
  const snapshot = snapshotOf(report, stated, { template: template.id, lang, zone, recordedUpTo });
  return {
    ...asked,
    ...{ book, report, snapshot, paragraphs, versions },
    hash: await hashOf(snapshot, report.text),
    seen: await hashOf({ ...snapshot, recordedUpTo: "" }, report.text),
  };
}

/**
 * The cut-off and the window before it as an address names them: the template's last one that has passed, and the same
 * clock a day before, where none is. Throws `invalid` on asOf or from.
 */
export function readWindow(
  { asOf: moment, from: begins }: { asOf?: string | undefined; from?: string | undefined },
  {
    template,
    unit,
    now,
    zone,
    lang,
  }: { template: ReportTemplate; unit: Unit; now: Date; zone: string; lang: Lang },
): { asOf: Date; from: Date } {
  const usual = lastCutOff(now, zone, [template.cutOff]);
  // Before the first cut-off of a unit's life its books are open: what is known now is told.
  const asOf = moment ? readAsOf(moment, { now, lang }) : usual < unit.recordedAt ? now : usual;
  requireKnown(asOf, unit.recordedAt, { zone, lang });
  return { asOf, from: begins ? readFrom(begins, { asOf, lang }) : dayBefore(asOf, zone) };
}

/** The script a report is asked in; the reader's own where none is named. Throws `invalid` on `name` for any other. */
export function readScript(given: string | undefined, reader: Lang, name = "lang"): ReportLang {
  if (given === "zh-Hans" || given === "zh-Hant") return given;
  if (given) throw reportProblem.noLanguage(reader, name);
  return reader === "zh-Hant" ? "zh-Hant" : "zh-Hans";
}

/** Whether what came late is taken in; not where nothing is said. Throws `invalid` on late. */
export function readLate(given: string | undefined, lang: Lang): boolean {
  if (!given || given === "false" || given === "0") return false;
  if (given === "true" || given === "1") return true;
  throw reportProblem.noLate(lang);
}

/** The templates that a kind of unit may use. */
export const templatesFor = (kind: string): ReportTemplate[] =>
  TEMPLATES.filter(({ kinds }) => kinds.includes(kind));
