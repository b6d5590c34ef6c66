import { beforeEach, describe, expect, it } from "vitest";
import { listRecords } from "../../src/db/record-list.ts";
import { openDb } from "../../src/db/store.ts";
import type { RecordForm } from "../../src/forms/define.ts";
import { createUnitRecordsRoutes } from "../../src/routes/unit-records.tsx";
import { createShell } from "../../src/shell.tsx";
import { clientId } from "../support/cast.ts";
import { deskOf } from "../support/desk.ts";
import { gateVisit } from "../support/forms-gate.ts";
import { metered, zero } from "../support/meter.ts";
import { linkOf, post, textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/** Bindings without the limits of senders. */
const NO_LIMITS = {};

/* The pages of records at a unit's door: Wu at the gate, Li in the town, Mallory elsewhere. */
const TOWN = "511781100";
const VILLAGE = "511781100001";
const NEIGHBOUR = "511781100002";
const HOME = "示例小区 1 栋 101";
const PASS = { home: HOME, person: "样本甲", purpose: "shopping" };

let county: TestCounty;
let wu: string;
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:05:00+08:00");
  await seedUnits(county);
  wu = `/u/${await linkOf(county, VILLAGE)}`;
});

let sent = 0;
const freshId = () => clientId(2000 + ++sent);
const read = async (answer: Response) => {
  const html = await answer.text();
  return { status: answer.status, html, text: textOf(html), to: answer.headers.get("Location") ?? "" };
};
const page = async (path: string) => read(await county.fetch(path));
const send = async (path: string, fields: Record<string, string>) =>
  read(await post(county, path, { clientId: freshId(), _go: "send", ...fields }));
const rows = async (sql: string) =>
  (await county.deps.d1.prepare(sql).all<Record<string, unknown>>()).results;
/** Issues a pass at Wu's gate. @returns its number */
async function issue(fields: Record<string, string> = PASS): Promise<string> {
  const { status, to } = await send(`${wu}/records/exit-pass/new`, fields);
  expect(status).toBe(303);
  return /exit-pass\/(CR-\d{4}-\d{4})\?done=filed/.exec(to)?.[1] ?? "";
}

describe("Wu at the gate", () => {
  it("finds the forms from the village's page, with nothing open, and a list that says that it is empty", async () => {
    expect((await page(wu)).text).toContain("各类登记");
    const { text, html } = await page(`${wu}/records`);
    expect(text).toContain("出入证 没有未办结的。 新增出入证");
    expect(text).not.toContain("发热门诊");
    expect(html).toContain(`href="${wu}/records/exit-pass/new?lang=zh-Hans"`);
    expect((await page(`${wu}/records/exit-pass`)).text).toContain("还没有登记过。");
    expect((await page(`${wu}/records/exit-pass?state=back`)).text).toContain("没有这种状态的。");
    expect((await page(`${wu}/records?lang=en`)).text).toContain("New pass");
  });

  it("checks what was typed, goes back to one question, and issues the pass once however often it is sent", async () => {
    const path = `${wu}/records/exit-pass/new`;
    const id = freshId();
    const empty = await send(path, { clientId: id, _go: "check", home: HOME });
    expect([empty.status, empty.text.includes("有 2 处需要修改")]).toEqual([422, true]);
    expect(empty.html).toContain(`value="${HOME}"`);
    const check = await send(path, { ...PASS, clientId: id, _go: "check" });
    expect(check.text).toContain("请核对 · 新增出入证");
    expect(check.text).toContain("采购生活用品");
    expect(check.html).toContain(`name="clientId" value="${id}"`);
    const back = await send(path, { ...PASS, clientId: id, _change: "person" });
    expect([back.status, back.html.includes('value="样本甲"')]).toEqual([200, true]);
    const other = await send(path, { ...PASS, clientId: id, _lang: "zh-Hant" });
    expect([other.status, other.text.includes("外出做什麼"), other.html.includes(HOME)]).toEqual([
      200,
      true,
      true,
    ]);
    const answers = await Promise.all([1, 2, 3].map(() => send(path, { ...PASS, clientId: id })));
    expect(new Set(answers.map(({ status, to }) => `${status} ${to}`)).size).toBe(1);
    expect(await rows("SELECT count(*) AS n FROM record")).toEqual([{ n: 1 }]);
    const changed = await send(path, { ...PASS, home: "示例小区 2 栋 202", clientId: id });
    expect([changed.status, changed.text.includes("这一份已经提交过")]).toEqual([409, true]);
    expect(changed.html).not.toContain(`value="${id}"`);
  });

  it("lets somebody out, sees them overdue in the list, and takes them back in", async () => {
    const id = await issue();
    const path = `${wu}/records/exit-pass/${id}`;
    const issued = await page(`${path}?done=filed`);
    expect(issued.text).toContain(`已登记 出入证 ${id} 已开具`);
    expect(issued.text).toContain(`哪一户 ${HOME} 外出的人 样本甲`);
    county.setNow("2026-01-25T10:20:00+08:00");
    const out = await send(`${path}/out`, {});
    expect([out.status, out.to]).toEqual([303, `${path}?done=out&lang=zh-Hans`]);
    expect((await page(path)).text).toContain("外出中 返回： 12:20 到期 还有 2 小时");
    county.setNow("2026-01-25T12:50:00+08:00");
    const list = await page(`${wu}/records/exit-pass`);
    expect(list.text).toContain("未办结 1 件， 逾期 1 件");
    expect(list.text).toContain(`${id} ${HOME} · 样本甲 外出中 逾期 30 分 12:20 到期`);
    expect(list.text).toContain("10:00 1 合计 1");
    expect((await page(`${wu}/records`)).text).toContain("未办结 1 件， 逾期 1 件");
    expect((await send(`${path}/back`, {})).status).toBe(303);
    const back = await page(`${path}?done=back`);
    expect(back.text).toContain("已记下：已返回");
    expect(back.text).toContain(
      "1月25日 12:50 已返回 本单位 1月25日 10:20 外出中 本单位 1月25日 10:05 已开具",
    );
    // Nothing is left to do, not even to withdraw it.
    expect(back.html).not.toMatch(/_go|withdrawn/);
    const settled = await page(`${wu}/records/exit-pass?state=back`);
    expect(settled.text).toContain(`已办结 ${id}`);
    expect((await page(`${wu}/records/exit-pass?state=out`)).text).not.toContain(id);
  });

  it("is told why a second pass cannot be issued, with what was typed still there, and withdraws the wrong one", async () => {
    const id = await issue();
    const second = await send(`${wu}/records/exit-pass/new`, { ...PASS, person: "样本乙" });
    expect([second.status, second.text.includes("开错的可以先作废")]).toEqual([422, true]);
    expect(second.html).toContain('href="#f-home"');
    expect(second.html).toContain('value="样本乙"');
    const path = `${wu}/records/exit-pass/${id}`;
    const bare = await send(`${path}/withdrawn`, { whyWithdrawn: "  " });
    expect([bare.status, bare.text.includes("请写明作废的原因")]).toEqual([422, true]);
    expect((await send(`${path}/withdrawn`, { whyWithdrawn: "样本：写错了门牌" })).status).toBe(303);
    expect((await page(path)).text).toContain("已作废 本单位 样本：写错了门牌");
    await issue({ ...PASS, person: "样本乙" });
    expect(JSON.stringify(await rows("SELECT * FROM record"))).not.toMatch(/示例小区|样本/);
    expect(JSON.stringify(await rows("SELECT * FROM record_event"))).not.toContain("写错了门牌");
  });

  it("comes second to a colleague at the same gate: is told who was first and when, and nothing is done twice", async () => {
    const id = await issue();
    const path = `${wu}/records/exit-pass/${id}/out`;
    const key = freshId();
    expect((await send(path, { clientId: key })).status).toBe(303);
    expect((await send(path, { clientId: key })).status).toBe(303);
    const late = await send(path, {});
    expect(late.status).toBe(409);
    expect(late.text).toContain("别人已经先办了 本单位已于 10:05 记为“外出中”。您这一次没有记下。");
    expect(await rows("SELECT count(*) AS n FROM record_event")).toEqual([{ n: 2 }]);
  });

  it("walks a long list page by page, each record once", async () => {
    const made: string[] = [];
    const take = (id: string, step: string) => send(`${wu}/records/exit-pass/${id}/${step}`, {});
    for (let n = 0; n < 66; n++) made.push(await issue({ ...PASS, home: `示例小区 9 栋 ${n}` }));
    // Out of doors, back again, and never gone out: in three parts, the first of them what is owed.
    for (const id of made.slice(0, 22)) await take(id, "out");
    for (const id of made.slice(0, 11)) await take(id, "back");
    const seen: string[] = [];
    let path = `${wu}/records/exit-pass`;
    for (let turn = 0; turn < 5 && path; turn++) {
      const { html } = await page(path);
      seen.push(...[...html.matchAll(/exit-pass\/(CR-\d{4}-\d{4})\?/g)].map(([, id = ""]) => id));
      path = (/href="([^"]*after=[^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&amp;", "&");
    }
    expect(new Set(seen.slice(0, 11))).toEqual(new Set(made.slice(11, 22)));
    expect(new Set(seen.slice(55))).toEqual(new Set(made.slice(0, 11)));
    expect(seen.sort()).toEqual(made.sort());
    expect((await page(`${wu}/records/exit-pass?after=nonsense`)).status).toBe(200);
  });
});

it("reads a page of a village with thousands of open passes at the cost of a page", async () => {
  await county.deps.d1
    .prepare(
      `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5000)
        INSERT INTO record (id, form, unit_code, submission_id, state, version, facts, counted, occurred_at, recorded_at,
          due_at, touched_at)
        SELECT printf('CR-%04d-%04d', n / 100, n), 'exit-pass', '${VILLAGE}', n, 'out', 1, '{}', '{}', n, n,
          iif(n % 2, n, NULL), n FROM n`,
    )
    .run();
  const meter = { queries: 0, batches: 0, read: 0, written: 0 };
  const store = { ...county.deps, db: openDb(metered(county.deps.d1, meter)) };
  for (const scope of [{ code: VILLAGE, own: true }, { code: TOWN }])
    for (const after of [undefined, "o.4000.CR-0040-4000", "n.0.CR-0040-4000"]) {
      zero(meter);
      const page = await listRecords(store, { form: "exit-pass", scope }, { after, limit: 30 });
      expect([page.items.length, meter.read < 250]).toEqual([30, true]);
    }
});

describe("Li in the town decides about a banquet", () => {
  const BANQUET = {
    ...{ kind: "funeral", date: "2026-01-26", tables: "5", people: "40", outside: "no" },
    ...{ host: "样本甲", phone: "13900000000", place: "样本村 2 组 5 号" },
  };
  const PERSONAL = [BANQUET.host, BANQUET.phone, BANQUET.place];
  let li: string;
  let id: string;
  beforeEach(async () => {
    li = `/u/${await linkOf(county, TOWN)}`;
    const filed = await send(`${wu}/records/banquet/new`, BANQUET);
    expect(filed.status).toBe(303);
    id = /banquet\/(HB-\d{4}-\d{4})/.exec(filed.to)?.[1] ?? "";
  });

  it("finds it waiting, sees no name until it is on record, and refuses it with a reason", async () => {
    expect((await page(li)).text).toContain("等本单位办理 1 件");
    const board = await page(`${li}/records`);
    expect(board.text).toContain(`等本单位办理 1 ${id} `);
    expect(board.text).toContain("示例一社区");
    const path = `${li}/records/banquet/${id}`;
    const masked = await page(path);
    expect(masked.text).toContain("未显示");
    for (const value of PERSONAL) expect(masked.html).not.toContain(value);
    const none = await send(`${path}/reveal`, {});
    expect([none.status, none.text.includes("请选择为什么要看")]).toEqual([422, true]);
    const shown = await send(`${path}/reveal`, { purpose: "settle" });
    expect(shown.status).toBe(200);
    for (const value of PERSONAL) expect(shown.html).toContain(value);
    expect(await rows("SELECT act, subject_id, unit_code FROM audit WHERE act LIKE 'reveal%'")).toEqual([
      { act: "reveal-record/settle", subject_id: id, unit_code: VILLAGE },
    ]);
    // The village waits; it cannot approve its own.
    expect((await page(`${wu}/records/banquet/${id}`)).text).toContain("等上级办理：同意办理、不同意办理。");
    expect((await send(`${wu}/records/banquet/${id}/approved`, { allowedTables: "3" })).status).toBe(403);
    const second = await page(`${path}?step=refused`);
    expect(second.html).toContain('name="why"');
    expect(second.html).not.toContain('name="allowedTables"');
    const bare = await send(`${path}/refused`, {});
    expect([bare.status, bare.text.includes("请写明不同意的理由")]).toEqual([422, true]);
    expect((await send(`${path}/refused`, { why: "样本：一律缓办" })).status).toBe(303);
    const told = await page(`${wu}/records/banquet/${id}`);
    expect(told.text).toContain("不同意的理由：样本：一律缓办");
    expect((await page(`${li}/records`)).text).toContain("现在没有等本单位办理的。");
  });

  it("comes second to the county: is told so calmly, and what was typed is not lost", async () => {
    const zhou = `/u/${await linkOf(county, "511781")}`;
    expect((await send(`${zhou}/records/banquet/${id}/approved`, { allowedTables: "2" })).status).toBe(303);
    const late = await send(`${li}/records/banquet/${id}/refused`, { why: "样本：改为缓办" });
    expect(late.status).toBe(409);
    expect(late.text).toContain("万源市已于 10:05 记为“已同意”。您这一次没有记下。");
    expect(late.text).toContain("不同意的理由：样本：改为缓办");
  });

  it("behind a session sees facts alone, and an official who may not reveal is told so", async () => {
    const desk = deskOf(county);
    const reporter = await desk.signIn("reporter", TOWN);
    const path = `/desk/units/${VILLAGE}/records/banquet/${id}`;
    const masked = await read(await reporter.get(path));
    expect([masked.status, masked.text.includes("未显示")]).toEqual([200, true]);
    for (const value of PERSONAL) expect(masked.html).not.toContain(value);
    const supervisor = await desk.signIn("supervisor", TOWN);
    const shown = await read(await supervisor.post(`${path}/reveal`, { purpose: "call" }));
    for (const value of PERSONAL) expect(shown.html).toContain(value);
    const list = await read(await supervisor.get("/desk/records/banquet"));
    expect(list.text).toContain("示例一社区 1 0 1");
    expect(list.text).toContain("10:00 1 合计 1");
    expect((await read(await supervisor.get("/desk/records"))).text).toContain("红白事");
    expect((await supervisor.get("/desk/records/banquet?unit=511781101")).status).toBe(404);
    expect((await supervisor.get("/desk/records/no-such")).status).toBe(404);
  });
});

describe("Mallory", () => {
  it("finds nothing of another unit's, whatever is asked for", async () => {
    const id = await issue();
    const other = `/u/${await linkOf(county, NEIGHBOUR)}`;
    expect((await page(`${other}/records/exit-pass/${id}`)).status).toBe(404);
    expect((await send(`${other}/records/exit-pass/${id}/out`, {})).status).toBe(404);
    expect((await send(`${other}/records/exit-pass/${id}/reveal`, { purpose: "call" })).status).toBe(404);
    expect((await send(`${other}/records/exit-pass/${id}/withdrawn`, { whyWithdrawn: "x" })).status).toBe(
      404,
    );
    expect((await page(`${other}/records/exit-pass`)).text).not.toContain(id);
    expect((await page(`${wu}/records/banquet/${id}`)).status).toBe(404);
    expect((await page(`${wu}/records/exit-pass/CR-0000-0000`)).status).toBe(404);
    expect((await page(`${wu}/records/exit-pass/nothing`)).status).toBe(404);
    expect((await send(`${wu}/records/exit-pass/${id}/fly`, {})).status).toBe(404);
    expect((await page(`${wu}/records/constructor`)).status).toBe(404);
    expect((await page(`${wu}/records/fever-clinic/new`)).status).toBe(422);
    const school = `/u/${await linkOf(county, "511781100S01")}`;
    expect((await page(`${school}/records/exit-pass`)).status).toBe(422);
  });

  it.each<[string, Record<string, string>]>([
    ["nothing at all", {}],
    ["a purpose that is none", { ...PASS, purpose: "__proto__" }],
    ["a person of a thousand letters", { ...PASS, person: "样".repeat(1_000) }],
    ["lines and nulls", { ...PASS, person: "\u0000\n" }],
    ["a client id that is none", { ...PASS, clientId: "x", home: "" }],
  ])("sends %s and is told what to mend, with nothing stored", async (_, fields) => {
    const { status, text } = await send(`${wu}/records/exit-pass/new`, fields);
    expect([status, text.includes("需要修改")]).toEqual([422, true]);
    expect(await rows("SELECT count(*) AS n FROM record")).toEqual([{ n: 0 }]);
  });

  it("files nothing for a unit that was closed, which still reads what it had", async () => {
    const id = await issue();
    await county.deps.d1
      .prepare("UPDATE unit SET closed_at = ? WHERE code = ?")
      .bind(county.deps.now().getTime(), VILLAGE)
      .run();
    expect((await page(`${wu}/records`)).text).not.toContain("新增出入证");
    expect((await page(`${wu}/records/exit-pass/new`)).status).toBe(422);
    expect((await send(`${wu}/records/exit-pass/new`, PASS)).status).toBe(422);
    expect((await page(`${wu}/records/exit-pass/${id}`)).status).toBe(200);
  });
});

describe("a form that nobody here has seen", () => {
  it("has all of its pages without another line", async () => {
    const app = createShell(
      async () => county.deps,
      (shell) => {
        shell.route("/u/:token", createUnitRecordsRoutes([gateVisit]));
      },
    );
    const ask = async (path: string, fields?: Record<string, string>) =>
      read(
        await app.request(
          `https://baobei.example${path}`,
          {
            ...(fields && { method: "POST", body: new URLSearchParams(fields) }),
          },
          NO_LIMITS,
        ),
      );
    const path = `${wu}/records/gate-visit`;
    const form = await ask(`${path}/new`);
    for (const name of [
      "plate",
      "people",
      "degrees",
      "cough",
      "signs",
      "on",
      "at.date",
      "phone",
      "paper.kind",
      "to",
    ])
      expect(form.html, name).toContain(`name="${name}"`);
    expect(form.text).toContain("太平镇 示例一社区");
    const given = {
      ...{
        clientId: freshId(),
        plate: "川S00000",
        people: "2",
        degrees: "36.5",
        cough: "yes",
        signs: "tired",
      },
      ...{ on: "2026-01-25", "at.date": "2026-01-25", "at.time": "09:30", phone: "13900000000" },
      ...{ "paper.kind": "none", to: VILLAGE, words: "样本" },
    };
    const check = await ask(`${path}/new`, { ...given, _go: "check" });
    expect([check.status, check.text.includes("36.5 ℃"), check.text.includes("示例一社区")]).toEqual([
      200,
      true,
      true,
    ]);
    const { status, to } = await ask(`${path}/new`, { ...given, _go: "send" });
    expect(status).toBe(303);
    const done = await ask(to);
    expect(done.text).toContain("来访 ZZ-");
    expect((await ask(path)).text).toContain("川S00000 · 几个人 2");
  });

  it("offers the places that a step asks for, and tells them by name afterwards", async () => {
    const [left] = gateVisit.record.steps;
    const label = { "zh-Hans": "下一站", "zh-Hant": "下一站", en: "Next place" };
    const next = { name: "next", type: "unit", level: "village", label, required: true } as const;
    const goesOn = { ...gateVisit, record: { ...gateVisit.record, steps: [{ ...left, fields: [next] }] } };
    const app = createShell(
      async () => county.deps,
      (shell) => {
        shell.route("/u/:token", createUnitRecordsRoutes([goesOn as RecordForm]));
      },
    );
    const ask = async (path: string, fields?: Record<string, string>) =>
      read(
        await app.request(
          `https://baobei.example${wu}/records/gate-visit/${path}`,
          { ...(fields && { method: "POST", body: new URLSearchParams(fields) }) },
          NO_LIMITS,
        ),
      );
    const filed = await ask("new", { clientId: freshId(), plate: "川S00000", people: "2", _go: "send" });
    const [, id = ""] = /gate-visit\/(ZZ-\d{4}-\d{4})/.exec(filed.to) ?? [];
    expect((await ask(id)).html).toContain(`<option value="${NEIGHBOUR}"`);
    expect((await ask(`${id}/left`, { next: NEIGHBOUR })).status).toBe(303);
    expect((await ask(id)).text).toContain("下一站：太平镇 示例二社区");
  });
});
