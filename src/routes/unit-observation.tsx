import { findHousehold } from "../db/household.ts";
import { findObserved } from "../db/watch.ts";
import { OBSERVATION_KINDS, type ObservationKind } from "../domain/observation.ts";
import { type FieldError, problem } from "../domain/problem.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { endObservation, movePlacement } from "../http/submit-observation.ts";
import { householdOf, missing, personParam, readAct, refusalOf, whoActed } from "../http/unit-acts.ts";
import { openUnitDoor, sees, type UnitDoor } from "../http/unit-door.ts";
import { observedViews } from "../http/unit-observed.ts";
import { CASE } from "../views/unit-case-words.ts";
import { ObservationPage } from "../views/unit-observation.tsx";
import type { ObservedView } from "../views/unit-observed.tsx";
import type { SettledView } from "../views/unit-response.tsx";
import { OBSERVE } from "../views/unit-watch-words.ts";

/*
 * /u/<token>/observation/<person>: fourteen days at a glance; moved to another place, or ended without a release.
 */
export const unitObservationRoutes = factory
  .createApp()
  .get("/observation/:id", async (c) => showObservation(c, await openUnitDoor(c)))
  .post("/observation/:id/move", async (c) => {
    const door = await openUnitDoor(c);
    const typed = await readAct(c, door);
    const { id } = await oneObserved(c, door);
    const { actor, lang, unit } = door;
    if (!isKind(typed.kind))
      return showObservation(c, door, { errors: [error("kind", OBSERVE.choose[lang])], typed }, 422);
    const { kind } = typed;
    const fault = await refusalOf(() =>
      movePlacement(c.get("deps"), { id, kind, scope: unit.code, actor, lang }),
    );
    if (fault) return showBeaten(c, door);
    return c.redirect(door.href("?did=move"), 303);
  })
  .post("/observation/:id/end", async (c) => {
    const door = await openUnitDoor(c);
    const typed = await readAct(c, door);
    const { id } = await oneObserved(c, door);
    const { actor, lang, unit } = door;
    const { ending, by = "", reason = "" } = typed;
    const known = ending === "transferred" || ending === "closed" ? ending : undefined;
    const errors = [
      ...(known ? [] : [error("ending", OBSERVE.chooseEnding[lang])]),
      ...missing(typed, { reason: OBSERVE.needReason, by: NEED_BY }, door),
    ];
    if (!known || errors.length > 0) return showObservation(c, door, { errors, typed }, 422);
    const fault = await refusalOf(() =>
      endObservation(c.get("deps"), { id, ending: known, by, reason, scope: unit.code, actor, lang }),
    );
    if (fault?.errors) return showObservation(c, door, { errors: fault.errors, typed }, 422);
    if (fault) return showBeaten(c, door);
    return c.redirect(door.href(`?did=${known}`), 303);
  });

const NEED_BY = {
  "zh-Hans": "请填写办理人姓名",
  "zh-Hant": "請填寫辦理人姓名",
  en: "Enter your name",
};
const error = (path: string, message: string): FieldError => ({ path, code: "required", message });
const isKind = (text: string | undefined): text is ObservationKind =>
  OBSERVATION_KINDS.includes(text as ObservationKind);

/** The observation of the address, if this door sees its unit. Throws personNotFound. */
export async function oneObserved(c: AppContext, door: UnitDoor): Promise<ObservedView> {
  const id = personParam(c);
  const home = await findHousehold(c.get("deps"), householdOf(id));
  if (!home || !sees(door, home.unitCode)) throw problem.personNotFound();
  const names = new Map(home.people.map((person) => [person.id, person.name]));
  const one = (await observedViews(c.get("deps"), door, home.id, names)).find((view) => view.id === id);
  if (!one) throw names.has(id) ? problem.notObserved() : problem.personNotFound();
  return one;
}

/** When an observation ended, and through whose link. */
export async function endOf(c: AppContext, door: UnitDoor): Promise<SettledView | undefined> {
  const id = personParam(c);
  const row = (await findObserved(c.get("deps"), householdOf(id))).find((one) => one.id === id);
  if (!row?.endedAt) return undefined;
  return { at: row.endedAt, who: row.end ? await whoActed(c, row.end.actor, door) : "" };
}

const showBeaten = async (c: AppContext, door: UnitDoor) =>
  showObservation(c, door, { settled: await endOf(c, door), beaten: CASE.settledFirst[door.lang] }, 409);

async function showObservation(
  c: AppContext,
  door: UnitDoor,
  more: {
    errors?: FieldError[];
    typed?: Record<string, string>;
    settled?: SettledView | undefined;
    beaten?: string;
  } = {},
  status: 200 | 409 | 422 = 200,
) {
  return c.html(<ObservationPage {...more} door={door} one={await oneObserved(c, door)} />, status);
}
