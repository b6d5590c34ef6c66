import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./config.ts";

/*
 * npm run generate -- --name WHAT: the next numbered migration out of src/db/schema.ts. drizzle-kit has no word for
 * WITHOUT ROWID, so new tables with a TEXT key get it here; files that stand already are never touched.
 */
const folder = join(ROOT, "migrations");
const standing = new Set(await readdir(folder));
execFileSync(
  join(ROOT, "node_modules/.bin/drizzle-kit"),
  ["generate", "--dialect=sqlite", "--schema=src/db/schema.ts", "--out=migrations", ...process.argv.slice(2)],
  { cwd: ROOT, stdio: "inherit" },
);
for (const file of (await readdir(folder)).filter((name) => name.endsWith(".sql") && !standing.has(name))) {
  const text = await readFile(join(folder, file), "utf8");
  await writeFile(join(folder, file), text.replace(/^\);/gm, ") WITHOUT ROWID;"));
}
