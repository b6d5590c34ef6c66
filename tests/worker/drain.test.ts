import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Channel, Mail, Outcome } from "../../src/channels/channel.ts";
import { removeContact } from "../../src/db/contact.ts";
import { mintLink } from "../../src/db/link.ts";
import { meetObligation } from "../../src/db/obligation.ts";
import { claimMail } from "../../src/db/outbox.ts";
import { runBatch } from "../../src/db/store.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { CAST, enter, minute, owe, seedCast } from "../support/alarm.ts";
import { zero } from "../support/meter.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

const DAY = "2026-01-25";
const at = (clock: string) => new Date(`${DAY}T${clock}:00+08:00`);
let county: TestCounty;
let posts: { key: string; messages: Mail[] }[];

/** A provider that answers as the test says, and keeps what it was handed. */
const provider = (answer: (messages: Mail[], post: number) => Outcome): Channel => ({
  name: "test",
  async send(batch) {
    posts.push(batch);
    return answer(batch.messages, posts.length);
  },
});
const accept = provider((messages) => ({ kind: "sent", ids: messages.map(({ id }) => `re_${id}`) }));
const silent = provider(() => ({ kind: "later", problem: "no-answer" }));

const drain = (clock: string, channel: Channel) => drainOutbox(county.deps, at(clock), { channel });
const states = () =>
  county.deps.db.all<{ state: string; n: number }>(
    sql`SELECT state, count(*) AS n FROM outbox GROUP BY state ORDER BY state`,
  );
const overdue = async (clock: string, ...units: string[]) => {
  for (const unit of units)
    await owe(county, "daily-report", unit, DAY, at("00:00").toISOString(), at("16:00").toISOString());
  await sweepOverdue(county.deps, at(clock));
};

beforeEach(async () => {
  posts = [];
  county = await openCounty(`${DAY}T10:00:00+08:00`);
});

describe("a batch on its way", () => {
  it("carries the unit's own link and the sender, to the contact's address", async () => {
    await seedCast(county);
    const { token, statement } = await mintLink(county.deps, {
      purpose: "unit",
      unitCode: CAST.bashir.unitCode,
      nonce: "n-1",
      recordedAt: at("00:00"),
    });
    await runBatch(county.deps.db, [statement]);
    await overdue("16:00", CAST.bashir.unitCode);
    expect(await drain("16:00", accept)).toBe(1);
    const [mail] = posts[0]?.messages ?? [];
    expect(mail).toMatchObject({ to: "bashir@sample.example", from: county.deps.settings.MAIL_FROM });
    expect(mail?.text).toContain(`https://baobei.example/u/${token}`);
    expect(mail?.text).not.toContain("示例bashir"); // no name, not even the contact's
    expect(await states()).toEqual([{ state: "sent", n: 1 }]);
  });

  it("is posted again with the same key and the same bytes, later and later", async () => {
    await seedCast(county);
    await overdue("16:00", CAST.bashir.unitCode, CAST.amina.unitCode);
    await drain("16:00", silent);
    await drain("16:00", silent); // not before its time
    expect(posts).toHaveLength(1);
    await drain("16:01", silent);
    await drain("16:01", silent);
    await drain("16:02", silent);
    await drain("16:03", accept);
    expect(posts).toHaveLength(3);
    await drain("16:04", accept);
    expect(posts).toHaveLength(4);
    expect(new Set(posts.map((post) => JSON.stringify(post))).size).toBe(1);
    expect(await states()).toEqual([{ state: "sent", n: 2 }]);
    expect(await drain("16:30", accept)).toBe(0);
  });

  it("waits as long as the provider asks, and asks nothing more of it in that minute", async () => {
    await seedCast(county);
    await overdue("16:00", CAST.bashir.unitCode);
    const busy = provider(() => ({
      kind: "later",
      problem: "http-429",
      throttled: true,
      retryAfterSeconds: 90,
    }));
    await drain("16:00", busy);
    await drain("16:01", accept);
    expect(posts).toHaveLength(1);
    await drain("16:02", accept);
    expect(await states()).toEqual([{ state: "sent", n: 1 }]);
  });

  it("is called unknown, and never sent by itself again, when its key is taken by other bytes", async () => {
    await seedCast(county);
    await overdue("16:00", CAST.bashir.unitCode);
    await drain(
      "16:00",
      provider(() => ({ kind: "unknown", problem: "key-taken" })),
    );
    await drain("17:00", accept);
    expect(posts).toHaveLength(1);
    expect(await states()).toEqual([{ state: "unknown", n: 1 }]);
  });

  it("is called unknown once its key has died, 23 hours after the first attempt", async () => {
    await seedCast(county);
    await overdue("16:00", CAST.bashir.unitCode);
    await drain("16:00", silent);
    await drainOutbox(county.deps, new Date("2026-01-26T14:59:00+08:00"), { channel: silent });
    expect(posts).toHaveLength(2);
    await drainOutbox(county.deps, new Date("2026-01-26T15:30:00+08:00"), { channel: accept });
    expect(posts).toHaveLength(2);
    expect(await county.deps.db.all(sql`SELECT state, problem FROM outbox`)).toEqual([
      { state: "unknown", problem: "key-expired" },
    ]);
  });

  it("is taken apart until the one bad address stands alone, and the others leave once", async () => {
    await seedCast(county, []);
    for (let i = 0; i < 9; i++)
      await enter(county, `c${i}`, { unitCode: CAST.bashir.unitCode, email: `c${i}@sample.example` });
    await overdue("16:00", CAST.bashir.unitCode);
    const strict = provider((messages) =>
      messages.some(({ to }) => to.startsWith("c4@"))
        ? { kind: "refused", problem: "http-422" }
        : { kind: "sent", ids: messages.map(() => null) },
    );
    expect(await drain("16:00", strict)).toBe(8);
    expect(await states()).toEqual([
      { state: "failed", n: 1 },
      { state: "sent", n: 8 },
    ]);
    const taken = posts.filter(({ messages }) => messages.every(({ to }) => !to.startsWith("c4@")));
    expect(taken.flatMap(({ messages }) => messages.map(({ to }) => to))).toHaveLength(8);
    expect(new Set(posts.map(({ key }) => key)).size).toBe(posts.length);
  });

  it("holds at most a hundred messages, and a county's worth leaves in one minute", async () => {
    await seedCast(county, []);
    for (let i = 0; i < 230; i++)
      await enter(county, `c${i}`, { unitCode: CAST.bashir.unitCode, email: `c${i}@sample.example` });
    await overdue("16:00", CAST.bashir.unitCode);
    expect(await drain("16:00", accept)).toBe(230);
    expect(posts.map(({ messages }) => messages.length)).toEqual([100, 100, 30]);
  });
});

describe("a drainer that dies", () => {
  it("before the bytes were fixed: another writes them after the lease", async () => {
    await seedCast(county);
    await overdue("16:00", CAST.bashir.unitCode);
    const lease = { id: "dead", now: at("16:00"), until: at("16:05") };
    expect(await claimMail(county.deps.db, "b-1", lease)).toBe(true);
    expect(await drain("16:04", accept)).toBe(0);
    expect(await drain("16:05", accept)).toBe(1);
    expect(posts.map(({ key }) => key)).toEqual(["batch/b-1"]);
  });

  it("after the post: another posts the same key and bytes", async () => {
    await seedCast(county);
    await overdue("16:00", CAST.bashir.unitCode);
    const dies: Channel = {
      name: "test",
      async send(batch) {
        posts.push(batch);
        throw new Error("the isolate is gone");
      },
    };
    await expect(drain("16:00", dies)).rejects.toThrow();
    expect(await drain("16:04", accept)).toBe(0);
    expect(await drain("16:05", accept)).toBe(1);
    expect(posts).toHaveLength(2);
    expect(JSON.stringify(posts[0])).toBe(JSON.stringify(posts[1]));
  });

  it("leaves one batch to one of many that run together", async () => {
    await seedCast(county);
    await overdue("16:00", CAST.bashir.unitCode, CAST.amina.unitCode);
    const sent = await Promise.all(Array.from({ length: 10 }, () => drain("16:00", accept)));
    expect(sent.reduce((sum, n) => sum + n, 0)).toBe(2);
    expect(posts.flatMap(({ messages }) => messages)).toHaveLength(2);
  });
});

describe("who counts as told", () => {
  it("a report that arrives after the claim is a recovery, for those in the claimed batch alone", async () => {
    await seedCast(county);
    await overdue("16:00", CAST.bashir.unitCode);
    await claimMail(county.deps.db, "b-1", { id: "slow", now: at("16:00"), until: at("16:05") });
    const now = at("16:02");
    await runBatch(county.deps.db, [
      meetObligation(county.deps.db, `daily-report/${DAY}/${CAST.bashir.unitCode}`, {
        metAt: now,
        recordedAt: now,
      }),
    ]);
    const mails = await minute(county, at("16:05").toISOString());
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ["bashir", "【万源市报备】已补办 1 项"],
      ["bashir", "【万源市报备】逾期 1 项"],
    ]);
  });

  it("a contact that was removed or has no address is told nothing and of no recovery", async () => {
    await seedCast(county, ["bashir"]);
    await enter(county, "blank", { unitCode: CAST.bashir.unitCode, email: "" });
    await enter(county, "gone", { unitCode: CAST.bashir.unitCode, email: "gone@sample.example" });
    await overdue("16:00", CAST.bashir.unitCode);
    await runBatch(county.deps.db, [removeContact(county.deps.db, "gone", at("16:00"))]);
    expect(await drain("16:00", accept)).toBe(1);
    expect(await county.deps.db.all(sql`SELECT contact_id AS who, problem FROM outbox ORDER BY 1`)).toEqual([
      { who: "bashir", problem: null },
      { who: "blank", problem: "no-address" },
      { who: "gone", problem: "no-address" },
    ]);
    const told = sql`SELECT a.contact_id AS who FROM alert AS a JOIN outbox AS o ON o.id = outbox_id WHERE state = 'sent'`;
    expect(await county.deps.db.all(told)).toEqual([{ who: "bashir" }]);
  });

  it("a recovery does not go to somebody whose alarm was refused for good", async () => {
    await seedCast(county, ["bashir"]);
    await overdue("16:00", CAST.bashir.unitCode);
    await drain(
      "16:00",
      provider(() => ({ kind: "refused", problem: "http-422" })),
    );
    const now = at("16:10");
    await runBatch(county.deps.db, [
      meetObligation(county.deps.db, `daily-report/${DAY}/${CAST.bashir.unitCode}`, {
        metAt: now,
        recordedAt: now,
      }),
    ]);
    expect(await minute(county, at("16:11").toISOString())).toEqual([]);
  });
});

it("keeps addresses out of the clear: nothing in a dump holds one", async () => {
  await seedCast(county);
  await overdue("16:00", CAST.bashir.unitCode);
  await drainOutbox(county.deps, at("16:00"));
  for (const table of ["contact", "outbox", "outbox_batch", "alert", "dev_mail"]) {
    const rows = await county.deps.db.all(sql.raw(`SELECT * FROM ${table}`));
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/sample\.example|示例bashir/);
  }
});

it("costs an idle minute next to nothing", async () => {
  await seedCast(county);
  zero(county.meter);
  await drain("16:00", accept);
  expect(county.meter.read).toBeLessThanOrEqual(10);
  expect(county.meter.written).toBe(0);
});
