import { findCareTeam } from "../db/care-team.ts";
import { findHousehold } from "../db/household.ts";
import { rolesFor } from "../domain/care-team.ts";
import { type FieldError, problem } from "../domain/problem.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { assignCareRole } from "../http/submit-observation.ts";
import { missing, readAct, refusalOf } from "../http/unit-acts.ts";
import { openUnitDoor, sees, type UnitDoor } from "../http/unit-door.ts";
import { CarePage } from "../views/unit-care.tsx";
import { masked } from "../views/unit-parts.tsx";
import { CARE } from "../views/unit-watch-words.ts";

/*
 * /u/<token>/care/<case>/<role>: a named person for a role of a household's care team.
 */
export const unitCareRoutes = factory
  .createApp()
  .get("/care/:id/:role", async (c) => showCare(c, await openUnitDoor(c)))
  .post("/care/:id/:role", async (c) => {
    const door = await openUnitDoor(c);
    const typed = await readAct(c, door);
    const { householdId, role } = await wanted(c, door);
    const errors = missing(typed, { name: CARE.needName, phone: CARE.needPhone }, door);
    if (errors.length > 0) return showCare(c, door, { errors, typed }, 422);
    const { actor, lang, unit } = door;
    const { name = "", phone = "", email } = typed;
    const fault = await refusalOf(() =>
      assignCareRole(c.get("deps"), { householdId, role, name, phone, email, scope: unit.code, actor, lang }),
    );
    if (fault) return showCare(c, door, { errors: fault.errors ?? [], typed }, 422);
    return c.redirect(door.href("?did=care"), 303);
  });

/** The household and role of the address. Throws caseNotFound outside this door's units, notFound for a role it has not. */
async function wanted(c: AppContext, door: UnitDoor): Promise<{ householdId: string; role: string }> {
  const deps = c.get("deps");
  const home = await findHousehold(deps, c.req.param("id") ?? "");
  if (!home || !sees(door, home.unitCode)) throw problem.caseNotFound();
  const role = c.req.param("role") ?? "";
  if (!rolesFor(home.unitCode, deps.settings).includes(role)) throw problem.notFound();
  return { householdId: home.id, role };
}

async function showCare(
  c: AppContext,
  door: UnitDoor,
  more: { errors?: FieldError[]; typed?: Record<string, string> } = {},
  status: 200 | 422 = 200,
) {
  const { householdId, role } = await wanted(c, door);
  const team = await findCareTeam(c.get("deps"), householdId);
  const standing = team.find((one) => one.role === role);
  return c.html(
    <CarePage
      {...more}
      door={door}
      householdId={householdId}
      role={role}
      standing={standing && masked(standing.name)}
    />,
    status,
  );
}
