import { parse } from "csv-parse/sync";
import { beforeEach, describe, expect, it } from "vitest";
import { findBatch, rememberedColumns, saveColumns } from "../../../src/db/batch.ts";
import { sealOffLists } from "../../../src/db/batch-seal-off.ts";
import { applyPiece } from "../../../src/db/batch-step.ts";
import { headingsHash } from "../../../src/http/batches.ts";
import { submitRegistration } from "../../../src/http/submit.ts";
import { runScheduled } from "../../../src/jobs/index.ts";
import { confirms, listed, listFile, looksUntilDone, matches, uploads } from "../../support/batch.ts";
import { amina, bashir, clientId, household } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { zero } from "../../support/meter.ts";
import { plainText } from "../../support/pages.ts";
import { rowsOf } from "../../support/records.ts";
import { sampleId } from "../../support/sheet.ts";
import { linkOf, post } from "../../support/unit-door.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * How a bureau's list comes to its end: two of them about one person, a row that an official settles, a search that is
 * ended, what is left once it is sealed off.
 */
let county: DeskCounty;
let zhou: Signed;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-27T10:00:00+08:00");
  await seedUnits(county);
  zhou = await county.signIn("clerk", "511781", "示例周");
});

const registerAmina = () =>
  submitRegistration(county.deps, {
    clientId: clientId(1),
    values: household([amina({ temperature: 36.5 }), bashir()], {
      ...{ unit: "511781100001", phone: "13900000001" },
    }),
    ...{ door: "page", unitCode: "511781100001" },
  });
const aminaRow = (more = {}) =>
  listed(0, { name: "阿米娜·示例", id: amina().document?.number ?? "", phone: "13900000001", ...more });

/** Uploads, matches and checks a list. @returns its number */
async function checked(rows: string[][], who = zhou, encoding?: "gb18030") {
  const { id } = await uploads(county, who, listFile(rows, encoding));
  await matches(who, id);
  await looksUntilDone(who, id);
  return id;
}
async function agreed(rows: string[][]) {
  const id = await checked(rows);
  await confirms(zhou, id);
  await looksUntilDone(zhou, id);
  return id;
}
const batchOf = async (id: string) => {
  const one = await findBatch(county.deps, id);
  if (!one) throw new Error("no such list");
  return one;
};
const sums = async (id: string) => {
  const { newRows, knownRows, conflictingRows, rejectedRows, rows } = await batchOf(id);
  expect(newRows + knownRows + conflictingRows + rejectedRows).toBe(rows);
  return [newRows, knownRows, conflictingRows, rejectedRows];
};
const rowOf = async (id: string, row: number) =>
  (await rowsOf(county, "batch_row")).find((one) => one.batch_id === id && one.row === row);
const owed = async () =>
  (await rowsOf(county, "obligation"))
    .filter((row) => row.kind === "listed")
    .map((row) => [row.id, row.unit_code, row.met_at]);
const minute = (iso: string) => {
  county.setNow(iso);
  return runScheduled(county.deps, new Date(iso));
};
const acts = async () => (await rowsOf(county, "audit")).map(({ act }) => act);

describe("two bureaus' lists about the same persons, checked before either is agreed to", () => {
  const first = [listed(1), listed(2), listed(3), listed(5, { id: "" })];
  const second = [listed(2), listed(3, { id: "" }), listed(4), listed(5), listed(1, { name: "示例别名" })];

  it("looks for each of them once, whoever is written out first, and keeps every count", async () => {
    const [a, b] = [await checked(first), await checked(second, zhou, "gb18030")];
    expect([await sums(a), await sums(b)]).toEqual([
      [4, 0, 0, 0],
      [5, 0, 0, 0],
    ]);
    await Promise.all([confirms(zhou, a), confirms(zhou, b)]);
    // As two requests, or a request and the cron, write both out in the same moment.
    const { deps } = county;
    const [one, other] = [await batchOf(a), await batchOf(b)];
    const step = { now: deps.now(), settings: deps.settings };
    await Promise.all([one, other, one, other].map((each) => applyPiece(deps, each, step)));
    expect(await owed()).toHaveLength(5);
    const [mine, theirs] = [await sums(a), await sums(b)];
    expect((mine[0] ?? 0) + (theirs[0] ?? 0)).toBe(5);
    expect((mine[1] ?? 0) + (theirs[1] ?? 0)).toBe(3);
    expect((mine[2] ?? 0) + (theirs[2] ?? 0)).toBe(1);
    const known = (await rowsOf(county, "batch_row")).filter(({ result }) => result === "known");
    for (const row of known) {
      const [batch, number] = String(row.person_id).split("/");
      expect(await rowOf(batch ?? "", Number(number))).toMatchObject({ result: "new" });
      expect(String(row.faults)).toContain(`sought:${row.person_id}`);
    }
  });

  it("is over at once where the other list's villages look for everybody, and hears what they answer", async () => {
    const [a, b] = [await checked([listed(1)]), await checked([listed(1)].map((row) => [...row, "示例"]))];
    await confirms(zhou, a);
    await looksUntilDone(zhou, a);
    await confirms(zhou, b);
    await looksUntilDone(zhou, b);
    expect(await owed()).toEqual([[`listed/${a}/2`, "511781100002", null]]);
    expect((await batchOf(b)).finishedAt).not.toBeNull();
    const token = await linkOf(county, "511781100002");
    await post(county, `/u/${token}/listed/${a}/2`, { outcome: "not_found", words: "示例：门锁着" });
    const csv = await (await zhou.post(`/desk/batches/${b}/result`, { format: "csv" })).text();
    expect(csv).toContain("查无此人");
  });

  it("knows what the county's list has laid on a town's village already", async () => {
    const a = await agreed([listed(1)]);
    const li = await county.signIn("clerk", "511781100", "示例李");
    const b = await checked(
      [listed(1)].map((row) => [...row, "示例"]),
      li,
    );
    expect(await rowOf(b, 2)).toMatchObject({ result: "known", person_id: `${a}/2` });
  });
});

describe("a row that says something else than what is known", () => {
  let id = "";
  let home = "";
  beforeEach(async () => {
    home = (await registerAmina()).caseNumber;
    id = await agreed([
      aminaRow({ name: "示例别名" }),
      listed(4, { village: "示例九社区", town: "" }),
      listed(6),
      listed(6, { phone: "13800000006" }),
      aminaRow({ id: sampleId(77) }),
    ]);
    expect(await sums(id)).toEqual([1, 0, 4, 0]);
  });
  const at = (row: number) => `/desk/batches/${id}/rows/${row}`;

  it("is reached from the result, shown masked beside whom it clashes with, and whole only on record", async () => {
    const result = await (await zhou.get(`/desk/batches/${id}/result`)).text();
    for (const row of [2, 3, 5, 6]) expect(result).toContain(`${at(row)}?lang=zh-Hans`);
    const masked = plainText(await (await zhou.get(at(2))).text());
    expect(masked).toContain("同一证件号码登记的是另一个姓名");
    expect(masked).toContain(`${home}-1`);
    expect(masked).toMatch(/示\*[\s\S]*阿\*/);
    expect(masked).not.toMatch(/示例别名|阿米娜|13900000001/);
    const before = (await acts()).length;
    const whole = plainText(await (await zhou.post(`${at(2)}/reveal`)).text());
    for (const said of ["示例别名", "阿米娜·示例", amina().document?.number, "13900000001"])
      expect(whole).toContain(said);
    expect((await acts()).slice(before).toSorted()).toEqual(
      expect.arrayContaining(["reveal-listed/check", "reveal-person"]),
    );
    expect(plainText(await (await zhou.get(`${at(2)}/reveal`)).text())).not.toContain("阿米娜");
    // The other row of the same person, in the same list.
    expect(plainText(await (await zhou.get(at(5))).text())).toContain("名单 第 4 行");
    expect(plainText(await (await zhou.get(at(4))).text())).toContain("不用核定");
    expect((await zhou.get(at(99))).status).toBe(404);
  });

  it("is this person, the other row, somebody else, or wrong, as Zhou says: counted, owed, remembered", async () => {
    const settle = (row: number, fields: Record<string, string>) => zhou.post(at(row), fields);
    expect((await settle(2, { what: `known:${home}-1` })).status).toBe(303);
    expect((await settle(5, { what: `known:${id}/4` })).status).toBe(303);
    expect((await settle(3, { what: "new", unit: "511781101001" })).status).toBe(303);
    expect((await settle(6, { what: "rejected", words: "示例：证件号抄错了" })).status).toBe(303);
    expect(await sums(id)).toEqual([2, 2, 0, 1]);
    expect(await rowOf(id, 2)).toMatchObject({ result: "known", person_id: `${home}-1` });
    expect(await rowOf(id, 5)).toMatchObject({ result: "known", person_id: `${id}/4` });
    expect((await owed()).map(([one, unit]) => [one, unit]).toSorted()).toEqual([
      [`listed/${id}/3`, "511781101001"],
      [`listed/${id}/4`, "511781100001"],
    ]);
    expect((await acts()).filter((act) => String(act).startsWith("settle-listed")).toSorted()).toEqual([
      ...["settle-listed/known", "settle-listed/known", "settle-listed/new", "settle-listed/rejected"],
    ]);
    const page = plainText(await (await zhou.get(at(6))).text());
    expect(page).toContain("已核定为“不能用”：万源市 示例周，10:00");
    expect(page).toContain("示例：证件号抄错了");
    const csv = await (await zhou.post(`/desk/batches/${id}/result`, { format: "csv" })).text();
    const [, , ...rows] = parse(csv, { bom: true, relax_column_count: true }) as string[][];
    expect(rows.find(([row]) => row === "3")?.slice(2, 6)).toEqual(["新发现", "还在找", "", "示例三社区"]);
    expect(rows.find(([row]) => row === "6")?.slice(6)).toEqual([
      "姓名和电话相同，证件号码不同；已由工作人员核定",
    ]);
    // The village answers as for any other.
    const token = await linkOf(county, "511781101001");
    const given = { outcome: "not_found", words: "示例：没回来" };
    expect((await post(county, `/u/${token}/listed/${id}/3`, given)).status).toBe(303);
    expect((await batchOf(id)).answeredRows).toBe(1);
    const dump = JSON.stringify([await rowsOf(county, "batch_row"), await rowsOf(county, "audit")]);
    expect(dump).not.toMatch(/示例|13900000001/);
  });

  it("may be somebody registered elsewhere in the county, by number; and opens again a list that was over", async () => {
    const token = await linkOf(county, "511781100001");
    await post(county, `/u/${token}/listed/${id}/4`, { outcome: "not_found", words: "示例：没回来" });
    expect((await batchOf(id)).finishedAt).not.toBeNull();
    const { status } = await zhou.post(at(3), { what: "other", number: `${home}-2` });
    expect(status).toBe(303);
    expect(await rowOf(id, 3)).toMatchObject({ result: "known", person_id: `${home}-2` });
    expect((await batchOf(id)).finishedAt).not.toBeNull();
    await zhou.post(at(6), { what: "new", unit: "511781100001" });
    expect((await batchOf(id)).finishedAt).toBeNull();
    expect(await sums(id)).toEqual([2, 1, 2, 0]);
  });

  it("is settled once: of two officials the second is told, and nothing of theirs is kept", async () => {
    const wang = await county.signIn("clerk", "511781", "示例王");
    const both = await Promise.all([
      zhou.post(at(2), { what: `known:${home}-1` }),
      wang.post(at(2), { what: "rejected", words: "示例" }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    await sums(id);
    const late = await wang.post(at(2), { what: "new", unit: "511781100001" });
    expect(late.status).toBe(409);
    expect(plainText(await late.text())).toContain("您的选择没有保存");
    expect(await owed()).toHaveLength(1);
  });

  it.each<[string, Record<string, string>, string]>([
    ["nothing chosen", {}, "请选择这一行是谁"],
    ["somebody it does not clash with", { what: "known:WY-0000-0000-1" }, "请选择这一行是谁"],
    ["a number nobody has", { what: "other", number: "WY-0000-0000" }, "没有这个登记编号"],
    ["no village", { what: "new" }, "请选择村（社区）"],
    ["a village of another county", { what: "new", unit: "511782100001" }, "请选择村（社区）"],
    ["wrong without a reason", { what: "rejected" }, "请填写内容"],
  ])("is not settled by %s", async (_, fields, words) => {
    const before = await rowsOf(county, "batch_row");
    const answer = await zhou.post(at(3), fields);
    expect(answer.status).toBe(422);
    expect(plainText(await answer.text())).toContain(words);
    expect(await rowsOf(county, "batch_row")).toEqual(before);
  });

  it("is settled by nobody who may not manage, nor from another town", async () => {
    const inspector = await county.signIn("inspector", "511781");
    const li = await county.signIn("clerk", "511781100", "示例李");
    expect((await inspector.get(at(2))).status).toBe(403);
    expect((await inspector.post(at(2), { what: "rejected", words: "示例" })).status).toBe(403);
    expect((await inspector.post(`${at(2)}/reveal`)).status).toBe(403);
    expect((await li.get(at(2))).status).toBe(404);
    expect((await li.post(at(2), { what: "rejected", words: "示例" })).status).toBe(404);
  });
});

describe("a list that somebody never answers", () => {
  const close = async (id: string, words: string, who = zhou) => {
    const { version } = await batchOf(id);
    return who.post(`/desk/batches/${id}/close`, { version: `${version}`, words });
  };

  it("is ended by Zhou with a reason: the open rows are let go, nobody is said to be not found, and it is sealed off", async () => {
    const rows = Array.from({ length: 1_200 }, (_, n) => listed(n + 1));
    const id = await agreed(rows);
    const token = await linkOf(county, "511781100002");
    const given = { outcome: "not_found", words: "示例：门锁着" };
    expect((await post(county, `/u/${token}/listed/${id}/2`, given)).status).toBe(303);
    // Overdue by now, and told: those who heard of it hear that it is over.
    await minute("2026-01-28T10:00:00+08:00");
    zhou = await county.signIn("clerk", "511781", "示例周");
    expect((await close(id, "")).status).toBe(422);
    expect((await batchOf(id)).closedAt).toBeNull();
    expect((await close(id, "示例：教育局已撤回这批名单")).status).toBe(303);
    expect((await close(id, "示例：又一次")).status).toBe(409);
    zero(county.meter);
    const page = plainText(await (await zhou.get(`/desk/batches/${id}`)).text());
    expect(page).toContain("正在结束查找");
    expect(county.meter.written).toBeLessThanOrEqual(500 * 8);
    expect(county.meter.read).toBeLessThanOrEqual(500 * 12);
    await minute("2026-01-28T10:01:00+08:00");
    const { newRows, answeredRows, foundRows, finishedAt } = await batchOf(id);
    expect([newRows, answeredRows, foundRows]).toEqual([1_200, 1_200, 0]);
    expect(finishedAt).not.toBeNull();
    expect((await owed()).filter(([, , met]) => met === null)).toEqual([]);
    const ends = Map.groupBy(await rowsOf(county, "batch_row"), ({ outcome }) => outcome);
    expect([ends.get("closed")?.length, ends.get("not_found")?.length]).toEqual([1_199, 1]);
    const over = plainText(await (await zhou.get(`/desk/batches/${id}`)).text());
    expect(over).toContain("示例：教育局已撤回这批名单");
    expect(over).toContain("已结束查找，没有答复");
    expect(plainText(await (await county.fetch(`/u/${token}/listed/${id}/5`)).text())).toContain(
      "收名单的单位已于",
    );
    expect((await post(county, `/u/${token}/listed/${id}/5`, given)).status).toBe(409);
    expect(await acts()).toContain("close-list");
    expect(JSON.stringify(await rowsOf(county, "batch"))).not.toContain("示例");
    for (const at of ["2026-02-28T03:00", "2026-02-28T03:01", "2026-02-28T03:02"])
      await minute(`${at}:00+08:00`);
    expect((await batchOf(id)).sealedOffAt).not.toBeNull();
  }, 60_000);

  it("keeps what a village answers in the very moment, and is ended by nobody who may not", async () => {
    const id = await agreed([listed(1), listed(2)]);
    const inspector = await county.signIn("inspector", "511781");
    const li = await county.signIn("clerk", "511781100", "示例李");
    expect((await close(id, "示例", inspector)).status).toBe(403);
    expect((await close(id, "示例", li)).status).toBe(404);
    const token = await linkOf(county, "511781100002");
    const given = { outcome: "elsewhere", words: "示例：在外县" };
    await Promise.all([
      close(id, "示例：结束").then(() => looksUntilDone(zhou, id)),
      post(county, `/u/${token}/listed/${id}/2`, given),
    ]);
    const { answeredRows, finishedAt } = await batchOf(id);
    expect([answeredRows, finishedAt === null]).toEqual([2, false]);
    expect(["elsewhere", "closed"]).toContain((await rowOf(id, 2))?.outcome);
    expect((await owed()).filter(([, , met]) => met === null)).toEqual([]);
  });
});

describe("what is left of lists that are over", () => {
  it("is neither what it was called nor its headings; source, counts and dates stay", async () => {
    const id = await agreed([listed(1)]);
    const before = await batchOf(id);
    await county.deps.d1.prepare("UPDATE batch SET finished_at = 1").run();
    await minute("2026-02-28T03:00:00+08:00");
    zhou = await county.signIn("clerk", "511781", "示例周");
    const { details, sealedOffAt, source, newRows, recordedAt } = await batchOf(id);
    expect(sealedOffAt).not.toBeNull();
    expect(details).toEqual({ label: "已封存", headings: [], faults: [], faultsLeft: 0, skipped: [] });
    expect([source, newRows, recordedAt]).toEqual([before.source, before.newRows, before.recordedAt]);
    expect(plainText(await (await zhou.get(`/desk/batches/${id}`)).text())).toContain("名单内容已封存");
    expect(plainText(await (await zhou.get("/desk/batches")).text())).toContain("已封存");
  });

  it("costs a night's look nothing, however many lists are over or waited for", async () => {
    const id = await agreed([listed(1)]);
    const { d1 } = county.deps;
    const copy = (name: string, finished: string) =>
      d1
        .prepare(
          `INSERT INTO batch (id, unit_code, source, file_hash, sealed, rows, last_row, by, recorded_at, confirmed_at,
            applied_up_to, stored_up_to, checked_up_to, columns, finished_at)
          WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 400)
          SELECT ?2 || i, unit_code, source, ?2 || i, sealed, 1, 1, by, recorded_at, confirmed_at, 1, 1, 1, columns, ${finished}
          FROM batch, n WHERE id = ?1`,
        )
        .bind(id, name)
        .run();
    await copy("over", `${new Date("2026-02-20T10:00:00+08:00").getTime()}`);
    await copy("open", "NULL");
    zero(county.meter);
    await sealOffLists(
      county.deps,
      new Date("2026-02-01T00:00:00+08:00"),
      new Date("2026-03-03T03:00:00+08:00"),
    );
    expect([county.meter.read, county.meter.written]).toEqual([expect.any(Number), 0]);
    expect(county.meter.read).toBeLessThanOrEqual(3);
  });
});

it("remembers a bureau's columns as who won has matched them, not as who was beaten would have", async () => {
  const { deps } = county;
  const { id } = await uploads(county, zhou, listFile([listed(1)]));
  const one = await batchOf(id);
  const hash = await headingsHash(deps, one.details.headings);
  const acting = (auditId: string) => ({ actor: "示例", auditId, now: deps.now() });
  expect(await saveColumns(deps, one, { name: "B", phone: "D" }, hash, acting("first"))).toBe(true);
  expect(await saveColumns(deps, one, { name: "C", phone: "D" }, hash, acting("late"))).toBe(false);
  expect(await rememberedColumns(deps.db, one.source, hash)).toEqual({ name: "B", phone: "D" });
  expect((await acts()).filter((act) => act === "match-columns")).toHaveLength(1);
});
