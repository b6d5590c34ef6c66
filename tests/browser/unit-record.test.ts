import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { localDate } from "../../src/domain/time.ts";
import {
  DESK,
  expectAccessible,
  expectNoSideScroll,
  openBrowser,
  PHONE,
  shoot,
  visit,
} from "../support/browser.ts";
import { ADMIN } from "../support/desk-day.ts";
import { openServer, type TestServer } from "../support/server.ts";

let browser: Browser;
let server: TestServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A unit of the demo whose code has so many digits, by its place in the list. */
const unit = (digits: number, at = 0) =>
  server.doors.units.filter(({ code }) => code.length === digits && /^\d+$/.test(code))[at] ?? {
    url: "",
    code: "",
  };

it.each([
  ["with JavaScript", true, 0],
  ["without JavaScript", false, 1],
])(
  "Wu issues a pass at the gate, sees somebody out and back in, and is told why there is no second one, %s",
  async (_, javaScript, at) => {
    const { page, close } = await visit(browser, { javaScript });
    const shot = (name: string) => shoot(page, `record-${at}-${name}`);
    await page.goto(unit(12, at).url);
    await page.click("text=各类登记");
    await shot("forms");
    await page.click("text=新增出入证");
    await page.fill("[name=home]", "样本小区 3 栋 501");
    await page.click("#form .main");
    expect(await page.textContent(".problems")).toContain("外出的人");
    await shot("error");
    await page.fill("[name=person]", "样本甲");
    await page.click("text=采购生活用品");
    await page.click("#form .main");
    expect(await page.textContent("h1")).toContain("请核对");
    await shot("check");
    await page.click("text=确认提交");
    expect(await page.textContent("[role=status]")).toContain("已登记");
    const number = (await page.textContent(".big"))?.trim() ?? "";
    expect(number).toMatch(/^CR-\d{4}-\d{4}$/);
    await shot("issued");
    await page.click("text=登记外出");
    expect(await page.textContent(".state")).toContain("外出中");
    await shot("out");
    await page.click("text=‹ 出入证");
    expect(await page.textContent(".records")).toContain("样本甲");
    await shot("list");
    await page.click("text=新增出入证");
    await page.fill("[name=home]", "样本小区3栋501");
    await page.fill("[name=person]", "样本乙");
    await page.click("text=采购生活用品");
    await page.click("#form .main");
    await page.click("text=确认提交");
    expect(await page.textContent(".problems")).toContain("开错的可以先作废");
    expect(await page.inputValue("[name=person]")).toBe("样本乙");
    await shot("refused");
    await page.goto(`${unit(12, at).url}/records/exit-pass/${number}`);
    await page.click("text=登记返回");
    expect(await page.textContent(".state")).toContain("已返回");
    await shot("back");
    await close();
  },
);

it("every page of records reads well on a phone and on a desk", async () => {
  const { page, close } = await visit(browser);
  const look = async (what: string, path: string) => {
    await page.goto(path);
    for (const viewport of [PHONE, DESK]) {
      await page.setViewportSize(viewport);
      await expectNoSideScroll(page);
      await expectAccessible(page, { looks: viewport === DESK });
      await shoot(page, `record-${what}-${viewport.width}`);
    }
  };
  const [county, village, town] = [unit(6), unit(12, 3), unit(9)];
  // A banquet that waits for the town, and a clinic that anybody may read of.
  await page.goto(`${village.url}/records/banquet/new`);
  await page.check("[name=kind][value=funeral]");
  await page.fill("[name=date]", localDate(new Date(), "Asia/Shanghai"));
  await page.fill("[name=tables]", "2");
  await page.fill("[name=people]", "20");
  await page.check("[name=outside][value=no]");
  await page.fill("[name=host]", "样本甲");
  await page.fill("[name=phone]", "13900000000");
  await page.fill("[name=place]", "样本村 2 组 5 号");
  await page.click("#form .main");
  await page.click("text=确认提交");
  const banquet = (await page.textContent(".big"))?.trim();
  await page.goto(`${county.url}/records/fever-clinic/new`);
  await page.fill("[name=name]", "样本县第一人民医院");
  await page.check("[name=kind][value=clinic]");
  await page.fill("[name=address]", "样本镇样本路 1 号，急诊楼东侧");
  await page.fill("[name=telephone]", "0818-1234567");
  await page.fill("[name=hours]", "24 小时");
  await page.click("#form .main");
  await page.click("text=确认提交");
  await look("one-waiting", `${village.url}/records/banquet/${banquet}`);
  await look("one-decided-by", `${town.url}/records/banquet/${banquet}`);
  await look("one-english", `${town.url}/records/banquet/${banquet}?lang=en&step=refused`);
  await look("forms-town", `${town.url}/records`);
  await look("forms-county", `${county.url}/records?lang=zh-Hant`);
  await look("list-town", `${town.url}/records/banquet`);
  await look("list-empty", `${village.url}/records/exit-pass?lang=en`);
  await look("new-banquet", `${village.url}/records/banquet/new`);
  await look("new-english", `${village.url}/records/exit-pass/new?lang=en`);
  await look("clinics", `${server.url}/lists/fever-clinic`);
  await look("clinics-english", `${server.url}/lists/fever-clinic?lang=en`);
  expect(await page.getAttribute("a[href^='tel:']", "href")).toBe("tel:08181234567");
  await look("home", server.url);
  await page.goto(`${server.url}/dev/sign-in?as=${ADMIN}`);
  await look("desk-forms", `${server.url}/desk/records`);
  await look("desk-form", `${server.url}/desk/records/banquet`);
  await look("desk-form-town", `${server.url}/desk/records/banquet?unit=${town.code}&lang=en`);
  await look("desk-one", `${server.url}/desk/units/${town.code}/records/banquet/${banquet}`);
  await page.emulateMedia({ media: "print" });
  await look("print-list", `${server.url}/lists/fever-clinic`);
  await look("print-one", `${village.url}/records/banquet/${banquet}`);
  await close();
});
