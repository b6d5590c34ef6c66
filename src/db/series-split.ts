import type { Indicator } from "../domain/indicator.ts";
import { knownUntil, type SeriesValue } from "../domain/series.ts";
import { shareOf } from "../domain/summary.ts";
import type { Place } from "../domain/tally.ts";
import { countRows, type Question, type Series, seriesOf, type Told } from "./series.ts";
import { partsOf } from "./series-part.ts";
import { rolledSeries } from "./series-rollup.ts";
import type { Db } from "./store.ts";

/** A series of a unit and of each part of it: `direct` is what stands on the unit itself. */
export type SplitSeries = { total: Series; direct: Series; parts: { unit: Place; series: Series }[] };
type Child = Place & { recordedAt: Date };

/**
 * A series, and beside it that of each unit right below: with `direct` they add up to the total. A part says null of what
 * lies before it was entered. Out of the roll-up where that has every edge, or out of one count.
 */
export async function countSplit(
  db: Db,
  unit: Place,
  children: Child[],
  indicator: Told,
  question: Question,
): Promise<SplitSeries> {
  const rolled =
    "measure" in indicator ? undefined : await rolledSplit(db, unit, children, indicator, question);
  if (rolled) return rolled;
  const counted = await countRows(db, unit, indicator, question, partsOf(unit, children));
  const of = (code: string, since: Date) =>
    seriesOf(
      counted.map((rows) => rows.filter(({ part }) => part === code)),
      indicator,
      { ...question, since },
    );
  return {
    total: seriesOf(counted, indicator, question),
    direct: of("", question.since),
    parts: children.map(({ code, name, kind, recordedAt }) => ({
      unit: { code, name, kind },
      series: of(code, recordedAt),
    })),
  };
}

/** The same out of the roll-up; what stands on the unit itself is what the others leave. */
async function rolledSplit(
  db: Db,
  unit: Place,
  children: Child[],
  indicator: Indicator,
  question: Question,
): Promise<SplitSeries | undefined> {
  const total = await rolledSeries(db, unit, indicator, question);
  if (!total) return undefined;
  const parts: SplitSeries["parts"] = [];
  for (const { recordedAt: since, ...child } of children) {
    const known = question.buckets.some((bucket) => knownUntil(bucket, { ...question, since }));
    const series = known
      ? await rolledSeries(db, child, indicator, { ...question, since })
      : { before: total.before === null ? null : 0, values: total.values.map(() => null) };
    if (!series) return undefined;
    const { code, name, kind } = child;
    parts.push({ unit: { code, name, kind }, series });
  }
  const others = parts.map(({ series }) => series);
  return {
    total,
    parts,
    direct: {
      before:
        total.before === null
          ? null
          : (less(
              total.before,
              others.map(({ before }) => before),
            ) as number),
      values: total.values.map((value, at) =>
        less(
          value,
          others.map(({ values }) => values[at] ?? null),
        ),
      ),
    },
  };
}

/** A value without those of the parts; a share by what it is made of. */
function less(whole: SeriesValue, parts: SeriesValue[]): SeriesValue {
  if (whole === null) return null;
  const sum = (of: (part: Exclude<SeriesValue, null>) => number) =>
    parts.reduce((all: number, part) => all + (part === null ? 0 : of(part)), 0);
  if (typeof whole === "number") return whole - sum((part) => part as number);
  const taken = (name: "numerator" | "denominator") =>
    whole[name] - sum((part) => (typeof part === "number" ? 0 : part[name]));
  return shareOf(taken("numerator"), taken("denominator"));
}
