import type { Browser, BrowserContext, Page } from "playwright-core";
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

/*
 * Wu mans a post on a road without a network: a shift of 500 entries, the page closed and opened again in between, and
 * everything sent twice at its end.
 */
let browser: Browser;
let server: TestServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer({ HOTLINE: "0818-8600000" })]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const villages = () => server.doors.units.filter(({ code }) => /^\d{12}$/.test(code));
/** A phone at a village's post. The network's own complaints are the test's doing, a failing script is not. */
async function stand(at: number) {
  const village = villages()[at];
  if (!village) throw new Error("there is no such village");
  const { page } = await visit(browser);
  const context = page.context();
  const faults: string[] = [];
  const watched = (one: Page) => {
    one.on("pageerror", (error) => faults.push(String(error)));
    one.setDefaultTimeout(30_000);
    return one;
  };
  const url = `${village.url}/records/checkpoint/rapid`;
  await watched(page).goto(url);
  return {
    ...{ page, context, village, url },
    open: async (address = url) => {
      const next = watched(await context.newPage());
      await next.goto(address);
      return next;
    },
    close: async () => {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}
const kept = (page: Page) => page.locator("#rapid[data-kept]").waitFor();
const tally = (page: Page, text: string) => page.locator("#tally", { hasText: text }).waitFor();
const tap = (page: Page, name: string, value: string) =>
  page.locator(`[name="${name}"][value="${value}"] + label`).click();
async function passes(page: Page, from: string) {
  await tap(page, "from", from);
  await tap(page, "suspicious", "no");
  await page.click('[name="_go"][value="save"].main');
}
const SUSPICIOUS: Record<string, string> = {
  ...{
    suspicious: "yes",
    from: "hubei",
    why: "fever",
    temperature: "38.2",
    name: "陈示例",
    phone: "13900000001",
  },
  ...{ address: "示例一组 3 号", leftOn: "2020-01-24", transitWuhan: "no", plate: "川S00001" },
};
/** So many entries through the page's own form and button, as fast as it takes them. */
const note = (page: Page, n: number, answers: Record<string, string>) =>
  page.evaluate(`(() => {
    const form = document.querySelector("#form");
    for (let at = 0; at < ${n}; at++) {
      for (const [name, value] of ${JSON.stringify(Object.entries(answers))})
        for (const one of form.querySelectorAll('[name="' + name + '"]'))
          if (one.type === "radio" || one.type === "checkbox") one.checked = one.value === value;
          else one.value = value;
      form.querySelector("button.main").click();
    }
  })()`);
const memory = async (page: Page) => String(await page.evaluate("JSON.stringify(localStorage)"));
const waiting = (page: Page) =>
  page.evaluate("Object.keys(localStorage).filter((key) => key.includes('/entry/')).length");
const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
async function count(sql: string, ...values: string[]): Promise<number> {
  const row = await server.d1
    .prepare(sql)
    .bind(...values)
    .first<{ n: number }>();
  return row?.n ?? -1;
}
const stored = (code: string) =>
  count("SELECT count(*) AS n FROM record WHERE form = 'checkpoint' AND unit_code = ?", code);
const setOffline = (context: BrowserContext, off: boolean) => context.setOffline(off);
/**
 * An entry goes by itself after eight seconds, which a busy machine may need from one step to the next: the phone's clock
 * stands, so that a press sends and nothing else.
 */
const holdEntries = (page: Page, at = Date.now()) => page.context().clock.setFixedTime(at);

describe("Wu at the roadside", () => {
  it("notes down 500 without a network, closes and opens the page in between, and sends all of it twice: 500", async () => {
    const { page, context, village, open, url, close } = await stand(0);
    await kept(page);
    const suspicious = { ...SUSPICIOUS, to: village.code, leftOn: yesterday() };
    await setOffline(context, true);
    for (let at = 0; at < 20; at++)
      await passes(page, ["same_province", "local", "other_province"][at % 3] ?? "");
    await tally(page, "今天第 20 条已记下，20 条待发");
    await shoot(page, "checkpoint-offline");
    await note(page, 4, suspicious);
    await note(page, 226, { from: "local", suspicious: "no", by: "foot" });
    await tally(page, "250 条待发");
    await page.close();

    const second = await open();
    await tally(second, "今天第 250 条已记下，250 条待发");
    await note(second, 6, { ...suspicious, result: "turned", direction: "in" });
    await note(second, 244, { from: "same_province", suspicious: "no", people: "3", direction: "out" });
    await tally(second, "今天第 500 条已记下，500 条待发");
    expect(await waiting(second)).toBe(500);
    expect(await stored(village.code)).toBe(0);
    const shift = await memory(second);

    await setOffline(context, false);
    await second.click("#send-now");
    await tally(second, "都已发出");
    expect(await waiting(second)).toBe(0);
    expect(await memory(second)).not.toMatch(/陈示例|13900000001|川S00001/);
    expect(await stored(village.code)).toBe(500);
    await shoot(second, "checkpoint-sent");

    // The whole shift once more, as if no answer had ever come.
    await second.evaluate(
      `for (const [key, value] of Object.entries(${shift})) localStorage.setItem(key, value)`,
    );
    await second.close();
    const third = await open(`${url}?lang=zh-Hans`);
    await tally(third, "都已发出");
    expect(await waiting(third)).toBe(0);
    expect(await stored(village.code)).toBe(500);
    expect(
      await count(
        "SELECT count(*) AS n FROM household WHERE unit_code = ? AND source = 'checkpoint'",
        village.code,
      ),
    ).toBe(4);
    expect(await count("SELECT count(*) AS n FROM obligation WHERE kind = 'decision'")).toBe(10);

    await third.goto(`${village.url}/records/checkpoint/hours?date=${localDay()}`);
    const [entries, vehicles, people, hubei, doubtful, registered, turned] = await third
      .locator("tfoot td")
      .allTextContents();
    expect([entries, vehicles, people, hubei, doubtful, registered, turned]).toEqual([
      "500",
      "274",
      "988",
      "10",
      "10",
      "4",
      "6",
    ]);
    await expectAccessible(third);
    await expectNoSideScroll(third);
    await shoot(third, "checkpoint-hours");
    await close();
  });
});

describe("Wu’s phone", () => {
  it("keeps what the service refuses until it is mended, and says who could not be registered", async () => {
    const { page, village, close } = await stand(1);
    await holdEntries(page);
    await page.route("**/rapid/entries*", async (route) => {
      const sent = route.request().postDataJSON() as { entries: { answers: [string, string][] }[] };
      // As an older page would have sent it: the service asks for a number from 1 to 80.
      for (const entry of sent.entries)
        entry.answers = entry.answers.map(([name, value]) => [name, value === "77" ? "99" : value]);
      await route.continue({ postData: JSON.stringify(sent) });
    });
    await note(page, 1, { people: "77", from: "local", suspicious: "no" });
    await note(page, 1, { from: "local", suspicious: "no" });
    await server.d1.prepare("UPDATE unit SET closed_at = 1 WHERE code = ?").bind(villages()[2]?.code).run();
    const closed = villages()[2]?.code ?? "";
    await note(page, 1, { ...SUSPICIOUS, direction: "in", to: closed, leftOn: yesterday() });
    await page.click("#send-now");
    await tally(page, "2 条要改");
    await page.locator("#last .error", { hasText: "没有收下" }).waitFor();
    await page.locator("#last .error", { hasText: "没有转到村（社区）登记" }).waitFor();
    await shoot(page, "checkpoint-mend");
    await expectAccessible(page);
    await page.reload();
    await page.locator("#last .error", { hasText: "没有收下" }).waitFor();
    await page.locator("#last button", { hasText: "改好重发" }).click();
    expect(await page.inputValue('[name="people"]')).toBe("77");
    await page.fill('[name="people"]', "7");
    await page.click("button.main");
    await page.click("#send-now");
    await expect.poll(() => stored(village.code), { timeout: 20_000 }).toBe(3);
    await close();
  });

  it("takes an entry back before it is sent, and shows one that was registered with the person's own link", async () => {
    const { page, village, close } = await stand(3);
    await holdEntries(page);
    await note(page, 1, { people: "4", from: "other_province", suspicious: "no", plate: "川S00009" });
    await page.locator("#last button", { hasText: "撤回修改" }).click();
    await tally(page, "今天还没有记");
    expect(await page.inputValue('[name="plate"]')).toBe("川S00009");
    await page.click("#clear");
    expect(await page.inputValue('[name="plate"]')).toBe("");
    await note(page, 1, { ...SUSPICIOUS, to: village.code, leftOn: yesterday() });
    await page.click("#send-now");
    await page.locator("#last a", { hasText: "给本人看的链接" }).click();
    await page.waitForURL(/\/p\/.+\/receipt/);
    await close();
  });

  it("sends from two tabs what was noted in one, once, and works where no storage and no worker is to be had", async () => {
    const { page, context, village, open, close } = await stand(4);
    const began = Date.now();
    await holdEntries(page, began);
    await setOffline(context, true);
    await note(page, 60, { from: "local", suspicious: "no" });
    // Each is a millisecond after the one before; none may lie ahead.
    await holdEntries(page, began + 1000);
    await setOffline(context, false);
    const other = await open();
    await Promise.all([
      page.click("#send-now"),
      other.evaluate("document.getElementById('send-now').click()"),
    ]);
    await Promise.all([tally(page, "都已发出"), tally(other, "都已发出")]);
    expect(await stored(village.code)).toBe(60);
    await context.addInitScript(`
      Object.defineProperty(window, "localStorage", { get() { throw new Error("off"); } });
      Object.defineProperty(navigator, "serviceWorker", { value: undefined });
    `);
    const bare = await open();
    await setOffline(context, true);
    await note(bare, 2, { from: "local", suspicious: "no" });
    await bare.locator("#trouble", { hasText: "请不要关闭这一页" }).waitFor();
    await setOffline(context, false);
    await bare.click("#send-now");
    await bare.locator("#last li:nth-child(2) .soft", { hasText: "已发出" }).waitFor();
    expect(await stored(village.code)).toBe(62);
    await close();
  });

  it("sends from no other tab what was just taken back in this one", async () => {
    const { page, village, open, close } = await stand(7);
    await holdEntries(page);
    await note(page, 1, { from: "local", suspicious: "no", plate: "川S00007" });
    const other = await open();
    await other.locator("#last button", { hasText: "撤回修改" }).waitFor();
    // One tab hears of the other a moment later; in that very moment it is told to send.
    await other.evaluate(`void (window.heard = new Promise((heard) =>
      window.addEventListener("storage", ({ key, newValue }) => {
        if (key.includes("/entry/") && !newValue) heard();
      })).then(() => document.getElementById("send-now").click()))`);
    await page.locator("#last button", { hasText: "撤回修改" }).click();
    await other.evaluate("window.heard");
    await page.click('[value="save"]');
    await page.click("#send-now");
    await page.locator("#last .soft", { hasText: "已发出" }).waitFor();
    expect(await stored(village.code)).toBe(1);
    await close();
  });

  it("keeps what waits where the link was revoked, says whom to ask, and sends it by the new one", async () => {
    const { page, context, village, open, close } = await stand(5);
    await kept(page);
    await holdEntries(page);
    await setOffline(context, true);
    await note(page, 2, { from: "local", suspicious: "no" });
    await page.close();
    const revoke = "UPDATE link SET revoked_at = ? WHERE unit_code = ? AND purpose = 'unit'";
    await server.d1.prepare(revoke).bind(1, village.code).run();
    await setOffline(context, false);
    const late = await open();
    await late.locator("#trouble", { hasText: "还没发出的 2 条留在这台手机里" }).waitFor();
    await shoot(late, "checkpoint-revoked");
    expect(await waiting(late)).toBe(2);
    await server.d1.prepare(revoke).bind(null, village.code).run();
    await late.click("#send-now");
    await tally(late, "都已发出");
    // Once nothing waits, a revoked link shows what every revoked link does.
    await server.d1.prepare(revoke).bind(1, village.code).run();
    await late.reload();
    await late.locator("h1", { hasText: "停用" }).waitFor();
    await close();
  });
});

it.each([
  ["zh-Hans", PHONE, "light"],
  ["zh-Hant", DESK, "light"],
  ["en", PHONE, "dark"],
] as const)("the page holds WCAG 2.2 AA in %s", async (lang, viewport, colorScheme) => {
  const { page, url, close } = await stand(6);
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  await page.goto(`${url}?lang=${lang}`);
  await expectNoSideScroll(page);
  await shoot(page, `checkpoint-${lang}`);
  if (lang === "zh-Hans") {
    // All that is asked of everybody is in sight at once, above the bar.
    const [bar, last] = await Promise.all([
      page.locator(".rapid-bar").boundingBox(),
      page.locator('[name="suspicious"][value="no"] + label').boundingBox(),
    ]);
    expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
  }
  await tap(page, "from", "hubei");
  await tap(page, "suspicious", "yes");
  await page.click("button.main");
  await page.evaluate("scrollTo(0, document.body.scrollHeight)");
  await expectAccessible(page);
  await expectNoSideScroll(page);
  await shoot(page, `checkpoint-asks-${lang}`);
  await close();
});

/** The day of the county's clock on which the shift was noted; a shift that midnight cuts is another test's. */
const localDay = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
