import type { Lang, Words } from "../forms/define.ts";
import { dayOf, readAsOf } from "./as-of.ts";
import { readCutOff } from "./cut-off.ts";
import type { FigureId, FigureValue } from "./figure-book.ts";
import type { FigurePlace } from "./figure-link.ts";
import { problem } from "./problem.ts";
import type { Bucket } from "./series.ts";
import { addDays, localDate } from "./time.ts";

/*
 * The charts of a unit: a table each, by day or by the units below, whose cells are figures that stand elsewhere too.
 * What is drawn is read off the table.
 */
/** How many days may be looked at. */
export const PLOT_DAYS = [7, 14, 28, 60] as const;
export type PlotDays = (typeof PLOT_DAYS)[number];

/**
 * A chart's columns, each a figure by its id; "verified-late" is what remains of the verified without those in time. The
 * epidemic curve (`ill`) counts each person at the registration, or at the first abnormal reading after it; whoever was ill
 * only when registered again is in both, if a reading was abnormal too. No day of onset is on record, so it goes by the day
 * of the record, as its words say.
 */
export const PLOTS = {
  ill: { by: "day", columns: ["registered.symptomatic@window", "observation.fellIll@window"] },
  observed: {
    by: "day",
    columns: ["registered.today", "observation.openedToday", "observation.releasedToday"],
  },
  followUp: {
    by: "day",
    columns: ["readings.shareOnTime.share", "readings.missed", "readings.shareOnTime.denominator"],
  },
  verified: {
    by: "unit",
    columns: [
      "verification.withinTwoHours.numerator",
      "verification.verified-late",
      "verification.waiting",
      "verification.overdue",
      "verification.withinTwoHours.share",
    ],
  },
  reported: {
    by: "unit",
    columns: [
      "completeness.reported",
      "dailyReports.excused",
      "dailyReports.pending",
      "dailyReports.overdue",
    ],
  },
} as const satisfies Record<string, { by: "day" | "unit"; columns: readonly string[] }>;
export type PlotName = keyof typeof PLOTS;
export type PlotColumn = (typeof PLOTS)[PlotName]["columns"][number];

/** A figure in a table, and where it is told what it was counted from, if anywhere. */
export type PlotCell = { value: FigureValue; figure: FigureId; place: FigurePlace | undefined };
/** A day (`date`; `until` where it is not over at the table's moment) or a unit (`name`; `own`: without those below it), with a cell for each column. */
export type PlotRow = {
  date?: string;
  until?: Date | undefined;
  name?: string;
  own?: boolean;
  cells: PlotCell[];
};
export type Plot = { plot: PlotName; rows: PlotRow[]; total?: PlotRow };

/** The figure that a column's page tells of. What was verified late is said by the page of all that was verified. */
export const figureOfColumn = (column: PlotColumn): FigureId =>
  column === "verification.verified-late" ? "verification.verified" : column;

/** A column's value in a book: null where something it is made of is not known. */
export function columnValue(column: PlotColumn, figure: (id: FigureId) => FigureValue): FigureValue {
  if (column !== "verification.verified-late") return figure(column);
  const [all, inTime] = [figure("verification.verified"), figure("verification.withinTwoHours.numerator")];
  return all === null || inTime === null ? null : all - inTime;
}

/** The moment up to which a day of a table is told, and after which its window begins. */
export const placeOfDay = (unit: string, { from, to }: Bucket, asOf: Date): FigurePlace => ({
  unit,
  from,
  asOf: to < asOf ? to : asOf,
});

type Asked = { days?: string; asOf?: string };
type Context = { now: Date; zone: string; lang: Lang };

/** What an address asks for: a moment with its offset, where it says one, and days. Throws `invalid` on asOf or days. */
export function readPlotAsk({ days, asOf }: Asked, { now, lang }: Context) {
  const found = PLOT_DAYS.find((one) => `${one}` === (days || "14"));
  if (!found) throw problem.answer("days", "unknown", NO_SUCH_DAYS, lang);
  return { days: found, asOf: asOf ? readAsOf(asOf, { now, lang }) : undefined };
}

/**
 * A day and a clock time as a form sends them, as a moment: without a time the end of that day, or now where that day is
 * today. Throws `invalid` on date or time for what is none, and for one that is still to come.
 */
export function readPlotMoment(date: string, time: string, context: Context): Date {
  const { now, zone } = context;
  if (!time && date === localDate(now, zone)) return now;
  return readCutOff({ date, clock: time || "24:00", time }, context);
}

/** The first of so many days, the last of which is the one that the moment speaks of. */
export const firstDay = (asOf: Date, days: number, zone: string): string =>
  addDays(dayOf(asOf, zone).date, 1 - days);

const NO_SUCH_DAYS: Words = {
  "zh-Hans": `days 只能是 ${PLOT_DAYS.join("、")}`,
  "zh-Hant": `days 只能是 ${PLOT_DAYS.join("、")}`,
  en: `days is one of ${PLOT_DAYS.join(", ")}`,
};
