import { beforeEach, describe, expect, it } from "vitest";
import { revokeLink } from "../../src/db/link.ts";
import { submitRegistration } from "../../src/http/submit.ts";
import { excuseUnit, submitReport } from "../../src/http/submit-report.ts";
import { materialiseDailyReports } from "../../src/jobs/materialise.ts";
import { createRecordApp } from "../../src/record-app.tsx";
import { createUnitApp } from "../../src/unit-app.tsx";
import { amina, bashir, chen, clientId, household } from "../support/cast.ts";
import { linkOf, post, textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const TODAY = "2026-01-25";
const AMINAS = "511781100001";

let county: TestCounty;
let wu: string;
beforeEach(async () => {
  county = await openCounty(`${TODAY}T10:00:00+08:00`);
  await seedUnits(county);
  await materialiseDailyReports(county.deps, county.deps.now());
  wu = await linkOf(county, AMINAS);
});

const rows = async (sql: string) =>
  (await county.deps.d1.prepare(sql).all<Record<string, unknown>>()).results;
const page = async (path: string) => {
  const answer = await county.fetch(path);
  return { status: answer.status, headers: answer.headers, text: textOf(await answer.text()) };
};
const send = async (fields: Record<string, string>, path = `/u/${wu}/report`) => {
  const answer = await post(county, path, { clientId: clientId(1), date: TODAY, ...fields });
  const html = await answer.text();
  return { status: answer.status, location: answer.headers.get("Location"), html, text: textOf(html) };
};
const register = (client: number, persons: Parameters<typeof household>[0], unit = AMINAS) =>
  submitRegistration(county.deps, {
    clientId: clientId(client),
    values: household(persons, { unit }),
    door: "page",
    unitCode: unit,
  });

describe("Wu opens the village's link", () => {
  it("reads the unit, the day, the state and the due time in words, and nothing is kept by the browser", async () => {
    const { status, headers, text } = await page(`/u/${wu}`);
    expect(status).toBe(200);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(text).toContain("万源市 太平镇");
    expect(text).toContain("1月25日 星期日");
    expect(text).toContain("等待报告 请于 16:00 前上报 · 还有 6 小时");
    expect(text).toContain("没有等待核实的登记。");
    expect(text).toContain("没有等待核实的线索。");
  });

  it("reads the same in Traditional Chinese and in English", async () => {
    expect((await page(`/u/${wu}?lang=zh-Hant`)).text).toContain("今天沒有新情況，報零報告");
    expect((await page(`/u/${wu}?lang=en`)).text).toContain("Nothing new today: send a zero report");
  });

  it("sees overdue said in words once 16:00 has come", async () => {
    county.setNow(`${TODAY}T16:42:00+08:00`);
    expect((await page(`/u/${wu}`)).text).toContain("还没有报 逾期 42 分 16:00 到期");
  });

  it("sees an excused day as such", async () => {
    await excuseUnit(county.deps, {
      clientId: clientId(9),
      scopePrefix: "511781100",
      unitCode: AMINAS,
      from: TODAY,
      to: TODAY,
      reason: "封闭（示例）",
      actor: "li",
    });
    expect((await page(`/u/${wu}`)).text).toContain("今天免报");
  });

  it("is told of a link that is unknown, expired or revoked, and nothing is written through it", async () => {
    const expired = await linkOf(county, "511781100002", new Date(`${TODAY}T09:00:00+08:00`));
    const mallory = "A".repeat(22);
    expect((await page(`/u/${mallory}`)).status).toBe(404);
    expect((await page("/u/short")).status).toBe(404);
    expect((await page(`/u/${expired}`)).status).toBe(410);
    await revokeLink(county.deps, wu, county.deps.now());
    expect((await page(`/u/${wu}`)).status).toBe(410);
    expect((await send({ zero: "yes" })).status).toBe(410);
    expect((await send({ zero: "yes" }, `/u/${mallory}/report`)).status).toBe(404);
    expect(await rows("SELECT COUNT(*) AS n FROM report")).toEqual([{ n: 0 }]);
  });
});

describe("Wu reports", () => {
  it("sends zero with one deliberate button and reads the receipt", async () => {
    const sent = await send({ zero: "yes" });
    expect([sent.status, sent.location]).toEqual([303, `/u/${wu}?done=${TODAY}&lang=zh-Hans`]);
    const { text } = await page(sent.location ?? "");
    expect(text).toContain("已收到 1月25日的零报告 10:00 收到 · 按时");
    expect(text).toContain("已按时报告");
    expect(text).not.toContain("今天没有新情况，报零报告");
    expect(text).not.toContain("1月24日");
  });

  it("is not offered a receipt for a day that nobody reported", async () => {
    expect((await page(`/u/${wu}?done=2026-01-24`)).text).not.toContain("已收到");
    expect((await page(`/u/${wu}?done=%3Cscript%3E`)).status).toBe(200);
  });

  it("finds the figures prefilled with what the service knows, and confirms them", async () => {
    await register(50, [amina(), chen()]);
    const board = await page(`/u/${wu}`);
    expect(board.text).toContain("系统今天已登记返乡人员 2 人，其中武汉方向 2 人；有不适 1 人。");
    expect(board.text).toContain("核对数字并上报");
    const form = await (await county.fetch(`/u/${wu}/report?date=${TODAY}`)).text();
    expect(form).toMatch(/name="returnees"[^>]*value="2"/);
    expect(form).toMatch(/name="symptomatic"[^>]*value="1"/);
    const sent = await send({ zero: "no", returnees: "2", wuhan: "2", symptomatic: "1" });
    expect(sent.status).toBe(303);
    expect((await page(sent.location ?? "")).text).toContain("返乡 2 人，武汉方向 2 人，有不适 1 人");
  });

  it("must give a reason for other figures, and keeps what was typed", async () => {
    const sent = await send({ zero: "no", returnees: "５", wuhan: "1", symptomatic: "0", note: "示例说明" });
    expect(sent.status).toBe(422);
    expect(sent.html).toContain("<title>错误：");
    expect(sent.html).toContain('href="#f-reason"');
    expect(sent.html).toMatch(/name="returnees"[^>]*value="５"/);
    expect(sent.text).toContain("示例说明");
    expect(await rows("SELECT COUNT(*) AS n FROM submission")).toEqual([{ n: 0 }]);
    expect(
      (await send({ zero: "no", returnees: "５", wuhan: "1", symptomatic: "0", reason: "示例" })).status,
    ).toBe(303);
  });

  it("is sent to the zero report when every figure is nought", async () => {
    const sent = await send({ zero: "no", returnees: "0", wuhan: "0", symptomatic: "0" });
    expect(sent.status).toBe(422);
    expect(sent.text).toContain("三项人数都是 0。没有新情况的，请改报“零报告”");
    expect(sent.html).toContain('id="f-zero"');
  });

  it("must give a reason for a zero report where somebody registered", async () => {
    await register(50, [amina()]);
    const sent = await send({ zero: "yes" });
    expect(sent.status).toBe(422);
    expect(sent.html).toContain('name="zero" value="yes"');
    expect((await send({ zero: "yes", reason: "登记的人当天又走了（示例）" })).status).toBe(303);
  });

  it("corrects with a reason; the page shows what stands, and the old figures stay", async () => {
    await send({ zero: "yes" });
    const form = await page(`/u/${wu}/report?date=${TODAY}`);
    expect(form.text).toContain("更正1月25日的日报告");
    expect(form.text).toContain("现在的报告 ：零报告");
    const figures = { clientId: clientId(2), zero: "no", returnees: "1", wuhan: "0", symptomatic: "0" };
    expect((await send(figures)).status).toBe(422);
    expect((await send({ ...figures, reason: "漏报一人（示例）" })).status).toBe(303);
    expect((await page(`/u/${wu}`)).text).toContain("已报，有更正");
    expect(await rows("SELECT version, zero FROM report ORDER BY version")).toEqual([
      { version: 1, zero: 1 },
      { version: 2, zero: 0 },
    ]);
  });

  it("who goes back in the browser and sends other figures is asked for a correction, with a fresh id", async () => {
    await send({ zero: "yes" });
    const again = await send({ zero: "no", returnees: "1", wuhan: "0", symptomatic: "0", reason: "示例" });
    expect(again.status).toBe(409);
    expect(again.text).toContain("这份表已经提交过");
    expect(again.html).not.toContain(clientId(1));
    expect(again.html).toMatch(/name="returnees"[^>]*value="1"/);
  });

  it("presses the button twice and has one report", async () => {
    expect((await send({ zero: "yes" })).status).toBe(303);
    expect((await send({ zero: "yes" })).status).toBe(303);
    expect(await rows("SELECT COUNT(*) AS n FROM report")).toEqual([{ n: 1 }]);
  });

  it("fills in a missing day of last week, which is then late", async () => {
    county.setNow("2026-01-27T10:00:00+08:00");
    await materialiseDailyReports(county.deps, county.deps.now());
    expect((await page(`/u/${wu}`)).text).toContain("1月25日 周日 未报 补报");
    expect((await page(`/u/${wu}/report?date=${TODAY}`)).text).toContain("现在补报记为迟报");
    const sent = await send({ zero: "yes" });
    expect((await page(sent.location ?? "")).text).toContain("1月25日 周日 迟报 零报告");
  });

  it("switches the language on the form and keeps what was typed", async () => {
    const sent = await send({ zero: "no", returnees: "7", wuhan: "", symptomatic: "", _lang: "en" });
    expect(sent.status).toBe(200);
    expect(sent.html).toContain('<html lang="en">');
    expect(sent.html).toMatch(/name="returnees"[^>]*value="7"/);
    expect(await rows("SELECT COUNT(*) AS n FROM submission")).toEqual([{ n: 0 }]);
  });

  it("sends at the same second as a colleague: one stands, the other is asked for a reason", async () => {
    const answers = await Promise.all([
      send({ clientId: clientId(1), zero: "yes" }),
      send({ clientId: clientId(2), zero: "yes", visited: "12" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
    const reasoned = await Promise.all(
      [3, 4].map((client) =>
        send({ clientId: clientId(client), zero: "yes", visited: `${client}`, reason: "示例" }),
      ),
    );
    expect(reasoned.map(({ status }) => status)).toEqual([303, 303]);
    expect((await rows("SELECT version FROM report ORDER BY version")).map(({ version }) => version)).toEqual(
      [1, 2, 3],
    );
  });

  it.each([
    ["nothing at all", {}, 422],
    ["a word for a number", { zero: "no", returnees: "三", wuhan: "0", symptomatic: "0" }, 422],
    ["a negative number", { zero: "no", returnees: "-1", wuhan: "0", symptomatic: "0" }, 422],
    ["a number beyond any county", { zero: "no", returnees: "100000000", wuhan: "0", symptomatic: "0" }, 422],
    ["more from Wuhan than came", { zero: "no", returnees: "1", wuhan: "2", symptomatic: "0" }, 422],
    ["control characters", { zero: "yes", reason: "a\u0007b" }, 422],
    ["a reason of 10,000 characters", { zero: "yes", reason: "长".repeat(5_000) }, 422],
    ["no client id", { zero: "yes", clientId: "" }, 422],
    ["a client id that is none", { zero: "yes", clientId: "1" }, 422],
    ["tomorrow", { zero: "yes", date: "2026-01-26" }, 422],
    ["a day that does not exist", { zero: "yes", date: "2026-02-30" }, 422],
    ["a day in the time of the dynasties", { zero: "yes", date: "1666-01-01" }, 422],
  ])("is answered clearly and nothing is written for %s", async (_, fields, status) => {
    const sent = await send(fields);
    expect(sent.status).toBe(status);
    expect(await rows("SELECT COUNT(*) AS n FROM submission")).toEqual([{ n: 0 }]);
    expect(await rows("SELECT COUNT(*) AS n FROM report")).toEqual([{ n: 0 }]);
  });

  it("is asked to wait when the link sends too much, and what was typed is kept", async () => {
    const { createUnitApp } = await import("../../src/unit-app.tsx");
    const PER_LINK = { limit: async () => ({ success: false }) };
    const answer = await createUnitApp(async () => county.deps).request(
      `/u/${wu}/report`,
      {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: `zero=no&returnees=7&wuhan=0&symptomatic=0&date=${TODAY}&clientId=${clientId(1)}`,
      },
      { DB: county.deps.d1, PER_LINK },
    );
    expect([answer.status, answer.headers.get("Retry-After")]).toEqual([429, "60"]);
    expect(await answer.text()).toMatch(/name="returnees"[^>]*value="7"/);
    expect(await rows("SELECT COUNT(*) AS n FROM submission")).toEqual([{ n: 0 }]);
  });

  it("gets a clear answer to any fields whatever, and never a half-written report", async () => {
    const texts = [
      "",
      "0",
      "1",
      "-1",
      "１２",
      "1e9",
      "yes",
      "no",
      "true",
      "是",
      "\u0000",
      "\ud83d",
      "x".repeat(3_000),
      "2026-01-25",
      "示例",
    ];
    const names = [
      "clientId",
      "date",
      "zero",
      "returnees",
      "wuhan",
      "symptomatic",
      "visited",
      "reason",
      "note",
      "__proto__",
      "_lang",
    ];
    // A small generator of our own: the same sequence each run.
    let seed = 20_260_125;
    const draw = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    for (let round = 0; round < 120; round++) {
      const fields: Record<string, string> = { clientId: clientId(round), date: TODAY };
      for (let n = draw(9); n > 0; n--)
        fields[names[draw(names.length)] ?? ""] = texts[draw(texts.length)] ?? "";
      const answer = await post(county, `/u/${wu}/report`, fields);
      expect([200, 303, 400, 409, 422], JSON.stringify(fields)).toContain(answer.status);
    }
    const [stored] = await rows("SELECT COUNT(*) AS n, MAX(version) AS last FROM report");
    expect(stored?.n).toBe(stored?.last);
    expect(
      await rows("SELECT COUNT(*) AS n FROM report WHERE submission_id NOT IN (SELECT id FROM submission)"),
    ).toEqual([{ n: 0 }]);
  });

  it("refuses a body of a megabyte", async () => {
    expect((await send({ zero: "yes", note: "长".repeat(350_000) })).status).toBe(413);
  });

  it("refuses other sites and bodies of another kind at every address that takes one, whichever Worker has it", async () => {
    const apps = [createUnitApp(async () => county.deps), createRecordApp(async () => county.deps)];
    const posts = apps.flatMap(({ routes }) =>
      routes.flatMap(({ method, path }) =>
        method === "POST" && path.startsWith("/u/:token/") ? [path] : [],
      ),
    );
    expect(posts.length).toBeGreaterThan(20);
    for (const route of posts) {
      const path = route
        .replace(":token", wu)
        .replace(/:\w+\{[^}]*\}/g, "A-1-1")
        .replace(/:\w+/g, "x");
      const send = (headers: Record<string, string>) =>
        county.fetch(path, { method: "POST", headers, body: "x" });
      const type = "application/x-www-form-urlencoded";
      const foreign = await send({ "Content-Type": type, Origin: "https://mallory.example" });
      expect([route, foreign.status]).toEqual([route, 403]);
      expect([route, (await send({ "Content-Type": "text/plain" })).status]).toEqual([route, 415]);
    }
  });

  it("refuses JSON, half surrogates, other sites and other methods", async () => {
    const path = `/u/${wu}/report`;
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const json = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
    expect((await county.fetch(path, json)).status).toBe(415);
    const half = { method: "POST", headers, body: "zero=yes&note=%ED%A0%80" };
    expect((await county.fetch(path, half)).status).toBe(400);
    const foreign = {
      method: "POST",
      headers: { ...headers, Origin: "https://mallory.example" },
      body: "zero=yes",
    };
    expect((await county.fetch(path, foreign)).status).toBe(403);
    expect((await county.fetch(path, { method: "DELETE" })).status).toBe(405);
    expect((await county.fetch(path, { method: "PUT", headers, body: "zero=yes" })).status).toBe(405);
  });
});

describe("who waits", () => {
  it("lists the oldest promise first, masked, with the fever in words", async () => {
    await register(50, [bashir()]);
    county.setNow(`${TODAY}T11:00:00+08:00`);
    await register(51, [chen(), amina()]);
    county.setNow(`${TODAY}T12:30:00+08:00`);
    const { text } = await page(`/u/${wu}`);
    expect(text.indexOf("巴*")).toBeLessThan(text.indexOf("陈* 等 2 人"));
    expect(text).toContain("有不适");
    expect(text).toContain("逾期 30 分 12:00 到期");
    expect(text).not.toMatch(/巴希尔|陈小|13900000001|示例一组/);
  });

  it("shows a town the villages' names and not those of another town", async () => {
    await register(50, [bashir()]);
    await register(51, [amina()], "511781101001");
    const { text } = await page(`/u/${await linkOf(county, "511781100")}`);
    expect(text).toContain("示例一社区");
    expect(text).not.toContain("示例三社区");
  });
});

describe("Zhou and Li look at the units below", () => {
  it("reads expected, reported, zero and overdue, and who is missing", async () => {
    await submitReport(county.deps, {
      clientId: clientId(1),
      unitCode: AMINAS,
      date: TODAY,
      values: { zero: true },
      door: "unit",
    });
    county.setNow(`${TODAY}T16:30:00+08:00`);
    const { text } = await page(`/u/${await linkOf(county, "511781")}`);
    expect(text).toContain("已报 1 / 6 其中零报告 1 逾期未报 5");
    expect(text).toContain("示例二社区 太平镇 逾期 30 分 16:00 到期");
    expect(text).not.toContain("报零报告");
    expect((await page(`/u/${await linkOf(county, "511781100")}`)).text).toContain("已报 1 / 3");
  });

  it("excuses the school in advance from a page, and is told what to mend otherwise", async () => {
    const li = `/u/${await linkOf(county, "511781100")}/excuse`;
    const asked = { unit: "511781100S01", from: "2026-01-26", to: "2026-01-30", reason: "放假（示例）" };
    const wrong = await send({ ...asked, from: "2026-01-20", reason: "" }, li);
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#f-from"');
    expect(wrong.html).toContain('href="#f-reason"');
    expect((await send({ ...asked, unit: "511781101001" }, li)).status).toBe(422);
    expect((await send({ ...asked, unit: "511781100" }, li)).status).toBe(422);
    expect((await send({ ...asked, unit: "nowhere" }, li)).status).toBe(422);
    const done = await send(asked, li);
    expect(done.status).toBe(303);
    expect((await page(done.location ?? "")).text).toContain("示例小学 从 1月26日 到 1月30日 免报");
    expect(await rows("SELECT unit_code, from_date, to_date FROM excuse")).toEqual([
      { unit_code: "511781100S01", from_date: "2026-01-26", to_date: "2026-01-30" },
    ]);
  });

  it("leaves a village without that page", async () => {
    expect((await page(`/u/${wu}/excuse`)).status).toBe(404);
    expect(
      (await send({ unit: AMINAS, from: "2026-01-26", to: "2026-01-26", reason: "示例" }, `/u/${wu}/excuse`))
        .status,
    ).toBe(404);
  });
});
