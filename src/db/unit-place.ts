import { sql } from "drizzle-orm";
import { unit } from "./schema.ts";
import { type Db, runBatch } from "./store.ts";
import { inSubtree } from "./unit.ts";

/** Places that a question offers at most. */
export const MOST_PLACES = 2_000;

/** The open towns or villages of a county by code, each with the unit right above it. */
export async function listPlaces(
  db: Db,
  county: string,
  kinds: readonly ("town" | "village")[],
): Promise<{ code: string; name: string; above: string }[]> {
  const [answer] = (await runBatch(db, [
    db.run(sql`
      SELECT ${unit.code} AS code, ${unit.name} AS name, up.name AS above
      FROM ${unit} JOIN unit AS up ON up.code = ${unit.parent}
      WHERE ${inSubtree(unit.code, county)} AND ${unit.kind} IN (SELECT value FROM json_each(${JSON.stringify(kinds)}))
        AND ${unit.closedAt} IS NULL
      ORDER BY ${unit.code} LIMIT ${MOST_PLACES}`),
  ])) as D1Result<{ code: string; name: string; above: string }>[];
  return answer?.results ?? [];
}
