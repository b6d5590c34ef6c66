import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { listForms } from "./form-files.ts";

/*
 * npm run forms: checks every file of forms/ and writes the lists that the service knows them by (counts.ts, records.ts,
 * titles.ts). `npm start` and `npm run deploy` do it first. Another folder can be named behind --.
 */
async function forms(): Promise<void> {
  const [named] = process.argv.slice(2);
  const folder = named ? resolve(named) : fileURLToPath(new URL("../../forms", import.meta.url).href);
  const { forms: found, noted, changed } = await listForms(folder, named);
  for (const note of noted) console.error(note);
  const [counts, records] = (["count", "record"] as const).map(
    (which) => found.filter(({ form }) => form[which]).length,
  );
  const wrote =
    changed.length > 0 ? `wrote ${changed.join(", ").replace(/, ([^,]+)$/, " and $1")}` : "nothing changed";
  console.log(`${found.length} forms, ${counts} of them count, ${records} are of records: ${wrote}.`);
}

await forms().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
