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

/*
 * The board keeps itself fresh while somebody looks at it, says so when it cannot, and works without JavaScript.
 */
let browser: Browser;
let server: TestServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer()]);
  await server.scheduled(Date.now());
  // The first village's report fell due an hour ago.
  await server.d1
    .prepare(
      `UPDATE obligation SET due_at = ?1, next_due_at = ?1 WHERE id = (SELECT min(id) FROM obligation
        WHERE kind = 'daily-report' AND subject_id = date('now', '+8 hours'))`,
    )
    .bind(Date.now() - 3_600_000)
    .run();
  await server.scheduled(Date.now());
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const signIn = () => server.doors.officials.find(({ role }) => role === "supervisor")?.url ?? "";

it("reads itself anew each minute, leaves what is closed closed, and says when it cannot", async () => {
  const { page, close } = await visit(browser, { viewport: DESK });
  await page.clock.install();
  await page.goto(signIn());
  await page.waitForSelector("#g-daily-report[open]");
  await expectAccessible(page);
  await expectNoSideScroll(page);
  await shoot(page, "desk-board");
  await page.click("#g-daily-report summary");
  await page.evaluate("document.activeElement.blur(); document.getElementById('board').dataset.old = 'yes'");
  await page.clock.fastForward(70_000);
  await page.waitForSelector("#board:not([data-old])");
  expect(await page.locator("#g-daily-report").getAttribute("open")).toBeNull();

  await page.route("**/desk?*", (route) => route.fulfill({ status: 404, body: "" }));
  await page.route("**/desk", (route) => route.fulfill({ status: 404, body: "" }));
  await page.clock.fastForward(70_000);
  await page.waitForSelector("#said.alarm");
  expect(await page.textContent("#said")).toMatch(/连接中断，下面仍是 \d\d:\d\d 的数据/);
  await page.unrouteAll();
  await page.clock.fastForward(70_000);
  await page.waitForSelector("#said:not(.alarm)");
  expect(await page.textContent("#said")).toMatch(/已恢复，截至 \d\d:\d\d/);

  await page.click("#pause");
  expect(await page.textContent("#pause")).toBe("继续自动刷新");
  await page.evaluate("document.getElementById('board').dataset.old = 'yes'");
  await page.clock.fastForward(300_000);
  expect(await page.locator("#board[data-old]").count()).toBe(1);
  await page.click("#pause");
  await page.waitForSelector("#board:not([data-old])");
  // Nothing moves under somebody who is at it.
  await page.focus("#board .go");
  await page.evaluate("document.getElementById('board').dataset.old = 'yes'");
  await page.clock.fastForward(300_000);
  expect(await page.locator("#board[data-old]").count()).toBe(1);
  await close();
});

it("works on a phone without JavaScript: reload, fold, and one press to the report", async () => {
  const { page, close } = await visit(browser, { viewport: PHONE, javaScript: false });
  await page.goto(signIn());
  expect(await page.isVisible("#pause")).toBe(false);
  await page.click("#reload");
  await page.click("#g-daily-report .go");
  expect(await page.textContent("h1")).toContain("日报告");
  await close();
});
