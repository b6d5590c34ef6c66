import { localIso } from "./as-of.ts";
import { cutOffOf } from "./cut-off.ts";
import type { Completeness, FigureBook, FigureId, FigureValue } from "./figure-book.ts";
import { INDICATORS } from "./indicator.ts";
import type { Block, ReportId, ReportLang, SituationReport } from "./situation-report.ts";
import { type Place, shareOf } from "./summary.ts";

/*
 * 快照: a situation report as it was issued. Its figures are frozen with what they speak for, and hashed together with its
 * text, so that whoever has both can tell whether either was altered.
 */
export type Snapshot = {
  template: ReportId;
  lang: ReportLang;
  unit: Place;
  /** Local time with its offset. */
  asOf: string;
  /** "Today" begins after this. */
  from: string;
  /** What was on record by this moment is in the figures: `asOf`, or later where a correction takes in what came after. */
  recordedUpTo: string;
  completeness: Completeness;
  /** Those that the text states, in its order. */
  figures: StatedFigure[];
};
export type StatedFigure = { id: FigureId; value: FigureValue; text: string };

/** What is sealed beside the figures: the text, and why there is a second version. */
export type IssuedText = { title: string; blocks: Block[]; text: string; why: string };

/** Characters of why a report is corrected, and of one free paragraph. */
export const WHY_MOST = 500;
export const PARAGRAPH_MOST = 2_000;

/** What issuing a report would freeze. */
export const snapshotOf = (
  report: SituationReport,
  book: FigureBook,
  facts: { template: ReportId; lang: ReportLang; zone: string; recordedUpTo: Date },
): Snapshot => ({
  template: facts.template,
  lang: facts.lang,
  unit: { code: book.unit.code, name: book.unit.name, kind: book.unit.kind },
  asOf: localIso(book.asOf, facts.zone),
  from: localIso(book.from, facts.zone),
  recordedUpTo: localIso(facts.recordedUpTo, facts.zone),
  completeness: book.completeness,
  figures: report.figures.map(({ id, value, text }) => ({ id, value, text })),
});

/** What the hash is made of: snapshot and text in canonical JSON, in UTF-8. The API's readers make the same. */
export const hashInput = (snapshot: Snapshot, text: string): string => canonical({ ...snapshot, text });

/** JSON whose bytes depend on what it says alone: names in the order of their UTF-16 units, no spaces (as in RFC 8785). */
export function canonical(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((one) => (one === undefined ? "null" : canonical(one))).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(",")}}`;
}

/** What one figure was and is; undefined where the text does not state it. */
export type FigureChange = {
  id: FigureId;
  before: StatedFigure | undefined;
  after: StatedFigure | undefined;
};

/** Figure by figure what differs, in the order of the later text; what it no longer states comes last. */
export function changedFigures(
  before: readonly StatedFigure[],
  after: readonly StatedFigure[],
): FigureChange[] {
  const [was, is] = [firstById(before), firstById(after)];
  const ids = [...new Set([...is.keys(), ...was.keys()])];
  return ids
    .map((id) => ({ id, before: was.get(id), after: is.get(id) }))
    .filter((one) => !one.before || !one.after || one.before.value !== one.after.value);
}

/** A figure stated twice in one text is the same number: the first says it. */
function firstById(figures: readonly StatedFigure[]): Map<FigureId, StatedFigure> {
  const found = new Map<FigureId, StatedFigure>();
  for (const one of figures) if (!found.has(one.id)) found.set(one.id, one);
  return found;
}

/** +3: what was recorded after the cut-off, of the figures that a text states, each once; a sum's is its parts'. */
export const lateFigures = (
  figures: readonly Pick<StatedFigure, "id">[],
  { recordedAfter }: Pick<FigureBook, "recordedAfter">,
): { id: FigureId; more: number }[] =>
  [...new Set(figures.map(({ id }) => id))]
    .map((id) => ({ id, more: id.split("+").reduce((sum, part) => sum + (recordedAfter[part] ?? 0), 0) }))
    .filter(({ more }) => more !== 0);

/** The book as a correction states it: with what happened up to the cut-off and came on record only after it. */
export function withLate(book: FigureBook): FigureBook {
  const values: Record<FigureId, FigureValue> = { ...book.values };
  for (const [id, more] of Object.entries(book.recordedAfter)) values[id] = (values[id] ?? 0) + more;
  // Late arrivals are told of flows: the identity of the books says how many stand under observation by them.
  const [all, ...gone] = OBSERVED.map((id) => values[id] ?? null);
  if (OBSERVED.some((id) => id in book.recordedAfter) && all !== null && all !== undefined)
    values["observation.observing"] = gone.reduce<number>((left, one) => left - (one ?? 0), all);
  for (const { id, numerator, denominator } of INDICATORS) {
    if (numerator === undefined || denominator === undefined) continue;
    if (!(numerator in book.recordedAfter) && !(denominator in book.recordedAfter)) continue;
    const [part, whole] = [values[numerator] ?? null, values[denominator] ?? null];
    values[id] = part === null || whole === null ? null : shareOf(part, whole).share;
  }
  const includesLate = Object.keys(values).filter((id) => values[id] !== book.values[id]);
  return { ...book, values, recordedAfter: {}, includesLate };
}

/** cumulative = observing + released + transferred + closed (DOMAIN.md, Figures). */
const OBSERVED = [
  "observation.cumulative",
  "observation.released",
  "observation.transferred",
  "observation.closed",
];

/** A report's number, SR-20260127-2400-3F9A2C1B: the local day and clock it was cut at, and chance. */
export function reportNumber(asOf: Date, zone: string, uuid: string): string {
  const { date, clock } = cutOffOf(asOf, zone);
  return `SR-${date.replaceAll("-", "")}-${clock.replace(":", "")}-${uuid.slice(-8).toUpperCase()}`;
}
export const isReportNumber = (text: string): boolean => /^SR-\d{8}-\d{4}-[0-9A-F]{8}$/.test(text);
