import { listDutyPeople, listShifts } from "../db/roster.ts";
import { type FieldError, problem } from "../domain/problem.ts";
import { GAP_AHEAD, KEPT_FOR, rosterGaps } from "../domain/roster.ts";
import { DAY } from "../domain/time.ts";
import { type AppContext, factory } from "../http/factory.ts";
import {
  addDutyPerson,
  addShifts,
  NOTE_AFTER,
  noteHandover,
  takeOff,
  takeShift,
} from "../http/submit-roster.ts";
import { missing, readAct, refusalOf } from "../http/unit-acts.ts";
import { openUnitDoor, type UnitDoor } from "../http/unit-door.ts";
import { RosterPage } from "../views/unit-roster.tsx";
import type { PersonView } from "../views/unit-roster-parts.tsx";
import { ROSTER } from "../views/unit-roster-words.ts";

/** Nothing is planned further ahead; see planShift. */
const SHOWN_AHEAD = 62 * DAY;

/*
 * /u/<token>/roster: who is on duty for this unit, hour by hour; shifts put on and taken off, handover.
 */
export const unitRosterRoutes = factory
  .createApp()
  .get("/roster", async (c) => {
    const door = await openUnitDoor(c);
    const did = c.req.query("did") ?? "";
    const said = Object.hasOwn(ROSTER.done, did)
      ? ROSTER.done[did as keyof typeof ROSTER.done][door.lang]
      : undefined;
    return showRoster(c, door, { said });
  })
  .post("/roster", (c) =>
    act(c, "add", (door, typed) => {
      const { person = "", post = "", date = "", from = "", to = "", days = "", clientId = "" } = typed;
      const asked = { person, post, date: date.trim(), from: from.trim(), to: to.trim(), days, clientId };
      return addShifts(c.get("deps"), { ...asked, ...by(door) });
    }),
  )
  .post("/roster/contact", (c) =>
    act(c, "contact", (door, typed) => {
      const blank = missing(typed, { name: ROSTER.needName, email: ROSTER.needEmail }, door);
      if (blank.length > 0) throw problem.invalid(blank);
      const { name = "", email = "", phone = "" } = typed;
      return addDutyPerson(c.get("deps"), { name, email, phone, ...by(door) });
    }),
  )
  .post("/roster/note", (c) =>
    act(c, "note", (door, typed) => {
      const blank = missing(typed, { which: ROSTER.needShift, note: ROSTER.needNote }, door);
      if (blank.length > 0) throw problem.invalid(blank);
      const { which = "", note = "" } = typed;
      return noteHandover(c.get("deps"), { id: which, note, ...by(door) });
    }),
  )
  .post("/roster/:id/take", (c) =>
    act(c, "take", (door) => takeShift(c.get("deps"), { id: c.req.param("id"), ...by(door) })),
  )
  .post("/roster/:id/off", (c) =>
    act(c, "off", (door) => takeOff(c.get("deps"), { id: c.req.param("id"), ...by(door) })),
  );

const by = ({ unit, actor, lang }: UnitDoor) => ({ unitCode: unit.code, actor, lang });

/** One posted form: done and back to the roster, or the page again with what to mend or who was first. */
async function act(
  c: AppContext,
  did: keyof typeof ROSTER.done,
  work: (door: UnitDoor, typed: Record<string, string>) => Promise<void>,
) {
  const door = await openUnitDoor(c);
  const typed = await readAct(c, door);
  const fault = await refusalOf(async () => work(door, typed));
  if (!fault) return c.redirect(door.href(`/roster?did=${did}`), 303);
  if (fault.errors) return showRoster(c, door, { errors: fault.errors, typed }, 422);
  return showRoster(c, door, { said: fault.title[door.lang] }, 409);
}

async function showRoster(
  c: AppContext,
  door: UnitDoor,
  more: { errors?: FieldError[]; typed?: Record<string, string>; said?: string | undefined },
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const { unit, now, lang } = door;
  const [shifts, people] = await Promise.all([
    listShifts(deps, unit.code, new Date(now.getTime() - KEPT_FOR), new Date(now.getTime() + SHOWN_AHEAD)),
    listDutyPeople(deps, unit.code),
  ]);
  const personOf = (id: string): PersonView =>
    people.find((one) => one.id === id) ?? {
      ...{ id, name: ROSTER.unknown[lang], removed: true, unreachable: false },
    };
  return c.html(
    <RosterPage
      {...more}
      door={door}
      clientId={deps.newId()}
      people={people.filter(({ removed }) => !removed)}
      shifts={shifts.map(({ contactId, ...shift }) => ({ ...shift, person: personOf(contactId) }))}
      uncovered={rosterGaps(shifts, now)}
      until={new Date(now.getTime() + GAP_AHEAD)}
      all={c.req.query("all") === "1"}
      noteAfter={NOTE_AFTER}
    />,
    status,
  );
}
