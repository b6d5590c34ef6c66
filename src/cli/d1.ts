import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { ROOT, readConfig } from "./config.ts";
import { migrateLocal } from "./migrate.ts";
import { wrangler } from "./wrangler.ts";

/** A database from outside the Worker: the local one, or with `--remote` the deployed one, through wrangler. */
export type D1Door = {
  /** One SELECT. */
  query<Row>(sql: string): Promise<Row[]>;
  /** Runs statements, each complete: all of them or none. */
  execute(statements: string[]): Promise<void>;
  close(): Promise<void>;
};

/** Folder of the local database; BAOBEI_STATE names another one. */
export const stateFolder = (): string =>
  process.env.BAOBEI_STATE ? resolve(process.env.BAOBEI_STATE) : join(ROOT, ".wrangler/state");

/** Opens the deployed database, or the local one, which is made where there is none yet. */
async function openDoor(remote: boolean): Promise<D1Door> {
  if (remote) return deployed;
  const state = stateFolder();
  if (!existsSync(join(state, "v3/d1"))) await migrateLocal(state);
  const { d1, close } = await local(state);
  return {
    query: async <Row>(sql: string) => (await d1.prepare(sql).all<Row>()).results,
    execute: async (statements) => void (await d1.batch(statements.map((sql) => d1.prepare(sql)))),
    close,
  };
}

/** Opens a database for one piece of work, and closes it however that ends. */
export async function throughDoor<Result>(
  remote: boolean,
  work: (door: D1Door) => Promise<Result>,
): Promise<Result> {
  const door = await openDoor(remote);
  try {
    return await work(door);
  } finally {
    await door.close();
  }
}

/** The files that `npm start` serves from, in a runtime of their own: SQLite lets both at them, also at once. */
async function local(state: string): Promise<{ d1: D1Database; close: () => Promise<void> }> {
  const [database] = readConfig().d1_databases;
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.NONE),
      resourcePersistencePath: join(state, "v3"),
      modules: true,
      script: "export default {};",
      // As wrangler chooses it for what runs here.
      d1Databases: { DB: { id: database?.preview_database_id ?? database?.database_id } },
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  );
  return {
    d1: (await runtime.getD1Database("DB")) as unknown as D1Database,
    close: () => runtime.dispose(),
  };
}

const remotely = (args: string[]) =>
  wrangler(["d1", "execute", "DB", "--remote", "--yes", "--json", ...args]);

const deployed: D1Door = {
  async query<Row>(sql: string) {
    const [answer] = resultsOf(await remotely(["--command", sql]));
    return (answer?.results ?? []) as Row[];
  },
  async execute(statements) {
    const folder = await mkdtemp(join(tmpdir(), "baobei-sql-"));
    try {
      const file = join(folder, "statements.sql");
      await writeFile(file, `${statements.join("\n")}\n`, { mode: 0o600 });
      await remotely(["--file", file]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  close: async () => undefined,
};

// wrangler prints its JSON last; a warning may stand before it.
function resultsOf(said: string): { results?: unknown[] }[] {
  return JSON.parse(said.slice(said.search(/^\[/m)));
}
