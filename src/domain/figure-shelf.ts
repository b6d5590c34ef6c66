import type { CountForm, RecordForm } from "../forms/define.ts";
import { dayOf } from "./as-of.ts";
import type { FigureBook, FigureId } from "./figure-book.ts";
import { indicatorValues, sourceValues } from "./figure-value.ts";
import { countIds, filledForms } from "./filled-form.ts";
import { type RecordTotals, recordValues } from "./record-totals.ts";
import { add, type Counted, type CountedRow, emptyTally, type Place, rowsOf, type Tally } from "./tally.ts";
import { typedValues, type UnitTotals } from "./typed-count.ts";
import { type Covered, coveredBy, unitValues } from "./unit-figure.ts";

/* Books of figures out of what was counted: one of the whole, and one of each part that the units are put into. */

/** How many of a figure were recorded after a moment though they happened up to it, in one unit. */
export type LateValue = { unitCode: string; id: FigureId; value: number };

export type BookCounts = {
  unit: Place;
  asOf: Date;
  from: Date;
  zone: string;
  /** As of `asOf`, and of what came since the beginning, as of `from`. */
  now: Counted;
  before: CountedRow[];
  typed: readonly UnitTotals[];
  forms: readonly CountForm[];
  records: readonly RecordTotals[];
  recordForms: readonly RecordForm[];
  late: LateValue[];
};

/** Late arrivals of a whole subtree, by figure. */
export function lateSums(late: LateValue[]): Record<FigureId, number> {
  const sums: Record<FigureId, number> = {};
  for (const { id, value } of late) grow(sums, id, value);
  return sums;
}

type Gathered = {
  unit: Place;
  now: Tally;
  before: Tally;
  bySource: Record<string, number>;
  typed: UnitTotals[];
  records: RecordTotals[];
  late: Map<FigureId, number>;
  missing: { code: string; name: string }[];
};

/**
 * The book of all units, of each part, and of what belongs to no part (`direct`): of every flow and stock that is known,
 * the parts and `direct` sum to the total.
 * @param partOf the code of the part that a unit's counts belong to
 */
export function makeBooks(
  counts: BookCounts,
  parts: readonly Place[],
  partOf: (unitCode: string) => string | undefined,
): { total: FigureBook; direct: FigureBook; rows: FigureBook[] } {
  const { unit, now, before, asOf, zone } = counts;
  const total = gathered(unit);
  const direct = gathered(unit);
  const each = new Map(parts.map((part) => [part.code, gathered(part)]));
  const both = (code: string) => [total, each.get(partOf(code) ?? "") ?? direct];
  for (const row of rowsOf(now, dayOf(asOf, zone).date))
    for (const one of both(row.unitCode)) {
      add(one.now, row);
      if (row.source && row.persons) grow(one.bySource, row.source, row.persons);
    }
  for (const row of before) for (const one of both(row.unitCode)) add(one.before, row);
  for (const totals of counts.typed) for (const { typed } of both(totals.code)) typed.push(totals);
  for (const totals of counts.records) for (const { records } of both(totals.code)) records.push(totals);
  for (const { unitCode, id, value } of counts.late)
    for (const { late } of both(unitCode)) late.set(id, (late.get(id) ?? 0) + value);
  for (const place of now.missing) for (const { missing } of both(place.code)) missing.push(place);
  const covered = coveredBy(counts.typed);
  const book = (one: Gathered) => bookOf(one, counts, covered);
  const whole = book(total);
  // How persons became known is counted for the whole alone; of a part it is unknown.
  return {
    total: {
      ...whole,
      values: { ...whole.values, ...sourceValues(total.bySource) },
      filled: filledForms(counts.forms.flatMap(countIds), counts.typed, counts.forms),
    },
    direct: book(direct),
    rows: [...each.values()].map(book),
  };
}

const gathered = (unit: Place): Gathered => ({
  unit: { code: unit.code, name: unit.name, kind: unit.kind },
  ...{ now: emptyTally(), before: emptyTally(), bySource: {}, missing: [] },
  ...{ typed: [], records: [], late: new Map() },
});

function grow(counts: Record<string, number>, name: string, by: number): void {
  counts[name] = (counts[name] ?? 0) + by;
}

function bookOf(one: Gathered, { asOf, from, forms, recordForms }: BookCounts, covered: Covered): FigureBook {
  const { unit, now, before, typed, records, late, missing } = one;
  return {
    ...{ unit, asOf, from },
    values: {
      ...indicatorValues(now, before),
      ...typedValues(typed, forms),
      ...unitValues(typed, covered),
      ...recordValues(records, recordForms),
    },
    completeness: { units: now.units, owed: now.owed, reported: now.zero + now.nonZero, missing },
    recordedAfter: Object.fromEntries(late),
  };
}
