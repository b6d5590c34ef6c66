import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bookOf, type RawSheet, Unreadable } from "../../src/forms/xlsform/book.ts";
import { checkBook } from "../../src/forms/xlsform/check.ts";
import { exportForm } from "../../src/forms/xlsform/export.ts";
import { importForm } from "../../src/forms/xlsform/import.ts";
import { type FormBook, shownRemark } from "../../src/forms/xlsform/sheet.ts";
import { sourceOf } from "../../src/forms/xlsform/source.ts";
import { everything } from "../support/xlsform-sample.ts";

/** What pyxform would say of the sample's book after a change to one row or one sheet. */
function said(change: (book: FormBook, row: (name: string) => Record<string, string>) => void) {
  const book: FormBook = JSON.parse(JSON.stringify(exportForm(everything).book));
  change(book, (name) => {
    const found = book.survey.rows.find(({ cells }) => cells.name === name);
    if (!found) throw new Error(name);
    return found.cells as Record<string, string>;
  });
  const { errors, warnings } = checkBook(book);
  return { errors: errors.map(shownRemark), warnings: warnings.map(shownRemark) };
}
const cellsAt = (book: FormBook, sheet: "choices" | "settings", at: number) => {
  const found = book[sheet].rows[at];
  if (!found) throw new Error(`${sheet} ${at}`);
  return found.cells as Record<string, string>;
};
const cut = (book: FormBook, sheet: "survey" | "choices" | "settings", from: number, many: number) =>
  (book[sheet].rows as unknown[]).splice(from, many);

describe("pyxform's rules", () => {
  it.each<[string, Parameters<typeof said>[0], string]>([
    [
      "a name that is none",
      (_, row) => {
        row("free").name = "1 free";
      },
      "survey row 4, column name: 1 free is no XML name",
    ],
    [
      "no name",
      (_, row) => {
        delete row("lines").name;
      },
      "survey row 5, column name: the question has no name",
    ],
    [
      "a name twice in a group",
      (_, row) => {
        row("lines").name = "phone";
      },
      "survey row 15, column name: phone is not unique within its group",
    ],
    [
      "the name of the metadata",
      (_, row) => {
        row("bare").name = "meta";
      },
      "survey row 7, column name: meta is not unique within its group",
    ],
    [
      "a repeat named as the form's root",
      (_, row) => {
        row("rows").name = "data";
      },
      "survey row 23, column name: no other repeat, nor the form's root, may be named data",
    ],
    [
      "no type",
      (_, row) => {
        row("bare").type = "";
      },
      "survey row 7, column type: the question has no type",
    ],
    [
      "a type that is none",
      (_, row) => {
        row("bare").type = "number";
      },
      "survey row 7, column type: number is no type",
    ],
    [
      "a list that is not there",
      (_, row) => {
        row("one").type = "select_one gone";
      },
      "survey row 12, column type: there is no list gone in choices",
    ],
    [
      "no label",
      (_, row) => {
        for (const head of Object.keys(row("bare"))) if (/^label/.test(head)) delete row("bare")[head];
      },
      "survey row 7, column label: the question has neither label nor hint",
    ],
    [
      "a reference to nobody",
      (_, row) => {
        row("phone").relevant = `\${nobody} = 1`;
      },
      "survey row 15, column relevant: there is no question nobody",
    ],
    [
      "a reference to one of two",
      (_, row) => {
        row("phone").relevant = `\${one} = 'a'`;
      },
      "survey row 15, column relevant: there are 2 questions named one",
    ],
    [
      "a reference in a label",
      (_, row) => {
        row("phone")["label::English (en)"] = `Hello \${nobody}`;
      },
      "survey row 15, column label::English (en): there is no question nobody",
    ],
    [
      "a reference that is not closed",
      (_, row) => {
        row("phone").relevant = `\${many = 1`;
      },
      "survey row 15, column relevant: a reference to a question is not closed",
    ],
    [
      "a question that waits for itself",
      (_, row) => {
        row("phone").relevant = `\${phone} != ''`;
      },
      "survey row 15, column relevant: phone waits for itself",
    ],
    [
      "curved quotes in an expression",
      (_, row) => {
        row("phone").relevant = `\${free} = ‘a’`;
      },
      "survey row 15, column relevant: curved quotes are turned into straight ones",
    ],
    [
      "a required group",
      (_, row) => {
        row("plain").required = "yes";
      },
      "survey row 3, column required: a group cannot be required",
    ],
    [
      "a group that never ends",
      (book) => {
        cut(book, "survey", book.survey.rows.length - 1, 1);
      },
      "survey row 23, column type: no end_repeat matches this begin_repeat",
    ],
    [
      "an end without a beginning",
      (book) => {
        cut(book, "survey", 1, 1);
      },
      "survey row 22, column type: no begin_group matches this end_group",
    ],
    [
      "a calculation of nothing",
      (_, row) => {
        row("bare").type = "calculate";
      },
      "survey row 7, column calculation: the calculation is missing",
    ],
    [
      "a choice twice",
      (book) => {
        cellsAt(book, "choices", 1).name = "a";
      },
      "choices row 3, column name: a stands twice in one",
    ],
    [
      "a choice without a name",
      (book) => {
        delete cellsAt(book, "choices", 1).name;
      },
      "choices row 3, column name: choices must have a name",
    ],
    [
      "a choice of many with a space",
      (book) => {
        cellsAt(book, "choices", 3).name = "c d";
      },
      "survey row 13, column type: choices of select_multiple must not contain spaces",
    ],
    [
      "a heading twice",
      (book) => {
        (book.survey.heads as string[]).push("type");
      },
      "survey row 1, column type: the heading stands twice",
    ],
    [
      "a column that is not known",
      (book) => {
        (book.survey.heads as string[]).push("colour");
      },
      "survey row 1, column colour: the column is not known",
    ],
    [
      "a namespace that is not declared",
      (book) => {
        (book.survey.heads as string[]).push("bind::esri:x");
      },
      "survey row 1, column bind::esri:x: the namespace esri is not declared",
    ],
    [
      "no id",
      (book) => {
        delete cellsAt(book, "settings", 0).form_id;
      },
      "settings row 2, column form_id: the form has no id",
    ],
  ])("refuse %s", (_, change, error) => {
    expect(said(change).errors).toContain(error);
  });

  it.each<[string, Parameters<typeof said>[0], string]>([
    [
      "a language that others have",
      (book) => {
        (book.survey.heads as string[]).push("label::Deutsch (de)");
      },
      "choices: label lacks Deutsch (de)",
    ],
    [
      "a language without a tag",
      (book) => {
        (book.survey.heads as string[]).push("label::Deutsch");
      },
      "survey row 1, column label::Deutsch: the language has no tag",
    ],
    [
      "names that differ by their case",
      (_, row) => {
        row("lines").name = "Free";
      },
      "survey row 5, column name: Free differs from another only by its case",
    ],
    [
      "a default that no column has",
      (book) => {
        cellsAt(book, "settings", 0).default_language = "Deutsch (de)";
      },
      "settings row 2, column default_language: no column has this language",
    ],
  ])("warn of %s", (_, change, warning) => {
    const { errors, warnings } = said(change);
    expect(errors).toEqual([]);
    expect(warnings).toContain(warning);
  });
});

describe("whatever Mallory puts into a workbook", () => {
  const heads = [
    "type",
    "name",
    "label",
    "label::English (en)",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "repeat_count",
    "bind::baobei:type",
    "bind::baobei:example",
  ];
  const cell = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        "",
        "text",
        "integer",
        "select_one x",
        "select_multiple x or_other",
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
        "note",
        "range",
      ),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        "a",
        "b",
        "c",
        "constructor",
        "yes",
        `\${a} = 'x'`,
        `\${b} > 3 or \${c} = ''`,
        ". >= 0 and . <= 5",
        "string-length(.) < 9",
        "id_document",
        "phone",
        "unit",
        "3",
        "{}",
        "\n",
      ),
    },
    fc.string({ maxLength: 20 }),
  );
  const sheet = (
    name: string,
    columns: readonly string[],
    cells: fc.Arbitrary<string>,
  ): fc.Arbitrary<RawSheet> =>
    fc
      .array(fc.array(cells, { minLength: columns.length, maxLength: columns.length }), {
        minLength: 1,
        maxLength: 12,
      })
      .map((rows) => ({ name, rows: [columns, ...rows] }));
  const question = fc
    .tuple(
      fc.constantFrom("text", "integer", "select_one x", "date", "select_multiple x"),
      fc.constantFrom("a", "b", "c", "d"),
      cell,
      cell,
      cell,
      cell,
      cell,
      cell,
      cell,
      cell,
      cell,
    )
    .map((row) => [...row]);
  const plausible = fc
    .uniqueArray(question, { minLength: 1, maxLength: 4, selector: (row) => row[1] })
    .map((rows): RawSheet => ({ name: "survey", rows: [heads, ...rows] }));
  const choices: RawSheet = {
    name: "choices",
    rows: [
      ["list_name", "name", "label"],
      ["x", "1", "One"],
      ["x", "other", "Two"],
    ],
  };

  it("is refused with its places, or becomes a form that is exported and comes back the same", () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(sheet("survey", heads, cell), plausible), (survey) => {
        try {
          const { form } = importForm(bookOf([survey, choices]).book, "sample");
          taken++;
          expect(sourceOf(form, "../src/forms/define.ts", "x")).toContain("defineForm(");
          const { book, losses } = exportForm(form);
          const again = importForm(book, "sample").form;
          if (losses.every(({ said: why }) => !why.includes("left out"))) expect(again).toEqual(form);
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
          expect(error.remarks.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1500 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
