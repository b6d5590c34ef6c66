import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { listForms } from "./form-files.ts";
import { listTables } from "./table-files.ts";

/*
 * npm run forms: checks every file of forms/ and tables/ and writes the lists that the service knows them by (counts.ts,
 * records.ts, titles.ts; tables/index.ts). `npm start` and `npm run deploy` do it first. Other folders can be named
 * behind --, forms first; of tables only the folder that is named then.
 */
async function forms(): Promise<void> {
  const [named, namedTables] = process.argv.slice(2);
  const house = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url).href);
  const folder = named ? resolve(named) : house("forms");
  const { forms: found, noted, changed } = await listForms(folder, named);
  for (const note of noted) console.error(note);
  const [counts, records] = (["count", "record"] as const).map(
    (which) => found.filter(({ form }) => form[which]).length,
  );
  const wrote =
    changed.length > 0 ? `wrote ${changed.join(", ").replace(/, ([^,]+)$/, " and $1")}` : "nothing changed";
  console.log(`${found.length} forms, ${counts} of them count, ${records} are of records: ${wrote}.`);
  const tables = named ? namedTables && resolve(namedTables) : house("tables");
  if (!tables) return;
  const listed = await listTables(tables, namedTables);
  console.log(`${listed.count} tables: ${listed.changed ? "wrote index.ts" : "nothing changed"}.`);
}

await forms().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
