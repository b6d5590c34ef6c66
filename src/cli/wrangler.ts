import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { unstable_readConfig } from "wrangler";

/** The project's folder, wherever the command was called from. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url).href);

/** wrangler.toml as wrangler understands it. */
export const readConfig = () => unstable_readConfig({ config: `${ROOT}wrangler.toml` });

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
