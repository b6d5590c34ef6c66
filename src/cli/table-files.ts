import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type FindFigure, tableFaults } from "../forms/check-table.ts";
import type { TableDefinition } from "../forms/define-table.ts";
import { WRITTEN } from "./form-files.ts";

/*
 * The table files of a folder, and tables/index.ts, which the service reads them by: written from what the files say, so
 * that a new table is one file.
 */
export type TableFile = { name: string; table: TableDefinition };

/**
 * Imports every table file of a folder and judges it. `said` is a sentence for each fault. Never throws for what a file
 * holds.
 * @param called what sentences call the folder
 */
export async function readTables(
  folder: string,
  find: FindFigure,
  called = "tables",
): Promise<{ tables: TableFile[]; said: string[] }> {
  const files = (await readdir(folder)).filter((file) => /\.ts$/.test(file) && file !== "index.ts").sort();
  const tables: TableFile[] = [];
  const said: string[] = [];
  for (const file of files) {
    const say = (what: string, at = "") => said.push(`${called}/${file}${at && `, ${at}`}: ${what}.`);
    const found = await tableOf(join(folder, file));
    if ("said" in found) {
      say(found.said);
      continue;
    }
    const faults = tableFaults(found.table, find);
    for (const fault of faults) say(fault.said, fault.at);
    if (faults.length > 0) continue;
    const table = found.table as TableDefinition;
    if (`${table.name}.ts` !== file)
      say(`the table is named \`${table.name}\`: call the file ${table.name}.ts`, "name");
    if (tables.some(({ name }) => name === found.name))
      say(`exports \`${found.name}\`, as another table does: call one of them otherwise`);
    tables.push({ name: found.name, table });
  }
  return { tables, said };
}

/** The one table of a file, under the name it is exported by; or why there is none. */
async function tableOf(path: string): Promise<{ name: string; table: unknown } | { said: string }> {
  let exported: Record<string, unknown>;
  try {
    exported = await import(pathToFileURL(path).href);
  } catch (error) {
    return { said: `cannot be read: ${(error as Error).message.split("\n")[0]}` };
  }
  const found = Object.entries(exported).filter(
    ([, value]) => typeof value === "object" && value !== null && ("columns" in value || "title" in value),
  );
  const [first] = found;
  if (!first) return { said: "exports no table: export const … = defineTable({…})" };
  if (found.length > 1)
    return {
      said: `exports ${found.length} tables (${found.map(([name]) => name).join(", ")}): one file is one table`,
    };
  const [name, table] = first;
  return name === "default"
    ? { said: "exports its table as default: give it a name (export const …)" }
    : { name, table };
}

/** The text of tables/index.ts. Tables by their `order` (100 where one has none), then by name. */
export function indexOf(tables: readonly TableFile[]): string {
  const byName = tables.toSorted((a, b) => (a.table.name < b.table.name ? -1 : 1));
  const sorted = byName.toSorted((a, b) => (a.table.order ?? 100) - (b.table.order ?? 100));
  const names = sorted.map(({ name }) => name);
  const flat = `export const tables: readonly TableDefinition[] = [${names.join(", ")}];`;
  const tall = `export const tables: readonly TableDefinition[] = [\n${names.map((name) => `  ${name},\n`).join("")}];`;
  return [
    WRITTEN.replace("a new form", "a new table"),
    `import type { TableDefinition } from "../src/forms/define-table.ts";\n`,
    ...byName.map(({ name, table }) => `import { ${name} } from "./${table.name}.ts";\n`),
    `\n/** Every bureau's table, in the order that pages show them. */\n`,
    `${flat.length <= 110 ? flat : tall}\n`,
    "\n/** The table of a name, or undefined. */\n",
    "export const tableNamed = (name: string): TableDefinition | undefined =>\n  tables.find((table) => table.name === name);\n",
  ].join("");
}

/** Brings tables/index.ts up to date. Throws with a sentence for each fault, and then writes nothing. */
export async function listTables(
  folder: string,
  called?: string,
): Promise<{ count: number; changed: boolean }> {
  // Only now: it reads the lists of forms, which may just have been written.
  const { readFigure } = await import("../domain/figure.ts");
  const find: FindFigure = (id) => {
    const kind = readFigure(id)?.parts[0].kind;
    return kind && (kind === "share" ? "share" : "number");
  };
  const { tables, said } = await readTables(folder, find, called);
  if (said.length > 0) throw new Error(`${said.join("\n")}\nNothing was written.`);
  const path = join(folder, "index.ts");
  const text = indexOf(tables);
  if ((await readFile(path, "utf8").catch(() => "")) === text)
    return { count: tables.length, changed: false };
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, path);
  return { count: tables.length, changed: true };
}
