import type { FieldError } from "../domain/problem.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { endObservation } from "../http/submit-observation.ts";
import { missing, readAct, refusalOf } from "../http/unit-acts.ts";
import { openUnitDoor, type UnitDoor } from "../http/unit-door.ts";
import { CASE } from "../views/unit-case-words.ts";
import { ReleasePage } from "../views/unit-observation.tsx";
import type { SettledView } from "../views/unit-response.tsx";
import { RELEASE } from "../views/unit-watch-words.ts";
import { endOf, oneObserved } from "./unit-observation.tsx";

/*
 * /u/<token>/release/<person>: a person releases a person, with a name; refused kindly while it is too early.
 */
export const unitReleaseRoutes = factory
  .createApp()
  .get("/release/:id", async (c) => showRelease(c, await openUnitDoor(c)))
  .post("/release/:id", async (c) => {
    const door = await openUnitDoor(c);
    const typed = await readAct(c, door);
    const { id } = await oneObserved(c, door);
    const errors = missing(typed, { by: RELEASE.needBy }, door);
    if (errors.length > 0) return showRelease(c, door, { errors, typed }, 422);
    const { actor, lang, unit } = door;
    const { by = "", reason } = typed;
    const fault = await refusalOf(() =>
      endObservation(c.get("deps"), { id, ending: "released", by, reason, scope: unit.code, actor, lang }),
    );
    if (fault?.errors) return showRelease(c, door, { errors: fault.errors, typed }, 422);
    if (fault?.code === "already-settled")
      return showRelease(c, door, { settled: await endOf(c, door), beaten: CASE.settledFirst[lang] }, 409);
    if (fault) return showRelease(c, door, { fault: fault.title[lang], typed }, 409);
    return c.redirect(door.href("?did=released"), 303);
  });

async function showRelease(
  c: AppContext,
  door: UnitDoor,
  more: {
    errors?: FieldError[];
    typed?: Record<string, string>;
    settled?: SettledView | undefined;
    beaten?: string;
    fault?: string;
  } = {},
  status: 200 | 409 | 422 = 200,
) {
  return c.html(<ReleasePage {...more} door={door} one={await oneObserved(c, door)} />, status);
}
