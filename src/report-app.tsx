import type { Bindings } from "./env.ts";
import { signedIn } from "./http/desk/door.tsx";
import { sameOrigin } from "./http/desk/same-origin.ts";
import type { Deps } from "./http/factory.ts";
import { exportRoutes } from "./routes/desk/exports.tsx";
import { createShell } from "./shell.tsx";

/**
 * The Worker of what is taken away, as one Hono app: lists as files.
 * @param depsFor what this request is handed, made from its bindings
 */
export const createReportApp = (depsFor: (env: Bindings) => Promise<Deps>) =>
  createShell(depsFor, (app) => {
    app.use("/desk/*", sameOrigin, signedIn);
    app.route("/desk/exports", exportRoutes);
  });
