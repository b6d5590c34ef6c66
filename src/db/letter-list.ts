import { type SQL, sql } from "drizzle-orm";
import type { LetterAnswerKind, LetterDetails } from "../domain/letter.ts";
import type { Scope } from "../domain/office.ts";
import type { ReceivedDetails } from "./letter-received.ts";
import type { Db, Store } from "./store.ts";

/*
 * Letters as lists: written here and taken over from elsewhere, those that wait for an answer first. The longest owed
 * comes first, of the others the latest; a page shows so many and no more.
 */
export const LISTED = 100;

export type SentItem = {
  id: string;
  unitName: string;
  county: string;
  dueAt: Date;
  receivedAt: Date | null;
  answeredAt: Date | null;
  withdrawnAt: Date | null;
  /** Something came back that nobody has read. */
  unread: boolean;
  /** The latest answer. */
  said: LetterAnswerKind | null;
};
export type ReceivedItem = {
  householdId: string;
  number: string;
  unitName: string;
  from: string;
  dueAt: Date;
  answeredAt: Date | null;
};

const inScope = (column: string, { code, exact }: Scope): SQL =>
  exact
    ? sql`${sql.raw(column)} = ${code}`
    : sql`${sql.raw(column)} >= ${code} AND ${sql.raw(column)} < ${`${code}~`}`;
const when = (at: number | null) => (at === null ? null : new Date(at));

type SentRow = Record<"id" | "unitName" | "sealed", string> &
  Pick<SentItem, "said"> &
  Record<"dueAt" | "unread", number> &
  Record<"receivedAt" | "answeredAt" | "withdrawnAt", number | null>;
const COLUMNS = sql.raw(`l.id AS id, u.name AS unitName, l.sealed AS sealed, l.due_at AS dueAt,
  (SELECT kind FROM letter_answer AS a WHERE a.letter_id = l.id ORDER BY a.version DESC LIMIT 1) AS said,
  l.received_at AS receivedAt, l.answered_at AS answeredAt, l.withdrawn_at AS withdrawnAt,
  EXISTS (SELECT 1 FROM obligation AS b WHERE b.id > 'reply/' || l.id || '/' AND b.id < 'reply/' || l.id || '/~'
    AND b.met_at IS NULL AND b.excused_at IS NULL) AS unread`);

/** Letters that units of a scope wrote. */
export async function listSent(store: Store, scope: Scope): Promise<SentItem[]> {
  const open = sql`(l.answered_at IS NULL AND l.withdrawn_at IS NULL)`;
  const rows = await store.db.all<SentRow>(sql`
    SELECT ${COLUMNS} FROM letter AS l CROSS JOIN unit AS u ON u.code = l.unit_code
    WHERE ${inScope("l.unit_code", scope)}
    ORDER BY ${open} DESC, CASE WHEN ${open} THEN l.due_at ELSE -l.recorded_at END, l.id LIMIT ${LISTED}`);
  return opened(store, rows);
}

/** Whether something came back to a letter that nobody has read. */
export async function repliesUnread(db: Db, id: string): Promise<boolean> {
  const rows =
    await db.all(sql`SELECT 1 FROM obligation WHERE id > ${`reply/${id}/`} AND id < ${`reply/${id}/~`}
    AND met_at IS NULL AND excused_at IS NULL LIMIT 1`);
  return rows.length > 0;
}

/** Letters about a case, the latest first. */
export async function lettersAbout(store: Store, householdId: string): Promise<SentItem[]> {
  const rows = await store.db.all<SentRow>(sql`
    SELECT ${COLUMNS} FROM letter AS l CROSS JOIN unit AS u ON u.code = l.unit_code
    WHERE l.household_id = ${householdId} ORDER BY l.recorded_at DESC LIMIT 20`);
  return opened(store, rows);
}

const opened = ({ privacy }: Store, rows: SentRow[]): Promise<SentItem[]> =>
  Promise.all(
    rows.map(async ({ sealed, unread, ...row }) => ({
      ...row,
      county: (await privacy.open<LetterDetails>(sealed, row.id, "letter")).to.county,
      dueAt: new Date(row.dueAt),
      receivedAt: when(row.receivedAt),
      answeredAt: when(row.answeredAt),
      withdrawnAt: when(row.withdrawnAt),
      unread: unread === 1,
    })),
  );

/** Letters of other counties that units of a scope took over. */
export async function listReceived({ db, privacy }: Store, scope: Scope): Promise<ReceivedItem[]> {
  const rows = await db.all<
    Record<"householdId" | "nonce" | "number" | "unitName" | "sealed", string> & {
      dueAt: number;
      answeredAt: number | null;
    }
  >(sql`
    SELECT r.household_id AS householdId, r.nonce AS nonce, r.number AS number, u.name AS unitName, r.sealed AS sealed,
      r.due_at AS dueAt, r.answered_at AS answeredAt
    FROM received_letter AS r CROSS JOIN unit AS u ON u.code = r.unit_code
    WHERE ${inScope("r.unit_code", scope)}
    ORDER BY r.answered_at IS NULL DESC, CASE WHEN r.answered_at IS NULL THEN r.due_at ELSE -r.recorded_at END
    LIMIT ${LISTED}`);
  return Promise.all(
    rows.map(async ({ sealed, nonce, ...row }) => ({
      ...row,
      from: (await privacy.open<ReceivedDetails>(sealed, nonce, "received_letter")).from,
      dueAt: new Date(row.dueAt),
      answeredAt: when(row.answeredAt),
    })),
  );
}

/** Whether a case came by a letter, for its page. */
export async function cameByLetter(db: Db, householdId: string): Promise<string | undefined> {
  const [row] = await db.all<{ number: string }>(
    sql`SELECT number FROM received_letter WHERE household_id = ${householdId}`,
  );
  return row?.number;
}

/** Villages of a scope that a case may be registered in, each with its town's name in front. */
export const villagesOf = (db: Db, scope: Scope): Promise<{ code: string; name: string }[]> =>
  db.all(sql`
    SELECT v.code AS code, CASE WHEN t.kind = 'town' THEN t.name || ' ' || v.name ELSE v.name END AS name
    FROM unit AS v LEFT JOIN unit AS t ON t.code = v.parent
    WHERE ${inScope("v.code", scope)} AND v.kind IN ('village', 'grid') AND v.closed_at IS NULL
    ORDER BY v.code LIMIT 1000`);
