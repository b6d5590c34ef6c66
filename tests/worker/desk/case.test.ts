import { beforeEach, describe, expect, it } from "vitest";
import { amina, chen, household, sampleIdCard } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty } from "../../support/desk.ts";
import { observe, read } from "../../support/follow-up.ts";
import { plainText } from "../../support/pages.ts";
import { register, rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * One person's record at the desk: everything that happened, masked; and personal data once, on record.
 */
let county: DeskCounty;
let chenId = "";
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  const number = await observe(county, [amina(), chen()]);
  chenId = `${number}-2`;
});
const textOf = async (answer: Response) => plainText(await answer.text());
const reveals = async () => (await rowsOf(county, "audit")).filter(({ act }) => act === "reveal-person");

describe("a person's record", { timeout: 30_000 }, () => {
  it("tells Li what was registered, measured, told and seen of Chen, and no name", async () => {
    await read(county, chenId, { temperature: 37.6 });
    county.setNow("2026-01-25T18:00:00+08:00");
    await read(county, chenId, { temperature: 36.9 });
    const li = await county.signIn("supervisor", "511781100", "示例李");
    const answer = await li.get(`/desk/people/${chenId}`);
    expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    const html = await answer.text();
    const text = plainText(html);
    expect(text).toContain(`陈* ${chenId}`);
    expect(text).toContain("1月25日 早测 37.6 ℃");
    expect(text).toContain("1月25日 晚测 36.9 ℃");
    expect(html).toContain('aria-label="2 次体温，最低 36.9 ℃，最高 37.6 ℃"');
    expect(text).toContain("核实登记（属实）");
    expect(text).toContain("发起督办");
    for (const secret of ["陈小示例", "阿米娜", "示例一组", sampleIdCard("19791103", "217")])
      expect(html).not.toContain(secret);
    expect(html).not.toMatch(/139\d{8}/);
    expect(html).not.toMatch(/<svg[^>]*style=|<script(?! src)/);
  });

  it("shows Chen's name, document, phone and address once, for a purpose, written down first", async () => {
    const wu = await county.signIn("reporter", "511781100001");
    const path = `/desk/people/${chenId}`;
    const without = await wu.post(`${path}/reveal`, { purpose: "curiosity", text: "想看看" });
    expect(without.status).toBe(422);
    const again = await without.text();
    expect(again).toContain("请选择为什么要看");
    expect(again).toContain("想看看");
    expect(again).toMatch(/<title>错误/);
    expect(await reveals()).toEqual([]);
    const shown = await wu.post(`${path}/reveal`, { purpose: "visit", text: "晚上上门（示例）" });
    expect([shown.status, shown.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    const text = await textOf(shown);
    for (const said of ["陈小示例", sampleIdCard("19791103", "217"), "示例一组 12 号"])
      expect(text).toContain(said);
    expect(text).toMatch(/139\d{8}/);
    // Of the others in the household only what a list says.
    expect(text).not.toContain("阿米娜·示例");
    const [row, ...more] = await reveals();
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      actor: `official/${wu.id}`,
      subject_id: chenId,
      unit_code: "511781100001",
      detail: "visit",
    });
    expect(JSON.stringify(row)).not.toContain("晚上");
    expect(await county.deps.privacy.open(String(row?.sealed), String(row?.id), "audit")).toEqual({
      text: "晚上上门（示例）",
    });
    const after = await textOf(await wu.get(path));
    expect(after).not.toContain("陈小示例");
    expect(after).toContain("查看个人信息 · 上门核实");
    // Who comes back by the address bar sees it masked; of a foreign number there is nothing there either.
    const back = await wu.get(`${path}/reveal`);
    expect(back.status).toBe(200);
    expect(await textOf(back)).not.toContain("陈小示例");
    const mallory = await county.signIn("reporter", "511781100002");
    expect((await mallory.get(`${path}/reveal`)).status).toBe(404);
  });

  it("shows nothing when the look cannot be written down", async () => {
    const wu = await county.signIn("reporter", "511781100001");
    await county.deps.d1.exec(
      "CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    const answer = await wu.post(`/desk/people/${chenId}/reveal`, { purpose: "visit" });
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain("陈小示例");
  });

  it("gives an inspector a note in place of the button, and 403 to a post", async () => {
    const inspector = await county.signIn("inspector", "511781");
    const html = await (await inspector.get(`/desk/people/${chenId}`)).text();
    expect(html).toContain("您的岗位不能查看个人信息");
    expect(html).not.toContain(`/desk/people/${chenId}/reveal`);
    expect((await inspector.post(`/desk/people/${chenId}/reveal`, { purpose: "visit" })).status).toBe(403);
    expect(await reveals()).toEqual([]);
  });

  it("is not there for another town, a made-up number, or a place in the history that is none", async () => {
    const mallory = await county.signIn("admin", "511781101");
    expect((await mallory.get(`/desk/people/${chenId}`)).status).toBe(404);
    expect((await mallory.post(`/desk/people/${chenId}/reveal`, { purpose: "visit" })).status).toBe(404);
    expect(await reveals()).toEqual([]);
    const zhou = await county.signIn("admin", "511781");
    for (const id of ["WY-0000-0000-1", "WY-1", "x", "%00", "陈小示例"])
      expect((await zhou.get(`/desk/people/${encodeURIComponent(id)}`)).status, id).toBe(404);
    for (const before of ["x", "1e12", "-1", "99999999999999999"])
      expect((await zhou.get(`/desk/people/${chenId}?before=${before}`)).status, before).toBe(400);
    expect(
      (await zhou.get(`/desk/people/${chenId}?before=${Date.parse("2026-01-25T10:00:00+08:00")}`)).status,
    ).toBe(200);
  });

  it("says 已封存 where personal data was sealed off, even where nothing is left to open", async () => {
    const { d1 } = county.deps;
    await d1.exec("UPDATE household SET sealed_off_at = 1769400000000, sealed = '', verify_sealed = ''");
    await d1.exec("UPDATE person SET sealed = '', name_index = NULL, id_index = NULL");
    const zhou = await county.signIn("admin", "511781");
    const record = await zhou.get(`/desk/people/${chenId}`);
    expect(record.status).toBe(200);
    const text = await textOf(record);
    expect(text).toContain("封存");
    expect(text).not.toContain("为什么要看");
    expect((await zhou.post(`/desk/people/${chenId}/reveal`, { purpose: "visit" })).status).toBe(410);
    expect(await reveals()).toEqual([]);
    expect(await textOf(await zhou.get("/desk/people"))).toContain("已封存");
    const home = chenId.slice(0, -2);
    expect((await zhou.get(`/desk/units/511781100001/case/${home}`)).status).toBe(200);
  });

  it("lists a ticket and a tip about somebody to who may see them, and goes back in time page by page", async () => {
    const { d1, deps } = { ...county.deps, deps: county.deps };
    const now = deps.now().getTime();
    await d1
      .prepare(
        `INSERT INTO ticket (id, unit_code, subject_id, sealed, opened_by, opened_at, due_at, recorded_at)
        VALUES ('DB-0217-0031', '511781', ?1, 'x', 'x', ?2, ?2, ?2)`,
      )
      .bind(chenId, now)
      .run();
    await d1
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 130)
        INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at)
        SELECT 'sample-' || i, 'sample', 'sample-look', ?1, '511781100001', ?2 - i * 60000 FROM n`,
      )
      .bind(chenId, now)
      .run();
    const zhou = await county.signIn("admin", "511781");
    const wu = await county.signIn("reporter", "511781100001");
    expect(await (await zhou.get(`/desk/people/${chenId}`)).text()).toContain("DB-0217-0031");
    expect(await (await wu.get(`/desk/people/${chenId}`)).text()).not.toContain("DB-0217-0031");
    let path: string | undefined = `/desk/people/${chenId}`;
    let looked = 0;
    for (let pages = 0; path; pages++) {
      expect(pages).toBeLessThan(6);
      const html: string = await (await zhou.get(path)).text();
      looked += html.match(/sample-look/g)?.length ?? 0;
      path = /href="(\/desk\/people\/[^"]+before=\d+[^"]*)#history"/
        .exec(html)?.[1]
        ?.replaceAll("&amp;", "&");
    }
    expect(looked).toBe(130);
  });

  it("of somebody not verified yet leads to the verification", async () => {
    const { caseNumber } = await register(county.deps, household([amina()], { phone: "13900000077" }), 77);
    const li = await county.signIn("clerk", "511781100");
    const html = await (await li.get(`/desk/people/${caseNumber}-1`)).text();
    expect(html).toContain("还没有开始观察");
    expect(html).toContain(`/desk/units/511781100001/case/${caseNumber}?`);
    expect((await li.get(`/desk/units/511781100001/case/${caseNumber}`)).status).toBe(200);
  });
});
