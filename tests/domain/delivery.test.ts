import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DELIVERY_KINDS,
  follow,
  outboxTag,
  readEvent,
  type Standing,
  taggedOutbox,
  unheardOf,
  unreachable,
} from "../../src/domain/delivery.ts";

const NOW = new Date("2026-01-25T16:35:00+08:00");
const OUTBOX = "digest/7e57c11e-0000-4000-8000-000000000001/bashir";
const event = (type: string, data: Record<string, unknown> = {}) => ({
  type,
  created_at: "2026-01-25T08:31:00.000Z",
  data: {
    email_id: "56761188-7520-42d8-8898-ff6fc54ce618",
    created_at: "2026-01-25T08:30:02.000Z",
    to: ["bashir@sample.example"],
    subject: "示例",
    tags: { outbox: outboxTag(OUTBOX) },
    ...data,
  },
});
const sending: Standing = { state: "sending", problem: null };

describe("an event of the provider", () => {
  it("is read for what it says of a message, and its addresses and sentences are left behind", () => {
    const bounce = { type: "Permanent", subType: "General", message: "550 no bashir@sample.example here" };
    const read = readEvent(event("email.bounced", { bounce }), NOW);
    expect(read).toEqual({
      kind: "bounced",
      outboxId: OUTBOX,
      messageId: "56761188-7520-42d8-8898-ff6fc54ce618",
      detail: "Permanent/General",
      occurredAt: new Date("2026-01-25T16:31:00+08:00"),
      acceptedAt: new Date("2026-01-25T16:30:02+08:00"),
    });
    expect(JSON.stringify(read)).not.toContain("@");
  });

  it("takes its tag from either shape, and an hour ahead of us is now", () => {
    const tags = [
      { name: "other", value: "x" },
      { name: "outbox", value: outboxTag(OUTBOX) },
    ];
    const early = { ...event("email.delivered", { tags }), created_at: "2026-01-25T10:00:00Z" };
    expect(readEvent(early, NOW)).toMatchObject({ kind: "delivered", outboxId: OUTBOX, occurredAt: NOW });
  });

  it("of another kind, or about a message that is not ours, is none", () => {
    for (const type of ["email.opened", "email.clicked", "contact.created", "toString", ""])
      expect(readEvent(event(type), NOW), type).toBeUndefined();
    for (const tags of [
      undefined,
      null,
      {},
      { outbox: "" },
      { outbox: "%%" },
      { outbox: 7 },
      [],
      [null],
      "x",
    ])
      expect(readEvent(event("email.sent", { tags }), NOW)).toBeUndefined();
  });

  it("may be anything at all: it is read or it is none", () => {
    const like = fc.record({
      type: fc.constantFrom("email.bounced", "email.failed", "email.suppressed", "email.delivered"),
      created_at: fc.anything(),
      data: fc.record({
        tags: fc.constant({ outbox: outboxTag(OUTBOX) }),
        email_id: fc.anything(),
        created_at: fc.anything(),
        bounce: fc.anything(),
        failed: fc.anything(),
        suppressed: fc.anything(),
      }),
    });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), like), (payload) => {
        const read = readEvent(payload, NOW);
        if (!read) return;
        expect(read.occurredAt.getTime()).toBeLessThanOrEqual(NOW.getTime());
        expect(read.detail ?? "").toMatch(/^[A-Za-z0-9_-]*(\/[A-Za-z0-9_-]+)?$/);
      }),
    );
  });
});

describe("what became of a message", () => {
  it.each([
    ["sent", undefined, { state: "sent", problem: null }],
    ["delayed", undefined, { state: "sent", problem: null }],
    ["delivered", undefined, { state: "delivered", problem: null }],
    ["complained", undefined, { state: "delivered", problem: "complained" }],
    ["bounced", "Permanent/General", { state: "failed", problem: "bounced-permanent" }],
    ["bounced", "Transient/MailboxFull", { state: "failed", problem: "bounced-transient" }],
    ["bounced", "Undetermined/Undetermined", { state: "failed", problem: "bounced-transient" }],
    ["bounced", undefined, { state: "failed", problem: "bounced-transient" }],
    ["failed", "reached_daily_quota", { state: "failed", problem: "failed" }],
    ["suppressed", undefined, { state: "failed", problem: "suppressed" }],
  ] as const)("%s (%s)", (kind, detail, standing) => {
    expect(follow(sending, { kind, ...(detail ? { detail } : {}) })).toEqual(standing);
  });

  it("is known after all where the house had given up knowing", () => {
    const unknown = { state: "unknown", problem: "key-expired" };
    expect(follow(unknown, { kind: "delivered" })).toEqual({ state: "delivered", problem: null });
    expect(follow({ state: "failed", problem: "http-422" }, { kind: "sent" })).toEqual({
      state: "sent",
      problem: null,
    });
  });

  it("never goes back: delivered stays delivered when “sent” comes late, bounced stays bounced", () => {
    expect(follow({ state: "delivered", problem: null }, { kind: "sent" }).state).toBe("delivered");
    expect(follow({ state: "delivered", problem: null }, { kind: "delayed" }).state).toBe("delivered");
    const bounced = { state: "failed", problem: "bounced-permanent" };
    expect(follow(bounced, { kind: "delivered" })).toEqual(bounced);
  });

  it("that never left does not move", () => {
    for (const state of ["ready", "cancelled", "merged"])
      for (const kind of DELIVERY_KINDS)
        expect(follow({ state, problem: null }, { kind })).toEqual({ state, problem: null });
  });

  it("is the same in whatever order its events come, and however often", () => {
    const one = fc.record({
      kind: fc.constantFrom(...DELIVERY_KINDS),
      detail: fc.constantFrom("Permanent/General", "Transient/General", ""),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (events, picks) => {
        const shuffled = [...events, ...events.slice(0, 3)]
          .map((each) => ({ each, at: picks.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        const end = (list: typeof events) => list.reduce<Standing>(follow, sending);
        expect(end(shuffled)).toEqual(end(events));
      }),
    );
  });

  it("gives an address up for a permanent bounce, a complaint or a suppression, and for nothing less", () => {
    const given = DELIVERY_KINDS.filter((kind) =>
      unreachable(follow(sending, { kind, detail: "Permanent/General" })),
    );
    expect(given).toEqual(["bounced", "complained", "suppressed"]);
    const soft = follow(sending, { kind: "bounced", detail: "Transient/General" });
    expect([unreachable(soft), unheardOf(soft)]).toEqual([false, true]);
    expect(unheardOf(follow(sending, { kind: "delivered" }))).toBe(false);
  });
});

it("a message's id goes through a tag and back, in what a tag may hold", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 120, unit: "binary-ascii" }), (id) => {
      const tag = outboxTag(id);
      expect(tag).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
      expect(taggedOutbox(tag)).toBe(id);
    }),
  );
  expect(taggedOutbox(outboxTag("示例"))).toBe("示例");
  expect(taggedOutbox(`${outboxTag(OUTBOX)}=`)).toBeUndefined();
});
