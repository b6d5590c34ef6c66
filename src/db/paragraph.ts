import { type SQL, sql } from "drizzle-orm";
import { recordActIf } from "./audit.ts";
import { type Acted, changes, line } from "./desk-act.ts";
import { runBatch, type Store } from "./store.ts";

/*
 * Words belong to the cut-off that they were written for, and stand in every later report until they are written anew: a
 * draft of last week has last week's words, and correcting them there leaves alone what was written since.
 */

/** A free paragraph as it stands in a report. */
export type Paragraph = {
  text: string;
  held: Held;
  /** The cut-off of the report that it was written in. */
  writtenFor: Date | undefined;
  by: string;
  at: Date;
};
/** Which version stands, and which cut-off it was written for: 3@2026-01-25T04:00:00.000Z. NONE: nobody has written any. */
export type Held = string;
export const NONE: Held = "0";
export const isHeld = (text: string): boolean =>
  /^\d{1,9}(@\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)?$/.test(text);

/** Whose report it stands in, and as of which cut-off. */
export type ParagraphPlace = { unit: string; template: string; asOf: Date };

/** Which version of a slot; the one that stands where none is named. */
export type WantedParagraph = { slot: string; held?: Held };

/** Paragraphs by their slot, one seek each; those that nobody has written yet are left out. */
export async function findParagraphs(
  { db, privacy }: Store,
  place: ParagraphPlace,
  wanted: readonly WantedParagraph[],
): Promise<Map<string, Paragraph>> {
  type Row = { name: string; slot: string; version: number; sealed: string; by: string; at: number };
  const list = wanted.map(({ slot, held }) => {
    const [version = "", cutOff] = held?.split("@") ?? [];
    return { slot, ...(held && { row: cutOff ? `${slot}@${cutOff}` : slot, version: Number(version) }) };
  });
  const rows = await db.all<Row>(sql`
    SELECT s.value ->> 'slot' AS name, p.slot AS slot, p.version AS version, p.sealed AS sealed, p."by" AS "by",
      p.recorded_at AS at
    FROM json_each(${JSON.stringify(list)}) AS s CROSS JOIN paragraph AS p
      ON p.unit_code = ${place.unit} AND p.template = ${place.template}
        AND p.slot = coalesce(s.value ->> 'row', (SELECT slot ${standing(place, sql`s.value ->> 'slot'`)}))
        AND p.version = coalesce(s.value ->> 'version', (SELECT max(version) FROM paragraph
          WHERE unit_code = ${place.unit} AND template = ${place.template} AND slot = p.slot))`);
  const opened = await Promise.all(
    rows.map(async ({ name, slot, version, sealed, by, at }): Promise<[string, Paragraph]> => {
      const { text } = await privacy.open<{ text: string }>(sealed, rowOf(place, slot, version), "paragraph");
      const cutOff = slot.slice(name.length + 1);
      return [
        name,
        {
          ...{ text, by, at: new Date(at) },
          held: `${version}${slot.slice(name.length)}`,
          writtenFor: cutOff ? new Date(cutOff) : undefined,
        },
      ];
    }),
  );
  return new Map(opened);
}

/** A paragraph that was changed; `held` is the version that it was changed from. */
export type ChangedParagraph = { slot: string; held: Held; text: string };

/**
 * Writes the next version of each as of the report's cut-off, all or none, with one line in the history: none where
 * another stands in one of them than it was changed from. @returns whether it was written
 */
export async function saveParagraphs(
  { db, privacy }: Store,
  place: ParagraphPlace,
  changed: readonly ChangedParagraph[],
  acted: Acted,
): Promise<boolean> {
  const { unit, template, asOf } = place;
  const { actor, now } = acted;
  const rows = await Promise.all(
    changed.map(async ({ slot, held, text }) => {
      const [version, cutOff] = held.split("@");
      const row = `${slot}@${asOf.toISOString()}`;
      const next = cutOff === asOf.toISOString() ? Number(version) + 1 : 1;
      const sealed = await privacy.seal({ text }, rowOf(place, row, next), "paragraph");
      return { slot, held, row, next, sealed };
    }),
  );
  const [first] = rows;
  if (!first) return true;
  const held = rows.map(({ slot, held }) => ({ slot, held }));
  const [written] = await runBatch(db, [
    db.run(sql`
      INSERT INTO paragraph (unit_code, template, slot, version, sealed, "by", recorded_at)
      SELECT ${unit}, ${template}, value ->> 'row', value ->> 'next', value ->> 'sealed', ${actor}, ${now.getTime()}
      FROM json_each(${JSON.stringify(rows)})
      WHERE NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(held)}) AS h WHERE h.value ->> 'held' <> coalesce(
        (SELECT version || substr(slot, 1 + length(h.value ->> 'slot')) ${standing(place, sql`h.value ->> 'slot'`)}),
        ${NONE}))`),
    recordActIf(
      db,
      line(
        acted,
        "edit-report-text",
        `report/${template}`,
        unit,
        [...changed.map(({ slot }) => slot), asOf.toISOString()].join(" "),
      ),
      sql`SELECT 1 FROM paragraph WHERE unit_code = ${unit} AND template = ${template} AND slot = ${first.row}
        AND version = ${first.next} AND "by" = ${actor} AND recorded_at = ${now.getTime()}`,
    ),
  ]);
  return changes(written) > 0;
}

/** The last version of the latest cut-off up to the report's; a row without one (problems) is older than any with (problems@…). */
const standing = ({ unit, template, asOf }: ParagraphPlace, slot: SQL): SQL => sql`FROM paragraph
  WHERE unit_code = ${unit} AND template = ${template}
    AND slot BETWEEN ${slot} AND ${slot} || '@' || ${asOf.toISOString()}
  ORDER BY slot DESC, version DESC LIMIT 1`;

/** What a sealed paragraph belongs to. */
const rowOf = ({ unit, template }: ParagraphPlace, row: string, version: number) =>
  `${unit}/${template}/${row}/${version}`;
