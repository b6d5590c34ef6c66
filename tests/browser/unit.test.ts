import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DESK,
  expectAccessible,
  expectNoSideScroll,
  openBrowser,
  PHONE,
  shoot,
  visit,
} from "../support/browser.ts";
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

/** The link of the demo's village with this place in the list, its town's or the county's. */
const village = (at: number) => server.doors.units.filter(({ code }) => /^\d{12}$/.test(code))[at]?.url ?? "";
const unit = (digits: number) => server.doors.units.find(({ code }) => code.length === digits)?.url ?? "";

describe("a village's own door", () => {
  it.each([
    ["with JavaScript", true, 0],
    ["without JavaScript", false, 1],
  ])("takes a zero report by one press and a correction after it, %s", async (_, javaScript, at) => {
    const { page, close } = await visit(browser, { javaScript });
    await page.goto(village(at));
    expect(await page.textContent(".card")).toContain("报零报告");
    await shoot(page, `unit-${at}-board`);
    await page.click(".card .main");
    expect(await page.textContent(".panel")).toContain("零报告");
    await shoot(page, `unit-${at}-received`);
    await page.click(".card .second");
    await page.fill("[name=returnees]", "2");
    await page.click("#form .main");
    expect(await page.textContent(".problems")).toContain("这一天已经报过了");
    expect(await page.inputValue("[name=returnees]")).toBe("2");
    await shoot(page, `unit-${at}-error`);
    await page.fill("[name=reason]", "漏报两人（示例）");
    await page.click("#form .main");
    expect(await page.textContent(".panel")).toContain("日报告");
    expect(await page.textContent(".card")).toContain("已报，有更正");
    await close();
  });

  it("keeps what was typed when the language is switched", async () => {
    const { page, close } = await visit(browser);
    await page.goto(`${village(2)}/report`);
    await page.fill("[name=returnees]", "3");
    await page.click(".languages button[lang=en]");
    expect(await page.getAttribute("html", "lang")).toBe("en");
    expect(await page.inputValue("[name=returnees]")).toBe("3");
    await close();
  });
});

it("takes a duty officer, a day's shift and its handover on a phone without JavaScript", async () => {
  const { page, close } = await visit(browser, { javaScript: false });
  await page.goto(`${village(4)}/roster`);
  await page.fill("[name=name]", "示例·巴希尔");
  await page.fill("[name=email]", "bashir@sample.example");
  await page.click("#people ~ details button");
  await page.fill("[name=from]", "00:00");
  await page.fill("[name=to]", "00:00");
  await page.click("[aria-labelledby=add] .main");
  expect(await page.textContent("[aria-labelledby=now] .big")).toBe("示例·巴希尔");
  expect(await page.textContent(".note.alarm")).toContain("明天 00:00 起");
  await page.click("[aria-labelledby=handover] .act button");
  expect(await page.textContent("[aria-labelledby=now]")).toContain("已接班");
  await shoot(page, "unit-roster");
  await close();
});

it.each([
  ["the village", () => village(3)],
  ["its empty roster", () => `${village(3)}/roster`],
  ["a roster with a gap", () => `${village(4)}/roster`],
  ["its report", () => `${village(3)}/report`],
  ["its zero report", () => `${village(3)}/report?zero=yes`],
  ["the town", () => unit(9)],
  ["the county", () => unit(6)],
  ["the excuse", () => `${unit(9)}/excuse`],
  ["the mailbox", () => `${server.url}/dev/mail`],
])("%s holds WCAG 2.2 AA, small and large, in the light and in the dark", async (_, address) => {
  const { page, close } = await visit(browser);
  for (const [lang, viewport, colorScheme] of [
    ["zh-Hans", PHONE, "light"],
    ["zh-Hant", DESK, "light"],
    ["en", PHONE, "dark"],
  ] as const) {
    const url = new URL(address());
    url.searchParams.set("lang", lang);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.goto(url.href);
    await expectAccessible(page, { looks: viewport !== PHONE || colorScheme !== "light" });
    await expectNoSideScroll(page);
  }
  await close();
});
