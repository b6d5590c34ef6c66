import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { migrateLocal } from "./local.ts";
import { ROOT, wrangler } from "./wrangler.ts";

/** A database reached through wrangler: the local one, or with `--remote` the deployed one. */
export type D1Door = {
  /** One SELECT. */
  query<Row>(sql: string): Promise<Row[]>;
  /** Runs a file of statements: all of them or none. */
  execute(statements: string[]): Promise<void>;
};

/** Folder of the local database; BAOBEI_STATE names another one. */
export const stateFolder = (): string =>
  process.env.BAOBEI_STATE ? resolve(process.env.BAOBEI_STATE) : join(ROOT, ".wrangler/state");

/** Opens the deployed database, or the local one, which is made where there is none yet. */
export async function openDoor(remote: boolean): Promise<D1Door> {
  if (!remote && !existsSync(join(stateFolder(), "v3/d1"))) await migrateLocal(stateFolder());
  const where = remote ? ["--remote"] : ["--local", "--persist-to", stateFolder()];
  const run = (args: string[]) => wrangler(["d1", "execute", "DB", ...where, "--yes", "--json", ...args]);
  return {
    async query<Row>(sql: string) {
      const [answer] = resultsOf(await run(["--command", sql]));
      return (answer?.results ?? []) as Row[];
    },
    async execute(statements) {
      const folder = await mkdtemp(join(tmpdir(), "baobei-sql-"));
      try {
        const file = join(folder, "statements.sql");
        await writeFile(file, `${statements.join("\n")}\n`, { mode: 0o600 });
        await run(["--file", file]);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

// wrangler prints its JSON last; a warning may stand before it.
function resultsOf(said: string): { results?: unknown[] }[] {
  return JSON.parse(said.slice(said.search(/^\[/m)));
}
