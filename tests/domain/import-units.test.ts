import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readUnitLines, unitSql } from "../../src/cli/units.ts";
import { BadLine, planUnits, unitOfCode } from "../../src/domain/unit.ts";

const demo = readFileSync(new URL("../../demo/511781.csv", import.meta.url).pathname);
const lines = (text: string) => readUnitLines(new TextEncoder().encode(text));
const plan = (text: string, standing = new Map<string, string>()) => planUnits(lines(text), standing);
/** Zhou's file with one row more, and what the import says about it. */
function refusal(row: string): { line: number; message: string } {
  const file = `code,name,parent\n511781,万源市,\n511781100,太平镇,511781\n${row}\n`;
  try {
    plan(file);
  } catch (error) {
    if (error instanceof BadLine) return { line: error.line, message: error.message };
    throw error;
  }
  throw new Error("the row was taken");
}

describe("Zhou imports the units of the county", () => {
  it("reads every unit of the real county, each with its kind", () => {
    const { added, changed, unchanged } = planUnits(readUnitLines(demo), new Map());
    expect([added.length, changed.length, unchanged]).toEqual([330, 0, 0]);
    expect(added[0]).toEqual({ code: "511781", name: "万源市", kind: "county", parent: null });
    const kinds = Object.groupBy(added, ({ kind }) => kind);
    expect([kinds.county?.length, kinds.town?.length, kinds.village?.length]).toEqual([1, 31, 298]);
  });

  it("finds nothing to do the second time, and only the name that was changed the third", () => {
    const rows = planUnits(readUnitLines(demo), new Map()).added;
    const standing = new Map(rows.map(({ code, name }) => [code, name]));
    expect(planUnits(readUnitLines(demo), standing)).toEqual({ added: [], changed: [], unchanged: 330 });
    standing.set("511781100", "太平乡");
    const third = planUnits(readUnitLines(demo), standing);
    expect(third.changed.map(({ code, name }) => [code, name])).toEqual([["511781100", "太平镇"]]);
    expect([third.added.length, third.unchanged]).toEqual([0, 329]);
  });

  it.each([
    ["511781", "county", null],
    ["511781100", "town", "511781"],
    ["511781100201", "village", "511781100"],
    ["511781100201G01", "grid", "511781100201"],
    ["511781100201003", "grid", "511781100201"],
    ["511781100S01", "school", "511781100"],
    ["511781E12", "enterprise", "511781"],
    ["511781B01", "bureau", "511781"],
    ["511781100201C01", "checkpoint", "511781100201"],
  ])("knows %s for a %s", (code, kind, parent) => {
    expect(unitOfCode(code)).toEqual({ kind, parent });
  });

  it("takes a mark in front, Windows line ends, quotes, blank lines and a column of kinds", () => {
    const file =
      '\ufeffcode,name,parent,kind\r\n511781,"万源市",,county\r\n\r\n511781100, 太平镇 ,511781,\r\n511781100S01,"小学, ""一""",511781100,school\r\n';
    expect(plan(file).added).toEqual([
      { code: "511781", name: "万源市", kind: "county", parent: null },
      { code: "511781100", name: "太平镇", kind: "town", parent: "511781" },
      { code: "511781100S01", name: '小学, "一"', kind: "school", parent: "511781100" },
    ]);
  });

  it("reads what a Chinese spreadsheet saves (GB18030)", () => {
    const name = [0xcd, 0xf2, 0xd4, 0xb4, 0xca, 0xd0]; // 万源市
    const bytes = [...new TextEncoder().encode("code,name,parent\n511781,"), ...name, 0x2c, 0x0a];
    expect(planUnits(readUnitLines(Uint8Array.from(bytes)), new Map()).added[0]?.name).toBe("万源市");
  });

  it("takes a parent that stands further down or in the database already", () => {
    expect(plan("code,name,parent\n511781100,太平镇,511781\n511781,万源市,").added).toHaveLength(2);
    const standing = new Map([["511781", "万源市"]]);
    expect(plan("code,name,parent\n511781100,太平镇,511781", standing).added).toHaveLength(1);
  });

  it.each([
    ["a code too short", "51178,坏,", "is not a unit's code"],
    ["a code with a full-width digit", "５11781101,坏,511781", "is not a unit's code"],
    ["a letter nobody knows", "511781100X01,坏,511781100", "is not a unit's code"],
    ["a code twice", "511781100,又一个太平镇,511781", "stands already on line 3"],
    [
      "a parent that is not there",
      "511781101201,油房村,511781101",
      "neither in this file nor in the database",
    ],
    ["a parent that is no prefix", "511781100201,洪岭寺村,511782100", 'not "511782100"'],
    ["a parent that skips the town", "511781100201,洪岭寺村,511781", 'is 511781100, not "511781"'],
    ["no parent", "511781100201,洪岭寺村,", 'not ""'],
    ["no name", "511781101,,511781", "the name is missing"],
    ["a name of spaces", "511781101,   ,511781", "the name is missing"],
    ["a name too long", `511781101,${"长".repeat(61)},511781`, "longer than 60"],
    ["a control character", "511781101,青\u0007花镇,511781", "cannot be printed"],
    ["a name over two lines", '511781101,"青\n花镇",511781', "cannot be printed"],
    ["a direction mark", "511781101,青\u202e花镇,511781", "cannot be printed"],
    ["a column too few", "511781101,青花镇", "3 columns are needed, 2 are there"],
    ["a column too many", "511781101,青花镇,511781,town", "3 columns are needed, 4 are there"],
    ["a quote that never closes", '511781101,"青花镇,511781', "not CSV"],
  ])("stops at %s with its line number", (_what, row, said) => {
    const { line, message } = refusal(row);
    expect(message).toContain(said);
    expect(line).toBeGreaterThanOrEqual(4);
    expect(line).toBeLessThanOrEqual(5); // a row over two lines is named by its last
  });

  it("stops where the kind beside a code says something else", () => {
    expect(() => plan("code,name,parent,kind\n511781,万源市,,town")).toThrow("511781 is a county");
  });

  it("stops at a file that is not one of units", () => {
    for (const text of ["", "\n\n", "name,code\n", "code,name,parent\n", "PK\u0003\u0004\u0000\u0000"]) {
      expect(() => plan(text)).toThrow(BadLine);
    }
  });

  it("answers anything at all with rows or with one bad line", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string().map((tail) => `code,name,parent\n${tail}`),
        ),
        (text) => {
          try {
            expect(plan(text).added.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(BadLine);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("writes a name with a quote in it as a value, not as SQL", () => {
    const [sql] = unitSql(plan("code,name,parent\n511781,'); DROP TABLE unit; --,").added, new Date(0));
    expect(sql).toContain("'''); DROP TABLE unit; --'");
  });
});
