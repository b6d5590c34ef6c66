import { type SQL, sql } from "drizzle-orm";
import { gapStart, type Post, SHIFT_BOUND, type Shift, TAKE_EARLY } from "../domain/roster.ts";
import { recordActIf } from "./audit.ts";
import { openContact } from "./contact.ts";
import { meetObligation, momentsAsNumbers } from "./obligation.ts";
import { openGaps } from "./roster-gap.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";

/** A row of the roster. `takenOverAt`: whoever comes on has said so; `notes`: what is handed over, each with its time. */
export type ShiftRow = Shift & { id: string; takenOverAt: Date | null; notes: HandoverNote[] };
export type HandoverNote = { text: string; at: number };

/** How many shifts a list holds at most: two posts, half an hour the shortest. */
const LISTED = 1_000;

/** Who of these units is on at a moment: at most one a post. One query, whatever their number. */
export const onShift = (
  db: Db,
  unitCodes: readonly string[],
  now: Date,
): Promise<{ unitCode: string; contactId: string }[]> =>
  db.all(sql`
    SELECT s.unit_code AS unitCode, s.contact_id AS contactId
    FROM json_each(${JSON.stringify(unitCodes)}) AS u
      CROSS JOIN shift AS s ON s.unit_code = u.value AND s.removed_at IS NULL
        AND s.ends_at > ${now.getTime()} AND s.ends_at <= ${now.getTime() + SHIFT_BOUND}
    WHERE s.starts_at <= ${now.getTime()}`);

/** A unit's shifts that touch [from, to), by their beginning. */
export async function listShifts(store: Store, unitCode: string, from: Date, to: Date): Promise<ShiftRow[]> {
  const rows = await store.db.all<RawShift>(sql`
    SELECT ${SHIFT} FROM shift WHERE unit_code = ${unitCode} AND removed_at IS NULL AND ends_at > ${from.getTime()}
      AND ends_at <= ${to.getTime() + SHIFT_BOUND} AND starts_at < ${to.getTime()}
    ORDER BY starts_at, post, id LIMIT ${LISTED}`);
  return Promise.all(rows.map((row) => opened(store, row)));
}

/** One shift of a unit, a removed one too. */
export async function findShift(
  store: Store,
  unitCode: string,
  id: string,
): Promise<(ShiftRow & { sealed: string | null; removedAt: Date | null }) | undefined> {
  const [row] = await store.db.all<RawShift & { removedAt: number | null }>(
    sql`SELECT ${SHIFT}, removed_at AS removedAt FROM shift WHERE id = ${id} AND unit_code = ${unitCode}`,
  );
  if (!row) return undefined;
  const removedAt = row.removedAt === null ? null : new Date(row.removedAt);
  return { ...(await opened(store, row)), sealed: row.sealed, removedAt };
}

const SHIFT = sql.raw(
  "id, contact_id AS contactId, post, starts_at AS startsAt, ends_at AS endsAt, taken_over_at AS takenOverAt, sealed",
);
type RawShift = {
  id: string;
  contactId: string;
  post: Post;
  startsAt: number;
  endsAt: number;
  takenOverAt: number | null;
  sealed: string | null;
};

const opened = async ({ privacy }: Store, { sealed, ...row }: RawShift): Promise<ShiftRow> => ({
  ...row,
  startsAt: new Date(row.startsAt),
  endsAt: new Date(row.endsAt),
  takenOverAt: row.takenOverAt === null ? null : new Date(row.takenOverAt),
  notes: sealed ? await privacy.open<HandoverNote[]>(sealed, row.id, "shift") : [],
});

export type DutyPerson = { id: string; name: string; phone?: string; removed: boolean; unreachable: boolean };

/** A unit's duty officers, those who have left too: past shifts still name them. */
export async function listDutyPeople(store: Store, unitCode: string): Promise<DutyPerson[]> {
  const rows = await store.db.all<{ id: string; sealed: string; removed: number; unreachable: number }>(sql`
    SELECT id, sealed, removed_at IS NOT NULL AS removed, unreachable_at IS NOT NULL AS unreachable
    FROM contact WHERE unit_code = ${unitCode} AND role = 'duty' ORDER BY recorded_at, id LIMIT 200`);
  return Promise.all(
    rows.map(async ({ id, sealed, removed, unreachable }) => {
      const { name, phone } = await openContact(store, { id, sealed });
      return {
        ...{ id, name, removed: removed === 1, unreachable: unreachable === 1 },
        ...(phone ? { phone } : {}),
      };
    }),
  );
}

type Acted = { unitCode: string; actor: string; auditId: string; now: Date };

/**
 * Puts shifts on the roster, all or none: none where one meets another of its post or of its person, or where the
 * contact is no duty officer of the unit (any more). The gaps that they fill are met in the same batch. False when
 * nothing was added.
 */
export async function saveShifts(
  { db }: Store,
  shifts: (Shift & { id: string })[],
  { unitCode, actor, auditId, now }: Acted,
): Promise<boolean> {
  const rows = momentsAsNumbers(shifts);
  const at = (name: string, row = "n") => sql.raw(`(${row}.value ->> '${name}')`);
  const open = await openGaps(db, [unitCode], now);
  const [added] = await runBatch(db, [
    db.run(sql`
      INSERT INTO shift (id, unit_code, contact_id, post, starts_at, ends_at, recorded_at)
      SELECT ${at("id")}, ${unitCode}, ${at("contactId")}, ${at("post")}, ${at("startsAt")}, ${at("endsAt")},
        ${now.getTime()}
      FROM json_each(${rows}) AS n
      WHERE NOT EXISTS (SELECT 1 FROM json_each(${rows}) AS w
          LEFT JOIN contact AS c ON c.id = ${at("contactId", "w")} AND c.unit_code = ${unitCode}
            AND c.role = 'duty' AND c.removed_at IS NULL
          WHERE c.id IS NULL)
        AND NOT EXISTS (SELECT 1 FROM json_each(${rows}) AS w
          CROSS JOIN shift AS s ON s.unit_code = ${unitCode} AND s.removed_at IS NULL
            AND s.ends_at > ${at("startsAt", "w")} AND s.ends_at <= ${at("endsAt", "w")} + ${SHIFT_BOUND}
          WHERE s.starts_at < ${at("endsAt", "w")}
            AND (s.post = ${at("post", "w")} OR s.contact_id = ${at("contactId", "w")}))
      ON CONFLICT DO NOTHING`),
    recordActIf(
      db,
      { id: auditId, actor, act: "roster/add", subjectId: shifts[0]?.id ?? "", unitCode, recordedAt: now },
      sql`SELECT 1 FROM shift WHERE id = ${shifts[0]?.id ?? ""} AND recorded_at = ${now.getTime()}`,
    ),
    ...open.map(({ id }) => {
      const when = Math.max(gapStart(id).getTime(), now.getTime());
      // By these very shifts and no other: a gap that ended because the next shift began was never filled.
      const covers = sql`unit_code = ${unitCode} AND removed_at IS NULL AND starts_at <= ${when}
        AND ends_at > ${when} AND ends_at <= ${when + SHIFT_BOUND}`;
      const ours = sql`id IN (SELECT value ->> 'id' FROM json_each(${rows}))`;
      const filled = sql`EXISTS (SELECT 1 FROM shift WHERE ${covers})
        AND NOT EXISTS (SELECT 1 FROM shift WHERE ${covers} AND NOT ${ours})`;
      return meetObligation(db, id, { metAt: now, recordedAt: now }, filled);
    }),
  ]);
  return (added as D1Result).meta.changes > 0;
}

/** Takes a shift that has not begun off the roster. False when it has, or somebody was first. */
export const removeShift = (db: Db, id: string, acted: Acted): Promise<boolean> =>
  change(db, id, "roster/remove", acted, {
    set: sql`removed_at = ${acted.now.getTime()}`,
    where: sql`starts_at > ${acted.now.getTime()}`,
  });

/**
 * Ends a running shift now: the planned one is taken off, what was served of it stays as a shift of its own. False when
 * it is not running, or somebody was first.
 */
export async function cutShift(
  store: Store,
  shift: ShiftRow & { sealed: string | null },
  newId: string,
  acted: Acted,
): Promise<boolean> {
  const { db, privacy } = store;
  const at = acted.now.getTime();
  const sealed = shift.notes.length > 0 ? await privacy.seal(shift.notes, newId, "shift") : null;
  return change(
    db,
    shift.id,
    "roster/cut",
    acted,
    {
      set: sql`removed_at = ${at}`,
      where: sql`starts_at < ${at} AND ends_at > ${at} AND sealed IS ${shift.sealed}`,
    },
    db.run(sql`
      INSERT INTO shift (id, unit_code, contact_id, post, starts_at, ends_at, taken_over_at, sealed, recorded_at)
      SELECT ${newId}, unit_code, contact_id, post, starts_at, ${at}, taken_over_at, ${sealed}, ${at}
      FROM shift WHERE id = ${shift.id} AND removed_at = ${at}
        AND EXISTS (SELECT 1 FROM audit WHERE id = ${acted.auditId})`),
  );
}

/** 接班, once: whoever comes on has taken over. False when it is too early or too late, or was said already. */
export const takeOver = (db: Db, id: string, acted: Acted): Promise<boolean> =>
  change(db, id, "roster/take", acted, {
    set: sql`taken_over_at = ${acted.now.getTime()}`,
    where: sql`taken_over_at IS NULL AND starts_at <= ${acted.now.getTime() + TAKE_EARLY}
      AND ends_at > ${acted.now.getTime()}`,
  });

/** Writes one more note of what is handed over; the earlier ones stay. False when another came in between. */
export async function saveNote(
  { db, privacy }: Store,
  shift: ShiftRow & { sealed: string | null },
  text: string,
  acted: Acted,
): Promise<boolean> {
  const notes: HandoverNote[] = [...shift.notes, { text, at: acted.now.getTime() }];
  return change(db, shift.id, "roster/note", acted, {
    set: sql`sealed = ${await privacy.seal(notes, shift.id, "shift")}`,
    where: sql`sealed IS ${shift.sealed}`,
  });
}

/** One change of a standing shift, with its line in the history, only if `where` still holds. True when it did. */
async function change(
  db: Db,
  id: string,
  act: string,
  { unitCode, actor, auditId, now }: Acted,
  { set, where }: { set: SQL; where: SQL },
  ...more: Statement[]
): Promise<boolean> {
  const standing = sql`id = ${id} AND unit_code = ${unitCode} AND removed_at IS NULL AND ${where}`;
  // The line goes first: after the change its condition would no longer hold.
  const results = await runBatch(db, [
    recordActIf(
      db,
      { id: auditId, actor, act, subjectId: id, unitCode, recordedAt: now },
      sql`SELECT 1 FROM shift WHERE ${standing}`,
    ),
    db.run(sql`UPDATE shift SET ${set} WHERE ${standing}`),
    ...more,
  ]);
  return (results[1] as D1Result).meta.changes > 0;
}
