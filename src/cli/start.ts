import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { createPrivacy } from "../db/privacy.ts";
import { openDb } from "../db/store.ts";
import { stateFolder } from "./d1.ts";
import { loadDemo } from "./demo.ts";
import { readDemo } from "./demo-files.ts";
import { addHistory, doorLines, fetchDoors } from "./doors.ts";
import { freePort, type Local, openLocal, prepareLocal } from "./local.ts";
import { localSecrets, secretsFile } from "./secrets.ts";

/*
 * npm start: the whole service on this machine. PORT chooses the port, BAOBEI_STATE another folder for the database
 * and its secret.
 */
const MINUTE = 60_000;
/** The demo county began a week ago. */
const WEEK = 7 * 24 * 60 * MINUTE;

async function start(): Promise<void> {
  const stopping = new AbortController();
  let local: Local | undefined;
  const stop = async () => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
    await local?.close();
    process.exit(0);
  };
  process.on("SIGINT", stop).on("SIGTERM", stop).on("SIGHUP", stop);
  // npm tells only the shell between it and this process, and not every shell passes that on; a killed npm tells nobody.
  const above = callers();
  if (process.env.npm_lifecycle_event) setInterval(() => callers() !== above && stop(), 500).unref();

  const port = await freePort(portOf(process.env.PORT ?? "8787"));
  const state = stateFolder();
  const vars = await localSecrets(secretsFile());
  console.log("Building the Worker and bringing the local database up to date …");
  await prepareLocal(state);
  local = await openLocal({ state, vars, port });
  const added = await loadDemo(await readDemo(), {
    db: openDb(local.d1),
    privacy: await createPrivacy(vars.MASTER_SECRET, vars.MASTER_SECRET_PREVIOUS),
    now: new Date(),
    since: new Date(Date.now() - WEEK),
    newId: randomUUID,
  });
  if (added > 0) {
    await addHistory(local.url);
    console.log(`Loaded the demo county: ${added} units, a few households, and a first week.`);
  }
  const doors = await fetchDoors(local.url);
  for (const line of doorLines(local.url, doors)) console.log(line);
  console.log(`The API key of the whole county: ${doors.apiKey}`);
  await tick(local, stopping.signal);
}

/** Who called this: npm itself, or the shell between and, where /proc tells, npm behind it. Another answer: one is gone. */
function callers(): string {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, "utf8");
    const [, name = "", parent = ""] = /\((.*)\) \S (\d+)/s.exec(stat) ?? [];
    return name.startsWith("npm") ? `${process.ppid}` : `${process.ppid} of ${parent}`;
  } catch {
    return `${process.ppid}`;
  }
}

/** The cron: once now, then each minute. A run that takes longer than its minute is waited for. */
async function tick(local: Local, stopping: AbortSignal): Promise<void> {
  let at = Date.now();
  while (!stopping.aborted) {
    await local.scheduled(new Date(at)).catch((error: Error) => {
      if (!stopping.aborted) console.error(error.message);
    });
    at = (Math.floor(Date.now() / MINUTE) + 1) * MINUTE;
    await pause(at - Date.now(), undefined, { signal: stopping }).catch(() => undefined);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) {
    throw new Error(`PORT must be a number from 0 (any free one) to 65535, not ${JSON.stringify(text)}.`);
  }
  return port;
}

await start().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
