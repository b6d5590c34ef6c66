import { depsFor } from "./deps.ts";
import type { Bindings } from "./env.ts";
import { createUnitApp } from "./unit-app.tsx";

/** The units' own pages and their alerts: called by the public Worker alone. */
export default { fetch: createUnitApp(depsFor).fetch } satisfies ExportedHandler<Bindings>;
