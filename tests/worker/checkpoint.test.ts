import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { checkpoint } from "../../forms/checkpoint.ts";
import { registration } from "../../forms/registration.ts";
import { revokeLink } from "../../src/db/link.ts";
import { registrationAnswers } from "../../src/domain/register-record.ts";
import { validate } from "../../src/forms/validate.ts";
import { clientId } from "../support/cast.ts";
import { deskOf, type Signed } from "../support/desk.ts";
import { linkOf, post, textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/*
 * A checkpoint above Li's town: most entries are counted, who is suspicious is registered in their village and decided upon
 * from above. Sent in lists from a phone that had no network.
 */
const POST = "511781100C01";
const TOWN = "511781100";
const VILLAGE = "511781100001";
const NOW = "2026-01-25T10:00:00+08:00";
const ZONE = "Asia/Shanghai";

let county: TestCounty;
let wu: string;
beforeEach(async () => {
  county = await openCounty(NOW);
  await seedUnits(county);
  await county.deps.d1
    .prepare(
      "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, '示例卡点', 'checkpoint', ?, ?)",
    )
    .bind(POST, TOWN, Date.parse("2026-01-20T00:00:00+08:00"))
    .run();
  wu = await linkOf(county, POST);
});

const rows = async (sql: string) =>
  (await county.deps.d1.prepare(sql).all<Record<string, unknown>>()).results;
const passing = {
  people: "2",
  by: "car",
  direction: "in",
  result: "passed",
  from: "same_province",
  suspicious: "no",
};
const chen = {
  ...{ ...passing, people: "1", plate: "川S00001", from: "hubei", suspicious: "yes" },
  ...{ why: "fever", temperature: "38.1", name: "陈示例", hasPhone: "yes", phone: "13900000001" },
  ...{ to: VILLAGE, address: "示例一组 3 号", leftOn: "2026-01-24", transitWuhan: "no" },
};
const entry = (number: number, answers: Record<string, string> = passing, at?: string) => ({
  clientId: clientId(number),
  ...(at ? { occurredAt: at } : {}),
  answers: Object.entries(answers),
});
type Result = {
  clientId: string;
  status: number;
  number?: string;
  again?: boolean;
  registered?: { caseNumber: string; link: string };
  mend?: string[];
  errors?: { path: string; code: string; message: string }[];
};
async function send(entries: unknown, token = wu) {
  const answer = await county.fetch(`/u/${token}/records/checkpoint/rapid/entries`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ entries }),
  });
  const body = (await answer.json()) as { now?: number; results?: Result[]; code?: string; title?: string };
  return { status: answer.status, ...body, results: body.results ?? [] };
}
const page = async (path: string) => {
  const answer = await county.fetch(`/u/${wu}/records/checkpoint/${path}`);
  const html = await answer.text();
  return { status: answer.status, html, text: textOf(html), headers: answer.headers };
};
const totals = async () => {
  const [last] = await rows("SELECT totals FROM record_event ORDER BY seq DESC LIMIT 1");
  return JSON.parse(String(last?.totals ?? "{}"));
};

describe("a phone that finds a network again", () => {
  it("sends fifty at once, and the same fifty again changes nothing", async () => {
    const list = Array.from({ length: 50 }, (_, at) => entry(at + 1));
    const first = await send(list);
    expect(first.results.map(({ status, again }) => [status, again])).toEqual(list.map(() => [200, false]));
    const second = await send(list);
    expect(second.results.map(({ number, again }) => [number, again])).toEqual(
      first.results.map(({ number }) => [number, true]),
    );
    expect(await rows("SELECT count(*) AS n FROM record")).toEqual([{ n: 50 }]);
    expect(await totals()).toMatchObject({ vehicles: 50, people: 100 });
    expect(first.now).toBe(Date.parse(NOW));
  });

  it("tells Li of an ordinary car that its plate is hidden, and of nothing that was not asked", async () => {
    const [sent] = (await send([entry(1)])).results;
    const li = await linkOf(county, TOWN);
    const answer = await county.fetch(`/u/${li}/records/checkpoint/${sent?.number}`);
    expect(textOf(await answer.text()).match(/\S+ 未显示/g)).toEqual(["车牌 未显示"]);
  });

  it("keeps the good ones of a list with bad ones, and says of each what to mend", async () => {
    const { results } = await send([
      entry(1),
      entry(2, { ...passing, people: "0" }),
      entry(3, { ...passing, from: "" }),
      entry(4, passing, "2026-01-21T10:00:00+08:00"),
      entry(5, passing, "2027-01-25T10:00:00+08:00"),
      { clientId: "no", answers: Object.entries(passing) },
      "nothing",
      entry(1, { ...passing, people: "9" }),
      entry(6),
    ]);
    expect(results.map(({ status }) => status)).toEqual([200, 422, 422, 422, 422, 422, 422, 422, 200]);
    expect(results.map(({ errors }) => errors?.[0]?.path)).toEqual([
      undefined,
      "people",
      "from",
      "occurredAt",
      "occurredAt",
      "clientId",
      "people",
      "clientId",
      undefined,
    ]);
    expect(results[3]?.errors?.[0]).toMatchObject({ code: "too-early" });
    expect(await rows("SELECT count(*) AS n FROM record")).toEqual([{ n: 2 }]);
  });

  it("is told which entry has no moment that can be read; the others of its list are stored", async () => {
    const { status, results } = await send([
      entry(1, passing, "nonsense"),
      entry(2, passing, "2026-01-25T09:00:00+99:99"),
      entry(3, passing, "2026-01-25T09:00:00+08:00"),
    ]);
    expect([status, results.map((one) => one.errors?.[0]?.path ?? one.status)]).toEqual([
      ...[200, ["occurredAt", "occurredAt", 200]],
    ]);
  });

  it("is refused more than fifty, and anything that is no list", async () => {
    const many = Array.from({ length: 51 }, (_, at) => entry(at + 1));
    expect(await send(many)).toMatchObject({ status: 422, code: "too-many" });
    expect(await send("much")).toMatchObject({ status: 400, code: "malformed-json" });
    expect(await send([])).toMatchObject({ status: 200, results: [] });
  });

  it("is told by a revoked link whom to ask, and by the new link of the same post that it is stored once", async () => {
    await send([entry(1)]);
    await revokeLink(county.deps, wu, county.deps.now());
    expect(await send([entry(1), entry(2)])).toMatchObject({ status: 410, code: "link-revoked" });
    // The page's worker says nothing of the unit and still comes.
    expect((await page("rapid-worker.js")).status).toBe(200);
    expect((await page("rapid")).status).toBe(410);
  });

  it("is answered as on every door where the unit is not one that mans a post", async () => {
    const school = await linkOf(county, "511781100S01");
    expect(await send([entry(1)], school)).toMatchObject({ status: 422, code: "record-form-not-theirs" });
    expect((await county.fetch(`/u/${wu}/records/exit-pass/rapid`)).status).toBe(404);
    expect((await county.fetch(`/u/${wu}/records/none/rapid`)).status).toBe(404);
  });
});

describe("Chen at the checkpoint, with a fever", () => {
  it("is registered in the village that was named, once, however often the phone sends it", async () => {
    const at = "2026-01-25T09:30:00+08:00";
    const [first] = (await send([entry(1, chen, at)])).results;
    const [again] = (await send([entry(1, chen, at)])).results;
    expect(first?.registered?.caseNumber).toMatch(/^WY-\d{4}-\d{4}$/);
    expect(again?.registered).toEqual(first?.registered);
    expect(
      await rows(
        "SELECT unit_code, source, filled_by, origin, left_on, transit_wuhan, arrived_at FROM household",
      ),
    ).toEqual([
      {
        ...{
          unit_code: VILLAGE,
          source: "checkpoint",
          filled_by: "unit",
          origin: "hubei",
          left_on: "2026-01-24",
        },
        ...{ transit_wuhan: 0, arrived_at: Date.parse(at) },
      },
    ]);
    expect(await rows("SELECT returnee, area, contact, symptoms, temperature FROM person")).toEqual([
      { returnee: 1, area: 1, contact: 0, symptoms: 1, temperature: 381 },
    ]);
    const [stored] = await rows("SELECT id, household_id, facts, state FROM record");
    expect(stored).toMatchObject({ id: first?.number, household_id: first?.registered?.caseNumber });
    // The person's own link opens; nothing personal stands in the open.
    expect((await county.fetch(first?.registered?.link ?? "")).status).toBe(200);
    expect(JSON.stringify(await rows("SELECT * FROM record"))).not.toMatch(
      /陈示例|13900000001|00001"|示例一组/,
    );
    expect((await page(`${first?.number}`)).text).toContain(first?.registered?.caseNumber);
  });

  it("is owed a decision by the town within two hours, told at once", async () => {
    await send([entry(1, chen), entry(2)]);
    expect(
      await rows(
        "SELECT kind, unit_code, due_at - opened_at AS span FROM obligation WHERE kind = 'decision'",
      ),
    ).toEqual([{ kind: "decision", unit_code: TOWN, span: 120 * 60_000 }]);
  });

  it("is registered later where the phone was cut off between the entry and the registration", async () => {
    await send([entry(1, { ...chen, to: "511781100009" })]);
    expect(await rows("SELECT household_id FROM record")).toEqual([{ household_id: null }]);
    await county.deps.d1
      .prepare(
        "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES ('511781100009', '示例九社区', 'village', ?, 1)",
      )
      .bind(TOWN)
      .run();
    const [result] = (await send([entry(1, { ...chen, to: "511781100009" })])).results;
    expect(result?.registered?.caseNumber).toBeDefined();
    expect(await rows("SELECT count(*) AS n FROM household")).toEqual([{ n: 1 }]);
  });

  it("is registered from the form that asks one thing after another, too", async () => {
    const answer = await post(county, `/u/${wu}/records/checkpoint/new`, {
      ...{ ...chen, clientId: clientId(1), _go: "send" },
    });
    expect(answer.status).toBe(303);
    expect(await rows("SELECT count(*) AS n FROM household")).toEqual([{ n: 1 }]);
  });

  it("is not registered by a phone that sends the entry again after it was withdrawn", async () => {
    const [first] = (await send([entry(1, { ...chen, to: "511781100009" })])).results;
    const path = `/u/${wu}/records/checkpoint/${first?.number}`;
    const fields = { clientId: clientId(2), whyWithdrawn: "样本：记错了" };
    expect((await post(county, `${path}/withdrawn`, fields)).status).toBe(303);
    await county.deps.d1
      .prepare(
        "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES ('511781100009', '示例九社区', 'village', ?, 1)",
      )
      .bind(TOWN)
      .run();
    const [again] = (await send([entry(1, { ...chen, to: "511781100009" })])).results;
    expect(again).toMatchObject({ status: 200, again: true });
    expect(await rows("SELECT id FROM household")).toEqual([]);
    expect((await page(String(first?.number))).text).not.toContain("没有转到");
  });

  it("leads back to a page that says that nobody was registered, why, and what to do", async () => {
    const answer = await post(county, `/u/${wu}/records/checkpoint/new`, {
      ...{ ...chen, to: "511781100009", clientId: clientId(1), _go: "send" },
    });
    const to = answer.headers.get("Location") ?? "";
    expect([answer.status, to]).toEqual([
      303,
      expect.stringMatching(/KD-\d{4}-\d{4}\?done=filed(&lang=[\w-]+)?$/),
    ]);
    const [, number = ""] = /(KD-\d{4}-\d{4})/.exec(to) ?? [];
    const own = await page(number);
    expect(own.text).toContain("没有转到村（社区）登记 没有这个单位，请重新选择 请打电话告诉");
    const li = await linkOf(county, TOWN);
    const above = textOf(await (await county.fetch(`/u/${li}/records/checkpoint/${number}`)).text());
    expect(above).toContain("没有转到村（社区）登记 请打电话告诉");
    await send([entry(2, chen)]);
    const [registered] = await rows("SELECT id FROM record WHERE household_id IS NOT NULL");
    expect((await page(String(registered?.id))).text).not.toContain("没有转到");
  });

  it("is stored all the same where the village cannot be told, and the phone says so", async () => {
    const [result] = (await send([entry(1, { ...chen, to: "511781100009" })])).results;
    expect(result).toMatchObject({ status: 200, mend: ["没有这个单位，请重新选择"] });
    expect(result?.registered).toBeUndefined();
    expect(await rows("SELECT count(*) AS n FROM record")).toEqual([{ n: 1 }]);
    expect(await rows("SELECT count(*) AS n FROM household")).toEqual([{ n: 0 }]);
  });

  it("is not registered in a village that was closed since the phone's page was made", async () => {
    await county.deps.d1.prepare("UPDATE unit SET closed_at = 1 WHERE code = ?").bind(VILLAGE).run();
    const [result] = (await send([entry(1, chen)])).results;
    expect(result).toMatchObject({ status: 200, mend: ["没有这个单位，请重新选择"] });
  });

  it.each([
    ["is turned back", { result: "turned" }],
    ["only passes through", { direction: "through" }],
    ["lives in this county", { from: "local" }],
  ])("is not registered as a returnee when Chen %s", async (_, more) => {
    const [result] = (await send([entry(1, { ...chen, ...more })])).results;
    expect(result).toEqual({
      ...{ clientId: clientId(1), status: 200, again: false },
      number: result?.number,
    });
    expect(await rows("SELECT count(*) AS n FROM household")).toEqual([{ n: 0 }]);
    expect(await totals()).toMatchObject({ suspicious: 1, waiting: 1 });
  });

  it("always has the answers that a registration needs", () => {
    const pick = <T extends string>(...names: T[]) => fc.constantFrom(...names);
    const sent = fc.record({
      ...{ people: fc.integer({ min: 1, max: 80 }), by: pick("car", "truck", "coach", "foot") },
      ...{ direction: fc.constant("in"), result: fc.constant("passed"), suspicious: fc.constant(true) },
      ...{ from: pick("wuhan", "hubei", "other_province", "same_province"), name: fc.constant("陈示例") },
      why: fc.uniqueArray(pick("fever", "symptoms", "contact", "area"), { minLength: 1 }),
      temperature: fc.option(
        fc.integer({ min: 340, max: 430 }).map((tenths) => tenths / 10),
        { nil: undefined },
      ),
      ...{ plate: fc.option(fc.constant("川S00001"), { nil: undefined }), hasPhone: fc.boolean() },
      ...{ phone: fc.constant("13900000001"), contactName: fc.constant("李样本") },
      ...{
        contactPhone: fc.constant("13900000002"),
        to: fc.constant(VILLAGE),
        address: fc.constant("示例 1 号"),
      },
      ...{ leftOn: pick("2026-01-25", "2025-12-01"), transitWuhan: fc.boolean() },
    });
    const now = new Date(NOW);
    const ctx = { lang: "en", now, zone: ZONE } as const;
    fc.assert(
      fc.property(sent, (answers) => {
        const filed = validate(checkpoint, answers, ctx);
        if (!filed.ok) throw new Error(JSON.stringify(filed.errors));
        const values = filed.values as Record<string, unknown>;
        const judged = validate(
          registration,
          registrationAnswers(checkpoint, { values, occurredAt: now, zone: ZONE }),
          ctx,
        );
        expect(judged).toMatchObject({ ok: true });
      }),
      { numRuns: 200 },
    );
  });
});

describe("counts by hour", () => {
  it("stand in the hour in which it happened, across midnight in the county's zone", async () => {
    county.setNow("2026-01-25T02:00:00+08:00");
    await send([
      entry(1, passing, "2026-01-24T22:10:00+08:00"),
      entry(2, passing, "2026-01-24T23:59:59+08:00"),
      entry(3, passing, "2026-01-25T00:00:00+08:00"),
      entry(4, { ...passing, by: "foot", people: "1" }, "2026-01-25T01:30:00+08:00"),
      entry(5, chen, "2026-01-25T01:31:00+08:00"),
    ]);
    expect((await page("hours?date=2026-01-24")).text).toContain(
      "22:00 1 1 2 0 0 0 0 23:00 1 1 2 0 0 0 0 合计 2 2 4 0",
    );
    const today = (await page("hours")).text;
    expect(today).toContain("00:00 1 1 2 0 0 0 0 01:00 2 1 2 1 1 1 0 合计 3 2 4 1 1 1 0");
    // Withdrawn: no longer in the hour.
    const [{ id } = {}] = await rows("SELECT id FROM record WHERE occurred_at = 1769270400000");
    const withdrawn = await post(county, `/u/${wu}/records/checkpoint/${id}/withdrawn`, {
      clientId: clientId(900),
      whyWithdrawn: "样本：记错了",
    });
    expect(withdrawn.status).toBe(303);
    expect((await page("hours")).text).toContain("01:00 2 1 2 1 1 1 0 合计 2 1 2 1 1 1 0");
    expect(await totals()).toMatchObject({ vehicles: 3 });
  });

  it("sum a town's posts, and say that a day is empty", async () => {
    const village = await linkOf(county, VILLAGE);
    await send([entry(1)]);
    await send([entry(2)], village);
    const town = await linkOf(county, TOWN);
    const answer = await county.fetch(`/u/${town}/records/checkpoint/hours`);
    expect(textOf(await answer.text())).toContain("合计 2 2 4");
    expect((await page("hours?date=2026-01-20")).text).toContain("这一天没有记录");
    expect((await page("hours?date=never")).status).toBe(200);
  });
});

describe("the page without its script", () => {
  it("takes an entry, comes back empty with what is kept, and keeps what was typed where it must be mended", async () => {
    const path = `/u/${wu}/records/checkpoint/rapid`;
    const first = await post(county, path, { ...passing, direction: "out", clientId: clientId(1) });
    expect(first.status).toBe(303);
    const back = first.headers.get("Location") ?? "";
    expect(back).toMatch(/rapid\?direction=out&saved=KD-\d{4}-\d{4}&lang=zh-Hans$/);
    const empty = await (await county.fetch(back)).text();
    expect(textOf(empty)).toContain("已记下 KD-");
    expect(empty).toMatch(/value="out" checked/);
    expect(empty).not.toMatch(/value="same_province" checked/);
    const bad = await post(county, path, {
      ...passing,
      people: "",
      plate: "川S00002",
      clientId: clientId(2),
    });
    expect(bad.status).toBe(422);
    expect(await bad.text()).toContain('value="川S00002"');
    // A second tap on the same page is the same entry.
    await post(county, path, { ...passing, direction: "out", clientId: clientId(1) });
    expect(await rows("SELECT count(*) AS n FROM record")).toEqual([{ n: 1 }]);
  });

  it("shows whom it registered with the person's own link, and never in an address", async () => {
    const answer = await post(county, `/u/${wu}/records/checkpoint/rapid`, {
      ...chen,
      clientId: clientId(1),
    });
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(textOf(html)).toMatch(/已转村登记 WY-\d{4}-\d{4} 给本人看的链接/);
    expect(html).not.toContain("陈示例");
  });

  it("holds nothing personal, is never kept by a browser's own cache, and offers the near villages first", async () => {
    const { html, headers } = await page("rapid");
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(html.indexOf("太平镇 示例一社区")).toBeLessThan(html.indexOf("青花镇 示例三社区"));
    expect(html).toContain(`data-worker="/u/${wu}/records/checkpoint/rapid-worker.js"`);
  });
});

describe("Li of the town at the desk, with no link of the post", () => {
  const path = `/desk/units/${POST}/records/checkpoint/rapid`;
  const form = { ...passing, clientId: clientId(1) };
  const list = (...entries: unknown[]): RequestInit => ({
    body: JSON.stringify({ entries }),
    headers: { "Content-Type": "application/json" },
  });
  const stored = () =>
    rows(`SELECT r.unit_code AS unit, e.actor AS actor, e.step AS step FROM record AS r
      JOIN record_event AS e ON e.record_id = r.id ORDER BY e.seq`);
  let li: Signed;
  beforeEach(async () => {
    li = await deskOf(county).signIn("reporter", TOWN, "示例李");
  });

  it("enters what a colleague calls in, by form and by the page's script, and it stands under her own name", async () => {
    const shown = await li.get(path);
    const html = await shown.text();
    expect([shown.status, shown.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    expect(html).toContain(`action="${path}?lang=zh-Hans"`);
    expect(html).toContain(`data-send="${path}/entries?lang=zh-Hans"`);
    // Nothing of a page behind a session is to outlive it on the phone.
    expect(html).not.toContain("data-worker");

    const posted = await li.post(path, form);
    const back = posted.headers.get("Location") ?? "";
    expect([posted.status, back]).toEqual([
      303,
      expect.stringMatching(/^\/desk\/units\/511781100C01\/records\/checkpoint\/rapid\?saved=KD-/),
    ]);
    expect(textOf(await (await li.get(back)).text())).toContain("已记下 KD-");

    const sent = await li.post(`${path}/entries`, {}, list(entry(2), entry(3, chen)));
    const { results } = await sent.json<{ results: Result[] }>();
    expect([sent.status, results.map(({ status, again }) => [status, again])]).toEqual([
      200,
      [
        [200, false],
        [200, false],
      ],
    ]);
    expect(results[1]?.registered?.caseNumber).toMatch(/^WY-/);
    const again = await li.post(`${path}/entries`, {}, list(entry(2)));
    expect((await again.json<{ results: Result[] }>()).results).toMatchObject([{ status: 200, again: true }]);

    const hers = { unit: POST, actor: `official/${li.id}` };
    const events = await stored();
    expect(events.filter(({ step }) => step === "filed")).toEqual(
      [1, 2, 3].map(() => ({ ...hers, step: "filed" })),
    );
    expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set([hers.actor]));
    expect(await rows("SELECT DISTINCT door FROM submission WHERE form = 'checkpoint'")).toEqual([
      { door: "desk" },
    ]);
  });

  it("is another town's matter to Mallory: there is no such post, and nothing is stored", async () => {
    const mallory = await deskOf(county).signIn("supervisor", "511781101", "示例外人");
    const answers = [
      await mallory.get(path),
      await mallory.post(path, form),
      await mallory.post(`${path}/entries`, {}, list(entry(1))),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain("示例卡点");
    }
    expect(await stored()).toEqual([]);
  });

  it("may be looked at by an inspector, who enters nothing", async () => {
    const inspector = await deskOf(county).signIn("inspector", TOWN);
    expect((await inspector.get(path)).status).toBe(200);
    expect((await inspector.post(path, form)).status).toBe(403);
    expect((await inspector.post(`${path}/entries`, {}, list(entry(1)))).status).toBe(403);
    expect(await stored()).toEqual([]);
  });

  it("is refused what another site posts with her cookie, as a form and as a script's list", async () => {
    const elsewhere: Record<string, string>[] = [
      { Origin: "https://mallory.example" },
      { Origin: "" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
    ];
    for (const headers of elsewhere) {
      const json = { ...headers, "Content-Type": "application/json" };
      expect((await li.post(path, form, { headers })).status).toBe(403);
      expect((await li.post(`${path}/entries`, {}, { ...list(entry(1)), headers: json })).status).toBe(403);
    }
    expect(await stored()).toEqual([]);
  });

  it("is led to sign in where her session has ended, with what she typed still there, and nothing is stored", async () => {
    expect((await li.post("/desk/sign-out")).status).toBe(303);
    const shown = await li.get(path);
    const back = new URL(shown.headers.get("Location") ?? "", "https://baobei.example");
    expect([shown.status, back.pathname, back.searchParams.get("back")]).toEqual([
      303,
      "/desk/sign-in",
      path,
    ]);
    const posted = await li.post(path, { ...form, plate: "川S00009" });
    expect([posted.status, await posted.text()]).toEqual([401, expect.stringContaining('value="川S00009"')]);
    // The page's script is told so as JSON, and keeps what it has.
    const sent = await li.post(`${path}/entries`, {}, list(entry(1)));
    expect([sent.status, await sent.json()]).toMatchObject([401, { code: "sign-in-needed" }]);
    expect(await stored()).toEqual([]);
  });
});
