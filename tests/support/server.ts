import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { type Doors, fetchDoors } from "../../src/cli/doors.ts";
import { openLocal } from "../../src/cli/local.ts";

/*
 * The built Worker as a server, for browsers and for anything that comes in by HTTP: a fresh database with the demo
 * county, a free port, no rate limit. No cron fires by itself: a test says when.
 */
export type TestServer = {
  url: string;
  doors: Doors;
  d1: D1Database;
  /** Fires the cron as at a moment, in milliseconds. */
  scheduled: (time: number) => Promise<void>;
  close: () => Promise<void>;
};

/** @param vars settings laid over wrangler.toml's, such as {HOTLINE: "0818-8600000"} */
export async function openServer(vars: Record<string, string> = {}): Promise<TestServer> {
  const prepared = inject("prepared");
  const state = await mkdtemp(join(tmpdir(), "baobei-"));
  await cp(prepared.state, state, { recursive: true });
  const secrets = { MASTER_SECRET: prepared.secret };
  const local = await openLocal({ state, port: 0, limits: false, vars: { ...secrets, ...vars } });
  return {
    url: local.url,
    doors: await fetchDoors(local.url),
    d1: local.d1,
    scheduled: (time) => local.scheduled(new Date(time)),
    async close() {
      await local.close();
      await rm(state, { recursive: true, force: true });
    },
  };
}
