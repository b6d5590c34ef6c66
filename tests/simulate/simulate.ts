import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../src/cli/config.ts";
import { openLocal, prepareLocal } from "../../src/cli/local.ts";
import { wrangler } from "../../src/cli/wrangler.ts";
import { createPrivacy } from "../../src/db/privacy.ts";
import { openDb } from "../../src/db/store.ts";
import { parseSettings } from "../../src/env.ts";
import type { Act } from "./acts.ts";
import { checkAll, type Verdict } from "./check.ts";
import { type Costs, costLines, mergeCosts } from "./cost.ts";
import { type Options, readOptions } from "./options.ts";
import type { Performed } from "./perform.ts";
import { prepare } from "./run.ts";

/*
 * npm run simulate -- --persons 20000 --days 14 --seed 1: a county lives through an outbreak in the real runtime, on a real
 * D1, with clocks that fail; an oracle written from the rules says what must have come of it.
 */
const SECRET = "c2ltdWxhdGlvbi1vbmx5LXNlY3JldC1ub3doZXJlLWVsc2U";
const AT_ONCE = 1_500;

try {
  process.exitCode = await simulate(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function simulate(options: Options): Promise<number> {
  const begin = performance.now();
  const seconds = () => `${((performance.now() - begin) / 1000).toFixed(0)} s`;
  const { county, walked } = prepare(options, 10);
  const counted = (kind: Act["do"]) => walked.acts.filter((act) => act.do === kind).length;
  console.log(
    `${walked.persons} persons, ${county.villages.length} villages, ${options.days} days, seed ${options.seed}: ${counted("read")} readings sent, ${counted("cron")} crons, ${walked.acts.length} acts`,
  );
  const state = await mkdtemp(join(tmpdir(), "baobei-simulate-"));
  const settings = { ...county.settings, PUBLIC_URL: "http://127.0.0.1", MASTER_SECRET: SECRET, DEV: "1" };
  const local = await openStageAt(state);
  try {
    await post(local.url, { open: { settings, county } });
    const costs: Costs = {};
    const cases = new Map<string, string>();
    const answers: string[] = [];
    let messages = 0;
    for (let at = 0, shown = 0; at < walked.acts.length; at += AT_ONCE) {
      const done = (await post(local.url, { acts: walked.acts.slice(at, at + AT_ONCE) })) as Performed;
      mergeCosts(costs, done.costs);
      for (const [number, id] of done.cases) cases.set(id, `H${number}`);
      answers.push(...done.wrong);
      messages += done.messages;
      const share = Math.floor((10 * at) / walked.acts.length);
      if (share > shown) console.log(`${share * 10} % after ${seconds()}`);
      shown = share;
    }
    const deps = {
      ...{
        d1: local.d1,
        db: openDb(local.d1),
        privacy: await createPrivacy(SECRET),
        settings: parseSettings(settings),
      },
      ...{ now: () => new Date(0), newId: () => "" },
    };
    const verdict = await checkAll(deps, walked, county, options, cases);
    return say(options, verdict, answers, costs, `${messages} messages, ${seconds()}`);
  } finally {
    await local.close();
    await rm(state, { recursive: true, force: true });
  }
}

/** Everything found, the last line last. @returns the exit code */
function say(options: Options, verdict: Verdict, answers: string[], costs: Costs, spent: string): number {
  const { lines, over } = costLines(costs);
  for (const line of lines) console.log(line);
  console.log(`${verdict.missed} slots missed, ${verdict.lapses} lapses kept, ${spent}`);
  const wrong = [...answers.map((one) => `answer: ${one}`), ...verdict.wrong];
  for (const one of [...wrong.slice(0, 40), ...verdict.books.slice(0, 40), ...over]) console.log(`  ${one}`);
  const faults = [
    ...(verdict.books.length > 0 ? [`${verdict.books.length} do not`] : []),
    ...(over.length > 0 ? [`${over.length} over budget`] : []),
  ];
  const failed = wrong.length > 0 || faults.length > 0;
  if (failed)
    console.log(`failed with --persons ${options.persons} --days ${options.days} --seed ${options.seed}`);
  console.log(
    `alerts owed ${verdict.owed}, sent ${verdict.sent}, wrong ${wrong.length}; books ${verdict.books.length === 0 ? "balance" : "do not balance"}${
      faults.length > 0 ? ` (${faults.join(", ")})` : ""
    }`,
  );
  return failed ? 1 : 0;
}

/** The Worker with our stage beside it, on one D1. */
async function openStageAt(state: string) {
  const bundle = join(state, "simulate");
  const build = wrangler(["deploy", "tests/simulate/worker.ts", "--dry-run", "--outdir", bundle]);
  await Promise.all([build, prepareLocal(state)]);
  const [database] = readConfig().d1_databases;
  const stage = {
    name: "simulate",
    compatibilityDate: readConfig().compatibility_date,
    routes: ["*/simulate"],
    d1Databases: { DB: database?.database_id },
    modules: true,
    script: await readFile(join(bundle, "worker.js"), "utf8"),
  };
  return openLocal({ state, port: 0, limits: false, vars: { MASTER_SECRET: SECRET }, beside: [stage] });
}

async function post(url: string, body: object): Promise<unknown> {
  const answer = await fetch(`${url}/simulate`, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`the stage answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
