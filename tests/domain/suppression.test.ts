import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feasible, protect, type Rules, type Sum } from "../../src/domain/suppression.ts";

/*
 * Mallory knows the rules and every published cell, and tries each table that fits them.
 */
const exact: Rules = { below: 5, step: 1, width: 3 };
const stepped: Rules = { below: 5, step: 5, width: 3 };
const RULES = [exact, stepped];

describe("a table of one total", () => {
  it("keeps Amina's town dark, and one more, so that the total does not give it away", () => {
    const out = protect(table({ "town-1": 1, "town-2": 7, "town-3": 30 }), [ofAll(3)], exact);
    expect(Object.fromEntries(out)).toEqual({ "town-1": null, "town-2": null, "town-3": 30, total: 38 });
  });

  it("publishes everything when nothing is small, and zero is small too", () => {
    expect([...protect(table({ "town-1": 12, "town-2": 40 }), [ofAll(2)], exact).values()]).toEqual([
      12, 40, 52,
    ]);
    expect(protect(table({ "town-1": 0, "town-2": 40 }), [ofAll(2)], exact).get("town-1")).toBeNull();
  });

  it("gives the total up when two small cells fill it", () => {
    const out = protect(table({ "town-1": 4, "town-2": 4 }), [ofAll(2)], exact);
    expect([...out.values()]).toEqual([null, null, null]);
  });

  it("rounds down to the step, so that one more person shows in no cell but the fifth", () => {
    const steps = Array.from({ length: 20 }, (_, persons) =>
      protect(new Map([["total", persons]]), [], stepped).get("total"),
    );
    expect(steps).toEqual([
      ...[null, null, null, null, null],
      ...[5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 15, 15, 15, 15, 15],
    ]);
  });

  it("protects a remainder that nobody prints: 12 registered, 11 of them returnees", () => {
    const cells = new Map([
      ["all", 12],
      ["returnees", 11],
      ["rest", 1],
    ]);
    const out = protect(cells, [{ total: "all", parts: ["returnees", "rest"] }], exact, new Set(["rest"]));
    expect(out.get("returnees")).toBeNull();
    expect(out.get("rest")).toBeNull();
  });
});

describe("whatever the figures", () => {
  it("Mallory, trying every table of towns that fits, pins no dark cell", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(4), fc.nat(13)), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...RULES),
        (towns, rules) => {
          const cells = table(Object.fromEntries(towns.map((value, at) => [`town-${at + 1}`, value])));
          const out = protect(cells, [ofAll(towns.length)], rules);
          const leaves = towns.map((_, at) => `town-${at + 1}`);
          const possible = everyTable(leaves, [ofAll(towns.length)], out, rules, 20);
          expectUnpinned(cells, out, possible, rules);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("nor in a table within a table: registered, of them returnees, of them by origin", () => {
    const sums: Sum[] = [
      { total: "all", parts: ["returnees", "others"] },
      { total: "returnees", parts: ["wuhan", "hubei"] },
    ];
    fc.assert(
      fc.property(
        fc.nat(9),
        fc.nat(12),
        fc.nat(6),
        fc.constantFrom(...RULES),
        (wuhan, hubei, others, rules) => {
          const cells = new Map(Object.entries({ wuhan, hubei, others, returnees: wuhan + hubei }));
          cells.set("all", wuhan + hubei + others);
          const out = protect(cells, sums, rules);
          expectUnpinned(cells, out, everyTable(["wuhan", "hubei", "others"], sums, out, rules, 20), rules);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("nor when she also knows how cells are chosen: each dark cell keeps two values that would be shown the same", () => {
    for (const rules of RULES) {
      for (const [a, b, c] of [
        [1, 7, 12],
        [0, 0, 9],
        [4, 4, 4],
        [2, 5, 5],
        [3, 3, 18],
      ] as const) {
        const sums = [ofAll(3)];
        const cells = table({ "town-1": a, "town-2": b, "town-3": c });
        const out = protect(cells, sums, rules);
        const shown = JSON.stringify([...out]);
        const alike = everyTable(["town-1", "town-2", "town-3"], sums, out, rules, 22).filter(
          (guess) => JSON.stringify([...protect(guess, sums, rules)]) === shown,
        );
        for (const [name, value] of out) {
          if (value !== null) continue;
          expect(
            new Set(alike.map((guess) => guess.get(name))).size,
            `${name} of ${a} ${b} ${c}`,
          ).toBeGreaterThan(1);
        }
      }
    }
  });

  it("a cell is never printed above its value, nor when it is small", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(60), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...RULES),
        (towns, rules) => {
          const cells = table(Object.fromEntries(towns.map((value, at) => [`town-${at + 1}`, value])));
          for (const [name, shown] of protect(cells, [ofAll(towns.length)], rules)) {
            const value = cells.get(name) ?? 0;
            if (shown === null) continue;
            expect(value).toBeGreaterThanOrEqual(rules.below);
            expect(shown).toBe(value - (value % rules.step));
          }
        },
      ),
    );
  });

  it("the ranges reckoned are the ranges there are", () => {
    const sums: Sum[] = [
      { total: "all", parts: ["some", "c"] },
      { total: "some", parts: ["a", "b"] },
    ];
    const range = fc
      .tuple(fc.nat(6), fc.nat(6))
      .map(([x, y]) => ({ least: Math.min(x, y), greatest: Math.max(x, y) }));
    fc.assert(
      fc.property(fc.record({ a: range, b: range, c: range, all: range }), (known) => {
        const real: Record<string, number[]> = { a: [], b: [], c: [], all: [] };
        for (let a = known.a.least; a <= known.a.greatest; a++)
          for (let b = known.b.least; b <= known.b.greatest; b++)
            for (let c = known.c.least; c <= known.c.greatest; c++) {
              const all = a + b + c;
              if (all < known.all.least || all > known.all.greatest) continue;
              for (const [name, value] of Object.entries({ a, b, c, all })) real[name]?.push(value);
            }
        fc.pre((real.all ?? []).length > 0);
        const reckoned = feasible(sums, new Map(Object.entries(known)));
        for (const [name, values] of Object.entries(real))
          expect(reckoned.get(name)).toEqual({ least: Math.min(...values), greatest: Math.max(...values) });
      }),
    );
  });
});

const ofAll = (count: number): Sum => ({
  total: "total",
  parts: Array.from({ length: count }, (_, at) => `town-${at + 1}`),
});

function table(towns: Record<string, number>): Map<string, number> {
  const total = Object.values(towns).reduce((all, one) => all + one, 0);
  return new Map([...Object.entries(towns), ["total", total]]);
}

/** Every table up to `most` in each leaf that shows what was published, and is small where a cell was small. */
function everyTable(
  leaves: string[],
  sums: Sum[],
  published: Map<string, number | null>,
  rules: Rules,
  most: number,
): Map<string, number>[] {
  const out: Map<string, number>[] = [];
  const fits = (name: string, value: number) => {
    const shown = published.get(name);
    return shown === null || shown === undefined
      ? true
      : value >= rules.below && value - (value % rules.step) === shown;
  };
  const fill = (at: number, guess: Map<string, number>) => {
    const leaf = leaves[at];
    if (leaf === undefined) {
      const full = new Map(guess);
      for (const { total, parts } of [...sums].reverse())
        full.set(
          total,
          parts.reduce((all, part) => all + (full.get(part) ?? 0), 0),
        );
      if ([...full].every(([name, value]) => fits(name, value))) out.push(full);
      return;
    }
    for (let value = 0; value <= most; value++) if (fits(leaf, value)) fill(at + 1, guess.set(leaf, value));
  };
  fill(0, new Map());
  return out;
}

function expectUnpinned(
  cells: Map<string, number>,
  out: Map<string, number | null>,
  possible: Map<string, number>[],
  rules: Rules,
): void {
  // She even knows which cells were dark because they are small.
  const small = [...cells].filter(([, value]) => value < rules.below).map(([name]) => name);
  const fitting = possible.filter((guess) => small.every((name) => (guess.get(name) ?? 0) < rules.below));
  for (const name of small) {
    const values = fitting.map((guess) => guess.get(name) ?? 0);
    expect(values).toContain(cells.get(name));
    expect(out.get(name)).toBeNull();
    expect(Math.max(...values) - Math.min(...values), name).toBeGreaterThanOrEqual(rules.width);
  }
}
