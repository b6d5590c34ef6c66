import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.tsx";
import { ASSETS } from "../../src/views/assets.ts";
import { CLIENT, posted, seedPoster, THREE } from "../support/pages.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
let poster: string;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
  poster = await seedPoster(county);
});

const gzipped = async (text: string) => {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
};
const read = async (path: string) => (await county.fetch(path)).text();

describe("what a phone has to fetch", () => {
  it("is at most 14 KB for the first visit of the form: page, stylesheet and script, gzip", async () => {
    for (const lang of ["zh-Hans", "zh-Hant", "en"]) {
      const parts = [`/r/${poster}?lang=${lang}`, ASSETS.css, ASSETS.js];
      const sizes = await Promise.all(parts.map(async (path) => gzipped(await read(path))));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(total, `${lang}: ${sizes.join(" + ")}`).toBeLessThanOrEqual(14 * 1024);
    }
  });

  it("comes from this service alone, without inline style or script", async () => {
    for (const path of ["/", "/register", `/r/${poster}`, "/tip", "/tip/status", "/nothing-here"]) {
      const html = await read(path);
      expect(html, path).not.toMatch(
        /\sstyle=|\son[a-z]+=|<script(?![^>]*src=)|(?:src|href)="(?:https?:)?\/\//,
      );
      expect(html, path).toContain("<!doctype html>");
    }
  });

  it("holds no word of JavaScript or CSS that a WeChat of 2018 does not know", async () => {
    const js = await read(ASSETS.js);
    expect(js).not.toMatch(/\?\.|\?\?|\bimport\b|\bawait\b|\.replaceAll|\.at\(|\.flat\(|\.fromEntries/);
    const css = await read(ASSETS.css);
    expect(css).not.toMatch(/:has\(|:is\(|:where\(|\bclamp\(|\bmin\(|\bmax\(|[^-]gap:|inset:|&/);
  });
});

describe("the frame", () => {
  it("names the county, the language and the doors, in each of the three languages", async () => {
    for (const [lang, word] of [
      ["zh-Hans", "从外地回来的人和家里人在这里报备"],
      ["zh-Hant", "從外地回來的人和家裡人在這裡報備"],
      ["en", "Register a return"],
    ] as const) {
      const html = await read(`/?lang=${lang}`);
      expect(html).toContain(`<html lang="${lang}">`);
      expect(html).toContain("万源市");
      expect(html).toContain(word);
      for (const path of ["/register", "/tip", "/tip/status"])
        expect(html).toContain(`href="${path}?lang=${lang}"`);
    }
  });

  it("answers an unknown address with a page that says what to do next", async () => {
    const answer = await county.fetch("/nothing-here?lang=zh-Hans");
    expect(answer.status).toBe(404);
    const html = await answer.text();
    expect(html).toContain("重新扫海报上的二维码");
    expect(html).toContain('href="/?lang=zh-Hans"');
  });
});

describe("a database that fails", () => {
  const broken = (path: string, entries: readonly (readonly [string, string])[]) => {
    const { deps } = county;
    const db = Object.create(deps.db, {
      batch: { value: () => Promise.reject(new Error("D1_ERROR: sample")) },
    }) as typeof deps.db;
    const request = new Request(new URL(path, "https://baobei.example"), posted(entries));
    return createApp(async () => ({ ...deps, db })).fetch(request, { DB: deps.d1 });
  };

  it("answers 503 with everything Amina typed and the same client id, so that sending again is safe", async () => {
    const entries = [...THREE, ["_client", CLIENT], ["_go", "submit"]] as const;
    const answer = await broken(`/r/${poster}?lang=zh-Hans`, entries);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("Retry-After")).toBe("30");
    const html = await answer.text();
    expect(html).toContain("填写的内容还在，再提交一次不会重复");
    expect(html).toContain('value="阿米娜·示例"');
    expect(html).toContain(`value="${CLIENT}"`);
    expect((await county.fetch(`/r/${poster}?lang=zh-Hans`, posted(entries))).status).toBe(303);
  });

  it("keeps the words of Wu's tip too", async () => {
    const answer = await broken("/tip?lang=zh-Hans", [
      ["category", "other"],
      ["unit", "511781"],
      ["text", "示例线索"],
      ["_client", CLIENT],
    ]);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain("示例线索</textarea>");
  });
});

describe("too many at once", () => {
  const slow = (path: string, init: RequestInit) =>
    createApp(async () => county.deps).fetch(new Request(new URL(path, "https://baobei.example"), init), {
      DB: county.deps.d1,
      PER_ADDRESS: { limit: async () => ({ success: false }) },
    });

  it("asks to wait, says how long, and keeps every answer of a registration", async () => {
    for (const go of ["check", "submit"]) {
      const answer = await slow(
        `/r/${poster}?lang=zh-Hans`,
        posted([...THREE, ["_client", CLIENT], ["_go", go]]),
      );
      expect(answer.status).toBe(429);
      expect(answer.headers.get("Retry-After")).toBe("60");
      const html = await answer.text();
      expect(html).toContain("提交太快");
      expect(html).toContain('value="阿米娜·示例"');
      expect(html).toContain(`value="${CLIENT}"`);
    }
    const stored = await county.deps.d1.prepare("SELECT count(*) AS n FROM household").first();
    expect(stored).toEqual({ n: 0 });
  });

  it("keeps the words of a tip, and still switches the language", async () => {
    const tip: [string, string][] = [
      ["category", "other"],
      ["unit", "511781"],
      ["text", "示例线索"],
    ];
    const answer = await slow("/tip?lang=zh-Hans", posted(tip));
    expect(answer.status).toBe(429);
    expect(answer.headers.get("Retry-After")).toBe("60");
    expect(await answer.text()).toContain("示例线索</textarea>");
    expect((await slow("/tip?lang=zh-Hans", posted([...tip, ["_lang", "en"]]))).status).toBe(200);
  });
});
