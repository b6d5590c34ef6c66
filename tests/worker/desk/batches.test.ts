import { parse } from "csv-parse/sync";
import { beforeEach, describe, expect, it } from "vitest";
import { confirmBatch, findBatch } from "../../../src/db/batch.ts";
import { storeRows } from "../../../src/db/batch-row.ts";
import { sealOffLists } from "../../../src/db/batch-seal-off.ts";
import { countSeries } from "../../../src/db/series.ts";
import { countFigures } from "../../../src/db/summary.ts";
import { dayOf } from "../../../src/domain/as-of.ts";
import { findIndicator } from "../../../src/domain/indicator.ts";
import { readBuckets } from "../../../src/domain/series.ts";
import { summarise } from "../../../src/domain/summary.ts";
import { submitRegistration } from "../../../src/http/submit.ts";
import { runScheduled } from "../../../src/jobs/index.ts";
import { confirms, HEADS, listed, listFile, looksUntilDone, matches, uploads } from "../../support/batch.ts";
import { amina, clientId, household } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { zero } from "../../support/meter.ts";
import { plainText } from "../../support/pages.ts";
import { rowsOf } from "../../support/records.ts";
import { ole, parts, sampleId, xlsx, zip } from "../../support/sheet.ts";
import { linkOf, post } from "../../support/unit-door.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * 批次: a bureau's list from its file to the villages and back, at the desk.
 */
let county: DeskCounty;
let zhou: Signed;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-27T10:00:00+08:00");
  await seedUnits(county);
  zhou = await county.signIn("clerk", "511781", "示例周");
});

/** Amina is registered, with her phone and her document. */
const registerAmina = (more: Partial<ReturnType<typeof household>> = {}, client = 1) =>
  submitRegistration(county.deps, {
    clientId: clientId(client),
    values: household([amina({ temperature: 36.5 })], {
      unit: "511781100001",
      phone: "13900000001",
      ...more,
    }),
    door: "page",
    unitCode: "511781100001",
  });
const aminaRow = (more = {}) =>
  listed(0, { name: "阿米娜·示例", id: amina().document?.number ?? "", phone: "13900000001", ...more });

/** Uploads, matches and checks a list. @returns its number */
async function checked(who: Signed, rows: string[][], more: Parameters<typeof uploads>[3] = {}) {
  const { id } = await uploads(county, who, listFile(rows), more);
  await matches(who, id);
  await looksUntilDone(who, id);
  return id;
}
const batchOf = async (id: string) => {
  const one = await findBatch(county.deps, id);
  if (!one) throw new Error("no such list");
  return one;
};
const resultsOf = async (id: string) => {
  const rows = (await rowsOf(county, "batch_row")).filter((row) => row.batch_id === id);
  return rows.map((row) => [
    row.row,
    row.result,
    JSON.parse(String(row.faults)).map((one: string[]) => one[1]),
  ]);
};
const open = async () =>
  (await rowsOf(county, "obligation")).filter((row) => row.kind === "listed" && row.met_at === null);
const minute = (iso: string) => {
  county.setNow(iso);
  return runScheduled(county.deps, new Date(iso));
};

it("goes from Zhou's file to the village and back to the bureau", async () => {
  const { caseNumber } = await registerAmina();
  const { status, id, path } = await uploads(
    county,
    zhou,
    listFile([aminaRow(), listed(1), listed(2), listed(3, { id: "5.11781E+17", phone: "" }), listed(1)]),
  );
  expect([status, path]).toEqual([303, `/desk/batches/${id}/columns`]);
  const columns = plainText(await (await zhou.get(path)).text());
  expect(columns).toContain("前三行");
  expect(columns).not.toContain("阿米娜");
  expect((await matches(zhou, id)).status).toBe(303);
  await looksUntilDone(zhou, id);
  expect(await resultsOf(id)).toEqual([
    [2, "known", []],
    [3, "new", []],
    [4, "new", []],
    [5, "new", ["exponent"]],
    [6, "known", ["repeats:3"]],
  ]);
  const page = plainText(await (await zhou.get(`/desk/batches/${id}`)).text());
  expect(page).toContain("确认后，3 名新发现的人员");
  expect(page).toContain("示*");
  expect(page).toContain(`${caseNumber}-1`);
  expect(page).not.toMatch(/示例学生|13910000001/);
  expect(await open()).toEqual([]);
  expect((await confirms(zhou, id)).status).toBe(303);
  await looksUntilDone(zhou, id);
  const owed = await open();
  expect(owed.map((row) => [row.id, row.unit_code])).toEqual([
    [`listed/${id}/3`, "511781100002"],
    [`listed/${id}/4`, "511781101001"],
    [`listed/${id}/5`, "511781100001"],
  ]);
  expect(Number(owed[0]?.due_at) - Number(owed[0]?.opened_at)).toBe(120 * 60_000);

  // The village: masked, revealed on record, answered once.
  const token = await linkOf(county, "511781100002");
  const board = plainText(await (await county.fetch(`/u/${token}`)).text());
  expect(board).toContain("名单上待查找 1 人");
  const at = `/u/${token}/listed/${id}/3`;
  const masked = plainText(await (await county.fetch(at)).text());
  expect(masked).not.toContain("示例学生1");
  const shown = plainText(await (await post(county, `${at}/reveal`, { purpose: "find" })).text());
  expect(shown).toContain("示例学生1");
  expect(shown).toContain("13910000001");
  expect((await rowsOf(county, "audit")).map(({ act }) => act)).toContain("reveal-listed/find");
  expect((await post(county, at, { outcome: "found", number: "WY-0000-0000" })).status).toBe(422);
  expect((await post(county, at, { outcome: "not_found" })).status).toBe(422);
  expect((await post(county, at, { outcome: "not_found", words: "示例：门锁着，邻居说没回来" })).status).toBe(
    303,
  );
  const beaten = await post(county, at, { outcome: "not_found", words: "示例：又一次" });
  expect(beaten.status).toBe(409);
  expect(plainText(await beaten.text())).toContain("您的答复没有保存");
  expect(await open()).toHaveLength(2);

  // Back to the bureau, by its own rows, on record.
  const csv = await (await zhou.post(`/desk/batches/${id}/result`, { format: "csv" })).text();
  const [, heads, ...rows] = parse(csv, { bom: true, relax_column_count: true }) as string[][];
  expect(heads?.slice(0, 4)).toEqual(["行", "人员", "结果", "查找结果"]);
  expect(rows.slice(0, 3).map((row) => row.slice(0, 5))).toEqual([
    ["2", "阿*", "已掌握", "", `${caseNumber}-1`],
    ["3", "示*", "新发现", "查无此人", ""],
    ["4", "示*", "新发现", "还在找", ""],
  ]);
  expect(csv).not.toContain("示例学生");
  const acts = (await rowsOf(county, "audit")).map(({ act }) => act);
  for (const act of ["receive-list", "match-columns", "confirm-list", "take-list-result"])
    expect(acts).toContain(act);
  const file = await zhou.post(`/desk/batches/${id}/result`, { format: "xlsx" });
  expect(new Uint8Array(await file.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
  expect((await batchOf(id)).answeredRows).toBe(1);
});

describe("what a row is found to be", () => {
  it("never merges: another name, another document, two persons, another village are for a person to decide", async () => {
    await registerAmina();
    const id = await checked(zhou, [
      aminaRow({ name: "示例别名" }),
      aminaRow({ id: sampleId(77) }),
      listed(0, { id: "", phone: "13900000001", name: "示例家人" }),
      listed(4, { village: "示例九社区", town: "" }),
      listed(5, { village: "", town: "示例外县镇" }),
      listed(6),
      listed(6, { phone: "13800000006" }),
      aminaRow({ id: "" }),
      listed(8, { name: "" }),
      listed(9, { id: "511781195001011234", phone: "" }),
      ["10", "示例无据", "511781195001011234", "", "", "", ""],
    ]);
    expect((await resultsOf(id)).map(([, result, faults]) => [result, ...(faults as string[])])).toEqual([
      ["conflicting", "document-other-name"],
      ["conflicting", "name-other-document"],
      ["conflicting", "phone-other-name"],
      ["conflicting", "place-unknown"],
      ["conflicting", "place-unknown"],
      ["new"],
      ["conflicting", "differs:7"],
      ["known"],
      ["rejected", "no-name"],
      ["new", "id-check"],
      ["rejected", "id-check", "no-identity"],
    ]);
    const { newRows, knownRows, conflictingRows, rejectedRows, rows } = await batchOf(id);
    expect([newRows, knownRows, conflictingRows, rejectedRows]).toEqual([2, 1, 6, 2]);
    expect(newRows + knownRows + conflictingRows + rejectedRows).toBe(rows);
    const page = plainText(await (await zhou.get(`/desk/batches/${id}?result=rejected`)).text());
    expect(page).toContain("没有姓名");
    expect(page).toContain("C 列：身份证号校验位不对");
    expect(page).not.toContain("看不出属于哪个村");
  });

  it("keeps to the list's own subtree: Li of a town is told of nobody outside it, and of no village", async () => {
    const li = await county.signIn("clerk", "511781101", "示例李");
    await registerAmina();
    const id = await checked(li, [aminaRow({ town: "青花镇", village: "示例三社区" }), listed(1)]);
    expect(await resultsOf(id)).toEqual([
      [2, "new", []],
      [3, "conflicting", ["place-outside"]],
    ]);
  });

  it("knows two bureaus' overlapping lists, one in each encoding, and looks for nobody twice", async () => {
    const rows = [listed(1), listed(2), listed(3)];
    const first = await checked(zhou, rows);
    await confirms(zhou, first);
    await looksUntilDone(zhou, first);
    const again = listFile([listed(2), listed(3, { id: "" }), listed(4)], "gb18030");
    const { id } = await uploads(county, zhou, again, { source: "health" });
    await matches(zhou, id);
    await looksUntilDone(zhou, id);
    expect(await resultsOf(id)).toEqual([
      [2, "known", [`sought:${first}/3`]],
      [3, "known", [`sought:${first}/4`]],
      [4, "new", []],
    ]);
    await confirms(zhou, id);
    await looksUntilDone(zhou, id);
    expect(await open()).toHaveLength(4);
    // What the first list's village answers is what the second bureau hears.
    const token = await linkOf(county, "511781101001");
    await post(county, `/u/${token}/listed/${first}/3`, { outcome: "elsewhere", words: "示例：在外县" });
    const csv = await (await zhou.post(`/desk/batches/${id}/result`, { format: "csv" })).text();
    expect(csv).toContain("不在本地");
  });
});

it("takes the same file once, whatever it is called, and goes on where an upload broke off", async () => {
  const bytes = listFile(Array.from({ length: 1_200 }, (_, n) => listed(n)));
  const first = await uploads(county, zhou, bytes);
  const again = await uploads(county, zhou, bytes, { label: "示例另名", source: "health" });
  expect(again.path).toBe(`/desk/batches/${first.id}?same=1`);
  expect(await rowsOf(county, "batch")).toHaveLength(1);
  expect(plainText(await (await zhou.get(again.path)).text())).toContain("没有重复登记");
  // As if the request had died behind its first piece.
  const { d1 } = county.deps;
  await d1.prepare("DELETE FROM batch_row WHERE row > 501").run();
  await d1.prepare("UPDATE batch SET stored_up_to = 501").run();
  expect(plainText(await (await zhou.get(`/desk/batches/${first.id}`)).text())).toContain("只收到第 501 行");
  await uploads(county, zhou, bytes);
  expect(await rowsOf(county, "batch_row")).toHaveLength(1_200);
  await storeRows(county.deps, { ...(await batchOf(first.id)), storedUpTo: 0 }, [], county.deps.now());
  expect((await batchOf(first.id)).storedUpTo).toBe(1_201);
  expect(await rowsOf(county, "batch")).toHaveLength(1);
});

it("lets one of two officials agree and tells the other, and takes back only what nobody agreed to", async () => {
  const wang = await county.signIn("clerk", "511781", "示例王");
  const id = await checked(zhou, [listed(1), listed(2)]);
  const [a, b] = await Promise.all([confirms(zhou, id), confirms(wang, id)]);
  expect([a.status, b.status].toSorted()).toEqual([303, 409]);
  const told = a.status === 409 ? a : b;
  expect(plainText(await told.text())).toContain("您的操作没有生效");
  const acts = (await rowsOf(county, "audit")).filter(({ act }) => act === "confirm-list");
  expect(acts).toHaveLength(1);
  expect((await zhou.post(`/desk/batches/${id}/withdraw`, { version: "1" })).status).toBe(409);
  await looksUntilDone(zhou, id);
  expect(await open()).toHaveLength(2);

  const other = await checked(zhou, [listed(3)]);
  const { version } = await batchOf(other);
  expect((await zhou.post(`/desk/batches/${other}/withdraw`, { version: `${version}` })).status).toBe(303);
  expect((await confirms(zhou, other)).status).toBe(409);
  const anew = await uploads(county, zhou, listFile([listed(3)]));
  expect(anew.id).not.toBe(other);
});

it("stands in the figures from the moment that it was agreed to, and in none from before", async () => {
  county.setNow("2026-01-27T10:05:00+08:00");
  const id = await checked(zhou, [
    listed(1),
    listed(2),
    ["", "", "", "", "", "", ""],
    listed(3, { id: "", phone: "" }),
  ]);
  const unit = { code: "511781", name: "万源市", kind: "county" };
  const counted = async (iso: string) => {
    const asOf = new Date(iso);
    const question = { asOf, ...dayOf(asOf, "Asia/Shanghai"), zone: "Asia/Shanghai" };
    return summarise(await countFigures(county.deps.db, unit, question), question).batches;
  };
  const none = { received: 0, persons: 0 };
  expect(await counted("2026-01-27T10:05:00+08:00")).toEqual({ education: none, health: none });
  county.setNow("2026-01-27T12:30:00+08:00");
  await confirms(zhou, id);
  const { rows } = await batchOf(id);
  expect(await counted("2026-01-27T12:00:00+08:00")).toEqual({ education: none, health: none });
  expect(await counted("2026-01-27T13:00:00+08:00")).toEqual({
    education: { received: 1, persons: rows },
    health: none,
  });
  const asOf = new Date("2026-01-27T14:00:00+08:00");
  const hours = readBuckets(
    { by: "hour", from: "2026-01-27T11:00:00+08:00", to: "2026-01-27T14:00:00+08:00" },
    { asOf, zone: "Asia/Shanghai", lang: "en" },
  ).buckets;
  for (const [name, value] of [
    ["received", 1],
    ["persons", rows],
  ] as const) {
    const indicator = findIndicator(`batches.education.${name}`);
    if (!indicator) throw new Error("no such indicator");
    const question = { buckets: hours, asOf, since: new Date(0), zone: "Asia/Shanghai" };
    expect(await countSeries(county.deps.db, unit, indicator, question)).toEqual({
      before: 0,
      values: [0, value, 0],
    });
  }
});

it("remembers how a bureau's columns were matched, and asks for a name and something to look by", async () => {
  const odd = ["甲", "乙", "丙", "丁", "戊", "己", "庚"];
  const first = await uploads(county, zhou, listFile([listed(1)], "utf-8", odd));
  const refused = await zhou.post(`/desk/batches/${first.id}/columns`, { version: "0", name: "B" });
  expect(refused.status).toBe(422);
  const twice = await zhou.post(`/desk/batches/${first.id}/columns`, { version: "0", name: "B", phone: "B" });
  expect(plainText(await twice.text())).toContain("同一列不能选两次");
  const matched = { version: "0", name: "B", idDocument: "C", village: "F" };
  expect((await zhou.post(`/desk/batches/${first.id}/columns`, matched)).status).toBe(303);
  const next = await uploads(county, zhou, listFile([listed(2)], "utf-8", odd));
  const page = await (await zhou.get(next.path)).text();
  expect(plainText(page)).toContain("按上次对这个部门的选择");
  expect(page).toMatch(/<option value="C" selected/);
  const stale = await zhou.post(`/desk/batches/${first.id}/columns`, matched);
  expect(stale.status).toBe(409);
});

it("goes on when nobody looks, and is met when the person registers", async () => {
  const rows = [aminaRow(), ...Array.from({ length: 1_300 }, (_, n) => listed(n + 1))];
  const { id } = await uploads(county, zhou, listFile(rows));
  await matches(zhou, id);
  await minute("2026-01-27T10:01:00+08:00");
  expect((await batchOf(id)).newRows).toBe(1_301);
  await confirms(zhou, id);
  zero(county.meter);
  await minute("2026-01-27T10:02:00+08:00");
  expect(await open()).toHaveLength(1_301);
  const { caseNumber } = await registerAmina();
  await minute("2026-01-27T10:03:00+08:00");
  const [row] = (await rowsOf(county, "batch_row")).filter(({ outcome }) => outcome !== null);
  expect([row?.row, row?.outcome, row?.person_id]).toEqual([2, "found", `${caseNumber}-1`]);
  const [owed] = (await rowsOf(county, "obligation")).filter(({ id: one }) => one === `listed/${id}/2`);
  expect(owed?.met_at).toBe(new Date("2026-01-27T10:03:00+08:00").getTime());
  expect((await batchOf(id)).foundRows).toBe(1);
  const li = await county.signIn("reporter", "511781100001");
  const page = plainText(await (await li.get(`/desk/units/511781100001/listed/${id}/2`)).text());
  expect(page).toContain("本人登记后由系统对上");
});

it("is over when its last person is answered for, and sealed off thirty days later", async () => {
  const id = await checked(zhou, [listed(0), aminaRow({ name: "" })]);
  await confirms(zhou, id);
  await looksUntilDone(zhou, id);
  const { caseNumber } = await registerAmina();
  const token = await linkOf(county, "511781100001");
  expect(
    (await post(county, `/u/${token}/listed/${id}/2`, { outcome: "found", number: caseNumber })).status,
  ).toBe(303);
  expect((await batchOf(id)).finishedAt).toEqual(county.deps.now());
  await minute("2026-02-20T03:00:00+08:00");
  expect((await batchOf(id)).sealedOffAt).toBeNull();
  await minute("2026-02-27T03:00:00+08:00");
  expect((await batchOf(id)).sealedOffAt).not.toBeNull();
  for (const row of await rowsOf(county, "batch_row"))
    expect([row.sealed, row.id_index, row.phone_index, row.name_index, row.outcome_sealed]).toEqual([
      ...["", null, null, null, null],
    ]);
  expect((await batchOf(id)).foundRows).toBe(1);
});

it("keeps its rows when Zhou agrees to it in the very moment it is to be sealed off", async () => {
  const id = await checked(zhou, [listed(0)]);
  const one = await batchOf(id);
  const { deps } = county;
  const wall = new Date("2026-02-27T03:00:00+08:00");
  let asked = 0;
  // Between the look at the lists and the write.
  const db = new Proxy(deps.db, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (name !== "all") return typeof value === "function" ? value.bind(target) : value;
      return async (query: Parameters<typeof target.all>[0]) => {
        const found = await target.all(query);
        if (++asked === 2) await confirmBatch(deps, one, { actor: "示例", auditId: "agreed", now: wall });
        return found;
      };
    },
  });
  await sealOffLists({ ...deps, db }, new Date("2026-02-26T00:00:00+08:00"), wall);
  expect([(await batchOf(id)).confirmedAt, (await batchOf(id)).withdrawnAt]).toEqual([wall, null]);
  expect((await rowsOf(county, "batch_row")).map(({ sealed }) => sealed)).not.toContain("");
});

describe("who sees what", () => {
  it("shows an inspector counts and never a row, and another town nothing at all", async () => {
    const id = await checked(zhou, [listed(1), listed(2)]);
    const inspector = await county.signIn("inspector", "511781");
    const page = plainText(await (await inspector.get(`/desk/batches/${id}`)).text());
    expect(page).toContain("合计 2 行");
    expect(page).toContain("您的岗位只看数字");
    expect(page).not.toContain("示*");
    for (const path of ["/columns", "/result"])
      expect((await inspector.get(`/desk/batches/${id}${path}`)).status).toBe(403);
    expect((await inspector.post(`/desk/batches/${id}/confirm`, { version: "1" })).status).toBe(403);
    const li = await county.signIn("clerk", "511781100");
    for (const path of ["", "/columns", "/result"])
      expect((await li.get(`/desk/batches/${id}${path}`)).status).toBe(404);
    expect(plainText(await (await li.get("/desk/batches")).text())).not.toContain(id);
  });

  it("keeps nothing that was typed readable in the database", async () => {
    await checked(zhou, [listed(1)], { label: "示例机密名" });
    const dump = JSON.stringify([
      await rowsOf(county, "batch"),
      await rowsOf(county, "batch_row"),
      await rowsOf(county, "audit"),
      await rowsOf(county, "bureau_columns"),
    ]);
    expect(dump).not.toMatch(/示例|13910000001/);
    expect(dump).not.toContain(sampleId(1));
  });
});

it("keeps every good row of a workbook in which all else is wrong, and names each fault by its row and column", async () => {
  const wide = Array.from({ length: 190 }, (_, at) => `项目${at}`);
  const heads = ["姓名", "身份证号", "联系电话", "村（社区）", "姓名", "", ...wide];
  const rows: Parameters<typeof xlsx>[0] = [
    heads,
    ["示例一", sampleId(1), "13900000101", "示例一社区", "", "x"],
    ["示例二", Number(`${sampleId(2).slice(0, 17)}0`), "13900000102", "示例一社区"],
    ["示例三", { of: 't="str"', inner: "<f>A1&amp;B1</f>" }, "13900000103", "示例一社区"],
    ["示例四", { of: 't="e"', inner: "<v>#N/A</v>" }, 13900000104, "示例二社区"],
    ["示例五", { of: 's="1"', inner: "<v>43857</v>" }, "13900000105", null],
    ["示例六", sampleId(6), "13900000106", "示例二社区"],
  ];
  const after = '<mergeCells><mergeCell ref="D5:D6"/></mergeCells>';
  const { id } = await uploads(county, zhou, zip(parts([{ rows, after }])), { name: "list.xlsx" });
  const page = await (await zhou.get(`/desk/batches/${id}/columns`)).text();
  expect(plainText(page)).toContain("有几列都像“姓名”");
  await matches(zhou, id);
  await looksUntilDone(zhou, id);
  const said = plainText(await (await zhou.get(`/desk/batches/${id}`)).text());
  for (const words of [
    "标题与 A 列重复",
    "这一列没有标题",
    "还有 136 列，没有读取",
    "B 列：号码被 Excel 变成了科学计数",
    "B 列：是公式，但没有保存结果",
    "B 列：单元格显示错误 #N/A",
    "D 列：合并的单元格，内容只算在 D5",
    "B 列：这一格是 Excel 的错误值",
    "D5:D6 是合并的单元格",
  ])
    expect(said).toContain(words);
  expect((await resultsOf(id)).map(([row, result]) => [row, result])).toEqual(
    [2, 3, 4, 5, 6, 7].map((row) => [row, row === 6 ? "conflicting" : "new"]),
  );
});

/** A workbook whose directory says four gigabytes. */
function bomb(): Uint8Array {
  const file = xlsx([HEADS, listed(1)]).slice();
  const view = new DataView(file.buffer, file.byteOffset);
  for (let at = 0; at < file.length - 46; at += 1)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 4_000_000_000, true);
  return file;
}

describe("a file of which nothing can be read", () => {
  it.each([
    ["nothing", new Uint8Array(), "请选择文件"],
    ["headings alone", listFile([]), "没有人员"],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0), "这是一张图片"],
    ["half a workbook", xlsx([HEADS, listed(1)]).slice(0, 300), "不完整或已损坏"],
    ["a password", ole("EncryptedPackage"), "加了密码"],
    ["an old workbook", ole("Workbook"), "旧版 .xls"],
    ["gigabytes, packed", bomb(), "解压后太大"],
  ])("is said to be so at its field: %s", async (_, bytes, words) => {
    const { status, html } = await uploads(county, zhou, bytes);
    expect(status).toBe(422);
    expect(plainText(html)).toContain(words);
    expect(html).toContain("示例第一批");
    expect(await rowsOf(county, "batch")).toEqual([]);
  });

  it("is refused unread when it is too large", async () => {
    for (const megabytes of [6, 50]) {
      const { status } = await uploads(county, zhou, new Uint8Array(megabytes * 1024 * 1024));
      expect([megabytes, status]).toEqual([megabytes, 413]);
    }
    expect(await rowsOf(county, "batch")).toEqual([]);
  });
});
