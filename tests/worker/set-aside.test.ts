import { type SQL, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { createPrivacy, UnknownKey } from "../../src/db/privacy.ts";
import { runBatch, type Statement } from "../../src/db/store.ts";
import { auditAlarms } from "../../src/jobs/audit.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { CAST, type CastName, owe, seedCast } from "../support/alarm.ts";
import { answers, enterGroup, minuteIn, openWorld, outletsOf, queue, type World } from "../support/group.ts";
import { enterTree, oweAtOnce } from "../support/scale.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

/*
 * What nobody can work on is set aside, with an alarm that stays until somebody has seen to it; it stops nobody else.
 */
const DAY = "2026-01-25";
const at = (clock: string) => new Date(`${DAY}T${clock}:00+08:00`);
const VILLAGERS: CastName[] = ["amina", "bashir", "wu"];
let county: TestCounty;
let world: World;

beforeEach(async () => {
  county = await openCounty(at("10:00").toISOString());
  world = openWorld();
});

const run = (statement: SQL) => runBatch(county.deps.db, [county.deps.db.run(statement) as Statement]);
const overdue = (name: CastName) =>
  owe(county, "daily-report", CAST[name].unitCode, DAY, at("00:00").toISOString(), at("16:00").toISOString());
const minute = (clock: string) => minuteIn(world, county, at(clock));
const told = () => world.mails.map(({ to }) => to.split("@")[0]).sort();
const letters = () =>
  county.deps.db.all<{ id: string; problem: string }>(
    sql`SELECT id, problem FROM dead_letter WHERE cleared_at IS NULL ORDER BY id`,
  );
const audited = (clock: string) => auditAlarms(county.deps, at(clock));

/** Another letter in the middle of what was sealed. */
const damage = (table: "contact" | "outbox_batch", id: string) =>
  run(sql`UPDATE ${sql.raw(table)} SET sealed = substr(sealed, 1, length(sealed) - 12) ||
    CASE substr(sealed, -12, 1) WHEN 'A' THEN 'B' ELSE 'A' END || substr(sealed, -11) WHERE id = ${id}`);

describe("a contact's card that does not open", () => {
  it("sets that one message aside; the others leave, and the town hears in its place", async () => {
    await seedCast(county, [...VILLAGERS, "li"]);
    for (const name of VILLAGERS) await overdue(name);
    await damage("contact", "bashir");
    await minute("16:00");
    expect(told()).toEqual(["amina", "wu"]);
    const [{ id, problem } = { id: "", problem: "" }, ...more] = await letters();
    expect([id, problem, more]).toEqual([
      expect.stringMatching(/^outbox\/digest\/.*\/bashir$/),
      "poison",
      [],
    ]);
    expect(await audited("16:00")).toMatchObject({ "dead-letter": 1 });
    await minute("16:01");
    expect(told()).toEqual(["amina", "li", "wu"]);
  });

  it("sets a bot's message aside just so, and mail leaves", async () => {
    await seedCast(county, ["amina", "li"]);
    await enterGroup(county, "group", { unitCode: CAST.bashir.unitCode, channel: "wecom" });
    for (const name of ["amina", "bashir"] as const) await overdue(name);
    await damage("contact", "group");
    await minute("16:00");
    await minute("16:01");
    expect(world.asked).toEqual([]);
    expect(told()).toEqual(["amina", "li"]);
    expect(await letters()).toHaveLength(1);
  });

  it("because it is under a key that nobody has holds back no others either", async () => {
    await seedCast(county, VILLAGERS);
    const stranger = await createPrivacy("c3RyYW5nZXItc2VjcmV0LW5ldmVyLXVzZWQtaW4tcHJvZA");
    const card = { name: "示例", email: CAST.bashir.email };
    await run(
      sql`UPDATE contact SET sealed = ${await stranger.seal(card, "bashir", "contact")} WHERE id = 'bashir'`,
    );
    for (const name of VILLAGERS) await overdue(name);
    await minute("16:00");
    expect(told()).toEqual(["amina", "wu"]);
    expect(await letters()).toMatchObject([{ problem: "poison" }]);
  });
});

it("a wrong MASTER_SECRET gives nothing up: under the right one everything leaves", async () => {
  await seedCast(county, VILLAGERS);
  await enterGroup(county, "group", { unitCode: CAST.bashir.unitCode, channel: "webhook" });
  for (const name of VILLAGERS) await overdue(name);
  const wrong = await createPrivacy("d3JvbmctdGVzdC1zZWNyZXQtbmV2ZXItdXNlZC1pbi1wcm8");
  const mistaken = { ...county.deps, privacy: wrong };
  await sweepOverdue(mistaken, at("16:00"));
  for (const clock of ["16:00", "16:06", "16:20"])
    await expect(drainOutbox(mistaken, at(clock), outletsOf(world))).rejects.toThrow(UnknownKey);
  expect((await queue(county)).map(({ state }) => state)).toEqual(Array(4).fill("sending"));
  expect(await letters()).toEqual([]);
  world.hosts.set(
    "hooks.example.com",
    answers(() => new Response(), world),
  );
  await drainOutbox(county.deps, at("16:26"), outletsOf(world));
  expect(told()).toEqual(["amina", "bashir", "wu"]);
  expect(world.asked).toHaveLength(1);
});

it("frozen bytes that do not open end their batch, unknown once they may have left; the next batch leaves", async () => {
  await seedCast(county, ["amina", "bashir"]);
  await overdue("amina");
  await sweepOverdue(county.deps, at("16:00"));
  const silent = {
    name: "test",
    send: async () => ({ kind: "later" as const, problem: "no-answer" }),
  };
  await drainOutbox(county.deps, at("16:00"), { ...outletsOf(world), channel: silent });
  const [batch] = await county.deps.db.all<{ id: string }>(sql`SELECT id FROM outbox_batch`);
  await damage("outbox_batch", batch?.id ?? "");
  await overdue("bashir");
  await minute("16:10");
  expect(told()).toEqual(["bashir"]);
  expect(await letters()).toEqual([{ id: `batch/${batch?.id}`, problem: "poison" }]);
  expect(await queue(county)).toContainEqual({ who: "amina", state: "unknown", problem: "poison" });
});

describe("something owed", () => {
  const tree = { towns: 2, villages: 40 };
  const bad = async () => {
    const [row] = await county.deps.db.all<{ id: string; unit: string }>(
      sql`SELECT id, unit_code AS unit FROM obligation WHERE kind = 'daily-report' ORDER BY id LIMIT 1 OFFSET 17`,
    );
    return row ?? { id: "", unit: "" };
  };
  const moved = async () => {
    const [row] = await county.deps.db.all<{ n: number }>(
      sql`SELECT count(*) AS n FROM transition WHERE told <> '[]'`,
    );
    return row?.n;
  };
  beforeEach(async () => {
    await enterTree(county.deps, county.deps.d1, tree);
    await oweAtOnce(county.deps.d1, tree, { name: DAY, count: 400, due: at("16:00") });
  });

  it("that cannot be planned, its moment being none, is set aside, and 399 others are told once", async () => {
    const { id } = await bad();
    await run(sql`UPDATE obligation SET due_at = 'yesterday' WHERE id = ${id}`);
    expect(await sweepOverdue(county.deps, at("16:00"))).toBe(400);
    expect(await moved()).toBe(399);
    expect(await letters()).toEqual([{ id: `obligation/${id}`, problem: "no-moment" }]);
    expect(await sweepOverdue(county.deps, at("16:01"))).toBe(0);
    expect(await audited("16:01")).toMatchObject({ "dead-letter": 1 });
  });

  it.each([
    ["cannot be recorded", "INSERT ON transition", "NEW.obligation_id"],
    ["cannot move", "UPDATE ON obligation", "NEW.next_due_at IS NOT NULL AND NEW.id"],
  ])(
    "that the database refuses, as it %s, is set aside, and 399 others are told once",
    async (_, on, what) => {
      const { id } = await bad();
      // D1 takes no parameters in a trigger; the id is our own.
      await county.deps.d1
        .prepare(
          `CREATE TRIGGER sample_refusal BEFORE ${on} WHEN ${what} = '${id}' BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: sample'); END`,
        )
        .run();
      for (const clock of ["16:00", "16:01"]) await sweepOverdue(county.deps, at(clock));
      expect(await moved()).toBe(399);
      expect(await letters()).toEqual([{ id: `obligation/${id}`, problem: "refused" }]);
      for (const clock of ["16:01", "16:02"]) await minute(clock);
      expect(new Set(told()).size).toBe(world.mails.length);
      const [about] = await county.deps.db.all<{ n: number; most: number }>(sql`
      SELECT count(*) AS n, max(times) AS most FROM (SELECT count(*) AS times FROM alert GROUP BY obligation_id)`);
      expect(about).toEqual({ n: 399, most: 1 });
    },
  );

  it("of a lot that the database refuses is narrowed down within the run's queries, and the next runs go on", async () => {
    await county.deps.d1
      .prepare(
        `CREATE TRIGGER sample_refusal BEFORE INSERT ON transition WHEN NEW.obligation_id LIKE 'follow-up/%5/%'
        BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: sample'); END`,
      )
      .run();
    let runs = 0;
    for (let left = 1; left > 0 && runs < 20; runs++) {
      county.meter.queries = 0;
      left = await sweepOverdue(county.deps, new Date(at("16:00").getTime() + runs * 60_000));
      expect(county.meter.queries).toBeLessThan(400);
    }
    expect((await letters()).length).toBe(36);
    expect(await moved()).toBe(400 - 36);
  }, 30_000);
});
