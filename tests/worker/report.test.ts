import { beforeEach, describe, expect, it } from "vitest";
import { findReport, knownCounts, listReports, subtreeStates } from "../../src/db/report.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import type { ReportValues } from "../../src/domain/unit-report.ts";
import { submitRegistration } from "../../src/http/submit.ts";
import { excuseUnit, submitReport } from "../../src/http/submit-report.ts";
import { materialiseDailyReports } from "../../src/jobs/materialise.ts";
import { amina, bashir, chen, clientId, household } from "../support/cast.ts";
import { zero } from "../support/meter.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const TODAY = "2026-01-25";
const AMINAS = "511781100001";
const BASHIRS = "511781100002";
const ZONE = "Asia/Shanghai";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty(`${TODAY}T10:00:00+08:00`);
  await seedUnits(county);
  await materialiseDailyReports(county.deps, county.deps.now());
});

const report = (client: number, values: ReportValues, more: { unitCode?: string; date?: string } = {}) =>
  submitReport(county.deps, {
    clientId: clientId(client),
    unitCode: AMINAS,
    date: TODAY,
    values,
    door: "unit",
    lang: "en",
    ...more,
  });
const rows = async (sql: string) =>
  (await county.deps.d1.prepare(sql).all<Record<string, unknown>>()).results;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (error) => (error instanceof ProblemError ? error.problem.code : Promise.reject(error)),
  );

describe("Wu's daily report", () => {
  it("stores a zero report as a row of its own and meets the obligation", async () => {
    expect(await report(1, { zero: true })).toMatchObject({
      unitCode: AMINAS,
      version: 1,
      zero: true,
      state: "on-time",
      corrected: false,
      dueAt: new Date(`${TODAY}T16:00:00+08:00`),
    });
    expect(await rows("SELECT version, zero, counts FROM report")).toEqual([
      { version: 1, zero: 1, counts: '{"returnees":0,"wuhan":0,"symptomatic":0}' },
    ]);
    expect(await rows(`SELECT met_at FROM obligation WHERE id = 'daily-report/${TODAY}/${AMINAS}'`)).toEqual([
      { met_at: county.deps.now().getTime() },
    ]);
  });

  it("costs at most ten rows read and ten written, the known counts apart", async () => {
    zero(county.meter);
    await knownCounts(county.deps.db, AMINAS, TODAY, ZONE);
    const known = { ...county.meter };
    expect(known.read).toBeLessThanOrEqual(4);
    zero(county.meter);
    await report(1, { zero: true, note: "换班两次（示例）" });
    expect(county.meter.batches).toBe(1);
    expect(county.meter.read - known.read).toBeLessThanOrEqual(10);
    expect(county.meter.written).toBeLessThanOrEqual(10);
  });

  it("answers the same submission as the first time, and refuses its id for other content", async () => {
    const first = await report(1, { zero: true });
    county.setNow(`${TODAY}T17:00:00+08:00`);
    expect(await report(1, { zero: true })).toEqual(first);
    expect(
      await codeOf(report(1, { zero: false, returnees: 2, wuhan: 0, symptomatic: 0, reason: "示例" })),
    ).toBe("content-differs");
    expect(await rows("SELECT COUNT(*) AS n FROM report")).toEqual([{ n: 1 }]);
  });

  it("answers the first sender as before, even after somebody else's correction", async () => {
    const first = await report(1, { zero: true });
    await report(2, { zero: false, returnees: 1, wuhan: 0, symptomatic: 0, reason: "漏登一人（示例）" });
    expect(await report(1, { zero: true })).toEqual(first);
  });

  it("takes the same figures from a colleague as already reported, and answers him the same again", async () => {
    await report(1, { zero: true });
    county.setNow(`${TODAY}T11:00:00+08:00`);
    const second = await report(2, { zero: true });
    expect(second).toMatchObject({ version: 1, recordedAt: new Date(`${TODAY}T10:00:00+08:00`) });
    await report(3, { zero: true, visited: 40, reason: "补走访数（示例）" });
    expect(await report(2, { zero: true })).toEqual(second);
    expect(await rows("SELECT COUNT(*) AS n FROM report")).toEqual([{ n: 2 }]);
  });

  it("keeps the old value beside a correction, and the reason sealed", async () => {
    await report(1, { zero: true });
    county.setNow(`${TODAY}T17:30:00+08:00`);
    const reason = "王示例一家晚到，漏报";
    expect(await report(2, { zero: false, returnees: 4, wuhan: 2, symptomatic: 0, reason })).toMatchObject({
      version: 2,
      corrected: true,
      state: "on-time",
    });
    expect(await rows("SELECT version, zero, counts FROM report ORDER BY version")).toEqual([
      { version: 1, zero: 1, counts: '{"returnees":0,"wuhan":0,"symptomatic":0}' },
      { version: 2, zero: 0, counts: '{"returnees":4,"wuhan":2,"symptomatic":0}' },
    ]);
    const [stored] = await rows("SELECT sealed FROM report WHERE version = 2");
    expect(stored?.sealed).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(await findReport(county.deps, AMINAS, TODAY)).toMatchObject({ version: 2, reason });
  });

  it("is late from the moment after 16:00, and a missing day may be made up", async () => {
    county.setNow(`${TODAY}T16:00:00.001+08:00`);
    expect(await report(1, { zero: true })).toMatchObject({ state: "late" });
    expect(await report(2, { zero: true }, { date: "2026-01-21" })).toMatchObject({
      state: "late",
      version: 1,
    });
    const [day] = await rows("SELECT met_at, next_due_at FROM obligation WHERE subject_id = '2026-01-21'");
    expect(day).toEqual({ met_at: county.deps.now().getTime(), next_due_at: null });
  });

  it("leaves two versions, each with its reason, when two colleagues correct in the same moment", async () => {
    await report(1, { zero: true });
    const sent = [3, 5].map((returnees, at) =>
      report(10 + at, { zero: false, returnees, wuhan: 0, symptomatic: 0, reason: `示例 ${returnees}` }),
    );
    const versions = (await Promise.all(sent)).map(({ version }) => version).sort();
    expect(versions).toEqual([2, 3]);
  });

  it("lets only one of ten first reports without a reason stand, and never breaks", async () => {
    const sent = Array.from({ length: 10 }, (_, at) =>
      codeOf(report(20 + at, at % 2 ? { zero: true } : { zero: true, visited: 7 })),
    );
    const answers = await Promise.all(sent);
    expect(answers.filter((code) => code === "taken")).toHaveLength(5);
    expect(answers.filter((code) => code === "invalid")).toHaveLength(5);
    expect(await rows("SELECT version FROM report")).toEqual([{ version: 1 }]);
  });

  it("stores one report when the same submission arrives twenty times at once", async () => {
    const sent = Array.from({ length: 20 }, () => report(1, { zero: true }));
    const versions = new Set((await Promise.all(sent)).map(({ version }) => version));
    expect([...versions]).toEqual([1]);
    expect(await rows("SELECT COUNT(*) AS n FROM submission")).toEqual([{ n: 1 }]);
  });

  it("opens and meets an obligation for a unit entered after the day's due time", async () => {
    county.setNow(`${TODAY}T18:00:00+08:00`);
    await county.deps.d1
      .prepare(
        "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES ('511781101002', '示例四村', 'village', '511781101', ?)",
      )
      .bind(county.deps.now().getTime())
      .run();
    expect(await report(1, { zero: true }, { unitCode: "511781101002" })).toMatchObject({ state: "late" });
    const states = await subtreeStates(county.deps.db, "511781101", TODAY, {
      now: county.deps.now(),
      limit: 9,
    });
    expect(states).toMatchObject({ expected: 2, zero: 1, overdue: 1, late: 1 });
  });

  it.each([
    ["a unit that nobody entered", { unitCode: "511781999999" }, "unit-not-found"],
    ["the county, to which all report", { unitCode: "511781" }, "not-reporting"],
    ["tomorrow", { date: "2026-01-26" }, "report-date"],
    ["a day that does not exist", { date: "2026-02-30" }, "report-date"],
    ["the day before the unit was entered", { date: "2026-01-19" }, "report-date"],
  ])("writes nothing for %s", async (_, more, code) => {
    expect(await codeOf(report(1, { zero: true }, more))).toBe(code);
    expect(await rows("SELECT COUNT(*) AS n FROM submission")).toEqual([{ n: 0 }]);
  });
});

describe("what the service itself knows", () => {
  const register = (client: number, unit: string, persons: Parameters<typeof household>[0], more = {}) =>
    submitRegistration(county.deps, {
      clientId: clientId(client),
      values: household(persons, { unit, phone: `1390000${String(client).padStart(4, "0")}`, ...more }),
      door: "page",
      unitCode: unit,
    });

  it("counts the subtree's returnees of the local day, those by way of Wuhan, and the ill", async () => {
    county.setNow("2026-01-24T23:50:00+08:00");
    await register(101, AMINAS, [amina()], { leftOn: "2026-01-23", arrivedAt: "2026-01-24T10:00:00.000Z" });
    county.setNow(`${TODAY}T00:10:00+08:00`);
    await register(102, AMINAS, [bashir(), bashir({ name: "在家·示例", returnee: false })], {
      origin: "other_province",
      transitWuhan: true,
      arrivedAt: "2026-01-24T15:00:00.000Z",
    });
    await register(103, BASHIRS, [chen()], { origin: "hubei", arrivedAt: "2026-01-24T15:00:00.000Z" });
    const { db } = county.deps;
    expect(await knownCounts(db, AMINAS, TODAY, ZONE)).toEqual({ returnees: 1, wuhan: 1, symptomatic: 0 });
    expect(await knownCounts(db, "511781100", TODAY, ZONE)).toEqual({
      returnees: 2,
      wuhan: 1,
      symptomatic: 1,
    });
    expect(await knownCounts(db, "511781101", TODAY, ZONE)).toEqual({
      returnees: 0,
      wuhan: 0,
      symptomatic: 0,
    });
    expect(await knownCounts(db, AMINAS, "2026-01-24", ZONE)).toMatchObject({ returnees: 1, wuhan: 1 });
  });

  it("counts somebody who registered twice once", async () => {
    await register(101, AMINAS, [amina()]);
    await register(102, AMINAS, [amina()]);
    expect(await knownCounts(county.deps.db, AMINAS, TODAY, ZONE)).toMatchObject({ returnees: 1 });
  });

  it("counts Amina, well on Saturday and registered again with fever on Sunday, as ill on Sunday and once", async () => {
    county.setNow("2026-01-24T12:00:00+08:00");
    await register(101, AMINAS, [amina()], { leftOn: "2026-01-23", arrivedAt: "2026-01-24T01:00:00.000Z" });
    county.setNow(`${TODAY}T10:00:00+08:00`);
    await register(102, BASHIRS, [amina({ temperature: 38 })]);
    await register(103, BASHIRS, [amina({ temperature: 38.5 })]);
    county.setNow("2026-01-26T10:00:00+08:00");
    await register(104, BASHIRS, [amina({ temperature: 38.5 })]);
    const illOn = async (unit: string, date: string) =>
      (await knownCounts(county.deps.db, unit, date, ZONE)).symptomatic;
    const days = ["2026-01-24", TODAY, "2026-01-26"];
    for (const unit of [AMINAS, "511781"])
      expect(await Promise.all(days.map((date) => illOn(unit, date)))).toEqual([0, 1, 0]);
    expect(await illOn(BASHIRS, TODAY)).toBe(0);
  });

  it("counts Chen once, who had a fever the first time and has it again", async () => {
    await register(101, AMINAS, [chen()]);
    await register(102, AMINAS, [chen()]);
    expect(await knownCounts(county.deps.db, AMINAS, TODAY, ZONE)).toMatchObject({ symptomatic: 1 });
  });

  it("reads two rows a unit of the subtree and three a person of the day, whatever other days hold", async () => {
    for (let day = 0; day < 5; day++) {
      county.setNow(`2026-01-2${day}T12:00:00+08:00`);
      await register(110 + day, AMINAS, [bashir()], {
        leftOn: "2026-01-10",
        arrivedAt: "2026-01-12T10:00:00.000Z",
      });
    }
    zero(county.meter);
    await knownCounts(county.deps.db, "511781", "2026-01-24", ZONE);
    // Seven units, one registration of one person.
    expect(county.meter.read).toBeLessThanOrEqual(7 * 2 + 3);
  });
});

describe("the county at a glance", () => {
  it("balances: expected is zero, non-zero, excused, overdue and pending together", async () => {
    const { deps } = county;
    await excuseUnit(deps, {
      clientId: clientId(90),
      scopePrefix: "511781100",
      unitCode: "511781100S01",
      from: TODAY,
      to: TODAY,
      reason: "放假（示例）",
      actor: "li",
    });
    await report(1, { zero: true });
    await report(
      2,
      { zero: false, returnees: 2, wuhan: 0, symptomatic: 0, reason: "示例" },
      { unitCode: BASHIRS },
    );
    const before = await subtreeStates(deps.db, "511781", TODAY, { now: deps.now(), limit: 50 });
    expect(before).toMatchObject({
      expected: 6,
      zero: 1,
      nonZero: 1,
      excused: 1,
      overdue: 0,
      pending: 3,
      missing: [],
    });
    county.setNow(`${TODAY}T16:00:00+08:00`);
    const after = await subtreeStates(deps.db, "511781", TODAY, { now: deps.now(), limit: 2 });
    expect(after).toMatchObject({ expected: 6, zero: 1, nonZero: 1, excused: 1, overdue: 3, pending: 0 });
    expect(after.missing.map(({ name }) => name)).toEqual(["太平镇", "青花镇"]);
    const rest = await subtreeStates(deps.db, "511781", TODAY, {
      now: deps.now(),
      limit: 2,
      after: after.next,
    });
    expect(rest.missing.map(({ name }) => name)).toEqual(["示例三社区"]);
    expect(rest.next).toBeUndefined();
  });

  it("does not count a town among the units below itself", async () => {
    const { deps } = county;
    expect(await subtreeStates(deps.db, "511781101", TODAY, { now: deps.now(), limit: 9 })).toMatchObject({
      expected: 1,
    });
  });
});

describe("Li excuses the school", () => {
  const excuse = (more: Partial<Parameters<typeof excuseUnit>[1]> = {}) =>
    excuseUnit(county.deps, {
      clientId: clientId(90),
      scopePrefix: "511781100",
      unitCode: "511781100S01",
      from: TODAY,
      to: "2026-01-27",
      reason: "放假，校内无人（示例）",
      actor: "li",
      ...more,
    });
  const school = { code: "511781100S01", kind: "school" };
  const daysOfSchool = (today: string) =>
    listReports(county.deps.db, school, {
      today,
      days: 3,
      now: county.deps.now(),
      settings: county.deps.settings,
    });

  it("stops the clocks that run and those that start later, and leaves a line in the history", async () => {
    await excuse();
    county.setNow("2026-01-27T20:00:00+08:00");
    await materialiseDailyReports(county.deps, county.deps.now());
    expect((await daysOfSchool("2026-01-27")).map(({ state }) => state)).toEqual([
      "excused",
      "excused",
      "excused",
    ]);
    expect(
      await rows(
        "SELECT COUNT(*) AS n FROM obligation WHERE unit_code = '511781100S01' AND next_due_at IS NOT NULL AND subject_id < '2026-01-28'",
      ),
    ).toEqual([{ n: 0 }]);
    expect(await rows("SELECT actor, act, unit_code FROM audit")).toEqual([
      { actor: "li", act: "report.excused", unit_code: "511781100S01" },
    ]);
    expect(JSON.stringify(await rows("SELECT sealed FROM excuse"))).not.toContain("放假");
  });

  it("stores the same request once, and lets the school report all the same", async () => {
    await excuse();
    await excuse();
    await Promise.all([excuse(), excuse(), excuse()]);
    expect(await rows("SELECT COUNT(*) AS n FROM excuse")).toEqual([{ n: 1 }]);
    expect(await codeOf(excuse({ to: "2026-01-28" }))).toBe("content-differs");
    await report(1, { zero: true }, { unitCode: school.code });
    expect((await daysOfSchool(TODAY))[0]).toMatchObject({ state: "on-time", zero: true });
  });

  it.each([
    ["the unit itself", { scopePrefix: "511781100S01" }, "out-of-scope"],
    ["another town", { scopePrefix: "511781101" }, "out-of-scope"],
    ["nobody's scope", { scopePrefix: "" }, "out-of-scope"],
    ["a unit that nobody entered", { unitCode: "511781100S99" }, "unit-not-found"],
    ["the county itself, which owes no report", { scopePrefix: "5117", unitCode: "511781" }, "not-reporting"],
    ["a client id that is none", { clientId: "" }, "invalid"],
    ["yesterday", { from: "2026-01-24" }, "invalid"],
    ["forty days", { to: "2026-03-06" }, "invalid"],
  ])("is refused to %s", async (_, more, code) => {
    expect(await codeOf(excuse(more))).toBe(code);
    expect(await rows("SELECT COUNT(*) AS n FROM excuse")).toEqual([{ n: 0 }]);
  });

  it("is too late once the report is due", async () => {
    county.setNow(`${TODAY}T16:00:00+08:00`);
    expect(await codeOf(excuse())).toBe("invalid");
  });
});
