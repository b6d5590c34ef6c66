import type { County } from "./county.ts";
import { addressOf } from "./county.ts";
import type { Letter } from "./letters.ts";
import type { TakenMail } from "./mail-server.ts";
import type { Plot } from "./plot.ts";
import type { AlertRow } from "./tally.ts";

/*
 * How the database stands when all is over.
 */

/** When something is to be done next; undefined when nothing is. Moments in ms. */
export async function whatIsNext(d1: D1Database): Promise<number | undefined> {
  const row = await d1
    .prepare(
      `SELECT min(at) AS at FROM (
        SELECT min(next_due_at) AS at FROM obligation WHERE next_due_at IS NOT NULL
        UNION ALL SELECT min(ready_at) FROM outbox WHERE state = 'ready'
        UNION ALL SELECT min(max(next_attempt_at, COALESCE(lease_until, 0))) FROM outbox_batch WHERE state IN ('claimed', 'frozen')
        UNION ALL SELECT min(recorded_at) FROM transition WHERE sweep_id = '')`,
    )
    .first<{ at: number | null }>();
  return row?.at ?? undefined;
}

export async function readAlerts(d1: D1Database): Promise<AlertRow[]> {
  const { results } = await d1
    .prepare(
      `SELECT a.outbox_id AS outboxId, a.obligation_id AS obligation, a.kind AS tone, a.step AS step, a.again AS again,
        a.due_at AS dueAt, a.contact_id AS ear, o.state AS state, o.problem AS problem,
        EXISTS (SELECT 1 FROM outbox AS m WHERE m.merged_into = a.outbox_id) AS merged
      FROM alert AS a LEFT JOIN outbox AS o ON o.id = a.outbox_id`,
    )
    .all<AlertRow>();
  return results;
}

/** Everything that is left undone, half done or done twice. */
export async function leftovers(
  d1: D1Database,
  { registrations, reports }: Plot,
  county: County,
  mails: TakenMail[],
  letters: Letter[],
): Promise<string[]> {
  const wrong: string[] = [];
  const counts: [string, number, string][] = [
    ["words that wait", 0, "SELECT count(*) AS n FROM outbox WHERE state IN ('ready', 'sending')"],
    [
      "batches that are open",
      0,
      "SELECT count(*) AS n FROM outbox_batch WHERE state IN ('claimed', 'frozen')",
    ],
    ["rows set aside", 0, "SELECT count(*) AS n FROM dead_letter"],
    ["households", registrations.length, "SELECT count(*) AS n FROM household"],
    [
      "registrations owed",
      registrations.length,
      "SELECT count(*) AS n FROM obligation WHERE kind = 'registration'",
    ],
    ["reports", reports.length, "SELECT count(*) AS n FROM report"],
    ["moves that nobody was told of", 0, NOBODY_TOLD],
  ];
  for (const [what, should, query] of counts) {
    const is = (await d1.prepare(query).first<{ n: number }>())?.n;
    if (is !== should) wrong.push(`${what}: ${is}, should be ${should}`);
  }
  const { results } = await d1
    .prepare("SELECT id, state, problem FROM outbox")
    .all<{ id: string; state: string; problem: string }>();
  const states = new Map(results.map(({ id, state, problem }) => [id, { state, problem }]));
  const taken = new Set(letters.map(({ outboxId }) => outboxId));
  for (const [id, { state }] of states)
    if ((state === "sent" || state === "delivered") && !taken.has(id))
      wrong.push(`${id} is ${state} and no server has it`);
  // Every webhook of the provider has been answered by now.
  for (const mail of mails) {
    const mood = county.ears.find((ear) => addressOf(ear) === mail.to)?.mood;
    const outboxId = letters.find(({ id }) => id === mail.id)?.outboxId ?? "";
    const { state, problem } = states.get(outboxId) ?? {};
    const should = mood === "bounces" ? "failed" : "delivered";
    if (state !== should) wrong.push(`${outboxId} is ${state} (${problem}) and should be ${should}`);
  }
  return wrong;
}

/** A step that was to be told has its words, whatever became of them. */
const NOBODY_TOLD = `SELECT count(*) AS n FROM transition AS t
  WHERE t.kind IN ('notice', 'overdue') AND json_array_length(t.told) > 0
    AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.sweep_id = t.sweep_id)`;
