import { depsFor } from "./deps.ts";
import type { Bindings } from "./env.ts";
import { createReportApp } from "./report-app.tsx";

/** What officials take away: called by the public Worker alone. */
export default { fetch: createReportApp(depsFor).fetch } satisfies ExportedHandler<Bindings>;
