import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DESK, expectNoSideScroll, openBrowser, PHONE, shoot, visit } from "../support/browser.ts";
import { choose, countyDay, fillPerson, fillReach, fillThree, fillTrip, goOn } from "../support/journeys.ts";
import { openServer, type TestServer } from "../support/server.ts";

let browser: Browser;
let server: TestServer;
let poster: string;
beforeAll(async () => {
  [browser, server] = await Promise.all([openBrowser(), openServer()]);
  poster = server.doors.poster[0] ?? "";
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const households = async () =>
  (await server.d1.prepare("SELECT count(*) AS n FROM household").first<{ n: number }>())?.n ?? -1;

describe.each([
  ["a phone", PHONE],
  ["a desk", DESK],
])("on %s", (device, viewport) => {
  it("Amina registers her household of three at a poster, one group of questions a screen", async () => {
    const { page, close } = await visit(browser, { viewport });
    const before = await households();
    await page.goto(poster);
    expect(await page.textContent(".step")).toBe("第 1 步，共 4 步");
    await choose(page, "filledBy", "self");
    await goOn(page);
    expect(await page.textContent(".step")).toBe("第 2 步，共 4 步");
    await shoot(page, `${device}-trip`);
    await fillTrip(page);
    await goOn(page);
    await fillThree(page);
    await expectNoSideScroll(page);
    await goOn(page);
    await fillReach(page);
    await goOn(page);
    await page.waitForSelector(".answers");
    expect(await page.textContent("h1")).toBe("提交前请核对");
    expect(await page.textContent("main")).toContain("巴希尔·示例");
    await expectNoSideScroll(page);
    expect(await households()).toBe(before);
    await goOn(page);
    await page.waitForURL(/\/p\/[\w-]{22}\/receipt/);
    expect(await page.textContent(".panel")).toMatch(/已报备 3 人.*WY-\d{4}-\d{4}/s);
    await shoot(page, `${device}-receipt`);
    await expectNoSideScroll(page);
    expect(await households()).toBe(before + 1);
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
    await page.click("main .main");
    expect(await page.textContent("main .main")).toBe("已复制");
    await close();
  });

  it("Amina registers her household of three without JavaScript, on one page", async () => {
    const { page, close } = await visit(browser, { viewport, javaScript: false });
    await page.goto(poster);
    await choose(page, "filledBy", "family");
    await fillTrip(page);
    await fillThree(page);
    await fillReach(page);
    await shoot(page, `${device}-plain-form`);
    await expectNoSideScroll(page);
    await goOn(page);
    expect(await page.textContent("main")).toContain("陈小示例");
    await page.click('button[value="persons.1.name"]');
    expect(await page.getAttribute(":focus", "name")).toBe("persons.1.name");
    await page.fill('[name="persons.1.name"]', "巴希尔·样本");
    await goOn(page);
    expect(await page.textContent("main")).toContain("巴希尔·样本");
    await goOn(page);
    await page.waitForURL(/\/p\/[\w-]{22}\/receipt/);
    expect(await page.textContent(".panel")).toContain("已报备 3 人");
    await close();
  });
});

describe("with JavaScript", () => {
  it("says what is missing on the step itself, at the top and at the question, and lets go once it is mended", async () => {
    const { page, close } = await visit(browser);
    await page.goto(poster);
    await goOn(page);
    expect(await page.textContent("#problems h2")).toBe("有 1 处需要修改");
    expect(await page.evaluate("document.activeElement.id")).toBe("problems");
    expect(await page.title()).toMatch(/^错误：第 1 步，共 4 步 - 返乡/);
    expect(await page.textContent(".wrong .error")).toBe("错误：请选择由谁填写");
    await page.click("#problems a");
    expect(await page.evaluate("document.activeElement.name")).toBe("filledBy");
    await choose(page, "filledBy", "grid_worker");
    expect(await page.isVisible('[data-field="source"]')).toBe(true);
    await choose(page, "filledBy", "self");
    expect(await page.isVisible('[data-field="source"]')).toBe(false);
    await goOn(page);
    expect(await page.textContent(".step")).toBe("第 2 步，共 4 步");
    expect(await page.isVisible("#problems")).toBe(false);
    expect(await page.title()).toMatch(/^第 2 步，共 4 步 - 返乡/);
    await fillTrip(page);
    await page.fill('[name="leftOn"]', countyDay(0));
    await goOn(page);
    expect(await page.textContent("#problems li")).toBe("到家时间不能早于离开当地的日期");
    await page.fill('[name="leftOn"]', countyDay(30));
    await goOn(page);
    expect(await page.textContent("#problems li >> nth=0")).toBe("离开日期不能晚于今天");
    await close();
  });

  it("goes back a step with the browser's own Back, and loses nothing by a reload", async () => {
    const { page, close } = await visit(browser);
    await page.goto(poster);
    await choose(page, "filledBy", "self");
    await goOn(page);
    await fillTrip(page);
    await goOn(page);
    await page.click(".add");
    await fillPerson(page, 1, "巴希尔·示例");
    await page.goBack();
    expect(await page.textContent(".step")).toBe("第 2 步，共 4 步");
    expect(await page.isChecked('[name="origin"][value="hubei"]')).toBe(true);
    await page.goForward();
    const client = await page.inputValue('[name="_client"]');
    await page.reload();
    expect(await page.textContent(".step")).toBe("第 3 步，共 4 步");
    expect(await page.inputValue('[name="persons.1.name"]')).toBe("巴希尔·示例");
    expect(await page.isChecked('[name="persons.1.area"][value="no"]')).toBe(true);
    expect(await page.inputValue('[name="_client"]')).toBe(client);
    expect(await page.evaluate("localStorage.length")).toBe(0);
    await close();
  });

  it("keeps every answer through the three languages, and through a change of village", async () => {
    const { page, close } = await visit(browser);
    await page.goto(poster);
    await choose(page, "filledBy", "neighbour");
    await goOn(page);
    await page.fill('[name="originPlace"]', "示例区");
    await page.click('.languages button[value="en"]');
    await page.waitForSelector('html[lang="en"]');
    expect(await page.textContent(".step")).toBe("Step 2 of 4");
    expect(await page.isChecked('[name="filledBy"][value="neighbour"]')).toBe(true);
    expect(await page.inputValue('[name="originPlace"]')).toBe("示例区");
    await page.click('.languages button[value="zh-Hant"]');
    await page.waitForSelector('html[lang="zh-Hant"]');
    await page.click(".stepbar button");
    expect(await page.textContent(".step")).toBe("第 1 步，共 4 步");
    await page.click('button[value="change-unit"]');
    await page.click(".pick button >> nth=0");
    await page.click(".pick button >> nth=1");
    await page.waitForSelector(".group");
    expect(new URL(page.url()).pathname).toBe("/register");
    expect(await page.inputValue('[name="originPlace"]')).toBe("示例区");
    await close();
  });

  it("removes a person in the middle and closes up the rows", async () => {
    const { page, close } = await visit(browser);
    await page.goto(poster);
    await choose(page, "filledBy", "self");
    await goOn(page);
    await fillTrip(page);
    await goOn(page);
    await fillThree(page);
    await page.click(".row >> nth=1 >> .remove");
    expect(await page.locator(".row").count()).toBe(2);
    expect(await page.textContent(".row >> nth=1 >> legend >> nth=0")).toBe("第 2 人");
    expect(await page.inputValue('[name="persons.1.name"]')).toBe("陈小示例");
    expect(await page.isChecked('[name="persons.1.symptoms"][value="no"]')).toBe(true);
    await page.click(".row >> nth=0 >> .remove");
    expect(await page.locator(".remove").count()).toBe(0);
    await close();
  });

  it("lands on the question the service refuses, and a change goes straight back to the check page", async () => {
    const { page, close } = await visit(browser);
    await page.goto(poster);
    await choose(page, "filledBy", "self");
    await goOn(page);
    await fillTrip(page);
    await goOn(page);
    await fillPerson(page, 0, "阿米娜·示例");
    await page.selectOption('[name="persons.0.document.kind"]', "id_card");
    await page.fill('[name="persons.0.document.number"]', "110105194912310021");
    await goOn(page);
    await fillReach(page);
    await goOn(page);
    await page.waitForSelector("#problems");
    expect(await page.textContent(".step")).toBe("第 3 步，共 4 步");
    await page.click("#problems a");
    expect(await page.evaluate("document.activeElement.name")).toBe("persons.0.document.kind");
    await page.fill('[name="persons.0.document.number"]', "11010519491231002X");
    await goOn(page);
    await goOn(page);
    await page.waitForSelector(".answers");
    await page.click('button[value="origin"]');
    await page.waitForSelector(".stepbar");
    expect(await page.textContent(".step")).toBe("第 2 步，共 4 步");
    await choose(page, "origin", "wuhan");
    expect(await page.isVisible('[data-field="transitWuhan"]')).toBe(false);
    await goOn(page);
    await page.waitForSelector(".answers");
    expect(await page.textContent("main")).toContain("武汉市");
    await close();
  });

  it("gives the first receipt again when Amina goes back from it and sends once more", async () => {
    const { page, close } = await visit(browser);
    const before = await households();
    await page.goto(poster);
    await choose(page, "filledBy", "self");
    await goOn(page);
    await fillTrip(page);
    await goOn(page);
    await fillPerson(page, 0, "阿米娜·示例");
    await goOn(page);
    await fillReach(page);
    await goOn(page);
    await page.waitForSelector(".answers");
    await goOn(page);
    await page.waitForURL(/\/receipt/);
    const first = page.url();
    await page.goBack();
    await page.waitForSelector(".answers");
    await goOn(page);
    await page.waitForURL(/\/receipt/);
    expect(page.url()).toBe(first);
    expect(await households()).toBe(before + 1);
    await close();
  });
});

describe("Back and Forward, with the browser's own cache", () => {
  it("bring Amina from the receipt to what she checked, and to the page that asked her to mend it", async () => {
    const { page, close } = await visit(browser, { javaScript: false });
    await page.goto(poster);
    await choose(page, "filledBy", "self");
    await fillTrip(page);
    await fillPerson(page, 0, "阿米娜·示例");
    await goOn(page);
    await page.waitForSelector("#problems");
    expect(await page.title()).toMatch(/^错误：返乡/);
    await page.goBack();
    expect(await page.inputValue('[name="persons.0.name"]')).toBe("阿米娜·示例");
    await page.goForward();
    await page.waitForSelector("#problems");
    expect(await page.inputValue('[name="persons.0.name"]')).toBe("阿米娜·示例");
    await fillReach(page);
    await goOn(page);
    await page.waitForSelector(".answers");
    await page.goBack();
    await page.waitForSelector("#problems");
    expect(await page.inputValue('[name="address"]')).toBe("示例一组 12 号");
    await page.goForward();
    await page.waitForSelector(".answers");
    await goOn(page);
    await page.waitForURL(/\/receipt/);
    const receipt = page.url();
    await page.goBack();
    expect(await page.textContent("main")).toContain("阿米娜·示例");
    await goOn(page);
    await page.waitForURL(/\/receipt/);
    expect(page.url()).toBe(receipt);
    await close();
  });

  it("keep the steps, and the answers the service refused", async () => {
    const { page, close } = await visit(browser);
    await page.goto(server.url);
    await page.click(".doors a >> nth=0");
    await page.click(".pick a >> nth=1");
    await page.click(".pick a >> nth=0");
    await choose(page, "filledBy", "self");
    await goOn(page);
    await fillTrip(page);
    await goOn(page);
    await fillPerson(page, 0, "阿米娜·示例");
    await page.selectOption('[name="persons.0.document.kind"]', "id_card");
    await page.fill('[name="persons.0.document.number"]', "110105194912310021");
    await goOn(page);
    await fillReach(page);
    await goOn(page);
    await page.waitForSelector("#problems");
    expect(await page.title()).toMatch(/^错误：第 3 步，共 4 步 - 返乡/);
    await page.goBack();
    await page.waitForSelector(".step");
    expect(await page.textContent(".step")).toBe("第 4 步，共 4 步");
    expect(await page.inputValue('[name="address"]')).toBe("示例一组 12 号");
    await page.goForward();
    await page.waitForSelector(".stepbar");
    expect(await page.title()).toMatch(/^第 3 步，共 4 步 - 返乡/);
    expect(await page.inputValue('[name="persons.0.document.number"]')).toBe("110105194912310021");
    await page.fill('[name="persons.0.document.number"]', "11010519491231002X");
    await goOn(page);
    expect(await page.title()).toMatch(/^第 4 步，共 4 步 - 返乡/);
    await goOn(page);
    await page.waitForSelector(".answers");
    await page.goBack();
    await page.waitForSelector(".stepbar");
    expect(await page.inputValue('[name="address"]')).toBe("示例一组 12 号");
    await page.goForward();
    await page.waitForSelector(".answers");
    await goOn(page);
    await page.waitForURL(/\/receipt/);
    await page.goBack();
    expect(await page.textContent("main")).toContain("阿米娜·示例");
    await close();
  });
});

it("walks from the first page to the form by town and village, on links alone", async () => {
  const { page, close } = await visit(browser, { javaScript: false });
  await page.goto(server.url);
  await page.click(".doors a >> nth=0");
  expect(await page.textContent("h1")).toBe("回到哪个乡镇、街道？");
  await page.click(".pick a >> nth=1");
  await page.click(".pick a >> nth=0");
  expect(await page.textContent(".note")).toContain("报备到");
  await close();
});
