import { and, eq, exists, gt, gte, isNull, lte, type SQL, sql } from "drizzle-orm";
import { chainOf, type ObligationKind } from "../domain/ladder.ts";
import type { NewObligation } from "../domain/obligation.ts";
import { openBoth } from "./outbox-ready.ts";
import { alert, obligation } from "./schema.ts";
import { compiled, type Db, type Statement } from "./store.ts";

/** What a query must say for SQLite to use the index of open obligations by unit, which leaves rolling ones out. */
export const OPEN_BY_UNIT = sql.raw("obligation.kind <> 'follow-up'");

/** Opens it; opened twice it stays as it first was. */
export const openObligation = compiled<NewObligation>((db, slots) =>
  db
    .insert(obligation)
    .values(slots("id", "kind", "unitCode", "subjectId", "openedAt", "dueAt", "nextDueAt", "recordedAt"))
    .onConflictDoNothing(),
);

/**
 * Opens several, where `condition` holds as the batch comes to it: a compare-and-set that lost opens nothing. One
 * statement however many there are.
 */
export const openObligationsIf = (db: Db, rows: NewObligation[], condition: SQL): Statement =>
  db.run(sql`
    INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
    SELECT row.value ->> 'id', row.value ->> 'kind', row.value ->> 'unitCode', row.value ->> 'subjectId',
      row.value ->> 'openedAt', row.value ->> 'dueAt', row.value ->> 'nextDueAt', row.value ->> 'recordedAt'
    FROM json_each(${momentsAsNumbers(rows)}) AS row WHERE ${condition}
    ON CONFLICT DO NOTHING`);

/** Rows for json_each: moments as the numbers they are stored as. */
export const momentsAsNumbers = (rows: object[]): string =>
  JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.getTime() : value]),
      ),
    ),
  );

/**
 * Meets it, once: the first of two wins. Where somebody was already told that it is overdue, it falls due once more at
 * `recordedAt`, so that the next sweep tells exactly them that it has recovered. Alerts still waiting to leave are
 * dropped when they are claimed.
 */
export function meetObligation(
  db: Db,
  id: string,
  { metAt, recordedAt }: { metAt: Date; recordedAt: Date },
  condition?: SQL,
): Statement {
  const told = db
    .select({ one: sql`1` })
    .from(alert)
    .where(and(eq(alert.obligationId, id), eq(alert.kind, "overdue")));
  return db
    .update(obligation)
    .set({
      metAt,
      metRecordedAt: recordedAt,
      nextDueAt: sql`CASE WHEN ${exists(told)} THEN ${recordedAt.getTime()} END`,
    })
    .where(and(eq(obligation.id, id), isNull(obligation.metAt), isNull(obligation.excusedAt), condition));
}

/**
 * Excuses, in advance, what a unit owes for subjects `from` to `to` (local days for reports, inclusive): no clock runs
 * on. What is overdue by then stays so: an excuse that comes after the due moment is none.
 */
export function excuseObligations(
  db: Db,
  owed: { kind: ObligationKind; unitCode: string; from: string; to: string; at: Date },
): Statement {
  return db
    .update(obligation)
    .set({ excusedAt: owed.at, nextDueAt: null })
    .where(
      and(
        eq(obligation.unitCode, owed.unitCode),
        eq(obligation.kind, owed.kind),
        gte(obligation.subjectId, owed.from),
        lte(obligation.subjectId, owed.to),
        gt(obligation.dueAt, owed.at),
        isNull(obligation.metAt),
        isNull(obligation.excusedAt),
        OPEN_BY_UNIT,
      ),
    );
}

/** The same of the counts that a unit owes each day, whatever their forms: their subject ends with the local day. */
export const excuseCounts = (
  db: Db,
  { unitCode, from, to, at }: { unitCode: string; from: string; to: string; at: Date },
): Statement =>
  db.run(sql`
    UPDATE obligation SET excused_at = ${at.getTime()}, next_due_at = NULL
    WHERE unit_code = ${unitCode} AND kind = 'count' AND substr(subject_id, -10) BETWEEN ${from} AND ${to}
      AND due_at > ${at.getTime()} AND met_at IS NULL AND excused_at IS NULL AND ${OPEN_BY_UNIT}`);

/**
 * What an obligation is about beside its subject: of a cluster the name of the unit it was seen in, of a record the state it
 * came to, whose version the subject tells. One row each. @param owed the obligation's name in the query
 */
export const aboutOf = (owed: string): SQL =>
  sql.raw(`CASE ${owed}.kind
    WHEN 'cluster' THEN (SELECT name FROM unit
      WHERE code = substr(${owed}.subject_id, 1, instr(${owed}.subject_id, '/') - 1))
    WHEN 'record' THEN ${stateOf(owed)} WHEN 'decision' THEN ${stateOf(owed)} END`);

// <form>/<number>/<version>: neither part holds a quote or a slash.
const stateOf = (owed: string) => {
  const part = (at: number) => `(('["' || replace(${owed}.subject_id, '/', '","') || '"]') ->> ${at})`;
  return `(SELECT step FROM record_event WHERE record_id = ${part(1)} AND version = CAST(${part(2)} AS INTEGER))`;
};

/**
 * Tells the unit, its town and the county at once, beside the ladder and whatever becomes of it: the rows go into the
 * submission's own batch and leave with the next drain. Written twice for one cause it stays one message a person.
 * @param causeId what set it off, such as the submission's id
 */
export function raiseUrgent(
  db: Db,
  urgent: { obligationId: string; unitCode: string; causeId: string; now: Date },
): Statement[] {
  const at = urgent.now.getTime();
  const chain = chainOf(urgent.unitCode);
  // -1: the ladder's own transitions count from version 0 up.
  return [
    db.run(sql`
      INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, told, due_at, owed_at, recorded_at)
      VALUES (${urgent.obligationId}, -1, ${urgent.causeId}, 'urgent', 0,
        ${JSON.stringify(chain.map((unit) => [unit, "urgent", 0, at]))}, ${at},
        COALESCE((SELECT due_at FROM obligation WHERE id = ${urgent.obligationId}), ${at}), ${at})
      ON CONFLICT DO NOTHING`),
    db.run(sql`
      INSERT INTO outbox (id, kind, channel, contact_id, unit_code, sweep_id, tells, state, ready_at, recorded_at)
      SELECT 'urgent/' || ${urgent.causeId} || '/' || id, 'urgent', channel, id, unit_code, ${urgent.causeId},
        ${JSON.stringify([[urgent.obligationId, -1, "urgent", 0, 0]])}, 'ready', ${at}, ${at}
      FROM contact
      WHERE unit_code IN (SELECT value FROM json_each(${JSON.stringify(chain)})) AND ${hearsUrgent("contact")}
      ON CONFLICT DO NOTHING`),
    openBoth(db, sql`SELECT 'urgent/' || ${urgent.causeId} AS key`, at),
  ];
}

/** Who of a unit hears of something urgent, on duty or off. @param contact the table's name in the query */
export const hearsUrgent = (contact: string): SQL =>
  sql.raw(
    `${contact}.removed_at IS NULL AND ${contact}.unreachable_at IS NULL AND ${contact}.role NOT IN ('care', 'inspector')`,
  );
