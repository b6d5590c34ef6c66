import { wrangler } from "./wrangler.ts";

/**
 * Applies what is new in migrations/ to the local D1, and makes that where there is none.
 * @param state folder of D1
 */
export async function migrateLocal(state: string): Promise<void> {
  await wrangler(["d1", "migrations", "apply", "DB", "--local", "--persist-to", state]);
}
