import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { findTicket, listTicketEvents, stateOf } from "../../../src/db/ticket-read.ts";
import { ProblemError } from "../../../src/domain/problem.ts";
import { owing, type TicketAct, ticketOf } from "../../../src/domain/ticket.ts";
import { HOUR } from "../../../src/domain/time.ts";
import { actOnTicket } from "../../../src/http/desk/tickets.ts";
import { answerTicket } from "../../../src/http/submit-ticket.ts";
import { CAST, enter, minute, owe } from "../../support/alarm.ts";
import { chen, household } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { zero } from "../../support/meter.ts";
import { inputValue } from "../../support/pages.ts";
import { register } from "../../support/records.ts";
import { linkOf, post, textOf } from "../../support/unit-door.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * 督办 → 通报 → 销号. Zhou supervises the county, Li is the town's clerk, Amina and Bashir are villages of Li's town, Wu's
 * village lies in another town.
 */
const [AMINA, BASHIR, WU] = [CAST.amina.unitCode, CAST.bashir.unitCode, CAST.wu.unitCode];
const TOWN = "511781100";
const iso = (clock: string, day = "2026-01-25") => `${day}T${clock}:00+08:00`;
let county: DeskCounty;
let zhou: Signed;

beforeEach(async () => {
  county = await openDeskCounty(iso("10:00"));
  await seedUnits(county);
  zhou = await county.signIn("supervisor", "511781", "示例周");
});

type Fields = Record<string, string | string[]>;
const form = (fields: Fields) => ({
  body: new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  ),
});
const send = (who: Signed, path: string, fields: Fields) => who.post(path, {}, form(fields));
let drawn = 0;
const asked = (more: Fields = {}): Fields => ({
  clientId: `7e57c11e-0000-4000-8000-${String(++drawn).padStart(12, "0")}`,
  title: "卡点无人值守（示例）",
  text: "北门卡点昨夜无人，请查明并补上（示例）",
  units: [AMINA, BASHIR],
  dueDate: "2026-01-25",
  dueTime: "12:00",
  ...more,
});
/** Opens a ticket and answers its number. */
const open = async (who = zhou, more: Fields = {}): Promise<string> => {
  const answer = await send(who, "/desk/tickets/new", asked(more));
  expect(answer.status).toBe(303);
  const [, id = ""] =
    /\/desk\/tickets\/(DB-\d{4}-\d{4})\?did=open/.exec(answer.headers.get("Location") ?? "") ?? [];
  expect(id).toMatch(/^DB-0125-\d{4}$/);
  return id;
};
const page = async (who: Signed, path: string) => {
  const answer = await who.get(path);
  return { status: answer.status, html: await answer.text() };
};
const read = async (who: Signed, path: string) => textOf((await page(who, path)).html);
/** Posts an act with the version that the page has now. */
const act = async (who: Signed, id: string, name: string, fields: Fields, version?: string) => {
  const standing = version ?? (await versionOf(id));
  const answer = await send(who, `/desk/tickets/${id}/${name}`, { version: standing, ...fields });
  return { status: answer.status, html: await answer.text() };
};
const versionOf = async (id: string) =>
  String((await rows(sql`SELECT version FROM ticket WHERE id = ${id}`))[0]?.version);
const answer = (who: Signed, id: string, unit: string, text = "已补岗（示例）") =>
  send(who, `/desk/tickets/${id}/answer`, { unit, text });
const close = { closeText: "现场照片已核（示例）" };
const rows = (query: ReturnType<typeof sql>) => county.deps.db.all<Record<string, unknown>>(query);
const owed = async () =>
  (
    await rows(sql`SELECT unit_code AS unit FROM obligation
      WHERE kind = 'ticket' AND met_at IS NULL AND excused_at IS NULL ORDER BY 1`)
  ).map(({ unit }) => unit);
const acts = async () =>
  (
    await rows(
      sql`SELECT act FROM audit WHERE act LIKE '%ticket%' AND act <> 'look-ticket' ORDER BY recorded_at, id`,
    )
  ).map(({ act }) => act);
const everything = () =>
  Promise.all(
    ["ticket", "ticket_unit", "ticket_event", "obligation", "audit"].map((table) =>
      rows(sql.raw(`SELECT * FROM ${table}`)),
    ),
  );

describe("a ticket from opening to closing", () => {
  it("is opened by Zhou, answered by the villages, and closed with evidence", async () => {
    const id = await open();
    expect(await owed()).toEqual([AMINA, BASHIR]);
    const wu = await county.signIn("reporter", AMINA, "示例吴");
    expect((await answer(wu, id, AMINA, "已补岗，双人双岗（示例）")).status).toBe(303);
    expect(await owed()).toEqual([BASHIR]);
    const early = await act(zhou, id, "close", close);
    expect(early.status).toBe(422);
    expect(textOf(early.html)).toContain("还有 1 个单位没有答复");
    expect(early.html).toContain("现场照片已核（示例）");
    const li = await county.signIn("clerk", TOWN, "示例李");
    expect((await answer(li, id, BASHIR)).status).toBe(303);
    expect((await act(zhou, id, "close", close)).status).toBe(303);
    const text = await read(zhou, `/desk/tickets/${id}`);
    for (const said of [
      "已销号",
      "示例一社区 示例吴",
      "已补岗，双人双岗（示例）",
      "太平镇 示例李",
      "现场照片已核（示例）",
      "万源市 示例周",
    ])
      expect(text).toContain(said);
    expect(await acts()).toEqual(["open-ticket", "answer-ticket", "answer-ticket", "close-ticket"]);
    expect(await rows(sql`SELECT excused_at FROM obligation WHERE excused_at IS NOT NULL`)).toEqual([]);
  });

  it("can be closed without Bashir, who is then excused and not met, and the history says so", async () => {
    const id = await open();
    await answer(zhou, id, AMINA);
    expect((await act(zhou, id, "close", { ...close, although: "yes" })).status).toBe(303);
    expect(
      await rows(sql`SELECT unit_code AS unit, met_at IS NULL AS unmet, next_due_at AS next FROM obligation
      WHERE excused_at IS NOT NULL`),
    ).toEqual([{ unit: BASHIR, unmet: 1, next: null }]);
    expect(await read(zhou, `/desk/tickets/${id}`)).toContain("未答复即销号：示例二社区");
    expect(await rows(sql`SELECT detail FROM audit WHERE act = 'close-ticket'`)).toEqual([
      { detail: "without 1" },
    ]);
  });

  it("is reopened with a new time: Amina is asked again under a new obligation, the old one is kept", async () => {
    const id = await open();
    await answer(zhou, id, AMINA);
    await act(zhou, id, "close", { ...close, although: "yes" });
    county.setNow(iso("15:00"));
    const again = { reopenText: "照片不实（示例）", dueDate: "2026-01-25", dueTime: "18:00" };
    expect((await act(zhou, id, "reopen", { ...again, units: [AMINA] })).status).toBe(303);
    expect(await owed()).toEqual([AMINA, BASHIR]);
    expect(
      (await rows(sql`SELECT id FROM obligation WHERE unit_code = ${AMINA} ORDER BY id`)).map(({ id }) => id),
    ).toEqual([`ticket/${id}/${AMINA}`, `ticket/${id}/${AMINA}/2`]);
    expect((await answer(zhou, id, AMINA, "重新核过（示例）")).status).toBe(303);
    const text = await read(zhou, `/desk/tickets/${id}`);
    for (const said of ["重新开办", "照片不实（示例）", "已补岗（示例）", "重新核过（示例）"])
      expect(text).toContain(said);
  });

  it("takes another due time, further units and fewer, each on record", async () => {
    const id = await open();
    expect(
      (await act(zhou, id, "due", { dueText: "大雪封路（示例）", dueDate: "2026-01-26", dueTime: "09:00" }))
        .status,
    ).toBe(303);
    expect(await rows(sql`SELECT DISTINCT due_at AS due FROM obligation WHERE excused_at IS NULL`)).toEqual([
      { due: Date.parse(iso("09:00", "2026-01-26")) },
    ]);
    expect((await act(zhou, id, "circulate", { units: [WU] })).status).toBe(303);
    expect(await owed()).toEqual([AMINA, BASHIR, WU]);
    expect((await act(zhou, id, "remove", { off: BASHIR, offText: "与其无关（示例）" })).status).toBe(303);
    expect(await owed()).toEqual([AMINA, WU]);
    expect((await answer(zhou, id, BASHIR)).status).toBe(409);
    expect(await acts()).toEqual([
      "open-ticket",
      "change-ticket-due",
      "circulate-ticket",
      "remove-ticket-unit",
    ]);
    expect(await read(zhou, `/desk/tickets/${id}`)).toMatch(
      /已撤下.*大雪封路（示例）.*示例三社区.*与其无关（示例）/,
    );
  });

  it("tells everybody by the ladder: the village at once, then when it is overdue the village, the town, the county, and that it recovered", async () => {
    for (const name of ["amina", "li", "zhou"] as const) await enter(county, name, CAST[name]);
    await linkOf(county, AMINA);
    const id = await open(zhou, { units: [AMINA] });
    const opened = await minute(county, iso("10:00"));
    expect(opened.map(({ to }) => to)).toEqual(["amina"]);
    expect(opened[0]?.text).toContain(`督办件 ${id}，示例一社区（太平镇），请于 1月25日 12:00 前答复`);
    expect(opened[0]?.text).toMatch(/\/u\/[\w-]{22}/);
    expect(JSON.stringify(opened)).not.toContain("卡点无人值守");
    const tell = async (clock: string) =>
      (await minute(county, iso(clock))).map(({ to, subject }) => `${to} ${subject}`);
    expect(await tell("11:59")).toEqual([]);
    expect(await tell("12:00")).toEqual(["amina 【万源市报备】逾期 1 项"]);
    expect(await tell("12:30")).toEqual(["li 【万源市报备】逾期 1 项"]);
    expect(await tell("13:30")).toEqual(["zhou 【万源市报备】逾期 1 项"]);
    expect(await tell("17:30")).toEqual(["zhou 【万源市报备】逾期 1 项"]);
    county.setNow(iso("17:45"));
    expect((await answer(zhou, id, AMINA)).status).toBe(303);
    expect(await tell("17:46")).toEqual(
      ["amina", "li", "zhou"].map((who) => `${who} 【万源市报备】已补办 1 项`),
    );
    expect(await tell("21:30")).toEqual([]);
  });

  it("is silent once closed, and speaks anew to who is asked again", async () => {
    for (const name of ["amina", "bashir"] as const) await enter(county, name, CAST[name]);
    const id = await open();
    await minute(county, iso("10:01"));
    await answer(zhou, id, AMINA);
    await act(zhou, id, "close", { ...close, although: "yes" });
    expect(await minute(county, iso("13:00"))).toEqual([]);
    const again = { reopenText: "再查（示例）", dueDate: "2026-01-25", dueTime: "18:00" };
    await act(zhou, id, "reopen", { ...again, units: [] });
    const told = await minute(county, iso("13:01"));
    expect(told.map(({ to }) => to)).toEqual(["bashir"]);
    expect(told[0]?.text).toContain("请于 1月25日 18:00 前答复");
  });
});

describe("the form of a new ticket", () => {
  it("is neither reopened nor opened about a case that was sealed off since: nothing more is written about it", async () => {
    const { caseNumber } = await register(county.deps, household([chen()]));
    const about = `registration/${caseNumber}`;
    const id = await open(zhou, { about, units: [AMINA] });
    await act(zhou, id, "close", { ...close, although: "yes" });
    await county.deps.d1.exec("UPDATE household SET sealed_off_at = 1");
    const before = await everything();
    const again = { reopenText: "陈示例又来了", dueDate: "2026-01-25", dueTime: "18:00", units: [AMINA] };
    const refused = await act(zhou, id, "reopen", again);
    expect(refused.status).toBe(410);
    expect(refused.html).toContain("已封存");
    expect((await send(zhou, "/desk/tickets/new", asked({ about, units: [AMINA] }))).status).toBe(410);
    expect(await everything()).toEqual(before);
  });

  it("is filled in from something overdue, in words that name nobody, and leads back to it", async () => {
    await owe(county, "registration", BASHIR, "WY-0125-0018", iso("07:00"), iso("09:00"));
    const { html } = await page(zhou, "/desk/tickets/new?about=registration/WY-0125-0018");
    expect(inputValue(html, "title")).toBe("示例二社区：核实返乡登记 WY-0125-0018");
    expect(html).toMatch(new RegExp(`name="units" value="${BASHIR}" checked`));
    expect(inputValue(html, "dueTime")).toBe("12:00");
    const id = await open(zhou, { about: "registration/WY-0125-0018", units: [BASHIR] });
    const shown = await page(zhou, `/desk/tickets/${id}`);
    expect(shown.html).toContain(`/desk/units/${BASHIR}/case/WY-0125-0018`);
    expect(await read(zhou, "/desk/tickets/new?about=registration/WY-0125-0018")).toContain(
      `这件事已有在办的督办件：${id}`,
    );
  });

  it("names the form that is overdue, and so does the ticket", async () => {
    for (const [kind, unit, subject, said] of [
      ["count", "511781100S01", "morning-check/2026-01-25", "示例小学：学校晨检 1月25日"],
      ["record", BASHIR, "exit-pass/CR-0125-4486/0", "示例二社区：出入证 CR-0125-4486"],
      ["decision", TOWN, "banquet/HB-0125-0931/0", "太平镇：红白事 HB-0125-0931：审批或处置"],
      ["record", BASHIR, "gone-pass/GP-0125-0017/0", "示例二社区：办理登记事项 GP-0125-0017"],
    ] as const) {
      const about = await owe(county, kind, unit, subject, iso("07:00"), iso("09:00"));
      const { html } = await page(zhou, `/desk/tickets/new?${new URLSearchParams({ about })}`);
      expect(inputValue(html, "title")).toBe(said);
      const id = await open(zhou, { about, units: [unit] });
      expect(await read(zhou, `/desk/tickets/${id}`)).toContain(said.replace("：", " · "));
    }
  });

  it("opens the units below a town without a script, and keeps what was ticked and typed", async () => {
    const looked = await send(zhou, "/desk/tickets/new", asked({ units: [WU], _look: TOWN, _at: "511781" }));
    expect(looked.status).toBe(200);
    const html = await looked.text();
    expect(html).toContain("卡点无人值守（示例）");
    expect(html).toMatch(new RegExp(`name="units" value="${WU}" checked`));
    expect(textOf(html)).toContain("太平镇的下属单位");
    for (const code of [AMINA, BASHIR, "511781100S01"])
      expect(html).toContain(`name="units" value="${code}"`);
    const english = await send(zhou, "/desk/tickets/new", asked({ units: [WU], _lang: "en", _at: TOWN }));
    expect(await english.text()).toMatch(/Units below 太平镇[\s\S]*Open and circulate/);
    expect(await rows(sql`SELECT id FROM ticket`)).toEqual([]);
  });

  it("says everything there is to mend at once, keeps it, and writes nothing", async () => {
    const before = await everything();
    const bad = await send(
      zhou,
      "/desk/tickets/new",
      asked({ title: " ", text: "", units: [], dueTime: "25:00" }),
    );
    expect(bad.status).toBe(422);
    const html = await bad.text();
    expect(html).toContain("<title>错误：");
    expect(textOf(html)).toContain("有 4 处需要修改");
    const wrong = async (more: Fields) => {
      const answer = await send(zhou, "/desk/tickets/new", asked(more));
      return [answer.status, textOf(await answer.text())] as const;
    };
    for (const [more, said] of [
      [{ dueDate: "2026-01-24" }, "时限必须晚于现在"],
      [{ dueDate: "2026-02-25" }, "时限最长 30 天"],
      [{ dueDate: "2026-13-01" }, "请填写日期"],
      [{ units: ["511782"] }, "没有这个单位"],
      [{ units: ["511781999999"] }, "没有这个单位"],
      [{ title: "长".repeat(81) }, "不能超过 80 个字"],
      [{ text: "字\u0007" }, "无法显示的字符"],
      [{ clientId: "x" }, "请刷新页面后再提交"],
      [{ units: Array.from({ length: 51 }, (_, at) => `5117811010${at + 10}`) }, "没有这个单位"],
    ] as [Fields, string][]) {
      const [status, text] = await wrong(more);
      expect(status, said).toBe(422);
      expect(text).toContain(said);
      expect(text, said).toContain("北门卡点".slice(0, "text" in more ? 0 : 4));
    }
    expect(await everything()).toEqual(before);
    expect((await zhou.get("/desk/tickets/new?about=tip/T-9999-9999")).status).toBe(404);
  });

  it("open since yesterday is refused for its due time, and nothing typed is lost", async () => {
    const typed = asked();
    county.setNow(iso("10:00", "2026-01-26"));
    const again = await county.signIn("supervisor", "511781", "示例周");
    const late = await send(again, "/desk/tickets/new", typed);
    expect(late.status).toBe(422);
    const html = await late.text();
    expect(textOf(html)).toContain("时限必须晚于现在");
    expect(html).toContain("北门卡点昨夜无人，请查明并补上（示例）");
    expect(html).toMatch(new RegExp(`name="units" value="${AMINA}" checked`));
  });

  it("sent twice is one ticket; sent again with other words it asks first", async () => {
    const typed = asked();
    const [one, two] = await Promise.all([
      send(zhou, "/desk/tickets/new", typed),
      send(zhou, "/desk/tickets/new", typed),
    ]);
    expect(one.headers.get("Location")).toBe(two.headers.get("Location"));
    expect(await rows(sql`SELECT count(*) AS n FROM ticket`)).toEqual([{ n: 1 }]);
    const other = await send(zhou, "/desk/tickets/new", { ...typed, text: "换了内容（示例）" });
    expect(other.status).toBe(409);
    const html = await other.text();
    expect(html).toContain("换了内容（示例）");
    expect(inputValue(html, "clientId")).not.toBe(typed.clientId);
  });
});

describe("who may, and where", () => {
  it("only those who supervise open and close; who settles answers; an inspector looks", async () => {
    const id = await open();
    for (const role of ["reporter", "clerk", "inspector"] as const) {
      const who = await county.signIn(role, "511781");
      expect((await who.get("/desk/tickets/new")).status).toBe(403);
      expect((await send(who, "/desk/tickets/new", asked())).status).toBe(403);
      for (const name of ["close", "reopen", "due", "remove", "circulate"])
        expect((await act(who, id, name, {})).status, `${role} ${name}`).toBe(403);
      expect((await page(who, `/desk/tickets/${id}`)).html).not.toContain(`${id}/close`);
    }
    const inspector = await county.signIn("inspector", "511781");
    expect((await answer(inspector, id, AMINA)).status).toBe(403);
    expect((await page(inspector, `/desk/tickets/${id}`)).html).not.toContain(`${id}/answer`);
    expect(await owed()).toEqual([AMINA, BASHIR]);
  });

  it("Wu's village, to which it was not circulated, finds nothing there and can do nothing", async () => {
    const id = await open();
    const before = await everything();
    const wu = await county.signIn("supervisor", WU);
    expect((await wu.get(`/desk/tickets/${id}`)).status).toBe(404);
    for (const name of ["close", "reopen", "due", "remove", "circulate", "answer"])
      expect((await act(wu, id, name, { unit: AMINA, ...close })).status, name).toBe(404);
    expect((await wu.get(`/desk/units/${WU}/ticket/${id}`)).status).toBe(404);
    for (const wrong of ["DB-0125-99999", "DB-0000-0000", "x", "DB-0125-0001%27"])
      expect((await zhou.get(`/desk/tickets/${wrong}`)).status, wrong).toBe(404);
    expect(await everything()).toEqual(before);
  });

  it("Amina's village reads what is asked, its own part and the closing, not what Bashir's answered", async () => {
    const id = await open();
    const amina = await county.signIn("supervisor", AMINA, "示例村支书");
    await answer(zhou, id, BASHIR, "二社区的答复（示例）");
    const text = await read(amina, `/desk/tickets/${id}`);
    expect(text).toContain("北门卡点昨夜无人");
    expect(text).not.toMatch(/二社区/);
    expect((await act(amina, id, "close", close)).status).toBe(403);
    expect((await answer(amina, id, BASHIR)).status).toBe(404);
    await act(zhou, id, "close", { ...close, although: "yes" });
    const after = await read(amina, `/desk/tickets/${id}`);
    expect(after).toContain("现场照片已核（示例）");
    expect(after).toContain("未答复即销号：示例一社区");
  });

  it("a ticket of Li's town goes to its own units only, and Zhou of the county sees it whole", async () => {
    const li = await county.signIn("supervisor", TOWN, "示例李");
    expect((await send(li, "/desk/tickets/new", asked({ units: [WU] }))).status).toBe(422);
    const id = await open(li, { units: [AMINA] });
    expect((await act(zhou, id, "circulate", { units: [WU] })).status).toBe(422);
    expect((await act(zhou, id, "circulate", { units: [BASHIR] })).status).toBe(303);
    expect((await act(zhou, id, "close", { ...close, although: "yes" })).status).toBe(303);
  });

  it("its words are sealed in the database, and who looks at them is on record once a day", async () => {
    const id = await open();
    await answer(zhou, id, AMINA, "独一无二的答复");
    await zhou.get(`/desk/tickets/${id}`);
    await zhou.get(`/desk/tickets/${id}`);
    expect(JSON.stringify(await everything())).not.toMatch(/卡点|独一无二/);
    expect(await rows(sql`SELECT count(*) AS n FROM audit WHERE act = 'look-ticket'`)).toEqual([{ n: 1 }]);
  });
});

describe("two officials at once", () => {
  it("closing: one wins, the other is told who and when, and what was typed is there still", async () => {
    const id = await open();
    const second = await county.signIn("supervisor", "511781", "示例郑");
    const fields = (text: string) => ({ closeText: text, although: "yes" });
    const both = await Promise.all([
      act(zhou, id, "close", fields("周的依据（示例）"), "0"),
      act(second, id, "close", fields("郑的依据（示例）"), "0"),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    const [lost, own, name] =
      both[0]?.status === 409
        ? [both[0], "周的依据（示例）", "示例郑"]
        : [both[1], "郑的依据（示例）", "示例周"];
    const text = textOf(lost?.html ?? "");
    expect(text).toContain(`万源市 ${name} 10:00 销号`);
    expect(text).toContain(own);
    expect(await acts()).toEqual(["open-ticket", "close-ticket"]);
    expect(await rows(sql`SELECT count(*) AS n FROM ticket_event WHERE kind = 'closed'`)).toEqual([{ n: 1 }]);
  });

  it("a page of before another's change is refused with the form as it was typed, and goes through once looked at again", async () => {
    const id = await open();
    const second = await county.signIn("supervisor", "511781", "示例郑");
    await act(second, id, "due", { dueText: "缓一天（示例）", dueDate: "2026-01-26", dueTime: "12:00" });
    const late = await act(zhou, id, "close", { ...close, although: "yes" }, "0");
    expect(late.status).toBe(409);
    expect(textOf(late.html)).toContain("万源市 示例郑 10:00 更改时限");
    expect(late.html).toMatch(/<textarea[^>]*name="closeText"[^>]*>现场照片已核（示例）/);
    expect(inputValue(late.html, "version")).toBe("1");
    expect((await act(zhou, id, "close", { ...close, although: "yes" }, "1")).status).toBe(303);
    for (const version of ["", "x", "1.0", "-1"])
      expect(
        (
          await act(
            zhou,
            id,
            "reopen",
            { reopenText: "再查", dueDate: "2026-01-26", dueTime: "12:00" },
            version,
          )
        ).status,
      ).toBe(409);
  });

  it("answering: one answer counts, the other is told by whom and keeps the words", async () => {
    const id = await open();
    const li = await county.signIn("clerk", TOWN, "示例李");
    const both = await Promise.all([
      answer(zhou, id, AMINA, "甲答（示例）"),
      answer(li, id, AMINA, "乙答（示例）"),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409]);
    const at = both.findIndex(({ status }) => status === 409);
    const text = textOf((await both[at]?.text()) ?? "");
    expect(text).toContain(at === 0 ? "太平镇 示例李 10:00 答复" : "万源市 示例周 10:00 答复");
    expect(text).toContain(at === 0 ? "甲答（示例）" : "乙答（示例）");
    expect(await rows(sql`SELECT count(*) AS n FROM ticket_event WHERE kind = 'answered'`)).toEqual([
      { n: 1 },
    ]);
  });

  it("an answer that comes while Zhou closes is kept, and the closing takes it into account", async () => {
    const id = await open(zhou, { units: [AMINA] });
    const [answered, closed] = await Promise.all([
      answer(zhou, id, AMINA),
      act(zhou, id, "close", { ...close, although: "yes" }),
    ]);
    expect([303, 409]).toContain(answered.status);
    expect(closed.status).toBe(303);
    expect(await owed()).toEqual([]);
    const [row] = await rows(
      sql`SELECT met_at IS NOT NULL AS met, excused_at IS NOT NULL AS excused FROM obligation`,
    );
    expect(Number(row?.met) + Number(row?.excused)).toBe(1);
    expect(Number(row?.met)).toBe(answered.status === 303 ? 1 : 0);
  });
});

describe("whatever officials do to a ticket, two at a time", () => {
  const code = fc.constantFrom(AMINA, BASHIR, WU, TOWN);
  const later = fc
    .integer({ min: 1, max: 20 })
    .map((hours) => new Date(Date.parse(iso("10:00")) + hours * HOUR));
  const deed: fc.Arbitrary<TicketAct> = fc.oneof(
    fc.record({
      kind: fc.constant("circulate" as const),
      units: fc.array(code, { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant("remove" as const), unit: code }),
    fc.record({ kind: fc.constant("due" as const), dueAt: later }),
    fc.record({ kind: fc.constant("close" as const), although: fc.boolean() }),
    fc.record({
      kind: fc.constant("reopen" as const),
      dueAt: later,
      units: fc.array(code, { maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant("answer" as const), unit: code }),
    fc.record({ kind: fc.constant("answer" as const), unit: code }),
  );

  it("the rows are what the events say, and exactly the units that owe have an open obligation", {
    timeout: 60_000,
  }, async () => {
    const id = await open();
    const { deps } = county;
    const whole = { code: "511781", exact: false };
    const desk = { actor: `official/${zhou.id}`, lang: "zh-Hans", scope: whole } as const;
    let minutes = 0;
    const perform = async (act: TicketAct, version: string, now: Date) => {
      try {
        if (act.kind === "answer")
          await answerTicket(deps, { ticketId: id, unitCode: act.unit, actor: desk.actor, text: "示例" });
        else {
          const dueAt = "dueAt" in act ? { dueAt: act.dueAt.getTime() } : {};
          await actOnTicket(
            deps,
            { ...desk, now },
            { id, version, act, words: dueAt, name: `${act.kind}-ticket` },
          );
        }
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError);
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(deed, deed), { minLength: 3, maxLength: 6 }), async (pairs) => {
        for (const pair of pairs) {
          const now = new Date(Date.parse(iso("10:00")) + ++minutes * 1000);
          county.setNow(now.toISOString());
          const version = await versionOf(id);
          await Promise.all(pair.map((act) => perform(act, version, now)));
        }
        const ticket = await findTicket(deps, id, whole);
        if (!ticket) throw new Error("the ticket is gone");
        const { lines } = await listTicketEvents(deps, ticket, whole);
        const told = ticketOf(
          lines.map(({ kind, unitCode, at, words: { dueAt } }) => ({
            ...{ kind, unitCode, at },
            ...(dueAt ? { dueAt: new Date(dueAt) } : {}),
          })),
        );
        const { units, ...rest } = stateOf(ticket);
        expect({ ...told, units: [...(told?.units ?? [])].sort() }).toEqual({
          ...rest,
          units: [...units].sort(),
        });
        expect(await owed()).toEqual(told && owing(told));
      }),
      { numRuns: 8 },
    );
    // Of so many at least some were taken.
    expect(Number(await versionOf(id))).toBeGreaterThan(0);
  });
});

describe("a village's own link", () => {
  it("lists the ticket and takes the answer, signed by hand, so that no official is needed", async () => {
    const id = await open();
    const token = await linkOf(county, AMINA);
    const board = await (await county.fetch(`/u/${token}`)).text();
    expect(textOf(board)).toContain(`督办件，等待答复 1 ${id} 卡点无人值守（示例）`);
    const at = `/u/${token}/ticket/${id}`;
    const form = await (await county.fetch(at)).text();
    expect(textOf(form)).toContain("北门卡点昨夜无人");
    expect(textOf(form)).not.toContain("二社区");
    const blank = await post(county, at, { unit: AMINA, text: "  ", by: "" });
    expect(blank.status).toBe(422);
    expect(textOf(await blank.text())).toMatch(/请写明办理情况 请写填写人/);
    expect((await post(county, at, { unit: BASHIR, text: "代答", by: "示例" })).status).toBe(404);
    const sent = await county.fetch(at, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" },
      body: new URLSearchParams({ unit: AMINA, text: "已补岗（示例）", by: "示例甲" }).toString(),
    });
    expect(sent.status).toBe(303);
    expect(await owed()).toEqual([BASHIR]);
    const done = textOf(await (await county.fetch(at)).text());
    expect(done).toMatch(/已答复 1月25日 10:00.*已补岗（示例） —— 示例甲/);
    const again = await post(county, at, { unit: AMINA, text: "再答一次（示例）", by: "示例乙" });
    expect(again.status).toBe(409);
    expect(textOf(await again.text())).toMatch(/示例一社区 10:00 答复.*再答一次（示例）/);
    expect(textOf(await (await county.fetch(`/u/${token}`)).text())).not.toContain("督办件");
  });

  it("of Wu's village does not open it, and behind the desk the same page answers under a name", async () => {
    const id = await open();
    const token = await linkOf(county, WU);
    expect((await county.fetch(`/u/${token}/ticket/${id}`)).status).toBe(404);
    const li = await county.signIn("clerk", TOWN, "示例李");
    const { html } = await page(li, `/desk/units/${AMINA}/ticket/${id}`);
    expect(html).not.toContain('name="by"');
    const sent = await send(li, `/desk/units/${AMINA}/ticket/${id}`, {
      unit: AMINA,
      text: "镇里已办（示例）",
    });
    expect(sent.status).toBe(303);
    expect(await read(zhou, `/desk/tickets/${id}`)).toContain("太平镇 示例李");
  });
});

describe("the lists", () => {
  it("show what waits, what we opened, what we were sent and what is closed, the overdue first", async () => {
    const late = await open(zhou, { title: "先到期（示例）", dueTime: "11:00", units: [AMINA] });
    const next = await open(zhou, { title: "后到期（示例）", dueTime: "15:00", units: [AMINA, BASHIR] });
    county.setNow(iso("12:00"));
    const waiting = await read(zhou, "/desk/tickets");
    expect(waiting.indexOf(late)).toBeLessThan(waiting.indexOf(next));
    expect(waiting).toContain("逾期 1 小时");
    expect(waiting.match(new RegExp(next, "g"))).toHaveLength(2);
    const amina = await county.signIn("reporter", AMINA);
    expect(await read(amina, "/desk/tickets?view=received")).toMatch(
      new RegExp(`${next}.*${late}|${late}.*${next}`),
    );
    expect(await read(amina, "/desk/tickets")).not.toContain("二社区");
    expect(await read(amina, "/desk/tickets?view=opened")).toContain("没有在办的督办件");
    await act(zhou, late, "close", { ...close, although: "yes" });
    expect(await read(zhou, "/desk/tickets?view=closed")).toContain(late);
    expect(await read(zhou, "/desk/tickets?view=opened")).not.toContain(late);
  });

  it("go on page by page, each ticket once, and read no more than 200 rows, at whatever place", {
    timeout: 30_000,
  }, async () => {
    await fill(220);
    const [reporter, li] = [await county.signIn("reporter", AMINA), await county.signIn("clerk", TOWN)];
    for (const [who, view, count] of [
      [zhou, "answer", 220],
      [li, "answer", 165],
      [reporter, "answer", 55],
      [zhou, "opened", 220],
      [reporter, "received", 55],
      [zhou, "closed", 110],
    ] as const) {
      const seen: string[] = [];
      let path: string | undefined = `/desk/tickets?view=${view}`;
      let pages = 0;
      while (path && pages < 12) {
        zero(county.meter);
        const { html }: { html: string } = await page(who, path);
        expect(county.meter.read, `${view} ${path}`).toBeLessThanOrEqual(200);
        seen.push(
          ...[...html.matchAll(/<th scope="row">[\s\S]*?>(DB-\d{4}-\d{4})</g)].map(([, id = ""]) => id),
        );
        path = /href="([^"]*view=\w+&amp;after=[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
        pages += 1;
      }
      expect(seen.length, view).toBe(new Set(seen).size);
      expect(seen.length, view).toBe(count);
    }
    for (const after of [
      "x",
      "1",
      "1.DB-0000-0000",
      "999999999999999.DB-0125-0001/511781",
      "-1.DB-0125-0001",
      "1.%27",
    ])
      expect((await zhou.get(`/desk/tickets?view=answer&after=${after}`)).status, after).toBe(200);
    expect((await zhou.get("/desk/tickets?view=%00")).status).toBe(200);
  });

  /** Open tickets of the county, each to one of four units, and half as many that are closed. */
  async function fill(count: number) {
    const units = [AMINA, BASHIR, WU, TOWN];
    const list = await Promise.all(
      Array.from({ length: count * 1.5 }, async (_, at) => {
        const id = `DB-0124-${String(at).padStart(4, "0")}`;
        const sealed = await county.deps.privacy.seal({ title: `示例 ${at}`, text: "示例" }, id, "ticket");
        return { id, at, sealed, unit: units[at % 4], closed: at >= count };
      }),
    );
    const day = Date.parse(iso("10:00"));
    await county.deps.d1.batch(
      list.flatMap(({ id, at, sealed, unit, closed }) => [
        county.deps.d1
          .prepare(
            `INSERT INTO ticket (id, unit_code, sealed, opened_by, opened_at, due_at, closed_at, recorded_at)
             VALUES (?, '511781', ?, 'official/x', ?, ?, ?, ?)`,
          )
          .bind(id, sealed, day - at, day + Math.floor(at / 7), closed ? day + at : null, day),
        ...(closed
          ? []
          : [
              county.deps.d1
                .prepare("INSERT INTO ticket_unit (ticket_id, unit_code, circulated_at) VALUES (?, ?, ?)")
                .bind(id, unit, day - Math.floor(at / 7)),
              county.deps.d1
                .prepare(
                  `INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, recorded_at)
                   VALUES (?, 'ticket', ?, ?, ?, ?, ?)`,
                )
                .bind(`ticket/${id}/${unit}`, unit, `${id}/${unit}`, day, day + Math.floor(at / 7), day),
            ]),
      ]),
    );
  }
});
