import { type FormBook, isXmlName, NotCarried, type Remark, type SheetRow } from "./sheet.ts";
import { parseXPath, referencesIn } from "./xpath.ts";

/*
 * pyxform's rules, as it documents and names them (its errors NAMES_001–009, PYREF_001–004, SURVEY_001–011, LABEL_001,
 * HEADER_001–004): `errors` are what it refuses, `warnings` what it converts and complains about.
 */
export type Verdict = { errors: Remark[]; warnings: Remark[] };

/** Holds a workbook against the rules. Judges what our export writes; other workbooks may know more types. */
export function checkBook(book: FormBook): Verdict {
  const verdict: Verdict = { errors: [], warnings: [] };
  checkHeads(book, verdict);
  const lists = checkChoices(book, verdict);
  checkSurvey(book, lists, verdict);
  checkSettings(book, verdict);
  return verdict;
}

const TYPES = new Set(["text", "integer", "decimal", "date", "dateTime", "time", "note", "calculate"]);
const COLUMNS = {
  survey: [
    ...["type", "name", "label", "hint", "required", "required_message", "relevant", "constraint"],
    ...[
      "constraint_message",
      "appearance",
      "calculation",
      "default",
      "read_only",
      "repeat_count",
      "parameters",
    ],
  ],
  choices: ["list_name", "name", "label"],
  settings: ["form_title", "form_id", "version", "default_language", "namespaces"],
};
const TRANSLATED = ["label", "hint", "required_message", "constraint_message"];
const EXPRESSIONS = ["relevant", "constraint", "calculation", "repeat_count"];

function checkHeads({ survey, choices, settings }: FormBook, { errors, warnings }: Verdict) {
  const prefixes = (settings.rows[0]?.cells.namespaces ?? "").matchAll(/([\w.-]+)="[^"\s]+"/g);
  const declared = new Set([...prefixes].map(([, prefix]) => prefix));
  const languages = new Map<string, Set<string>>();
  for (const [sheet, { heads }] of Object.entries({ survey, choices, settings })) {
    for (const head of heads) {
      const [base = "", second = "", ...more] = head.split("::");
      const about = { sheet, row: 1, column: head };
      if (heads.indexOf(head) !== heads.lastIndexOf(head))
        errors.push({ ...about, said: "the heading stands twice" });
      const custom =
        sheet === "settings" ? base === "attribute" : ["bind", "body", "instance"].includes(base);
      if (custom) {
        const [prefix = "", name = ""] = second.split(":");
        if (!declared.has(prefix)) errors.push({ ...about, said: `the namespace ${prefix} is not declared` });
        if (!isXmlName(name) || more.length > 0) errors.push({ ...about, said: `${second} is no XML name` });
      } else if (!COLUMNS[sheet as keyof typeof COLUMNS].includes(base))
        errors.push({ ...about, said: "the column is not known" });
      else if (second && TRANSLATED.includes(base)) {
        const known = languages.get(`${sheet} ${base}`) ?? new Set();
        languages.set(`${sheet} ${base}`, known.add(second));
        if (!/\([a-z]{2,3}\)$/.test(second)) warnings.push({ ...about, said: "the language has no tag" });
      }
    }
    for (const must of { survey: ["type", "name"], choices: ["list_name", "name"], settings: [] }[sheet] ??
      [])
      if (heads.length > 0 && !heads.includes(must))
        errors.push({ sheet, row: 1, said: `the heading ${must} is missing` });
  }
  const all = new Set([...languages.values()].flatMap((each) => [...each]));
  for (const [where, known] of languages)
    for (const language of all)
      if (!known.has(language))
        warnings.push({ sheet: where.split(" ")[0] ?? "", said: `${where.split(" ")[1]} lacks ${language}` });
  const chosen = settings.rows[0]?.cells.default_language;
  if (chosen && all.size > 0 && !all.has(chosen))
    warnings.push({
      sheet: "settings",
      row: 2,
      column: "default_language",
      said: "no column has this language",
    });
}

function checkChoices({ choices }: FormBook, { errors, warnings }: Verdict): Map<string, Set<string>> {
  const lists = new Map<string, Set<string>>();
  for (const { row, cells } of choices.rows) {
    const about = { sheet: "choices", row };
    const { list_name: list, name } = cells;
    if (!list) {
      errors.push({ ...about, column: "list_name", said: "the choice is in no list" });
      continue;
    }
    const names = lists.get(list) ?? new Set();
    lists.set(list, names);
    if (!name) errors.push({ ...about, column: "name", said: "choices must have a name" });
    else if (names.has(name))
      errors.push({ ...about, column: "name", said: `${name} stands twice in ${list}` });
    else names.add(name);
    if (!hasWords(cells, "label"))
      warnings.push({ ...about, column: "label", said: "choices should have a label" });
    checkReferences({ row, cells }, "choices", new Map(), errors);
  }
  return lists;
}

type Open = { kind: string; row: number; names: Set<string>; lower: Set<string> };

function checkSurvey({ survey, settings }: FormBook, lists: Map<string, Set<string>>, verdict: Verdict) {
  const { errors, warnings } = verdict;
  const root = settings.rows[0]?.cells.name ?? "data";
  const repeats = new Set<string>();
  const stack: Open[] = [{ kind: "survey", row: 1, names: new Set(["meta"]), lower: new Set() }];
  const known = namesOf(survey.rows);
  for (const row of survey.rows) {
    const { cells } = row;
    const about = { sheet: "survey", row: row.row };
    const { type, name } = cells;
    if (!type) {
      errors.push({ ...about, column: "type", said: "the question has no type" });
      continue;
    }
    checkReferences(row, "survey", known, errors);
    checkExpressions(row, verdict);
    const end = /^end[_ ](group|repeat)$/.exec(type)?.[1];
    if (end) {
      if (stack.length === 1 || stack.at(-1)?.kind !== end)
        errors.push({ ...about, column: "type", said: `no begin_${end} matches this end_${end}` });
      else stack.pop();
      continue;
    }
    const open = stack.at(-1);
    if (!name) errors.push({ ...about, column: "name", said: "the question has no name" });
    else if (!isXmlName(name)) errors.push({ ...about, column: "name", said: `${name} is no XML name` });
    else if (open?.names.has(name))
      errors.push({ ...about, column: "name", said: `${name} is not unique within its group` });
    else if (open?.lower.has(name.toLowerCase()))
      warnings.push({ ...about, column: "name", said: `${name} differs from another only by its case` });
    open?.names.add(name ?? "");
    open?.lower.add((name ?? "").toLowerCase());
    const begin = /^begin[_ ](group|repeat)$/.exec(type)?.[1];
    if (begin) {
      if (cells.required) errors.push({ ...about, column: "required", said: "a group cannot be required" });
      if (begin === "repeat" && (name === root || repeats.has(name ?? "")))
        errors.push({
          ...about,
          column: "name",
          said: `no other repeat, nor the form's root, may be named ${name}`,
        });
      if (begin === "repeat") repeats.add(name ?? "");
      if (!hasWords(cells, "label"))
        warnings.push({ ...about, column: "label", said: "the group has no label" });
      stack.push({ kind: begin, row: row.row, names: new Set(["meta"]), lower: new Set() });
      continue;
    }
    checkType(type, about, lists, errors);
    if (type === "calculate" && !cells.calculation)
      errors.push({ ...about, column: "calculation", said: "the calculation is missing" });
    if (type !== "calculate" && !hasWords(cells, "label") && !hasWords(cells, "hint"))
      errors.push({ ...about, column: "label", said: "the question has neither label nor hint" });
  }
  for (const { kind, row } of stack.slice(1))
    errors.push({ sheet: "survey", row, column: "type", said: `no end_${kind} matches this begin_${kind}` });
}

function checkType(
  type: string,
  about: Omit<Remark, "said">,
  lists: Map<string, Set<string>>,
  errors: Remark[],
) {
  const [, select, list = ""] = /^(select_one|select_multiple) (\S+)$/.exec(type) ?? [];
  const column = "type";
  if (!select && !TYPES.has(type)) errors.push({ ...about, column, said: `${type} is no type` });
  if (select && !lists.has(list))
    errors.push({ ...about, column, said: `there is no list ${list} in choices` });
  if (select === "select_multiple" && [...(lists.get(list) ?? [])].some((name) => /\s/.test(name)))
    errors.push({ ...about, column, said: "choices of select_multiple must not contain spaces" });
}

/** How often each name stands in the survey. */
function namesOf(rows: readonly SheetRow[]): Map<string, number> {
  const names = new Map<string, number>();
  for (const { cells } of rows)
    if (cells.name && !/^end[_ ]/.test(cells.type ?? ""))
      names.set(cells.name, (names.get(cells.name) ?? 0) + 1);
  return names;
}

/** pyxform reads ${ in every cell, labels too. */
function checkReferences(
  { row, cells }: SheetRow,
  sheet: string,
  known: Map<string, number>,
  errors: Remark[],
) {
  for (const [column, text] of Object.entries(cells)) {
    if (["type", "name", "list_name"].includes(column)) continue;
    const about = { sheet, row, column };
    const opened = text.split("${").length - 1;
    const names = referencesIn(text);
    if (opened !== names.length) errors.push({ ...about, said: "a reference to a question is not closed" });
    for (const name of names) {
      const times = known.get(name) ?? 0;
      if (!isXmlName(name)) errors.push({ ...about, said: `\${${name}} names no question` });
      else if (times === 0) errors.push({ ...about, said: `there is no question ${name}` });
      else if (times > 1) errors.push({ ...about, said: `there are ${times} questions named ${name}` });
    }
  }
}

function checkExpressions({ row, cells }: SheetRow, { errors, warnings }: Verdict) {
  for (const column of EXPRESSIONS) {
    const text = cells[column];
    if (text === undefined) continue;
    const about = { sheet: "survey", row, column };
    if (/[‘’“”]/.test(text)) errors.push({ ...about, said: "curved quotes are turned into straight ones" });
    if (column === "relevant" && referencesIn(text).includes(cells.name ?? ""))
      errors.push({ ...about, said: `${cells.name} waits for itself` });
    try {
      parseXPath(text);
    } catch (error) {
      if (error instanceof NotCarried) warnings.push({ ...about, said: error.message });
    }
  }
}

function checkSettings({ settings }: FormBook, { errors }: Verdict) {
  const [first, second] = settings.rows;
  const about = { sheet: "settings", row: 2 };
  if (second) errors.push({ sheet: "settings", row: second.row, said: "only the first row is read" });
  const { form_id: id, version } = first?.cells ?? {};
  if (!id) errors.push({ ...about, column: "form_id", said: "the form has no id" });
  else if (/\s/.test(id)) errors.push({ ...about, column: "form_id", said: "the id has spaces" });
  if (!version) errors.push({ ...about, column: "version", said: "the form has no version" });
}

const hasWords = (cells: SheetRow["cells"], column: string) =>
  Object.keys(cells).some((head) => head === column || head.startsWith(`${column}::`));
