import { beforeEach, describe, expect, it } from "vitest";
import { addContact, removeContact } from "../../src/db/contact.ts";
import { revokeLink } from "../../src/db/link.ts";
import { onShift } from "../../src/db/roster.ts";
import { runBatch } from "../../src/db/store.ts";
import { materialiseRosterGaps } from "../../src/jobs/roster.ts";
import { minute } from "../support/alarm.ts";
import { zero } from "../support/meter.ts";
import { linkOf, post, textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/*
 * Wu's village keeps a roster behind its door: Amina and Bashir are on duty in turns, and the hours that nobody covers are
 * owed like anything else.
 */
const VILLAGE = "511781100001";
let county: TestCounty;
let wu: string;
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  wu = await linkOf(county, VILLAGE);
  await enter("amina");
  await enter("bashir");
});

async function enter(id: string, unitCode = VILLAGE, role: "duty" | "head" | "contact" = "duty") {
  const { statement } = await addContact(county.deps, {
    ...{ id, unitCode, role, lang: "zh-Hans", name: `示例${id}`, email: `${id}@sample.example` },
    recordedAt: county.deps.now(),
  });
  await runBatch(county.deps.db, [statement]);
}
const read = async (answer: Response) => {
  const html = await answer.text();
  return { status: answer.status, location: answer.headers.get("Location"), html, text: textOf(html) };
};
const open = async (path = "/roster", token = wu) => read(await county.fetch(`/u/${token}${path}`));
const send = async (path: string, fields: Record<string, string> = {}, token = wu) =>
  read(await post(county, `/u/${token}/roster${path}`, fields));
const SHIFT = { person: "amina", post: "duty", date: "2026-01-25", from: "08:00", to: "20:00", days: "1" };
const add = (more: Record<string, string> = {}, token = wu) => send("", { ...SHIFT, ...more }, token);
const rows = async (sql: string) =>
  (await county.deps.d1.prepare(sql).all<Record<string, unknown>>()).results;
const shifts = () =>
  rows("SELECT id, contact_id AS who, post FROM shift WHERE removed_at IS NULL ORDER BY starts_at");
const idOf = async (at = 0) => String((await shifts())[at]?.id);
const ms = (iso: string) => Date.parse(`${iso}+08:00`);
/** The job as at a moment. */
const run = async (iso: string) => {
  county.setNow(`${iso}+08:00`);
  await materialiseRosterGaps(county.deps, county.deps.now());
};
const owed = () =>
  rows(`SELECT id, subject_id AS subject, opened_at AS opened, due_at AS due, next_due_at AS next, met_at AS met
    FROM obligation WHERE kind = 'roster' ORDER BY id`);

describe("Wu plans who is on duty", () => {
  it("shift by shift: who is on now, until when, and what nobody covers", async () => {
    expect((await open()).text).toContain("还没有排过班");
    const done = await add();
    expect([done.status, done.location]).toEqual([303, `/u/${wu}/roster?did=add&lang=zh-Hans`]);
    const { text, html } = await open("/roster?did=add");
    expect(text).toContain("已排上");
    expect(text).toContain("值班员 示例amina 到 今天 20:00 · 还没有接班");
    expect(text).toContain("48 小时内有时段没有人值班 今天 20:00 起");
    expect(html).toContain('class="note alarm unprinted"');
    // Names are opened behind the unit's own door only.
    expect(JSON.stringify(await rows("SELECT * FROM contact"))).not.toContain("示例amina");
    expect((await open("/roster", await linkOf(county, "511781100"))).text).not.toContain("示例amina");
  });

  it("for fourteen days in a row, past midnight, in one go", async () => {
    await add({ days: "14" });
    await add({ person: "bashir", from: "20:00", to: "08:00", days: "14" });
    expect(await shifts()).toHaveLength(28);
    const { text } = await open();
    expect(text).toContain("48 小时内都有人值班");
    expect(text).toContain("20:00–次日 08:00 值班员 示例bashir");
    expect(text).toContain("2月7日");
    await add({ date: "2026-02-20", post: "lead" });
    expect((await open()).text).toContain("14 天以后还有 1 班");
    expect((await open("/roster?all=1")).text).toContain("2月20日");
  });

  it("and is told which day clashes: then none of the days is added", async () => {
    await add({ date: "2026-01-27" });
    const { status, text, html } = await add({ person: "bashir", from: "18:00", to: "22:00", days: "5" });
    expect(status).toBe(422);
    expect(text).toContain("这个岗位这段时间已经有人了（2026-01-27），一班都没有排");
    expect(html).toContain('href="#f-date"');
    expect(html).toContain('value="22:00"');
    const busy = await add({ date: "2026-01-27", post: "lead", from: "12:00", to: "13:00" });
    expect(busy.text).toContain("这个人这段时间已经在另一个岗位（2026-01-27）");
    expect(await shifts()).toHaveLength(1);
    // One after the other is no clash, nor the other post with somebody else.
    expect((await add({ date: "2026-01-27", from: "20:00", to: "08:00" })).status).toBe(303);
    expect((await add({ date: "2026-01-27", post: "lead", person: "bashir" })).status).toBe(303);
  });

  it("once, when two officials add the same shift in the same second; the other is told", async () => {
    const answers = await Promise.all([add(), add({ person: "bashir" }), add()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422]);
    expect(await shifts()).toHaveLength(1);
    expect(answers.find(({ status }) => status === 422)?.text).toContain("已经有人了");
    expect(await rows("SELECT act FROM audit")).toEqual([{ act: "roster/add" }]);
  });

  it("once, when the same form is sent twice", async () => {
    const clientId = "7e57c11e-0000-4000-8000-000000000001";
    const answers = await Promise.all([add({ clientId, days: "3" }), add({ clientId, days: "3" })]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await shifts()).toHaveLength(3);
    // The same form with another day is not the same shift.
    expect((await add({ clientId, date: "2026-01-26" })).status).toBe(422);
  });

  it.each<[Record<string, string>, string, string]>([
    [{ person: "zhou" }, "person", "请选择值班的人"],
    [{ person: "nobody" }, "person", "请选择值班的人"],
    [{ post: "king" }, "post", "请选择岗位"],
    [{ date: "2026-02-30" }, "date", "请填写日期"],
    [{ date: "2026-01-24" }, "date", "这一班已经过去了"],
    [{ date: "2027-01-26" }, "date", "最多提前排 60 天"],
    [{ from: "8点" }, "from", "请填写几点几分"],
    [{ to: "33:00" }, "to", "请填写几点几分"],
    [{ days: "99" }, "days", "重复天数请填 1 到 14"],
    [{ person: '"><script>', days: "<b>" }, "person", "请选择值班的人"],
  ])("and must mend %j: nothing is half-written", async (fields, path, words) => {
    await enter("zhou", "511781", "duty");
    await enter("head", VILLAGE, "head");
    const { status, text, html } = await add(fields);
    expect(status).toBe(422);
    expect(text).toContain(words);
    expect(html).toContain(`href="#f-${path}"`);
    expect(html).not.toMatch(/<script>|<b>/);
    expect(await rows("SELECT * FROM shift")).toEqual([]);
    expect(await rows("SELECT * FROM audit")).toEqual([]);
  });

  it("with nobody who was taken off the list meanwhile, and not through a link that was revoked", async () => {
    await runBatch(county.deps.db, [removeContact(county.deps.db, "amina", county.deps.now())]);
    expect((await add()).status).toBe(422);
    await revokeLink(county.deps, wu, county.deps.now());
    for (const answer of [await open(), await add({ person: "bashir" }), await send("/x/take")])
      expect(answer.status).toBe(410);
    expect(await rows("SELECT * FROM shift")).toEqual([]);
  });

  it("and adds a duty officer whom nobody finds in the database", async () => {
    const empty = await linkOf(county, "511781100002");
    expect((await open("/roster", empty)).text).toContain("还没有值班人员。先加人，再排班。");
    const person = { name: "示例丹丹", email: "dan@sample.example", phone: "138 0013 8000" };
    for (const [wrong, words] of [
      [{ ...person, name: " " }, "请填写姓名"],
      [{ ...person, name: "示".repeat(41) }, "内容不能超过 40 个字"],
      [{ ...person, email: "dan" }, "邮箱地址不对"],
      [{ ...person, email: "a@b.c,d@e.f" }, "邮箱地址不对"],
      [{ ...person, phone: "1" }, "没有可以不填"],
    ] as const) {
      const refused = await send("/contact", wrong, empty);
      expect([refused.status, refused.text.includes(words)], words).toEqual([422, true]);
    }
    for (const phone of [person.phone, ""])
      expect((await send("/contact", { ...person, phone }, empty)).status).toBe(303);
    const found = await rows("SELECT * FROM contact WHERE unit_code = '511781100002'");
    expect(found).toMatchObject([{ role: "duty", channel: "mail" }]);
    expect(JSON.stringify(found)).not.toMatch(/丹丹|dan@|13800138000/);
    expect((await add({ person: String(found[0]?.id) }, empty)).status).toBe(303);
    expect((await open("/roster", empty)).html).toContain('href="tel:13800138000"');
  });
});

describe("handover", () => {
  beforeEach(async () => {
    await add();
    await add({ person: "bashir", from: "20:00", to: "08:00" });
  });

  it("is written by who goes off and taken over by who comes on, once, each with its time", async () => {
    const [day, night] = [await idOf(0), await idOf(1)];
    expect((await send(`/${night}/take`)).text).toContain("接班前 2 小时才能按“接班”");
    county.setNow("2026-01-25T19:50:00+08:00");
    const note = { which: day, note: "WY-0217-4486 明早送药 <b>示例</b>\r\n第二行" };
    expect((await send("/note", note)).location).toContain("did=note");
    county.setNow("2026-01-25T19:55:00+08:00");
    const both = await Promise.all([send(`/${night}/take`), send(`/${night}/take`)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(both.find(({ status }) => status === 409)?.text).toContain("这件事已经有人办好了");
    county.setNow("2026-01-25T20:30:00+08:00");
    const { text, html } = await open();
    expect(text).toContain("示例bashir 到 明天 08:00 · 今天 19:55 已接班");
    expect(text).toContain("今天 19:50 · 08:00–20:00 值班员 示例amina WY-0217-4486 明早送药");
    expect(html).toContain("&lt;b&gt;示例&lt;/b&gt;");
    expect(html).not.toContain("<b>示例");
    expect(JSON.stringify(await rows("SELECT * FROM shift"))).not.toContain("送药");
    expect(await rows("SELECT act FROM audit WHERE act <> 'roster/add' ORDER BY recorded_at")).toEqual([
      { act: "roster/note" },
      { act: "roster/take" },
    ]);
    county.setNow("2026-01-26T12:00:00+08:00");
    expect((await open()).text).toContain("最近 7 天 没有人值班 今天 08:00 至 今天 12:00");
  });

  it("keeps every note, and none that is empty, too long, unreadable or out of time", async () => {
    const [day, night] = [await idOf(0), await idOf(1)];
    for (const [which, note, words] of [
      ["", "示例", "请选择哪一班"],
      [day, "  ", "请写明交给下一班的事"],
      [day, "x".repeat(10_000), "内容不能超过 1000 个字"],
      [day, "\u0007", "无法显示的字符"],
      [night, "示例", "还没有开始"],
    ] as const) {
      const refused = await send("/note", { which, note });
      expect([refused.status, refused.text.includes(words)], words).toEqual([422, true]);
    }
    expect((await send("/note", { which: day, note: "长".repeat(10_000) })).status).toBe(413);
    const racing = await Promise.all(["一", "二"].map((note) => send("/note", { which: day, note })));
    expect(racing.map(({ status }) => status).filter((status) => status === 409).length).toBeLessThan(2);
    const kept = racing.filter(({ status }) => status === 303).length;
    expect(((await open()).html.match(/class="typed"/g) ?? []).length).toBe(kept);
    for (let n = kept; n < 10; n++) await send("/note", { which: day, note: `第 ${n} 条` });
    expect((await send("/note", { which: day, note: "再一条" })).text).toContain("最多写 10 条");
    county.setNow("2026-01-26T08:00:00+08:00");
    expect((await send("/note", { which: day, note: "太晚" })).text).toContain("这一班已经结束");
  });

  it("is nobody's of another unit, and of no shift that is not there", async () => {
    const day = await idOf(0);
    const bashirs = await linkOf(county, "511781100002");
    for (const path of [`/${day}/take`, `/${day}/off`])
      expect((await send(path, {}, bashirs)).status).toBe(404);
    expect((await send("/note", { which: day, note: "x" }, bashirs)).status).toBe(404);
    for (const path of ["/x/take", "/x/off", "/%00/off", "/'--/take"])
      expect((await send(path)).status).toBe(404);
    expect(await rows("SELECT DISTINCT act FROM audit")).toEqual([{ act: "roster/add" }]);
  });
});

describe("a shift taken off the roster", () => {
  it("is gone before it began, once", async () => {
    await add({ date: "2026-01-26" });
    const id = await idOf();
    const both = await Promise.all([send(`/${id}/off`), send(`/${id}/off`)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect((await send(`/${id}/take`)).status).toBe(409);
    expect(await shifts()).toEqual([]);
    expect((await add({ date: "2026-01-26", person: "bashir" })).status).toBe(303);
  });

  it("ends at once where it is running: what was served stays, with its handover", async () => {
    await add();
    const id = await idOf();
    await send(`/${id}/take`);
    await send("/note", { which: id, note: "发热，先回家（示例）" });
    county.setNow("2026-01-25T12:30:00+08:00");
    expect((await send(`/${id}/off`)).status).toBe(303);
    expect(
      await rows("SELECT contact_id, starts_at, ends_at, taken_over_at FROM shift WHERE removed_at IS NULL"),
    ).toEqual([
      {
        contact_id: "amina",
        starts_at: ms("2026-01-25T08:00:00"),
        ends_at: ms("2026-01-25T12:30:00"),
        taken_over_at: ms("2026-01-25T10:00:00"),
      },
    ]);
    const { text } = await open();
    expect(text).toContain("现在没有人值班");
    expect(text).toContain("发热，先回家（示例）");
    expect((await add({ person: "bashir", from: "12:30" })).status).toBe(303);
    expect((await open()).text).toContain("示例bashir 到 今天 20:00");
    county.setNow("2026-01-25T21:00:00+08:00");
    expect((await send(`/${await idOf(1)}/off`)).text).toContain("这一班已经结束，不能再改");
  });
});

describe("who is on for a unit", () => {
  it("is known in one query, half-open, whoever else is planned", async () => {
    await add({ days: "14" });
    await add({ person: "bashir", from: "20:00", to: "08:00", days: "14" });
    await add({ person: "bashir", post: "lead", from: "12:00", to: "14:00" });
    const at = async (iso: string) =>
      (await onShift(county.deps.db, [VILLAGE, "511781100", "x"], new Date(ms(iso)))).map(
        ({ contactId }) => contactId,
      );
    expect(await at("2026-01-25T07:59:59")).toEqual([]);
    expect(await at("2026-01-25T08:00:00")).toEqual(["amina"]);
    expect((await at("2026-01-25T13:00:00")).sort()).toEqual(["amina", "bashir"]);
    expect(await at("2026-01-25T20:00:00")).toEqual(["bashir"]);
    zero(county.meter);
    await at("2026-01-30T03:00:00");
    expect(county.meter.queries).toBe(1);
    // What is planned for later days is not walked through.
    expect(county.meter.read).toBeLessThanOrEqual(12);
  });
});

describe("hours that nobody covers", () => {
  const gap = (iso: string) => `roster/${VILLAGE}/${ms(iso)}`;

  it("are owed by the unit's head from when they are seen, overdue half a day before they begin", async () => {
    await add({ days: "2" });
    await add({ person: "bashir", from: "20:00", to: "08:00" });
    await run("2026-01-25T10:00:00");
    expect(await owed()).toEqual([
      {
        id: gap("2026-01-26T20:00:00"),
        subject: `${VILLAGE}/2026-01-26T20:00`,
        opened: ms("2026-01-25T10:00:00"),
        due: ms("2026-01-26T08:00:00"),
        next: ms("2026-01-25T10:00:00"),
        met: null,
      },
    ]);
    const board = await open("");
    expect(board.text).toContain("值班空缺 1");
    expect(board.text).toContain("明天 20:00 起没有人值班");
    expect(board.html).toContain(`href="/u/${wu}/roster?lang=zh-Hans"`);
    expect((await open("", await linkOf(county, "511781100"))).text).toContain(
      "示例一社区 明天 20:00 起没有人值班",
    );
    expect((await open("", await linkOf(county, "511781101"))).text).not.toContain("值班空缺");
  });

  it("are told to the head at once, half a day before to the unit, then above; filled, to exactly them", async () => {
    await enter("head", VILLAGE, "head");
    await enter("li", "511781100", "contact");
    await add({ days: "2" });
    await add({ person: "bashir", from: "20:00", to: "08:00" });
    await run("2026-01-25T10:00:00");
    const at = async (iso: string) =>
      (await minute(county, `${iso}+08:00`)).map(
        ({ to, subject }) => `${to} ${subject.replace(/^.*】/, "")}`,
      );
    expect(await at("2026-01-25T10:00:00")).toEqual(["head 新任务 1 项"]);
    expect(await at("2026-01-26T07:59:00")).toEqual([]);
    // Amina is on from eight, so of the duty officers she hears.
    expect(await at("2026-01-26T08:00:00")).toEqual(["amina 逾期 1 项", "head 逾期 1 项"]);
    expect(await at("2026-01-26T08:30:00")).toEqual(["li 逾期 1 项"]);
    await add({ person: "bashir", date: "2026-01-26", from: "20:00", to: "08:00" });
    const recovered = await at("2026-01-26T08:31:00");
    expect(recovered).toEqual(["amina", "head", "li"].map((who) => `${who} 已补办 1 项`));
  });

  it("are owed once, whoever runs how often, and cost one row between two looks", async () => {
    await add();
    county.setNow("2026-01-25T10:00:00+08:00");
    await Promise.all(Array.from({ length: 5 }, () => materialiseRosterGaps(county.deps, county.deps.now())));
    for (const clock of ["10:10", "10:20", "21:00", "23:59"]) await run(`2026-01-25T${clock}:00`);
    expect(await owed()).toHaveLength(1);
    zero(county.meter);
    await run("2026-01-26T00:08:00");
    expect(county.meter).toMatchObject({ queries: 1, read: 1, written: 0 });
    zero(county.meter);
    await run("2026-01-26T00:09:00");
    expect(county.meter.queries).toBeGreaterThan(3);
    expect(county.meter.written).toBe(1);
    expect(county.meter.read).toBeLessThan(40);
  });

  it("are met in the batch that puts somebody on, though late; what is left is owed anew", async () => {
    await add();
    await run("2026-01-25T10:00:00");
    await add({ person: "bashir", date: "2026-01-27", days: "2" });
    expect((await owed())[0]?.met).toBe(null);
    await add({ person: "bashir", from: "20:00", to: "08:00" });
    expect(await owed()).toMatchObject([{ met: ms("2026-01-25T10:00:00"), next: null }]);
    await run("2026-01-25T10:10:00");
    expect((await owed())[1]).toMatchObject({ id: gap("2026-01-26T08:00:00"), met: null });
    // Nobody came at eight: it has begun, and Amina goes on at noon.
    county.setNow("2026-01-26T11:00:00+08:00");
    await add({ date: "2026-01-26", from: "11:00", to: "20:00" });
    expect((await owed())[1]).toMatchObject({ met: ms("2026-01-26T11:00:00") });
    expect((await open("")).text).not.toContain("值班空缺");
  });

  it("lapse unmet where they passed, stop the clock, and stay to be seen", async () => {
    await add();
    await add({ person: "bashir", date: "2026-01-26" });
    await run("2026-01-25T10:00:00");
    await run("2026-01-25T23:00:00");
    expect((await owed())[0]).toMatchObject({ id: gap("2026-01-25T20:00:00"), met: null });
    // Eight o'clock: Bashir is on; what somebody adds now does not fill the night.
    county.setNow("2026-01-26T08:05:00+08:00");
    await add({ date: "2026-01-26", post: "lead", from: "08:00", to: "12:00" });
    await run("2026-01-26T08:10:00");
    expect((await owed())[0]).toMatchObject({ met: null, next: null });
    expect(await rows("SELECT obligation_id, kind, told FROM transition WHERE kind = 'lapse'")).toEqual([
      { obligation_id: gap("2026-01-25T20:00:00"), kind: "lapse", told: "[]" },
    ]);
    const { text } = await open();
    expect(text).toContain("没有人值班 1月25日 20:00 至 今天 08:00");
    expect((await open("")).text).not.toContain("1月25日 20:00 起没有人值班");
    for (const clock of ["08:20", "08:30"]) await run(`2026-01-26T${clock}:00`);
    expect((await owed()).filter(({ id }) => String(id).startsWith(gap("2026-01-25T20:00:00")))).toHaveLength(
      1,
    );
    expect(await rows("SELECT * FROM transition")).toHaveLength(1);
  });

  it("are owed again, under the next number, when who filled them is taken off", async () => {
    await add();
    await run("2026-01-25T10:00:00");
    for (const again of [2, 3]) {
      await add({ person: "bashir", from: "20:00", to: "08:00" });
      await send(`/${await idOf(1)}/off`);
      await run(`2026-01-25T1${again}:00:00`);
    }
    expect((await owed()).map(({ id, met }) => [String(id).split("/")[3], met === null])).toEqual([
      [undefined, false],
      ["2", false],
      ["3", true],
    ]);
    await run("2026-01-25T14:00:00");
    expect(await owed()).toHaveLength(3);
  });

  it("are not silenced by clearing the roster; a week later nobody keeps one", async () => {
    await add({ date: "2026-01-26" });
    await run("2026-01-25T10:00:00");
    await send(`/${await idOf()}/off`);
    await run("2026-01-26T21:00:00");
    expect((await owed())[0]).toMatchObject({ met: null, next: ms("2026-01-25T10:00:00") });
    await run("2026-02-03T21:00:00");
    expect((await owed())[0]).toMatchObject({ met: null, next: null });
  });

  it("are none for a unit that keeps no roster, was closed, or is covered by whichever post", async () => {
    await run("2026-01-25T10:00:00");
    await add({ post: "lead", from: "08:00", to: "08:00", days: "4" });
    await run("2026-01-25T10:10:00");
    expect(await owed()).toEqual([]);
    await send(`/${await idOf(1)}/off`);
    await county.deps.d1.prepare("UPDATE unit SET closed_at = 1 WHERE code = ?").bind(VILLAGE).run();
    await run("2026-01-25T10:20:00");
    expect(await owed()).toEqual([]);
  });

  it("are looked for in five hundred units at a time, the rest in the next minute", async () => {
    const { d1 } = county.deps;
    const codes = Array.from({ length: 620 }, (_, at) => `511781100${String(100 + at)}`);
    await d1.batch([
      d1
        .prepare(
          `INSERT INTO unit (code, name, kind, parent, recorded_at)
           SELECT value, '示例村', 'village', '511781100', 0 FROM json_each(?)`,
        )
        .bind(JSON.stringify(codes)),
      d1
        .prepare(
          `INSERT INTO shift (id, unit_code, contact_id, post, starts_at, ends_at, recorded_at)
           SELECT 's' || value, value, 'x', 'duty', ?, ?, 0 FROM json_each(?)`,
        )
        .bind(ms("2026-01-25T08:00:00"), ms("2026-01-25T20:00:00"), JSON.stringify(codes)),
    ]);
    await run("2026-01-25T10:00:00");
    expect(await owed()).toHaveLength(500);
    zero(county.meter);
    await run("2026-01-25T10:01:00");
    expect(await owed()).toHaveLength(620);
    zero(county.meter);
    await run("2026-01-25T10:02:00");
    expect(county.meter.queries).toBe(1);
    zero(county.meter);
    await run("2026-01-25T10:11:00");
    // Five hundred units whose gap is known: a look costs a few rows each and writes its beat.
    expect(county.meter.read).toBeLessThan(500 * 14);
    expect(county.meter.written).toBe(1);
  });
});
