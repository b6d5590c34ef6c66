import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";

/** The project's folder, wherever the command was called from. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url).href);

/** As much of wrangler.toml as is looked at here. */
export type Config = {
  name: string;
  compatibility_date: string;
  vars: Record<string, unknown>;
  alias?: Record<string, string>;
  d1_databases: { database_id: string; preview_database_id?: string; [other: string]: unknown }[];
  [other: string]: unknown;
};

/** wrangler.toml as it stands; wrangler itself takes a second only to be loaded. */
export const readConfig = (): Config =>
  ({
    vars: {},
    d1_databases: [],
    ...parse(readFileSync(`${ROOT}wrangler.toml`, "utf8")),
  }) as unknown as Config;
