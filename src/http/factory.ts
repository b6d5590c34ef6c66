import type { Context } from "hono";
import { createFactory } from "hono/factory";
import type { Db, Store } from "../db/store.ts";
import type { SignInLetter } from "../domain/sign-in.ts";
import type { Bindings, Settings } from "../env.ts";
import type { Lang } from "../forms/define.ts";
import type { Desk } from "./desk/door.tsx";
import type { UnitDoor } from "./unit-door.ts";

/** What every door is handed. Time and ids come from here and from nowhere else. */
export type Deps = Store & {
  db: Db;
  d1: D1Database;
  settings: Settings;
  now: () => Date;
  /** A fresh random UUID. */
  newId: () => string;
  /** The data centre's cache, for public answers alone; none in a test that does not ask for it. */
  cache?: Pick<Cache, "match" | "put">;
  /** Asks another deployment of this service; the runtime's own where none is handed in. */
  fetch?: typeof fetch;
  /** Sends a sign-in's letter; only on the desk. Never throws. */
  sendSignIn?: (letter: SignInLetter) => Promise<unknown>;
};
export type AppEnv = {
  Bindings: Bindings;
  Variables: {
    deps: Deps;
    lang: Lang;
    /** A signed-in official; only on the desk. */
    desk?: Desk;
    /** Opens a unit's pages for somebody who comes without the unit's link; only on the desk. */
    openDoor?: () => Promise<UnitDoor>;
  };
};
export type AppContext = Context<AppEnv>;
export const factory = createFactory<AppEnv>();
