import { type SQL, sql } from "drizzle-orm";
import type { LateValue } from "../domain/figure-shelf.ts";
import type { IndicatorId } from "../domain/indicator.ts";
import type { Place } from "../domain/summary.ts";
import { DAY } from "../domain/time.ts";
import { counts, foundAt, mergedAt } from "./duplicate-sql.ts";
import type { Counting, Db } from "./store.ts";
import { within } from "./summary.ts";

/*
 * Late arrivals: what was recorded after a moment though it happened up to it. A figure as of that moment never changes
 * for them; they are said beside it.
 */

/** For so many days after a moment late arrivals are looked for. */
export const LATE_DAYS = 7;

/**
 * Counts late arrivals of a subtree's flows by unit: registrations by when the household arrived, verifications and
 * observations by when they were made. What is recorded later than seven days after `asOf` is not counted, nor is a
 * verification of what was registered more than seven days before it.
 * Reads what each unit recorded within those days, twice; of observations, who was released and the like within them.
 */
export function countingLate(
  db: Db,
  unit: Place,
  { asOf, now }: { asOf: Date; now: Date },
): Counting<LateValue[]> {
  const at = asOf.getTime();
  const until = Math.min(now.getTime(), at + LATE_DAYS * DAY);
  if (until <= at) return { statements: [], read: () => [] };
  const window: Window = { unit, at, until };
  const statements = [
    peopleSql(window),
    homesSql(window),
    tipsSql(window),
    openedSql(window),
    endedSql(window),
  ].map((statement) => db.all(statement));
  return { statements, read: (answers) => answers.flatMap(lateValues) };
}

type Window = { unit: Place; at: number; until: number };
type LateRow = { unitCode: string } & Record<string, string | number | null>;

const lateValues = (answer: unknown): LateValue[] =>
  (answer as { results: LateRow[] }).results.flatMap(({ unitCode, ...counts }) =>
    Object.entries(counts).flatMap(([id, n]) => (n ? [{ unitCode, id, value: Number(n) }] : [])),
  );

// Unit by unit, so that the index on unit and moment is sought in and never walked through.
const unitsOf = (unit: Place) => sql`(SELECT code FROM unit WHERE ${within("code", unit)}) AS u`;
const named = (id: IndicatorId) => sql.raw(`"${id}"`);
const countOf = (id: IndicatorId, condition: SQL) =>
  sql`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS ${named(id)}`;

const peopleSql = ({ unit, at, until }: Window) => sql`
  SELECT p.unit_code AS "unitCode", COUNT(*) AS ${named("registered.cumulative")},
    ${countOf("registered.returnees", sql`p.returnee = 1`)},
    ${countOf("registered.byOrigin.wuhan", sql`p.returnee = 1 AND p.origin = 'wuhan'`)},
    ${countOf("registered.byOrigin.hubei", sql`p.returnee = 1 AND p.origin = 'hubei'`)},
    ${countOf("registered.byOrigin.other_province", sql`p.returnee = 1 AND p.origin = 'other_province'`)},
    ${countOf("registered.byOrigin.same_province", sql`p.returnee = 1 AND p.origin = 'same_province'`)},
    ${countOf("registered.fromHubei", sql`p.returnee = 1 AND p.origin IN ('wuhan', 'hubei')`)},
    ${countOf("registered.transitWuhan", sql`p.returnee = 1 AND h.transit_wuhan = 1`)},
    ${countOf("registered.wuhanDirection", sql`p.returnee = 1 AND (p.origin = 'wuhan' OR h.transit_wuhan = 1)`)},
    ${countOf("registered.measured", sql`p.temperature IS NOT NULL`)},
    ${countOf("registered.symptomatic", sql`p.symptomatic = 1`)}
  FROM ${unitsOf(unit)} CROSS JOIN person AS p ON p.unit_code = u.code
      AND p.recorded_at > ${at} AND p.recorded_at <= ${until}
    CROSS JOIN household AS h ON h.id = p.household_id AND h.arrived_at <= ${at}
    LEFT JOIN ${foundAt(until)} AS found ON found.id = p.id
  WHERE ${counts}
  GROUP BY p.unit_code`;

const homesSql = ({ unit, at, until }: Window) => sql`
  SELECT h.unit_code AS "unitCode",
    ${countOf("registered.households", sql`h.recorded_at > ${at} AND h.arrived_at <= ${at}`)},
    ${countOf("verification.verified", verifiedLate("h", at, until))}
  FROM ${unitsOf(unit)} CROSS JOIN household AS h ON h.unit_code = u.code
    AND h.recorded_at > ${at - LATE_DAYS * DAY} AND h.recorded_at <= ${until}
  GROUP BY h.unit_code`;

const tipsSql = ({ unit, at, until }: Window) => sql`
  SELECT t.unit_code AS "unitCode", ${countOf("tips.verified", verifiedLate("t", at, until))}
  FROM ${unitsOf(unit)} CROSS JOIN tip AS t ON t.unit_code = u.code
    AND t.recorded_at > ${at - LATE_DAYS * DAY} AND t.recorded_at <= ${until}
  GROUP BY t.unit_code`;

const verifiedLate = (table: "h" | "t", at: number, until: number) => {
  const column = (name: string) => sql.raw(`${table}.${name}`);
  const recorded = column("verified_recorded_at");
  return sql`${recorded} > ${at} AND ${recorded} <= ${until} AND ${column("verified_at")} <= ${at}`;
};

const openedSql = ({ unit, at, until }: Window) => sql`
  SELECT o.unit_code AS "unitCode", COUNT(*) AS ${named("observation.cumulative")},
    ${countOf("observation.opened", sql`o.ended_at IS NULL OR o.ended_at > o.opened_at`)}
  FROM ${unitsOf(unit)} CROSS JOIN observation AS o ON o.unit_code = u.code
    AND o.recorded_at > ${at} AND o.recorded_at <= ${until}
  WHERE o.opened_at <= ${at} AND o.id NOT IN (${mergedAt(until)})
  GROUP BY o.unit_code`;

/** Large subtrees are found by when an observation ended, small ones by who is in them. */
const endedSql = ({ unit, at, until }: Window) => {
  const large = unit.kind === "county" || unit.kind === "town";
  return sql`
  SELECT o.unit_code AS "unitCode",
    ${countOf("observation.released", sql`o.ending = 'released'`)},
    ${countOf("observation.transferred", sql`o.ending = 'transferred'`)},
    ${countOf("observation.closed", sql`o.ending = 'closed'`)}
  FROM observation AS o INDEXED BY ${sql.raw(large ? "observation_ended" : "observation_by_unit")}
  WHERE ${within("o.unit_code", unit)} AND o.ended_recorded_at > ${at} AND o.ended_recorded_at <= ${until}
    AND o.ended_at <= ${at} AND o.id NOT IN (${mergedAt(until)})
  GROUP BY o.unit_code`;
};
