import { beforeEach, describe, expect, it } from "vitest";
import { verifyTip } from "../../src/http/submit.ts";
import { CLIENT, inputValue, posted } from "../support/pages.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
});

const TIP: [string, string][] = [
  ["category", "unregistered"],
  ["unit", "511781100"],
  ["text", "昨晚看到三楼有人拖着行李回来（示例线索）"],
  ["_client", CLIENT],
];
const count = async (table: string) =>
  (await county.deps.d1.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;
const send = (entries: readonly (readonly [string, string])[], path = "/tip") =>
  county.fetch(`${path}?lang=zh-Hans`, posted(entries));
const cookieOf = (answer: Response) => (answer.headers.get("Set-Cookie") ?? "").split(";")[0] ?? "";
const receiptFor = (cookie: string) =>
  county.fetch("/tip/receipt?lang=zh-Hans", { headers: { Cookie: cookie } });
const codeIn = (html: string) => /<p class="big code"[^>]*>([\d ]{19})</.exec(html)?.[1] ?? "";

/** Wu leaves the tip; the code that Wu was shown. */
const leave = async () => codeIn(await (await receiptFor(cookieOf(await send(TIP)))).text());

describe("a tip through the pages", () => {
  it("offers the towns and 'not sure', says that Wu may stay anonymous, and is asked for anew", async () => {
    const answer = await county.fetch("/tip?lang=zh-Hans");
    expect(answer.headers.get("Cache-Control")).toBe("private, no-cache");
    const html = await answer.text();
    expect(html).toContain("不清楚（万源市）");
    expect(html).toContain("青花镇");
    expect(html).toContain("可以匿名");
    expect(inputValue(html, "_client")).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("shows Wu the code once, until Wu has saved it or half an hour has passed", async () => {
    const answer = await send(TIP);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("Location")).toBe("/tip/receipt?lang=zh-Hans");
    const set = answer.headers.get("Set-Cookie") ?? "";
    for (const word of ["HttpOnly", "SameSite=Lax", "Path=/tip", "Secure", "Max-Age=1800"])
      expect(set).toContain(word);
    const cookie = cookieOf(answer);
    const receipt = await receiptFor(cookie);
    expect(receipt.headers.get("Cache-Control")).toBe("no-store");
    const html = await receipt.text();
    expect(html).toContain("逾期没有核实的，上级会收到提醒");
    const code = codeIn(html);
    expect(code).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);
    expect(cookie).not.toContain(code.replaceAll(" ", ""));
    const saved = await county.fetch("/tip/receipt?lang=zh-Hans", posted([], { Cookie: cookie }));
    expect(saved.headers.get("Set-Cookie")).toContain("Max-Age=0");
    expect(await (await county.fetch("/tip/receipt?lang=zh-Hans")).text()).toContain("查询码已不再显示");
    county.setNow("2026-01-25T10:31:00+08:00");
    expect(await (await receiptFor(cookie)).text()).not.toContain(code);
    expect(await (await receiptFor(`${cookie}x`)).text()).toContain("查询码已不再显示");
  });

  it("promises no word to a level above where the county itself looks into it", async () => {
    const sent = await send([...TIP, ["unit", "511781"]]);
    const html = await (await receiptFor(cookieOf(sent))).text();
    expect(html).toContain("逾期没有核实的，系统会发出提醒");
    expect(html).not.toContain("上级");
  });

  it("stores the same tip once, and gives other content another number only when Wu sends it again", async () => {
    const first = await receiptFor(cookieOf(await send(TIP)));
    const again = await receiptFor(cookieOf(await send(TIP)));
    expect(codeIn(await again.text())).toBe(codeIn(await first.text()));
    const other = await send([...TIP, ["text", "另一件事（示例）"]]);
    expect(other.status).toBe(409);
    const html = await other.text();
    expect(html).toContain("另一件事（示例）");
    expect(inputValue(html, "_client")).not.toBe(CLIENT);
    expect(await count("tip")).toBe(1);
  });

  it("says what is missing, keeps the rest, and stores nothing", async () => {
    const answer = await send(TIP.filter(([name]) => name !== "category"));
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('href="#f-category"');
    expect(html).toContain("拖着行李回来（示例线索）</textarea>");
    for (const unit of ["511782", "511781999", "1"])
      expect((await send([...TIP, ["unit", unit]])).status).toBe(422);
    expect(await count("tip")).toBe(0);
  });

  it("keeps what was typed when the language is switched", async () => {
    const html = await (await send([...TIP, ["_lang", "en"]])).text();
    expect(html).toContain('<html lang="en">');
    expect(html).toContain("（示例线索）</textarea>");
    expect(inputValue(html, "_client")).toBe(CLIENT);
  });
});

describe("the state of a tip", () => {
  it("tells Wu that it is looked into, by when, and what came of it", async () => {
    const code = await leave();
    const ask = async () => (await send([["code", code]], "/tip/status")).text();
    const waiting = await ask();
    expect(waiting).toContain("今天 12:00 之前完成");
    county.setNow("2026-01-25T12:30:00+08:00");
    expect(await ask()).toContain("已逾期");
    const id = /T-\d{4}-\d{4}/.exec(waiting)?.[0] ?? "";
    await verifyTip(county.deps, {
      id,
      unitCode: "511781",
      actor: "sample",
      outcome: "true",
      answer: "已上门核实，已补登记。",
    });
    const status = await send([["code", code]], "/tip/status");
    expect(status.headers.get("Cache-Control")).toBe("no-store");
    const answered = await status.text();
    expect(answered).toContain("<h1>已答复</h1>");
    expect(answered).toContain("情况属实");
    expect(answered).toContain("已上门核实，已补登记。");
  });

  it("adds what Wu writes, once, however often it is sent", async () => {
    const code = await leave();
    const more = [
      ["code", code],
      ["text", "今天早上又看到一次（示例）"],
      ["_client", "7e57c11e-0000-4000-8000-000000000002"],
      ["_go", "add"],
    ] as const;
    expect(await (await send(more, "/tip/status")).text()).toContain("补充已收到");
    expect((await send(more, "/tip/status")).status).toBe(200);
    expect(await count("tip_message")).toBe(1);
    const empty = await send([...more.slice(0, 1), ["text", " "], ["_go", "add"]], "/tip/status");
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('href="#f-text"');
  });

  it("tells a mistyped code from one that nobody has, and keeps it out of the address", async () => {
    const typo = await send([["code", "1234 5678 9012 3456"]], "/tip/status");
    expect(typo.status).toBe(422);
    const html = await typo.text();
    expect(html).toContain("逐位核对");
    expect(html).toContain('value="1234 5678 9012 3456"');
    const unknown = await send([["code", "0000 0000 0000 0000"]], "/tip/status");
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain("没有查到");
    for (const answer of [typo, unknown]) expect(answer.headers.get("X-Robots-Tag")).toBe("noindex");
    expect(await (await county.fetch("/tip/status?code=1234567890123456&lang=zh-Hans")).text()).not.toContain(
      "1234567890123456",
    );
  });
});
