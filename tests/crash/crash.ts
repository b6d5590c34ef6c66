import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { ROOT, readConfig } from "../../src/cli/config.ts";
import { wrangler } from "../../src/cli/wrangler.ts";
import { readOptions } from "./options.ts";
import { openReport } from "./report.ts";
import type { Outcome } from "./schedule.ts";

/*
 * npm run crash-test -- --schedules 1000 --seed 1: a small county's alarms, stopped at every point there is, on a real D1
 * in the real runtime; what was owed is counted against what the mail server and the webhook receiver hold.
 */
const AT_ONCE = 4;
const RUNTIME = { compatibility_date: readConfig().compatibility_date, compatibility_flags: ["nodejs_als"] };

try {
  process.exitCode = await crashTest();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function crashTest(): Promise<number> {
  const { schedules, seed } = readOptions(process.argv.slice(2));
  const state = await mkdtemp(join(tmpdir(), "baobei-crash-"));
  const report = openReport(schedules);
  const stages: Stage[] = [];
  try {
    const script = await buildStage(state);
    const hands = Math.min(2, availableParallelism(), schedules);
    for (let hand = 0; hand < hands; hand++) stages.push(await openStage(script));
    let next = seed;
    await Promise.all(
      stages.map(async ({ play }) => {
        while (next < seed + schedules) {
          const seeds = Array.from({ length: Math.min(AT_ONCE, seed + schedules - next) }, () => next++);
          for (const outcome of await play(seeds)) report.add(outcome);
        }
      }),
    );
    return report.end();
  } finally {
    for (const { close } of stages) await close();
    await rm(state, { recursive: true, force: true });
  }
}

/** The stage as one script: the code under test is bundled as for a deployment, without its bindings. */
async function buildStage(state: string): Promise<string> {
  const config = join(state, "wrangler.json");
  const alias = { "postal-mime": `${ROOT}src/channels/no-inbound-mail.ts` };
  await writeFile(
    config,
    JSON.stringify({ name: "crash", main: `${ROOT}tests/crash/worker.ts`, alias, ...RUNTIME }),
  );
  await wrangler(["deploy", "--config", config, "--dry-run", "--outdir", join(state, "bundle")]);
  return readFile(join(state, "bundle", "worker.js"), "utf8");
}

type Stage = {
  play: (seeds: number[]) => Promise<(Outcome & { seed: number })[]>;
  close: () => Promise<void>;
};

/** One runtime with a database of its own. */
async function openStage(script: string): Promise<Stage> {
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      ...{
        host: "127.0.0.1",
        port: 0,
        cf: false,
        telemetry: { enabled: false },
        log: new Log(LogLevel.ERROR),
      },
      workers: [
        {
          ...{ name: "crash", modules: true, script, d1Databases: { DB: "crash" } },
          ...{
            compatibilityDate: RUNTIME.compatibility_date,
            compatibilityFlags: RUNTIME.compatibility_flags,
          },
        },
      ],
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  );
  const url = await runtime.ready;
  const post = async (body: object) => {
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the stage answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const files = (await readdir(join(ROOT, "migrations"))).filter((name) => name.endsWith(".sql")).sort();
  const migrations = await Promise.all(files.map((name) => readFile(join(ROOT, "migrations", name), "utf8")));
  await post({ migrations });
  return {
    play: async (seeds) => (await post({ seeds })) as (Outcome & { seed: number })[],
    close: () => runtime.dispose(),
  };
}
