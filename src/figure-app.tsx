import type { Bindings } from "./env.ts";
import { signedIn } from "./http/desk/door.tsx";
import { sameOrigin } from "./http/desk/same-origin.ts";
import type { Deps } from "./http/factory.ts";
import { apiDocumentRoutes } from "./routes/api-document.ts";
import { apiSeriesRoutes } from "./routes/api-series.ts";
import { apiTableRoutes } from "./routes/api-tables.ts";
import { chartRoutes, figureAssetRoutes } from "./routes/desk/charts.tsx";
import { figureRoutes } from "./routes/desk/figure.tsx";
import { tableRoutes } from "./routes/desk/tables.tsx";
import { createShell } from "./shell.tsx";

/**
 * The Worker of the figures, as one Hono app: charts, what a figure was counted from, bureau forms, series, and
 * the document of the whole API.
 * @param depsFor what this request is handed, made from its bindings
 */
export const createFigureApp = (depsFor: (env: Bindings) => Promise<Deps>) =>
  createShell(depsFor, (app) => {
    app.route("/desk/figures/assets", figureAssetRoutes);
    app.route("/api/v1", apiTableRoutes);
    app.route("/api/v1", apiSeriesRoutes);
    app.route("/api/v1", apiDocumentRoutes);
    app.use("/desk/*", sameOrigin, signedIn);
    app.route("/desk/figures", chartRoutes);
    app.route("/desk/figures", figureRoutes);
    app.route("/desk/tables", tableRoutes);
  });
