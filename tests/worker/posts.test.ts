import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CAST, owe, seedCast } from "../support/alarm.ts";
import { fakeReceiver, SECRETS, URLS } from "../support/bots.ts";
import { type Asked, answers, enterGroup, minuteIn, openWorld, queue, type World } from "../support/group.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/*
 * Bots and webhooks as contacts of units, from what is overdue to what a group reads.
 */
const DAY = "2026-01-25";
const at = (clock: string) => new Date(`${DAY}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`);
const bashir = CAST.bashir.unitCode;
const hostOf = (kind: keyof typeof URLS) => new URL(URLS[kind]).host;
const BOTS = ["wecom", "dingtalk", "feishu"] as const;
/** As their makers publish them: so many in any so many milliseconds. */
const LIMITS = {
  wecom: [[20, 60_000]],
  dingtalk: [[20, 60_000]],
  feishu: [
    [100, 60_000],
    [5, 1000],
  ],
} as const;
let county: TestCounty;
let world: World;

beforeEach(async () => {
  county = await openCounty(at("10:00").toISOString());
  world = openWorld();
});
afterEach(() => {
  vi.useRealTimers();
});

const overdue = (unit: string, subject = DAY, due = "16:00") =>
  owe(county, "daily-report", unit, subject, at("00:00").toISOString(), at(due).toISOString());
const minute = (clock: string) => minuteIn(world, county, at(clock));
/** Lets a maker's own bot stand at its place. */
function standIn(kind: keyof typeof URLS) {
  const receiver = fakeReceiver(kind, () => world.wall);
  world.hosts.set(hostOf(kind), receiver.fetch);
  return receiver;
}

describe("a webhook of Bashir's village", () => {
  it("is verified by its owner with the library; a lost answer brings the same id and bytes, and counts once", async () => {
    await seedCast(county, []);
    await enterGroup(county, "hook", { unitCode: bashir, channel: "webhook" });
    await overdue(bashir);
    const got = new Map<string, unknown>();
    const library = new Webhook(SECRETS.webhook);
    world.hosts.set(
      hostOf("webhook"),
      answers(({ headers, body }) => {
        vi.useFakeTimers({ now: world.wall, toFake: ["Date"] });
        const payload = library.verify(body, Object.fromEntries(headers));
        vi.useRealTimers();
        got.set(headers.get("webhook-id") ?? "", payload);
        if (world.asked.length < 3) throw new TypeError("the line was cut behind the answer");
        return new Response(null, { status: 204 });
      }, world),
    );
    for (const clock of ["16:00", "16:01", "16:02", "16:03", "16:10"]) await minute(clock);
    expect(world.asked).toHaveLength(3);
    expect(got.size).toBe(1);
    const [first, ...again] = world.asked as [Asked, ...Asked[]];
    for (const one of again) {
      expect(one.body).toBe(first.body);
      expect(one.headers.get("webhook-id")).toBe(first.headers.get("webhook-id"));
      expect(one.headers.get("webhook-timestamp")).not.toBe(first.headers.get("webhook-timestamp"));
    }
    expect([...got.values()]).toMatchObject([
      { type: "baobei.alert", data: { unit: "示例二社区", groups: [{ tone: "overdue", total: 1 }] } },
    ]);
    expect(await queue(county)).toEqual([{ who: "hook", state: "sent", problem: null }]);
  });

  it("is unknown 23 hours after the first attempt, and never posted again by itself", async () => {
    await seedCast(county, []);
    await enterGroup(county, "hook", { unitCode: bashir, channel: "webhook" });
    await overdue(bashir);
    await minute("16:00");
    await minuteIn(world, county, new Date("2026-01-26T14:59:00+08:00"));
    expect(world.asked).toHaveLength(2);
    world.hosts.set(
      hostOf("webhook"),
      answers(() => new Response(), world),
    );
    await minuteIn(world, county, new Date("2026-01-26T15:30:00+08:00"));
    expect(world.asked).toHaveLength(2);
    expect(await queue(county)).toEqual([{ who: "hook", state: "unknown", problem: "key-expired" }]);
  });
});

describe("a group's bot", () => {
  it.each(BOTS)(
    "of %s is told in its maker's format: counts, case numbers, the alert's page; no person, no key of the unit",
    async (kind) => {
      await seedCast(county, []);
      await enterGroup(county, "group", { unitCode: bashir, channel: kind });
      const receiver = standIn(kind);
      await overdue(bashir);
      await owe(
        county,
        "registration",
        bashir,
        "WY-0217-4486",
        at("14:00").toISOString(),
        at("16:00").toISOString(),
      );
      await minute("16:01");
      expect(receiver.taken).toHaveLength(1);
      const text = receiver.taken[0]?.text ?? "";
      expect(text).toContain("WY-0217-4486");
      expect(text).toMatch(/https:\/\/baobei\.example\/a\/[\w-]+\.[\w-]{22}$/m);
      expect(text).not.toMatch(/baobei\.example\/[up]\/|示例群|sample\.example|1[3-9]\d{9}/);
      expect(await queue(county)).toEqual([{ who: "group", state: "sent", problem: null }]);
    },
  );

  it("hears everything that is ready as one message, whatever sweep it comes from", async () => {
    await seedCast(county, []);
    await enterGroup(county, "group", { unitCode: bashir, channel: "wecom" });
    const receiver = standIn("wecom");
    // The first post goes unanswered for a while; what is added meanwhile is not posted one by one.
    world.hosts.set(
      hostOf("wecom"),
      answers(() => new Response(null, { status: 503 }), world),
    );
    await overdue(bashir, "d0");
    await minute("16:00");
    for (let i = 1; i <= 4; i++) {
      await overdue(bashir, `d${i}`, `16:0${i}`);
      await minute(`16:0${i}`);
    }
    world.hosts.set(hostOf("wecom"), receiver.fetch);
    await minute("16:12");
    await minute("16:13");
    expect(receiver.taken.map(({ text }) => text.match(/^· /gm)?.length)).toEqual([1, 4]);
  });

  it("and a mailbox of the same unit both hear", async () => {
    await seedCast(county, ["bashir"]);
    await enterGroup(county, "group", { unitCode: bashir, channel: "feishu" });
    const receiver = standIn("feishu");
    await overdue(bashir, DAY, "15:59");
    await minute("16:01");
    expect(receiver.taken).toHaveLength(1);
    expect(world.mails.map(({ to }) => to)).toEqual([CAST.bashir.email]);
  });
});

describe("a burst of 500", () => {
  it.each([
    ["wecom", 2000],
    ["dingtalk", 2000],
    ["feishu", 150],
  ] as const)(
    "for %s keeps the bot's limits over all runs, and what its group is told adds up",
    async (kind, every) => {
      await seedUnits(county);
      // The group hears for 25 villages, too far apart for a storm; six reports more are missed each time the house runs.
      const villages = Array.from({ length: 25 }, (_, at) => `511781${100 + at}099`);
      const start = at("15:50").getTime();
      await manyOwed(villages, 500, (i) => start + Math.floor(i / 6) * every);
      for (const unitCode of villages)
        await enterGroup(county, `group-${unitCode}`, { unitCode, channel: kind });
      const { taken } = standIn(kind);
      const told = () => taken.reduce((sum, { text }) => sum + Number(/逾期 (\d+) 项/.exec(text)?.[1]), 0);
      for (let run = 0; run < 84; run++) await minuteIn(world, county, new Date(start + run * every));
      for (let minutes = 5; minutes < 20 && told() < 500; minutes++)
        await minuteIn(world, county, new Date(start + minutes * 60_000));
      expect(told()).toBe(500);
      const moments = world.asked.map((one) => one.at);
      // Nothing was throttled, so nothing was asked for twice.
      expect(moments).toHaveLength(taken.length);
      expect(moments.length).toBeGreaterThan(25);
      for (const [most, ms] of LIMITS[kind])
        for (let i = most; i < moments.length; i++)
          expect((moments[i] ?? 0) - (moments[i - most] ?? 0)).toBeGreaterThanOrEqual(ms);
      expect((await queue(county)).every(({ state }) => state === "sent")).toBe(true);
    },
    30_000,
  );
});

/** So many reports of these villages, in turn, each due at its own moment; in two statements. */
async function manyOwed(villages: string[], count: number, dueAt: (report: number) => number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => [
    `d${Math.floor(i / villages.length)}`,
    villages[i % villages.length],
    dueAt(i),
  ]);
  const { d1 } = county.deps;
  await d1.batch([
    d1
      .prepare(
        `INSERT INTO unit (code, name, kind, parent, recorded_at)
        SELECT value, '示例' || value, 'village', substr(value, 1, 9), 0 FROM json_each(?)`,
      )
      .bind(JSON.stringify(villages)),
    d1
      .prepare(
        `INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
        SELECT 'daily-report/' || (value ->> 0) || '/' || (value ->> 1), 'daily-report', value ->> 1, value ->> 0, 0,
          value ->> 2, value ->> 2, 0 FROM json_each(?)`,
      )
      .bind(JSON.stringify(rows)),
  ]);
}
