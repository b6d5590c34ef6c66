import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { MAX_QUERIES, sweepOverdue } from "../../src/jobs/sweep.ts";
import { enterGroup, openWorld, outletsOf } from "../support/group.ts";
import { zero } from "../support/meter.ts";
import { codesOf, enterTree, oweAtOnce } from "../support/scale.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

/*
 * A storm, small enough for the suite; `npm run bench` has the large one. What must hold is the same: D1's budgets, its
 * thousand queries an invocation, and one word for each recipient, however many runs it takes.
 */
const DUE = new Date("2026-01-25T23:00:00+08:00");
const tree = { towns: 10, villages: 250 };
/** What begins within a sweep's queries is finished: a page of a thousand units, five to be told in each. */
const LARGEST_PAGE = 75;
/** A day's reports for each day of a month's sleep, and gaps of the roster filled without having been met. */
const RARE = 33 + 50;
const minutesOn = (minutes: number) => new Date(DUE.getTime() + minutes * 60_000);
let county: TestCounty;

async function open(settings: Record<string, string> = {}): Promise<void> {
  county = await openCounty(DUE.toISOString(), settings);
  await enterTree(county.deps, county.deps.d1, tree);
}
beforeEach(() => open());
afterEach(() => {
  vi.restoreAllMocks();
});

const owe = (count: number, more: { first?: number; name?: string } = {}) =>
  oweAtOnce(county.deps.d1, tree, { name: "2026-01-25", count, due: DUE, ...more });

async function count(what: ReturnType<typeof sql>): Promise<number> {
  const [row] = await county.deps.db.all<{ n: number }>(sql`SELECT count(*) AS n FROM ${what}`);
  return row?.n ?? Number.NaN;
}

/** Drains until nothing is left. @returns the messages, and how many runs it took */
async function drained(): Promise<{ to: string[]; runs: number }> {
  const world = openWorld();
  let runs = 0;
  while ((await drainOutbox(county.deps, minutesOn(3), outletsOf(world))) > 0) runs += 1;
  return { to: world.mails.map(({ to }) => to), runs };
}

it("3,000 overdue at one minute: a few dozen queries, 8 rows each way for each, and each recipient hears once", async () => {
  await owe(3000);
  zero(county.meter);
  expect(await sweepOverdue(county.deps, DUE)).toBe(3000);
  expect(county.meter.queries).toBeLessThan(100);
  expect(county.meter.read).toBeLessThanOrEqual(8 * 3000);
  expect(county.meter.written).toBeLessThanOrEqual(8 * 3000);
  zero(county.meter);
  const { to, runs } = await drained();
  expect(county.meter.queries).toBeLessThan(200);
  expect(runs).toBe(1);
  // 250 villages: those who hear of reports, and the grid workers who hear of readings.
  expect([to.length, new Set(to).size]).toEqual([500, 500]);
  expect(await count(sql`alert`)).toBe(3000);
  expect(await count(sql`(SELECT DISTINCT obligation_id FROM alert)`)).toBe(3000);
});

it("what a run has no queries left for is the next one's: all are told, and none twice", async () => {
  await owe(3000);
  const moved: number[] = [];
  const world = openWorld();
  for (let run = 0; moved.at(-1) !== 0; run++) {
    zero(county.meter);
    moved.push(await sweepOverdue(county.deps, minutesOn(run), { maxQueries: 20 }));
    expect(county.meter.queries).toBeLessThan(20 + 30);
    await drainOutbox(county.deps, minutesOn(run), outletsOf(world));
  }
  expect(moved).toEqual([1000, 1000, 1000, 0]);
  expect(await count(sql`transition`)).toBe(3000);
  expect(await count(sql`alert`)).toBe(3000);
  expect(await count(sql`(SELECT DISTINCT obligation_id FROM alert)`)).toBe(3000);
  // One message a run and recipient.
  expect(new Set(world.mails.map(({ to }) => to)).size).toBe(500);
  expect(world.mails.length).toBeLessThanOrEqual(3 * 500);
});

it("words that pile up from run to run leave as one message for each recipient", async () => {
  await owe(2000);
  for (const run of [0, 1]) await sweepOverdue(county.deps, minutesOn(run), { maxQueries: 20 });
  expect(await count(sql`outbox`)).toBeGreaterThan(700);
  const { to } = await drained();
  expect([to.length, new Set(to).size]).toEqual([500, 500]);
});

it("the heaviest minute of the whole house stays within D1's thousand queries", async () => {
  await open({ RESEND_API_KEY: "re_sample", RESEND_BASE_URL: "https://mail.example.com" });
  const hooks = codesOf(tree)
    .slice(-30)
    .map(([unitCode]) => unitCode);
  for (const unitCode of hooks)
    await enterGroup(county, `hook-${unitCode}`, {
      unitCode,
      channel: "webhook",
      url: `https://hooks.example.com/${unitCode}`,
    });
  const asked: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    asked.push(new URL(url).host);
    if (!url.startsWith("https://mail.example.com/")) return new Response(null, { status: 204 });
    const mails = JSON.parse(String(init?.body)) as object[];
    return Response.json({ data: mails.map((_, at) => ({ id: `re_${asked.length}_${at}` })) });
  });
  await owe(3000);
  await sweepOverdue(county.deps, DUE);
  zero(county.meter);
  await runScheduled(county.deps, minutesOn(1));
  expect(asked.filter((host) => host === "hooks.example.com")).toHaveLength(20);
  expect(asked.filter((host) => host === "mail.example.com")).toHaveLength(6);
  expect(county.meter.queries + MAX_QUERIES + LARGEST_PAGE + RARE).toBeLessThan(1000);
}, 30_000);
