import type { Field, Operand, Rule } from "../define.ts";
import { DOCUMENT_KINDS, documentParts, NotCarried } from "./sheet.ts";

/*
 * A rule as ODK reads it, meaning the same: there an unanswered question is '' and equals '', here it makes every
 * comparison false; so guards stand where that would differ.
 */
export type RuleScope = {
  self: Field;
  /** The field that a name means where the rule stands: the own row's before the form's. */
  find: (name: string) => Field | undefined;
  /** Whether more than one question of the form has this name; ODK then cannot tell which. */
  ambiguous: (name: string) => boolean;
};

/** What a comparison is about; answers of different kinds never compare, a day and a moment by their day. */
export type Kind = "number" | "text" | "truth" | "day" | "moment";

/** The kind of a field's answer; undefined where it has none that compares. */
export function kindOf(type: Field["type"]): Kind | undefined {
  switch (type) {
    case "integer":
    case "decimal":
    case "temperature":
      return "number";
    case "date":
      return "day";
    case "datetime":
      return "moment";
    case "yes_no":
      return "truth";
    case "select_multiple":
    case "id_document":
      return undefined;
    default:
      return "text";
  }
}

/** The expression of a rule. Throws NotCarried where ODK has none that means the same. */
export function toXPath(rule: Rule, scope: RuleScope): string {
  switch (rule.op) {
    case "and":
    case "or": {
      if (rule.rules.length === 0) return rule.op === "and" ? "true()" : "false()";
      if (rule.rules.length === 1 && rule.rules[0]) return toXPath(rule.rules[0], scope);
      return rule.rules.map((part) => bracketed(part, scope)).join(` ${rule.op} `);
    }
    case "not":
      return `not(${toXPath(rule.rule, scope)})`;
    case "answered":
      return `${reference(rule.field, scope, true)} != ''`;
    case "selected": {
      const field = fieldOf(rule.field, scope);
      if (field.type !== "select_one" && field.type !== "select_multiple")
        throw new NotCarried(`${rule.field} has no choices to be selected`);
      if (!field.choices.some(({ name }) => name === rule.choice))
        throw new NotCarried(`${rule.field} has no choice ${rule.choice}`);
      return `selected(${reference(rule.field, scope)}, ${quoted(rule.choice)})`;
    }
    default:
      return compare(rule, scope);
  }
}

/** A rule as a part of a longer one: in brackets where it has more than one part itself. */
export const bracketed = (rule: Rule, scope: RuleScope): string => {
  const text = toXPath(rule, scope);
  const whole = "left" in rule ? guardsOf(rule).length === 0 : rule.op !== "and" && rule.op !== "or";
  return whole || !/ (?:and|or) /.test(text) ? text : `(${text})`;
};

/** A day as it is written. */
export const DAY = /^\d{4}-\d{2}-\d{2}$/;

type Comparison = Extract<Rule, { left: Operand }>;
const SIGN = { eq: "=", ne: "!=", lt: "<", le: "<=", gt: ">", ge: ">=" } as const;
export const ORDERING: readonly string[] = ["lt", "le", "gt", "ge"];

/** The fields that must be answered for a comparison to mean in ODK what it means here; "." always is. */
export function guardsOf({ op, left, right }: Comparison): string[] {
  const fields = [left, right].flatMap((side) => ("field" in side && side.field !== "." ? [side.field] : []));
  if (op === "ne") return [...new Set(fields)];
  return op === "eq" && fields.length === 2 ? fields.slice(0, 1) : [];
}

function compare(rule: Comparison, scope: RuleScope): string {
  const { op, left, right } = rule;
  const [a, b] = [kindOfOperand(left, right, scope), kindOfOperand(right, left, scope)];
  const mixed = (a === "day" && b === "moment") || (a === "moment" && b === "day");
  if (a !== b && !mixed) throw new NotCarried(`a ${a} and a ${b} are compared, which never holds`);
  if (ORDERING.includes(op) && (a === "text" || a === "truth"))
    throw new NotCarried("ODK puts only numbers and dates in order");
  const side = (operand: Operand, kind: Kind) => {
    const text = shown(operand, kind, scope);
    return mixed && kind === "moment" ? `date(format-date(${text}, '%Y-%m-%d'))` : text;
  };
  const own = `${side(left, a)} ${SIGN[op]} ${side(right, b)}`;
  return [...guardsOf(rule).map((name) => `${reference(name, scope)} != ''`), own].join(" and ");
}

function kindOfOperand(operand: Operand, other: Operand, scope: RuleScope): Kind {
  if ("today" in operand) return "day";
  if ("now" in operand) return "moment";
  if ("field" in operand) {
    const kind = kindOf(fieldOf(operand.field, scope).type);
    if (!kind) throw new NotCarried(`the answer to ${operand.field} cannot be compared`);
    return kind;
  }
  if (typeof operand.value === "boolean") return "truth";
  if (typeof operand.value === "number") return "number";
  // A text beside a day or a moment is a day.
  const beside = "value" in other ? "text" : kindOfOperand(other, { value: 0 }, scope);
  if (beside !== "day" && beside !== "moment") return "text";
  if (!DAY.test(operand.value)) throw new NotCarried(`"${operand.value}" is no day`);
  return "day";
}

function shown(operand: Operand, kind: Kind, scope: RuleScope): string {
  if ("field" in operand) return reference(operand.field, scope);
  if ("today" in operand) return shifted("today()", operand.today, "");
  if ("now" in operand) return shifted("now()", operand.now, " div 1440");
  const { value } = operand;
  if (typeof value === "boolean") return value ? "'yes'" : "'no'";
  if (typeof value === "number") return digits(value);
  if (value === "") throw new NotCarried("nothing equals an empty text");
  return kind === "day" ? `date(${quoted(value)})` : quoted(value);
}

const shifted = (from: string, by: number, unit: string) =>
  by === 0 ? from : `${from} ${by < 0 ? "-" : "+"} ${digits(Math.abs(by))}${unit}`;

/** XPath 1.0 has no exponents. */
function digits(value: number): string {
  const text = String(value);
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) throw new NotCarried(`${text} cannot be written in an expression`);
  return text;
}

/** A text in quotes; XPath 1.0 has no way to escape one, so that both kinds are joined. */
export function quoted(text: string): string {
  if (/[‘’“”]/.test(text)) throw new NotCarried("pyxform turns curved quotes into straight ones");
  if (/\$\{/.test(text)) throw new NotCarried("${ would be read as a question");
  if (/[^\P{Cc}\t]/u.test(text)) throw new NotCarried("a text with line ends or control characters");
  if (!text.includes("'")) return `'${text}'`;
  if (!text.includes('"')) return `"${text}"`;
  const parts = text.split(/(')/).filter((part) => part !== "");
  return `concat(${parts.map((part) => (part === "'" ? `"'"` : `'${part}'`)).join(", ")})`;
}

function fieldOf(name: string, { self, find }: RuleScope): Field {
  const field = name === "." ? self : find(name);
  if (!field) throw new NotCarried(`there is no ${name} here`);
  return field;
}

function reference(name: string, scope: RuleScope, answered = false): string {
  const field = fieldOf(name, scope);
  if (field.type === "id_document") {
    if (!answered || name === ".")
      throw new NotCarried(`${name} is a document, of which only ${DOCUMENT_KINDS} is asked`);
    return `\${${documentParts(field.name).kind}}`;
  }
  if (name === ".") return ".";
  if (scope.ambiguous(name)) throw new NotCarried(`there are several questions named ${name}`);
  return `\${${name}}`;
}
