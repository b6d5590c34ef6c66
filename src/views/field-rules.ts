import type { Choice, Field, FormDefinition, Lang, Operand, Rule, Words } from "../forms/define.ts";
import { faults, noWords, shortLabel, yesWords } from "../forms/words.ts";
import { FORM } from "./words.ts";

/** What form.client.js needs to know about a field, as JSON; undefined when there is nothing to know. */
export function rulesOf(field: Field, lang: Lang): string | undefined {
  const constraints = field.constraint ? [field.constraint].flat() : [];
  const rules = {
    required: requiredWords(field, lang),
    relevant: field.relevant,
    constraint: constraints.length
      ? constraints.map(({ rule, message }) => ({ rule, message: message[lang] }))
      : undefined,
  };
  const json = JSON.stringify(rules);
  return json === "{}" ? undefined : json;
}

/** When a question applies, in words, for a page without JavaScript; only for rules that name one field's choices. */
export function conditionWords(form: FormDefinition, rule: Rule): Words | undefined {
  const picked = rule.op === "or" ? rule.rules.map(choiceIn) : [choiceIn(rule)];
  const first = picked[0];
  if (!first || picked.some((one) => one?.field !== first.field || one.not !== first.not)) return undefined;
  const field = form.groups.flatMap((group) => group.fields).find((one) => one.name === first.field);
  if (!field) return undefined;
  const choices = field.type === "yes_no" ? YES_NO : "choices" in field ? field.choices : [];
  const labels = picked.map((one) => choices.find((choice) => choice.name === one?.value)?.label);
  const say = first.not ? FORM.unlessIf : FORM.onlyIf;
  const inLang = (lang: Lang) =>
    say(field.label[lang], labels.map((label) => label?.[lang] ?? "").join(FORM.or[lang]))[lang];
  return { "zh-Hans": inLang("zh-Hans"), "zh-Hant": inLang("zh-Hant"), en: inLang("en") };
}

function choiceIn(rule: Rule): { field: string; value: string; not: boolean } | undefined {
  if (rule.op === "selected") return { field: rule.field, value: rule.choice, not: false };
  if (rule.op !== "eq" && rule.op !== "ne") return undefined;
  const { left, right }: { left: Operand; right: Operand } = rule;
  if (!("field" in left) || !("value" in right)) return undefined;
  return { field: left.field, value: textOf(right.value), not: rule.op === "ne" };
}

/** The words shown when a required answer is missing, the same in the page as validate's. */
function requiredWords(field: Field, lang: Lang): string | undefined {
  if (!field.required) return undefined;
  if (field.required !== true) return field.required[lang];
  return `${shortLabel(field, lang)}${lang === "en" ? ": " : "："}${faults.missing[lang]}`;
}

/** A value as a control holds it: yes and no for booleans, nothing for what is not a scalar. */
export function textOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export const YES_NO: readonly Choice[] = [
  { name: "yes", label: yesWords },
  { name: "no", label: noWords },
];
