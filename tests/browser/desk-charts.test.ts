import type { Browser, Page } from "playwright-core";
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
 * The charts for the leader's phone and PC: drawn off their tables, and the tables are the page without JavaScript.
 */
let browser: Browser;
let server: TestServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer()]);
  await server.scheduled(Date.now());
  await aFortnight();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** The county was entered twelve days ago; since then more and more came home, and not everybody looked after it. */
async function aFortnight() {
  const { d1 } = server;
  const day = 86_400_000;
  const now = Date.now();
  const villages = await d1
    .prepare("SELECT code FROM unit WHERE kind = 'village' ORDER BY code LIMIT 40")
    .all<{ code: string }>();
  const codes = villages.results.map(({ code }) => code);
  const statements = [d1.prepare("UPDATE unit SET recorded_at = ?").bind(now - 12 * day)];
  for (let n = 0; n < 120; n++) {
    const at = now - Math.floor((Math.sqrt(n / 120) * 11 + 0.4) * day) + n * 1000;
    const id = `WY-9${String(n).padStart(3, "0")}-0001`;
    const unit = codes[(n * 7) % codes.length] ?? "";
    const verified = n % 9 === 0 ? null : at + (n % 4 === 0 ? 5 : 1) * 3_600_000;
    statements.push(
      d1
        .prepare(
          `INSERT INTO household (id, submission_id, unit_code, filled_by, source, origin, transit_wuhan, arrived_at, persons,
            sealed, recorded_at, verify_due_at, verified_at, verified_recorded_at)
            VALUES (?1, ?1, ?2, 'self', 'self_report', 'wuhan', 0, ?3, 1, 'x', ?3, ?4, ?5, ?5)`,
        )
        .bind(id, unit, at, at + 2 * 3_600_000, verified),
      d1
        .prepare(
          `INSERT INTO person (id, household_id, unit_code, origin, returnee, area, contact, symptoms, symptomatic, sealed,
            recorded_at) VALUES (?1 || '-1', ?1, ?2, 'wuhan', 1, 1, 0, 0, ?3, 'x', ?4)`,
        )
        .bind(id, unit, n % 11 === 0 ? 1 : 0, at),
    );
    if (verified && verified < now) statements.push(...observedFrom(`${id}-1`, id, unit, verified, n));
  }
  await d1.batch(statements);
}

/** Under observation from a moment on, with a reading or two a day but for the forgetful. */
function observedFrom(id: string, household: string, unit: string, from: number, n: number) {
  const { d1 } = server;
  const day = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
  const closes = (date: string, part: string) =>
    Date.parse(`${date}T${part === "morning" ? "12:00" : "23:00"}:00+08:00`);
  const date = day(from + 86_400_000);
  const until = day(from + 14 * 86_400_000);
  const statements = [
    d1
      .prepare(
        `INSERT INTO observation (id, household_id, unit_code, returnee, kind, day0, day0_rule, day0_evidence, until_date,
          first_slot, last_slot, first_due_at, planned_due_at, last_due_at, opened_at, recorded_at, sealed)
          VALUES (?1, ?2, ?3, 1, 'home', ?4, 'start', 'own_word', ?5, ?6 || '/morning', ?5 || '/evening', ?7, ?8, ?8, ?9, ?9, 'x')`,
      )
      .bind(
        id,
        household,
        unit,
        day(from),
        until,
        date,
        closes(date, "morning"),
        closes(until, "evening"),
        from,
      ),
  ];
  for (let at = from + 86_400_000; at < Date.now(); at += 86_400_000)
    for (const part of ["morning", "evening"]) {
      const due = closes(day(at), part);
      if (due > Date.now() || (n + due / 3_600_000) % 7 < 1) continue;
      statements.push(
        d1
          .prepare(
            `INSERT INTO reading (due_at, observation_id, version, slot, temperature, symptoms, needs_help, abnormal, late,
              door, submission_id, taken_at, recorded_at) VALUES (?1, ?2, 1, ?3, 365, 0, 0, 0, 0, 'person', ?4, ?5, ?5)`,
          )
          .bind(due, id, `${day(at)}/${part}`, `${id}/${due}`, due - 3_600_000),
      );
    }
  return statements;
}

async function open(page: Page, query = "") {
  await page.goto(server.doors.officials.find(({ role }) => role === "supervisor")?.url ?? "");
  await page.goto(`${server.url}/desk/figures?lang=zh-Hans${query}`);
}
/** How many of the page's charts have something else on them than ground. */
const drawn = (page: Page) =>
  page.evaluate(`Array.from(document.querySelectorAll(".plot canvas")).filter((canvas) =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0)).length`);

it.each([
  ["phone", PHONE],
  ["pc", DESK],
] as const)("draws each chart off its table, on a %s", async (name, viewport) => {
  const { page, close } = await visit(browser, { viewport });
  await open(page);
  await page.waitForSelector(".plot-frame:not([hidden])");
  expect(await drawn(page)).toBe(5);
  expect(await page.isVisible(".plot-table")).toBe(false);
  expect(await page.getAttribute(".plot canvas", "aria-label")).toMatch(
    /^流行曲线：每日新发现的发热或有症状的人：登记时异常共 \d+/,
  );
  await expectNoSideScroll(page);
  await shoot(page, `charts-${name}`);
  await page.click("#h-ill ~ details summary");
  await expectNoSideScroll(page);
  const last = page.locator(".plot-table").first().locator("tbody tr").last();
  expect(await last.locator("a").first().getAttribute("href")).toContain(
    "/desk/figures/registered.symptomatic%40window?",
  );
  await shoot(page, `charts-${name}-table`);
  // A figure tapped, and back: the table stands open as it was left.
  await Promise.all([page.waitForURL(/registered\.symptomatic/), last.locator("a").first().click()]);
  await page.goBack();
  await page.waitForSelector(".plot-frame:not([hidden])");
  expect(await page.locator(".plot-table:visible").count()).toBe(1);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await drawn(page)).toBe(5);
  // The page as it opens is desk-a11y.test.ts's; here a table stands open.
  await expectAccessible(page, { looks: true });
  await shoot(page, `charts-${name}-dark`);
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  await shoot(page, `charts-${name}-forced`);
  await page.emulateMedia({ forcedColors: "none" });
  // On paper every table stands, to its last line: it was counted how many sheets that takes.
  await page.click("#h-ill ~ details summary");
  const sheets = async () =>
    (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b/g)?.length;
  const closed = await sheets();
  expect(await page.isVisible(".plot-table")).toBe(false);
  await page.evaluate(`for (const one of document.querySelectorAll(".plot details")) one.open = true`);
  expect(closed).toBeGreaterThan(3);
  expect(closed).toBe(await sheets());
  await page.emulateMedia({ media: "print" });
  await shoot(page, `charts-${name}-print`);
  await close();
});

it("is tables that can be read where there is no JavaScript, and stays within 60 days on a phone", async () => {
  const { page, close } = await visit(browser, { viewport: PHONE, javaScript: false });
  await open(page, "&days=60");
  expect(await page.locator(".plot-table:visible").count()).toBe(5);
  expect(await page.locator("canvas:visible").count()).toBe(0);
  expect(await page.locator(".plot-table").first().locator("tbody tr").count()).toBe(60);
  await shoot(page, "charts-bare");
  await page.selectOption("#f-days", "7");
  await Promise.all([page.waitForURL(/days=7/), page.click("form .second")]);
  expect(await page.locator(".plot-table").first().locator("tbody tr").count()).toBe(7);
  await close();
});

it("draws sixty days and a unit where next to nothing is known", async () => {
  const { page, close } = await visit(browser, { viewport: PHONE });
  await open(page, "&days=60");
  await page.waitForSelector(".plot-frame:not([hidden])");
  await shoot(page, "charts-sixty");
  await page.selectOption("#f-unit", { index: 2 });
  await Promise.all([page.waitForURL(/unit=\d{9}&/), page.click("form .second")]);
  await page.waitForSelector(".plot-frame:not([hidden])");
  expect(await drawn(page)).toBe(5);
  await shoot(page, "charts-town");
  await close();
});
