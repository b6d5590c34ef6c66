import { sql } from "drizzle-orm";
import { countSubject } from "../domain/count-due.ts";
import { obligationId } from "../domain/obligation.ts";
import type { Arrival } from "../domain/submission.ts";
import { addDays } from "../domain/time.ts";
import type { CountedDay, Counts, EntryPlan, Totals, UnitTotals } from "../domain/typed-count.ts";
import { unitOfCode } from "../domain/unit.ts";
import { meetObligation } from "./obligation.ts";
import { countTotal, report } from "./schema.ts";
import { type Counting, countTogether, type Db, runBatch, type Store } from "./store.ts";
import { recordArrival } from "./submission.ts";

/** Which entry: a form by name, a unit, a local day. */
export type EntryKey = { form: string; unitCode: string; date: string };
/** A version of a day, opened; `totals`: what the form's days came to with it. */
export type Entry = { version: number; counts: Counts; totals: Counts; recordedAt: Date; reason?: string };
/** What a unit's forms came to after its last entry. */
export type Standing = { version: number; totals: Totals; recordedAt: Date };

/**
 * Stores a planned entry and what the unit's forms come to with it, and meets what was owed for that day where the form is
 * `owed`, in one batch: a correction finds it met. A clash of keys is thrown as it comes: the
 * same submission twice, or another entry of this unit in between, which the totals would then miss.
 */
export async function saveEntry(
  { db, privacy }: Store,
  plan: Extract<EntryPlan, { act: "write" }>,
  arrival: Arrival,
  key: EntryKey,
  { owed, ...next }: Standing & { owed: boolean },
): Promise<void> {
  const { recordedAt, ...total } = next;
  const owedId = obligationId("count", countSubject(key.form, key.date), key.unitCode);
  const sealed = plan.said.reason ? await privacy.seal(plan.said, arrival.id, "report") : null;
  const answered = Object.values(plan.counts);
  await runBatch(db, [
    recordArrival(db, arrival, { subjectId: subjectOf(key), recordedAt }),
    db.insert(report).values({
      ...key,
      version: plan.version,
      submissionId: arrival.id,
      zero: answered.length > 0 && answered.every((n) => n === 0),
      counts: plan.counts,
      known: next.totals[key.form] ?? {},
      sealed,
      recordedAt,
    }),
    db.insert(countTotal).values({ ...total, unitCode: key.unitCode, recordedAt }),
    ...(owed ? [meetObligation(db, owedId, { metAt: recordedAt, recordedAt })] : []),
  ]);
}

/** Keeps that a submission said what stood already, so that it is answered the same way when it comes again. */
export async function saveSameEntry(
  db: Db,
  arrival: Arrival,
  key: EntryKey,
  { version, recordedAt }: { version: number; recordedAt: Date },
): Promise<void> {
  await runBatch(db, [recordArrival(db, arrival, { subjectId: `${subjectOf(key)}/${version}`, recordedAt })]);
}

const subjectOf = ({ form, date, unitCode }: EntryKey) => `${form}/${date}/${unitCode}`;

/** What an arrival became: its own version, or the one it repeated. */
export async function findArrivedEntry(
  store: Store,
  key: EntryKey,
  arrival: Arrival,
  subjectId: string,
): Promise<Entry | undefined> {
  const repeated = Number(subjectId.slice(subjectOf(key).length + 1));
  return findEntry(store, key, repeated ? { version: repeated } : { id: arrival.id });
}

/** One version of a day, the last unless `only` names one. */
export async function findEntry(
  { db, privacy }: Store,
  { form, date, unitCode }: EntryKey,
  only: { id?: string; version?: number } = {},
): Promise<Entry | undefined> {
  const [row] = await db.all<{
    version: number;
    counts: string;
    known: string;
    sealed: string | null;
    submissionId: string;
    recordedAt: number;
  }>(sql`
    SELECT version, counts, known, sealed, submission_id AS submissionId, recorded_at AS recordedAt FROM report
    WHERE form = ${form} AND date = ${date} AND unit_code = ${unitCode}
      AND (${only.id ?? null} IS NULL OR submission_id = ${only.id ?? null})
      AND (${only.version ?? null} IS NULL OR version = ${only.version ?? null})
    ORDER BY version DESC LIMIT 1`);
  if (!row) return undefined;
  const { version, sealed, submissionId } = row;
  const said = sealed ? await privacy.open<{ reason?: string }>(sealed, submissionId, "report") : {};
  const [counts, totals] = [JSON.parse(row.counts), JSON.parse(row.known)];
  return { version, counts, totals, recordedAt: new Date(row.recordedAt), ...said };
}

/** What a unit's forms came to after its last entry. One row. */
export async function findTotals(db: Db, unitCode: string): Promise<Standing | undefined> {
  const [row] = await db.all<{ version: number; totals: string; recordedAt: number }>(sql`
    SELECT version, totals, recorded_at AS recordedAt FROM count_total
    WHERE unit_code = ${unitCode} ORDER BY version DESC LIMIT 1`);
  return (
    row && {
      version: row.version,
      totals: JSON.parse(row.totals),
      recordedAt: new Date(row.recordedAt),
    }
  );
}

/** A day that was entered, by form. */
export type ListedEntry = CountedDay & { form: string; version: number; recordedAt: Date };

/**
 * The last versions of a unit's days from `from` to `to` (local days, both included), oldest first. Reads each day once a
 * form, and two rows a day entered.
 */
export async function listEntries(
  db: Db,
  forms: readonly string[],
  unitCode: string,
  { from, to }: { from: string; to: string },
): Promise<ListedEntry[]> {
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  // CROSS JOIN keeps SQLite on the keys: other units' rows of the same form lie between these.
  const rows = await db.all<{
    form: string;
    date: string;
    version: number;
    counts: string;
    recordedAt: number;
  }>(sql`
    SELECT r.form AS form, r.date AS date, r.version AS version, r.counts AS counts, r.recorded_at AS recordedAt
    FROM json_each(${JSON.stringify(forms)}) f CROSS JOIN json_each(${JSON.stringify(dates)}) d
      CROSS JOIN report r ON r.form = f.value AND r.date = d.value AND r.unit_code = ${unitCode}
        AND r.version = (SELECT MAX(l.version) FROM report l
          WHERE l.form = f.value AND l.date = d.value AND l.unit_code = ${unitCode})
    ORDER BY r.date`);
  return rows.map((row) => ({
    ...row,
    counts: JSON.parse(row.counts),
    recordedAt: new Date(row.recordedAt),
  }));
}

/**
 * What every unit of a subtree had entered as of two moments, by code, those that never entered anything too. Reads one row
 * a unit, one more for each moment at which it had entered something, and one for each entry made since.
 */
export async function countTyped(
  db: Db,
  unit: { code: string },
  moments: { asOf: Date; from: Date },
): Promise<UnitTotals[]> {
  const [counted] = await countTogether(db, countingTyped(db, unit, moments));
  return counted;
}

/** The same as a statement, to be counted together with something else. */
export function countingTyped(
  db: Db,
  unit: { code: string },
  { asOf, from }: { asOf: Date; from: Date },
): Counting<UnitTotals[]> {
  // A grid has nothing below it, though its code may begin another grid's.
  const end = unit.code + (unitOfCode(unit.code)?.kind === "grid" ? "!" : "~");
  const statement = db.all(sql`
    SELECT u.code AS code, u.name AS name, u.kind AS kind, u.recorded_at AS recordedAt, u.closed_at AS closedAt,
      (SELECT t.totals FROM count_total t WHERE t.unit_code = u.code AND t.recorded_at <= ${asOf.getTime()}
        ORDER BY t.version DESC LIMIT 1) AS asOf,
      (SELECT t.totals FROM count_total t WHERE t.unit_code = u.code AND t.recorded_at <= ${from.getTime()}
        ORDER BY t.version DESC LIMIT 1) AS before
    FROM unit u WHERE u.code >= ${unit.code} AND u.code < ${end} ORDER BY u.code`);
  return {
    statements: [statement],
    read: ([answer]) =>
      (answer as { results: TypedRow[] }).results.map(
        ({ code, name, kind, recordedAt, closedAt, ...totals }) => ({
          ...{ code, name, kind, entered: recordedAt <= asOf.getTime() },
          closed: closedAt !== null && closedAt <= asOf.getTime(),
          asOf: totals.asOf === null ? undefined : JSON.parse(totals.asOf),
          from: totals.before === null ? undefined : JSON.parse(totals.before),
        }),
      ),
  };
}

type TypedRow = {
  code: string;
  name: string;
  kind: string;
  recordedAt: number;
  closedAt: number | null;
  asOf: string | null;
  before: string | null;
};
