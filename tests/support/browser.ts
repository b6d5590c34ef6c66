import { existsSync } from "node:fs";
import axe, { type RunOptions } from "axe-core";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { expect } from "vitest";

/**
 * Debian's chromium; where it is missing tests/vitest.config.ts leaves these tests out. Its shell without windows draws the
 * same pages at half the work: it is taken where it is installed.
 */
const SHELL = "/usr/bin/chromium-headless-shell";
export const CHROMIUM = existsSync(SHELL) ? SHELL : "/usr/bin/chromium";

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1280, height: 800 };

/** @param more further arguments of Chromium's, such as a reader's own setting */
export const openBrowser = (...more: string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
      ...more,
    ],
  });

export type Visit = { page: Page; close: () => Promise<void> };

/**
 * A fresh reader: own storage and cache, a clock in the county's zone, Simplified Chinese. Nothing but the service is
 * reached: the browser resolves no other host.
 */
export async function visit(
  browser: Browser,
  { viewport = PHONE, javaScript = true }: { viewport?: typeof PHONE; javaScript?: boolean } = {},
): Promise<Visit> {
  const context: BrowserContext = await browser.newContext({
    viewport,
    javaScriptEnabled: javaScript,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
  });
  const page = await context.newPage();
  clicksArrive(page);
  // Two files at a time on two processors: slow is no finding here.
  page.setDefaultTimeout(30_000);
  // Anything a page's own policy refuses, or a script that fails, is a fault of ours.
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) faults.push(message.text());
  });
  return {
    page,
    async close() {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}

/**
 * Lets every click end when the page it leads to has been read, as it does for a reader: Playwright's own ends when the
 * answer's first byte is there, and what is counted then is not there yet.
 */
function clicksArrive(page: Page): void {
  const click = page.click.bind(page);
  page.click = async (selector, options) => {
    await click(selector, options);
    await arrived(page);
  };
  const kind = Object.getPrototypeOf(page.locator("html")) as Locator & { arrives?: true };
  if (kind.arrives) return;
  const { click: clickOn } = kind;
  kind.arrives = true;
  kind.click = async function (this: Locator, options) {
    await clickOn.call(this, options);
    await arrived(this.page());
  };
}
/** A page that the click closed has nothing to wait for. */
const arrived = (page: Page) => page.waitForLoadState().catch(() => undefined);

/** What a page's width and colours can break; all other rules are about its markup, which is the same in each. */
const LOOKS: RunOptions = {
  runOnly: {
    type: "rule",
    values: ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
  },
};
const ALL: RunOptions = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
};

/**
 * No violation of WCAG 2.2 AA on the page as it stands. Needs JavaScript in the page.
 * @param looks only what may differ where the same page was held already in another size or colour
 */
export async function expectAccessible(page: Page, { looks = false } = {}): Promise<void> {
  expect(page.frames()).toHaveLength(1);
  // Half of the time goes into reading the rules: a page that stands is not given them twice.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  const options: RunOptions = { ...(looks ? LOOKS : ALL), resultTypes: ["violations"] };
  const violations = await page.evaluate<string[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes.map((node) => node.html).join(" | ")))`,
  );
  expect(violations).toEqual([]);
}

/** Nothing is wider than the screen: a phone's reader never scrolls sideways. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  await page.waitForLoadState();
  const wide = await page.evaluate(
    "document.scrollingElement.scrollWidth - document.documentElement.clientWidth",
  );
  expect(wide).toBeLessThanOrEqual(0);
}

/** Keeps a picture when SHOTS names a folder; for people to look at. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}
