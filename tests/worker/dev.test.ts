import { beforeEach, describe, expect, it } from "vitest";
import { putDevMail } from "../../src/db/dev-mail.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { linkOf, textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
});

const mail = (id: string, to: string, subject: string) => ({
  ...{ id, to, subject, from: "示例 <county@sample.example>" },
  text: `请看 https://baobei.example/u/x ，不是 https://mallory.example/u/x <b>`,
  html: "<p>示例</p>",
});

describe("the local start's own doors", () => {
  it("do not exist in a deployment", async () => {
    const { settings } = county.deps;
    county.deps.settings = { ...settings, DEV: undefined };
    for (const path of ["/dev", "/dev/mail", "/dev/mail.json", "/dev/doors.json", "/dev/anything"]) {
      const answer = await county.fetch(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).toBe(await (await county.fetch("/nowhere")).text());
    }
  });

  it("show the newest mail first, and one recipient's alone", async () => {
    await putDevMail(county.deps, [mail("1", "amina@sample.example", "示例甲")], county.deps.now());
    county.setNow("2026-01-25T10:05:00+08:00");
    await putDevMail(county.deps, [mail("2", "li@sample.example", "示例乙")], county.deps.now());
    const all = (await (await county.fetch("/dev/mail.json")).json()) as Record<string, string>[];
    expect(all.map(({ to, subject, at }) => [to, subject, at])).toEqual([
      ["li@sample.example", "示例乙", "2026-01-25T02:05:00.000Z"],
      ["amina@sample.example", "示例甲", "2026-01-25T02:00:00.000Z"],
    ]);
    expect(all[0]).toMatchObject({ text: expect.stringContaining("请看"), html: "<p>示例</p>" });
    const hers = await (await county.fetch("/dev/mail.json?to=Amina@sample.example")).json();
    expect(hers).toMatchObject([{ subject: "示例甲" }]);
    expect(await (await county.fetch("/dev/mail.json?to=nobody@sample.example")).json()).toEqual([]);
  });

  it("show mail as a page that links to this service only and runs nothing", async () => {
    expect(textOf(await (await county.fetch("/dev/mail")).text())).toContain("还没有邮件。");
    await putDevMail(county.deps, [mail("1", "amina@sample.example", "<i>示例甲</i>")], county.deps.now());
    const answer = await county.fetch("/dev/mail");
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const html = await answer.text();
    expect(html).toContain('<a href="https://baobei.example/u/x">');
    expect(html).not.toContain('href="https://mallory.example');
    expect(html).toContain("&lt;i&gt;示例甲&lt;/i&gt;");
  });

  it("show thirty messages a page", async () => {
    const mails = Array.from({ length: 31 }, (_, at) => mail(`${at}`, "amina@sample.example", `示例 ${at}`));
    await putDevMail(county.deps, mails, county.deps.now());
    const first = await (await county.fetch("/dev/mail?lang=en")).text();
    expect(first.match(/<article/g)).toHaveLength(30);
    expect(first).toContain("31 messages, newest first");
    const second = await (await county.fetch("/dev/mail?lang=en&page=2")).text();
    expect(second.match(/<article/g)).toHaveLength(1);
    expect((await county.fetch("/dev/mail?page=x")).status).toBe(200);
  });

  it("name every door of the county, each unit with a link that opens", async () => {
    const token = await linkOf(county, "511781100001");
    await linkOf(county, "511781100002", county.deps.now()); // ends now, so it is no door any more
    const doors = (await (await county.fetch("/dev/doors.json")).json()) as Record<string, unknown>;
    expect(doors).toEqual({
      register: "https://baobei.example/register",
      poster: [],
      tip: "https://baobei.example/tip",
      tipStatus: "https://baobei.example/tip/status",
      units: [{ code: "511781100001", name: "示例一社区", url: `https://baobei.example/u/${token}` }],
      persons: [],
      rounds: [{ code: "511781100001", name: "示例一社区", url: `https://baobei.example/u/${token}/round` }],
      officials: [],
      summary: "https://baobei.example/api/v1/summary?unit=511781",
      apiKey: expect.stringMatching(/^[\w-]{22}$/),
      mail: "https://baobei.example/dev/mail",
      openapi: "https://baobei.example/api/v1/openapi.json",
    });
    expect((await county.fetch(`/u/${token}`)).status).toBe(200);
    const page = textOf(await (await county.fetch("/dev?lang=en")).text());
    expect(page).toContain("Every door of the local demo");
    expect(page).toContain("示例一社区 511781100001");
  });

  it("add a few sample households once: two observed without a fever, one released, nobody alarmed", async () => {
    await linkOf(county, "511781100001");
    await linkOf(county, "511781100002");
    const add = async () => (await county.fetch("/dev/households", { method: "POST" })).json();
    expect(await add()).toEqual({ added: 3 });
    expect(await add()).toEqual({ added: 0 });
    const { persons } = (await (await county.fetch("/dev/doors.json")).json()) as {
      persons: { caseNumber: string; people: string[]; released: boolean; url: string }[];
    };
    expect(persons.map(({ people, released }) => [people.length, released])).toEqual([
      [3, false],
      [2, false],
      [2, true],
    ]);
    for (const { url, caseNumber } of persons) {
      const page = textOf(await (await county.fetch(new URL(url).pathname)).text());
      expect(page).toContain(caseNumber);
      expect(page).not.toContain("没填");
    }
    expect((await county.fetch(`${new URL(persons[2]?.url ?? "").pathname}/release`)).status).toBe(200);
    await runScheduled(county.deps, county.deps.now());
    expect(await (await county.fetch("/dev/mail.json")).json()).toEqual([]);
    county.deps.settings = { ...county.deps.settings, DEV: undefined };
    expect((await county.fetch("/dev/households", { method: "POST" })).status).toBe(404);
  });
});
