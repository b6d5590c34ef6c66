import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inject } from "vitest";
import { type Doors, fetchDoors } from "../../src/cli/doors.ts";

/*
 * The project as somebody else has it: a copy in a folder of its own with files put into forms/, and the service started from
 * there. Nothing of this checkout is changed, and nothing of the copy but those files.
 */
const ROOT = new URL("../..", import.meta.url).pathname;
const COPIED = ["src", "forms", "tables", "migrations", "package.json", "tsconfig.json", "wrangler.toml"];

export type UnseenCounty = {
  url: string;
  doors: Doors;
  /** What `npm run forms` printed. */
  printed: string;
  /** Fires the cron as at a moment. */
  scheduled(time: Date): Promise<void>;
  close(): Promise<void>;
};

/**
 * @param files the files put into forms/ and tables/, by path
 * @param vars settings laid over wrangler.toml's
 */
export async function openUnseen(
  files: Record<string, string>,
  vars: Record<string, string>,
): Promise<UnseenCounty> {
  const prepared = inject("prepared");
  const project = mkdtempSync(join(tmpdir(), "baobei-unseen-"));
  for (const name of COPIED) cpSync(join(ROOT, name), join(project, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  const printed = execFileSync("npm", ["run", "--silent", "forms"], { cwd: project, encoding: "utf8" });

  const state = join(project, "state");
  cpSync(prepared.state, state, { recursive: true });
  writeFileSync(join(project, "serve.ts"), SERVE);
  const settings = JSON.stringify({ ...vars, MASTER_SECRET: prepared.secret });
  const child = spawn(process.execPath, ["serve.ts", state, settings], {
    cwd: project,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const url = await firstLine(child);
  return {
    url,
    printed,
    doors: await fetchDoors(url),
    async scheduled(time) {
      const answer = await fetch(`${url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*&time=${time.getTime()}`);
      if (!answer.ok) throw new Error(`the run at ${time.toISOString()} ended with "${await answer.text()}"`);
    },
    async close() {
      const gone = new Promise((resolve) => child.once("close", resolve));
      child.stdin?.end();
      await gone;
      rmSync(project, { recursive: true, force: true });
    },
  };
}

const SERVE = `
import { openLocal, prepareLocal } from "./src/cli/local.ts";
const [state, vars] = process.argv.slice(2);
await prepareLocal(state);
const local = await openLocal({ state, port: 0, limits: false, vars: JSON.parse(vars) });
console.log(local.url);
process.stdin.resume().on("end", async () => {
  await local.close();
  process.exit(0);
});
`;

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout) for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("the copy did not start");
}
