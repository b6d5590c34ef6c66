import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptionsOf } from "wrangler";
import { migrateLocal } from "./local.ts";
import { ROOT, readConfig, wrangler } from "./wrangler.ts";

/** A database from outside the Worker: the local one, or with `--remote` the deployed one, through wrangler. */
export type D1Door = {
  /** One SELECT. */
  query<Row>(sql: string): Promise<Row[]>;
  /** Runs statements, each complete: all of them or none. */
  execute(statements: string[]): Promise<void>;
};

/** Folder of the local database; BAOBEI_STATE names another one. */
export const stateFolder = (): string =>
  process.env.BAOBEI_STATE ? resolve(process.env.BAOBEI_STATE) : join(ROOT, ".wrangler/state");

/** Opens the deployed database, or the local one, which is made where there is none yet. */
export async function openDoor(remote: boolean): Promise<D1Door> {
  if (remote) return deployed;
  const state = stateFolder();
  if (!existsSync(join(state, "v3/d1"))) await migrateLocal(state);
  return {
    query: <Row>(sql: string) => inLocal(state, async (d1) => (await d1.prepare(sql).all<Row>()).results),
    execute: (statements) =>
      inLocal(state, async (d1) => void (await d1.batch(statements.map((sql) => d1.prepare(sql))))),
  };
}

/** The files that `npm start` serves from, in a runtime of their own: SQLite lets both at them, also at once. */
async function inLocal<Result>(state: string, work: (d1: D1Database) => Promise<Result>): Promise<Result> {
  const { d1Databases } = workerOptionsOf(readConfig()).workerOptions;
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.NONE),
      resourcePersistencePath: join(state, "v3"),
      modules: true,
      script: "export default {};",
      d1Databases,
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  );
  try {
    return await work((await runtime.getD1Database("DB")) as unknown as D1Database);
  } finally {
    await runtime.dispose();
  }
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
};

// wrangler prints its JSON last; a warning may stand before it.
function resultsOf(said: string): { results?: unknown[] }[] {
  return JSON.parse(said.slice(said.search(/^\[/m)));
}
