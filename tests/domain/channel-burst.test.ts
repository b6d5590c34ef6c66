import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outcome, PostKind } from "../../src/channels/channel.ts";
import type { Message, MessageLine, Tone } from "../../src/channels/messages.ts";
import { PACE_HISTORY, pace } from "../../src/channels/pace.ts";
import { sendPost } from "../../src/channels/post.ts";
import { OBLIGATION_KINDS } from "../../src/domain/ladder.ts";
import { LANGS } from "../../src/forms/define.ts";
import { fakeReceiver, URLS } from "../support/bots.ts";
import { sampleLine, sampleMessage } from "../support/message.ts";
import { BOTS, compose, endpointOf, shown, ZONE } from "../support/posts.ts";

const KINDS = Object.keys(URLS) as PostKind[];
const names = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.constant("太平镇"),
  fc.constant('<@all>"\n\\'),
);
const moments = fc.date({ min: new Date("2026-01-01"), max: new Date("2026-12-31"), noInvalidDate: true });
const SUBJECTS: Partial<Record<MessageLine["kind"], string>> = {
  "daily-report": "2026-01-25",
  cluster: "511781100S01/2026-01-25/cdc",
  "care-role": "WY-0217-4486/grid",
  roster: "511781100/2026-01-26T08:00",
  ticket: "DB-0125-0031/511781100001",
  retention: "2026-02-26/511781100001",
};
const lines: fc.Arbitrary<MessageLine> = fc
  .record(
    {
      kind: fc.constantFrom(...OBLIGATION_KINDS),
      unitName: names,
      dueAt: moments,
      parentName: names,
      about: names,
      metAt: moments,
      again: fc.nat(1000),
      count: fc.record({ silent: fc.nat(1000), of: fc.nat(1000) }),
      told: fc.array(
        fc.record({
          unitName: names,
          at: moments,
          how: fc.constantFrom("sent", "failed", "acknowledged" as const),
        }),
        { maxLength: 12 },
      ),
    },
    { requiredKeys: ["kind", "unitName", "dueAt"] },
  )
  .map((line) => ({ ...line, subjectId: SUBJECTS[line.kind] ?? "WY-0217-4486" }));
const messages: fc.Arbitrary<Message> = fc.record({
  lang: fc.constantFrom(...LANGS),
  countyName: names,
  unitName: names,
  detectedAt: moments,
  sentAt: moments,
  alertLink: fc.constantFrom(undefined, `https://baobei.example/a/${"B".repeat(22)}`),
  groups: fc.array(
    fc.record({
      tone: fc.constantFrom<Tone>("urgent", "overdue", "notice", "recovered"),
      total: fc.nat(100_000),
      lines: fc.array(lines, { maxLength: 50 }),
    }),
    { maxLength: 4 },
  ),
});

describe("whatever there is to tell", () => {
  it("stays within each format's published size, in whole characters, and says how much it left out", () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(Buffer.byteLength(shown("wecom", compose("wecom", message)))).toBeLessThanOrEqual(2048);
        expect(Buffer.byteLength(compose("dingtalk", message).body)).toBeLessThanOrEqual(20_000);
        expect(Buffer.byteLength(compose("feishu", message).body)).toBeLessThanOrEqual(19_800);
        expect(Buffer.byteLength(compose("webhook", message).body)).toBeLessThanOrEqual(20_000);
        for (const kind of BOTS) {
          const text = shown(kind, compose(kind, message));
          expect(text).toBe(Buffer.from(text).toString());
          expect(text).not.toMatch(/<|undefined|NaN|\[object/);
          if (message.alertLink) expect(text.endsWith(message.alertLink)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("counts for the group what its ten lines leave out, fewer where WeCom has no room", () => {
    const of = (unitName: string) =>
      sampleMessage({
        groups: [{ tone: "overdue", total: 500, lines: Array(50).fill(sampleLine({ unitName })) }],
      });
    for (const kind of BOTS) expect(shown(kind, compose(kind, of("示例村")))).toContain("另有 490 项");
    const text = shown("wecom", compose("wecom", of("示例".repeat(60))));
    const told = text.match(/^· /gm)?.length ?? 0;
    expect(told).toBeGreaterThan(1);
    expect(told).toBeLessThan(10);
    expect(text).toContain(`另有 ${500 - told} 项`);
  });

  it("keeps DingTalk and Feishu under their 20 KB when every character takes four bytes", () => {
    const unitName = "𠮷".repeat(300);
    const told = Array.from({ length: 6 }, () => ({ unitName, at: new Date(0), how: "sent" as const }));
    const message = sampleMessage({
      groups: [{ tone: "overdue", total: 10, lines: Array(10).fill(sampleLine({ unitName, told })) }],
    });
    for (const kind of ["dingtalk", "feishu"] as const) {
      const post = compose(kind, message);
      expect(Buffer.byteLength(post.body)).toBeGreaterThan(15_000);
      expect(Buffer.byteLength(post.body)).toBeLessThanOrEqual(kind === "feishu" ? 19_800 : 20_000);
      expect(shown(kind, post)).toMatch(/另有 [1-5] 项/);
    }
  });

  it("gives the same bytes for the same message", () => {
    fc.assert(
      fc.property(messages, fc.constantFrom(...KINDS), (message, kind) => {
        expect(compose(kind, message)).toEqual(compose(kind, structuredClone(message)));
      }),
      { numRuns: 30 },
    );
  });
});

describe("a burst of 500", () => {
  it.each(BOTS)(
    "is taken whole by a bot of %s that counts for itself, and none is throttled",
    async (kind) => {
      let now = Date.parse("2026-01-25T15:59:58+08:00");
      const receiver = fakeReceiver(kind, () => now);
      const history: number[] = [];
      const endpoint = endpointOf(kind);
      for (let sent = 0; sent < 500; sent++) {
        now = pace(kind, history.slice(-PACE_HISTORY), now, ZONE);
        const message = sampleMessage({
          groups: [
            { tone: "overdue", total: 1, lines: [sampleLine({ kind: "tip", subjectId: `T-${sent}` })] },
          ],
        });
        const outcome = await sendPost(kind, endpoint, compose(kind, message), {
          now: new Date(now),
          fetch: receiver.fetch,
          signal: new AbortController().signal,
          allowPrivate: false,
        });
        expect(outcome).toEqual({ kind: "sent", ids: [null] });
        history.push(now);
        now += 40;
      }
      expect(new Set(receiver.taken.map(({ text }) => text.match(/T-\d+/)?.[0])).size).toBe(500);
    },
  );

  it("would be throttled and muted without the pace", async () => {
    for (const kind of BOTS) {
      const now = Date.parse("2026-01-25T16:31:00+08:00");
      const receiver = fakeReceiver(kind, () => now);
      const outcomes: Outcome[] = [];
      for (let sent = 0; sent < 25; sent++)
        outcomes.push(
          await sendPost(kind, endpointOf(kind), compose(kind), {
            now: new Date(now),
            fetch: receiver.fetch,
            signal: new AbortController().signal,
            allowPrivate: false,
          }),
        );
      expect(outcomes.at(-1)).toMatchObject({ kind: "later", throttled: true });
    }
  });
});
