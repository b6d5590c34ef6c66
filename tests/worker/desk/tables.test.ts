import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { twoDays } from "../../support/figures.ts";

/** The bureaus' tables as officials read, print and take them. */
let county: DeskCounty;
let zhou: Signed;
let li: Signed;

beforeAll(async () => {
  county = await openDeskCounty("2026-01-24T09:00:00+08:00", { CARE_ROLES: "" });
  await twoDays(county);
  zhou = await county.signIn("supervisor", "511781", "周示例");
  li = await county.signIn("clerk", "511781100");
});

const page = async (who: Signed, path: string) => {
  const answer = await who.get(`/desk/tables${path}`);
  return { status: answer.status, html: await answer.text() };
};
const rows = (html: string) =>
  [...html.matchAll(/<tr[^>]*><th scope="row">(.*?)<\/th>(.*?)<\/tr>/g)].map(([, name = "", cells = ""]) => [
    name.replace(/<[^>]*>/g, ""),
    ...[...cells.matchAll(/<td class="number">(.*?)<\/td>/g)].map(([, cell = ""]) =>
      cell.replace(/<[^>]*>/g, ""),
    ),
  ]);
const NOW = "asOf=2026-01-25T18:00:00%2B08:00";

describe("a bureau's table", () => {
  it("of the health bureau has a row for each town, headings of two levels, and the county's figures below", async () => {
    const { status, html } = await page(zhou, `/health?${NOW}`);
    expect(status).toBe(200);
    expect(rows(html)).toEqual([
      ["太平镇", "3", "1", "3", "1", "3", "3", "3", "0", "0", "0", "0", "0", "0%"],
      [
        "青花镇",
        "1",
        "0",
        "1",
        "0",
        "1",
        "0",
        "0",
        "0",
        "0",
        "0",
        "1",
        "1",
        expect.stringMatching(/^(—|0%)$/),
      ],
      ["合计", "4", "1", "4", "1", "4", "3", "3", "0", "0", "0", "1", "1", "0%"],
    ]);
    expect(html).toContain('<th scope="colgroup" colspan="4" class="over">返乡人员</th>');
    expect(html).toContain("逾期未报 1 个：示例三社区");
    expect(html).toContain(
      "/desk/figures/observation.released%40window?unit=511781101&amp;asOf=2026-01-25T10%3A00%3A00Z",
    );
    const total = await zhou.get(`/desk/figures/observation.observing?unit=511781&${NOW}`);
    expect(/big-figure"><strong>([^<]*)</.exec(await total.text())?.[1]).toBe("3");
  });

  it("speaks as of its own last cut-off, and of any other that is asked", async () => {
    expect((await page(zhou, "/health")).html).toContain("截至 1月24日 24:00");
    const publicity = (await page(zhou, "/publicity")).html;
    expect(publicity).toContain("截至 1月25日 18:00");
    expect(publicity).toContain("当日指 1月24日 18:00 之后");
    expect(
      (await page(zhou, "/publicity?day=2026-01-25&clock=09:15&fromDay=2026-01-25&fromClock=00:00")).html,
    ).toContain("截至 1月25日 09:15");
  });

  it("counts the day and so far, and shows what nobody entered as a dash with a note", async () => {
    const { html } = await page(zhou, "/publicity");
    const taiping = rows(html).find(([name]) => name === "太平镇");
    expect(taiping?.slice(3, 5)).toEqual(["20", "420"]);
    expect(
      rows(html)
        .find(([name]) => name === "青花镇")
        ?.slice(3, 5),
    ).toEqual(["—", "—"]);
    expect(html).toContain("“—”表示未知");
  });

  it("of the education bureau has schools alone, each by itself", async () => {
    const { html } = await page(zhou, "/education");
    expect(rows(html)).toEqual([
      ["示例小学", "300", "—", "298", "2", "0", "—", "—", "—"],
      ["合计", "300", "—", "298", "2", "0", "—", "—", "—"],
    ]);
    expect((await page(zhou, "/education?unit=511781101")).html).toContain("没有这类单位");
  });

  it("says who filled in the forms it is made from, and not who reports daily where nothing of that is in it", async () => {
    const { html } = await page(zhou, "/education");
    expect(html).toContain("“学校晨检”该填的单位 1 个，这一时段里填过的 1 个，只合计填过的。");
    expect(html).toContain("“学校午检”该填的单位 1 个，这一时段里填过的 0 个，只合计填过的。");
    expect(html).toMatch(/没有填的 1 个：示例小学/);
    expect(html).not.toContain("日报告");
    const publicity = (await page(zhou, "/publicity")).html;
    expect(publicity).toMatch(/“宣传引导”可填的单位 (\d+) 个，这一时段里填过的 1 个/);
    expect(publicity).toMatch(/没有填的 \d+ 个：万源市、/);
    expect((await page(zhou, `/health?${NOW}`)).html).not.toContain("只合计填过的");
    const leaflets = await zhou.get(`/desk/figures/publicity.leaflets?unit=511781&${NOW}`);
    expect(await leaflets.text()).toMatch(/“宣传引导”可填的单位 \d+ 个，填过这一项的 1 个，只合计填过的/);
    const csv = await zhou.post("/desk/tables/education/file?unit=511781", { format: "csv" });
    expect((await csv.text()).split("\r\n")[0]).toContain("没有填的 1 个：示例小学");
  });

  it("is taken as CSV and Excel by whoever may take lists, with one line in the history each", async () => {
    // By the button of the page itself.
    const [, action = ""] =
      /<form method="post" action="([^"]*)" class="take/.exec((await page(zhou, `/health?${NOW}`)).html) ??
      [];
    const csv = await zhou.post(action.replaceAll("&amp;", "&"), { format: "csv" });
    const text = await csv.text();
    expect(csv.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    const lines = text.replace("\ufeff", "").split("\r\n");
    expect(lines[0]).toContain("逾期未报 1 个：示例三社区");
    expect(lines[1]).toContain('"单位","单位代码","返乡人员 累计","返乡人员 当日"');
    expect(lines[2]).toMatch(/^"太平镇","511781100","3","1"/);
    expect(lines[4]).toMatch(/^"合计","511781","4","1"/);
    const xlsx = await zhou.post(`/desk/tables/publicity/file?unit=511781`, { format: "xlsx" });
    const files = unzipSync(new Uint8Array(await xlsx.arrayBuffer()));
    const sheet = strFromU8(files["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
    expect(sheet).toContain("<v>420</v>");
    expect(sheet).toContain('<mergeCell ref="A1:N1"/>');
    expect(sheet).toContain('<mergeCell ref="A2:A3"/>');
    expect(sheet).toContain('<mergeCell ref="C2:D2"/>');
    // An unknown count stands on the right, where counts do; heads are broken into lines, not cut off.
    expect(sheet).toMatch(/ s="8" t="inlineStr"><is><t xml:space="preserve">—</);
    expect(sheet).toMatch(/<c r="C2" s="7"/);
    expect(strFromU8(files["xl/styles.xml"] ?? new Uint8Array()).match(/<xf /g)).toHaveLength(10);
    expect(sheet).not.toContain("<f>");
    const acts = await county.deps.d1
      .prepare("SELECT subject_id, unit_code, detail FROM audit WHERE act = 'export-table' ORDER BY id")
      .all<{ subject_id: string }>();
    expect(acts.results).toEqual([
      { subject_id: "education", unit_code: "511781", detail: "1 csv" },
      { subject_id: "health", unit_code: "511781", detail: "2 csv" },
      { subject_id: "publicity", unit_code: "511781", detail: "2 xlsx" },
    ]);
    const inspector = await county.signIn("inspector", "511781");
    expect((await inspector.post("/desk/tables/health/file?unit=511781", { format: "csv" })).status).toBe(
      403,
    );
    expect((await page(inspector, "/health")).html).not.toContain("下载 CSV");
  });

  it("a name that would be a formula stays text in either file", async () => {
    await county.deps.d1.prepare("UPDATE unit SET name = '=1+1' WHERE code = '511781101'").run();
    const csv = await (await zhou.post(`/desk/tables/health/file?unit=511781`, { format: "csv" })).text();
    expect(csv).toContain(`"'=1+1"`);
    await county.deps.d1.prepare("UPDATE unit SET name = '青花镇' WHERE code = '511781101'").run();
  });
});

describe("what is refused", () => {
  it.each([
    ["/nothing", 404],
    ["/health?unit=511782", 404],
    ["/health?unit=511781100001", 422],
    ["/health?asOf=2026-01-25T18:00:00", 422],
    ["/health?asOf=2026-02-30T18:00:00%2B08:00", 422],
    ["/health?asOf=2026-01-27T18:00:00%2B08:00", 422],
    ["/health?asOf=2026-01-01T18:00:00%2B08:00", 422],
    [`/health?${NOW}&from=2026-01-25T19:00:00%2B08:00`, 422],
    ["/health?day=x", 422],
  ])("%s with %i", async (path, status) => {
    expect((await page(zhou, path)).status).toBe(status);
  });

  it("Li sees no table of another town, takes no format that is none, and finds those made for a town", async () => {
    expect((await page(li, "/health?unit=511781101")).status).toBe(404);
    expect((await li.post("/desk/tables/health/file?unit=511781101", { format: "csv" })).status).toBe(404);
    expect((await li.post("/desk/tables/health/file", { format: "pdf" })).status).toBe(422);
    expect((await li.post("/desk/tables/health/file?asOf=x", { format: "csv" })).status).toBe(422);
    const { html } = await page(li, "");
    for (const name of ["health", "education", "publicity"]) expect(html).toContain(`/desk/tables/${name}?`);
    const village = await county.signIn("reporter", "511781100001");
    expect((await page(village, "")).html).toContain("没有给本单位的报表");
  });
});
