import { beforeEach, describe, expect, it } from "vitest";
import { revokeLink } from "../../src/db/link.ts";
import { hashToken } from "../../src/db/privacy.ts";
import { submitRegistration, verifyHousehold } from "../../src/http/submit.ts";
import { ASSETS } from "../../src/views/assets.ts";
import { ROUND_JS } from "../../src/views/unit-round-assets.ts";
import { amina, bashir, clientId, household } from "../support/cast.ts";
import { linkOf, post, textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const DAY = "2026-01-26";
const AMINAS = "511781100001";
const MORNING = `${DAY}/morning`;

let county: TestCounty;
let wu: string;
let caseNumber: string;
let ids: string[];
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  wu = await linkOf(county, AMINAS);
  caseNumber = await found(AMINAS, 1);
  ids = [`${caseNumber}-1`, `${caseNumber}-2`];
  county.setNow(`${DAY}T08:00:00+08:00`);
});

/** A household of Amina and Bashir, registered and found at home. */
async function found(unit: string, number: number): Promise<string> {
  const receipt = await submitRegistration(county.deps, {
    clientId: clientId(number),
    values: household([amina(), bashir()], { unit, phone: `1390000000${number}` }),
    door: "page",
    unitCode: unit,
  });
  await verifyHousehold(county.deps, {
    id: receipt.caseNumber,
    unitCode: unit,
    actor: "test",
    outcome: "found",
  });
  return receipt.caseNumber;
}
const readings = async () =>
  (
    await county.deps.d1
      .prepare("SELECT observation_id AS id, slot, version, temperature, late FROM reading ORDER BY 1, 2, 3")
      .all<Record<string, unknown>>()
  ).results;
const read = async (answer: Response) => {
  const html = await answer.text();
  return { status: answer.status, location: answer.headers.get("Location"), html, text: textOf(html) };
};
const open = async (path = "") => read(await county.fetch(`/u/${wu}/round${path}`));
const send = async (fields: Record<string, string>) => read(await post(county, `/u/${wu}/round`, fields));
const row = (id: string, temperature: string, number: number, more: Record<string, string> = {}) => ({
  [`${id}.clientId`]: clientId(number),
  [`${id}.slot`]: MORNING,
  [`${id}.temperature`]: temperature,
  [`${id}.symptoms`]: "no",
  ...more,
});
async function sendItems(items: unknown, token = wu, type = "application/json") {
  const answer = await county.fetch(`/u/${token}/round/readings`, {
    method: "POST",
    headers: { "Content-Type": type },
    body: JSON.stringify({ readings: items }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer };
}
type Answer = {
  code?: string;
  title?: string;
  results?: {
    clientId: string;
    status: number;
    code?: string;
    title?: string;
    late?: boolean;
    corrected?: boolean;
    at?: string;
    errors?: { path: string; message: string }[];
  }[];
};
const item = (id: string, number: number, more: Record<string, unknown> = {}) => ({
  clientId: clientId(number),
  observationId: id,
  slot: MORNING,
  temperature: 36.5,
  symptoms: false,
  needsHelp: false,
  ...more,
});

describe("Wu opens the round", () => {
  it("finds everyone under observation, masked, with nothing filled in, never kept by a browser", async () => {
    const answer = await county.fetch(`/u/${wu}/round`);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const { html, text } = await read(answer);
    expect(text).toContain("今天早测，12:00 前报");
    expect(text).toContain("还没报 2 人");
    expect(text).toContain(`阿* ${ids[0]}`);
    expect(text).toContain("已报 0 / 2");
    expect(html).not.toMatch(/阿米娜|巴希尔|13900000001|示例一组|999999\d+/);
    expect(html).not.toMatch(/inputmode="decimal"[^>]*value="[^"]/);
    expect(html).toContain(`src="${ROUND_JS}"`);
  });

  it("reads it in Traditional Chinese and in English", async () => {
    expect((await open("?lang=zh-Hant")).text).toContain("今天早測，12:00 前報");
    expect((await open("?lang=en")).text).toContain("This morning, due by 12:00");
  });

  it("is told when nobody is observed, and finds nobody of another village", async () => {
    const other = await linkOf(county, "511781100002");
    const { text } = await read(await county.fetch(`/u/${other}/round`));
    expect(text).toContain("现在没有人在观察");
    expect(text).not.toContain(caseNumber);
  });

  it("sends a script that a WeChat of 2018 can read", async () => {
    const script = await (await county.fetch(ROUND_JS)).text();
    expect(script).toContain("XMLHttpRequest");
    expect(script).not.toMatch(
      /\?\.|\?\?|\bimport\b|\bawait\b|\basync\b|\*\*|,\s*\)|\.includes\(|\.entries\(|\.padStart\(|\.flat\(|\bfetch\(/,
    );
    const style = await (await county.fetch(ASSETS.unitCss)).text();
    expect(style).not.toMatch(/:has\(|:is\(|:where\(|\bclamp\(|\bmin\(|\bmax\(|[^-]gap:|inset:|&/);
  });
});

describe("Wu sends the plain form", () => {
  it("stores every row that was filled in and leaves the others alone", async () => {
    const { status, location } = await send({
      ...row(ids[0] ?? "", "３６．５", 11),
      [`${ids[1]}.clientId`]: clientId(12),
      [`${ids[1]}.slot`]: MORNING,
      [`${ids[1]}.temperature`]: "",
    });
    expect([status, location]).toEqual([303, `/u/${wu}/round?saved=1&lang=zh-Hans`]);
    expect(await readings()).toEqual([{ id: ids[0], slot: MORNING, version: 1, temperature: 365, late: 0 }]);
    expect((await open("?saved=1")).text).toContain("收到 1 条");
    const after = await open();
    expect(after.text).toContain("已报 1 / 2");
    expect(after.text).toContain("上次 今天早测 36.5 ℃");
  });

  it.each([
    ["25", "体温应在 34.0 到 43.0 ℃ 之间"],
    ["45", "体温应在 34.0 到 43.0 ℃ 之间"],
    ["发烧", "体温保留一位小数"],
    ["36.55", "体温保留一位小数"],
  ])(
    "is told beside the row what is wrong with %s; the good row is stored all the same",
    async (typed, words) => {
      const { status, text, html } = await send({
        ...row(ids[0] ?? "", "36.5", 11),
        ...row(ids[1] ?? "", typed, 12, { [`${ids[1]}.needsHelp`]: "yes" }),
      });
      expect(status).toBe(422);
      expect(text).toContain(words);
      expect(text).toContain("其余 1 条已收到");
      expect(html).toContain(`href="#f-${ids[1]}.temperature"`);
      expect(html).toContain(`value="${typed}"`);
      expect(html).toContain(`value="${clientId(12)}"`);
      expect(html).toMatch(new RegExp(`name="${ids[1]}.needsHelp" value="yes" checked`));
      expect((await readings()).map(({ id }) => id)).toEqual([ids[0]]);
    },
  );

  it("sends again what was stored already, and nothing is doubled", async () => {
    const fields = { ...row(ids[0] ?? "", "36.5", 11), ...row(ids[1] ?? "", "36.6", 12) };
    for (let again = 0; again < 3; again++) expect((await send(fields)).status).toBe(303);
    expect(await readings()).toHaveLength(2);
    const other = await send(row(ids[0] ?? "", "36.8", 11));
    expect(other.status).toBe(422);
    expect(other.text).toContain("内容不同");
    // The page brings a fresh client id: pressed again it is a correction.
    expect(other.html).not.toContain(clientId(11));
  });

  it("is told where nothing was filled in, or symptoms were left open", async () => {
    expect((await send({})).text).toContain("还没有填");
    const { status, text } = await send({ ...row(ids[0] ?? "", "36.5", 11), [`${ids[0]}.symptoms`]: "" });
    expect(status).toBe(422);
    expect(text).toContain("请选择现在有没有不适");
    expect(await readings()).toEqual([]);
  });

  it("keeps what was typed when the language is switched, and stores nothing", async () => {
    const { status, html } = await send({ ...row(ids[0] ?? "", "36.5", 11), _lang: "en" });
    expect(status).toBe(200);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('value="36.5"');
    expect(await readings()).toEqual([]);
  });

  it("makes up yesterday's evening within its 24 hours, marked late, and says which slot it is for", async () => {
    const evening = "2026-01-25/evening";
    expect((await open()).text).toContain("这是哪一次的 今天早测 补昨天晚测");
    await send({ ...row(ids[0] ?? "", "36.5", 11), [`${ids[0]}.slot`]: evening });
    expect(await readings()).toEqual([{ id: ids[0], slot: evening, version: 1, temperature: 365, late: 1 }]);
    county.setNow(`${DAY}T23:00:00+08:00`);
    const { status, text } = await send({ ...row(ids[1] ?? "", "36.5", 12), [`${ids[1]}.slot`]: evening });
    expect(status).toBe(422);
    expect(text).toContain("已经过了补报时间");
  });

  it("cannot enter somebody of another village, or of none", async () => {
    const other = `${await found("511781100002", 2)}-1`;
    for (const [at, id] of [other, "WY-0000-0000-1"].entries()) {
      const { status, text } = await send(row(id, "36.5", 20 + at));
      expect(status).toBe(422);
      expect(text).toContain("这里没有这个人");
    }
    expect(await readings()).toEqual([]);
  });

  it("refuses a post from another site", async () => {
    const answer = await county.fetch(`/u/${wu}/round`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site" },
      body: new URLSearchParams(row(ids[0] ?? "", "36.5", 11)).toString(),
    });
    expect(answer.status).toBe(403);
    expect(await readings()).toEqual([]);
  });
});

describe("Wu's phone sends entries by itself", () => {
  it("is answered for each by itself; the good ones are stored", async () => {
    const { status, body } = await sendItems([
      item(ids[0] ?? "", 11),
      item(ids[1] ?? "", 12, { temperature: 25 }),
      item("WY-0000-0000-1", 13),
      "nonsense",
    ]);
    expect(status).toBe(200);
    expect(body.results?.map((one) => one.status)).toEqual([200, 422, 404, 422]);
    expect(body.results?.[0]).toMatchObject({
      clientId: clientId(11),
      at: "08:00",
      late: false,
      corrected: false,
    });
    expect(body.results?.[1]?.errors?.[0]?.message).toContain("体温应在 34.0 到 43.0 ℃ 之间");
    expect(body.results?.[2]?.title).toContain("这里没有这个人");
    expect((await readings()).map(({ id }) => id)).toEqual([ids[0]]);
  });

  it("gets the first answer again for what arrived before, and stores it once", async () => {
    const first = await sendItems([item(ids[0] ?? "", 11)]);
    county.setNow(`${DAY}T08:30:00+08:00`);
    const again = await Promise.all([1, 2, 3].map(() => sendItems([item(ids[0] ?? "", 11)])));
    for (const { body } of again) expect(body).toEqual(first.body);
    expect(await readings()).toHaveLength(1);
    const differs = await sendItems([item(ids[0] ?? "", 11, { temperature: 36.9 })]);
    expect(differs.body.results?.[0]).toMatchObject({ status: 409, code: "content-differs" });
  });

  it("gets it even days later, when its phone comes back to a signal after the late window", async () => {
    const first = await sendItems([item(ids[0] ?? "", 11)]);
    county.setNow("2026-01-29T08:30:00+08:00");
    expect((await sendItems([item(ids[0] ?? "", 11)])).body).toEqual(first.body);
    expect((await sendItems([item(ids[0] ?? "", 12)])).body.results?.[0]?.errors?.[0]?.message).toContain(
      "已经过了补报时间",
    );
  });

  it("leaves one reading and one correction when two enter the same slot at the same second", async () => {
    await Promise.all([
      sendItems([item(ids[0] ?? "", 11)]),
      sendItems([item(ids[0] ?? "", 12, { temperature: 36.9 })]),
    ]);
    expect((await readings()).map(({ version }) => version)).toEqual([1, 2]);
  });

  it("alerts at once on 37.3 °C and puts it on the board until it is answered", async () => {
    await sendItems([
      item(ids[0] ?? "", 11, { temperature: 37.3 }),
      item(ids[1] ?? "", 12, { temperature: 37.2 }),
    ]);
    const board = textOf(await (await county.fetch(`/u/${wu}`)).text());
    expect(board).toContain("发热和不适，等待处置 1");
    expect(board).toContain(`${ids[0]} 阿* · 今天早测 · 发热 37.3 ℃`);
  });

  it("takes the moment it was measured, and refuses one that lies ahead", async () => {
    const { body } = await sendItems([
      item(ids[0] ?? "", 11, { takenAt: "2026-01-25T23:30:00Z" }),
      item(ids[1] ?? "", 12, { takenAt: "2026-01-26T09:00:00+08:00" }),
    ]);
    expect(body.results?.map((one) => one.status)).toEqual([200, 422]);
    expect(body.results?.[1]?.errors?.map(({ path }) => path)).toEqual(["takenAt"]);
    const { results } = await county.deps.d1
      .prepare("SELECT taken_at AS at FROM reading")
      .all<{ at: number }>();
    expect(results).toEqual([{ at: Date.parse("2026-01-25T23:30:00Z") }]);
  });

  it.each([
    ["no list", { readings: "x" }, 400],
    ["nothing", {}, 400],
    ["too many", { readings: Array(101).fill({}) }, 422],
  ])("answers %s with a clear problem and writes nothing", async (_, body, status) => {
    const answer = await county.fetch(`/u/${wu}/round/readings`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("Content-Type")).toContain("application/problem+json");
    expect(((await answer.json()) as Answer).title).not.toBe("");
    expect(await readings()).toEqual([]);
  });

  it("is told as JSON that its link is unknown or revoked, that a form is no JSON, and which method is right", async () => {
    expect(await sendItems([], "x".repeat(22))).toMatchObject({
      status: 404,
      body: { code: "link-unknown" },
    });
    await revokeLink(county.deps, wu, county.deps.now());
    expect(await sendItems([item(ids[0] ?? "", 11)])).toMatchObject({
      status: 410,
      body: { code: "link-revoked" },
    });
    const li = await linkOf(county, "511781100");
    const form = await county.fetch(`/u/${li}/round/readings`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "readings=1",
    });
    expect(form.status).toBe(415);
    expect((await county.fetch(`/u/${li}/round/readings`)).status).toBe(405);
    expect(await readings()).toEqual([]);
  });

  it("puts on each reading whose link entered it", async () => {
    await sendItems([item(ids[0] ?? "", 11)]);
    const { results } = await county.deps.d1
      .prepare("SELECT submission_id AS id, sealed, door FROM reading")
      .all<{ id: string; sealed: string; door: string }>();
    const [stored] = results;
    expect(stored?.door).toBe("unit");
    expect(await county.deps.privacy.open(stored?.sealed ?? "", stored?.id ?? "", "reading")).toEqual({
      actor: await hashToken(wu),
    });
  });
});

it("names every round in /dev/doors.json", async () => {
  const doors = (await (await county.fetch("/dev/doors.json")).json()) as {
    rounds: { code: string; url: string }[];
  };
  expect(doors.rounds.map(({ code }) => code)).toEqual([AMINAS]);
  const [round] = doors.rounds;
  expect((await county.fetch(new URL(round?.url ?? "").pathname)).status).toBe(200);
});
