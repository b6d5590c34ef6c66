import { createApp } from "./app.tsx";
import { depsAt, depsFor } from "./deps.ts";
import type { Bindings } from "./env.ts";
import { armSecondClock } from "./http/second-clock.ts";
import { runScheduled } from "./jobs/index.ts";

export { Clock } from "./clock.ts";

const app = createApp(depsFor);

export default {
  fetch: app.fetch,
  async scheduled(event, env) {
    const at = new Date(event.scheduledTime);
    const deps = await depsAt(env, at);
    // Beside the run: whatever becomes of it, the other clock is set.
    await Promise.all([armSecondClock(env, deps.settings), runScheduled(deps, at, () => new Date())]);
  },
} satisfies ExportedHandler<Bindings>;
