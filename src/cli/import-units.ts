import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { BadLine, planUnits } from "../domain/unit.ts";
import { openDoor } from "./d1.ts";

import { readUnitLines, unitSql } from "./units.ts";

/*
 * npm run import-units -- FILE.csv [--remote]: code,name,parent (and kind, if it is there) into the local or the
 * deployed database. All rows or none; a second run changes nothing.
 */
async function importUnits(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { remote: { type: "boolean", default: false } },
  });
  const [file, ...more] = positionals;
  if (!file || more.length > 0)
    throw new Error("Say which file: npm run import-units -- FILE.csv [--remote]");
  const lines = readUnitLines(await readFile(file));
  const door = await openDoor(values.remote);
  const standing = await door.query<{ code: string; name: string }>("SELECT code, name FROM unit");
  const plan = planUnits(lines, new Map(standing.map(({ code, name }) => [code, name])));
  const rows = [...plan.added, ...plan.changed];
  if (rows.length > 0) await door.execute(unitSql(rows, new Date()));
  console.log(
    `${file}: ${plan.added.length} added, ${plan.changed.length} renamed, ${plan.unchanged} unchanged.`,
  );
}

await importUnits().catch((error: Error) => {
  const where = error instanceof BadLine ? `line ${error.line}: ` : "";
  console.error(`${where}${error.message}${error instanceof BadLine ? ". Nothing was loaded." : ""}`);
  process.exit(1);
});
