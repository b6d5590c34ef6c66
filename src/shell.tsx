import { problem } from "./domain/problem.ts";
import type { Bindings } from "./env.ts";
import { type Deps, factory } from "./http/factory.ts";
import { frameOfProblem } from "./http/frame.ts";
import { limitBody, safeHeaders } from "./http/guards.ts";
import { readerLanguage } from "./http/language.ts";
import { headersOf, logFault, problemJson, problemOf } from "./http/problems.ts";
import { ProblemPage } from "./views/problem.tsx";

type App = ReturnType<typeof factory.createApp>;

/**
 * What both Workers stand in: headers, bounds, the reader's language, and an answer to everything that can go wrong.
 * @param depsFor what a request is handed, made from its bindings @param mount puts the doors in
 */
export function createShell(depsFor: (env: Bindings) => Promise<Deps>, mount: (app: App) => void) {
  const app = factory.createApp();
  app.use(safeHeaders);
  app.use(limitBody);
  app.use(async (c, next) => {
    c.set("lang", readerLanguage(c.req.query("lang"), c.req.header("Accept-Language")));
    c.set("deps", await depsFor(c.env));
    await next();
  });

  mount(app);

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
      <ProblemPage fault={fault} lang={lang} path={c.req.path} {...(await frameOfProblem(c))} />,
      fault.status,
      headersOf(fault, { "Cache-Control": "no-store" }),
    );
  });
  return app;
}
