import { localDate } from "../../src/domain/time.ts";
import type { Expression } from "../../src/forms/xlsform/xpath.ts";

/*
 * What ODK makes of an expression, by its documentation alone: an unanswered question is '', dates are days since
 * 1970 with a fraction for the time, what is no number is less and more than nothing.
 */
type Value = string | number | boolean;
export type OdkContext = { answers: (name: string) => Value; now: Date; zone: string };

/** The value of an expression. */
export function evaluate(tree: Expression, ctx: OdkContext): Value {
  switch (tree.is) {
    case "or":
      return tree.parts.some((part) => evaluate(part, ctx) === true);
    case "and":
      return tree.parts.every((part) => evaluate(part, ctx) === true);
    case "compare":
      return compare(tree.op, evaluate(tree.left, ctx), evaluate(tree.right, ctx));
    case "math": {
      const [a, b] = [Number(evaluate(tree.left, ctx)), Number(evaluate(tree.right, ctx))];
      return tree.op === "+" ? a + b : tree.op === "-" ? a - b : tree.op === "div" ? a / b : a * b;
    }
    case "negative":
      return -Number(evaluate(tree.of, ctx));
    case "number":
    case "text":
      return tree.value;
    case "self":
      return ctx.answers(".");
    case "field":
      return ctx.answers(tree.name);
    case "call":
      return call(tree.name, tree.args, ctx);
  }
}

/** A local day as days since 1970. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
/** A moment in days since 1970, by the clock of its zone. */
export function momentNumber(moment: Date, zone: string): number {
  const hours = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const [h = 0, m = 0, s = 0] = hours.format(moment).split(":").map(Number);
  return dayNumber(localDate(moment, zone)) + (h * 3600 + m * 60 + s) / 86_400;
}

function call(name: string, args: readonly Expression[], ctx: OdkContext): Value {
  const values = args.map((arg) => evaluate(arg, ctx));
  const [first = "", second = ""] = values;
  if (name === "true" || name === "false") return name === "true";
  if (name === "not") return first !== true;
  if (name === "selected") return String(first).split(" ").includes(String(second));
  if (name === "today") return dayNumber(localDate(ctx.now, ctx.zone));
  if (name === "now") return momentNumber(ctx.now, ctx.zone);
  if (name === "concat") return values.join("");
  if (name === "format-date") return first === "" ? "" : Math.floor(Number(first) + 1e-9);
  if (name === "date") return typeof first === "string" && first !== "" ? dayNumber(first) : first;
  throw new Error(`the oracle does not know ${name}()`);
}

function compare(op: string, a: Value, b: Value): boolean {
  if (op === "=" || op === "!=") {
    const text = typeof a === "string" && typeof b === "string";
    const same = text ? a === b : a !== "" && b !== "" && Math.abs(Number(a) - Number(b)) < 1e-7;
    return same === (op === "=");
  }
  const [x, y] = [a === "" ? Number.NaN : Number(a), b === "" ? Number.NaN : Number(b)];
  const near = Math.abs(x - y) < 1e-7;
  if (op === "<") return !near && x < y;
  if (op === "<=") return near || x < y;
  return op === ">" ? !near && x > y : near || x > y;
}
