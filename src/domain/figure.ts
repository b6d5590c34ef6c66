import { registration } from "../../forms/registration.ts";
import type { Field, Lang, Words } from "../forms/define.ts";
import { type FigureBook, type FigureId, type FigureValue, figureOf, WINDOW } from "./figure-book.ts";
import { COUNT_UNITS, findIndicator, type Indicator } from "./indicator.ts";
import { findTyped } from "./indicator-typed.ts";

/*
 * What a figure of a book is: read from its id, so that a number in a report, a table or a chart can be asked what it was
 * counted from. A sum that a text states (`a+b`) is the figures it adds up.
 */
export type FigurePart = {
  id: FigureId;
  name: Words;
  definition: Words;
  /** What it is counted in: 人, persons. */
  unit: Words;
  kind: Indicator["kind"];
  /** What came since the window began, not all up to the moment. */
  window: boolean;
  /** Columns of the moments that decide, as the schema names them. */
  moments: readonly string[];
  /** Where in DOMAIN.md it comes from. */
  source: string;
  /** The indicator it is, where it is one; a typed count is none. */
  indicator?: Indicator;
  /** Of records: which form's, and which of its figures. */
  record?: { form: string; figure: string };
};
export type Figure = { id: FigureId; parts: readonly [FigurePart, ...FigurePart[]] };

/** No text adds up more. */
const MOST_PARTS = 20;

/** A figure by its id; undefined for what no book can hold. Shares are not added up, and only flows have a window. */
export function readFigure(id: FigureId): Figure | undefined {
  const ids = id.split("+");
  if (ids.length > MOST_PARTS) return undefined;
  const [first, ...rest] = ids.flatMap((one) => partOf(one) ?? []);
  if (!first || rest.length + 1 !== ids.length) return undefined;
  if (rest.length > 0 && [first, ...rest].some(({ kind }) => kind === "share")) return undefined;
  return { id, parts: [first, ...rest] };
}

function partOf(id: FigureId): FigurePart | undefined {
  const window = id.endsWith(WINDOW);
  const base = window ? id.slice(0, -WINDOW.length) : id;
  const found = indicatorPart(base) ?? countPart(base) ?? (window ? undefined : sourcePart(base));
  return found && (!window || hasWindow(found)) ? { ...found, id, window } : undefined;
}

/** What counts for a day of its own has no other window. */
const hasWindow = ({ kind, indicator }: Facts): boolean => kind === "flow" && indicator?.series !== "days";

type Facts = Omit<FigurePart, "id" | "window">;

function indicatorPart(id: string): Facts | undefined {
  const indicator = findIndicator(id);
  // What stands under any key is many figures, not one.
  if (!indicator || indicator.paths.every((path) => path.includes("*"))) return undefined;
  const { name, definition, kind, moments, source } = indicator;
  return { name, definition, kind, moments, source, unit: COUNT_UNITS[indicator.unit], indicator };
}

/** The registered by how they became known: registered.bySource.letter. */
function sourcePart(id: string): Facts | undefined {
  const [, source] = /^registered\.bySource\.(\w+)$/.exec(id) ?? [];
  const all = findIndicator("registered.bySource");
  const choice = SOURCE_CHOICES.find(({ name }) => name === source);
  if (!all || !choice) return undefined;
  const { definition, kind, moments } = all;
  const named = (lang: Lang) => `${all.name[lang]}${lang === "en" ? ": " : "："}${choice.label[lang]}`;
  const name = { "zh-Hans": named("zh-Hans"), "zh-Hant": named("zh-Hant"), en: named("en") };
  return { name, definition, kind, moments, source: all.source, unit: COUNT_UNITS[all.unit] };
}

const SOURCE_CHOICES = registration.groups
  .flatMap((group): readonly Field[] => group.fields)
  .flatMap((field) => (field.name === "source" && "choices" in field ? field.choices : []));

/** A typed count: what a unit entered itself, for nobody could count it; or what records come to. */
function countPart(id: string): Facts | undefined {
  const typed = findTyped(id);
  if (!typed) return undefined;
  const { name, definition, measure: unit, kind, moments, source, record } = typed;
  return { name, definition, unit, kind, moments, source, ...(record ? { record } : {}) };
}

/** What a book says of a figure; of a sum null as soon as one part is unknown. */
export const valueIn = (book: FigureBook, { parts }: Figure): FigureValue =>
  parts.reduce<FigureValue>((sum, { id }) => {
    const value = figureOf(book, id);
    return sum === null || value === null ? null : sum + value;
  }, 0);

/** How many of a figure were recorded after the book's moment though they happened up to it; 0 for none or unknown. */
export const lateIn = (book: FigureBook, { parts }: Figure): number =>
  parts.reduce((sum, { id }) => sum + (book.recordedAfter[id] ?? 0), 0);
