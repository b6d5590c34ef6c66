import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { sheetsOf } from "../../src/cli/workbook.ts";
import type { FormDefinition } from "../../src/forms/define.ts";
import { bookOf, type RawSheet, Unreadable } from "../../src/forms/xlsform/book.ts";
import { exportForm } from "../../src/forms/xlsform/export.ts";
import { importForm } from "../../src/forms/xlsform/import.ts";
import { shownRemark } from "../../src/forms/xlsform/sheet.ts";
import { checkForm } from "../support/form-checks.ts";
import { drawn, fileOf } from "../support/xlsform.ts";
import { kobo } from "../support/xlsform-kobo.ts";
import { everything } from "../support/xlsform-sample.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "baobei-xlsform-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the import makes of sheets, its losses as they are told. */
function carried(...sheets: RawSheet[]): { form: FormDefinition; losses: string[] } {
  const { book, losses: left } = bookOf(sheets);
  const { form, losses } = importForm(book, "sample");
  return { form, losses: [...left, ...losses].map(shownRemark) };
}
/** What it refuses them with. */
function refused(...sheets: RawSheet[]): string[] {
  try {
    return carried(...sheets).losses.map((said) => `taken: ${said}`);
  } catch (error) {
    if (error instanceof Unreadable) return error.remarks.map(shownRemark);
    throw error;
  }
}
/** The command, as npm runs it. */
function command(...args: string[]): { code: number; out: string; err: string } {
  try {
    const node = [`${ROOT}src/cli/xlsform.ts`, ...args];
    const out = execFileSync(process.execPath, node, { cwd: folder, encoding: "utf8", stdio: "pipe" });
    return { code: 0, out, err: "" };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, out: stdout, err: stderr };
  }
}

describe("the form that Chen had in Kobo", () => {
  const { form, losses } = carried(...kobo);
  const field = (name: string) =>
    form.groups.flatMap(({ fields }) => fields).find((each) => each.name === name);

  it("keeps its questions, their pages and their order", () => {
    expect(form).toMatchObject({ name: "health-at-home", version: 1, title: { en: "Health at home" } });
    expect(form.intro?.en).toBe("Thank you for helping");
    expect(form.groups.map(({ name, fields }) => [name, fields.map((each) => each.name)])).toEqual([
      ["questions", ["full_Name", "age"]],
      ["health", ["fever", "temp", "signs", "other", "care", "care_other"]],
      ["people", ["name", "seen"]],
      ["questions_2", ["code", "pain", "when"]],
    ]);
  });

  it("keeps what its rules mean", () => {
    const grown = { op: "gt", left: { field: "age" }, right: { value: 15 } };
    const ill = { op: "eq", left: { field: "fever" }, right: { value: true } };
    expect(field("full_Name")).toMatchObject({ type: "text", maxLength: 80, pii: true });
    expect(field("age")).toMatchObject({
      type: "integer",
      constraint: { message: { en: "Ages go from 0 to 120" } },
    });
    expect(field("age")).not.toHaveProperty("min");
    expect(field("fever")).toMatchObject({ type: "yes_no", relevant: grown });
    expect(field("temp")?.relevant).toEqual({ op: "and", rules: [grown, ill] });
    expect(field("other")?.relevant).toEqual({
      op: "and",
      rules: [grown, ill, { op: "selected", field: "signs", choice: "c9" }],
    });
    expect(field("care_other")?.relevant).toEqual({
      op: "and",
      rules: [grown, { op: "selected", field: "care", choice: "other" }],
    });
    expect(field("pain")).toMatchObject({ type: "integer", min: 1, max: 10 });
  });

  it("owes nobody an answer that would be asked always", () => {
    expect(field("name")).not.toHaveProperty("required");
    expect(field("name")).not.toHaveProperty("relevant");
  });

  it("names every loss with its sheet, row and column", () => {
    expect(losses.toSorted()).toEqual(
      [
        "notes: this sheet is not carried over",
        "survey row 1: no column is in 简体中文 (zh); English (en) stands in its place",
        "survey row 1: no column is in 繁體中文 (zh); English (en) stands in its place",
        "choices row 4, column name: 1 is called c1 here",
        "choices row 5, column name: 9 is called c9 here",
        "choices row 6, column name: Clinic is called clinic here",
        "survey row 2, column type: start is left out: start is not collected here",
        "survey row 4, column name: Full.Name is called full_Name here",
        "survey row 9, column type: the group inner is within another; its questions stay, its heading is left out",
        "survey row 15, column type: mid is left out: a note asks nothing; put its words into a hint",
        "survey row 16, column repeat_count: XLSForm does not say how many rows there may be; here it is up to 20, each called 条 (row)",
        "survey row 20, column type: where is left out: geopoint is not collected here",
        "survey row 21, column type: total is left out: a calculation is not carried over",
        "survey row 22, column type: the code is typed here, not scanned",
        "survey row 23, column type: every number of the range is taken here, typed and not slid",
        'settings row 2, column version: "20200128a" is no whole number; it is 1 here',
        "settings row 2, column form_id: Health_at_Home is called health-at-home here",
        "settings row 2, column form_title: the title is in English (en); it stands for all three",
        "settings row 2, column style: the setting is not carried over",
        "survey row 10, column constraint: a part of it is not carried over: count-selected() is not understood here",
        "survey row 10, column constraint: a part of it is not carried over: the answer to . cannot be compared (selected() asks for a choice)",
        `survey row 17, column relevant: "count(\${people}) > 0" is not carried over, so that it is always asked: count() is not understood here`,
        "survey row 17, column required: it is always asked here, so that it is not required",
        `survey row 24, column required: "\${fever} = 'yes'" decides whether it is required; here it is not`,
        "survey: no column says which answers are personal; texts are taken as personal and sealed (pii), take it away where it is not so",
        "survey row 6, column appearance: not carried over (row 6, 10)",
        "survey row 5, column default: not carried over (row 5)",
        "survey row 22, column media::image: not carried over (row 22)",
        "survey row 2, column $kuid: not carried over (row 2)",
        "choices row 8, column list_name: no question chooses from spare",
      ].toSorted(),
    );
  });

  checkForm(form);

  it("comes back from an export of its own, word for word", () => {
    const { book } = exportForm(form);
    expect(importForm(book, "x").form).toEqual(form);
  });
});

describe("npm run xlsform", { timeout: 60_000 }, () => {
  const at = (name: string) => join(folder, name);

  it("writes a form file that compiles, and says what it left out", () => {
    writeFileSync(at("kobo.xlsx"), fileOf(...kobo));
    const first = command("import", "kobo.xlsx", "--out", "kobo.ts");
    expect(first).toMatchObject({
      code: 0,
      out: "kobo.ts: 13 questions. npm run forms takes it in, once it says count or record.\n",
    });
    const options =
      "--ignoreConfig --noEmit --strict --module esnext --moduleResolution bundler --target es2024 --skipLibCheck --allowImportingTsExtensions --types node";
    execFileSync(`${ROOT}node_modules/.bin/tsc`, [
      ...options.split(" "),
      "--typeRoots",
      `${ROOT}node_modules/@types`,
      at("kobo.ts"),
    ]);
    expect(command("import", "kobo.xlsx", "--out", "kobo.ts")).toEqual({
      code: 1,
      out: "",
      err: "kobo.ts is there already. Nothing was written.\n",
    });
  });

  it("takes a form there and back", () => {
    expect(command("export", "tip")).toMatchObject({ code: 0, out: "tip.xlsx: 11 rows, 6 choices.\n" });
    const { code, out } = command("import", "tip.xlsx");
    expect(code).toBe(0);
    expect(out).toContain('export const tip = defineForm({\n  name: "tip",');
  });

  it("says how it is called, which forms there are and which file is missing", () => {
    expect(command()).toMatchObject({
      code: 1,
      err: expect.stringContaining("npm run xlsform -- export FORM"),
    });
    expect(command("export", "nothing").err).toContain(
      "There is no form nothing. There are: registration, tip,",
    );
    expect(command("import", "gone.xlsx")).toEqual({
      code: 1,
      out: "",
      err: "There is no file gone.xlsx.\n",
    });
  });

  it("writes nothing of a file with faults, and names each", () => {
    writeFileSync(
      at("bad.xlsx"),
      fileOf(drawn("survey", "| type | name | label |\n| wrong | a | A |\n| | b | B |")),
    );
    expect(command("import", "bad.xlsx", "--out", "bad.ts")).toEqual({
      code: 1,
      out: "",
      err: 'survey row 2, column type: "wrong" is no type that XLSForm knows\nsurvey row 3, column type: the question has no type\nNothing was written.\n',
    });
  });

  it("does not open fifty megabytes", () => {
    writeFileSync(at("large.xlsx"), Buffer.alloc(50 * 2 ** 20, 1));
    expect(command("import", "large.xlsx").err).toBe(
      "the file: it has 50 MB; a form has at most 5 MB\nNothing was written.\n",
    );
  });
});

describe("a file that is none", () => {
  const said = async (file: Uint8Array) => {
    const error = await sheetsOf(file).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof Unreadable ? error.remarks.map(shownRemark).join() : error;
  };
  const whole = fileOf(...kobo);

  it.each([
    ["empty", new Uint8Array(), "the file: it is no .xlsx workbook, or its end is missing"],
    [
      "text",
      new TextEncoder().encode("type,name,label"),
      "the file: it is no .xlsx workbook, or its end is missing",
    ],
    [
      "cut short",
      whole.slice(0, whole.length / 2),
      "the file: it is no .xlsx workbook, or its end is missing",
    ],
    [
      "with a password",
      Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0),
      "the file: it is an old .xls or has a password; save it as .xlsx without one",
    ],
    ["another zip", zipSync({ "a.txt": new Uint8Array(3) }), "the file: it is no .xlsx workbook"],
    [
      "damaged",
      zipSync({ "xl/worksheets/sheet1.xml": new TextEncoder().encode("<worksheet") }),
      "the file: the workbook is damaged and cannot be read",
    ],
    [
      "unpacking to much",
      zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(80 * 2 ** 20) }),
      "the file: it unpacks to 80 MB; that is no form",
    ],
  ])("%s", async (_, file, reason) => {
    expect(await said(file)).toBe(reason);
  });
});

describe("a workbook that cannot be carried over", () => {
  const survey = (text: string) => drawn("survey", text);
  it.each<[string, RawSheet[], string[]]>([
    [
      "no survey",
      [drawn("Sheet1", "| a |")],
      ['survey: there is no sheet named survey; the workbook has "Sheet1"'],
    ],
    [
      "two surveys",
      [survey("| type |"), drawn("Survey", "| type |")],
      ["Survey: there are two sheets named survey"],
    ],
    ["nothing in it", [survey("| type | name | label |")], ["survey: the sheet has no questions"]],
    [
      "no headings",
      [survey("| text | a | Anna |\n| text | b | B |")],
      ["type", "name", "label"].map((head) => `survey row 1: the heading ${head} is missing`),
    ],
    [
      "a heading twice",
      [survey("| type | name | label | Label |\n| text | a | A | B |")],
      ['survey row 1, column D: "Label" is the heading of C already'],
    ],
    [
      "groups that do not close",
      [survey("| type | name | label |\n| begin_group | g | G |\n| text | a | A |\n| end_repeat | | |")],
      [
        "survey row 4, column type: no begin_repeat matches this end_repeat",
        "survey row 2, column type: no end_group matches this begin_group",
      ],
    ],
    [
      "names that are none",
      [survey("| type | name | label |\n| text | 1 a | A |\n| text | | B |")],
      [
        'survey row 2, column name: "1 a" is no XML name',
        "survey row 3, column name: the question has no name",
      ],
    ],
    [
      "lists that are not there",
      [survey("| type | name | label |\n| select_one x | a | A |")],
      ["survey row 2, column type: there is no list x on the sheet choices"],
    ],
    [
      "choices that are none",
      [
        survey("| type | name | label |\n| select_one x | a | A |"),
        drawn(
          "choices",
          "| list_name | name | label |\n| x | a | A |\n| x | a | B |\n| x | | C |\n| | d | D |",
        ),
      ],
      [
        "choices row 3, column name: a stands twice in x",
        "choices row 4, column name: the choice has no name",
        "choices row 5, column list_name: the choice has no list_name",
      ],
    ],
    [
      "questions that wait for each other",
      [
        survey(
          `| type | name | label | relevant |\n| text | a | A | \${b} = 'x' |\n| text | b | B | \${a} = 'x' |`,
        ),
      ],
      ["survey row 2, column relevant: the questions wait for each other: a → b → a"],
    ],
    [
      "a question that waits for itself",
      [survey(`| type | name | label | relevant |\n| text | a | A | \${a} = 'x' |`)],
      ["survey row 2, column relevant: the questions wait for each other: a → a"],
    ],
  ])("%s", (_, sheets, faults) => {
    expect(refused(...sheets)).toEqual(faults);
  });

  it("says how many rows are too many, of ten thousand too", () => {
    const rows = [
      ["type", "name", "label"],
      ...Array.from({ length: 10_000 }, (_, n) => ["text", `q${n}`, "Q"]),
    ];
    expect(refused({ name: "survey", rows })).toEqual(["survey: 10000 rows; a form takes at most 2000 here"]);
  });

  it("stays quick with two thousand questions that each wait for the one before", () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => [
      "text",
      `q${n}`,
      "Q",
      n ? `\${q${n - 1}} = 'x'` : "",
    ]);
    const { form } = carried({ name: "survey", rows: [["type", "name", "label", "relevant"], ...rows] });
    expect(form.groups[0]?.fields).toHaveLength(2_000);
  });
});

it("does not take a condition that is nested more deeply than a rule may be", () => {
  const deep = (n: number) => `${"not(".repeat(n)}. = 1${")".repeat(n)}`;
  const of = (n: number) =>
    carried(drawn("survey", `| type | name | label | constraint |\n| integer | a | A | ${deep(n)} |`));
  expect(of(7).form.groups[0]?.fields[0]).toHaveProperty("constraint");
  expect(of(8).form.groups[0]?.fields[0]).not.toHaveProperty("constraint");
  expect(of(8).losses).toContain(
    "survey row 2, column constraint: a part of it is not carried over: its conditions are nested too deeply",
  );
});

describe("words in the languages that a form has", () => {
  it("takes Simplified, Traditional and English, and says where one is missing", () => {
    const { form, losses } = carried(
      drawn(
        "Survey",
        `
| Type | Name | Label::Chinese (zh) | label::繁體中文 (zh-Hant) | label::English (en) | label::Français (fr) | hint::English (en) |
| text | a | 姓名 | 姓名 | Name | Nom | |
| text | b | 电话 | | Phone | Tél | Home |
`,
      ),
    );
    expect(form.groups[0]?.fields[1]).toMatchObject({
      label: { "zh-Hans": "电话", "zh-Hant": "电话", en: "Phone" },
      hint: { "zh-Hans": "Home", en: "Home" },
    });
    expect(losses).toEqual(
      expect.arrayContaining([
        "survey row 1: words in Français (fr) are not carried over",
        "survey row 3, column label: nothing in 繁體中文 (zh); another language stands there",
        "survey row 3, column hint: nothing in 简体中文 (zh); another language stands there",
      ]),
    );
  });
});

describe("a form of this service that somebody worked on in a spreadsheet", () => {
  const { book } = exportForm(everything);
  const sheets = (change: (name: string, cells: Record<string, string>) => void): RawSheet[] =>
    Object.entries(book).map(([name, { heads, rows }]) => ({
      name,
      rows: [
        [...heads],
        ...rows.map(({ cells }) => {
          const own = { ...cells };
          change(cells.name ?? "", own);
          return heads.map((head) => own[head] ?? "");
        }),
      ],
    }));

  it("keeps the change and everything else", () => {
    const { form, losses } = carried(
      ...sheets((name, cells) => {
        if (name === "part") cells.constraint = ". <= 3";
        if (name === "paper_number") cells.name = "paper_page";
        if (name === "whole") cells["bind::baobei:count"] = "sum";
      }),
    );
    const field = (name: string) => form.groups[0]?.fields.find((each) => each.name === name);
    // The words in front still say 2.5, so that they stay with their own rule.
    expect(field("part")).toMatchObject({ constraint: { rule: { op: "le" } } });
    expect(field("paper")).toEqual(everything.groups[0].fields.find(({ name }) => name === "paper"));
    expect(losses).toContain(
      "survey row 20, column name: paper_page is left out: a document is its kind and its number",
    );
    expect(losses).toContain(
      "survey row 6, column bind::baobei:count: only whole numbers are counted, as flow or stock",
    );
  });
});
