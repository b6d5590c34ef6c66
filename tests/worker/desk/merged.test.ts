import { beforeEach, describe, expect, it } from "vitest";
import { readBoard } from "../../../src/db/board.ts";
import { countRows, whichOf } from "../../../src/db/export-rows.ts";
import { listPeople } from "../../../src/db/line-list.ts";
import { closingHeldBy } from "../../../src/db/unit-change.ts";
import { followUpFigures } from "../../../src/db/watch.ts";
import { endObservation, verifyHousehold } from "../../../src/http/submit-observation.ts";
import { sealOffOld } from "../../../src/jobs/retention.ts";
import { amina, bashir, chen, dawa, household, type PersonValues } from "../../support/cast.ts";
import { enterCrowd } from "../../support/crowd.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { read } from "../../support/follow-up.ts";
import { well } from "../../support/home.ts";
import { zero } from "../../support/meter.ts";
import { plainText, posted } from "../../support/pages.ts";
import { register, rowsOf } from "../../support/records.ts";
import { linkOf } from "../../support/unit-door.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * Somebody who was merged into another: nobody asks for his readings any more, his data is sealed off in its time, and
 * the lists keep their promises.
 */
const VILLAGE = "511781100001";
const NEXT_DOOR = "511781100002";
const ZONE = "Asia/Shanghai";
let county: DeskCounty;
let li: Signed;
let next = 0;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T09:00:00+08:00");
  await seedUnits(county);
  li = await county.signIn("supervisor", "511781100", "示例李");
  next = 0;
});
const clock = (time: string, day = "2026-01-25") => county.setNow(`${day}T${time}:00+08:00`);

/** A household that came, and was found at home unless it waits. */
async function came(persons: PersonValues[], { unit = VILLAGE, waits = false } = {}) {
  next += 1;
  const home = household(persons, { unit, phone: `1390000${String(next).padStart(4, "0")}` });
  const { caseNumber, token } = await register(county.deps, home, next);
  if (!waits) await found(caseNumber, unit);
  return { caseNumber, token, id: `${caseNumber}-1` };
}
const found = (id: string, unitCode = VILLAGE, outcome: "found" | "wrong" = "found") =>
  verifyHousehold(county.deps, { id, unitCode, actor: "wu-link", outcome });
const at = (...ids: string[]) => `/desk/duplicates/${ids.join("/")}`;
async function merge(goes: string, stands: string) {
  const answer = await li.post(`${at(goes, stands)}/merge`, { stands, reason: "示例：同一部电话" });
  expect(answer.status).toBe(303);
}
const undo = (goes: string, stands: string, version = 1) =>
  li.post(`${at(goes, stands)}/undo`, { version: `${goes}/${version}` });
const text = async (path: string) => plainText(await (await county.fetch(path)).text());

describe("Bashir, who was merged into his first registration", () => {
  it("is asked for nothing on the round, the door and the board; whom he was merged into is; a late reading is kept", async () => {
    const first = await came([bashir()]);
    const second = await came([bashir(), amina()]);
    const wu = await linkOf(county, VILLAGE);
    clock("10:00");
    expect(await text(`/u/${wu}/round`)).toContain("已报 0 / 3");
    await merge(second.id, first.id);
    const round = await text(`/u/${wu}/round`);
    expect(round).toContain("已报 0 / 2");
    expect(round).toContain(first.id);
    expect(round).not.toContain(second.id);
    expect(await followUpFigures(county.deps.db, VILLAGE, county.deps.now(), ZONE)).toMatchObject({
      ...{ observing: 2, unreported: 2 },
    });
    for (const path of [`case/${second.caseNumber}`, `observation/${second.id}`]) {
      const said = await text(`/u/${wu}/${path}`);
      expect(said, path).toContain(`已并入 ${first.id}，按那一条随访`);
    }
    // The morning is over: nobody's fault but who stands.
    clock("13:00");
    const board = await readBoard(county.deps.db, {
      ...{ scope: { code: VILLAGE, exact: false }, wide: false, now: county.deps.now(), today: "2026-01-25" },
      ...{ until: county.deps.now(), steps: [] },
    });
    expect(board.found["follow-up"]?.rows.map(({ id }) => id).sort()).toEqual(
      [`follow-up/${first.id}`, `follow-up/${second.caseNumber}-2`].sort(),
    );
    expect(await text(`/u/${wu}/observation/${second.id}`)).not.toContain("逾期");
    expect(await read(county, second.id, { slot: "2026-01-25/morning" })).toMatchObject({ late: true });
    expect(await text(`/u/${wu}/observation/${second.id}`)).toContain("36.5");
    // Undone, he is asked for again.
    expect((await undo(second.id, first.id)).status).toBe(303);
    expect(await text(`/u/${wu}/round`)).toContain(second.id);
  });

  it("reads calmly on his own page that the other registration is followed up, and his family is still asked", async () => {
    const first = await came([bashir()]);
    const alone = await came([bashir()]);
    const family = await came([bashir(), amina()]);
    clock("10:00");
    await merge(alone.id, first.id);
    await merge(family.id, first.id);
    const page = await text(`/p/${alone.token}`);
    expect(page).toContain("已并入另一条登记");
    expect(page).not.toContain("前填好");
    expect(page).not.toContain(first.caseNumber);
    for (const lang of ["zh-Hant", "en"])
      expect(await text(`/p/${alone.token}?lang=${lang}`)).toMatch(/已併入另一條登記|Merged into another/);
    const html = await (await county.fetch(`/p/${family.token}`)).text();
    expect(html).toContain('name="m.2.temperature"');
    expect(html).not.toContain('name="m.1.temperature"');
    expect(plainText(html)).toContain("1. 巴*：已并入另一条登记");
    // A page that was left open meanwhile is still taken.
    const cards: [string, string][] = [
      ["slot", "2026-01-25/morning"],
      ["client.1", "0190a000-0000-4000-8000-000000000001"],
      ...well(1, "36.6"),
    ];
    const answer = await county.fetch(`/p/${alone.token}`, posted(cards));
    expect(answer.status).toBe(303);
    expect(await rowsOf(county, "reading")).toHaveLength(1);
    const after = await text(answer.headers.get("Location") ?? "");
    expect(after).toContain("36.6");
    expect(after).toContain("已并入另一条登记");
    clock("19:30");
    expect(await text(`/p/${alone.token}`)).not.toMatch(/没填|待填/);
  });

  it("does not keep a village from being closed", async () => {
    const first = await came([bashir()]);
    const second = await came([bashir()], { unit: NEXT_DOOR });
    await county.deps.d1.prepare("UPDATE obligation SET met_at = 1 WHERE kind = 'care-role'").run();
    clock("10:00");
    expect((await closingHeldBy(county.deps.db, NEXT_DOOR)).matters).toBe(2);
    await merge(second.id, first.id);
    expect((await closingHeldBy(county.deps.db, NEXT_DOOR)).matters).toBe(0);
  });
});

describe("what is kept of somebody merged", () => {
  async function night(date: string, minutes = 3) {
    for (let minute = 0; minute < minutes; minute++) {
      clock(`03:0${minute}`, date);
      await sealOffOld(county.deps, county.deps.now());
    }
  }
  const sealedOff = async () =>
    (await rowsOf(county, "household")).filter((row) => row.sealed_off_at !== null).map(({ id }) => id);
  const waiting = async () => (await rowsOf(county, "retention")).map(({ subject_id }) => subject_id);
  const end = (id: string) =>
    endObservation(county.deps, {
      ...{ scope: VILLAGE, actor: "wu-link", id, by: "示例吴", reason: "示例" },
      ending: "transferred",
    });

  it("is sealed off a month after the later of his plan and the end of whom he was merged into, told once", async () => {
    const first = await came([bashir()]);
    const second = await came([bashir(), dawa()]);
    clock("10:00");
    await read(county, second.id, { symptoms: true, symptomText: "示例咳嗽" });
    await merge(second.id, first.id);
    await end(`${second.caseNumber}-2`);
    // Still followed up beyond his plan: nothing is taken.
    await night("2026-03-12");
    expect(await waiting()).toEqual([]);
    clock("10:00", "2026-03-12");
    await end(first.id);
    await night("2026-04-03");
    expect(await waiting()).toEqual([]);
    await night("2026-04-05");
    await night("2026-04-06");
    expect((await waiting()).sort()).toEqual(
      [`household/${first.caseNumber}`, `household/${second.caseNumber}`].sort(),
    );
    const notices = async () =>
      (await rowsOf(county, "obligation")).filter(({ kind }) => kind === "retention");
    const told = (await notices()).length;
    for (const date of ["2026-04-12", "2026-04-13", "2026-04-14"]) await night(date);
    expect((await sealedOff()).sort()).toEqual([first.caseNumber, second.caseNumber].sort());
    for (const date of ["2026-05-10", "2026-05-20", "2026-06-10"]) await night(date);
    expect(await notices()).toHaveLength(told);
    expect((await notices()).filter(({ met_at }) => met_at === null)).toEqual([]);
    // Nothing of it opens, and it is nobody's observation any more.
    expect((await rowsOf(county, "reading")).map(({ sealed }) => sealed)).toEqual([null]);
    expect((await rowsOf(county, "duplicate_finding")).map(({ sealed }) => sealed)).toEqual([null]);
    expect((await rowsOf(county, "observation")).filter(({ ended_at }) => ended_at === null)).toEqual([]);
    li = await county.signIn("supervisor", "511781100", "示例李");
    expect((await undo(second.id, first.id)).status).toBe(303);
    const wu = await linkOf(county, VILLAGE);
    expect(await text(`/u/${wu}/round`)).not.toContain(second.id);
  });

  it("stays while he counts again: undone in the week of the notice, he is followed up and not sealed off", async () => {
    const first = await came([bashir()]);
    const second = await came([bashir(), dawa()]);
    clock("10:00");
    await merge(second.id, first.id);
    await end(`${second.caseNumber}-2`);
    await end(first.id);
    await night("2026-03-05");
    expect(await waiting()).toContain(`household/${second.caseNumber}`);
    clock("10:00", "2026-03-06");
    li = await county.signIn("supervisor", "511781100", "示例李");
    expect((await undo(second.id, first.id)).status).toBe(303);
    expect(await waiting()).not.toContain(`household/${second.caseNumber}`);
    await night("2026-03-20");
    expect(await sealedOff()).not.toContain(second.caseNumber);
    clock("10:00", "2026-03-20");
    await end(second.id);
    await night("2026-04-13");
    expect(await waiting()).toContain(`household/${second.caseNumber}`);
  });
});

describe("the line list", () => {
  it("stays within 200 rows where everybody lives alone, was measured and is merged, and shows each once", async () => {
    const { d1 } = county.deps;
    await enterCrowd(d1, {
      ...{ villages: [VILLAGE, NEXT_DOOR], now: county.deps.now(), zone: ZONE },
      ...{ homes: 120, each: 1, waiting: 0, released: 0, measured: 10 },
    });
    await mergeAll();
    for (const filter of [{}, { overdue: "reading" as const }, { state: "observing" as const }])
      for (const code of ["511781", "511781100"]) {
        const seen = await walk(code, filter);
        expect(new Set(seen).size).toBe(seen.length);
        if (!filter.overdue) expect(seen).toHaveLength(120);
      }
  });

  it("stays within 200 rows where large households wait to be verified and everybody is merged", async () => {
    const { d1 } = county.deps;
    await enterCrowd(d1, {
      ...{ villages: [VILLAGE, NEXT_DOOR], now: county.deps.now(), zone: ZONE },
      ...{ homes: 60, each: 4, waiting: 10, released: 0, measured: 0 },
    });
    await mergeAll();
    for (const code of ["511781", "511781100"]) {
      const seen = await walk(code, { state: "waiting" });
      expect(new Set(seen).size).toBe(240);
    }
  });

  const mergeAll = () =>
    county.deps.d1
      .prepare(
        `INSERT INTO duplicate_finding (person_id, other_id, version, finding, unit_code, by, recorded_at)
        SELECT id, 'WY-0000-0000-1', 1, 'same', unit_code, 'official/x', 1 FROM person`,
      )
      .run();
  async function walk(code: string, filter: Record<string, unknown>) {
    const seen: string[] = [];
    let after: Parameters<typeof listPeople>[1]["after"];
    for (let pages = 0; pages === 0 || after; pages++) {
      expect(pages).toBeLessThan(80);
      zero(county.meter);
      const page = await listPeople(county.deps, {
        ...{ scope: { code, exact: false }, filter: { unit: code, ...filter }, after },
        ...{ now: county.deps.now(), zone: ZONE, releaseHours: 24, spent: 6 },
      });
      expect(county.meter.read + 6, JSON.stringify(filter)).toBeLessThanOrEqual(200);
      expect(page.rows.every(({ mergedInto }) => mergedInto)).toBe(true);
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next;
    }
    return seen;
  }
});

describe("a merge that would end an observation too early", () => {
  it("says so, and offers the longer one, or the one that a fever holds, to stand", async () => {
    const first = await came([bashir()]);
    clock("09:30");
    const second = await came([bashir()]);
    const kept = (html: string) => /name="stands"[^>]*value="([^"]*)"[^>]*checked/.exec(html)?.[1];
    const page = async () => (await li.get(at(first.id, second.id))).text();
    expect(await page()).not.toMatch(/提前结束|不再延长/);
    expect(kept(await page())).toBe(first.id);
    // He came back a second time.
    const set = county.deps.d1.prepare("UPDATE observation SET until_date = ? WHERE id = ?");
    await set.bind("2026-02-20", second.id).run();
    expect(plainText(await page())).toContain(`如果保留 ${first.id}，观察会提前结束`);
    expect(kept(await page())).toBe(second.id);
    clock("10:00");
    await read(county, first.id, { symptoms: true });
    expect(plainText(await page())).toContain(`如果保留 ${second.id}，另一条的发热或不适不再延长观察`);
    expect(kept(await page())).toBe(first.id);
  });
});

describe("the export for Go.Data", () => {
  it("has everybody who counts, once: not who was merged, but who was flagged and found to be another", async () => {
    const rows = () => {
      const filter = { unit: "511781" };
      return countRows(county.deps, "go-data", whichOf(filter, false, county.deps.now(), ZONE));
    };
    const first = await came([amina()]);
    const second = await came([amina({ document: undefined })]);
    const mistyped = await came([chen({ document: amina().document })]);
    expect(await rows()).toBe(2);
    clock("10:00");
    expect((await li.post(`${at(mistyped.id, first.id)}/distinct`)).status).toBe(303);
    expect(await rows()).toBe(3);
    await merge(second.id, first.id);
    expect(await rows()).toBe(2);
  });
});

describe("Bashir, merged before anybody went to either house", () => {
  const standing = async (id: string) => {
    const rows = await rowsOf(county, "obligation");
    const of = (kind: string) => rows.find((row) => row.id === `${kind}/${id}`);
    return ["follow-up", "release"].map((kind) => of(kind)?.next_due_at != null);
  };
  it.each(["the one found first", "the one found last"])(
    "is followed up where he was found, %s, when nobody is at the other",
    async (order) => {
      const empty = await came([bashir()], { waits: true });
      clock("09:10");
      const there = await came([bashir(), amina()], { waits: true });
      await merge(there.id, empty.id);
      const first = order === "the one found first";
      clock("09:30");
      if (first) {
        await found(there.caseNumber);
        expect(await standing(there.id)).toEqual([false, false]);
        clock("09:40");
      }
      await found(empty.caseNumber, VILLAGE, "wrong");
      clock("09:50");
      if (!first) await found(there.caseNumber);
      expect(await standing(there.id)).toEqual([true, true]);
      const wu = await linkOf(county, VILLAGE);
      expect(await text(`/u/${wu}/round`)).toContain(there.id);
      expect((await rowsOf(county, "duplicate_finding")).map(({ undone_by }) => undone_by)).toEqual([
        "wu-link",
      ]);
      expect((await rowsOf(county, "duplicate_candidate")).map(({ settled_at }) => settled_at)).toEqual([
        null,
      ]);
      for (const id of [there.id, empty.id])
        expect(await (await li.get(`/desk/people/${id}`)).text()).toMatch(/撤销/);
    },
  );

  it("stays merged when he is found at both: one of them is followed up", async () => {
    const first = await came([bashir()], { waits: true });
    const second = await came([bashir()], { waits: true });
    await merge(second.id, first.id);
    await found(first.caseNumber);
    await found(second.caseNumber);
    expect([await standing(first.id), await standing(second.id)]).toEqual([
      [true, true],
      [false, false],
    ]);
  });
});

describe("a household whose only person was merged before anybody went there", () => {
  it("still owes its verification, and the page of the two says so with a way there", async () => {
    const first = await came([bashir()]);
    const second = await came([bashir()], { waits: true });
    expect(await (await li.get(at(first.id, second.id))).text()).not.toContain("合并后仍要核实");
    await merge(second.id, first.id);
    const html = await (await li.get(at(first.id, second.id))).text();
    expect(plainText(html)).toMatch(new RegExp(`${second.caseNumber} 还没有核实，合并后仍要核实`));
    const href = new RegExp(`href="([^"]*/case/${second.caseNumber}[^"]*)"`).exec(html)?.[1] ?? "";
    expect((await li.get(href)).status).toBe(200);
    const owed = (await rowsOf(county, "obligation")).find(
      ({ id }) => id === `registration/${second.caseNumber}`,
    );
    expect([owed?.met_at, owed?.excused_at]).toEqual([null, null]);
    await found(second.caseNumber);
    expect(await (await li.get(at(first.id, second.id))).text()).not.toContain("仍要核实");
  });
});
