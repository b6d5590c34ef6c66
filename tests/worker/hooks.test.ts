import { sql } from "drizzle-orm";
import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import { recordSent } from "../../src/db/outbox-batch.ts";
import { outboxTag } from "../../src/domain/delivery.ts";
import { CAST, minute, owe, seedCast } from "../support/alarm.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

const SECRET = `whsec_${btoa("test-only-secret-of-24-by")}`;
const OUTBOX = "digest/wave-1/bashir";
const MAIL = "56761188-7520-42d8-8898-ff6fc54ce618";
const at = (clock: string) => new Date(`2026-01-25T${clock}:00+08:00`).getTime();
let county: TestCounty;

beforeEach(async () => {
  county = await openCounty("2026-01-25T16:05:00+08:00", { RESEND_WEBHOOK_SECRET: SECRET });
  await seedCast(county);
});

const event = (type: string, data: Record<string, unknown> = {}) => ({
  type,
  created_at: "2026-01-25T08:02:00.000Z",
  data: {
    email_id: MAIL,
    created_at: "2026-01-25T08:00:05.000Z",
    to: [CAST.bashir.email],
    subject: "示例",
    tags: { outbox: outboxTag(OUTBOX) },
    ...data,
  },
});
const bounced = (type = "Permanent") =>
  event("email.bounced", { bounce: { type, subType: "General", message: `no ${CAST.bashir.email} here` } });

let count = 0;
/** Posts as the provider does: signed, with its own headers. The library has its own clock, so the time is the real one. */
async function post(
  payload: unknown,
  { id = `msg_${++count}`, ago = 0, secret = SECRET, headers = {} as Record<string, string> } = {},
): Promise<Response> {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const time = new Date(Date.now() - ago * 1000);
  return county.fetch("/hooks/resend", {
    method: "POST",
    body,
    headers: {
      "Content-Type": "application/json",
      "svix-id": id,
      "svix-timestamp": String(Math.floor(time.getTime() / 1000)),
      "svix-signature": new Webhook(secret).sign(id, time, body),
      ...headers,
    },
  });
}
const outcomeOf = async (answer: Promise<Response>) => {
  const { status, ...rest } = await answer;
  expect(status).toBe(200);
  return (await (await answer).json<{ outcome: string }>()).outcome ?? rest;
};

/** Bashir's report is overdue, and he was told of it by one message. */
async function tellBashir(
  state = "sent",
  more: { problem?: string; channel?: string } = {},
): Promise<string> {
  const { db } = county.deps;
  const id = await owe(
    county,
    "daily-report",
    CAST.bashir.unitCode,
    "2026-01-25",
    "2026-01-25T00:00:00+08:00",
    "2026-01-25T16:00:00+08:00",
  );
  await db.run(
    sql`UPDATE obligation SET step = 1, version = 1, next_due_at = ${at("16:30")} WHERE id = ${id}`,
  );
  await db.run(
    sql`INSERT INTO outbox_batch (id, state, recorded_at) VALUES ('b-1', 'frozen', ${at("16:00")})`,
  );
  await db.run(sql`
    INSERT INTO outbox (id, kind, channel, contact_id, unit_code, sweep_id, state, problem, ready_at, batch_id, recorded_at)
    VALUES (${OUTBOX}, 'digest', ${more.channel ?? "mail"}, 'bashir', ${CAST.bashir.unitCode}, 'wave-1', ${state},
      ${more.problem ?? null}, ${at("16:00")}, 'b-1', ${at("16:00")})`);
  await db.run(sql`
    INSERT INTO alert (obligation_id, outbox_id, kind, step, contact_id, due_at, recorded_at)
    VALUES (${id}, ${OUTBOX}, 'overdue', 0, 'bashir', ${at("16:00")}, ${at("16:00")})`);
  return id;
}
const message = async () =>
  (
    await county.deps.db.all<Record<string, unknown>>(
      sql`SELECT state, problem, message_id, sent_at, delivered_at FROM outbox WHERE id = ${OUTBOX}`,
    )
  )[0];
const kept = () =>
  county.deps.db.all<Record<string, unknown>>(sql`SELECT * FROM delivery_event ORDER BY recorded_at, id`);
const contact = async () =>
  (
    await county.deps.db.all<Record<string, unknown>>(
      sql`SELECT unreachable_at AS at, unreachable_why AS why FROM contact WHERE id = 'bashir'`,
    )
  )[0];
const climb = async (id: string) =>
  (
    await county.deps.db.all<Record<string, unknown>>(
      sql`SELECT version, next_due_at AS at FROM obligation WHERE id = ${id}`,
    )
  )[0];

describe("a message that arrived", () => {
  it("is delivered, with the moments the provider says, and one event is kept without an address", async () => {
    await tellBashir();
    expect(await outcomeOf(post(event("email.delivered")))).toBe("recorded");
    expect(await message()).toEqual({
      state: "delivered",
      problem: null,
      message_id: MAIL,
      sent_at: new Date("2026-01-25T08:00:05Z").getTime(),
      delivered_at: new Date("2026-01-25T08:02:00Z").getTime(),
    });
    expect(await kept()).toEqual([expect.objectContaining({ kind: "delivered", outbox_id: OUTBOX })]);
    expect(JSON.stringify(await kept())).not.toContain("@");
  });

  it("is told twice, and it counts once", async () => {
    await tellBashir();
    const twice = { id: "msg_same" };
    const answers = await Promise.all([
      post(event("email.delivered"), twice),
      post(event("email.delivered"), twice),
    ]);
    const outcomes = await Promise.all(answers.map((answer) => answer.json<{ outcome: string }>()));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["recorded", "repeated"]);
    expect(await outcomeOf(post(bounced(), twice))).toBe("repeated");
    expect(await message()).toMatchObject({ state: "delivered" });
    expect(await kept()).toHaveLength(1);
  });

  it("before the drainer could write down that it had left: what it writes then takes nothing back", async () => {
    await tellBashir("sending");
    await post(event("email.delivered"));
    await recordSent(county.deps.db, "b-1", [{ id: OUTBOX, messageId: MAIL }], new Date(at("16:06")));
    expect(await message()).toMatchObject({ state: "delivered", message_id: MAIL });
    const [batch] = await county.deps.db.all<{ state: string }>(sql`SELECT state FROM outbox_batch`);
    expect(batch?.state).toBe("sent");
  });

  it("though nobody knew whether it had left is known again", async () => {
    await tellBashir("unknown", { problem: "key-expired" });
    await post(event("email.sent"));
    expect(await message()).toMatchObject({ state: "sent", problem: null });
    await post(event("email.delivered"));
    expect(await message()).toMatchObject({ state: "delivered", problem: null });
  });

  it("late and last as “sent” and “delayed” stays delivered", async () => {
    await tellBashir();
    for (const type of ["email.delivered", "email.sent", "email.delivery_delayed"]) await post(event(type));
    expect(await message()).toMatchObject({ state: "delivered" });
    expect((await kept()).map(({ kind }) => kind).sort()).toEqual(["delayed", "delivered", "sent"]);
  });
});

describe("a message that bounced", () => {
  it("is silence: Bashir's address is given up once, and whoever comes next hears at once", async () => {
    const id = await tellBashir();
    await post(bounced());
    expect(await message()).toMatchObject({ state: "failed", problem: "bounced-permanent" });
    expect(await contact()).toEqual({ at: at("16:05"), why: "bounced-permanent" });
    expect(await climb(id)).toEqual({ version: 2, at: at("16:05") });
    expect((await kept())[0]).toMatchObject({ kind: "bounced", detail: "Permanent/General" });
    // The same again, and worse: nothing is taken again, nothing is given up anew.
    county.setNow("2026-01-25T16:10:00+08:00");
    await post(bounced());
    await post(event("email.complained"));
    expect(await contact()).toEqual({ at: at("16:05"), why: "bounced-permanent" });
    expect(await climb(id)).toEqual({ version: 2, at: at("16:05") });
  });

  it("is heard of by the town with the next sweep, and not half an hour later", async () => {
    await owe(
      county,
      "daily-report",
      CAST.bashir.unitCode,
      "2026-01-25",
      "2026-01-25T00:00:00+08:00",
      "2026-01-25T16:00:00+08:00",
    );
    expect((await minute(county, "2026-01-25T16:05:00+08:00")).map(({ to }) => to)).toEqual(["bashir"]);
    const [told] = await county.deps.db.all<{ id: string }>(sql`SELECT id FROM outbox`);
    await post(
      event("email.bounced", { tags: { outbox: outboxTag(told?.id ?? "") }, bounce: { type: "Permanent" } }),
    );
    expect((await minute(county, "2026-01-25T16:06:00+08:00")).map(({ to }) => to)).toEqual(["li"]);
    // Bashir hears of nothing more until somebody mends the address.
    expect((await minute(county, "2026-01-25T23:00:00+08:00")).map(({ to }) => to)).toEqual(["zhou"]);
  });

  it("for a while only leaves the address in use, and is silence all the same", async () => {
    const id = await tellBashir();
    await post(bounced("Transient"));
    expect(await message()).toMatchObject({ state: "failed", problem: "bounced-transient" });
    expect(await contact()).toEqual({ at: null, why: null });
    expect(await climb(id)).toEqual({ version: 2, at: at("16:05") });
  });

  it("stays failed when “delivered” comes after it, and its moments are kept", async () => {
    await tellBashir();
    await post(bounced());
    await post(event("email.delivered"));
    expect(await message()).toMatchObject({
      state: "failed",
      problem: "bounced-permanent",
      delivered_at: new Date("2026-01-25T08:02:00Z").getTime(),
    });
  });

  it("and one that was never sent to, or that was complained of, reaches nobody any more", async () => {
    const id = await tellBashir("delivered");
    await post(event("email.complained"));
    expect(await message()).toMatchObject({ state: "delivered", problem: "complained" });
    expect(await contact()).toEqual({ at: at("16:05"), why: "complained" });
    expect(await climb(id)).toEqual({ version: 2, at: at("16:05") });
    await post(
      event("email.suppressed", { suppressed: { type: "OnAccountSuppressionList", message: "示例" } }),
    );
    expect(await message()).toMatchObject({ state: "failed", problem: "suppressed" });
  });

  it("in ten events at once ends as the gravest says, and the climb is hurried once", async () => {
    const id = await tellBashir("sending");
    const types = [
      "email.sent",
      "email.delivered",
      "email.delivery_delayed",
      "email.complained",
      "email.failed",
    ];
    await Promise.all([
      ...types.map((type) => post(event(type))),
      ...["Permanent", "Transient"].map((t) => post(bounced(t))),
    ]);
    expect(await message()).toMatchObject({ state: "failed", problem: "bounced-permanent" });
    expect(await kept()).toHaveLength(7);
    expect(await climb(id)).toEqual({ version: 2, at: at("16:05") });
  });
});

describe("Mallory", () => {
  it("who cannot sign is refused, and so is a signature that is old, ahead, for other bytes or not there", async () => {
    await tellBashir();
    const mallory = `whsec_${btoa("another-secret-24-bytes-")}`;
    const body = JSON.stringify(event("email.delivered"));
    const moved = { "svix-id": "msg_other" };
    for (const answer of [
      await post(body, { secret: mallory }),
      await post(body, { ago: 301 }),
      // Its clock goes on while this one is on its way: a second too many would be none too many now and then.
      await post(body, { ago: -330 }),
      await post(body, { headers: moved }),
      await post(body, { headers: { "svix-timestamp": "soon" } }),
      await post(body, { headers: { "svix-signature": "v1" } }),
      await post(body, { headers: { "svix-signature": "v1,%%% v2,x v1," } }),
      await post(body, { headers: { "svix-signature": `v1a,${"A".repeat(44)}` } }),
      await county.fetch("/hooks/resend", { method: "POST", body }),
    ]) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get("Content-Type")).toContain("application/problem+json");
      expect(await answer.json()).toMatchObject({ code: "bad-signature", status: 401 });
    }
    expect(await message()).toMatchObject({ state: "sent" });
    expect(await kept()).toEqual([]);
  });

  it("who replays within the five minutes what he overheard changes nothing", async () => {
    await tellBashir();
    await post(event("email.delivered"), { id: "msg_heard" });
    expect(await outcomeOf(post(event("email.delivered"), { id: "msg_heard", ago: 200 }))).toBe("repeated");
    expect(await kept()).toHaveLength(1);
  });

  it("who sends a megabyte is refused before it is read", async () => {
    const answer = await post("x".repeat(1_000_000));
    expect(answer.status).toBe(413);
  });
});

describe("what is signed and of no use", () => {
  it.each([
    ["no JSON", "{"],
    ["nothing", ""],
    ["a list", "[]"],
    ["null", "null"],
    ["a kind that says nothing of delivery", event("email.opened")],
    ["a kind nobody knows yet", event("email.teleported")],
    ["no tag of ours", event("email.delivered", { tags: { outbox: "!" } })],
    ["a message that is not ours", event("email.bounced", { tags: { outbox: outboxTag("digest/x/y") } })],
  ])(
    "%s is answered with 200, so that it does not come again, and leaves nothing behind",
    async (_, payload) => {
      await tellBashir();
      expect(await outcomeOf(post(payload))).toMatch(/ignored|unknown/);
      expect(await kept()).toEqual([]);
      expect(await message()).toMatchObject({ state: "sent" });
    },
  );

  it("a message of a group's bot is not mail: nothing of it moves", async () => {
    await tellBashir("sent", { channel: "wecom" });
    expect(await outcomeOf(post(event("email.bounced")))).toBe("unknown");
    expect(await message()).toMatchObject({ state: "sent" });
  });
});

describe("the door itself", () => {
  it("takes a post from another site: its key is the signature, not where it comes from", async () => {
    await tellBashir();
    const headers = { Origin: "https://svix.example", "Sec-Fetch-Site": "cross-site" };
    expect((await post(event("email.delivered"), { headers })).status).toBe(200);
    expect((await county.fetch("/hooks/resend")).status).toBe(405);
  });

  it("is closed with a clear word where no secret is set", async () => {
    county = await openCounty("2026-01-25T16:05:00+08:00");
    const answer = await post(event("email.delivered"));
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      code: "hook-closed",
      title: expect.stringContaining("RESEND_WEBHOOK_SECRET"),
    });
  });
});
