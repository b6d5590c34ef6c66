import { type SQL, sql } from "drizzle-orm";
import { recordActIf } from "./audit.ts";
import { type Acted, changes, line, recordActs } from "./desk-act.ts";
import { linkRow, linkToken } from "./link.ts";
import { momentsAsNumbers } from "./obligation.ts";
import { type Db, runBatch, type Statement, type Store } from "./store.ts";
import type { UnitKind } from "./unit.ts";

/*
 * The links of units and posters as officials make, show and revoke them. A link is a key: only its hash leaves this
 * file, but for `cardsBelow` and the posters, whose reader is written into the history.
 */
export type DeskLink = {
  tokenHash: string;
  recordedAt: Date;
  expiresAt: Date | null;
  /** Whether the service can make the address again. */
  shows: boolean;
};

const LISTED = 50;

/** Of the alias `l`: neither revoked nor expired, and of the kind that stands in the index. */
export const linkInUse = (now: Date): SQL =>
  sql`l.nonce IS NOT NULL AND l.revoked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > ${now.getTime()})`;

/** The links of a unit's own door that are in use, the newest first. */
export async function listUnitLinks(db: Db, unitCode: string, now: Date): Promise<DeskLink[]> {
  const rows = await db.all<{ tokenHash: string; recordedAt: number; expiresAt: number | null }>(sql`
    SELECT l.token_hash AS tokenHash, l.recorded_at AS recordedAt, l.expires_at AS expiresAt FROM link AS l
    WHERE l.unit_code = ${unitCode} AND l.purpose = 'unit' AND ${linkInUse(now)}
    ORDER BY l.recorded_at DESC LIMIT ${LISTED}`);
  return rows.map(({ tokenHash, recordedAt, expiresAt }) => ({
    tokenHash,
    recordedAt: new Date(recordedAt),
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    shows: true,
  }));
}

type Maker = Omit<Acted, "auditId"> & { newId: () => string; expiresAt: Date };

/** A link for each of these units that has none in use, with its line in the history. How many were made. */
export async function makeUnitLinks(
  store: Store,
  unitCodes: readonly string[],
  { newId, expiresAt, ...acted }: Maker,
): Promise<number> {
  if (unitCodes.length === 0) return 0;
  const { db } = store;
  const rows = await Promise.all(
    unitCodes.map(async (unitCode) => {
      const entry = { purpose: "unit", unitCode, nonce: newId(), expiresAt, recordedAt: acted.now } as const;
      return (await linkRow(store, entry)).row;
    }),
  );
  const lines = rows.map(({ tokenHash, unitCode }) => ({
    ...{ auditId: newId(), subjectId: linkSubject(tokenHash), unitCode, tokenHash },
  }));
  const [made] = await runBatch(db, [
    insertLinks(
      db,
      rows,
      sql`EXISTS (SELECT 1 FROM unit AS u WHERE u.code = n.value ->> 'unitCode' AND u.closed_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM link AS l WHERE l.unit_code = n.value ->> 'unitCode' AND l.purpose = 'unit'
          AND ${linkInUse(acted.now)})`,
    ),
    recordActs(db, acted, "make-link", lines),
  ]);
  return changes(made);
}

/** Links out of `linkRow`, those for which `where` holds of the row `n` when the batch comes to it. */
export const insertLinks = (
  db: Db,
  rows: readonly Awaited<ReturnType<typeof linkRow>>["row"][],
  where: SQL,
): Statement =>
  db.run(sql`
    INSERT INTO link (token_hash, purpose, unit_code, subject_id, nonce, recorded_at, expires_at)
    SELECT n.value ->> 'tokenHash', n.value ->> 'purpose', n.value ->> 'unitCode', n.value ->> 'subjectId',
      n.value ->> 'nonce', n.value ->> 'recordedAt', n.value ->> 'expiresAt'
    FROM json_each(${momentsAsNumbers([...rows])}) AS n WHERE ${where}`);

/** What a link's lines in the history are about. */
export const linkSubject = (tokenHash: string): string => `link/${tokenHash}`;

/**
 * Takes a unit's link out of use, and with `anew` puts a new one in its place in the same moment. False when it was
 * not in use any more: somebody was first.
 * @param reason machine word, and words that are sealed already
 */
export async function endUnitLink(
  store: Store,
  { unitCode, tokenHash }: { unitCode: string; tokenHash: string },
  { reason, sealed, ...acted }: Acted & { reason: string; sealed: string | null },
  anew?: Pick<Maker, "newId" | "expiresAt">,
): Promise<boolean> {
  const { db } = store;
  const { auditId, now } = acted;
  const standing = sql`token_hash = ${tokenHash} AND unit_code = ${unitCode} AND purpose = 'unit'
    AND revoked_at IS NULL`;
  const won = sql`EXISTS (SELECT 1 FROM audit WHERE id = ${auditId})`;
  const act = line(acted, anew ? "renew-link" : "revoke-link", linkSubject(tokenHash), unitCode, reason);
  const results = await runBatch(db, [
    // The line goes first: after the change its condition would no longer hold.
    recordActIf(db, { ...act, sealed }, sql`SELECT 1 FROM link WHERE ${standing}`),
    db.run(sql`UPDATE link SET revoked_at = ${now.getTime()} WHERE ${standing}`),
    ...(anew ? await replacement(store, unitCode, { ...acted, ...anew }, won) : []),
  ]);
  return changes(results[1]) > 0;
}

async function replacement(
  store: Store,
  unitCode: string,
  { newId, expiresAt, ...acted }: Maker,
  won: SQL,
): Promise<Statement[]> {
  const entry = { purpose: "unit", unitCode, nonce: newId(), expiresAt, recordedAt: acted.now } as const;
  const { row } = await linkRow(store, entry);
  const { tokenHash } = row;
  return [
    insertLinks(store.db, [row], won),
    recordActs(store.db, acted, "make-link", [
      { auditId: newId(), subjectId: linkSubject(tokenHash), unitCode, tokenHash },
    ]),
  ];
}

export type Card = { code: string; name: string; kind: UnitKind; token: string };

/**
 * The newest link of a unit and, with `below`, of the units directly below it, to print; those that have none are left
 * out. `next` is the code to go on after. Write into the history who looks (`recordActs`) before they are shown.
 */
export async function cardsOf(
  store: Store,
  { code, below, after = "" }: { code: string; below: boolean; after?: string | undefined },
  now: Date,
  limit: number,
): Promise<{ cards: (Card & { tokenHash: string })[]; next?: string }> {
  const which = below
    ? sql`u.parent = ${code} AND u.code > ${after} AND u.closed_at IS NULL`
    : sql`u.code = ${code}`;
  const rows = await store.db.all<{
    code: string;
    name: string;
    kind: UnitKind;
    nonce: string | null;
    tokenHash: string;
  }>(sql`
    SELECT u.code AS code, u.name AS name, u.kind AS kind, l.nonce AS nonce, l.token_hash AS tokenHash
    FROM (SELECT * FROM unit AS u WHERE ${which} ORDER BY u.code LIMIT ${limit + 1}) AS u
      LEFT JOIN link AS l ON l.token_hash = (SELECT l.token_hash FROM link AS l
        WHERE l.unit_code = u.code AND l.purpose = 'unit' AND ${linkInUse(now)}
        ORDER BY l.recorded_at DESC LIMIT 1)
    ORDER BY u.code`);
  const page = rows.slice(0, limit);
  const cards = await Promise.all(
    page.flatMap(({ nonce, ...unit }) =>
      nonce ? [linkToken(store, "unit", nonce).then((token) => ({ ...unit, token }))] : [],
    ),
  );
  const last = page.at(-1);
  return { cards, ...(rows.length > limit && last ? { next: last.code } : {}) };
}
