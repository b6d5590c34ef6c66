import { type SQL, sql } from "drizzle-orm";
import { BOARD_KINDS, type BoardKind, type Found, type Open, type Reports, SOON } from "../domain/board.ts";
import type { Scope } from "../domain/office.ts";
import { DAY, MINUTE } from "../domain/time.ts";
import { endOf } from "./response.ts";
import { type Db, runBatch, type Statement } from "./store.ts";

/*
 * What the board is made from. A county's list is walked by kind and due time and a smaller subtree's unit by unit, so
 * that neither reads what is not due, nor what is another's; every list has an end.
 */
/** How far lists go: of each kind at first, of those that were asked for or had more, and of a small subtree. */
const FIRST = 21;
const DEEP = 201;
const NARROW = 28;
const HEADS = 10;
/** Kinds that are looked into further when there are more than the first, the gravest. */
const DEEPER = 2;
/** Units whose reports of today are counted. */
const UNITS = 600;
/** Of a county's missed readings those are looked at that were told of first at each step. */
const TOLD = 40;
const OBSERVED = 300;

/** Longer than this ago it can no longer be made up, or has lapsed. */
const REACH: Partial<Record<BoardKind, number>> = { "daily-report": 31 * DAY, roster: 8 * DAY };

export type BoardQuery = {
  scope: Scope;
  /** A county: lists are walked by kind. */
  wide: boolean;
  now: Date;
  /** The local day. */
  today: string;
  /** Until when lists look ahead. */
  until: Date;
  /** Counted and listed further. */
  kind?: BoardKind | undefined;
  /** When the steps of a missed reading were due, the last first. */
  steps: Date[];
};
export type BoardRows = {
  found: Partial<Record<BoardKind, Found>>;
  reports: Reports;
};

/** Everything open and due by `until` in a subtree, each list to its bound. */
export async function readBoard(db: Db, query: BoardQuery): Promise<BoardRows> {
  const { wide } = query;
  const first = (kind: BoardKind) => (!wide ? NARROW : kind === query.kind ? DEEP : FIRST);
  const [reports, ...lists] = (await runBatch(db, [
    reportsOf(db, query),
    ...LISTED.map((kind) => openOf(db, query, kind, first(kind))),
    ...missedOf(db, query),
  ])) as D1Result[];
  const found: BoardRows["found"] = {};
  LISTED.forEach((kind, at) => {
    found[kind] = { ...foundIn(lists[at] as D1Result<Row>, first(kind)), inOrder: inOrder(query, kind) };
  });
  const missed = lists.slice(LISTED.length);
  found["follow-up"] = wide
    ? toldIn(missed as D1Result<Row & { toldAt: number }>[], query.steps)
    : observedIn(missed[0] as D1Result<{ seen: number; rows: string }>);
  await goDeeper(db, query, found);
  return { found, reports: reportsIn(query, reports as D1Result<ReportSums>) };
}

/** Kinds that have a list of what is open; missed readings have none. */
const LISTED = BOARD_KINDS.filter((kind) => kind !== "follow-up");

/**
 * Where there is more than a list took: of a county the gravest kinds are counted further (a storm of reports is counted
 * by itself), of a smaller subtree the longest owed of each unit come in, for its list was taken unit by unit.
 */
async function goDeeper(db: Db, query: BoardQuery, found: BoardRows["found"]): Promise<void> {
  const bounded = LISTED.filter((kind) => found[kind]?.bounded);
  const more = query.wide
    ? bounded
        .filter((kind) => kind !== query.kind && kind !== "daily-report")
        .slice(0, query.kind ? 0 : DEEPER)
    : bounded.slice(0, DEEPER);
  if (more.length === 0) return;
  const lists = await runBatch(
    db,
    more.map((kind) => (query.wide ? openOf(db, query, kind, DEEP) : headsOf(db, query, kind))),
  );
  more.forEach((kind, at) => {
    const next = foundIn(lists[at] as D1Result<Row>, DEEP);
    const before = query.wide ? [] : (found[kind]?.rows ?? []);
    const rows = new Map([...before, ...next.rows].map((row) => [row.id, row]));
    found[kind] = {
      rows: [...rows.values()],
      bounded: next.bounded || !query.wide,
      inOrder: inOrder(query, kind),
    };
  });
}

type Row = Open & { alive: 0 | 1 };

const inOrder = ({ wide }: BoardQuery, kind: BoardKind) => wide && kind !== "roster";

const foundIn = ({ results }: D1Result<Row>, limit: number): Found => ({
  rows: results.filter(({ alive }) => alive === 1),
  bounded: results.length >= limit,
});

/** A subtree as a range of codes; a grid is itself alone. */
export const rangeOf = ({ scope }: Pick<BoardQuery, "scope">) => ({
  from: scope.code,
  to: scope.exact ? `${scope.code}!` : endOf(scope.code),
});

/** What is open of a kind and due by `until`: of a county the longest owed first (of the roster the newest), else by unit. */
function openOf(db: Db, query: BoardQuery, kind: BoardKind, limit: number): Statement {
  const { from, to } = rangeOf(query);
  return query.wide
    ? db.run(sql`
      SELECT ${COLUMNS}, ${aliveOf(kind)} AS alive FROM obligation AS b INDEXED BY obligation_open_by_kind
      WHERE ${openIn(query, kind)} AND b.unit_code >= ${from} AND b.unit_code < ${to}
      ORDER BY b.due_at ${sql.raw(kind === "roster" ? "DESC" : "")} LIMIT ${limit}`)
    : db.run(sql`
      SELECT ${COLUMNS}, ${aliveOf(kind)} AS alive FROM unit AS u
        CROSS JOIN obligation AS b INDEXED BY obligation_open_by_unit
          ON b.unit_code = u.code AND ${openIn(query, kind)}
      WHERE u.code >= ${from} AND u.code < ${to} LIMIT ${limit}`);
}

/** The longest owed of each unit. */
function headsOf(db: Db, query: BoardQuery, kind: BoardKind): Statement {
  const { from, to } = rangeOf(query);
  return db.run(sql`
    SELECT ${COLUMNS}, ${aliveOf(kind)} AS alive FROM unit AS u CROSS JOIN obligation AS b ON b.id IN (
      SELECT b.id FROM obligation AS b INDEXED BY obligation_open_by_unit
      WHERE b.unit_code = u.code AND ${openIn(query, kind)} ORDER BY b.due_at LIMIT ${HEADS})
    WHERE u.code >= ${from} AND u.code < ${to} LIMIT ${2 * NARROW}`);
}

const COLUMNS = sql.raw("b.id AS id, b.unit_code AS unitCode, b.due_at AS dueAt");

function openIn({ now, until }: BoardQuery, kind: BoardKind): SQL {
  const since = now.getTime() - (REACH[kind] ?? 10_000 * DAY);
  return sql`b.kind = ${kind} AND b.kind <> 'follow-up' AND b.met_at IS NULL AND b.excused_at IS NULL
    AND b.due_at > ${since} AND b.due_at <= ${until.getTime()}`;
}

/** Open as a row, but nobody's task: a gap that is over, somebody who is not to be released while the last reading is abnormal. */
const aliveOf = (kind: BoardKind): SQL =>
  kind === "roster"
    ? sql`NOT EXISTS (SELECT 1 FROM transition AS t WHERE t.obligation_id = b.id AND t.kind = 'lapse')`
    : kind === "release"
      ? sql`EXISTS (SELECT 1 FROM observation AS o WHERE o.id = substr(b.id, 9) AND o.ended_at IS NULL
          AND o.last_due_at IS NOT NULL)`
      : sql`1`;

/** Today's reports, and whose are overdue: one row read a unit. */
function reportsOf(db: Db, query: BoardQuery): Statement {
  const { from, to } = rangeOf(query);
  const day = `daily-report/${query.today}/`;
  const now = query.now.getTime();
  const waits = sql`met_at IS NULL AND excused_at IS NULL`;
  return db.run(sql`
    SELECT count(*) AS expected, total(met_at IS NOT NULL) AS reported,
      total(met_at IS NULL AND excused_at IS NOT NULL) AS excused,
      total(${waits} AND due_at > ${now} AND due_at <= ${now + SOON}) AS soon,
      json_group_array(unit_code) FILTER (WHERE ${waits} AND due_at <= ${now}) AS overdue
    FROM (SELECT unit_code, due_at, met_at, excused_at FROM obligation
      WHERE id >= ${day + from} AND id < ${day + to} LIMIT ${UNITS})`);
}

type ReportSums = Record<"expected" | "reported" | "excused" | "soon", number> & { overdue: string };

function reportsIn({ today }: BoardQuery, { results }: D1Result<ReportSums>): Reports {
  const { overdue, ...sums } = results[0] as ReportSums;
  return { ...sums, date: today, overdue: JSON.parse(overdue), bounded: sums.expected >= UNITS };
}

// Of a rolling obligation: the slot it is at has closed, and there is more to come.
const missed = (now: Date) =>
  sql`b.kind = 'follow-up' AND b.met_at IS NULL AND b.excused_at IS NULL AND b.next_due_at IS NOT NULL
    AND b.due_at <= ${now.getTime()}`;

/**
 * Missed readings. No index has them, for a reading must stay cheap: of a county those are found that sweeps told of, at
 * the moments that a step falls due; of a smaller subtree they are looked for among those under observation.
 */
function missedOf(db: Db, query: BoardQuery): Statement[] {
  const { from, to } = rangeOf(query);
  if (!query.wide)
    return [
      db.run(sql`
        SELECT count(*) AS seen, json_group_array(json_array(b.id, b.unit_code, b.due_at)) FILTER (WHERE b.id IS NOT NULL)
          AS rows
        FROM (SELECT id FROM observation WHERE ended_at IS NULL AND unit_code >= ${from} AND unit_code < ${to}
            LIMIT ${OBSERVED}) AS o
          LEFT JOIN obligation AS b ON b.id = 'follow-up/' || o.id AND ${missed(query.now)}`),
    ];
  return query.steps.map((step) =>
    db.run(sql`
      SELECT t.obligation_id AS id, b.unit_code AS unitCode, b.due_at AS dueAt, b.id IS NOT NULL AS alive,
        t.recorded_at AS toldAt
      FROM (SELECT obligation_id, recorded_at FROM transition INDEXED BY transition_told
          WHERE told <> '[]' AND (recorded_at, obligation_id) >= (${step.getTime()}, 'follow-up/')
          ORDER BY recorded_at, obligation_id LIMIT ${TOLD}) AS t
        LEFT JOIN obligation AS b ON b.id = t.obligation_id AND ${missed(query.now)}
          AND b.unit_code >= ${from} AND b.unit_code < ${to}`),
  );
}

/** Everybody is told at the first step, within a few sweeps: a list that goes on beyond them has all. */
function toldIn(lists: D1Result<Row & { toldAt: number }>[], steps: Date[]): Found {
  const rows = lists.flatMap(({ results }) => results).filter(({ alive }) => alive === 1);
  const first = lists.at(-1)?.results ?? [];
  const done = (steps.at(-1)?.getTime() ?? 0) + 30 * MINUTE;
  return {
    rows: [...new Map(rows.map((row) => [row.id, row])).values()],
    bounded: first.length >= TOLD && (first.at(-1)?.toldAt ?? 0) <= done,
  };
}

function observedIn({ results }: D1Result<{ seen: number; rows: string }>): Found {
  const [row] = results;
  const rows = JSON.parse(row?.rows ?? "[]") as [string, string, number][];
  return {
    rows: rows.map(([id, unitCode, dueAt]) => ({ id, unitCode, dueAt })),
    bounded: (row?.seen ?? 0) >= OBSERVED,
  };
}
