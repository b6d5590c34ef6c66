import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Clock } from "../../src/clock.ts";
import { beat, lastBeat } from "../../src/db/heartbeat.ts";
import { runBatch } from "../../src/db/store.ts";
import { MINUTE } from "../../src/domain/time.ts";
import type { Bindings } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { CAST, owe, seedCast } from "../support/alarm.ts";
import { openCounty, TEST_SECRET, type TestCounty } from "../support/worker.ts";

/*
 * The Durable Object itself in workerd, its alarm fired by hand. It reads the real clock, so the times are near now.
 */
type Namespace = DurableObjectNamespace<Clock>;
const stub = () => (env as unknown as { CLOCK: Namespace }).CLOCK.getByName("county");
const SETTINGS = { PUBLIC_URL: "https://baobei.example", MASTER_SECRET: TEST_SECRET, DEV: "1" };

let county: TestCounty;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE);

/** The object with a deployment's settings; without `on` the second clock is not among them. */
const withSettings = (settings: Record<string, string>) =>
  runInDurableObject(stub(), (clock: Clock) => {
    const { env: bound } = clock as unknown as { env: Record<string, unknown> };
    Object.assign(bound, { SECOND_CLOCK: undefined }, SETTINGS, settings);
  });
const armedAt = () => runInDurableObject(stub(), (_: Clock, { storage }) => storage.getAlarm());
/** Goes off, armed as it is by the cron. */
async function goOff(): Promise<void> {
  await stub().arm();
  expect(await runDurableObjectAlarm(stub())).toBe(true);
}
const lastRan = (minutes: number, detail = "cron") => {
  const at = ago(minutes);
  return runBatch(county.deps.db, [beat(county.deps.db, "sweep", { ranAs: at, wall: at }, detail)]);
};
const sent = async () =>
  (
    await county.deps.db.all<{ who: string }>(sql`SELECT contact_id AS who FROM outbox WHERE state = 'sent'`)
  ).map(({ who }) => who);

beforeEach(async () => {
  county = await openCounty(new Date().toISOString());
  await seedCast(county);
  await owe(
    county,
    "registration",
    CAST.bashir.unitCode,
    "WY-0217-4486",
    ago(5).toISOString(),
    ago(-60).toISOString(),
  );
  // Whatever the hour is: nobody owes a report.
  await county.deps.db.run(sql`
    INSERT INTO excuse (id, unit_code, form, from_date, to_date, sealed, recorded_at)
    SELECT code, code, 'daily-report', '2020-01-01', '9999-12-31', '', 0 FROM unit`);
  await withSettings({ SECOND_CLOCK: "1" });
});

describe("the second clock", () => {
  it("sweeps, and Bashir's village gets its mail, when the cron has been silent for three minutes", async () => {
    await lastRan(3.1);
    await goOff();
    expect(await sent()).toContain("bashir");
    expect(await lastBeat(county.deps.db, "sweep")).toMatchObject({ detail: "second-clock" });
    expect(Math.abs(((await armedAt()) ?? 0) - Date.now() - MINUTE)).toBeLessThan(10_000);
  });

  it("sweeps where no cron has ever come", async () => {
    await goOff();
    expect(await sent()).toContain("bashir");
  });

  it("does nothing while the cron is alive, and stays armed", async () => {
    await lastRan(2.5);
    await goOff();
    expect(await sent()).toEqual([]);
    expect(await armedAt()).toBeGreaterThan(Date.now());
  });

  it("keeps on each minute once it has taken over, until the cron is back", async () => {
    await lastRan(1, "second-clock");
    await goOff();
    expect(await sent()).toContain("bashir");
    await lastRan(0);
    const before = await lastBeat(county.deps.db, "sweep");
    await goOff();
    expect(await lastBeat(county.deps.db, "sweep")).toEqual(before);
  });

  it("is armed still after a run that throws, and logs no value", async () => {
    await county.deps.db.run(sql`DROP TABLE heartbeat`);
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await goOff();
    const said = log.mock.calls.map(([line]) => JSON.parse(String(line)));
    log.mockRestore();
    expect(said).toEqual([{ fault: expect.any(String), stage: "clock" }]);
    expect(await armedAt()).toBeGreaterThan(Date.now());
  });

  it("is armed still when the settings are wrong", async () => {
    await withSettings({ SECOND_CLOCK: "1", PUBLIC_URL: "" });
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await goOff();
    log.mockRestore();
    expect(await armedAt()).toBeGreaterThan(Date.now());
  });

  it("stops for good without its setting", async () => {
    await withSettings({});
    await goOff();
    expect(await sent()).toEqual([]);
    expect(await armedAt()).toBe(null);
  });

  it("is armed once however often the cron asks, and anew where an alarm went by without going off", async () => {
    await stub().arm();
    const first = await armedAt();
    await stub().arm();
    expect(await armedAt()).toBe(first);
    await runInDurableObject(stub(), (_: Clock, { storage }) => storage.setAlarm(Date.now() + 60 * MINUTE));
    await stub().arm();
    expect(await armedAt()).toBeLessThan(Date.now() + 2 * MINUTE);
  });

  it("does no harm beside the cron in the same moment: Bashir is told once", async () => {
    await lastRan(3.1);
    const now = new Date();
    await Promise.all([goOff(), runScheduled(county.deps, now), runScheduled(county.deps, now)]);
    expect(await sent()).toEqual(["bashir"]);
  });
});

describe("the cron", () => {
  /** The Worker's own scheduled(), with a deployment's bindings. */
  const cron = (more: Partial<Bindings>) =>
    worker.scheduled({ scheduledTime: Date.now() } as ScheduledController, {
      ...(env as unknown as Bindings),
      COUNTY_CODE: "511781",
      ...SETTINGS,
      SECOND_CLOCK: undefined,
      ...more,
    });

  it("arms the second clock where that is set, and sends Bashir's village its mail", async () => {
    await cron({});
    expect([await sent(), await armedAt()]).toEqual([["bashir"], null]);
    await cron({ SECOND_CLOCK: "1" });
    expect(await armedAt()).toBeGreaterThan(Date.now());
  });

  it("runs all the same where the second clock cannot be reached, or is not bound", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const CLOCK = {
      getByName: () => {
        throw new Error("gone");
      },
    };
    await cron({ SECOND_CLOCK: "1", CLOCK });
    expect(log.mock.calls).toEqual([['{"fault":"Error","stage":"arm"}']]);
    log.mockRestore();
    expect(await sent()).toEqual(["bashir"]);
    await cron({ SECOND_CLOCK: "1", CLOCK: undefined });
  });
});
