import { sql } from "drizzle-orm";
import { latestSlot, openTurns, previousSlot, slotCloses } from "../domain/follow-up.ts";
import { maskName } from "../domain/mask.ts";
import { canRelease, dayNumber, type ObservationKind } from "../domain/observation.ts";
import type { PersonDetails } from "../domain/registration.ts";
import { IDENTICAL_RUN, type RoteFlag, roteFlags } from "../domain/rote.ts";
import { localDate } from "../domain/time.ts";
import { isMergedId } from "./duplicate-sql.ts";
import { endOf } from "./response.ts";
import type { Db, Store } from "./store.ts";

/*
 * The round of a unit's door: everyone under observation. Names leave here masked.
 */

/** The counting reading of a slot. Temperature in °C. */
export type RoundReading = {
  slot: string;
  temperature: number;
  symptoms: boolean;
  needsHelp: boolean;
  abnormal: boolean;
  late: boolean;
  version: number;
  door: string;
  recordedAt: Date;
};
/** A slot that this person owes and that takes an entry now. */
export type RoundTurn = {
  slot: string;
  dueAt: Date;
  /** Its hours are over: an entry is late. */
  late: boolean;
  read?: RoundReading;
};
export type RoundPerson = {
  observationId: string;
  householdId: string;
  unitCode: string;
  unitName: string;
  name: string;
  returnee: boolean;
  kind: ObservationKind;
  /** The day counted from day 0, and the last. */
  day: number;
  untilDate: string;
  /** Owed slots that take an entry now, newest first: the open one or the last, and those that can still be made up. */
  turns: RoundTurn[];
  /** The newest of them has closed without a reading. */
  overdue: boolean;
  /** The newest reading of the last slots, whichever slot it is for. */
  last?: RoundReading;
  /** Fevers nobody has answered yet: obligation ids. */
  unanswered: string[];
  /** Held open because the last reading is abnormal. */
  held: boolean;
  /** The last day is over and nothing holds it. */
  dueForRelease: boolean;
  flags: RoteFlag[];
};

export {
  type CareGap,
  type ClusterItem,
  listCareGaps,
  listClusters,
  listDueForRelease,
  listResponses,
  type ReleaseItem,
  type ResponseItem,
} from "./response.ts";

/** How many people a round lists at most; a village has fewer. */
const LISTED = 300;

/**
 * Everyone under observation in a unit's subtree at a moment: those with an unanswered fever first, then the overdue,
 * then those not read yet; who was merged into another is that other one's turn. Reads one observation, one person, one obligation, and the readings of eleven slots for each.
 */
export async function listRound(
  store: Store,
  unitScope: string,
  now: Date,
  zone: string,
  limit = LISTED,
): Promise<RoundPerson[]> {
  const rows = await store.db.all<ObservedRow>(sql`
    SELECT o.id AS id, o.household_id AS householdId, o.unit_code AS unitCode, u.name AS unitName, o.returnee AS returnee,
      COALESCE((SELECT kind FROM placement WHERE observation_id = o.id AND occurred_at <= ${now.getTime()}
        ORDER BY occurred_at DESC, version DESC LIMIT 1), o.kind) AS kind,
      o.day0 AS day0, o.until_date AS untilDate, o.first_due_at AS firstDueAt, o.last_due_at AS lastDueAt,
      p.sealed AS sealed
    FROM observation AS o CROSS JOIN person AS p ON p.id = o.id CROSS JOIN unit AS u ON u.code = o.unit_code
    WHERE o.ended_at IS NULL AND o.unit_code >= ${unitScope} AND o.unit_code < ${endOf(unitScope)}
      AND NOT ${isMergedId("o.id")}
    ORDER BY o.unit_code, o.id LIMIT ${limit}`);
  if (rows.length === 0) return [];
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const [readings, answers] = await Promise.all([
    readingsOf(store.db, ids, now, zone),
    store.db.all<{ id: string; person: string }>(sql`
      SELECT obligation.id AS id, w.value AS person FROM json_each(${ids}) AS w CROSS JOIN obligation
        ON obligation.id > 'response/' || w.value || '/' AND obligation.id < 'response/' || w.value || '/~'
      WHERE met_at IS NULL AND excused_at IS NULL`),
  ]);
  const people = await Promise.all(
    rows.map(async (row) => {
      const own = readings.filter((one) => one.observationId === row.id);
      const unanswered = answers.filter(({ person }) => person === row.id).map(({ id }) => id);
      const details = await store.privacy.open<PersonDetails>(row.sealed, row.id, "person");
      return roundPerson(row, maskName(details.name), own, unanswered, now, zone);
    }),
  );
  return people.sort((a, b) => urgency(a) - urgency(b));
}

type ObservedRow = {
  id: string;
  householdId: string;
  unitCode: string;
  unitName: string;
  returnee: number;
  kind: ObservationKind;
  day0: string;
  untilDate: string;
  firstDueAt: number;
  lastDueAt: number | null;
  sealed: string;
};
type ReadingRow = RoundReading & { observationId: string; dueAt: number };

const urgency = (person: RoundPerson): number => {
  if (person.unanswered.length > 0) return 0;
  if (person.overdue) return 1;
  return person.turns.some(({ read }) => !read) ? 2 : 3;
};

/** The counting readings of the last slots, newest slot first; the key begins with the slot, so each is looked up. */
async function readingsOf(db: Db, ids: string, now: Date, zone: string): Promise<ReadingRow[]> {
  const closes: number[] = [];
  for (let slot = latestSlot(now, zone); closes.length <= IDENTICAL_RUN; slot = previousSlot(slot))
    closes.push(slotCloses(slot, zone).getTime());
  const rows = await db.all<
    Record<"symptoms" | "needsHelp" | "abnormal" | "late" | "recordedAt" | "dueAt", number> & {
      observationId: string;
      slot: string;
      temperature: number;
      version: number;
      door: string;
    }
  >(sql`
    SELECT r.observation_id AS observationId, r.due_at AS dueAt, r.slot AS slot, r.temperature AS temperature,
      r.symptoms AS symptoms, r.needs_help AS needsHelp, r.abnormal AS abnormal, r.late AS late, r.version AS version,
      r.door AS door, r.recorded_at AS recordedAt
    FROM json_each(${JSON.stringify(closes)}) AS c CROSS JOIN json_each(${ids}) AS w
      CROSS JOIN reading AS r ON r.due_at = c.value AND r.observation_id = w.value
    ORDER BY r.due_at DESC, r.version DESC`);
  const seen = new Set<string>();
  return rows
    .filter(({ observationId, dueAt }) => {
      const key = `${observationId}/${dueAt}`;
      return seen.has(key) ? false : seen.add(key);
    })
    .map((row) => ({
      ...row,
      temperature: row.temperature / 10,
      symptoms: row.symptoms === 1,
      needsHelp: row.needsHelp === 1,
      abnormal: row.abnormal === 1,
      late: row.late === 1,
      recordedAt: new Date(row.recordedAt),
    }));
}

function roundPerson(
  row: ObservedRow,
  name: string,
  readings: ReadingRow[],
  unanswered: string[],
  now: Date,
  zone: string,
): RoundPerson {
  const turns = turnsOf(row, readings, now, zone);
  const lastDueAt = row.lastDueAt === null ? null : new Date(row.lastDueAt);
  return {
    observationId: row.id,
    householdId: row.householdId,
    unitCode: row.unitCode,
    unitName: row.unitName,
    name,
    returnee: row.returnee === 1,
    kind: row.kind,
    day: dayNumber(row.day0, localDate(now, zone)),
    untilDate: row.untilDate,
    turns,
    overdue: (turns[0]?.late ?? false) && !turns[0]?.read,
    last: readings[0],
    unanswered,
    held: row.lastDueAt === null,
    dueForRelease: canRelease({ untilDate: row.untilDate, endedAt: null, lastDueAt }, now, zone),
    flags: roteFlags(readings),
  };
}

function turnsOf(row: ObservedRow, readings: ReadingRow[], now: Date, zone: string): RoundTurn[] {
  return openTurns(now, zone)
    .filter(
      ({ dueAt }) => row.firstDueAt <= dueAt.getTime() && dueAt.getTime() <= (row.lastDueAt ?? Infinity),
    )
    .map((turn) => ({ ...turn, read: readings.find(({ slot }) => slot === turn.slot) }));
}
