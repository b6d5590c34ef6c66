import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Field, Operand, Rule } from "../../src/forms/define.ts";
import { type Answer, holds } from "../../src/forms/rules.ts";
import { ruleOf, type Target } from "../../src/forms/xlsform/from-xpath.ts";
import { toXPath } from "../../src/forms/xlsform/to-xpath.ts";
import { parseXPath } from "../../src/forms/xlsform/xpath.ts";
import { dayNumber, evaluate, momentNumber } from "../support/xpath-oracle.ts";

const label = { "zh-Hans": "示例", "zh-Hant": "示例", en: "Sample" };
const choices = ["a", "b"].map((name) => ({ name, label }));
const fields: Field[] = [
  { name: "text", type: "text", label },
  { name: "other", type: "long_text", label },
  { name: "count", type: "integer", label },
  { name: "heat", type: "temperature", label },
  { name: "day", type: "date", label },
  { name: "later", type: "date", label },
  { name: "moment", type: "datetime", label },
  { name: "yes", type: "yes_no", label },
  { name: "one", type: "select_one", choices, label },
  { name: "many", type: "select_multiple", choices, label },
];
const fieldNamed = (name: string) => fields.find((field) => field.name === name);
const NOW = new Date("2020-01-28T06:00:00Z");
const ZONE = "Asia/Shanghai";

const scopeOf = (self: Field) => ({ self, find: fieldNamed, ambiguous: () => false });
const targetOf = ({ name, type }: Field): Target => ({
  name,
  type,
  choices: new Map([
    ["a", "a"],
    ["b", "b"],
  ]),
});
function importScope(self: Field) {
  const remarks: string[] = [];
  const find = (name: string) => targetOf(fieldNamed(name) ?? self);
  return { self: targetOf(self), find, remark: (said: string) => remarks.push(said), remarks };
}
const back = (text: string, self = "count"): Rule =>
  ruleOf(parseXPath(text), importScope(fieldNamed(self) as Field));

const TEXTS = ["x", "and or", "it's", 'a "b"', `'"`, "2020-01-27", "7"];
const DAYS = ["2020-01-27", "2020-01-28", "2020-01-29"];
const MOMENTS = ["2020-01-27T15:59:00.000Z", "2020-01-28T06:00:00.000Z", "2020-01-28T16:00:00.000Z"];
const named = (...names: string[]) => fc.constantFrom(...names).map((field): Operand => ({ field }));
const value = <T extends string | number | boolean>(...values: T[]) =>
  fc.constantFrom(...values).map((each): Operand => ({ value: each }));
const moment = fc.oneof(
  named("moment"),
  fc.constantFrom(0, -480, 90).map((now): Operand => ({ now })),
);
const day = fc.oneof(
  named("day", "later"),
  fc.constantFrom(0, -1, 365).map((today): Operand => ({ today })),
);
const number = fc.oneof(named("count", "heat"), value(0, 7, -3, 37.5));
const ANY = ["eq", "ne", "lt", "le", "gt", "ge"] as const;
const compared = (
  ops: readonly (typeof ANY)[number][],
  left: fc.Arbitrary<Operand>,
  right: fc.Arbitrary<Operand>,
) => fc.record({ op: fc.constantFrom(...ops), left, right });
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  compared(ANY, number, number),
  compared(ANY, day, fc.oneof(day, moment)),
  compared(ANY, moment, fc.oneof(moment, day)),
  compared(ANY, named("day"), value(...DAYS)),
  compared(ANY, named("moment"), value(...DAYS)),
  compared(["eq", "ne"], named("text", "other"), fc.oneof(named("text", "other"), value(...TEXTS))),
  compared(["eq", "ne"], named("yes"), value(true, false)),
  compared(["eq", "ne"], named("one"), value("a", "b")),
  fc.constantFrom(...fields).map(({ name }): Rule => ({ op: "answered", field: name })),
  fc.record({
    op: fc.constant("selected" as const),
    field: fc.constantFrom("one", "many"),
    choice: fc.constantFrom("a", "b"),
  }),
);
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    leaf,
    fc.record({
      op: fc.constantFrom("and" as const, "or" as const),
      rules: fc.array(tie("rule"), { minLength: 2, maxLength: 3 }),
    }),
    tie("rule").map((inner): Rule => ({ op: "not", rule: inner })),
  ),
}));
/** The same about the field that the rule stands on. */
const asSelf = (about: Rule, self: string): Rule =>
  JSON.parse(JSON.stringify(about).replaceAll(`"field":"${self}"`, '"field":"."'));

const answer = <T extends Answer>(...values: T[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined });
const answers = fc.record({
  text: answer(...TEXTS),
  other: answer(...TEXTS),
  count: answer(0, 7, -3, 8),
  heat: answer(37.5, 36.4),
  day: answer(...DAYS),
  later: answer(...DAYS),
  moment: answer(...MOMENTS),
  yes: answer(true, false),
  one: answer("a", "b"),
  many: answer<Answer>(["a"], ["a", "b"]),
});
type Answers = Record<string, Answer | undefined>;

const here = (about: Rule, given: Answers, self: string) =>
  holds(about, {
    now: NOW,
    zone: ZONE,
    lookup: (name) => {
      const field = fieldNamed(name === "." ? self : name);
      const found = field && given[field.name];
      return found === undefined || !field ? undefined : { type: field.type, value: found };
    },
  });
const there = (text: string, given: Answers, self: string) =>
  evaluate(parseXPath(text), {
    now: NOW,
    zone: ZONE,
    answers: (name) => {
      const field = fieldNamed(name === "." ? self : name);
      const found = field && given[field.name];
      if (found === undefined) return "";
      if (typeof found === "boolean") return found ? "yes" : "no";
      if (Array.isArray(found)) return found.join(" ");
      if (field?.type === "date") return dayNumber(String(found));
      return field?.type === "datetime"
        ? momentNumber(new Date(String(found)), ZONE)
        : (found as string | number);
    },
  });

describe("a rule on its way to ODK and back", () => {
  it("is the same rule again, whatever it says", () => {
    fc.assert(
      fc.property(rule, fc.constantFrom(...fields), (about, self) => {
        const own = asSelf(about, self.name);
        expect(ruleOf(parseXPath(toXPath(own, scopeOf(self))), importScope(self))).toEqual(own);
      }),
      {
        numRuns: 1000,
        // Asked twice whether there is an answer, which looks like a comparison behind its guard.
        examples: [
          [{ op: "and", rules: Array(2).fill({ op: "answered", field: "other" }) }, fields[0] as Field],
        ],
      },
    );
  });

  it("means there what it means here, whoever left what unanswered", () => {
    fc.assert(
      fc.property(rule, answers, (about, given) => {
        expect(there(toXPath(about, scopeOf(fields[0] as Field)), given, "text")).toBe(
          here(about, given, "text"),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe("an expression that Chen wrote for Kobo", () => {
  const piece = fc.constantFrom(
    `\${count} > 5`,
    `\${count}!=7`,
    `7 <= \${count}`,
    `\${text} = ''`,
    `\${text} != 'x'`,
    `\${text}="x"`,
    `\${text} = \${other}`,
    `\${text} != \${other}`,
    `selected(\${many}, 'a')`,
    `selected( \${yes} ,'yes')`,
    `\${yes} = 'no'`,
    `\${one} != 'a'`,
    `not(\${one}='a')`,
    `\${day} <= today()`,
    `\${day} = \${later}`,
    `\${day} < today() - 1`,
    `\${moment} >= \${day}`,
    `\${moment} < now() - (60 div 1440)`,
    `\${day} > date('2020-01-27')`,
    `string-length(\${text}) > 0`,
    "true()",
  );
  const { text } = fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { maxDepth: 2 },
      piece,
      fc.tuple(tie("text"), fc.constantFrom(" and ", " or "), tie("text")).map((parts) => parts.join("")),
      tie("text").map((inner) => `not(${inner})`),
      tie("text").map((inner) => `( ${inner} )`),
    ),
  }));

  it("means here what it means there", () => {
    fc.assert(
      fc.property(
        text.filter((each) => !/string-length/.test(each)),
        answers,
        (each, given) => {
          expect(here(back(each), given, "count")).toBe(there(each, given, "count"));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    [`\${one} = 'a' or \${one} = 'b' and \${yes} = 'yes'`, "or(eq one a, and(eq one b, eq yes true))"],
    [". >= 0 and . <= 120", "and(ge . 0, le . 120)"],
    [
      `(\${count} > 1 or \${count} < -1) and not(\${yes} = 'no')`,
      "and(or(gt count 1, lt count -1), not(eq yes false))",
    ],
    [". <= today() + 14", "le . today+14", "day"],
    [`\${moment} > now() - 1`, "gt moment now-1440"],
    [`string-length(\${text}) > 0`, "answered text"],
    [`\${count} = '7'`, "eq count 7"],
  ])("%s is read as it binds", (written, shown, self = "count") => {
    const said = (operand: Operand): string => {
      if ("field" in operand) return operand.field;
      if ("value" in operand) return String(operand.value);
      const [from, by] = "today" in operand ? ["today", operand.today] : ["now", operand.now];
      return by === 0 ? from : `${from}${by > 0 ? "+" : ""}${by}`;
    };
    const show = (about: Rule): string => {
      if (about.op === "and" || about.op === "or") return `${about.op}(${about.rules.map(show).join(", ")})`;
      if (about.op === "not") return `not(${show(about.rule)})`;
      if (about.op === "answered") return `answered ${about.field}`;
      if (about.op === "selected") return `selected ${about.field} ${about.choice}`;
      if (!("left" in about)) return "";
      return `${about.op} ${said(about.left)} ${said(about.right)}`;
    };
    expect(show(back(written, self))).toBe(shown);
  });

  it.each([
    [`count-selected(\${many}) > 1`, "count-selected() is not understood here"],
    [`\${count} + \${heat} > 10`, "sums are only understood of today() and now()"],
    ["regex(., '^[0-9]+$')", "regex() is not understood here"],
    [`if(\${yes} = 'yes', 1, 0) = 1`, "if() is not understood here"],
    [`\${many} = 'a'`, "cannot be compared"],
    ["../count > 3", '"/" (a path) is not understood'],
    ["instance('x')/root/item > 3", '"/" (a path) is not understood'],
    [`\${text} > 'x'`, "only numbers and dates stand in an order"],
    [`\${text} > 3`, "a text is compared with a number"],
    [`\${one} = 'z'`, "one has no choice z"],
    [`\${count} >`, '"the end" is not understood here'],
    [`(\${count} > 1`, '")" is missing'],
    [`\${count} > 1)`, '")" is not understood here'],
    ["'never closed", "cannot be read"],
    [`\${count}`, "it is a value and no condition"],
    ["(".repeat(200), "nested too deeply"],
    [`\${count} > ${"1".repeat(20_000)}`, "the expression is too long"],
  ])("%s is refused with its reason", (written, reason) => {
    expect(() => back(written)).toThrow(reason);
  });

  it("says so where a day and a moment would differ by hours", () => {
    const scope = importScope(fieldNamed("moment") as Field);
    ruleOf(parseXPath(". <= today()"), scope);
    expect(scope.remarks).toEqual(["a day and a moment are compared by their days here"]);
    ruleOf(parseXPath(". >= today()"), scope);
    expect(scope.remarks).toHaveLength(1);
  });
});

describe("a rule that ODK cannot say", () => {
  const field = (name: string): Operand => ({ field: name });
  const refused: [string, Rule][] = [
    ["only numbers and dates in order", { op: "lt", left: field("text"), right: { value: "m" } }],
    ["never holds", { op: "eq", left: field("count"), right: { value: "7" } }],
    ["never holds", { op: "eq", left: field("yes"), right: { value: 1 } }],
    ["cannot be compared", { op: "eq", left: field("many"), right: { value: "a" } }],
    ["nothing equals an empty text", { op: "eq", left: field("text"), right: { value: "" } }],
    ["curved quotes", { op: "eq", left: field("text"), right: { value: "“好”" } }],
    ["read as a question", { op: "eq", left: field("text"), right: { value: `\${x}` } }],
    ["line ends", { op: "eq", left: field("text"), right: { value: "a\nb" } }],
    ["no choice c", { op: "selected", field: "one", choice: "c" }],
    ["no choices to be selected", { op: "selected", field: "text", choice: "a" }],
    ["there is no nobody here", { op: "answered", field: "nobody" }],
    ["cannot be written", { op: "eq", left: field("count"), right: { value: 1e300 } }],
  ];
  it.each(refused)("%s", (reason, about) => {
    expect(() => toXPath(about, scopeOf(fields[0] as Field))).toThrow(reason);
  });
});
