import type { FilledForm } from "./filled-form.ts";
import type { Place } from "./summary.ts";

/*
 * Everything that a report, a table or a chart may state of one unit as of one moment, under one name a figure. It is made
 * in one place (http/figure-book.ts), so that whatever is stated twice is the same number.
 */

/** A figure; null where nothing is known of it, which is not zero. Shares are from 0 to 1. */
export type FigureValue = number | null;

/**
 * What a figure is asked by: an indicator's id (`registered.cumulative`, or a typed count's `publicity.leaflets`), or one
 * with `@window` behind it: of a flow, what came after `from`, up to and with `asOf`.
 */
export type FigureId = string;
export const WINDOW = "@window";

/** Which units a statement speaks for: those that owed a daily report for the local day of its moment. */
export type Completeness = {
  units: number;
  owed: number;
  reported: number;
  /** Owed and past due without a report or an excuse, by code. */
  missing: { code: string; name: string }[];
};

export type FigureBook = {
  unit: Place;
  asOf: Date;
  /** "Today" begins after this moment: the last cut-off. */
  from: Date;
  values: Readonly<Record<FigureId, FigureValue>>;
  completeness: Completeness;
  /** Recorded after `asOf` though it happened up to it, by figure: +3; only figures for which there are some. */
  recordedAfter: Readonly<Record<FigureId, number>>;
  /** Of the whole: of each count form who ever filled it in, and who did not. */
  filled?: readonly FilledForm[];
  /** Figures whose value takes in what was recorded after `asOf`. */
  includesLate?: readonly FigureId[];
};

/** A figure of a book: null for what the book does not know. */
export const figureOf = (book: FigureBook, id: FigureId): FigureValue => book.values[id] ?? null;
