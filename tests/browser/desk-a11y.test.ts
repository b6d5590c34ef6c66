import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
import {
  ADMIN,
  issueReport,
  LI,
  liveAMorning,
  type Morning,
  TOWN,
  takeLists,
  VILLAGES,
} from "../support/desk-day.ts";
import { choose } from "../support/journeys.ts";
import { openServer, type TestServer } from "../support/server.ts";

/*
 * Every page of the desk for everybody: by WCAG 2.2 AA, small and large, in the light and in the dark, with text twice as
 * large, by the keyboard alone, and without JavaScript.
 */
const [VILLAGE] = VILLAGES;
let browser: Browser;
let server: TestServer;
let desk: Visit;
let things: Morning["things"];
let owed: string[];
let report: { draft: string; issued: string };
let lists: { agreed: string; fresh: string };

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer({ CLUSTER_COUNT: "2" })]);
  ({ things, owed } = await liveAMorning(server));
  report = await issueReport(server);
  lists = await takeLists(server);
  desk = await visit(browser);
  await desk.page.goto(`${server.url}/dev/sign-in?as=${ADMIN}`);
});
afterAll(async () => {
  await desk?.close();
  await browser?.close();
  await server?.close();
});

const at = (path: string, lang = "zh-Hans") => {
  const url = new URL(`${server.url}/desk${path}`);
  url.searchParams.set("lang", lang);
  return url.href;
};

/** Every page that is asked for with GET, by the room it is in. */
const rooms: Record<string, () => string[]> = {
  board: () => ["", "?kind=registration", `?town=${TOWN}`],
  people: () => [
    "/people",
    "/people?state=waiting",
    `/people/${things.home}-1`,
    `/people/${things.waiting}-1`,
  ],
  tips: () => ["/tips", "/tips?tab=settled", "/tips/new", `/tips/${things.tip}`],
  tickets: () => [
    "/tickets",
    "/tickets?view=closed",
    "/tickets/new",
    `/tickets/new?about=registration/${things.waiting}`,
    `/tickets/${things.ticket}`,
    `/tickets/${things.ticket}/circulate`,
  ],
  lists: () => [
    "/batches",
    `/batches/${lists.fresh}/columns`,
    `/batches/${lists.agreed}`,
    `/batches/${lists.agreed}/result`,
    `/units/${VILLAGE}/listed`,
    `/units/${VILLAGE}/listed/${lists.agreed}/2`,
  ],
  units: () => [
    `/units?of=${TOWN}`,
    "/units?show=silent",
    `/manage/${VILLAGE}`,
    `/manage/${TOWN}/unit`,
    `/posters?of=${TOWN}`,
    `/posters/print?of=${VILLAGE}`,
  ],
  "what goes out and who did what": () => ["/exports", `/exports/${things.export}`, "/audit"],
  officials: () => ["/officials", `/officials/${things.official}`, "/me"],
  "a unit": () => [
    `/units/${TOWN}`,
    `/units/${VILLAGE}`,
    `/units/${VILLAGE}/report`,
    `/units/${VILLAGE}/case/${things.home}`,
    `/units/${VILLAGE}/observation/${things.home}-1`,
    `/units/${VILLAGE}/release/${things.home}-1`,
    `/units/${VILLAGE}/tip/${things.tip}`,
    `/units/${VILLAGE}/ticket/${things.ticket}`,
    `/units/${TOWN}/excuse`,
  ],
  figures: () => [
    "/figures",
    `/figures/registered.cumulative?unit=${TOWN}`,
    "/tables",
    `/tables/publicity?unit=${TOWN}`,
    `/reports?unit=${TOWN}`,
    report.draft,
    report.issued,
  ],
  "what is owed": () => owed.filter((path) => path.startsWith("/units/")),
  "what is not there": () => ["/nothing-here", "/tips/T-0000-0000"],
};

describe("every page holds WCAG 2.2 AA, small and large, in the light and in the dark; Tab reaches what can be pressed or typed in, and it is always seen", () => {
  const ways = [
    [PHONE, "light"],
    [DESK, "dark"],
  ] as const;
  it.each(Object.keys(rooms))("%s", async (room) => {
    for (const [place, path] of (rooms[room]?.() ?? []).entries()) {
      const { page } = desk;
      const lang = place % 2 ? "en" : "zh-Hans";
      await page.goto(at(path, lang));
      for (const [way, [viewport, colorScheme]] of ways.entries()) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await shoot(page, `a11y-${room.replaceAll(" ", "-")}-${place}-${viewport.width}-${lang}`);
        await expectAccessible(page, { looks: way > 0 });
        await expectNoSideScroll(page);
      }
      await walk(page, path);
    }
  });
});

it("the pages before the desk hold it too, and are walked by the keyboard: sign-in, its error, the code, a form left open, signed out", async () => {
  const { page, close } = await visit(browser);
  const hold = async (name: string) => {
    await shoot(page, `a11y-outside-${name}`);
    await expectAccessible(page);
    await expectNoSideScroll(page);
    await walk(page, name);
  };
  await page.goto(at("/sign-in"));
  await hold("sign-in");
  await page.goto(at("/sign-in"));
  await page.locator("main form button.main").first().click();
  await page.waitForSelector(".problems, .error");
  await hold("error");
  await page.fill('main input[name="email"]', LI);
  await page.locator("main form button.main").first().click();
  await page.waitForSelector('main input[name="code"]');
  await hold("code");
  await page.goto(`${server.url}/dev/sign-in?as=${LI}`);
  await page.goto(at("/exports"));
  await page.fill("main textarea", "上报疫情防控指挥部（示例）");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "申请导出" }).click();
  await page.getByText("上报疫情防控指挥部（示例）").first().waitFor();
  await hold("left-open");
  await page.goto(at("/signed-out"));
  await hold("signed-out");
  await close();
});

/** Forms sent with nothing in them: the page, and where its form leads. */
const blanks: [string, () => string, string][] = [
  ["a search", () => "/people", "/people?"],
  ["a look at a person", () => `/people/${things.home}-1`, "/reveal"],
  ["an answer to a tip", () => `/tips/${things.tip}`, "/verify"],
  ["a tip by phone", () => "/tips/new", "/tips/new"],
  ["a list", () => "/batches", "/batches?"],
  ["a ticket", () => "/tickets/new", "/tickets/new"],
  ["the end of a ticket", () => `/tickets/${things.ticket}`, "/close"],
  ["further units", () => `/tickets/${things.ticket}/circulate`, "/circulate"],
  ["a contact", () => `/manage/${VILLAGE}`, "/contacts?"],
  ["a unit", () => `/manage/${TOWN}/unit`, "/add"],
  ["a posting point", () => `/posters?of=${TOWN}`, "/posters?"],
  ["an export", () => "/exports", "/exports?"],
  ["an office", () => "/officials", "/officials?"],
  ["a registration's outcome", () => `/units/${VILLAGE}/case/${things.waiting}`, "/verify"],
  ["a daily report", () => `/units/${VILLAGE}/report`, "/report"],
  ["an excuse", () => `/units/${TOWN}/excuse`, "/excuse"],
  ["an answer to a ticket", () => `/units/${VILLAGE}/ticket/${things.ticket}`, "/ticket/"],
];

it("says what is missing in a form that was sent with nothing in it, on every page that has one", async () => {
  const { page } = desk;
  await page.setViewportSize(PHONE);
  for (const [place, [name, path, action]] of blanks.entries()) {
    await page.emulateMedia({ colorScheme: place % 2 ? "dark" : "light" });
    await page.goto(at(path()));
    const form = page.locator(`main form[method=post][action*="${action}"]`).first();
    expect(await form.count(), name).toBe(1);
    // Those that are folded away, too; and what is proposed in a field is taken out of it.
    await page.evaluate(`for (const one of document.querySelectorAll("details")) one.open = true;
      for (const one of document.querySelectorAll("main input[type=text], main input:not([type]), main textarea")) one.value = "";`);
    await form.locator("button.main, button.second").first().click();
    await page.waitForSelector(".problems, .error", { timeout: 15_000 }).catch(() => {
      throw new Error(`${name} was taken with nothing in it`);
    });
    expect(await page.title(), name).toMatch(/^错误：/);
    await shoot(page, `a11y-error-${place}`);
    await expectAccessible(page);
    await expectNoSideScroll(page);
  }
});

it("text grows to twice its size: nothing scrolls sideways and nothing is cut off", async () => {
  // As somebody's own browser is set, whose pages begin with 32 px instead of 16.
  const large = await openBrowser("--blink-settings=defaultFontSize=32");
  const { page, close } = await visit(large);
  await page.goto(`${server.url}/dev/sign-in?as=${ADMIN}`);
  for (const [room, paths] of Object.entries(rooms))
    for (const [place, path] of paths().entries()) {
      // A sheet of paper is measured in millimetres.
      if (path.startsWith("/posters/print")) continue;
      const lang = place % 2 ? "en" : "zh-Hant";
      await page.goto(at(path, lang));
      expect(await page.evaluate("getComputedStyle(document.documentElement).fontSize")).toBe("36px");
      // The whole of a PC, and half of it: what a phone shows at twice its size.
      for (const width of [1280, 640]) {
        await page.setViewportSize({ width, height: 800 });
        await shoot(page, `a11y-200-${room.replaceAll(" ", "-")}-${place}-${width}-${lang}`);
        await expectNoSideScroll(page);
        expect(await cutOff(page), path).toEqual([]);
      }
    }
  await close();
  await large.close();
});

/** What hides a part of its own words; neither what is there for screen readers alone counts nor what keys can scroll. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(`Array.from(document.querySelectorAll("body *")).filter((one) => {
    const style = getComputedStyle(one);
    if (style.overflowX === "visible" || (style.overflowX === "auto" && one.tabIndex === 0) || one.clientWidth <= 2 || /^(SELECT|INPUT|TEXTAREA|svg)$/.test(one.tagName)) return false;
    return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
  }).map((one) => one.outerHTML.slice(0, 120))`);

/** Presses Tab until what has the focus says `words`; everything on the way must show that it has it. */
async function tabTo(page: Page, words: string, rounds = 150): Promise<void> {
  // A page that a key led to may stand without its stylesheet still.
  await page.waitForLoadState();
  for (let round = 0; round < rounds; round++) {
    await page.keyboard.press("Tab");
    const { said, seen, html } = await page.evaluate<{ said: string; seen: boolean; html: string }>(FOCUSED);
    expect(seen, `focus is seen on ${html}`).toBe(true);
    if (said.includes(words)) return;
  }
  throw new Error(`${words} was not reached by the keyboard`);
}
const FOCUSED = `(() => {
  const one = document.activeElement;
  const label = one.labels && one.labels[0];
  const ringed = (it) => it && getComputedStyle(it).outlineStyle !== "none" && parseFloat(getComputedStyle(it).outlineWidth) >= 2;
  const box = one.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight;
  return {
    said: ((label && label.textContent) || "") + (one.textContent || ""),
    seen: one === document.body || one === document.documentElement || (inside && Boolean(ringed(one) || ringed(label))),
    html: one.outerHTML.slice(0, 160),
  };
})()`;

/** Presses Tab through a page: what can be pressed or typed in is reached, and it is always seen that it is. */
async function walk(page: Page, path: string): Promise<void> {
  await page.evaluate(WATCH_FOCUS);
  let left: string[] = [];
  let unseen: string[] = [];
  // A date is three stops in one.
  for (let press = 0; press < TABS + 12 && (press === 0 || left.length > 0); press += 6) {
    for (let more = 0; more < 6; more++) await page.keyboard.press("Tab");
    ({ left, unseen } = await page.evaluate<{ left: string[]; unseen: string[] }>(
      `({ left: window.tabbable().slice(0, ${TABS}).filter((one) => !window.reached.has(one)).map((one) => one.outerHTML.slice(0, 160)),
        unseen: window.unseen })`,
    ));
  }
  expect(unseen, path).toEqual([]);
  expect(left, path).toEqual([]);
}
/** Lists of a county go on in the same way. */
const TABS = 30;
/** Notes what gets the focus, and what of it does not show it; a group of radio buttons is one stop. */
const WATCH_FOCUS = `(() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  window.reached = new Set();
  window.unseen = [];
  window.tabbable = () => {
    const groups = new Set();
    return Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")).filter((one) => {
      if (one.disabled || one.tabIndex < 0 || one.type === "hidden" || one.getClientRects().length === 0) return false;
      if (one.type !== "radio") return true;
      // The one that is chosen is the stop; where none is, the first.
      const group = one.name + (one.form ? one.form.action : "");
      const chosen = document.querySelector('input[name="' + one.name + '"]:checked');
      if (chosen && chosen.form === one.form) return one.checked;
      return groups.has(group) ? false : groups.add(group);
    });
  };
  document.addEventListener("focusin", ({ target }) => {
    if (window.reached.has(target)) return;
    window.reached.add(target);
    const label = target.labels && target.labels[0];
    const ringed = (it) => it && getComputedStyle(it).outlineStyle !== "none" && parseFloat(getComputedStyle(it).outlineWidth) >= 2;
    const box = target.getBoundingClientRect();
    if (!(box.bottom > 0 && box.top < innerHeight && (ringed(target) || ringed(label)))) window.unseen.push(target.outerHTML.slice(0, 160));
  });
})()`;

describe("Li", () => {
  const enter = (page: Page) => page.goto(`${server.url}/dev/sign-in?as=${LI}`);

  it("skips the rooms, verifies a registration and signs out, all by the keyboard, and always sees where she is", async () => {
    const { page, close } = await visit(browser, { viewport: DESK });
    await enter(page);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    await page.keyboard.press("Enter");
    await page.waitForFunction("document.activeElement.id === 'main'");
    await tabTo(page, `去核实 核实返乡登记 ${things.waiting}`);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/case\//);
    await tabTo(page, "已见到人，情况属实");
    await page.keyboard.press("Space");
    await tabTo(page, "提交核实结果");
    await page.keyboard.press("Enter");
    await page.getByText(`${things.waiting} 的核实结果已收到`).waitFor();
    await tabTo(page, "示例李");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/desk\/me/);
    await tabTo(page, "登出");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "您已登出" }).waitFor();
    await close();
  });

  it("finds, reveals, answers, exports and signs out without JavaScript", async () => {
    const { page, close } = await visit(browser, { javaScript: false });
    await enter(page);
    await page.getByRole("link", { name: "人员台账" }).click();
    await page.fill("#f-q", "阿米娜·示例");
    await page.getByRole("button", { name: "查找" }).click();
    await page.getByRole("link", { name: new RegExp(`${things.home}-1`) }).click();
    await choose(page, "purpose", "visit");
    await page.getByRole("button", { name: "查看个人信息" }).click();
    expect(await page.textContent("main")).toContain("阿米娜·示例");
    await page.getByRole("link", { name: "线索", exact: true }).click();
    await page.getByRole("link", { name: things.tip }).click();
    await choose(page, "outcome", "untrue");
    await page.fill('[name="answer"]', "查无此事（示例答复）");
    await page.getByRole("button", { name: "提交核实结果" }).click();
    expect(await page.textContent("main [role=status]")).toBeTruthy();
    await page.getByRole("link", { name: "导出" }).click();
    await choose(page, "purpose", "statistics");
    await page.getByRole("button", { name: "申请导出" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "下载" }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
    await page.getByRole("link", { name: /示例李/ }).click();
    await page.getByRole("button", { name: "登出", exact: true }).click();
    expect(await page.textContent("h1")).toBe("您已登出");
    await close();
  });
});
