import { type SQL, sql } from "drizzle-orm";
import type { ExportFilter, ExportFormat, ExportKind, ExportPurpose } from "../domain/export.ts";
import type { Scope } from "../domain/office.ts";
import { recordAct, recordActIf } from "./audit.ts";
import { changes } from "./desk-act.ts";
import type { OfficialDetails } from "./official.ts";
import { runBatch, type Store } from "./store.ts";

/** An export that was asked for; `words`: what it is for, as it was typed. */
export type ExportRequest = {
  id: string;
  officialId: string;
  unitCode: string;
  kind: ExportKind;
  format: ExportFormat;
  masked: boolean;
  filter: ExportFilter;
  purpose: ExportPurpose;
  words: string;
  date: string;
  rows: number;
  needsApproval: boolean;
  recordedAt: Date;
  approvedAt: Date | null;
  refusedAt: Date | null;
  decidedBy: string | null;
  takenAt: Date | null;
  /** Who asked, and in which unit they are. */
  by: { name: string; unitName: string };
  unitName: string;
};

/**
 * Puts an export on record, with its line in the history, before anything leaves. The database itself adds up the
 * rows of the day of whoever holds the office, in any they held: what goes beyond `limit` needs a second official, however many ask at once.
 */
export async function askExport(
  { db, privacy }: Store,
  entry: Pick<
    ExportRequest,
    | "id"
    | "officialId"
    | "unitCode"
    | "kind"
    | "format"
    | "masked"
    | "filter"
    | "purpose"
    | "words"
    | "date"
    | "rows"
    | "recordedAt"
  > & { actor: string; auditId: string; limit: number },
): Promise<void> {
  const { id, officialId, unitCode, kind, format, masked, purpose, words, date, rows, recordedAt } = entry;
  const [sealed, auditSealed] = words
    ? await Promise.all([
        privacy.seal({ text: words }, id, "export"),
        privacy.seal({ text: words }, entry.auditId, "audit"),
      ])
    : [null, null];
  await runBatch(db, [
    db.run(sql`
      INSERT INTO export_request (id, official_id, unit_code, kind, format, masked, filter, purpose, sealed, date, rows,
        needs_approval, recorded_at)
      SELECT ${id}, ${officialId}, ${unitCode}, ${kind}, ${format}, ${Number(masked)}, ${JSON.stringify(entry.filter)},
        ${purpose}, ${sealed}, ${date}, ${rows},
        coalesce((SELECT sum(rows) FROM export_request WHERE official_id IN ${officesOf(officialId)} AND date = ${date}
          AND needs_approval = 0), 0) + ${rows} > ${entry.limit}, ${recordedAt.getTime()}`),
    recordAct(db, {
      id: entry.auditId,
      actor: entry.actor,
      act: `ask-export/${kind}`,
      subjectId: id,
      unitCode,
      recordedAt,
      detail: `${rows} ${format} ${masked ? "masked" : "open"} ${purpose}`,
      sealed: auditSealed,
    }),
  ]);
}

/** Every office that the holder of this one has or had: another office is the same person. */
const officesOf = (officialId: string): SQL => sql`(
  SELECT o.id FROM official AS me CROSS JOIN official AS o ON o.email_index = me.email_index WHERE me.id = ${officialId})`;

/** Whether two offices are, or were, the same person's. */
export async function samePerson({ db }: Pick<Store, "db">, one: string, other: string): Promise<boolean> {
  const [row] = await db.all<{ same: number }>(sql`SELECT ${one} IN ${officesOf(other)} AS same`);
  return row?.same === 1;
}

/** How many rows an official had on a local day without anybody's approval, in whatever office. */
export async function rowsOfDay(
  { db }: Pick<Store, "db">,
  officialId: string,
  date: string,
): Promise<number> {
  const [row] = await db.all<{ n: number }>(sql`
    SELECT coalesce(sum(rows), 0) AS n FROM export_request
    WHERE official_id IN ${officesOf(officialId)} AND date = ${date} AND needs_approval = 0`);
  return row?.n ?? 0;
}

/** The export of a number, opened; whose it is to see is the caller's to ask. */
export async function findExport(store: Store, id: string): Promise<ExportRequest | undefined> {
  const [found] = await opened(store, sql`WHERE e.id = ${id}`);
  return found;
}

/** An official's own exports, the latest first. @param before the number and day of the last one shown */
export const listOwnExports = (
  store: Store,
  officialId: string,
  { before, limit }: { before?: { date: string; id: string } | undefined; limit: number },
): Promise<ExportRequest[]> =>
  opened(
    store,
    sql`WHERE e.official_id = ${officialId}
      ${before ? sql`AND (e.date, e.id) < (${before.date}, ${before.id})` : sql``}
      ORDER BY e.date DESC, e.id DESC LIMIT ${limit}`,
  );

/** What waits in a scope for a second official, the longest first, without what this official asked for. */
export const listWaitingExports = (
  store: Store,
  scope: Scope,
  officialId: string,
  limit: number,
): Promise<ExportRequest[]> =>
  opened(
    store,
    sql`WHERE e.needs_approval = 1 AND e.approved_at IS NULL AND e.refused_at IS NULL
      AND ${scope.exact ? sql`e.unit_code = ${scope.code}` : sql`e.unit_code >= ${scope.code} AND e.unit_code < ${`${scope.code}~`}`}
      AND e.official_id NOT IN ${officesOf(officialId)} ORDER BY e.recorded_at, e.id LIMIT ${limit}`,
  );

/** Who decides about an export, or takes it. */
type Acting = { actor: string; officialId: string; auditId: string; now: Date };

/**
 * A second official's answer, with its line in the history; `refusal` says why not. Never their own, in whatever office: the
 * database sees to it. @returns false when it was decided already, or is nobody's to decide
 */
export async function decideExport(
  { db, privacy }: Store,
  one: Pick<ExportRequest, "id" | "unitCode" | "kind" | "rows">,
  { actor, officialId, auditId, now, refusal }: Acting & { refusal?: string | undefined },
): Promise<boolean> {
  const column = refusal === undefined ? sql`approved_at` : sql`refused_at`;
  const [done] = await runBatch(db, [
    db.run(sql`UPDATE export_request SET ${column} = ${now.getTime()}, decided_by = ${officialId}
      WHERE id = ${one.id} AND needs_approval = 1 AND approved_at IS NULL AND refused_at IS NULL
        AND official_id NOT IN ${officesOf(officialId)}`),
    recordActIf(
      db,
      {
        ...{ id: auditId, actor, subjectId: one.id, unitCode: one.unitCode, recordedAt: now },
        act: refusal === undefined ? "approve-export" : "refuse-export",
        detail: `${one.kind} ${one.rows}`,
        sealed: refusal === undefined ? null : await privacy.seal({ text: refusal }, auditId, "audit"),
      },
      decidedNow(one.id, officialId, now),
    ),
  ]);
  return changes(done) > 0;
}

// Its own line is not written yet: of two clicks at one moment the second one changes nothing and leaves none.
const decidedNow = (id: string, officialId: string, now: Date): SQL => sql`
  SELECT 1 FROM export_request WHERE id = ${id} AND decided_by = ${officialId}
    AND coalesce(approved_at, refused_at) = ${now.getTime()}
    AND NOT EXISTS (SELECT 1 FROM audit WHERE subject_id = ${id} AND act IN ('approve-export', 'refuse-export'))`;

/**
 * Marks an export as taken, once, with its line in the history. @param since no older than this may be taken
 * @returns false when it was taken before, or is not to be taken
 */
export async function takeExport(
  { db }: Pick<Store, "db">,
  one: Pick<ExportRequest, "id" | "unitCode" | "kind" | "rows" | "masked" | "format">,
  { actor, officialId, auditId, now, since }: Acting & { since: Date },
): Promise<boolean> {
  const [done] = await runBatch(db, [
    db.run(sql`UPDATE export_request SET taken_at = ${now.getTime()}
      WHERE id = ${one.id} AND official_id = ${officialId} AND taken_at IS NULL AND refused_at IS NULL
        AND (needs_approval = 0 OR approved_at IS NOT NULL) AND coalesce(approved_at, recorded_at) > ${since.getTime()}`),
    recordActIf(
      db,
      {
        ...{ id: auditId, actor, subjectId: one.id, unitCode: one.unitCode, recordedAt: now },
        act: `take-export/${one.kind}`,
        detail: `${one.rows} ${one.format} ${one.masked ? "masked" : "open"}`,
      },
      sql`SELECT 1 FROM export_request WHERE id = ${one.id} AND taken_at = ${now.getTime()}
        AND NOT EXISTS (SELECT 1 FROM audit WHERE subject_id = ${one.id} AND act = ${`take-export/${one.kind}`})`,
    ),
  ]);
  return changes(done) > 0;
}

/** Why an export was refused, in the words of who did. */
export async function refusalOf({ db, privacy }: Store, id: string): Promise<string | undefined> {
  const [row] = await db.all<{ id: string; sealed: string | null }>(
    sql`SELECT id, sealed FROM audit WHERE subject_id = ${id} AND act = 'refuse-export' LIMIT 1`,
  );
  return row?.sealed ? (await privacy.open<{ text: string }>(row.sealed, row.id, "audit")).text : undefined;
}

async function opened({ db, privacy }: Store, rest: SQL): Promise<ExportRequest[]> {
  type Row = {
    [Name in keyof Omit<ExportRequest, "words" | "by" | "filter">]: ExportRequest[Name] extends Date
      ? number
      : ExportRequest[Name] extends Date | null
        ? number | null
        : ExportRequest[Name] extends boolean
          ? number
          : ExportRequest[Name];
  } & { filter: string; sealed: string | null; official: string; byUnit: string };
  const rows = await db.all<Row>(sql`
    SELECT e.id AS id, e.official_id AS officialId, e.unit_code AS unitCode, e.kind AS kind, e.format AS format,
      e.masked AS masked, e.filter AS filter, e.purpose AS purpose, e.sealed AS sealed, e.date AS date, e.rows AS rows,
      e.needs_approval AS needsApproval, e.recorded_at AS recordedAt, e.approved_at AS approvedAt,
      e.refused_at AS refusedAt, e.decided_by AS decidedBy, e.taken_at AS takenAt, o.sealed AS official,
      b.name AS byUnit, u.name AS unitName
    FROM export_request AS e CROSS JOIN official AS o ON o.id = e.official_id
      CROSS JOIN unit AS b ON b.code = o.unit_code CROSS JOIN unit AS u ON u.code = e.unit_code ${rest}`);
  const date = (at: number | null) => (at === null ? null : new Date(at));
  return Promise.all(
    rows.map(async ({ sealed, official, byUnit, filter, ...row }): Promise<ExportRequest> => {
      const [words, { name }] = await Promise.all([
        sealed ? privacy.open<{ text: string }>(sealed, row.id, "export") : { text: "" },
        privacy.open<OfficialDetails>(official, row.officialId, "official"),
      ]);
      return {
        ...row,
        masked: row.masked === 1,
        needsApproval: row.needsApproval === 1,
        filter: JSON.parse(filter),
        words: words.text,
        by: { name, unitName: byUnit },
        recordedAt: new Date(row.recordedAt),
        approvedAt: date(row.approvedAt),
        refusedAt: date(row.refusedAt),
        takenAt: date(row.takenAt),
      };
    }),
  );
}
