import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, inject, it } from "vitest";
import type { Channel, Mail } from "../../src/channels/channel.ts";
import { resendChannel } from "../../src/channels/resend.ts";
import { addContact } from "../../src/db/contact.ts";
import { runBatch } from "../../src/db/store.ts";
import { outboxTag } from "../../src/domain/delivery.ts";
import { MINUTE } from "../../src/domain/time.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { CAST, owe } from "../support/alarm.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/*
 * The real SDK against a Resend emulator, over a line that breaks six posts in ten.
 */
const server = inject("mailServer");
const KEY = "re_sample_key";
const now = () => AbortSignal.timeout(10_000);
const mail = (id: string, more: Partial<Mail> = {}): Mail => ({
  id,
  from: "Baobei <alarm@baobei.example>",
  to: `${id}@sample.example`,
  subject: "示例",
  text: "示例",
  html: "<p>示例</p>",
  ...more,
});

type Received = { id: string; to: string[]; subject: string; text: string; tags: object[] };
/** What the emulator took, oldest first. */
async function received(): Promise<Received[]> {
  const answer = await fetch(`${server}/calm/emails`, { headers: { Authorization: `Bearer ${KEY}` } });
  return (await answer.json<{ data: Received[] }>()).data;
}

describe("one post", () => {
  const calm = resendChannel(KEY, `${server}/calm`);

  it("answers the same ids to the same key and bytes, and takes the messages once", async () => {
    const batch = { key: "batch/one", messages: [mail("amina"), mail("bashir")] };
    const first = await calm.send(batch, now());
    expect(first).toMatchObject({ kind: "sent", ids: [expect.any(String), expect.any(String)] });
    expect(await calm.send(batch, now())).toEqual(first);
    expect((await received()).filter(({ to }) => to[0] === "amina@sample.example")).toHaveLength(1);
  });

  it("carries the tag by which its events find it", async () => {
    await calm.send(
      { key: "batch/tag", messages: [mail("digest/wave/dawa", { to: "dawa@sample.example" })] },
      now(),
    );
    const [taken] = (await received()).filter(({ to }) => to[0] === "dawa@sample.example");
    expect(taken?.tags).toEqual([{ name: "outbox", value: outboxTag("digest/wave/dawa") }]);
  });

  it("is unknown when the key was used for other bytes", async () => {
    await calm.send({ key: "batch/two", messages: [mail("li")] }, now());
    expect(await calm.send({ key: "batch/two", messages: [mail("zhou")] }, now())).toEqual({
      kind: "unknown",
      problem: "key-taken",
    });
  });

  it("is refused when a message cannot be taken, and none of the batch is", async () => {
    const before = (await received()).length;
    const outcome = await calm.send(
      { key: "batch/three", messages: [mail("wu"), mail("wu2", { subject: "" })] },
      now(),
    );
    expect(outcome).toEqual({ kind: "refused", problem: "http-422" });
    expect(await received()).toHaveLength(before);
  });

  it("gives up on a server that never answers, without throwing", async () => {
    const hanging = resendChannel(KEY, `${server}/hang`);
    expect(
      await hanging.send({ key: "batch/four", messages: [mail("chen")] }, AbortSignal.timeout(200)),
    ).toEqual({
      kind: "later",
      problem: "no-answer",
    });
  });
});

describe("a county's mail over a broken line", () => {
  const CONTACTS = 75;
  const MINUTES = 40;
  let county: TestCounty;

  beforeEach(async () => {
    county = await openCounty("2026-01-25T10:00:00+08:00", {
      RESEND_API_KEY: KEY,
      RESEND_BASE_URL: `${server}/faulty`,
    });
    await seedUnits(county);
    const statements = Array.from({ length: CONTACTS }, async (_, at) => {
      const { statement } = await addContact(county.deps, {
        id: `c${at}`,
        unitCode: CAST.bashir.unitCode,
        role: "contact",
        lang: "zh-Hans",
        name: "示例",
        email: `contact-${at}@broken.example`,
        recordedAt: new Date(0),
      });
      return { statement };
    });
    await runBatch(
      county.deps.db,
      (await Promise.all(statements)).map(({ statement }) => statement),
    );
  });

  it(`loses none and doubles none of ${CONTACTS * MINUTES} messages, though drainers die and run side by side`, async () => {
    const { deps } = county;
    const real = resendChannel(KEY, `${server}/faulty`);
    let posts = 0;
    let broken = 0;
    const mortal: Channel = {
      name: "mortal",
      async send(batch, signal) {
        const outcome = await real.send(batch, signal);
        posts += 1;
        if (outcome.kind === "later") broken += 1;
        if (posts % 9 === 0) throw new Error("the isolate is gone after its post");
        return outcome;
      },
    };
    const start = new Date("2026-01-25T10:00:00+08:00").getTime();
    let minutes = 0;
    for (; minutes < 600; minutes++) {
      const clock = new Date(start + minutes * MINUTE);
      if (minutes < MINUTES) {
        const due = new Date(start + 24 * 60 * MINUTE).toISOString();
        await owe(
          county,
          "registration",
          CAST.bashir.unitCode,
          `WY-0000-${minutes}`,
          clock.toISOString(),
          due,
        );
        await sweepOverdue(deps, clock);
      }
      await Promise.allSettled([
        drainOutbox(deps, clock, { channel: mortal }),
        drainOutbox(deps, clock, { channel: mortal }),
      ]);
      const [left] = await deps.db.all<{ n: number }>(
        sql`SELECT count(*) AS n FROM outbox WHERE state IN ('ready', 'sending')`,
      );
      if (minutes >= MINUTES && left?.n === 0) break;
    }

    const rows = await deps.db.all<{ state: string; messageId: string | null }>(
      sql`SELECT state, message_id AS messageId FROM outbox`,
    );
    const mails = (await received()).filter(({ to }) => to[0]?.endsWith("@broken.example"));
    expect(rows).toHaveLength(CONTACTS * MINUTES);
    expect(rows.filter(({ state }) => state !== "sent")).toEqual([]);
    expect(mails).toHaveLength(CONTACTS * MINUTES);
    expect(new Set(mails.map(({ to, text }) => `${to} ${text}`)).size).toBe(CONTACTS * MINUTES);
    // What the county has on record is what the provider has.
    expect(new Set(rows.map(({ messageId }) => messageId))).toEqual(new Set(mails.map(({ id }) => id)));
    expect(broken / posts).toBeGreaterThan(0.5);
  });
});
