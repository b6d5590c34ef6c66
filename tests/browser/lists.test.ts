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
import { amina, dawa } from "../support/cast.ts";
import { comeHome, hangPosters, LI, VILLAGES } from "../support/desk-day.ts";
import { openServer, type TestServer } from "../support/server.ts";
import { csv, encode, sampleId } from "../support/sheet.ts";

/*
 * 批次: the education bureau's list goes from Li's desk to a village's phone and back: in GB18030, with IDs that Excel has
 * spoiled, and somebody in it whom the town knows under another name.
 */
let server: TestServer;
let browser: Browser;
let poster = "";
let home = "";
const VILLAGE = VILLAGES[0];
beforeAll(async () => {
  [server, browser] = await Promise.all([openServer(), openBrowser()]);
  [poster = ""] = await hangPosters(server);
  home = await comeHome(server, poster, VILLAGE, [amina()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const door = () => server.doors.units.find(({ code }) => code === VILLAGE)?.url ?? "";
const main = (page: Page) => page.locator("main").innerText();
/** A page on the PC and on the phone: nothing runs over the edge, and whoever cannot see it can use it. */
async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  for (const [size, viewport] of [
    ["pc", DESK],
    ["phone", PHONE],
  ] as const) {
    await page.setViewportSize(viewport);
    await expectNoSideScroll(page);
    await shoot(page, `list-${name}-${size}`);
  }
}
const place = "石岗社区";
const row = (n: number, more: Partial<Record<"name" | "id" | "phone" | "place", string>> = {}) => {
  const { name, id, phone, ...rest } = {
    ...{ name: `示例学生${n}`, id: sampleId(n), phone: `1370000010${n}`, place },
    ...more,
  };
  return [String(n), name, id, phone, rest.place, `示例路 ${n} 号`];
};
const FILE = encode(
  csv([
    ["示例县教育局反馈名单（第 3 批）"],
    ["序号", "姓名", "身份证号码", "联系电话", "村（社区）", "家庭住址"],
    row(1),
    row(2, { id: "5.11781E+17" }),
    row(3, { id: `${sampleId(3).slice(0, 15)}000` }),
    row(4, { name: "示例别名", id: amina().document?.number ?? "", phone: "13700000104" }),
    row(5, { place: "没有的村" }),
    ["6", "", "", "", "", ""],
  ]),
  "gb18030",
);

describe("a bureau's list", { timeout: 120_000 }, () => {
  let id = "";

  it("is said to be empty, or too large, beside its field, and nothing is kept", async () => {
    const { page, close } = await visit(browser);
    await page.goto(`${server.url}/dev/sign-in?as=${LI}`);
    await page.goto(`${server.url}/desk/batches`);
    const upload = async (name: string, bytes: Buffer) => {
      await page.getByLabel("教育局").check();
      await page.getByLabel("名单名称").fill("示例第三批");
      await page
        .getByLabel("文件", { exact: true })
        .setInputFiles({ name, mimeType: "text/csv", buffer: bytes });
      await page.getByRole("button", { name: "上传" }).click();
    };
    await upload("空.csv", Buffer.from(" \r\n"));
    expect(await main(page)).toContain("文件是空的");
    expect(await page.getByLabel("名单名称").inputValue()).toBe("示例第三批");
    await look(page, "empty");
    await upload("大.csv", Buffer.alloc(6_000_000, 0x2c));
    expect(await main(page)).toMatch(/太大|超过/);
    await look(page, "large");
    expect(await server.d1.prepare("SELECT count(*) AS n FROM batch").first("n")).toBe(0);
    await close();
  });

  it("is uploaded, matched, looked at and agreed to by Li", async () => {
    const { page, close } = await visit(browser);
    await page.goto(`${server.url}/dev/sign-in?as=${LI}`);
    await page.goto(`${server.url}/desk/batches`);
    await page.getByLabel("教育局").check();
    await page.getByLabel("名单名称").fill("示例第三批");
    await page
      .getByLabel("文件", { exact: true })
      .setInputFiles({ name: "第三批.csv", mimeType: "text/csv", buffer: Buffer.from(FILE) });
    await page.getByRole("button", { name: "上传" }).click();
    expect(await page.getByLabel("证件号码").inputValue()).toBe("C");
    expect(await main(page)).not.toContain("示例学生");
    await look(page, "columns");
    await page.getByRole("button", { name: "开始核对" }).click();
    id = /PC-\d{4}-\d{4}/.exec(page.url())?.[0] ?? "";
    const said = await main(page);
    for (const words of [
      "丢了数字",
      "同一证件号码登记的是另一个姓名",
      "看不出属于哪个村",
      "2 小时内要有结果",
    ])
      expect(said).toContain(words);
    expect(said).not.toMatch(/示例学生|阿米娜/);
    await look(page, "ready");
    await page.getByRole("button", { name: "确认并交办" }).click();
    await page.goto(`${server.url}/desk/batches/${id}`);
    expect(await main(page)).toContain("各村正在查找");
    await look(page, "open");
    await close();
  });

  it("is answered by the village on its phone: found and registered, not there, elsewhere", async () => {
    const found = await comeHome(server, poster, VILLAGE, [dawa()]);
    const { page, close } = await visit(browser);
    await page.goto(door());
    await page.getByText("名单上待查找 3 人").click();
    await look(page, "village");
    const open = async (n: number) => {
      await page.goto(`${door()}/listed`);
      await page.getByRole("link", { name: `第 ${n} 行` }).click();
    };
    await open(3);
    await look(page, "person");
    await page.getByLabel("上门或打电话查找").check();
    await page.getByRole("button", { name: "查看" }).click();
    expect(await main(page)).toContain("示例学生1");
    await look(page, "shown");
    await page.getByRole("radio", { name: "查无此人" }).check();
    await page.getByRole("button", { name: "提交结果" }).click();
    expect(await page.locator("#problems").innerText()).toContain("请填写内容");
    await look(page, "wrong");
    await page.getByLabel("找到了，已登记").check();
    await page.getByLabel("登记编号").fill(found);
    await page.getByRole("button", { name: "提交结果" }).click();
    await open(4);
    await page.getByRole("radio", { name: "查无此人" }).check();
    await page.getByLabel("说明（").fill("示例：门锁着，邻居说没回来");
    await page.getByRole("button", { name: "提交结果" }).click();
    await open(5);
    await page.getByRole("radio", { name: "人在别处" }).check();
    await page.getByLabel("说明（").fill("示例：在示例县");
    await page.getByRole("button", { name: "提交结果" }).click();
    expect(await main(page)).toContain("没有待查找的人员");
    await close();
  });

  it("comes back to the bureau row by row, once Li has said who the conflicting ones are", async () => {
    const { page, close } = await visit(browser, { viewport: DESK });
    await page.goto(`${server.url}/dev/sign-in?as=${LI}`);
    await page.goto(`${server.url}/desk/batches/${id}/result`);
    for (const words of ["已找到", "查无此人", "不在本地", "还有 2 行有出入"])
      expect(await main(page)).toContain(words);
    await look(page, "result");
    await page.setViewportSize(DESK);
    await page.getByRole("link", { name: "核定这一行" }).first().click();
    await look(page, "conflict");
    expect(await main(page)).not.toContain("阿米娜");
    await page.getByRole("button", { name: "显示完整信息对照" }).click();
    expect(await main(page)).toContain("阿米娜·示例");
    expect(await main(page)).toContain("示例别名");
    await look(page, "compared");
    await page.getByRole("button", { name: "确认核定" }).click();
    expect(await page.locator("#problems").innerText()).toContain("请选择这一行是谁");
    await look(page, "unsaid");
    await page.getByLabel(`就是 ${home}-1`).check();
    await page.getByRole("button", { name: "确认核定" }).click();
    expect(await main(page)).toContain("已核定为“已掌握");
    await look(page, "settled");
    await page.goto(`${server.url}/desk/batches/${id}/rows/7`);
    await page.getByLabel("是还没登记的人").check();
    await page.getByLabel("交哪个村").selectOption(VILLAGE);
    await page.getByRole("button", { name: "确认核定" }).click();
    await page.goto(`${server.url}/desk/batches/${id}/result`);
    expect(await main(page)).not.toContain("有出入，请");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "下载 CSV" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`baobei-${id}.csv`);
    await close();
  });

  it("is ended by Li, with a reason, when somebody never answers", async () => {
    const { page, close } = await visit(browser);
    await page.goto(`${server.url}/dev/sign-in?as=${LI}`);
    await page.goto(`${server.url}/desk/batches/${id}`);
    await page.locator("summary", { hasText: "结束查找" }).click();
    await look(page, "close");
    await page.getByLabel("为什么结束").fill("示例：教育局已另行核实");
    await page.getByRole("button", { name: "结束查找" }).click();
    await page.goto(`${server.url}/desk/batches/${id}`);
    expect(await main(page)).toContain("已办结");
    expect(await main(page)).toContain("示例：教育局已另行核实");
    await look(page, "closed");
    await page.goto(`${door()}/listed/${id}/7`);
    expect(await main(page)).toContain("不用再找");
    await look(page, "let-go");
    await close();
  });
});
