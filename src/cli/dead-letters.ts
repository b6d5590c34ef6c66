import { parseArgs } from "node:util";
import { openDoor } from "./d1.ts";
import { dropLetter, listLetters, retryLetter } from "./letters.ts";

/*
 * npm run dead-letters: what the sweep and the drain have set aside, in the local or (--remote) the deployed database.
 */
const USAGE = `npm run dead-letters -- list        what was set aside: since when, why, and its id
npm run dead-letters -- retry ID    the next run works on it again
npm run dead-letters -- drop ID     it stays as it is, and is an alarm no more
Each takes --remote for the deployed database.`;

async function deadLetters(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { remote: { type: "boolean", default: false } },
  });
  const [act, id, ...more] = positionals;
  if (more.length > 0 || (act === "list") !== (id === undefined)) throw new Error(USAGE);
  const now = new Date();
  if (act === "list") {
    const lines = await listLetters(await openDoor(values.remote));
    console.log(lines.length > 0 ? lines.join("\n") : "Nothing is set aside.");
  } else if (act === "retry" && id) {
    await retryLetter(await openDoor(values.remote), id, now);
    console.log(`${id}: the next run works on it again.`);
  } else if (act === "drop" && id) {
    await dropLetter(await openDoor(values.remote), id, now);
    console.log(`${id}: dropped.`);
  } else throw new Error(USAGE);
}

await deadLetters().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
