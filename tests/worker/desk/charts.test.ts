import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Summary } from "../../../src/domain/summary.ts";
import { submitRegistration } from "../../../src/http/submit.ts";
import { verifyHousehold } from "../../../src/http/submit-observation.ts";
import { submitReading } from "../../../src/http/submit-reading.ts";
import { submitReport } from "../../../src/http/submit-report.ts";
import { rollUp } from "../../../src/jobs/rollup.ts";
import { FIGURE_ASSETS, FIGURE_SENT } from "../../../src/views/desk/figure-assets.ts";
import { oweReports, seedKeys, withKey, ZHOU } from "../../support/api.ts";
import { amina, bashir, chen, clientId, dawa, household } from "../../support/cast.ts";
import { enterCrowd } from "../../support/crowd.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { zero } from "../../support/meter.ts";
import { plainText } from "../../support/pages.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * The charts' page: tables first, each the very figures that the summary and the series say, each leading to what it was
 * counted from; what is not known is no zero.
 */
const [FIRST, SECOND, THIRD] = ["511781100001", "511781100002", "511781101001"];
const CURVE = "流行曲线：每日新发现的发热或有症状的人";
const DAYS = "每日登记、开始观察与解除";
const TIME = "核实用时：两小时内核实";
let county: DeskCounty;
let zhou: Signed;
let next = 0;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-24T08:00:00+08:00");
  await seedUnits(county);
  await seedKeys(county);
  next = 0;
  zhou = await county.signIn("supervisor", "511781", "示例周");
});

const at = (moment: string) => county.setNow(`2026-01-${moment}:00+08:00`);
const register = (unitCode: string, persons: Parameters<typeof household>[0]) =>
  submitRegistration(county.deps, {
    clientId: clientId(++next),
    values: household(persons, {
      unit: unitCode,
      leftOn: "2026-01-23",
      arrivedAt: "2026-01-24T00:00:00.000Z",
    }),
    door: "api",
    unitCode,
  });
const verify = (id: string, unitCode: string) =>
  verifyHousehold(county.deps, { id, unitCode, actor: "wu", outcome: "found", day0Rule: "start" });
const reads = (observationId: string) =>
  submitReading(county.deps, {
    ...{ clientId: clientId(++next), observationId, temperature: 36.5, symptoms: false, needsHelp: false },
    door: "person",
  });

/** Two days: one family in time, one late, one that nobody has looked after; one report of three. */
async function twoDays() {
  at("24T09:00");
  const family = await register(FIRST, [amina(), dawa()]);
  at("24T10:00");
  await verify(family.caseNumber, FIRST);
  at("24T12:00");
  const ill = await register(SECOND, [chen()]);
  at("24T16:00");
  await verify(ill.caseNumber, SECOND);
  at("24T18:00");
  await reads(`${family.caseNumber}-1`);
  at("25T08:00");
  await oweReports(county, "2026-01-25", [FIRST, SECOND, THIRD]);
  await reads(`${family.caseNumber}-1`);
  await reads(`${family.caseNumber}-2`);
  at("25T11:00");
  await register(THIRD, [bashir()]);
  at("25T14:00");
  await submitReport(county.deps, {
    ...{ clientId: clientId(++next), unitCode: FIRST, date: "2026-01-25", door: "api" },
    values: { zero: true },
  });
  // Dawa's fourteen days are over: the test does not wait for them.
  await county.deps.d1
    .prepare(
      "UPDATE observation SET ended_at = ?1, ended_recorded_at = ?1, ending = 'released' WHERE id = ?2",
    )
    .bind(county.deps.now().getTime(), `${family.caseNumber}-2`)
    .run();
  at("25T18:00");
  zhou = await county.signIn("supervisor", "511781", "示例周");
}

type Row = { head: string; cells: { text: string; href: string }[] };
/** The tables of a page, by caption: rows of cells with where they lead. */
function tablesOf(html: string): Map<string, Row[]> {
  const parts = (text: string, tag: string) =>
    [...text.matchAll(new RegExp(`<${tag}[ >][\\s\\S]*?</${tag}>`, "g"))].map(([found]) => found);
  return new Map(
    parts(html, "table").map((table) => [
      plainText(parts(table, "caption")[0] ?? ""),
      parts(table, "tr")
        .slice(1)
        .map((row) => ({
          head: plainText(parts(row, "th")[0] ?? ""),
          cells: parts(row, "td").map((cell) => ({
            text: plainText(cell),
            href: (/href="([^"]*)"/.exec(cell)?.[1] ?? "").replaceAll("&amp;", "&"),
          })),
        })),
    ]),
  );
}
const page = async (who: Signed, query = "") => (await who.get(`/desk/figures${query}`)).text();
const texts = (rows: Row[] = []) => rows.map(({ head, cells }) => [head, ...cells.map(({ text }) => text)]);

describe("the charts of a county after two days", () => {
  beforeEach(twoDays);

  it("have the very numbers of the summary and the series in their tables", async () => {
    const tables = tablesOf(await page(zhou, "?days=7"));
    const summary = await (await county.fetch("/api/v1/summary", withKey(ZHOU))).json<Summary>();
    const series = async (indicator: string) => {
      const path = `/api/v1/series?indicator=${indicator}&from=2026-01-19`;
      const { buckets } = await (await county.fetch(path, withKey(ZHOU))).json<{
        buckets: { value: number | null }[];
      }>();
      return buckets.map(({ value }) => value);
    };
    const shown = (name: string, column: number) =>
      tables.get(name)?.map(({ cells }) => {
        const value = Number.parseFloat(cells[column]?.text ?? "");
        return Number.isNaN(value) ? null : value;
      });
    const said = {
      [CURVE]: ["registered.symptomatic", "observation.fellIll"],
      [DAYS]: ["registered.today", "observation.openedToday", "observation.releasedToday"],
      随访完成情况: ["readings.shareOnTime.share", "readings.missed", "readings.shareOnTime.denominator"],
    };
    for (const [name, indicators] of Object.entries(said))
      for (const [column, indicator] of indicators.entries()) {
        const values = await series(indicator);
        const inPercent = (value: number) => Number((value * 100).toFixed(1));
        const wanted = indicator.endsWith(".share")
          ? values.map((value) => value && inPercent(value))
          : values;
        expect([indicator, shown(name, column)]).toEqual([indicator, wanted]);
      }
    expect(texts(tables.get(DAYS)).slice(-2)).toEqual([
      ["1月24日", "3", "3", "0"],
      ["1月25日 至 18:00", "1", "0", "1"],
    ]);
    const { withinTwoHours, verified, overdue } = summary.verification;
    expect([withinTwoHours.numerator, verified, overdue]).toEqual([1, 2, 1]);
    expect(texts(tables.get(TIME))).toEqual([
      ["太平镇", "1", "1", "0", "0", "50.0%"],
      ["青花镇", "0", "0", "0", "1", "0.0%"],
      ["合计", "1", "1", "0", "1", "33.3%"],
    ]);
    expect(texts(tables.get("当日的日报告")).at(-1)).toEqual(["合计", "1", "0", "0", "2"]);
  });

  it("draw the epidemic curve of who was first found ill, each once: Chen at the door, Amina under observation", async () => {
    at("25T19:00");
    const [amina, chen] = (
      await county.deps.db.all<{ id: string }>(sql`SELECT id FROM observation ORDER BY recorded_at, id`)
    )
      .map(({ id }) => id)
      .filter((id) => id.endsWith("-1"));
    for (const id of [amina ?? "", chen ?? ""])
      await submitReading(county.deps, {
        ...{
          clientId: clientId(++next),
          observationId: id,
          temperature: 38.1,
          symptoms: true,
          needsHelp: false,
        },
        door: "person",
      });
    at("26T08:00");
    zhou = await county.signIn("supervisor", "511781", "示例周");
    const html = await page(zhou, "?days=14");
    expect(texts(tablesOf(html).get(CURVE)).slice(-3)).toEqual([
      ["1月24日", "1", "0"],
      ["1月25日", "0", "1"],
      ["1月26日 至 08:00", "0", "0"],
    ]);
    const [note] = html.match(/<p class="plot-note">.*?<\/p>/) ?? [];
    expect(note).toContain("1月26日只数到 08:00，不是整天。图中空白、表中“—”是未知，不是零。按人计");
    expect(note).toContain("不是发病日");
    // Of the one who was ill already nothing is counted twice.
    const summary = await (await county.fetch("/api/v1/summary", withKey(ZHOU))).json<Summary>();
    expect([summary.registered.symptomatic, summary.observation.fellIll]).toEqual([1, 1]);
  });

  it("lead from each number to what it was counted from, of its own day or town", async () => {
    const tables = tablesOf(await page(zhou, "?days=7"));
    const last = tables.get(DAYS)?.slice(-2) ?? [];
    expect(last.map(({ cells }) => cells[0]?.href)).toEqual([
      "/desk/figures/registered.today?unit=511781&asOf=2026-01-24T16%3A00%3A00Z&from=2026-01-23T16%3A00%3A00Z&lang=zh-Hans",
      "/desk/figures/registered.today?unit=511781&asOf=2026-01-25T10%3A00%3A00Z&from=2026-01-24T16%3A00%3A00Z&lang=zh-Hans",
    ]);
    for (const { cells } of last)
      expect(plainText(await (await zhou.get(cells[0]?.href ?? "")).text())).toContain(
        `${cells[0]?.text} 人`,
      );
    const [town] = tables.get(TIME)?.[1]?.cells.slice(-2) ?? [];
    expect(town?.href).toContain("/desk/figures/verification.overdue?unit=511781101&");
    const cells = [...tables.values()].flat().flatMap((row) => row.cells);
    const unlinked = cells.filter(
      ({ text, href }) => !text.includes("未知") && !href.startsWith("/desk/figures/"),
    );
    expect(unlinked).toEqual([]);
  });

  it("say what is not known as unknown, never as zero", async () => {
    const tables = tablesOf(await page(zhou, "?days=14"));
    const days = texts(tables.get(CURVE));
    expect(days).toHaveLength(14);
    // The county was entered on 20 January.
    expect(days[0]).toEqual(["1月12日", "—未知", "—未知"]);
    expect(days.at(-3)).toEqual(["1月23日", "0", "0"]);
    expect(texts(tables.get("随访完成情况")).at(-3)).toEqual(["1月23日", "—未知", "0", "0"]);
  });

  it("say beside each chart how many units it speaks for, and name those that are missing", async () => {
    const html = await page(zhou);
    const speaks = [...html.matchAll(/<p class="speaks">([\s\S]*?)<\/p>/g)].map(([, text = ""]) =>
      plainText(text),
    );
    expect(speaks).toHaveLength(5);
    expect(new Set(speaks).size).toBe(1);
    expect(speaks[0]).toContain("涵盖 7 个单位；日报告应报 3 个，已报 1 个");
    expect(speaks[0]).toContain("逾期未报 2 个：示例二社区、示例三社区");
    expect(html).toContain(
      `aria-label="${DAYS}：当日登记共 4，最多的是1月24日，3；当日新增观察共 3，最多的是1月24日，3；`,
    );
  });

  it("stand as they did at an earlier moment, and for one town alone", async () => {
    const early = await page(zhou, "?days=7&asOf=2026-01-24T12:00:00%2B08:00");
    expect(plainText(early)).toContain("截至 1月24日 12:00");
    expect(texts(tablesOf(early).get(CURVE)).at(-1)).toEqual(["1月24日 至 12:00", "1", "0"]);
    expect(texts(tablesOf(early).get(TIME)).at(0)).toEqual(["太平镇", "1", "0", "1", "0", "100.0%"]);
    const town = tablesOf(await page(zhou, "?unit=511781101"));
    expect(texts(town.get(TIME))).toEqual([
      ["示例三社区", "0", "0", "0", "1", "0.0%"],
      ["合计", "0", "0", "0", "1", "0.0%"],
    ]);
    const village = tablesOf(await page(zhou, `?unit=${THIRD}`));
    expect(texts(village.get(TIME))).toEqual([["示例三社区", "0", "0", "0", "1", "0.0%"]]);
  });

  it("lead from a day and a time typed to the moment's own address", async () => {
    const to = async (query: string) => {
      const { status, headers } = await zhou.get(`/desk/figures?${query}`);
      return [status, headers.get("Location")];
    };
    const moment = (time: string) => `asOf=2026-01-${time}%3A00%2B08%3A00&lang=zh-Hans`;
    expect(await to("unit=511781101&days=7&date=2026-01-24&time=12:00")).toEqual([
      303,
      `/desk/figures?unit=511781101&days=7&${moment("24T12%3A00")}`,
    ]);
    expect(await to("date=2026-01-24")).toEqual([
      303,
      `/desk/figures?unit=511781&days=14&${moment("25T00%3A00")}`,
    ]);
    expect(await to("date=2026-01-25")).toEqual([303, "/desk/figures?unit=511781&days=14&lang=zh-Hans"]);
  });

  it("are refused with what to mend, and show nothing of another town", async () => {
    const said = async (query: string) => {
      const answer = await zhou.get(`/desk/figures?${query}`);
      const html = await answer.text();
      return [answer.status, plainText(html), html] as const;
    };
    const bad = {
      "days=5": "days 只能是 7、14、28、60",
      "asOf=2026-01-24T12:00:00": "应带时区",
      "asOf=2026-01-30T12:00:00Z": "不能晚于现在",
      "asOf=2026-02-30T12:00:00Z": "日期不存在",
      "asOf=2019-12-01T12:00:00Z": "早于第一条记录",
      "asOf='; DROP": "格式应为",
      "date=2026-02-30": "请填一个日期",
      "date=2026-01-24&time=25:00": "截止时刻",
      "date=2026-01-26&time=12:00": "还没有到",
    };
    for (const [query, words] of Object.entries(bad)) {
      const [status, text] = await said(query);
      expect([query, status]).toEqual([query, 422]);
      expect([query, text]).toEqual([query, expect.stringContaining(words)]);
    }
    // The form is there again, with what was asked in it, and nothing is drawn.
    const [, , html] = await said("unit=511781101&days=28&date=2026-01-24&time=25:99&lang=en");
    for (const part of [
      'value="2026-01-24"',
      'value="25:99"',
      '<option value="28" selected',
      'href="#f-time"',
    ])
      expect(html).toContain(part);
    expect(html).toContain('<option value="511781101" selected');
    expect(html).not.toContain("<table");
    for (const unit of ["999999", "511781999", "'; DROP", "示例"])
      expect((await said(`unit=${unit}`))[0]).toBe(404);
    const li = await county.signIn("inspector", "511781100", "示例李");
    expect((await li.get("/desk/figures?unit=511781101")).status).toBe(404);
    expect((await li.get("/desk/figures?unit=511781")).status).toBe(404);
    const own = plainText(await page(li));
    expect(own).toContain("太平镇 · 图表");
    expect(own).not.toContain("示例三社区");
  });
});

describe("the charts of a county of 6,000", () => {
  it("show Zhou the last quarter of an hour, out of the roll-up: fewer rows are read than there are persons", async () => {
    at("24T10:05");
    const { d1, now } = county.deps;
    const crowd = { villages: [FIRST, SECOND, THIRD], zone: "Asia/Shanghai", homes: 1_200, each: 5 };
    await enterCrowd(d1, { ...crowd, now: now() });
    at("24T10:20");
    while ((await rollUp(county.deps, county.deps.now())) > 0);
    const all = await page(zhou);
    expect(plainText(all)).toContain("截至 1月24日 10:15");
    expect(texts(tablesOf(all).get(CURVE)).at(-1)?.[0]).toBe("1月24日 至 10:15");
    zero(county.meter);
    await page(zhou);
    // Most of these are the households of the last days, each looked at for a late verification.
    expect(county.meter.read).toBeLessThan(6_000);
  });
});

describe("the charts of a county that has just begun", () => {
  it("are tables of zeros where nothing came, and of nothing known before", async () => {
    const html = await page(zhou, "?days=60");
    const days = texts(tablesOf(html).get(CURVE));
    expect(days).toHaveLength(60);
    // Towns without anything are no picture: words stand in its place.
    expect([html.split("<canvas").length - 1, html.split("已知的各数都是零。").length - 1]).toEqual([3, 5]);
    expect(days.at(-1)).toEqual(["1月24日 至 08:00", "0", "0"]);
    expect(days[0]).toEqual(["2025年11月26日", "—未知", "—未知"]);
  });
});

it("serves the library and the drawing from its own host, for good, under names that change with them", async () => {
  for (const path of Object.values(FIGURE_ASSETS)) {
    const answer = await county.desk(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect((await answer.text()).length).toBe(FIGURE_SENT[path]?.text.length);
  }
  const library = FIGURE_SENT[FIGURE_ASSETS.chartJs]?.text ?? "";
  expect(library).toContain("Chart.js v4");
  expect(library).not.toMatch(/sourceMappingURL|\beval\(|new Function/);
  expect((await county.desk("/desk/figures/assets/chart.js")).status).toBe(404);
});
