import { readdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import {
  unstable_readConfig as readAsWrangler,
  unstable_getMiniflareWorkerOptions as workerOptionsOf,
} from "wrangler";
import type { WorkerName } from "../doors.ts";
import { builtWorkers } from "./build.ts";
import { migrateLocal } from "./migrate.ts";
import { configFile, SCRIPTS, WORKERS } from "./wrangler.ts";

/*
 * The built Worker on this machine: the bundle that a deployment would upload, the runtime wrangler brings, and a D1
 * kept where `wrangler d1 … --local` looks for it.
 */
export type LocalOptions = {
  /** Folder of D1; what wrangler calls --persist-to. */
  state: string;
  /** Settings and secrets laid over those of wrangler.toml; undefined takes one away. */
  vars: Record<string, string | undefined>;
  /** 0 takes any free one. */
  port: number;
  /** False leaves the rate limits out, for tests and the bench: they come from one address. */
  limits?: boolean;
  /** Workers beside ours in the same runtime, each with its route: the bench compares itself with one. */
  beside?: object[];
};
export type Local = {
  url: string;
  d1: D1Database;
  /** Fires the Worker's cron as at `time`; throws when the run did not end well. */
  scheduled(time: Date): Promise<void>;
  close(): Promise<void>;
};

/** Builds the Workers where they are not built yet and brings the local D1 up to date, as a deployment would. */
export async function prepareLocal(state: string): Promise<void> {
  await Promise.all([builtWorkers(), migrateLocal(state)]);
}

/** Serves what `prepareLocal` made, on 127.0.0.1 only. */
export async function openLocal({
  state,
  vars,
  port,
  limits = true,
  beside = [],
}: LocalOptions): Promise<Local> {
  const free = await freePort(port);
  const url = `http://127.0.0.1:${free}`;
  const built = await builtWorkers();
  const ours = async (which: WorkerName) => {
    const config = readAsWrangler({ config: configFile(which) });
    const { workerOptions } = workerOptionsOf(config);
    const settings = { ...config.vars, PUBLIC_URL: url, DEV: "1", ...vars };
    return {
      ...workerOptions,
      name: config.name,
      bindings: Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
      ratelimits: limits ? workerOptions.ratelimits : undefined,
      modules: await modulesIn(join(built, which), which),
      modulesRoot: join(built, which),
    };
  };
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: free,
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.WARN),
      logRequests: false,
      unsafeTriggerHandlers: true,
      resourcePersistencePath: join(state, "v3"),
      workers: [...(await Promise.all(WORKERS.toReversed().map(ours))), olderCronPath, ...beside],
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  );
  await runtime.ready;
  return {
    url,
    d1: (await runtime.getD1Database("DB")) as unknown as D1Database,
    async scheduled(time) {
      const answer = await fetch(`${url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*&time=${time.getTime()}`);
      const outcome = await answer.text();
      if (!answer.ok) throw new Error(`the scheduled run at ${time.toISOString()} ended with "${outcome}"`);
    },
    close: () => runtime.dispose(),
  };
}

// Guides of other years fire the cron at this path; this runtime has moved it to /cdn-cgi/local/scheduled.
const olderCronPath = {
  name: "older-cron-path",
  compatibilityDate: "2026-10-20",
  compatibilityFlags: ["service_binding_extra_handlers"],
  routes: ["*/cdn-cgi/handler/scheduled*"],
  serviceBindings: { BAOBEI: "baobei" },
  modules: true,
  script: `export default {
    async fetch(request, env) {
      const asked = new URL(request.url).searchParams;
      const time = asked.has("time") ? new Date(Number(asked.get("time"))) : new Date();
      const { outcome } = await env.BAOBEI.scheduled({ scheduledTime: time, cron: asked.get("cron") ?? "" });
      return new Response(outcome, { status: outcome === "ok" ? 200 : 500 });
    },
  };`,
};

// The script itself, named for its file of origin, and beside it the texts that the rule leaves as files of their own.
async function modulesIn(bundle: string, which: WorkerName) {
  const texts = (await readdir(bundle)).filter(
    (file) => !/\.js(\.map)?$|^README\.md$/.test(file) || /\.(?:client|umd\.min)\.js$/.test(file),
  );
  return [
    { type: "ESModule", path: join(bundle, SCRIPTS[which]) },
    ...texts.map((file) => ({ type: "Text", path: join(bundle, file) })),
  ];
}

/** The port itself, or any free one for 0. Throws one clear sentence when it is taken. */
export function freePort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          error.code === "EADDRINUSE"
            ? `Port ${port} on 127.0.0.1 is taken. Choose another: PORT=8788 npm start`
            : `Port ${port} on 127.0.0.1 cannot be used (${error.code}).`,
        ),
      ),
    );
    probe.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      const { port: got } = probe.address() as { port: number };
      probe.close(() => resolve(got));
    });
  });
}
