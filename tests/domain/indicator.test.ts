import { describe, expect, it } from "vitest";
import * as schema from "../../src/db/schema.ts";
import { COUNT_UNITS, findIndicator, INDICATORS, indicatorsAt } from "../../src/domain/indicator.ts";
import { TYPED } from "../../src/domain/indicator-typed.ts";
import { WORDS } from "../../src/domain/indicator-words.ts";
import { emptyTally, summarise } from "../../src/domain/summary.ts";
import { LANGS } from "../../src/forms/define.ts";
import { summarySchemas } from "../../src/http/openapi-summary.ts";
import { MOMENTS } from "../../src/views/desk/figure-words.ts";

/** A county with a town, a poster and slots, so that every list of a summary has something in it. */
const summary = summarise(
  {
    unit: { code: "511781", name: "万源市", kind: "county" },
    children: [{ code: "511781100", name: "太平镇", kind: "town" }],
    rows: [
      { ...emptyTally(), unitCode: "511781100", persons: 1, source: "letter", postingPointId: "P-0001" },
    ],
    postingPoints: [{ id: "P-0001", name: "示例小卖部", unitCode: "511781100" }],
    slots: [
      { unitCode: "511781100", slot: "2026-01-25/morning", owed: 1, onTime: 1, late: 0, missed: 0 },
      { unitCode: "511781100", slot: "2026-01-24/evening", owed: 1, onTime: 0, late: 0, missed: 1 },
    ],
    missing: [],
  },
  { asOf: new Date("2026-01-25T10:00:00Z"), zone: "Asia/Shanghai" },
);

/** The keys that lead to each number of a document, or to a null that stands for one. */
function leavesOf(value: unknown, keys: string[] = []): string[][] {
  if (value === null || typeof value === "number") return [keys];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...keys, key]));
}

describe("the catalogue of indicators", () => {
  it("has exactly one indicator for every number of a summary, wherever it is repeated", () => {
    const leaves = leavesOf(summary);
    expect(leaves.length).toBeGreaterThan(150);
    const misfits = leaves.filter((keys) => indicatorsAt(keys).length !== 1).map((keys) => keys.join("."));
    expect(misfits).toEqual([]);
  });

  it("names no path that a summary does not have, and no id twice", () => {
    const seen = new Set(leavesOf(summary).flatMap((keys) => indicatorsAt(keys).map(({ id }) => id)));
    expect(INDICATORS.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
    const atTop = leavesOf(summary).map((keys) => keys.join("."));
    const paths = INDICATORS.flatMap((one) => one.paths);
    const asPattern = (path: string) =>
      new RegExp(`^${path.replaceAll(".", "\\.").replaceAll("*", "[^.]+")}$`);
    expect(paths.filter((path) => !atTop.some((leaf) => asPattern(path).test(leaf)))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
    expect(new Set(INDICATORS.map(({ id }) => id)).size).toBe(INDICATORS.length);
    expect(INDICATORS.map(({ id }) => id).toSorted()).toEqual(Object.keys(WORDS).toSorted());
  });

  it("says each in three languages, Chinese in Chinese, traditional where it differs", () => {
    for (const { id, name, definition, unit } of INDICATORS) {
      for (const words of [name, definition, COUNT_UNITS[unit]])
        for (const lang of LANGS) expect(words[lang], `${id} ${lang}`).toMatch(/\S/);
      for (const words of [name, definition]) {
        expect(words["zh-Hans"], id).toMatch(/\p{Script=Han}/u);
        expect(words["zh-Hant"], id).toMatch(/\p{Script=Han}/u);
        expect(words.en, id).not.toMatch(/\p{Script=Han}/u);
        expect(words["zh-Hant"], id).not.toMatch(/[报户数单应发两见计疗还没过时线证来处]/u);
        expect(Object.values(words).join(""), id).not.toContain("|");
      }
    }
  });

  it("divides only what is there, by what is counted in the same things", () => {
    for (const { id, kind, numerator, denominator, moments } of INDICATORS) {
      if (kind !== "share") {
        expect([numerator, denominator], id).toEqual([undefined, undefined]);
        expect(moments.length, id).toBeGreaterThan(0);
        continue;
      }
      const [above, below] = [findIndicator(numerator ?? ""), findIndicator(denominator ?? "")];
      expect([above?.kind, below?.kind], id).toEqual(["flow", "flow"]);
    }
  });

  it("counts from columns that the schema has, and says each in words where a figure is looked into", () => {
    const tables = schema as unknown as Record<string, Record<string, unknown> | undefined>;
    const moments = [...new Set([...INDICATORS, ...TYPED].flatMap((one) => one.moments))];
    expect(Object.keys(MOMENTS).toSorted()).toEqual(moments.toSorted());
    const unknown = moments.filter((moment) => {
      const [table = "", column = ""] = moment.split(".");
      return tables[table]?.[column] === undefined;
    });
    expect(unknown).toEqual([]);
  });

  it("is what the OpenAPI document says of each figure, in the reader's language", () => {
    for (const lang of LANGS) {
      const text = JSON.stringify(summarySchemas(lang));
      for (const { id, name, definition } of INDICATORS)
        for (const said of [id, name[lang], definition[lang]])
          expect(text, `${id} ${lang}`).toContain(JSON.stringify(said).slice(1, -1));
    }
  });
});
