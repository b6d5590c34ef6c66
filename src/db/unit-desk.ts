import { type SQL, sql } from "drizzle-orm";
import type { Scope } from "../domain/office.ts";
import { KEPT_FOR } from "../domain/roster.ts";
import { type ReportState, reportState } from "../domain/unit-report.ts";
import { linkInUse } from "./link-desk.ts";
import type { CodeRange } from "./poster.ts";
import { REPORT_FORM } from "./report.ts";
import type { Db } from "./store.ts";
import type { UnitKind } from "./unit.ts";

/*
 * Units as the desk lists them: who would hear for each, and what stands.
 */
export type UnitRow = {
  code: string;
  name: string;
  kind: UnitKind;
  closedAt: Date | null;
  /** Contacts who would be told, up to MOST; and those given up. */
  reached: number;
  lost: number;
  /** Whether anybody of the level above would be told; true at the top. */
  aboveReached: boolean;
  /** Whether its own door has a link in use. */
  linked: boolean;
  officials: number;
  /** Whether it keeps a duty roster. */
  roster: boolean;
  /** Today's report; undefined where none is owed. */
  report: ReportState | undefined;
};

/** Contacts and officials are counted so far. */
export const MOST = 9;

/** A scope as a range of codes. A grid is itself alone. */
export const rangeOf = ({ code, exact }: Scope): CodeRange => ({
  from: code,
  to: code + (exact || code === "" ? "!" : "~"),
});

type Asked = { now: Date; today: string; limit: number; after?: string | undefined };
type Page = { rows: UnitRow[]; next?: string };

/** The open units directly below one, by code. */
export const listUnits = (db: Db, parent: string, asked: Asked): Promise<Page> =>
  page(
    db,
    sql`u.parent = ${parent} AND u.code > ${asked.after ?? ""} AND u.closed_at IS NULL`,
    asked,
    // Asked once, for they all have the same.
    sql`EXISTS (${hears(sql`${parent}`)})`,
  );

/** One unit alone, a closed one too. */
export const unitRow = async (
  db: Db,
  code: string,
  asked: Omit<Asked, "limit">,
): Promise<UnitRow | undefined> => (await page(db, sql`u.code = ${code}`, { ...asked, limit: 1 })).rows[0];

/**
 * Units of a scope whose name holds the text or whose code begins with it, by code. Reads a row of the tree for each
 * unit of the scope: there is no index of parts of names.
 */
export const searchUnits = (db: Db, range: CodeRange, text: string, asked: Asked): Promise<Page> =>
  page(
    db,
    sql`${within(range, asked)} AND (instr(u.name, ${text}) > 0 OR substr(u.code, 1, ${text.length}) = ${text.toUpperCase()})`,
    asked,
  );

/** Open units of a scope for whom nobody would be told anything: 没有人能收到. Reads two rows for each unit of the scope. */
export const listSilent = (db: Db, range: CodeRange, asked: Asked): Promise<Page> =>
  page(
    db,
    sql`${within(range, asked)} AND u.closed_at IS NULL AND NOT EXISTS (${hears(sql`u.code`)})`,
    asked,
  );

const within = ({ from, to }: CodeRange, { after }: Asked): SQL =>
  sql`u.code >= ${from} AND u.code < ${to} AND u.code > ${after ?? ""}`;

/** The contacts who are told what concerns a unit. */
const hears = (code: SQL): SQL => sql`
  SELECT 1 FROM contact AS c INDEXED BY contact_reachable WHERE c.unit_code = ${code} AND c.removed_at IS NULL
    AND c.unreachable_at IS NULL AND c.role NOT IN ('care', 'inspector')`;

async function page(
  db: Db,
  where: SQL,
  { now, today, limit }: Asked,
  above = sql`(u.parent IS NULL OR EXISTS (${hears(sql`u.parent`)}))`,
): Promise<Page> {
  const rows = await db.all<{
    code: string;
    name: string;
    kind: UnitKind;
    closedAt: number | null;
    reached: number;
    lost: number;
    aboveReached: 0 | 1;
    linked: 0 | 1;
    officials: number;
    roster: 0 | 1;
    dueAt: number | null;
    metAt: number | null;
    excusedAt: number | null;
  }>(sql`
    SELECT u.code AS code, u.name AS name, u.kind AS kind, u.closed_at AS closedAt,
      (SELECT count(*) FROM (${hears(sql`u.code`)} LIMIT ${MOST})) AS reached,
      (SELECT count(*) FROM (SELECT 1 FROM contact AS c INDEXED BY contact_unreachable WHERE c.unit_code = u.code
        AND c.unreachable_at IS NOT NULL AND c.removed_at IS NULL LIMIT ${MOST})) AS lost,
      ${above} AS aboveReached,
      EXISTS (SELECT 1 FROM link AS l WHERE l.unit_code = u.code AND l.purpose = 'unit' AND ${linkInUse(now)}) AS linked,
      (SELECT count(*) FROM (SELECT 1 FROM official INDEXED BY official_by_unit WHERE unit_code = u.code
        AND removed_at IS NULL LIMIT ${MOST})) AS officials,
      EXISTS (SELECT 1 FROM shift INDEXED BY shift_by_unit WHERE unit_code = u.code AND removed_at IS NULL
        AND ends_at > ${now.getTime() - KEPT_FOR}) AS roster,
      o.due_at AS dueAt, o.met_recorded_at AS metAt, o.excused_at AS excusedAt
    FROM (SELECT * FROM unit AS u WHERE ${where} ORDER BY u.code LIMIT ${limit + 1}) AS u
      LEFT JOIN obligation AS o ON o.id = ${`${REPORT_FORM}/${today}/`} || u.code
    ORDER BY u.code`);
  const shown = rows.slice(0, limit).map(({ dueAt, metAt, excusedAt, closedAt, ...row }) => ({
    ...row,
    closedAt: date(closedAt),
    aboveReached: row.aboveReached === 1,
    linked: row.linked === 1,
    roster: row.roster === 1,
    report:
      dueAt === null
        ? undefined
        : reportState(
            { dueAt: new Date(dueAt), firstRecordedAt: date(metAt), excusedAt: date(excusedAt) },
            now,
          ),
  }));
  const last = shown.at(-1);
  return { rows: shown, ...(rows.length > limit && last ? { next: last.code } : {}) };
}

const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
