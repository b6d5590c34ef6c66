import { countInPieces, readFigures } from "../../src/db/figures.ts";
import { lastRun } from "../../src/db/rollup.ts";
import { countSeries } from "../../src/db/series.ts";
import { openDb, type Store } from "../../src/db/store.ts";
import { findUnit, type Unit } from "../../src/db/unit.ts";
import { dayOf, quarterOf } from "../../src/domain/as-of.ts";
import { findIndicator, type Indicator } from "../../src/domain/indicator.ts";
import { EDITION } from "../../src/domain/rollup.ts";
import { type By, readBuckets } from "../../src/domain/series.ts";
import { summarise } from "../../src/domain/summary.ts";
import { addDays, HOUR, localDate, MINUTE, momentOf } from "../../src/domain/time.ts";
import { parseSettings } from "../../src/env.ts";
import type { Deps } from "../../src/http/factory.ts";
import { rollUp } from "../../src/jobs/rollup.ts";
import { enterHistory, enterReports } from "../support/history.ts";
import { type Meter, metered, zero } from "../support/meter.ts";

/*
 * npm run bench -- --only figures: what a county's summary and series read, by D1's own count, with 1,000, 100,000 and
 * 1,000,000 persons and sixty days of history, out of the roll-up and by a recount; and what a roll-up costs.
 * `--sizes 1000,100000` takes other sizes.
 */
const ZONE = "Asia/Shanghai";
const COUNTY = "511781";
const DAYS = 60;

export async function figures(
  { d1, privacy, newId }: Store & { d1: D1Database; newId: () => string },
  sizes = [1_000, 100_000, 1_000_000],
): Promise<void> {
  // Ten past a quarter, so that the last one is settled.
  const now = new Date(quarterOf(new Date()).getTime() + 10 * MINUTE);
  const found = await d1
    .prepare("SELECT code FROM unit WHERE kind = 'village' ORDER BY code")
    .all<{ code: string }>();
  const villages = found.results.map(({ code }) => code);
  for (const table of ["reading", "observation", "person", "tip", "household", "report", "obligation"])
    await d1.exec(`DELETE FROM ${table}`);
  const entered = now.getTime() - (DAYS + 1) * 24 * 60 * MINUTE;
  await d1.exec(`UPDATE unit SET recorded_at = ${entered}`);
  const meter: Meter = { queries: 0, batches: 0, read: 0, written: 0 };
  const counting = metered(d1, meter);
  const settings = parseSettings({
    ...{ COUNTY_CODE: COUNTY, PUBLIC_URL: "http://127.0.0.1", MASTER_SECRET: "-".repeat(43), DEV: "1" },
  });
  const deps: Deps = { d1: counting, db: openDb(counting), privacy, settings, now: () => now, newId };
  const history = { villages, now, zone: ZONE, days: DAYS };
  await enterReports(d1, { ...history, homes: 0 });
  const table = new Map<string, string[]>();
  const cell = (what: string, text: string) => table.set(what, [...(table.get(what) ?? []), text]);
  const measured = async (what: string, work: () => Promise<unknown>) => {
    zero(meter);
    const begin = performance.now();
    await work();
    cell(what, `${thousands(meter.read)} (${(performance.now() - begin).toFixed(0)} ms)`);
  };
  let homes = 0;
  for (const size of sizes) {
    const more = Math.round(size / 2.5) - homes;
    const begin = performance.now();
    const persons = await enterHistory(d1, { ...history, homes: more, first: homes });
    homes += more;
    const readings = await d1.prepare("SELECT count(*) AS n FROM reading").first<{ n: number }>();
    console.log(
      `${thousands(persons)} persons over ${DAYS} days, ${thousands(readings?.n ?? 0)} readings (of the last two days), entered in ${((performance.now() - begin) / 1000).toFixed(0)} s`,
    );
    const county = (await findUnit(deps.db, COUNTY)) as Unit;
    await d1.exec("DELETE FROM rollup_run");
    await d1.exec("DELETE FROM rollup");
    for (const [what, look] of looks(deps, county, now)) await measured(`${what}, recount`, look);
    const asked = questionAt(now);
    await measured("summary, recount in pieces", () => countInPieces(deps.db, county, asked));
    await run(deps, { meter, cell, size });
    await copies(deps);
    for (const [what, look] of looks(deps, county, now)) await measured(`${what}, roll-up`, look);
    await measured("roll-up with nothing to do", () => rollUp(deps, now));
  }
  console.log(
    `\nThe roll-ups of earlier moments are copies of the last one, so that each unit has a row for each.\nrows read (time) of a county${"persons:".padStart(29)}${sizes.map((n) => thousands(n).padStart(24)).join("")}`,
  );
  for (const what of [...table.keys()].sort())
    console.log(
      `${what.padEnd(57)}${table
        .get(what)
        ?.map((text) => text.padStart(24))
        .join("")}`,
    );
}

/** One run, from its beginning until it is finished, as the cron takes it minute by minute. */
async function run(
  deps: Deps,
  { meter, cell, size }: { meter: Meter; cell: (what: string, text: string) => void; size: number },
): Promise<void> {
  // As on any day but the first: the midnights were taken, and what the last run cost is known.
  await deps.d1
    .prepare(`INSERT INTO rollup_run SELECT value, 0, '~', 0, ?, '${EDITION}' FROM json_each(?)`)
    .bind(size * 11, JSON.stringify(midnights(deps)))
    .run();
  zero(meter);
  const begin = performance.now();
  let minutes = 0;
  let longest = 0;
  for (let finished = 0; finished === 0; minutes++) {
    const minute = performance.now();
    finished = await rollUp(deps, deps.now());
    longest = Math.max(longest, performance.now() - minute);
  }
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  cell("~ a run, a quarter of an hour", `${thousands(meter.read)} (${seconds} s)`);
  cell("~ a run: minutes of the cron, the longest", `${minutes} (${(longest / 1000).toFixed(1)} s)`);
  cell("~ a run: rows written", thousands(meter.written));
}

const midnights = (deps: Deps): number[] =>
  Array.from({ length: DAYS + 1 }, (_, back) =>
    momentOf(addDays(localDate(deps.now(), ZONE), -back), "00:00", ZONE).getTime(),
  );

/** What the sixty days before would have brought: rows for each midnight and each hour of the last week. */
async function copies(deps: Deps): Promise<void> {
  const last = (await lastRun(deps.db))?.at.getTime() ?? 0;
  const hours = Array.from({ length: 168 }, (_, back) => last - (last % HOUR) - back * HOUR);
  const moments = JSON.stringify([...midnights(deps), ...hours].filter((at) => at < last));
  await deps.d1
    .prepare(`INSERT INTO rollup SELECT unit_code, m.value, figures FROM rollup, json_each(?) AS m
      WHERE at = ${last} ON CONFLICT DO NOTHING`)
    .bind(moments)
    .run();
  await deps.d1
    .prepare(
      `INSERT INTO rollup_run SELECT value, 0, '~', 0, 0, '${EDITION}' FROM json_each(?) WHERE 1 ON CONFLICT DO NOTHING`,
    )
    .bind(moments)
    .run();
}

function looks(deps: Deps, county: Unit, now: Date): [string, () => Promise<unknown>][] {
  const asOf = quarterOf(now);
  const question = questionAt(now);
  const midnight = dayOf(asOf, ZONE).from;
  const hour = new Date(asOf.getTime() - (asOf.getTime() % (60 * MINUTE)));
  const series = (id: string, by: By, until: Date) => () => {
    const from = by === "day" ? addDays(localDate(until, ZONE), -DAYS) : undefined;
    const { buckets } = readBuckets({ by, from, to: undefined }, { asOf: until, zone: ZONE, lang: "en" });
    return countSeries(deps.db, county, findIndicator(id) as Indicator, {
      ...{ buckets, asOf: until, since: county.recordedAt, zone: ZONE },
    });
  };
  return [
    ["summary", async () => summarise(await readFigures(deps.db, county, question), question)],
    ["registered.cumulative by day, 60 days", series("registered.cumulative", "day", midnight)],
    ["observation.observing by day, 60 days", series("observation.observing", "day", midnight)],
    ["registered.cumulative by hour, 24 hours", series("registered.cumulative", "hour", hour)],
    ["dailyReports.zero by day, 60 days (counted)", series("dailyReports.zero", "day", midnight)],
  ];
}

function questionAt(now: Date) {
  const asOf = quarterOf(now);
  return { asOf, ...dayOf(asOf, ZONE), zone: ZONE };
}

const thousands = (count: number) => count.toLocaleString("en");
