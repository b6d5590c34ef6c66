import { readFile, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { formNamed, forms } from "../../forms/index.ts";
import { bookOf, Unreadable } from "../forms/xlsform/book.ts";
import { checkBook } from "../forms/xlsform/check.ts";
import { exportForm } from "../forms/xlsform/export.ts";
import { importForm } from "../forms/xlsform/import.ts";
import { type Remark, shownRemark } from "../forms/xlsform/sheet.ts";
import { sourceOf } from "../forms/xlsform/source.ts";
import { sheetsOf, workbookOf } from "./workbook.ts";

/*
 * npm run xlsform -- export FORM [FILE.xlsx] | import FILE.xlsx [--out forms/x.ts]: a form file as a spreadsheet that
 * ODK and Kobo take, and back. What cannot be carried over is said on stderr, every line with its place.
 */
const USAGE =
  "npm run xlsform -- export FORM [FILE.xlsx], or npm run xlsform -- import FILE.xlsx [--out forms/NAME.ts]";
const ROOT = fileURLToPath(new URL("../..", import.meta.url).href);
/** Read no further than this: no form is so large. */
const LARGEST_READ = 64 * 2 ** 20;

async function xlsform(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: "string" } } });
  const [verb, what, file, ...more] = positionals;
  if (!what || more.length > 0) throw new Error(`Say what to do: ${USAGE}`);
  if (verb === "export" && values.out === undefined) await exported(what, file ?? `${what}.xlsx`);
  else if (verb === "import" && file === undefined) await imported(what, values.out);
  else throw new Error(`Say what to do: ${USAGE}`);
}

async function exported(name: string, file: string): Promise<void> {
  const form = formNamed(name);
  if (!form)
    throw new Error(`There is no form ${name}. There are: ${forms.map((each) => each.name).join(", ")}.`);
  const { book, losses } = exportForm(form);
  const { errors, warnings } = checkBook(book);
  if (errors.length > 0) throw new Unreadable(errors);
  tell(losses, "Not carried over, or kept for this service alone");
  tell(warnings, "pyxform will warn");
  await written(file, workbookOf(book));
  console.log(`${file}: ${book.survey.rows.length} rows, ${book.choices.rows.length} choices.`);
}

async function imported(file: string, out: string | undefined): Promise<void> {
  const { size } = await stat(file).catch(() => {
    throw new Error(`There is no file ${file}.`);
  });
  if (size > LARGEST_READ)
    throw new Error(`${file} has ${Math.round(size / 2 ** 20)} MB; a form has less. Nothing was written.`);
  const { book, losses: left } = bookOf(await sheetsOf(await readFile(file)));
  const { form, losses } = importForm(book, basename(file).replace(/\.\w+$/, ""));
  const path = out === undefined ? join(ROOT, "forms/x.ts") : resolve(out);
  const from = relative(dirname(path), join(ROOT, "src/forms/define.ts"));
  const said = `${form.title["zh-Hans"]}: carried over from ${basename(file)}.`;
  const source = sourceOf(form, from.startsWith(".") ? from : `./${from}`, said);
  if (out !== undefined) await written(out, source);
  tell([...left, ...losses], "Not carried over, or otherwise than it was");
  const fields = form.groups.flatMap((group) => group.fields).length;
  if (out === undefined) process.stdout.write(source);
  else console.log(`${out}: ${fields} questions. npm run forms takes it in, once it says count or record.`);
}

/** A new file; one that is there stays. */
async function written(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(file, content, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") throw new Error(`${file} is there already. Nothing was written.`);
    throw error;
  });
}

function tell(remarks: readonly Remark[], what: string) {
  if (remarks.length === 0) return;
  console.error(`${what} (${remarks.length}):`);
  for (const remark of remarks) console.error(`  ${shownRemark(remark)}`);
}

/** The first faults of a file that has many. */
const SHOWN = 50;

await xlsform().catch((error: Error) => {
  if (error instanceof Unreadable) {
    for (const remark of error.remarks.slice(0, SHOWN)) console.error(shownRemark(remark));
    if (error.remarks.length > SHOWN) console.error(`and ${error.remarks.length - SHOWN} more.`);
    console.error("Nothing was written.");
  } else console.error(error.message);
  process.exit(1);
});
