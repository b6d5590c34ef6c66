import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectNoSideScroll, openBrowser, shoot, visit } from "../support/browser.ts";
import { choose, goOn } from "../support/journeys.ts";
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

it.each([
  ["with JavaScript", true],
  ["without JavaScript", false],
])(
  "takes Wu's tip %s, shows the code once, and the state of the tip for that code",
  async (_, javaScript) => {
    const { page, close } = await visit(browser, { javaScript });
    await page.goto(server.doors.tip);
    await goOn(page);
    expect(await page.textContent("#problems h2")).toBe("有 3 处需要修改");
    expect(await page.title()).toMatch(/^错误：/);
    await choose(page, "category", "unregistered");
    await page.selectOption('[name="unit"]', { index: 2 });
    await page.fill('[name="text"]', "昨晚看到三楼有人拖着行李回来（示例线索）");
    await expectNoSideScroll(page);
    await goOn(page);
    await page.waitForURL(/\/tip\/receipt/);
    const code = (await page.textContent(".code"))?.trim() ?? "";
    expect(code).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);
    await shoot(page, `tip-receipt-${javaScript}`);
    await goOn(page);
    expect(await page.textContent("h1")).toBe("查询码已不再显示");
    await page.reload();
    expect(await page.textContent("main")).not.toContain(code);

    await goOn(page);
    await page.fill(
      '[name="code"]',
      code.replace(/\d$/, (last) => String((Number(last) + 1) % 10)),
    );
    await goOn(page);
    expect(await page.textContent(".wrong .error")).toContain("查询码不对");
    await page.fill('[name="code"]', code);
    await goOn(page);
    expect(await page.textContent("h1")).toBe("已收到，核实中");
    expect(page.url()).not.toContain(code.slice(0, 4));
    await page.fill('[name="text"]', "今天早上又看到一次（示例）");
    await goOn(page);
    expect(await page.textContent("[role=status]")).toContain("补充已收到");
    expect(await page.textContent(".messages")).toContain("今天早上又看到一次（示例）");
    await expectNoSideScroll(page);
    await close();
  },
);
