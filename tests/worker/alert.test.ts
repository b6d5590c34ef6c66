import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { alertToken, openAlertToken } from "../../src/db/alert-link.ts";
import { removeContact } from "../../src/db/contact.ts";
import { meetObligation } from "../../src/db/obligation.ts";
import { runBatch } from "../../src/db/store.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { CAST, enter, minute, owe, seedCast } from "../support/alarm.ts";
import { zero } from "../support/meter.ts";
import { linkOf, textOf } from "../support/unit-door.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

const DAY = "2026-01-25";
const iso = (clock: string, day = DAY) => `${day}T${clock}:00+08:00`;
const at = (clock: string) => new Date(iso(clock)).getTime();
let county: TestCounty;

/** Bashir's report is due at 16:00 and does not come; at 16:30 the town hears. */
beforeEach(async () => {
  county = await openCounty(iso("10:00"));
  await seedCast(county);
});
const report = () => owe(county, "daily-report", CAST.bashir.unitCode, DAY, iso("00:00"), iso("16:00"));

const messageTo = async (contactId: string): Promise<string> => {
  const rows = await county.deps.db.all<{ id: string }>(
    sql`SELECT id FROM outbox WHERE contact_id = ${contactId} ORDER BY recorded_at DESC, id LIMIT 1`,
  );
  return rows[0]?.id ?? "";
};
const pathTo = async (contactId: string) => `/a/${await alertToken(county.deps, await messageTo(contactId))}`;
const page = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await county.fetch(path, { headers });
  return { status: answer.status, headers: answer.headers, html: await answer.text() };
};
const read = async (path: string) => textOf((await page(path)).html);
const press = (path: string, headers: Record<string, string> = { "Sec-Fetch-Site": "same-origin" }) =>
  county.fetch(`${path}/ack`, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: "",
  });
const all = (query: ReturnType<typeof sql>) => county.deps.db.all<Record<string, unknown>>(query);
const climb = async (id: string) =>
  (
    await all(
      sql`SELECT version, next_due_at AS next, held_for AS held, ack_until AS until FROM obligation WHERE id = ${id}`,
    )
  )[0];
const everything = () =>
  Promise.all(
    ["obligation", "outbox", "alert", "transition", "audit", "contact"].map((table) =>
      all(sql.raw(`SELECT * FROM ${table}`)),
    ),
  );

describe("the link of an alert", () => {
  it("opens its own message and no other, and is nowhere stored", async () => {
    const token = await alertToken(county.deps, "digest/wave/bashir");
    expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{22}$/);
    expect(await openAlertToken(county.deps, token)).toBe("digest/wave/bashir");
    const other = await alertToken(county.deps, "digest/wave/li");
    const forged = `${other.split(".")[0]}.${token.split(".")[1]}`;
    for (const wrong of [
      "",
      "x",
      ".",
      forged,
      `${token}x`,
      token.slice(1),
      token.replace(".", "/"),
      `=${token}`,
    ])
      await expect(openAlertToken(county.deps, wrong), wrong).rejects.toThrow("link-unknown");
  });

  it("that Mallory makes up is a page that says so, and one of a message that never was too", async () => {
    for (const token of [
      "abc",
      `${"A".repeat(20)}.${"A".repeat(22)}`,
      await alertToken(county.deps, "digest/x/y"),
    ]) {
      const { status, html } = await page(`/a/${token}`);
      expect(status).toBe(404);
      expect(textOf(html)).toContain("这个链接不对");
      expect((await press(`/a/${token}`)).status).toBe(404);
    }
  });
});

describe("the page of Li's alert", () => {
  it("tells its whole story: due, detected, sent, and who was told before", async () => {
    await report();
    await minute(county, iso("16:00"));
    await minute(county, iso("16:30"));
    county.setNow(iso("16:35"));
    const text = await read(await pathTo("li"));
    for (const said of [
      "太平镇 · 联络员 · 电子邮件",
      "逾期提醒",
      "1月25日的日报告",
      "示例二社区（太平镇）",
      "逾期 35 分",
      "16:00 到期",
      "告诉过谁（2）",
      "16:00 示例二社区 · 联络员 · 电子邮件",
      "第 1 步 · 逾期提醒",
      "16:30 太平镇 · 联络员 · 电子邮件 · 本条",
      "系统发现 16:30",
      "可以发出 16:30",
      "发出 16:30",
      "送达 –",
      "下次提醒 17:30",
    ])
      expect(text).toContain(said);
    // Neither a name nor an address, and nobody else's link.
    expect(text).not.toMatch(/示例li|sample\.example/);
  });

  it("changes nothing by being looked at: link previews come by too", async () => {
    const id = await report();
    await minute(county, iso("16:00"));
    const path = await pathTo("bashir");
    const before = await everything();
    await page(path);
    await county.fetch(path, { method: "HEAD" });
    expect((await county.fetch(`${path}/ack`)).status).toBe(405);
    expect(await everything()).toEqual(before);
    expect(await climb(id)).toMatchObject({ until: null });
  });

  it("is kept by no browser, listed by no search, and says nothing to the next site", async () => {
    await report();
    await minute(county, iso("16:00"));
    const { headers } = await page(await pathTo("bashir"));
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("X-Robots-Tag")).toBe("noindex");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
  });

  it("speaks the contact's language, unless the reader chose another", async () => {
    await enter(county, "james", {
      unitCode: CAST.bashir.unitCode,
      email: "james@sample.example",
      lang: "en",
    });
    await report();
    await minute(county, iso("16:00"));
    const path = await pathTo("james");
    const own = await page(path, { "Accept-Language": "zh-CN" });
    expect(own.html).toContain('<html lang="en">');
    expect(textOf(own.html)).toContain("Daily report of 25 January");
    expect((await page(`${path}?lang=zh-Hant`)).html).toContain("日報告");
    expect((await page(await pathTo("bashir"), { "Accept-Language": "en" })).html).toContain(
      '<html lang="zh-Hans">',
    );
  });

  it("leads whoever reads it alone to the unit's own door, and a group never", async () => {
    await report();
    await minute(county, iso("16:00"));
    const path = await pathTo("bashir");
    expect(await read(path)).not.toContain("打开本单位页面办理");
    const token = await linkOf(county, CAST.bashir.unitCode);
    expect((await page(path)).html).toContain(`/u/${token}?lang=zh-Hans`);
    await county.deps.db.run(sql`UPDATE outbox SET channel = 'wecom'`);
    const { html } = await page(path);
    expect(html).not.toContain("/u/");
    expect(textOf(html)).toContain("企业微信群");
  });

  it("says in plain words that a message failed, and what the mail service said", async () => {
    await report();
    await minute(county, iso("16:00"));
    await minute(county, iso("16:30"));
    for (const [state, problem, said] of [
      ["failed", "bounced-permanent", "没有送到，地址不通，被退回"],
      ["failed", "http-422", "没有送到，对方拒收（422）"],
      ["unknown", "key-expired", "不会自动重发，多次投递没有结果"],
      ["delivered", "complained", "收件人标为垃圾邮件"],
      ["failed", "something-new", "没有送到，something-new"],
    ]) {
      await county.deps.db.run(
        sql`UPDATE outbox SET state = ${state}, problem = ${problem} WHERE contact_id = 'bashir'`,
      );
      expect(await read(await pathTo("li"))).toContain(said);
    }
  });

  it("says that quiet hours put it off, and what left with it", async () => {
    county = await openCounty(iso("10:00"), { QUIET_HOURS: "22:00-06:30" });
    await seedCast(county, ["bashir"]);
    for (const [id, due] of [
      ["WY-0001-0001", "22:30"],
      ["WY-0001-0002", "23:30"],
    ] as const)
      await owe(county, "registration", CAST.bashir.unitCode, id, iso("20:00"), iso(due));
    await minute(county, iso("20:00"));
    expect(await minute(county, iso("22:30"))).toEqual([]);
    expect(await minute(county, iso("23:30"))).toEqual([]);
    expect(await minute(county, iso("06:30", "2026-01-26"))).toHaveLength(1);
    const rows = await all(sql`SELECT id, state FROM outbox WHERE ready_at > ${at("23:00")} ORDER BY id`);
    expect(rows.map(({ state }) => state).sort()).toEqual(["merged", "sent"]);
    const [one, other] = await Promise.all(
      rows.map(async ({ id }) => read(`/a/${await alertToken(county.deps, String(id))}`)),
    );
    for (const text of [one, other]) {
      expect(text).toMatch(/WY-0001-0001.*WY-0001-0002/);
      expect(text).toContain("可以发出 06:30，免打扰时段顺延");
      expect(text).toContain("另有 1 条同时的提醒并入这一条");
    }
  });

  it("repeats what the mail service said of it, in the order in which it happened", async () => {
    await report();
    await minute(county, iso("16:00"));
    const id = await messageTo("bashir");
    for (const [event, kind, detail, clock] of [
      ["msg_2", "bounced", "Permanent/General", "16:03"],
      ["msg_1", "delayed", null, "16:01"],
    ] as const)
      await county.deps.db.run(sql`
        INSERT INTO delivery_event (id, outbox_id, kind, detail, occurred_at, recorded_at)
        VALUES (${event}, ${id}, ${kind}, ${detail}, ${at(clock)}, ${at("16:05")})`);
    expect(await read(await pathTo("bashir"))).toMatch(
      /16:01 暂时送不到，还在重试 .*16:03 被退回 .*Permanent\/General/,
    );
  });

  it("stays short and cheap when it tells of thousands", async () => {
    await report();
    await minute(county, iso("16:00"));
    const outboxId = await messageTo("bashir");
    await county.deps.db.run(sql`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
      INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
      SELECT 'registration/WY-0001-' || (1000 + i), 'registration', ${CAST.bashir.unitCode}, 'WY-0001-' || (1000 + i),
        ${at("10:00")}, ${at("16:00")}, ${at("16:30")}, ${at("10:00")} FROM n`);
    await county.deps.db.run(sql`
      INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, due_at, recorded_at)
      SELECT id, ${outboxId}, 'overdue', 0, 'bashir', due_at, ${at("16:00")} FROM obligation WHERE kind = 'registration'`);
    zero(county.meter);
    const { html } = await page(await pathTo("bashir"));
    const text = textOf(html);
    expect(text).toContain("2000 项以上");
    expect(text).toContain("另有 1800 项以上没有列出");
    expect(html.match(/<h3>/g)).toHaveLength(200);
    expect(county.meter.read).toBeLessThan(16_000);
    expect(county.meter.queries).toBeLessThanOrEqual(6);
    // And one press is enough for all of them.
    zero(county.meter);
    expect((await press(await pathTo("bashir"))).status).toBe(303);
    expect(await all(sql`SELECT count(*) AS n FROM obligation WHERE ack_until IS NOT NULL`)).toEqual([
      { n: 3001 },
    ]);
    expect(county.meter.batches).toBeLessThan(10);
  });
});

describe("签收", () => {
  it("holds the climb for an hour and no longer, and says until when", async () => {
    const id = await report();
    await minute(county, iso("16:00"));
    await minute(county, iso("16:30"));
    county.setNow(iso("16:35"));
    const path = await pathTo("li");
    const answer = await press(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("Location")).toBe(`${path}?lang=zh-Hans`);
    expect(await climb(id)).toMatchObject({ next: at("17:35"), held: 5 * 60_000, until: at("17:35") });
    const text = await read(path);
    expect(text).toContain("16:35 已签收");
    expect(text).toContain("17:35 以前不再向上一级提醒");
    expect(text).not.toContain("我已知悉");
    // The county hears then, not before.
    expect(await minute(county, iso("17:34"))).toEqual([]);
    expect((await minute(county, iso("17:35"))).map(({ to }) => to)).toEqual(["zhou"]);
    expect(await read(path)).toContain("还没办结的已继续逐级提醒");
  });

  it("pressed twice, or by two at once, counts once, with one line in the history", async () => {
    const id = await report();
    await minute(county, iso("16:00"));
    const path = await pathTo("bashir");
    county.setNow(iso("16:10"));
    await Promise.all([press(path), press(path), press(path)]);
    const once = await climb(id);
    expect(once).toMatchObject({ next: at("17:10"), held: 40 * 60_000 });
    county.setNow(iso("16:40"));
    expect((await press(path)).status).toBe(303);
    expect(await climb(id)).toEqual(once);
    expect(await all(sql`SELECT act, unit_code AS unit FROM audit`)).toEqual([
      { act: "alert.acknowledged", unit: CAST.bashir.unitCode },
    ]);
    expect(JSON.stringify(await all(sql`SELECT * FROM audit`))).not.toContain(path.split("/")[2]);
  });

  it("by the village does not stop the town from saying that it has seen its own", async () => {
    const id = await report();
    await minute(county, iso("16:00"));
    await minute(county, iso("16:30"));
    county.setNow(iso("16:31"));
    await press(await pathTo("bashir"));
    county.setNow(iso("16:50"));
    await press(await pathTo("li"));
    expect(await climb(id)).toMatchObject({ next: at("17:50"), until: at("17:50"), held: 20 * 60_000 });
    const text = await read(await pathTo("li"));
    expect(text).toMatch(/示例二社区 · 联络员 .*16:31 已签收.*太平镇 · 联络员 .*16:50 已签收/);
  });

  it("loses to a sweep that moved it in the same moment, reads again, and holds the step after", async () => {
    const id = await report();
    await minute(county, iso("16:00"));
    const path = await pathTo("bashir");
    county.setNow(iso("16:30"));
    await Promise.all([press(path), sweepOverdue(county.deps, new Date(iso("16:30")))]);
    expect(await climb(id)).toMatchObject({ until: at("17:30"), next: at("17:30") });
  });

  it("after it was met is a calm page, and changes nothing", async () => {
    const id = await report();
    await minute(county, iso("16:00"));
    const path = await pathTo("bashir");
    const met = { metAt: new Date(iso("16:20")), recordedAt: new Date(iso("16:20")) };
    await runBatch(county.deps.db, [meetObligation(county.deps.db, id, met)]);
    const before = await climb(id);
    county.setNow(iso("16:21"));
    expect((await press(path)).status).toBe(303);
    expect(await climb(id)).toEqual(before);
    const text = await read(path);
    expect(text).toContain("16:20 已办结");
    expect(text).toContain("都已办结，不用签收");
    expect(await all(sql`SELECT * FROM audit`)).toEqual([]);
  });

  it("of a missed reading waits no longer than the close of the next turn", async () => {
    const closes = new Date(iso("12:00"));
    await county.deps.db.run(sql`
      INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, step, version, next_due_at, recorded_at)
      VALUES ('follow-up/WY-0001-0001-1', 'follow-up', ${CAST.bashir.unitCode}, 'WY-0001-0001-1', ${at("06:00")},
        ${closes.getTime()}, 2, 2, ${at("22:40")}, ${at("06:00")})`);
    await county.deps.db.run(sql`
      INSERT INTO outbox (id, kind, contact_id, unit_code, sweep_id, state, ready_at, recorded_at)
      VALUES ('digest/w/bashir', 'digest', 'bashir', ${CAST.bashir.unitCode}, 'w', 'sent', ${at("13:00")}, ${at("13:00")})`);
    await county.deps.db.run(sql`
      INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, due_at, recorded_at)
      VALUES ('follow-up/WY-0001-0001-1', 'digest/w/bashir', 'overdue', 1, 'bashir', ${closes.getTime()}, ${at("13:00")})`);
    county.setNow(iso("22:30"));
    await press(await pathTo("bashir"));
    expect(await climb("follow-up/WY-0001-0001-1")).toEqual({
      version: 3,
      next: at("23:00"),
      held: 20 * 60_000,
      until: at("23:00"),
    });
    // The turn has passed: this alert is about nothing that climbs any more.
    await county.deps.db.run(sql`UPDATE obligation SET due_at = ${at("23:00")}, step = 0`);
    county.setNow(iso("23:10"));
    expect(await read(await pathTo("bashir"))).toContain("这一次已过，没有收到");
  });

  it("waits as long as the county has set", async () => {
    county = await openCounty(iso("10:00"), { ACK_MINUTES: "15" });
    await seedCast(county);
    const id = await report();
    await minute(county, iso("16:00"));
    county.setNow(iso("16:20"));
    await press(await pathTo("bashir"));
    expect(await climb(id)).toMatchObject({ until: at("16:35"), next: at("16:35") });
  });

  it("at the ladder's end promises no further step, before and after, in three languages", async () => {
    const id = await owe(county, "daily-report", "511781", DAY, iso("00:00"), iso("16:00"));
    await minute(county, iso("16:00"));
    await county.deps.db.run(sql`UPDATE obligation SET next_due_at = NULL WHERE id = ${id}`);
    const path = await pathTo("zhou");
    const ends = {
      "zh-Hans": "已通知到最上一级",
      "zh-Hant": "簽收只作記錄",
      en: "The highest level has been told",
    };
    for (const [lang, said] of Object.entries(ends)) {
      const text = await read(`${path}?lang=${lang}`);
      expect(text).toContain(said);
      expect(text).not.toMatch(/继续逐级|繼續逐級|goes on up/);
    }
    county.setNow(iso("16:05"));
    await press(path);
    county.setNow(iso("18:00"));
    const after = { "zh-Hans": "16:05 已签收", "zh-Hant": "16:05 已簽收", en: "Acknowledged at 16:05" };
    for (const [lang, said] of Object.entries(after)) {
      const text = await read(`${path}?lang=${lang}`);
      expect(text).toContain(said);
      expect(text).not.toMatch(/继续逐级|繼續逐級|goes on up|已办结。|Everything is done/);
    }
  });

  it("posted from another site is refused, and so is what is no form", async () => {
    const id = await report();
    await minute(county, iso("16:00"));
    const path = await pathTo("bashir");
    expect((await press(path, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await press(path, { Origin: "https://mallory.example" })).status).toBe(403);
    expect((await press(path, { "Content-Type": "application/json" })).status).toBe(415);
    expect(await climb(id)).toMatchObject({ until: null });
  });
});

describe("an alert's link ends", () => {
  it.each([
    [
      "with its contact",
      "这个收件人已停用",
      iso("16:10"),
      () => removeContact(county.deps.db, "bashir", new Date(iso("16:05"))),
    ],
    ["thirty days after its message", "已过 30 天", iso("16:00", "2026-02-24"), undefined],
  ])("%s, calmly", async (_, said, when, end) => {
    const id = await report();
    await minute(county, iso("16:00"));
    const path = await pathTo("bashir");
    if (end) await runBatch(county.deps.db, [end()]);
    county.setNow(when);
    const { status, html } = await page(path);
    expect(status).toBe(410);
    expect(textOf(html)).toContain(said);
    expect(textOf(html)).toContain("没有办结的事项仍在本单位页面上");
    expect((await press(path)).status).toBe(410);
    expect(await climb(id)).toMatchObject({ until: null });
  });
});

describe("alerts that do not arrive", () => {
  const doors = new Map<string, string>();
  beforeEach(async () => {
    const codes = ["511781", "511781100", "511781101", "511781100001", "511781100002"];
    for (const code of codes) doors.set(code, await linkOf(county, code));
  });
  const board = async (unitCode: string, lang = "zh-Hans") => {
    const { html } = await page(`/u/${doors.get(unitCode)}?lang=${lang}`);
    return /<section aria-labelledby="undelivered">[\s\S]*?<\/section>/.exec(html)?.[0] ?? "";
  };
  const fares = (contactId: string, state: string, problem: string) =>
    county.deps.db.run(
      sql`UPDATE outbox SET state = ${state}, problem = ${problem} WHERE contact_id = ${contactId}`,
    );
  const giveUp = (contactId: string, why: string) =>
    county.deps.db.run(
      sql`UPDATE contact SET unreachable_at = ${at("16:02")}, unreachable_why = ${why} WHERE id = ${contactId}`,
    );

  it("stand on no board while all is well", async () => {
    await report();
    await minute(county, iso("16:00"));
    expect(await board("511781")).toBe("");
  });

  it("stand on the boards of town and county until it is done, with a way to their story", async () => {
    const id = await report();
    await minute(county, iso("16:00"));
    await fares("bashir", "failed", "bounced-permanent");
    await giveUp("bashir", "bounced-permanent");
    for (const unitCode of ["511781", "511781100", CAST.bashir.unitCode]) {
      const html = await board(unitCode);
      const text = textOf(html);
      expect(text).toContain("送不到的警报");
      expect(text).toMatch(
        /近三天没有送到的警报（1） .*示例二社区 1月25日的日报告 没有送到，地址不通，被退回 联络员 · 电子邮件 16:00 发现/,
      );
      expect(text).toMatch(
        /通知不到的联系人（1） .*npm run grant -- contacts.*联络员 · 电子邮件 地址不通，被退回 16:02 起/,
      );
      expect(html).not.toMatch(/示例bashir|sample\.example/);
      const story = /href="(\/a\/[^"]+)"/.exec(html)?.[1] ?? "";
      expect((await page(story)).html).toContain("没有送到，地址不通，被退回");
    }
    // Another town hears nothing of it, nor does another village of the same.
    expect(await board("511781101")).toBe("");
    expect(await board("511781100001")).toBe("");
    // Once the report is there nobody needs to be phoned; the address is to be mended still.
    const met = { metAt: new Date(iso("16:20")), recordedAt: new Date(iso("16:20")) };
    await runBatch(county.deps.db, [meetObligation(county.deps.db, id, met)]);
    const mended = textOf(await board("511781"));
    expect(mended).not.toContain("近三天没有送到的警报");
    expect(mended).toContain("通知不到的联系人（1）");
  });

  it("say which form's record it was about", async () => {
    const { unitCode } = CAST.bashir;
    await owe(county, "record", unitCode, "exit-pass/CR-0125-4486/0", iso("10:00"), iso("16:00"));
    await minute(county, iso("16:00"));
    await fares("bashir", "failed", "bounced-permanent");
    expect(textOf(await board("511781100"))).toContain("示例二社区 出入证 CR-0125-4486 没有送到");
  });

  it("that may have arrived say so plainly, in three languages, until somebody acknowledges one", async () => {
    await report();
    await minute(county, iso("16:00"));
    await fares("bashir", "unknown", "key-expired");
    for (const [lang, said] of [
      ["zh-Hans", "不知是否送达，系统不会自动重发，请电话联系"],
      ["zh-Hant", "不知是否送達，系統不會自動重發，請電話聯絡"],
      ["en", "Not known whether it arrived. It is not sent again by itself: please phone"],
    ] as const)
      expect(textOf(await board("511781100", lang))).toContain(said);
    await press(await pathTo("bashir"));
    expect(await board("511781100")).toBe("");
  });

  it("of a removed contact are told without a link, and nobody mends what is removed", async () => {
    await report();
    await minute(county, iso("16:00"));
    await fares("bashir", "failed", "target-private");
    await giveUp("bashir", "redirect");
    await runBatch(county.deps.db, [removeContact(county.deps.db, "bashir", new Date(iso("16:05")))]);
    const html = await board("511781100");
    expect(textOf(html)).toContain("地址不能投递（private）");
    expect(html).not.toContain("/a/");
    expect(html).not.toContain("通知不到的联系人");
  });

  it("leave the board after three days; a thousand of them stay short and cheap, and newer ones that are settled hide none", async () => {
    await report();
    await minute(county, iso("16:00"));
    await county.deps.db.run(sql`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1300)
      INSERT INTO outbox (id, kind, contact_id, unit_code, sweep_id, state, problem, ready_at, recorded_at)
      SELECT 'digest/' || i || '/bashir', 'digest', 'bashir', ${CAST.bashir.unitCode}, i, 'failed', 'http-422',
        ${at("16:00")}, ${at("16:00")} + i FROM n`);
    await county.deps.db.run(sql`
      INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, due_at, recorded_at)
      SELECT a.obligation_id, o.id, 'overdue', 0, 'bashir', a.due_at, o.recorded_at FROM outbox AS o
        CROSS JOIN alert AS a WHERE o.state = 'failed' AND a.contact_id = 'bashir' AND o.recorded_at <= ${at("16:00")} + 1000`);
    await county.deps.db.run(sql`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70)
      INSERT INTO contact (id, unit_code, role, lang, address_index, sealed, recorded_at, unreachable_at, unreachable_why)
      SELECT 'lost' || i, ${CAST.bashir.unitCode}, 'duty', 'zh-Hans', 'lost' || i, '', 0, ${at("16:00")} + i, 'suppressed' FROM n`);
    zero(county.meter);
    const html = await board("511781");
    const text = textOf(html);
    expect(text).toContain("近三天没有送到的警报（200+）");
    expect(text).toContain("另有 150 条以上没有列出");
    expect(text).toContain("通知不到的联系人（70）");
    expect(text).toContain("另有 20 条没有列出");
    expect(county.meter.read).toBeLessThan(7_000);
    county.setNow(iso("16:01", "2026-01-28"));
    expect(textOf(await board("511781"))).not.toContain("近三天没有送到的警报");
  });
});
