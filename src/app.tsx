import { problem } from "./domain/problem.ts";
import type { Bindings } from "./env.ts";
import { type Deps, factory } from "./http/factory.ts";
import { frameOfProblem } from "./http/frame.ts";
import { limitBody, safeHeaders } from "./http/guards.ts";
import { readerLanguage } from "./http/language.ts";
import { headersOf, logFault, problemJson, problemOf } from "./http/problems.ts";
import { alertRoutes } from "./routes/alert.tsx";
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
import { unitRoutes } from "./routes/unit.tsx";
import { verifyRoutes } from "./routes/verify.tsx";
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
  app.route("/", verifyRoutes);
  app.route("/", alertRoutes);
  app.route("/", hookRoutes);
  app.route("/api/v1", apiRoutes);
  app.route("/api/v1", apiReadingRoutes);
  app.route("/dev", devRoutes);

  // A known path asked with another method: whatever reaches this far had no handler of its own.
  const known = app.routes.filter((route) => route.method !== "ALL");
  for (const path of new Set(known.map((route) => route.path))) {
    const methods = new Set(known.filter((route) => route.path === path).map((route) => route.method));
    app.all(path, (c) => {
      c.header("Allow", [...methods].join(", "));
      throw problem.wrongMethod();
    });
  }

  app.notFound(() => {
    throw problem.notFound();
  });
  app.onError(async (error, c) => {
    logFault(error, c);
    const fault = problemOf(error);
    const lang = c.get("lang") ?? readerLanguage(undefined, c.req.header("Accept-Language"));
    if (/^\/(api|hooks)\//.test(c.req.path)) return problemJson(c, fault, lang);
    return c.html(
      <ProblemPage fault={fault} lang={lang} {...(await frameOfProblem(c))} />,
      fault.status,
      headersOf(fault, { "Cache-Control": "no-store" }),
    );
  });
  return app;
}
