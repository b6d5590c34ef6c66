import { sql } from "drizzle-orm";
import type { Store } from "./store.ts";

/** One record with everything that a page may show of it. `said`: personal answers, empty unless they were asked for. */
export type ShownRecord = {
  id: string;
  form: string;
  unitCode: string;
  unitName: string;
  state: string;
  version: number;
  facts: Readonly<Record<string, unknown>>;
  said: Readonly<Record<string, unknown>>;
  occurredAt: Date;
  recordedAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
  /** Its personal answers are not kept any more. */
  sealedOffAt: Date | null;
  /** The registration that it became. */
  householdId: string | null;
  /** Newest first. */
  events: ShownEvent[];
};
export type ShownEvent = {
  step: string;
  actor: string;
  facts: Readonly<Record<string, unknown>>;
  said: Readonly<Record<string, unknown>>;
  occurredAt: Date;
  recordedAt: Date;
};
type Stored = Omit<
  ShownRecord,
  "facts" | "said" | "events" | "occurredAt" | "recordedAt" | "dueAt" | "endedAt" | "sealedOffAt"
> & {
  facts: string;
  sealed: string | null;
  occurredAt: number;
  recordedAt: number;
  dueAt: number | null;
  endedAt: number | null;
  sealedOffAt: number | null;
};
type StoredEvent = {
  step: string;
  seq: number;
  actor: string;
  facts: string;
  sealed: string | null;
  occurredAt: number;
  recordedAt: number;
};

/** What a history shows at most; the newest. */
const EVENTS = 50;

/** A record of a form by its number. @param open whether its personal answers are opened too */
export async function findShown(
  { db, privacy }: Store,
  form: string,
  id: string,
  { open }: { open: boolean },
): Promise<ShownRecord | undefined> {
  const [row] = await db.all<Stored>(sql`
    SELECT r.id AS id, r.form AS form, r.unit_code AS unitCode, u.name AS unitName, r.state AS state,
      r.version AS version, r.facts AS facts, r.sealed AS sealed, r.occurred_at AS occurredAt,
      r.recorded_at AS recordedAt, r.due_at AS dueAt, r.ended_at AS endedAt, r.sealed_off_at AS sealedOffAt,
      r.household_id AS householdId
    FROM record r CROSS JOIN unit u ON u.code = r.unit_code WHERE r.id = ${id} AND r.form = ${form}`);
  if (!row) return undefined;
  const events = await db.all<StoredEvent>(sql`
    SELECT step, seq, actor, facts, sealed, occurred_at AS occurredAt, recorded_at AS recordedAt
    FROM record_event WHERE record_id = ${id} ORDER BY version DESC LIMIT ${EVENTS}`);
  const { sealed, ...clear } = row;
  return {
    ...clear,
    facts: JSON.parse(row.facts),
    said: open && sealed ? await privacy.open<Record<string, unknown>>(sealed, id, "record") : {},
    occurredAt: new Date(row.occurredAt),
    recordedAt: new Date(row.recordedAt),
    dueAt: date(row.dueAt),
    endedAt: date(row.endedAt),
    sealedOffAt: date(row.sealedOffAt),
    events: await Promise.all(
      events.map(async ({ seq, sealed: words, ...event }) => ({
        ...event,
        facts: JSON.parse(event.facts),
        said:
          open && words
            ? await privacy.open<Record<string, unknown>>(
                words,
                `${form}/${row.unitCode}/${seq}`,
                "record_event",
              )
            : {},
        occurredAt: new Date(event.occurredAt),
        recordedAt: new Date(event.recordedAt),
      })),
    ),
  };
}

const date = (at: number | null): Date | null => (at === null ? null : new Date(at));

/** A record that anybody may read: what its form opens. */
export type OpenItem = { id: string; unitCode: string; facts: Record<string, unknown>; recordedAt: Date };

/**
 * The records of a form that stand, by unit: those of a subtree, or of a county those that are no town's.
 * @param stays the form has no steps, and what was filed stands until it is withdrawn
 */
export async function listStanding(
  db: Store["db"],
  form: string,
  { prefix, townless = false, stays, limit }: StandingOf,
): Promise<OpenItem[]> {
  const whose = townless
    ? sql`(unit_code = ${prefix} OR (unit_code >= ${`${prefix}A`} AND unit_code < ${`${prefix}~`}))`
    : sql`unit_code >= ${prefix} AND unit_code < ${`${prefix}~`}`;
  const rows = await db.all<{ id: string; unitCode: string; facts: string; recordedAt: number }>(sql`
    SELECT id, unit_code AS unitCode, facts, recorded_at AS recordedAt FROM record
    WHERE form = ${form} AND ${whose} AND ${sql.raw(stays ? "state = 'filed'" : "ended_at IS NULL")}
    ORDER BY unit_code, occurred_at, id LIMIT ${limit}`);
  return rows.map((row) => ({
    ...row,
    facts: JSON.parse(row.facts),
    recordedAt: new Date(row.recordedAt),
  }));
}
type StandingOf = { prefix: string; townless?: boolean; stays: boolean; limit: number };
