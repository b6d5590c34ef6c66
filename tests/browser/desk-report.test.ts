import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  DESK,
  expectAccessible,
  expectNoSideScroll,
  openBrowser,
  PHONE,
  shoot,
  type Visit,
  visit,
} from "../support/browser.ts";
import { LI, liveAMorning, TOWN } from "../support/desk-day.ts";
import { openServer, type TestServer } from "../support/server.ts";

/*
 * A situation report from its question to paper: what only a browser can show of it.
 */
let browser: Browser;
let server: TestServer;
let li: Visit;

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer()]);
  await liveAMorning(server);
  li = await visit(browser, { viewport: DESK });
  await li.page.goto(`${server.url}/dev/sign-in?as=${LI}`);
});
afterAll(async () => {
  await li?.close();
  await browser?.close();
  await server?.close();
});

/** The page as it stands, on a phone and on a desk; whom it can be read by is desk-a11y.test.ts's, where that has it. */
async function holds(name: string, { alone = false } = {}): Promise<void> {
  const { page } = li;
  for (const [viewport, colorScheme] of [
    [PHONE, "light"],
    [DESK, "dark"],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await shoot(page, `report-${name}-${viewport.width}-${colorScheme}`);
    if (alone) await expectAccessible(page, { looks: viewport === DESK });
    await expectNoSideScroll(page);
  }
}

it("Li asks for a report of two minutes ago, copies it, adds a paragraph, issues it and prints it", async () => {
  const { page } = li;
  await page.goto(`${server.url}/desk/reports?lang=zh-Hans`);
  await holds("ask");
  const [date = "", clock = ""] = await page.evaluate<string[]>(
    "new Date(Date.now() - 120_000).toLocaleString('sv').split(' ')",
  );
  await page.fill('[name="date"]', date);
  await page.check('[name="clock"][value="other"]');
  await page.fill('[name="time"]', clock.slice(0, 5));
  await page.getByRole("button", { name: "写出草稿" }).click();
  await page.waitForSelector("article.report");
  expect(page.url()).toContain(`unit=${TOWN}`);
  await holds("draft");

  const copy = page.locator('[data-copy="report-text"]');
  await copy.click();
  expect(await copy.textContent()).toBe("已复制");
  expect(await page.evaluate("document.activeElement.dataset.copy")).toBe("report-text");
  await page.locator(".own textarea").first().fill("示例镇成立工作组，\n实行包片责任。");
  await page.getByRole("button", { name: "保存段落" }).click();
  await page.getByText("实行包片责任。").first().waitFor();
  await page.getByRole("button", { name: "发布这份汇报" }).click();
  await page.waitForURL(/\/issued\/SR-/);
  await holds("issued");

  await page.getByRole("link", { name: "更正这份汇报" }).click();
  await page.locator(".own textarea").last().fill("示例：加强夜间值守。");
  await page.getByRole("button", { name: "保存段落" }).click();
  await page.getByText("文字有改动").waitFor();
  await page.fill('[name="why"]', "示例：补写下步建议");
  await page.getByRole("button", { name: "发布第 2 版" }).click();
  await page.waitForURL(/\/issued\/SR-/);
  await page.getByText("示例：补写下步建议").waitFor();
  await page.getByRole("link", { name: "按原来的截止时刻重新计算" }).click();
  await page.getByText("一致：现在重新计算").waitFor();
  await holds("corrected", { alone: true });

  await page.getByRole("link", { name: "打印" }).click();
  await page.waitForSelector(".paper");
  await expectAccessible(page);
  await page.setViewportSize(PHONE);
  await expectNoSideScroll(page);
  await shoot(page, "report-print-360");
  await page.emulateMedia({ media: "print" });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString("latin1")).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12]/);
  if (process.env.SHOTS) {
    const { writeFile } = await import("node:fs/promises");
    await writeFile(`${process.env.SHOTS}/report.pdf`, pdf);
  }
  await page.emulateMedia({ media: null });
});
