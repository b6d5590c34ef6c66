import { sql } from "drizzle-orm";
import { recordActIf } from "./audit.ts";
import { type Acted, changes, line } from "./desk-act.ts";
import { runBatch, type Store } from "./store.ts";

/** A free paragraph as it stands: version 0 and no text where nobody has written it yet. */
export type Paragraph = { text: string; version: number; by?: string; at?: Date };
/** Whose report it stands in. */
export type ParagraphPlace = { unit: string; template: string };

/** Which version of a slot; the last one where none is named. */
export type WantedParagraph = { slot: string; version?: number };

/** Paragraphs by their slot, one seek each; those that nobody has written yet are left out. */
export async function findParagraphs(
  { db, privacy }: Store,
  { unit, template }: ParagraphPlace,
  wanted: readonly WantedParagraph[],
): Promise<Map<string, Paragraph>> {
  type Row = { slot: string; version: number; sealed: string; by: string; at: number };
  const rows = await db.all<Row>(sql`
    SELECT p.slot AS slot, p.version AS version, p.sealed AS sealed, p."by" AS "by", p.recorded_at AS at
    FROM json_each(${JSON.stringify(wanted)}) AS s CROSS JOIN paragraph AS p
      ON p.unit_code = ${unit} AND p.template = ${template} AND p.slot = s.value ->> 'slot'
        AND p.version = coalesce(s.value ->> 'version', (SELECT max(version) FROM paragraph
          WHERE unit_code = ${unit} AND template = ${template} AND slot = s.value ->> 'slot'))`);
  const opened = await Promise.all(
    rows.map(async ({ slot, version, sealed, by, at }): Promise<[string, Paragraph]> => {
      const row = rowOf({ unit, template }, slot, version);
      const { text } = await privacy.open<{ text: string }>(sealed, row, "paragraph");
      return [slot, { text, version, by, at: new Date(at) }];
    }),
  );
  return new Map(opened);
}

/** A paragraph that was changed; `version` is the one it was changed from. */
export type ChangedParagraph = { slot: string; version: number; text: string };

/**
 * Writes the next version of each, all or none, with one line in the history: none where anybody has changed one of them
 * since it was read. @returns whether it was written
 */
export async function saveParagraphs(
  { db, privacy }: Store,
  place: ParagraphPlace,
  changed: readonly ChangedParagraph[],
  acted: Acted,
): Promise<boolean> {
  const [first] = changed;
  if (!first) return true;
  const { unit, template } = place;
  const { actor, now } = acted;
  const rows = await Promise.all(
    changed.map(async ({ slot, version, text }) => ({
      ...{ slot, held: version },
      sealed: await privacy.seal({ text }, rowOf(place, slot, version + 1), "paragraph"),
    })),
  );
  const list = JSON.stringify(rows);
  const held = rows.map(({ slot, held }) => ({ slot, held }));
  const [written] = await runBatch(db, [
    db.run(sql`
      INSERT INTO paragraph (unit_code, template, slot, version, sealed, "by", recorded_at)
      SELECT ${unit}, ${template}, value ->> 'slot', (value ->> 'held') + 1, value ->> 'sealed', ${actor}, ${now.getTime()}
      FROM json_each(${list})
      WHERE NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(held)}) AS h WHERE h.value ->> 'held' <> coalesce(
        (SELECT max(version) FROM paragraph
          WHERE unit_code = ${unit} AND template = ${template} AND slot = h.value ->> 'slot'), 0))`),
    recordActIf(
      db,
      line(acted, "edit-report-text", `report/${template}`, unit, changed.map(({ slot }) => slot).join(" ")),
      sql`SELECT 1 FROM paragraph WHERE unit_code = ${unit} AND template = ${template} AND slot = ${first.slot}
        AND version = ${first.version + 1} AND "by" = ${actor} AND recorded_at = ${now.getTime()}`,
    ),
  ]);
  return changes(written) > 0;
}

/** What a sealed paragraph belongs to. */
const rowOf = ({ unit, template }: ParagraphPlace, slot: string, version: number) =>
  `${unit}/${template}/${slot}/${version}`;
