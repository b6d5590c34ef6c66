import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { forms } from "../../forms/index.ts";
import { workbookOf } from "../../src/cli/workbook.ts";
import type { FormDefinition } from "../../src/forms/define.ts";
import { checkBook } from "../../src/forms/xlsform/check.ts";
import { exportForm } from "../../src/forms/xlsform/export.ts";
import { importForm } from "../../src/forms/xlsform/import.ts";
import { type FormBook, shownRemark } from "../../src/forms/xlsform/sheet.ts";
import { sourceOf } from "../../src/forms/xlsform/source.ts";
import { supplies } from "../support/forms-unseen.ts";
import { readBook } from "../support/xlsform.ts";
import { everything } from "../support/xlsform-sample.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
const all: FormDefinition[] = [...forms, supplies, everything];

describe.each(all.map((form) => [form.name, form] as const))("the form %s as an XLSForm", (_, form) => {
  it("is one that pyxform takes without a complaint", () => {
    expect(checkBook(exportForm(form).book)).toEqual({ errors: [], warnings: [] });
  });

  it("comes back from its file as it was, and names nothing as lost", async () => {
    const { book, losses } = await readBook(workbookOf(exportForm(form).book));
    expect(losses).toEqual([]);
    // What a record becomes after it was filed has no like there, and stays behind.
    const { record: _, ...asked } = form;
    expect(importForm(book, "x")).toEqual({ form: asked, losses: [] });
  });

  it("names what ODK will not do, each with its row and column", () => {
    const { book, losses } = exportForm(form);
    for (const { sheet, row, column } of losses) {
      expect(sheet).toBe(column === "form_id" ? "settings" : "survey");
      const cells = book[sheet as "survey"].rows.find((each) => each.row === row)?.cells;
      expect(
        cells?.[column ?? ""] ?? Object.keys(cells ?? {}).find((head) => head.startsWith(`${column}::`)),
      ).toBeDefined();
    }
  });

  it("is written as a form file that the formatter leaves alone", () => {
    const source = sourceOf(importForm(exportForm(form).book, "x").form, "../src/forms/define.ts", "示例");
    expect(formatted(source)).toBe(source);
  });
});

const formatted = (source: string) =>
  execFileSync(`${ROOT}node_modules/.bin/biome`, ["format", "--stdin-file-path=forms/x.ts"], {
    cwd: ROOT,
    input: source,
    encoding: "utf8",
  });

describe("what Li exports for the town's Kobo", () => {
  const named = (name: string) => {
    const form = all.find((each) => each.name === name);
    if (!form) throw new Error(name);
    return exportForm(form);
  };
  const row = (book: FormBook, name: string) =>
    book.survey.rows.find(({ cells }) => cells.name === name)?.cells;

  it("asks what is relevant, bounds what is counted and says what is wrong, in ODK's own words", () => {
    const { book } = named("daily-report");
    expect(row(book, "wuhan")).toMatchObject({
      type: "integer",
      required: "yes",
      relevant: `\${zero} = 'no'`,
      constraint: `. >= 0 and . <= 99999 and . <= \${returnees}`,
      "constraint_message::English (en)":
        "must be from 0 to 99999\nThose from Wuhan cannot be more than all returnees",
      "label::简体中文 (zh)": "其中从武汉回来或经过武汉的（人）",
    });
    expect(row(book, "zero")?.constraint).toBe(
      `. = 'yes' or \${returnees} > 0 or \${wuhan} > 0 or \${symptomatic} > 0`,
    );
    expect(book.settings.rows[0]?.cells).toMatchObject({
      form_id: "daily-report",
      version: "1",
      namespaces: 'baobei="urn:baobei:form"',
    });
  });

  it("asks for a document in two questions, and for days and moments as ODK compares them", () => {
    const { book } = named("registration");
    expect(
      book.survey.rows
        .filter(({ cells }) => /document/.test(cells.name ?? ""))
        .map(({ cells }) => cells.type),
    ).toEqual(["begin_group", "select_one document_kind", "text", "end_group"]);
    expect(row(book, "document_number")?.relevant).toBe(
      `\${document_kind} != '' and \${document_kind} != 'none'`,
    );
    expect(row(book, "leftOn")?.constraint).toBe(". <= today() and . >= today() - 365");
    expect(row(book, "arrivedAt")?.constraint).toBe(
      `. <= now() and date(format-date(., '%Y-%m-%d')) >= \${leftOn}`,
    );
    expect(row(book, "transitWuhan")?.relevant).toBe(`\${origin} != '' and \${origin} != 'wuhan'`);
  });

  it("tells him what becomes of a record only here", () => {
    const { losses } = named("banquet");
    const said = losses.filter(({ sheet }) => sheet === "settings").map(shownRemark);
    for (const what of [
      "who files it (village) and its numbers (HB-…)",
      "the step refused (不同意办理) and what it asks (why)",
      "what is owed while filed (审批)",
      "the figure tablesHeld (实办桌数)",
    ])
      expect(said).toContain(`settings row 2, column form_id: not carried over: ${what}`);
  });

  it("tells him what ODK will not do", () => {
    const { losses } = named("registration");
    expect(losses.map(shownRemark)).toContain(
      "survey row 17, column type: ODK takes any number of rows of persons, not 1 to 20",
    );
    expect(losses.map(shownRemark)).toContain(
      "survey row 18, column bind::baobei:pii: ODK does not seal personal answers",
    );
    expect(named("daily-report").losses.map(shownRemark)).toContain(
      "survey row 5, column bind::baobei:calculation: ODK does not prefill the figure",
    );
  });
});

describe("a form that XLSForm cannot hold whole", () => {
  const words = (text: string) => ({ "zh-Hans": text, "zh-Hant": text, en: text });
  const field = { name: "note", type: "text", label: words("示例") } as const;

  it("leaves out a rule that ODK cannot say, says why, and asks then without owing an answer", () => {
    const form: FormDefinition = {
      name: "sample",
      version: 1,
      title: words("示例"),
      groups: [
        {
          name: "page",
          label: words("示例"),
          fields: [
            field,
            {
              name: "more",
              type: "text",
              label: words("示例"),
              required: words("示例"),
              relevant: { op: "gt", left: { field: "note" }, right: { value: "m" } },
            },
          ],
        },
      ],
    };
    const { book, losses } = exportForm(form);
    expect(losses.map(shownRemark)).toEqual([
      "survey row 4, column relevant: the rule of more is left out: ODK puts only numbers and dates in order",
    ]);
    expect(book.survey.rows[2]?.cells).not.toHaveProperty("required");
    expect(checkBook(book).errors).toEqual([]);
  });
});
