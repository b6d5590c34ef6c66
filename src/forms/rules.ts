import { addDays, localDate, MINUTE } from "../domain/time.ts";
import type { Field, IdDocument, Operand, Rule } from "./define.ts";

/*
 * What a rule means. The page's script keeps the same meaning:
 * - an unanswered operand makes a comparison false, "ne" too; "not" turns that round;
 * - numbers compare as numbers, dates and texts as texts, a moment beside a day by its day in the zone;
 * - booleans, and answers of different kinds, only compare with eq and ne.
 */
export type Answer = string | number | boolean | readonly string[] | IdDocument;
/** Looks a field up by name (never "."); undefined where it is unanswered or not relevant. */
export type Lookup = (field: string) => { type: Field["type"]; value: Answer } | undefined;
export type RuleContext = { lookup: Lookup; now: Date; zone: string };

/** Rules deeper than this are false: no form needs it. */
const DEEPEST = 8;

/** Whether a rule holds. Never throws. */
export function holds(rule: Rule, ctx: RuleContext, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  switch (rule.op) {
    case "and":
      return rule.rules.every((part) => holds(part, ctx, depth + 1));
    case "or":
      return rule.rules.some((part) => holds(part, ctx, depth + 1));
    case "not":
      return !holds(rule.rule, ctx, depth + 1);
    case "answered":
      return ctx.lookup(rule.field) !== undefined;
    case "selected": {
      const value = ctx.lookup(rule.field)?.value;
      return Array.isArray(value) ? value.includes(rule.choice) : value === rule.choice;
    }
    default:
      return compare(rule.op, resolve(rule.left, ctx), resolve(rule.right, ctx), ctx.zone);
  }
}

/** Every field that a rule names, "." included. */
export function fieldsOf(rule: Rule): string[] {
  switch (rule.op) {
    case "and":
    case "or":
      return rule.rules.flatMap(fieldsOf);
    case "not":
      return fieldsOf(rule.rule);
    case "answered":
    case "selected":
      return [rule.field];
    default:
      return [rule.left, rule.right].flatMap((side) => ("field" in side ? [side.field] : []));
  }
}

type Resolved = { value: string | number | boolean; moment?: true };

function resolve(operand: Operand, { lookup, now, zone }: RuleContext): Resolved | undefined {
  if ("value" in operand) return { value: operand.value };
  if ("today" in operand) return { value: addDays(localDate(now, zone), operand.today) };
  if ("now" in operand) {
    return { value: new Date(now.getTime() + operand.now * MINUTE).toISOString(), moment: true };
  }
  const found = lookup(operand.field);
  if (found === undefined || typeof found.value === "object") return undefined;
  return found.type === "datetime" ? { value: found.value, moment: true } : { value: found.value };
}

function compare(
  op: "eq" | "ne" | "lt" | "le" | "gt" | "ge",
  a: Resolved | undefined,
  b: Resolved | undefined,
  zone: string,
): boolean {
  if (a === undefined || b === undefined) return false;
  const mixed = Boolean(a.moment) !== Boolean(b.moment);
  const left = mixed ? dayOf(a, zone) : a.value;
  const right = mixed ? dayOf(b, zone) : b.value;
  if (op === "eq") return left === right;
  if (op === "ne") return left !== right;
  if (typeof left === "boolean" || typeof left !== typeof right) return false;
  if (op === "lt") return left < right;
  if (op === "le") return left <= right;
  if (op === "gt") return left > right;
  return left >= right;
}

const dayOf = ({ value, moment }: Resolved, zone: string) =>
  moment ? localDate(new Date(value as string), zone) : value;
