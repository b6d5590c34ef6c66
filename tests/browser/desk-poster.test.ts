import type { Browser, Page } from "playwright-core";
import { encode } from "uqr";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
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
import { openServer, type TestServer } from "../support/server.ts";

/*
 * Posters and cards as they come out of a printer, and the pages about units on both sizes of screen.
 */
const TOWN = "511781100";
let browser: Browser;
let server: TestServer;
let li: Visit;
const open = (path: string) => li.page.goto(`${server.url}/desk${path}`);

beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer({ HOTLINE: "0818-8600000" })]);
  li = await visit(browser, { viewport: DESK });
  await li.page.goto(`${server.url}/dev/sign-in?as=town-clerk@demo.example`);
});
afterAll(async () => {
  await li?.close();
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  await li.page.emulateMedia({ media: null, colorScheme: "light" });
  await li.page.setViewportSize(DESK);
});

/** How many pages a printer would be given. */
async function pagesOf(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: "A4" });
  return pdf.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
}

describe("the posters of a town", () => {
  it("are made for every village with one button, and come out one a page", async () => {
    const { page } = li;
    await open(`/posters?of=${TOWN}`);
    await page.click('form[action*="/posters/bulk"] button');
    await page.waitForSelector('[role="status"]');
    const villages = await page.locator("tbody tr").count();
    expect(villages).toBe(11);
    await page.click('a[href*="/posters/print?of="]');
    expect(await page.locator(".poster").count()).toBe(villages);
    expect(await pagesOf(page)).toBe(villages);
  });

  it.each(["zh-Hans", "zh-Hant", "en"])(
    "print a code of six centimetres and more that says the address below it (%s)",
    async (lang) => {
      const { page } = li;
      await open(`/posters/print?point=P-0005&lang=${lang}`);
      await page.emulateMedia({ media: "print" });
      expect(await pagesOf(page)).toBe(1);
      const address = (await page.textContent(".poster .address")) ?? "";
      const { data, size } = encode(address, { ecc: "M", border: 4 });
      const svg = page.locator(".poster .qr svg");
      const box = await svg.boundingBox();
      const centimetres = ((box?.width ?? 0) / 96) * 2.54;
      expect((centimetres * (size - 8)) / size).toBeGreaterThanOrEqual(6);
      // Nothing that is printed stands outside the sheet: what overflows would be cut off.
      expect(
        await page.evaluate(
          "(() => { const s = document.querySelector('.poster'); return s.scrollHeight - s.clientHeight + s.scrollWidth - s.clientWidth; })()",
        ),
      ).toBe(0);
      const png = (await svg.screenshot()).toString("base64");
      const seen = (await page.evaluate(
        `(async () => {
        const image = new Image();
        image.src = "data:image/png;base64,${png}";
        await image.decode();
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [image.width, image.height];
        const context = canvas.getContext("2d");
        context.drawImage(image, 0, 0);
        const at = (n) => Math.floor(((n + 0.5) * image.width) / ${size});
        return Array.from({ length: ${size} }, (_, y) =>
          Array.from({ length: ${size} }, (_, x) => context.getImageData(at(x), at(y), 1, 1).data[0] < 128));
      })()`,
      )) as boolean[][];
      expect(seen).toEqual(data);
      await page.emulateMedia({ media: "screen" });
    },
  );

  it("hold on one page though every name is as long as it may be", async () => {
    const { page } = li;
    await server.d1.exec(`UPDATE unit SET name = '${"示例社区".repeat(15)}' WHERE code = '511781100012'`);
    await server.d1.exec(
      `UPDATE posting_point SET name = '${"村口小卖部对面".repeat(6).slice(0, 40)}' WHERE id = 'P-0005'`,
    );
    for (const lang of ["zh-Hans", "en"]) {
      await open(`/posters/print?point=P-0005&lang=${lang}`);
      await page.emulateMedia({ media: "print" });
      expect(await pagesOf(page)).toBe(1);
      expect(
        await page.evaluate(
          "(() => { const s = document.querySelector('.poster'); return s.scrollHeight - s.clientHeight; })()",
        ),
      ).toBe(0);
      await page.setViewportSize({ width: 794, height: 1123 });
      await shoot(page, `poster-long-${lang}`);
    }
  });
});

it("the cards of a town come out four a page", async () => {
  const { page } = li;
  await open(`/manage/${TOWN}`);
  await page.click('form[action*="/cards/below"] button');
  const cards = await page.locator(".card").count();
  expect(cards).toBe(14);
  expect(await pagesOf(page)).toBe(4);
  expect(page.url()).not.toMatch(/\/u\//);
  await expectAccessible(page);
});

it("the pages about units hold WCAG 2.2 AA, small and large, in the light and in the dark", async () => {
  const { page } = li;
  const paths = [
    `/units?of=${TOWN}`,
    "/units?show=silent",
    `/manage/${TOWN}`,
    `/units/${TOWN}`,
    `/manage/${TOWN}/unit`,
    `/posters?of=${TOWN}`,
    `/posters/print?of=${TOWN}`,
  ];
  for (const [at, path] of paths.entries()) {
    await open(`${path}${path.includes("?") ? "&" : "?"}lang=${at % 2 ? "en" : "zh-Hans"}`);
    for (const [viewport, colorScheme] of [
      [PHONE, "light"],
      [DESK, "dark"],
    ] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page, { looks: colorScheme === "dark" });
      await expectNoSideScroll(page);
      await shoot(page, `units-${at}-${viewport.width}`);
    }
  }
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: "light" });
  await open(`/manage/511781100012`);
  await page.click("summary >> nth=-3");
  await page.fill('[name="name"]', "示例张");
  await page.fill('[name="email"]', "zhang");
  await page.click('form[action*="/contacts?"] button');
  await page.waitForSelector(".problems");
  expect(await page.inputValue('[name="email"]')).toBe("zhang");
  await expectAccessible(page);
  await shoot(page, "contact-error-360");
});
