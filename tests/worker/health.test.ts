import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openAgain } from "../../src/db/outbox-ready.ts";
import { runBatch } from "../../src/db/store.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { CAST, owe, seedCast } from "../support/alarm.ts";
import { zero } from "../support/meter.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
/** The cron at a moment; `wall` is the time it really is. */
const tick = (iso: string, wall = iso) => runScheduled(county.deps, new Date(iso), () => new Date(wall));
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
      oldestSeconds: null,
      unknown: 0,
      deadLetters: 0,
      beats: {
        audit: "2026-01-25T02:00:00.000Z",
        materialise: "2026-01-25T02:00:00.000Z",
        roster: "2026-01-25T02:00:00.000Z",
        sweep: "2026-01-25T02:00:00.000Z",
      },
      clock: "cron",
      findings: {},
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

describe("what /healthz tells of the queue", () => {
  const put = async (id: string, state: string, clock: string, channel = "mail") => {
    const moment = new Date(`2026-01-25T${clock}:00+08:00`).getTime();
    const { db } = county.deps;
    await db.run(sql`
      INSERT INTO outbox (id, kind, channel, contact_id, unit_code, sweep_id, state, ready_at, recorded_at)
      VALUES (${id}, 'digest', ${channel}, 'bashir', ${CAST.bashir.unitCode}, 'w-1', ${state}, ${moment}, ${moment})`);
    await runBatch(db, [openAgain(db, sql`o.id = ${id} AND o.state = 'ready'`, moment)]);
  };
  beforeEach(async () => {
    await seedCast(county);
    await tick("2026-01-25T10:00:00+08:00");
  });

  it("is how much waits and since when, by mail or otherwise; what quiet hours hold back has no age", async () => {
    await put("a", "ready", "10:01");
    await put("b", "ready", "09:59", "wecom");
    await put("c", "ready", "23:00");
    await put("d", "sent", "09:00");
    expect((await health("2026-01-25T10:02:00+08:00")).body).toMatchObject({ ready: 3, oldestSeconds: 180 });
    await county.deps.db.run(sql`DELETE FROM outbox WHERE id IN ('a', 'b')`);
    expect((await health("2026-01-25T10:02:00+08:00")).body).toMatchObject({ ready: 1, oldestSeconds: 0 });
  });

  it("is whose fate nobody knows: of the last day, until somebody has looked or acknowledged", async () => {
    await put("seen", "unknown", "09:00");
    await put("acked", "unknown", "09:00");
    await put("unseen", "unknown", "09:00");
    await county.deps.db.run(sql`INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at)
      VALUES ('x', 'l', 'message.seen', 'seen', '511781', 0)`);
    await county.deps.db.run(sql`INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, recorded_at, acked_at)
      VALUES ('o', 'acked', 'overdue', 0, 'bashir', 0, 1), ('o', 'unseen', 'overdue', 0, 'bashir', 0, NULL)`);
    const { status, body } = await health("2026-01-25T10:02:00+08:00");
    expect([status, body.unknown]).toEqual([200, 1]);
    await tick("2026-01-26T09:01:00+08:00");
    expect((await health("2026-01-26T09:01:00+08:00")).body.unknown).toBe(0);
  });

  it("is not well after an audit that found something, however fresh", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await put("old", "ready", "09:00", "wecom");
    await county.deps.db.run(sql`UPDATE outbox SET contact_id = 'nobody', state = 'sending', batch_id = 'b'`);
    await county.deps.db.run(sql`INSERT INTO outbox_batch (id, state, next_attempt_at, lease_until, recorded_at)
      VALUES ('b', 'frozen', 9e12, 0, 0)`);
    await tick("2026-01-25T10:01:00+08:00");
    log.mockRestore();
    const { status, body } = await health("2026-01-25T10:01:30+08:00");
    expect(status).toBe(503);
    expect(body).toMatchObject({ ok: false, lagSeconds: 30, findings: { "batch-stuck": 1 } });
  });

  it("costs next to nothing, and says no word that could be somebody's", async () => {
    await put("a", "ready", "10:01");
    zero(county.meter);
    const { body } = await health("2026-01-25T10:02:00+08:00");
    expect(county.meter.read).toBeLessThanOrEqual(12);
    expect(county.meter.written).toBe(0);
    expect(JSON.stringify(body)).not.toMatch(/511781|bashir|sample/);
  });
});

describe("the second clock, where nobody has fired the first", () => {
  const asked: string[] = [];
  const CLOCK = {
    getByName: (name: string) => ({
      arm: async () => {
        asked.push(name);
      },
    }),
  };
  const ask = async (iso: string) => {
    county.setNow(iso);
    const { createApp } = await import("../../src/app.tsx");
    const url = "https://baobei.example/healthz";
    return createApp(async () => county.deps).fetch(new Request(url), { DB: county.deps.d1, CLOCK });
  };
  beforeEach(() => {
    asked.length = 0;
  });

  it("is armed by whoever asks for /healthz, once a minute, while it is set and the cron is silent", async () => {
    await ask("2026-01-25T08:00:00+08:00");
    expect(asked).toEqual([]);
    county.deps.settings.SECOND_CLOCK = "1";
    await ask("2026-01-25T08:01:00+08:00");
    await ask("2026-01-25T08:01:30+08:00");
    expect(asked).toEqual(["county"]);
    await ask("2026-01-25T08:02:00+08:00");
    expect(asked).toEqual(["county", "county"]);
    await seedCast(county);
    await tick("2026-01-25T08:03:00+08:00");
    expect((await ask("2026-01-25T08:03:10+08:00")).status).toBe(200);
    expect(asked).toHaveLength(2);
  });
});

describe("the monitor", () => {
  const heard: string[] = [];
  beforeEach(async () => {
    county = await openCounty("2026-01-25T10:00:00+08:00", {
      HEARTBEAT_URL: "https://hc.example/a1b2?rid=1",
    });
    await seedCast(county);
    heard.length = 0;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
      heard.push(`${url} ${init?.body}`.trim());
      return new Response("OK");
    });
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("hears of a run's beginning and of its good end", async () => {
    await tick("2026-01-25T10:00:00+08:00");
    expect(heard).toEqual(["https://hc.example/a1b2/start?rid=1", "https://hc.example/a1b2?rid=1"]);
  });

  it("hears what was found and which stage failed, by machine words, and never of success", async () => {
    await county.deps.db.run(sql`UPDATE contact SET unreachable_at = 1 WHERE id = 'zhou'`);
    await county.deps.db.run(sql`ALTER TABLE obligation RENAME COLUMN held_for TO mislaid`);
    await tick("2026-01-25T10:00:00+08:00");
    expect(heard).toEqual([
      "https://hc.example/a1b2/start?rid=1",
      expect.stringMatching(
        /^https:\/\/hc\.example\/a1b2\/fail\?rid=1 fault sweep\nunit-unheard \d\ncounty-unheard 1$/,
      ),
    ]);
  });

  it("hears that the history could not be sealed, while the alarms are known to run", async () => {
    await county.deps.db.run(sql`ALTER TABLE audit_seal RENAME TO mislaid`);
    await tick("2026-01-25T10:00:00+08:00");
    expect(heard.at(-1)).toMatch(/fail\?rid=1 fault seal$/);
    expect((await health("2026-01-25T10:00:00+08:00")).status).toBe(200);
  });

  it("fails no run by failing itself", async () => {
    vi.mocked(fetch).mockRejectedValue(new TypeError("gone"));
    await tick("2026-01-25T10:00:00+08:00");
    expect((await health("2026-01-25T10:00:00+08:00")).status).toBe(200);
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
      INSERT INTO outbox (id, kind, contact_id, unit_code, sweep_id, tells, state, ready_at, recorded_at)
      SELECT 'again', 'digest', contact_id, unit_code, sweep_id, tells, 'ready', ready_at, recorded_at FROM outbox`);
    await runBatch(county.deps.db, [
      openAgain(county.deps.db, sql`o.id = 'again'`, new Date("2026-01-25T10:00:00+08:00").getTime()),
    ]);
    await county.deps.db.run(sql`ALTER TABLE obligation RENAME COLUMN held_for TO mislaid`);
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
