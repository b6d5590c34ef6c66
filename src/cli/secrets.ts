import { randomBytes } from "node:crypto";
import { appendFile, chmod, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { ROOT } from "./config.ts";
import { stateFolder } from "./d1.ts";

export type LocalVars = Record<string, string | undefined> & { MASTER_SECRET: string };

/** Where the local secrets stand: in the project, or with the database that BAOBEI_STATE names. */
export const secretsFile = (): string => join(process.env.BAOBEI_STATE ? stateFolder() : ROOT, ".dev.vars");

/**
 * The settings and secrets of the local service out of a .dev.vars file (NAME=value a line). Where there is no
 * MASTER_SECRET yet one is drawn and written down, readable by its owner alone.
 */
export async function localSecrets(file: string): Promise<LocalVars> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const vars = parseEnv(text);
  if (vars.MASTER_SECRET) return { ...vars, MASTER_SECRET: vars.MASTER_SECRET };
  const secret = randomBytes(32).toString("base64url");
  await mkdir(dirname(file), { recursive: true });
  const begin = text && !text.endsWith("\n") ? "\n" : "";
  await appendFile(file, `${begin}MASTER_SECRET=${secret}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  return { ...vars, MASTER_SECRET: secret };
}
