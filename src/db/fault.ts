import { ProblemError } from "../domain/problem.ts";

/** The database failed in a way nobody foresaw. Its words are ours: a driver's message can hold the parameters. */
export class DatabaseFault extends Error {
  constructor(cause: unknown) {
    super(`the database failed: ${sqliteCode(cause)}`);
    this.name = "DatabaseFault";
    this.stack = [`${this.name}: ${this.message}`, ...framesOf(cause)].join("\n");
  }
}

/** Runs work on the database; whatever it throws besides a problem of ours leaves as a DatabaseFault. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ProblemError ? error : new DatabaseFault(error);
  }
}

/**
 * The constraint that refused a write: the table whose unique key was taken, or "foreign-key".
 * Reads SQLite's own sentence at the end of the causes; the messages above it may quote what a citizen typed.
 */
export function refusal(error: unknown): { taken: string } | "foreign-key" | undefined {
  const message = deepest(error);
  if (/FOREIGN KEY constraint failed/.test(message)) return "foreign-key";
  const table = /UNIQUE constraint failed: (\w+)\.\w+/.exec(message)?.[1];
  return table === undefined ? undefined : { taken: table };
}

/** A batch was undone by its own condition: a subquery for a column that is never empty found nothing. */
export const undone = (error: unknown): boolean => /NOT NULL constraint failed/.test(deepest(error));

/** True for what would fail again however often it is tried: a constraint, or a value that cannot be. */
export const isRefusal = (error: unknown): boolean =>
  /constraint failed|malformed JSON|datatype mismatch|too big/i.test(deepest(error));

// Where it happened stays, what it said goes: a message can hold lines that look like frames.
function framesOf(cause: unknown): string[] {
  if (!(cause instanceof Error) || !cause.stack) return [];
  const said = cause.stack.indexOf(cause.message);
  if (said < 0) return [];
  const after = cause.stack.slice(said + cause.message.length);
  return after.split("\n").filter((line) => /^\s+at /.test(line));
}

const sqliteCode = (error: unknown) =>
  /\b(SQLITE_[A-Z_]+|D1_[A-Z_]+)\b/.exec(deepest(error))?.[0] ?? "unknown";

function deepest(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return at instanceof Error ? at.message : "";
}
