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
import { bashir } from "../support/cast.ts";
import { comeHome, hangPosters, LI, VILLAGES } from "../support/desk-day.ts";
import { openServer, type TestServer } from "../support/server.ts";

/*
 * Two counties, each with a service of its own: a case goes from one to the other by a letter's link, and what is found
 * out there comes back. Both speak HTTP on loopback.
 */
let sender: TestServer;
let receiver: TestServer;
let browser: Browser;
beforeAll(async () => {
  const vars = { ALLOW_PRIVATE_TARGETS: "1" };
  [sender, receiver, browser] = await Promise.all([openServer(vars), openServer(vars), openBrowser()]);
});
afterAll(async () => {
  await Promise.all([sender?.close(), receiver?.close(), browser?.close()]);
});

const [VILLAGE] = VILLAGES;
const one = <T>({ d1 }: TestServer, sql: string, column: string) => d1.prepare(sql).first<T>(column);
const signIn = (server: TestServer, email: string) => `${server.url}/dev/sign-in?as=${email}`;

/** A page on the phone that is carried about and on the PC: nothing runs over the edge, and whoever cannot see it can use it. */
async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  for (const [size, viewport] of [
    ["pc", DESK],
    ["phone", PHONE],
  ] as const) {
    await page.setViewportSize(viewport);
    await expectNoSideScroll(page);
    await shoot(page, `letter-${name}-${size}`);
  }
}

describe("a case handed over and back", { timeout: 120_000 }, () => {
  let link = "";
  let number = "";

  it("is written about Bashir by Li, seen whole first, and its link is handed out on record", async () => {
    const [poster = ""] = await hangPosters(sender);
    const home = await comeHome(sender, poster, VILLAGE, [bashir()]);
    const { page, close } = await visit(browser);
    await page.goto(signIn(sender, LI));
    await page.goto(`${sender.url}/desk/people/${home}-1`);
    await page.getByRole("link", { name: "发协查函" }).click();
    await look(page, "new");
    await page.getByLabel("收函县（区）").fill("示例省示例县指挥部");
    await page.getByLabel("据称现在何处（可不填）").fill("示例县一组 3 号亲戚家");
    await page.getByLabel("居住旅行史、接触史、症状").uncheck();
    await page.getByRole("button", { name: "看看函的内容" }).click();
    await look(page, "preview");
    expect(await page.locator("main").innerText()).toContain("巴希尔·示例");
    await page.getByRole("button", { name: "确认无误，发函" }).click();
    await page.getByRole("button", { name: "打开全文和链接" }).click();
    await look(page, "full");
    link = await page.getByLabel("本函链接").inputValue();
    number = /XH-\d{4}-\d{4}/.exec(await page.title())?.[0] ?? "";
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/l\/[\w-]{22}$/);
    await close();
  });

  it("shows nobody at its link until a button is pressed, without JavaScript too", async () => {
    const { page, close } = await visit(browser, { javaScript: false });
    await page.goto(link);
    expect(await page.content()).not.toContain("巴希尔");
    await page.getByRole("button", { name: "显示人员信息" }).click();
    expect(await page.locator("#persons").innerText()).toContain("巴希尔·示例");
    expect(await one(sender, "SELECT count(*) AS n FROM letter_answer", "n")).not.toBeNull();
    await close();
    const read = await visit(browser);
    await read.page.goto(link);
    await look(read.page, "link");
    await read.close();
  });

  it("is taken over by the other county: fetched, verified, shown, completed, registered with its source", async () => {
    const { page, close } = await visit(browser);
    await page.goto(signIn(receiver, LI));
    await page.goto(`${receiver.url}/desk/letters`);
    await page.getByRole("link", { name: "接收协查函" }).click();
    await look(page, "receive");
    await page.getByLabel("粘贴协查函的链接").fill(`协查函 ${number}\n${link}`);
    await page.getByRole("button", { name: "读取" }).click();
    await look(page, "accept");
    expect(await page.locator("main").innerText()).toContain("签名核验无误");
    expect(await page.locator('[name="persons.0.name"]').inputValue()).toBe("巴希尔·示例");
    expect(await page.locator('[name="address"]').inputValue()).toBe("示例县一组 3 号亲戚家");
    await page.locator('[name="unit"]').selectOption(VILLAGE);
    await page.locator('[name="origin"][value="other_province"]').check();
    const before = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await page.locator('[name="leftOn"]').fill(before);
    await page.locator('[name="arrivedAt.date"]').fill(before);
    await page.locator('[name="arrivedAt.time"]').fill("20:00");
    for (const name of ["transitWuhan", "persons.0.area", "persons.0.contact", "persons.0.symptoms"])
      await page.locator(`[name="${name}"][value="no"]`).check();
    await page.locator('[name="transport"][value="car"]').check();
    await page.getByRole("button", { name: "接收并登记" }).click();
    await page.waitForURL(/\/letters\/received\//);
    await look(page, "received");
    expect(await page.locator("main").innerText()).toContain("已收到，正在查");
    const home = /received\/([A-Z]+-\d{4}-\d{4})/.exec(page.url())?.[1] ?? "";
    expect(
      await receiver.d1.prepare("SELECT source, unit_code FROM household WHERE id = ?").bind(home).first(),
    ).toEqual({ source: "letter", unit_code: VILLAGE });
    const at = (column: string) =>
      sender.d1.prepare(`SELECT ${column} FROM letter WHERE id = ?`).bind(number).first<number>(column);
    expect([await at("received_at"), await at("answered_at")]).toEqual([expect.any(Number), null]);

    await page.getByLabel("已找到，并已纳入医学观察").check();
    await page.getByLabel("情况说明（可不填）").fill("已在我县观察（示例）");
    await page.getByRole("button", { name: "提交答复" }).click();
    await page.waitForURL(/did=answer/);
    expect(await at("answered_at")).toEqual(expect.any(Number));

    // The same link once more: it has come in already, and nothing is doubled.
    await page.goto(`${receiver.url}/desk/letters/receive`);
    await page.getByLabel("粘贴协查函的链接").fill(link);
    await page.getByRole("button", { name: "读取" }).click();
    expect(await page.locator("main").innerText()).toContain("已经接收过");
    const [cases] = await receiver.d1.batch([
      receiver.d1.prepare("SELECT nonce FROM received_letter WHERE number = ?").bind(number),
    ]);
    expect(cases?.results).toHaveLength(1);
    await close();
  });

  it("comes back to Li: on the case, on the letter, among what is to be read, until she has", async () => {
    const { page, close } = await visit(browser);
    await page.goto(signIn(sender, LI));
    await page.goto(`${sender.url}/desk/letters`);
    await look(page, "list");
    await page.getByRole("link", { name: number }).click();
    expect(await page.locator("main").innerText()).toContain("已在我县观察（示例）");
    await page.getByRole("button", { name: "已阅办" }).click();
    await look(page, "one");
    expect(
      await one(
        sender,
        `SELECT count(*) AS n FROM obligation WHERE id LIKE 'reply/${number}/%' AND met_at IS NULL`,
        "n",
      ),
    ).toBe(0);
    await close();
  });

  it("is refused by the other county when its link was withdrawn meanwhile", async () => {
    const li = await visit(browser);
    await li.page.goto(signIn(sender, LI));
    await li.page.goto(`${sender.url}/desk/letters/${number}`);
    await li.page.getByText("更多").click();
    await li.page.getByRole("button", { name: "撤回此函" }).click();
    await li.page.waitForURL(/did=withdraw/);
    await li.page.goto(link);
    expect(await li.page.locator("main").innerText()).toContain("已经停用");
    await look(li.page, "revoked");
    await li.page.goto(signIn(receiver, LI));
    await li.page.goto(`${receiver.url}/desk/letters/receive`);
    await li.page.getByLabel("粘贴协查函的链接").fill(link);
    await li.page.getByRole("button", { name: "读取" }).click();
    expect(await li.page.locator("main").innerText()).toContain("没有读到这封协查函");
    await li.close();
  });
});
