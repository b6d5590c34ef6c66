import { parseArgs } from "node:util";
import { print } from "./command.ts";
import { throughDoor } from "./d1.ts";
import { dropLetter, listLetters, retryLetter } from "./letters.ts";

/*
 * npm run dead-letters: what the sweep and the drain have set aside, in the local or (--remote) the deployed database.
 */
const USAGE = `npm run dead-letters -- list        what was set aside: since when, why, and its id
npm run dead-letters -- retry ID    the next run works on it again
npm run dead-letters -- drop ID     it stays as it is, and is an alarm no more
Each takes --remote for the deployed database.`;

async function deadLetters(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { remote: { type: "boolean", default: false } },
  });
  const [act, id, ...more] = positionals;
  if (more.length > 0 || (act === "list") !== (id === undefined)) throw new Error(USAGE);
  const now = new Date();
  if (act === "list") {
    const lines = await throughDoor(values.remote, listLetters);
    return lines.length > 0 ? lines.join("\n") : "Nothing is set aside.";
  }
  if (act === "retry" && id) {
    await throughDoor(values.remote, (door) => retryLetter(door, id, now));
    return `${id}: the next run works on it again.`;
  }
  if (act === "drop" && id) {
    await throughDoor(values.remote, (door) => dropLetter(door, id, now));
    return `${id}: dropped.`;
  }
  throw new Error(USAGE);
}

await print(deadLetters);
