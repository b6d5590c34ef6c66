import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  DAY,
  HOUR,
  isDate,
  localClock,
  localDate,
  MINUTE,
  momentOf,
} from "../../src/domain/time.ts";

const ZONES = [
  "Asia/Shanghai",
  "UTC",
  "America/New_York",
  "Europe/London",
  "Australia/Lord_Howe", // half an hour of summer time
  "Asia/Kathmandu",
  "America/St_Johns",
  "Pacific/Apia", // a day that was left out
];
const zones = fc.constantFrom(...ZONES);
/** Whole minutes from 2000 to 2039. */
const moments = fc
  .integer({ min: Date.UTC(2000, 0, 1) / MINUTE, max: Date.UTC(2039, 11, 31) / MINUTE })
  .map((minutes) => new Date(minutes * MINUTE));
const days = fc.integer({ min: 0, max: 60_000 }).map((count) => addDays("1950-01-01", count));

describe("a moment and its local day and clock", () => {
  it("name each other; where the clock is turned back they name the earlier", () => {
    fc.assert(
      fc.property(moments, zones, (at, zone) => {
        const again = momentOf(localDate(at, zone), localClock(at, zone), zone);
        expect(localDate(again, zone)).toBe(localDate(at, zone));
        expect(localClock(again, zone)).toBe(localClock(at, zone));
        const back = at.getTime() - again.getTime();
        expect([0, HOUR / 2, HOUR]).toContain(back);
      }),
      { numRuns: 500 },
    );
  });

  it("never run backwards within a day, whatever the zone does that night", () => {
    const clocks = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(days, clocks, clocks, zones, (date, a, b, zone) => {
        const clock = (minutes: number) =>
          `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
        const [first, second] = [Math.min(a, b), Math.max(a, b)].map((minutes) =>
          momentOf(date, clock(minutes), zone),
        );
        // A gap pushes what it swallows to the later side, so it may pass the minutes after it by the gap at most.
        expect((second?.getTime() ?? 0) - (first?.getTime() ?? 0)).toBeGreaterThanOrEqual(-HOUR);
      }),
    );
  });

  it("take 24:00 as 00:00 of the next day", () => {
    fc.assert(
      fc.property(days, zones, (date, zone) => {
        expect(momentOf(date, "24:00", zone)).toEqual(momentOf(addDays(date, 1), "00:00", zone));
      }),
    );
  });

  it("are eight hours ahead of UTC in Shanghai", () => {
    expect(momentOf("2020-01-28", "16:00", "Asia/Shanghai").toISOString()).toBe("2020-01-28T08:00:00.000Z");
    expect(localDate(new Date("2020-01-27T16:00:00Z"), "Asia/Shanghai")).toBe("2020-01-28");
    expect(localClock(new Date("2020-01-27T16:00:59.999Z"), "Asia/Shanghai")).toBe("00:00");
  });

  it.each([
    ["in New York's gap", "America/New_York", "2020-03-08", "02:30", "2020-03-08T07:30:00.000Z"],
    ["in New York's overlap", "America/New_York", "2020-11-01", "01:30", "2020-11-01T05:30:00.000Z"],
    [
      "in Lord Howe's half-hour gap",
      "Australia/Lord_Howe",
      "2020-10-04",
      "02:15",
      "2020-10-03T15:45:00.000Z",
    ],
    ["in London's overlap", "Europe/London", "2020-10-25", "01:15", "2020-10-25T00:15:00.000Z"],
    ["after Apia's missing day", "Pacific/Apia", "2011-12-31", "01:00", "2011-12-30T11:00:00.000Z"],
  ])("are the later one in a gap and the earlier in an overlap: %s", (_, zone, date, clock, expected) => {
    expect(momentOf(date, clock, zone).toISOString()).toBe(expected);
  });
});

describe("days", () => {
  it("add up, over month ends and leap days", () => {
    const count = fc.integer({ min: -40_000, max: 40_000 });
    fc.assert(
      fc.property(days, count, count, (date, a, b) => {
        expect(addDays(addDays(date, a), b)).toBe(addDays(date, a + b));
        expect(addDays(addDays(date, a), -a)).toBe(date);
        expect((Date.parse(addDays(date, a)) - Date.parse(date)) / DAY).toBe(a);
        expect(isDate(addDays(date, a))).toBe(true);
      }),
    );
  });
  it.each([
    ["2020-01-31", 1, "2020-02-01"],
    ["2020-02-28", 1, "2020-02-29"],
    ["2020-02-29", 1, "2020-03-01"],
    ["2019-02-28", 1, "2019-03-01"],
    ["2020-02-15", 14, "2020-02-29"],
    ["2019-12-31", 1, "2020-01-01"],
    ["2020-03-01", -1, "2020-02-29"],
  ])("%s and %i is %s", (date, count, expected) => expect(addDays(date, count)).toBe(expected));

  it("exist or do not", () => {
    for (const date of ["2020-02-29", "2000-02-29", "2020-12-31"]) expect(isDate(date)).toBe(true);
    for (const date of [
      "2019-02-29",
      "1900-02-29",
      "2020-02-30",
      "2020-04-31",
      "2020-13-01",
      "2020-00-10",
      "2020-1-1",
      "20200101",
      "2020-01-01T00:00",
      "",
      "２０２０-01-01",
    ])
      expect(isDate(date), date).toBe(false);
  });

  it("that a calendar would not hold are refused, whichever they are", () => {
    const part = (max: number) =>
      fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, "0"));
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2100 }), part(14), part(33), (year, month, day) => {
        const length = new Date(Date.UTC(year, Number(month), 0)).getUTCDate();
        const real = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= length;
        expect(isDate(`${year}-${month}-${day}`)).toBe(real);
      }),
    );
  });
});

it("the README's line for the cron means 16:01 tomorrow in Shanghai, whatever the zone of the host", () => {
  const [, line = ""] = /node -p '([^']+)'\)\n/.exec(readFileSync("README.md", "utf8")) ?? [];
  for (const TZ of ["UTC", "America/New_York", "Pacific/Auckland"]) {
    const before = new Date();
    const said = Number(execFileSync(process.execPath, ["-p", line], { env: { ...process.env, TZ } }));
    const meant = [before, new Date()].map((now) =>
      momentOf(addDays(localDate(now, "Asia/Shanghai"), 1), "16:01", "Asia/Shanghai").getTime(),
    );
    expect(meant).toContain(said);
  }
});
