import type { Bindings } from "./env.ts";
import { signedIn, unitAtDesk } from "./http/desk/door.tsx";
import { sameOrigin } from "./http/desk/same-origin.ts";
import type { Deps } from "./http/factory.ts";
import { apiBatchRoutes } from "./routes/api-batches.ts";
import { apiCountRoutes } from "./routes/api-counts.ts";
import { apiRecordRoutes } from "./routes/api-records.ts";
import { batchRoutes } from "./routes/desk/batches.tsx";
import { duplicateRoutes } from "./routes/desk/duplicates.tsx";
import { deskRecordRoutes } from "./routes/desk/records.tsx";
import { listRoutes } from "./routes/lists.tsx";
import { unitCountRoutes } from "./routes/unit-count.tsx";
import { unitRapidRoutes } from "./routes/unit-rapid.tsx";
import { unitRecordsRoutes } from "./routes/unit-records.tsx";
import { createShell } from "./shell.tsx";

/**
 * The Worker of what form files and lists bring in, as one Hono app: typed counts, records, bureaus' lists, duplicates.
 * @param depsFor what this request is handed, made from its bindings
 */
export const createRecordApp = (depsFor: (env: Bindings) => Promise<Deps>) =>
  createShell(depsFor, (app) => {
    app.route("/lists", listRoutes);
    app.route("/u/:token", unitCountRoutes);
    app.route("/u/:token", unitRapidRoutes);
    app.route("/u/:token", unitRecordsRoutes);
    app.use("/desk/*", sameOrigin, signedIn);
    app.use("/desk/units/:unit/*", unitAtDesk);
    app.route("/desk/units/:unit", unitCountRoutes);
    app.route("/desk/units/:unit", unitRapidRoutes);
    app.route("/desk/units/:unit", unitRecordsRoutes);
    app.route("/desk/batches", batchRoutes);
    app.route("/desk/duplicates", duplicateRoutes);
    app.route("/desk/records", deskRecordRoutes);
    app.route("/api/v1", apiBatchRoutes);
    app.route("/api/v1", apiCountRoutes);
    app.route("/api/v1", apiRecordRoutes);
  });
