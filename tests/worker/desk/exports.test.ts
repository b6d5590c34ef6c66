import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { beforeEach, describe, expect, it } from "vitest";
import { countRows, whichOf } from "../../../src/db/export-rows.ts";
import { submitTip } from "../../../src/http/submit-tip.ts";
import { LI, seedKeys, withKey } from "../../support/api.ts";
import { amina, bashir, chen, clientId, wuTip } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { zero } from "../../support/meter.ts";
import { observed, reads, releases } from "../../support/observed.ts";
import { plainText } from "../../support/pages.ts";
import { rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

let county: DeskCounty;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T10:00:00+08:00", { EXPORT_ROWS: "4" });
  await seedUnits(county);
});

const ask = {
  kind: "line-list",
  format: "csv",
  open: "masked",
  purpose: "report",
  words: "",
  unit: "",
  state: "",
  from: "",
  to: "",
};

/** Asks for an export: its page's path, or the page that says what to mend. */
async function asks(who: Signed, more: Partial<typeof ask> = {}) {
  const answer = await who.post("/desk/exports", { ...ask, ...more });
  const path = (answer.headers.get("Location") ?? "").replace(/\?.*/, "");
  return { status: answer.status, path, text: path ? "" : plainText(await answer.text()) };
}
const takes = (who: Signed, path: string) => who.post(`${path}/take`);
const csv = async (answer: Response) =>
  parse(await answer.text(), { bom: true, relax_column_count: true }) as string[][];
/** The same hour a day later, and nobody was signed out over night. */
async function tomorrow() {
  county.setNow("2026-01-26T10:00:00+08:00");
  await county.deps.d1.prepare("UPDATE session SET seen_at = ?").bind(county.deps.now().getTime()).run();
}
const acts = async () =>
  (await rowsOf(county, "audit")).map(({ act }) => String(act)).filter((act) => act.includes("export"));

describe("an export of the line list", () => {
  let caseNumber = "";
  beforeEach(async () => {
    ({ caseNumber } = await observed(county, [
      amina({ name: "=阿米娜示例" }),
      bashir(),
      chen({ temperature: 36.6 }),
    ]));
    await reads(county, `${caseNumber}-1`, { temperature: 37.1 });
  });

  it("is asked for and on record before a byte leaves, then taken once by Li, masked and marked with her name", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    const { status, path } = await asks(li);
    expect(status).toBe(303);
    expect(await acts()).toEqual(["ask-export/line-list"]);
    expect(plainText(await (await li.get(path)).text())).toContain("可以下载");
    const answer = await takes(li, path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("Content-Disposition")).toBe(
      `attachment; filename="baobei-${path.split("/").at(-1)}.csv"`,
    );
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const [mark = [], heads = [], first = [], ...rest] = await csv(answer);
    expect(mark[0]).toMatch(
      /^# 万源市 人员台账 · 太平镇 示例李 · 2026-01-25 10:00 导出 · EX-20260125-100000-\w{6} · 共 3 行 · 已隐去个人信息/,
    );
    expect(heads.slice(14)).toEqual(["解除时间", "已并入", "以前登记过（证件相同）"]);
    expect(first).toEqual([
      ...[`${caseNumber}-1`, "'=*", "99****", "139****0001", "示例一社区", "太平镇", "武汉市", "2026-01-25"],
      ...["观察中", "0", "2026-01-25", "2026-02-08", "37.1 2026-01-25 早", "否", "", "", ""],
    ]);
    expect(rest).toHaveLength(3);
    expect(rest.at(-1)?.[0]).toMatch(/^# 完，共 3 行/);
    expect(await acts()).toEqual(["ask-export/line-list", "take-export/line-list"]);
    const again = await takes(li, path);
    expect(again.status).toBe(409);
    expect(plainText(await again.text())).toContain("已下载");
  });

  it("shows names and numbers whole only to an office that may, for a purpose in words", async () => {
    const li = await county.signIn("clerk", "511781100");
    expect((await asks(li, { open: "open", words: "示例用途" })).status).toBe(403);
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    const without = await asks(zhou, { open: "open" });
    expect(without.status).toBe(422);
    expect(without.text).toContain("请写明用途");
    const { path } = await asks(zhou, { open: "open", words: "示例：移交疾控" });
    const [mark, , , second = []] = await csv(await takes(zhou, path));
    expect(mark?.[0]).toContain("含完整个人信息");
    expect(second.slice(1, 4)).toEqual(["巴希尔·示例", "", "'13900000001"]);
    const asked = (await rowsOf(county, "audit")).find(({ act }) => act === "ask-export/line-list");
    expect(asked?.detail).toBe("3 csv open report");
    const stored =
      JSON.stringify(await rowsOf(county, "export_request")) + JSON.stringify(await rowsOf(county, "audit"));
    expect(stored).not.toContain("移交疾控");
  });

  it("opens as a workbook, every cell text, the mark on every page", async () => {
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    const { path } = await asks(zhou, { format: "xlsx", open: "open", words: "示例" });
    const files = unzipSync(new Uint8Array(await (await takes(zhou, path)).arrayBuffer()));
    expect(Object.keys(files).toSorted()).toEqual(
      [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
      ].toSorted(),
    );
    const sheet = strFromU8(files["xl/worksheets/sheet1.xml"] as Uint8Array);
    expect(sheet.match(/<row /g)).toHaveLength(5);
    expect(sheet).toContain(">=阿米娜示例<");
    expect(sheet).not.toContain("<f>");
    expect(sheet).toMatch(
      /<oddHeader>&amp;L&amp;8 万源市 人员台账 · 万源市 示例周 · 2026-01-25 10:00 导出 · EX-/,
    );
    expect(strFromU8(files["xl/workbook.xml"] as Uint8Array)).toContain("'人员台账'!$1:$2");
  });

  it("holds to a unit, a state and days, and says what to mend", async () => {
    await releasesLater();
    const li = await county.signIn("clerk", "511781");
    const rows = async (more: Partial<typeof ask>) => {
      const { path, text } = await asks(li, more);
      return path
        ? (await rowsOf(county, "export_request")).find(({ id }) => path.endsWith(String(id)))?.rows
        : text;
    };
    expect(await rows({ unit: "511781100001", state: "line-list/observing" })).toBe(2);
    expect(await rows({ state: "line-list/released", from: "2026-01-25", to: "2026-01-25" })).toBe(1);
    expect(await rows({ from: "2026-01-26" })).toContain("没有符合条件的记录");
    expect(await rows({ unit: "511781101" })).toContain("没有符合条件的记录");
    expect(await rows({ state: "tips/open" })).toContain("这个状态不属于所选的内容");
    expect(await rows({ from: "2026-02-30" })).toContain("请填一个日期");
    expect(await rows({ from: "2026-01-26", to: "2026-01-25" })).toContain("结束的日子早于开始的日子");
    expect(await rows({ kind: "people", purpose: "", format: "" })).toContain("有 3 处需要修改");
    const town = await county.signIn("clerk", "511781100");
    for (const unit of ["511781101", "511781", "999999", "'; DROP", "示例一社区"])
      expect((await asks(town, { unit })).text).toContain("您的范围内没有这个单位代码");
  });

  async function releasesLater() {
    county.setNow("2026-02-09T10:00:00+08:00");
    await releases(county, `${caseNumber}-3`);
  }

  it("lets the fifth row of a day wait for a second official, however many ask at once", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    const all = await Promise.all([asks(li), asks(li), asks(li)]);
    expect(
      (await rowsOf(county, "export_request")).map(({ needs_approval }) => needs_approval).toSorted(),
    ).toEqual([0, 1, 1]);
    const waiting = (
      await Promise.all(
        all.map(async ({ path }) => ({ path, text: plainText(await (await li.get(path)).text()) })),
      )
    ).filter(({ text }) => text.includes("要由另一位负责人批准"));
    const [{ path } = { path: "" }, other] = waiting;
    expect((await takes(li, path)).status).toBe(409);
    expect((await li.post(`${path}/approve`)).status).toBe(403);

    const zhou = await county.signIn("supervisor", "511781", "示例周");
    expect(plainText(await (await zhou.get("/desk/exports")).text())).toContain("太平镇 示例李");
    // Two officials at once: one wins, the other is told who and when.
    const deputy = await county.signIn("supervisor", "511781", "示例郑");
    const answers = await Promise.all([
      zhou.post(`${path}/approve`),
      deputy.post(`${path}/refuse`, { reason: "示例：太多" }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    const loser = answers.find(({ status }) => status === 409);
    expect(plainText((await loser?.text()) ?? "")).toMatch(/这件事已经有人办好了.*万源市 示例[周郑] 10:00 /);
    expect((await acts()).filter((act) => /^(approve|refuse)/.test(act))).toHaveLength(1);

    expect((await deputy.post(`${other?.path}/refuse`)).status).toBe(422);
    expect((await deputy.post(`${other?.path}/refuse`, { reason: "示例：请缩小范围" })).status).toBe(303);
    expect(plainText(await (await li.get(other?.path ?? "")).text())).toContain("示例：请缩小范围");
    expect((await takes(li, other?.path ?? "")).status).toBe(409);
    // Another day, other rows.
    await tomorrow();
    expect(plainText(await (await li.get((await asks(li)).path)).text())).toContain("可以下载");
  });

  it("lets an approved one be taken once within a day of the approval, by Li alone", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    const paths: string[] = [];
    for (let n = 0; n < 3; n++) paths.push((await asks(li)).path);
    const [, one = "", two = ""] = paths;
    await zhou.post(`${one}/approve`);
    await zhou.post(`${two}/approve`);
    expect((await takes(zhou, one)).status).toBe(403);
    const [a, b] = await Promise.all([takes(li, one), takes(li, one)]);
    expect([a?.status, b?.status].toSorted()).toEqual([200, 409]);
    await tomorrow();
    expect((await takes(li, two)).status).toBe(409);
    expect(plainText(await (await li.get(two)).text())).toContain("已过期");
  });

  it("counts the rows of the day, and whose it is, by person: a new office begins neither anew", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    await asks(li);
    const { path } = await asks(li);
    const next = await county.signIn("supervisor", "511781", "示例李");
    const { d1 } = county.deps;
    await d1.prepare("UPDATE official SET removed_at = 1 WHERE id = ?").bind(li.id).run();
    await d1
      .prepare(
        "UPDATE official SET email_index = (SELECT email_index FROM official WHERE id = ?) WHERE id = ?",
      )
      .bind(li.id, next.id)
      .run();
    const list = plainText(await (await next.get("/desk/exports")).text());
    expect(list).toContain("今天还可以直接导出 1 行");
    expect(list).not.toContain("太平镇 示例李");
    const page = await (await next.get(path)).text();
    expect(page).not.toContain(`${path}/approve`);
    expect((await next.post(`${path}/approve`)).status).toBe(403);
    await asks(next);
    expect((await rowsOf(county, "export_request")).map((row) => row.needs_approval).toSorted()).toEqual([
      0, 1, 1,
    ]);
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    expect((await zhou.post(`${path}/approve`)).status).toBe(303);
  });

  it("is nobody's whose scope or role it is not", async () => {
    const li = await county.signIn("clerk", "511781100");
    const { path } = await asks(li);
    await asks(li);
    const waiting = (await rowsOf(county, "export_request")).find((row) => row.needs_approval === 1);
    const foreign = await county.signIn("supervisor", "511781101");
    for (const there of [path, `/desk/exports/${waiting?.id}`]) {
      expect((await foreign.get(there)).status).toBe(404);
      expect((await foreign.post(`${there}/approve`)).status).toBe(404);
    }
    const above = await county.signIn("supervisor", "511781");
    // What needed nobody's word is nobody else's to see.
    expect((await above.get(path)).status).toBe(404);
    expect((await above.get(`/desk/exports/${waiting?.id}`)).status).toBe(200);
    for (const role of ["reporter", "inspector"] as const)
      expect((await (await county.signIn(role, "511781")).get("/desk/exports")).status).toBe(403);
    expect((await li.get("/desk/exports/EX-1")).status).toBe(404);
    expect((await li.get("/desk/exports?before=%27")).status).toBe(422);
    expect((await li.get("/desk/exports?before=2026-01-01.EX-0")).status).toBe(200);
    expect((await li.post("/desk/exports", { ...ask, kind: "audit" })).status).toBe(422);
  });

  it("takes away what was counted, even where more came in since", async () => {
    const li = await county.signIn("clerk", "511781100");
    const { path } = await asks(li);
    county.setNow("2026-01-25T11:00:00+08:00");
    await observed(county, [bashir()], { client: 7, phone: "13900000007" });
    expect((await csv(await takes(li, path))).length).toBe(2 + 3 + 1);
  });
});

/** Li finds that one registration is another's, or takes it back. */
const merges = (li: Signed, goes: string, stands: string) =>
  li.post(`/desk/duplicates/${goes}/${stands}/merge`, { stands, reason: "示例：同一部电话" });
const undoes = (li: Signed, goes: string, stands: string) =>
  li.post(`/desk/duplicates/${goes}/${stands}/undo`, { version: `${goes}/1` });

describe("the line list of Amina and Bashir, who both registered twice", () => {
  it("says who was merged into whom and whose document came before: without them it is the figure, as DHIS2 has it", async () => {
    const home = await observed(county, [amina(), bashir()]);
    const [first, second] = [`${home.caseNumber}-1`, `${home.caseNumber}-2`];
    county.setNow("2026-01-25T10:01:00+08:00");
    const more = await observed(county, [amina({ symptoms: true }), bashir({ symptoms: true })], {
      client: 2,
      phone: "13900000002",
    });
    const [again, other] = [`${more.caseNumber}-1`, `${more.caseNumber}-2`];
    await seedKeys(county);
    const figures = async () => {
      const answer = await county.fetch("/api/v1/data-value-sets?unit=511781100", withKey(LI));
      const { dataValues } = await answer.json<{ dataValues: { dataElement: string; value: string }[] }>();
      const of = (id: string) => Number(dataValues.find(({ dataElement }) => dataElement === id)?.value);
      return {
        ...{ persons: of("registered.cumulative"), again: of("registered.duplicatesFlagged") },
        ...{ observing: of("observation.observing"), ill: of("registered.symptomatic") },
      };
    };
    const li = await county.signIn("supervisor", "511781100", "示例李");
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    const list = async (who: Signed, path: string) => {
      const [mark, , ...rows] = await csv(await takes(who, path));
      const marks = rows.slice(0, -1).map((row) => [row[0], row[15], row[16]]);
      // As docs/interop.md says it.
      const leads = new Map(marks.map(([id = "", merged, flagged]) => [id, merged || flagged]));
      const stands = (id = ""): string => (leads.get(id) ? stands(leads.get(id)) : id);
      const counted = {
        persons: marks.filter(([, merged, flagged]) => !merged && !flagged).length,
        again: marks.filter(([, merged, flagged]) => merged || flagged).length,
        observing: rows.filter((row) => row[8] === "观察中" && !row[15]).length,
        ill: new Set(rows.filter((row) => row[13] === "是").map(([id]) => stands(id))).size,
      };
      return { mark: mark?.[0], end: rows.at(-1)?.[0], marks, counted };
    };

    // Asked for before the merge, taken after it: it tells what holds when it leaves.
    const { path } = await asks(li);
    county.setNow("2026-01-25T10:02:00+08:00");
    expect((await merges(li, other, second)).status).toBe(303);
    const merged = await list(li, path);
    expect(merged.marks).toEqual([
      [first, "", ""],
      [second, "", ""],
      [again, "", first],
      [other, second, ""],
    ]);
    expect(merged.mark).toContain(" · 共 4 行，其中重复登记 2 行，计 2 人 · ");
    expect(merged.end).toContain("完，共 4 行");
    expect(merged.counted).toEqual({ persons: 2, again: 2, observing: 3, ill: 2 });
    expect(await figures()).toEqual(merged.counted);

    county.setNow("2026-01-25T10:03:00+08:00");
    expect((await undoes(li, other, second)).status).toBe(303);
    expect((await li.post(`/desk/duplicates/${again}/${first}/distinct`)).status).toBe(303);
    const undone = await list(zhou, (await asks(zhou)).path);
    expect(undone.marks.map(([, ...empty]) => empty.join(""))).toEqual(["", "", "", ""]);
    expect(undone.mark).toContain(" · 共 4 行 · ");
    expect(undone.counted).toEqual({ persons: 4, again: 0, observing: 4, ill: 2 });
    expect(await figures()).toEqual(undone.counted);
  });
});

describe("exports of tips, tickets and the audit", () => {
  it("tell what a tip says only unmasked, and never who gave it", async () => {
    await submitTip(county.deps, {
      clientId: clientId(3),
      values: wuTip({ text: "@示例线索\n第二行" }),
      door: "page",
    });
    const zhou = await county.signIn("supervisor", "511781");
    const masked = await (await takes(zhou, (await asks(zhou, { kind: "tips" })).path)).text();
    expect(masked).toContain("示例一社区");
    expect(masked).not.toMatch(/第二行|三楼|示例小区|wu@example/);
    const { path } = await asks(zhou, { kind: "tips", open: "open", words: "示例", state: "tips/open" });
    const [, , row = []] = await csv(await takes(zhou, path));
    expect(row.slice(7, 10)).toEqual(["示例小区 3 栋", "三楼的租客（示例）", "'@示例线索\n第二行"]);
    expect(row.join()).not.toContain("wu@example");
  });

  it("hold no tip that the village handed on, and not that somebody asked who gave it", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    const sent = { clientId: clientId(3), values: wuTip(), actor: `official/${li.id}` };
    const { tipNumber } = await submitTip(county.deps, { ...sent, door: "desk" });
    const wu = await county.signIn("supervisor", "511781100001", "示例吴");
    expect((await asks(wu, { kind: "tips" })).status).toBe(303);
    await li.post(`/desk/tips/${tipNumber}/reveal`, { purpose: "check" });
    await li.post(`/desk/tips/${tipNumber}/assign`, { to: "unit/511781100", version: "0" });
    expect((await asks(wu, { kind: "tips" })).text).toContain("没有符合条件的记录");
    expect((await asks(li, { kind: "tips" })).status).toBe(303);
    const lines = async (who: Signed) => {
      const { path } = await asks(who, { kind: "audit" });
      await county.deps.d1.prepare("UPDATE export_request SET needs_approval = 0").run();
      const answer = await takes(who, path);
      expect(answer.headers.get("Content-Type")).toContain("csv");
      return answer.text();
    };
    expect(await lines(await county.signIn("supervisor", "511781100"))).toMatch(
      /查看举报人联系方式|代录线索/,
    );
    expect(await lines(wu)).not.toMatch(/查看举报人联系方式|代录线索/);
  });

  it("tell who did what, by name, and tickets with who was asked", async () => {
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    await county.deps.d1.batch([
      county.deps.d1
        .prepare("INSERT INTO ticket VALUES ('DB-0217-0031', '511781', NULL, ?, ?, ?, ?, NULL, 0, ?)")
        .bind(
          await county.deps.privacy.seal({ title: "示例督办", text: "" }, "DB-0217-0031", "ticket"),
          `official/${zhou.id}`,
          1,
          2,
          1,
        ),
      county.deps.d1.prepare(
        "INSERT INTO ticket_unit VALUES ('DB-0217-0031', '511781100001', 1, NULL, NULL)",
      ),
    ]);
    // Circulated to the village, it is the village's to see as well.
    const wu = await county.signIn("clerk", "511781100001");
    const [, , ticket] = await csv(
      await takes(wu, (await asks(wu, { kind: "tickets", state: "tickets/open" })).path),
    );
    expect([ticket?.[0], ticket?.[6], ticket?.[7], ticket?.length]).toEqual(["DB-0217-0031", "1", "0", 8]);
    const away = await county.signIn("clerk", "511781101001");
    expect((await asks(away, { kind: "tickets" })).text).toContain("没有符合条件的记录");
    const lines = await csv(await takes(zhou, (await asks(zhou, { kind: "audit" })).path));
    expect(lines.map((line) => line.slice(1, 3))).toContainEqual(["示例一社区 示例官员", "申请导出（督办）"]);
  });
});

describe("a county's worth of rows", () => {
  it("is streamed in bounded queries, and beyond twenty thousand the advice is to narrow it", {
    timeout: 60_000,
  }, async () => {
    const { deps, meter } = county;
    const [person, home] = await Promise.all([
      deps.privacy.seal({ name: "示例" }, "p", "person"),
      deps.privacy.seal({}, "h", "household"),
    ]);
    // Sealed off, so that one sealed text serves for all.
    await deps.d1.batch([
      deps.d1
        .prepare(
          `INSERT INTO household (id, submission_id, unit_code, filled_by, source, origin, transit_wuhan, arrived_at, persons, sealed, recorded_at, verify_due_at, sealed_off_at)
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6001)
          SELECT 'S-' || i, '', CASE WHEN i % 3 = 0 THEN '511781101001' ELSE '511781100001' END, 'self', 'poster', 'wuhan', 0, 1, 1, ?, i, 1, 1 FROM n`,
        )
        .bind(home),
      deps.d1
        .prepare(
          `INSERT INTO person (id, household_id, unit_code, origin, returnee, area, contact, symptoms, symptomatic, sealed, recorded_at)
          SELECT id || '-1', id, unit_code, 'wuhan', 1, 0, 0, 0, 0, ?, recorded_at FROM household`,
        )
        .bind(person),
    ]);
    const which = (unit: string, state?: string) =>
      whichOf({ unit, state }, false, new Date(1e13), "Asia/Shanghai");
    zero(meter);
    expect(await countRows(deps, "line-list", which("511781101"))).toBe(2000);
    expect(meter.read).toBeLessThanOrEqual(2000 + 10);
    const admin = await county.signIn("admin", "511781");
    await deps.d1.prepare("UPDATE export_request SET rows = 0").run();
    const { path } = await asks(admin);
    await (await county.signIn("supervisor", "511781")).post(`${path}/approve`);
    zero(meter);
    const answer = await takes(admin, path);
    const rows = (await csv(answer)).slice(2, -1);
    expect(rows).toHaveLength(6001);
    expect(new Set(rows.map(([id]) => id)).size).toBe(6001);
    // A person, a household, a unit or two, and no observation to find.
    expect(meter.queries).toBeLessThanOrEqual(30);
    expect(meter.read).toBeLessThanOrEqual(6001 * 6);
    // Were they all merged, it would be a row more of each when they are counted, and one when they are shown.
    await deps.d1
      .prepare(
        `INSERT INTO duplicate_finding (person_id, other_id, version, finding, unit_code, by, recorded_at)
        SELECT id, 'S-0-1', 1, 'same', unit_code, 'official/x', 1 FROM person`,
      )
      .run();
    const second = await asks(admin);
    await (await county.signIn("supervisor", "511781")).post(`${second.path}/approve`);
    zero(meter);
    const marked = await csv(await takes(admin, second.path));
    expect(marked[0]?.[0]).toContain("共 6001 行，其中重复登记 6001 行，计 0 人");
    expect(marked.slice(2, -1).every((row) => row[15] === "S-0-1")).toBe(true);
    expect(meter.queries).toBeLessThanOrEqual(30);
    expect(meter.read).toBeLessThanOrEqual(6001 * 7);
    await deps.d1
      .prepare(
        `INSERT INTO person (id, household_id, unit_code, origin, returnee, area, contact, symptoms, symptomatic, sealed, recorded_at)
        WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 14003)
        SELECT 'S-1-' || i, 'S-1', '511781100001', 'wuhan', 1, 0, 0, 0, 0, '', 1 FROM n`,
      )
      .run();
    expect((await asks(admin)).text).toContain("超过 20000 行，请缩小单位或日期范围");
    expect(await countRows(deps, "line-list", which("511781", "waiting"))).toBe("too-many");
  });
});

describe("the line list for Go.Data", () => {
  /** A workbook's rows of texts, by the column they stand in. */
  async function workbook(answer: Response): Promise<string[][]> {
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    const sheet = strFromU8(files["xl/worksheets/sheet1.xml"] as Uint8Array);
    return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/g)].map(([, row = ""]) => {
      const cells: string[] = [];
      for (const [, column = "", text = ""] of row.matchAll(/r="([A-Z])\d+"[^>]*><is><t[^>]*>(.*?)<\/t>/g))
        cells[column.charCodeAt(0) - 65] = text;
      return Array.from(cells, (cell) => cell ?? "");
    });
  }
  const HEADS = [
    ...["visualId", "firstName", "documents[].type", "documents[].number", "dateOfReporting"],
    ...["dateOfLastContact", "followUp.startDate", "followUp.endDate", "followUp.status", "riskReason"],
    ...["addresses[].typeId", "addresses[].city", "addresses[].locationId", "addresses[].phoneNumber"],
    ...["relationship.persons[].id", "relationship.contactDate", "relationship.certaintyLevelId"],
    "baobei.export",
  ];
  const goData = { kind: "go-data", format: "xlsx" };
  let caseNumber = "";
  beforeEach(async () => {
    ({ caseNumber } = await observed(county, [amina({ contact: true }), bashir()]));
    await county.deps.d1.prepare("UPDATE observation SET day0_rule = 'left_area', day0 = '2026-01-24'").run();
    await county.deps.d1
      .prepare("UPDATE observation SET ended_at = ?, ending = 'released' WHERE id = ?")
      .bind(county.deps.now().getTime(), `${caseNumber}-2`)
      .run();
  });

  it("has Go.Data's own names in its first row, and what is held under them, whole for an office that may", async () => {
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    const { path } = await asks(zhou, { ...goData, open: "open", words: "示例：移交疾控" });
    const [heads, first, second, ...rest] = await workbook(await takes(zhou, path));
    expect(heads).toEqual(HEADS);
    const token = "LNG_REFERENCE_DATA_CATEGORY_";
    const status = "LNG_REFERENCE_DATA_CONTACT_FINAL_FOLLOW_UP_STATUS_TYPE_";
    expect(first?.slice(0, 17)).toEqual([
      ...[`${caseNumber}-1`, "阿米娜·示例", `${token}DOCUMENT_TYPE_NATIONAL_ID_CARD`],
      ...[amina().document?.number, "2026-01-25", "2026-01-24", "2026-01-24", "2026-02-08"],
      ...[`${status}UNDER_FOLLOW_UP`, "密切接触史；疫区居住或旅行史"],
      ...[`${token}ADDRESS_TYPE_USUAL_PLACE_OF_RESIDENCE`, "太平镇", "示例一社区", "13900000001"],
      ...["", "2026-01-24", ""],
    ]);
    expect(second?.slice(1, 4)).toEqual(["巴希尔·示例", "", ""]);
    expect(second?.[8]).toBe(`${status}FOLLOW_UP_COMPLETED`);
    expect(rest).toEqual([]);
    // The mark has no row of its own here: it stands in each.
    for (const row of [first, second])
      expect(row?.at(-1)).toMatch(
        /^万源市 人员台账（Go.Data 导入格式） · 万源市 示例周 · .* · EX-\S+ · 共 2 行 · 含完整/,
      );
    expect(await acts()).toEqual(["ask-export/go-data", "take-export/go-data"]);
  });

  it("is masked for Li as the line list is, and says nothing of a day that nobody knows", async () => {
    await county.deps.d1.prepare("UPDATE observation SET day0_rule = 'start'").run();
    const li = await county.signIn("clerk", "511781100", "示例李");
    expect((await asks(li, { ...goData, open: "open", words: "示例" })).status).toBe(403);
    const { path } = await asks(li, { ...goData, state: "go-data/observing" });
    const [, first = [], ...rest] = await workbook(await takes(li, path));
    expect([first[1], first[3], first[13]]).toEqual(["阿*", "99****", "139****0001"]);
    expect([first[5], first[15]]).toEqual(["", ""]);
    expect(rest).toEqual([]);
  });

  it("is a workbook alone, counted against the day's rows, and leaves out who registered again", async () => {
    const li = await county.signIn("clerk", "511781");
    expect((await asks(li, { ...goData, format: "csv" })).text).toContain("只能导出为 Excel 表格");
    await observed(county, [amina()], { client: 2, phone: "13900000002" });
    const { path } = await asks(li, goData);
    const requests = await rowsOf(county, "export_request");
    expect(requests.map(({ kind, rows }) => [kind, rows])).toEqual([["go-data", 2]]);
    const rows = await workbook(await takes(li, path));
    expect(rows.slice(1).map(([id]) => id)).toEqual([`${caseNumber}-1`, `${caseNumber}-2`]);
    const zhou = await county.signIn("supervisor", "511781");
    await asks(zhou, { kind: "line-list" });
    expect((await rowsOf(county, "export_request")).at(-1)?.rows).toBe(3);
  });

  it("leaves out who was merged, also after it was asked for, and its mark counts what is in it", async () => {
    const li = await county.signIn("supervisor", "511781100", "示例李");
    county.setNow("2026-01-25T10:01:00+08:00");
    const again = await observed(county, [bashir()], { client: 2, phone: "13900000002" });
    const [goes, stands] = [`${again.caseNumber}-1`, `${caseNumber}-2`];
    // Whose observation has ended cannot stand for one that goes on.
    await county.deps.d1.prepare("UPDATE observation SET ended_at = NULL, ending = NULL").run();
    const { path } = await asks(li, goData);
    expect((await merges(li, goes, stands)).status).toBe(303);
    const merged = (await workbook(await takes(li, path))).slice(1);
    expect(merged.map(([id]) => id)).toEqual([`${caseNumber}-1`, stands]);
    for (const row of merged) expect(row.at(-1)).toContain(" · 共 2 行 · ");
    expect((await undoes(li, goes, stands)).status).toBe(303);
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    const undone = (await workbook(await takes(zhou, (await asks(zhou, goData)).path))).slice(1);
    expect(undone.map(([id]) => id)).toEqual([`${caseNumber}-1`, stands, goes]);
  });
});
