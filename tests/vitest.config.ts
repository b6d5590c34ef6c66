import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const root = new URL("..", import.meta.url).pathname;
export default defineConfig({
  root,
  test: {
    projects: [
      { root, test: { name: "domain", include: ["tests/domain/**/*.test.ts"] } },
      {
        root,
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: `${root}wrangler.toml` },
            miniflare: { bindings: { MIGRATIONS: await readD1Migrations(`${root}migrations`) } },
          })),
        ],
        test: { name: "worker", include: ["tests/worker/**/*.test.{ts,tsx}"] },
      },
    ],
  },
});
