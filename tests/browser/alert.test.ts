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

const MINUTE = 60_000;
let browser: Browser;
let server: TestServer;
let links: { village: string; town: string; board: string };
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer()]);
  links = await tellOfSilence();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Two registrations of a village are overdue: it was told, its address bounced, and then its town was told. */
async function tellOfSilence(): Promise<typeof links> {
  const village = server.doors.units.find(({ code }) => /^\d{12}$/.test(code))?.code ?? "";
  const now = Date.now();
  const due = now - 40 * MINUTE;
  const owed = server.d1.prepare(`
    INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, step, next_due_at, recorded_at)
    VALUES (?, 'registration', ?, ?, ?, ?, 3, ?, ?)`);
  await server.d1.batch(
    ["WY-0001-0001", "WY-0001-0002"].map((id) =>
      owed.bind(`registration/${id}`, village, id, due - 120 * MINUTE, due, due, due - 120 * MINUTE),
    ),
  );
  await server.scheduled(now - 35 * MINUTE);
  await server.d1
    .prepare("UPDATE outbox SET state = 'failed', problem = 'bounced-permanent' WHERE unit_code = ?")
    .bind(village)
    .run();
  await server.d1
    .prepare(
      "UPDATE contact SET unreachable_at = ?, unreachable_why = 'bounced-permanent' WHERE unit_code = ?",
    )
    .bind(now - 34 * MINUTE, village)
    .run();
  await server.scheduled(now - 5 * MINUTE);
  const mails = (await (await fetch(`${server.url}/dev/mail.json`)).json()) as { text: string }[];
  const linkIn = (unit: string) => {
    const mail = mails.find(({ text }) => text.includes("WY-0001-0001") && text.startsWith(unit));
    return new URL(/\/a\/[\w-]+\.[\w-]{22}/.exec(mail?.text ?? "")?.[0] ?? "/none", server.url).href;
  };
  const names = await server.d1
    .prepare("SELECT name FROM unit WHERE code IN (?, ?) ORDER BY code")
    .bind(village, village.slice(0, 9))
    .all<{ name: string }>();
  const [town, own] = names.results.map(({ name }) => name);
  const board = server.doors.units.find(({ code }) => code === village.slice(0, 9))?.url ?? "";
  return { village: linkIn(own ?? "-"), town: linkIn(town ?? "-"), board };
}

it("Li sees on his phone who was told before, presses the button without JavaScript, and reads until when it waits", async () => {
  const { page, close } = await visit(browser, { javaScript: false });
  await page.goto(links.town);
  await shoot(page, "alert-phone");
  expect(await page.textContent("main")).toContain("地址不通");
  await page.click("main .main");
  expect(await page.textContent(".panel")).toMatch(/已签收.*以前不再向上一级提醒/);
  expect(await page.$("main .main")).toBeNull();
  await shoot(page, "alert-phone-acknowledged");
  await close();
});

it("Li's board says on his phone whom to telephone, and leads to the story", async () => {
  const { page, close } = await visit(browser, { javaScript: false });
  await page.goto(links.board);
  const section = "[aria-labelledby=undelivered]";
  expect(await page.textContent(section)).toMatch(/没有送到，地址不通，被退回.*通知不到的联系人（1）/);
  await page.click(`${section} .board a`);
  expect(page.url()).toContain(new URL(links.village).pathname);
  await close();
});

it.each([
  ["an alert", () => links.village],
  ["an acknowledged alert", () => links.town],
  ["a board with one that did not arrive", () => links.board],
])("%s holds WCAG 2.2 AA, small and large, in the light and in the dark", async (name, address) => {
  const { page, close } = await visit(browser);
  for (const [lang, viewport, colorScheme] of [
    ["zh-Hans", PHONE, "light"],
    ["zh-Hant", DESK, "light"],
    ["en", PHONE, "dark"],
    ["en", DESK, "light"],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.goto(`${address()}?lang=${lang}`);
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    await expectAccessible(page, { looks: viewport !== PHONE || colorScheme !== "light" });
    await expectNoSideScroll(page);
    await shoot(page, `${name.replaceAll(" ", "-")}-${lang}-${viewport.width}-${colorScheme}`);
  }
  await close();
});
