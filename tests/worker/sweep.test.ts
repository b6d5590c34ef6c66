import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { meetObligation, raiseUrgent } from "../../src/db/obligation.ts";
import { runBatch } from "../../src/db/store.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { CAST, enter, minute, owe, seedCast } from "../support/alarm.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

const DAY = "2026-01-25";
const at = (clock: string) => `${DAY}T${clock}:00+08:00`;
let county: TestCounty;

const oweReport = (unitCode: string) => owe(county, "daily-report", unitCode, DAY, at("00:00"), at("16:00"));
const meet = (id: string, clock: string) => {
  const now = new Date(at(clock));
  return runBatch(county.deps.db, [meetObligation(county.deps.db, id, { metAt: now, recordedAt: now })]);
};
const who = (mails: { to: string }[]) => mails.map(({ to }) => to);
/** Every word of every move, in order: its tone, its step and who was to hear. */
const transitions = () =>
  county.deps.db.all<{ kind: string; step: number; toUnit: string | null }>(sql`
    SELECT COALESCE(t.value ->> 1, kind) AS kind, COALESCE(t.value ->> 2, step) AS step, t.value ->> 0 AS toUnit
    FROM transition LEFT JOIN json_each(told) AS t ORDER BY recorded_at, from_version, t.key`);

beforeEach(async () => {
  county = await openCounty(at("10:00"));
});

describe("Bashir is overdue", () => {
  it("tells him on the minute, his town 30 minutes later and the county an hour after that, once each", async () => {
    await seedCast(county);
    await oweReport(CAST.bashir.unitCode);
    expect(await minute(county, at("15:59"))).toEqual([]);
    expect(who(await minute(county, at("16:00")))).toEqual(["bashir"]);
    expect(await minute(county, at("16:00"))).toEqual([]);
    expect(await minute(county, at("16:29"))).toEqual([]);
    expect(who(await minute(county, at("16:30")))).toEqual(["li"]);
    expect(await minute(county, at("17:29"))).toEqual([]);
    expect(who(await minute(county, at("17:30")))).toEqual(["zhou"]);
    expect(await minute(county, "2026-01-26T17:30:00+08:00")).toEqual([]);
  });

  it("tells nobody about Amina, who reported, and gives each recipient one digest for many", async () => {
    await seedCast(county);
    await oweReport(CAST.bashir.unitCode);
    await oweReport("511781100S01");
    const amina = await oweReport(CAST.amina.unitCode);
    await meet(amina, "15:40");
    expect(who(await minute(county, at("16:00")))).toEqual(["bashir", "li"]); // the school has no contact
    const [digest] = await minute(county, at("16:30"));
    expect(digest?.to).toBe("li");
    expect(digest?.subject).toBe("【万源市报备】逾期 1 项");
    expect((await minute(county, at("17:30")))[0]?.subject).toBe("【万源市报备】逾期 2 项");
  });

  it("makes good for a cron that slept two hours: every step once, one digest a recipient", async () => {
    await seedCast(county);
    await oweReport(CAST.bashir.unitCode);
    await oweReport(CAST.amina.unitCode);
    const mails = await minute(county, at("18:00"));
    expect(who(mails)).toEqual(["amina", "bashir", "li", "zhou"]);
    expect(mails[3]?.subject).toBe("【万源市报备】逾期 2 项");
    expect(await transitions()).toHaveLength(6);
    expect(await minute(county, at("18:01"))).toEqual([]);
  });

  it("knows no weekend and no holiday: New Year's morning counts", async () => {
    await seedCast(county);
    await owe(
      county,
      "daily-report",
      CAST.bashir.unitCode,
      "2026-02-17",
      at("00:00"),
      "2026-02-17T16:00:00+08:00",
    );
    expect(who(await minute(county, "2026-02-17T16:00:00+08:00"))).toEqual(["bashir"]);
  });

  it("stays silent about an excused unit", async () => {
    await seedCast(county);
    const id = await oweReport(CAST.bashir.unitCode);
    await county.deps.db.run(sql`UPDATE obligation SET excused_at = 1 WHERE id = ${id}`);
    expect(await minute(county, at("18:00"))).toEqual([]);
    expect(await transitions()).toEqual([]);
  });
});

describe("nobody to tell", () => {
  it("tells the town at once when the village has no contact, and does not tell it twice", async () => {
    await seedCast(county, ["li", "zhou"]);
    await oweReport(CAST.bashir.unitCode);
    expect(who(await minute(county, at("16:00")))).toEqual(["li"]);
    expect(await minute(county, at("16:30"))).toEqual([]);
    expect(who(await minute(county, at("17:30")))).toEqual(["zhou"]);
  });

  it("tells the county at once when village and town have none", async () => {
    await seedCast(county, ["zhou"]);
    await oweReport(CAST.bashir.unitCode);
    expect(who(await minute(county, at("16:00")))).toEqual(["zhou"]);
    expect(await minute(county, at("18:00"))).toEqual([]);
  });

  it("does not tell Li's own town twice: the county hears half an hour after it", async () => {
    await seedCast(county);
    await oweReport(CAST.li.unitCode);
    expect(who(await minute(county, at("16:00")))).toEqual(["li"]);
    expect(who(await minute(county, at("16:30")))).toEqual(["zhou"]);
    expect(await minute(county, at("18:00"))).toEqual([]);
  });

  it("keeps the steps on record and tries each rung in its time when there is no contact anywhere", async () => {
    await seedCast(county, []);
    await oweReport(CAST.bashir.unitCode);
    await minute(county, at("16:00"));
    await enter(county, "zhou", CAST.zhou);
    expect(who(await minute(county, at("17:30")))).toEqual(["zhou"]);
    expect((await transitions()).map(({ toUnit }) => toUnit)).toEqual([
      "511781100002",
      "511781100",
      "511781",
    ]);
  });
});

describe("a registration and a tip", () => {
  it("tells the village what it owes when it is opened, and everybody above only when it is late", async () => {
    await seedCast(county);
    await owe(county, "registration", CAST.amina.unitCode, "WY-0217-4486", at("10:00"), at("12:00"));
    const [notice] = await minute(county, at("10:00"));
    expect(notice?.to).toBe("amina");
    expect(notice?.text).toContain("WY-0217-4486");
    expect(notice?.text).toContain("请于 1月25日 12:00 前核实");
    expect(await minute(county, at("11:59"))).toEqual([]);
    expect(who(await minute(county, at("12:00")))).toEqual(["amina"]);
    expect(who(await minute(county, at("12:30")))).toEqual(["li"]);
  });

  it("gives the notice to the town when the village has nobody, but calls nothing overdue early", async () => {
    await seedCast(county, ["li"]);
    await owe(county, "tip", CAST.amina.unitCode, "T-4471-0932", at("10:00"), at("12:00"));
    const [notice, ...others] = await minute(county, at("10:00"));
    expect([notice?.to, notice?.subject, others]).toEqual(["li", "【万源市报备】新任务 1 项", []]);
    expect((await minute(county, at("12:00")))[0]?.subject).toBe("【万源市报备】逾期 1 项");
  });

  it("tells village, town and county of Chen's fever at once, even when somebody has been there by then", async () => {
    await seedCast(county);
    const { db } = county.deps;
    const id = await owe(
      county,
      "registration",
      CAST.amina.unitCode,
      "WY-0217-4486",
      at("10:00"),
      at("12:00"),
    );
    const urgent = {
      obligationId: id,
      unitCode: CAST.amina.unitCode,
      causeId: "s-1",
      now: new Date(at("10:00")),
    };
    await runBatch(db, raiseUrgent(db, urgent));
    await runBatch(db, raiseUrgent(db, urgent));
    await meet(id, "10:00");
    const mails = await minute(county, at("10:00"));
    expect(who(mails)).toEqual(["amina", "li", "zhou"]);
    expect(mails.every(({ subject }) => subject === "【万源市报备】紧急 1 项")).toBe(true);
    expect(await minute(county, at("10:01"))).toEqual([]); // nobody was told it was overdue: nothing to take back
  });

  it("runs the ordinary ladder beside an urgent word", async () => {
    await seedCast(county);
    const { db } = county.deps;
    const id = await owe(
      county,
      "registration",
      CAST.amina.unitCode,
      "WY-0217-4486",
      at("10:00"),
      at("12:00"),
    );
    await runBatch(
      db,
      raiseUrgent(db, {
        obligationId: id,
        unitCode: CAST.amina.unitCode,
        causeId: "s-1",
        now: new Date(at("10:00")),
      }),
    );
    // What is ready for Amina at one moment is one message: the notice and the urgent word.
    expect(who(await minute(county, at("10:00")))).toEqual(["amina", "li", "zhou"]);
    expect(who(await minute(county, at("12:00")))).toEqual(["amina"]);
  });
});

describe("Bashir reports after all", () => {
  it("tells exactly those who were alerted, once", async () => {
    await seedCast(county);
    const id = await oweReport(CAST.bashir.unitCode);
    await minute(county, at("16:00"));
    await minute(county, at("16:30"));
    await meet(id, "16:40");
    const mails = await minute(county, at("16:41"));
    expect(who(mails)).toEqual(["bashir", "li"]);
    expect(mails[1]?.text).toContain("已于 1月25日 16:40 补报");
    expect(await minute(county, at("16:42"))).toEqual([]);
    expect(await minute(county, at("18:00"))).toEqual([]);
  });

  it("gives Li one word for two units that recovered in the same minute", async () => {
    await seedCast(county);
    const ids = [await oweReport(CAST.bashir.unitCode), await oweReport(CAST.amina.unitCode)];
    await minute(county, at("16:30"));
    for (const id of ids) await meet(id, "16:40");
    const mails = await minute(county, at("16:41"));
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ["amina", "【万源市报备】已补办 1 项"],
      ["bashir", "【万源市报备】已补办 1 项"],
      ["li", "【万源市报备】已补办 2 项"],
    ]);
  });

  it("sends neither alarm nor recovery when he reports before the alarm has left", async () => {
    await seedCast(county);
    const id = await oweReport(CAST.bashir.unitCode);
    const now = new Date(at("16:00"));
    await sweepOverdue(county.deps, now);
    await meet(id, "16:00");
    expect(await drainOutbox(county.deps, now)).toBe(0);
    const rows = await county.deps.db.all(sql`SELECT state FROM outbox`);
    expect(rows).toEqual([{ state: "cancelled" }]);
    expect(await minute(county, at("18:00"))).toEqual([]);
  });
});

describe("many sweeps at once", () => {
  it("moves each obligation once when twenty run together, and no recipient hears twice", async () => {
    await seedCast(county);
    for (let i = 0; i < 60; i++)
      await owe(county, "registration", CAST.bashir.unitCode, `WY-0000-${i}`, at("10:00"), at("12:00"));
    const now = new Date(at("10:00"));
    const moved = await Promise.all(Array.from({ length: 20 }, () => sweepOverdue(county.deps, now)));
    expect(moved.reduce((sum, n) => sum + n, 0)).toBe(60);
    await Promise.all(Array.from({ length: 5 }, () => drainOutbox(county.deps, now)));
    const told = await county.deps.db.all(
      sql`SELECT obligation_id, contact_id, count(*) AS n FROM alert GROUP BY 1, 2 HAVING n <> 1`,
    );
    expect(told).toEqual([]);
    expect(await county.deps.db.all(sql`SELECT count(*) AS n FROM alert`)).toEqual([{ n: 60 }]);
    expect(await county.deps.db.all(sql`SELECT count(*) AS n FROM dev_mail`)).toEqual([{ n: 1 }]);
  });
});
