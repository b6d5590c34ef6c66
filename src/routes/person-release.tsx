import { findReleases } from "../db/person.ts";
import { unitPath } from "../db/unit.ts";
import { problem } from "../domain/problem.ts";
import { factory } from "../http/factory.ts";
import { openPersonDoor } from "../http/person-door.ts";
import { releaseCodeOf } from "../http/submit-observation.ts";
import { ReleasePage } from "../views/release.tsx";

/** GET /p/<token>/release: the notice of each person released; before that there is no such page. */
export const releaseRoutes = factory.createApp().get("/p/:token/release", async (c) => {
  const deps = c.get("deps");
  const { frame, path, registered, members } = await openPersonDoor(c);
  const releases = await findReleases(deps, registered.caseNumber);
  if (releases.length === 0) throw problem.notReleased();
  const notices = await Promise.all(
    releases.map(async (release) => ({
      ...release,
      name: members.find(({ id }) => id === release.observationId)?.name ?? "*",
      unitName: (await unitPath(deps.db, release.unitCode)).map(({ name }) => name).join(" "),
      code: await releaseCodeOf(deps, release.observationId),
    })),
  );
  return c.html(
    <ReleasePage
      frame={frame}
      notices={notices}
      path={path}
      verifyUrl={`${deps.settings.PUBLIC_URL}/verify`}
    />,
  );
});
