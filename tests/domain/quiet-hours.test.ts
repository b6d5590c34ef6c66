import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUrgent, leavesAt } from "../../src/domain/quiet-hours.ts";
import { DAY } from "../../src/domain/time.ts";

const ZONE = "Asia/Shanghai";
const leaves = (clock: string, quiet?: string) =>
  leavesAt(new Date(`2026-01-25T${clock}:00+08:00`), quiet, ZONE).toISOString();

describe("quiet hours", () => {
  it("hold a message until they end, across midnight too", () => {
    expect(leaves("23:00", "22:00-06:30")).toBe("2026-01-25T22:30:00.000Z");
    expect(leaves("05:00", "22:00-06:30")).toBe("2026-01-24T22:30:00.000Z");
    expect(leaves("13:10", "12:30-14:00")).toBe("2026-01-25T06:00:00.000Z");
  });

  it("begin with their first minute and are over with their last", () => {
    expect(leaves("21:59", "22:00-06:30")).toBe("2026-01-25T13:59:00.000Z");
    expect(leaves("22:00", "22:00-06:30")).toBe("2026-01-25T22:30:00.000Z");
    expect(leaves("06:30", "22:00-06:30")).toBe("2026-01-24T22:30:00.000Z");
  });

  it("are none where none are set, or where they begin as they end", () => {
    expect(leaves("23:00")).toBe("2026-01-25T15:00:00.000Z");
    expect(leaves("23:00", "23:00-23:00")).toBe("2026-01-25T15:00:00.000Z");
  });

  it("never keep a message a day, nor send it into the past, in any zone", () => {
    const clock = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`);
    fc.assert(
      fc.property(
        ...([fc.integer({ min: 1767225600000, max: 1798761600000 }), clock, clock] as const),
        fc.constantFrom("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
        (at, from, to, zone) => {
          const leaving = leavesAt(new Date(at), `${from}-${to}`, zone).getTime();
          expect(leaving).toBeGreaterThanOrEqual(at);
          expect(leaving - at).toBeLessThanOrEqual(DAY + DAY / 24);
        },
      ),
    );
  });

  it("wake people for a tip, a fever and a cluster, and for nothing else", () => {
    expect(["tip", "response", "cluster"].every((kind) => isUrgent(kind as "tip"))).toBe(true);
    expect(
      ["daily-report", "registration", "follow-up", "release", "care-role", "roster"].some((kind) =>
        isUrgent(kind as "tip"),
      ),
    ).toBe(false);
  });
});
