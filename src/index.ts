import { createApp } from "./app.tsx";
import { createPrivacy } from "./db/privacy.ts";
import { openDb } from "./db/store.ts";
import { type Bindings, parseSettings } from "./env.ts";
import type { Deps } from "./http/factory.ts";
import { runScheduled } from "./jobs/index.ts";

type Standing = Pick<Deps, "db" | "d1" | "settings" | "privacy">;
// What a request is handed is the same for all of an isolate's: read, checked and imported once for its environment.
const standing = new WeakMap<Bindings, Promise<Standing>>();

async function open(env: Bindings): Promise<Standing> {
  const settings = parseSettings(env);
  const privacy = await createPrivacy(settings.MASTER_SECRET, settings.MASTER_SECRET_PREVIOUS);
  return { db: openDb(env.DB), d1: env.DB, privacy, settings };
}

/** What a request or a cron run is handed: the only place that reads the clock and draws ids. */
async function depsFor(env: Bindings): Promise<Deps> {
  let opened = standing.get(env);
  if (!opened) {
    opened = open(env);
    standing.set(env, opened);
  }
  return { ...(await opened), now: () => new Date(), newId: () => crypto.randomUUID() };
}

const app = createApp(depsFor);

export default {
  fetch: app.fetch,
  async scheduled(event, env) {
    const at = new Date(event.scheduledTime);
    await runScheduled({ ...(await depsFor(env)), now: () => at }, at, new Date());
  },
} satisfies ExportedHandler<Bindings>;
