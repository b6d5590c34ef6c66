import { beforeEach, describe, expect, it } from "vitest";
import { createApiKey, keyRevocation } from "../../src/db/api-key.ts";
import { hashToken } from "../../src/db/privacy.ts";
import { runBatch } from "../../src/db/store.ts";
import type { PublicSummary } from "../../src/domain/public-summary.ts";
import type { Summary } from "../../src/domain/summary.ts";
import type { AppContext } from "../../src/http/factory.ts";
import { keptText } from "../../src/http/kept.ts";
import { submitRegistration } from "../../src/http/submit.ts";
import { LI, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { bashir, clientId, dawa, household } from "../support/cast.ts";
import { zero } from "../support/meter.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const DAY = "2026-01-25";
const FIRST = "511781100001";
const SECOND = "511781100002";
const THIRD = "511781101001";
const SCHOOL = "511781100S01";

let county: TestCounty;
let next = 0;
beforeEach(async () => {
  county = await openCounty(`${DAY}T08:00:00+08:00`);
  await seedUnits(county);
  await seedKeys(county);
  next = 0;
});

const at = (clock: string) => county.setNow(`${DAY}T${clock}:00+08:00`);
const asOf = (clock: string) => `?asOf=${DAY}T${clock}:00%2B08:00`;
const register = (unitCode: string, persons: Parameters<typeof household>[0], more = {}) =>
  submitRegistration(county.deps, {
    clientId: clientId(++next),
    values: household(persons, { unit: unitCode, arrivedAt: `${DAY}T00:00:00.000Z`, ...more }),
    door: "api",
    unitCode,
  });

describe("who may ask what", () => {
  it("Li sees her town and below, by default her town, and not the county", async () => {
    await register(FIRST, [dawa(), bashir()]);
    await register(THIRD, [bashir()]);
    const own = await county.fetch("/api/v1/summary", withKey(LI));
    expect(await own.json<Summary>()).toMatchObject({
      unit: { code: "511781100", name: "太平镇" },
      registered: { cumulative: 2 },
      byTown: [{ code: FIRST }, { code: SECOND }, { code: SCHOOL }],
    });
    expect(own.headers.get("Cache-Control")).toBe("private, no-store");
    expect((await county.fetch(`/api/v1/summary?unit=${FIRST}`, withKey(LI))).status).toBe(200);
    for (const unit of ["511781", "511781101", "51178110"])
      expect((await county.fetch(`/api/v1/summary?unit=${unit}`, withKey(LI))).status).toBe(403);
  });

  it("Wu's key for one grid opens no other grid whose code begins with it", async () => {
    const [own, other] = [`${FIRST}01`, `${FIRST}012`];
    const { db, d1, now } = county.deps;
    const insert = d1.prepare("INSERT INTO unit VALUES (?, '示例网格', 'grid', ?, ?, NULL)");
    await d1.batch(
      [own, other].map((code) => insert.bind(code, FIRST, Date.parse("2026-01-20T00:00:00+08:00"))),
    );
    const wu = "wu-sample-key-000000000";
    const made = await createApiKey(db, { key: wu, scope: own, label: "grid", recordedAt: now() });
    await runBatch(db, [made.statement]);
    const doors = [
      "summary",
      "series?indicator=tips.open",
      "data-value-sets",
      "situation-report?template=community",
    ];
    for (const door of doors) {
      const ask = (unit: string) =>
        county.fetch(`/api/v1/${door}${door.includes("?") ? "&" : "?"}unit=${unit}`, withKey(wu));
      expect([door, (await ask(own)).status, (await ask(other)).status]).toEqual([door, 200, 403]);
    }
  });

  it("a wrong key and a revoked key are refused, not answered as if there were none", async () => {
    for (const header of [
      "Bearer no-such-key-at-all-000",
      "Bearer",
      "Basic emhvdTp4",
      `Bearer ${ZHOU}x`,
      "",
    ]) {
      const answer = await county.fetch("/api/v1/summary", { headers: { Authorization: header } });
      expect(answer.status, header).toBe(401);
      expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
    }
    await keyRevocation(county.deps.db, await hashToken(ZHOU), county.deps.now());
    expect((await county.fetch("/api/v1/summary", withKey(ZHOU))).status).toBe(401);
  });

  it("a village's figures need a key and say so; an unknown unit is named", async () => {
    for (const unit of [FIRST, SCHOOL]) {
      const answer = await county.fetch(`/api/v1/summary?unit=${unit}`);
      expect([answer.status, (await answer.json<{ code: string }>()).code]).toEqual([401, "key-needed"]);
    }
    for (const unit of ["511781999", "999999", "x", "5117811000%00", "%F0%9F%98%80"]) {
      const answer = await county.fetch(`/api/v1/summary?unit=${unit}`);
      expect([answer.status, (await answer.json<{ code: string }>()).code]).toEqual([422, "unit-not-found"]);
    }
  });

  it("a moment before the county was entered is refused: unknown is not zero", async () => {
    for (const init of [undefined, withKey(ZHOU)]) {
      const answer = await county.fetch("/api/v1/summary?asOf=2026-01-19T12:00:00%2B08:00&lang=en", init);
      expect([answer.status, await answer.json()]).toMatchObject([
        422,
        { errors: [{ path: "asOf", code: "before-first-record" }] },
      ]);
    }
  });

  it.each([
    ...["2026-02-30T12:00:00%2B08:00", "2026-01-25T12:00:00", "2099-01-01T00:00:00Z", "noon", "%00"],
    // A leap second, more than 24:00, and two moments at once.
    ...[
      "2026-01-24T23:59:60%2B08:00",
      "2026-01-24T24:00:01%2B08:00",
      "2026-01-24T00:00:00Z&asOf=",
      "9".repeat(9000),
    ],
  ])("asOf=%s is refused by name, in the reader's language", async (moment) => {
    const answer = await county.fetch(`/api/v1/summary?asOf=${moment}`, {
      headers: { "Accept-Language": "zh-Hant" },
    });
    expect(answer.status).toBe(422);
    expect(answer.headers.get("Content-Language")).toBe("zh-Hant");
    expect(await answer.json()).toMatchObject({ code: "invalid", errors: [{ path: "asOf" }] });
  });
});

describe("what everybody may know", () => {
  const open = async (query = "") => (await county.fetch(`/api/v1/summary${query}`)).json<PublicSummary>();

  it("no count under five is printed, and asking town by town tells no more", async () => {
    at("09:00");
    for (let home = 0; home < 7; home++) await register(THIRD, [bashir()], { origin: "hubei" });
    await register(FIRST, [dawa()]);
    at("09:20");
    const all = await open();
    expect(all.registered).toMatchObject({ cumulative: 5, byOrigin: { wuhan: null, hubei: 5 } });
    expect(all.byTown.map((town) => town.registered.cumulative)).toEqual([null, 5]);
    for (const town of all.byTown)
      expect(await open(`?unit=${town.code}`)).toMatchObject({
        registered: { cumulative: town.registered.cumulative },
      });
    expect(JSON.stringify(all)).not.toContain("社区");
  });

  it("Mallory, asking as of every minute, never sees one person arrive", async () => {
    for (let minute = 10; minute < 22; minute++) {
      at(`09:${minute}`);
      await register(FIRST, [bashir()]);
    }
    at("10:00");
    const seen: number[] = [];
    for (let minute = 10; minute < 22; minute++)
      seen.push((await open(asOf(`09:${minute}`))).registered.cumulative ?? 0);
    // Asked to the minute, answered to the quarter of an hour.
    expect(seen).toEqual([0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 5, 5]);
  });

  it("asked as of 09:44:59.999 the public hears of 09:30, and the answer says so; Zhou hears exactly", async () => {
    at("09:40");
    for (let home = 0; home < 5; home++) await register(FIRST, [bashir()]);
    at("10:00");
    const query = `?asOf=${DAY}T09:44:59.999%2B08:00`;
    expect(await open(query)).toMatchObject({
      asOf: `${DAY}T09:30:00+08:00`,
      registered: { cumulative: null, window: { to: `${DAY}T09:30:00+08:00` } },
    });
    expect(await open(`${query}&unit=511781100`)).toMatchObject({ asOf: `${DAY}T09:30:00+08:00` });
    const full = await (await county.fetch(`/api/v1/summary${query}`, withKey(ZHOU))).json<Summary>();
    expect(full).toMatchObject({ asOf: `${DAY}T09:44:59.999+08:00`, registered: { cumulative: 5 } });
    county.setNow(`${DAY}T09:46:00+08:00`);
    expect(await open()).toMatchObject({ asOf: `${DAY}T09:45:00+08:00`, registered: { cumulative: 5 } });
  });

  it("in the first minute of a quarter the public hears of the one before: the last minute may not be in yet", async () => {
    at("09:29");
    for (let home = 0; home < 5; home++) await register(FIRST, [bashir()]);
    county.setNow(`${DAY}T09:30:59+08:00`);
    const before = { asOf: `${DAY}T09:15:00+08:00`, registered: { cumulative: null } };
    expect(await open()).toMatchObject(before);
    expect(await open(`?asOf=${DAY}T09:30:30%2B08:00`)).toMatchObject(before);
    at("09:31");
    expect(await open()).toMatchObject({
      asOf: `${DAY}T09:30:00+08:00`,
      registered: { cumulative: 5 },
    });
  });

  it("may be kept by caches until the next quarter is settled", async () => {
    at("12:10");
    const caching = async (query: string) =>
      (await county.fetch(`/api/v1/summary${query}`)).headers.get("Cache-Control");
    for (const query of ["", asOf("11:00"), "?unit=511781100"])
      expect(await caching(query)).toBe("public, max-age=360");
    at("12:15");
    expect(await caching("")).toBe("public, max-age=60");
    at("12:16");
    expect(await caching("")).toBe("public, max-age=900");
  });

  it("is made once for a thousand who ask, and never out of what a key was answered", async () => {
    at("09:00");
    for (let home = 0; home < 7; home++) await register(THIRD, [bashir()], { origin: "hubei" });
    at("09:20");
    await county.fetch("/api/v1/summary", withKey(ZHOU));
    zero(county.meter);
    const first = await (await county.fetch("/api/v1/summary")).text();
    expect(county.meter.batches).toBe(1);
    zero(county.meter);
    for (let asked = 1; asked < 1000; asked++) {
      const answer = await county.fetch("/api/v1/summary");
      if (asked % 100 === 0) expect(await answer.text()).toBe(first);
    }
    expect(county.meter).toMatchObject({ queries: 0, read: 0 });
    expect((await county.fetch("/api/v1/summary", withKey(ZHOU))).headers.get("Cache-Control")).toBe(
      "private, no-store",
    );
    expect(county.meter.batches).toBe(1);
  });

  it("is made once where a hundred ask at the same moment, and whoever made it may be gone", async () => {
    at("09:20");
    zero(county.meter);
    const ask = async () => (await county.fetch("/api/v1/summary")).text();
    const all = await Promise.all(Array.from({ length: 100 }, ask));
    expect([new Set(all).size, county.meter.batches]).toEqual([1, 1]);
    // The one who makes the next is cancelled on the way: nobody waits for it longer than a moment.
    at("09:40");
    const lost = { var: { deps: county.deps } } as AppContext;
    const key = `summary/511781/${Date.parse(`${DAY}T09:30:00+08:00`)}`;
    void keptText(lost, { key, seconds: 1 }, () => new Promise(() => undefined));
    expect(JSON.parse(await ask())).toMatchObject({ asOf: `${DAY}T09:30:00+08:00` });
    // What takes long is not made by everybody who has run out of patience: by one more at a time.
    let made = 0;
    const slow = async () => {
      made += 1;
      await new Promise((ready) => setTimeout(ready, 1000));
      return { text: "slow", keep: true };
    };
    const askSlow = () => keptText(lost, { key: "slow", seconds: 1 }, slow);
    const answers = await Promise.all(Array.from({ length: 20 }, askSlow));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(made).toBeLessThan(4);
  });

  it("is shared between isolates through the data centre's cache, and answers 304 out of it", async () => {
    at("09:20");
    const cache = await caches.open(`test-${crypto.randomUUID()}`);
    county.deps.cache = cache;
    const first = await county.fetch("/api/v1/summary");
    // Another isolate: another database object, another shelf.
    const other = { ...county.deps, d1: { ...county.deps.d1 } };
    Object.assign(county.deps, other);
    zero(county.meter);
    const second = await county.fetch("/api/v1/summary", {
      headers: { "If-None-Match": first.headers.get("ETag") ?? "" },
    });
    expect([second.status, county.meter.queries]).toEqual([304, 0]);
    expect(await (await county.fetch("/api/v1/summary")).text()).toBe(await first.text());
  });

  it("of a county that was opened a minute ago shows the present, and keeps nothing of it", async () => {
    await county.deps.d1
      .prepare("UPDATE unit SET recorded_at = ?")
      .bind(new Date(`${DAY}T08:00:30+08:00`).getTime())
      .run();
    at("08:01");
    const answer = await county.fetch("/api/v1/summary");
    expect(answer.headers.get("Cache-Control")).toBe("public, no-cache");
    expect(await answer.json()).toMatchObject({ asOf: `${DAY}T08:01:00+08:00` });
    at("08:02");
    expect(await open()).toMatchObject({ asOf: `${DAY}T08:02:00+08:00` });
  });
});
