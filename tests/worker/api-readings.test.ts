import { beforeEach, describe, expect, it } from "vitest";
import { linkToken, revokeLink } from "../../src/db/link.ts";
import { submitRegistration, verifyHousehold } from "../../src/http/submit.ts";
import { countRows, LI, post, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { amina, bashir, clientId, household } from "../support/cast.ts";
import { freshId, observe, VILLAGE } from "../support/follow-up.ts";
import { rowsOf } from "../support/records.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
let person: string;
let other: string;
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  await seedKeys(county);
  person = `${await observe(county, [amina()])}-1`;
  other = `${await observe(county, [bashir()], { unit: "511781101001" })}-1`;
});

type Answer = {
  code: string;
  title: string;
  errors?: { path: string; code: string; message: string }[];
  results: {
    clientId: string;
    status: number;
    receipt?: object;
    problem?: { code: string; title: string };
  }[];
};
const send = async (body: unknown, headers: Record<string, string> = withKey(ZHOU).headers) => {
  const answer = await county.fetch("/api/v1/readings", post(body, headers));
  return { status: answer.status, body: await answer.json<Answer>() };
};
const reading = (more: object = {}) => ({
  ...{ clientId: freshId(), person, temperature: 36.5, symptoms: false, needsHelp: false },
  ...more,
});
const stored = async () => [(await rowsOf(county, "reading")).length, await countRows(county)];

describe("a program sends a reading", () => {
  it("and gets its receipt, the same again for the same submission", async () => {
    const body = reading();
    const first = await send(body);
    expect(first).toEqual({
      status: 201,
      body: {
        ...{ person, slot: "2026-01-25/morning", late: false, abnormal: false, version: 1, corrected: false },
        recordedAt: "2026-01-25T10:00:00+08:00",
      },
    });
    expect(await send(body)).toEqual(first);
    expect(await send({ ...body, temperature: 36.6 })).toMatchObject({
      status: 409,
      body: { code: "content-differs" },
    });
  });

  it("in full-width digits, which are digits", async () => {
    expect((await send(reading({ temperature: "３６．８" }))).status).toBe(201);
    expect((await rowsOf(county, "reading"))[0]?.temperature).toBe(368);
  });

  it("of the town's own key only for people of the town", async () => {
    expect((await send(reading(), withKey(LI).headers)).status).toBe(201);
    const elsewhere = await send(reading({ person: other }), withKey(LI).headers);
    expect(elsewhere).toMatchObject({ status: 404, body: { code: "person-not-found" } });
    expect((await send(reading({ person: other }))).status).toBe(201);
  });
});

describe("each is a clear 4xx in the reader's language, and nothing is half-written", () => {
  it.each([
    [{ temperature: 25 }, "temperature", "range"],
    [{ temperature: 45 }, "temperature", "range"],
    [{ temperature: "发烧" }, "temperature", "type"],
    [{ temperature: null }, "temperature", "required"],
    [{ temperature: [36.5] }, "temperature", "type"],
    [{ temperature: 36.55 }, "temperature", "format"],
    [{ symptoms: undefined }, "symptoms", "required"],
    [{ needsHelp: "maybe" }, "needsHelp", "choice"],
    [{ symptoms: true, symptomText: "\u0000" }, "symptomText", "characters"],
    [{ symptoms: true, symptomText: "\ud800" }, "symptomText", "characters"],
    [{ takenAt: "2026-01-25T10:05:00+08:00" }, "takenAt", "future"],
    [{ takenAt: "2026-02-30T10:05" }, "takenAt", "format"],
    [{ takenAt: 5 }, "takenAt", "format"],
    [{ takenAt: "2026-01-23T10:00" }, "slot", "too-late"],
    [{ slot: "2026-01-23/morning" }, "slot", "too-late"],
    [{ slot: "2026-01-25/evening" }, "slot", "not-yet"],
    [{ slot: "now" }, "slot", "format"],
    [{ slot: 3 }, "slot", "format"],
    [{ person: "张三" }, "person", "format"],
    [{ person: ["WY-0217-4486-1"] }, "person", "format"],
    [{ clientId: "1" }, "clientId", "uuid"],
  ])("%j", async (more, path, code) => {
    const before = await stored();
    const answers = [];
    for (const lang of ["zh-Hans", "en"]) {
      const { status, body } = await send(reading(more), {
        ...withKey(ZHOU).headers,
        "Accept-Language": lang,
      });
      expect(status).toBe(422);
      expect(body.errors).toEqual([expect.objectContaining({ path, code })]);
      answers.push(body.title);
    }
    expect(answers[0]).not.toBe(answers[1]);
    expect(await stored()).toEqual(before);
  });

  it("a client id that is none, named alike alone and in a list", async () => {
    const bad = reading({ clientId: "1" });
    const words = [{ path: "clientId", code: "uuid", message: "clientId 应为 UUID" }];
    expect((await send(bad)).body.errors).toEqual(words);
    expect((await send({ readings: [bad] })).body.results[0]).toMatchObject({ problem: { errors: words } });
  });

  it("without a key, with a wrong one, with a body that is no object, with a list that is none", async () => {
    const before = await stored();
    expect(await send(reading(), {})).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect((await send(reading(), withKey("no-such-key-at-all-000").headers)).status).toBe(401);
    for (const body of ["{", "[]", "null", '{"person":1,"person":2}'])
      expect((await send(body)).status).toBe(400);
    expect(await send({ readings: "all" })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "readings" }] },
    });
    expect((await send("x".repeat(300_000))).status).toBe(413);
    expect((await county.fetch("/api/v1/readings")).status).toBe(405);
    expect((await send(reading(), { ...withKey(ZHOU).headers, "Content-Type": "text/plain" })).status).toBe(
      415,
    );
    expect(await stored()).toEqual(before);
  });
});

describe("the household's own link", () => {
  let token: string;
  let own: string;
  beforeEach(async () => {
    const values = household([bashir({ name: "巴希尔·示例" })], { phone: "13911112222" });
    const receipt = await submitRegistration(county.deps, {
      ...{ clientId: clientId(7), values, door: "page", unitCode: VILLAGE },
    });
    token = receipt.token;
    own = `${receipt.caseNumber}-1`;
    const found = { id: receipt.caseNumber, unitCode: VILLAGE, actor: "wu", outcome: "found" } as const;
    await verifyHousehold(county.deps, found);
  });

  it("takes a reading of its members and of nobody else, whatever the key says", async () => {
    expect((await send(reading({ person: own, link: token }), {})).status).toBe(201);
    expect(await send(reading({ link: token }))).toMatchObject({
      status: 404,
      body: { code: "person-not-found" },
    });
  });

  it("takes nothing once it is revoked or has expired, or where there is none", async () => {
    const mine = () => send(reading({ person: own, link: token }), {});
    expect(await send(reading({ person: own, link: "x" }), {})).toMatchObject({
      body: { code: "link-unknown" },
    });
    county.setNow("2026-03-26T10:00:01+08:00");
    expect(await mine()).toMatchObject({ status: 410, body: { code: "link-expired" } });
    county.setNow("2026-01-25T11:00:00+08:00");
    expect(await linkToken(county.deps, "person", clientId(7))).toBe(token);
    await revokeLink(county.deps, token, county.deps.now());
    expect(await mine()).toMatchObject({ status: 410, body: { code: "link-revoked" } });
    expect(await rowsOf(county, "reading")).toEqual([]);
  });
});

describe("many at once", () => {
  it("are answered each for itself, in the order sent", async () => {
    const [one, two] = [reading(), reading({ person: other, temperature: 37.4 })];
    const { status, body } = await send({
      readings: [one, reading({ temperature: 45 }), two, reading({ person: "WY-0000-0000-1" }), 7, one],
    });
    expect(status).toBe(200);
    expect(body.results.map((result) => [result.status, result.problem?.code])).toEqual([
      ...[
        [201, undefined],
        [422, "invalid"],
        [201, undefined],
        [404, "person-not-found"],
      ],
      ...[
        [422, "invalid"],
        [201, undefined],
      ],
    ]);
    expect(body.results[2]).toMatchObject({
      clientId: two.clientId,
      receipt: { person: other, abnormal: true },
    });
    expect(await rowsOf(county, "reading")).toHaveLength(2);
  });

  it("are five hundred at most: 501 in one call are refused and none is stored", async () => {
    const many = Array.from({ length: 501 }, () => reading());
    expect(await send({ readings: many })).toMatchObject({ status: 422, body: { code: "too-many" } });
    expect(await rowsOf(county, "reading")).toEqual([]);
    const { body } = await send({ readings: many.slice(1) });
    expect(body.results.every(({ status }) => status === 201)).toBe(true);
    expect(await send({ readings: [] })).toEqual({ status: 200, body: { results: [] } });
  });
});
