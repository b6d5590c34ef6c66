import type { Context } from "hono";
import { createFactory } from "hono/factory";
import type { Db, Store } from "../db/store.ts";
import type { Bindings, Settings } from "../env.ts";
import type { Lang } from "../forms/define.ts";

/** What every door is handed. Time and ids come from here and from nowhere else. */
export type Deps = Store & {
  db: Db;
  d1: D1Database;
  settings: Settings;
  now: () => Date;
  /** A fresh random UUID. */
  newId: () => string;
};
export type AppEnv = { Bindings: Bindings; Variables: { deps: Deps; lang: Lang } };
export type AppContext = Context<AppEnv>;
export const factory = createFactory<AppEnv>();
