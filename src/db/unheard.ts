import { type SQL, sql } from "drizzle-orm";
import { MINUTE } from "../domain/time.ts";
import type { Db, Statement } from "./store.ts";

/**
 * These messages reached nobody: a bounce is silence too. What they told of goes up its ladder at once, unless somebody
 * else was told at the same step or it has climbed on since. To stand in a batch behind the statements that say how the
 * messages fared.
 */
export const unheard = (db: Db, outboxIds: string[], now: Date): Statement[] => [
  climb(db, sql`json_each(${JSON.stringify(outboxIds)})`, now),
];

/** The same for what failed of a batch. */
export const unheardIn = (db: Db, batchId: string, now: Date): Statement =>
  climb(db, sql`(SELECT id AS value FROM outbox WHERE batch_id = ${batchId} AND state = 'failed')`, now);

/** What was repeated in vain waits longer each time: its mailbox may be full for an hour. */
const BACK_OFF = 15 * MINUTE;

const climb = (db: Db, messages: SQL, now: Date): Statement =>
  db.run(sql`
    UPDATE obligation SET version = obligation.version + 1, step = a.step + a.again + 1, next_due_at = ${now.getTime()} + a.again * ${BACK_OFF}
    FROM ${messages} AS m CROSS JOIN alert AS a ON a.outbox_id = m.value
      AND a.kind IN ('notice', 'overdue')
    WHERE obligation.id = a.obligation_id AND obligation.due_at = a.due_at AND obligation.met_at IS NULL
      AND obligation.excused_at IS NULL AND (obligation.next_due_at IS NULL OR obligation.next_due_at > ${now.getTime()})
      AND NOT EXISTS (SELECT 1 FROM transition AS t WHERE t.obligation_id = a.obligation_id AND t.owed_at = a.due_at
        AND t.kind IN ('notice', 'overdue') AND t.step > a.step)
      -- Words of the same sweep to others of the unit that are yet to leave.
      AND NOT EXISTS (SELECT 1 FROM outbox AS me CROSS JOIN contact AS c ON c.unit_code = me.unit_code
        CROSS JOIN outbox AS r ON r.id = 'digest/' || me.sweep_id || '/' || c.id
        WHERE me.id = a.outbox_id AND r.state = 'ready' AND instr(r.tells, '"' || a.obligation_id || '"') > 0)
      AND NOT EXISTS (SELECT 1 FROM alert AS b CROSS JOIN outbox AS o ON o.id = b.outbox_id
        WHERE b.obligation_id = a.obligation_id AND b.due_at = a.due_at AND b.step = a.step AND b.again >= a.again
          AND b.outbox_id <> a.outbox_id AND b.kind IN ('notice', 'overdue')
          AND o.state IN ('sending', 'sent', 'delivered', 'unknown') AND COALESCE(o.problem, '') <> 'complained')`);
