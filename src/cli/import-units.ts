import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { BadLine, planUnits } from "../domain/unit.ts";
import { print } from "./command.ts";
import { throughDoor } from "./d1.ts";
import { readUnitLines, unitSql } from "./units.ts";

/*
 * npm run import-units -- FILE.csv [--remote]: code,name,parent (and kind, if it is there) into the local or the
 * deployed database. All rows or none; a second run changes nothing.
 */
export async function importUnits(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { remote: { type: "boolean", default: false } },
  });
  const [file, ...more] = positionals;
  if (!file || more.length > 0)
    throw new Error("Say which file: npm run import-units -- FILE.csv [--remote]");
  const text = await readFile(file);
  const lines = inWords(() => readUnitLines(text));
  const plan = await throughDoor(values.remote, async (door) => {
    const standing = await door.query<{ code: string; name: string }>("SELECT code, name FROM unit");
    const names = new Map(standing.map(({ code, name }) => [code, name]));
    const planned = inWords(() => planUnits(lines, names));
    const rows = [...planned.added, ...planned.changed];
    if (rows.length > 0) await door.execute(unitSql(rows, new Date()));
    return planned;
  });
  return `${file}: ${plan.added.length} added, ${plan.changed.length} renamed, ${plan.unchanged} unchanged.`;
}

/** Says of a bad line which one it is. */
function inWords<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BadLine)) throw error;
    throw new Error(`line ${error.line}: ${error.message}. Nothing was loaded.`);
  }
}

if (import.meta.main) await print(importUnits);
