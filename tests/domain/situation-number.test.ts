import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { momentWords } from "../../src/domain/situation/clock.ts";
import { printed, type Style } from "../../src/domain/situation/numbers.ts";
import { at, ZONE } from "../support/situation.ts";

/** What a reader takes a printed number for, and by how much it may be more where 余 stands behind it. */
function read(text: string): { least: number; spread: number } {
  const [, digits = "", wan, odd] = /^([\d.]+)([万萬])?([余餘])?$/.exec(text) ?? [];
  const least = Math.round(Number(digits) * (wan ? 10_000 : 1));
  // Behind 万 one decimal is told, else the first digit alone.
  return { least, spread: odd ? (wan ? 1000 : 10 ** (digits.length - 1)) : 0 };
}

describe("a number as a report prints it", () => {
  it("is what the publicity bureau of 001 printed", () => {
    expect([52, 152, 657, 639, 697, 5420, 100_000].map((n) => printed(n, "plain", false))).toEqual([
      "52",
      "152",
      "657",
      "639",
      "697",
      "5420",
      "100000",
    ]);
    expect([200_300, 183_200, 114_050].map((n) => printed(n, "wan", false))).toEqual([
      "20万余",
      "18.3万余",
      "11.4万余",
    ]);
    expect(printed(312, "odd", false)).toBe("300余");
  });

  it("is 核减 where a school took back more of an earlier day than the new one brought", () => {
    expect([printed(-3, "plain", false), printed(-12, "odd", true)]).toEqual(["核减3", "核減10餘"]);
  });

  it("says 余 only where something was cut off", () => {
    expect(printed(200_000, "wan", false)).toBe("20万");
    expect(printed(183_000, "wan", true)).toBe("18.3萬");
    expect(printed(199_999, "wan", false)).toBe("19.9万余");
    expect(printed(9_999, "wan", false)).toBe("9999");
    expect(printed(300, "odd", true)).toBe("300");
    expect(printed(301, "odd", true)).toBe("300餘");
    expect(printed(7, "odd", false)).toBe("7");
  });

  it("leaves a gap for what is unknown, never 0", () => {
    for (const style of ["plain", "wan", "odd"] as const) {
      expect(printed(null, style, false)).toBe("＿＿");
      expect(printed(0, style, false)).toBe("0");
    }
  });

  it("never says more than there is, nor less by as much as one step of what it prints", () => {
    const styles = fc.constantFrom<Style>("plain", "wan", "odd");
    const counts = fc.oneof(fc.nat(400), fc.nat(40_000), fc.nat(2_000_000_000));
    fc.assert(
      fc.property(counts, styles, fc.boolean(), (value, style, hant) => {
        const { least, spread } = read(printed(value, style, hant));
        if (spread === 0) expect(least).toBe(value);
        else {
          expect(least).toBeLessThan(value);
          expect(value - least).toBeLessThan(spread);
        }
      }),
    );
  });
});

describe("a cut-off as a report says it", () => {
  const hour = (local: string, hant = false) => momentWords(at(local), "hour", { zone: ZONE, hant });
  const clock = (local: string) => momentWords(at(local), "clock", { zone: ZONE, hant: false });

  it("is 12时, 18:00 or 24时, as the level is used to", () => {
    expect(hour("2020-01-27T12:00:00")).toBe("1月27日12时");
    expect(clock("2020-01-28T18:00:00")).toBe("2020年1月28日18:00");
    expect(hour("2020-02-01T00:00:00", true)).toBe("1月31日24時");
    expect(clock("2020-01-01T00:00:00")).toBe("2019年12月31日24:00");
  });

  it("is any other moment too", () => {
    expect(hour("2020-01-27T09:30:00")).toBe("1月27日9时30分");
    expect(hour("2020-01-27T00:05:00")).toBe("1月27日0时5分");
    expect(clock("2020-01-27T09:05:00")).toBe("2020年1月27日9:05");
    expect(momentWords(at("2020-01-27T12:00:00"), "hour", { zone: "UTC", hant: false })).toBe("1月27日4时");
  });
});
