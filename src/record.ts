import { depsFor } from "./deps.ts";
import type { Bindings } from "./env.ts";
import { createRecordApp } from "./record-app.tsx";

/** What form files and lists bring in: called by the public Worker alone. */
export default { fetch: createRecordApp(depsFor).fetch } satisfies ExportedHandler<Bindings>;
