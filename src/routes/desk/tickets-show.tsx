import { recordActOnce } from "../../db/audit.ts";
import { runBatch } from "../../db/store.ts";
import { findOwed } from "../../db/ticket-list.ts";
import { findTicket, type Ticket } from "../../db/ticket-read.ts";
import { deskPath } from "../../domain/desk-link.ts";
import { withinScope } from "../../domain/office.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { isTicketNumber, proposedDue } from "../../domain/ticket.ts";
import { localClock, localDate } from "../../domain/time.ts";
import type { Desk } from "../../http/desk/door.tsx";
import type { AppContext } from "../../http/factory.ts";
import { owingUnits, ticketHistory } from "../../http/ticket-view.ts";
import { thingWords } from "../../views/alert-words.ts";
import { TicketPage, type TicketPageProps } from "../../views/desk/tickets-one.tsx";

/** The ticket of the address. Throws caseNotFound where the official sees no such one. */
export async function ticketOf(c: AppContext, desk: Desk): Promise<Ticket> {
  const id = c.req.param("id") ?? "";
  const found = isTicketNumber(id) ? await findTicket(c.get("deps"), id, desk.scope) : undefined;
  if (!found) throw problem.caseNotFound();
  return found;
}

type Shown = Partial<Pick<TicketPageProps, "act" | "typed" | "again" | "beaten" | "done">> & {
  errors?: readonly FieldError[];
};

/** A ticket's page; looking at its words is on record once an official and day. */
export async function showTicket(
  c: AppContext,
  desk: Desk,
  ticket: Ticket,
  { errors = [], typed = {}, ...more }: Shown,
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const { db } = deps;
  const { actor, lang, now, scope, today, zone } = desk;
  const due = proposedDue(now);
  const { id, unitCode } = ticket;
  const before = c.req.query("before");
  const [history, thing] = await Promise.all([
    ticketHistory(deps, ticket, scope, before),
    ticket.subjectId ? findOwed(deps, ticket.subjectId, scope) : undefined,
    runBatch(db, [
      recordActOnce(db, {
        ...{ id: `look-ticket/${id}/${today}/${actor}`, actor, act: "look-ticket", subjectId: id },
        ...{ unitCode, recordedAt: now },
      }),
    ]),
  ]);
  return c.html(
    <TicketPage
      {...more}
      desk={desk}
      ticket={ticket}
      lines={history.lines}
      earlier={history.earlier}
      continued={before !== undefined}
      about={
        thing && {
          words: `${thing.unitName} · ${thingWords(thing, lang, today)}`,
          href: desk.href(deskPath(thing.kind, thing.unitCode, thing.subjectId)),
        }
      }
      owing={owingUnits(ticket).filter(({ code }) => withinScope(scope, code))}
      acts={ticket.whole && desk.may("supervise")}
      proposed={{ dueDate: localDate(due, zone), dueTime: localClock(due, zone) }}
      errors={errors}
      typed={typed}
    />,
    status,
  );
}
