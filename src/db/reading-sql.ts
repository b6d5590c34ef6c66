import { type SQL, sql } from "drizzle-orm";
import type { ReadingPlan } from "../domain/reading.ts";
import type { Door } from "../domain/submission.ts";

/** A planned reading as the database takes it. */
export type ReadingItem = Omit<ReadingPlan, "details"> & {
  /** The submission's: a keyed hash of form and client id. */
  id: string;
  hash: string;
  door: Door;
  household?: string;
  scope?: string;
  scopeEnd?: string;
  sealed: string | null;
};

/** `obs` is the person's id, `at` the place in the list. */
type Column = "obs" | "at" | keyof Omit<ReadingItem, "observationId" | "later">;

/**
 * The readings of a batch as SQL, for a statement that names these columns of theirs. A single reading stands in its
 * statements as parameters; of several, each statement has a list of what it names. That list is written out, because
 * walking json_each costs a row read for each reading and each statement.
 */
export type Sent = (...columns: Column[]) => {
  /** Stands behind FROM. */
  rows: (joined: string) => SQL;
  item: (name: Column) => SQL;
  /** Which rows of a table an UPDATE is about: FROM where there is a list, and WHERE. */
  whose: (id: string, prefix: string) => SQL;
  /** Closes of the later slots that are open already, to stand behind IN. */
  later: SQL;
};

export type Stated = ReturnType<Sent>;

export function sentAs(items: ReadingItem[]): Sent {
  const fieldOf = (item: ReadingItem, name: Column) =>
    stored(name === "at" ? items.indexOf(item) : item[name === "obs" ? "observationId" : name]);
  const closes = new Set(items.flatMap((item) => item.later.map((close) => close.getTime())));
  const later = sql.raw(`(${[...closes].join(", ")})`);
  const [one] = items;
  if (one && items.length === 1) {
    const single: Stated = {
      rows: (joined) => sql.raw(joined),
      item: (name) => sql`${fieldOf(one, name)}`,
      whose: (id, prefix) => sql`WHERE ${sql.raw(id)} = ${prefix + one.observationId}`,
      later,
    };
    return () => single;
  }
  // What people have typed never stands in a statement: it is handed over as a parameter, and each row takes its own.
  const sealed = JSON.stringify(items.map((item) => item.sealed));
  return (...columns) => {
    const column = (name: Column): SQL =>
      name === "sealed"
        ? sql`json_extract(${sealed}, '$[' || ${column("at")} || ']')`
        : sql.raw(`i.column${columns.indexOf(name) + 1}`);
    const rows = items.map((item) => `(${columns.map((name) => written(fieldOf(item, name)))})`);
    // Not as a WITH: SQLite would make a table of it and count that too.
    const list = `(VALUES ${rows.join(",")}) AS i`;
    return {
      rows: (joined) => sql.raw(joined ? `${list} CROSS JOIN ${joined}` : list),
      item: column,
      whose: (id, prefix) => sql`${sql.raw(`FROM ${list} WHERE ${id} = '${prefix}' ||`)} ${column("obs")}`,
      later,
    };
  };
}

/** <person>/<slot>: what the submission is about. */
export const subjectOf = ({ item }: Stated): SQL => sql`${item("obs")} || '/' || ${item("slot")}`;

const stored = (value: string | number | boolean | Date | null | undefined): string | number | null =>
  value instanceof Date ? value.getTime() : typeof value === "boolean" ? Number(value) : (value ?? null);

/** What may stand in a statement: whole numbers, and our own ids, hashes, slots and codes, which have no quote in them. */
const PLAIN = /^[\w/!~.-]*$/;

/** Somebody's number that none of ours can be is nobody's; it must not reach a statement. */
export const isPlain = (id: string): boolean => PLAIN.test(id) && id.length <= 40;

function written(value: string | number | null): string {
  if (value === null) return "NULL";
  if (typeof value === "number" ? Number.isSafeInteger(value) : PLAIN.test(value))
    return typeof value === "number" ? String(value) : `'${value}'`;
  throw new TypeError("this must not stand in a statement");
}

/** The reading is the person's newest, and what its counting version says. A late one may have newer ones beside it. */
export const newestIs = (abnormal: 0 | 1, { item, later }: Stated): SQL => sql`
  NOT EXISTS (SELECT 1 FROM reading AS r WHERE r.due_at IN ${later} AND r.observation_id = ${item("obs")}
    AND r.due_at > ${item("dueAt")})
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

/** Moves on to it, with a clock of its own: due_at stays where there is nothing more to come, and nothing waits. */
export const rollOn = (closes: readonly number[], after: string): SQL =>
  sql.raw(`(due_at, next_due_at) = (SELECT COALESCE(next, obligation.due_at), next
    FROM (SELECT ${nextOwed(closes, after)} AS next LIMIT 1)), held_for = 0, ack_until = NULL`);
