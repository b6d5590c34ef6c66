import { depsFor } from "./deps.ts";
import { createDeskApp } from "./desk-app.tsx";
import type { Bindings } from "./env.ts";

/*
 * The officials' desk, a Worker of its own beside the public one: what a county's officials load must not weigh on a
 * returnee's phone, and a flood at the public doors must not reach them. It is called by the public Worker alone.
 */
export default { fetch: createDeskApp(depsFor).fetch } satisfies ExportedHandler<Bindings>;
