import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkerName } from "../doors.ts";
import { ROOT, readConfig } from "./config.ts";

/**
 * What the other Workers are beside what wrangler.toml says of all. Those that the public one is
 * bound to come first.
 */
const OTHERS: Record<Exclude<WorkerName, "public">, { main: string; alias?: Record<string, string> }> = {
  unit: { main: "src/unit.ts" },
  report: { main: "src/report.ts" },
  figure: { main: "src/figure.ts" },
  record: { main: "src/record.ts" },
  desk: {
    main: "src/desk.ts",
    alias: {
      standardwebhooks: "src/channels/no-webhooks.ts",
      // Readers of certificates for passkeys' attestation, which nobody here asks for: 62 KB less to upload, gzipped.
      ...Object.fromEntries(
        [
          "@peculiar/asn1-android",
          "@peculiar/asn1-ecc",
          "@peculiar/asn1-rsa",
          "@peculiar/asn1-schema",
          "@peculiar/asn1-x509",
          "@peculiar/asn1-x509-post-quantum",
          "@peculiar/x509",
          "reflect-metadata",
        ].map((name) => [name, "src/http/desk/no-attestation.ts"]),
      ),
    },
  },
};
export const WORKERS: readonly WorkerName[] = ["unit", "desk", "report", "figure", "record", "public"];
/** The script that a build of each leaves. */
export const SCRIPTS: Record<WorkerName, string> = {
  unit: "unit.js",
  desk: "desk.js",
  report: "report.js",
  figure: "figure.js",
  record: "record.js",
  public: "index.js",
};

/**
 * The file that says what a Worker is. wrangler.toml is the public one's; the others' are written out of it, so that a
 * county says its settings once: no address of their own, no cron, no bindings to each other.
 */
export function configFile(which: WorkerName): string {
  if (which === "public") return `${ROOT}wrangler.toml`;
  const { triggers: _, services: __, durable_objects: ___, migrations: ____, ...shared } = readConfig();
  const { main, alias } = OTHERS[which];
  const config = {
    ...shared,
    name: `${shared.name}-${which}`,
    main: `${ROOT}${main}`,
    alias: Object.fromEntries(
      Object.entries({ ...shared.alias, ...alias }).map(([name, path]) => [name, join(ROOT, path)]),
    ),
    d1_databases: shared.d1_databases.map((one) => ({ ...one, migrations_dir: `${ROOT}migrations` })),
    workers_dev: false,
    routes: undefined,
    route: undefined,
  };
  const folder = `${ROOT}.wrangler/workers`;
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/${which}.json`;
  const text = JSON.stringify(config, null, 2);
  // Tests read it side by side: a file that is right already is left as it is.
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, text);
    renameSync(draft, file);
  }
  return file;
}

// No telemetry, no look for updates, no question: these commands also run where there is no network and no keyboard.
const QUIET = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_WRITE_LOGS: "false",
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

/**
 * Runs the project's own wrangler. With `show` its words go to the terminal as they come (and it may ask there);
 * otherwise they are kept and thrown when it fails.
 */
export async function wrangler(args: string[], { show = false } = {}): Promise<string> {
  const child = spawn(process.execPath, [`${ROOT}node_modules/wrangler/bin/wrangler.js`, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...QUIET, ...(show ? {} : { CI: "true" }) },
    stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  if (code !== 0) throw new Error(`wrangler ${args.slice(0, 3).join(" ")} ended with ${code}\n${said}`);
  return said;
}
