import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
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

/** A unit of the demo whose code has so many digits, by its place in the list. */
const unit = (digits: number, at = 0) =>
  server.doors.units.filter(({ code }) => code.length === digits && /^\d+$/.test(code))[at]?.url ?? "";

it.each([
  ["with JavaScript", true, 0],
  ["without JavaScript", false, 1],
])(
  "Wu finds the counts from the village's page, enters a day, mends it and sends it, %s",
  async (_, javaScript, at) => {
    const { page, close } = await visit(browser, { javaScript });
    await page.goto(unit(12, at));
    await page.click("text=填工作统计");
    await shoot(page, `counts-${at}-empty`);
    await page.click("a[aria-label='填今天的：宣传引导']");
    await page.fill("[name=leaflets]", "三百");
    await page.fill("[name=screens]", "1200");
    await page.click("#form .main");
    expect(await page.textContent(".problems")).toContain("发放宣传单、彩页");
    await shoot(page, `counts-${at}-error`);
    await page.fill("[name=leaflets]", "300");
    await page.click("#form .main");
    expect(await page.textContent(".counts")).toContain("1,200");
    await shoot(page, `counts-${at}-check`);
    await page.click("text=返回修改");
    expect(await page.inputValue("[name=leaflets]")).toBe("300");
    await page.fill("[name=banners]", "0");
    await page.click("#form .main");
    await page.click("text=确认提交");
    expect(await page.textContent(".panel")).toContain("已收到");
    await shoot(page, `counts-${at}-saved`);
    await page.click("text=返回工作统计");
    expect(await page.textContent(".card")).toContain("今天已填");
    await close();
  },
);

it("the counts of a town and the form read well on a phone and on a desk", async () => {
  const { page, close } = await visit(browser);
  for (const [what, path] of [
    ["list", `${unit(9)}/counts`],
    ["form", `${unit(12)}/counts/publicity`],
    ["screening", `${unit(9)}/counts/case-status?lang=zh-Hant`],
    ["english", `${unit(12)}/counts/organisation?lang=en`],
  ] as const) {
    await page.goto(path);
    for (const viewport of [PHONE, DESK]) {
      await page.setViewportSize(viewport);
      await expectNoSideScroll(page);
      await expectAccessible(page, { looks: viewport === DESK });
      await shoot(page, `counts-${what}-${viewport.width}`);
    }
  }
  await close();
});
