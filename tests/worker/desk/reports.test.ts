import { strFromU8, unzipSync } from "fflate";
import { beforeEach, describe, expect, it } from "vitest";
import { closures } from "../../../forms/closures.ts";
import { publicity } from "../../../forms/publicity.ts";
import { submitCount } from "../../../src/http/submit-count.ts";
import { amina, bashir, chen, clientId } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { observed } from "../../support/observed.ts";
import { plainText } from "../../support/pages.ts";
import { rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * 情况汇报 at the desk: drafts out of the books, what officials add, and what stands once it is issued.
 */
const TOWN = "511781100";
const NOON = "2026-01-25T12:00:00+08:00";
let county: DeskCounty;
let li: Signed;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  await observed(county, [amina(), bashir()]);
  county.setNow("2026-01-25T12:30:00+08:00");
  li = await county.signIn("clerk", TOWN, "示例李");
});

const draft = (part = "", more: Record<string, string> = {}) =>
  `/desk/reports/town${part}?${new URLSearchParams({ unit: TOWN, asOf: NOON, ...more })}`;
async function page(who: Signed, path: string): Promise<string> {
  const answer = await who.get(path);
  expect([answer.status, path]).toEqual([200, path]);
  return answer.text();
}
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
/** Issues a draft as its page shows it; `more` changes what is sent. */
async function issues(who: Signed, path = draft(), more: Record<string, string> = {}) {
  const html = await page(who, path);
  const fields = { version: hidden(html, "version"), _seen: hidden(html, "_seen"), ...more };
  return who.post(path.replace("/town?", "/town/issue?"), fields);
}
const leadsTo = (answer: Response) => answer.headers.get("Location")?.replace(/[?&](did|lang)=.*/, "") ?? "";
const text = async (answer: Response) => plainText(await answer.text());
const acts = async () =>
  (await rowsOf(county, "audit")).map(({ act }) => String(act)).filter((act) => /report/.test(act));
/** Chen came home before noon and is entered after it. */
async function lateArrival() {
  county.setNow("2026-01-25T12:40:00+08:00");
  await observed(county, [chen({ temperature: 36.6 })], { client: 2, phone: "13900000002" });
}

describe("the room of reports", () => {
  it("proposes the last cut-off that has passed, and leads a valid question to the draft's own address", async () => {
    const html = await page(li, "/desk/reports");
    expect(html).toMatch(/name="date"[^>]*value="2026-01-25"/);
    expect(html).toMatch(/value="12:00" checked/);
    expect(plainText(html)).toContain("这个单位还没有发布过情况汇报");
    const asked = { unit: TOWN, template: "town", date: "2026-01-24", clock: "24:00", script: "zh-Hant" };
    const answer = await li.get(`/desk/reports?${new URLSearchParams(asked)}`);
    expect([answer.status, leadsTo(answer)]).toEqual([
      303,
      "/desk/reports/town?unit=511781100&asOf=2026-01-24T16%3A00%3A00Z&from=2026-01-23T16%3A00%3A00Z&script=zh-Hant",
    ]);
    const shown = plainText(await page(li, leadsTo(answer)));
    expect(shown).toContain("1月23日 24:00 之后，至 1月24日 24:00");
    expect(shown).toContain("疫情防控工作進展彙報");
  });

  it("says what to mend beside what was typed", async () => {
    for (const [asked, words] of [
      [{ template: "town", date: "2026-02-30", clock: "12:00" }, "请填一个日期"],
      [{ template: "town", date: "2026-01-25", clock: "18:00" }, "截止时刻还没有到"],
      [{ template: "town", date: "2026-01-25", clock: "other", time: "noon" }, "请选一个截止时刻"],
      [{ template: "town", date: "2026-01-01", clock: "12:00" }, "早于第一条记录"],
      [{ template: "county", date: "2026-01-25", clock: "12:00" }, "请选一个模板"],
      [{ date: "2026-01-25", clock: "12:00" }, "请选一个模板"],
      [{ template: "town", date: "2026-01-25", clock: "12:00", script: "fr" }, "只有简体"],
    ] as const) {
      const answer = await li.get(`/desk/reports?${new URLSearchParams({ unit: TOWN, ...asked })}`);
      const html = await answer.text();
      expect([answer.status, plainText(html)]).toEqual([422, expect.stringContaining(words)]);
      expect(html).toContain(`value="${asked.date}"`);
    }
    expect((await li.get("/desk/reports?before=1.SR-x")).status).toBe(422);
    expect((await li.get("/desk/reports?template=town&template=county")).status).toBe(422);
  });

  it("lists what a unit has issued in pages, the latest first", async () => {
    const { d1 } = county.deps;
    const rows = Array.from({ length: 33 }, (_, at) =>
      d1
        .prepare(
          "INSERT INTO situation_report VALUES (?, ?, 'town', 'zh-Hans', ?, 0, 1, '{}', '', '', 'x', ?)",
        )
        .bind(`SR-20260125-1200-000000${String(at).padStart(2, "0")}`, TOWN, at, Math.floor(at / 5)),
    );
    await d1.batch(rows);
    const seen: string[] = [];
    let path: string | undefined = "/desk/reports";
    for (let pages = 0; path && pages < 5; pages++) {
      const html: string = await page(li, path);
      seen.push(...[...html.matchAll(/issued\/(SR-[\dA-F-]+)/g)].map(([, id = ""]) => id));
      path = /href="([^"]*before=[^"#]*)/.exec(html)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen).toHaveLength(33);
    expect(seen).toEqual(seen.toSorted().reverse());
  });
});

describe("a draft", () => {
  it("speaks for its units first, then states figures that each lead to what they were counted from", async () => {
    const html = await page(li, draft());
    const words = plainText(html);
    expect(words.indexOf("涵盖")).toBeLessThan(words.indexOf("一、疫情排查"));
    expect(words).toContain("累计掌握从武汉方向返乡2人");
    expect(html.replaceAll("&amp;", "&")).toContain(
      'href="/desk/figures/registered.wuhanDirection?unit=511781100&asOf=2026-01-25T04%3A00%3A00Z&from=2026-01-24T04%3A00%3A00Z&lang=zh-Hans">2</a>',
    );
    // What is copied is a text on the page: nothing has to be downloaded.
    expect(/<textarea id="report-text"[^>]*>([^<]*)/.exec(html)?.[1]).toContain("返乡2人");
    expect(html).toContain('data-copy="report-text"');
  });

  it("leads from every figure to a page that is there", async () => {
    const above = await county.signIn("supervisor", "511781");
    const wrong: string[] = [];
    for (const [template, unit] of [
      ...["county", "county-linked", "district"].map((one) => [one, "511781"]),
      ...[
        ["town", TOWN],
        ["community", "511781100001"],
        ["school", "511781100S01"],
      ],
    ] as [string, string][]) {
      const html = await page(
        above,
        `/desk/reports/${template}?unit=${unit}&asOf=${encodeURIComponent(NOON)}`,
      );
      const links = new Map(
        [...html.matchAll(/class="stated" href="([^"]+)">([^<]*)/g)].map(([, link = "", said = ""]) => [
          link,
          said,
        ]),
      );
      expect([template, links.size > 2]).toEqual([template, true]);
      for (const [link, printed] of links) {
        const answer = await above.get(link.replaceAll("&amp;", "&"));
        const [, counted = ""] = /class="big-figure"><strong>([^<]*)/.exec(await answer.text()) ?? [];
        const same = counted === printed || (printed === "＿＿" ? counted === "—" : /\D/.test(printed));
        if (answer.status !== 200 || !same) wrong.push(`${answer.status} ${printed} ${counted} ${link}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("is a Word document with Chinese set right, in both scripts", async () => {
    for (const [script, tag, font, words] of [
      ["zh-Hans", "zh-CN", "FangSong", "从武汉方向返乡2人"],
      ["zh-Hant", "zh-TW", "DFKai-SB", "從武漢方向返鄉2人"],
    ] as const) {
      const html = await page(li, draft("", { script }));
      const answer = await li.get(draft("/docx", { script }));
      expect(answer.headers.get("Content-Disposition")).toMatch(
        /^attachment; filename="baobei-town-511781100-\d{12}\.docx"$/,
      );
      const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
      const xml = strFromU8(files["word/document.xml"] ?? new Uint8Array());
      const paragraphs = [...xml.matchAll(/<w:p>.*?<\/w:p>/g)].map(([one]) => plainText(one));
      expect(paragraphs).toEqual(/<textarea id="report-text"[^>]*>([^<]*)/.exec(html)?.[1]?.split("\n"));
      expect(paragraphs.join("")).toContain(words);
      expect(xml).toContain(`<w:lang w:val="en-US" w:eastAsia="${tag}"/>`);
      expect(xml).toContain(`w:eastAsia="${font}"`);
      // Figures in the same font, 16 pt on lines of 28 pt, two characters in.
      expect(xml).toContain(`w:ascii="${font}"`);
      expect(xml).toContain('<w:sz w:val="32"/>');
      expect(xml).toContain(
        '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640" w:firstLineChars="200"/>',
      );
      expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/);
      expect(xml).not.toMatch(/<w:i\/>/);
      expect(strFromU8(files["word/footer1.xml"] ?? new Uint8Array())).toContain("PAGE");
    }
  });

  it("is nobody's outside the scope, and a clear word to whoever asks for what is none", async () => {
    const mallory = await county.signIn("supervisor", "511781101");
    for (const part of ["", "/docx", "/print"]) expect((await mallory.get(draft(part))).status).toBe(404);
    expect((await mallory.get("/desk/reports?unit=511781100")).status).toBe(404);
    expect((await mallory.post(draft("/issue"))).status).toBe(404);
    expect((await li.get("/desk/reports/weather")).status).toBe(404);
    for (const [more, words] of [
      [{ asOf: "2026-01-25T12:00:00" }, "asOf 应带时区"],
      [{ asOf: "2026-01-26T12:00:00+08:00" }, "asOf 不能晚于现在"],
      [{ asOf: "2026-02-30T12:00:00+08:00" }, "asOf 里的日期不存在"],
      [{ asOf: "2026-01-19T12:00:00+08:00" }, "早于第一条记录：这个单位录入于 2026-01-20 00:00"],
      [{ from: "2026-01-25T12:00:00+08:00" }, "from 应早于 asOf"],
      [{ from: "2026-01-25" }, "from 的格式"],
      [{ script: "en" }, "只有简体"],
      [{ unit: "511781100001" }, "不是给这类单位用的"],
      [{ late: "maybe" }, "late 只能写"],
    ] as const) {
      const answer = await li.get(draft("", more));
      expect([answer.status, await text(answer)]).toEqual([422, expect.stringContaining(words)]);
    }
    const twice = await li.get(`${draft()}&asOf=2026-01-24T12:00:00Z`);
    expect([twice.status, await text(twice)]).toEqual([422, expect.stringContaining("不止一次")]);
  });

  it("costs a bounded number of queries", async () => {
    const { meter } = county;
    await page(li, draft());
    const before = meter.queries;
    await page(li, draft());
    expect(meter.queries - before).toBeLessThan(40);
  });
});

describe("free paragraphs", () => {
  const writes = (who: Signed, fields: Record<string, string>) => who.post(draft("/paragraphs"), fields);
  const slots = async (who: Signed) => {
    const html = await page(who, draft());
    return [...html.matchAll(/name="text\.(\w+)"/g)].map(([, name = ""]) => name);
  };

  it("stay from day to day, sealed, with who wrote them on record", async () => {
    const [slot = ""] = await slots(li);
    const words = "已成立示例工作组，\r\n实行包片责任。<b>";
    const answer = await writes(li, { [`version.${slot}`]: "0", [`text.${slot}`]: ` ${words} ` });
    expect(answer.status).toBe(303);
    county.setNow("2026-01-26T12:30:00+08:00");
    await county.deps.d1.prepare("UPDATE session SET seen_at = ?").bind(county.deps.now().getTime()).run();
    const html = await page(li, draft("", { asOf: "2026-01-26T12:00:00+08:00" }));
    expect(html).toContain(
      '<p class="flush">已成立示例工作组，</p><p class="flush">实行包片责任。&lt;b&gt;</p>',
    );
    expect(JSON.stringify(await rowsOf(county, "paragraph"))).not.toContain("示例工作组");
    expect(await acts()).toEqual(["edit-report-text"]);
    // Sent again as it stands, it is no new version.
    const held = hidden(html, `version.${slot}`);
    await writes(li, { [`version.${slot}`]: held, [`text.${slot}`]: words });
    expect(await rowsOf(county, "paragraph")).toHaveLength(1);
    // Left empty it is gone from the text, and what it was stays on record.
    await writes(li, { [`version.${slot}`]: held, [`text.${slot}`]: "" });
    expect(await page(li, draft())).not.toContain("示例工作组");
    expect(await rowsOf(county, "paragraph")).toHaveLength(2);
  });

  it("are those of the report's own cut-off: last week's stay last week's, and mending them leaves today's alone", async () => {
    const days = ["2026-01-22", "2026-01-23", "2026-01-24", "2026-01-25"] as const;
    const on = (day: string, part = "") => draft(part, { asOf: `${day}T12:00:00+08:00` });
    const words = async (day: string) =>
      /<p class="flush">(示例.*?)<\/p>/.exec(await page(li, on(day)))?.[1] ?? "";
    const write = async (day: string, text: string) => {
      const html = await page(li, on(day));
      const [slot = ""] = await slots(li);
      const fields = { [`version.${slot}`]: hidden(html, `version.${slot}`), [`text.${slot}`]: text };
      return (await li.post(on(day, "/paragraphs"), fields)).status;
    };
    // Ten minutes past noon, as every report is written: after its cut-off.
    expect(await write(days[1], "示例二十三日")).toBe(303);
    expect(await write(days[3], "示例二十五日")).toBe(303);
    expect(await Promise.all(days.map(words))).toEqual([
      ...["", "示例二十三日", "示例二十三日", "示例二十五日"],
    ]);
    expect(plainText(await page(li, on(days[2])))).toContain("沿用截至 1月23日 12:00 的");
    // A correction of the 23rd reaches what stands on it, and nothing that was written anew.
    expect(await write(days[1], "示例二十三日更正")).toBe(303);
    expect(await Promise.all(days.map(words))).toEqual([
      ...["", "示例二十三日更正", "示例二十三日更正", "示例二十五日"],
    ]);
    // Kept words that are changed between two officials' eyes are a clash like any other.
    const stale = await page(li, on(days[2]));
    expect(await write(days[1], "示例再更正")).toBe(303);
    const [slot = ""] = await slots(li);
    const fields = {
      [`version.${slot}`]: hidden(stale, `version.${slot}`),
      [`text.${slot}`]: "示例二十四日",
    };
    expect((await li.post(on(days[2], "/paragraphs"), fields)).status).toBe(409);
    expect(await words(days[2])).toBe("示例再更正");
  });

  it("of two officials at once are the first one's; the second is told who and when, and keeps what was typed", async () => {
    const zhou = await county.signIn("reporter", TOWN, "示例周");
    const [first = "", second = ""] = await slots(li);
    const held = { [`version.${first}`]: "0", [`version.${second}`]: "0" };
    const typed = (one: string, two: string) => ({
      ...held,
      [`text.${first}`]: one,
      [`text.${second}`]: two,
    });
    const answers = await Promise.all([
      writes(li, typed("示例李写的", "")),
      writes(zhou, typed("示例周写的", "示例周另写的")),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    const lost = answers.find(({ status }) => status === 409);
    const winner = answers[0]?.status === 303 ? "示例李" : "示例周";
    const html = (await lost?.text()) ?? "";
    expect(plainText(html)).toContain(`太平镇 ${winner} 12:30 改过`);
    expect(html).toContain(winner === "示例李" ? "示例周写的</textarea>" : "示例李写的</textarea>");
    // All or none: what nobody else had touched was not written either.
    const rows = await rowsOf(county, "paragraph");
    expect(new Set(rows.map(({ by }) => by)).size).toBe(1);
    expect(await acts()).toEqual(["edit-report-text"]);
    // Knowing of it, the second may still put theirs in its place.
    const version = hidden(html, `version.${first}`);
    expect(version).toBe(`1@${new Date(NOON).toISOString()}`);
    await writes(zhou, { [`version.${first}`]: version, [`text.${first}`]: "示例定稿" });
    expect(await page(li, draft())).toContain("示例定稿");
  });

  it("are left alone where another official changed them and this one did not", async () => {
    const zhou = await county.signIn("reporter", TOWN, "示例周");
    const [first = "", second = ""] = await slots(li);
    await writes(zhou, { [`version.${first}`]: "0", [`text.${first}`]: "示例周写的" });
    const answer = await writes(li, {
      ...{ [`version.${first}`]: "0", [`text.${first}`]: "" },
      ...{ [`version.${second}`]: "0", [`text.${second}`]: "示例李写的" },
    });
    expect(answer.status).toBe(303);
    const html = await page(li, draft());
    expect(html).toContain("示例周写的");
    expect(html).toContain("示例李写的");
  });

  it("are refused where they are too long or cannot be shown, and kept as typed", async () => {
    const [slot = ""] = await slots(li);
    for (const [typed, words] of [
      ["示".repeat(2_001), "不能超过 2000 个字"],
      ["示例\u0007", "无法显示的字符"],
    ] as const) {
      const answer = await writes(li, { [`version.${slot}`]: "0", [`text.${slot}`]: typed });
      const html = await answer.text();
      expect([answer.status, html]).toEqual([422, expect.stringContaining(words)]);
      expect(html).toContain(`${typed}</textarea>`);
    }
    expect((await writes(li, { "text.none-such": "示例" })).status).toBe(303);
    expect(await rowsOf(county, "paragraph")).toEqual([]);
  });
});

describe("a report that was issued", () => {
  it("is frozen with a hash and counted again to the same figures, though somebody was entered late", async () => {
    const answer = await issues(li);
    expect(answer.status).toBe(303);
    const there = leadsTo(answer);
    expect(there).toMatch(/^\/desk\/reports\/issued\/SR-20260125-1200-[\dA-F]{8}$/);
    expect(await acts()).toEqual(["issue-report"]);
    const [row] = await rowsOf(county, "situation_report");
    expect(String(row?.hash)).toMatch(/^[\da-f]{64}$/);
    expect(String(row?.sealed)).not.toContain("返乡");
    await lateArrival();
    const html = await page(li, `${there}?recompute=1`);
    const words = plainText(html);
    expect(words).toContain("和保存的内容一致");
    expect(words).toContain("一致：现在重新计算，得到的还是这些数字");
    expect(words).toMatch(/截止之后补录：[^。]* \+1/);
    expect(words).toContain("返乡2人");
    const files = unzipSync(new Uint8Array(await (await li.get(`${there}/docx`)).arrayBuffer()));
    expect(strFromU8(files["word/header1.xml"] ?? new Uint8Array())).toContain(String(row?.id));
    expect(strFromU8(files["word/document.xml"] ?? new Uint8Array())).toContain(String(row?.hash));
    expect(plainText(await page(li, `${there}/print`))).toContain("返乡2人");
  });

  it("waits for the first minute after its cut-off: what was entered right before may still be on its way", async () => {
    county.setNow("2026-01-25T12:00:40+08:00");
    const early = await issues(li);
    expect([early.status, await text(early)]).toEqual([422, expect.stringContaining("请一分钟后再发布")]);
    expect(await rowsOf(county, "situation_report")).toEqual([]);
    county.setNow("2026-01-25T12:01:00+08:00");
    expect((await issues(li)).status).toBe(303);
  });

  it("is corrected by a second version that says what changed and why, and the first one stays", async () => {
    const first = leadsTo(await issues(li));
    await lateArrival();
    const same = await issues(li, draft(), { why: "示例" });
    // The note of what came late is another text; no figure differs.
    expect([same.status, (await rowsOf(county, "situation_report")).length]).toEqual([303, 2]);
    const late = draft("", { late: "1" });
    expect((await issues(li, late)).status).toBe(422);
    const answer = await issues(li, late, { why: "陈小示例一户漏登，补录一人" });
    expect(answer.status).toBe(303);
    const html = await page(li, leadsTo(answer));
    const words = plainText(html);
    expect(words).toContain("第 3 版");
    expect(words).toContain("漏登，补录一人");
    expect(html).toMatch(/武汉方向[^<]*<\/th><td[^>]*>2<\/td><td[^>]*><strong>3<\/strong>/);
    expect(words).toContain("含截止之后补录的");
    expect(plainText(await page(li, `${leadsTo(answer)}/print`))).toContain("为什么更正：陈小示例一户漏登");
    // What the text states is what the figure's own page states with what came late.
    const link = /href="([^"]*wuhanDirection[^"]*)">3</.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const counted = plainText(await page(li, link));
    expect(counted).toContain("此后又补记 +1");
    expect(counted).toContain("连同补记的：3");
    expect(plainText(await page(li, first))).toContain("已有第 3 版");
    expect(JSON.stringify(await rowsOf(county, "situation_report"))).not.toContain("漏登");
    expect(await acts()).toEqual(["issue-report", "issue-report", "issue-report"]);
  });

  it("is corrected where a typed count of a day before was wrong; what is first entered of the day itself came after", async () => {
    const fill = (client: number, date: string, values: Record<string, unknown>, clock: string) => {
      county.setNow(`2026-01-25T${clock}:00+08:00`);
      const entry = { form: publicity, unitCode: TOWN, date: `2026-01-${date}`, door: "api" as const };
      return submitCount(county.deps, { ...entry, clientId: clientId(client), values });
    };
    await fill(9101, "24", { notices: 16, leaflets: 400 }, "11:00");
    await fill(9102, "25", { leaflets: 50, letters: 3 }, "11:10");
    county.setNow("2026-01-25T12:33:00+08:00");
    await issues(li);
    await fill(9103, "24", { notices: 18, leaflets: 380, reason: "数错了" }, "12:34");
    await fill(9104, "25", { leaflets: 60, letters: 3, reason: "漏了一村" }, "12:35");
    await fill(9105, "23", { banners: 7 }, "12:36");
    const cases = { form: closures, unitCode: TOWN, date: "2026-01-25", door: "api" as const };
    await submitCount(county.deps, { ...cases, clientId: clientId(9106), values: { banquets: 5 } });
    const words = plainText(await page(li, draft()));
    expect(words).toContain("公告、通告16，其后补录 +2；发放宣传单、彩页450，其后补录 -10。");
    expect(words).not.toContain("其后补录 +5");
    const answer = await issues(li, draft("", { late: "1" }), { why: "核对后更正" });
    expect(answer.status).toBe(303);
    const corrected = plainText(await page(li, leadsTo(answer)));
    expect(corrected).toContain("公告18份，发放彩页440份");
    expect(corrected).not.toContain("劝停酒席");
  });

  it("needs no correction where nothing differs, and one that somebody saw", async () => {
    await issues(li);
    const same = await issues(li, draft(), { why: "示例" });
    expect([same.status, await text(same)]).toEqual([422, expect.stringContaining("没有变化")]);
    const html = await page(li, draft());
    const slot = /name="text\.(\w+)"/.exec(html)?.[1] ?? "";
    await li.post(draft("/paragraphs"), { [`version.${slot}`]: "0", [`text.${slot}`]: "示例段落" });
    const moved = await li.post(draft("/issue"), {
      version: "1",
      _seen: hidden(html, "_seen"),
      why: "示例理由",
    });
    const shown = await moved.text();
    expect([moved.status, plainText(shown)]).toEqual([409, expect.stringContaining("草稿在您打开之后变了")]);
    expect(shown).toContain("示例理由</textarea>");
    expect(await rowsOf(county, "situation_report")).toHaveLength(1);
  });

  it("by two officials at once is one report; the second is told who was first", async () => {
    const zhou = await county.signIn("supervisor", TOWN, "示例周");
    const html = await page(li, draft());
    const fields = { version: "0", _seen: hidden(html, "_seen") };
    const answers = await Promise.all([li.post(draft("/issue"), fields), zhou.post(draft("/issue"), fields)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    const lost = await text(answers.find(({ status }) => status === 409) ?? new Response());
    expect(lost).toMatch(/太平镇 示例[李周] 12:30 已经发布了第 1 版/);
    expect(await rowsOf(county, "situation_report")).toHaveLength(1);
    expect(await acts()).toEqual(["issue-report"]);
  });

  it.each([
    "figures = json_set(figures, '$.figures[0].value', 999)",
    "as_of = as_of - 86400000",
    "unit_code = '511781100001'",
    "hash = replace(hash, substr(hash, 1, 1), 'x')",
  ])(
    "tells on the page and on paper when what is stored is no longer what was issued: %s",
    async (altered) => {
      const there = leadsTo(await issues(li));
      await county.deps.d1.prepare(`UPDATE situation_report SET ${altered}`).run();
      for (const part of ["", "/print"])
        expect(plainText(await page(li, `${there}${part}`))).toContain("和保存的内容不一致");
    },
  );

  it.each(["sealed = substr(sealed, 1, length(sealed) - 8)", "figures = '{}'", "figures = '{'"])(
    "says that it was altered where it cannot be opened, and can be issued anew: %s",
    async (altered) => {
      const there = leadsTo(await issues(li));
      await county.deps.d1.prepare(`UPDATE situation_report SET ${altered}`).run();
      for (const part of ["", "/docx", "/print"]) {
        const answer = await li.get(`${there}${part}`);
        expect([answer.status, await text(answer)]).toEqual([409, expect.stringContaining("被改动过")]);
      }
      expect((await issues(li, draft(), { why: "示例：原件被改动" })).status).toBe(303);
    },
  );

  it("is issued from the clerk upward, written in by whoever settles, read by an inspector, and not there for others", async () => {
    const there = leadsTo(await issues(li));
    const [reporter, inspector, foreign, above] = await Promise.all([
      county.signIn("reporter", TOWN),
      county.signIn("inspector", TOWN),
      county.signIn("supervisor", "511781101"),
      county.signIn("supervisor", "511781"),
    ]);
    expect((await reporter.post(draft("/issue"))).status).toBe(403);
    expect((await reporter.post(draft("/paragraphs"))).status).toBe(303);
    expect((await inspector.post(draft("/paragraphs"))).status).toBe(403);
    for (const who of [reporter, inspector, above]) {
      await page(who, there);
      await page(who, draft());
    }
    expect(await page(inspector, draft())).not.toMatch(/<form method="post"/);
    for (const part of ["", "/docx", "/print"])
      expect((await foreign.get(`${there}${part}`)).status).toBe(404);
    expect((await li.get("/desk/reports/issued/SR-1")).status).toBe(404);
    expect((await li.get("/desk/reports/issued/SR-20260125-1200-FFFFFFFF")).status).toBe(404);
  });
});
