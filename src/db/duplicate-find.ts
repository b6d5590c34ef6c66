import { sql } from "drizzle-orm";
import { birthOf, type Compared, type DuplicateReason, reasonFor, standsFirst } from "../domain/duplicate.ts";
import type { PersonDetails } from "../domain/registration.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";

/*
 * Who may be somebody registered before: by blind index, a few of each, and of those only whose telephone, or name and
 * village, is the same is the sealed document opened for the day of birth.
 */
/** Where the walk stands: rounds over the units, each round over what was recorded after `since`, up to `until`. */
export type Place = { since: number; until: number; unit: string; at: number; id: string };
const NAME = "duplicates";
const BEGINNING: Place = { since: 0, until: 0, unit: "", at: 0, id: "" };

/** How far the walk has come; `text` is what it must still be when it goes on. */
export async function placeOfWalk(db: Db): Promise<{ place: Place; text: string | undefined }> {
  const [row] = await db.all<{ position: string }>(sql`SELECT position FROM walk WHERE name = ${NAME}`);
  return { place: row ? (JSON.parse(row.position) as Place) : BEGINNING, text: row?.position };
}

/** Somebody who registered: what is compared, still sealed. */
export type Registered = Omit<Compared, "birth"> & {
  idKey: string | null;
  duplicateOf: string | null;
  sealed: string;
  at: number;
};

/**
 * The next who registered within the round, unit by unit, and where the walk goes on: at most `limit` of them out of
 * `units` units. A row a unit, three a person.
 */
export async function nextRegistered(
  db: Db,
  place: Place,
  { units, limit }: { units: number; limit: number },
): Promise<{ rows: Registered[]; next: Place | undefined }> {
  const { since, until, unit, at, id } = place;
  const codes = await db.all<{ code: string }>(
    sql`SELECT code FROM unit WHERE code >= ${unit} ORDER BY code LIMIT ${units + 1}`,
  );
  const walked = codes.slice(0, units).map(({ code }) => code);
  // In order as it is walked, unit by unit along the index; asked to sort, SQLite would read everybody of these units.
  const rows = await db.all<Registered>(sql`
    SELECT p.id AS id, p.household_id AS householdId, p.unit_code AS unitCode, p.name_index AS nameKey,
      h.phone_index AS phoneKey, p.id_index AS idKey, p.duplicate_of AS duplicateOf, p.sealed AS sealed, p.recorded_at AS at
    FROM json_each(${JSON.stringify(walked)}) AS u CROSS JOIN person AS p INDEXED BY person_by_unit
        ON p.unit_code = u.value AND p.recorded_at <= ${until}
          AND p.recorded_at >= CASE WHEN u.value = ${unit} THEN ${Math.max(at, since)} ELSE ${since} END
      CROSS JOIN household AS h ON h.id = p.household_id
    WHERE p.recorded_at > ${since} AND (p.unit_code, p.recorded_at, p.id) > (${unit}, ${at}, ${id})
    LIMIT ${limit}`);
  const last = rows.length === limit ? rows.at(-1) : undefined;
  const beyond = codes[units]?.code;
  const further = last
    ? { unit: last.unitCode, at: last.at, id: last.id }
    : beyond && { unit: beyond, at: 0, id: "" };
  return { rows, next: further ? { since, until, ...further } : undefined };
}

/** Looked at for one telephone, or one name of a village. */
const EACH = 8;
/** Documents opened for one piece of the walk. */
const MOST_OPENED = 400;

type Found = { person: string; other: string; why: DuplicateReason };
/** One who registered before, as somebody's telephone, name or document leads to them; `root`: as whom they count now. */
type Peer = Registered & { of: string; by: "id" | "like"; root: string; rootHome: string; rootAt: number };

/** Who of those who registered earlier may be one of these, at most `most` for each. */
export async function likelyDuplicates(
  { db, privacy }: Store,
  rows: readonly Registered[],
  most: number,
): Promise<Found[]> {
  if (rows.length === 0) return [];
  const peers = await peersOf(db, rows);
  const births = new Map<string, Promise<string | undefined>>();
  const birth = ({ id, sealed }: Registered) => {
    const known = births.get(id);
    if (known || !sealed || births.size >= MOST_OPENED) return known;
    const opening = privacy.open<PersonDetails>(sealed, id, "person").then((one) => birthOf(one.document));
    births.set(id, opening);
    return opening;
  };
  const found: Found[] = [];
  for (const row of rows) {
    const mine: Found[] = [];
    for (const peer of peers.filter(({ of }) => of === row.id)) {
      if (mine.length >= most) break;
      const { root, rootHome, rootAt } = peer;
      if (root === row.id || mine.some(({ person, other }) => person === root || other === root)) continue;
      const why =
        peer.by === "id"
          ? "id"
          : rootHome === row.householdId
            ? undefined
            : reasonFor({ ...row, birth: await birth(row) }, { ...peer, birth: await birth(peer) });
      if (!why) continue;
      const [earlier, later] = standsFirst(
        { id: row.id, duplicateOf: row.duplicateOf, recordedAt: new Date(row.at), open: false },
        { id: root, duplicateOf: null, recordedAt: new Date(rootAt), open: false },
      );
      mine.push({ person: later.id, other: earlier.id, why });
    }
    found.push(...mine);
  }
  return found;
}

/** As whom somebody counts now: whom they were merged into, or were flagged for. */
const ROOT =
  sql.raw(`COALESCE((SELECT other_id FROM duplicate_finding WHERE person_id = q.first AND finding = 'same'
  AND undone_at IS NULL), q.first)`);
const FIRST =
  sql.raw(`COALESCE((SELECT other_id FROM duplicate_finding WHERE person_id = p.id AND finding = 'same'
  AND undone_at IS NULL), CASE WHEN NOT EXISTS (SELECT 1 FROM duplicate_finding WHERE person_id = p.id
  AND other_id = p.duplicate_of AND finding = 'distinct' AND undone_at IS NULL) THEN p.duplicate_of END, p.id)`);

/**
 * Those with the same document stand first; who was flagged for one is compared with nobody else, for they count as one
 * already.
 */
async function peersOf(db: Db, rows: readonly Registered[]): Promise<Peer[]> {
  const asked = JSON.stringify(
    rows.map(({ id, idKey, nameKey, phoneKey, unitCode, duplicateOf, at }) => [
      ...[id, idKey, duplicateOf ? null : nameKey, duplicateOf ? null : phoneKey, unitCode, at],
    ]),
  );
  const w = (place: number) => sql.raw(`w.value ->> ${place}`);
  const earlier = sql`s.recorded_at <= ${w(5)} AND s.id <> ${w(0)} ORDER BY s.recorded_at DESC LIMIT ${EACH}`;
  return db.all<Peer>(sql`
    SELECT q.*, ${ROOT} AS root, r.household_id AS rootHome, r.recorded_at AS rootAt
    FROM (SELECT c.of AS of, c.by AS by, p.id AS id, p.household_id AS householdId, p.unit_code AS unitCode,
        p.name_index AS nameKey, h.phone_index AS phoneKey, p.id_index AS idKey, p.duplicate_of AS duplicateOf,
        p.sealed AS sealed, p.recorded_at AS at, ${FIRST} AS first
      FROM (SELECT ${w(0)} AS of, 'id' AS by, p.id AS id FROM json_each(${asked}) AS w
          CROSS JOIN person AS p ON p.id IN (SELECT s.id FROM person AS s WHERE s.id_index = ${w(1)} AND ${earlier})
        UNION ALL
        SELECT ${w(0)}, 'like', p.id FROM json_each(${asked}) AS w
          CROSS JOIN household AS h ON h.id IN (SELECT s.id FROM household AS s WHERE s.phone_index = ${w(3)}
            AND s.recorded_at <= ${w(5)} ORDER BY s.recorded_at DESC LIMIT ${EACH})
          CROSS JOIN person AS p ON p.id > h.id || '-' AND p.id < h.id || '-~' AND p.id <> ${w(0)}
        UNION ALL
        SELECT ${w(0)}, 'like', p.id FROM json_each(${asked}) AS w
          CROSS JOIN person AS p ON p.id IN (SELECT s.id FROM person AS s WHERE s.name_index = ${w(2)}
            AND s.unit_code = ${w(4)} AND ${earlier})) AS c
      CROSS JOIN person AS p ON p.id = c.id CROSS JOIN household AS h ON h.id = p.household_id) AS q
    CROSS JOIN person AS r ON r.id = ${ROOT}
    ORDER BY q.by = 'id' DESC, q.at, q.id`);
}

/** Enters what was found, each pair once whatever became of it, and where the walk goes on; nothing where another run was there first. */
export async function saveFound(
  db: Db,
  found: readonly Found[],
  { from, next, now }: { from: string | undefined; next: Place; now: Date },
): Promise<void> {
  const still = from
    ? sql`EXISTS (SELECT 1 FROM walk WHERE name = ${NAME} AND position = ${from})`
    : sql`NOT EXISTS (SELECT 1 FROM walk WHERE name = ${NAME})`;
  const entering: Statement[] =
    found.length > 0 ? [enterCandidates(db, found, { now, condition: still })] : [];
  await runBatch(db, [
    ...entering,
    db.run(sql`
      INSERT INTO walk (name, position, recorded_at) SELECT ${NAME}, ${JSON.stringify(next)}, ${now.getTime()}
      WHERE ${still} ON CONFLICT DO UPDATE SET position = excluded.position, recorded_at = excluded.recorded_at`),
  ]);
}

/** Candidates that are not there yet. */
export const enterCandidates = (
  db: Db,
  found: readonly Found[],
  { now, condition = sql`1` }: { now: Date; condition?: ReturnType<typeof sql> },
): Statement =>
  db.run(sql`
    INSERT INTO duplicate_candidate (person_id, other_id, why, unit_code, other_unit_code, recorded_at)
    SELECT p.id, o.id, c.value ->> 'why', p.unit_code, o.unit_code, ${now.getTime()}
    FROM json_each(${JSON.stringify(found)}) AS c CROSS JOIN person AS p ON p.id = c.value ->> 'person'
      CROSS JOIN person AS o ON o.id = c.value ->> 'other'
    WHERE ${condition} ON CONFLICT DO NOTHING`);
