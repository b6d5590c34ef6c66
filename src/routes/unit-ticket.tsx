import { recordActOnce } from "../db/audit.ts";
import { runBatch } from "../db/store.ts";
import { findTicket, lastOfUnit, type Ticket } from "../db/ticket-read.ts";
import { type FieldError, problem } from "../domain/problem.ts";
import { isTicketNumber } from "../domain/ticket.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { answerTicket } from "../http/submit-ticket.ts";
import { beatenBy, owingUnits, ticketHistory } from "../http/ticket-view.ts";
import { missing, readAct, refusalOf } from "../http/unit-acts.ts";
import { openUnitDoor, type UnitDoor } from "../http/unit-door.ts";
import { type BeatenView, UnitTicketPage } from "../views/unit-ticket.tsx";
import { TICKET } from "../views/unit-ticket-words.ts";

/*
 * /u/<token>/ticket/<number>: what a superior wants seen to, and the unit's answer; so a village without officials of
 * its own can answer too. A unit sees its own part of a ticket and the whole of what is asked, not others' answers.
 */
export const unitTicketRoutes = factory
  .createApp()
  .get("/ticket/:id", async (c) => {
    const door = await openUnitDoor(c);
    return showTicket(c, door, await ticketOf(c, door), { done: c.req.query("did") === "answer" });
  })
  .post("/ticket/:id", async (c) => {
    const door = await openUnitDoor(c);
    const typed = await readAct(c, door);
    const ticket = await ticketOf(c, door);
    const { actor, lang } = door;
    const { unit = "", text = "", by = "" } = typed;
    if (!ticket.units.some(({ code }) => code === unit)) throw problem.caseNotFound();
    const asked = { text: TICKET.needText, ...(signs(door) ? { by: TICKET.needBy } : {}) };
    const errors = missing(typed, asked, door);
    if (errors.length > 0) return showTicket(c, door, ticket, { errors, typed }, 422);
    const fault = await refusalOf(() =>
      answerTicket(c.get("deps"), {
        ...{ ticketId: ticket.id, unitCode: unit, actor, lang },
        text: signs(door) ? `${text.trim()}\n—— ${by.trim().slice(0, 40)}` : text,
      }),
    );
    if (fault?.errors) return showTicket(c, door, ticket, { errors: fault.errors, typed }, 422);
    if (fault) {
      const last = await lastOfUnit(c.get("deps"), ticket.id, unit);
      const beaten = last && (await beatenBy(c.get("deps"), last));
      return showTicket(c, door, await ticketOf(c, door), { beaten, typed }, 409);
    }
    return c.redirect(door.href(`/ticket/${ticket.id}?did=answer`), 303);
  });

/** Behind a link nobody is signed in: the answer is signed by hand. */
const signs = ({ actor }: UnitDoor): boolean => !actor.startsWith("official/");

const scopeOf = ({ unit }: UnitDoor) => ({ code: unit.code, exact: unit.kind === "grid" });

/** The ticket of the address. Throws caseNotFound for one that was circulated to nobody of this door. */
async function ticketOf(c: AppContext, door: UnitDoor): Promise<Ticket> {
  const id = c.req.param("id") ?? "";
  const found = isTicketNumber(id) ? await findTicket(c.get("deps"), id, scopeOf(door)) : undefined;
  if (!found) throw problem.caseNotFound();
  return found;
}

type Shown = {
  errors?: FieldError[];
  typed?: Record<string, string>;
  beaten?: BeatenView | undefined;
  done?: boolean;
};

async function showTicket(
  c: AppContext,
  door: UnitDoor,
  ticket: Ticket,
  { errors = [], typed = {}, beaten, done = false }: Shown,
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const { db } = deps;
  const { id, unitCode } = ticket;
  const { actor, today, now } = door;
  const [{ lines }] = await Promise.all([
    ticketHistory(deps, ticket, scopeOf(door)),
    // Its words can tell of people: once a link, ticket and local day.
    runBatch(db, [
      recordActOnce(db, {
        ...{ id: `look-ticket/${id}/${today}/${actor}`, actor, act: "look-ticket", subjectId: id },
        ...{ unitCode, recordedAt: now },
      }),
    ]),
  ]);
  const owing = owingUnits(ticket);
  return c.html(
    <UnitTicketPage
      door={door}
      ticket={ticket}
      lines={lines}
      answer={
        owing.length > 0
          ? {
              ...{ action: door.href(`/ticket/${id}`), lang: door.lang, units: owing, asksBy: signs(door) },
              ...{ errors, typed },
            }
          : undefined
      }
      beaten={beaten}
      lost={typed.text}
      done={done}
    />,
    status,
  );
}
