import { type SQL, sql } from "drizzle-orm";
import type { Climbing, Silence, Silences } from "../domain/board.ts";
import type { Scope } from "../domain/office.ts";
import { UNDELIVERED_FOR } from "../domain/undelivered.ts";
import { rangeOf } from "./board.ts";
import { type Db, runBatch, type Statement } from "./store.ts";

/*
 * What the board's lines say beside their place in a list, and who did not hear.
 */
/** What a row of the board shows beside its place in a list. */
export type Detail = Climbing & { subjectId: string };

/** The latest words about each that are looked at: with what its ladder says they name everybody who was told. */
const WORDS = 2;

/** The details of some of them, by id. Three rows each. */
export async function detailsOf(db: Db, ids: readonly string[]): Promise<Map<string, Detail>> {
  const rows = await inPieces(
    db,
    ids,
    (list) => sql`
    SELECT id, unit_code AS unitCode, subject_id AS subjectId, opened_at AS openedAt, due_at AS dueAt, step,
      next_due_at AS nextDueAt, held_for AS heldFor, ack_until AS ackUntil,
      (SELECT json_group_array(json(told)) FROM (SELECT told, owed_at FROM transition
        WHERE obligation_id = obligation.id ORDER BY from_version DESC LIMIT ${WORDS})
        WHERE owed_at = obligation.due_at) AS told
    FROM ${list} CROSS JOIN obligation ON id = column1`,
  );
  return new Map(
    (rows as (Omit<Detail, "told"> & { id: string; told: string })[]).map(({ id, told, ...row }) => {
      const steps = (JSON.parse(told) as [string][][]).reverse().flat();
      return [id, { ...row, told: [...new Set(steps.map(([audience]) => audience))] }];
    }),
  );
}

/** The names of units by code: a row each. */
export async function unitNames(db: Db, codes: Iterable<string>): Promise<Map<string, string>> {
  const rows = await inPieces(
    db,
    [...new Set(codes)],
    (list) => sql`SELECT code, name FROM ${list} CROSS JOIN unit ON code = column1`,
  );
  return new Map((rows as { code: string; name: string }[]).map(({ code, name }) => [code, name]));
}

/** As rows of VALUES: a list behind IN, or json_each, costs a row read for each; a hundred parameters at most. */
async function inPieces(db: Db, all: readonly string[], ask: (list: SQL) => SQL): Promise<unknown[]> {
  const statements: Statement[] = [];
  for (let from = 0; from < all.length; from += 90) {
    const rows = all.slice(from, from + 90).map((one) => sql`(${one})`);
    statements.push(db.run(ask(sql`(VALUES ${sql.join(rows, sql`, `)})`)));
  }
  if (statements.length === 0) return [];
  return ((await runBatch(db, statements)) as D1Result[]).flatMap(({ results }) => results);
}

/** Messages looked at, and things of each that are. */
const MESSAGES = 8;
const THINGS = 3;
const CONTACTS = 11;

/**
 * Of a county: the newest messages of the last days that did not arrive and told of something still owed, and contacts
 * that cannot be reached. `listUnheard` has all of a smaller subtree; it would read every unit of the county.
 */
export async function newestSilences(db: Db, { scope, now }: { scope: Scope; now: Date }): Promise<Silences> {
  const { from, to } = rangeOf({ scope });
  const since = now.getTime() - UNDELIVERED_FOR;
  const within = sql`unit_code >= ${from} AND unit_code < ${to}`;
  const newest = (state: "failed" | "unknown") => sql`
    SELECT m.unit_code AS unitCode, u.name AS unitName, m.state AS what, m.recorded_at AS since,
      EXISTS (SELECT 1 FROM (SELECT * FROM alert WHERE outbox_id = m.id LIMIT ${THINGS}) AS a
        CROSS JOIN obligation AS b ON b.id = a.obligation_id WHERE a.kind <> 'recovered' AND a.acked_at IS NULL
          AND b.met_at IS NULL AND b.excused_at IS NULL) AS owed
    FROM (SELECT id, unit_code, state, recorded_at FROM outbox INDEXED BY ${sql.raw(`outbox_${state}`)}
        WHERE state = ${sql.raw(`'${state}'`)} AND recorded_at > ${since} AND ${within}
        ORDER BY recorded_at DESC LIMIT ${MESSAGES}) AS m
      CROSS JOIN unit AS u ON u.code = m.unit_code`;
  const [failed, unknown, contacts] = (await runBatch(db, [
    db.run(newest("failed")),
    db.run(newest("unknown")),
    db.run(sql`
      SELECT c.unit_code AS unitCode, u.name AS unitName, 'contact' AS what, c.unreachable_at AS since, 1 AS owed
      FROM (SELECT unit_code, unreachable_at FROM contact INDEXED BY contact_unreachable
          WHERE unreachable_at IS NOT NULL AND removed_at IS NULL AND ${within} LIMIT ${CONTACTS}) AS c
        CROSS JOIN unit AS u ON u.code = c.unit_code`),
  ])) as D1Result<Silence & { owed: 0 | 1 }>[];
  const lists = [failed, unknown, contacts].map((one) => one?.results ?? []);
  return {
    list: lists
      .flat()
      .filter(({ owed }) => owed === 1)
      .map(({ owed: _, ...one }) => one)
      .sort((a, b) => b.since - a.since),
    bounded: lists.some((one, at) => one.length >= (at === 2 ? CONTACTS : MESSAGES)),
  };
}
