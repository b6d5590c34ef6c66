import { existsSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const root = new URL("..", import.meta.url).pathname;
const chromium = existsSync("/usr/bin/chromium");
if (!chromium) console.log("The browser tests are left out: /usr/bin/chromium is not there.");

const insideWorkerd = () =>
  cloudflareTest(async () => ({
    wrangler: { configPath: `${root}wrangler.toml` },
    miniflare: { bindings: { MIGRATIONS: await readD1Migrations(`${root}migrations`) } },
  }));

export default defineConfig({
  root,
  test: {
    projects: [
      { root, test: { name: "domain", include: ["tests/domain/**/*.test.ts"] } },
      {
        root,
        plugins: [insideWorkerd()],
        test: { name: "worker", include: ["tests/worker/**/*.test.{ts,tsx}"] },
      },
      {
        root,
        // The runtime complains on stderr of every line these tests cut on purpose.
        plugins: [insideWorkerd()],
        test: {
          name: "mail",
          include: ["tests/mail/**/*.test.ts"],
          globalSetup: "tests/support/mail-server.ts",
          testTimeout: 60_000,
        },
      },
      {
        root,
        test: {
          name: "browser",
          // The demo's own test speaks HTTP only and runs without a browser too.
          include: chromium ? ["tests/browser/**/*.test.ts"] : ["tests/browser/demo*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // After the others: a page that waits for a busy processor is no finding.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
