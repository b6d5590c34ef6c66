import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../src/cli/config.ts";
import { migrateLocal } from "../../src/cli/migrate.ts";

/**
 * A local database with its tables and nothing in them, as wrangler makes it: that takes seconds, so it is made once for each
 * state of migrations/ and copied.
 * @param state the folder that is to hold it
 */
export async function layBlank(state: string): Promise<void> {
  const hash = createHash("sha256");
  const folder = join(ROOT, "migrations");
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort())
    hash.update(await readFile(join(folder, file)));
  const blanks = join(ROOT, ".wrangler/blank");
  const blank = join(blanks, hash.digest("hex").slice(0, 16));
  if (!existsSync(blank)) {
    await mkdir(blanks, { recursive: true });
    const draft = await mkdtemp(join(blanks, "draft-"));
    await migrateLocal(draft);
    // Whoever made the same meanwhile was as right.
    await rename(draft, blank).catch(() => rm(draft, { recursive: true, force: true }));
  }
  await cp(blank, state, { recursive: true });
}
