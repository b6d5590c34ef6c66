import { type Constraint, type Field, LANGS, type Lang, type Rule, type Words } from "../define.ts";
import { faults, shortLabel } from "../words.ts";
import { type ExpressionScope, ruleOf, type Target } from "./from-xpath.ts";
import { mark, NotCarried, type Remark, type SheetRow } from "./sheet.ts";
import type { Speech } from "./speech.ts";
import { type Bounds, boundWords, TYPE_CHECKS } from "./typed.ts";
import { type Expression, parseXPath } from "./xpath.ts";

/* One question's row, its type known, becomes a field. */

/** An expression with the row that it stands in: a group's holds for every question in it. */
export type When = { text: string; row: number };
export type Asked = {
  line: SheetRow;
  own: Partial<Field> & { type: Field["type"] };
  target: Target;
  when: readonly When[];
  /** Finds a question for `relevant` (only earlier ones) or for `constraint`. Throws NotCarried. */
  find: (name: string, earlier: boolean) => Target;
};

/** The field; what it loses is pushed. `sealed`: no column says which answers are personal, so texts are. */
export function fieldOf(asked: Asked, speech: Speech, losses: Remark[], sealed: boolean): Field {
  const { line, own, target } = asked;
  const { row, cells } = line;
  const lose = (column: string, said: string, at = row) =>
    losses.push({ sheet: "survey", row: at, column, said });
  const label = speech.words("survey", line, "label") ?? wordless(target.name);
  if (!Object.keys(cells).some((head) => head.startsWith("label")))
    lose("label", "no label; the name stands there");
  const hint = speech.words("survey", line, "hint");
  const relevant = relevantOf(asked, lose);
  const text =
    own.type === "text" || own.type === "long_text" || own.type === "phone" || own.type === "id_document";
  return {
    name: target.name,
    ...own,
    ...markedOf(cells, own.type, lose),
    ...(cells[mark("pii")] === "yes" || (sealed && text) ? { pii: true } : {}),
    label,
    ...(hint ? { hint } : {}),
    ...requiredOf(asked, label, relevant === "lost", speech, lose),
    ...(relevant && relevant !== "lost" ? { relevant } : {}),
    ...constraintOf(asked, speech, lose, label),
  } as Field;
}

type Lose = (column: string, said: string, row?: number) => void;

const wordless = (name: string): Words => ({ "zh-Hans": name, "zh-Hant": name, en: name });

/** What stands in the marked columns. */
function markedOf(cells: SheetRow["cells"], type: Field["type"], lose: Lose): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const name of ["autocomplete", "calculation"]) if (cells[mark(name)]) found[name] = cells[mark(name)];
  for (const name of ["otherwise", "example"]) {
    const text = cells[mark(name)];
    if (text === undefined) continue;
    try {
      found[name] = JSON.parse(text);
    } catch {
      lose(mark(name), "it is no JSON");
    }
  }
  const count = cells[mark("count")];
  if (type === "integer" && (count === "flow" || count === "stock")) found.count = count;
  else if (count !== undefined) lose(mark("count"), "only whole numbers are counted, as flow or stock");
  const measure = markedWords(cells, "measure");
  if (type === "integer" && measure) found.measure = measure;
  return found;
}

/** Words out of three marked columns. */
export function markedWords(cells: SheetRow["cells"], name: string): Words | undefined {
  const said = LANGS.map((lang) => [lang, cells[mark(`${name}-${lang}`)]] as const);
  return said.every(([, text]) => text) ? (Object.fromEntries(said) as Record<Lang, string>) : undefined;
}

function requiredOf({ line, when }: Asked, label: Words, lost: boolean, speech: Speech, lose: Lose) {
  const text = line.cells.required;
  if (text === undefined || /^(?:no|false|false\(\)|0)$/i.test(text)) return {};
  if (!/^(?:yes|true|true\(\)|1)$/i.test(text)) {
    lose("required", `"${text.slice(0, 60)}" decides whether it is required; here it is not`);
    return {};
  }
  if (lost) {
    lose("required", "it is always asked here, so that it is not required", when.at(-1)?.row);
    return {};
  }
  const said = speech.words("survey", line, "required_message");
  if (said) return { required: said };
  const about = (lang: Lang, join: string) => `${shortLabel({ label }, lang)}${join}${faults.missing[lang]}`;
  return {
    required: { "zh-Hans": about("zh-Hans", "："), "zh-Hant": about("zh-Hant", "："), en: about("en", ": ") },
  };
}

/** Every condition of the question and the groups around it; "lost" where one of them cannot be carried over. */
function relevantOf({ when, target, find }: Asked, lose: Lose): Rule | "lost" | undefined {
  const rules: Rule[] = [];
  for (const { text, row } of when) {
    const scope: ExpressionScope = {
      self: target,
      find: (name) => find(name, true),
      remark: (said) => lose("relevant", said, row),
    };
    try {
      rules.push(boundedRule(parseXPath(text), scope));
    } catch (error) {
      if (!(error instanceof NotCarried)) throw error;
      lose(
        "relevant",
        `"${shown(text)}" is not carried over, so that it is always asked: ${error.message}`,
        row,
      );
      return "lost";
    }
  }
  return rules.length > 1 ? { op: "and", rules } : rules[0];
}

/** The engine takes a rule nested more deeply as one that never holds; one level more is the `and` around several. */
const DEEPEST = 7;
function boundedRule(expression: Expression, scope: ExpressionScope): Rule {
  const rule = ruleOf(expression, scope);
  if (depthOf(rule) > DEEPEST) throw new NotCarried("its conditions are nested too deeply");
  return rule;
}
const depthOf = (rule: Rule): number => {
  if (rule.op === "not") return 1 + depthOf(rule.rule);
  return "rules" in rule ? 1 + Math.max(0, ...rule.rules.map(depthOf)) : 0;
};

function constraintOf(asked: Asked, speech: Speech, lose: Lose, label: Words): Record<string, unknown> {
  const { line, own, target, find } = asked;
  const text = line.cells.constraint;
  const message = speech.words("survey", line, "constraint_message");
  if (text === undefined) {
    if (message) lose("constraint_message", "there is no constraint that it is about");
    return {};
  }
  let whole: Expression;
  try {
    whole = parseXPath(text);
  } catch (error) {
    if (!(error instanceof NotCarried)) throw error;
    lose("constraint", `"${shown(text)}" is not carried over: ${error.message}`);
    return {};
  }
  const scope: ExpressionScope = {
    self: target,
    find: (name) => find(name, false),
    remark: (said) => lose("constraint", said),
  };
  const parts = whole.is === "and" ? whole.parts : [whole];
  const check = TYPE_CHECKS[own.type];
  const ofType = check ? partsOf(parseXPath(check.text)) : [];
  const typed =
    ofType.length > 0 && ofType.every((part, at) => JSON.stringify(part) === JSON.stringify(parts[at]));
  const rest = typed ? parts.slice(ofType.length) : parts;
  const lines = linesOf(message);
  const said = typed && check && lines[0]?.["zh-Hans"] === check.message["zh-Hans"] ? lines.slice(1) : lines;
  // As many bounds as the words in front are about; without words all that there are.
  for (let n = rest.length; n >= 0; n--) {
    const bounds = boundsOf(rest.slice(0, n), own.type);
    if (!bounds) continue;
    const ours = boundWords(bounds)?.["zh-Hans"];
    const left = rest.slice(n);
    const about = ours === undefined ? said : said.slice(1);
    const fits = ours === undefined || said.length === 0 || said[0]?.["zh-Hans"] === ours;
    if (!fits || (left.length > 0 && about.length !== left.length)) continue;
    if (left.length === 0 && about.length > 0) continue;
    return { ...bounds, ...constraintsOf(left, about, scope, lose) };
  }
  const { bounds, left } = lengthOf(rest, own.type);
  if (left.length < rest.length)
    lose("constraint_message", "how long a text may be is said in the service's own words");
  if (left.length === 0) return bounds;
  const joined =
    left.length === parts.length
      ? whole
      : left.length === 1 && left[0]
        ? left[0]
        : ({ is: "and", parts: left } as const);
  return { ...bounds, ...constraintsOf([joined], [message ?? please(label)], scope, lose, left) };
}

const partsOf = (whole: Expression) => (whole.is === "and" ? whole.parts : [whole]);

/** A constraint for each expression; of one that cannot be carried over whole, the parts that can. */
function constraintsOf(
  expressions: readonly Expression[],
  messages: readonly Words[],
  scope: ExpressionScope,
  lose: Lose,
  parts: readonly Expression[] = [],
): { constraint?: Constraint | Constraint[] } {
  const found: Constraint[] = [];
  expressions.forEach((expression, at) => {
    const message = messages[at];
    if (!message) return;
    const rule = tried(expression, scope, lose, parts.length > 1);
    if (rule) found.push({ rule, message });
    if (rule || parts.length < 2) return;
    const rules = parts.flatMap((part) => tried(part, scope, lose) ?? []);
    const [first] = rules;
    if (first) found.push({ rule: rules.length > 1 ? { op: "and", rules } : first, message });
  });
  const [first] = found;
  return first ? { constraint: found.length > 1 ? found : first } : {};
}

function tried(expression: Expression, scope: ExpressionScope, lose: Lose, quiet = false): Rule | undefined {
  try {
    return boundedRule(expression, scope);
  } catch (error) {
    if (!(error instanceof NotCarried)) throw error;
    if (!quiet) lose("constraint", `a part of it is not carried over: ${error.message}`);
    return undefined;
  }
}

/** A message by its lines, where every language has as many. */
function linesOf(message: Words | undefined): Words[] {
  if (!message) return [];
  const lines = LANGS.map((lang) => message[lang].split("\n"));
  const [first = []] = lines;
  if (lines.some((each) => each.length !== first.length)) return [message];
  return first.map(
    (_, at) =>
      Object.fromEntries(LANGS.map((lang, n) => [lang, lines[n]?.[at] ?? ""])) as Record<Lang, string>,
  );
}

/** The bounds that these expressions are, each once; undefined where one is something else. */
function boundsOf(parts: readonly Expression[], type: Field["type"]): Bounds | undefined {
  const bounds: Bounds = {};
  for (const part of parts) {
    const bound = boundOf(part, type);
    if (!bound || Object.keys(bound).some((key) => key in bounds)) return undefined;
    Object.assign(bounds, bound);
  }
  return bounds;
}

function boundOf(part: Expression, type: Field["type"]): Bounds | undefined {
  if (part.is !== "compare" || part.right.is !== "number") return undefined;
  const { left, op } = part;
  const n = part.right.value;
  if (left.is === "self" && (type === "integer" || type === "decimal")) {
    if (op === ">=") return { min: n };
    if (op === "<=") return { max: n };
    if (type === "integer" && Number.isInteger(n)) {
      if (op === ">") return { min: n + 1 };
      if (op === "<") return { max: n - 1 };
    }
  }
  const long =
    left.is === "call" &&
    left.name === "string-length" &&
    left.args.length === 1 &&
    left.args[0]?.is === "self";
  if (long && (type === "text" || type === "long_text") && Number.isInteger(n)) {
    if (op === "<=" && n > 0) return { maxLength: n };
    if (op === "<" && n > 1) return { maxLength: n - 1 };
  }
  return undefined;
}

/** Only the length of a text is taken out of a constraint that has words of its own: no rule can say it. */
function lengthOf(parts: readonly Expression[], type: Field["type"]): { bounds: Bounds; left: Expression[] } {
  const left: Expression[] = [];
  let bounds: Bounds = {};
  for (const part of parts) {
    const bound = boundOf(part, type);
    if (bound?.maxLength !== undefined && bounds.maxLength === undefined) bounds = bound;
    else left.push(part);
  }
  return { bounds, left };
}

const please = (label: Words): Words => ({
  "zh-Hans": `${shortLabel({ label }, "zh-Hans")}：请核对`,
  "zh-Hant": `${shortLabel({ label }, "zh-Hant")}：請核對`,
  en: `${shortLabel({ label }, "en")}: check this answer`,
});

const shown = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);
