import { findRelease } from "../db/person.ts";
import { unitPath } from "../db/unit.ts";
import { ProblemError, problem } from "../domain/problem.ts";
import { type Deps, factory } from "../http/factory.ts";
import { frameOf } from "../http/frame.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { releaseIndexOf } from "../http/submit-observation.ts";
import { VerifyPage } from "../views/release.tsx";

/** GET /verify/<code>: whether a release notice is genuine. Public, and nothing personal in it. */
export const verifyRoutes = factory.createApp().get("/verify/:code", async (c) => {
  const deps = c.get("deps");
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
  const code = c.req.param("code");
  const index = await indexOf(deps, code);
  if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
  const release = await findRelease(deps.db, index);
  if (!release) throw problem.releaseUnknown();
  const units = await unitPath(deps.db, release.unitCode);
  const unitName = units.map(({ name }) => name).join(" ");
  return c.html(
    <VerifyPage
      frame={await frameOf(c)}
      release={{ ...release, unitName }}
      path={`/verify/${encodeURIComponent(code)}`}
    />,
  );
});

/** A code that cannot be one is refused by its check digit, without asking the database. */
async function indexOf(deps: Deps, code: string): Promise<string> {
  try {
    return await releaseIndexOf(deps, code);
  } catch (error) {
    throw error instanceof ProblemError ? problem.releaseUnknown() : error;
  }
}
