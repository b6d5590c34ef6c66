import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DESK, expectAccessible, expectNoSideScroll, openBrowser, PHONE, visit } from "../support/browser.ts";
import { choose, fillPerson, fillReach, fillTrip, goOn } from "../support/journeys.ts";
import { openServer, type TestServer } from "../support/server.ts";

let browser: Browser;
let server: TestServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const village = () => server.doors.units.find(({ code }) => /^\d{12}$/.test(code))?.code ?? "";
const plainPages: [string, () => string][] = [
  ["the first page", () => "/"],
  ["the towns", () => "/register"],
  ["the villages", () => `/register?town=${village().slice(0, 9)}`],
  ["the form", () => `/register?unit=${village()}`],
  ["the tip line", () => "/tip"],
  ["the code page", () => "/tip/status"],
  ["a code that is gone", () => "/tip/receipt"],
  ["an unknown address", () => "/nothing-here"],
];

it.each(plainPages)(
  "%s holds WCAG 2.2 AA, small and large, in the light and in the dark",
  async (_name, path) => {
    const { page, close } = await visit(browser);
    for (const [lang, viewport, colorScheme] of [
      ["zh-Hans", PHONE, "light"],
      ["zh-Hant", DESK, "light"],
      ["en", PHONE, "dark"],
    ] as const) {
      const url = new URL(path(), server.url);
      url.searchParams.set("lang", lang);
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await page.goto(url.href);
      expect(await page.getAttribute("html", "lang")).toBe(lang);
      await expectAccessible(page, { looks: viewport !== PHONE || colorScheme !== "light" });
      await expectNoSideScroll(page);
    }
    await close();
  },
);

it("every step of a registration holds WCAG 2.2 AA, errors, check page and receipt included", async () => {
  const { page, close } = await visit(browser);
  await page.goto(server.doors.poster[0] ?? "");
  await goOn(page);
  await expectAccessible(page);
  await choose(page, "filledBy", "self");
  await goOn(page);
  await goOn(page);
  await expectAccessible(page);
  await fillTrip(page);
  await goOn(page);
  await fillPerson(page, 0, "陈小示例", "37.3");
  await page.click(".add");
  await expectAccessible(page);
  await page.click(".row >> nth=1 >> .remove");
  await goOn(page);
  await fillReach(page);
  await expectAccessible(page);
  await goOn(page);
  await page.waitForSelector(".answers");
  await expectAccessible(page);
  await goOn(page);
  await page.waitForURL(/\/receipt/);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page);
  await page.click("a.second");
  await page.waitForURL(/\/p\/[\w-]{22}\?/);
  await expectAccessible(page);
  await close();
});

it("a tip's pages hold WCAG 2.2 AA: errors, receipt code, state", async () => {
  const { page, close } = await visit(browser);
  await page.goto(server.doors.tip);
  await goOn(page);
  await expectAccessible(page);
  await choose(page, "category", "other");
  await page.selectOption('[name="unit"]', { index: 1 });
  await page.fill('[name="text"]', "示例线索");
  await goOn(page);
  await page.waitForURL(/\/tip\/receipt/);
  await expectAccessible(page);
  const code = (await page.textContent(".code"))?.trim() ?? "";
  await page.goto(server.doors.tipStatus);
  await page.fill('[name="code"]', code);
  await goOn(page);
  await page.waitForSelector("#f-text");
  await expectAccessible(page);
  await close();
});

describe("for old eyes and thumbs", () => {
  it("every button, link and answer is at least 44 px high on a phone", async () => {
    const { page, close } = await visit(browser);
    for (const path of ["/", "/register", `/register?unit=${village()}`, "/tip", "/tip/status"]) {
      await page.goto(new URL(path, server.url).href);
      expect(await smallTargets(page), path).toEqual([]);
    }
    await close();
  });

  it("text is 18 px and grows to twice its size without a sideways scroll", async () => {
    const { page, close } = await visit(browser);
    await page.goto(server.doors.poster[0] ?? "");
    expect(await page.evaluate("getComputedStyle(document.body).fontSize")).toBe("18px");
    await page.evaluate("document.documentElement.style.fontSize = '225%'");
    await expectNoSideScroll(page);
    await close();
  });

  it("a line holds at most 34 Han characters on a desk", async () => {
    const { page, close } = await visit(browser, { viewport: DESK });
    await page.goto(server.url);
    const width = await page.evaluate<number>("document.querySelector('main p').clientWidth");
    expect(width / 18).toBeLessThanOrEqual(34);
    await close();
  });
});

/** What can be pressed and is lower than 44 px; what is hidden from sight does not count, a label stands for its control. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(`Array.from(document.querySelectorAll("a, button, select, textarea, .choice label, input:not([type=radio]):not([type=hidden])"))
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 2 && box.height > 0 && box.height < 44;
    })
    .map((element) => element.outerHTML.slice(0, 120))`);
