import { beforeEach, describe, expect, it } from "vitest";
import { ASSETS } from "../../src/views/assets.ts";
import { blank, type Home, MORNING, openHome, well } from "../support/home.ts";
import { zero } from "../support/meter.ts";
import { reads } from "../support/observed.ts";
import { inputValue, plainText, posted } from "../support/pages.ts";
import { rowsOf } from "../support/records.ts";

let home: Home;
beforeEach(async () => {
  home = await openHome();
});

describe("a household under observation", () => {
  it("is asked for the slot now open, a card for each, nothing filled in, nobody's full name anywhere", async () => {
    const { answer, html } = await home.open();
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(answer.headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(answer.headers.get("X-Robots-Tag")).toBe("noindex");
    const page = plainText(html);
    expect(page).toContain("今天早测");
    expect(page).toContain("12:00 前填好");
    expect(page).toContain("观察第 0 天（共 14 天），到2月8日 24 时为止");
    for (const who of ["1. 阿*", "2. 巴*", "3. 陈*"]) expect(page).toContain(who);
    for (const place of [1, 2, 3]) {
      expect(inputValue(html, `m.${place}.temperature`)).toBe("");
      expect(inputValue(html, `client.${place}`)).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(html).toContain('inputmode="decimal"');
    expect(html).not.toMatch(/checked/);
    for (const secret of ["阿米娜", "巴希尔", "陈小", "13900000001", "示例一组"])
      expect(html).not.toContain(secret);
    expect(/<title>(.*?)<\/title>/.exec(html)?.[1]).toBe("体温和观察 - 万源市 · 返乡报备");
  });

  it("costs a phone at most 14 KB on the first visit: page, stylesheets and script, gzip", async () => {
    for (const lang of ["zh-Hans", "zh-Hant", "en"]) {
      const parts = [`/p/${home.token}?lang=${lang}`, ASSETS.css, ASSETS.personCss, ASSETS.js];
      const sizes = await Promise.all(
        parts.map(async (path) => {
          const body = (await home.county.fetch(path)).body as ReadableStream;
          return (await new Response(body.pipeThrough(new CompressionStream("gzip"))).arrayBuffer())
            .byteLength;
        }),
      );
      expect(
        sizes.reduce((sum, size) => sum + size, 0),
        `${lang}: ${sizes}`,
      ).toBeLessThanOrEqual(14 * 1024);
    }
  });

  it("stores everybody in one POST, thanks, and says when the next one is", async () => {
    const { html } = await home.open();
    const answer = await home.send(html, [...well(1), ...well(2, "36.8"), ...well(3, "37.2")]);
    expect(answer.status).toBe(303);
    const next = answer.headers.get("Location") ?? "";
    expect(next).toBe(`/p/${home.token}?done=${encodeURIComponent(MORNING)}&lang=zh-Hans`);
    expect(await home.stored()).toEqual([
      ["1", 1, MORNING, 365, 0],
      ["2", 1, MORNING, 368, 0],
      ["3", 1, MORNING, 372, 0],
    ]);
    const thanks = plainText(await (await home.county.fetch(next)).text());
    expect(thanks).toContain("已收到，谢谢");
    expect(thanks).toContain("37.2 ℃，没有不适");
    expect(thanks).toContain("下一次：今天晚测，17:00 至 23:00 填");
    expect(thanks).not.toContain("发热或不适");
    expect(await home.text("", "en")).toContain("Everything is entered");
  });

  it("takes full-width digits as digits", async () => {
    const { html } = await home.open();
    expect((await home.send(html, well(1, "３６．５"))).status).toBe(303);
    expect(await home.stored()).toEqual([["1", 1, MORNING, 365, 0]]);
  });

  it("costs one look at the link and one batch, within the budget of a reading for each", async () => {
    const { html } = await home.open();
    zero(home.county.meter);
    expect((await home.send(html, well(1))).status).toBe(303);
    expect(home.county.meter.batches).toBe(1);
    expect(home.county.meter.read, "rows read").toBeLessThanOrEqual(10 + 1);
    expect(home.county.meter.written, "rows written").toBeLessThanOrEqual(6);
  });

  it("lets whoever is not measured yet wait, and says who is missing and until when", async () => {
    const { html } = await home.open();
    const answer = await home.send(html, [...well(1), ...blank(2), ...blank(3)]);
    expect(answer.status).toBe(303);
    const { html: after } = await home.open(`&done=${MORNING}`);
    expect(plainText(after)).toContain("还有 2 人没填，请在今天 12:00 前填好");
    expect(inputValue(after, "client.1")).toBeUndefined();
    expect(inputValue(after, "m.2.temperature")).toBe("");
  });

  it("answers the same cards sent again as the first time, and stores them once", async () => {
    const { html } = await home.open();
    const sent = [...well(1), ...well(2)];
    expect((await home.send(html, sent)).status).toBe(303);
    expect((await home.send(html, sent)).status).toBe(303);
    expect(await home.stored()).toHaveLength(2);
  });

  it("stores a correction asked for as such, shows what stood before, and keeps both", async () => {
    await home.send((await home.open()).html, [...well(1), ...well(2), ...well(3)]);
    home.county.setNow("2026-01-25T11:00:00+08:00");
    const { html } = await home.open(`&slot=${MORNING}&who=2`);
    expect(plainText(html)).toContain("改正今天早测");
    expect(plainText(html)).toContain("原来填的是：36.5 ℃，没有不适");
    expect(inputValue(html, "m.2.temperature")).toBe("");
    expect(inputValue(html, "client.1")).toBeUndefined();
    expect((await home.send(html, well(2, "36.9"))).status).toBe(303);
    expect((await home.stored()).filter(([who]) => who === "2")).toEqual([
      ["2", 1, MORNING, 365, 0],
      ["2", 2, MORNING, 369, 0],
    ]);
    expect(await home.text(`&done=${MORNING}`)).toContain("36.9 ℃");
  });

  it("says between slots when the next one opens, and offers a missed one until its day is over", async () => {
    await home.send((await home.open()).html, well(1));
    home.county.setNow("2026-01-25T13:00:00+08:00");
    const page = await home.text();
    expect(page).toContain("补早测（今天）");
    expect(page).toContain("可以补到明天 12:00，会记为补报");
    expect(page).toContain("今天早测已填");
    const { html } = await home.open();
    await home.send(html, [...well(2), ...well(3)]);
    expect((await home.stored()).map((row) => row[4])).toEqual([0, 1, 1]);
    const later = await home.text();
    expect(later).toContain("现在不用填");
    expect(later).toContain("下一次：今天晚测，17:00 至 23:00 填");
    expect(later).toContain("补报");
  });

  it("asks for the open slot first and still offers the missed one", async () => {
    home.county.setNow("2026-01-25T18:00:00+08:00");
    const page = await home.text();
    expect(page).toContain("今天晚测");
    expect(page).toContain("23:00 前填好");
    expect(page).toContain("3 人没填，可补到明天 12:00");
    const { html } = await home.open(`&slot=${MORNING}`);
    expect(inputValue(html, "slot")).toBe(MORNING);
  });

  it("shows what was read in a table, missed slots included", async () => {
    await home.send((await home.open()).html, [...well(1), ...well(2)]);
    home.county.setNow("2026-01-26T09:00:00+08:00");
    const { html } = await home.open();
    const table = plainText(/<table>[\s\S]*<\/table>/.exec(html)?.[0].replace(/<\/t[hd]>/g, "|") ?? "");
    expect(table).toContain("昨天早测|36.5|36.5|没填|");
    expect(table).toContain("昨天晚测|没填|没填|没填|");
  });

  it("acknowledges the four measures once, with the time", async () => {
    expect(await home.text()).toContain("还有一件事：请看一遍四条措施");
    const acknowledge = () => home.county.fetch(`/p/${home.token}/measures?lang=zh-Hans`, posted([]));
    expect((await acknowledge()).status).toBe(303);
    home.county.setNow("2026-01-25T11:00:00+08:00");
    expect((await acknowledge()).status).toBe(303);
    expect(await home.text()).toContain("您家已在 1月25日 10:00 确认");
  });

  it("keeps every answer when the language is switched", async () => {
    const { html } = await home.open();
    const answer = await home.send(html, [...well(1, "36.4"), ["_lang", "en"]]);
    expect(answer.status).toBe(200);
    const english = await answer.text();
    expect(english).toContain('<html lang="en">');
    expect(inputValue(english, "m.1.temperature")).toBe("36.4");
    expect(inputValue(english, "client.1")).toBe(inputValue(html, "client.1"));
    expect(await home.stored()).toEqual([]);
  });
});

describe("Chen with fever", () => {
  it.each([
    ["37.3 °C and no symptom", "37.3", "no", "37.3 ℃，发热"],
    ["a symptom at 36.5 °C", "36.5", "yes", "36.5 ℃，有不适"],
  ])("is told at once what to do and who was told: %s", async (_, temperature, symptoms, said) => {
    const { html } = await home.open();
    const cards = [...well(1), ...well(3, temperature)].map(([name, value]): [string, string] =>
      name === "m.3.symptoms" ? [name, symptoms] : [name, value],
    );
    const answer = await home.send(html, cards);
    const page = await (await home.county.fetch(answer.headers.get("Location") ?? "")).text();
    expect(plainText(page)).toContain(said);
    for (const words of ["正在通知村（社区）", "今天 12:00 前会有人与您联系", "不要出门", "打 120"])
      expect(plainText(page)).toContain(words);
    expect(page).toContain('href="tel:08188600000"');
    expect(page).toContain('class="note alarm"');
    expect((await rowsOf(home.county, "obligation")).filter(({ kind }) => kind === "response")).toHaveLength(
      1,
    );
  });

  it("is told when it is overdue that nobody called", async () => {
    await reads(home.county, `${home.caseNumber}-3`, { temperature: 38.1 });
    home.county.setNow("2026-01-25T12:30:00+08:00");
    expect(await home.text()).toContain("应在今天 12:00 前与您联系，已逾期");
  });
});
