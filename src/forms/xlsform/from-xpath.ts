import type { Field, Operand, Rule } from "../define.ts";
import { NotCarried } from "./sheet.ts";
import { DAY, guardsOf, kindOf, ORDERING } from "./to-xpath.ts";
import type { Compare, Expression } from "./xpath.ts";

/*
 * A rule out of ODK's expression, meaning the same: what ODK says without a guard about an unanswered question is said
 * here with its own words. What no rule can say is refused with the reason.
 */
/** A question as expressions name it; `choices` are its answers there and here. */
export type Target = { name: string; type: Field["type"]; choices?: ReadonlyMap<string, string> };
export type ExpressionScope = {
  self: Target;
  /** The question of a name where the expression stands. Throws NotCarried where it cannot be named. */
  find: (name: string) => Target;
  /** Told where a rule means nearly the same. */
  remark: (said: string) => void;
};

/** The rule of an expression. Throws NotCarried with the reason. */
export function ruleOf(expression: Expression, scope: ExpressionScope): Rule {
  switch (expression.is) {
    case "or":
      return { op: "or", rules: expression.parts.map((part) => ruleOf(part, scope)) };
    case "and":
      return guarded(expression.parts, scope) ?? { op: "and", rules: partsOf(expression.parts, scope) };
    case "compare":
      return comparison(expression, scope);
    case "call":
      return called(expression, scope);
    default:
      throw new NotCarried("it is a value and no condition");
  }
}

const partsOf = (parts: readonly Expression[], scope: ExpressionScope) =>
  parts.map((part) => ruleOf(part, scope));

/** `${a} != '' and ${a} != 'x'` is what our own "ne" looks like there. */
function guarded(parts: readonly Expression[], scope: ExpressionScope): Rule | undefined {
  const last = parts.at(-1);
  // With '' itself it asks for an answer once more, and compares nothing.
  if (last?.is !== "compare" || isEmpty(last.left) || isEmpty(last.right)) return undefined;
  let rule: Rule;
  try {
    rule = plainComparison(last, scope);
  } catch {
    return undefined;
  }
  if (!("left" in rule)) return undefined;
  const guards = guardsOf(rule);
  if (guards.length === 0 || guards.length !== parts.length - 1) return undefined;
  const stand = guards.every((name, at) => {
    const part = parts[at];
    return (
      part?.is === "compare" && part.op === "!=" && isEmpty(part.right) && nameOf(part.left, scope) === name
    );
  });
  return stand ? rule : undefined;
}

const isEmpty = (side: Expression) => side.is === "text" && side.value === "";
const nameOf = (side: Expression, scope: ExpressionScope): string | undefined => {
  if (side.is === "self") return ".";
  return side.is === "field" ? scope.find(side.name).name : undefined;
};
const targetOf = (side: Expression, scope: ExpressionScope): Target | undefined => {
  if (side.is === "self") return scope.self;
  return side.is === "field" ? scope.find(side.name) : undefined;
};

const OP = { "=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge" } as const;
type Comparison = Extract<Rule, { left: Operand }>;

function comparison(expression: Extract<Expression, { is: "compare" }>, scope: ExpressionScope): Rule {
  const { op, left, right } = expression;
  const about = answeredBy(op, left, right, scope) ?? answeredBy(op, right, left, scope);
  if (about) return about;
  const rule = plainComparison(expression, scope);
  const guards = guardsOf(rule);
  if (guards.length === 0) return rule;
  // Without a guard an unanswered question is '' there: unlike every value, and like another that is unanswered too.
  const fields = [rule.left, rule.right].flatMap((side) => ("field" in side ? [side.field] : []));
  const none = fields.map((field): Rule => ({ op: "not", rule: { op: "answered", field } }));
  const equal: Rule = { ...rule, op: "eq" };
  const alike: Rule = fields.length < 2 ? equal : { op: "or", rules: [equal, { op: "and", rules: none }] };
  return rule.op === "ne" ? { op: "not", rule: alike } : alike;
}

/** x != '' and string-length(x) > 0 ask whether there is an answer. */
function answeredBy(
  op: Compare,
  left: Expression,
  right: Expression,
  scope: ExpressionScope,
): Rule | undefined {
  if (isEmpty(right) && (op === "=" || op === "!=")) {
    const field = nameOf(left, scope);
    if (!field) throw new NotCarried("only a question can be compared with an empty text");
    const answered: Rule = { op: "answered", field };
    return op === "!=" ? answered : { op: "not", rule: answered };
  }
  const long = left.is === "call" && left.name === "string-length" && left.args.length === 1 && left.args[0];
  if (long && op === ">" && right.is === "number" && right.value === 0) {
    const field = nameOf(long, scope);
    if (field) return { op: "answered", field };
  }
  return undefined;
}

function plainComparison(
  { op, left, right }: Extract<Expression, { is: "compare" }>,
  scope: ExpressionScope,
): Comparison {
  const [a, b] = [operandOf(left, right, scope), operandOf(right, left, scope)];
  const [x, y] = [kindBeside(a, b, scope), kindBeside(b, a, scope)];
  const sorts = (x === "day" && y === "moment") || (x === "moment" && y === "day");
  if (x !== y && !sorts) throw new NotCarried(`a ${x} is compared with a ${y}`);
  if (ORDERING.includes(OP[op]) && (x === "truth" || x === "text"))
    throw new NotCarried("only numbers and dates stand in an order");
  const exact = unwrapped(left) ?? unwrapped(right);
  if (exact && !sorts) throw new NotCarried("format-date() is only understood beside a day");
  if (sorts && !exact && !(x === "day" ? ["<=", ">"] : [">=", "<"]).includes(op))
    scope.remark("a day and a moment are compared by their days here");
  return { op: OP[op], left: a, right: b };
}

/** A text beside a day or a moment is a day. */
function kindBeside(operand: Operand, other: Operand, scope: ExpressionScope): string {
  const kind = kindOfOperand(operand, scope);
  if (!("value" in operand) || kind !== "text" || "value" in other) return kind;
  const beside = kindOfOperand(other, scope);
  if (beside !== "day" && beside !== "moment") return kind;
  if (!DAY.test(String(operand.value))) throw new NotCarried(`"${operand.value}" is no day`);
  return "day";
}

function kindOfOperand(operand: Operand, scope: ExpressionScope): string {
  if ("today" in operand) return "day";
  if ("now" in operand) return "moment";
  if ("value" in operand)
    return { string: "text", number: "number", boolean: "truth" }[typeof operand.value as "string"];
  const target = operand.field === "." ? scope.self : targets(scope).get(operand.field);
  const kind = target && kindOf(target.type);
  if (!kind)
    throw new NotCarried(`the answer to ${operand.field} cannot be compared (selected() asks for a choice)`);
  return kind;
}

/** Targets already found, by the name they have here. */
const found = new WeakMap<ExpressionScope, Map<string, Target>>();
function targets(scope: ExpressionScope): Map<string, Target> {
  const known = found.get(scope) ?? new Map<string, Target>();
  found.set(scope, known);
  return known;
}

function operandOf(side: Expression, other: Expression, scope: ExpressionScope): Operand {
  const inside = unwrapped(side);
  if (inside) return operandOf(inside, other, scope);
  switch (side.is) {
    case "self":
      return { field: "." };
    case "field": {
      const target = scope.find(side.name);
      targets(scope).set(target.name, target);
      return { field: target.name };
    }
    case "number":
      return { value: side.value };
    case "text":
      return { value: answerOf(side.value, targetOf(unwrapped(other) ?? other, scope)) };
    case "math":
      return momentOf(side);
    case "call":
      return calledOperand(side, other, scope);
    default:
      throw new NotCarried("the comparison is too involved");
  }
}

/** What a text stands for beside a question: yes, a choice, a number. */
function answerOf(text: string, target: Target | undefined): string | number | boolean {
  if (target?.type === "yes_no") {
    const name = target.choices?.get(text) ?? text;
    if (name === "yes" || name === "no") return name === "yes";
    throw new NotCarried(`${target.name} is answered yes or no, not ${text}`);
  }
  if (target?.type === "select_one") {
    const name = target.choices?.get(text);
    if (name === undefined) throw new NotCarried(`${target.name} has no choice ${text}`);
    return name;
  }
  if (target && kindOf(target.type) === "number" && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  return text;
}

/** today() and now() with days, or with minutes as so many 1440ths, added or taken away. */
function momentOf({ op, left, right }: Extract<Expression, { is: "math" }>): Operand {
  const base = left.is === "call" && left.args.length === 0 ? left.name : undefined;
  const days =
    right.is === "number"
      ? right.value
      : right.is === "math" && right.op === "div" && right.left.is === "number" && right.right.is === "number"
        ? right.left.value / right.right.value
        : undefined;
  if ((base !== "today" && base !== "now") || days === undefined || (op !== "+" && op !== "-"))
    throw new NotCarried("sums are only understood of today() and now()");
  const by = op === "-" ? -days : days;
  if (base === "now") return { now: Math.round(by * 1440 * 1e6) / 1e6 };
  if (!Number.isInteger(by)) throw new NotCarried("today() goes by whole days");
  return { today: by };
}

function calledOperand(
  call: Extract<Expression, { is: "call" }>,
  other: Expression,
  scope: ExpressionScope,
): Operand {
  const [first] = call.args;
  if (call.name === "today" && !first) return { today: 0 };
  if (call.name === "now" && !first) return { now: 0 };
  if ((call.name === "true" || call.name === "false") && !first) return { value: call.name === "true" };
  if (call.name === "date" && first?.is === "text") return { value: first.value };
  if (call.name === "concat" && call.args.every((arg) => arg.is === "text")) {
    const text = call.args.map((arg) => (arg.is === "text" ? arg.value : "")).join("");
    return { value: answerOf(text, targetOf(other, scope)) };
  }
  if ((call.name === "number" || call.name === "int") && first && call.args.length === 1) {
    const target = targetOf(first, scope);
    const whole =
      target?.type === "integer" || (call.name === "number" && target && kindOf(target.type) === "number");
    if (whole) return operandOf(first, other, scope);
  }
  throw new NotCarried(`${call.name}() is not understood here`);
}

/** The moment inside date(format-date(…, '%Y-%m-%d')), which is how ODK takes its day. */
function unwrapped(side: Expression): Expression | undefined {
  if (side.is !== "call" || side.name !== "date") return undefined;
  const [inner, ...more] = side.args;
  if (inner?.is !== "call" || inner.name !== "format-date" || more.length > 0) return undefined;
  const [moment, pattern] = inner.args;
  return pattern?.is === "text" && pattern.value === "%Y-%m-%d" ? moment : undefined;
}

function called({ name, args }: Extract<Expression, { is: "call" }>, scope: ExpressionScope): Rule {
  const [first, second] = args;
  if (name === "true" && !first) return { op: "and", rules: [] };
  if (name === "false" && !first) return { op: "or", rules: [] };
  if (name === "not" && first && args.length === 1) return { op: "not", rule: ruleOf(first, scope) };
  if (name !== "selected" || args.length !== 2 || !first || second?.is !== "text")
    throw new NotCarried(`${name}() is not understood here`);
  const target = targetOf(first, scope);
  const field = nameOf(first, scope);
  if (!target || !field) throw new NotCarried("selected() is only understood of a question");
  if (target.type === "yes_no")
    return { op: "eq", left: { field }, right: { value: answerOf(second.value, target) } };
  const choice = target.choices?.get(second.value);
  if (choice === undefined) throw new NotCarried(`${target.name} has no choice ${second.value}`);
  return { op: "selected", field, choice };
}
