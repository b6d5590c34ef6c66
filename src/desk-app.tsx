import type { Bindings } from "./env.ts";
import type { Deps } from "./http/factory.ts";
import { sendSignIn } from "./jobs/sign-in-mail.ts";
import { deskRoutes } from "./routes/desk/desk.tsx";
import { devSignInRoutes } from "./routes/desk/dev-sign-in.ts";
import { createShell } from "./shell.tsx";

/** The officials' Worker as one Hono app. @param depsFor what this request is handed, made from its bindings */
export const createDeskApp = (depsFor: (env: Bindings) => Promise<Deps>) =>
  createShell(handed(depsFor), (app) => {
    app.route("/dev", devSignInRoutes);
    app.route("/desk", deskRoutes);
  });

/** Doors may not speak to channels: a sign-in's letter is handed to them as something that can be sent. */
function handed(depsFor: (env: Bindings) => Promise<Deps>) {
  return async (env: Bindings): Promise<Deps> => {
    const deps = await depsFor(env);
    return { sendSignIn: (letter) => sendSignIn(deps, letter), ...deps };
  };
}
