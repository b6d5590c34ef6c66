import type { UnitKind } from "../../domain/unit.ts";
import { type Field, type FormDefinition, type Group, LANGS, type Lang, type Words } from "../define.ts";
import { Unreadable } from "./book.ts";
import { fieldOf } from "./field.ts";
import { formName } from "./names.ts";
import { Pages } from "./pages.ts";
import { listsOf } from "./question.ts";
import { type FormBook, formMark, LANGUAGE, mark, NAMESPACES, type Remark } from "./sheet.ts";
import { langOf, Speech, TRANSLATED } from "./speech.ts";

/**
 * A form file's definition out of an XLSForm, and all that could not be carried over, each with sheet, row and column.
 * `fallback` names a form that has no id. Throws Unreadable with every fault, and then nothing is carried over.
 */
export function importForm(book: FormBook, fallback: string): { form: FormDefinition; losses: Remark[] } {
  const losses: Remark[] = [];
  const faults: Remark[] = [];
  const speech = new Speech(book, losses);
  const lists = listsOf(book, speech, losses, faults);
  const pages = new Pages(speech, lists, losses, faults);
  pages.read(book.survey.rows);
  if (faults.length > 0) throw new Unreadable(faults);
  // A form of ours without a personal answer has no marked column, but its namespace.
  const ours = book.settings.rows[0]?.cells.namespaces?.includes(NAMESPACES);
  const sealed = !ours && !book.survey.heads.some((head) => head.startsWith(mark("")));
  const settings = settingsOf(book, fallback, losses);
  const groups = pages.pages.flatMap((page): Group[] => {
    const { questions, row: _, label, ...group } = page;
    if (questions.length === 0) {
      losses.push({
        sheet: "survey",
        row: page.row,
        said: `${page.name} has no question left and is left out`,
      });
      return [];
    }
    const fields = questions.map((question): Field => {
      const find = (name: string, earlier: boolean) => pages.find(name, question, earlier);
      return fieldOf({ ...question, find }, speech, losses, sealed);
    });
    return [{ ...group, label: label ?? settings.title, fields }];
  });
  if (groups.length === 0)
    throw new Unreadable([{ sheet: "survey", said: "no question of it can be carried over" }, ...losses]);
  if (sealed) losses.push({ sheet: "survey", said: PERSONAL });
  columnsLeft(book, losses);
  for (const [name, { used, row }] of lists)
    if (!used && name !== "document_kind")
      losses.push({ sheet: "choices", row, column: "list_name", said: `no question chooses from ${name}` });
  return { form: assembled(settings, pages.intro, groups, losses), losses };
}

const PERSONAL =
  "no column says which answers are personal; texts are taken as personal and sealed (pii), take it away where it is not so";

type Settings = {
  name: string;
  version: number;
  title: Words;
  kinds?: string;
  source?: string;
  due?: string;
  order?: string;
  note?: Words;
};

function settingsOf({ settings }: FormBook, fallback: string, losses: Remark[]): Settings {
  const [first, second] = settings.rows;
  const row = first?.row ?? 2;
  if (second) losses.push({ sheet: "settings", row: second.row, said: "only the first row is read" });
  const cells = first?.cells ?? {};
  const lose = (column: string, said: string) => losses.push({ sheet: "settings", row, column, said });
  const id = cells.form_id ?? fallback;
  const name = formName(id);
  if (cells.form_id && name !== id) lose("form_id", `${id} is called ${name} here`);
  if (!cells.form_id) lose("form_id", `the form has no id; it is called ${name} after its file`);
  const version = Number(cells.version);
  const counted = Number.isSafeInteger(version) && version > 0 && version < 1e12;
  if (!counted)
    lose(
      "version",
      cells.version
        ? `"${cells.version}" is no whole number; it is 1 here`
        : "there is no version; it is 1 here",
    );
  const title = cells.form_title ?? id;
  const chosen = langOf(cells.default_language ?? "");
  const others = LANGS.map((lang) => [lang, cells[formMark(`title-${lang}`)]] as const);
  if (others.every(([, text]) => !text))
    lose(
      "form_title",
      `the title is in ${chosen ? LANGUAGE[chosen] : "one language"}; it stands for all three`,
    );
  const notes = LANGS.map((lang) => [lang, cells[formMark(`note-${lang}`)]] as const);
  const known = new Set(["form_title", "form_id", "version", "default_language", "namespaces"]);
  for (const head of Object.keys(cells))
    if (!known.has(head) && !head.startsWith(formMark(""))) lose(head, "the setting is not carried over");
  const { [formMark("kinds")]: kinds, [formMark("source")]: source } = cells;
  const { [formMark("due")]: due, [formMark("order")]: order } = cells;
  return {
    name,
    version: counted ? version : 1,
    title: Object.fromEntries(others.map(([lang, text]) => [lang, text ?? title])) as Record<Lang, string>,
    ...(kinds ? { kinds } : {}),
    ...(source ? { source } : {}),
    ...(due ? { due } : {}),
    ...(order ? { order } : {}),
    ...(notes.every(([, text]) => text) ? { note: Object.fromEntries(notes) as Words } : {}),
  };
}

const KINDS: readonly UnitKind[] = [
  "county",
  "town",
  "village",
  "grid",
  "school",
  "enterprise",
  "bureau",
  "checkpoint",
];

function assembled(
  settings: Settings,
  intro: Words | undefined,
  groups: Group[],
  losses: Remark[],
): FormDefinition {
  const { name, version, title, kinds, source, note, due, order } = settings;
  const form: FormDefinition = { name, version, title, ...(intro ? { intro } : {}), groups };
  if (kinds === undefined) return form;
  const lose = (column: string, said: string) =>
    losses.push({ sheet: "settings", row: 2, column: formMark(column), said });
  const words = kinds.split(/\s+/);
  const known = KINDS.filter((kind) => words.includes(kind)).sort(
    (a, b) => words.indexOf(a) - words.indexOf(b),
  );
  for (const word of words)
    if (!KINDS.some((kind) => kind === word)) lose("kinds", `${word} is no kind of unit`);
  const counts = groups.every(
    ({ repeat, fields }) => !repeat && fields.every((field) => field.type === "integer" && field.count),
  );
  if (due && !CLOCK.test(due)) lose("due", `${due} is no clock time`);
  if (order && !Number.isFinite(Number(order))) lose("order", `${order} is no number`);
  if (known.length > 0 && counts)
    return {
      ...form,
      count: {
        ...{ kinds: known, source: source ?? "" },
        ...(note ? { note } : {}),
        ...(due && CLOCK.test(due) ? { due: { at: due } } : {}),
        ...(order && Number.isFinite(Number(order)) ? { order: Number(order) } : {}),
      },
    };
  lose("kinds", "not every question is a count; it is no count form");
  return form;
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

const HANDLED = new Set(["type", "name", "label", "hint", "required", "required_message", "relevant"]);
for (const head of ["constraint", "constraint_message", "list_name"]) HANDLED.add(head);

/** Columns that have no like here, each with the rows that say something in it. */
function columnsLeft({ survey, choices }: FormBook, losses: Remark[]) {
  for (const [sheet, { heads, rows }] of [
    ["survey", survey],
    ["choices", choices],
  ] as const) {
    for (const head of new Set(heads)) {
      const [base = "", language = ""] = head.split("::");
      if (HANDLED.has(base) && (language === "" || TRANSLATED.has(base))) continue;
      if (head.startsWith(mark("")) || head === "disabled") continue;
      const said = rows.filter(({ cells }) => cells[head] !== undefined && !understood(head, cells));
      const [first] = said;
      if (!first) continue;
      const shown = said
        .slice(0, 10)
        .map(({ row }) => row)
        .join(", ");
      const all = said.length > 10 ? `${shown} and ${said.length - 10} more` : shown;
      losses.push({ sheet, row: first.row, column: head, said: `not carried over (row ${all})` });
    }
  }
}

/** What a column says that the type has taken in already. */
function understood(head: string, cells: Readonly<Record<string, string>>): boolean {
  const text = cells[head] ?? "";
  if (head === "appearance")
    return /^(?:multiline|numbers)$/.test(text) && /^(?:text|string)$/.test(cells.type ?? "");
  if (head === "repeat_count") return /^begin/.test(cells.type ?? "");
  if (head === "parameters")
    return cells.type === "range" && !/[^\s\w=.-]|[a-z]+=(?<!start=|end=|step=)/.test(text);
  if (head === "read_only") return /^(?:no|false)/i.test(text);
  return head === "calculation" && cells.type === "calculate";
}
