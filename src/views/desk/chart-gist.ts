import type { FigureValue } from "../../domain/figure-book.ts";
import { PLOTS, type Plot, type PlotColumn, type PlotRow } from "../../domain/plot.ts";
import { localClock } from "../../domain/time.ts";
import { dayWords } from "../moment.ts";
import { CHART, columnWords, DRAWN } from "./chart-words.ts";
import type { DeskView } from "./nav.tsx";

/*
 * What is said of a chart in words, beside its picture and instead of it.
 */
/** What a chart shows, in a sentence for those who do not see it. */
export function gist({ plot, rows, total }: Plot, desk: DeskView): string {
  const { lang } = desk;
  const { by, columns } = PLOTS[plot];
  const parts = columns.map((column: PlotColumn, at) => {
    if (by === "day" && DRAWN[column].as === "none") return undefined;
    const name = columnWords(column)[lang];
    if (by === "unit") {
      const value = (total ?? rows[0])?.cells[at]?.value ?? null;
      return value === null ? undefined : CHART.said.all(name, valueWords(value, column))[lang];
    }
    const known = rows
      .map((row) => ({ label: labelOf(row, desk), value: row.cells[at]?.value ?? null }))
      .filter((one): one is { label: string; value: number } => one.value !== null);
    const last = known.at(-1);
    if (!last) return undefined;
    if (isShare(column)) return CHART.said.last(name, last.label, valueWords(last.value, column))[lang];
    const most = known.reduce((top, one) => (one.value > top.value ? one : top));
    const sum = known.reduce((all, { value }) => all + value, 0);
    return CHART.said.sum(name, sum, most.label, most.value)[lang];
  });
  const said = parts.filter((part) => part !== undefined);
  return said.length > 0 ? said.join(lang === "en" ? "; " : "；") : CHART.said.nothing[lang];
}

/** Every figure that is drawn, not those that stand in the table alone. */
export const drawnIn = ({ plot, rows }: Plot) =>
  rows.flatMap(({ cells }) =>
    cells
      .filter((_, at) => DRAWN[PLOTS[plot].columns[at] as PlotColumn].as !== "none")
      .map(({ value }) => value),
  );

/** What has to be said of a picture lest it mislead: a day that is not over, gaps, nothing at all. */
export function remarks({ rows }: Plot, values: FigureValue[], desk: DeskView): string[] {
  const { lang, zone } = desk;
  const known = values.filter((value) => value !== null);
  const part = rows.find(({ until }) => until);
  return [
    ...(known.length === 0 ? [CHART.noneYet[lang]] : []),
    ...(known.length > 0 && known.every((value) => value === 0) ? [CHART.allZero[lang]] : []),
    ...(part?.until ? [CHART.partDay(labelOf(part, desk), localClock(part.until, zone))[lang]] : []),
    ...(known.length > 0 && known.length < values.length ? [CHART.gaps[lang]] : []),
  ];
}

const isShare = (figure: string) => figure.endsWith(".share");
/** A share in percent with one decimal; anything else as it is. */
export const valueWords = (value: number, figure: string) =>
  isShare(figure) ? `${(value * 100).toFixed(1)}%` : `${value}`;

/** A row's day, or its unit. */
export const labelOf = (
  { date, name = "", own }: PlotRow,
  { lang, today }: Pick<DeskView, "lang" | "today">,
) => (date ? dayWords(date, lang, today) : own ? CHART.own(name)[lang] : name);
