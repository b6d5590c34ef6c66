import { sql } from "drizzle-orm";
import { recordActIf } from "./audit.ts";
import { type Acted, changes, line } from "./desk-act.ts";
import { linkRow } from "./link.ts";
import { insertLinks, linkInUse } from "./link-desk.ts";
import { pointSubject } from "./poster.ts";
import { type Db, runBatch, type Store } from "./store.ts";

/*
 * A posting point once it hangs: its poster is taken down, or gets a new link.
 */
/** Takes a poster down: its point is not counted on and its link opens nothing from now. False when somebody was first. */
export async function removePoint(
  db: Db,
  { id, unitCode }: { id: string; unitCode: string },
  acted: Acted,
): Promise<boolean> {
  const standing = sql`id = ${id} AND unit_code = ${unitCode} AND removed_at IS NULL`;
  const results = await runBatch(db, [
    recordActIf(
      db,
      line(acted, "remove-poster", pointSubject(id), unitCode),
      sql`SELECT 1 FROM posting_point WHERE ${standing}`,
    ),
    db.run(sql`UPDATE posting_point SET removed_at = ${acted.now.getTime()} WHERE ${standing}`),
    revokeOf(db, { id, unitCode }, acted),
  ]);
  return changes(results[1]) > 0;
}

/**
 * A new link for a point's poster; the old ones open nothing from now, so the poster that hangs must be replaced. False
 * when the point was removed, or its newest link is another by now.
 * @param tokenHash the newest link in use that the official saw, "" for none
 */
export async function renewPoint(
  store: Store,
  { id, unitCode, tokenHash }: { id: string; unitCode: string; tokenHash: string },
  { newId, expiresAt, ...acted }: Acted & { newId: () => string; expiresAt: Date },
): Promise<boolean> {
  const { db } = store;
  const entry = { unitCode, subjectId: id, nonce: newId(), expiresAt, recordedAt: acted.now };
  const { row } = await linkRow(store, { ...entry, purpose: "poster" });
  const results = await runBatch(db, [
    recordActIf(
      db,
      line(acted, "renew-poster", pointSubject(id), unitCode),
      sql`SELECT 1 FROM posting_point AS p WHERE p.id = ${id} AND p.unit_code = ${unitCode}
        AND p.removed_at IS NULL AND COALESCE((SELECT l.token_hash FROM link AS l WHERE l.unit_code = p.unit_code
          AND l.purpose = 'poster' AND l.subject_id = p.id AND ${linkInUse(acted.now)}
          ORDER BY l.recorded_at DESC LIMIT 1), '') = ${tokenHash}`,
    ),
    revokeOf(db, { id, unitCode }, acted),
    insertLinks(db, [row], sql`EXISTS (SELECT 1 FROM audit WHERE id = ${acted.auditId})`),
  ]);
  return changes(results[2]) > 0;
}

/** Ends every link of a point, if the line of this act was written. */
const revokeOf = (db: Db, { id, unitCode }: { id: string; unitCode: string }, { auditId, now }: Acted) =>
  db.run(sql`
    UPDATE link SET revoked_at = ${now.getTime()} WHERE unit_code = ${unitCode} AND purpose = 'poster'
      AND nonce IS NOT NULL AND subject_id = ${id} AND revoked_at IS NULL
      AND EXISTS (SELECT 1 FROM audit WHERE id = ${auditId})`);

/** A point by its number, with the hash of its newest link in use; removed ones too. */
export async function findPoint(
  db: Db,
  id: string,
  now: Date,
): Promise<{ id: string; unitCode: string; name: string; removed: boolean; tokenHash: string } | undefined> {
  const [row] = await db.all<{
    id: string;
    unitCode: string;
    name: string;
    removed: 0 | 1;
    tokenHash: string;
  }>(sql`
    SELECT p.id AS id, p.unit_code AS unitCode, p.name AS name, p.removed_at IS NOT NULL AS removed,
      COALESCE((SELECT l.token_hash FROM link AS l WHERE l.unit_code = p.unit_code AND l.purpose = 'poster'
        AND l.subject_id = p.id AND ${linkInUse(now)} ORDER BY l.recorded_at DESC LIMIT 1), '') AS tokenHash
    FROM posting_point AS p WHERE p.id = ${id}`);
  return row && { ...row, removed: row.removed === 1 };
}
