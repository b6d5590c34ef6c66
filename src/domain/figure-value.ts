import { type FigureId, type FigureValue, WINDOW } from "./figure-book.ts";
import { findIndicator, INDICATORS, type Indicator } from "./indicator.ts";
import { figuresOf, type Share, SOURCES, shareOf } from "./summary.ts";
import type { Tally } from "./tally.ts";

/* What counts say of an indicator: the very sums that a summary makes, by the indicator's id. */

/** A count as it stands in a unit's figures, or a share with what it is made of. */
export function statedBy(tally: Tally): (indicator: Indicator) => number | Share {
  const figures = figuresOf(tally);
  const { owed, zero, nonZero } = figures.dailyReports;
  const document = { ...figures, completeness: { units: tally.units, owed, reported: zero + nonZero } };
  const count = (id = "") => leaf(document, findIndicator(id)?.paths[0] ?? id);
  return ({ id, kind, numerator, denominator }) =>
    kind === "share" ? shareOf(count(numerator), count(denominator)) : count(id);
}

function leaf(document: object, path: string): number {
  const found = path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], document);
  if (typeof found !== "number") throw new Error(`no figure stands at ${path}`);
  return found;
}

/** Indicators with one value for a unit: those by source and by poster have many. */
const SINGLE = INDICATORS.filter(({ paths }) => !paths.some((path) => path.includes("*")));
/** Flows since the beginning: what came within a window is the difference of two moments. */
const RUNNING = SINGLE.filter(({ kind, window }) => kind === "flow" && window === "all");
/** Flows since a moment, by the one that they are the window of. */
export const SINCE = {
  "registered.today": "registered.cumulative",
  "observation.openedToday": "observation.opened",
  "observation.releasedToday": "observation.released",
} as const;

/**
 * Every figure of the catalogue out of a unit's counts as of a moment, and of each flow since the beginning what came
 * after an earlier one. Figures of a local day (reports, readings) speak for that day and have no window.
 * @param then the same unit's counts as of the moment after which the window begins
 */
export function indicatorValues(now: Tally, then: Tally): Record<FigureId, FigureValue> {
  const values: Record<FigureId, FigureValue> = {};
  const [state, stateThen] = [statedBy(now), statedBy(then)];
  for (const one of SINGLE) {
    const stated = state(one);
    values[one.id] = typeof stated === "number" ? stated : stated.share;
  }
  for (const one of RUNNING) values[one.id + WINDOW] = (state(one) as number) - (stateThen(one) as number);
  for (const [id, running] of Object.entries(SINCE)) {
    values[id] = values[running + WINDOW] ?? null;
    values[id + WINDOW] = values[id] ?? null;
  }
  return values;
}

/** The registered by how they became known, as figures: registered.bySource.letter. */
export const sourceValues = (bySource: Record<string, number>): Record<FigureId, FigureValue> =>
  Object.fromEntries(
    [...new Set([...SOURCES, ...Object.keys(bySource)])].map((source) => [
      `registered.bySource.${source}`,
      bySource[source] ?? 0,
    ]),
  );
