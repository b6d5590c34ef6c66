import { type SQL, sql } from "drizzle-orm";
import type { LineRow } from "../domain/export.ts";
import { closesBetween } from "../domain/follow-up.ts";
import { type Day0Rule, dayNumber, type Ending, lastDayIsOver } from "../domain/observation.ts";
import type { HouseholdDetails, PersonDetails } from "../domain/registration.ts";
import { DAY, localDate } from "../domain/time.ts";
import { isUnflagged, ofMerge } from "./duplicate-sql.ts";
import { inOrder, nextOf, type Page, type PageOptions } from "./export-page.ts";
import type { Db, Store } from "./store.ts";

type Found = {
  id: string;
  unitCode: string;
  at: number;
  village: string;
  town: string | null;
  origin: string;
  symptomatic: number;
  sealed: string;
  home: string;
  homeId: string;
  arrivedAt: number;
  sealedOffAt: number | null;
  contact: number;
  area: number;
  day0: string | null;
  day0Rule: Day0Rule | null;
  untilDate: string | null;
  openedAt: number | null;
  lastDueAt: number | null;
  endedAt: number | null;
  ending: Ending | null;
  mergedInto: string | null;
  sameDocumentAs: string | null;
};

/** A page of the line list with each person's last reading. Two queries. */
export async function linePage(
  store: Store,
  from: SQL,
  { limit, now, zone }: PageOptions,
): Promise<Page<"line-list">> {
  const found = await store.db.all<Found>(sql`
    SELECT l.*, p.name AS town, h.sealed AS home, h.id AS homeId, h.arrived_at AS arrivedAt,
      h.sealed_off_at AS sealedOffAt, s.day0 AS day0, s.day0_rule AS day0Rule, s.until_date AS untilDate, s.opened_at AS openedAt,
      s.last_due_at AS lastDueAt, s.ended_at AS endedAt, s.ending AS ending,
      ${ofMerge("other_id", "l.id")} AS mergedInto,
      CASE WHEN ${isUnflagged("l")} THEN NULL ELSE l.duplicate_of END AS sameDocumentAs
    FROM (SELECT t.id AS id, u.code AS unitCode, u.name AS village, u.parent AS parent, t.recorded_at AS at,
        t.origin AS origin, t.symptomatic AS symptomatic, t.contact AS contact, t.area AS area, t.sealed AS sealed, t.household_id AS householdId,
        t.duplicate_of AS duplicate_of
      ${from} ${inOrder(limit)}) AS l
    CROSS JOIN household AS h ON h.id = l.householdId
    LEFT JOIN observation AS s ON s.id = l.id
    LEFT JOIN unit AS p ON p.code = l.parent`);
  found.sort((a, b) => order(a.unitCode, b.unitCode) || a.at - b.at || order(a.id, b.id));
  const last = await lastReadings(store.db, found, now, zone);
  const rows = await Promise.all(
    found.map(
      async (row): Promise<LineRow> => ({
        id: row.id,
        village: row.village,
        town: row.town ?? "",
        origin: row.origin,
        arrivedAt: row.arrivedAt,
        symptomatic: row.symptomatic === 1,
        contact: row.contact === 1,
        area: row.area === 1,
        recordedAt: row.at,
        ...(await named(store, row)),
        ...standing(row, now, zone),
        last: last.get(row.id),
        mergedInto: row.mergedInto ?? undefined,
        sameDocumentAs: row.sameDocumentAs ?? undefined,
      }),
    ),
  );
  return { rows, ...nextOf(found, limit) };
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Name, document and phone; nothing once they are sealed off. */
async function named({ privacy }: Store, row: Found): Promise<Partial<LineRow>> {
  if (row.sealedOffAt !== null) return {};
  const [{ name, document }, { phone, contactPhone }] = await Promise.all([
    privacy.open<PersonDetails>(row.sealed, row.id, "person"),
    privacy.open<HouseholdDetails>(row.home, row.homeId, "household"),
  ]);
  const { number = "", kind } = document ?? {};
  return {
    name,
    ...(number && kind ? { document: number, documentKind: kind } : {}),
    phone: phone || contactPhone || undefined,
  };
}

/** How far an observation has come by now. */
function standing(row: Found, now: Date, zone: string): Pick<LineRow, "state"> & Partial<LineRow> {
  const { day0, day0Rule, untilDate, ending, endedAt } = row;
  if (!day0 || !untilDate) return { state: "waiting" };
  const over = lastDayIsOver(untilDate, now, zone);
  const state = ending ?? (over ? (row.lastDueAt === null ? "held" : "due") : "observing");
  const today = localDate(ending && endedAt ? new Date(endedAt) : now, zone);
  const day = Math.max(0, Math.min(dayNumber(day0, today), dayNumber(day0, untilDate)));
  const ended = endedAt ? { endedAt, ...(ending === "released" ? { releasedAt: endedAt } : {}) } : {};
  return { state, day0, ...(day0Rule ? { day0Rule } : {}), untilDate, day, ...ended };
}

/** How far back the last reading is looked for, in ms. */
const LOOKED_BACK = 3 * DAY;

/**
 * The last reading of each within three days before now, or before their observation ended: readings stand by the slot
 * they are of, so each slot is looked up.
 */
async function lastReadings(db: Db, found: Found[], now: Date, zone: string): Promise<Map<string, Last>> {
  const pairs = found.flatMap(({ id, endedAt, openedAt }) => {
    if (openedAt === null) return [];
    const until = endedAt === null ? now.getTime() : Math.min(endedAt, now.getTime());
    const from = Math.max(openedAt, until - LOOKED_BACK);
    return closesBetween(new Date(from), new Date(until), zone).map((due) => [id, due]);
  });
  if (pairs.length === 0) return new Map();
  const rows = await db.all<Last & { id: string }>(sql`
    SELECT w.value ->> 0 AS id, r.slot AS slot, r.temperature AS temperature, r.abnormal AS abnormal,
      max(r.due_at * 1000 + r.version) AS newest
    FROM json_each(${JSON.stringify(pairs)}) AS w
    CROSS JOIN reading AS r ON r.due_at = w.value ->> 1 AND r.observation_id = w.value ->> 0
    GROUP BY w.value ->> 0`);
  return new Map(
    rows.map(({ id, slot, temperature, abnormal }) => [
      id,
      { slot, temperature, abnormal: Boolean(abnormal) },
    ]),
  );
}
type Last = NonNullable<LineRow["last"]>;
