import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { configFile, SCRIPTS, WORKERS, wrangler } from "../../src/cli/wrangler.ts";

it.for(WORKERS)(
  "keeps what a deployment uploads of the %s Worker within 300 KB gzip",
  { timeout: 60_000 },
  async (which) => {
    const folder = await mkdtemp(join(tmpdir(), "baobei-bundle-"));
    try {
      const said = await wrangler(["deploy", "--config", configFile(which), "--dry-run", "--outdir", folder]);
      expect(said).toContain("--dry-run: exiting now.");
      const files = (await readdir(folder)).filter((name) => !/\.map$|^README\.md$/.test(name));
      expect(files).toContain(SCRIPTS[which]);
      const sizes = await Promise.all(
        files.map(async (name) => gzipSync(await readFile(join(folder, name))).length),
      );
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(total).toBeGreaterThan(10_000);
      expect(total).toBeLessThanOrEqual(300 * 1024);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);
