import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutOffOf, dayBefore, lastCutOff, readCutOff } from "../../src/domain/cut-off.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { DAY, momentOf } from "../../src/domain/time.ts";

const zone = "Asia/Shanghai";
const at = (iso: string) => new Date(`${iso}+08:00`);
const now = at("2026-01-27T13:00:00");

describe("a cut-off", () => {
  it("of 24时 is midnight and speaks of the day that ends there", () => {
    expect(cutOffOf(at("2026-01-28T00:00:00"), zone)).toEqual({ date: "2026-01-27", clock: "24:00" });
    expect(cutOffOf(at("2026-01-27T12:00:00"), zone)).toEqual({ date: "2026-01-27", clock: "12:00" });
    expect(cutOffOf(at("2026-01-27T00:00:30"), zone)).toEqual({ date: "2026-01-27", clock: "00:00" });
  });

  it("proposed to Li is the last that has passed", () => {
    expect(lastCutOff(now, zone)).toEqual(at("2026-01-27T12:00:00"));
    expect(lastCutOff(at("2026-01-27T12:00:00"), zone)).toEqual(at("2026-01-27T12:00:00"));
    expect(lastCutOff(at("2026-01-27T11:59:59"), zone)).toEqual(at("2026-01-27T00:00:00"));
    expect(lastCutOff(now, zone, ["18:00"])).toEqual(at("2026-01-26T18:00:00"));
  });

  it("has a today that begins at the same clock of the day before, whatever the moment", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
        const moment = new Date(ms);
        expect(dayBefore(moment, zone).getTime()).toBeLessThan(ms);
        // China had summer time until 1991; since then every day has 24 hours.
        if (ms > Date.UTC(1992, 0)) expect(ms - dayBefore(moment, zone).getTime()).toBe(DAY);
        const { date, clock } = cutOffOf(moment, zone);
        if (ms % 60_000 === 0) expect(momentOf(date, clock, zone)).toEqual(moment);
      }),
    );
  });

  it("is read from a day and one of the usual clocks, or a time of one's own", () => {
    const read = (date: string, clock: string, time = "") =>
      readCutOff({ date, clock, time }, { now, zone, lang: "zh-Hans" });
    expect(read("2026-01-26", "24:00")).toEqual(at("2026-01-27T00:00:00"));
    expect(read("2026-01-27", "12:00", "nonsense")).toEqual(at("2026-01-27T12:00:00"));
    expect(read("2026-01-27", "other", " 9：30 ")).toEqual(at("2026-01-27T09:30:00"));
    const wrong = (...typed: Parameters<typeof read>) => {
      try {
        return read(...typed);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return error.problem.errors?.map(({ path, code }) => `${path} ${code}`);
      }
    };
    expect(wrong("2026-02-30", "12:00")).toEqual(["date no-such-day"]);
    expect(wrong("", "other", "25:00")).toEqual(["date no-such-day", "time no-such-time"]);
    expect(wrong("2026-01-27", "other", "24:01")).toEqual(["time no-such-time"]);
    expect(wrong("2026-01-27", "18:00")).toEqual(["date future"]);
  });
});
