import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { excuse, report } from "../../src/db/schema.ts";
import { countFigures } from "../../src/db/summary.ts";
import { findUnit, type Unit } from "../../src/db/unit.ts";
import { dayOf } from "../../src/domain/as-of.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { materialiseDailyReports } from "../../src/jobs/materialise.ts";
import { CAST, minute, seedCast } from "../support/alarm.ts";
import { zero } from "../support/meter.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
const owed = (date: string) =>
  county.deps.db.all<{
    unit: string;
    due: number;
    next: number | null;
    met: number | null;
    excused: number | null;
  }>(sql`
    SELECT unit_code AS unit, due_at AS due, next_due_at AS next, met_at AS met, excused_at AS excused
    FROM obligation WHERE kind = 'daily-report' AND subject_id = ${date} ORDER BY unit_code`);
/** A run as at a moment; `wall` is the time it really is. Count forms that are owed have a test of their own. */
const run = (iso: string, wall = iso) =>
  materialiseDailyReports(county.deps, new Date(iso), new Date(wall), () => []);
const ms = (iso: string) => new Date(iso).getTime();

beforeEach(async () => {
  county = await openCounty("2026-01-25T00:00:00+08:00");
});

describe("what the units owe each day", () => {
  it("is opened for today and tomorrow, for every town, village, school and enterprise, due at 16:00", async () => {
    await seedUnits(county);
    await run("2026-01-25T00:00:00+08:00");
    const today = await owed("2026-01-25");
    expect(today.map(({ unit }) => unit)).toEqual([
      "511781100",
      "511781100001",
      "511781100002",
      "511781100S01",
      "511781101",
      "511781101001",
    ]);
    expect(today.every(({ due, next }) => due === ms("2026-01-25T16:00:00+08:00") && next === due)).toBe(
      true,
    );
    expect(await owed("2026-01-26")).toHaveLength(6);
  });

  it("adds nothing when it is run again, by a later run or by ten at once", async () => {
    await seedUnits(county);
    await Promise.all(Array.from({ length: 10 }, () => run("2026-01-25T00:00:00+08:00")));
    await run("2026-01-25T00:20:00+08:00");
    expect(await county.deps.db.all(sql`SELECT count(*) AS n FROM obligation`)).toEqual([{ n: 12 }]);
  });

  it("follows the clock of each kind of unit", async () => {
    county = await openCounty("2026-01-25T00:00:00+08:00", {
      REPORT_DUE_BY_KIND: '{"school":"09:30","town":"24:00"}',
    });
    await seedUnits(county);
    await run("2026-01-25T00:00:00+08:00");
    const due = Object.fromEntries((await owed("2026-01-25")).map((row) => [row.unit, row.due]));
    expect(due["511781100S01"]).toBe(ms("2026-01-25T09:30:00+08:00"));
    expect(due["511781100"]).toBe(ms("2026-01-26T00:00:00+08:00"));
    expect(due["511781100001"]).toBe(ms("2026-01-25T16:00:00+08:00"));
  });

  it("asks nothing of a unit for a due time before it was entered, nor after it was closed", async () => {
    await seedUnits(county);
    const { db } = county.deps;
    await db.run(
      sql`UPDATE unit SET recorded_at = ${ms("2026-01-25T16:00:00+08:00")} WHERE code = '511781100001'`,
    );
    await db.run(
      sql`UPDATE unit SET closed_at = ${ms("2026-01-25T12:00:00+08:00")} WHERE code = '511781100002'`,
    );
    await run("2026-01-25T18:00:00+08:00");
    expect((await owed("2026-01-25")).map(({ unit }) => unit)).not.toContain("511781100001");
    expect((await owed("2026-01-26")).map(({ unit }) => unit)).toContain("511781100001");
    expect((await owed("2026-01-25")).map(({ unit }) => unit)).not.toContain("511781100002");
  });

  it("makes up for days it slept through, a month at most, and then the units are overdue", async () => {
    await seedCast(county, ["zhou"]);
    await run("2026-01-25T00:00:00+08:00");
    await run("2026-01-29T08:00:00+08:00");
    for (const date of ["2026-01-26", "2026-01-27", "2026-01-28", "2026-01-29", "2026-01-30"])
      expect(await owed(date)).toHaveLength(6);
    const [digest, ...others] = await minute(county, "2026-01-29T08:00:00+08:00");
    expect([digest?.subject, others]).toEqual(["【万源市报备】逾期 24 项", []]);
    await run("2026-06-01T08:00:00+08:00");
    expect(await owed("2026-04-30")).toHaveLength(0);
    expect(await owed("2026-05-01")).toHaveLength(6);
  });

  it("opens the nearer days too after a run that was fired as at a later one", async () => {
    await seedUnits(county);
    await run("2026-01-28T16:01:00+08:00", "2026-01-25T08:00:00+08:00");
    expect(await owed("2026-01-25")).toHaveLength(0);
    await run("2026-01-25T08:01:00+08:00");
    for (const date of ["2026-01-25", "2026-01-26"]) expect(await owed(date)).toHaveLength(6);
    zero(county.meter);
    await run("2026-01-25T08:02:00+08:00");
    expect(county.meter).toMatchObject({ read: 1, written: 0 });
    await run("2026-01-26T00:00:00+08:00");
    expect(await owed("2026-01-27")).toHaveLength(6);
  });

  it("leaves what was counted before a late run as it was: it is recorded when it is written", async () => {
    await seedUnits(county);
    const asOf = new Date("2026-01-25T00:01:00+08:00");
    const owedThen = async () => {
      const unit = (await findUnit(county.deps.db, "511781")) as Unit;
      const zone = "Asia/Shanghai";
      const { rows } = await countFigures(county.deps.db, unit, { asOf, ...dayOf(asOf, zone), zone });
      return rows.filter(({ owed }) => owed).length;
    };
    expect(await owedThen()).toBe(0);
    // The cron of midnight comes two minutes late.
    await run("2026-01-25T00:00:00+08:00", "2026-01-25T00:02:00+08:00");
    expect([await owedThen(), (await owed("2026-01-25")).length]).toEqual([0, 6]);
  });

  it("costs one row a minute between full runs", async () => {
    await seedUnits(county);
    await run("2026-01-25T00:00:00+08:00");
    zero(county.meter);
    await run("2026-01-25T00:14:00+08:00");
    expect(county.meter).toMatchObject({ read: 1, written: 0 });
    await run("2026-01-25T00:15:00+08:00");
    expect(county.meter.queries).toBeGreaterThan(2);
  });
});

describe("what is not owed", () => {
  it("is excused where Dawa's unit said so in time, and stays silent", async () => {
    await seedCast(county);
    await county.deps.db.insert(excuse).values({
      id: "e-1",
      unitCode: CAST.bashir.unitCode,
      form: "daily-report",
      fromDate: "2026-01-25",
      toDate: "2026-01-25",
      sealed: "",
      recordedAt: new Date("2026-01-24T09:00:00+08:00"),
    });
    await run("2026-01-25T00:00:00+08:00");
    const today = await owed("2026-01-25");
    expect(today.find(({ unit }) => unit === CAST.bashir.unitCode)).toMatchObject({
      excused: ms("2026-01-24T09:00:00+08:00"),
      next: null,
    });
    expect((await owed("2026-01-26")).every(({ excused }) => excused === null)).toBe(true);
    expect((await minute(county, "2026-01-25T16:00:00+08:00")).map(({ to }) => to)).not.toContain("bashir");
  });

  it("is met where the report was there first", async () => {
    await seedCast(county);
    const recordedAt = new Date("2026-01-25T00:00:30+08:00");
    await county.deps.db.insert(report).values({
      form: "daily-report",
      date: "2026-01-25",
      unitCode: CAST.amina.unitCode,
      version: 1,
      submissionId: "s-1",
      zero: true,
      counts: {},
      known: {},
      recordedAt,
    });
    await run("2026-01-25T00:01:00+08:00");
    const row = (await owed("2026-01-25")).find(({ unit }) => unit === CAST.amina.unitCode);
    expect(row).toMatchObject({ met: recordedAt.getTime(), next: null });
    expect((await minute(county, "2026-01-25T16:00:00+08:00")).map(({ to }) => to)).not.toContain("amina");
  });
});

it("runs the whole day by cron alone: opened at midnight, overdue at 16:00, one digest each", async () => {
  await seedCast(county);
  for (const clock of ["00:00", "08:00", "16:00", "16:30", "17:30"]) {
    const now = new Date(`2026-01-25T${clock}:00+08:00`);
    county.setNow(now.toISOString());
    await runScheduled(county.deps, now);
  }
  const sent = await county.deps.db.all<{ who: string; n: number }>(
    sql`SELECT contact_id AS who, count(*) AS n FROM outbox WHERE state = 'sent' GROUP BY 1 ORDER BY 1`,
  );
  // Li at 16:00 for the town itself and the school without a contact, at 16:30 for the villages; Zhou for each rung.
  expect(sent).toEqual([
    { who: "amina", n: 1 },
    { who: "bashir", n: 1 },
    { who: "li", n: 2 },
    { who: "wu", n: 1 },
    { who: "zhou", n: 3 },
  ]);
});
