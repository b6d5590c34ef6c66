import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addUp, countedOf, figuresIn, foldUnits, partIn, textOf } from "../../src/domain/rollup.ts";
import {
  drawSample,
  HOURLY_ROWS,
  hourOf,
  isFresh,
  isFullHour,
  midnightsBefore,
  momentWanted,
} from "../../src/domain/rollup-run.ts";
import { summarise } from "../../src/domain/summary.ts";
import { type Counted, emptyTally, type Tally } from "../../src/domain/tally.ts";

const ZONE = "Asia/Shanghai";
const COUNTY = { code: "511781", name: "万源市", kind: "county" };
const TOWNS = ["511781100", "511781101"].map((code) => ({ code, name: "示例镇", kind: "town" }));
const UNITS = ["511781", "511781100", "511781101", "511781100001", "511781101001", "511781B01"];
const at = (clock: string) => new Date(`2026-01-25T${clock}:00+08:00`);

const NAMES = (Object.keys(emptyTally()) as (keyof Tally)[]).filter((name) => !name.startsWith("slots"));
const row = fc.record({
  unitCode: fc.constantFrom(...UNITS),
  source: fc.constantFrom("self_report", "letter", null),
  postingPointId: fc.constantFrom("P-0001", "P-0002", null),
  counts: fc.dictionary(fc.constantFrom(...NAMES), fc.nat(9), { maxKeys: 8 }),
});
const slot = fc.record({
  unitCode: fc.constantFrom(...UNITS),
  slot: fc.constantFrom("2026-01-24/evening", "2026-01-25/morning", "2026-01-25/evening"),
  ...{ owed: fc.nat(9), onTime: fc.nat(9), late: fc.nat(9), missed: fc.nat(9) },
});
const counted = fc
  .record({ rows: fc.array(row, { maxLength: 30 }), slots: fc.array(slot, { maxLength: 12 }) })
  .map(
    ({ rows, slots }): Counted => ({
      unit: COUNTY,
      children: [...TOWNS, { code: "511781B01", name: "示例局", kind: "bureau" }],
      rows: rows.map(({ counts, ...named }) => ({ ...counts, ...named })),
      slots,
      postingPoints: [
        { id: "P-0001", name: "村口示例", unitCode: "511781100001" },
        { id: "P-0002", name: "车站示例", unitCode: "511781" },
      ],
      missing: [],
    }),
  );

describe("figures that were folded", () => {
  it("say in a summary what the rows said that they were folded from", () => {
    fc.assert(
      fc.property(counted, (all) => {
        const units = foldUnits(all);
        const of = (code: string) => figuresIn(units.has(code) ? textOf(units.get(code) as never) : null);
        const { postingPoints, missing } = all;
        const children = all.children.map((child) => ({ ...child, all: of(child.code).all }));
        const again = countedOf(COUNTY, of(COUNTY.code), { children, postingPoints, missing });
        const asked = { asOf: at("12:00"), zone: ZONE };
        expect(summarise(again, asked)).toEqual(summarise(all, asked));
        // Piece by piece or in one go: the same text.
        const alone = foldUnits({
          ...all,
          rows: all.rows.filter(({ unitCode }) => unitCode === COUNTY.code),
          slots: (all.slots ?? []).filter(({ unitCode }) => unitCode === COUNTY.code),
        });
        const pieces = addUp(
          alone.get(COUNTY.code) as never,
          all.children.map(({ code }) => of(code)),
        );
        expect(textOf(pieces)).toBe(textOf(units.get(COUNTY.code) as never));
      }),
    );
  });

  it("are nothing where there is no row", () => {
    expect(figuresIn(null)).toEqual(figuresIn("{}"));
    expect(partIn(null)).toEqual({ tally: {}, slots: [] });
    expect(figuresIn(textOf(figuresIn(null)))).toEqual(figuresIn(null));
  });
});

describe("when a county is rolled up", () => {
  const wanted = (clock: string, last?: { at: Date; rows: number }, wall = at(clock)) =>
    momentWanted(last, { now: at(clock), wall, zone: ZONE });

  it("each quarter of an hour once it is a minute old, a huge county each full hour", () => {
    expect(wanted("10:15")).toEqual(at("10:00"));
    expect(wanted("10:16")).toEqual(at("10:15"));
    expect(wanted("10:16", { at: at("10:15"), rows: 10 })).toBeNull();
    const huge = { at: at("09:00"), rows: HOURLY_ROWS + 1 };
    expect(wanted("10:31", huge)).toEqual(at("10:00"));
    expect(wanted("10:31", { ...huge, at: at("10:00") })).toBeNull();
    // A run as at tonight takes what is settled on the wall's clock.
    expect(wanted("23:00", undefined, at("10:16"))).toEqual(at("10:15"));
  });

  it("is told as of the last run for half an hour, a huge one for an hour and a half", () => {
    expect(isFresh({ at: at("10:00"), rows: 10 }, at("10:29"))).toBe(true);
    expect(isFresh({ at: at("10:00"), rows: 10 }, at("10:30"))).toBe(false);
    expect(isFresh({ at: at("10:00"), rows: HOURLY_ROWS + 1 }, at("11:29"))).toBe(true);
    expect(isFresh({ at: at("10:00"), rows: 10 }, at("09:00"))).toBe(false);
  });

  it("the midnights of a series' days, as the zone's clocks have them", () => {
    const since = new Date("2026-01-23T12:00:00+08:00");
    expect(midnightsBefore(at("10:15"), since, ZONE)).toEqual(
      ["2026-01-25", "2026-01-24"].map((date) => new Date(`${date}T00:00:00+08:00`)),
    );
    expect(midnightsBefore(at("10:15"), new Date(0), "Asia/Kathmandu")[0]).toEqual(
      new Date("2026-01-25T00:00:00+05:45"),
    );
    expect(isFullHour(new Date("2026-01-25T09:00:00+05:45"), "Asia/Kathmandu")).toBe(true);
    expect(hourOf(at("10:45"), ZONE)).toEqual(at("10:00"));
  });

  it("a night's sample is the same for everybody who draws it, another each night, and draws no unit twice", () => {
    const asked = { units: UNITS, moments: [1, 2, 3, 4, 5, 6, 7], size: 5 };
    expect(drawSample("2026-01-25", asked)).toEqual(drawSample("2026-01-25", asked));
    const nights = Array.from({ length: 20 }, (_, day) => drawSample(`2026-02-${day + 10}`, asked));
    for (const night of nights) expect(new Set(night.map(({ unit }) => unit)).size).toBe(5);
    expect(new Set(nights.flat().map(({ unit }) => unit)).size).toBe(UNITS.length);
    expect(new Set(nights.flat().map(({ moment }) => moment)).size).toBe(7);
    expect(drawSample("2026-01-25", { ...asked, moments: [] })).toEqual([]);
  });
});
