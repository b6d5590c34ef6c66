import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PUBLIC_RULES, publicSummary, publicTownSummary, tablesOf } from "../../src/domain/public-summary.ts";
import {
  type Counted,
  type CountedRow,
  emptyTally,
  type Figures,
  figuresOf,
  SOURCES,
  type Summary,
  shareOf,
  summarise,
} from "../../src/domain/summary.ts";

const at = { asOf: new Date("2026-01-25T18:00:00+08:00"), zone: "Asia/Shanghai" };
const county = { code: "511781", name: "万源市", kind: "county" };
const towns = [
  { code: "511781100", name: "太平镇", kind: "town" },
  { code: "511781101", name: "青花镇", kind: "town" },
  { code: "511781102", name: "旧院镇", kind: "town" },
];
const school = { code: "511781S01", name: "示例中学", kind: "school" };

describe("a summary is rolled up from each unit's own counts", () => {
  it("Amina's village stands under her town, a tip about the county on the county itself", () => {
    const summary = of([people("511781100001", 3), { unitCode: "511781", tips: 2 }]);
    expect(summary.registered.cumulative).toBe(3);
    expect(summary.byTown.map((town) => [town.name, town.registered.cumulative])).toEqual([
      ["太平镇", 3],
      ["青花镇", 0],
      ["旧院镇", 0],
      ["示例中学", 0],
    ]);
    expect(summary.direct.tips.received).toBe(2);
  });

  it("says the window of today and the moment on the county's clock", () => {
    const { asOf, registered, dailyReports } = of([]);
    expect(asOf).toBe("2026-01-25T18:00:00+08:00");
    expect(registered.window).toEqual({ from: "2026-01-25T00:00:00+08:00", to: "2026-01-25T18:00:00+08:00" });
    expect(dailyReports.date).toBe("2026-01-25");
  });

  it("says of a share of nothing that it is unknown, not zero", () => {
    expect(shareOf(0, 0)).toEqual({ numerator: 0, denominator: 0, share: null });
    expect(of([]).verification.withinTwoHours.share).toBeNull();
    expect(shareOf(2, 3).share).toBe(0.6667);
  });

  it("counts Chen's source and poster apart", () => {
    const summary = of([
      { ...people("511781100001", 2), source: "door_check", postingPointId: null },
      { ...people("511781100001", 1), source: "self_report", postingPointId: "P-0031" },
      { unitCode: "511781100001", postingPointId: "P-0031", households: 1 },
    ]);
    expect(summary.registered.bySource).toMatchObject({ door_check: 2, self_report: 1, letter: 0 });
    expect(summary.registered.byPostingPoint).toEqual([
      { id: "P-0031", name: "示例小区东门", unit: "511781100001", households: 1, persons: 1 },
    ]);
  });

  it("each total is the sum of what lies below and what stands on the unit itself, and each equation holds", () => {
    fc.assert(
      fc.property(fc.array(anyRow(60), { maxLength: 12 }), (rows) => {
        const summary = of(rows);
        const parts = [...summary.byTown, summary.direct].map(numbersOf);
        const total = numbersOf(summary);
        for (const [name, value] of total)
          expect(
            parts.reduce((sum, part) => sum + (part.get(name) ?? 0), 0),
            name,
          ).toBe(value);
        for (const figures of [summary, ...summary.byTown, summary.direct]) expectEquations(figures);
      }),
    );
  });
});

describe("the public summary", () => {
  it("names no missing unit, no posting point, no duplicate", () => {
    const text = JSON.stringify(publicSummary(of([people("511781100001", 40)])));
    for (const word of ["示例一社区", "示例小区东门", "missing", "byPostingPoint", "duplicates"])
      expect(text).not.toContain(word);
  });

  it("keeps a town's four persons dark, rounds the others down, and adds the school to the rest", () => {
    const rows = [people("511781100001", 4), people("511781101001", 23), people("511781102001", 48)];
    const out = publicSummary(of([...rows, people("511781S01", 7)]));
    expect(out.byTown.map((town) => town.registered.cumulative)).toEqual([null, 20, 45]);
    expect(out.direct.registered.cumulative).toBe(5);
    expect(out.registered.cumulative).toBe(80);
  });

  it("says of a town asked by itself what the county's table says, and nothing of a village", () => {
    const full = of([people("511781100001", 4), people("511781101001", 23)]);
    expect(publicTownSummary(full, "511781100")).toMatchObject({ registered: { cumulative: null } });
    expect(publicTownSummary(full, "511781101")).toEqual({
      audience: "public",
      unit: towns[1],
      asOf: full.asOf,
      suppressedBelow: 5,
      roundedDownTo: 5,
      registered: { cumulative: 20 },
      tips: { received: null },
    });
    expect(publicTownSummary(full, "511781100001")).toBeUndefined();
    expect(publicTownSummary(full, "511781S01")).toBeUndefined();
  });

  it("two answers a person apart differ in no cell, or by a whole step", () => {
    fc.assert(
      fc.property(fc.nat(200), (persons) => {
        const before = publicSummary(of([people("511781100001", persons)]));
        const after = publicSummary(of([people("511781100001", persons + 1)]));
        const step = (after.registered.cumulative ?? 0) - (before.registered.cumulative ?? 0);
        expect([0, PUBLIC_RULES.step]).toContain(step);
      }),
    );
  });

  it("a share is made of what is printed, and only where rounding does not mislead", () => {
    const verified = (households: number, verifiedInTime: number): CountedRow => ({
      unitCode: "511781100001",
      households,
      verified: households,
      verifiedInTime,
    });
    expect(publicSummary(of([verified(30, 20)])).verification.withinTwoHours.share).toBeNull();
    // 203 verified, of them 104 within two hours; that none is overdue stays dark.
    expect(publicSummary(of([verified(203, 104)])).verification).toMatchObject({
      overdue: null,
      withinTwoHours: { numerator: 100, denominator: 200, share: 0.5 },
    });
  });

  it("prints a number only as large as it is, never a small one, whatever the figures", () => {
    fc.assert(
      fc.property(fc.array(anyRow(30), { maxLength: 12 }), (rows) => {
        const full = of(rows);
        const shown = numbersOf(publicSummary(full));
        const real = numbersOf(full);
        const printed = ["registered", "verification", "tips", "dailyReports"];
        for (const [name, value] of shown) {
          if (!printed.some((group) => name.startsWith(`${group}.`)) || /share|denominator/.test(name))
            continue;
          expect(value % 5, name).toBe(0);
          expect(value, name).toBeGreaterThanOrEqual(5);
          expect(real.get(name) ?? 0, name).toBeGreaterThanOrEqual(value);
          expect((real.get(name) ?? 0) - value, name).toBeLessThan(5);
        }
      }),
    );
  });

  it("its tables form no circle, so that the ranges reckoned for Mallory are exact", () => {
    const { sums } = tablesOf(of([people("511781100001", 40)]));
    const leader = new Map<string, string>();
    const lead = (name: string): string => {
      const next = leader.get(name) ?? name;
      return next === name ? name : lead(next);
    };
    sums.forEach(({ total, parts }, index) => {
      for (const name of [total, ...parts]) {
        expect(lead(name), `${total} meets ${name} twice`).not.toBe(lead(`sum ${index}`));
        leader.set(lead(name), lead(`sum ${index}`));
      }
    });
  });
});

function of(rows: CountedRow[]): Summary {
  const counted: Counted = {
    unit: county,
    children: [...towns, school],
    rows,
    postingPoints: [{ id: "P-0031", name: "示例小区东门", unitCode: "511781100001" }],
    missing: [{ code: "511781100001", name: "示例一社区" }],
  };
  return summarise(counted, at);
}

const people = (unitCode: string, persons: number): CountedRow => ({
  unitCode,
  source: "self_report",
  persons,
  today: persons,
  returnees: persons,
  wuhan: persons,
});

/** A unit's counts as a database could answer them: parts never larger than what they are parts of. */
function anyRow(most: number): fc.Arbitrary<CountedRow> {
  const share = fc.array(fc.nat(100), { minLength: 14, maxLength: 14 });
  const unit = fc.constantFrom(
    "511781",
    "511781100",
    "511781100001",
    "511781101001",
    "511781102001",
    "511781S01",
  );
  return fc
    .record({
      unitCode: unit,
      source: fc.constantFrom(...SOURCES),
      sizes: fc.array(fc.nat(most), { minLength: 10, maxLength: 10 }),
      share,
    })
    .map(({ unitCode, source, sizes, share }) => {
      const n = (at: number) => sizes[at] ?? 0;
      const part = (of: number, at: number) => Math.floor((of * (share[at] ?? 0)) / 100);
      const t = emptyTally();
      [t.wuhan, t.hubei, t.other_province, t.same_province] = [n(0), n(1), n(2), n(3)];
      t.returnees = t.wuhan + t.hubei + t.other_province + t.same_province;
      t.persons = t.returnees + n(4);
      t.today = part(t.persons, 0);
      t.symptomatic = part(t.persons, 1);
      t.transitWuhan = part(t.returnees - t.wuhan, 2);
      t.households = part(t.persons, 3);
      t.verified = part(t.households, 4);
      t.verifiedInTime = part(t.verified, 5);
      t.verifyOverdue = part(t.households - t.verified, 6);
      t.tips = n(5);
      t.tipsVerified = part(t.tips, 7);
      t.tipsInTime = part(t.tipsVerified, 8);
      t.tipsOverdue = part(t.tips - t.tipsVerified, 9);
      [t.zero, t.nonZero, t.excused, t.overdue] = [n(6), n(7), n(8), n(9)];
      t.onTime = part(t.zero + t.nonZero, 10);
      t.late = t.zero + t.nonZero - t.onTime;
      t.corrected = part(t.zero + t.nonZero, 11);
      t.owed = t.zero + t.nonZero + t.excused + t.overdue + part(most, 12);
      return { unitCode, source, ...t };
    });
}

function expectEquations({ dailyReports: d, registered: r, verification: v, tips: t }: Figures): void {
  expect(d.expected).toBe(d.zero + d.nonZero + d.excused + d.overdue);
  expect(d.owed).toBe(d.expected + d.pending);
  expect(d.onTime + d.late).toBe(d.zero + d.nonZero);
  expect(Object.values(r.byOrigin).reduce((a, b) => a + b)).toBe(r.returnees);
  expect(v.due).toBe(v.verified + v.waiting + v.overdue);
  expect(t.received).toBe(t.open + t.verified);
  expect(t.overdue).toBeLessThanOrEqual(t.open);
}

/** Every count of an answer by its path, shares and lists left out. */
function numbersOf(answer: object): Map<string, number> {
  const out = new Map<string, number>();
  const walk = (value: object, path: string) => {
    for (const [key, inner] of Object.entries(value)) {
      if (["byTown", "direct", "share", "completeness", "bySource"].includes(key) || Array.isArray(inner))
        continue;
      if (typeof inner === "number") out.set(path + key, inner);
      else if (inner && typeof inner === "object") walk(inner, `${path}${key}.`);
    }
  };
  walk(answer, "");
  return out;
}

it("figures out of no counts are zero, and their shares unknown", () => {
  expect(new Set(numbersOf(figuresOf(emptyTally())).values())).toEqual(new Set([0]));
});
