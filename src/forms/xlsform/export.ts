import type { Choice, Constraint, Field, FormDefinition, Group, Lang, Rule, Words } from "../define.ts";
import { LANGS } from "../define.ts";
import { faults } from "../words.ts";
import { type Cells, markedWords, sheet, words } from "./columns.ts";
import { recordLosses } from "./record.ts";
import {
  DOCUMENT_KINDS,
  documentChoices,
  documentParts,
  type FormBook,
  formMark,
  LANGUAGE,
  mark,
  NAMESPACES,
  NotCarried,
  type Remark,
  YES_NO,
  yesNoChoices,
} from "./sheet.ts";
import { bracketed, type RuleScope, toXPath } from "./to-xpath.ts";
import { boundChecks, boundWords, DOCUMENT_CHECK, TYPE_CHECKS } from "./typed.ts";

/**
 * A form as an XLSForm, and what of it ODK will not do, each with its place in the workbook. What stands in marked
 * columns comes back on import all the same.
 */
export function exportForm(form: FormDefinition): { book: FormBook; losses: Remark[] } {
  const writer = new Writer(form);
  return writer.written();
}

class Writer {
  private readonly form: FormDefinition;
  private readonly survey: Cells[] = [];
  private readonly lists = new Map<string, readonly Choice[]>();
  private readonly losses: Remark[] = [];

  constructor(form: FormDefinition) {
    this.form = form;
  }

  written(): { book: FormBook; losses: Remark[] } {
    const { form } = this;
    if (form.intro)
      this.push({ type: "note", name: "intro", ...words("label", form.intro), [mark("type")]: "intro" });
    for (const group of form.groups) this.group(group);
    if (form.record) this.losses.push(...recordLosses(form.record));
    const choices = [...this.lists].flatMap(([list_name, items]) =>
      items.map(({ name, label }): Cells => ({ list_name, name, ...words("label", label) })),
    );
    return {
      book: {
        survey: sheet(["type", "name"], this.survey),
        choices: sheet(["list_name", "name"], choices),
        settings: sheet([], [this.settings()]),
      },
      losses: this.losses,
    };
  }

  private settings(): Cells {
    const { name, version, title, count } = this.form;
    return {
      form_title: title["zh-Hans"],
      form_id: name,
      version: String(version),
      default_language: LANGUAGE["zh-Hans"],
      namespaces: NAMESPACES,
      [formMark("title-zh-Hant")]: title["zh-Hant"],
      [formMark("title-en")]: title.en,
      ...(count ? { [formMark("kinds")]: count.kinds.join(" "), [formMark("source")]: count.source } : {}),
      ...(count?.due ? { [formMark("due")]: count.due.at } : {}),
      ...(count?.order === undefined ? {} : { [formMark("order")]: String(count.order) }),
      ...(count?.note
        ? Object.fromEntries(LANGS.map((lang) => [formMark(`note-${lang}`), count.note?.[lang] ?? ""]))
        : {}),
    };
  }

  private group(group: Group) {
    const { name, label, hint, repeat, fields } = group;
    const kind = repeat ? "repeat" : "group";
    this.push({
      type: `begin_${kind}`,
      name,
      ...words("label", label),
      ...(hint ? words("hint", hint) : {}),
      ...(repeat
        ? {
            [mark("min")]: String(repeat.min),
            [mark("max")]: String(repeat.max),
            ...markedWords("noun", repeat.noun),
          }
        : {}),
    });
    if (repeat)
      this.lose("type", `ODK takes any number of rows of ${name}, not ${repeat.min} to ${repeat.max}`);
    for (const field of fields) this.field(field, group);
    this.push({ type: `end_${kind}`, name });
  }

  private field(field: Field, group: Group) {
    const row = this.survey.length + 2;
    if (field.type === "id_document") this.document(field, group);
    else {
      const cells: Cells = { ...this.common(field, group), ...this.typed(field) };
      this.push({ ...cells, ...this.checks(field, group, row) });
    }
    for (const [told, said] of UNKNOWN_THERE)
      if (field[told] !== undefined && field[told] !== false) this.lose(mark(told), said, row);
  }

  private common(field: Field, group: Group): Cells {
    const row = this.survey.length + 2;
    const { name, label, hint, required, relevant, pii, autocomplete, calculation, otherwise, example } =
      field;
    const when = relevant && this.expression(relevant, field, group, row, "relevant");
    return {
      type: "",
      name,
      ...words("label", label),
      ...(hint ? words("hint", hint) : {}),
      // What should only be asked sometimes, and is now asked always, cannot be owed.
      ...(required && (!relevant || when) ? { required: "yes" } : {}),
      ...(typeof required === "object" ? words("required_message", required) : {}),
      ...(when ? { relevant: when } : {}),
      ...(pii ? { [mark("pii")]: "yes" } : {}),
      ...(autocomplete ? { [mark("autocomplete")]: autocomplete } : {}),
      ...(calculation ? { [mark("calculation")]: calculation } : {}),
      ...(otherwise === undefined ? {} : { [mark("otherwise")]: JSON.stringify(otherwise) }),
      ...(example === undefined ? {} : { [mark("example")]: JSON.stringify(example) }),
    };
  }

  private typed(field: Exclude<Field, { type: "id_document" }>): Cells {
    const marked = { [mark("type")]: field.type };
    switch (field.type) {
      case "text":
      case "date":
      case "decimal":
        return { type: field.type };
      case "integer":
        return {
          type: "integer",
          ...(field.count ? { [mark("count")]: field.count } : {}),
          ...(field.measure ? markedWords("measure", field.measure) : {}),
        };
      case "long_text":
        return { type: "text", appearance: "multiline" };
      case "datetime":
        return { type: "dateTime" };
      case "temperature":
        return { type: "decimal", ...marked };
      case "phone":
        return { type: "text", appearance: "numbers", ...marked };
      case "unit":
        return { type: "text", ...marked, [mark("level")]: field.level };
      case "yes_no":
        return { type: `select_one ${this.list(YES_NO, yesNoChoices)}` };
      default:
        return { type: `${field.type} ${this.list(field.name, field.choices)}` };
    }
  }

  /** Two questions in a group, as its JSON has them; ODK knows no such type. */
  private document(field: Field, group: Group) {
    const { type: _, required, required_message: __, ...common } = this.common(field, group);
    const { kind, number } = documentParts(field.name);
    const asked = Object.fromEntries(
      Object.entries(common).filter(([head]) => !head.startsWith("required_message")),
    );
    const said = Object.fromEntries(
      Object.entries(common).filter(([head]) => head.startsWith("required_message")),
    );
    this.push({ ...asked, type: "begin_group", [mark("type")]: "id_document" });
    const row = this.survey.length + 1;
    this.lose(mark("type"), "ODK does not check the digits of an ID card", row);
    if (field.constraint)
      this.lose(mark("type"), "a document has no constraint of its own in ODK; it is left out", row);
    const owed = required ? { required, ...said } : {};
    const list = this.list(DOCUMENT_KINDS, documentChoices);
    this.push({ type: `select_one ${list}`, name: kind, ...words("label", KIND_LABEL), ...owed });
    this.push({
      type: "text",
      name: number,
      ...words("label", NUMBER_LABEL),
      required: "yes",
      ...words("required_message", faults.documentNumber),
      relevant: `\${${kind}} != '' and \${${kind}} != 'none'`,
      constraint: DOCUMENT_CHECK.text,
      ...words("constraint_message", DOCUMENT_CHECK.message),
    });
    this.push({ type: "end_group", name: field.name });
  }

  /** The constraint of the type, of the bounds and the form's own, joined; a line of the message for each. */
  private checks(field: Field, group: Group, row: number): Cells {
    const bounds = "maxLength" in field || "min" in field || "max" in field ? field : {};
    const ofType = TYPE_CHECKS[field.type];
    const parts = [...(ofType ? [ofType.text] : []), ...boundChecks(bounds)];
    const messages: Words[] = [ofType?.message, boundWords(bounds)].flatMap((each) => each ?? []);
    const own = constraintsOf(field);
    const single = own.length === 1 && parts.length === 0;
    for (const { rule, message } of own) {
      const text = this.expression(rule, field, group, row, "constraint", !single);
      if (!text) continue;
      parts.push(text);
      messages.push(message);
    }
    if (messages.length > 1)
      this.lose(
        "constraint_message",
        "ODK has one message for a question and shows all of them, line by line",
        row,
      );
    if (parts.length === 0) return {};
    const joined = Object.fromEntries(
      LANGS.map((lang) => [lang, messages.map((each) => each[lang]).join("\n")]),
    ) as Record<Lang, string>;
    return { constraint: parts.join(" and "), ...words("constraint_message", joined) };
  }

  private expression(
    rule: Rule,
    field: Field,
    group: Group,
    row: number,
    column: string,
    part = false,
  ): string | undefined {
    const scope: RuleScope = {
      self: field,
      find: (name) => group.fields.find((each) => each.name === name) ?? this.plain(name),
      ambiguous: (name) => this.named(name) > 1,
    };
    try {
      return part ? bracketed(rule, scope) : toXPath(rule, scope);
    } catch (error) {
      if (!(error instanceof NotCarried)) throw error;
      this.lose(column, `the rule of ${field.name} is left out: ${error.message}`, row);
      return undefined;
    }
  }

  private plain(name: string): Field | undefined {
    return this.form.groups
      .filter(({ repeat }) => !repeat)
      .flatMap(({ fields }) => fields)
      .find((field) => field.name === name);
  }

  /** How many questions and groups have this name; ${name} must mean one. */
  private named(name: string): number {
    const { groups } = this.form;
    return [...groups, ...groups.flatMap(({ fields }) => fields)].filter((each) => each.name === name).length;
  }

  /** The list's name there: two fields of one name with other choices have a list each. */
  private list(name: string, items: readonly Choice[]): string {
    for (let n = 1; ; n++) {
      const tried = n === 1 ? name : `${name}_${n}`;
      const standing = this.lists.get(tried);
      if (standing && JSON.stringify(standing) !== JSON.stringify(items)) continue;
      this.lists.set(tried, items);
      return tried;
    }
  }

  private push(cells: Cells) {
    this.survey.push(cells);
  }

  private lose(column: string, said: string, row = this.survey.length + 1) {
    this.losses.push({ sheet: "survey", row, column, said });
  }
}

const UNKNOWN_THERE = [
  ["pii", "ODK does not seal personal answers"],
  ["calculation", "ODK does not prefill the figure"],
  ["otherwise", "ODK leaves the answer out where the question is not asked"],
] as const;

const KIND_LABEL: Words = { "zh-Hans": "证件类型", "zh-Hant": "證件類型", en: "Kind of document" };
const NUMBER_LABEL: Words = { "zh-Hans": "证件号码", "zh-Hant": "證件號碼", en: "Number of the document" };

const constraintsOf = ({ constraint }: Field): readonly Constraint[] =>
  !constraint ? [] : "rule" in constraint ? [constraint] : constraint;
