import { sql } from "drizzle-orm";
import type { RecordReceipt } from "../domain/record-receipt.ts";
import { eventNamed } from "./record.ts";
import type { Db } from "./store.ts";

/**
 * What earlier submissions became, by what they are kept under (CR-0217-4486/2), as it was then. Reads a handful of rows each.
 * @param subjectIds at most fifty
 */
export async function findReceipts(
  db: Db,
  subjectIds: readonly string[],
): Promise<Map<string, RecordReceipt>> {
  if (subjectIds.length === 0) return new Map();
  const asked = subjectIds.map((subjectId) => ({ ...eventNamed(subjectId), subjectId }));
  const rows = await db.all<ReceiptRow>(sql`
    SELECT a.value ->> 'subjectId' AS subjectId, r.id AS id, r.form AS form, r.unit_code AS unitCode, e.step AS state,
      e.version AS version, r.household_id AS householdId, e.occurred_at AS occurredAt, e.recorded_at AS recordedAt,
      (SELECT json_group_array(json(f.facts)) FROM (SELECT facts FROM record_event
        WHERE record_id = r.id AND version <= e.version ORDER BY version) AS f) AS facts,
      o.id AS owedId, o.due_at AS dueAt,
      CASE WHEN r.version = e.version THEN r.ended_at END AS endedAt
    FROM json_each(${JSON.stringify(asked)}) AS a CROSS JOIN record AS r ON r.id = a.value ->> 'id'
      CROSS JOIN record_event AS e ON e.record_id = r.id AND e.version = a.value ->> 'version'
      LEFT JOIN obligation AS o ON o.id IN ('record/' || r.form || '/' || r.id || '/' || e.version,
        'decision/' || r.form || '/' || r.id || '/' || e.version)`);
  return new Map(
    rows.map(({ subjectId, ...row }) => [
      subjectId,
      {
        ...row,
        facts: Object.assign({}, ...(JSON.parse(row.facts) as object[])),
        occurredAt: new Date(row.occurredAt),
        recordedAt: new Date(row.recordedAt),
        dueAt: row.dueAt === null ? null : new Date(row.dueAt),
        endedAt: row.endedAt === null ? null : new Date(row.endedAt),
        again: true,
      },
    ]),
  );
}
type ReceiptRow = {
  subjectId: string;
  id: string;
  form: string;
  unitCode: string;
  state: string;
  version: number;
  householdId: string | null;
  facts: string;
  occurredAt: number;
  recordedAt: number;
  owedId: string | null;
  dueAt: number | null;
  endedAt: number | null;
};

/** What happened to a record, oldest first, without personal answers. At most fifty events; the last ones of more. */
export async function listEvents(db: Db, recordId: string): Promise<RecordHappened[]> {
  const rows = await db.all<Omit<RecordHappened, "facts"> & { facts: string }>(sql`
    SELECT version, step, actor, facts, occurred_at AS occurredAt, recorded_at AS recordedAt
    FROM record_event WHERE record_id = ${recordId} ORDER BY version DESC LIMIT ${EVENTS}`);
  return rows
    .map((row) => ({
      ...row,
      facts: JSON.parse(row.facts) as RecordReceipt["facts"],
      occurredAt: new Date(row.occurredAt),
      recordedAt: new Date(row.recordedAt),
    }))
    .reverse();
}
export type RecordHappened = {
  version: number;
  step: string;
  actor: string;
  facts: RecordReceipt["facts"];
  occurredAt: Date;
  recordedAt: Date;
};
const EVENTS = 50;
