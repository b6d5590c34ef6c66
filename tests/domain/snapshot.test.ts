import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FigureBook } from "../../src/domain/figure-book.ts";
import {
  canonical,
  changedFigures,
  hashInput,
  isReportNumber,
  lateFigures,
  reportNumber,
  snapshotOf,
  withLate,
} from "../../src/domain/snapshot.ts";

const zone = "Asia/Shanghai";
const book = (more: Partial<FigureBook> = {}): FigureBook => ({
  unit: { code: "511781", name: "万源市", kind: "county" },
  asOf: new Date("2026-01-27T12:00:00+08:00"),
  from: new Date("2026-01-26T12:00:00+08:00"),
  values: { "registered.fromHubei": 82, "publicity.leaflets": null },
  completeness: { units: 3, owed: 3, reported: 2, missing: [{ code: "511781101", name: "青花镇" }] },
  recordedAfter: { "registered.fromHubei": 3 },
  ...more,
});
const stated = (id: string, value: number | null) => ({
  id,
  value,
  text: value === null ? "＿＿" : `${value}`,
});

describe("canonical JSON", () => {
  it("says the same whatever the order its names came in", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (one) => {
        const turned = Object.fromEntries(Object.entries(one).reverse());
        expect(canonical(turned)).toBe(canonical(one));
        expect(JSON.parse(canonical(one))).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  it("is written as RFC 8785 writes it", () => {
    expect(canonical({ b: [1, 0.5, null], a: "示例\n", c: undefined, A: { z: true, y: -0 } })).toBe(
      '{"A":{"y":0,"z":true},"a":"示例\\n","b":[1,0.5,null]}',
    );
  });
});

describe("a snapshot", () => {
  const report = {
    ...{ title: "示例", blocks: [], text: "示例\n82人" },
    figures: [stated("registered.fromHubei", 82), stated("publicity.leaflets", null)],
  };
  const facts = { template: "county", lang: "zh-Hans", zone, recordedUpTo: book().asOf } as const;

  it("holds the window, whom it speaks for, and every figure stated, unknown ones as unknown", () => {
    const made = snapshotOf(report, book(), facts);
    expect(made).toMatchObject({
      ...{ asOf: "2026-01-27T12:00:00+08:00", from: "2026-01-26T12:00:00+08:00" },
      ...{ completeness: { owed: 3, missing: [{ name: "青花镇" }] } },
      figures: [stated("registered.fromHubei", 82), stated("publicity.leaflets", null)],
    });
    expect(JSON.parse(hashInput(made, report.text))).toEqual({ ...made, text: report.text });
  });

  it("is another one when a figure, a word or the window is another", () => {
    const inputs = [
      hashInput(snapshotOf(report, book(), facts), report.text),
      hashInput(snapshotOf(report, book(), facts), `${report.text}。`),
      hashInput(snapshotOf(report, book({ from: book().asOf }), facts), report.text),
      hashInput(snapshotOf({ ...report, figures: [] }, book(), facts), report.text),
      hashInput(snapshotOf(report, book(), { ...facts, lang: "zh-Hant" }), report.text),
    ];
    expect(new Set(inputs).size).toBe(inputs.length);
  });
});

describe("what a correction changes", () => {
  it("is told figure by figure, with what is new and what is gone", () => {
    const before = [stated("a", 82), stated("b", 1), stated("c", null)];
    const after = [stated("d", 7), stated("a", 85), stated("a", 85), stated("c", 0)];
    expect(changedFigures(before, after)).toEqual([
      { id: "d", before: undefined, after: stated("d", 7) },
      { id: "a", before: stated("a", 82), after: stated("a", 85) },
      { id: "c", before: stated("c", null), after: stated("c", 0) },
      { id: "b", before: stated("b", 1), after: undefined },
    ]);
    expect(changedFigures(before, before)).toEqual([]);
  });

  it("tells what came late of a sum by its parts, once, and of a figure that nobody states nothing", () => {
    const late = { recordedAfter: { a: 2, b: 1, x: 9 } };
    expect(lateFigures([{ id: "a+b" }, { id: "a" }, { id: "a" }, { id: "c" }], late)).toEqual([
      { id: "a+b", more: 3 },
      { id: "a", more: 2 },
    ]);
  });

  it("takes in what came late, and the books still balance", () => {
    const count = fc.integer({ min: 0, max: 500 });
    const ends = ["released", "transferred", "closed"] as const;
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 4, maxLength: 4 }),
        fc.array(count, { minLength: 4, maxLength: 4 }),
        (was, late) => {
          const ids = ["observation.cumulative", ...ends.map((end) => `observation.${end}`)];
          const gone = (list: number[]) => list.slice(1).reduce((sum, n) => sum + n, 0);
          const all = (was[0] ?? 0) + gone(was) + gone(late);
          const values = Object.fromEntries(ids.map((id, at) => [id, at === 0 ? all : (was[at] ?? 0)]));
          const recordedAfter = Object.fromEntries(ids.map((id, at) => [id, late[at] ?? 0]));
          const after = withLate(
            book({ values: { ...values, "observation.observing": all - gone(was) }, recordedAfter }),
          );
          const now = (id: string) => after.values[id] ?? 0;
          expect(now("observation.cumulative")).toBe(all + (late[0] ?? 0));
          expect(
            now("observation.observing") + ends.reduce((sum, end) => sum + now(`observation.${end}`), 0),
          ).toBe(now("observation.cumulative"));
          expect(after.recordedAfter).toEqual({});
        },
      ),
    );
  });

  it("divides anew what is a share, and leaves unknown what stays unknown", () => {
    const share = "readings.shareOnTime";
    const values = {
      ...{ "readings.onTime": 3, [`${share}.denominator`]: 4, [`${share}.share`]: 0.75 },
      ...{ "tips.withinTwoHours.share": null, "registered.fromHubei": null },
    };
    const after = withLate(
      book({ values, recordedAfter: { "readings.onTime": 1, "registered.fromHubei": 2 } }),
    );
    expect(after.values[`${share}.share`]).toBe(1);
    expect(after.values["registered.fromHubei"]).toBe(2);
    expect(after.values["tips.withinTwoHours.share"]).toBeNull();
    // To four decimals, as every other page says it.
    const two = { "readings.onTime": 1, [`${share}.denominator`]: 3 };
    const thirds = withLate(book({ values: two, recordedAfter: { "readings.onTime": 1 } }));
    expect(thirds.values[`${share}.share`]).toBe(0.6667);
  });
});

it("a report's number says the day and clock it was cut at, and is told from anything else", () => {
  const midnight = new Date("2026-01-28T00:00:00+08:00");
  const number = reportNumber(midnight, zone, "7e57c11e-0000-4000-8000-00003f9a2c1b");
  expect(number).toBe("SR-20260127-2400-3F9A2C1B");
  expect(isReportNumber(number)).toBe(true);
  for (const other of ["", "SR-1", "EX-20260127-2400-3F9A2C1B", `${number}x`, number.toLowerCase()])
    expect(isReportNumber(other)).toBe(false);
});
