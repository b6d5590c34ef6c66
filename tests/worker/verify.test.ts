import { beforeEach, describe, expect, it } from "vitest";
import { releaseCodeOf } from "../../src/http/submit-observation.ts";
import { amina, dawa } from "../support/cast.ts";
import { observed, reads, releases } from "../support/observed.ts";
import { plainText } from "../support/pages.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/* Dawa and Amina came through the fourteen days; Dawa is released first. */
let county: TestCounty;
let token: string;
let caseNumber: string;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
  ({ token, caseNumber } = await observed(county, [dawa(), amina()]));
  county.setNow("2026-02-08T18:00:00+08:00");
  for (const place of [1, 2]) await reads(county, `${caseNumber}-${place}`);
  county.setNow("2026-02-09T09:30:00+08:00");
});
const open = async (path: string, lang = "zh-Hans") => county.fetch(`${path}?lang=${lang}`);
const text = async (path: string, lang?: string) => plainText(await (await open(path, lang)).text());

describe("the release notice", () => {
  it("is not there before somebody was released", async () => {
    const answer = await open(`/p/${token}/release`);
    expect(answer.status).toBe(404);
    expect(plainText(await answer.text())).toContain("还没有解除医学观察，没有告知单");
  });

  it("says whose observation ended, when, and by whom, with the surname alone", async () => {
    await releases(county, `${caseNumber}-1`);
    const answer = await open(`/p/${token}/release`);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(answer.headers.get("Referrer-Policy")).toBe("no-referrer");
    const html = await answer.text();
    const page = plainText(html);
    for (const words of [
      "解除医学观察告知单",
      `${caseNumber}-1`,
      "达*",
      "居家医学观察",
      "2026年1月25日",
      "2026年2月8日 24 时",
      "2026年2月9日 09:30",
      "李示例",
      "万源市 太平镇 示例一社区",
    ])
      expect(page).toContain(words);
    for (const secret of ["达娃", "13900000001", "E99999901", "示例一组"]) expect(html).not.toContain(secret);
    expect(html).not.toMatch(/\sstyle=/);
    expect(html.match(/<svg/g)).toHaveLength(1);
    expect(page).not.toContain(`${caseNumber}-2`);
    await releases(county, `${caseNumber}-2`);
    expect((await (await open(`/p/${token}/release`)).text()).match(/<svg/g)).toHaveLength(2);
  });

  it("stands in three languages", async () => {
    await releases(county, `${caseNumber}-1`);
    expect(await text(`/p/${token}/release`, "zh-Hant")).toContain("解除醫學觀察告知單");
    expect(await text(`/p/${token}/release`, "en")).toContain("9 February 2026, 09:30");
  });
});

describe("/verify", () => {
  it("vouches for Dawa's notice without a word about Dawa", async () => {
    await releases(county, `${caseNumber}-1`);
    const code = await releaseCodeOf(county.deps, `${caseNumber}-1`);
    expect(code).toMatch(/^\d{16}$/);
    const answer = await open(`/verify/${code}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const html = await answer.text();
    const page = plainText(html);
    for (const words of [
      "告知单有效",
      `${caseNumber.slice(-4)}-1`,
      "2026年2月9日",
      "万源市 太平镇 示例一社区",
    ])
      expect(page).toContain(words);
    for (const secret of ["达", "李示例", caseNumber, token]) expect(html).not.toContain(secret);
    expect(await text(`/verify/${code}`, "en")).toContain("This notice is genuine");
    expect((await open(`/verify/${code.replace(/(\d{4})(?=\d)/g, "$1%20")}`)).status).toBe(200);
  });

  it("answers a code of nobody's, one not released yet and what cannot be a code with 404 and clear words", async () => {
    const code = await releaseCodeOf(county.deps, `${caseNumber}-2`);
    const wrong = `${code.slice(0, 15)}${(Number(code[15]) + 1) % 10}`;
    for (const one of [code, wrong, "1", "x".repeat(300), "%00", "%F0%9F%98%80", "..%2F..", caseNumber]) {
      for (const [lang, words] of [
        ["zh-Hans", "没有查到这张告知单"],
        ["zh-Hant", "沒有查到這張告知單"],
        ["en", "There is no such release notice"],
      ] as const) {
        const answer = await open(`/verify/${one}`, lang);
        expect([one, answer.status]).toEqual([one, 404]);
        expect(plainText(await answer.text())).toContain(words);
      }
    }
  });

  it("takes no POST", async () => {
    expect((await county.fetch("/verify/1", { method: "POST" })).status).toBe(405);
  });
});
