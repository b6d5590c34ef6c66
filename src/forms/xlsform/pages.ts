import type { Field, Group, Words } from "../define.ts";
import { markedWords, type When } from "./field.ts";
import type { Target } from "./from-xpath.ts";
import { fieldName } from "./names.ts";
import { type List, SPECIFY, typedOf } from "./question.ts";
import { documentParts, isXmlName, LANGUAGE, mark, NotCarried, type Remark, type SheetRow } from "./sheet.ts";
import type { Speech } from "./speech.ts";
import { referencesIn } from "./xpath.ts";

/*
 * The rows of a survey as pages of questions: XLSForm nests groups as deep as it likes, a form file has one row of
 * them, and a repeat is a page of its own.
 */
export type Question = {
  line: SheetRow;
  own: Partial<Field> & { type: Field["type"] };
  target: Target;
  when: readonly When[];
  page: Page;
  /** Its place among all questions. */
  at: number;
};
export type Page = Omit<Group, "fields" | "label"> & {
  label: Words | undefined;
  questions: Question[];
  row: number;
};

type Open = { kind: "group" | "repeat"; line: SheetRow; when?: When; page?: Page; left?: boolean };

/** Reads a survey's rows in their order. Rows that cannot be read at all are faults. */
export class Pages {
  readonly pages: Page[] = [];
  readonly questions: Question[] = [];
  intro: Words | undefined;
  private readonly speech: Speech;
  private readonly lists: ReadonlyMap<string, List>;
  private readonly losses: Remark[];
  private readonly faults: Remark[];
  private readonly open: Open[] = [];
  private page: Page | undefined;
  private document: { line: SheetRow; opened: SheetRow; when: When[] } | undefined;

  constructor(speech: Speech, lists: ReadonlyMap<string, List>, losses: Remark[], faults: Remark[]) {
    this.speech = speech;
    this.lists = lists;
    this.losses = losses;
    this.faults = faults;
  }

  read(rows: readonly SheetRow[]): void {
    for (const line of rows) this.row(line);
    for (const { kind, line } of this.open)
      this.fault(line.row, "type", `no end_${kind} matches this begin_${kind}`);
    this.cycles();
  }

  private row(line: SheetRow) {
    const { row, cells } = line;
    const type = cells.type?.replace(/\s+/g, " ").toLowerCase() ?? "";
    if (/^(?:yes|true)/i.test(cells.disabled ?? ""))
      return this.lose(row, "disabled", "the row is disabled and left out");
    const [, edge, control] = /^(begin|end)[ _](group|repeat|lgroup|looped group|loop)\b/.exec(type) ?? [];
    const kind = control === "group" ? "group" : "repeat";
    if (edge === "end") return this.close(row, kind);
    if (!type) {
      if (cells.name || Object.keys(cells).some((head) => head.startsWith("label")))
        return this.fault(row, "type", "the question has no type");
      return this.lose(row, "type", "the row has neither type nor name and is left out");
    }
    if (control === "loop") return this.fault(row, "type", "a loop over choices cannot be carried over");
    if (this.open.some(({ left }) => left)) {
      if (edge) this.open.push({ kind, line, left: true });
      return;
    }
    if (!cells.name && type !== "note") return this.fault(row, "name", "the question has no name");
    if (cells.name && !isXmlName(cells.name))
      return this.fault(row, "name", `"${cells.name.slice(0, 40)}" is no XML name`);
    if (edge) return this.begin(line, kind);
    if (this.document) return this.part(line, this.document);
    this.question(line, type);
  }

  private begin(line: SheetRow, kind: Open["kind"]) {
    const { row, cells } = line;
    const when = cells.relevant === undefined ? undefined : { text: cells.relevant, row };
    const opened: Open = { kind, line, ...(when ? { when } : {}) };
    if (cells[mark("type")] === "id_document") {
      this.document = {
        line: { row, cells: { ...cells } },
        opened: line,
        when: [...this.whens(), ...(when ? [when] : [])],
      };
      this.open.push(opened);
      return;
    }
    const repeat = this.open.find((each) => each.kind === "repeat");
    if (kind === "repeat" && repeat) {
      this.lose(
        row,
        "type",
        `${cells.name} repeats within ${repeat.line.cells.name}; it is left out with all of its rows`,
      );
      this.open.push({ ...opened, left: true });
      return;
    }
    if (kind === "group" && this.open.length > 0) {
      this.lose(
        row,
        "type",
        `the group ${cells.name} is within another; its questions stay, its heading is left out`,
      );
      this.open.push(opened);
      return;
    }
    opened.page = this.turn(line, kind === "repeat");
    this.open.push(opened);
  }

  /** The kind's row says whether the document is required; what else somebody put between them has no place. */
  private part({ row, cells }: SheetRow, document: { line: SheetRow }) {
    const { kind, number } = documentParts(document.line.cells.name ?? "");
    if (cells.name !== kind && cells.name !== number)
      return this.lose(row, "name", `${cells.name} is left out: a document is its kind and its number`);
    if (cells.name === number) return;
    const owed = Object.entries(cells).filter(([head]) => head.startsWith("required"));
    Object.assign(document.line.cells, Object.fromEntries(owed));
  }

  private close(row: number, kind: Open["kind"]) {
    const last = this.open.at(-1);
    if (!last || last.kind !== kind)
      return this.fault(row, "type", `no begin_${kind} matches this end_${kind}`);
    this.open.pop();
    if (this.document && this.document.opened === last.line) {
      const { line, when } = this.document;
      this.document = undefined;
      this.add(line, { type: "id_document" }, when, undefined);
      return;
    }
    // After a repeat, or the outermost group, the next question begins a page.
    if (last.page || kind === "repeat") this.page = undefined;
  }

  /** A new page for a group, a repeat, or for questions that stand in neither. */
  private turn(line: SheetRow | undefined, repeats: boolean): Page {
    const taken = new Set(this.pages.map(({ name }) => name));
    const wanted = line?.cells.name ?? "questions";
    const name = fieldName(wanted, taken);
    if (line && name !== wanted) this.lose(line.row, "name", `the group ${wanted} is called ${name} here`);
    const hint = line && this.speech.words("survey", line, "hint");
    const page: Page = {
      name,
      label: line && this.speech.words("survey", line, "label"),
      ...(hint ? { hint } : {}),
      ...(line && repeats ? { repeat: this.bounds(line) } : {}),
      questions: [],
      row: line?.row ?? 0,
    };
    this.pages.push(page);
    this.page = page;
    return page;
  }

  private bounds({ row, cells }: SheetRow): NonNullable<Group["repeat"]> {
    const marked = [cells[mark("min")], cells[mark("max")]];
    const noun = markedWords(cells, "noun") ?? { "zh-Hans": "条", "zh-Hant": "條", en: "row" };
    if (marked.every((text) => /^\d{1,4}$/.test(text ?? "")))
      return { min: Number(marked[0]), max: Number(marked[1]), noun };
    const count = cells.repeat_count ?? "";
    if (/^\d{1,4}$/.test(count)) return { min: Number(count), max: Number(count), noun };
    const why = count
      ? `"${count.slice(0, 60)}" cannot say how many rows there are`
      : "XLSForm does not say how many rows there may be";
    this.lose(
      row,
      "repeat_count",
      `${why}; here it is up to 20, each called ${noun["zh-Hans"]} (${noun.en})`,
    );
    return { min: 0, max: 20, noun };
  }

  private question(line: SheetRow, type: string) {
    const { row, cells } = line;
    const words = type === "note" && this.questions.length === 0 && this.open.length === 0 && !this.intro;
    if (words && cells.relevant === undefined) {
      this.intro = this.speech.words("survey", line, "label");
      return;
    }
    const typed = typedOf(line, this.lists);
    if ("fault" in typed) return this.fault(row, "type", typed.fault);
    if ("left" in typed)
      return this.lose(row, "type", `${cells.name ?? "the note"} is left out: ${typed.left}`);
    if (typed.said) this.lose(row, "type", typed.said);
    const when = [...this.whens(), ...(cells.relevant === undefined ? [] : [{ text: cells.relevant, row }])];
    this.add(line, typed.field, when, typed.list?.names);
    if (typed.other) this.specify(line, when);
  }

  /** or_other stands for a second question, asked where "other" was chosen. */
  private specify({ row, cells }: SheetRow, when: readonly When[]) {
    const name = `${cells.name}_other`;
    const language = (lang: keyof Words) => [`label::${LANGUAGE[lang]}`, SPECIFY[lang]];
    const line = {
      row,
      cells: {
        type: "text",
        name,
        ...Object.fromEntries((["zh-Hans", "zh-Hant", "en"] as const).map(language)),
      },
    };
    this.add(
      line,
      { type: "text" },
      [...when, { text: `selected(\${${cells.name}}, 'other')`, row }],
      undefined,
    );
  }

  private add(line: SheetRow, own: Question["own"], when: readonly When[], choices: Target["choices"]) {
    const page = this.page ?? this.turn(this.open.find(({ page: own }) => own)?.line, false);
    const wanted = line.cells.name ?? "";
    const beside = page.repeat ? [page] : this.pages.filter(({ repeat }) => !repeat);
    const taken = new Set(beside.flatMap(({ questions }) => questions.map(({ target }) => target.name)));
    // A repeat's rows stand beside the plain answers, under its name.
    if (!page.repeat) for (const { name, repeat } of this.pages) if (repeat) taken.add(name);
    const name = fieldName(wanted, taken);
    if (name !== wanted) this.lose(line.row, "name", `${wanted} is called ${name} here`);
    const target: Target = { name, type: own.type, ...(choices ? { choices } : {}) };
    const question = { line, own, target, when, page, at: this.questions.length };
    page.questions.push(question);
    this.questions.push(question);
  }

  private whens(): When[] {
    return this.open.flatMap(({ when }) => when ?? []);
  }

  /** The question that a name means for another one. Throws NotCarried. */
  find(name: string, from: Question, earlier: boolean): Target {
    const bare = this.questions.filter(({ line }) => line.cells.name === name);
    const documents = this.questions.filter(
      ({ own, line }) => own.type === "id_document" && documentParts(line.cells.name ?? "").kind === name,
    );
    const all = bare.length > 0 ? bare : documents;
    const found = all.find(({ page }) => page === from.page) ?? all.find(({ page }) => !page.repeat);
    if (!found && all.length > 0) throw new NotCarried(`${name} is asked in a repeat`);
    if (!found) throw new NotCarried(`there is no question ${name} here`);
    if (earlier && found.at >= from.at) throw new NotCarried(`${name} is asked later`);
    return found.target;
  }

  /** Questions that wait for each other are never asked. */
  private cycles() {
    const waits = new Map<string, { row: number; names: string[] }>();
    for (const { line, when } of this.questions) {
      const names = when.flatMap(({ text }) => referencesIn(text));
      waits.set(line.cells.name ?? "", { row: line.row, names });
    }
    const done = new Set<string>();
    const visit = (name: string, path: readonly string[]) => {
      const here = waits.get(name);
      if (!here || done.has(name)) return;
      if (path.includes(name)) {
        const circle = [...path.slice(path.indexOf(name)), name].join(" → ");
        this.fault(here.row, "relevant", `the questions wait for each other: ${circle}`);
      } else for (const next of here.names) visit(next, [...path, name]);
      done.add(name);
    };
    for (const name of waits.keys()) visit(name, []);
  }

  private lose(row: number, column: string, said: string) {
    this.losses.push({ sheet: "survey", row, column, said });
  }

  private fault(row: number, column: string, said: string) {
    this.faults.push({ sheet: "survey", row, column, said });
  }
}
