import { createPrivacy } from "../../src/db/privacy.ts";
import { openDb } from "../../src/db/store.ts";
import { parseSettings } from "../../src/env.ts";
import type { Deps } from "../../src/http/factory.ts";
import { type Meter, metered } from "../support/meter.ts";
import type { Act } from "./acts.ts";
import type { County } from "./county.ts";
import { openStage, perform, type Stage } from "./perform.ts";
import { enterCounty } from "./seed.ts";

// wrangler.toml names it; nothing here fires it.
export { Clock } from "../../src/clock.ts";

/*
 * The stage inside workerd, beside the Worker itself and on the same D1: acts come in by the thousand, so that the way
 * from Node costs nothing.
 */
let stage: Stage | undefined;

export default {
  async fetch(request: Request, env: { DB: D1Database }): Promise<Response> {
    try {
      const asked = (await request.json()) as {
        open?: { settings: Record<string, string>; county: County };
        acts?: Act[];
      };
      if (asked.open) {
        stage = await openAt(env.DB, asked.open.settings);
        await enterCounty(stage.deps, asked.open.county);
        return Response.json({});
      }
      if (!stage) throw new Error("the stage is not open");
      return Response.json(await perform(stage, asked.acts ?? []));
    } catch (error) {
      return new Response(error instanceof Error ? (error.stack ?? error.message) : String(error), {
        status: 500,
      });
    }
  },
};

async function openAt(d1: D1Database, settings: Record<string, string>): Promise<Stage> {
  let now = new Date(0);
  let count = 0;
  const meter: Meter = { queries: 0, batches: 0, read: 0, written: 0 };
  const counting = metered(d1, meter);
  const parsed = parseSettings(settings);
  const deps: Deps = {
    d1: counting,
    db: openDb(counting),
    privacy: await createPrivacy(parsed.MASTER_SECRET),
    settings: parsed,
    now: () => now,
    newId: () => `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`,
  };
  return openStage(deps, meter, (next) => {
    now = next;
  });
}
