import { beforeEach, describe, expect, it } from "vitest";
import { addContact } from "../../../src/db/contact.ts";
import { materialiseDay } from "../../../src/db/materialise.ts";
import { runBatch } from "../../../src/db/store.ts";
import { type DeskCounty, openDeskCounty } from "../../support/desk.ts";
import { zero } from "../../support/meter.ts";
import { seedUnits } from "../../support/worker.ts";

const VILLAGE = "511781100001";
const ADDRESS = "zhang.sample@example.gov.cn";
const PERSON = { role: "contact", channel: "mail", lang: "zh-Hans", name: "示例张", email: ADDRESS };

let county: DeskCounty;
beforeEach(async () => {
  county = await openDeskCounty();
  await seedUnits(county);
});

const rows = async (query: string) => (await county.deps.d1.prepare(query).all()).results;
const acts = () => rows("SELECT act, subject_id, unit_code, detail, actor FROM audit ORDER BY id");
const contactId = async () => String((await rows("SELECT id FROM contact"))[0]?.id);
const manage = (path = "") => `/desk/manage/${VILLAGE}${path}`;

describe("the units of a town", () => {
  it("warns Li of every unit that nobody would hear for, and no more once somebody is entered", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    const before = await (await li.get("/desk/units")).text();
    expect(before.match(/没有人能收到，上级也没有人能收到/g)).toHaveLength(4);
    expect(before).toContain("示例小学");
    expect(before).not.toContain("示例三社区");
    expect((await li.post(manage("/contacts"), PERSON)).status).toBe(303);
    const after = await (await li.get("/desk/units?show=silent")).text();
    expect(after).not.toContain("示例一社区");
    expect(after).toContain("示例二社区");
    expect(await (await li.get(manage())).text()).toContain("z***@example.gov.cn");
  });

  it("shows today's report, the roster, links and officials of each", async () => {
    const { deps } = county;
    await runBatch(deps.db, [materialiseDay(deps.db, "2026-01-25", deps.now(), deps.settings)]);
    county.setNow("2026-01-25T17:00:00+08:00");
    const zhou = await county.signIn("supervisor", "511781");
    const page = await (await zhou.get("/desk/units?of=511781100")).text();
    expect(page).toContain("未报");
    expect(page).toContain("没有排班");
  });

  it("finds a unit by a part of its name or the beginning of its code, and none of another town", async () => {
    const li = await county.signIn("clerk", "511781100");
    const found = async (q: string) => (await li.get(`/desk/units?${new URLSearchParams({ q })}`)).text();
    expect(await found("二社区")).toContain("511781100002");
    expect(await found("511781100s")).toContain("示例小学");
    expect(await found("三社区")).not.toContain("511781101001");
    for (const q of ["%", "_", "'", '"<script>', "ａｂｃ", "🏠", "\u202e", "社".repeat(5_000)])
      expect((await li.get(`/desk/units?${new URLSearchParams({ q })}`)).status).toBe(200);
  });

  it("reads at most 300 rows a page of a county's units, whatever stands at each, and goes on behind the last", async () => {
    const { deps } = county;
    const { d1 } = deps;
    const at = deps.now().getTime();
    const codes = JSON.stringify(
      Array.from({ length: 350 }, (_, n) => `511781101${String(n + 100).padStart(3, "0")}`),
    );
    const insert = (into: string, select: string) =>
      d1.prepare(`INSERT INTO ${into} SELECT ${select} FROM json_each(?)`).bind(codes);
    await d1.batch([
      insert("unit", `value, '示例' || value, 'village', '511781101', ${at}, NULL`),
      insert(
        "link (token_hash, purpose, unit_code, nonce, recorded_at)",
        `'hash-' || value, 'unit', value, value, ${at}`,
      ),
      insert(
        "contact (id, unit_code, role, lang, address_index, sealed, recorded_at)",
        `'c-' || value, value, 'contact', 'zh-Hans', 'x', 'x', ${at}`,
      ),
      insert(
        "contact (id, unit_code, role, lang, address_index, sealed, recorded_at, unreachable_at)",
        `'l-' || value, value, 'contact', 'zh-Hans', 'y', 'x', ${at}, ${at}`,
      ),
      insert(
        "official (id, email_index, unit_code, role, lang, sealed, recorded_at)",
        `'o-' || value, value, value, 'reporter', 'zh-Hans', 'x', ${at}`,
      ),
      insert(
        "shift (id, unit_code, contact_id, post, starts_at, ends_at, recorded_at)",
        `'s-' || value, value, 'x', 'duty', ${at}, ${at + 1}, ${at}`,
      ),
    ]);
    await runBatch(deps.db, [materialiseDay(deps.db, "2026-01-25", deps.now(), deps.settings)]);
    const zhou = await county.signIn("supervisor", "511781");
    zero(county.meter);
    const page = await (await zhou.get("/desk/units?of=511781101")).text();
    expect(county.meter.read).toBeLessThanOrEqual(300);
    expect(page.match(/data-head="类型"/g)).toHaveLength(26);
    const next = /after=(\d+)/.exec(page)?.[1] ?? "";
    expect(await (await zhou.get(`/desk/units?of=511781101&after=${next}`)).text()).toContain(
      `511781101${String(Number(next.slice(9)) + 1).padStart(3, "0")}`,
    );
  });

  it("starts anew for a cursor that was made up, and knows no foreign unit", async () => {
    const li = await county.signIn("clerk", "511781100");
    expect((await li.get("/desk/units?after=%27%20OR%201=1")).status).toBe(200);
    expect((await li.get("/desk/units?after=511781101001&q=示例")).status).toBe(200);
    for (const of of ["511781", "511781101", "511781101001", "nonsense", "999999"])
      expect((await li.get(`/desk/units?of=${of}`)).status, of).toBe(404);
  });
});

describe("who hears for a village", () => {
  it("is masked until somebody looks, and who looked is on record", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/contacts"), PERSON);
    const id = await contactId();
    expect(await (await li.get(manage())).text()).not.toContain(ADDRESS);
    const wu = await county.signIn("reporter", VILLAGE);
    const shown = await wu.post(manage(`/contacts/${id}/reveal`));
    expect(shown.headers.get("Cache-Control")).toBe("no-store");
    expect(await shown.text()).toContain(ADDRESS);
    expect((await acts()).map(({ act, actor }) => [act, actor])).toEqual([
      ["add-contact", `official/${li.id}`],
      ["reveal-contact", `official/${wu.id}`],
    ]);
    expect(JSON.stringify(await acts())).not.toContain("zhang");
  });

  it("can be looked at by an inspector, but neither revealed nor changed; a reporter changes nothing", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/contacts"), PERSON);
    const id = await contactId();
    const inspector = await county.signIn("inspector", "511781");
    expect((await inspector.get(manage())).status).toBe(200);
    expect((await inspector.post(manage(`/contacts/${id}/reveal`))).status).toBe(403);
    for (const one of [inspector, await county.signIn("reporter", VILLAGE)])
      for (const path of ["/contacts", `/contacts/${id}/remove`, `/contacts/${id}/clear`])
        expect((await one.post(manage(path), PERSON)).status, path).toBe(403);
  });

  it("is nobody's business in another town: 404, as if there were none", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/contacts"), PERSON);
    const id = await contactId();
    const other = await county.signIn("admin", "511781101");
    expect((await other.get(manage())).status).toBe(404);
    for (const path of ["/contacts", `/contacts/${id}/reveal`, `/contacts/${id}/remove`])
      expect((await other.post(manage(path), PERSON)).status, path).toBe(404);
    // Nor does a foreign contact's id open under one's own unit.
    expect((await other.post(`/desk/manage/511781101001/contacts/${id}/reveal`)).status).toBe(404);
    expect((await other.post(`/desk/manage/511781101001/contacts/${id}/remove`)).status).toBe(404);
    expect(await rows("SELECT removed_at FROM contact")).toEqual([{ removed_at: null }]);
  });

  it.each([
    ["a wrong role", { role: "care" }, "f-role"],
    ["no name", { name: " " }, "f-name"],
    ["ten thousand characters", { name: "x".repeat(10_000) }, "f-name"],
    ["no address", { email: "zhang" }, "f-email"],
    ["two addresses", { email: "a@example.com,b@example.com" }, "f-email"],
    ["a channel that is none", { channel: "sms" }, "f-channel"],
    ["a language that is none", { lang: "fr" }, "f-lang"],
    ["a url that is none", { channel: "webhook", url: "nonsense", secret: "" }, "f-url"],
    ["plain http", { channel: "webhook", url: "http://example.com/x" }, "f-url"],
    ["a private host", { channel: "webhook", url: "https://192.168.1.10/x" }, "f-url"],
    ["the machine itself", { channel: "webhook", url: "https://[::1]/x" }, "f-url"],
    ["the cloud's metadata", { channel: "webhook", url: "https://169.254.169.254/latest" }, "f-url"],
    [
      "a bot that lives elsewhere",
      { channel: "wecom", url: "https://example.com/cgi-bin/webhook/send" },
      "f-url",
    ],
    ["a webhook without a secret", { channel: "webhook", url: "https://example.com/x" }, "f-secret"],
  ])("refuses %s, says where, and keeps what was typed", async (_what, wrong, anchor) => {
    const li = await county.signIn("clerk", "511781100");
    const answer = await li.post(manage("/contacts"), { ...PERSON, phone: "13800138000", ...wrong });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain(`href="#${anchor}"`);
    expect(page).toContain("13800138000");
    expect(page).toContain("<title>错误：");
    expect(await rows("SELECT id FROM contact")).toEqual([]);
    expect(await acts()).toEqual([]);
  });

  it("takes a group's bot, stored sealed", async () => {
    const li = await county.signIn("clerk", "511781100");
    const url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f00a51c-sample";
    expect((await li.post(manage("/contacts"), { ...PERSON, channel: "wecom", url, email: "" })).status).toBe(
      303,
    );
    const page = await (await li.get(manage())).text();
    expect(page).toContain("qyapi.weixin.qq.com/…");
    expect(page).not.toContain("0f00a51c");
    expect(JSON.stringify(await rows("SELECT * FROM contact"))).not.toContain("0f00a51c");
  });

  it("stands once: the same address again is told so, and a removed one comes back under its new name", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/contacts"), PERSON);
    const again = await li.post(manage("/contacts"), { ...PERSON, email: ADDRESS.toUpperCase() });
    expect(again.status).toBe(409);
    expect(await again.text()).toContain("已经有了");
    const id = await contactId();
    await li.post(manage(`/contacts/${id}/remove`));
    await li.post(manage("/contacts"), { ...PERSON, name: "赵示例" });
    expect(await (await li.get(manage())).text()).toContain("赵*");
    expect(await rows("SELECT count(*) AS n FROM contact")).toEqual([{ n: 1 }]);
    expect((await acts()).map(({ act }) => act)).toEqual(["add-contact", "remove-contact", "add-contact"]);
  });

  it("is told to again once the address was checked", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/contacts"), PERSON);
    const id = await contactId();
    await county.deps.d1.exec("UPDATE contact SET unreachable_at = 1, unreachable_why = 'bounced-permanent'");
    expect(await (await li.get(manage())).text()).toContain("没有一个联系人能通知到");
    expect((await li.post(manage(`/contacts/${id}/clear`))).status).toBe(303);
    expect(await rows("SELECT unreachable_at, unreachable_why FROM contact")).toEqual([
      { unreachable_at: null, unreachable_why: null },
    ]);
  });

  it("is removed by one of two officials; the other is told who and when", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    await li.post(manage("/contacts"), PERSON);
    const path = manage(`/contacts/${await contactId()}/remove`);
    const answers = await Promise.all([li.post(path), zhou.post(path)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const loser = await answers.find(({ status }) => status === 409)?.text();
    expect(loser).toMatch(/这件事已经有人办了：(太平镇 示例李|万源市 示例周)，今天 10:00/);
    expect((await acts()).filter(({ act }) => act === "remove-contact")).toHaveLength(1);
  });

  it("does not include a household's care team, which stands with the household", async () => {
    const { deps } = county;
    const entry = { unitCode: VILLAGE, role: "care", lang: "zh-Hans", name: "示例", email: ADDRESS } as const;
    await runBatch(deps.db, [
      (await addContact(deps, { ...entry, id: "care-1", recordedAt: deps.now() })).statement,
    ]);
    const li = await county.signIn("clerk", "511781100");
    expect(await (await li.get(manage())).text()).not.toContain("care-1");
    expect((await li.post(manage("/contacts/care-1/reveal"))).status).toBe(404);
    expect((await li.post(manage("/contacts/care-1/remove"))).status).toBe(404);
  });
});
