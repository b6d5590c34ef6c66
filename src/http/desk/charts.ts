import { usualMoment } from "../../db/figures.ts";
import { countSeries } from "../../db/series.ts";
import { findUnit, type Unit } from "../../db/unit.ts";
import { dayOf, requireKnown } from "../../domain/as-of.ts";
import { cutOffOf } from "../../domain/cut-off.ts";
import { type FigureBook, type FigureValue, figureOf, WINDOW } from "../../domain/figure-book.ts";
import { findIndicator } from "../../domain/indicator.ts";
import {
  columnValue,
  figureOfColumn,
  firstDay,
  PLOTS,
  type Plot,
  type PlotName,
  type PlotRow,
  placeOfDay,
  readPlotAsk,
} from "../../domain/plot.ts";
import { problem } from "../../domain/problem.ts";
import { readBuckets, type SeriesValue } from "../../domain/series.ts";
import type { AppContext } from "../factory.ts";
import { openBooks } from "../figure-book.ts";
import { type Desk, inScope } from "./door.tsx";
import { type UnitOption, unitOptions } from "./units-below.ts";

/** Persons from whose number on the charts speak of the last roll-up: each day of each is counted. */
const LARGE = 5_000;

/** What the page of the charts is made from, and how its form says what was asked. */
export type Charts = {
  days: string;
  /** Empty for now. */
  date: string;
  time: string;
  /** `book`: the unit's own as of the moment, what the charts speak for. */
  charts: { asOf: Date; book: FigureBook; plots: Plot[] };
};

/** The unit of this address, the official's own where it says none. Throws caseNotFound for somebody else's, or none. */
export async function chartUnit(c: AppContext, desk: Desk): Promise<Unit> {
  const code = c.req.query("unit")?.trim() || desk.scope.code;
  if (!/^[0-9A-Z]{6,18}$/.test(code)) throw problem.caseNotFound();
  inScope(desk, code);
  const unit = await findUnit(c.get("deps").db, code);
  if (!unit) throw problem.caseNotFound();
  return unit;
}

/** The unit of this address, and those that can be chosen. Throws caseNotFound. */
export async function openChoice(c: AppContext, desk: Desk): Promise<{ unit: Unit; units: UnitOption[] }> {
  const unit = await chartUnit(c, desk);
  const { options } = await unitOptions(c.get("deps"), desk, unit.code);
  const known = options.some(({ code }) => code === unit.code);
  return { unit, units: known ? options : [...options, { code: unit.code, name: unit.name, below: true }] };
}

/** The charts of this address, all as of one moment. Throws `invalid` on asOf or days. */
export async function openCharts(c: AppContext, desk: Desk, unit: Unit): Promise<Charts> {
  const deps = c.get("deps");
  const { now, zone, lang } = desk;
  const { days, asOf: asked } = readPlotAsk(c.req.query(), { now, zone, lang });
  const asOf = asked ?? (await usualMoment(deps.db, unit.code, now, LARGE));
  requireKnown(asOf, unit.recordedAt, { zone, lang });
  const { from } = dayOf(asOf, zone);
  const [{ total, direct, rows }, byDay] = await Promise.all([
    openBooks(deps, unit, { asOf, from, zone, level: "children" }),
    plotsByDay(deps.db, unit, { asOf, days, zone, lang }),
  ]);
  const { date, clock } = cutOffOf(asOf, zone);
  return {
    days: `${days}`,
    ...(asOf < now ? { date, time: clock } : { date: "", time: "" }),
    charts: { asOf, book: total, plots: [...byDay, ...plotsByUnit(total, direct, rows)] },
  };
}

type Question = { asOf: Date; days: number; zone: string; lang: Desk["lang"] };

/** The charts by day: each column one series, up to the day of the moment. */
async function plotsByDay(db: Parameters<typeof countSeries>[0], unit: Unit, question: Question) {
  const { asOf, days, zone, lang } = question;
  const { buckets } = readBuckets({ from: firstDay(asOf, days, zone) }, { asOf, zone, lang });
  const series = async (column: string) => {
    const indicator = findIndicator(column.replace(WINDOW, ""));
    if (!indicator) throw new Error(`no indicator is called ${column}`);
    return countSeries(db, unit, indicator, { buckets, asOf, since: unit.recordedAt, zone });
  };
  return Promise.all(
    namesBy("day").map(async (plot): Promise<Plot> => {
      const { columns } = PLOTS[plot];
      const all = await Promise.all(columns.map(series));
      const rows = buckets.map((bucket, at): PlotRow => {
        const place = placeOfDay(unit.code, bucket, asOf);
        const cells = columns.map((column, which) => ({
          ...{ figure: figureOfColumn(column), place },
          value: numberOf(all[which]?.values[at] ?? null),
        }));
        return { date: bucket.date, until: bucket.to > asOf ? asOf : undefined, cells };
      });
      return { plot, rows };
    }),
  );
}

const numberOf = (value: SeriesValue): FigureValue =>
  value === null || typeof value === "number" ? value : value.share;

/** The charts by the units below, with what is the unit's own; of a unit with none below, itself alone. */
function plotsByUnit(total: FigureBook, direct: FigureBook, rows: FigureBook[]): Plot[] {
  return namesBy("unit").map((plot) => {
    const rowOf = (book: FigureBook, own = false): PlotRow => ({
      name: book.unit.name,
      own,
      cells: PLOTS[plot].columns.map((column) => ({
        value: columnValue(column, (id) => figureOf(book, id)),
        figure: figureOfColumn(column),
        // No page tells of a unit without those below it.
        place: own ? undefined : { unit: book.unit.code, asOf: book.asOf, from: book.from },
      })),
    });
    if (rows.length === 0) return { plot, rows: [rowOf(total)] };
    const own = rowOf({ ...direct, unit: total.unit }, true);
    const something = own.cells.some(({ value }) => value);
    return {
      plot,
      rows: [...rows.map((book) => rowOf(book)), ...(something ? [own] : [])],
      total: rowOf(total),
    };
  });
}

const namesBy = (by: "day" | "unit"): PlotName[] =>
  (Object.keys(PLOTS) as PlotName[]).filter((plot) => PLOTS[plot].by === by);
