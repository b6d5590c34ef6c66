import { sql } from "drizzle-orm";
import { clear, type DeadLetter, partsOfLetter, retriable, retry } from "../db/dead-letter.ts";
import { openDb } from "../db/store.ts";
import type { D1Door } from "./d1.ts";
import { asText } from "./sql-text.ts";

/*
 * What somebody can do about what was set aside: see it, have it worked on again, or let it be.
 */
const MOST = 200;

/** The open letters, oldest first, a line each. */
export async function listLetters(door: D1Door): Promise<string[]> {
  const letters = await door.query<DeadLetter>(
    asText(sql`SELECT id, problem, recorded_at AS recordedAt FROM dead_letter WHERE cleared_at IS NULL
      ORDER BY recorded_at, id LIMIT ${MOST}`),
  );
  return letters.map(
    ({ id, problem, recordedAt }) => `${new Date(recordedAt).toISOString()}  ${problem}  ${id}`,
  );
}

/** Has it worked on again by the next run. Throws one sentence where that cannot be, and then writes nothing. */
export async function retryLetter(door: D1Door, id: string, now: Date): Promise<void> {
  const letter = await openLetter(door, id);
  const [rows] = await door.query<{ n: number }>(asText(retriable(letter)));
  if (!rows?.n) {
    throw new Error(
      letter.kind === "obligation"
        ? "What it was about is gone. Nothing was written; drop it."
        : "It may have left already, so it is not sent again. Nothing was written; ask its recipients, then drop it.",
    );
  }
  await door.execute(retry(statements, letter, now).map(asText));
}

/** Lets it be: it is an alarm no more, and nothing else changes. */
export async function dropLetter(door: D1Door, id: string, now: Date): Promise<void> {
  await openLetter(door, id);
  await door.execute([asText(clear(statements, id, now))]);
}

// Statements are only written down here, so the database behind them is never asked.
const statements = openDb({} as D1Database);

async function openLetter(door: D1Door, id: string) {
  const [open] = await door.query<{ id: string }>(
    asText(sql`SELECT id FROM dead_letter WHERE id = ${id} AND cleared_at IS NULL`),
  );
  const letter = partsOfLetter(id);
  if (!open || !letter) throw new Error("There is no such letter open. Nothing was written.");
  return letter;
}
