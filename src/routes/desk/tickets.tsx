import { listTickets, TICKET_VIEWS } from "../../db/ticket-list.ts";
import { openDesk } from "../../http/desk/door.tsx";
import { factory } from "../../http/factory.ts";
import { formBodies } from "../../http/guards.ts";
import { TicketsPage } from "../../views/desk/tickets.tsx";
import type { DeskActName } from "../../views/desk/tickets-one.tsx";
import { TICKETS } from "../../views/desk/tickets-words.ts";
import { ticketActRoutes } from "./tickets-act.tsx";
import { newTicketRoutes } from "./tickets-new.tsx";
import { showTicket, ticketOf } from "./tickets-show.tsx";

/*
 * /desk/tickets: 督办 → 通报 → 销号. Opened and closed by whoever supervises; answered by officials of the units it was
 * circulated to. Who sees one: the owner's scope all of it, a circulated unit its own part.
 */
export const ticketRoutes = factory
  .createApp()
  .use(formBodies)
  .get("/", async (c) => {
    const desk = openDesk(c);
    const view = TICKET_VIEWS.find((one) => one === c.req.query("view")) ?? "answer";
    const after = c.req.query("after");
    const { items, next } = await listTickets(c.get("deps"), view, desk.scope, after);
    return c.html(
      <TicketsPage desk={desk} view={view} items={items} next={next} continued={after !== undefined} />,
    );
  })
  .route("/new", newTicketRoutes)
  .get("/:id", async (c) => {
    const desk = openDesk(c);
    const did = c.req.query("did") ?? "";
    const done = Object.hasOwn(TICKETS.done, did) ? (did as DeskActName) : undefined;
    return showTicket(c, desk, await ticketOf(c, desk), { done });
  })
  .route("/:id", ticketActRoutes);
