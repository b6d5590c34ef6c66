import type { Browser, Page } from "playwright-core";
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
 * Li signs in: by a letter without JavaScript, and by a passkey that she registered. WebAuthn takes no IP address for a
 * site, so these pages are opened under localhost, which the same server answers.
 */
let server: TestServer;
let browser: Browser;
let site: string;
beforeAll(async () => {
  server = await openServer();
  browser = await openBrowser();
  site = server.url.replace("127.0.0.1", "localhost");
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const LI = "town-clerk@demo.example";

let read = 0;
/** The code and the link of the letter after the one that was read last: the answer does not wait for it to be sent. */
async function letter() {
  const mails = async () =>
    (await (await fetch(`${server.url}/dev/mail.json?to=${LI}`)).json()) as { text: string }[];
  read += 1;
  await expect.poll(async () => (await mails()).length, { timeout: 20_000 }).toBe(read);
  const [mail] = await mails();
  const [, first, last] = /\n(\d{3}) (\d{3})\n/.exec(mail?.text ?? "") ?? [];
  return {
    code: `${first}${last}`,
    link: /http\S+/.exec(mail?.text ?? "")?.[0].replace("127.0.0.1", "localhost") ?? "",
  };
}

async function look(page: Page, name: string) {
  for (const [size, viewport] of Object.entries({ phone: PHONE, desk: DESK })) {
    await page.setViewportSize(viewport);
    await expectNoSideScroll(page);
    await shoot(page, `${name}-${size}`);
  }
  await page.setViewportSize(PHONE);
}

describe("Li signs in", () => {
  it("with the code of a letter, on a phone without JavaScript, and gets to the page she asked for", async () => {
    const { page, close } = await visit(browser, { javaScript: false });
    await page.goto(`${site}/desk/me`);
    await page.fill("#f-email", "li");
    await page.click("main .main");
    await page
      .getByRole("alert")
      .getByRole("link", { name: /请填写邮箱/ })
      .click();
    await shoot(page, "sign-in-error-phone");
    await page.fill("#f-email", LI);
    await page.click("main .main");
    await page.fill("#f-code", "000 00");
    await page.click("main .main");
    expect(await page.title()).toMatch(/^错误：/);
    await page.fill("#f-code", (await letter()).code);
    await page.click("main .main");
    expect(page.url()).toBe(`${site}/desk/me`);
    await page.getByRole("button", { name: "在所有设备上登出" }).click();
    await page.getByText("所有设备上的登录都已经结束").waitFor();
    await shoot(page, "signed-out-phone");
    await close();
  });

  it("with the link, by a button; then with a passkey of her phone, without an address", async () => {
    const { page, close } = await visit(browser);
    const device = await page.context().newCDPSession(page);
    await device.send("WebAuthn.enable");
    await device.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${site}/desk/me`);
    await page.getByRole("button", { name: "用通行密钥登录" }).waitFor();
    await expectAccessible(page);
    await look(page, "sign-in");
    await page.fill("#f-email", LI);
    await page.click("main .main");
    await page.waitForURL(/\/sign-in\/code/);
    await expectAccessible(page);
    await look(page, "code");

    await page.goto((await letter()).link);
    await page.getByText("示例李").waitFor();
    await expectAccessible(page);
    await look(page, "link");
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.waitForURL(/\/desk\/me$/);
    await page.fill("#f-label", "我的手机");
    await page.getByRole("button", { name: "登记这台设备" }).click();
    await page.getByRole("heading", { name: "我的手机" }).waitFor();
    await expectAccessible(page);
    await look(page, "me");
    // The same device a second time: the browser itself says no, and the page in words.
    await page.getByRole("button", { name: "登记这台设备" }).click();
    await page.getByText("没有完成，请重试。").waitFor();

    await page.getByRole("button", { name: "登出", exact: true }).click();
    await page.goto(`${site}/desk/me?lang=zh-Hans`);
    await page.getByRole("button", { name: "用通行密钥登录" }).click();
    await page.waitForURL(/\/desk\/me\?lang=zh-Hans$/);
    await page.getByText("通行密钥 · 这台设备").waitFor();
    await close();
  });

  it("again in another tab, and sends what she had typed before", async () => {
    const { page, close } = await visit(browser);
    await page.goto(`${server.url}/dev/sign-in?as=${LI}`);
    await page.goto(`${server.url}/desk/units/511781100/excuse`);
    await page.selectOption("select[name=unit]", { index: 1 });
    const day = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);
    await page.fill("input[name=from]", day);
    await page.fill("input[name=to]", day);
    await page.fill("[name=reason]", "全村停电（示例）");
    await page.context().clearCookies();
    await page.click("main .main");
    await page.getByText("登录已过期，您填的内容还在").first().waitFor();
    await expectAccessible(page);
    await look(page, "stale-form");
    const other = await page.context().newPage();
    await other.goto(`${server.url}/dev/sign-in?as=${LI}`);
    await page.getByRole("button", { name: "再次提交" }).click();
    await page.waitForURL(/\?excused=/);
    await close();
  });
});

it("lets an administrator appoint, change and end an office, at both sizes", async () => {
  const { page, close } = await visit(browser, { viewport: DESK });
  await page.goto(`${server.url}/dev/sign-in?as=admin@demo.example`);
  await page.goto(`${server.url}/desk/officials`);
  await expectAccessible(page);
  await look(page, "officials");
  await page.fill("#f-name", "示例新");
  await page.fill("#f-email", "new@demo.example");
  await page.fill("#f-unit", "511781100");
  await page.click("main .main");
  await page.getByRole("alert").getByText("请选择岗位").waitFor();
  await expectAccessible(page);
  await look(page, "officials-error");
  await page.getByLabel(/^填报员/).check();
  await page.click("main .main");
  await page.getByText("已任命").waitFor();
  await page.getByRole("link", { name: "示例新" }).click();
  await expectAccessible(page);
  await look(page, "official");
  await page.getByRole("button", { name: "免去岗位" }).click();
  await page.getByText("已免职，所有登录已结束").waitFor();
  await close();
});
