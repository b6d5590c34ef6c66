import { configFile, WORKERS, wrangler } from "./wrangler.ts";

/*
 * npm run deploy: the public Worker last, because it is bound to the others. What is given behind -- goes to all
 * (`-- --dry-run` builds what would be deployed).
 */
async function deploy(): Promise<void> {
  for (const which of WORKERS)
    await wrangler(["deploy", "--config", configFile(which), ...process.argv.slice(2)], { show: true });
}

await deploy().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
