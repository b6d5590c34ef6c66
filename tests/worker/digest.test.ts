import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { meetObligation } from "../../src/db/obligation.ts";
import { runBatch } from "../../src/db/store.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { CAST, enter, minute, owe, seedCast } from "../support/alarm.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

const DAY = "2026-01-25";
const at = (clock: string, day = DAY) => `${day}T${clock}:00+08:00`;
const who = (mails: { to: string }[]) => mails.map(({ to }) => to);
const oweReport = (county: TestCounty, unitCode: string, day = DAY) =>
  owe(county, "daily-report", unitCode, day, at("00:00", day), at("16:00", day));

/** Villages of Li's town, each owing its report at 16:00. */
async function villages(county: TestCounty, n: number): Promise<string[]> {
  const codes = Array.from({ length: n }, (_, i) => `511781100${String(i + 101)}`);
  await county.deps.db.run(sql`
    INSERT INTO unit (code, name, kind, parent, recorded_at)
    SELECT value, '示例' || substr(value, 10) || '村', 'village', '511781100', 0 FROM json_each(${JSON.stringify(codes)})`);
  for (const code of codes) await oweReport(county, code);
  return codes;
}

describe("most of Li's villages are silent", () => {
  it("tells Li one line that names the town and the count, while every village's own clock climbs on", async () => {
    const county = await openCounty(at("10:00"));
    await seedCast(county);
    const codes = await villages(county, 9);
    for (const code of codes.slice(0, 2))
      await runBatch(county.deps.db, [
        meetObligation(county.deps.db, `daily-report/${DAY}/${code}`, {
          metAt: new Date(at("15:00")),
          recordedAt: new Date(at("15:00")),
        }),
      ]);
    const [digest, ...others] = await minute(county, at("16:00"));
    expect(others).toEqual([]);
    expect(digest?.to).toBe("li");
    expect(digest?.subject).toBe("【万源市报备】逾期 7 项");
    expect(digest?.text).toMatch(/9\s*个单位中\s*(有\s*)?7\s*个/);
    expect(digest?.text).not.toContain("示例101村");
    expect(digest?.text.match(/^· /gm)).toHaveLength(1);
    const climbing = await county.deps.db.all<{ n: number }>(
      sql`SELECT count(*) AS n FROM obligation WHERE next_due_at IS NOT NULL AND step = 2`,
    );
    expect(climbing).toEqual([{ n: 7 }]);
  });

  it("names each of them while they are few", async () => {
    const county = await openCounty(at("10:00"));
    await seedCast(county);
    await villages(county, 4);
    const [digest] = await minute(county, at("16:00"));
    expect(digest?.text).toContain("示例101村");
    expect(digest?.text.match(/^· /gm)).toHaveLength(4);
  });
});

describe("in quiet hours", () => {
  it("Bashir's clock runs on, and Zhou hears of everything in one message when they end", async () => {
    const county = await openCounty(at("10:00"), { QUIET_HOURS: "15:00-18:30" });
    await seedCast(county);
    await oweReport(county, CAST.bashir.unitCode);
    await oweReport(county, CAST.amina.unitCode);
    for (const clock of ["16:00", "16:30", "17:30", "18:29"])
      expect(await minute(county, at(clock))).toEqual([]);
    const states = await county.deps.db.all<{ n: number }>(sql`SELECT DISTINCT step AS n FROM obligation`);
    expect(states).toEqual([{ n: 3 }]);
    const mails = await minute(county, at("18:30"));
    expect(who(mails)).toEqual(["amina", "bashir", "li", "zhou"]);
    expect(mails[3]?.subject).toBe("【万源市报备】逾期 2 项");
    expect(mails[3]?.text).toContain("16:00"); // due
    expect(mails[3]?.text).toContain("17:30"); // detected
    expect(mails[3]?.text).toContain("18:30"); // sent
  });

  it("Bashir's report before they end leaves nothing to say", async () => {
    const county = await openCounty(at("10:00"), { QUIET_HOURS: "15:00-18:30" });
    await seedCast(county);
    const id = await oweReport(county, CAST.bashir.unitCode);
    await minute(county, at("16:00"));
    const now = new Date(at("17:00"));
    await runBatch(county.deps.db, [meetObligation(county.deps.db, id, { metAt: now, recordedAt: now })]);
    expect(await minute(county, at("18:30"))).toEqual([]);
    expect(await county.deps.db.all(sql`SELECT DISTINCT state FROM outbox`)).toEqual([
      { state: "cancelled" },
    ]);
  });

  it("a tip wakes Amina at once, and what else waited for her goes with it or in the morning", async () => {
    const county = await openCounty(at("10:00"), { QUIET_HOURS: "15:00-18:30" });
    await seedCast(county);
    await owe(county, "tip", CAST.amina.unitCode, "T-4471-0934", at("16:10"), at("18:10"));
    expect(who(await minute(county, at("16:10")))).toEqual(["amina"]);
  });
});

describe("one message a recipient and moment", () => {
  it("holds what two sweeps of one minute found for Li, and each thing once", async () => {
    const county = await openCounty(at("10:00"));
    await seedCast(county);
    const ids = [await oweReport(county, CAST.bashir.unitCode), await oweReport(county, CAST.amina.unitCode)];
    await county.deps.db.run(sql`UPDATE obligation SET step = 1 WHERE id = ${ids[0]}`);
    await sweepOverdue(county.deps, new Date(at("16:00")));
    await county.deps.db.run(
      sql`UPDATE obligation SET step = 1, next_due_at = ${new Date(at("16:00")).getTime()} WHERE id = ${ids[1]}`,
    );
    const mails = await minute(county, at("16:00"));
    expect(who(mails)).toEqual(["amina", "li"]);
    expect(mails[1]?.subject).toBe("【万源市报备】逾期 2 项");
    const states = await county.deps.db.all(
      sql`SELECT state, count(*) AS n FROM outbox GROUP BY 1 ORDER BY 1`,
    );
    expect(states).toEqual([
      { state: "merged", n: 1 },
      { state: "sent", n: 2 },
    ]);
  });
});

describe("a step of the county's own ladder", () => {
  const ladder = (steps: object[]) => ({ LADDERS: JSON.stringify({ "daily-report": steps }) });
  const step = (more: object) => ({ after: 0, anchor: "due", tone: "overdue", to: "unit", ...more });

  it("reaches the role that it names alone", async () => {
    const county = await openCounty(at("10:00"), ladder([step({ role: "head" }), step({ after: 5 })]));
    await seedCast(county);
    await enter(county, "head", {
      unitCode: CAST.bashir.unitCode,
      email: "head@sample.example",
      role: "head",
    });
    await oweReport(county, CAST.bashir.unitCode);
    expect(who(await minute(county, at("16:00")))).toEqual(["head"]);
    expect(who(await minute(county, at("16:05")))).toEqual(["bashir", "head"]);
  });

  it("reaches a named inspector who sits elsewhere, and reminds until it is done", async () => {
    const inspector = { to: "county", role: "inspector", unit: "511781101", after: 10, repeat: 30 };
    const county = await openCounty(at("10:00"), ladder([step({}), step(inspector)]));
    await seedCast(county);
    await enter(county, "eye", { unitCode: "511781101", email: "eye@sample.example", role: "inspector" });
    const id = await oweReport(county, CAST.bashir.unitCode);
    expect(who(await minute(county, at("16:00")))).toEqual(["bashir"]);
    expect(who(await minute(county, at("16:10")))).toEqual(["eye"]);
    const [second] = await minute(county, at("16:40"));
    expect(second?.to).toBe("eye");
    expect(second?.text).toContain("第 1 次提醒");
    expect(second?.text).toContain("此前已通知");
    const now = new Date(at("16:50"));
    await runBatch(county.deps.db, [meetObligation(county.deps.db, id, { metAt: now, recordedAt: now })]);
    expect(who(await minute(county, at("16:50")))).toEqual(["bashir", "eye"]);
    expect(await minute(county, at("17:10"))).toEqual([]);
  });

  it("reaches who is on duty now, and every duty officer while nobody is", async () => {
    const county = await openCounty(at("10:00"));
    await seedCast(county, []);
    for (const id of ["day", "night"])
      await enter(county, id, {
        unitCode: CAST.bashir.unitCode,
        email: `${id}@sample.example`,
        role: "duty",
      });
    const from = new Date(at("08:00")).getTime();
    const to = new Date(at("20:00")).getTime();
    await county.deps.db.run(sql`
      INSERT INTO shift (id, unit_code, contact_id, post, starts_at, ends_at, recorded_at)
      VALUES ('s', ${CAST.bashir.unitCode}, 'day', 'duty', ${from}, ${to}, 0)`);
    await oweReport(county, CAST.bashir.unitCode);
    expect(who(await minute(county, at("16:00")))).toEqual(["day"]);
    await oweReport(county, CAST.bashir.unitCode, "2026-01-26");
    expect(who(await minute(county, at("16:00", "2026-01-26")))).toEqual(["day", "night"]);
  });
});
