import { type SQL, sql } from "drizzle-orm";
import type { RecordTotals } from "../domain/record-totals.ts";
import type { Place } from "../domain/tally.ts";
import type { Counting, Db } from "./store.ts";

/*
 * What units' records come to as of a moment: the totals of the last event up to it, of each unit and form. Which units ever
 * filed is found by stepping from one key to the next, so that units without records cost nothing.
 */

/**
 * What the records of a subtree came to as of two moments. Reads a dozen rows for each unit and form with records, those that
 * SQLite keeps for itself among them, four a form, and where something came after a moment as many as it takes to halve the
 * unit's events down to one: never all of them, and nothing for a unit that filed none.
 */
export function countingRecords(
  db: Db,
  unit: Pick<Place, "code" | "kind">,
  { asOf, from, forms }: { asOf: Date; from: Date; forms: readonly string[] },
): Counting<RecordTotals[]> {
  const [until, since] = [asOf.getTime(), from.getTime()];
  const statement = db.all(sql`
    WITH RECURSIVE ${pairs(unit, forms)}, ${lastEvents([until, since])}
    SELECT f.form AS form, f.unit_code AS code, f.at AS at, e.totals AS totals
    FROM found AS f CROSS JOIN record_event AS e ON e.form = f.form AND e.unit_code = f.unit_code AND e.seq = f.seq
    ORDER BY f.form, f.unit_code`);
  return {
    statements: [statement],
    read: ([answer]) => {
      const units = new Map<string, RecordTotals>();
      for (const { form, code, at, totals } of (answer as { results: Row[] }).results) {
        const key = `${form}/${code}`;
        const one = units.get(key) ?? { form, code, asOf: undefined, from: undefined };
        const counts = JSON.parse(totals);
        units.set(key, {
          ...one,
          ...(at === until && { asOf: counts }),
          ...(at === since && { from: counts }),
        });
      }
      return [...units.values()];
    },
  };
}
type Row = { form: string; code: string; at: number; totals: string };

/** An event of a unit's record: what it led to, and what it changed of a figure. */
export type CountedEvent = { recordId: string; step: string; at: Date; n: number };

/** So many events of a unit are looked through, the last ones first. */
const LOOKED_THROUGH = 200;

/**
 * The last events of one unit's own records that changed a figure, as recorded by `asOf`, the newest first. Of more than 200
 * events back nothing is told.
 */
export async function listCountedEvents(
  db: Db,
  unitCode: string,
  { form, figure }: { form: string; figure: string },
  { asOf, limit }: { asOf: Date; limit: number },
): Promise<CountedEvent[]> {
  const total = sql`COALESCE(e.totals ->> ${figure}, 0)`;
  const rows = await db.all<Omit<CountedEvent, "at"> & { at: number }>(sql`
    WITH RECURSIVE ${pairs({ code: unitCode, kind: "grid" }, [form])}, ${lastEvents([asOf.getTime()])}
    SELECT recordId, step, at, n FROM (
      SELECT e.seq AS seq, e.record_id AS recordId, e.step AS step, e.recorded_at AS at, f.seq AS high,
        ${total} - LAG(${total}, 1, 0) OVER (ORDER BY e.seq) AS n
      FROM found AS f CROSS JOIN record_event AS e ON e.form = f.form AND e.unit_code = f.unit_code
        AND e.seq <= f.seq AND e.seq >= f.seq - ${LOOKED_THROUGH})
    WHERE n <> 0 AND (seq = 1 OR seq > high - ${LOOKED_THROUGH}) ORDER BY seq DESC LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/** `pair`: every unit of a subtree and form that has records. */
export function pairs({ code, kind }: Pick<Place, "code" | "kind">, forms: readonly string[]): SQL {
  // A grid has nothing below it, though its code may begin another grid's.
  const end = code + (kind === "grid" ? "!" : "~");
  const next = (form: SQL, from: SQL) => sql`(SELECT MIN(n.unit_code) FROM record_event AS n
    WHERE n.form = ${form} AND n.unit_code ${from} AND n.unit_code < ${end})`;
  return sql`pair (form, unit_code) AS (
      SELECT f.value, ${next(sql`f.value`, sql`>= ${code}`)} FROM json_each(${JSON.stringify(forms)}) AS f
      UNION ALL
      SELECT p.form, ${next(sql`p.form`, sql`> p.unit_code`)} FROM pair AS p WHERE p.unit_code IS NOT NULL)`;
}

/**
 * `found`: of each pair the last event up to each moment, by its number; none where there was none. Numbers count up without
 * a gap and never go back in time, so halving finds it; the last of all comes first, for mostly that is it.
 */
export const lastEvents = (moments: readonly number[]): SQL => sql`
    ever (form, unit_code, last) AS (
      SELECT p.form, p.unit_code, (SELECT MAX(s.seq) FROM record_event AS s
        WHERE s.form = p.form AND s.unit_code = p.unit_code)
      FROM pair AS p WHERE p.unit_code IS NOT NULL),
    near (form, unit_code, at, last, low, high) AS (
      SELECT v.form, v.unit_code, m.value, v.last, 0, v.last + 1
      FROM ever AS v CROSS JOIN json_each(${JSON.stringify([...new Set(moments)])}) AS m
      UNION ALL
      SELECT w.form, w.unit_code, w.at, w.last, CASE WHEN e.recorded_at <= w.at THEN e.seq ELSE w.low END,
        CASE WHEN e.recorded_at <= w.at THEN w.high ELSE e.seq END
      FROM near AS w CROSS JOIN record_event AS e ON e.form = w.form AND e.unit_code = w.unit_code
        AND e.seq = CASE WHEN w.high > w.last THEN w.last ELSE (w.low + w.high) / 2 END
      WHERE w.high - w.low > 1),
    found (form, unit_code, at, seq) AS (
      SELECT form, unit_code, at, low FROM near WHERE high - low = 1 AND low > 0)`;
