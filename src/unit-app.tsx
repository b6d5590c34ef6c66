import type { Bindings } from "./env.ts";
import { signedIn, unitAtDesk } from "./http/desk/door.tsx";
import { sameOrigin } from "./http/desk/same-origin.ts";
import type { Deps } from "./http/factory.ts";
import { alertRoutes } from "./routes/alert.tsx";
import { deskLetterRoutes, letterListRoutes } from "./routes/desk/letters.tsx";
import { newLetterRoutes } from "./routes/desk/letters-new.tsx";
import { receivedRoutes, receiveRoutes } from "./routes/desk/letters-receive.tsx";
import { letterRoutes } from "./routes/letter.tsx";
import { unitRoutes } from "./routes/unit.tsx";
import { createShell } from "./shell.tsx";

/**
 * The units' Worker as one Hono app: what a unit does behind its own link, and an official behind a session; letters, at
 * the desk and at the link by which another county answers.
 * @param depsFor what this request is handed, made from its bindings
 */
export const createUnitApp = (depsFor: (env: Bindings) => Promise<Deps>) =>
  createShell(depsFor, (app) => {
    app.route("/u/:token", unitRoutes);
    app.route("/", alertRoutes);
    app.route("/", letterRoutes);
    app.use("/desk/*", sameOrigin, signedIn);
    app.use("/desk/units/:unit/*", unitAtDesk);
    app.route("/desk/units/:unit", unitRoutes);
    app.route("/desk/letters", letterListRoutes);
    app.route("/desk/letters/new/:id", newLetterRoutes);
    app.route("/desk/letters/receive", receiveRoutes);
    app.route("/desk/letters/received/:id", receivedRoutes);
    app.route("/desk/letters/:id", deskLetterRoutes);
  });
