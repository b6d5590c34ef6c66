import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";
import { sendPost } from "../../src/channels/post.ts";
import { fakeReceiver, SECRETS, URLS } from "../support/bots.ts";
import { sampleLine, sampleMessage } from "../support/message.ts";
import { type Asked, compose, endpointOf, NOW, sendTo } from "../support/posts.ts";

describe("a webhook", () => {
  it("is verified by its receiver with the library, at every attempt under the same id", async () => {
    vi.useFakeTimers({ now: NOW });
    try {
      const post = compose("webhook");
      const receiver = fakeReceiver("webhook", () => Date.now());
      const send = () =>
        sendPost("webhook", endpointOf("webhook"), post, {
          now: new Date(),
          fetch: receiver.fetch,
          signal: new AbortController().signal,
          allowPrivate: false,
        });
      expect(await send()).toEqual({ kind: "sent", ids: [null] });
      vi.advanceTimersByTime(3_600_000);
      expect(await send()).toEqual({ kind: "sent", ids: [null] });
      expect(receiver.taken.map(({ id }) => id)).toEqual(["digest/S1/C1", "digest/S1/C1"]);
      expect(receiver.taken[0]?.text).toBe(receiver.taken[1]?.text);
    } finally {
      vi.useRealTimers();
    }
  });

  it("is not verified when Mallory changes a byte, or with another secret", async () => {
    const { asked } = await sendTo(() => new Response(), "webhook", { now: new Date() });
    const { headers, body } = asked[0] as Asked;
    const library = new Webhook(SECRETS.webhook);
    expect(library.verify(body, headers)).toMatchObject({ type: "baobei.alert" });
    expect(() => library.verify(body.replace("overdue", "0verdue"), headers)).toThrow(
      "No matching signature",
    );
    const other = new Webhook(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);
    expect(() => other.verify(body, headers)).toThrow("No matching signature");
  });

  it("says as data what the mail says in words", () => {
    const told = [
      { unitName: "石塘村", at: new Date("2026-01-25T16:00:00+08:00"), how: "delivered" as const },
    ];
    const line = sampleLine({ again: 2, told, count: { silent: 27, of: 30 } });
    const { body } = compose(
      "webhook",
      sampleMessage({ groups: [{ tone: "overdue", total: 60, lines: [line] }] }),
    );
    expect(JSON.parse(body)).toEqual({
      type: "baobei.alert",
      timestamp: "2026-01-25T08:31:00.000Z",
      data: {
        lang: "zh-Hans",
        county: "万源市",
        unit: "太平镇",
        detectedAt: "2026-01-25T08:30:00.000Z",
        sentAt: "2026-01-25T08:31:00.000Z",
        link: "https://baobei.example/a/BBBBBBBBBBBBBBBBBBBBBB",
        counts: { urgent: 0, overdue: 60, notice: 0, recovered: 0 },
        groups: [
          {
            tone: "overdue",
            total: 60,
            lines: [
              {
                kind: "daily-report",
                subject: "2026-01-25",
                unit: "示例二社区",
                parent: "太平镇",
                dueAt: "2026-01-25T08:00:00.000Z",
                reminder: 2,
                silent: 27,
                of: 30,
                told: [{ unit: "石塘村", at: "2026-01-25T08:00:00.000Z", how: "delivered" }],
              },
            ],
          },
        ],
      },
    });
  });

  it("goes to nobody without a secret that signs", async () => {
    for (const secret of [undefined, "whsec_short", "plain"]) {
      const { outcome, asked } = await sendTo(() => new Response(), "webhook", {
        endpoint: { url: URLS.webhook, secret },
      });
      expect(outcome.kind).toBe("refused");
      expect(asked).toEqual([]);
    }
  });

  it.each([
    [200, { kind: "sent", ids: [null] }],
    [204, { kind: "sent", ids: [null] }],
    [400, { kind: "refused", problem: "http-400" }],
    [401, { kind: "refused", problem: "http-401" }],
    [404, { kind: "refused", problem: "http-404" }],
    [410, { kind: "refused", problem: "http-410" }],
    [408, { kind: "later", problem: "http-408" }],
    [409, { kind: "later", problem: "http-409" }],
    [425, { kind: "later", problem: "http-425" }],
    [429, { kind: "later", problem: "http-429", throttled: true }],
    [500, { kind: "later", problem: "http-500" }],
    [502, { kind: "later", problem: "http-502" }],
    [504, { kind: "later", problem: "http-504" }],
    [301, { kind: "refused", problem: "redirect" }],
    [307, { kind: "refused", problem: "redirect" }],
    [304, { kind: "refused", problem: "redirect" }],
  ])("answered with %i: %o", async (status, expected) => {
    expect((await sendTo(() => new Response(null, { status }), "webhook")).outcome).toEqual(expected);
  });

  it.each([
    ["120", 120],
    ["Sun, 25 Jan 2026 08:33:00 GMT", 120],
    ["999999999", 3600],
    ["0", undefined],
    ["-5", undefined],
    ["soon", undefined],
    ["Sun, 25 Jan 2026 08:00:00 GMT", undefined],
  ])("is held back as long as it is asked to be, an hour at most: %s", async (text, seconds) => {
    for (const status of [429, 503]) {
      const { outcome } = await sendTo(
        () => new Response(null, { status, headers: { "retry-after": text } }),
        "webhook",
      );
      expect((outcome as { retryAfterSeconds?: number }).retryAfterSeconds).toBe(seconds);
    }
  });
});
