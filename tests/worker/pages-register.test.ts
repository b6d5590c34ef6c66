import { beforeEach, describe, expect, it } from "vitest";
import { zero } from "../support/meter.ts";
import { CLIENT, inputValue, plainText, posted, seedPoster, THREE } from "../support/pages.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
let poster: string;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
  poster = await seedPoster(county);
});

const count = async (table: string) =>
  (await county.deps.d1.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n;
const without = (name: string) => THREE.filter(([key]) => key !== name);
const send = (entries: readonly (readonly [string, string])[], path = `/r/${poster}?lang=zh-Hans`) =>
  county.fetch(path, posted(entries));

describe("the way to the form", () => {
  it("takes Amina from the county to her town, her village and the form by links alone", async () => {
    const towns = await (await county.fetch("/register?lang=zh-Hans")).text();
    expect(towns).toContain("/register?town=511781100&amp;lang=zh-Hans");
    const villages = await (await county.fetch("/register?town=511781100&lang=zh-Hans")).text();
    expect(villages).toContain("/register?unit=511781100001&amp;lang=zh-Hans");
    expect(villages).not.toContain("示例小学");
    const form = await county.fetch("/register?unit=511781100001&lang=zh-Hans");
    expect(form.headers.get("Cache-Control")).toBe("public, max-age=300");
    expect(form.headers.get("Vary")).toContain("Accept-Language");
    const html = await form.text();
    expect(plainText(html)).toContain("太平镇 示例一社区");
    expect(inputValue(html, "unit")).toBe("511781100001");
  });

  it("answers 404 to a town, a unit or a poster that nobody has, and 410 to a poster taken down", async () => {
    for (const path of [
      "/register?town=999999999",
      "/register?unit=511781999999",
      "/register?unit=%27",
      "/r/short",
    ])
      expect((await county.fetch(path)).status, path).toBe(404);
    await county.deps.d1.prepare("UPDATE link SET revoked_at = 1").run();
    const gone = await county.fetch(`/r/${poster}?lang=zh-Hans`);
    expect(gone.status).toBe(410);
    expect(await gone.text()).toContain("请向村（社区）要新的");
  });

  it("costs the database a few rows for a form, and none for the county's name the second time", async () => {
    await county.fetch("/register?unit=511781100001");
    zero(county.meter);
    await county.fetch("/register?unit=511781100002");
    expect(county.meter.read).toBeLessThanOrEqual(2);
    expect(county.meter.written).toBe(0);
  });
});

describe("a registration through the pages", () => {
  it("lets Amina look over her household of three before it is stored, and shows the receipt after", async () => {
    const check = await send([...THREE, ["_go", "check"]]);
    expect(check.status).toBe(200);
    expect(check.headers.get("Cache-Control")).toBe("private, no-cache");
    const html = await check.text();
    expect(html).toContain("阿米娜·示例");
    expect(html).toContain("1月25日 08:30");
    expect(await count("household")).toBe(0);
    const client = inputValue(html, "_client") ?? "";
    expect(client).toMatch(/^[0-9a-f-]{36}$/);

    const done = await send([...THREE, ["_client", client], ["_page", "check"], ["_go", "submit"]]);
    expect(done.status).toBe(303);
    const where = done.headers.get("Location") ?? "";
    expect(where).toMatch(/^\/p\/[\w-]{22}\/receipt\?lang=zh-Hans$/);
    expect(await count("person")).toBe(3);
    const row = await county.deps.d1.prepare("SELECT posting_point_id, unit_code FROM household").first();
    expect(row).toEqual({ posting_point_id: "P-0031", unit_code: "511781100001" });

    const receipt = await county.fetch(where);
    expect(receipt.headers.get("Cache-Control")).toBe("no-store");
    const shown = await receipt.text();
    expect(shown).toContain("今天 12:00 之前");
    expect(shown).toMatch(/WY-\d{4}-\d{4}/);
    expect(shown).not.toContain("阿米娜");
  });

  it("gives the same receipt when Amina sends the same again, and asks when it differs", async () => {
    const again = [
      ["_client", CLIENT],
      ["_go", "submit"],
    ] as const;
    const first = await send([...THREE, ...again]);
    const second = await send([...THREE, ...again]);
    expect(second.headers.get("Location")).toBe(first.headers.get("Location"));
    const other = await send([...without("address"), ["address", "示例二组 3 号"], ...again]);
    expect(other.status).toBe(409);
    const html = await other.text();
    expect(html).toContain("刚才已经提交过一份");
    expect(inputValue(html, "_client")).not.toBe(CLIENT);
    expect(await count("household")).toBe(1);
  });

  it("costs one person at a poster one batch and at most 10 rows read and 14 written, the door's own included", async () => {
    await county.fetch(`/r/${poster}`);
    const one = THREE.filter(([name]) => !/^persons\.[12]/.test(name));
    zero(county.meter);
    await send([...one, ["_client", CLIENT], ["_go", "submit"]]);
    expect(county.meter.batches).toBe(1);
    expect(county.meter.read).toBeLessThanOrEqual(10);
    expect(county.meter.written).toBeGreaterThan(0);
    expect(county.meter.written).toBeLessThanOrEqual(14);
  });

  it("keeps to the poster's unit whatever the page carried", async () => {
    await send([...THREE, ["unit", "511781101001"], ["_client", CLIENT], ["_go", "submit"]]);
    const row = await county.deps.d1.prepare("SELECT unit_code FROM household").first();
    expect(row).toEqual({ unit_code: "511781100001" });
  });

  it("does not store a form sent without a client id: the check page gives one first", async () => {
    const answer = await send([...THREE, ["_go", "submit"]]);
    expect(answer.status).toBe(200);
    expect(await count("household")).toBe(0);
  });

  it("says what is missing, at the top and at the question, keeps the rest, and stores nothing", async () => {
    const answer = await send([...without("persons.1.name"), ["_client", CLIENT], ["_go", "submit"]]);
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(answer.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(html).toMatch(/<title>错误：/);
    expect(html).toContain('href="#f-persons.1.name"');
    expect(html).toMatch(/id="f-persons\.1\.name"[^>]*aria-invalid="true"/);
    expect(html.match(/请填写姓名/g)?.length).toBeGreaterThanOrEqual(3);
    expect(html).toContain('value="阿米娜·示例"');
    expect(await count("household")).toBe(0);
  });

  it("adds and removes a person without JavaScript, with every answer kept", async () => {
    const more = await (await send([...THREE, ["_action", "add-persons"]])).text();
    expect(more).toContain('name="persons.3.name"');
    const fewer = await (await send([...THREE, ["_action", "remove-persons-1"]])).text();
    expect(fewer).not.toContain("巴希尔");
    expect(fewer).toMatch(
      /name="persons\.1\.name"[^>]*value="陈小示例"|value="陈小示例"[^>]*name="persons\.1\.name"/,
    );
    expect(fewer).not.toContain('name="persons.2.name"');
  });

  it("goes back to one question from the check page, with its control focused", async () => {
    const html = await (
      await send([...THREE, ["_client", CLIENT], ["_page", "check"], ["_change", "address"]])
    ).text();
    expect(html).toMatch(/id="f-address"[^>]*autofocus/);
    expect(inputValue(html, "_client")).toBe(CLIENT);
  });

  it("keeps what was typed when the language is switched, on the form and on the check page", async () => {
    const form = await (
      await send([...THREE, ["_page", "form"], ["_client", CLIENT], ["_lang", "en"]])
    ).text();
    expect(form).toContain('<html lang="en">');
    expect(form).toContain("示例一组 12 号");
    expect(inputValue(form, "_client")).toBe(CLIENT);
    const check = await (
      await send([...THREE, ["_page", "check"], ["_client", CLIENT], ["_lang", "zh-Hant"]])
    ).text();
    expect(check).toContain("提交前請核對");
    expect(inputValue(check, "persons.0.name")).toBe("阿米娜·示例");
  });

  it("changes the village in the middle of a form with every answer kept", async () => {
    const path = "/register?lang=zh-Hans";
    const towns = await (
      await send([...THREE, ["unit", "511781100001"], ["_action", "change-unit"]], path)
    ).text();
    expect(towns).toMatch(/name="_town" value="511781101"/);
    const villages = await (await send([...THREE, ["_page", "pick"], ["_town", "511781101"]], path)).text();
    expect(villages).toMatch(/name="_unit" value="511781101001"/);
    const form = await (
      await send([...THREE, ["_page", "pick-511781101"], ["_unit", "511781101001"]], path)
    ).text();
    expect(plainText(form)).toContain("青花镇 示例三社区");
    expect(form).toContain('value="阿米娜·示例"');
    const wrong = await send([...THREE, ["_page", "pick-511781101"], ["_unit", "511781999999"]], path);
    expect(wrong.status).toBe(422);
  });

  it("asks Mallory's filler program to send again without the hidden field, and stores nothing", async () => {
    const answer = await send([...THREE, ["_website", "http://x"], ["_client", CLIENT], ["_go", "submit"]]);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('value="阿米娜·示例"');
    expect(await count("household")).toBe(0);
  });

  it("tells Chen that the officials are being told when Chen reports fever", async () => {
    const entries = THREE.map(([key, value]): [string, string] =>
      key === "persons.2.temperature" ? [key, "37.3"] : [key, value],
    );
    const done = await send([...entries, ["_client", CLIENT], ["_go", "submit"]]);
    const html = await (await county.fetch(done.headers.get("Location") ?? "")).text();
    expect(html).toContain("您填报了发热或其他不适");
    expect(html).toContain("正在通知村（社区）、镇和县");
  });
});

describe("bad input to the registration doors", () => {
  const type = (value: string) => ({ "Content-Type": value });
  it.each([
    ["a body that is not a form", posted([], type("application/json")), 415],
    ["bytes that are not UTF-8", { ...posted([]), body: "persons.0.name=%ED%A0%80" }, 400],
    ["a broken escape", { ...posted([]), body: "persons.0.name=%E4%B" }, 400],
    ["ten thousand fields", { ...posted([]), body: "persons.0.name=a&".repeat(3_000) }, 413],
    ["a body of a megabyte", { ...posted([]), body: `note=${"a".repeat(1_000_000)}` }, 413],
    ["a broken multipart body", { ...posted([], type("multipart/form-data; boundary=x")), body: "--y" }, 400],
    ["another method", { method: "DELETE" }, 405],
    ["a form from another site", posted(THREE, { "Sec-Fetch-Site": "cross-site" }), 403],
  ] as const)("answers %s with a page that says so", async (_, init, status) => {
    for (const path of [`/r/${poster}`, "/register"]) {
      const answer = await county.fetch(`${path}?lang=zh-Hans`, init as RequestInit);
      expect(answer.status, path).toBe(status);
      expect(await answer.text()).toMatch(/<h1>[^<]{4,}<\/h1>/);
    }
    expect(await count("household")).toBe(0);
  });

  it("answers a date that does not exist, a future arrival and control characters with 422", async () => {
    for (const [name, value] of [
      ["leftOn", "2026-02-30"],
      ["arrivedAt.date", "2027-01-01"],
      ["address", "一\u0000二"],
      ["persons.0.document.number", "110105194912310021"],
    ] as const) {
      const answer = await send([...THREE, [name, value], ["_client", CLIENT], ["_go", "submit"]]);
      expect(answer.status, name).toBe(422);
    }
    expect(await count("household")).toBe(0);
  });
});
