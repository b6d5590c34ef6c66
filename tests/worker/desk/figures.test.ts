import { beforeAll, describe, expect, it } from "vitest";
import { figurePath } from "../../../src/domain/figure-link.ts";
import { dawa } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { twoDays, VILLAGE_ONE } from "../../support/figures.ts";
import { register } from "../../support/life.ts";

/** What Zhou the county chief and Li the town official see of a figure when they press it. */
let county: DeskCounty;
let zhou: Signed;
let li: Signed;
const at = (date: string, clock: string) => new Date(`2026-01-${date}T${clock}:00+08:00`);

beforeAll(async () => {
  county = await openDeskCounty("2026-01-24T09:00:00+08:00", { CARE_ROLES: "" });
  await twoDays(county);
  zhou = await county.signIn("supervisor", "511781");
  li = await county.signIn("clerk", "511781100");
});

const page = async (who: Signed, path: string) => {
  const answer = await who.get(`/desk${path}`);
  return { status: answer.status, html: await answer.text() };
};
const figure = (id: string, unit = "511781", asOf = at("25", "18:00"), from?: Date) =>
  page(zhou, figurePath(id, { unit, asOf, from }));
const big = (html: string) => /big-figure"><strong>([^<]*)</.exec(html)?.[1];
/** Each row of the table of units below: its name and number. */
const rows = (html: string) =>
  [
    ...html.matchAll(
      /<tr[^>]*><th scope="row">([^<]*)(?:<span[^>]*>[^<]*<\/span>)?<\/th><td class="number">(.*?)<\/td>/g,
    ),
  ].map(([, name = "", cell = ""]) => [
    name.trim(),
    cell
      .replace(/<span.*?<\/span>/g, "")
      .replace(/<[^>]*>/g, "")
      .trim(),
  ]);

describe("what a figure was counted from", () => {
  it("Zhou sees who was registered, by town, down to the village, and by day", async () => {
    const { status, html } = await figure("registered.returnees");
    expect([status, big(html)]).toEqual([200, "4"]);
    expect(rows(html)).toEqual(
      expect.arrayContaining([
        ["太平镇", "3"],
        ["青花镇", "1"],
        ["合计", "4"],
      ]),
    );
    for (const words of [
      "截至 1月25日 18:00",
      "涵盖 7 个单位",
      "示例三社区",
      "人员登记",
      "DOMAIN.md · Figures 000",
    ])
      expect(html).toContain(words);
    // The day's newcomers lead to the window of that day.
    expect(html).toContain(
      "/desk/figures/registered.returnees%40window?unit=511781&amp;asOf=2026-01-24T16%3A00%3A00Z",
    );
    const [, town = ""] = /href="([^"]*unit=511781100&[^"]*)"/.exec(html) ?? [];
    const below = await page(zhou, town.replaceAll("&amp;", "&").replace("/desk", ""));
    expect(big(below.html)).toBe("3");
    expect(rows(below.html)).toContainEqual(["示例一社区", "3"]);
    expect(below.html).toContain("万源市</a>");
  });

  it("a window counts only what came in it, and a sum what its parts come to", async () => {
    const noon = at("24", "12:00");
    expect(big((await figure("registered.returnees@window", "511781", at("25", "12:00"), noon)).html)).toBe(
      "1",
    );
    const { html } = await figure("observation.observing+observation.released");
    expect(big(html)).toBe("4");
    expect(html).toContain("观察中 + ");
    expect(rows(html)).toEqual(expect.arrayContaining([["合计", "4"]]));
  });

  it("a share is told with its numerator and denominator, and the persons can be listed where the list is of just them", async () => {
    const { html } = await figure("completeness.share");
    expect(big(html)).toBe("50%");
    expect(html).toContain("分子");
    expect(html).toContain("/desk/figures/dailyReports.owed?");
    const list = (await figure("observation.released")).html;
    expect(list).toContain("/desk/people?state=released&amp;unit=511781&amp;lang=zh-Hans");
    expect(list).toContain("名单是现在的");
    expect((await figure("registered.cumulative")).html).not.toContain("/desk/people?state");
  });

  it("unknown is a dash and zero is 0", async () => {
    const unknown = await figure("publicity.banners");
    expect(big(unknown.html)).toBe("—");
    expect(unknown.html).toContain("未知");
    expect(big((await figure("tips.received")).html)).toBe("0");
    const { html } = await figure("publicity.leaflets");
    expect(big(html)).toBe("420");
    expect(rows(html)).toEqual(
      expect.arrayContaining([
        ["太平镇", "420"],
        ["青花镇", "—"],
      ]),
    );
    expect(html).toContain("各单位在“宣传引导”表里逐日填的数之和");
  });

  it("says how it is counted in words that Zhou knows, not in those of programs", async () => {
    const said = async (id: string, lang: string) => (await page(zhou, `/figures/${id}?lang=${lang}`)).html;
    expect(await said("verification.due", "zh-Hans")).toContain("，= 已核实的户 + 待核实 + 超时未核实");
    expect(await said("registered.fromHubei", "zh-Hant")).toContain("，= 武漢返鄉 + 湖北其他返鄉");
    expect(await said("tips.withinTwoHours.share", "zh-Hans")).toContain("；“—”表示无从计算，不是零");
    expect(await said("observation.byKind.home", "en")).toContain("the three kinds sum to Under observation");
  });

  it("asked another moment by day and time, it answers as of then", async () => {
    const { html } = await page(zhou, "/figures/registered.returnees?day=2026-01-24&clock=24：00");
    expect(big(html)).toBe("3");
    expect(html).toContain("截至 1月24日 24:00");
  });

  it.each([
    ["asOf=2026-01-25T18:00:00", "时区", "day"],
    ["asOf=2026-02-30T18:00:00%2B08:00", "日期不存在", "day"],
    ["asOf=2026-01-26T18:00:00%2B08:00", "不能晚于现在", "day"],
    ["asOf=2026-01-01T18:00:00%2B08:00", "早于第一条记录", "day"],
    ["day=2026-02-30&clock=12:00", "存在的日期", "day"],
    ["day=2026-01-25&clock=25:00", "填一个时间", "clock"],
    [
      "asOf=2026-01-25T12:00:00%2B08:00&from=2026-01-25T12:00:00%2B08:00",
      "起始时间应早于截止时间",
      "fromDay",
    ],
    ["asOf=%00&from=x", "格式应为", "day"],
  ])("%s is shown as what to mend", async (query, words, field) => {
    const { status, html } = await page(zhou, `/figures/registered.returnees?unit=511781&${query}`);
    expect([status, big(html)]).toEqual([422, undefined]);
    expect(html).toContain(words);
    expect(html).toContain('role="alert"');
    expect(html).toContain(`href="#f-${field}"`);
  });

  it("there is no page of what no book holds, nor of another town", async () => {
    for (const id of [
      "registered",
      "nothing.at.all",
      "registered.bySource",
      "a+".repeat(40),
      "%00",
      "completeness.share@window",
    ])
      expect((await page(zhou, `/figures/${encodeURIComponent(id)}`)).status, id).toBe(404);
    for (const unit of ["511781", "511781101", "511781101001", "511781999", "x"])
      expect((await page(li, `/figures/tips.open?unit=${unit}`)).status, unit).toBe(404);
    const own = await page(li, `/figures/registered.returnees?unit=${VILLAGE_ONE}`);
    expect([own.status, big(own.html)]).toEqual([200, "3"]);
    expect(own.html).not.toContain("万源市</a>");
  });
});

it("who came before the moment and was entered after it is told beside the figure, which stays as it was", async () => {
  // Bashir's neighbour came at 17:30 and is entered at 18:30.
  await register(county, 990, [dawa({ document: undefined })], VILLAGE_ONE);
  const then = (await figure("registered.returnees", "511781", at("25", "18:00"))).html;
  expect(big(then)).toBe("4");
  expect(then).toContain("此后又补记 +1");
  expect((await figure("registered.returnees", "511781", at("25", "17:00"))).html).not.toContain("补记");
});
