import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { WorkerName } from "../doors.ts";
import { ROOT } from "./config.ts";
import { configFile, WORKERS, wrangler } from "./wrangler.ts";

/** What a build is made of; what node_modules holds is said by the lock file. */
const SOURCES = [
  "src",
  "forms",
  "tables",
  "wrangler.toml",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
/** Builds that are kept: one that is in use somewhere is not the oldest. */
const KEPT = 4;

/**
 * Builds the Workers as a deployment would upload them, once for each state of the sources: who asks again gets what stands.
 * @returns the folder that holds one folder a Worker
 */
export function builtWorkers(): Promise<string> {
  // Whoever begins with a state of the sources goes on with it.
  ours ??= buildWorkers();
  return ours;
}
let ours: Promise<string> | undefined;

async function buildWorkers(): Promise<string> {
  const folder = join(ROOT, ".wrangler/built");
  const built = join(folder, await stateOfSources());
  if (existsSync(built)) return built;
  await mkdir(folder, { recursive: true });
  const draft = await mkdtemp(join(folder, "draft-"));
  try {
    await Promise.all(WORKERS.map((which) => build(which, join(draft, which))));
    // Whoever built the same meanwhile was as right.
    await rename(draft, built).catch((error) => {
      if (!existsSync(built)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await dropOld(folder);
  return built;
}

const build = (which: WorkerName, outdir: string) =>
  wrangler(["deploy", "--config", configFile(which), "--dry-run", "--outdir", outdir]);

async function stateOfSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES)
    for (const file of await filesIn(join(ROOT, source))) {
      hash.update(`${file}\0`).update(await readFile(file));
    }
  return hash.digest("hex").slice(0, 16);
}

/** The file itself, or all below a folder, in one order; none where there is nothing. */
async function filesIn(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  if (!(await stat(path)).isDirectory()) return [path];
  const found = await readdir(path, { recursive: true, withFileTypes: true });
  return found
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .sort();
}

async function dropOld(folder: string): Promise<void> {
  const found = await Promise.all(
    (await readdir(folder))
      .filter((name) => !name.startsWith("draft-"))
      .map(async (name) => ({ path: join(folder, name), since: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = found.sort((one, other) => other.since - one.since).slice(KEPT);
  await Promise.all(old.map(({ path }) => rm(path, { recursive: true, force: true })));
}
