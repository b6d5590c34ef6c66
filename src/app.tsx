import type { Bindings } from "./env.ts";
import type { Deps } from "./http/factory.ts";
import { apiRoutes } from "./routes/api.ts";
import { apiReadingRoutes } from "./routes/api-readings.ts";
import { assetRoutes } from "./routes/assets.ts";
import { devRoutes } from "./routes/dev.tsx";
import { healthRoutes } from "./routes/health.ts";
import { homeRoutes } from "./routes/home.tsx";
import { hookRoutes } from "./routes/hooks.ts";
import { personRoutes } from "./routes/person.tsx";
import { registerRoutes } from "./routes/register.tsx";
import { tipRoutes } from "./routes/tip.tsx";
import { verifyRoutes } from "./routes/verify.tsx";
import { createShell } from "./shell.tsx";

/** The public Worker as one Hono app. @param depsFor what this request is handed, made from its bindings */
export const createApp = (depsFor: (env: Bindings) => Promise<Deps>) =>
  createShell(depsFor, (app) => {
    app.route("/", assetRoutes);
    app.route("/", healthRoutes);
    app.route("/", homeRoutes);
    app.route("/", registerRoutes);
    app.route("/", personRoutes);
    app.route("/", tipRoutes);
    app.route("/", verifyRoutes);
    app.route("/", hookRoutes);
    app.route("/api/v1", apiRoutes);
    app.route("/api/v1", apiReadingRoutes);
    app.route("/dev", devRoutes);
  });
