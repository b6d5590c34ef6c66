import { countFigures } from "../../src/db/summary.ts";
import { dayOf } from "../../src/domain/as-of.ts";
import { summarise } from "../../src/domain/summary.ts";
import type { Deps } from "../../src/http/factory.ts";
import { booksAt } from "./books.ts";
import { closesAt, minuteOf, momentAt } from "./clock.ts";
import { COUNTY, type County } from "./county.ts";
import { type Owed, owedBy } from "./ladder.ts";
import type { Options } from "./options.ts";
import { lastMinute } from "./script.ts";
import { owes, type Walked } from "./watched.ts";

/*
 * What stands in the database when all is over, against what the oracle says.
 */
export type Verdict = {
  owed: number;
  sent: number;
  wrong: string[];
  books: string[];
  missed: number;
  lapses: number;
};
type Row = Record<string, string | number | null>;

export async function checkAll(
  deps: Deps,
  walked: Walked,
  county: County,
  options: Options,
  cases: Map<string, string>,
): Promise<Verdict> {
  const owed = owedBy(walked, county);
  const [alerts, wrong] = await compareAlerts(deps, owed, cases);
  wrong.push(...(await compareLapses(deps, owed, cases)));
  const books = [
    ...(await compareBooks(deps, walked, options)),
    ...(await leftOver(deps, walked, options, cases)),
  ];
  const count = (list: Map<string, number>) => [...list.values()].reduce((sum, times) => sum + times, 0);
  return {
    owed: count(owed.alerts),
    sent: count(alerts),
    wrong,
    books,
    missed: owed.missed,
    lapses: owed.lapses.size,
  };
}

/** The case number in an id, as the household that the oracle knows. */
const renamed = (id: string, cases: Map<string, string>) =>
  id.replace(/WY-\d{4}-\d{4}/, (number) => cases.get(number) ?? number);

async function compareAlerts(
  { d1 }: Deps,
  owed: Owed,
  cases: Map<string, string>,
): Promise<[Map<string, number>, string[]]> {
  const found = new Map<string, number>();
  const pages = rowsOf(
    d1,
    `SELECT a.obligation_id AS id, a.due_at AS due, a.outbox_id AS outbox, a.kind AS kind, a.contact_id AS ear, a.recorded_at AS at, c.role AS role, c.unit_code AS unit, o.state AS state
     FROM alert AS a LEFT JOIN contact AS c ON c.id = a.contact_id LEFT JOIN outbox AS o ON o.id = a.outbox_id
     WHERE (a.obligation_id, a.due_at, a.outbox_id, a.kind) > (?1, ?2, ?3, ?4) ORDER BY a.obligation_id, a.due_at, a.outbox_id, a.kind LIMIT 10000`,
    ["", 0, "", ""],
    (row) => [row.id, row.due, row.outbox, row.kind] as (string | number)[],
  );
  const wrong: string[] = [];
  for await (const row of pages) {
    const ear = row.role === "care" ? `care/${row.unit}` : row.ear;
    const name = `${renamed(String(row.id), cases)}|${minuteOf(Number(row.due))}|${ear}|${row.kind}|${minuteOf(Number(row.at))}`;
    if (row.state === "sent") found.set(name, (found.get(name) ?? 0) + 1);
    else wrong.push(`${name} is ${row.state}`);
  }
  for (const [name, times] of owed.alerts) {
    const stands = found.get(name) ?? 0;
    if (stands < times) wrong.push(`${name} is owed and was not sent${stands ? " twice" : ""}`);
  }
  for (const [name, times] of found) {
    const due = owed.alerts.get(name) ?? 0;
    if (times > due) wrong.push(`${name} was sent${due ? " twice" : ""} and is not owed`);
  }
  return [found, wrong];
}

async function compareLapses({ d1 }: Deps, owed: Owed, cases: Map<string, string>): Promise<string[]> {
  const found = new Set<string>();
  const pages = rowsOf(
    d1,
    `SELECT obligation_id AS id, from_version AS version, owed_at AS due FROM transition
     WHERE kind = 'lapse' AND (obligation_id, from_version) > (?1, ?2) ORDER BY obligation_id, from_version LIMIT 10000`,
    ["", 0],
    (row) => [row.id, row.version] as (string | number)[],
  );
  for await (const row of pages) {
    const name = `${renamed(String(row.id), cases).replace("follow-up/", "")}|${slotClosing(minuteOf(Number(row.due)))}`;
    if (found.has(name)) return [`the lapse ${name} is kept twice`];
    found.add(name);
  }
  return [
    ...[...owed.lapses].filter((name) => !found.has(name)).map((name) => `the lapse ${name} is not kept`),
    ...[...found]
      .filter((name) => !owed.lapses.has(name))
      .map((name) => `the lapse ${name} is kept and was none`),
  ];
}

const slotClosing = (minute: number) => {
  const slot = Math.floor(minute / 1440) * 2;
  return closesAt(slot) === minute ? slot : slot + 1;
};

/** The summary as of the end and of some moments before, each against the oracle's books; sums against each other. */
async function compareBooks(deps: Deps, walked: Walked, options: Options): Promise<string[]> {
  const end = lastMinute(options);
  const moments = [1, 3, 5, 8, 11, 14].map((part) => Math.floor((end * part) / 15.3) + part * 37);
  const wrong: string[] = [];
  const unit = { code: COUNTY, name: "示例县", kind: "county" } as const;
  const zone = deps.settings.TIME_ZONE;
  for (const minute of [...moments, 12 * 1440, end]) {
    const asOf = momentAt(minute);
    const says = summarise(await countFigures(deps.db, unit, { asOf, ...dayOf(asOf, zone), zone }), {
      asOf,
      zone,
    });
    const { byKind, ...rest } = says.observation;
    const books = booksAt(walked, minute);
    const at = asOf.toISOString();
    for (const [name, should] of Object.entries(books.observation)) {
      const is = { ...rest, ...byKind }[name as "observing"];
      if (is !== should) wrong.push(`as of ${at} ${name} is ${is} and should be ${should}`);
    }
    const { cumulative, observing, released, transferred, closed } = says.observation;
    if (cumulative !== observing + released + transferred + closed)
      wrong.push(`as of ${at} the observations do not add up`);
    const slots = says.readings.slots.map(({ slot, expected, onTime, late, missed }) =>
      JSON.stringify({ slot, expected, onTime, late, missed }),
    );
    const should = books.slots.map((one) => JSON.stringify(one));
    if (slots.join() !== should.join())
      wrong.push(`as of ${at} the slots are ${slots.join()} and should be ${should.join()}`);
  }
  return wrong;
}

/** Nothing waits that nobody looks at: every follow-up stands on its next owed slot, and what is open is the oracle's. */
async function leftOver(
  { d1 }: Deps,
  { watched, debts, persons }: Walked,
  options: Options,
  cases: Map<string, string>,
): Promise<string[]> {
  const end = lastMinute(options);
  const wrong: string[] = [];
  const one = async (query: string) => Number((await d1.prepare(query).first<{ n: number }>())?.n);
  const asked: [string, number, string][] = [
    [
      "obligations stale",
      0,
      `SELECT COUNT(*) AS n FROM obligation WHERE next_due_at <= ${momentAt(end).getTime()}`,
    ],
    ["recoveries that wait", 0, "SELECT COUNT(*) AS n FROM transition WHERE sweep_id = ''"],
    [
      "messages that wait",
      0,
      "SELECT COUNT(*) AS n FROM outbox WHERE state NOT IN ('sent', 'cancelled', 'merged')",
    ],
    ["persons", persons, "SELECT COUNT(*) AS n FROM person"],
    ["observations", watched.size, "SELECT COUNT(*) AS n FROM observation"],
    [
      "readings",
      [...watched.values()].reduce(
        (sum, { slots }) => [...slots.values()].reduce((n, { more }) => n + 1 + (more?.length ?? 0), sum),
        0,
      ),
      "SELECT COUNT(*) AS n FROM reading",
    ],
    [
      "things still open",
      [...debts.values()].filter(({ metKey }) => metKey === Infinity).length,
      "SELECT COUNT(*) AS n FROM obligation WHERE met_at IS NULL AND kind NOT IN ('follow-up', 'release')",
    ],
    [
      "observations open",
      [...watched.values()].filter(({ ending }) => !ending).length,
      "SELECT COUNT(*) AS n FROM obligation WHERE met_at IS NULL AND kind = 'release'",
    ],
  ];
  for (const [what, should, query] of asked) {
    const is = await one(query);
    if (is !== should) wrong.push(`${what}: ${is}, should be ${should}`);
  }
  const pages = rowsOf(
    d1,
    "SELECT id, due_at AS due, next_due_at AS next, met_at AS met FROM obligation WHERE kind = 'follow-up' AND id > ?1 ORDER BY id LIMIT 10000",
    [""],
    (row) => [row.id] as string[],
  );
  for await (const row of pages) {
    const person = watched.get(renamed(String(row.id), cases).replace("follow-up/", ""));
    if (!person || (row.met === null) !== (person.ending === undefined))
      wrong.push(`${row.id} is met and should not be, or the other way round`);
    else if (row.met === null) {
      let slot = person.first;
      while (closesAt(slot + 1) <= end || person.slots.has(slot)) slot += 1;
      // Whoever is still kept for a fever at the end owes the slots to come.
      const waits = owes(person, slot) && (slot <= person.last || person.isHeld);
      if ((row.next !== null) !== waits)
        wrong.push(`${row.id} ${waits ? "should wait" : "waits"} for slot ${slot}`);
    }
  }
  return wrong;
}

/** Rows in the order of a key, some thousands at a time. */
async function* rowsOf(
  d1: D1Database,
  query: string,
  from: (string | number)[],
  keyOf: (row: Row) => (string | number)[],
) {
  for (let key = from; ; ) {
    const { results } = await d1
      .prepare(query)
      .bind(...key)
      .all<Row>();
    yield* results;
    const last = results.at(-1);
    if (!last) return;
    key = keyOf(last);
  }
}
