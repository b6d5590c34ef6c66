import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Channel } from "../../src/channels/channel.ts";
import { addContact, removeContact } from "../../src/db/contact.ts";
import { runBatch } from "../../src/db/store.ts";
import { auditAlarms } from "../../src/jobs/audit.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { CAST, enter, minute, owe, seedCast } from "../support/alarm.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

const DAY = "2026-01-25";
const at = (clock: string) => `${DAY}T${clock}:00+08:00`;
const who = (mails: { to: string }[]) => mails.map(({ to }) => to);
let county: TestCounty;

beforeEach(async () => {
  county = await openCounty(at("10:00"));
});

const oweReport = () => owe(county, "daily-report", CAST.bashir.unitCode, DAY, at("00:00"), at("16:00"));
const refuse: Channel = { name: "test", send: async () => ({ kind: "refused", problem: "http-422" }) };

describe("Bashir's message reaches nobody", () => {
  it("Li hears a minute later, not half an hour, when the provider takes it from nobody", async () => {
    await seedCast(county);
    await oweReport();
    await sweepOverdue(county.deps, new Date(at("16:00")));
    await drainOutbox(county.deps, new Date(at("16:00")), { channel: refuse });
    const mails = await minute(county, at("16:01"));
    expect(who(mails)).toEqual(["li"]);
    expect(mails[0]?.text).toContain("未送达");
    expect(await minute(county, at("16:30"))).toEqual([]);
    expect(who(await minute(county, at("17:30")))).toEqual(["zhou"]);
  });

  it("Li hears when he left his post between the sweep and the mail", async () => {
    await seedCast(county);
    await oweReport();
    await sweepOverdue(county.deps, new Date(at("16:00")));
    await runBatch(county.deps.db, [removeContact(county.deps.db, "bashir", new Date(at("16:00")))]);
    expect(await minute(county, at("16:00"))).toEqual([]);
    expect(who(await minute(county, at("16:01")))).toEqual(["li"]);
  });

  it("changes nothing while somebody else of the village was told", async () => {
    await seedCast(county);
    await enter(county, "other", { unitCode: CAST.bashir.unitCode, email: "other@sample.example" });
    await oweReport();
    await sweepOverdue(county.deps, new Date(at("16:00")));
    await runBatch(county.deps.db, [removeContact(county.deps.db, "bashir", new Date(at("16:00")))]);
    expect(who(await minute(county, at("16:00")))).toEqual(["other"]);
    expect(await minute(county, at("16:29"))).toEqual([]);
    expect(who(await minute(county, at("16:30")))).toEqual(["li"]);
  });

  it("is not tried in vain once he is known to be out of reach, until somebody enters him anew", async () => {
    await seedCast(county);
    await county.deps.db.run(
      sql`UPDATE contact SET unreachable_at = 1, unreachable_why = 'bounced-permanent' WHERE id = 'bashir'`,
    );
    await oweReport();
    expect(who(await minute(county, at("16:00")))).toEqual(["li"]);
    const { statement } = await addContact(county.deps, {
      ...{ id: "anew", unitCode: CAST.bashir.unitCode, role: "contact", lang: "zh-Hans", name: "示例" },
      ...{ email: CAST.bashir.email, recordedAt: new Date(at("16:10")) },
    });
    await runBatch(county.deps.db, [statement]);
    await owe(county, "daily-report", CAST.bashir.unitCode, "2026-01-26", at("00:00"), at("18:00"));
    expect(who(await minute(county, at("18:00")))).toContain("bashir");
  });

  it("climbs no further than the county, which is tried less and less often, and the monitor hears of it", async () => {
    await seedCast(county);
    await oweReport();
    const tried: string[] = [];
    const seen = async () =>
      (
        await county.deps.db.all<{ who: string }>(
          sql`SELECT contact_id AS who FROM outbox WHERE state = 'failed'`,
        )
      ).length;
    let now = new Date(at("16:00"));
    for (
      let count = 0;
      now < new Date("2026-01-26T04:00:00+08:00");
      now = new Date(now.getTime() + 5 * 60_000)
    ) {
      await sweepOverdue(county.deps, now);
      await drainOutbox(county.deps, now, { channel: refuse });
      if ((await seen()) > count) tried.push(now.toISOString().slice(11, 16));
      count = await seen();
    }
    const told = await county.deps.db.all(
      sql`SELECT contact_id AS who, count(*) AS n FROM outbox GROUP BY 1`,
    );
    expect(told).toEqual([
      { who: "bashir", n: 1 },
      { who: "li", n: 1 },
      { who: "zhou", n: 7 },
    ]);
    expect(tried).toEqual(["08:00", "08:05", "08:10", "08:15", "08:30", "09:00", "09:45", "10:45", "12:00"]);
    expect(await auditAlarms(county.deps, now)).toMatchObject({ unheard: 9 });
  });
});
