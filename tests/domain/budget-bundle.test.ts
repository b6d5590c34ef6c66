import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, it } from "vitest";
import { builtWorkers } from "../../src/cli/build.ts";
import { SCRIPTS, WORKERS } from "../../src/cli/wrangler.ts";

let built = "";
beforeAll(async () => {
  built = await builtWorkers();
}, 120_000);

it.for(WORKERS)("keeps what a deployment uploads of the %s Worker within 300 KB gzip", async (which) => {
  const files = (await readdir(join(built, which))).filter((name) => !/\.map$|^README\.md$/.test(name));
  expect(files).toContain(SCRIPTS[which]);
  const sizes = await Promise.all(
    files.map(async (name) => gzipSync(await readFile(join(built, which, name))).length),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(10_000);
  expect(total).toBeLessThanOrEqual(300 * 1024);
});
