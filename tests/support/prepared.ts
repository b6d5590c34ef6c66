import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { builtWorkers } from "../../src/cli/build.ts";
import { loadDemo } from "../../src/cli/demo.ts";
import { readDemo } from "../../src/cli/demo-files.ts";
import { openLocal } from "../../src/cli/local.ts";
import { createPrivacy } from "../../src/db/privacy.ts";
import { openDb } from "../../src/db/store.ts";
import { layBlank } from "./blank.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A state folder to copy, with what was built and the demo county, and the secret it was sealed under. */
    prepared: { state: string; secret: string };
  }
}

/** Builds, migrates and loads the demo once a run: each server of a test starts from a copy of it. */
export default async function prepareServers(project: TestProject): Promise<() => Promise<void>> {
  const state = await mkdtemp(join(tmpdir(), "baobei-prepared-"));
  const secret = randomBytes(32).toString("base64url");
  await Promise.all([builtWorkers(), layBlank(state)]);
  const local = await openLocal({ state, port: 0, limits: false, vars: { MASTER_SECRET: secret } });
  const privacy = await createPrivacy(secret);
  const now = new Date();
  const since = new Date(now.getTime() - 7 * 86_400_000);
  const files = await readDemo();
  const load = () => loadDemo(files, { db: openDb(local.d1), privacy, now, since, newId: randomUUID });
  // The runtime closes a line that was silent for five seconds, and a busy machine may stand still as long. All of it is one
  // transaction: what was written is not written again.
  await load().catch(load);
  await local.close();
  project.provide("prepared", { state, secret });
  return () => rm(state, { recursive: true, force: true });
}
