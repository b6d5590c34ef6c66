import { countForms } from "../../forms/counts.ts";
import { recordForms } from "../../forms/records.ts";
import { readPieces, readSettled } from "../db/figures.ts";
import { countingLate } from "../db/late.ts";
import { countingLateTyped } from "../db/late-typed.ts";
import { countingRecords } from "../db/record-totals.ts";
import { countTogether, standing } from "../db/store.ts";
import { countingFigures, countingRunning } from "../db/summary.ts";
import { countingTyped } from "../db/typed-count.ts";
import { dayOf, EARLIEST } from "../domain/as-of.ts";
import type { FigureBook } from "../domain/figure-book.ts";
import { makeBooks } from "../domain/figure-shelf.ts";
import { ownerIn, type Place } from "../domain/tally.ts";
import type { UnitTotals } from "../domain/typed-count.ts";
import { countFields } from "../forms/count.ts";
import type { Deps } from "./factory.ts";

/** As of when, since when "today", and whose clock. `asOf` is not before the unit was entered (requireKnown). */
export type BookQuestion = { asOf: Date; from: Date; zone: string };
/** children: what hangs directly below a unit; leaves: every open unit of its subtree by itself, the unit too. */
export type BookLevel = "children" | "leaves";
/** `direct` is what belongs to none of the rows: with them it sums to the total, of whatever is known. */
export type FigureBooks = { total: FigureBook; direct: FigureBook; rows: FigureBook[] };
/** The fields of each count form that add up from day to day. */
const FLOWS = new Map(
  countForms.map((form) => [
    form.name,
    countFields(form).flatMap(({ name, count }) => (count === "flow" ? [name] : [])),
  ]),
);
type BookDeps = Pick<Deps, "db" | "now">;

/**
 * Every figure of a unit and all below it, as it had been recorded by `asOf`. All is counted in one transaction, so that
 * whatever is recorded meanwhile is in all of it or in none; a unit of over 200,000 persons in pieces, which `asOf` holds
 * together.
 * What was recorded after `asOf` though it happened up to it is said beside, up to now and for seven days at most.
 */
export async function openBook(deps: BookDeps, unit: Place, question: BookQuestion): Promise<FigureBook> {
  return (await openBooks(deps, unit, { ...question, level: "children" })).total;
}

/**
 * The same with a book for each row of a table: rows are in the order of their codes. Children are read out of the
 * roll-up where their moments were rolled up; leaves are counted. `typed`: what each unit of the subtree had typed.
 */
export async function openBooks(
  { db, now }: BookDeps,
  unit: Place,
  { asOf, from, zone, level }: BookQuestion & { level: BookLevel },
): Promise<FigureBooks & { typed: readonly UnitTotals[] }> {
  // The calendar of other centuries is nobody's business here, and nothing was recorded then.
  const begin = from < EARLIEST ? EARLIEST : from;
  const at = (moment: Date) => ({ asOf: moment, ...dayOf(moment, zone), zone });
  const settled = level === "children" ? readSettled : readPieces;
  // What is settled need not be in the transaction: nothing that comes meanwhile is part of it.
  const taken = await settled(db, unit, at(asOf));
  const takenBefore = await settled(db, unit, at(begin));
  const [counted, before, late, lateTyped, typed, records] = await countTogether(
    db,
    taken ? standing(taken) : countingFigures(db, unit, at(asOf)),
    takenBefore ? standing(takenBefore.rows) : countingRunning(db, unit, { asOf: begin, zone }),
    countingLate(db, unit, { asOf, now: now() }),
    countingLateTyped(db, unit, { asOf, now: now(), zone, flows: FLOWS }),
    countingTyped(db, unit, { asOf, from }),
    countingRecords(db, unit, { asOf, from, forms: recordForms.map(({ name }) => name) }),
  );
  const own = { typed, forms: countForms, records, recordForms };
  const counts = { unit, asOf, from, zone, now: counted, before, late: [...late, ...lateTyped], ...own };
  if (level === "children")
    return { ...makeBooks(counts, counted.children, ownerIn(counted.children)), typed };
  const open = new Set(counted.rows.flatMap(({ units, unitCode }) => (units ? [unitCode] : [])));
  const leaves = typed.filter(({ code }) => open.has(code));
  return { ...makeBooks(counts, leaves, (code) => code), typed };
}
