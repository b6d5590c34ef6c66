import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { catalogueFaults, type FormFile, formFaults } from "../forms/check-form.ts";
import { type FormDefinition, LANGS } from "../forms/define.ts";

/*
 * The form files of a folder, and the lists that the service reads them by: forms/counts.ts, forms/records.ts and, of what
 * they are called alone, forms/titles.ts are written from what the files say, so that a new form is one file.
 */
/** What one folder holds; `said` is a sentence for each fault, and with one of them nothing should be written. */
export type FormFolder = { forms: (FormFile & { name: string })[]; said: string[]; noted: string[] };

/** What stands in the folder beside forms. */
const NO_FORMS = ["index.ts", "counts.ts", "records.ts", "titles.ts"];
/** The forms that the service calls by their names: neither counted nor filed. */
const CALLED = ["registration", "tip", "daily-report", "reading"];

/**
 * Imports every form file of a folder (Node strips the types) and judges all of them. Never throws for what a file holds.
 * @param called what sentences call the folder
 */
export async function readForms(folder: string, called = "forms"): Promise<FormFolder> {
  const files = (await readdir(folder))
    .filter((file) => /\.ts$/.test(file) && !file.endsWith(".d.ts") && !NO_FORMS.includes(file))
    .sort();
  const read: FormFolder = { forms: [], said: [], noted: [] };
  for (const file of files) {
    const shown = `${called}/${file}`;
    const say = (said: string, at = "") => read.said.push(`${shown}${at && `, ${at}`}: ${said}.`);
    const found = await formOf(join(folder, file));
    if ("said" in found) {
      say(found.said);
      continue;
    }
    const faults = formFaults(found.form);
    for (const { at, said } of faults) say(said, at);
    const form = found.form as FormDefinition;
    if (faults.length > 0) continue;
    if (NO_FORMS.includes(`${form.name}.ts`))
      say(`no form may be named \`${form.name}\`: ${form.name}.ts is a list of forms`, "name");
    else if (`${form.name}.ts` !== file)
      say(`the form is named \`${form.name}\`: call the file ${form.name}.ts`, "name");
    const first = read.forms.find((other) => other.name === found.name);
    if (first) say(`exports \`${found.name}\`, as ${first.file} does: call one of them otherwise`);
    read.forms.push({ file: shown, name: found.name, form });
    for (const name of openText(form))
      read.noted.push(
        `${shown}: \`${name}\` is free text without \`pii\`: what is written there about people is not sealed.`,
      );
    if (!form.count && !form.record && !CALLED.includes(form.name))
      read.noted.push(`${shown}: has neither \`count\` nor \`record\`, so that no page asks for it yet.`);
  }
  for (const { file, at, said } of catalogueFaults(read.forms)) read.said.push(`${file}, ${at}: ${said}.`);
  return read;
}

/** Questions of a record form that take any words and keep them in the clear, but for what everybody may read anyhow. */
const openText = ({ groups, record }: FormDefinition): string[] =>
  !record
    ? []
    : [...groups, ...record.steps].flatMap(({ fields = [] }) =>
        fields.flatMap(({ name, type, pii }) =>
          /text$/.test(type) && !pii && !record.open?.fields.includes(name) ? [name] : [],
        ),
      );

/** The one form of a file, under the name it is exported by; or why there is none. */
async function formOf(path: string): Promise<{ name: string; form: unknown } | { said: string }> {
  let exported: Record<string, unknown>;
  try {
    exported = await import(pathToFileURL(path).href);
  } catch (error) {
    return { said: `cannot be read: ${(error as Error).message.split("\n")[0]}` };
  }
  const found = Object.entries(exported).filter(([, value]) => looksLikeForm(value));
  const [first] = found;
  if (!first)
    return { said: "exports no form: export const … = defineRecordForm({…}) or defineCountForm({…})" };
  if (found.length > 1)
    return {
      said: `exports ${found.length} forms (${found.map(([name]) => name).join(", ")}): one file is one form`,
    };
  const [name, form] = first;
  if (name === "default") return { said: "exports its form as default: give it a name (export const …)" };
  return { name, form };
}

const looksLikeForm = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("groups" in value || "title" in value);

/** The text of each list. Forms by their `order` (100 where one has none), then by name. */
export const listsOf = (
  forms: FormFolder["forms"],
): Record<"counts.ts" | "records.ts" | "titles.ts", string> => ({
  "counts.ts": listOf(
    forms.filter(({ form }) => form.count),
    { type: "CountForm", list: "countForms", said: "Every count form, in the order that pages show them." },
  ),
  "records.ts": listOf(
    forms.filter(({ form }) => form.record),
    {
      type: "RecordForm",
      list: "recordForms",
      said: "Every record form, in the order that pages show them.",
    },
  ),
  "titles.ts": titlesOf(forms),
});

function listOf(
  forms: FormFolder["forms"],
  { type, list, said }: { type: string; list: string; said: string },
): string {
  const order = ({ form }: FormFile) => (form.count ?? form.record)?.order ?? 100;
  const sorted = forms.toSorted((a, b) => order(a) - order(b) || (a.form.name < b.form.name ? -1 : 1));
  const imports = forms
    .toSorted((a, b) => (a.form.name < b.form.name ? -1 : 1))
    .map(({ name, form }) => `import { ${name} } from "./${form.name}.ts";\n`);
  const flat = `export const ${list}: readonly ${type}[] = [${sorted.map(({ name }) => name).join(", ")}];`;
  const tall = `export const ${list}: readonly ${type}[] = [\n${sorted.map(({ name }) => `  ${name},\n`).join("")}];`;
  return [
    WRITTEN,
    `import type { ${type} } from "../src/forms/define.ts";\n`,
    ...imports,
    `\n/** ${said} */\n${flat.length <= 110 ? flat : tall}\n`,
  ].join("");
}

/** What the forms of both lists are called, without the forms: for a Worker that has no room for these. */
function titlesOf(forms: FormFolder["forms"]): string {
  const titles = forms
    .flatMap(({ form: { name, title, count, record } }) => {
      const called = record?.noun ?? (count && title);
      return called ? [{ name, called }] : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, called }) => {
      const words = LANGS.map((lang) => `    ${keyOf(lang)}: ${quoted(called[lang])},\n`);
      return `  ${keyOf(name)}: {\n${words.join("")}  },\n`;
    });
  return [
    WRITTEN,
    `import type { Words } from "../src/forms/define.ts";\n`,
    "\n/** What each count form, and one record of each record form, is called, by the form's name. */\n",
    `export const formTitles: Readonly<Record<string, Words>> = {${titles.length > 0 ? "\n" : ""}${titles.join("")}};\n`,
  ].join("");
}

export const WRITTEN =
  "// Written by `npm run forms` from the files of this folder: a new form is a file, and this is not edited.\n";

const keyOf = (name: string): string => (name.includes("-") ? quoted(name) : name);

/** As a string of the source. A quotation mark is written by its number, for a formatter would choose other quotes around it. */
const quoted = (text: string): string =>
  `"${text
    .split('"')
    .map((part) => JSON.stringify(part).slice(1, -1))
    .join("\\u0022")}"`;

/** Writes the lists into the folder where they are other than they were, each at once. @returns the files that changed */
export async function writeLists(folder: string, forms: FormFolder["forms"]): Promise<string[]> {
  const changed: string[] = [];
  for (const [file, text] of Object.entries(listsOf(forms))) {
    const path = join(folder, file);
    if ((await readFile(path, "utf8").catch(() => "")) === text) continue;
    const draft = `${path}.${process.pid}`;
    await writeFile(draft, text);
    await rename(draft, path);
    changed.push(file);
  }
  return changed;
}

/** Brings the lists of a folder up to date. Throws with a sentence for each fault, and then writes nothing. */
export async function listForms(
  folder: string,
  called?: string,
): Promise<FormFolder & { changed: string[] }> {
  const read = await readForms(folder, called);
  if (read.said.length > 0) throw new Error(`${read.said.join("\n")}\nNothing was written.`);
  return { ...read, changed: await writeLists(folder, read.forms) };
}
