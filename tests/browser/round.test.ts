import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  DESK,
  expectAccessible,
  expectNoSideScroll,
  openBrowser,
  PHONE,
  shoot,
  visit,
} from "../support/browser.ts";
import { type Observed, observe } from "../support/round.ts";
import { openServer, type TestServer } from "../support/server.ts";

/*
 * Wu's round in the rain: the network comes and goes, the page is reloaded, closed and opened twice, answers get lost on
 * the way back. Every entry is stored, once.
 */
let browser: Browser;
let server: TestServer;
let place = 0;
let round: Observed;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer({ HOTLINE: "0818-8600000" })]);
});
beforeEach(async () => {
  round = await observe(server, { at: place++, homes: 3, each: 2 });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens the round; the network's own complaints are the test's doing, a failing script is not. */
async function walk(options: Parameters<typeof visit>[1] = {}) {
  const { page } = await visit(browser, options);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(`${round.village.url}/round`);
  return {
    page,
    async close() {
      await page.context().close();
      expect(faults).toEqual([]);
    },
  };
}

const card = (page: Page, at: number) => page.locator(`[data-person="${round.ids[at]}"]`);
const well = (page: Page, at: number) => card(page, at).locator(".feel > .marks > label").first();
async function type(page: Page, at: number, temperature: string) {
  await card(page, at).locator('input[inputmode="decimal"]').fill(temperature);
  await well(page, at).click();
}
async function note(page: Page, at: number, temperature: string) {
  await type(page, at, temperature);
  await card(page, at).locator(".save").click();
}
const tally = (page: Page, text: string) =>
  page.locator("#tally", { hasText: text }).waitFor({ timeout: 30_000 });
/** Says that the signal is back, again and again, so that no pause of the page's own is waited for. */
const untilOnline = (page: Page, done: () => boolean) =>
  expect
    .poll(
      async () => {
        await page.evaluate("window.dispatchEvent(new Event('online'))");
        return done();
      },
      { timeout: 30_000, interval: 300 },
    )
    .toBe(true);
const kept = (page: Page) =>
  page.evaluate("Object.keys(localStorage).filter((key) => key.indexOf('/entry/') > 0).length");

/** What the database holds of this round's people: person, version and tenths of a degree. */
async function stored() {
  const { results } = await server.d1
    .prepare(
      `SELECT observation_id AS id, version, temperature FROM reading
       WHERE observation_id IN (SELECT value FROM json_each(?)) ORDER BY observation_id, due_at, version`,
    )
    .bind(JSON.stringify(round.ids))
    .all<{ id: string; version: number; temperature: number }>();
  return results;
}
const eachOnce = (temperatures: number[]) =>
  round.ids
    .slice(0, temperatures.length)
    .map((id, at) => ({ id, version: 1, temperature: temperatures[at] }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
const TEMPERATURES = ["36.1", "36.2", "36.3", "３６。４", "36,5", "37.2"];
const TENTHS = [361, 362, 363, 364, 365, 372];

describe("Wu on a round", () => {
  it("loses nothing and doubles nothing when the network is cut halfway and the page reloaded", async () => {
    const { page, close } = await walk();
    for (const at of [0, 1, 2]) await note(page, at, TEMPERATURES[at] ?? "");
    await tally(page, "已报 3 / 6");
    await page.context().setOffline(true);
    for (const at of [3, 4]) await note(page, at, TEMPERATURES[at] ?? "");
    // Typed, not yet noted down.
    await type(page, 5, TEMPERATURES[5] ?? "");
    await tally(page, "未发送 2");
    // Each try that fails says for a moment that it is being sent.
    await card(page, 3).filter({ hasText: "已记在手机里，还没有发出" }).waitFor();
    await shoot(page, "round-offline");
    expect(await stored()).toHaveLength(3);
    // The phone's browser was closed and opened again; the page itself comes over the air, the sending does not.
    await page.route("**/round/readings*", (route) => route.abort());
    await page.context().setOffline(false);
    await page.reload();
    await tally(page, "未发送 2");
    expect(await card(page, 5).locator('input[inputmode="decimal"]').inputValue()).toBe("37.2");
    await card(page, 5).locator(".save").click();
    await tally(page, "未发送 3");
    expect(await kept(page)).toBe(3);
    await page.unroute("**/round/readings*");
    await page.evaluate("window.dispatchEvent(new Event('online'))");
    await tally(page, "已报 6 / 6");
    expect(await stored()).toEqual(eachOnce(TENTHS));
    expect(await kept(page)).toBe(0);
    await page.reload();
    expect(await page.textContent("#tally")).toBe("已报 6 / 6");
    await close();
  });

  it("doubles nothing when the answers are lost after the service has stored them", async () => {
    const { page, close } = await walk();
    let lost = 0;
    await page.route("**/round/readings*", async (route) => {
      await route.fetch();
      lost += 1;
      if (lost > 4) await route.continue();
      else await route.abort();
    });
    for (const at of [0, 1, 2, 3, 4, 5]) await note(page, at, TEMPERATURES[at] ?? "");
    await untilOnline(page, () => lost > 4);
    await tally(page, "已报 6 / 6");
    expect(lost).toBeGreaterThan(4);
    expect(await stored()).toEqual(eachOnce(TENTHS));
    await close();
  });

  it("goes on after 500, 429, a portal's page and half an answer", async () => {
    const { page, close } = await walk();
    const answers = [
      { status: 503, body: "busy" },
      { status: 429, headers: { "Retry-After": "1" }, body: "{}" },
      { status: 200, contentType: "text/html", body: "<h1>登录 Wi-Fi</h1>" },
      { status: 200, contentType: "application/json", body: '{"results":[{"clientId":' },
      { status: 403, body: "<h1>portal</h1>" },
    ];
    await page.route("**/round/readings*", (route) => {
      const answer = answers.shift();
      return answer ? route.fulfill(answer) : route.continue();
    });
    for (const at of [0, 1]) await note(page, at, TEMPERATURES[at] ?? "");
    await tally(page, "未发送 2");
    await untilOnline(page, () => answers.length === 0);
    await tally(page, "已报 2 / 6");
    expect(await stored()).toEqual(eachOnce(TENTHS.slice(0, 2)));
    await close();
  });

  it("sends from two tabs what was noted in one, once", async () => {
    const { page, close } = await walk();
    await page.context().setOffline(true);
    for (const at of [0, 1, 2]) await note(page, at, TEMPERATURES[at] ?? "");
    await tally(page, "未发送 3");
    await page.context().setOffline(false);
    const second = await page.context().newPage();
    await Promise.all([
      second.goto(`${round.village.url}/round`),
      page.evaluate("window.dispatchEvent(new Event('online'))"),
    ]);
    await tally(page, "已报 3 / 6");
    await tally(second, "已报 3 / 6");
    expect(await stored()).toEqual(eachOnce(TENTHS.slice(0, 3)));
    await close();
  });

  it("counts in a tab that was opened before the other one had sent", async () => {
    const { page, close } = await walk();
    const second = await page.context().newPage();
    let send = () => {};
    const opened = new Promise<void>((resolve) => {
      send = resolve;
    });
    let begin = () => {};
    const sent = new Promise<void>((resolve) => {
      begin = resolve;
    });
    await page.route(/\/round\/readings/, async (route) => {
      await opened;
      await route.continue();
    });
    // The second page has come, its script has not: meanwhile the first tab sends.
    await second.route("**/*.js", async (route) => {
      await sent;
      await route.continue();
    });
    for (const at of [0, 1, 2]) await note(page, at, TEMPERATURES[at] ?? "");
    await second.goto(`${round.village.url}/round`, { waitUntil: "commit" });
    await second.locator("#tally").waitFor({ state: "attached" });
    send();
    await tally(page, "已报 3 / 6");
    begin();
    await tally(second, "已报 3 / 6");
    await close();
  });

  it("shows on its card what the service refuses for good, and keeps it until Wu has decided", async () => {
    const { page, close } = await walk();
    await server.d1
      .prepare("UPDATE observation SET ended_at = 1, ended_recorded_at = 1, ending = 'closed' WHERE id = ?")
      .bind(round.ids[0])
      .run();
    await note(page, 0, "36.5");
    await note(page, 1, "36.6");
    await tally(page, "已报 1 / 6 · 要改 1");
    expect(await card(page, 0).textContent()).toContain("没有收下：观察已经结束，不用再填报");
    expect(await card(page, 0).locator('input[inputmode="decimal"]').inputValue()).toBe("36.5");
    await shoot(page, "round-refused");
    await page.reload();
    const stray = page.locator("#strays");
    expect(await stray.textContent()).toContain(`${round.ids[0]}`);
    expect(await stray.textContent()).toContain("观察已经结束，不用再填报");
    await stray.locator("button").click();
    expect(await kept(page)).toBe(0);
    expect(await stray.isHidden()).toBe(true);
    expect((await stored()).map(({ id }) => id)).toEqual([round.ids[1]]);
    await close();
  });

  it("corrects what was sent: the later one counts, the first is kept", async () => {
    const { page, close } = await walk();
    await note(page, 0, "36.5");
    await tally(page, "已报 1 / 6");
    await card(page, 0).locator("summary").click();
    const slots = card(page, 0).locator("select");
    await slots.selectOption({ index: 0 });
    await note(page, 0, "36.9");
    await card(page, 0).locator(".line:nth-child(2)", { hasText: "更正" }).waitFor();
    expect(await stored()).toEqual([
      { id: round.ids[0], version: 1, temperature: 365 },
      { id: round.ids[0], version: 2, temperature: 369 },
    ]);
    await close();
  });

  it("says what is missing beside the card, and that a fever must be phoned in while it cannot be sent", async () => {
    const { page, close } = await walk();
    await card(page, 0).locator('input[inputmode="decimal"]').fill("25");
    await card(page, 0).locator(".save").click();
    expect(await card(page, 0).locator(".faults").textContent()).toContain("体温应在 34.0 到 43.0 ℃ 之间");
    expect(await card(page, 0).locator(".faults").textContent()).toContain("请选择现在有没有不适");
    await expectAccessible(page);
    await page.context().setOffline(true);
    await card(page, 0).locator('input[inputmode="decimal"]').fill("37.3");
    await card(page, 0).locator(".feel > .marks > label").nth(1).click();
    await card(page, 0).locator(".more label").nth(1).click();
    await card(page, 0).locator(".save").click();
    expect(await card(page, 0).textContent()).toContain("请马上打电话报告 0818-8600000");
    await expectAccessible(page);
    await page.context().setOffline(false);
    await page.waitForSelector(`[data-person="${round.ids[0]}"] >> text=正在通知村（社区）、镇和县`);
    expect(await kept(page)).toBe(0);
    await close();
  });

  it("keeps no name on the phone", async () => {
    const { page, close } = await walk();
    await page.context().setOffline(true);
    await note(page, 0, "36.5");
    await type(page, 1, "36.4");
    const memory = String(await page.evaluate("JSON.stringify(localStorage)"));
    expect(memory).toContain(round.ids[0]);
    expect(memory).not.toMatch(/示例|样本|王|李|\*/);
    expect(memory).not.toContain(round.village.url.split("/u/")[1]);
    await close();
  });

  it("works without JavaScript: everyone filled in goes at once, and what must be mended stays filled in", async () => {
    const { page, close } = await visit(browser, { javaScript: false });
    await page.goto(`${round.village.url}/round`);
    await type(page, 0, "36.5");
    await type(page, 1, "45");
    await page.click("#send-all");
    expect(await page.textContent(".problems")).toContain("体温应在 34.0 到 43.0 ℃ 之间");
    expect(await card(page, 1).locator('input[inputmode="decimal"]').inputValue()).toBe("45");
    expect(await page.textContent("#tally")).toBe("已报 1 / 6");
    await shoot(page, "round-plain-error");
    await type(page, 1, "36.7");
    await page.click("#send-all");
    expect(await page.textContent(".note")).toContain("收到 1 条");
    expect((await stored()).map(({ temperature }) => temperature).sort()).toEqual([365, 367]);
    await close();
  });
});

/** Somebody of the round with a fever: the address of what must be answered. */
async function fever(): Promise<string> {
  const [observationId = ""] = round.ids;
  const reading = { temperature: 38.1, symptoms: true, symptomText: "示例：咳嗽", needsHelp: true };
  const answer = await fetch(`${round.village.url}/round/readings`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ readings: [{ clientId: crypto.randomUUID(), observationId, ...reading }] }),
  });
  expect(answer.status).toBe(200);
  const { results } = await server.d1
    .prepare("SELECT id FROM obligation WHERE kind = 'response' AND subject_id LIKE ?")
    .bind(`${observationId}/%`)
    .all<{ id: string }>();
  return `/${results[0]?.id}`;
}
const caseOf = (id = "") => id.slice(0, id.lastIndexOf("-"));

it.each([
  ["the round", () => "/round"],
  ["the board", () => ""],
  ["a case", () => `/case/${caseOf(round.ids[0])}`],
  ["an observation", () => `/observation/${round.ids[0]}`],
  ["a release", () => `/release/${round.ids[0]}`],
  ["a care role", () => `/care/${caseOf(round.ids[0])}/doctor`],
  ["a fever", (response: string) => response],
])("%s holds WCAG 2.2 AA, small and large, in the light and in the dark", async (name, at) => {
  const path = at(await fever());
  const { page, close } = await visit(browser);
  for (const [lang, viewport, colorScheme] of [
    ["zh-Hans", PHONE, "light"],
    ["zh-Hant", DESK, "light"],
    ["en", PHONE, "dark"],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const answer = await page.goto(`${round.village.url}${path}?lang=${lang}`);
    expect(answer?.status()).toBe(200);
    // The bar that follows the reader lies over what is not scrolled to yet; at the end it stands in its own place.
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    await expectAccessible(page, { looks: viewport !== PHONE || colorScheme !== "light" });
    await expectNoSideScroll(page);
    await shoot(page, `watch-${name.replace(/ /g, "-")}-${lang}`);
  }
  await close();
});
