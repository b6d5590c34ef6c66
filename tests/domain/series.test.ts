import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Change, gather, knownUntil, readBuckets, stepOf } from "../../src/domain/series.ts";
import { HOUR, localClock, localDate } from "../../src/domain/time.ts";

const bucketsOf = (
  asked: { by?: string; from?: string; to?: string },
  zone = "Asia/Shanghai",
  asOf = "2026-01-25T10:00:00Z",
) => readBuckets(asked, { asOf: new Date(asOf), zone, lang: "en" }).buckets;

describe("buckets", () => {
  it("of a week when clocks go forward are seven local days, one of them 23 hours", () => {
    const days = bucketsOf({ from: "2026-03-26", to: "2026-04-02" }, "Europe/Berlin");
    expect(days.map(({ from, to }) => (to.getTime() - from.getTime()) / HOUR)).toEqual([
      24, 24, 24, 23, 24, 24, 24,
    ]);
    expect(stepOf(days)).toBe(HOUR);
    expect(days.map(({ from }) => localClock(from, "Europe/Berlin"))).toEqual(days.map(() => "00:00"));
  });

  it("of the day when clocks go back are 25 hours", () => {
    expect(bucketsOf({ by: "hour", from: "2026-10-25", to: "2026-10-26" }, "Europe/Berlin")).toHaveLength(25);
  });

  it("follow each other without a gap, in any zone, up to the moment asked for", () => {
    const zone = fc.constantFrom(
      ...["Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"],
    );
    const moment = fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(zone, moment, fc.constantFrom("day", "hour"), (where, asOf, by) => {
        const buckets = bucketsOf({ by }, where, asOf.toISOString());
        for (const [at, { from, to, date }] of buckets.entries()) {
          expect(from < to).toBe(true);
          expect(localDate(from, where)).toBe(date);
          if (at > 0) expect(from).toEqual(buckets[at - 1]?.to);
        }
        const last = buckets.at(-1);
        expect(last && last.from < asOf && asOf <= last.to).toBe(true);
      }),
    );
  });

  it("hold every change once: those before the first, and each in its own", () => {
    const days = bucketsOf({ from: "2026-03-26", to: "2026-04-02" }, "Europe/Berlin");
    const start = days[0]?.from.getTime() ?? 0;
    const moment = fc.integer({ min: start - 48 * HOUR, max: start + 167 * HOUR });
    fc.assert(
      fc.property(fc.array(moment), (moments) => {
        const changes: Change[] = moments.map((at) => ({
          bin: at <= start ? 0 : Math.ceil((at - start) / stepOf(days)),
          n: 1,
        }));
        const { before, changed, levels } = gather(changes, days);
        expect(before).toBe(moments.filter((at) => at <= start).length);
        expect(changed).toEqual(
          days.map(({ from, to }) => moments.filter((at) => at > +from && at <= +to).length),
        );
        expect(levels.at(-1)).toBe(moments.length);
      }),
    );
  });

  it("say nothing of what has not begun, or ended before the unit was there", () => {
    const [day] = bucketsOf({ from: "2026-01-24", to: "2026-01-25" });
    if (!day) throw new Error("no day");
    const later = new Date(day.to.getTime() + 1);
    expect(knownUntil(day, { asOf: later, since: day.from })).toEqual(day.to);
    expect(knownUntil(day, { asOf: new Date(+day.from + 1), since: day.from })).toEqual(
      new Date(+day.from + 1),
    );
    expect(knownUntil(day, { asOf: day.from, since: day.from })).toBeNull();
    expect(knownUntil(day, { asOf: later, since: later })).toBeNull();
  });
});
