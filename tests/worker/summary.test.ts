import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { listReports, subtreeStates } from "../../src/db/report.ts";
import type { Summary } from "../../src/domain/summary.ts";
import { submitRegistration, submitTip, verifyHousehold, verifyTip } from "../../src/http/submit.ts";
import { excuseUnit, submitReport } from "../../src/http/submit-report.ts";
import { oweReports, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { amina, bashir, chen, clientId, dawa, household, wuTip } from "../support/cast.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const DAY = "2026-01-25";
const FIRST = "511781100001";
const SECOND = "511781100002";
const THIRD = "511781101001";
const SCHOOL = "511781100S01";

let county: TestCounty;
let next = 0;
beforeEach(async () => {
  county = await openCounty(`${DAY}T08:00:00+08:00`);
  await seedUnits(county);
  await seedKeys(county);
  next = 0;
});

const at = (clock: string) => county.setNow(`${DAY}T${clock}:00+08:00`);
const register = (unitCode: string, persons: Parameters<typeof household>[0], more = {}) =>
  submitRegistration(county.deps, {
    clientId: clientId(++next),
    values: household(persons, { unit: unitCode, arrivedAt: `${DAY}T00:00:00.000Z`, ...more }),
    door: "api",
    unitCode,
  });
const tell = (unit: string) =>
  submitTip(county.deps, { clientId: clientId(++next), values: wuTip({ unit }), door: "api" });
const report = (unitCode: string, values: Parameters<typeof submitReport>[1]["values"]) =>
  submitReport(county.deps, { clientId: clientId(++next), unitCode, date: DAY, values, door: "api" });
const zhou = (query = "") => county.fetch(`/api/v1/summary${query}`, withKey(ZHOU));
const asOf = (clock: string) => `?asOf=${DAY}T${clock}:00%2B08:00`;
const full = async (query = "") => (await zhou(query)).json<Summary>();

/** A day in the county: what happens by noon, and what happens after. */
async function aDay() {
  await oweReports(county, DAY, [FIRST, SECOND, THIRD, SCHOOL]);
  await excuseUnit(county.deps, {
    clientId: clientId(++next),
    scopePrefix: "511781",
    unitCode: SCHOOL,
    from: DAY,
    to: DAY,
    reason: "示例：放假",
    actor: "test",
  });
  at("09:00");
  const family = await register(FIRST, [amina(), dawa(), bashir({ returnee: false })]);
  at("09:30");
  const rumour = await tell(FIRST);
  at("10:00");
  await verifyHousehold(county.deps, {
    id: family.caseNumber,
    unitCode: FIRST,
    actor: "wu",
    outcome: "found",
  });
  at("11:00");
  const late = await register(THIRD, [bashir()], { origin: "other_province", transitWuhan: true });
  at("14:00");
  await report(FIRST, { zero: false, returnees: 2, wuhan: 2, symptomatic: 0, reason: "示例" });
  await verifyTip(county.deps, {
    id: rumour.tipNumber,
    unitCode: FIRST,
    actor: "wu",
    outcome: "true",
    answer: "已核实（示例）",
  });
  at("15:00");
  await register(SECOND, [chen()], { filledBy: "grid_worker", source: "door_check" });
  at("17:00");
  await report(THIRD, { zero: true, reason: "示例" });
  at("17:30");
  await report(THIRD, { zero: false, returnees: 1, wuhan: 1, symptomatic: 0, reason: "示例：漏报" });
  at("20:00");
  return { family, late };
}

describe("a day in the county", () => {
  it("noon says what was true at noon, however late it is asked", async () => {
    await aDay();
    const noon = await full(asOf("12:00"));
    expect(noon.registered).toMatchObject({
      cumulative: 4,
      today: 4,
      households: 2,
      returnees: 3,
      byOrigin: { wuhan: 2, hubei: 0, other_province: 1, same_province: 0 },
      transitWuhan: 1,
      symptomatic: 0,
      bySource: { self_report: 4, door_check: 0 },
    });
    expect(noon.verification).toEqual({
      due: 2,
      verified: 1,
      waiting: 1,
      overdue: 0,
      withinTwoHours: { numerator: 1, denominator: 1, share: 1 },
    });
    expect(noon.tips).toMatchObject({ received: 1, open: 1, verified: 0, overdue: 1 });
    expect(noon.dailyReports).toMatchObject({
      owed: 4,
      pending: 3,
      expected: 1,
      excused: 1,
      overdue: 0,
      missing: [],
    });
  });

  it("the evening says all of it, with the missing unit named", async () => {
    await aDay();
    const evening = await full();
    expect(evening.completeness).toEqual({ units: 7, owed: 4, reported: 2, share: 0.5 });
    expect(evening.registered).toMatchObject({ cumulative: 5, symptomatic: 1, bySource: { door_check: 1 } });
    expect(evening.verification).toEqual({
      due: 3,
      verified: 1,
      waiting: 0,
      overdue: 2,
      withinTwoHours: { numerator: 1, denominator: 3, share: 0.3333 },
    });
    expect(evening.tips).toMatchObject({
      verified: 1,
      overdue: 0,
      withinTwoHours: { numerator: 0, denominator: 1, share: 0 },
    });
    expect(evening.dailyReports).toEqual({
      date: DAY,
      owed: 4,
      pending: 0,
      expected: 4,
      zero: 0,
      nonZero: 2,
      excused: 1,
      overdue: 1,
      onTime: 1,
      late: 1,
      corrected: 1,
      missing: [{ code: SECOND, name: "示例二社区" }],
    });
    expect(
      evening.byTown.map((town) => [town.name, town.registered.cumulative, town.dailyReports.overdue]),
    ).toEqual([
      ["太平镇", 4, 1],
      ["青花镇", 1, 0],
    ]);
  });

  it("between report and correction the first version counts: zero at 17:10, not zero at 17:30", async () => {
    await aDay();
    expect((await full(asOf("17:10"))).dailyReports).toMatchObject({
      zero: 1,
      nonZero: 1,
      corrected: 0,
      late: 1,
    });
    expect((await full(asOf("17:30"))).dailyReports).toMatchObject({
      zero: 0,
      nonZero: 2,
      corrected: 1,
      late: 1,
    });
  });

  it("what is said later about an earlier hour changes no earlier answer", async () => {
    const { late } = await aDay();
    const before = await (await zhou(asOf("19:00"))).text();
    const verifiedAt = new Date(`${DAY}T11:30:00+08:00`);
    await verifyHousehold(county.deps, {
      id: late.caseNumber,
      unitCode: THIRD,
      actor: "wu",
      outcome: "found",
      occurredAt: verifiedAt,
    });
    expect(await (await zhou(asOf("19:00"))).text()).toBe(before);
    // Recorded at 20:00, found at 11:30: in time, and known from 20:00 on.
    expect((await full()).verification.withinTwoHours).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it("a past moment is answered with the same bytes and the same tag each time, a day later too", async () => {
    await aDay();
    const first = await zhou(asOf("12:00"));
    county.setNow("2026-01-27T09:00:00+08:00");
    await register(FIRST, [dawa({ document: undefined })]);
    const again = await zhou(asOf("12:00"));
    expect(await again.text()).toBe(await first.text());
    expect(again.headers.get("ETag")).toBe(first.headers.get("ETag"));
    const known = await county.fetch(`/api/v1/summary${asOf("12:00")}`, {
      headers: { ...withKey(ZHOU).headers, "If-None-Match": first.headers.get("ETag") ?? "" },
    });
    expect(known.status).toBe(304);
  });

  it("a cut at 24时 counts the day that ended", async () => {
    await aDay();
    county.setNow("2026-01-26T07:00:00+08:00");
    const cut = await full(`?asOf=${DAY}T24:00:00%2B08:00`);
    expect(cut.registered).toMatchObject({ today: 5, window: { from: `${DAY}T00:00:00+08:00` } });
    expect(cut.dailyReports.date).toBe(DAY);
    expect((await full()).registered).toMatchObject({ cumulative: 5, today: 0 });
  });

  it("somebody registered twice is counted once and flagged", async () => {
    at("09:00");
    await register(FIRST, [amina()]);
    at("09:10");
    await register(SECOND, [amina()], { phone: "13900000009" });
    expect((await full()).registered).toMatchObject({
      cumulative: 1,
      returnees: 1,
      households: 2,
      duplicatesFlagged: 1,
    });
  });

  it("Amina, well when she registered and feverish when she did again, is one ill person from then on", async () => {
    at("09:00");
    await register(FIRST, [amina()]);
    at("09:10");
    await register(SECOND, [amina({ temperature: 38.1 })], { phone: "13900000009" });
    at("09:20");
    await register(SECOND, [amina({ temperature: 38.4 })], { phone: "13900000008" });
    expect((await full(asOf("09:05"))).registered).toMatchObject({ symptomatic: 0 });
    const { registered, byTown } = await full();
    expect(registered).toMatchObject({ cumulative: 1, symptomatic: 1, duplicatesFlagged: 2 });
    expect(byTown[0]?.registered.symptomatic).toBe(1);
    expect((await full(`?unit=${FIRST}`)).registered.symptomatic).toBe(1);
    expect((await full(`?unit=${SECOND}`)).registered.symptomatic).toBe(0);
  });

  it("a unit entered after the due time that reports all the same is owed one report and gave one", async () => {
    await oweReports(county, DAY, [FIRST, SECOND]);
    at("18:00");
    await county.deps.d1
      .prepare("INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, ?, ?, ?, ?)")
      .bind("511781101002", "示例四村", "village", "511781101", county.deps.now().getTime())
      .run();
    at("18:10");
    await report("511781101002", { zero: true });
    const { dailyReports, completeness } = await full();
    expect(dailyReports).toMatchObject({ owed: 3, expected: 3, zero: 1, late: 1, overdue: 2 });
    expect(completeness).toMatchObject({ owed: 3, reported: 1 });
    expect((await full(asOf("18:05"))).dailyReports).toMatchObject({ owed: 2, zero: 0 });
  });

  it("at 16:00 to the millisecond a report is on time, and whoever has given none is overdue", async () => {
    await oweReports(county, DAY, [FIRST, SECOND]);
    at("16:00");
    await report(FIRST, { zero: true });
    expect((await full()).dailyReports).toMatchObject({
      zero: 1,
      onTime: 1,
      late: 0,
      overdue: 1,
      pending: 0,
    });
    const settings = county.deps.settings;
    const states = await Promise.all(
      [FIRST, SECOND].map(async (code) => {
        const day = { today: DAY, days: 1, now: county.deps.now(), settings };
        return (await listReports(county.deps.db, { code, kind: "village" }, day))[0]?.state;
      }),
    );
    expect(states).toEqual(["on-time", "missing"]);
    const below = { now: county.deps.now(), limit: 9 };
    expect(await subtreeStates(county.deps.db, "511781100", DAY, below)).toMatchObject({
      late: 0,
      overdue: 1,
    });
  });
});

describe("whatever is recorded, and in whatever order it is asked", () => {
  it("the figure as of a moment stays what it was then", async () => {
    const step = fc.record({
      minutes: fc.integer({ min: 1, max: 200 }),
      act: fc.constantFrom("register", "tell", "zero", "figures"),
      unit: fc.constantFrom(FIRST, SECOND, THIRD),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        county = await openCounty(`${DAY}T08:00:00+08:00`);
        await seedUnits(county);
        await seedKeys(county);
        await oweReports(county, DAY, [FIRST, SECOND, THIRD]);
        let now = new Date(`${DAY}T08:00:00+08:00`).getTime();
        const said: { moment: string; text: string }[] = [];
        for (const { minutes, act, unit } of steps) {
          now += minutes * 60_000;
          const moment = new Date(now).toISOString();
          if (moment >= `${DAY}T16:00:00.000Z`) break;
          county.setNow(moment);
          if (act === "register") await register(unit, [bashir()]);
          if (act === "tell") await tell(unit);
          if (act === "zero") await report(unit, { zero: true, reason: "示例" });
          if (act === "figures")
            await report(unit, {
              zero: false,
              returnees: next + 1,
              wuhan: 0,
              symptomatic: 0,
              reason: "示例",
            });
          said.push({ moment, text: await (await zhou()).text() });
          const {
            dailyReports: d,
            registered: r,
            byTown,
            direct,
          } = JSON.parse(said.at(-1)?.text ?? "") as Summary;
          expect(d.expected).toBe(d.zero + d.nonZero + d.excused + d.overdue);
          expect(d.owed).toBe(3);
          expect([...byTown, direct].reduce((sum, one) => sum + one.registered.cumulative, 0)).toBe(
            r.cumulative,
          );
        }
        county.setNow("2026-01-26T12:00:00+08:00");
        for (const { moment, text } of said) expect(await (await zhou(`?asOf=${moment}`)).text()).toBe(text);
      }),
      { numRuns: 8 },
    );
  });
});
