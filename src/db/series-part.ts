import { type SQL, sql } from "drizzle-orm";
import type { Place } from "../domain/tally.ts";
import { within } from "./summary.ts";

/** Which part of a subtree a row belongs to: what to select, and what to join for it by the row's unit. */
export type Parts = { part: SQL; joined: (unitCode: SQL) => SQL };

/** No parts: everything is one. */
export const whole: Parts = { part: sql`''`, joined: () => sql`` };

/**
 * The children of a unit, '' for the unit itself: worked out once for each unit of the subtree, however many rows it has.
 * The longest code that a unit's begins with is the child it belongs to, for a grid's code may begin another's.
 */
export function partsOf(unit: Place, children: readonly Place[]): Parts {
  const codes = children.map(({ code }) => code).sort((a, b) => b.length - a.length);
  // json_each keeps the order, so the first that fits is the longest.
  const owner = sql`SELECT u.code AS code, COALESCE((SELECT c.value FROM json_each(${JSON.stringify(codes)}) AS c
      WHERE u.code >= c.value AND u.code < c.value || '~' ORDER BY c.key LIMIT 1), '') AS part
    FROM unit AS u WHERE ${within("u.code", unit)}`;
  return {
    part: sql`COALESCE(parts.part, '')`,
    joined: (unitCode) => sql`LEFT JOIN (${owner}) AS parts ON parts.code = ${unitCode}`,
  };
}
