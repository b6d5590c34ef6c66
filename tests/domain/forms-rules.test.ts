import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../src/forms/define.ts";
import { fieldsOf, holds, type Lookup } from "../../src/forms/rules.ts";

const answers: Record<string, ReturnType<Lookup>> = {
  zero: { type: "yes_no", value: false },
  returnees: { type: "integer", value: 3 },
  share: { type: "decimal", value: 2.5 },
  origin: { type: "select_one", value: "hubei" },
  means: { type: "select_multiple", value: ["leaflets", "screens"] },
  leftOn: { type: "date", value: "2020-01-23" },
  // 00:30 on the 24th in Shanghai.
  arrivedAt: { type: "datetime", value: "2020-01-23T16:30:00.000Z" },
  document: { type: "id_document", value: { kind: "none" } },
};
const ctx = {
  lookup: ((name) => (Object.hasOwn(answers, name) ? answers[name] : undefined)) as Lookup,
  now: new Date("2020-01-28T06:00:00Z"),
  zone: "Asia/Shanghai",
};
const is = (rule: Rule) => holds(rule, ctx);
const field = (name: string) => ({ field: name });
const value = (of: string | number | boolean) => ({ value: of });

describe("a rule", () => {
  it.each<[string, Rule, boolean]>([
    ["3 returnees are more than 2.5", { op: "gt", left: field("returnees"), right: field("share") }, true],
    ["3 is not less than 3", { op: "lt", left: field("returnees"), right: value(3) }, false],
    ["3 is at least 3", { op: "ge", left: field("returnees"), right: value(3) }, true],
    ["no is no", { op: "eq", left: field("zero"), right: value(false) }, true],
    [
      "no is not less than yes: answers of yes and no have no order",
      { op: "lt", left: field("zero"), right: value(true) },
      false,
    ],
    ["3 is not the text 3", { op: "eq", left: field("returnees"), right: value("3") }, false],
    ["a number has no order beside a text", { op: "lt", left: field("returnees"), right: value("9") }, false],
    ["Hubei is not Wuhan", { op: "ne", left: field("origin"), right: value("wuhan") }, true],
    ["Hubei is the one selected", { op: "selected", field: "origin", choice: "hubei" }, true],
    ["screens are among those selected", { op: "selected", field: "means", choice: "screens" }, true],
    ["recordings are not", { op: "selected", field: "means", choice: "recordings" }, false],
    ["a list is not compared", { op: "eq", left: field("means"), right: value("screens") }, false],
    ["the day of leaving is before today", { op: "lt", left: field("leftOn"), right: { today: 0 } }, true],
    ["it is five days ago", { op: "eq", left: field("leftOn"), right: { today: -5 } }, true],
    [
      "arrival, past midnight in Shanghai, is on the day after leaving",
      { op: "gt", left: field("arrivedAt"), right: field("leftOn") },
      true,
    ],
    [
      "arrival is compared with a day by its local day",
      { op: "eq", left: field("arrivedAt"), right: value("2020-01-24") },
      true,
    ],
    ["arrival is before now", { op: "le", left: field("arrivedAt"), right: { now: 0 } }, true],
    [
      "now less four days and a half is before arrival",
      { op: "lt", left: { now: -6.5 * 24 * 60 }, right: field("arrivedAt") },
      true,
    ],
    ["a document of no kind is an answer", { op: "answered", field: "document" }, true],
    ["an unknown field is unanswered", { op: "answered", field: "constructor" }, false],
    ["all of nothing holds", { op: "and", rules: [] }, true],
    ["one of nothing does not", { op: "or", rules: [] }, false],
  ])("%s", (_, rule, expected) => expect(is(rule)).toBe(expected));

  it("is false for every comparison with what is unanswered, and not turns that round", () => {
    for (const op of ["eq", "ne", "lt", "le", "gt", "ge"] as const) {
      const rule: Rule = { op, left: field("nothing"), right: value(1) };
      expect(is(rule)).toBe(false);
      expect(is({ op, left: value(1), right: field("nothing") })).toBe(false);
      expect(is({ op: "not", rule })).toBe(true);
    }
  });

  it("names its fields, each side and at any depth", () => {
    const rule: Rule = {
      op: "or",
      rules: [
        { op: "eq", left: field("."), right: field("a") },
        {
          op: "not",
          rule: {
            op: "and",
            rules: [
              { op: "answered", field: "b" },
              { op: "selected", field: "c", choice: "x" },
            ],
          },
        },
        { op: "le", left: { now: 0 }, right: { today: 0 } },
      ],
    };
    expect(fieldsOf(rule)).toEqual([".", "a", "b", "c"]);
  });

  it("nested without end comes to an end", () => {
    let deep: Rule = { op: "and", rules: [] };
    for (let level = 0; level < 100_000; level++) deep = { op: "and", rules: [deep] };
    expect(is(deep)).toBe(false);
  });

  it("of numbers agrees with arithmetic", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        const of = (op: "eq" | "ne" | "lt" | "le" | "gt" | "ge") =>
          is({ op, left: value(a), right: value(b) });
        expect([of("eq"), of("ne"), of("lt"), of("le"), of("gt"), of("ge")]).toEqual([
          a === b,
          a !== b,
          a < b,
          a <= b,
          a > b,
          a >= b,
        ]);
      }),
    );
  });
});
