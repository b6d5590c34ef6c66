import { sql } from "drizzle-orm";
import type { OfficialDetails } from "./official.ts";
import type { Store } from "./store.ts";

/** Who stands behind an actor of the history: an official by name, or the unit whose link it was. */
export type ActorName = { unitName: string; name?: string };

/** Those of many lines at once, two queries; who cannot be told is left out. */
export async function actorNames(store: Store, actors: string[]): Promise<Map<string, ActorName>> {
  const distinct = JSON.stringify([...new Set(actors)]);
  if (distinct === "[]") return new Map();
  const [officials, links] = await Promise.all([
    store.db.all<{ id: string; sealed: string; unitName: string }>(sql`
      SELECT o.id AS id, o.sealed AS sealed, u.name AS unitName
      FROM json_each(${distinct}) AS a CROSS JOIN official AS o ON o.id = substr(a.value, 10)
        CROSS JOIN unit AS u ON u.code = o.unit_code
      WHERE a.value LIKE 'official/%'`),
    store.db.all<{ actor: string; unitName: string }>(sql`
      SELECT a.value AS actor, u.name AS unitName
      FROM json_each(${distinct}) AS a CROSS JOIN link AS l ON l.token_hash = a.value AND l.purpose = 'unit'
        CROSS JOIN unit AS u ON u.code = l.unit_code
      WHERE a.value NOT LIKE 'official/%'`),
  ]);
  const named = await Promise.all(
    officials.map(async ({ id, sealed, unitName }) => {
      const { name } = await store.privacy.open<OfficialDetails>(sealed, id, "official");
      return [`official/${id}`, { unitName, name }] as const;
    }),
  );
  return new Map<string, ActorName>([
    ...named,
    ...links.map(({ actor, unitName }) => [actor, { unitName }] as const),
  ]);
}
