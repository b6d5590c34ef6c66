import { beforeEach, describe, expect, it } from "vitest";
import { feverClinic } from "../../forms/fever-clinic.ts";
import { recordForms } from "../../forms/records.ts";
import { fileRecord, takeStep } from "../../src/http/submit-record.ts";
import { SCRIPT, STYLESHEET } from "../../src/views/assets.ts";
import { PUBLIC_LISTS } from "../../src/views/home.tsx";
import { clientId } from "../support/cast.ts";
import { textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/* /lists/fever-clinic: anybody looks for somewhere to go. */
const COUNTY = "511781";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  await county.deps.d1
    .prepare(
      "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES ('511781100B01', '示例镇卫生院', 'bureau', '511781100', 0)",
    )
    .run();
});

const whose = { form: feverClinic, door: "unit", actor: "sample" } as const;
const open = (n: number, name: string, unitCode = COUNTY) =>
  fileRecord(county.deps, {
    ...{ ...whose, unitCode, clientId: clientId(n) },
    values: {
      ...{ name, kind: "clinic", address: `样本路 ${n} 号`, telephone: "0818-1234567", hours: "24 小时" },
    },
  });
const step = (n: number, id: string, name: string, values: Record<string, unknown> = {}) =>
  takeStep(county.deps, { ...whose, unitCode: COUNTY, id, step: name, clientId: clientId(n), values });
const zipped = async (text: string): Promise<number> => {
  const stream = new Response(text).body?.pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
};
const page = async (path: string) => {
  const answer = await county.fetch(path);
  const html = await answer.text();
  return { status: answer.status, headers: answer.headers, html, text: textOf(html) };
};

describe("anybody who runs a fever", () => {
  it("finds the list from the first page, and a sentence where there is no clinic yet", async () => {
    expect((await page("/")).html).toContain('href="/lists/fever-clinic?lang=zh-Hans"');
    const { status, text } = await page("/lists/fever-clinic");
    expect([status, text.includes("还没有公布发热门诊")]).toEqual([200, true]);
    expect((await page("/lists/fever-clinic?lang=en")).text).toContain("No fever clinic");
  });

  it("reads name, address, telephone to tap and hours as they are now, and not of what has closed", async () => {
    const [first, second] = [await open(1, "样本县医院"), await open(2, "样本镇卫生院")];
    await step(3, first.id, "changed", { telephone: "0818-7654321", hours: "8:00–18:00" });
    await step(4, second.id, "closed");
    const { status, html, text, headers } = await page("/lists/fever-clinic");
    expect(status).toBe(200);
    expect(text).toContain("样本县医院 类别 发热门诊 地址 样本路 1 号 电话");
    expect(html).toContain('href="tel:08187654321"');
    expect(text).toContain("0818-765 4321");
    expect(text).toContain("8:00–18:00");
    expect(text).not.toContain("样本镇卫生院");
    expect(html).not.toMatch(/FR-\d{4}-\d{4}/);
    expect(headers.get("Cache-Control")).toBe("public, max-age=300");
    expect(headers.get("Vary")).toContain("Accept-Language");
  });

  it("finds what a town entered under the town's own name, after the county's", async () => {
    await open(1, "样本县医院");
    await open(2, "样本镇卫生院", "511781100");
    const { text } = await page("/lists/fever-clinic");
    const [, county, town] = /(样本县医院).*太平镇.*(样本镇卫生院)/.exec(text) ?? [];
    expect([county, town]).toEqual(["样本县医院", "样本镇卫生院"]);
  });

  it("loads it in one round trip with sixty clinics, and chooses a town where there are more", async () => {
    const text = "样本医院发热门诊急诊楼东侧第二入口";
    for (let n = 0; n < 40; n++) await open(100 + n, `${text}${n * 7919}`);
    for (let n = 40; n < 60; n++) await open(100 + n, `${text}${n * 7919}`, "511781100B01");
    const { html } = await page("/lists/fever-clinic");
    expect(html.match(/tel:/g)).toHaveLength(60);
    const sizes = await Promise.all([html, STYLESHEET, SCRIPT].map(zipped));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(14 * 1024);
    await open(200, "样本医院");
    const many = await page("/lists/fever-clinic");
    expect(many.text).toContain("选择乡镇（街道） 太平镇 青花镇");
    expect(many.html.match(/tel:/g)).toHaveLength(41);
    const town = await page("/lists/fever-clinic?town=511781100");
    expect(town.html.match(/tel:/g)).toHaveLength(20);
    expect((await page("/lists/fever-clinic?town=511781999")).status).toBe(422);
  });

  it("is led to every list that a form opens, under the form's own name", () => {
    const open = recordForms.filter(({ record }) => record.open);
    expect(PUBLIC_LISTS.map(([path, name]) => [path, name])).toEqual(
      open.map(({ name, title }) => [`/lists/${name}`, title]),
    );
  });

  it("finds no list of what is nobody's business", async () => {
    for (const name of ["exit-pass", "banquet", "constructor", "no-such", ""])
      expect((await page(`/lists/${name}`)).status, name).toBe(404);
  });
});
