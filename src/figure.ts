import { depsFor } from "./deps.ts";
import type { Bindings } from "./env.ts";
import { createFigureApp } from "./figure-app.tsx";

/** What the figures say: called by the public Worker alone. */
export default { fetch: createFigureApp(depsFor).fetch } satisfies ExportedHandler<Bindings>;
