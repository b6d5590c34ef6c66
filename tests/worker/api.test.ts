import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.tsx";
import type { Bindings } from "../../src/env.ts";
import { countRows, LI, oweReports, post, seedKeys, ZHOU } from "../support/api.ts";
import { amina, bashir, chen, clientId, dawa, household, wuTip } from "../support/cast.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  await seedKeys(county);
});

const family = (id: number, more = {}) => ({
  clientId: clientId(id),
  ...household([amina(), dawa(), bashir({ returnee: false })], more),
});
const register = (body: unknown, headers = {}) => county.fetch("/api/v1/registrations", post(body, headers));
const tell = (body: unknown, headers = {}) => county.fetch("/api/v1/tips", post(body, headers));
const REPORT = "/api/v1/reports/511781100001/2026-01-25";
const report = (body: unknown, key = ZHOU, path = REPORT) =>
  county.fetch(path, post(body, { Authorization: `Bearer ${key}` }));
const zero = (id: number) => ({ clientId: clientId(id), zero: true });

describe("Amina's household registers by JSON", () => {
  it("and is told its case number, by when the village comes, and its own link, which opens", async () => {
    const answer = await register(family(1));
    expect(answer.status).toBe(201);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const receipt = await answer.json<{ personUrl: string }>();
    expect(receipt).toEqual({
      caseNumber: expect.stringMatching(/^WY-\d{4}-\d{4}$/),
      persons: 3,
      unit: "511781100001",
      recordedAt: "2026-01-25T10:00:00+08:00",
      verifyBy: "2026-01-25T12:00:00+08:00",
      personUrl: expect.stringMatching(/^https:\/\/baobei\.example\/p\/[\w-]{22}$/),
    });
    expect((await county.fetch(new URL(receipt.personUrl).pathname)).status).toBe(200);
  });

  it("sent again later, and in capitals, it is answered word for word and stored once", async () => {
    const first = await register(family(1));
    const stored = await countRows(county);
    county.setNow("2026-01-25T15:00:00+08:00");
    const again = await register({ ...family(1), clientId: clientId(1).toUpperCase() });
    expect([again.status, await again.text()]).toEqual([first.status, await first.text()]);
    expect(await countRows(county)).toEqual(stored);
    expect(stored).toMatchObject({ household: 1, person: 3, submission: 1, obligation: 1 });
  });

  it("the same client id with another address is refused with 409 and changes nothing", async () => {
    await register(family(1));
    const stored = await countRows(county);
    const other = await register(family(1, { address: "示例二组 3 号" }));
    expect([other.status, (await other.json<{ code: string }>()).code]).toEqual([409, "content-differs"]);
    expect(await countRows(county)).toEqual(stored);
  });

  it("twenty at once with one client id become one household", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => register(family(1))));
    const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())));
    expect([answers.every((answer) => answer.status === 201), bodies.size]).toEqual([true, 1]);
    expect(await countRows(county)).toMatchObject({ household: 1, person: 3 });
  });

  it("Chen at 37.3 °C is told the same as others, and the officials at once", async () => {
    const answer = await register({ clientId: clientId(2), ...household([chen()]) });
    expect(Object.keys(await answer.json<object>())).toEqual([
      ...["caseNumber", "persons", "unit", "recordedAt", "verifyBy", "personUrl"],
    ]);
    const urgent = await county.deps.d1.prepare("SELECT kind FROM transition").all();
    expect(urgent.results).toEqual([{ kind: "urgent" }]);
  });
});

describe("Wu leaves a tip by JSON", () => {
  it("and gets a number, a receipt code and the promised time; sent again, the same", async () => {
    const body = { clientId: clientId(1), ...wuTip() };
    const first = await tell(body);
    expect(first.status).toBe(201);
    const receipt = await first.json();
    expect(receipt).toEqual({
      tipNumber: expect.stringMatching(/^T-\d{4}-\d{4}$/),
      receiptCode: expect.stringMatching(/^\d{16}$/),
      unit: "511781100001",
      recordedAt: "2026-01-25T10:00:00+08:00",
      promisedBy: "2026-01-25T12:00:00+08:00",
    });
    county.setNow("2026-01-25T11:00:00+08:00");
    expect(await (await tell(body)).json()).toEqual(receipt);
    expect((await tell({ ...body, text: "另一条（示例线索）" })).status).toBe(409);
    expect(await countRows(county)).toMatchObject({ tip: 1, submission: 1 });
  });
});

describe("a unit reports by JSON", () => {
  it("zero in time, with a key whose scope has the unit; sent again, the same", async () => {
    await oweReports(county, "2026-01-25", ["511781100001"]);
    const first = await report(zero(1), LI);
    expect(first.status).toBe(201);
    const receipt = await first.json();
    expect(receipt).toMatchObject({
      unit: "511781100001",
      version: 1,
      zero: true,
      state: "on-time",
      corrected: false,
    });
    county.setNow("2026-01-25T17:00:00+08:00");
    expect(await (await report(zero(1), LI)).json()).toEqual(receipt);
  });

  it("a correction needs a reason, and is said to be one", async () => {
    await report(zero(1));
    const figures = { clientId: clientId(2), zero: false, returnees: 2, wuhan: 0, symptomatic: 0 };
    const bare = await report(figures);
    expect(await bare.json()).toMatchObject({ status: 422, errors: [{ path: "reason" }] });
    const corrected = await report({ ...figures, reason: "漏报两人（示例）" });
    expect(await corrected.json()).toMatchObject({ version: 2, corrected: true, counts: { returnees: 2 } });
  });

  it("no key, a wrong key, and a key of another town are refused before anything is read", async () => {
    const asks: [RequestInit, number][] = [
      [post(zero(1)), 401],
      [post(zero(1), { Authorization: "Bearer no-such-key-at-all-000" }), 401],
      [post("not json", { Authorization: `Bearer ${LI}` }), 403],
    ];
    for (const [init, status] of asks)
      expect((await county.fetch("/api/v1/reports/511781101001/2026-01-25", init)).status).toBe(status);
    expect(await countRows(county)).toMatchObject({ submission: 0, report: 0 });
  });

  it.each([
    ["511781100999", "2026-01-25", "unit-not-found"],
    ["511781zzz", "2026-01-25", "unit-not-found"],
    ["511781%00", "2026-01-25", "unit-not-found"],
    ["511781100001", "2026-01-26", "report-date"],
    ["511781100001", "2026-02-30", "report-date"],
    ["511781100001", "2025-01-25", "report-date"],
    ["511781100001", "today", "report-date"],
    ["511781", "2026-01-25", "not-reporting"],
  ])("/%s/%s is refused as %s", async (unit, date, code) => {
    const answer = await report(zero(1), ZHOU, `/api/v1/reports/${unit}/${date}`);
    expect([answer.status, (await answer.json<{ code: string }>()).code]).toEqual([422, code]);
    expect(await countRows(county)).toMatchObject({ submission: 0, report: 0, obligation: 0 });
  });
});

describe("what a program is told is meant for a program", () => {
  it("an address, a unit and a client id in words that fit, with nothing to choose and no page to reload", async () => {
    const said = async (answer: Response) => {
      const { title, errors = [] } = await answer.json<{ title: string; errors?: { message: string }[] }>();
      return [title, ...errors.map(({ message }) => message)];
    };
    expect(await said(await county.fetch("/api/v1/persons"))).toEqual(["没有这个接口"]);
    expect(await said(await county.fetch("/api/v1/summary?unit=511781999"))).toEqual(["没有这个单位代码"]);
    expect(await said(await register(family(1, { clientId: "1" })))).toContain("clientId 应为 UUID");
    expect(await said(await register(family(1, { unit: "511781100999" })))).toContain("没有这个单位代码");
    expect(await said(await tell({ ...family(1), clientId: 1 }))).toContain("clientId 应为 UUID");
  });
});

describe("at the edge", () => {
  it.each(["/registrations", "/tips", "/reports/511781100001/2026-01-25"])(
    "%s takes no other method and no other content type",
    async (door) => {
      for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
        const answer = await county.fetch(`/api/v1${door}`, { method });
        expect([answer.status, answer.headers.get("Allow"), answer.headers.get("Content-Type")]).toEqual([
          405,
          "POST",
          "application/problem+json; charset=utf-8",
        ]);
      }
      for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""]) {
        const answer = await county.fetch(`/api/v1${door}`, post(family(1), { "Content-Type": type }));
        expect([answer.status, (await answer.json<{ code: string }>()).code], type).toEqual([
          415,
          "wrong-content-type",
        ]);
      }
    },
  );

  it("the summary is read, never written, and there is nothing beside the doors", async () => {
    expect((await county.fetch("/api/v1/summary", { method: "POST" })).status).toBe(405);
    expect((await county.fetch("/api/v1/openapi.json", { method: "DELETE" })).status).toBe(405);
    expect((await county.fetch("/api/v1/persons")).status).toBe(404);
    expect((await county.fetch("/api/v2/summary")).status).toBe(404);
  });

  it("a burst is slowed with 429 and the seconds to wait, and nothing is stored", async () => {
    const app = createApp(async () => county.deps);
    const busy = { PER_ADDRESS: { limit: async () => ({ success: false }) } } as unknown as Bindings;
    const ask = new Request("https://baobei.example/api/v1/registrations", post(family(1)));
    const answer = await app.fetch(ask, busy);
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([429, "60"]);
    expect(await answer.json()).toMatchObject({ title: "请求太多，请 60 秒后再试" });
    expect(await countRows(county)).toMatchObject({ submission: 0 });
  });

  it("a fault speaks the reader's language", async () => {
    const title = async (header: string) => {
      const answer = await register("{", { "Accept-Language": header });
      return [answer.headers.get("Content-Language"), (await answer.json<{ title: string }>()).title];
    };
    expect(await title("en-GB")).toEqual(["en", "The body is not valid JSON"]);
    expect(await title("zh-TW,zh;q=0.8")).toEqual(["zh-Hant", "內容不是有效的 JSON"]);
    expect(await title("fr")).toEqual(["zh-Hans", "内容不是有效的 JSON"]);
  });
});
