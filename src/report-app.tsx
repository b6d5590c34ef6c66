import type { Bindings } from "./env.ts";
import { signedIn } from "./http/desk/door.tsx";
import { sameOrigin } from "./http/desk/same-origin.ts";
import type { Deps } from "./http/factory.ts";
import { apiSituationReportRoutes } from "./routes/api-situation-report.ts";
import { exportRoutes } from "./routes/desk/exports.tsx";
import { letterFileRoutes } from "./routes/desk/letters-file.ts";
import { reportDraftRoutes } from "./routes/desk/report-draft.tsx";
import { reportIssuedRoutes } from "./routes/desk/report-issued.tsx";
import { reportRoutes } from "./routes/desk/reports.tsx";
import { createShell } from "./shell.tsx";

/**
 * The Worker of what is taken away, as one Hono app: exports, situation reports, letters as files.
 * @param depsFor what this request is handed, made from its bindings
 */
export const createReportApp = (depsFor: (env: Bindings) => Promise<Deps>) =>
  createShell(depsFor, (app) => {
    app.use("/desk/*", sameOrigin, signedIn);
    app.route("/desk/exports", exportRoutes);
    app.route("/desk/letters/:id/docx", letterFileRoutes);
    app.route("/desk/reports", reportRoutes);
    app.route("/desk/reports/issued/:id", reportIssuedRoutes);
    app.route("/desk/reports/:template", reportDraftRoutes);
    app.route("/api/v1", apiSituationReportRoutes);
  });
