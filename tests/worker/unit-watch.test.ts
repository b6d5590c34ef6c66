import { beforeEach, describe, expect, it } from "vitest";
import { submitRegistration } from "../../src/http/submit.ts";
import { submitReading } from "../../src/http/submit-reading.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { amina, bashir, chen, clientId, household } from "../support/cast.ts";
import { linkOf, post, textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/*
 * Wu and Li behind their units' doors: fevers answered, clusters acknowledged, people released, care teams filled.
 */
const AMINAS = "511781100001";
let county: TestCounty;
let wu: string;
let li: string;
let caseNumber: string;
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  [wu, li] = await Promise.all([linkOf(county, AMINAS), linkOf(county, "511781100")]);
  caseNumber = await register();
});

const register = async (unit = AMINAS, number = 1, people = [amina(), chen({ temperature: 36.6 })]) =>
  (
    await submitRegistration(county.deps, {
      clientId: clientId(number),
      values: household(people, { unit, phone: `1390000000${number}` }),
      door: "page",
      unitCode: unit,
    })
  ).caseNumber;
const read = async (answer: Response) => {
  const html = await answer.text();
  return { status: answer.status, location: answer.headers.get("Location"), html, text: textOf(html) };
};
const open = async (path: string) => read(await county.fetch(path));
const send = async (path: string, fields: Record<string, string>) => read(await post(county, path, fields));
const rows = async (sql: string) =>
  (await county.deps.d1.prepare(sql).all<Record<string, unknown>>()).results;
const FOUND = { outcome: "found", kind: "central", day0Rule: "left_area", evidence: "ticket" };
const verify = (fields: Record<string, string> = FOUND, token = wu, id = caseNumber) =>
  send(`/u/${token}/case/${id}/verify`, fields);
let sent = 100;
const measure = (
  person: number,
  temperature: number,
  more: { slot?: string; symptoms?: boolean } = {},
  id = caseNumber,
) =>
  submitReading(county.deps, {
    clientId: clientId(++sent),
    observationId: `${id}-${person}`,
    temperature,
    symptoms: false,
    needsHelp: false,
    door: "unit",
    ...more,
  });
const evening = (day: string) => county.setNow(`${day}T18:00:00+08:00`);
const morning = (day: string) => county.setNow(`${day}T08:00:00+08:00`);

describe("Wu verifies a registration", () => {
  it("opens everybody's observation with what was found out at the door", async () => {
    const before = await open(`/u/${wu}/case/${caseNumber}`);
    expect(before.text).toContain("不填就按登记计算：返乡人员从1月24日起，一直在家的从1月25日起");
    expect(before.html).toContain('name="kind" value="home" checked');
    expect((await verify()).status).toBe(303);
    expect(
      await rows("SELECT id, kind, day0, day0_rule, day0_evidence, until_date FROM observation"),
    ).toEqual([
      {
        id: `${caseNumber}-1`,
        kind: "central",
        day0: "2026-01-24",
        day0_rule: "left_area",
        day0_evidence: "ticket",
        until_date: "2026-02-07",
      },
      expect.objectContaining({ id: `${caseNumber}-2`, day0: "2026-01-24" }),
    ]);
    const { text, html } = await open(`/u/${wu}/case/${caseNumber}`);
    expect(text).toContain("第 1 天，共 14 天 · 集中观察点");
    expect(text).toContain("1月24日 · 离开疫情地区 · 车票、机票");
    expect(text).toContain("住户还没有确认");
    expect(html).not.toMatch(/阿米娜|陈小/);
  });

  it.each([
    [{ ...FOUND, kind: "cellar" }, "kind", "请选择"],
    [{ ...FOUND, day0Rule: "constructor" }, "day0Rule", "请选择"],
    [{ ...FOUND, evidence: "hearsay" }, "evidence", "请选择"],
    [{ ...FOUND, day0: "2026-01-26" }, "day0", "观察起算日期不能晚于今天"],
    [{ ...FOUND, day0: "2026-02-30" }, "day0", "请填写观察起算日期"],
    [{ ...FOUND, day0: "2025-01-01" }, "day0", "观察起算日期太早"],
  ])("must mend %j, and nothing is opened", async (fields, path, words) => {
    const { status, text, html } = await verify(fields as Record<string, string>);
    expect(status).toBe(422);
    expect(text).toContain(words);
    expect(html).toContain(`href="#f-${path}"`);
    expect(html).toContain('value="left_area"');
    expect(await rows("SELECT id FROM observation")).toEqual([]);
  });

  it("comes second after Li and is told who was first, and when", async () => {
    await verify(FOUND, li);
    county.setNow("2026-01-25T10:20:00+08:00");
    const second = await verify({ outcome: "wrong" });
    expect(second.status).toBe(409);
    expect(second.text).toContain("10:00 由太平镇办理。以先提交的为准");
    expect(await rows("SELECT DISTINCT ending FROM observation")).toEqual([{ ending: null }]);
  });

  it("closes what was not as stated: the page says so, and nobody is observed", async () => {
    await verify({ outcome: "wrong", note: "查无此人（示例）" });
    expect((await open(`/u/${wu}/case/${caseNumber}`)).text).toContain("已终止");
    expect((await open(`/u/${wu}`)).text).toContain("现在没有人在观察");
  });
});

describe("Wu looks at the board", () => {
  it("reads the follow-up in figures and goes on the round from there", async () => {
    expect((await open(`/u/${wu}`)).text).toContain("医学观察 现在没有人在观察。");
    await verify();
    morning("2026-01-26");
    await measure(1, 36.5, { slot: "2026-01-25/evening" });
    await measure(2, 36.5);
    const board = await open(`/u/${wu}`);
    expect(board.text).toContain("正在观察 2 这一次已报 1 这一次还没报 1 上一次漏报 1");
    expect(board.html).toContain(`href="/u/${wu}/round?lang=zh-Hans"`);
    county.setNow("2026-01-26T13:00:00+08:00");
    expect((await open(`/u/${wu}`)).text).toContain("这一次逾期未报 1");
    expect((await open(`/u/${li}`)).text).toContain("正在观察 2");
  });
});

describe("a fever", () => {
  let response: string;
  beforeEach(async () => {
    await verify();
    evening("2026-01-25");
    await measure(2, 37.3, { symptoms: true });
    response = `/response/${caseNumber}-2/2026-01-25/evening`;
  });

  it("stands on the board of the village, the town and the county until somebody says what was done", async () => {
    const zhou = await linkOf(county, "511781");
    for (const token of [wu, li, zhou]) {
      const { text, html } = await open(`/u/${token}`);
      expect(text).toContain("发热和不适，等待处置 1");
      expect(text).toContain("发热 37.3 ℃ · 有不适");
      expect(html).toContain(`href="/u/${token}${response}?lang=zh-Hans"`);
    }
    for (const path of ["/round", `/case/${caseNumber}`, `/observation/${caseNumber}-2`])
      expect((await open(`/u/${wu}${path}`)).text).toContain("有异常还没有处置");
    const page = await open(`/u/${wu}${response}`);
    expect(page.text).toContain("今天晚测");
    expect(page.text).toContain("20:00 到期");
    const done = await send(`/u/${wu}${response}`, { text: "已送发热门诊（示例）", by: "吴示例" });
    expect([done.status, done.location]).toEqual([303, `/u/${wu}?did=response&lang=zh-Hans`]);
    expect((await open(done.location ?? "")).text).toContain("处置情况已记录");
    for (const token of [wu, li, zhou]) expect((await open(`/u/${token}`)).text).not.toContain("等待处置");
    expect((await open(`/u/${wu}/case/${caseNumber}`)).text).not.toContain("还没有处置");
    const after = await open(`/u/${wu}${response}`);
    expect(after.text).toContain("18:00 由本单位办理");
    expect(after.text).toContain("已送发热门诊（示例） —— 吴示例");
    // Sealed: neither the words nor the name are to be found in the database.
    expect(JSON.stringify(await rows("SELECT * FROM response"))).not.toMatch(/发热门诊|吴示例/);
  });

  it("asks for what was done and by whom, and keeps what was typed", async () => {
    const { status, text, html } = await send(`/u/${wu}${response}`, { text: "已打电话（示例）" });
    expect(status).toBe(422);
    expect(text).toContain("请填写姓名");
    expect(text).toContain("已打电话（示例）");
    expect(html).toContain('href="#f-by"');
    expect((await send(`/u/${wu}${response}`, { text: "\u0007", by: "吴示例" })).status).toBe(422);
    expect(await rows("SELECT * FROM response")).toEqual([]);
  });

  it("is answered once: the second is told who was first and when, and reads what was done", async () => {
    await send(`/u/${li}${response}`, { text: "镇里已接走（示例）", by: "李示例" });
    county.setNow("2026-01-25T18:10:00+08:00");
    const second = await send(`/u/${wu}${response}`, { text: "已打电话（示例）", by: "吴示例" });
    expect(second.status).toBe(409);
    expect(second.text).toContain("18:00 由太平镇办理");
    expect(second.text).toContain("镇里已接走（示例）");
    expect(await rows("SELECT COUNT(*) AS n FROM response")).toEqual([{ n: 1 }]);
  });

  it("is not there for another unit, nor at an address that names none", async () => {
    const other = await linkOf(county, "511781101");
    for (const path of [response, `/response/${caseNumber}-1/2026-01-25/evening`, "/response/x/y/z"]) {
      expect((await open(`/u/${other}${path}`)).status).toBe(404);
      expect((await send(`/u/${other}${path}`, { text: "x", by: "x" })).status).toBe(404);
    }
    expect((await open(`/u/${wu}/response/${caseNumber}-1/2026-01-25/evening`)).status).toBe(404);
  });
});

describe("a cluster", () => {
  it("stands on the doors of both recipients; each acknowledges for itself", async () => {
    const at = county.deps.now().getTime();
    for (const [code, name] of [
      ["511781B01", "示例疾控中心"],
      ["511781B03", "示例卫健局"],
    ])
      await county.deps.d1
        .prepare(
          "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, ?, 'bureau', '511781', ?)",
        )
        .bind(code, name, at)
        .run();
    const [cdc, health] = await Promise.all([linkOf(county, "511781B01"), linkOf(county, "511781B03")]);
    const ill = chen({ symptoms: true });
    await register(AMINAS, 2, [
      ill,
      bashir({ symptoms: true }),
      amina({ symptoms: true, document: undefined }),
    ]);
    const board = await open(`/u/${cdc}`);
    expect(board.text).toContain("聚集性情况，等待确认收到 1");
    expect(board.text).toContain("示例一社区：3 人有发热或不适");
    const [, link = ""] = /href="(\/u\/[^"]*\/cluster\/[^"]*)"/.exec(board.html) ?? [];
    const path = link.split("?")[0] ?? "";
    expect((await open(path)).text).toContain("3 · 48 小时内");
    expect((await send(path, { text: "", by: "" })).text).toContain("请写明准备怎样处理");
    const done = await send(path, { text: "派流调人员（示例）", by: "周示例" });
    expect(done.status).toBe(303);
    expect((await open(`/u/${cdc}`)).text).not.toContain("聚集性情况");
    expect((await open(`/u/${health}`)).text).toContain("聚集性情况，等待确认收到 1");
    const zhou = await linkOf(county, "511781");
    const second = await send(path.replace(cdc, zhou), { text: "县里已知（示例）", by: "周示例" });
    expect(second.status).toBe(409);
    expect(second.text).toContain("由示例疾控中心办理");
    expect((await open(path.replace(cdc, health))).status).toBe(404);
  });
});

describe("Li releases", () => {
  const LAST = "2026-02-07";
  let release: string;
  beforeEach(async () => {
    await verify();
    release = `/release/${caseNumber}-1`;
  });

  it("is refused kindly before the last day is over, and while the last reading is abnormal", async () => {
    county.setNow(`${LAST}T20:00:00+08:00`);
    expect((await open(`/u/${li}${release}`)).text).toContain("第 14 天，共 14 天");
    const early = await send(`/u/${li}${release}`, { by: "李示例" });
    expect(early.status).toBe(409);
    expect(early.text).toContain("现在还不能解除");
    expect(early.text).toContain("观察期到 2026-02-07 24 时为止");
    await measure(1, 37.3);
    county.setNow("2026-02-08T08:00:00+08:00");
    const held = await send(`/u/${li}${release}`, { by: "李示例" });
    expect(held.status).toBe(409);
    expect(held.text).toContain("最近一次体温或症状异常，不能解除");
    expect(held.text).toContain("观察期满，但最近一次异常，继续观察");
    expect((await open(`/u/${li}`)).text).toContain("观察期满，等待解除 1");
    expect(await rows("SELECT ending FROM observation WHERE ended_at IS NOT NULL")).toEqual([]);
  });

  it("releases with a name once it is due; the second is told who and when", async () => {
    county.setNow(`${LAST}T08:00:00+08:00`);
    await measure(1, 36.5);
    county.setNow("2026-02-08T08:00:00+08:00");
    const board = await open(`/u/${li}`);
    expect(board.text).toContain("观察期满，等待解除 2");
    expect(board.text).toContain("阿* · 观察到 2月7日 · 示例一社区");
    expect((await send(`/u/${li}${release}`, { by: " " })).text).toContain("请填写解除人姓名");
    const done = await send(`/u/${li}${release}`, { by: "李示例", reason: "" });
    expect([done.status, done.location]).toEqual([303, `/u/${li}?did=released&lang=zh-Hans`]);
    expect((await open(`/u/${li}`)).text).toContain("观察期满，等待解除 1");
    county.setNow("2026-02-08T08:30:00+08:00");
    const second = await send(`/u/${wu}${release}`, { by: "吴示例" });
    expect(second.status).toBe(409);
    expect(second.text).toContain("这次观察已经结束 08:00 由太平镇办理");
    const page = await open(`/u/${wu}/observation/${caseNumber}-1`);
    expect(page.text).toContain("已解除");
    expect(page.text).toContain("08:00，李示例");
    expect(page.html).not.toContain("/end?");
    expect(await rows("SELECT ending FROM observation WHERE ended_at IS NOT NULL")).toEqual([
      { ending: "released" },
    ]);
  });
});

describe("one person's observation", () => {
  it("shows each slot: read, late, corrected, missed, overdue, still open, in words", async () => {
    county.setNow("2026-01-25T13:00:00+08:00");
    await verify();
    evening("2026-01-25");
    await measure(1, 36.5);
    await measure(1, 36.7);
    county.setNow("2026-01-26T14:00:00+08:00");
    await measure(1, 36.6, { slot: "2026-01-26/morning" });
    evening("2026-01-28");
    const { text } = await open(`/u/${wu}/observation/${caseNumber}-1`);
    expect(text).toContain("1月28日 逾期 待报");
    expect(text).toContain("1月27日 漏报 逾期");
    expect(text).toContain("1月26日 36.6 ℃ 补报 漏报");
    expect(text).toContain("1月25日 — 不用报 36.7 ℃ 有更正");
    expect((await open(`/u/${wu}/case/${caseNumber}`)).text).toContain("已有 2 次体温");
    expect((await open(`/u/${wu}/observation/${caseNumber}-1?lang=en`)).text).toContain("36.7 °C corrected");
  });

  it("asks Wu to look where ten readings in a row are the same", async () => {
    await verify();
    for (let day = 26; day <= 30; day++) {
      morning(`2026-01-${day}`);
      await measure(1, 36.5);
      evening(`2026-01-${day}`);
      await measure(1, 36.5);
    }
    for (const path of ["/round", `/case/${caseNumber}`, `/observation/${caseNumber}-1`])
      expect((await open(`/u/${wu}${path}`)).text).toContain("请看一下 ：连续十次体温完全一样");
  });

  it("is moved to a hospital, and the page says since when", async () => {
    await verify();
    const path = `/u/${wu}/observation/${caseNumber}-1`;
    expect((await send(`${path}/move`, { kind: "cellar" })).status).toBe(422);
    county.setNow("2026-01-26T09:00:00+08:00");
    expect((await send(`${path}/move`, { kind: "hospital" })).status).toBe(303);
    const { text } = await open(path);
    expect(text).toContain("第 2 天，共 14 天 · 医院留观");
    expect(text).toContain("集中观察点 09:00 转为医院留观");
  });

  it("is ended with a reason and a name; the second is told", async () => {
    await verify();
    const path = `/u/${wu}/observation/${caseNumber}-1`;
    const blank = await send(`${path}/end`, {});
    expect(blank.status).toBe(422);
    for (const words of ["请选择怎样结束", "请写明原因", "请填写办理人姓名"])
      expect(blank.text).toContain(words);
    const fields = { ending: "transferred", reason: "转到邻县（示例）", by: "吴示例" };
    expect((await send(`${path}/end`, { ...fields, ending: "released" })).status).toBe(422);
    expect((await send(`${path}/end`, fields)).status).toBe(303);
    const second = await send(`${path}/end`, fields);
    expect(second.status).toBe(409);
    expect(second.text).toContain("10:00 由本单位办理");
    expect((await send(`${path}/move`, { kind: "home" })).status).toBe(409);
    const page = await open(path);
    expect(page.text).toContain("已移送");
    expect(page.text).toContain("转到邻县（示例）");
  });

  it("is not there for another unit, nor before it began", async () => {
    expect((await open(`/u/${wu}/observation/${caseNumber}-1`)).status).toBe(409);
    await verify();
    const other = await linkOf(county, "511781101");
    for (const path of ["observation", "release"])
      for (const id of [`${caseNumber}-1`, `${caseNumber}-9`, "x"])
        expect((await open(`/u/${other}/${path}/${id}`)).status).toBe(404);
    expect((await open(`/u/${wu}/observation/${caseNumber}-9`)).status).toBe(404);
  });
});

describe("a care team", () => {
  it("stands on the board while a role is open, and is filled with a name and a phone, masked afterwards", async () => {
    await verify();
    expect((await open(`/u/${wu}`)).text).toContain("包保人员没有落实 1");
    const page = `/u/${wu}/case/${caseNumber}`;
    expect((await open(page)).text).toContain("医生 还没有落实 落实");
    const path = `/u/${wu}/care/${caseNumber}/doctor`;
    const wrong = await send(path, { name: "孙示例", phone: "12" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("请填写能打通的电话号码");
    expect(wrong.html).toContain('value="孙示例"');
    expect((await send(path, {})).text).toContain("请填写姓名");
    for (const role of ["doctor", "relative", "village_cadre"])
      expect(
        (await send(`/u/${wu}/care/${caseNumber}/${role}`, { name: "孙示例", phone: "13900000077" })).status,
      ).toBe(303);
    expect((await open(`/u/${wu}`)).text).not.toContain("包保人员没有落实");
    const masked = await open(page);
    expect(masked.text).toContain("医生 孙* 换人");
    expect(masked.html).not.toMatch(/孙示例|13900000077/);
    const shown = await send(`${page}/reveal`, { purpose: "call" });
    expect(shown.text).toContain("医生 孙示例 13900000077");
    expect((await open(`/u/${wu}/care/${caseNumber}/emperor`)).status).toBe(404);
    expect((await open(`/u/${await linkOf(county, "511781101")}/care/${caseNumber}/doctor`)).status).toBe(
      404,
    );
  });
});

it("reads every page in Traditional Chinese and in English, and the sweep runs over all of it", async () => {
  await verify();
  evening("2026-01-25");
  await measure(1, 38);
  await runScheduled(county.deps, county.deps.now());
  for (const [path, hant, en] of [
    ["", "發熱和不適，等待處置", "Fevers and symptoms to answer"],
    [`/case/${caseNumber}`, "包保人員", "Care team"],
    [`/observation/${caseNumber}-1`, "更改觀察地點", "Change the place of observation"],
    [`/release/${caseNumber}-1`, "解除觀察", "Release from observation"],
    [`/response/${caseNumber}-1/2026-01-25/evening`, "怎樣處置的", "What was done"],
    [`/care/${caseNumber}/doctor`, "落實包保人員", "Fill a care team role"],
  ]) {
    expect((await open(`/u/${wu}${path}?lang=zh-Hant`)).text).toContain(hant);
    expect((await open(`/u/${wu}${path}?lang=en`)).text).toContain(en);
  }
});
