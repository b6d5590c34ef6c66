import { createPrivacy } from "./db/privacy.ts";
import { openDb } from "./db/store.ts";
import { type Bindings, parseSettings } from "./env.ts";
import type { Deps } from "./http/factory.ts";

type Standing = Pick<Deps, "db" | "d1" | "settings" | "privacy">;
// What a request is handed is the same for all of an isolate's: read, checked and imported once for its environment.
const standing = new WeakMap<Bindings, Promise<Standing>>();

async function open(env: Bindings): Promise<Standing> {
  const settings = parseSettings(env);
  const privacy = await createPrivacy(settings.MASTER_SECRET, settings.MASTER_SECRET_PREVIOUS);
  return { db: openDb(env.DB), d1: env.DB, privacy, settings };
}

/** What a request or a run is handed: the only place that reads the clock and draws ids. */
export async function depsFor(env: Bindings): Promise<Deps> {
  let opened = standing.get(env);
  if (!opened) {
    opened = open(env);
    standing.set(env, opened);
  }
  return {
    ...(await opened),
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
    cache: caches.default,
  };
}

/** The same for a run as at one moment. */
export async function depsAt(env: Bindings, at: Date): Promise<Deps> {
  return { ...(await depsFor(env)), now: () => at };
}
