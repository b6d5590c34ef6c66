import { createApp } from "./app.tsx";
import { createPrivacy, type Privacy } from "./db/privacy.ts";
import { openDb } from "./db/store.ts";
import { type Bindings, parseSettings } from "./env.ts";
import type { Deps } from "./http/factory.ts";
import { runScheduled } from "./jobs/index.ts";

// One import of the keys an isolate; they hang on the secret, so a rotated secret makes new ones.
const keys = new Map<string, Promise<Privacy>>();

/** What a request or a cron run is handed: the only place that reads the clock and draws ids. */
async function depsFor(env: Bindings): Promise<Deps> {
  const settings = parseSettings(env);
  const { MASTER_SECRET: secret, MASTER_SECRET_PREVIOUS: previous } = settings;
  let privacy = keys.get(secret);
  if (!privacy) {
    privacy = createPrivacy(secret, previous);
    keys.set(secret, privacy);
  }
  return {
    db: openDb(env.DB),
    d1: env.DB,
    privacy: await privacy,
    settings,
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
  };
}

const app = createApp(depsFor);

export default {
  fetch: app.fetch,
  async scheduled(event, env) {
    const at = new Date(event.scheduledTime);
    await runScheduled({ ...(await depsFor(env)), now: () => at }, at);
  },
} satisfies ExportedHandler<Bindings>;
