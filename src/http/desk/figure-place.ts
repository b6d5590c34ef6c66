import { findUnit, type Unit } from "../../db/unit.ts";
import { readAsOf, requireKnown } from "../../domain/as-of.ts";
import { figureProblem } from "../../domain/figure-problem.ts";
import { type FieldError, ProblemError, problem } from "../../domain/problem.ts";
import { isDate, localClock, localDate, momentOf } from "../../domain/time.ts";
import type { FigureAsked } from "../../views/desk/figure-ask.tsx";
import { FIGURE } from "../../views/desk/figure-words.ts";
import type { AppContext } from "../factory.ts";
import type { Desk } from "./door.tsx";

/** What a page of figures speaks of: whose, as of when, and after which moment its window begins. */
export type Place = { unit: Unit; asOf: Date; from: Date };
export type Asked = { unit: Unit; place?: Place; asked: FigureAsked; errors: FieldError[] };
/** What stands where nobody says: up to when, and for a moment since when. */
export type Usual = { asOf: Date; from: (asOf: Date) => Date };

/** The unit of an address, the official's own where it says none. Throws caseNotFound for another's, or none. */
export async function unitAsked(c: AppContext, desk: Desk): Promise<Unit> {
  const code = c.req.query("unit")?.trim() || desk.scope.code;
  if (!/^[0-9A-Z]{6,18}$/.test(code) || !desk.sees(code)) throw problem.caseNotFound();
  const unit = await findUnit(c.get("deps").db, code);
  if (!unit) throw problem.caseNotFound();
  return unit;
}

/**
 * Reads a page's unit and moments: asOf and from in ISO with their offset, or a day and a clock time out of the form
 * (day and clock, fromDay and fromClock). What must be mended comes back as errors and without a place.
 */
export async function placeAsked(
  c: AppContext,
  desk: Desk,
  usual: (unit: Unit) => Usual | Promise<Usual>,
): Promise<Asked> {
  const unit = await unitAsked(c, desk);
  const { now, zone, lang } = desk;
  const query = c.req.query();
  const errors: FieldError[] = [];
  /** Whatever a reading throws stands at the field of the form that it concerns. */
  const reading = (field: string, read: () => Date | undefined): Date | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== "invalid") throw error;
      const clock = field === "day" ? "clock" : "fromClock";
      const at = (code: string) => (code === "no-such-time" ? clock : field);
      errors.push(...(error.problem.errors ?? []).map((one) => ({ ...one, path: at(one.code) })));
      return undefined;
    }
  };
  const said = (name: string, day: string | undefined, clock: string | undefined) =>
    day?.trim()
      ? momentAt(day.trim(), clock?.trim().replace("：", ":") || "24:00", { zone, lang })
      : query[name]
        ? readAsOf(query[name], { lang, name })
        : undefined;
  const standard = await usual(unit);
  const asOf = reading("day", () => {
    const at = said("asOf", query.day, query.clock) ?? known(standard.asOf, unit, now);
    if (at > now) throw problem.answer("asOf", "future", FIGURE.future, lang);
    requireKnown(at, unit.recordedAt, { zone, lang });
    return at;
  });
  const from = reading("fromDay", () => {
    const at = said("from", query.fromDay, query.fromClock) ?? (asOf && standard.from(asOf));
    if (at && asOf && at >= asOf) throw figureProblem.fromNotBefore(lang);
    return at;
  });
  const typed = (at: Date | undefined, day = "", clock = "") => (at ? partsOf(at, zone) : { day, clock });
  return {
    ...{ unit, errors },
    ...(asOf && from && errors.length === 0 && { place: { unit, asOf, from } }),
    asked: { until: typed(asOf, query.day, query.clock), since: typed(from, query.fromDay, query.fromClock) },
  };
}

/** Before the first cut-off of a unit's life the books are open: what is known now is shown. */
const known = (asOf: Date, unit: Unit, now: Date): Date => (asOf < unit.recordedAt ? now : asOf);

/** A day and a clock time of the form. Throws `invalid`. */
function momentAt(day: string, clock: string, { zone, lang }: Pick<Desk, "zone" | "lang">): Date {
  if (!isDate(day)) throw problem.answer("asOf", "no-such-day", FIGURE.noSuchDay, lang);
  if (!/^([01]?\d|2[0-3]):[0-5]\d$|^24:00$/.test(clock))
    throw problem.answer("asOf", "no-such-time", FIGURE.noSuchTime, lang);
  return momentOf(day, clock, zone);
}

/** A moment as the form shows it; a midnight is the end of the day that it closes. */
function partsOf(at: Date, zone: string): { day: string; clock: string } {
  const clock = localClock(at, zone);
  return clock === "00:00"
    ? { day: localDate(new Date(at.getTime() - 1), zone), clock: "24:00" }
    : { day: localDate(at, zone), clock };
}
