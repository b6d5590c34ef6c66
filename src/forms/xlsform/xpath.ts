import { NotCarried } from "./sheet.ts";

/*
 * The expressions of ODK forms (XPath 1.0 with ${name} for a question), read into a tree. Paths, predicates and unions
 * are beyond what any form file says and are refused by name.
 */
export type Compare = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type Expression =
  | { is: "or" | "and"; parts: Expression[] }
  | { is: "compare"; op: Compare; left: Expression; right: Expression }
  | { is: "math"; op: "+" | "-" | "*" | "div" | "mod"; left: Expression; right: Expression }
  | { is: "negative"; of: Expression }
  | { is: "number"; value: number }
  | { is: "text"; value: string }
  | { is: "self" }
  | { is: "field"; name: string }
  | { is: "call"; name: string; args: Expression[] };

const LONGEST = 10_000;
const DEEPEST = 60;

type Token = { kind: "number" | "text" | "field" | "name" | "sign" | "end"; text: string };

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d*)?|\.\d+)|"(?<double>[^"]*)"|'(?<single>[^']*)'|\$\{\s*(?<field>[^{}]*?)\s*\}|(?<name>[\p{L}_][\p{L}\p{M}\p{Nd}_.\-:]*)|(?<sign>!=|<=|>=|\.\.|::|\/\/|[=<>()+\-*,.|/[\]@]))/uy;

function tokensOf(text: string): Token[] {
  if (text.length > LONGEST) throw new NotCarried("the expression is too long");
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text)?.groups;
    if (!found) throw new NotCarried(`"${text.slice(at, at + 12).trim()}" cannot be read`);
    const { number, double, single, field, name, sign } = found;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (field !== undefined) tokens.push({ kind: "field", text: field });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else tokens.push({ kind: "text", text: double ?? single ?? "" });
  }
  return tokens;
}

/** The tree of an expression. Throws NotCarried, with what cannot be read, where it is none of ours. */
export function parseXPath(text: string): Expression {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;
  const next = (): Token => tokens[at] ?? { kind: "end", text: "the end" };
  const isSign = (...signs: string[]) => next().kind === "sign" && signs.includes(next().text);
  const isWord = (...words: string[]) => next().kind === "name" && words.includes(next().text);
  const take = (): Token => {
    const token = next();
    at++;
    return token;
  };
  const expect = (sign: string) => {
    if (!isSign(sign)) throw new NotCarried(`"${sign}" is missing before ${next().text}`);
    at++;
  };

  const chain = (word: "or" | "and", part: () => Expression): Expression => {
    const parts = [part()];
    while (isWord(word)) {
      at++;
      parts.push(part());
    }
    return parts.length === 1 && parts[0] ? parts[0] : { is: word, parts };
  };
  const either = (): Expression => {
    if (++depth > DEEPEST) throw new NotCarried("the expression is nested too deeply");
    const found = chain("or", () => chain("and", equal));
    depth--;
    return found;
  };
  const compared = (signs: readonly Compare[], part: () => Expression) => (): Expression => {
    let left = part();
    while (isSign(...signs)) left = { is: "compare", op: take().text as Compare, left, right: part() };
    return left;
  };
  const multiplied = (): Expression => {
    let left = signed();
    while (isSign("*") || isWord("div", "mod"))
      left = { is: "math", op: take().text as "*" | "div" | "mod", left, right: signed() };
    return left;
  };
  const added = (): Expression => {
    let left = multiplied();
    while (isSign("+", "-")) left = { is: "math", op: take().text as "+" | "-", left, right: multiplied() };
    return left;
  };
  const signed = (): Expression => {
    if (!isSign("-")) return primary();
    at++;
    if (++depth > DEEPEST) throw new NotCarried("the expression is nested too deeply");
    const of = signed();
    depth--;
    return of.is === "number" ? { is: "number", value: -of.value } : { is: "negative", of };
  };
  const equal = compared(["=", "!="], compared(["<=", ">=", "<", ">"], added));

  const primary = (): Expression => {
    const token = take();
    if (isSign("/", "//", "[", "::", "|"))
      throw new NotCarried(`"${next().text}" (a path) is not understood`);
    if (token.kind === "number") return { is: "number", value: Number(token.text) };
    if (token.kind === "text") return { is: "text", value: token.text };
    if (token.kind === "field") return { is: "field", name: token.text };
    if (token.kind === "sign" && token.text === ".") return { is: "self" };
    if (token.kind === "sign" && token.text === "(") {
      const inside = either();
      expect(")");
      return inside;
    }
    if (token.kind !== "name" || !isSign("(")) throw new NotCarried(`"${token.text}" is not understood here`);
    at++;
    const args: Expression[] = [];
    if (!isSign(")")) {
      args.push(either());
      while (isSign(",")) {
        at++;
        args.push(either());
      }
    }
    expect(")");
    return { is: "call", name: token.text, args };
  };

  const whole = either();
  if (isSign("/", "//", "[", "::", "|")) throw new NotCarried(`"${next().text}" (a path) is not understood`);
  if (next().kind !== "end") throw new NotCarried(`"${next().text}" is not understood here`);
  return whole;
}

/** Every question that an expression names; none where it cannot be read to its end. */
export const referencesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{\s*(?:last-saved#)?([^{}]*?)\s*\}/g)].map(([, name = ""]) => name);
