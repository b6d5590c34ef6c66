import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PostKind } from "../../src/channels/channel.ts";
import { CAST, enter, owe, seedCast } from "../support/alarm.ts";
import { fakeReceiver, URLS } from "../support/bots.ts";
import { answers, enterGroup, minuteIn, openWorld, queue, type World } from "../support/group.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

/*
 * Receivers that behave badly, as somebody on duty would want it: given up where nothing will mend it, and then whoever
 * stands in hears at once; asked again where it may; and nobody else waits for it.
 */
const DAY = "2026-01-25";
const at = (clock: string) => new Date(`${DAY}T${clock}:00+08:00`);
const bashir = CAST.bashir.unitCode;
const hostOf = (kind: PostKind) => new URL(URLS[kind]).host;
let county: TestCounty;
let world: World;

beforeEach(async () => {
  county = await openCounty(at("10:00").toISOString());
  world = openWorld();
  await seedCast(county, ["li", "zhou"]);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const overdue = (unit: string, subject = DAY) =>
  owe(county, "daily-report", unit, subject, at("00:00").toISOString(), at("16:00").toISOString());
const minute = (clock: string) => minuteIn(world, county, at(clock));
const told = () => world.mails.map(({ to }) => to.split("@")[0]);
const lost = () =>
  county.deps.db.all(sql`SELECT id, unreachable_why AS why FROM contact WHERE unreachable_at IS NOT NULL`);

const GIVEN_UP: [name: string, kind: PostKind, answer: () => Response, problem: string][] = [
  ["says 200 and that it was switched off", "wecom", () => Response.json({ errcode: 93004 }), "bot-93004"],
  [
    "says 200 and that the signature is wrong",
    "dingtalk",
    () => Response.json({ errcode: 310000 }),
    "bot-310000",
  ],
  ["says 200 and that its address is gone", "feishu", () => Response.json({ code: 19001 }), "bot-19001"],
  [
    "redirects",
    "webhook",
    () => new Response(null, { status: 302, headers: { location: "https://elsewhere.example.com/" } }),
    "redirect",
  ],
  ["is not found", "wecom", () => new Response("<html>404</html>", { status: 404 }), "http-404"],
  ["is gone", "webhook", () => new Response(null, { status: 410 }), "http-410"],
];
describe("a receiver that will never take it is given up, and the town hears at once:", () => {
  it.each(GIVEN_UP)("it %s (%s)", async (_, kind, answer, problem) => {
    await enterGroup(county, "group", { unitCode: bashir, channel: kind });
    world.hosts.set(hostOf(kind), answers(answer, world));
    await overdue(bashir);
    await minute("15:59");
    await minute("16:01");
    expect(world.asked).toHaveLength(1);
    expect(await lost()).toEqual([{ id: "group", why: problem }]);
    expect(told()).toEqual([]);
    await minute("16:02");
    expect(told()).toEqual(["li"]);
    expect(await queue(county)).toEqual([
      { who: "group", state: "failed", problem },
      { who: "li", state: "sent", problem: null },
    ]);
    // The county an hour and a half after the due moment, as ever; the group no more.
    for (const clock of ["16:31", "17:29", "17:31", "18:40"]) await minute(clock);
    expect(told()).toEqual(["li", "zhou"]);
    await overdue(bashir, "next");
    await minute("18:41");
    expect(world.asked).toHaveLength(1);
  });

  it("unless a mailbox of the unit was told too: then the ladder keeps its hours", async () => {
    await enter(county, "bashir", CAST.bashir);
    await enterGroup(county, "group", { unitCode: bashir, channel: "wecom" });
    world.hosts.set(
      hostOf("wecom"),
      answers(() => new Response(null, { status: 404 }), world),
    );
    await overdue(bashir);
    await minute("16:00");
    await minute("16:01");
    expect(told()).toEqual(["bashir"]);
    await minute("16:30");
    expect(told()).toEqual(["bashir", "li"]);
  });
});

const LATER: [name: string, kind: PostKind, answer: () => Response | Promise<Response>, problem: string][] = [
  ["a page", "wecom", () => new Response("<html><title>登录</title></html>"), "not-json"],
  ["10 MB", "feishu", () => new Response(megabytes(10)), "not-json"],
  ["a code nobody published", "dingtalk", () => Response.json({ errcode: 987654 }), "bot-987654"],
  ["that it is too busy", "wecom", () => Response.json({ errcode: 45009 }), "bot-45009"],
  ["a server's fault", "webhook", () => new Response(null, { status: 503 }), "http-503"],
  ["nothing, for ever", "dingtalk", () => new Promise<Response>(() => {}), "timeout"],
];
describe("a receiver that may mend is asked again until it takes it: it answers", () => {
  it.each(LATER)("%s (%s)", async (_, kind, answer, problem) => {
    const { timeout } = AbortSignal;
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout.call(AbortSignal, 50));
    await enterGroup(county, "group", { unitCode: bashir, channel: kind });
    const ill = answers(answer, world);
    // As fetch does: the signal ends the wait.
    world.hosts.set(hostOf(kind), (input, init) =>
      Promise.race([
        ill(input, init),
        new Promise<Response>((_, reject) => {
          const stop = () => reject(new Error("aborted"));
          init?.signal?.addEventListener("abort", stop);
        }),
      ]),
    );
    await overdue(bashir);
    await minute("16:01");
    expect(await county.deps.db.all(sql`SELECT state, problem FROM outbox_batch`)).toEqual([
      { state: "frozen", problem },
    ]);
    expect(await lost()).toEqual([]);
    const receiver = fakeReceiver(kind, () => world.wall);
    world.hosts.set(hostOf(kind), kind === "webhook" ? answers(() => new Response(), world) : receiver.fetch);
    for (const clock of ["16:02", "16:03", "16:04", "16:31"]) await minute(clock);
    expect(world.asked).toHaveLength(2);
    expect((await queue(county)).filter(({ who }) => who === "group")).toEqual([
      { who: "group", state: "sent", problem: null },
    ]);
    // Silence of the group is no silence of the unit's town: the ladder climbs all the same.
    expect(told()).toEqual(["li"]);
  });
});

const megabytes = (count: number) => {
  let left = count;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(1024 * 1024).fill(120));
      left -= 1;
      if (left === 0) controller.close();
    },
  });
};

describe("a webhook on a private address", () => {
  const targets = [
    "https://127.0.0.1/hook",
    "https://10.1.2.3/hook",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/hook",
    "https://intranet.local/hook",
  ];
  it.each(targets)("is never posted to, and the ladder goes on: %s", async (url) => {
    await enterGroup(county, "group", { unitCode: bashir, channel: "webhook", url });
    await overdue(bashir);
    await minute("16:00");
    await minute("16:01");
    expect(world.asked).toEqual([]);
    expect(await lost()).toEqual([{ id: "group", why: "target-private" }]);
    expect(told()).toEqual(["li"]);
    expect(JSON.stringify(await queue(county))).not.toContain(new URL(url).host);
  });

  it("is posted to where the setting allows it, as on one machine", async () => {
    county = await openCounty(at("10:00").toISOString(), { ALLOW_PRIVATE_TARGETS: "1" });
    await seedCast(county, ["li"]);
    const url = "http://127.0.0.1:8080/hook";
    await enterGroup(county, "group", { unitCode: bashir, channel: "webhook", url });
    world.hosts.set(
      "127.0.0.1:8080",
      answers(() => new Response(), world),
    );
    await overdue(bashir);
    await minute("16:00");
    expect(world.asked.map((one) => one.url)).toEqual([url]);
    expect(await queue(county)).toEqual([{ who: "group", state: "sent", problem: null }]);
  });
});

it("one dead bot stops neither mail nor the bots of others, minute after minute", async () => {
  const amina = CAST.amina.unitCode;
  const wu = CAST.wu.unitCode;
  await enter(county, "amina", CAST.amina);
  await enterGroup(county, "dead", { unitCode: bashir, channel: "wecom" });
  await enterGroup(county, "alive", { unitCode: amina, channel: "dingtalk" });
  await enterGroup(county, "other", { unitCode: wu, channel: "feishu" });
  const dingtalk = fakeReceiver("dingtalk", () => world.wall);
  const feishu = fakeReceiver("feishu", () => world.wall);
  world.hosts.set(hostOf("dingtalk"), dingtalk.fetch);
  world.hosts.set(hostOf("feishu"), feishu.fetch);
  for (let round = 1; round <= 5; round++) {
    for (const unit of [bashir, amina, wu]) await overdue(unit, `day-${round}`);
    await minute(`16:0${round}`);
    expect([dingtalk.taken.length, feishu.taken.length]).toEqual([round, round]);
    expect(told()).toEqual(Array(round).fill("amina"));
  }
  expect((await queue(county)).filter(({ who }) => who === "dead")).toMatchObject(
    ["sending", "ready", "ready", "ready", "ready"].map((state) => ({ state })),
  );
});
