import { findOwed, type OwedThing, ticketsAbout } from "../../db/ticket-list.ts";
import { deskPath } from "../../domain/desk-link.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { proposedDue } from "../../domain/ticket.ts";
import { localClock, localDate } from "../../domain/time.ts";
import { LANGS } from "../../forms/define.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { pickerOf } from "../../http/desk/ticket-picker.ts";
import { openTicket, type TypedTicket } from "../../http/desk/tickets.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { readForm } from "../../http/page-form.ts";
import { refusalOf } from "../../http/unit-acts.ts";
import { thingWords } from "../../views/alert-words.ts";
import { NewTicketPage } from "../../views/desk/tickets-new.tsx";
import { TICKETS } from "../../views/desk/tickets-words.ts";
import { withLang } from "../../views/layout.tsx";
import { momentWords } from "../../views/unit-words.ts";

/*
 * /desk/tickets/new: a ticket by hand, or about something overdue (?about=<obligation id>), which fills in who and what.
 */
export const newTicketRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = openDesk(c, "supervise");
    const deps = c.get("deps");
    const about = c.req.query("about");
    const thing = about ? await findOwed(deps, about, desk.scope) : undefined;
    if (about && !thing) throw problem.caseNotFound();
    const due = proposedDue(desk.now);
    return showNew(c, desk, {
      ...(thing ? wordsAbout(thing, desk) : { title: "", text: "" }),
      clientId: deps.newId(),
      units: thing ? [thing.unitCode] : [],
      dueDate: localDate(due, desk.zone),
      dueTime: localClock(due, desk.zone),
      about: thing?.id ?? "",
    });
  })
  .post("/", async (c) => {
    const { fields, units } = await readTicketForm(c);
    const desk = speaking(openDesk(c, "supervise"), fields._lang);
    const { clientId = "", title = "", text = "", dueDate = "", dueTime = "", about = "" } = fields;
    const typed: TypedTicket = { clientId, title, text, dueDate, dueTime, about, units };
    // A look at other units, or another language: nothing is sent yet, nothing typed is lost.
    if (fields._look || fields._lang) return showNew(c, desk, typed, { look: fields._look ?? fields._at });
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    let id = "";
    const fault = await refusalOf(async () => {
      id = await openTicket(c.get("deps"), desk, typed);
    });
    if (!fault) return c.redirect(desk.href(`/tickets/${id}?did=open`), 303);
    const anew = { ...typed, clientId: c.get("deps").newId() };
    if (!fault.errors) return showNew(c, desk, anew, { look: fields._at, sentBefore: true }, 409);
    const errors = fault.errors.map(onPage);
    const stale = fault.errors.some(({ path }) => path === "clientId");
    return showNew(c, desk, stale ? anew : typed, { errors, look: fields._at }, 422);
  });

/** The fields of a form that has units to tick. */
export async function readTicketForm(c: AppContext) {
  const entries = await readForm(c);
  return {
    fields: Object.fromEntries(entries.map(([name, value]) => [name, value.slice(0, 4_000)])) as Record<
      string,
      string
    >,
    units: entries.flatMap(([name, value]) => (name === "units" ? [value.slice(0, 20)] : [])).slice(0, 200),
  };
}

/** The desk in the language that a switch asked for. */
export function speaking(desk: Desk, asked: string | undefined): Desk {
  const lang = LANGS.find((one) => one === asked) ?? desk.lang;
  return { ...desk, lang, href: (path) => withLang(desk.at(path), lang) };
}

/** A client id is no question of this page: its error stands with the title, and the page brings a fresh one. */
const onPage = (error: FieldError): FieldError =>
  error.path === "clientId" ? { ...error, path: "title" } : error;

function wordsAbout(thing: OwedThing, { lang, today, zone }: Desk) {
  const what = thingWords(thing, lang, today);
  const due = momentWords(thing.dueAt, zone, lang, today);
  return {
    title: TICKETS.aboutTitle(thing.unitName, what)[lang],
    text: TICKETS.aboutText(thing.unitName, what, due)[lang],
  };
}

async function showNew(
  c: AppContext,
  desk: Desk,
  { units, about, ...typed }: TypedTicket,
  more: { errors?: readonly FieldError[]; look?: string | undefined; sentBefore?: boolean } = {},
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const { scope, lang, today } = desk;
  const [picker, thing] = await Promise.all([
    pickerOf(deps, scope, units, more.look),
    about ? findOwed(deps, about, scope) : undefined,
  ]);
  const tickets = thing ? await ticketsAbout(deps, thing.id, scope) : [];
  return c.html(
    <NewTicketPage
      desk={desk}
      typed={typed}
      picker={picker}
      errors={more.errors ?? []}
      sentBefore={more.sentBefore}
      about={
        thing && {
          ...{ id: thing.id, over: thing.over, tickets },
          thing: `${thing.unitName} · ${thingWords(thing, lang, today)}`,
          href: desk.href(deskPath(thing.kind, thing.unitCode, thing.subjectId)),
        }
      }
    />,
    status,
  );
}
