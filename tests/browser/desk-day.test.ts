import { readFile } from "node:fs/promises";
import { strFromU8, unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
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
import { amina, bashir, chen } from "../support/cast.ts";
import { comeHome, hangPosters, LI, TOWN, threeHoursPass, VILLAGES, ZHOU } from "../support/desk-day.ts";
import { choose, goOn } from "../support/journeys.ts";
import { openServer, type TestServer } from "../support/server.ts";

/*
 * The whole day of a county at its desk, as one story, on the phone that is carried into the village and on the PC: what
 * a step leaves is what the next one begins with.
 */
const NAME = "阿米娜·示例";
const ANSWER = "已上门核实，此人昨天已登记，按要求居家观察（示例答复）";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
});

describe.each([
  ["a phone", "phone", PHONE],
  ["a PC", "pc", DESK],
] as const)("a day of the county on %s", (_, size, viewport) => {
  let server: TestServer;
  let li: Visit;
  let zhou: Visit;
  let wu: Visit;
  let posters: string[];
  let aminas: string;
  let bashirs: string;
  let step = 0;

  beforeAll(async () => {
    server = await openServer({ HOTLINE: "0818-8600000" });
    posters = await hangPosters(server);
    [li, zhou, wu] = await Promise.all([
      visit(browser, { viewport }),
      visit(browser, { viewport }),
      visit(browser),
    ]);
  });
  afterAll(async () => {
    for (const one of [li, zhou, wu]) await one?.close();
    await server?.close();
  });

  // A story that broke off has no next chapter.
  let broken = false;
  beforeEach(({ skip, onTestFailed }) => {
    if (broken) skip();
    onTestFailed(() => {
      broken = true;
    });
  });

  /** What stands there is looked at: nothing scrolls sideways, and a picture for people. */
  async function look(page: Page, name: string) {
    await expectNoSideScroll(page);
    step += 1;
    await shoot(page, `day-${size}-${String(step).padStart(2, "0")}-${name}`);
  }
  const text = (page: Page) => page.innerText("main");

  it("people come home and register at posters, Wu leaves a tip, and three hours go by", async () => {
    aminas = await comeHome(server, posters[0] ?? "", VILLAGES[0], [amina(), chen({ temperature: 36.8 })]);
    bashirs = await comeHome(server, posters[1] ?? "", VILLAGES[1], [bashir()]);
    const { page } = wu;
    await page.goto(server.doors.tip);
    await choose(page, "category", "unregistered");
    await page.selectOption('[name="unit"]', TOWN);
    await page.fill('[name="text"]', "昨晚看到有人拖着行李进村（示例线索）");
    await goOn(page);
    await page.waitForURL(/\/tip\/receipt/);
    await threeHoursPass(server);
  });

  it("Li signs in by the code of a letter", async () => {
    const { page } = li;
    await page.goto(`${server.url}/desk`);
    await look(page, "sign-in");
    await page.fill("#f-email", LI);
    await goOn(page);
    // The answer does not wait for the letter to be sent.
    const code = async () => {
      const answer = await fetch(`${server.url}/dev/mail.json?to=${LI}`);
      const [letter] = (await answer.json()) as { text: string }[];
      return /\n(\d{3}) (\d{3})\n/
        .exec(letter?.text ?? "")
        ?.slice(1)
        .join("");
    };
    await expect.poll(code, { timeout: 20_000 }).toMatch(/^\d{6}$/);
    await page.fill("#f-code", (await code()) ?? "");
    await look(page, "code");
    await goOn(page);
    await page.waitForURL(/\/desk$/);
  });

  it("sees at once what is overdue and who was told, and is one tap away from settling it", async () => {
    const { page } = li;
    await look(page, "board");
    await expectAccessible(page);
    const row = page.locator("#g-registration tr", { hasText: aminas });
    expect(await row.innerText()).toMatch(/逾期 1 小时/);
    expect(await row.innerText()).toMatch(/告知/);
    expect(await text(page)).not.toContain(NAME);
    await row.getByRole("link", { name: /去核实/ }).click();
    expect(await page.textContent("h1")).toBe(aminas);
    await look(page, "registration");
  });

  it("verifies it, and it is gone from the board", async () => {
    const { page } = li;
    await choose(page, "outcome", "found");
    await goOn(page);
    await page.getByText(`${aminas} 的核实结果已收到`).waitFor();
    await look(page, "verified");
    await page.goto(`${server.url}/desk`);
    expect(await page.locator("#g-registration tr", { hasText: aminas }).count()).toBe(0);
    expect(await page.locator("#g-registration tr", { hasText: bashirs }).count()).toBe(1);
  });

  it("answers the tip, and Wu reads the answer with the receipt code", async () => {
    const { page } = li;
    await page
      .locator("#g-tip")
      .getByRole("link", { name: /去核实/ })
      .click();
    await look(page, "tip");
    await choose(page, "outcome", "true");
    await page.fill('[name="answer"]', ANSWER);
    await page.getByRole("button", { name: "提交核实结果" }).click();
    await page.getByRole("status").waitFor();
    await look(page, "tip-answered");

    const code = (await wu.page.textContent(".code"))?.trim() ?? "";
    await wu.page.goto(server.doors.tipStatus);
    await wu.page.fill('[name="code"]', code);
    await goOn(wu.page);
    await wu.page.getByText(ANSWER).waitFor();
    if (size === "phone") await look(wu.page, "tip-status");
  });

  it("finds Amina by her name, sees her masked, and reveals her for a purpose, on record", async () => {
    const { page } = li;
    await page.getByRole("link", { name: "人员台账" }).click();
    await page.getByText(`${aminas}-1`).waitFor();
    await look(page, "people");
    await page.fill("#f-q", NAME);
    await page.getByRole("button", { name: "查找" }).click();
    await page.getByText("这次查找已记录").waitFor();
    expect(page.url()).not.toContain(encodeURIComponent("阿米娜"));
    await look(page, "found");
    await page.getByRole("link", { name: new RegExp(`${aminas}-1`) }).click();
    expect(await text(page)).not.toContain(NAME);
    await look(page, "case");
    await choose(page, "purpose", "visit");
    await page.getByRole("button", { name: "查看个人信息" }).click();
    await page.getByText(NAME).first().waitFor();
    expect(await page.locator(".history").innerText()).toMatch(/个人信息 · 上门核实/);
    await look(page, "revealed");
    await page.reload();
    await page.goto(`${server.url}/desk/people/${aminas}-1`);
    expect(await text(page)).not.toContain(NAME);
    expect(await page.locator(".history").innerText()).toMatch(/个人信息 · 上门核实/);
  });

  it("Zhou opens a ticket from what is still overdue, the village answers, Zhou closes it with evidence", async () => {
    const { page } = zhou;
    await page.goto(server.doors.officials.find(({ email }) => email === ZHOU)?.url ?? "");
    await look(page, "county-board");
    const row = page.locator("#g-registration tr", { hasText: bashirs });
    await row.getByRole("link", { name: /督办/ }).click();
    expect(await page.inputValue("#f-title")).toContain(bashirs);
    await look(page, "ticket-new");
    await page.getByRole("button", { name: "开办并通报" }).click();
    await page.getByText("督办件已开办，已通报。").waitFor();
    const ticket = /DB-\d{4}-\d{4}/.exec(page.url())?.[0] ?? "";
    await look(page, "ticket-open");

    const village = await visit(browser);
    await village.page.goto(server.doors.units.find(({ code }) => code === VILLAGES[1])?.url ?? "");
    await village.page.getByRole("link", { name: ticket }).click();
    await village.page.fill("#f-text", "已上门，人在家，体温正常（示例答复）");
    await village.page.fill("#f-by", "示例吴");
    await goOn(village.page);
    await village.page.getByRole("status").waitFor();
    if (size === "phone") await look(village.page, "ticket-answered");
    await village.close();

    await page.reload();
    expect(await text(page)).toContain("已上门，人在家，体温正常（示例答复）");
    await page.fill("#f-closeText", "电话回访，情况属实（示例依据）");
    await page.getByRole("button", { name: "销号" }).click();
    await page.getByRole("status").getByText("已销号").waitFor();
    await look(page, "ticket-closed");
  });

  it("Li prints the posters of the town, a page each, and sees what came in through them", async () => {
    const { page } = li;
    await page.goto(`${server.url}/desk/posters?of=${TOWN}`);
    const rows = page.locator("tbody tr");
    expect(await rows.filter({ hasText: "1 户 2 人" }).count()).toBe(1);
    await look(page, "posters");
    const villages = await rows.count();
    await page.getByRole("link", { name: "打印这里的全部海报" }).click();
    expect(await page.locator(".poster").count()).toBe(villages);
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(villages);
    await look(page, "posters-print");
  });

  it("takes the line list away as CSV and as a workbook, masked, with her name and the time in it", async () => {
    const { page } = li;
    for (const format of ["csv", "xlsx"] as const) {
      await page.goto(`${server.url}/desk/exports`);
      await choose(page, "format", format);
      await choose(page, "purpose", "statistics");
      if (format === "csv") await look(page, "exports");
      await page.getByRole("button", { name: "申请导出" }).click();
      if (format === "csv") await look(page, "export");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "下载" }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`));
      const bytes = await readFile(await download.path());
      const said =
        format === "csv"
          ? strFromU8(bytes)
          : Object.values(unzipSync(bytes))
              .map((part) => strFromU8(part))
              .join("\n");
      expect(said).toMatch(/太平镇 ?示例李/);
      expect(said).toContain(`${aminas}-1`);
      expect(said).not.toContain(NAME);
    }
    await page.goto(`${server.url}/desk/exports`);
    expect(await text(page)).toContain("已导出");
    await look(page, "exports-mine");
  });

  it("the county's clerk types in what nobody can count, follows a figure of the 18:00 report and back, and issues it", async () => {
    const { page, close } = await visit(browser, { viewport });
    await page.goto(server.doors.officials.find(({ email }) => email === "clerk@demo.example")?.url ?? "");
    await page.goto(`${server.url}/desk/units/511781B01/counts/publicity`);
    await page.fill("[name=leaflets]", "300");
    await page.click("#form .main");
    await page.getByRole("button", { name: "确认提交" }).click();
    await page.getByText("已收到").first().waitFor();
    await look(page, "count");

    await page.goto(`${server.url}/desk`);
    await page.locator("main").getByRole("link", { name: "情况汇报" }).click();
    const yesterday = new Date(Date.now() - 16 * 3_600_000).toISOString().slice(0, 10);
    await page.fill('[name="date"]', yesterday);
    await choose(page, "clock", "18:00");
    await page.getByRole("button", { name: "写出草稿" }).click();
    await page.waitForSelector("article.report");
    await look(page, "draft");
    const stated = page.locator("article.report a.stated").first();
    const figure = await stated.innerText();
    await stated.click();
    await page.waitForURL(/\/desk\/figures\//);
    expect(await page.innerText(".big-figure")).toContain(figure);
    expect(await text(page)).toContain("18:00");
    await look(page, "figure");
    await page.goBack();
    await page.getByRole("button", { name: "发布这份汇报" }).click();
    await page.waitForURL(/\/issued\/SR-/);
    expect(await text(page)).toContain("和保存的内容一致");
    await look(page, "issued");
    await close();
  });

  it("and Zhou finds all of it in the record of what was done", async () => {
    const { page } = zhou;
    await page.getByRole("link", { name: "操作记录" }).click();
    const said = await text(page);
    for (const act of ["登录", "个人信息", "导出", "督办"]) expect(said).toContain(act);
    expect(said).not.toContain(NAME);
    await look(page, "audit");
  });

  it("Li signs out, and the way back shows nothing of anybody", async () => {
    const { page } = li;
    await page.goto(`${server.url}/desk/people/${aminas}-1`);
    await choose(page, "purpose", "call");
    await page.getByRole("button", { name: "查看个人信息" }).click();
    await page.getByText(NAME).first().waitFor();
    await page.getByRole("link", { name: /示例李/ }).click();
    await look(page, "me");
    await page.getByRole("button", { name: "登出", exact: true }).click();
    await page.getByRole("heading", { name: "您已登出" }).waitFor();
    await look(page, "signed-out");
    for (let at = 0; at < 6; at++) {
      // A page that was posted is not asked for again: the browser says so in its own words.
      await page.goBack().catch(() => page.waitForURL(/^chrome-error:/));
      const shown = await page.content();
      for (const secret of [NAME, "阿*", "1390000", "139****", "示例李"]) expect(shown).not.toContain(secret);
    }
    await look(page, "back");
  });
});
