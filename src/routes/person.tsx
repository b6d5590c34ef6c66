import { problem } from "../domain/problem.ts";
import { factory } from "../http/factory.ts";
import { formBodies, SLOW_SECONDS, sameSite, slowed } from "../http/guards.ts";
import { openPersonDoor } from "../http/person-door.ts";
import { acknowledgeMeasures } from "../http/submit-observation.ts";
import { withLang } from "../views/layout.tsx";
import { ReceiptPage } from "../views/person.tsx";
import { readingRoutes } from "./person-reading.tsx";
import { releaseRoutes } from "./person-release.tsx";

/** A household's own door: the receipt, the readings of its observation, the measures, the release notice. */
export const personRoutes = factory
  .createApp()
  .get("/p/:token/receipt", async (c) => {
    const { frame, ...door } = await openPersonDoor(c);
    return c.html(<ReceiptPage {...frame} {...door} />);
  })
  .post("/p/:token/measures", sameSite, formBodies, async (c) => {
    const { token, path, registered } = await openPersonDoor(c);
    if (await slowed(c, token)) throw problem.slowDown(SLOW_SECONDS);
    await acknowledgeMeasures(c.get("deps"), { householdId: registered.caseNumber });
    return c.redirect(`${withLang(path, c.get("lang"))}#measures`, 303);
  })
  .route("/", readingRoutes)
  .route("/", releaseRoutes);
