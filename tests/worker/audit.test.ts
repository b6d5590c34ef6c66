import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { setAside } from "../../src/db/dead-letter.ts";
import { lastBeat } from "../../src/db/heartbeat.ts";
import { raiseUrgent } from "../../src/db/obligation.ts";
import { openAgain } from "../../src/db/outbox-ready.ts";
import { runBatch } from "../../src/db/store.ts";
import type { Findings } from "../../src/domain/integrity.ts";
import { MINUTE } from "../../src/domain/time.ts";
import { auditAlarms } from "../../src/jobs/audit.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { materialiseDailyReports } from "../../src/jobs/materialise.ts";
import { CAST, enter, owe, seedCast } from "../support/alarm.ts";
import { zero } from "../support/meter.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

/*
 * What cannot be is written by hand here: nothing in the house would.
 */
let county: TestCounty;
const at = (clock: string) => new Date(`2026-01-25T${clock}:00+08:00`);
const run = (statement: ReturnType<typeof sql>) => county.deps.db.run(statement);

/** What the audit finds as at a moment, and what it logs. */
async function audit(clock: string): Promise<{ found: Findings; logged: unknown[] }> {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const found = await auditAlarms(county.deps, at(clock));
  const logged = log.mock.calls.map(([line]) => JSON.parse(String(line)));
  log.mockRestore();
  return { found, logged };
}
const finds = async (clock: string) => (await audit(clock)).found;

/** A message as a sweep writes it; telling of one move, or of nothing. */
const message = async (
  id: string,
  { wave = "w-1", clock = "10:00", channel = "mail", tells = [] as unknown[] } = {},
) => {
  const ready = at(clock).getTime();
  await run(sql`INSERT INTO outbox (id, kind, channel, contact_id, unit_code, sweep_id, tells, state, ready_at, recorded_at)
    VALUES (${id}, 'digest', ${channel}, 'bashir', ${CAST.bashir.unitCode}, ${wave}, ${JSON.stringify(tells)}, 'ready',
      ${ready}, ${ready})`);
  await runBatch(county.deps.db, [openAgain(county.deps.db, sql`o.id = ${id}`, ready)]);
};
const batch = (id: string, state: string, recorded: string, next: string, lease: string | null = null) =>
  run(sql`INSERT INTO outbox_batch (id, state, next_attempt_at, lease_until, recorded_at)
    VALUES (${id}, ${state}, ${at(next).getTime()}, ${lease && at(lease).getTime()}, ${at(recorded).getTime()})`);
/** A move of a wave that names Bashir's village. */
const moved = (id: string, clock: string, { wave = "w-1", audience = CAST.bashir.unitCode as string } = {}) =>
  run(sql`INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, told, due_at, owed_at, recorded_at)
    VALUES (${id}, 0, ${wave}, 'overdue', 0, ${JSON.stringify([[audience, "overdue", 0, 0]])}, 0, 0,
      ${at(clock).getTime()})`);

beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedCast(county);
  await materialiseDailyReports(county.deps, at("10:00"));
});

describe("when all is well", () => {
  it("finds nothing, says nothing and leaves a heartbeat", async () => {
    expect(await audit("10:00")).toEqual({ found: {}, logged: [] });
    expect((await lastBeat(county.deps.db, "audit"))?.at).toEqual(at("10:00"));
  });

  it("costs next to nothing a minute: at most 12 rows read, its heartbeat written", async () => {
    await finds("10:00");
    zero(county.meter);
    await finds("10:01");
    expect(county.meter.read).toBeLessThanOrEqual(12);
    expect(county.meter.written).toBeLessThanOrEqual(1);
  });

  it("looks at every unit once an hour, for at most three rows each", async () => {
    for (const [name, unitCode] of Object.entries({ town: "511781101", school: "511781100S01" }))
      await enter(county, name, { unitCode, email: `${name}@sample.example` });
    await finds("10:00");
    zero(county.meter);
    await finds("10:59");
    const quiet = county.meter.read;
    zero(county.meter);
    await finds("11:00");
    expect(county.meter.read - quiet).toBeGreaterThan(7);
    expect(county.meter.read - quiet).toBeLessThanOrEqual(3 * 7 + 1);
  });
});

describe("a day and a night of alarms", { timeout: 30_000 }, () => {
  it("finds nothing: every one of them left, however late the cron came and whoever could not be reached", async () => {
    county = await openCounty("2026-01-25T07:00:00+08:00", { QUIET_HOURS: "22:00-06:30" });
    await seedCast(county);
    const sample = { unitCode: CAST.bashir.unitCode, email: "grid@sample.example", role: "grid" } as const;
    await enter(county, "grid", sample);
    const [opened, due] = [at("09:00").toISOString(), at("11:00").toISOString()];
    for (const kind of ["registration", "tip", "release"] as const)
      for (const { unitCode } of [CAST.bashir, CAST.wu, CAST.li])
        await owe(county, kind, unitCode, `${kind} ${unitCode}`, opened, due);
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const begin = at("07:00").getTime();
    for (let hour = 0; hour < 26; hour += hour === 5 ? 6 : 1) {
      const now = new Date(begin + hour * 60 * MINUTE);
      county.setNow(now.toISOString());
      if (hour === 12) await run(sql`UPDATE contact SET unreachable_at = 1 WHERE id = 'li'`);
      const urgent = {
        obligationId: `cluster/${hour}`,
        unitCode: CAST.wu.unitCode,
        causeId: `s-${hour}`,
        now,
      };
      await runBatch(county.deps.db, raiseUrgent(county.deps.db, urgent));
      await Promise.all(Array.from({ length: 1 + (hour % 2) }, () => runScheduled(county.deps, now)));
    }
    expect(log.mock.calls).toEqual([]);
    log.mockRestore();
    const [{ sent } = { sent: 0 }] = await county.deps.db.all<{ sent: number }>(
      sql`SELECT count(*) AS sent FROM outbox WHERE state = 'sent'`,
    );
    expect(sent).toBeGreaterThan(30);
  });
});

describe("what no sweep has moved", () => {
  it("is found ten minutes after it was due", async () => {
    await owe(
      county,
      "tip",
      CAST.bashir.unitCode,
      "T-4471-0932",
      at("10:00").toISOString(),
      at("12:00").toISOString(),
    );
    expect(await finds("10:09")).toEqual({});
    expect(await audit("10:10")).toEqual({
      found: { "stale-due": 1 },
      logged: [{ audit: { "stale-due": 1 } }],
    });
  });
});

describe("a move whose words were lost", () => {
  const told = [["report-1", 0, "overdue", 0, 0]];

  it("is found where Bashir could have been told, and stays an alarm until somebody has seen to it", async () => {
    await moved("report-1", "10:01");
    expect(await finds("10:01")).toEqual({ untold: 1 });
    expect(await finds("10:02")).toEqual({ "dead-letter": 1 });
    expect(await county.deps.db.all(sql`SELECT id, problem FROM dead_letter`)).toEqual([
      { id: "obligation/report-1", problem: "untold" },
    ]);
  });

  it("is not one that a message of its wave tells of, merged or sent", async () => {
    await moved("report-1", "10:01");
    await message("digest/w-1/bashir", { clock: "10:01", tells: told });
    await run(sql`UPDATE outbox SET state = 'merged'`);
    expect(await finds("10:01")).toEqual({});
  });

  it("is one whose message is ready where no drain looks for it", async () => {
    await moved("report-1", "10:01");
    await message("digest/w-1/bashir", { clock: "10:01", tells: told });
    await run(sql`DELETE FROM outbox_open`);
    expect(await finds("10:01")).toEqual({ untold: 1 });
  });

  it("is not one that tells of it in another wave", async () => {
    await moved("report-1", "10:01");
    await message("digest/w-10/bashir", { wave: "w-10", clock: "10:01", tells: told });
    expect(await finds("10:01")).toEqual({ untold: 1 });
  });

  it("is none where nobody of the village can be reached", async () => {
    await run(sql`UPDATE contact SET unreachable_at = 0 WHERE id = 'bashir'`);
    await moved("report-1", "10:01");
    expect(await finds("10:01")).toEqual({});
  });

  it("is found of something urgent too, whenever it was sent in", async () => {
    const urgent = {
      unitCode: CAST.bashir.unitCode,
      causeId: "s-1",
      now: new Date(at("10:01").getTime() - 500),
    };
    await finds("10:00");
    await runBatch(county.deps.db, raiseUrgent(county.deps.db, { obligationId: "response/1", ...urgent }));
    expect(await finds("10:01")).toEqual({});
    const lost = raiseUrgent(county.deps.db, { ...urgent, obligationId: "response/2", causeId: "s-2" });
    await runBatch(county.deps.db, lost.slice(0, 1));
    expect(await finds("10:02")).toEqual({ untold: 1 });
  });

  it("is looked for once, in the runs that were missed too, and in a run as at an earlier moment", async () => {
    await finds("10:00");
    await moved("report-1", "10:01");
    await moved("report-2", "10:05");
    expect(await finds("12:00")).toMatchObject({ untold: 2 });
    expect(await finds("12:01")).toEqual({ "dead-letter": 2 });
    await moved("report-3", "11:00");
    expect(await finds("11:00")).toMatchObject({ untold: 1 });
    expect(await finds("12:02")).toEqual({ "dead-letter": 3 });
  });

  it("is found among thousands, a page at a time", async () => {
    await finds("10:00");
    await run(sql`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
      INSERT INTO transition (obligation_id, from_version, sweep_id, kind, step, told, due_at, owed_at, recorded_at)
      SELECT printf('report-%05d', i), 0, 'w-' || (i / 1000), 'overdue', 0,
        json_array(json_array(${CAST.bashir.unitCode}, 'overdue', 0, 0)), 0, 0, ${at("10:01").getTime()} FROM n`);
    await run(sql`
      INSERT INTO outbox (id, kind, contact_id, unit_code, sweep_id, tells, state, ready_at, recorded_at)
      SELECT 'digest/' || sweep_id || '/bashir', 'digest', 'bashir', ${CAST.bashir.unitCode}, sweep_id,
        json_group_array(json_array(obligation_id, 0, 'overdue', 0, 0)), 'sent', 0, 0
      FROM transition WHERE obligation_id NOT IN ('report-00007', 'report-05999') GROUP BY sweep_id`);
    zero(county.meter);
    expect(await finds("10:01")).toEqual({ untold: 1 });
    expect(county.meter.read).toBeLessThanOrEqual(2 * 5000 + 100);
    expect(await finds("10:02")).toEqual({ untold: 1, "dead-letter": 1 });
    expect(await finds("10:03")).toEqual({ "dead-letter": 2 });
  });
});

describe("what does not leave", () => {
  it("is found after a quarter of an hour, for a bot after a day, quiet hours apart", async () => {
    await message("digest/w-1/bashir");
    await message("digest/w-1/li", { channel: "wecom" });
    await message("digest/w-1/zhou", { clock: "12:00" });
    expect(await finds("10:14")).toEqual({});
    expect(await finds("10:15")).toEqual({ "ready-old": 1 });
    expect(await finds("12:15")).toEqual({ "ready-old": 2 });
  });

  it("is found in batches that nobody takes up, that were never written out, or that fail for half an hour", async () => {
    await batch("dropped", "frozen", "10:00", "10:00", "10:05");
    await batch("held", "frozen", "10:00", "10:00", "10:30");
    await batch("waiting", "frozen", "10:00", "10:25");
    await batch("done", "sent", "10:00", "10:00");
    expect(await finds("10:14")).toEqual({});
    expect(await finds("10:15")).toEqual({ "batch-stuck": 1 });
    await batch("unwritten", "claimed", "10:10", "10:20", "10:25");
    expect(await finds("10:20")).toEqual({ "batch-stuck": 2 });
    expect(await finds("10:30")).toEqual({ "batch-stuck": 4 });
  });
});

describe("what was set aside", () => {
  it("is an alarm until it is cleared, and again when it comes again", async () => {
    const { db } = county.deps;
    const aside = (problem: string, clock: string) =>
      runBatch(db, [setAside(db, { id: "obligation/tip/T-4471-0932", problem, now: at(clock) })]);
    await aside("TypeError", "10:00");
    await aside("RangeError", "10:01");
    expect(await finds("10:01")).toEqual({ "dead-letter": 1 });
    expect(await db.all(sql`SELECT problem FROM dead_letter`)).toEqual([{ problem: "TypeError" }]);
    await run(sql`UPDATE dead_letter SET cleared_at = 1`);
    expect(await finds("10:02")).toEqual({});
    await aside("RangeError", "10:03");
    expect(await finds("10:03")).toEqual({ "dead-letter": 1 });
  });
});

describe("what is missing, unit by unit", () => {
  it("is a report that nobody would miss: two units without today's obligation", async () => {
    await run(sql`DELETE FROM obligation WHERE unit_code IN (${CAST.bashir.unitCode}, '511781100S01')
      AND subject_id = '2026-01-25'`);
    expect(await finds("10:00")).toEqual({ "report-missing": 2 });
  });

  it("is no report of a unit that is new, closed, or entered after the due time", async () => {
    await run(sql`DELETE FROM obligation`);
    const past = at("09:00").getTime();
    await run(sql`UPDATE unit SET closed_at = ${past} WHERE kind = 'school'`);
    await run(sql`UPDATE unit SET recorded_at = ${at("16:30").getTime()} WHERE kind = 'town'`);
    await run(
      sql`UPDATE unit SET recorded_at = ${at("16:50").getTime() - 10 * MINUTE} WHERE kind = 'village'`,
    );
    expect(await finds("16:50")).toEqual({});
  });

  it("is anybody to hear: a village whose town is as deaf as itself, and above all the county", async () => {
    const deaf = (name: string) => run(sql`UPDATE contact SET unreachable_at = 1 WHERE id = ${name}`);
    await deaf("bashir");
    expect(await finds("10:00")).toEqual({});
    // A missed reading climbs no further than the town: nobody is left. All else of the town climbs on to the county.
    await deaf("li");
    expect(await finds("11:00")).toEqual({ "unit-unheard": 1 });
    await deaf("zhou");
    expect(await finds("11:05")).toEqual({ "unit-unheard": 4, "county-unheard": 1 });
  });

  it("shows within five minutes that it was mended", async () => {
    await run(sql`UPDATE contact SET removed_at = 1 WHERE id = 'zhou'`);
    expect(await finds("10:00")).toMatchObject({ "county-unheard": 1 });
    await run(sql`UPDATE contact SET removed_at = NULL WHERE id = 'zhou'`);
    expect(await finds("10:04")).toMatchObject({ "county-unheard": 1 });
    expect(await finds("10:05")).toEqual({});
  });
});
