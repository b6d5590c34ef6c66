import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastCutOff } from "../../src/domain/cut-off.ts";
import type { FigureBook, FigureValue } from "../../src/domain/figure-book.ts";
import { figurePath } from "../../src/domain/figure-link.ts";
import { fillTable, windowStart } from "../../src/domain/table.ts";
import { defineTable } from "../../src/forms/define-table.ts";
import { tableNamed, tables } from "../../tables/index.ts";

const ZONE = "Asia/Shanghai";
const at = (date: string, clock: string) => new Date(`2026-01-${date}T${clock}:00+08:00`);
const label = { "zh-Hans": "甲", "zh-Hant": "甲", en: "A" };
const sample = defineTable({
  ...{ name: "sample", title: label, bureau: label, rowLabel: label, units: ["county"] },
  ...{ rows: { level: "children" }, cutOff: "18:00", from: "last-cut-off" },
  columns: [
    {
      label,
      columns: [
        { figure: "a", label },
        { figure: "a", window: true, label },
      ],
    },
    { figure: "b", label },
    { figure: "s", as: "share", label },
  ],
});
const book = (code: string, kind: string, values: Record<string, FigureValue>): FigureBook => ({
  unit: { code, name: code, kind },
  ...{ asOf: at("25", "18:00"), from: at("24", "18:00"), values, recordedAfter: {} },
  completeness: { units: 1, owed: 1, reported: 1, missing: [] },
});

describe("a bureau's table", () => {
  it("fills each row from its own book and the total from the county's, unknown apart from zero", () => {
    const rows = [
      book("511781100", "town", { a: 3, "a@window": 1, b: null, s: 0.5 }),
      book("511781101", "town", { a: 4, "a@window": 0, b: 2, s: null }),
    ];
    const total = book("511781", "county", { a: 7, "a@window": 1, b: 2, s: 0.25 });
    const filled = fillTable(sample, { total, direct: book("", "county", { a: 0, "a@window": null }), rows });
    expect(filled.columns.map(({ id }) => id)).toEqual(["a", "a@window", "b", "s"]);
    expect(filled.rows.map(({ values }) => values)).toEqual([
      [3, 1, null, 0.5],
      [4, 0, 2, null],
    ]);
    expect(filled).toMatchObject({ total: [7, 1, 2, 0.25], rest: undefined, unknown: true });
  });

  it("shows by itself what is the county's own, so that the rows add up", () => {
    const rows = [book("511781100", "town", { a: 3, "a@window": 1, b: 0, s: 1 })];
    const total = book("511781", "county", { a: 5, "a@window": 1, b: 0, s: 1 });
    // Of b the county has said nothing itself: its line does not say 0.
    const direct = book("511781", "county", { a: 2, "a@window": 0, b: null, s: 1 });
    expect(fillTable(sample, { total, direct, rows }).rest).toEqual([2, 0, null, null]);
  });

  it("of the school bureau has a row for each school and for nothing else", () => {
    const education = tableNamed("education");
    if (!education) throw new Error("no table");
    const county = book("511781", "county", {});
    const rows = [book("511781100S01", "school", {}), book("511781100001", "village", {})];
    const filled = fillTable(education, { total: county, direct: county, rows });
    expect(filled.rows.map(({ unit }) => unit.code)).toEqual(["511781100S01"]);
    expect(filled.total.every((value) => value === null)).toBe(true);
  });

  it("always adds up: rows and rest make the total, whatever is unknown", () => {
    const value = fc.option(fc.nat(50), { nil: null });
    const one = fc.record({ a: value, "a@window": value, b: value });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), one, (parts, own) => {
        const sum = (id: "a" | "a@window" | "b") => {
          const known = [...parts, own].map((part) => part[id]).filter((n) => n !== null);
          return known.length === 0 ? null : known.reduce((left, n) => left + n, 0);
        };
        const total = book("511781", "county", {
          ...{ a: sum("a"), "a@window": sum("a@window"), b: sum("b") },
        });
        const rows = parts.map((values, n) => book(`51178110${n}`, "town", values));
        const filled = fillTable(sample, { total, direct: book("511781", "county", own), rows });
        for (const n of [0, 1, 2]) {
          const shown = filled.rows.reduce((left, { values }) => left + (values[n] ?? 0), 0);
          expect(shown + (filled.rest?.[n] ?? 0)).toBe(filled.total[n] ?? 0);
        }
      }),
    );
  });
});

describe("the cut-offs", () => {
  it.each([
    ["25", "17:59", "18:00", at("24", "18:00")],
    ["25", "18:00", "18:00", at("25", "18:00")],
    ["25", "00:00", "24:00", at("25", "00:00")],
    ["25", "23:59", "24:00", at("25", "00:00")],
    ["25", "09:00", "12:00", at("24", "12:00")],
  ])("on the %sth at %s the last %s was", (date, clock, cutOff, expected) => {
    expect(lastCutOff(at(date, clock), ZONE, [cutOff])).toEqual(expected);
  });

  it("today begins at the cut-off before, also when it is asked right at one, or at midnight", () => {
    const before = { from: "last-cut-off", cutOff: "12:00" } as const;
    expect(windowStart(at("25", "12:00"), before, ZONE)).toEqual(at("24", "12:00"));
    expect(windowStart(at("25", "12:01"), before, ZONE)).toEqual(at("25", "12:00"));
    const midnight = { from: "midnight", cutOff: "18:00" } as const;
    expect(windowStart(at("25", "18:00"), midnight, ZONE)).toEqual(at("25", "00:00"));
    expect(windowStart(at("26", "00:00"), midnight, ZONE)).toEqual(at("25", "00:00"));
  });
});

describe("the tables of the house", () => {
  it("differ the way bureaus do: cut-off, rows, what is counted", () => {
    const all = tables.map(({ name, cutOff, rows }) => [name, cutOff, rows.level]);
    expect(all).toContainEqual(["health", "24:00", "children"]);
    expect(all).toContainEqual(["education", "12:00", "leaves"]);
    expect(all).toContainEqual(["publicity", "18:00", "children"]);
  });
});

it("a figure's address keeps its moment to the millisecond, and a sum as it is written", () => {
  expect(
    figurePath("a.b@window+c", { unit: "511781", asOf: at("25", "12:00"), from: at("24", "12:00") }),
  ).toBe("/figures/a.b%40window%2Bc?unit=511781&asOf=2026-01-25T04%3A00%3A00Z&from=2026-01-24T04%3A00%3A00Z");
  expect(figurePath("a", { unit: "511781", asOf: new Date("2026-01-25T04:00:00.007Z") })).toContain(
    "00.007Z",
  );
});
