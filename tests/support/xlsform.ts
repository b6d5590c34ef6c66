import { sheetsOf, workbookOf } from "../../src/cli/workbook.ts";
import { bookOf, type RawSheet } from "../../src/forms/xlsform/book.ts";
import type { FormBook } from "../../src/forms/xlsform/sheet.ts";

/** The book in a file, as the import reads it. */
export const readBook = async (file: Uint8Array) => bookOf(await sheetsOf(file));

/** A sheet out of a drawing of it: a line a row, its cells between bars. */
export const drawn = (name: string, text: string): RawSheet => ({
  name,
  rows: text
    .trim()
    .split("\n")
    .map((line) =>
      line
        .trim()
        .replace(/^\||\|$/g, "")
        .split("|")
        .map((cell) => cell.trim().replaceAll("\\n", "\n")),
    ),
});

/** An .xlsx file of drawn sheets. */
export function fileOf(...sheets: RawSheet[]): Uint8Array {
  const book = sheets.map(({ name, rows }) => {
    const [heads = [], ...more] = rows.map((cells) => [...cells]);
    // What XML cannot hold is not written, so that headings may be alike in the file.
    const unlike = heads.map((head, at) => head + "\u0000".repeat(at));
    return [
      name,
      {
        heads: unlike,
        rows: more.map((cells, at) => ({
          row: at + 2,
          cells: Object.fromEntries(cells.map((cell, n) => [unlike[n] ?? "", cell])),
        })),
      },
    ];
  });
  return workbookOf(Object.fromEntries(book) as FormBook);
}
