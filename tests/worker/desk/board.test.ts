import { beforeEach, describe, expect, it } from "vitest";
import { deskPath } from "../../../src/domain/desk-link.ts";
import { OBLIGATION_KINDS, type ObligationKind } from "../../../src/domain/ladder.ts";
import type { Role } from "../../../src/domain/office.ts";
import { submitRegistration } from "../../../src/http/submit.ts";
import { submitReading } from "../../../src/http/submit-reading.ts";
import { submitTip } from "../../../src/http/submit-tip.ts";
import { runScheduled } from "../../../src/jobs/index.ts";
import { withLang } from "../../../src/views/layout.tsx";
import { owe, seedCast } from "../../support/alarm.ts";
import { enterGrid, oweEverything, TREE } from "../../support/board.ts";
import { amina, bashir, chen, clientId, household, wuTip } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty } from "../../support/desk.ts";
import { zero } from "../../support/meter.ts";
import { enterTree } from "../../support/scale.ts";
import { textOf } from "../../support/unit-door.ts";

/*
 * The board of an official: what is overdue and due next where they see it, who was told, and one press to settle it.
 */
const V1 = "511781100001";
const V2 = "511781100002";
const V3 = "511781101001";
const DAY = "2026-01-25";
const at = (clock: string, day = DAY) => `${day}T${clock}:00+08:00`;
let county: DeskCounty;

/** The cron, each minute that matters, up to a clock time. */
const swept = async (...clocks: string[]) => {
  for (const clock of clocks) {
    county.setNow(at(clock));
    await runScheduled(county.deps, new Date(at(clock)));
  }
};
const open = async (role: Role = "supervisor", unit = "511781", query = "") => {
  const official = await county.signIn(role, unit);
  const answer = await official.get(`/desk${query}`);
  const html = await answer.text();
  return { status: answer.status, html, text: textOf(html).replace(/^.*?待办 数据/, "数据") };
};
/** Overdue since 10:00 unless said otherwise. */
const owed = (kind: ObligationKind, unit: string, subject: string, due = "10:00") =>
  owe(county, kind, unit, subject, at("08:00"), at(due));

describe("the board", () => {
  beforeEach(async () => {
    county = await openDeskCounty(at("08:00"));
    await seedCast(county);
  });

  it("shows Zhou what is overdue, the gravest first, since when, who was told and who is next", async () => {
    await owed("tip", V3, "T-4471-0932", "09:20");
    await owed("registration", V1, "WY-0217-4486", "09:40");
    await owed("registration", V2, "WY-0217-4487", "09:00");
    await owed("registration", V2, "WY-0217-4488", "11:30");
    await swept("08:00", "09:00", "09:20", "09:30", "09:40", "10:00");
    const { status, html, text } = await open();
    expect(status).toBe(200);
    expect(text).toContain("截至 10:00");
    expect(text).toContain("系统最近一次巡查 10:00");
    expect(text).toContain("现在逾期 4 两小时内到期 1");
    expect(text).toContain("登记待核实 3 线索待核实 1");
    expect(text).toContain("全部 4 线索 1 返乡登记 2 统计表 1");
    expect(text).toMatch(/线索 1 最久 40 分.*核实线索 T-4471-0932 示例三社区 青花镇 逾期 40 分 09:20 到期/);
    expect(text).toContain("返乡登记 2 最久 1 小时");
    expect(html.indexOf("WY-0217-4487")).toBeLessThan(html.indexOf("WY-0217-4486"));
    expect(text).toMatch(
      /WY-0217-4487 示例二社区 太平镇 逾期 1 小时 09:00 到期 已告知本单位、镇；10:30 告知县/,
    );
    expect(text).toMatch(/WY-0217-4486 示例一社区 太平镇 逾期 20 分 09:40 到期 已告知本单位；10:10 告知镇/);
    // The school's morning check, due this minute.
    expect(text).toMatch(/学校晨检 1月25日 示例小学 太平镇 逾期 不到 1 分 10:00 到期/);
    expect(text).toMatch(/接下来到期的.*WY-0217-4488.*11:30 到期 还有 1 小时 30 分/);
    expect(html).toContain(`href="/desk/units/${V1}/case/WY-0217-4486?lang=zh-Hans"`);
    expect(html).toContain('href="/desk/tickets/new?about=registration%2FWY-0217-4486&amp;lang=zh-Hans"');
  });

  it("calls what is owed of a form by the form's name, and by its kind once the form is gone", async () => {
    await owed("record", V1, "exit-pass/CR-0125-4486/0", "09:20");
    await owed("decision", "511781100", "banquet/HB-0125-0931/0", "09:30");
    await owed("count", "511781100S01", `noon-check/${DAY}`, "11:30");
    await owed("record", V2, "gone-pass/GP-0125-0017/0", "09:40");
    await owed("count", V2, `gone-count/${DAY}`, "09:50");
    await swept("09:20", "10:00");
    const { html, text } = await open();
    expect(text).toMatch(
      /登记事项 2 .*出入证 CR-0125-4486 示例一社区 .*办理登记事项 GP-0125-0017 示例二社区/,
    );
    expect(text).toMatch(/待审批、处置的登记 1 .*红白事 HB-0125-0931：审批或处置 太平镇/);
    expect(text).toMatch(/统计表 2 .*1月25日的统计表 示例二社区 .*学校晨检 1月25日 示例小学/);
    expect(text).toMatch(/接下来到期的.*学校午检 1月25日 示例小学 太平镇 11:30 到期/);
    // Who hears a page read out hears of which form a button is.
    expect(html).toMatch(/去填报<span class="vh"> 学校晨检 1月25日<\/span>/);
    const hant = (await open("supervisor", "511781", "?lang=zh-Hant")).text;
    for (const said of ["出入證 CR-0125-4486", "紅白事 HB-0125-0931：審批或處置", "學校晨檢 1月25日"])
      expect(hant).toContain(said);
    const english = (await open("supervisor", "511781", "?lang=en")).text;
    for (const said of ["Pass CR-0125-4486", "Banquet HB-0125-0931: decision", "Noon check, 25 January"])
      expect(english).toContain(said);
  });

  it("says who has acknowledged, and until when", async () => {
    await owed("tip", V1, "T-4471-0932", "09:20");
    await swept("09:20");
    await county.deps.d1
      .prepare("UPDATE obligation SET ack_until = ?1, next_due_at = ?1 WHERE kind = 'tip'")
      .bind(new Date(at("10:30")).getTime())
      .run();
    county.setNow(at("10:00"));
    expect((await open()).text).toContain("已告知本单位；已签收，10:30 前不再上报");
  });

  it("is each official's own: the village's reporter, the town's clerk, the grid itself alone", async () => {
    await enterGrid(county, `${V1}A1`);
    await enterGrid(county, `${V1}A11`);
    await owed("tip", V1, "T-0001-0001");
    await owed("tip", `${V1}A1`, "T-0001-0002");
    await owed("tip", `${V1}A11`, "T-0001-0003");
    await owed("tip", V2, "T-0002-0001");
    await owed("tip", V3, "T-0003-0001");
    await swept("10:00");
    const seen = async (role: Role, unit: string) =>
      [...new Set((await open(role, unit)).html.match(/T-\d{4}-\d{4}/g))].sort();
    expect(await seen("reporter", `${V1}A1`)).toEqual(["T-0001-0002"]);
    expect(await seen("reporter", V1)).toEqual(["T-0001-0001", "T-0001-0002", "T-0001-0003"]);
    expect(await seen("clerk", "511781100")).toEqual([
      "T-0001-0001",
      "T-0001-0002",
      "T-0001-0003",
      "T-0002-0001",
    ]);
    expect(await seen("clerk", "511781101")).toEqual(["T-0003-0001"]);
    expect(await seen("inspector", "511781")).toHaveLength(5);
  });

  it("lets an inspector look and settle nothing, and only a supervisor open a ticket", async () => {
    await owed("registration", V1, "WY-0217-4486");
    await swept("10:00");
    const [inspector, clerk] = [await open("inspector"), await open("clerk")];
    expect(inspector.text).toContain("查看 核实返乡登记 WY-0217-4486");
    expect(inspector.text).not.toContain("去核实");
    expect(clerk.text).toContain("去核实 核实返乡登记 WY-0217-4486");
    expect(inspector.html + clerk.html).not.toContain("/tickets/new");
  });

  it("counts by town, and each number leads to that part of the board", async () => {
    await owed("tip", V1, "T-0001-0001");
    await owed("tip", V2, "T-0002-0001");
    await owed("registration", V3, "WY-0217-4486");
    await swept("10:00");
    const { text, html } = await open();
    expect(text).toMatch(/各乡镇逾期.*太平镇 2 2 太平镇 线索 · 青花镇 1 · 1 青花镇 返乡登记/);
    expect(html).toContain('href="/desk?kind=tip&amp;town=511781100&amp;lang=zh-Hans"');
    const town = await open("supervisor", "511781", "?town=511781100&kind=tip");
    expect(town.html.match(/T-\d{4}-\d{4}/g)).not.toBeNull();
    expect(town.html).not.toContain("WY-0217-4486");
    expect(town.text).toMatch(/各村（社区）逾期.*示例一社区 1 .*示例二社区 1/);
    expect(town.text).toContain("‹ 返回万源市");
    const kind = await open("supervisor", "511781", "?kind=registration");
    expect(kind.html).not.toContain("T-0001-0001");
    expect(kind.text).toContain("全部 3 线索 2 返乡登记 1");
  });

  it.each([
    "?kind=follow-ups",
    "?kind=constructor",
    "?kind=retention",
    "?town=511781101",
    "?town=x",
    `?town=${"1".repeat(400)}`,
    "?town=511781100999",
  ])("answers Li's %s with a page that says there is no such thing", async (query) => {
    expect((await open("clerk", "511781100", query)).status).toBe(404);
  });

  it("shows who has not reported, and a storm of it in one line until it is due", async () => {
    await swept("15:00");
    const before = await open();
    expect(before.text).toContain("今天未报单位 6 应报 6");
    expect(before.text).toContain("还有 6 个单位的日报告两小时内到期");
    expect(before.text).toContain("15:00，没有逾期的事项");
    await swept("16:00");
    const after = await open();
    expect(after.text).toContain("今天未报单位 6 应报 6 逾期 6");
    expect(after.text).toContain("日报告 6 最久 不到 1 分");
    expect(after.html).toContain(`href="/desk/units/${V2}/report?date=${DAY}&amp;lang=zh-Hans"`);
  });

  it("says that nothing is overdue, and when that was", async () => {
    await swept("09:30");
    const { text } = await open("supervisor", "511781101");
    expect(text).toContain("09:30，没有逾期的事项");
    expect(text).toContain("两小时内没有到期的事项");
    expect(text).toContain("系统最近一次巡查 09:30");
  });

  it("raises an alarm of its own when nobody looks after alarms any more", async () => {
    expect((await open()).text).toContain("系统上一次正常巡查是 从来没有");
    await swept("09:30");
    county.setNow(at("09:33"));
    expect((await open()).html).not.toContain('role="alert"');
    county.setNow(at("09:34"));
    const { html, text } = await open();
    expect(html).toContain('role="alert"');
    expect(text).toContain("警报已停 系统上一次正常巡查是 09:30");
  });

  it("names the units that did not hear, each to those above it", async () => {
    await owed("tip", V1, "T-0001-0001");
    await swept("10:00");
    await county.deps.d1.batch([
      county.deps.d1.prepare(
        "UPDATE outbox SET state = 'failed', problem = 'bounced' WHERE contact_id = 'amina'",
      ),
      county.deps.d1.prepare("UPDATE contact SET unreachable_at = 1 WHERE id = 'wu'"),
    ]);
    const zhou = await open();
    expect(zhou.text).toMatch(/送不到的警报 2 .*示例一社区 警报没有送到.*示例三社区 联系人失联/);
    expect((await open("clerk", "511781100")).text).toMatch(/送不到的警报 1 .*示例一社区 警报没有送到/);
    expect((await open("clerk", "511781101")).text).not.toContain("警报没有送到");
  });

  it("reads in three languages, and carries no name of anybody but the official", async () => {
    const { caseNumber } = await submitRegistration(county.deps, {
      ...{ clientId: clientId(1), values: household([amina(), chen()]), door: "page", unitCode: V1 },
    });
    county.setNow(at("11:00"));
    for (const lang of ["zh-Hans", "zh-Hant", "en"]) {
      const { html } = await open("supervisor", "511781", `?lang=${lang}`);
      expect(html).toContain(caseNumber);
      expect(html).not.toMatch(/阿米娜|陈小|1390000/);
    }
    expect((await open("supervisor", "511781", "?lang=en")).text).toMatch(/overdue.*Told: the unit/);
  });
});

describe("each line leads to the page that settles it", () => {
  it("for everything that a household can bring about", async () => {
    county = await openDeskCounty(at("10:00"), { CLUSTER_COUNT: "2", LADDER_REPEAT_MINUTES: "0" });
    await seedCast(county);
    const { caseNumber } = await submitRegistration(county.deps, {
      clientId: clientId(1),
      values: household([amina(), bashir(), chen({ temperature: 36.6 })]),
      ...{ door: "page", unitCode: V1 },
    });
    await swept("10:00");
    const zhou = await county.signIn("supervisor", "511781");
    await zhou.post(`/desk/units/${V1}/case/${caseNumber}/verify`, {
      ...{ outcome: "found", kind: "home", day0Rule: "left_area", evidence: "ticket", by: "示例周" },
    });
    county.setNow(at("18:00"));
    for (const person of [1, 2])
      await submitReading(county.deps, {
        ...{ clientId: clientId(100 + person), observationId: `${caseNumber}-${person}`, temperature: 38 },
        ...{ symptoms: true, needsHelp: false, door: "unit" },
      });
    await owed("roster", V1, `${V1}/2026-01-25T20:00`);
    const tip = await submitTip(county.deps, { clientId: clientId(2), values: wuTip(), door: "page" });
    const { results } = await county.deps.d1
      .prepare(
        "SELECT kind, unit_code AS unit, subject_id AS subject, min(due_at) FROM obligation GROUP BY kind",
      )
      .all<{ kind: ObligationKind; unit: string; subject: string }>();
    results.push({ kind: "retention", unit: V1, subject: `2026-02-26/${V1}` });
    // Tickets, letters, lists and records are no household's: their own tests show their pages.
    const others: readonly ObligationKind[] = ["ticket", "letter", "reply", "listed", "record", "decision"];
    expect(results.map(({ kind }) => kind).sort()).toEqual(
      OBLIGATION_KINDS.filter((kind) => !others.includes(kind)).toSorted(),
    );
    expect(tip).toBeDefined();
    for (const { kind, unit, subject } of results) {
      const path = deskPath(kind, unit, subject);
      const answer = await zhou.get(withLang(`/desk${path}`, "en").replace(/#.*/, ""));
      expect([kind, answer.status]).toEqual([kind, 200]);
      const place = path.split("#")[1];
      if (place) expect(await answer.text()).toContain(`id="${place}"`);
    }
    expect(withLang(deskPath("follow-up", V1, "WY-1-1"), "en")).toContain(
      "/round?lang=en#f-WY-1-1.temperature",
    );
  });
});

describe("a county with thousands of everything owed", () => {
  const costs: Record<string, number>[] = [];
  it.each([600, 6_000])("has a board, with %i of every kind", { timeout: 30_000 }, async (many) => {
    county = await openDeskCounty(at("15:30"));
    await enterTree(county.deps, county.deps.d1, TREE);
    await oweEverything(county.deps.d1, many, new Date(at("15:30")));
    const [zhou, wu] = [await county.signIn("supervisor", "511781"), await county.signIn("reporter", V1)];
    const cost = async (query: string) => {
      zero(county.meter);
      const answer = await zhou.get(`/desk${query}`);
      expect(await answer.text()).toContain("201+");
      return county.meter.read;
    };
    costs.push({
      ...{
        whole: await cost(""),
        kind: await cost("?kind=registration"),
        missed: await cost("?kind=care-role"),
      },
    });
    const li = await county.signIn("clerk", "511781100");
    zero(county.meter);
    expect((await li.get("/desk")).status).toBe(200);
    expect(county.meter.read).toBeLessThanOrEqual(2_000);
    zero(county.meter);
    const text = textOf(await (await wu.get("/desk")).text());
    expect(county.meter.read).toBeLessThan(1_000);
    // What is missing in the village itself is counted to the last, whatever lies elsewhere.
    expect(/早晚体温 (\d+)/.exec(text)?.[1]).toBe(`${Math.ceil(many / TREE.villages)}`);
  });

  it("that costs at most 2,000 rows, and the same however many there are", () => {
    const [small, large] = costs.map(Object.values) as [number[], number[]];
    expect(Math.max(...small, ...large)).toBeLessThanOrEqual(2000);
    for (const [place, one] of small.entries()) expect(Math.abs(one - (large[place] ?? 0))).toBeLessThan(60);
  });
});
