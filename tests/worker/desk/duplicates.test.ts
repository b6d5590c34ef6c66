import { beforeEach, describe, expect, it } from "vitest";
import { likelyDuplicates, nextRegistered } from "../../../src/db/duplicate-find.ts";
import { countFigures } from "../../../src/db/summary.ts";
import { findUnit, type Unit } from "../../../src/db/unit.ts";
import { dayOf } from "../../../src/domain/as-of.ts";
import { MOST_CANDIDATES } from "../../../src/domain/duplicate.ts";
import { summarise } from "../../../src/domain/summary.ts";
import { verifyHousehold } from "../../../src/http/submit.ts";
import { findDuplicates } from "../../../src/jobs/duplicates.ts";
import { runScheduled } from "../../../src/jobs/index.ts";
import { amina, bashir, chen, household, type PersonValues, sampleIdCard } from "../../support/cast.ts";
import { enterCrowd } from "../../support/crowd.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { read } from "../../support/follow-up.ts";
import { zero } from "../../support/meter.ts";
import { plainText } from "../../support/pages.ts";
import { register, rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * 疑似重复: two registrations that may be of one person, found by the job and settled at the desk.
 */
const VILLAGE = "511781100001";
const NEXT_DOOR = "511781100002";
const ELSEWHERE = "511781101001";
const ZONE = "Asia/Shanghai";
let county: DeskCounty;
let li: Signed;
let next = 0;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  li = await county.signIn("supervisor", "511781100", "示例李");
  next = 0;
});
const clock = (time: string, day = "25") => county.setNow(`2026-01-${day}T${time}:00+08:00`);

/** Registers a household of the village. @returns its first person's number */
async function came(persons: PersonValues[], more: { unit?: string; phone?: string } = {}): Promise<string> {
  next += 1;
  // One after the other.
  county.setNow(new Date(county.deps.now().getTime() + 1000).toISOString());
  const phone = more.phone ?? `1390000${String(next).padStart(4, "0")}`;
  const home = household(persons, { unit: more.unit ?? VILLAGE, phone });
  return `${(await register(county.deps, home, next)).caseNumber}-1`;
}
const found = (id: string) =>
  verifyHousehold(county.deps, {
    ...{ id: id.slice(0, -2), unitCode: "511781", actor: "wu-link", outcome: "found" as const },
  });
/** The job, once all that came is settled. */
const look = (time = "10:30", day = "25") => {
  clock(time, day);
  return findDuplicates(county.deps, county.deps.now());
};
const candidates = async () =>
  (await rowsOf(county, "duplicate_candidate")).map((row) => [row.person_id, row.other_id, row.why]);
const findings = () => rowsOf(county, "duplicate_finding");
const figures = async (asOf = county.deps.now()) => {
  const unit = (await findUnit(county.deps.db, "511781")) as Unit;
  const counted = await countFigures(county.deps.db, unit, { asOf, ...dayOf(asOf, ZONE), zone: ZONE });
  const { registered, observation } = summarise(counted, { asOf, zone: ZONE });
  return {
    ...{ persons: registered.cumulative, today: registered.today, duplicates: registered.duplicatesFlagged },
    ...{ ill: registered.symptomatic, observing: observation.observing, observed: observation.cumulative },
  };
};
const owed = async (id: string) =>
  Object.fromEntries(
    (await rowsOf(county, "obligation"))
      .filter((row) => `${row.id}`.endsWith(id))
      .map((row) => [row.kind, row]),
  );
const at = (...ids: string[]) => `/desk/duplicates/${ids.join("/")}`;
const textOf = async (answer: Response) => plainText(await answer.text());

describe("the job", () => {
  it("points at one document, one telephone with one name, and one name and year of birth in a village", async () => {
    const first = await came([amina()]);
    const again = await came([amina()], { unit: ELSEWHERE });
    const home = await came([bashir(), chen()], { phone: "13911110000" });
    const alone = await came([bashir()], { phone: "13911110000", unit: NEXT_DOOR });
    const sameName = await came([
      chen({ document: { kind: "id_card", number: sampleIdCard("19790505", "311") } }),
    ]);
    // A family's telephone, a name alone, another year, another village: nobody.
    await came([amina({ name: "示例妹妹", document: undefined })], { phone: "13911110000" });
    await came([amina({ document: undefined })]);
    await came([chen({ document: { kind: "id_card", number: sampleIdCard("19800505", "311") } })]);
    await came([chen({ document: { kind: "id_card", number: sampleIdCard("19790506", "312") } })], {
      unit: NEXT_DOOR,
    });
    expect(await look("10:01")).toBe(0);
    expect(await look()).toBe(10);
    const all = [
      [again, first, "id"],
      [alone, home, "phone"],
      [sameName, home.replace(/1$/, "2"), "name"],
    ];
    expect((await candidates()).sort()).toEqual(all.sort());
    expect(await look("10:31")).toBe(0);
    expect(await candidates()).toHaveLength(3);
    expect(JSON.stringify(await rowsOf(county, "walk"))).not.toMatch(/阿米娜|139/);
  });

  it("points at five for one who registers, however common the name, and reads a row a unit where nobody came", async () => {
    for (let serial = 100; serial < 108; serial++)
      await came([amina({ document: { kind: "id_card", number: sampleIdCard("19880301", `${serial}`) } })]);
    await look();
    const each = Map.groupBy(await candidates(), ([person]) => person);
    expect(Math.max(...[...each.values()].map((rows) => rows.length))).toBe(MOST_CANDIDATES);
    zero(county.meter);
    expect(await look("10:40")).toBe(0);
    expect(county.meter.read).toBeLessThanOrEqual(3 * (await rowsOf(county, "unit")).length + 5);
  });

  it("reads a bounded part of a backlog a minute, however many there are in a village, and a row between two rounds", async () => {
    await enterCrowd(county.deps.d1, {
      ...{ villages: [VILLAGE, ELSEWHERE], zone: ZONE, homes: 2000, each: 1 },
      now: new Date(county.deps.now().getTime() - 3_600_000),
    });
    zero(county.meter);
    expect(await look()).toBe(200);
    expect(county.meter.read).toBeLessThanOrEqual(20 * 200);
    while ((await look()) > 0);
    zero(county.meter);
    expect(await look("10:31")).toBe(0);
    expect(county.meter.read).toBeLessThanOrEqual(1);
  });

  it("goes on where it was, piece by piece, and looks at everybody once", async () => {
    const all = [];
    for (const unit of [VILLAGE, VILLAGE, VILLAGE, NEXT_DOOR, ELSEWHERE, ELSEWHERE])
      all.push(await came([bashir()], { unit }));
    const seen: string[] = [];
    let place = { since: 0, until: county.deps.now().getTime(), unit: "", at: 0, id: "" };
    for (let piece = 0; piece < 20; piece++) {
      const { rows, next: further } = await nextRegistered(county.deps.db, place, { units: 2, limit: 2 });
      seen.push(...rows.map(({ id }) => id));
      expect(await likelyDuplicates(county.deps, rows, 5)).toEqual([]);
      if (!further) break;
      place = further;
    }
    expect(seen.sort()).toEqual(all.sort());
  });
});

describe("a merge", () => {
  let first = "";
  let second = "";
  beforeEach(async () => {
    first = await came([bashir()], { phone: "13911110000" });
    clock("10:10");
    second = await came([bashir({ symptoms: true })], { phone: "13911110000" });
    await found(first);
    await found(second);
    await look();
  });

  it("takes one person and one observation away from then on, ill for the one who stands, and undone gives them back", async () => {
    const before = await figures();
    expect(before).toEqual({ persons: 2, today: 2, duplicates: 0, ill: 1, observing: 2, observed: 2 });
    clock("11:00");
    const answer = await li.post(`${at(second, first)}/merge`, { reason: "示例：同一人" });
    expect(answer.status).toBe(303);
    const after = { persons: 1, today: 1, duplicates: 1, ill: 1, observing: 1, observed: 1 };
    expect(await figures()).toEqual(after);
    expect(await figures(new Date("2026-01-25T10:30:00+08:00"))).toEqual(before);
    clock("12:30");
    const [row] = await findings();
    expect((await li.post(`${at(first, second)}/undo`, { version: `${second}/1` })).status).toBe(303);
    expect(await figures()).toEqual(before);
    expect(await figures(new Date("2026-01-25T11:30:00+08:00"))).toEqual(after);
    expect(row).toMatchObject({ person_id: second, other_id: first, finding: "same", version: 1 });
    expect(JSON.stringify(await findings())).not.toContain("同一人");
    expect((await candidates()).length).toBe(1);
  });

  it("stops the clocks of who was merged, takes a late reading all the same, and undone goes on from the next slot", async () => {
    clock("11:00");
    await li.post(`${at(first, second)}/merge`);
    const rested = await owed(second);
    for (const kind of ["follow-up", "release"])
      expect([rested[kind]?.next_due_at, rested[kind]?.excused_at]).toEqual([
        null,
        county.deps.now().getTime(),
      ]);
    expect((await owed(first))["follow-up"]?.excused_at).toBeNull();
    clock("13:00");
    expect(await read(county, second, { slot: "2026-01-25/morning" })).toMatchObject({ late: true });
    expect((await owed(second))["follow-up"]?.next_due_at).toBeNull();
    expect(await rowsOf(county, "reading")).toHaveLength(1);
    await runScheduled(county.deps, new Date("2026-01-25T23:30:00+08:00"));
    const told = async () =>
      (await rowsOf(county, "transition")).filter((row) => `${row.obligation_id}` === `follow-up/${second}`);
    expect(await told()).toEqual([]);
    clock("08:00", "26");
    li = await county.signIn("supervisor", "511781100", "示例李");
    await li.post(`${at(first, second)}/undo`, { version: `${second}/1` });
    const goesOn = await owed(second);
    const noon = new Date("2026-01-26T12:00:00+08:00").getTime();
    expect([goesOn["follow-up"]?.due_at, goesOn["follow-up"]?.next_due_at]).toEqual([noon, noon]);
    expect(goesOn["follow-up"]?.excused_at).toBeNull();
    expect(goesOn.release?.next_due_at).toBe(goesOn.release?.opened_at);
    // The evening that closed meanwhile is nobody's to make good.
    const unit = (await findUnit(county.deps.db, "511781")) as Unit;
    const asOf = county.deps.now();
    const counted = await countFigures(county.deps.db, unit, { asOf, ...dayOf(asOf, ZONE), zone: ZONE });
    const evening = summarise(counted, { asOf, zone: ZONE }).readings.slots.find(
      ({ slot }) => slot === "2026-01-25/evening",
    );
    expect(evening).toMatchObject({ expected: 1, missed: 1 });
  });

  it("of a household that is verified later owes nothing for who was merged", async () => {
    const third = await came([bashir()], { phone: "13911110000" });
    clock("11:00");
    await li.post(`${at(first, third)}/merge`);
    await found(third);
    expect((await figures()).observing).toBe(2);
    const rows = await owed(third);
    expect([rows["follow-up"]?.next_due_at, rows.release?.next_due_at]).toEqual([null, null]);
  });

  it("lets the database decide between two officials at once, and tells the second who and when", async () => {
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    clock("11:00");
    const answers = await Promise.all([
      li.post(`${at(first, second)}/merge`, { stands: first }),
      zhou.post(`${at(first, second)}/merge`, { stands: second }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    const lost = answers.find(({ status }) => status === 409) as Response;
    const text = await textOf(lost);
    expect(text).toContain("没有记录您的决定");
    expect(text).toMatch(/示例[李周] 在 .*11:00 合并了这两条登记/);
    expect(await findings()).toHaveLength(1);
    expect(await figures()).toMatchObject({ persons: 1, duplicates: 1 });
  });

  it("makes no chains: nobody is merged into one who is merged, nor one with others merged into him", async () => {
    const third = await came([bashir()], { phone: "13911110000" });
    await found(third);
    clock("11:00");
    expect((await li.post(`${at(first, second)}/merge`)).status).toBe(303);
    expect((await li.post(`${at(third, second)}/merge`, { stands: second })).status).toBe(409);
    expect((await li.post(`${at(third, first)}/merge`, { stands: third })).status).toBe(409);
    expect((await li.post(`${at(third, first)}/merge`, { stands: first })).status).toBe(303);
    expect(await figures()).toMatchObject({ persons: 1, duplicates: 2 });
    expect(await textOf(await li.get(at(third, second)))).toContain("不能保留");
  });

  it("never leaves somebody unobserved: who is under observation does not stand behind one who is not", async () => {
    const third = await came([bashir()], { phone: "13911110000" });
    clock("11:00");
    expect((await li.post(`${at(first, third)}/merge`, { stands: third })).status).toBe(409);
    expect(await textOf(await li.get(at(first, third)))).toContain("合并后会没有人随访");
    expect(await findings()).toEqual([]);
  });

  it("is said in both cases' histories, with the way to the other", async () => {
    clock("11:00");
    await li.post(`${at(first, second)}/merge`);
    const [goes, stands] = await Promise.all([second, first].map((id) => li.get(`/desk/people/${id}`)));
    expect(await goes?.text()).toMatch(new RegExp(`已并入另一条登记 <a[^>]*href="/desk/people/${first}`));
    expect(await stands?.text()).toMatch(new RegExp(`合并了另一条登记 <a[^>]*href="/desk/people/${second}`));
    const acts = (await rowsOf(county, "audit")).filter(({ act }) => /person$/.test(`${act}`));
    expect(acts.map(({ act, subject_id, detail }) => [act, subject_id, detail])).toEqual([
      ["merge-person", second, first],
      ["keep-person", first, second],
    ]);
  });

  it("undone twice is undone once, and merged anew it is the next version", async () => {
    clock("11:00");
    await li.post(`${at(first, second)}/merge`);
    const undo = () => li.post(`${at(first, second)}/undo`, { version: `${second}/1` });
    clock("11:10");
    expect((await undo()).status).toBe(303);
    expect((await undo()).status).toBe(409);
    clock("11:20");
    expect((await li.post(`${at(first, second)}/merge`)).status).toBe(303);
    expect((await findings()).map(({ version, undone_at }) => [version, undone_at !== null])).toEqual([
      [1, true],
      [2, false],
    ]);
    // A page of before does not undo what was found anew.
    expect((await undo()).status).toBe(409);
  });
});

describe("not the same person", () => {
  it("is remembered, and never offered again", async () => {
    const first = await came([bashir()], { phone: "13911110000" });
    const second = await came([bashir()], { phone: "13911110000" });
    await look();
    expect(await textOf(await li.get("/desk/duplicates"))).toContain("1 对待核对");
    expect((await li.post(`${at(second, first)}/distinct`, { reason: "示例：同名两人" })).status).toBe(303);
    expect(await figures()).toMatchObject({ persons: 2, duplicates: 0 });
    await county.deps.d1.prepare("DELETE FROM walk").run();
    await look("11:30");
    const list = await textOf(await li.get("/desk/duplicates"));
    expect(list).toContain("没有待核对的");
    expect(await textOf(await li.get("/desk/duplicates?state=settled"))).toContain("不是同一人");
    expect(await textOf(await li.get(at(first, second)))).toContain("理由：示例：同名两人");
    expect((await li.post(`${at(first, second)}/merge`)).status).toBe(409);
    await li.post(`${at(first, second)}/undo`, { version: `${second}/1` });
    expect(await textOf(await li.get("/desk/duplicates"))).toContain("1 对待核对");
  });

  it("counts Chen, whose number was mistyped as Amina's, from then on; and as a duplicate before, and once it is undone", async () => {
    const first = await came([amina()]);
    const mistyped = await came([chen({ document: amina().document })]);
    await look();
    expect(await candidates()).toEqual([[mistyped, first, "id"]]);
    expect(await figures()).toMatchObject({ persons: 1, duplicates: 1, ill: 1 });
    const then = county.deps.now();
    clock("11:00");
    // Whoever is flagged does not stand, and is the one who counts anew.
    expect((await li.post(`${at(first, mistyped)}/merge`, { stands: mistyped })).status).toBe(409);
    expect((await li.post(`${at(first, mistyped)}/distinct`)).status).toBe(303);
    expect(await figures()).toMatchObject({ persons: 2, duplicates: 0, ill: 1 });
    expect(await figures(then)).toMatchObject({ persons: 1, duplicates: 1 });
    // Somebody merged into Chen would count nowhere if that were undone: that merge is undone first.
    const third = await came([chen({ document: undefined })]);
    clock("11:10");
    await li.post(`${at(third, mistyped)}/merge`, { stands: mistyped });
    const undo = () => li.post(`${at(first, mistyped)}/undo`, { version: `${mistyped}/1` });
    expect((await undo()).status).toBe(409);
    await li.post(`${at(third, mistyped)}/undo`, { version: `${third}/1` });
    expect((await undo()).status).toBe(303);
    expect(await figures()).toMatchObject({ persons: 2, duplicates: 1 });
  });
});

describe("the pages", () => {
  it("show Li the two side by side, masked, and say by word what differs", async () => {
    const first = await came([amina()], { phone: "13911110000" });
    clock("10:10");
    const second = await came([amina({ document: undefined, temperature: undefined })], {
      ...{ phone: "13911110000", unit: NEXT_DOOR },
    });
    await found(first);
    await look();
    const html = await (await li.get(at(second, first))).text();
    const text = plainText(html);
    expect(text).toContain("电话相同，姓名或出生日期也相同");
    expect(text).toContain("姓名 相同阿*阿*");
    expect(text).toContain("单位 不同");
    expect(text).toMatch(/证件 (居民)?身份证 99\*{4}没有填写/);
    expect(text.indexOf(first)).toBeLessThan(text.indexOf(second));
    expect(html).not.toMatch(/阿米娜|13911110000|示例一组/);
    const list = await (await li.get("/desk/duplicates")).text();
    expect(plainText(list)).toContain(`阿* ${second}`);
    expect(list).not.toMatch(/阿米娜|13911110000/);
    expect(await (await li.get("/desk/people")).text()).toContain("/desk/duplicates");
  });

  it("show both persons' data for a purpose, with a line in the history for each", async () => {
    const first = await came([amina()]);
    const second = await came([chen()]);
    expect((await li.post(`${at(first, second)}/reveal`, { purpose: "x" })).status).toBe(422);
    const shown = await li.post(`${at(first, second)}/reveal`, { purpose: "call", text: "示例" });
    const text = await textOf(shown);
    for (const said of ["阿米娜·示例", "陈小示例", sampleIdCard("19791103", "217")])
      expect(text).toContain(said);
    const lines = (await rowsOf(county, "audit")).filter(({ act }) => act === "reveal-person");
    expect(lines.map(({ subject_id, detail }) => [subject_id, detail]).sort()).toEqual(
      [
        [first, "call"],
        [second, "call"],
      ].sort(),
    );
  });

  it("leave what lies in two towns to the county", async () => {
    const first = await came([amina()]);
    const second = await came([amina()], { unit: ELSEWHERE });
    await look();
    expect(await textOf(await li.get("/desk/duplicates"))).toContain("没有待核对的");
    for (const ids of [
      [first, second],
      [second, first],
    ])
      expect((await li.get(at(...ids))).status).toBe(404);
    for (const act of ["merge", "distinct", "undo"])
      expect((await li.post(`${at(first, second)}/${act}`)).status).toBe(404);
    expect((await li.post(`${at(first, second)}/reveal`, { purpose: "call" })).status).toBe(404);
    expect(await findings()).toEqual([]);
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    expect(await textOf(await zhou.get("/desk/duplicates"))).toContain("1 对待核对");
    expect((await zhou.post(`${at(first, second)}/merge`)).status).toBe(303);
    expect(await textOf(await zhou.get("/desk/duplicates?state=settled"))).toContain("已合并");
  });

  it("let an inspector look and not decide, and a reporter decide about their own village's", async () => {
    const first = await came([bashir()], { phone: "13911110000" });
    const second = await came([bashir()], { phone: "13911110000" });
    const inspector = await county.signIn("inspector", "511781100");
    const page = await textOf(await inspector.get(at(first, second)));
    expect(page).toContain("您的岗位可以查看，不能决定");
    for (const act of ["merge", "distinct", "undo", "reveal"])
      expect((await inspector.post(`${at(first, second)}/${act}`)).status).toBe(403);
    const wu = await county.signIn("reporter", VILLAGE);
    expect((await wu.post(`${at(first, second)}/merge`)).status).toBe(303);
  });

  it("answer what cannot be with what to mend", async () => {
    const first = await came([bashir()]);
    const second = await came([bashir()]);
    expect((await li.get(at(first, first))).status).toBe(422);
    expect((await li.post(`${at(first, first)}/merge`)).status).toBe(422);
    for (const other of ["WY-9999-9999-1", "x", "%00", "WY-0217-4486", "..%2F..%2Fx", `${second}'--`])
      for (const status of [
        (await li.get(at(first, other))).status,
        (await li.post(`${at(first, other)}/merge`)).status,
      ])
        expect(status, other).toBe(404);
    expect((await li.post(`${at(first, second)}/merge`, { stands: "WY-9999-9999-1" })).status).toBe(404);
    expect((await li.post(`${at(first, second)}/merge`, { reason: "长".repeat(201) })).status).toBe(422);
    expect((await li.post(`${at(first, second)}/undo`)).status).toBe(409);
    expect((await li.get("/desk/duplicates?before=x")).status).toBe(400);
    expect((await li.get(`${at(first, second)}/merge`)).status).toBe(200);
    expect(await findings()).toEqual([]);
  });

  it("go on from page to page, the newest first", async () => {
    const { d1 } = county.deps;
    const first = await came([bashir()]);
    const ids = [];
    for (let at = 0; at < 33; at++) ids.push(await came([bashir()]));
    await d1.batch(
      ids.map((id, at) =>
        d1
          .prepare("INSERT INTO duplicate_candidate VALUES (?, ?, 'name', ?3, ?3, ?, NULL)")
          .bind(id, first, VILLAGE, 1000 + Math.floor(at / 2)),
      ),
    );
    const seen: string[] = [];
    for (const who of [li, await county.signIn("supervisor", "511781")]) {
      let path: string | undefined = "/desk/duplicates";
      while (path) {
        const html: string = await (await who.get(path)).text();
        seen.push(
          ...[...html.matchAll(/href="\/desk\/duplicates\/([A-Z0-9-]+)\//g)].map(([, id = ""]) => id),
        );
        path = /href="([^"]*before=[^"]*)"[^>]*>更早的/.exec(html)?.[1]?.replaceAll("&amp;", "&");
      }
    }
    expect(seen).toHaveLength(66);
    expect(new Set(seen).size).toBe(33);
  });
});
