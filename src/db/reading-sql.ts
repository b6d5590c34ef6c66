import { type SQL, sql } from "drizzle-orm";
import type { ReadingPlan } from "../domain/reading.ts";
import type { Door } from "../domain/submission.ts";
import { momentsAsNumbers } from "./obligation.ts";

/** A planned reading as the database takes it. */
export type ReadingItem = Omit<ReadingPlan, "details"> & {
  /** The submission's: a keyed hash of form and client id. */
  id: string;
  hash: string;
  /** <person>/<slot> */
  subject: string;
  door: Door;
  household?: string;
  scope?: string;
  scopeEnd?: string;
  sealed: string | null;
};

/**
 * The readings of a batch as SQL: `rows("reading AS r")` to select from, `item("obs")` for a column of theirs. Walking
 * json_each costs a row read each time, so a single reading stands in the statements itself.
 */
export type Sent = {
  /** A single reading. */
  alone: boolean;
  rows: (joined: string) => SQL;
  item: (name: string) => SQL;
  /** FROM the list alone; nothing where a single reading stands in the statement. */
  from: SQL;
  /** `id` is that of an obligation of one of the persons. */
  owedId: (prefix: string) => SQL;
  /** Closes of the later slots that are open already, to stand behind IN. */
  later: SQL;
};

export function sentAs(items: ReadingItem[]): Sent {
  const numbers = items.map(({ observationId, later, ...item }) => ({
    ...item,
    obs: observationId,
    later: later.map((close) => close.getTime()),
  }));
  const json = momentsAsNumbers(numbers);
  if (items.length === 1) {
    const [one] = JSON.parse(json) as Record<string, string | number | boolean | null | undefined>[];
    const item = (name: string) => sql`${boundAs(one?.[name])}`;
    return {
      alone: true,
      rows: (joined) => sql.raw(joined),
      item,
      from: sql``,
      owedId: (prefix) => sql`id = ${prefix} || ${item("obs")}`,
      later: sql.raw(`(${numbers[0]?.later.join(", ") ?? ""})`),
    };
  }
  const item = (name: string) => sql.raw(`(i.value ->> '${name}')`);
  return {
    alone: false,
    rows: (joined) => sql`json_each(${json}) AS i CROSS JOIN ${sql.raw(joined)}`,
    item,
    from: sql`FROM json_each(${json}) AS i`,
    owedId: (prefix) => sql`id IN (SELECT ${prefix} || ${item("obs")} FROM json_each(${json}) AS i)`,
    later: sql.raw("(SELECT value FROM json_each(i.value, '$.later'))"),
  };
}

const boundAs = (value: string | number | boolean | null | undefined) =>
  typeof value === "boolean" ? Number(value) : (value ?? null);

/** The reading is the person's newest, and what its counting version says. A late one may have newer ones beside it. */
export const newestIs = (abnormal: 0 | 1, { item, later }: Sent): SQL => sql`
  NOT EXISTS (SELECT 1 FROM reading AS r WHERE r.due_at IN ${later} AND r.observation_id = ${item("obs")})
  AND ${abnormal} = (SELECT r.abnormal FROM reading AS r
    WHERE r.due_at = ${item("dueAt")} AND r.observation_id = ${item("obs")} ORDER BY r.version DESC LIMIT 1)`;

/**
 * Where a rolling obligation goes after a moment: the next close without a reading, up to the observation's last; NULL
 * where there is none. Beyond the plan only what closed while the last reading was abnormal. A scalar over a row of `obligation`.
 * @param closes candidates in order @param after a column or a number
 */
export function nextOwed(closes: readonly number[], after: string): string {
  // Written out, because walking json_each costs a row read for each close.
  const whens = closes.map(
    (
      close,
    ) => `WHEN ${close} > ${after} AND (${close} <= planned_due_at OR held_at < ${close}) AND NOT EXISTS (SELECT 1 FROM reading
      WHERE reading.due_at = ${close} AND observation_id = obligation.subject_id) THEN ${close}`,
  );
  return `(SELECT CASE WHEN last_due_at IS NULL OR next <= last_due_at THEN next END
    FROM (SELECT last_due_at, CASE ${whens.join(" ")} END AS next FROM observation
      WHERE observation.id = obligation.subject_id LIMIT 1))`;
}

/** Moves on to it: due_at stays where there is nothing more to come, and nothing waits. */
export const rollOn = (closes: readonly number[], after: string): SQL =>
  sql.raw(`(due_at, next_due_at) = (SELECT COALESCE(next, obligation.due_at), next
    FROM (SELECT ${nextOwed(closes, after)} AS next LIMIT 1))`);
