import { beforeEach, describe, expect, it } from "vitest";
import { addPoints } from "../../../src/db/poster.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { seedUnits } from "../../support/worker.ts";

const VILLAGE = "511781100001";
const TOWN = "511781100";
let county: DeskCounty;
let li: Signed;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T10:00:00+08:00", { HOTLINE: "0818-8600000" });
  await seedUnits(county);
  li = await county.signIn("clerk", TOWN, "示例李");
});

const rows = async (query: string) => (await county.deps.d1.prepare(query).all()).results;
const acts = async () => (await rows("SELECT act FROM audit ORDER BY recorded_at, id")).map(({ act }) => act);
const add = (name: string, more: Record<string, string> = {}, who = li) =>
  who.post("/desk/posters", { of: TOWN, unit: VILLAGE, name, clientId: crypto.randomUUID(), ...more });
const doorOf = (page: string) => /https:\/\/baobei\.example(\/r\/[\w-]{22})/.exec(page)?.[1] ?? "";
const printed = async (id: string) => (await li.get(`/desk/posters/print?point=${id}`)).text();
const linkOf = async (id: string) =>
  String(
    (await rows(`SELECT token_hash FROM link WHERE subject_id = '${id}' AND revoked_at IS NULL`))[0]
      ?.token_hash,
  );

describe("a poster", () => {
  it("gets the next number and a door of its own, and prints with the place, the county's words and the hotline", async () => {
    expect((await add("村口小卖部")).status).toBe(303);
    expect((await add("卫生室")).status).toBe(303);
    expect(await rows("SELECT id, name FROM posting_point ORDER BY id")).toEqual([
      { id: "P-0001", name: "村口小卖部" },
      { id: "P-0002", name: "卫生室" },
    ]);
    const page = await printed("P-0001");
    for (const words of [
      "返乡人员请主动报备",
      "海报编号 P-0001",
      "村口小卖部",
      "太平镇 示例一社区",
      "0818-8600000",
      "两小时内联系",
      "在家观察 14 天",
      "加密保存",
      "baobei.example/register",
      "<svg",
    ])
      expect(page).toContain(words);
    const door = await county.fetch(doorOf(page));
    expect(door.status).toBe(200);
    expect(await door.text()).toContain("村口小卖部");
    expect((await acts()).toSorted()).toEqual(["add-poster", "add-poster", "print-poster"]);
  });

  it("speaks Traditional Chinese and English where that is asked for", async () => {
    await add("村口小卖部");
    const inLang = async (lang: string) =>
      (await li.get(`/desk/posters/print?point=P-0001&lang=${lang}`)).text();
    expect(await inLang("zh-Hant")).toContain("返鄉人員請主動報備");
    expect(await inLang("en")).toContain("Back home? Please report in");
  });

  it("is made once though its form is sent twice, and numbers never clash when many make them at once", async () => {
    const clientId = "aaaaaaaa-0000-4000-8000-000000000001";
    await Promise.all([add("甲处", { clientId }), add("甲处", { clientId })]);
    await add("甲处", { clientId });
    expect(await rows("SELECT id FROM posting_point")).toHaveLength(1);
    const many = await Promise.all(["乙处", "丙处", "丁处"].map((name) => add(name)));
    expect(many.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect((await rows("SELECT id FROM posting_point ORDER BY id")).map(({ id }) => id)).toEqual([
      "P-0001",
      "P-0002",
      "P-0003",
      "P-0004",
    ]);
    expect(await rows("SELECT count(*) AS n FROM link")).toEqual([{ n: 4 }]);
  });

  it("goes on with five digits behind P-9999", async () => {
    await county.deps.d1.exec(`INSERT INTO posting_point VALUES ('P-9999', '${VILLAGE}', '示例', 1, NULL)`);
    await add("甲处");
    await add("乙处");
    expect(
      (await rows("SELECT id FROM posting_point WHERE id > 'P-1' ORDER BY id")).map(({ id }) => id),
    ).toEqual(["P-10000", "P-10001", "P-9999"]);
  });

  it("opens nothing from the moment it is taken down, by one of two officials at once", async () => {
    await add("村口小卖部");
    const door = doorOf(await printed("P-0001"));
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    const answers = await Promise.all([
      li.post("/desk/posters/P-0001/remove"),
      zhou.post("/desk/posters/P-0001/remove"),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await answers.find(({ status }) => status === 409)?.text()).toMatch(
      /这件事已经有人办了：(太平镇 示例李|万源市 示例周)，今天 10:00/,
    );
    expect((await county.fetch(door)).status).toBe(410);
    expect(await (await li.get("/desk/posters")).text()).not.toContain("P-0001");
    expect((await acts()).filter((act) => act === "remove-poster")).toHaveLength(1);
    // The number is not given again.
    await add("卫生室");
    expect(await rows("SELECT id FROM posting_point WHERE removed_at IS NULL")).toEqual([{ id: "P-0002" }]);
  });

  it("gets a new code in one step; who saw the old one is too late", async () => {
    await add("村口小卖部");
    const old = doorOf(await printed("P-0001"));
    const link = await linkOf("P-0001");
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    const answers = await Promise.all([
      li.post("/desk/posters/P-0001/renew", { link }),
      zhou.post("/desk/posters/P-0001/renew", { link }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const fresh = doorOf(await printed("P-0001"));
    expect((await county.fetch(old)).status).toBe(410);
    expect((await county.fetch(fresh)).status).toBe(200);
    expect(await rows("SELECT count(*) AS n FROM link WHERE revoked_at IS NULL")).toEqual([{ n: 1 }]);
  });

  it.each([
    ["no name", { name: " " }],
    ["ten thousand characters", { name: "x".repeat(10_000) }],
    ["what cannot be printed", { name: "村口\u0007" }],
    ["no unit", { unit: "" }],
  ])("is refused with %s, and what was typed stays", async (_what, wrong) => {
    const answer = await add("村口小卖部", wrong);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("<title>错误：");
    expect(await rows("SELECT id FROM posting_point")).toEqual([]);
  });

  it("is no reporter's or inspector's to make or print, and no other town's at all", async () => {
    await add("村口小卖部");
    for (const role of ["reporter", "inspector"] as const) {
      const one = await county.signIn(role, TOWN);
      expect((await one.get("/desk/posters")).status).toBe(200);
      expect((await add("甲处", {}, one)).status).toBe(403);
      expect((await one.get("/desk/posters/print?point=P-0001")).status).toBe(403);
      for (const path of ["bulk", "P-0001/remove", "P-0001/renew"])
        expect((await one.post(`/desk/posters/${path}`, { of: TOWN })).status, path).toBe(403);
    }
    const other = await county.signIn("admin", "511781101");
    expect((await other.get(`/desk/posters?of=${TOWN}`)).status).toBe(404);
    expect((await other.get("/desk/posters/print?point=P-0001")).status).toBe(404);
    expect((await other.get(`/desk/posters/print?of=${TOWN}`)).status).toBe(404);
    expect((await other.post("/desk/posters/P-0001/remove")).status).toBe(404);
    expect((await other.post("/desk/posters/bulk", { of: TOWN })).status).toBe(404);
    expect((await add("甲处", { of: "511781101" }, other)).status).toBe(404);
    expect((await other.post("/desk/posters/%27OR/remove")).status).toBe(404);
  });
});

describe("the posters of a town", () => {
  it("are one for each village that has none, and twice adds nothing", async () => {
    await add("村口小卖部");
    await Promise.all([
      li.post("/desk/posters/bulk", { of: TOWN }),
      li.post("/desk/posters/bulk", { of: TOWN }),
    ]);
    await li.post("/desk/posters/bulk", { of: TOWN });
    expect(await rows("SELECT unit_code FROM posting_point ORDER BY unit_code")).toEqual([
      { unit_code: "511781100001" },
      { unit_code: "511781100002" },
    ]);
    expect(await rows("SELECT count(*) AS n FROM link")).toEqual([{ n: 2 }]);
    expect((await acts()).filter((act) => act === "add-poster")).toHaveLength(2);
  });

  it("print one sheet each, sixty a page", async () => {
    const { deps } = county;
    const points = Array.from({ length: 65 }, (_, n) => ({ unitCode: VILLAGE, name: `示例点 ${n}` }));
    const made = {
      actor: "official/x",
      now: deps.now(),
      newId: deps.newId,
      expiresAt: new Date("2026-06-01"),
    };
    expect(await addPoints(deps, points, made)).toBe(65);
    const first = await (await li.get(`/desk/posters/print?of=${TOWN}`)).text();
    expect(first.match(/class="sheet poster"/g)).toHaveLength(60);
    const after = /after=([\w,-]+)/.exec(first.slice(first.indexOf("screen more")))?.[1] ?? "";
    const second = await (await li.get(`/desk/posters/print?of=${TOWN}&after=${after}`)).text();
    expect(second.match(/class="sheet poster"/g)).toHaveLength(5);
    expect((await li.get(`/desk/posters/print?of=${TOWN}&after=511781101001,P-0001`)).status).toBe(200);
    const list = await (await li.get("/desk/posters")).text();
    expect(list.match(/<th scope="row">/g)).toHaveLength(50);
  });

  it("are counted apart: households and persons, today's and all", async () => {
    await add("村口小卖部");
    await add("卫生室");
    const insert = (n: number, point: string, persons: number, at: string) =>
      county.deps.d1
        .prepare(
          `INSERT INTO household (id, submission_id, unit_code, posting_point_id, filled_by, source, origin,
             transit_wuhan, arrived_at, persons, sealed, recorded_at, verify_due_at)
           VALUES (?, ?, '${VILLAGE}', ?, 'self', 'self', 'wuhan', 0, 1, ?, 'x', ?, 1)`,
        )
        .bind(`WY-0000-000${n}`, `s-${n}`, point, persons, new Date(at).getTime());
    await county.deps.d1.batch([
      insert(1, "P-0001", 3, "2026-01-24T12:00:00+08:00"),
      insert(2, "P-0001", 2, "2026-01-25T08:00:00+08:00"),
      insert(3, "P-0002", 1, "2026-01-25T00:00:00+08:00"),
    ]);
    const page = await (await li.get("/desk/posters")).text();
    const [, first = "", second = ""] = page.split('<th scope="row">');
    expect(first).toContain("1 户 2 人");
    expect(first).toContain("2 户 5 人");
    expect(second.match(/1 户 1 人/g)).toHaveLength(2);
  });
});
