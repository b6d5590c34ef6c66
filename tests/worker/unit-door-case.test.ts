import { beforeEach, describe, expect, it } from "vitest";
import { hashToken } from "../../src/db/privacy.ts";
import { addToTip, submitRegistration, submitTip } from "../../src/http/submit.ts";
import { amina, chen, clientId, household, wuTip } from "../support/cast.ts";
import { linkOf, post, textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const TODAY = "2026-01-25";
const AMINAS = "511781100001";

let county: TestCounty;
let wu: string;
beforeEach(async () => {
  county = await openCounty(`${TODAY}T10:00:00+08:00`);
  await seedUnits(county);
  wu = await linkOf(county, AMINAS);
});

const rows = async (sql: string) =>
  (await county.deps.d1.prepare(sql).all<Record<string, unknown>>()).results;
const read = async (answer: Response) => {
  const html = await answer.text();
  return { status: answer.status, location: answer.headers.get("Location"), html, text: textOf(html) };
};
const open = async (path: string) => read(await county.fetch(path));
const send = async (path: string, fields: Record<string, string>) => read(await post(county, path, fields));
const register = async (unit = AMINAS) =>
  (
    await submitRegistration(county.deps, {
      clientId: clientId(unit === AMINAS ? 1 : 2),
      values: household([amina(), chen()], { unit }),
      door: "page",
      unitCode: unit,
    })
  ).caseNumber;
const tell = async (more: Parameters<typeof wuTip>[0] = {}) =>
  submitTip(county.deps, { clientId: clientId(7), values: wuTip(more), door: "page" });

describe("Wu opens a registration", () => {
  it("reads what must be known before going there, and no name, number, phone or address", async () => {
    const { status, text, html } = await open(`/u/${wu}/case/${await register()}`);
    expect(status).toBe(200);
    expect(text).toContain("从哪里回来 武汉市");
    expect(text).toContain("阿* 返乡 · 重点地区居住或旅行史");
    expect(text).toContain("陈* 返乡 发热 体温 37.3 ℃");
    expect(text).toContain("12:00 到期 还有 2 小时");
    expect(html).not.toMatch(/阿米娜|陈小|13900000001|示例一组|老人行动不便|999999\d+/);
  });

  it("reads it in Traditional Chinese and in English", async () => {
    const id = await register();
    expect((await open(`/u/${wu}/case/${id}?lang=zh-Hant`)).text).toContain("顯示聯絡方式");
    expect((await open(`/u/${wu}/case/${id}?lang=en`)).text).toContain("Show how to reach them");
  });

  it("sees address and phone only after saying what for, and that is on record", async () => {
    const id = await register();
    const path = `/u/${wu}/case/${id}/reveal`;
    for (const purpose of ["", "curiosity", "constructor"]) {
      const refused = await send(path, { purpose });
      expect(refused.status).toBe(422);
      expect(refused.text).toContain("请选择为什么要看");
      expect(refused.html).not.toMatch(/13900000001|示例一组/);
    }
    expect(await rows("SELECT COUNT(*) AS n FROM audit")).toEqual([{ n: 0 }]);
    const seen = await send(path, { purpose: "visit" });
    expect(seen.status).toBe(200);
    expect(seen.text).toContain("示例一组 12 号");
    expect(seen.html).toContain('href="tel:13900000001"');
    expect(seen.text).toContain("阿米娜·示例");
    expect(seen.html).not.toMatch(/999999\d+/);
    expect(await rows("SELECT actor, act, subject_id, unit_code FROM audit")).toEqual([
      { actor: await hashToken(wu), act: "reveal-household/visit", subject_id: id, unit_code: AMINAS },
    ]);
    expect((await county.fetch(path)).status).toBe(405);
  });

  it("says what was found; the case leaves the list", async () => {
    const id = await register();
    const path = `/u/${wu}/case/${id}/verify`;
    const nothing = await send(path, { note: "敲门无人（示例）" });
    expect(nothing.status).toBe(422);
    expect(nothing.text).toContain("请选择核实结果");
    expect(nothing.text).toContain("敲门无人（示例）");
    const done = await send(path, { outcome: "found", note: "全家都在（示例）" });
    expect([done.status, done.location]).toEqual([303, `/u/${wu}?verified=${id}&lang=zh-Hans`]);
    const board = await open(done.location ?? "");
    expect(board.text).toContain(`${id} 的核实结果已收到`);
    expect(board.text).toContain("没有等待核实的登记。");
    expect((await open(`/u/${wu}/case/${id}`)).text).toContain("已在 10:00 核实 · 已见到人，情况属实");
  });

  it("comes second after Li and is told clearly, with when it was settled", async () => {
    const id = await register();
    const li = await linkOf(county, "511781100");
    await send(`/u/${li}/case/${id}/verify`, { outcome: "found" });
    county.setNow(`${TODAY}T10:20:00+08:00`);
    const second = await send(`/u/${wu}/case/${id}/verify`, { outcome: "wrong" });
    expect(second.status).toBe(409);
    expect(second.text).toContain("这件事已经有人办好了");
    expect(second.text).toContain("已在 10:00 核实");
    expect(await rows("SELECT verify_outcome FROM household")).toEqual([{ verify_outcome: "found" }]);
  });

  it("leaves one settlement when both press at once", async () => {
    const id = await register();
    const answers = await Promise.all(
      ["found", "wrong", "moved"].map((outcome) => send(`/u/${wu}/case/${id}/verify`, { outcome })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
  });

  it("finds nothing under another unit's number, by any method", async () => {
    const id = await register("511781101001");
    expect((await open(`/u/${wu}/case/${id}`)).status).toBe(404);
    expect((await open(`/u/${wu}/case/WY-0000-0000`)).status).toBe(404);
    expect((await send(`/u/${wu}/case/${id}/reveal`, { purpose: "visit" })).status).toBe(404);
    expect((await send(`/u/${wu}/case/${id}/verify`, { outcome: "found" })).status).toBe(404);
    expect(await rows("SELECT COUNT(*) AS n FROM audit")).toEqual([{ n: 0 }]);
    expect((await open(`/u/${await linkOf(county, "511781101")}/case/${id}`)).status).toBe(200);
  });

  it("as a grid worker sees the own grid and not one whose code begins alike", async () => {
    const at = county.deps.now().getTime();
    for (const code of [`${AMINAS}A`, `${AMINAS}A1`])
      await county.deps.d1
        .prepare(
          "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, '示例网格', 'grid', ?, ?)",
        )
        .bind(code, AMINAS, at)
        .run();
    const id = await register(`${AMINAS}A1`);
    const grid = await linkOf(county, `${AMINAS}A`);
    expect((await open(`/u/${grid}/case/${id}`)).status).toBe(404);
    expect((await open(`/u/${grid}`)).text).toContain("没有等待核实的登记。");
    expect((await open(`/u/${await linkOf(county, `${AMINAS}A1`)}`)).text).toContain(id);
  });
});

describe("Wu opens a tip", () => {
  it("reads what was said and what was added, never who said it", async () => {
    const { tipNumber, code } = await tell();
    await addToTip(county.deps, { clientId: clientId(8), code, text: "今天早上还在（示例补充）" });
    const { status, text, html } = await open(`/u/${wu}/tip/${tipNumber}`);
    expect(status).toBe(200);
    expect(text).toContain("昨晚看到三楼有人拖着行李回来（示例线索）");
    expect(text).toContain("今天早上还在（示例补充）");
    expect(text).toContain("有人从外地回来没有报备");
    expect(html).not.toContain("wu@example.test");
    expect(html).not.toContain(code);
    expect(html).not.toContain("显示线索提供人的联系方式");
    expect((await open(`/u/${wu}`)).text).toContain(tipNumber);
  });

  it("cannot ask how to reach the sender; Li can, on record", async () => {
    const { tipNumber } = await tell();
    const refused = await send(`/u/${wu}/tip/${tipNumber}/reveal`, {});
    expect(refused.status).toBe(403);
    expect(refused.html).not.toContain("wu@example.test");
    const li = await linkOf(county, "511781100");
    const before = (await open(`/u/${li}/tip/${tipNumber}`)).html;
    expect(before).toContain("显示线索提供人的联系方式");
    expect(before).not.toContain("wu@example.test");
    const seen = await send(`/u/${li}/tip/${tipNumber}/reveal`, {});
    expect(seen.text).toContain("wu@example.test");
    expect(await rows("SELECT act, subject_id FROM audit WHERE act <> 'open-tip'")).toEqual([
      { act: "reveal-tip-sender", subject_id: tipNumber },
    ]);
  });

  it("leaves one line on record a link and a day, before the words are shown", async () => {
    const { tipNumber } = await tell();
    const li = await linkOf(county, "511781100");
    await open(`/u/${wu}`);
    expect(await rows("SELECT id FROM audit")).toEqual([]);
    for (const link of [wu, wu, li]) await open(`/u/${link}/tip/${tipNumber}`);
    await send(`/u/${wu}/tip/${tipNumber}/verify`, {});
    county.setNow("2026-01-26T10:00:00+08:00");
    expect((await open(`/u/${wu}/tip/${tipNumber}`)).text).toContain("查看线索会记录下来");
    const at = (day: string) => Date.parse(`2026-01-${day}T10:00:00+08:00`);
    const line = { act: "open-tip", subject_id: tipNumber, unit_code: AMINAS };
    const [wus, lis] = await Promise.all([hashToken(wu), hashToken(li)]);
    const found = await rows("SELECT actor, act, subject_id, unit_code, recorded_at FROM audit");
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        { ...line, actor: wus, recorded_at: at("25") },
        { ...line, actor: lis, recorded_at: at("25") },
        { ...line, actor: wus, recorded_at: at("26") },
      ]),
    );
  });

  it("needs an outcome and a public answer, and keeps what was typed", async () => {
    const { tipNumber } = await tell();
    const path = `/u/${wu}/tip/${tipNumber}/verify`;
    const nothing = await send(path, { note: "内部（示例）" });
    expect(nothing.status).toBe(422);
    expect(nothing.html).toContain('href="#f-outcome"');
    expect(nothing.html).toContain('href="#f-answer"');
    expect(nothing.text).toContain("内部（示例）");
    expect((await send(path, { outcome: "true", answer: "\u0007" })).status).toBe(422);
    expect((await send(path, { outcome: "true", answer: "长".repeat(2_000) })).status).toBe(422);
    const done = await send(path, { outcome: "true", answer: "已上门登记，谢谢（示例）" });
    expect(done.status).toBe(303);
    expect((await open(`/u/${wu}/tip/${tipNumber}`)).text).toContain("已上门登记，谢谢（示例）");
    const second = await send(path, { outcome: "untrue", answer: "查无此人（示例）" });
    expect(second.status).toBe(409);
    expect(second.text).toContain("已在 10:00 核实");
  });

  it("finds nothing under another unit's number", async () => {
    const { tipNumber } = await tell({ unit: "511781101001" });
    expect((await open(`/u/${wu}/tip/${tipNumber}`)).status).toBe(404);
    expect((await send(`/u/${wu}/tip/${tipNumber}/verify`, { outcome: "true", answer: "示例" })).status).toBe(
      404,
    );
    expect((await send(`/u/${wu}/tip/${tipNumber}/reveal`, {})).status).toBe(404);
    expect(await rows("SELECT COUNT(*) AS n FROM audit")).toEqual([{ n: 0 }]);
  });
});
