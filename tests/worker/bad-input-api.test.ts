import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { countRows, post, seedKeys, ZHOU } from "../support/api.ts";
import { amina, bashir, clientId, household, wuTip } from "../support/cast.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/* Mallory sends whatever she likes to each door. She is told what is wrong, in her language, and leaves no row behind. */
let county: TestCounty;
beforeAll(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  await seedKeys(county);
});

const DOORS = ["/api/v1/registrations", "/api/v1/tips", "/api/v1/reports/511781100001/2026-01-25"] as const;
const LANGS = ["zh-Hans", "zh-Hant", "en"] as const;
const VALID: Record<(typeof DOORS)[number], Record<string, unknown>> = {
  "/api/v1/registrations": { clientId: clientId(1), ...household([amina(), bashir()]) },
  "/api/v1/tips": { clientId: clientId(2), ...wuTip() },
  "/api/v1/reports/511781100001/2026-01-25": {
    clientId: clientId(3),
    ...{ zero: false, returnees: 3, wuhan: 1, symptomatic: 0, visited: 20, reason: "示例", note: "示例" },
  },
};

type Fault = { status: number; code: string; title: string; errors?: { path: string; message: string }[] };

/** Sends it and expects a clear 4xx in the language asked for, with not a row more. */
async function refused(door: string, init: RequestInit, lang: string = "zh-Hans"): Promise<Fault> {
  const before = await countRows(county);
  const answer = await county.fetch(door, withHeaders(init, lang));
  const text = await answer.text();
  expect(answer.status, text).toBeGreaterThanOrEqual(400);
  expect(answer.status, text).toBeLessThan(500);
  expect(answer.headers.get("Content-Type")).toBe("application/problem+json; charset=utf-8");
  expect(answer.headers.get("Content-Language")).toBe(lang);
  expect(await countRows(county)).toEqual(before);
  const fault = JSON.parse(text) as Fault;
  expect(fault.title.length).toBeGreaterThan(2);
  return fault;
}
const withHeaders = (init: RequestInit, lang: string): RequestInit => ({
  ...init,
  headers: {
    Authorization: `Bearer ${ZHOU}`,
    "Accept-Language": lang,
    ...(init.headers as Record<string, string>),
  },
});
const paths = (fault: Fault) => (fault.errors ?? []).map(({ path }) => path);

describe.each(DOORS)("%s", (door) => {
  const valid = VALID[door];

  it.each([
    ["nothing", "", "malformed-json"],
    ["half an object", '{"clientId":', "malformed-json"],
    ["two objects", "{}{}", "malformed-json"],
    ["a comment", "{/* */}", "malformed-json"],
    ["a list", "[]", "malformed-json"],
    ["null", "null", "malformed-json"],
    ["a number", "1e999", "malformed-json"],
    ["a control character", '{"a":"\u0000"}', "malformed-json"],
    ["one key twice", '{"clientId":"a","\\u0063lientId":"b"}', "malformed-json"],
    ["a list as deep as it is long", "[".repeat(30_000) + "]".repeat(30_000), "malformed-json"],
    ["objects a hundred deep", `${'{"a":'.repeat(100)}1${"}".repeat(100)}`, "malformed-json"],
    ["one megabyte", JSON.stringify({ text: "x".repeat(1_000_000) }), "too-large"],
    ["no answer at all", "{}", "invalid"],
  ])("is sent %s", async (_, body, code) => {
    expect(await refused(door, post(body), "en")).toMatchObject({ code });
  });

  it("is sent a megabyte in pieces, without saying how much", async () => {
    const piece = new TextEncoder().encode("x".repeat(10_000));
    let left = 100;
    const body = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(piece);
        else controller.close();
      },
    });
    const init = { ...post(""), body, duplex: "half" } as RequestInit;
    expect(await refused(door, init)).toMatchObject({ status: 413, code: "too-large" });
  });

  it("is sent bytes that are no UTF-8", async () => {
    const init = { ...post(""), body: new Uint8Array([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]) };
    expect(await refused(door, init)).toMatchObject({ status: 400, code: "malformed-json" });
  });

  it.each(LANGS)("says what to mend in %s, the client id among it", async (lang) => {
    const fault = await refused(door, post({}), lang);
    expect(paths(fault)).toContain("clientId");
    expect(paths(fault).length).toBeGreaterThan(1);
    if (lang !== "en") expect(fault.errors?.[0]?.message).toMatch(/\p{Script=Han}/u);
    else for (const { message } of fault.errors ?? []) expect(message).not.toMatch(/\p{Script=Han}/u);
  });

  it("takes no client id but a UUID", async () => {
    for (const id of [undefined, null, 7, "", "1", "x".repeat(36), `${clientId(1)}0`, [clientId(1)], {}])
      expect(paths(await refused(door, post({ ...valid, clientId: id })))).toEqual(["clientId"]);
  });

  it("any JSON is answered, never with a fault of ours", async () => {
    const text = fc.string({ unit: "binary", maxLength: 20 });
    const value = fc.jsonValue({ maxDepth: 3, stringUnit: "binary" });
    const body = fc.oneof(
      value.map((any) => JSON.stringify(any)),
      fc.dictionary(text, value).map((any) => JSON.stringify(any)),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom(...LANGS), async (sent, lang) => {
        await refused(door, post(sent), lang);
      }),
      { numRuns: 25 },
    );
  });

  it("a valid body with one answer spoilt is taken or told which, and never stored in half", async () => {
    const spoilt = fc.oneof(
      fc.constantFrom(
        null,
        "",
        true,
        -1,
        1e21,
        0.1,
        [],
        {},
        "\u0000",
        "\ud800",
        "x\udc00",
        "\u202e",
        "2026-02-30",
      ),
      fc.constantFrom("2026-01-26T00:00:00+08:00", "9".repeat(400), "x".repeat(5000), [[[]]], {
        kind: "none",
        number: 1,
      }),
      fc.jsonValue({ maxDepth: 2, stringUnit: "binary" }),
    );
    const names = Object.keys(valid).filter((name) => name !== "clientId");
    let id = 1000;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), spoilt, async (name, value) => {
        const body = { ...valid, clientId: clientId(++id), [name]: value };
        const before = await countRows(county);
        const answer = await county.fetch(door, withHeaders(post(body), "zh-Hans"));
        const text = await answer.text();
        if (answer.status === 201) return;
        expect([400, 422], text).toContain(answer.status);
        expect(await countRows(county)).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a household", () => {
  const door = DOORS[0];
  const send = (more: object) => refused(door, post({ ...VALID[door], ...more }));

  it.each([
    ["lives in no known unit", { unit: "511781100999" }, ["unit"]],
    ["lives in a whole county", { unit: "511781" }, ["unit"]],
    ["left on a day that does not exist", { leftOn: "2026-02-30" }, ["leftOn"]],
    ["leaves tomorrow and is home today", { leftOn: "2026-01-26" }, ["leftOn", "arrivedAt"]],
    ["arrives tonight", { arrivedAt: "2026-01-25T20:00" }, ["arrivedAt"]],
    ["arrived on the 32nd", { arrivedAt: "2026-01-32T20:00" }, ["arrivedAt"]],
    ["came from the moon", { origin: "moon" }, ["origin"]],
    ["has no one in it", { persons: [] }, ["persons"]],
    ["is a word", { persons: "amina" }, ["persons"]],
    ["has a telephone of letters", { phone: "call me" }, ["phone"]],
    ["lives at half a surrogate", { address: "示例\ud83d" }, ["address"]],
    ["lives at a control character", { address: "示例\u0007" }, ["address"]],
  ])("that %s is told so", async (_, more, where) => {
    expect(paths(await send(more))).toEqual(where);
  });

  it("with a wrong check digit is told at which person", async () => {
    const wrong = amina({ document: { kind: "id_card", number: "110105194912310021" } });
    const [path] = paths(await send({ persons: [bashir(), wrong] }));
    expect(path).toMatch(/^persons\.1\.document/);
  });

  it("of ten thousand is too large, of twenty-one too many", async () => {
    const crowd = (size: number) => Array.from({ length: size }, () => ({ name: "示例" }));
    expect(await send({ persons: crowd(10_000) })).toMatchObject({ status: 413 });
    expect(paths(await send({ persons: crowd(21) }))).toEqual(["persons"]);
    // Short enough to be read: still told at once, not ten thousand times.
    expect(paths(await send({ persons: Array(10_000).fill(0) }))).toEqual(["persons"]);
  });

  it("with __proto__ and a constructor for keys is like any other with keys that mean nothing", async () => {
    const body = JSON.stringify({ ...VALID[door], clientId: clientId(9) }).replace(
      "{",
      '{"__proto__":{"unit":"511781"},"constructor":1,',
    );
    expect((await county.fetch(door, post(body))).status).toBe(201);
  });
});

it("any unit and any moment asked of the summary is answered, never with a fault of ours", async () => {
  const part = fc.string({ unit: "binary", maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(part, part, fc.boolean(), async (unit, asOf, key) => {
      const query = new URLSearchParams({ unit, asOf });
      const answer = await county.fetch(`/api/v1/summary?${query}`, key ? withHeaders({}, "en") : {});
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 60 },
  );
});

it("any path below the reports' door is answered, never with a fault of ours", async () => {
  const part = fc
    .string({ unit: "binary", minLength: 1, maxLength: 12 })
    .map((text) => encodeURIComponent(text));
  await fc.assert(
    fc.asyncProperty(part, part, async (unit, date) => {
      fc.pre(![".", ".."].includes(unit) && ![".", ".."].includes(date));
      await refused(`/api/v1/reports/${unit}/${date}`, post(VALID[DOORS[2]]), "en");
      await refused(`/api/v1/reports/511781100001/${date}`, post(VALID[DOORS[2]]), "en");
    }),
    { numRuns: 30 },
  );
});
