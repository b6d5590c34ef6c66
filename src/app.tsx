import { problem } from "./domain/problem.ts";
import type { Bindings } from "./env.ts";
import { type Deps, factory } from "./http/factory.ts";
import { limitBody, safeHeaders } from "./http/guards.ts";
import { readerLanguage } from "./http/language.ts";
import { headersOf, logFault, problemJson, problemOf } from "./http/problems.ts";
import { apiRoutes } from "./routes/api.ts";
import { assetRoutes } from "./routes/assets.ts";
import { devRoutes } from "./routes/dev.tsx";
import { healthRoutes } from "./routes/health.ts";
import { homeRoutes } from "./routes/home.tsx";
import { personRoutes } from "./routes/person.tsx";
import { registerRoutes } from "./routes/register.tsx";
import { tipRoutes } from "./routes/tip.tsx";
import { unitRoutes } from "./routes/unit.tsx";
import { ProblemPage } from "./views/problem.tsx";

/** The whole Worker as one Hono app. @param depsFor what this request is handed, made from its bindings */
export function createApp(depsFor: (env: Bindings) => Promise<Deps>) {
  const app = factory.createApp();
  app.use(safeHeaders);
  app.use(limitBody);
  app.use(async (c, next) => {
    c.set("lang", readerLanguage(c.req.query("lang"), c.req.header("Accept-Language")));
    c.set("deps", await depsFor(c.env));
    await next();
  });

  app.route("/", assetRoutes);
  app.route("/", healthRoutes);
  app.route("/", homeRoutes);
  app.route("/", registerRoutes);
  app.route("/", personRoutes);
  app.route("/", tipRoutes);
  app.route("/", unitRoutes);
  app.route("/api/v1", apiRoutes);
  app.route("/dev", devRoutes);

  // A known path asked with another method: whatever reaches this far had no handler of its own.
  const paths = new Set(app.routes.filter((route) => route.method !== "ALL").map((route) => route.path));
  for (const path of paths) {
    app.all(path, () => {
      throw problem.wrongMethod();
    });
  }

  app.notFound(() => {
    throw problem.notFound();
  });
  app.onError((error, c) => {
    logFault(error, c);
    const fault = problemOf(error);
    const lang = c.get("lang") ?? readerLanguage(undefined, c.req.header("Accept-Language"));
    if (c.req.path.startsWith("/api/")) return problemJson(c, fault, lang);
    return c.html(
      <ProblemPage fault={fault} lang={lang} />,
      fault.status,
      headersOf(fault, { "Cache-Control": "no-store" }),
    );
  });
  return app;
}
