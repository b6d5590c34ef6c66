import type { Bindings } from "./env.ts";
import { signedIn, unitAtDesk } from "./http/desk/door.tsx";
import { sameOrigin } from "./http/desk/same-origin.ts";
import type { Deps } from "./http/factory.ts";
import { alertRoutes } from "./routes/alert.tsx";
import { unitRoutes } from "./routes/unit.tsx";
import { createShell } from "./shell.tsx";

/**
 * The units' Worker as one Hono app: what a unit does behind its own link, and an official behind a session.
 * @param depsFor what this request is handed, made from its bindings
 */
export const createUnitApp = (depsFor: (env: Bindings) => Promise<Deps>) =>
  createShell(depsFor, (app) => {
    app.route("/u/:token", unitRoutes);
    app.route("/", alertRoutes);
    app.use("/desk/*", sameOrigin, signedIn);
    app.use("/desk/units/:unit/*", unitAtDesk);
    app.route("/desk/units/:unit", unitRoutes);
  });
