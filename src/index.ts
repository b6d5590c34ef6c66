import { createApp } from "./app.tsx";
import { depsAt, depsFor } from "./deps.ts";
import { workerOf } from "./doors.ts";
import type { Bindings } from "./env.ts";
import { armSecondClock } from "./http/second-clock.ts";
import { runScheduled } from "./jobs/index.ts";

export { Clock } from "./clock.ts";

const app = createApp(depsFor);
const BINDINGS = {
  unit: "UNIT",
  desk: "DESK",
  report: "REPORT",
  figure: "FIGURE",
  record: "RECORD",
} as const;

export default {
  fetch(request, env, ctx) {
    const name = workerOf(request.url);
    const other = name === "public" ? undefined : env[BINDINGS[name]];
    return other ? other.fetch(request) : app.fetch(request, env, ctx);
  },
  async scheduled(event, env) {
    const at = new Date(event.scheduledTime);
    const deps = await depsAt(env, at);
    // Beside the run: whatever becomes of it, the other clock is set.
    await Promise.all([armSecondClock(env, deps.settings), runScheduled(deps, at, () => new Date())]);
  },
} satisfies ExportedHandler<Bindings>;
