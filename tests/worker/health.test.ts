import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { runScheduled } from "../../src/jobs/index.ts";
import { CAST, owe, seedCast } from "../support/alarm.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
/** The cron at a moment; `wall` is the time it really is. */
const tick = (iso: string, wall = iso) => runScheduled(county.deps, new Date(iso), new Date(wall));
async function health(iso: string) {
  county.setNow(iso);
  const answer = await county.fetch("/healthz");
  return {
    status: answer.status,
    headers: answer.headers,
    body: await answer.json<Record<string, unknown>>(),
  };
}

beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
});

describe("/healthz", () => {
  it("is well while the cron fires, and says since when it does not", async () => {
    await seedCast(county);
    await tick("2026-01-25T10:00:00+08:00");
    const well = await health("2026-01-25T10:03:00+08:00");
    expect(well.status).toBe(200);
    expect(well.body).toEqual({
      ok: true,
      lastSweep: "2026-01-25T02:00:00.000Z",
      lagSeconds: 180,
      ready: 0,
      sending: 0,
    });
    expect(well.headers.get("cache-control")).toBe("no-store");
    const ill = await health("2026-01-25T10:03:01+08:00");
    expect(ill.status).toBe(503);
    expect(ill.body).toMatchObject({ ok: false, lagSeconds: 181 });
  });

  it("is not well before the first sweep, nor without a database", async () => {
    expect((await health("2026-01-25T10:00:00+08:00")).body).toMatchObject({ ok: false, lastSweep: null });
    await county.deps.db.run(sql`DROP TABLE heartbeat`);
    const broken = await health("2026-01-25T10:00:00+08:00");
    expect(broken.status).toBe(503);
    expect(broken.body).toEqual({ ok: false, lastSweep: null, lagSeconds: null });
  });

  it("does not turn back when an older run ends later", async () => {
    await tick("2026-01-25T10:05:00+08:00");
    await tick("2026-01-25T10:00:00+08:00", "2026-01-25T10:05:30+08:00");
    expect((await health("2026-01-25T10:06:00+08:00")).body.lagSeconds).toBe(60);
  });

  it("takes a run fired as at tomorrow for no more than it is: a cron that then stops is seen", async () => {
    await tick("2026-01-26T16:01:00+08:00", "2026-01-25T10:00:00+08:00");
    expect((await health("2026-01-25T10:01:00+08:00")).body).toMatchObject({ ok: true, lagSeconds: 60 });
    expect((await health("2026-01-25T10:03:01+08:00")).status).toBe(503);
    await tick("2026-01-25T10:04:00+08:00");
    expect((await health("2026-01-25T10:05:00+08:00")).body).toMatchObject({ ok: true, lagSeconds: 60 });
  });

  it("does not trust a heartbeat that lies ahead, and the next run puts it right", async () => {
    await tick("2026-01-25T12:00:00+08:00");
    expect((await health("2026-01-25T10:00:00+08:00")).status).toBe(503);
    await tick("2026-01-25T10:00:00+08:00");
    expect((await health("2026-01-25T10:00:30+08:00")).body).toMatchObject({ ok: true, lagSeconds: 30 });
  });
});

describe("a stage that fails", () => {
  it("does not keep ready mail from leaving, leaves no heartbeat, and logs no value", async () => {
    await seedCast(county);
    await owe(
      county,
      "registration",
      CAST.bashir.unitCode,
      "WY-0217-4486",
      "2026-01-25T10:00:00+08:00",
      "2026-01-25T12:00:00+08:00",
    );
    await tick("2026-01-25T10:00:00+08:00");
    await county.deps.db.run(sql`
      INSERT INTO outbox (id, kind, contact_id, unit_code, sweep_id, state, ready_at, recorded_at)
      SELECT 'again', 'digest', contact_id, unit_code, sweep_id, 'ready', ready_at, recorded_at FROM outbox`);
    await county.deps.db.run(sql`DROP INDEX obligation_next_due`);
    await county.deps.db.run(sql`ALTER TABLE obligation RENAME COLUMN next_due_at TO mislaid`);
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await tick("2026-01-25T10:01:00+08:00");
    const said = log.mock.calls.map(([line]) => JSON.parse(String(line)));
    log.mockRestore();
    expect(said).toEqual([{ fault: expect.any(String), stage: "sweep" }]);
    expect(await county.deps.db.all(sql`SELECT state FROM outbox`)).toEqual([
      { state: "sent" },
      { state: "sent" },
    ]);
    expect((await health("2026-01-25T10:04:00+08:00")).status).toBe(503);
  });
});
