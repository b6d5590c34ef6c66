import { existsSync, statfsSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const root = new URL("..", import.meta.url).pathname;
const chromium = existsSync("/usr/bin/chromium");
if (!chromium) console.log("The browser tests are left out: /usr/bin/chromium is not there.");

// Each test makes its tables anew: on a disk two workers wait for each other's fsync, in memory they do not.
const memory = "/dev/shm";
if (existsSync(memory) && statfsSync(memory).bavail * statfsSync(memory).bsize > 2 ** 30)
  process.env.TMPDIR = memory;

const insideWorkerd = () =>
  cloudflareTest(async () => ({
    wrangler: { configPath: `${root}wrangler.toml` },
    miniflare: {
      // The other Workers are not there: tests call their apps themselves.
      serviceBindings: Object.fromEntries(
        ["UNIT", "DESK", "REPORT", "FIGURE", "RECORD"].map((name) => [
          name,
          () => new Response(null, { status: 404 }),
        ]),
      ),
      bindings: { MIGRATIONS: await readD1Migrations(`${root}migrations`) },
    },
  }));

/** What the desk is built without (src/cli/wrangler.ts), the tests run without. */
const asOnTheDesk = [
  {
    find: /^(?:@peculiar\/.*|reflect-metadata)$/,
    replacement: `${root}src/http/desk/no-attestation.ts`,
  },
];

/** A build for browsers, which the package does not offer to be imported; wrangler finds it by itself. */
const asText = ["chart.js/dist/chart.umd.min.js"].map((find) => ({
  find,
  replacement: `${root}node_modules/${find}?raw`,
}));

export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    projects: [
      {
        root,
        test: {
          name: "domain",
          isolate: false,
          include: ["tests/domain/**/*.test.ts"],
          // Beside the others on a busy machine: slow is no finding here.
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        plugins: [insideWorkerd()],
        resolve: { alias: [...asOnTheDesk, ...asText] },
        test: {
          name: "worker",
          // One isolate for many files: to start one costs more than most files take.
          isolate: false,
          include: ["tests/worker/**/*.test.{ts,tsx}"],
          // Two at a time on a busy machine: slow is no finding here.
          testTimeout: 20_000,
          hookTimeout: 60_000,
          // In one file: some eighty modules would take three seconds to fetch one by one.
          deps: {
            optimizer: {
              ssr: {
                enabled: true,
                include: ["@simplewebauthn/server", "@simplewebauthn/server/helpers", "saxes"],
              },
            },
          },
        },
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
          // One mail server for all: what one file sends, another would count.
          fileParallelism: false,
        },
      },
      {
        root,
        test: {
          name: "browser",
          // The demo's own test speaks HTTP only and runs without a browser too.
          include: chromium ? ["tests/browser/**/*.test.ts"] : ["tests/browser/demo*.test.ts"],
          globalSetup: chromium ? "tests/support/prepared.ts" : [],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          isolate: false,
          // After the others: a page that waits for a busy processor is no finding.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
