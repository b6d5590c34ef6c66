import { beforeEach, expect, it } from "vitest";
import { listDevMail } from "../../src/db/dev-mail.ts";
import { listReports } from "../../src/db/report.ts";
import { excuseUnit, submitReport } from "../../src/http/submit-report.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { CAST, seedCast } from "../support/alarm.ts";
import { clientId } from "../support/cast.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

const TODAY = "2026-01-25";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty(`${TODAY}T09:00:00+08:00`);
  await seedCast(county, ["amina", "bashir", "li"]);
  await cron(`${TODAY}T09:00:00+08:00`);
});

/** The cron at a moment, and to whom what left. */
async function cron(iso: string) {
  const { deps } = county;
  county.setNow(iso);
  const before = new Set((await listDevMail(deps, 1_000)).map(({ id }) => id));
  await runScheduled(deps, deps.now());
  return (await listDevMail(deps, 1_000)).filter(({ id }) => !before.has(id)).map(({ to }) => to);
}
const report = (client: number, unitCode: string) =>
  submitReport(county.deps, {
    clientId: clientId(client),
    unitCode,
    date: TODAY,
    values: { zero: true },
    door: "unit",
  });
const reportMails = async () =>
  (await listDevMail(county.deps, 1_000)).filter(({ to }) => to === CAST.amina.email);

it("never alerts Amina, who reported in time, and tells Bashir once that his village has recovered", async () => {
  await report(1, CAST.amina.unitCode);
  const late = await cron(`${TODAY}T16:00:00+08:00`);
  expect(late).toContain(CAST.bashir.email);
  expect(await cron(`${TODAY}T16:01:00+08:00`)).toEqual([]);
  county.setNow(`${TODAY}T16:10:00+08:00`);
  expect(await report(2, CAST.bashir.unitCode)).toMatchObject({ state: "late" });
  expect(await cron(`${TODAY}T16:11:00+08:00`)).toEqual([CAST.bashir.email]);
  // Li hears of the villages at 16:30; Bashir's is no longer among them.
  await cron(`${TODAY}T16:30:00+08:00`);
  await cron(`${TODAY}T18:00:00+08:00`);
  expect(await reportMails()).toEqual([]);
  const tolds = (await listDevMail(county.deps, 1_000)).filter(({ to }) => to === CAST.bashir.email);
  expect(tolds).toHaveLength(2);
});

it("alerts nobody about an excused village, today or tomorrow", async () => {
  await excuseUnit(county.deps, {
    clientId: clientId(9),
    scopePrefix: "511781100",
    unitCode: CAST.bashir.unitCode,
    from: TODAY,
    to: "2026-01-26",
    reason: "封闭（示例）",
    actor: "li",
  });
  await cron(`${TODAY}T16:00:00+08:00`);
  await cron("2026-01-26T16:00:00+08:00");
  expect((await listDevMail(county.deps, 1_000)).filter(({ to }) => to === CAST.bashir.email)).toEqual([]);
  const { db, now, settings } = county.deps;
  const days = await listReports(
    db,
    { code: CAST.bashir.unitCode, kind: "village" },
    {
      today: "2026-01-26",
      days: 2,
      now: now(),
      settings,
    },
  );
  expect(days.map(({ state }) => state)).toEqual(["excused", "excused"]);
});

it("says nothing more about a day that was made up before anybody was told", async () => {
  county.setNow(`${TODAY}T16:00:30+08:00`);
  await report(1, CAST.amina.unitCode);
  await cron(`${TODAY}T16:01:00+08:00`);
  expect(await reportMails()).toEqual([]);
});
