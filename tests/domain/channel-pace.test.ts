import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PostKind } from "../../src/channels/channel.ts";
import { PACE_HISTORY, PACES, pace } from "../../src/channels/pace.ts";
import { HOUR, localClock, MINUTE } from "../../src/domain/time.ts";

const KINDS = Object.keys(PACES) as PostKind[];
const ZONE = "Asia/Shanghai";
const zones = fc.constantFrom(ZONE, "UTC", "Asia/Kolkata", "Asia/Kathmandu", "America/New_York");
const starts = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });

/** The moments at which a bot hears of 500 posts that are all ready at `start`, the n-th `lasts(n)` ms after it left. */
function burst(
  kind: PostKind,
  start: number,
  zone: string,
  lasts: (n: number) => number = () => 0,
): number[] {
  const began: number[] = [];
  const heard: number[] = [];
  let now = start;
  while (began.length < 500) {
    now = pace(kind, began.slice(-PACE_HISTORY), now, zone);
    began.push(now);
    now += lasts(began.length);
    heard.push(now);
  }
  return heard;
}

/** The most posts in any window of `ms`, however it lies. */
const most = (moments: number[], ms: number) =>
  Math.max(...moments.map((at, place) => moments.slice(place).filter((other) => other < at + ms).length));

describe("the pace of a burst of 500", () => {
  it.each(KINDS)("keeps every published limit of %s in any window, and ends", (kind) => {
    fc.assert(
      fc.property(starts, zones, fc.array(fc.nat(5000), { minLength: 1 }), (start, zone, lasts) => {
        const left = burst(kind, start, zone);
        for (const { count, ms } of PACES[kind].limits) expect(most(left, ms)).toBeLessThanOrEqual(count);
        // The slowest has 20 a minute: 25 windows.
        expect((left.at(-1) ?? 0) - start).toBeLessThan(26 * (MINUTE + 5000));
        expect(left).toEqual(left.toSorted((a, b) => a - b));
        // On a slow line too, where the first of a minute may be heard late and the next one at once.
        const heard = burst(kind, start, zone, (n) => lasts[n % lasts.length] ?? 0);
        expect(most(heard, MINUTE)).toBeLessThanOrEqual(PACES[kind].limits[0]?.count ?? 0);
      }),
      { numRuns: 25 },
    );
  });

  it("keeps Feishu's bots clear of the full and the half hour, as local clocks show them", () => {
    fc.assert(
      fc.property(starts, zones, (start, zone) => {
        for (const at of burst("feishu", start, zone))
          expect(localClock(new Date(at), zone)).not.toMatch(/:[03]0$/);
      }),
      { numRuns: 25 },
    );
  });

  it("lets nobody wait who need not", () => {
    const now = Date.parse("2026-01-25T16:00:30+08:00");
    for (const kind of ["webhook", "wecom", "dingtalk"] as const) expect(pace(kind, [], now, ZONE)).toBe(now);
    expect(pace("feishu", [], now, ZONE)).toBe(Date.parse("2026-01-25T16:01:00+08:00"));
    expect(pace("feishu", [], now + MINUTE, ZONE)).toBe(now + MINUTE);
    expect(pace("wecom", Array(19).fill(now), now, ZONE)).toBe(now);
    expect(pace("wecom", Array(20).fill(now - HOUR), now, ZONE)).toBe(now);
  });

  it("waits for the oldest of twenty to be more than a minute old: DingTalk mutes a bot for ten", () => {
    const now = Date.parse("2026-01-25T16:05:00+08:00");
    const history = Array.from({ length: 20 }, (_, at) => now - 40_000 + at * 1000);
    expect(pace("dingtalk", history, now, ZONE)).toBe(now + 25_000);
  });

  it("stands no longer than a window when a clock was set back", () => {
    const now = Date.parse("2026-01-25T16:05:00+08:00");
    expect(pace("wecom", Array(500).fill(now + 6 * HOUR), now, ZONE)).toBe(now + MINUTE + 5000);
  });
});
