import { countForms } from "../../../forms/counts.ts";
import { recordForms } from "../../../forms/records.ts";
import { usualMoment } from "../../db/figures.ts";
import { listCountedEvents } from "../../db/record-totals.ts";
import { countSeries } from "../../db/series.ts";
import { unitPath } from "../../db/unit.ts";
import { dayOf } from "../../domain/as-of.ts";
import { deskPath } from "../../domain/desk-link.ts";
import { type Figure, lateIn, readFigure, valueIn } from "../../domain/figure.ts";
import { type FigureValue, figureOf, WINDOW } from "../../domain/figure-book.ts";
import { listOfFigure } from "../../domain/figure-list.ts";
import { figureProblem } from "../../domain/figure-problem.ts";
import { filledForms } from "../../domain/filled-form.ts";
import { findIndicator } from "../../domain/indicator.ts";
import { findTyped } from "../../domain/indicator-typed.ts";
import { readBuckets } from "../../domain/series.ts";
import { withLate } from "../../domain/snapshot.ts";
import { localClock, MINUTE } from "../../domain/time.ts";
import { recordFormNamed, stateWords } from "../../forms/record.ts";
import type { FigurePageProps, FigureTold } from "../../views/desk/figure.tsx";
import type { FigureDay } from "../../views/desk/figure-days.tsx";
import type { AppContext } from "../factory.ts";
import { openBooks } from "../figure-book.ts";
import type { Desk } from "./door.tsx";
import { type Place, placeAsked } from "./figure-place.ts";

/** So many events of a unit's own records stand on a figure's page. */
const RECORDS_SHOWN = 30;

/**
 * What a figure was counted from, as its page shows it; without `told` where the moment must be mended. Throws
 * figureUnknown, and caseNotFound for a unit that is not the official's.
 */
export async function openFigure(
  c: AppContext,
  desk: Desk,
  id: string,
): Promise<Omit<FigurePageProps, "desk">> {
  const figure = id.length <= 1_000 ? readFigure(id) : undefined;
  if (!figure) throw figureProblem.figureUnknown();
  const { zone, now } = desk;
  const { db } = c.get("deps");
  const { unit, place, asked, errors } = await placeAsked(c, desk, async ({ code }) => ({
    ...{ asOf: await usualMoment(db, code, now), from: (asOf: Date) => dayOf(asOf, zone).from },
  }));
  const path = await unitPath(db, unit.code);
  const above = path.filter(({ code }) => code !== unit.code && desk.sees(code));
  const page = { figure, unit, above, asked, errors };
  return place ? { ...page, told: await told(c, desk, figure, place) } : page;
}

async function told(
  c: AppContext,
  desk: Desk,
  figure: Figure,
  { unit, asOf, from }: Place,
): Promise<FigureTold> {
  const deps = c.get("deps");
  const { zone } = desk;
  const [{ total, direct, rows, typed }, days, records] = await Promise.all([
    openBooks(deps, unit, { asOf, from, zone, level: "children" }),
    daysOf(c, desk, figure, { unit, asOf, from }),
    recordsOf(c, figure, { unit, asOf, from }),
  ]);
  const [part, ...others] = figure.parts;
  const windowId = `${figure.id}${WINDOW}`;
  const runs = others.length === 0 && !part.window && readFigure(windowId) !== undefined;
  const list = others.length === 0 ? listOfFigure(figure.id, unit.code) : undefined;
  return {
    place: { unit: unit.code, asOf, from },
    value: valueIn(total, figure),
    late: lateIn(total, figure),
    // A corrected report states it so.
    ...(c.req.query("late") === "1" && { withLate: valueIn(withLate(total), figure) }),
    completeness: total.completeness,
    forms: filledForms(
      figure.parts.map(({ id }) => id),
      typed,
      countForms,
    ),
    parts: partsOf(figure).map((one) => ({ ...one, value: figureOf(total, one.part.id) })),
    rows: rows.map((book) => ({ unit: book.unit, value: valueIn(book, figure) })),
    direct: valueIn(direct, figure),
    ...(runs && { inWindow: { id: windowId, value: figureOf(total, windowId) } }),
    ...(days && { days }),
    ...(records && { records }),
    ...(list && { list: { path: list, later: desk.now.getTime() - asOf.getTime() > MINUTE } }),
  };
}

/** Of a share what is divided by what; of a sum what it adds up. */
function partsOf({ parts }: Figure): Pick<FigureTold["parts"][number], "part" | "role">[] {
  const [first, ...others] = parts;
  if (others.length > 0) return parts.map((part) => ({ part }));
  return (["numerator", "denominator"] as const).flatMap((role) => {
    const id = first.indicator?.[role];
    const part = id && readFigure(id)?.parts[0];
    return part ? [{ part, role }] : [];
  });
}

/** The last days of one figure, where a series of it can be told. */
async function daysOf(
  c: AppContext,
  { zone, lang }: Desk,
  { parts }: Figure,
  { unit, asOf }: Place,
): Promise<FigureDay[] | undefined> {
  const [part, ...others] = parts;
  const id = part.id.replace(WINDOW, "");
  const indicator = findIndicator(id) ?? findTyped(id);
  if (others.length > 0 || !indicator || indicator.series === null) return undefined;
  const { buckets } = readBuckets({}, { asOf, zone, lang });
  const since = unit.recordedAt;
  const { db } = c.get("deps");
  const { before, values } = await countSeries(db, unit, indicator, { buckets, asOf, since, zone });
  // What a window of a day counts has no running total of its own.
  const runs = before !== null && indicator.window === "all";
  let running = before ?? 0;
  return buckets.map(({ date, from, to }, at) => {
    const value = numberOf(values[at] ?? null);
    running += value ?? 0;
    const day = { date, from, to: to < asOf ? to : asOf, value };
    return {
      ...day,
      ...(to > asOf && { until: localClock(asOf, zone) }),
      ...(runs && { running: value === null ? null : running }),
    };
  });
}

/** Of a figure of records, what happened last at the unit itself: numbers, states and moments, nobody's name. */
async function recordsOf(c: AppContext, { parts }: Figure, { unit, asOf }: Place) {
  const [{ record }, ...others] = parts;
  const form = record && recordFormNamed(recordForms, record.form);
  if (!form || others.length > 0) return undefined;
  const events = await listCountedEvents(c.get("deps").db, unit.code, record, { asOf, limit: RECORDS_SHOWN });
  return events.map(({ recordId, step, at, n }) => ({
    ...{ id: recordId, at, n, state: stateWords(form, step) },
    path: deskPath("record", unit.code, `${form.name}/${recordId}`),
  }));
}

const numberOf = (value: number | { share: number | null } | null): FigureValue =>
  value === null || typeof value === "number" ? value : value.share;
