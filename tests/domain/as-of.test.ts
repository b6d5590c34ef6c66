import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, localIso, quarterOf, readAsOf } from "../../src/domain/as-of.ts";
import { ProblemError } from "../../src/domain/problem.ts";

const zone = "Asia/Shanghai";
const now = new Date("2026-01-25T18:00:00+08:00");
const read = (text: string) => readAsOf(text, { now, lang: "en" });

describe("Zhou asks as of a moment", () => {
  it("reads noon with its offset, in UTC, with the plus that an address made a space, and 24时", () => {
    const noon = new Date("2026-01-25T12:00:00+08:00");
    for (const text of ["2026-01-25T12:00:00+08:00", "2026-01-25T04:00:00.000Z", "2026-01-25T12:00 08:00"])
      expect(read(text)).toEqual(noon);
    expect(read("2026-01-24T23:00:00-05:00")).toEqual(noon);
    expect(read("2026-01-24T24:00+08:00")).toEqual(new Date("2026-01-25T00:00:00+08:00"));
  });

  it.each([
    ["2026-01-25", "format"],
    ["yesterday", "format"],
    ["2026-01-25T12:00:00", "zone"],
    ["2026-01-25T12:00:00+20:00", "zone"],
    ["2026-02-30T12:00:00+08:00", "no-such-day"],
    ["2026-01-25T25:00:00+08:00", "no-such-time"],
    ["2026-01-25T24:00:01+08:00", "no-such-time"],
    ["2026-01-25T12:61:00+08:00", "no-such-time"],
    ["2026-01-25T18:00:01+08:00", "future"],
  ])("refuses %s and says which part is wrong: %s", (text, code) => {
    try {
      read(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError);
      expect((error as ProblemError).problem.errors).toMatchObject([{ path: "asOf", code }]);
    }
  });

  it("never fails otherwise, whatever is asked", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(read(text).getTime()).not.toBeNaN();
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
    );
  });
});

describe("the day of a moment", () => {
  it("at noon it begins at midnight", () => {
    expect(dayOf(new Date("2026-01-25T12:00:00+08:00"), zone)).toEqual({
      date: "2026-01-25",
      from: new Date("2026-01-25T00:00:00+08:00"),
    });
  });

  it("a cut at 24时 speaks of the day that ended", () => {
    expect(dayOf(new Date("2026-01-26T00:00:00+08:00"), zone)).toEqual({
      date: "2026-01-25",
      from: new Date("2026-01-25T00:00:00+08:00"),
    });
  });

  it("a moment is written as the county's clock shows it and read back as the same moment", () => {
    expect(localIso(new Date("2026-01-25T04:00:00Z"), zone)).toBe("2026-01-25T12:00:00+08:00");
    const long = { min: new Date("1970-01-02T00:00:00Z"), max: now, noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(long), fc.constantFrom(zone, "America/St_Johns", "UTC"), (at, where) => {
        expect(read(localIso(at, where))).toEqual(at);
      }),
    );
  });
});

it("the public's quarter of an hour is one on the local clock, in zones off the full hour too", () => {
  const at = new Date("2026-01-25T09:44:59.999+08:00");
  expect(localIso(quarterOf(at), "Asia/Shanghai")).toBe("2026-01-25T09:30:00+08:00");
  expect(localIso(quarterOf(at), "Asia/Kathmandu")).toBe("2026-01-25T07:15:00+05:45");
  const full = new Date("2026-01-25T24:00:00+08:00");
  expect(quarterOf(full)).toEqual(full);
});
