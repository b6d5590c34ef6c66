import { findOfficerByEmail } from "../../db/official.ts";
import { beginSession } from "../../db/session.ts";
import { runBatch } from "../../db/store.ts";
import { problem } from "../../domain/problem.ts";
import { writeSession } from "../../http/desk/cookie.ts";
import { newToken } from "../../http/desk/token.ts";
import { factory } from "../../http/factory.ts";

/** /dev/sign-in?as=EMAIL: signs in as one of the demo's officials; the local start alone has it. */
export const devSignInRoutes = factory.createApp().get("/sign-in", async (c) => {
  const deps = c.get("deps");
  if (!deps.settings.DEV) throw problem.notFound();
  c.header("Cache-Control", "no-store");
  const officer = await findOfficerByEmail(deps, c.req.query("as") ?? "");
  if (!officer) throw problem.notFound();
  const token = newToken(deps.newId);
  const { statement } = await beginSession(deps.db, {
    token,
    officialId: officer.id,
    way: "dev",
    now: deps.now(),
  });
  await runBatch(deps.db, [statement]);
  writeSession(c, token);
  return c.redirect("/desk", 303);
});
