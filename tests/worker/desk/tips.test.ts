import { beforeEach, describe, expect, it } from "vitest";
import { formatReceiptCode } from "../../../src/domain/identity.ts";
import type { TipValues } from "../../../src/domain/tip.ts";
import { TIP_FOLLOWERS } from "../../../src/domain/tip-desk.ts";
import { addToTip, submitTip } from "../../../src/http/submit.ts";
import { sweepOverdue } from "../../../src/jobs/sweep.ts";
import { amina, bashir, clientId, household, wuTip } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { zero } from "../../support/meter.ts";
import { inputValue, plainText, posted } from "../../support/pages.ts";
import { register, rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

const TOWN = "511781100";
const VILLAGE = "511781100001";
const REACH = "wu@example.test";
const ANSWER = "已上门核实，已补登记，谢谢您（示例）";
const SETTLE = { outcome: "true", answer: ANSWER, note: "内部说明（示例）" };

let county: DeskCounty;
let li: Signed;
let zhou: Signed;
let wu: Signed;
let client = 0;
beforeEach(async () => {
  county = await openDeskCounty();
  await seedUnits(county);
  client = 0;
  li = await county.signIn("clerk", TOWN, "示例李");
  zhou = await county.signIn("supervisor", "511781", "示例周");
  wu = await county.signIn("reporter", VILLAGE, "示例吴");
});

const send = (more: Partial<TipValues> = {}) =>
  submitTip(county.deps, { clientId: clientId(++client), values: wuTip(more), door: "page" });
const page = async (who: Signed, path: string) => plainText(await (await who.get(path)).text());
const acts = async (act: string) => (await rowsOf(county, "audit")).filter((row) => row.act === act);
const owed = async (id: string) =>
  (await rowsOf(county, "obligation")).find((row) => row.id === `tip/${id}`) as Record<string, unknown>;
/** What the sender's own page says. */
const status = async (code: string) =>
  plainText(await (await county.fetch("/tip/status?lang=zh-Hans", posted([["code", code]]))).text());
const link = (who: Signed, from: string, other: string) => who.post(`/desk/tips/${from}/link`, { other });

describe("the queue of tips", () => {
  it("puts the oldest promise first, says in words what is overdue, and knows whose it is", async () => {
    const first = await send();
    county.setNow("2026-01-25T11:00:00+08:00");
    const second = await send({ unit: TOWN });
    county.setNow("2026-01-25T12:30:00+08:00");
    const text = await page(li, "/desk/tips");
    expect(text).toContain("逾期 30 分");
    expect(text).toContain("还有 30 分");
    expect(text.indexOf(first.tipNumber)).toBeLessThan(text.indexOf(second.tipNumber));
    expect(text).toContain("待核实 2 条");
    expect(text).toContain("本单位承办 1 条");
    const mine = await page(li, "/desk/tips?tab=mine");
    expect(mine).toContain(second.tipNumber);
    expect(mine).not.toContain(first.tipNumber);
    expect(await page(li, "/desk/tips?tab=settled")).toContain("还没有办结的线索");
  });

  it("holds each to their own subtree, and finds a tip by its number", async () => {
    const { tipNumber } = await send();
    const other = await county.signIn("clerk", "511781101");
    expect(await page(other, "/desk/tips")).toContain("没有等待核实的线索");
    expect((await other.get(`/desk/tips/${tipNumber}`)).status).toBe(404);
    for (const verb of ["reveal", "verify", "assign", "link", "person", "unlink", "write"])
      expect((await other.post(`/desk/tips/${tipNumber}/${verb}`, SETTLE)).status).toBe(404);
    const found = await li.post("/desk/tips", { number: tipNumber.replaceAll("-", "").toLowerCase() });
    expect(found.headers.get("Location")).toContain(`/desk/tips/${tipNumber}`);
    const wrong = await li.post("/desk/tips", { number: "T-1234-5678" });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain("请逐位核对");
    expect(await acts("reveal-tip-sender")).toEqual([]);
  });

  it("goes on page by page, and begins anew where an address was altered", async () => {
    for (let at = 0; at < 53; at++) await send({ unit: at % 2 ? VILLAGE : TOWN });
    const seen = new Set<string>();
    let path: string | undefined = "/desk/tips";
    for (let pages = 0; path && pages < 3; pages++) {
      const html = await (await li.get(path)).text();
      for (const [, id = ""] of html.matchAll(/\/desk\/tips\/(T-\d{4}-\d{4})/g)) seen.add(id);
      path = /href="(\/desk\/tips\?tab=open&amp;after=[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen.size).toBe(53);
    for (const after of ["x", "1.2.3", "' OR 1=1 --", "0.1.511781.T-1-1"]) {
      const answer = await li.get(`/desk/tips?${new URLSearchParams({ after })}`);
      expect(answer.status).toBe(303);
      expect(answer.headers.get("Location")).toContain("/desk/tips?tab=open");
    }
    const foreign = await li.get("/desk/tips?after=0.1.511781101001.T-4471-0932");
    expect(foreign.status).toBe(200);
  });

  it("marks that the sender wrote back until an official has written", async () => {
    const { tipNumber, code } = await send();
    county.setNow("2026-01-25T10:10:00+08:00");
    await addToTip(county.deps, { clientId: clientId(80), code, text: "今早又看到（示例）" });
    expect(await page(li, "/desk/tips")).toContain("提供人有新补充");
    county.setNow("2026-01-25T10:20:00+08:00");
    await li.post(`/desk/tips/${tipNumber}/write`, { text: "收到，正在核实（示例）", _client: clientId(81) });
    expect(await page(li, "/desk/tips")).not.toContain("提供人有新补充");
  });

  it("reads at most 200 rows a page, for the county, a town and a village, with 20,000 tips", async () => {
    await manyTips(20_000);
    const village = await county.signIn("clerk", "511781103002");
    const town = await county.signIn("clerk", "511781103");
    for (const [who, tabs] of [
      [zhou, ["open", "mine", "settled"]],
      [town, ["open", "mine", "settled"]],
      [village, ["open", "mine"]],
    ] as const) {
      for (const tab of tabs) {
        await who.get(`/desk/tips?tab=${tab}`);
        zero(county.meter);
        const html = await (await who.get(`/desk/tips?tab=${tab}`)).text();
        expect(`${tab} ${county.meter.read <= 200 || county.meter.read}`).toBe(`${tab} true`);
        const next = /href="(\/desk\/tips\?tab=\w+&amp;after=[^"]*)"/.exec(html)?.[1];
        if (!next) continue;
        zero(county.meter);
        await who.get(next.replaceAll("&amp;", "&"));
        expect(`after ${tab} ${county.meter.read <= 200 || county.meter.read}`).toBe(`after ${tab} true`);
      }
    }
    zero(county.meter);
    await village.get("/desk/tips?tab=settled");
    // Of a village the town's settled ones are passed over in the index.
    expect(county.meter.read).toBeLessThanOrEqual(600);
  }, 60_000);
});

describe("one tip", () => {
  it("is opened on record, once a day, and shows Li what was said, by when, and what was done", async () => {
    const { tipNumber } = await send();
    for (let look = 0; look < 3; look++) await li.get(`/desk/tips/${tipNumber}`);
    const text = await page(li, `/desk/tips/${tipNumber}`);
    for (const said of [
      "昨晚看到三楼有人拖着行李回来",
      "12:00 到期",
      "示例一社区",
      "太平镇 示例李 查看",
      "还没有指派",
    ])
      expect(text).toContain(said);
    expect(text).not.toContain(REACH);
    expect(await acts("open-tip")).toEqual([
      expect.objectContaining({ subject_id: tipNumber, actor: `official/${li.id}` }),
    ]);
  });

  it("never tells a village, a school or a grid how to reach the sender, nor that there is a way", async () => {
    const { tipNumber, code } = await send();
    await addToTip(county.deps, { clientId: clientId(80), code, text: "还在那里（示例）" });
    const path = `/desk/tips/${tipNumber}`;
    await li.post(`${path}/reveal`, { purpose: "check" });
    for (const role of ["reporter", "clerk", "supervisor", "admin"] as const) {
      const who = await county.signIn(role, VILLAGE);
      const pages = [
        await who.get(path),
        await who.get("/desk/tips"),
        await who.post(`${path}/verify`, {}),
        await who.post(`${path}/write`, {}),
        await who.post(`${path}/reveal`, { purpose: "check" }),
        await who.get(`/desk/units/${VILLAGE}/tip/${tipNumber}`),
      ];
      expect(pages[4]?.status).toBe(403);
      for (const answer of pages) {
        const html = await answer.text();
        expect(html).not.toContain(REACH);
        expect(html).not.toContain("联系方式");
        expect(html).not.toContain("/reveal");
      }
    }
    expect(await acts("reveal-tip-sender")).toHaveLength(1);
  });

  it("tells Li of the town how to reach the sender, for a purpose, on record", async () => {
    const { tipNumber } = await send();
    const path = `/desk/tips/${tipNumber}/reveal`;
    const unasked = await li.post(path);
    expect(unasked.status).toBe(422);
    expect(await unasked.text()).toContain("请选择为什么要联系");
    expect(await acts("reveal-tip-sender")).toEqual([]);
    expect(await (await li.post(path, { purpose: "check" })).text()).toContain(REACH);
    expect(await acts("reveal-tip-sender")).toEqual([
      expect.objectContaining({ detail: "check", actor: `official/${li.id}`, subject_id: tipNumber }),
    ]);
    const inspector = await county.signIn("inspector", "511781");
    expect((await inspector.post(path, { purpose: "check" })).status).toBe(403);
    const html = await (await inspector.get(`/desk/tips/${tipNumber}`)).text();
    expect(html).not.toContain('<form method="post"');
  });
});

describe("who has a tip", () => {
  const assign = (who: Signed, id: string, to: string, version = "0") =>
    who.post(`/desk/tips/${id}/assign`, { to, version });

  it("is said by version: of two officials at once one wins, the other is told who and when", async () => {
    const { tipNumber } = await send({ unit: TOWN });
    const other = await county.signIn("reporter", TOWN, "示例赵");
    const answers = await Promise.all([
      assign(li, tipNumber, `official/${li.id}`),
      assign(other, tipNumber, `official/${other.id}`),
    ]);
    expect(answers.map(({ status: code }) => code).sort()).toEqual([303, 409]);
    const lost = plainText(await (answers.find((one) => one.status === 409) as Response).text());
    expect(lost).toMatch(/太平镇 示例[李赵]已在 今天 10:00 先办理/);
    expect(await rowsOf(county, "tip_assignment")).toHaveLength(1);
    expect(await acts("assign-tip")).toHaveLength(1);
    expect(await page(zhou, `/desk/tips/${tipNumber}`)).toMatch(/承办人太平镇 示例[李赵]/);
  });

  it("stands on the page of whom it is about for whoever has it now, and for nobody who had it", async () => {
    const { tipNumber } = await send();
    const { caseNumber } = await register(county.deps, household([amina()]), 51);
    expect((await wu.post(`/desk/tips/${tipNumber}/person`, { person: caseNumber })).status).toBe(303);
    const record = `/desk/people/${caseNumber}-1`;
    const tips = async (who: Signed) =>
      (await (await who.get(record)).text()).includes(`/desk/tips/${tipNumber}`);
    expect([await tips(wu), await tips(li)]).toEqual([true, true]);
    expect((await assign(li, tipNumber, `unit/${TOWN}`)).status).toBe(303);
    expect([await tips(wu), await tips(li)]).toEqual([false, true]);
  });

  it("moves with its promise to the unit that it is handed to, which hears at the next sweep; nobody else keeps it", async () => {
    const { tipNumber, code } = await send();
    const promise = (await owed(tipNumber)).due_at;
    await sweepOverdue(county.deps, county.deps.now());
    const page1 = await (await li.get(`/desk/tips/${tipNumber}`)).text();
    expect(page1).toContain(`value="unit/${TOWN}"`);
    expect((await assign(li, tipNumber, `unit/${TOWN}`)).status).toBe(303);
    expect(await owed(tipNumber)).toMatchObject({ unit_code: TOWN, due_at: promise, step: 0 });
    // What Li took away from the village, perhaps because of the village, is not the village's to see.
    expect((await wu.get(`/desk/tips/${tipNumber}`)).status).toBe(404);
    expect(await page(wu, "/desk/tips")).not.toContain(tipNumber);
    expect(await page(li, "/desk/tips?tab=mine")).toContain(tipNumber);
    expect(await status(code)).toContain("太平镇");
    county.setNow("2026-01-25T10:01:00+08:00");
    expect(await sweepOverdue(county.deps, county.deps.now())).toBe(1);
    const told = (await rowsOf(county, "transition")).filter(
      (row) => row.obligation_id === `tip/${tipNumber}`,
    );
    expect(told.at(-1)).toMatchObject({ kind: "notice", told: expect.stringContaining(`"${TOWN}"`) });
    expect((await rowsOf(county, "tip"))[0]?.unit_code).toBe(VILLAGE);
  });

  it("is the unit's own to hand round, a manager's to hand on, and nobody's to give outside the scope", async () => {
    const { tipNumber } = await send({ unit: TOWN });
    const reporter = await county.signIn("reporter", TOWN);
    expect((await assign(reporter, tipNumber, `official/${reporter.id}`)).status).toBe(303);
    expect((await assign(reporter, tipNumber, `unit/${VILLAGE}`, "1")).status).toBe(403);
    for (const to of [
      "unit/511781101",
      "unit/511781",
      `official/${zhou.id}`,
      "unit/999",
      "",
      "x",
      "unit/511781100999",
    ])
      expect((await assign(li, tipNumber, to, "1")).status).toBe(422);
    const inspector = await county.signIn("inspector", TOWN);
    expect((await assign(li, tipNumber, `official/${inspector.id}`, "1")).status).toBe(422);
    const stale = await assign(li, tipNumber, `unit/${VILLAGE}`, "0");
    expect(stale.status).toBe(409);
    // What was chosen is still chosen.
    expect(await stale.text()).toMatch(new RegExp(`value="unit/${VILLAGE}" selected`));
    expect((await assign(li, tipNumber, `unit/${VILLAGE}`, "1")).status).toBe(303);
    expect(await page(wu, "/desk/tips?tab=mine")).toContain(tipNumber);
    expect((await acts("hand-tip"))[0]).toMatchObject({ detail: VILLAGE, unit_code: VILLAGE });
  });

  it("that was handed away while somebody looked is no longer there for them", async () => {
    const { tipNumber } = await send({ unit: "511781" });
    await assign(zhou, tipNumber, "unit/511781101");
    const other = await county.signIn("clerk", "511781101");
    const gone = await assign(zhou, tipNumber, `unit/${TOWN}`, "1");
    expect(gone.status).toBe(303);
    expect((await other.post(`/desk/tips/${tipNumber}/verify`, SETTLE)).status).toBe(404);
  });
});

describe("one verification", () => {
  it("answers all that were linked, and every receipt is alive", async () => {
    const [lead, second, third] = await Promise.all([send(), send(), send({ unit: TOWN })]);
    await link(li, second.tipNumber, lead.tipNumber);
    // Linked to a follower it follows the lead.
    await link(li, third.tipNumber, second.tipNumber);
    const text = await page(li, `/desk/tips/${lead.tipNumber}`);
    expect(text).toContain("随它答复的 2 条线索会同时办结");
    expect(await page(wu, `/desk/tips/${lead.tipNumber}`)).toContain("另有 1 条在别的单位");
    expect(await page(li, `/desk/tips/${second.tipNumber}`)).toContain("请先解除关联");
    const answer = await li.post(`/desk/tips/${lead.tipNumber}/verify`, SETTLE);
    expect(answer.status).toBe(303);
    for (const { code, tipNumber } of [lead, second, third]) {
      const shown = await status(code);
      expect(shown).toContain("情况属实");
      expect(shown).toContain(ANSWER);
      expect(shown).not.toContain("内部说明");
      expect((await owed(tipNumber)).met_at).not.toBeNull();
    }
    const written = await acts("verify-tip/true");
    expect(written.map((row) => row.detail ?? "")).toEqual(
      expect.arrayContaining(["", lead.tipNumber, lead.tipNumber]),
    );
    expect(written).toHaveLength(3);
    expect(await page(li, "/desk/tips?tab=settled")).toContain(third.tipNumber);
  });

  it("answers what is linked afterwards at once, with those that follow it", async () => {
    const [lead, late, later] = await Promise.all([send(), send(), send()]);
    await li.post(`/desk/tips/${lead.tipNumber}/verify`, SETTLE);
    await link(li, later.tipNumber, late.tipNumber);
    expect((await link(li, late.tipNumber, lead.tipNumber)).status).toBe(303);
    for (const { code, tipNumber } of [late, later]) {
      expect(await status(code)).toContain(ANSWER);
      expect((await owed(tipNumber)).met_at).not.toBeNull();
    }
    expect((await rowsOf(county, "tip_link")).map((row) => row.target_id)).toEqual([
      lead.tipNumber,
      lead.tipNumber,
    ]);
    // What has its answer cannot be taken from it again.
    const undo = await li.post(`/desk/tips/${late.tipNumber}/unlink`, {
      kind: "tip",
      target: lead.tipNumber,
    });
    expect(undo.status).toBe(409);
  });

  it("by two officials at once stands as the first gave it; the other is told who and when and keeps the words", async () => {
    const { tipNumber, code } = await send();
    const [one, two] = ["先到的答复（示例）", "后到的答复（示例）"];
    const answers = await Promise.all([
      li.post(`/desk/tips/${tipNumber}/verify`, { ...SETTLE, answer: one }),
      zhou.post(`/desk/tips/${tipNumber}/verify`, { ...SETTLE, outcome: "untrue", answer: two }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 409]);
    const loser = answers.findIndex((answer) => answer.status === 409);
    const html = await (answers[loser] as Response).text();
    expect(plainText(html)).toMatch(/(太平镇 示例李|万源市 示例周)已在 今天 10:00 先办理/);
    expect(html).toContain([one, two][loser]);
    expect(html).toContain("内部说明（示例）");
    expect(await status(code)).toContain([one, two][1 - loser]);
    expect(
      (await rowsOf(county, "audit")).filter((row) => String(row.act).startsWith("verify")),
    ).toHaveLength(1);
    // At the village's own door it is the same.
    const third = await li.post(`/desk/units/${VILLAGE}/tip/${tipNumber}/verify`, {
      ...SETTLE,
      answer: "第三份（示例）",
    });
    expect(third.status).toBe(409);
    expect(await third.text()).toContain("第三份（示例）");
  });

  it("leaves no follower without an answer, however the link and the verification meet", async () => {
    for (let round = 0; round < 8; round++) {
      const [lead, follower] = await Promise.all([send(), send()]);
      const work = [
        () => li.post(`/desk/tips/${lead.tipNumber}/verify`, SETTLE),
        () => link(zhou, follower.tipNumber, lead.tipNumber),
      ];
      const answers = await Promise.all((round % 2 ? work : work.reverse()).map((one) => one()));
      expect(answers.map((answer) => answer.status)).toEqual([303, 303]);
      expect(await status(follower.code)).toContain(ANSWER);
    }
  });

  it("answers two hundred in one batch, and no more may follow", async () => {
    const lead = await send();
    const last = await send();
    const extra = await send();
    await manyFollowers(lead.tipNumber, TIP_FOLLOWERS - 1);
    expect((await link(li, last.tipNumber, lead.tipNumber)).status).toBe(303);
    const full = await link(li, extra.tipNumber, lead.tipNumber);
    expect(full.status).toBe(422);
    expect(await full.text()).toContain("已满 200 条");
    zero(county.meter);
    expect((await li.post(`/desk/tips/${lead.tipNumber}/verify`, SETTLE)).status).toBe(303);
    expect(county.meter.batches).toBe(1);
    expect(county.meter.read).toBeLessThanOrEqual(30 * TIP_FOLLOWERS);
    expect((await rowsOf(county, "obligation")).filter((row) => row.met_at !== null)).toHaveLength(
      TIP_FOLLOWERS + 1,
    );
    expect(await status(last.code)).toContain(ANSWER);
    expect(await status(extra.code)).not.toContain(ANSWER);
  }, 30_000);

  it("asks for an outcome and an answer, and keeps what was typed", async () => {
    const { tipNumber } = await send();
    const path = `/desk/tips/${tipNumber}/verify`;
    const html = await (await li.post(path, { answer: "只写了答复（示例）" })).text();
    expect(html).toContain("只写了答复（示例）</textarea>");
    expect(html).toContain('href="#f-outcome"');
    expect(html).toContain("<title>错误");
    for (const bad of ["x".repeat(1001), "a\u0000b", " \n "])
      expect((await li.post(path, { outcome: "true", answer: bad })).status).toBe(422);
    expect((await li.post(path, { outcome: "__proto__", answer: ANSWER })).status).toBe(422);
    expect((await owed(tipNumber)).met_at).toBeNull();
  });
});

describe("links", () => {
  it("are refused where they make no sense, and can be taken away while the tip is open", async () => {
    const [one, two, three] = await Promise.all([send(), send(), send()]);
    const refused = async (from: string, other: string) => {
      const answer = await link(li, from, other);
      expect(answer.status).toBe(422);
      return plainText(await answer.text());
    };
    expect(await refused(one.tipNumber, one.tipNumber)).toContain("不能关联自己");
    for (const none of ["T-0000-0000", "WY-0217-4486", "", "一条线索", "𠮷".repeat(50)])
      expect(await refused(one.tipNumber, none)).toContain("您的范围内没有这条线索");
    await link(li, one.tipNumber, two.tipNumber);
    expect(await refused(two.tipNumber, one.tipNumber)).toContain("那一条已经随这一条答复");
    expect(await refused(one.tipNumber, three.tipNumber)).toContain("请先解除关联");
    // The lead goes to another lead, and its follower with it.
    expect((await link(li, two.tipNumber, three.tipNumber)).status).toBe(303);
    const standing = async () =>
      (await rowsOf(county, "tip_link"))
        .filter((row) => row.removed_at === null)
        .map((row) => `${row.tip_id}>${row.target_id}`);
    expect((await standing()).sort()).toEqual(
      [`${one.tipNumber}>${three.tipNumber}`, `${two.tipNumber}>${three.tipNumber}`].sort(),
    );
    const undo = () =>
      li.post(`/desk/tips/${one.tipNumber}/unlink`, { kind: "tip", target: three.tipNumber });
    expect((await undo()).status).toBe(303);
    expect((await undo()).status).toBe(409);
    expect(await standing()).toEqual([`${two.tipNumber}>${three.tipNumber}`]);
    expect((await link(li, one.tipNumber, three.tipNumber)).status).toBe(303);
    expect(await acts("unlink-tip")).toHaveLength(1);
  });

  it("to tips of other units are made by those who see both", async () => {
    const [here, there] = await Promise.all([send(), send({ unit: "511781101001" })]);
    expect((await link(li, here.tipNumber, there.tipNumber)).status).toBe(422);
    expect((await link(zhou, here.tipNumber, there.tipNumber)).status).toBe(303);
    const text = await page(li, `/desk/tips/${here.tipNumber}`);
    expect(text).toContain(`随 ${there.tipNumber}`);
    expect(await (await li.get(`/desk/tips/${here.tipNumber}`)).text()).not.toContain(
      `href="/desk/tips/${there.tipNumber}`,
    );
  });

  it("lead to a person by number, one of a household where several live there", async () => {
    const { tipNumber } = await send();
    const one = await register(county.deps, household([amina()]), 51);
    const two = await register(county.deps, household([amina({ document: undefined }), bashir()]), 52);
    const path = `/desk/tips/${tipNumber}/person`;
    expect((await li.post(path, { person: one.caseNumber })).status).toBe(303);
    const several = await li.post(path, { person: two.caseNumber });
    const html = await several.text();
    expect(html).toContain(`value="${two.caseNumber}-2"`);
    expect(html).not.toContain("巴希尔");
    expect((await li.post(path, { person: `${two.caseNumber}-2` })).status).toBe(303);
    const shown = await (await li.get(`/desk/tips/${tipNumber}`)).text();
    expect(shown).toContain(`/desk/units/${VILLAGE}/case/${two.caseNumber}`);
    const again = await li.post(path, { person: `${two.caseNumber}-2` });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain("这位人员已经关联");
    for (const none of ["WY-0000-0000", `${two.caseNumber}-3`, "张三", ""])
      expect((await li.post(path, { person: none })).status).toBe(422);
    const target = `${one.caseNumber}-1`;
    expect((await li.post(`/desk/tips/${tipNumber}/unlink`, { kind: "person", target })).status).toBe(303);
    expect(await acts("link-person")).toHaveLength(2);
    expect(await acts("unlink-person")).toEqual([expect.objectContaining({ detail: target })]);
  });
});

describe("messages between officials and the sender", () => {
  it("are read by the sender with the code, in order, and are new once", async () => {
    const { tipNumber, code } = await send();
    const text = "请问是几号楼？（示例）";
    const write = (words = text) =>
      wu.post(`/desk/tips/${tipNumber}/write`, { text: words, _client: clientId(70) });
    expect((await write()).status).toBe(303);
    expect((await write()).status).toBe(303);
    expect(await rowsOf(county, "tip_message")).toHaveLength(1);
    const other = await write("另一句（示例）");
    expect(other.status).toBe(409);
    const html = await other.text();
    expect(html).toContain("另一句（示例）</textarea>");
    expect(inputValue(html, "_client")).not.toBe(clientId(70));
    expect(await page(wu, `/desk/tips/${tipNumber}`)).toContain("提供人还没看到");
    const first = await status(code);
    expect(first).toContain("工作人员给您写了 1 条新消息");
    expect(first).toContain(text);
    expect(first).toContain("示例一社区 工作人员");
    expect(first).not.toContain("示例吴");
    expect(await status(code)).not.toContain("新消息");
    expect(await page(wu, `/desk/tips/${tipNumber}`)).toContain("提供人已看到");
    expect(JSON.stringify(await rowsOf(county, "tip_message"))).not.toContain("几号楼");
    expect(await acts("write-sender")).toHaveLength(1);
  });

  it("are fifty at most from either side, and none is empty", async () => {
    const { tipNumber, code } = await send();
    for (let at = 0; at < 50; at++)
      await li.post(`/desk/tips/${tipNumber}/write`, {
        text: `第 ${at} 句（示例）`,
        _client: clientId(100 + at),
      });
    const full = await li.post(`/desk/tips/${tipNumber}/write`, {
      text: "多一句（示例）",
      _client: clientId(200),
    });
    expect(full.status).toBe(409);
    expect(await full.text()).toContain("多一句（示例）</textarea>");
    await addToTip(county.deps, { clientId: clientId(201), code, text: "还能写（示例）" });
    expect(await rowsOf(county, "tip_message")).toHaveLength(51);
    expect((await li.post(`/desk/tips/${tipNumber}/write`, { text: " " })).status).toBe(422);
  });
});

describe("a tip from somebody on the telephone", () => {
  const FORM = {
    category: "unregistered",
    unit: VILLAGE,
    text: "来电说三楼有人回来没有报备（示例线索）",
    reachable: "13800138000",
    _client: clientId(60),
  };

  it("is entered through the same form, and its code shown once to be read out", async () => {
    const sent = await li.post("/desk/tips/new", FORM);
    expect(sent.headers.get("Location")).toContain("/desk/tips/receipt");
    const set = sent.headers.get("Set-Cookie") ?? "";
    for (const word of ["HttpOnly", "SameSite=Strict", "Secure", "Path=/desk/tips"])
      expect(set).toContain(word);
    const kept = set.split(";")[0] ?? "";
    const read = (who: Signed) =>
      who.get("/desk/tips/receipt", { headers: { Cookie: `${who.cookie}; ${kept}` } });
    const html = await (await read(li)).text();
    const code = /<p class="big code"[^>]*>([\d ]{19})</.exec(html)?.[1] ?? "";
    expect(code).toBe(formatReceiptCode(code.replaceAll(" ", "")));
    expect(await status(code)).toContain("已收到，核实中");
    // Whoever comes next to this browser reads nothing.
    expect((await read(zhou)).status).toBe(303);
    expect((await li.post("/desk/tips/receipt")).headers.get("Set-Cookie")).toContain("Max-Age=0");
    county.setNow("2026-01-25T10:31:00+08:00");
    expect((await read(li)).status).toBe(303);
    const [row] = await rowsOf(county, "tip");
    expect(await owed(String(row?.id))).toMatchObject({ unit_code: VILLAGE, kind: "tip" });
    expect((await rowsOf(county, "submission"))[0]).toMatchObject({ door: "desk", form: "tip" });
    expect(await acts("enter-tip")).toEqual([
      expect.objectContaining({ actor: `official/${li.id}`, subject_id: row?.id }),
    ]);
    expect(await page(wu, `/desk/tips/${row?.id}`)).not.toContain("代来电人登记");
  });

  it("is stored once however often it is sent, and says what is missing", async () => {
    await Promise.all([li.post("/desk/tips/new", FORM), li.post("/desk/tips/new", FORM)]);
    expect(await rowsOf(county, "tip")).toHaveLength(1);
    expect(await acts("enter-tip")).toHaveLength(1);
    const differs = await li.post("/desk/tips/new", { ...FORM, text: "另一件事（示例）" });
    expect(differs.status).toBe(409);
    expect(await differs.text()).toContain("另一件事（示例）</textarea>");
    const bad = await li.post("/desk/tips/new", {
      ...FORM,
      _client: clientId(61),
      category: "",
      unit: "511782",
    });
    expect(bad.status).toBe(422);
    expect(await bad.text()).toContain("13800138000");
    const inspector = await county.signIn("inspector", TOWN);
    expect((await inspector.post("/desk/tips/new", FORM)).status).toBe(403);
    const english = await (await li.post("/desk/tips/new", { ...FORM, _lang: "en" })).text();
    expect(english).toContain("Enter a tip for a caller");
    expect(english).toContain(FORM.text);
  });
});

/** Rows as a busy county has them after months: three in twenty are open. Made up, and never opened. */
async function manyTips(count: number): Promise<void> {
  const { d1 } = county.deps;
  const at = new Date("2026-01-25T00:00:00+08:00").getTime();
  const series = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)`;
  const id = `printf('T-%04d-%04d', i / 10000, i % 10000)`;
  const unit = `printf('511781%03d%03d', 102 + i % 50, 1 + i / 50 % 20)`;
  await d1.batch([
    d1.prepare(
      `INSERT INTO unit (code, name, kind, parent, recorded_at)
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < 50)
        SELECT printf('511781%03d', 102 + i), '示例镇', 'town', '511781', 0 FROM n`,
    ),
    d1.prepare(
      `INSERT INTO unit (code, name, kind, parent, recorded_at)
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < 1000)
        SELECT printf('511781%03d%03d', 102 + i % 50, 1 + i / 50), '示例村', 'village', printf('511781%03d', 102 + i % 50), 0 FROM n`,
    ),
    d1
      .prepare(
        `INSERT INTO tip (id, code_hash, unit_code, category, sealed, recorded_at, verify_due_at, verified_at)
        ${series} SELECT ${id}, 'h' || i, ${unit}, 'other', 'x', ?2 + i, ?2 + i, CASE WHEN (i / 50 + i / 1000) * 7 % 20 > 2 THEN ?2 + i END FROM n`,
      )
      .bind(count, at),
    d1
      .prepare(
        `INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, met_at, recorded_at)
        ${series} SELECT 'tip/' || ${id}, 'tip', ${unit}, ${id}, ?2 + i, ?2 + i, CASE WHEN (i / 50 + i / 1000) * 7 % 20 > 2 THEN ?2 + i END, ?2 + i FROM n`,
      )
      .bind(count, at),
    // Every fifth was given to somebody, and its sender wrote again.
    d1
      .prepare(
        `INSERT INTO tip_assignment (tip_id, version, unit_code, official_id, by, recorded_at)
        ${series} SELECT ${id}, 1, ${unit}, 'x', 'sample', ?2 + i FROM n WHERE i % 5 = 0`,
      )
      .bind(count, at),
    d1
      .prepare(
        `INSERT INTO tip_message (id, tip_id, author, sealed, recorded_at)
        ${series} SELECT 'm' || i, ${id}, 'sender', 'x', ?2 + i + 1 FROM n WHERE i % 5 = 0`,
      )
      .bind(count, at),
    // What else is open in the county.
    d1
      .prepare(
        `INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, recorded_at)
        ${series} SELECT 'registration/X' || i, 'registration', ${unit}, 'X' || i, ?2 + i, ?2 + i, ?2 + i FROM n`,
      )
      .bind(count, at),
  ]);
}

/** Followers of a tip, sealed nowhere: they only have to be answered. */
async function manyFollowers(lead: string, count: number): Promise<void> {
  const { d1 } = county.deps;
  const at = county.deps.now().getTime();
  const series = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)`;
  const id = `printf('T-9%03d-0000', i)`;
  await d1.batch([
    d1
      .prepare(
        `INSERT INTO tip (id, code_hash, unit_code, category, sealed, recorded_at, verify_due_at)
        ${series} SELECT ${id}, 'f' || i, '${VILLAGE}', 'other', 'x', ?2, ?2 FROM n`,
      )
      .bind(count, at),
    d1
      .prepare(
        `INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, recorded_at)
        ${series} SELECT 'tip/' || ${id}, 'tip', '${VILLAGE}', ${id}, ?2, ?2, ?2 FROM n`,
      )
      .bind(count, at),
    d1
      .prepare(
        `INSERT INTO tip_link (tip_id, kind, target_id, by, recorded_at)
        ${series} SELECT ${id}, 'tip', '${lead}', 'sample', ?2 FROM n`,
      )
      .bind(count, at),
  ]);
}
