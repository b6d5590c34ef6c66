import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addHouseholds, type Doors, fetchDoors } from "../../src/cli/doors.ts";
import {
  DESK,
  expectAccessible,
  expectNoSideScroll,
  openBrowser,
  PHONE,
  shoot,
  visit,
} from "../support/browser.ts";
import { choose } from "../support/journeys.ts";
import { openServer, type TestServer } from "../support/server.ts";

/* An old couple and their daughter, at nine in the morning by the county's clocks whenever this runs. */
const away = ((9 - new Date().getUTCHours() + 12 + 24) % 24) - 12;
const ZONE = `Etc/GMT${away > 0 ? "-" : "+"}${Math.abs(away)}`;

let browser: Browser;
let server: TestServer;
let persons: Doors["persons"];
beforeAll(async () => {
  [browser, server] = await Promise.all([
    openBrowser(),
    openServer({ TIME_ZONE: ZONE, HOTLINE: "0818-8600000" }),
  ]);
  await addHouseholds(server.url);
  ({ persons } = await fetchDoors(server.url));
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const own = (at: number) => persons[at]?.url ?? "";
const card = async (page: Page, place: number, temperature: string, symptoms = "no", help = "no") => {
  await page.fill(`[name="m.${place}.temperature"]`, temperature);
  await choose(page, `m.${place}.symptoms`, symptoms);
  await choose(page, `m.${place}.needsHelp`, help);
};
const send = (page: Page) => page.click("#form .main");

describe("a household's morning", () => {
  it("is entered for everybody in one go, corrected, and the measures are confirmed", async () => {
    const { page, close } = await visit(browser);
    await page.goto(own(0));
    await shoot(page, "person-form");
    expect(await page.isVisible('[name="m.1.symptomText"]')).toBe(false);
    await card(page, 1, "36.5");
    await card(page, 2, "36.8");
    await send(page);
    await page.waitForURL(/done=/);
    expect(await page.textContent(".box")).toContain("还有 1 人没填");
    await shoot(page, "person-partly");
    await card(page, 3, "３６．６", "no", "yes");
    await send(page);
    await page.waitForSelector("h1#done");
    expect(await page.textContent(".box")).toContain("下一次");
    await shoot(page, "person-thanks");
    await page.goto(own(0));
    expect(await page.textContent("h1")).toContain("都填好了");
    await page.click('.lines a[aria-label="改正 2. 李*"]');
    await shoot(page, "person-correct");
    expect(await page.textContent("#ask")).toContain("原来填的是：36.8 ℃");
    await card(page, 2, "36.7");
    await send(page);
    await page.waitForURL(/done=/);
    expect(await page.textContent(".lines")).toContain("36.7 ℃");
    await page.click("#measures button");
    await page.waitForURL(/#measures$/);
    expect(await page.textContent("#measures")).toMatch(/您家已在 .* 确认/);
    await shoot(page, "person-confirmed");
    await close();
  });

  it("works without JavaScript: what is wrong is shown, what is right is stored, and a fever is answered at once", async () => {
    const { page, close } = await visit(browser, { javaScript: false });
    await page.goto(own(1));
    await shoot(page, "person-nojs");
    await card(page, 1, "36.5");
    await card(page, 2, "45");
    await send(page);
    expect(await page.title()).toMatch(/^错误：/);
    expect(await page.getAttribute(".problems a", "href")).toBe("#f-m.2.temperature");
    expect(await page.inputValue('[name="m.2.temperature"]')).toBe("45");
    expect(await page.locator('[name="m.1.temperature"]').count()).toBe(0);
    await shoot(page, "person-error");
    await page.fill('[name="m.2.temperature"]', "37.4");
    await choose(page, "m.2.symptoms", "yes");
    await page.fill('[name="m.2.symptomText"]', "有点咳嗽（示例）");
    await send(page);
    await page.waitForURL(/done=/);
    const advice = await page.textContent(".note.alarm");
    for (const words of ["37.4 ℃，发热，有不适", "正在通知", "不要出门", "打值班电话 0818-8600000"])
      expect(advice).toContain(words);
    await shoot(page, "person-fever");
    await close();
  });

  it("asks only for whoever was begun, and keeps what was typed when the language is switched", async () => {
    const { page, close } = await visit(browser);
    await page.goto(own(0));
    await page.click('.lines a[aria-label="改正 1. 王*"]');
    await send(page);
    await page.waitForSelector("#problems");
    expect(await page.locator(".problems a").count()).toBe(3);
    await page.fill('[name="m.1.temperature"]', "36.4");
    await page.click(".languages button[lang=en]");
    await page.waitForSelector("html[lang=en]");
    expect(await page.inputValue('[name="m.1.temperature"]')).toBe("36.4");
    expect(await page.textContent("#ask")).toContain("Correct this morning");
    await close();
  });
});

describe("the released household", () => {
  it("shows its notice, and whoever scans it sees that it is genuine and nobody's name", async () => {
    const { page, close } = await visit(browser);
    await page.goto(own(2));
    expect(await page.textContent("h1")).toContain("医学观察已解除");
    await shoot(page, "person-released");
    await page.click("main a.second");
    expect(await page.locator(".sheet svg").count()).toBe(2);
    await shoot(page, "release");
    const code = (await page.textContent(".sheet .under strong"))?.replace(/\s/g, "") ?? "";
    await page.emulateMedia({ media: "print" });
    expect(await page.isVisible("body > header")).toBe(false);
    expect(await page.isVisible(".screen")).toBe(false);
    await page.emulateMedia({ media: "screen" });
    await page.goto(`${server.url}/verify/${code}`);
    expect(await page.textContent("main")).toContain("告知单有效");
    expect(await page.textContent("body")).not.toMatch(/陈|刘|周示例/);
    await shoot(page, "verify");
    await close();
  });
});

it.each([
  ["today's form", () => own(0)],
  ["the standing fever", () => own(1)],
  ["the end", () => own(2)],
  ["the notice", () => `${own(2)}/release`],
  ["a code that is none", () => `${server.url}/verify/1`],
])(
  "%s holds WCAG 2.2 AA, small and large, in the light and in the dark, and suits a thumb",
  async (name, address) => {
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
      expect(await smallTargets(page), `${name} ${lang}`).toEqual([]);
      await shoot(page, `all-${name.replace(/\W+/g, "-")}-${lang}`);
    }
    await close();
  },
);

/** What can be pressed and is lower than 44 px, but links within a line of text. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(`Array.from(document.querySelectorAll("main a, main button, main .choice label, main input:not([type=radio]):not([type=hidden])"))
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 2 && box.height > 0 && box.height < 44;
    })
    .map((element) => element.outerHTML.slice(0, 120))`);
