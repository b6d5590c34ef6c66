import { beforeEach, describe, expect, it } from "vitest";
import { materialiseDay } from "../../../src/db/materialise.ts";
import { runBatch } from "../../../src/db/store.ts";
import { nextCode } from "../../../src/domain/unit-desk.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { seedUnits } from "../../support/worker.ts";

const VILLAGE = "511781100001";
const TOWN = "511781100";
let county: DeskCounty;
let li: Signed;
beforeEach(async () => {
  county = await openDeskCounty();
  await seedUnits(county);
  li = await county.signIn("clerk", TOWN, "示例李");
});

const rows = async (query: string) => (await county.deps.d1.prepare(query).all()).results;
const add = (fields: Record<string, string>, unit = TOWN, who = li) =>
  who.post(`/desk/manage/${unit}/unit/add`, { clientId: crypto.randomUUID(), ...fields });
const setting = (act: string, fields: Record<string, string> = {}, who = li, unit = VILLAGE) =>
  who.post(`/desk/manage/${unit}/unit/${act}`, fields);

describe("a unit added at the desk", () => {
  it("gets the next code of its kind below its parent", async () => {
    const school = await add({ kind: "school", name: "示例中学" });
    expect(school.headers.get("Location")).toContain("/desk/manage/511781100S02");
    expect((await add({ kind: "grid", name: "示例网格" }, VILLAGE)).headers.get("Location")).toContain(
      `/desk/manage/${VILLAGE}01`,
    );
    expect(
      await rows("SELECT code, kind, parent FROM unit WHERE name IN ('示例中学', '示例网格') ORDER BY code"),
    ).toEqual([
      { code: `${VILLAGE}01`, kind: "grid", parent: VILLAGE },
      { code: "511781100S02", kind: "school", parent: TOWN },
    ]);
  });

  it("is added once though its form is sent twice, and never twice under one code", async () => {
    const clientId = "aaaaaaaa-0000-4000-8000-000000000002";
    const form = { kind: "checkpoint", name: "示例卡点", clientId };
    await Promise.all([add(form), add(form)]);
    const answers = await Promise.all(
      [1, 2, 3].map((n) => add({ kind: "checkpoint", name: `示例卡点 ${n}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(
      (await rows("SELECT code FROM unit WHERE kind = 'checkpoint' ORDER BY code")).map(({ code }) => code),
    ).toEqual(["511781100C01", "511781100C02", "511781100C03", "511781100C04"]);
  });

  it.each([
    ["a village, which comes with the division codes", { kind: "village", name: "示例村" }],
    ["a kind that is none", { kind: "x", name: "示例" }],
    ["no name", { kind: "school", name: " " }],
    ["sixty-one characters", { kind: "school", name: "校".repeat(61) }],
    ["what cannot be printed", { kind: "school", name: "示例\u202e校" }],
  ])("is refused: %s", async (_what, form) => {
    expect((await add(form)).status).toBe(422);
    expect(await rows("SELECT count(*) AS n FROM unit")).toEqual([{ n: 7 }]);
  });

  it("never gets a code that was given before", () => {
    expect(nextCode("511781", "bureau", ["511781B01", "511781B03"])).toBe("511781B04");
    expect(nextCode("511781", "bureau", ["511781B99"])).toBeUndefined();
    expect(nextCode(VILLAGE, "grid", [`${VILLAGE}A1`, `${VILLAGE}02`])).toBe(`${VILLAGE}03`);
  });
});

describe("a unit's name", () => {
  it("is changed from above, by one of two officials who saw the same", async () => {
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    const seen = "示例一社区";
    const answers = await Promise.all([
      setting("rename", { seen, newName: "示例甲社区" }),
      setting("rename", { seen, newName: "示例乙社区" }, zhou),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const loser = await answers.find(({ status }) => status === 409)?.text();
    expect(loser).toMatch(/这件事已经有人办了：/);
    expect(loser).toMatch(/value="示例[甲乙]社区"/);
  });

  it("is not the unit's own to change, nor a reporter's, nor another town's", async () => {
    const own = await county.signIn("clerk", VILLAGE);
    const form = { seen: "示例一社区", newName: "示例" };
    expect((await setting("rename", form, own)).status).toBe(403);
    expect((await setting("close", {}, own)).status).toBe(403);
    expect((await setting("rename", form, await county.signIn("reporter", TOWN))).status).toBe(403);
    expect((await setting("rename", form, await county.signIn("inspector", "511781"))).status).toBe(403);
    expect((await setting("rename", form, await county.signIn("admin", "511781101"))).status).toBe(404);
    expect((await setting("rename", { ...form, newName: "x".repeat(10_000) })).status).toBe(422);
    expect(await rows(`SELECT name FROM unit WHERE code = '${VILLAGE}'`)).toEqual([{ name: "示例一社区" }]);
  });
});

describe("a unit that is closed", () => {
  it("owes nothing from then on: what is not due yet is excused, its link and posters open nothing", async () => {
    const { deps } = county;
    await runBatch(deps.db, [materialiseDay(deps.db, "2026-01-25", deps.now(), deps.settings)]);
    await li.post(`/desk/manage/${VILLAGE}/links`);
    await li.post("/desk/posters", { of: VILLAGE, unit: VILLAGE, name: "村口" });
    const card = await (await li.post(`/desk/manage/${VILLAGE}/cards`)).text();
    const door = /https:\/\/baobei\.example(\/u\/[\w-]{22})/.exec(card)?.[1] ?? "";
    const poster = await (await li.get("/desk/posters/print?point=P-0001")).text();
    const wall = /https:\/\/baobei\.example(\/r\/[\w-]{22})/.exec(poster)?.[1] ?? "";
    expect((await setting("close")).status).toBe(303);
    expect((await county.fetch(door)).status).toBe(410);
    expect((await county.fetch(wall)).status).toBe(410);
    await runBatch(deps.db, [materialiseDay(deps.db, "2026-01-26", deps.now(), deps.settings)]);
    expect(
      await rows(
        `SELECT id, excused_at IS NOT NULL AS excused, next_due_at FROM obligation WHERE unit_code = '${VILLAGE}'`,
      ),
    ).toEqual([{ id: `daily-report/2026-01-25/${VILLAGE}`, excused: 1, next_due_at: null }]);
    expect(await (await li.get("/desk/units")).text()).not.toContain("示例一社区");
    expect(await (await li.get("/desk/units?q=示例一")).text()).toContain("已撤销");
    expect(await (await li.get(`/desk/manage/${VILLAGE}`)).text()).not.toContain(`/manage/${VILLAGE}/unit?`);
    // A second official is told who did; nothing new is entered there.
    const again = await setting("close");
    expect(again.status).toBe(409);
    expect(await again.text()).toContain("您自己");
    expect((await li.post(`/desk/manage/${VILLAGE}/links`)).status).toBe(409);
    expect((await add({ kind: "grid", name: "示例" }, VILLAGE)).status).toBe(409);
  });

  it("is not closed while units stand below it or somebody must still be seen to", async () => {
    const { d1 } = county.deps;
    const zhou = await county.signIn("supervisor", "511781");
    const town = await setting("close", {}, zhou, TOWN);
    expect(town.status).toBe(409);
    expect(await town.text()).toContain("下面还有 3 个单位");
    await d1.exec(
      `INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, recorded_at) VALUES ('tip/T-0000-0001', 'tip', '${VILLAGE}', 'T-0000-0001', 1, 2, 1)`,
    );
    const village = await setting("close");
    expect(village.status).toBe(409);
    expect(await village.text()).toContain("还有 1 件事没有办结");
    expect(await rows("SELECT closed_at FROM unit WHERE closed_at IS NOT NULL")).toEqual([]);
  });
});
