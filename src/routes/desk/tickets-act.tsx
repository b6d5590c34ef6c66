import { lastOfUnit, type Ticket } from "../../db/ticket-read.ts";
import { withinScope } from "../../domain/office.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { readDue, TICKET_TEXT } from "../../domain/ticket.ts";
import { readText } from "../../domain/tip.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { pickerOf } from "../../http/desk/ticket-picker.ts";
import { actOnTicket, type Beaten, type DeskTicketAct, ownerScope } from "../../http/desk/tickets.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { answerTicket } from "../../http/submit-ticket.ts";
import { beatenBy } from "../../http/ticket-view.ts";
import { refusalOf } from "../../http/unit-acts.ts";
import { CirculatePage } from "../../views/desk/tickets-new.tsx";
import { type DeskActName, WORDS_OF } from "../../views/desk/tickets-one.tsx";
import type { BeatenView } from "../../views/unit-ticket.tsx";
import { readTicketForm, speaking } from "./tickets-new.tsx";
import { showTicket, ticketOf } from "./tickets-show.tsx";

/*
 * What is posted to a ticket: the answer of a unit, and what a superior does to the whole of it. Two officials at once:
 * the version on the form decides, the second is told who was first and keeps what was typed.
 */
export const ticketActRoutes = factory
  .createApp()
  .post("/answer", async (c) => {
    const { fields } = await readTicketForm(c);
    const desk = await openPost(c, "settle");
    const ticket = await ticketOf(c, desk);
    const { unit = "", text = "" } = fields;
    if (!withinScope(desk.scope, unit) || !ticket.units.some(({ code }) => code === unit))
      throw problem.caseNotFound();
    const { actor, lang } = desk;
    const fault = await refusalOf(() =>
      answerTicket(c.get("deps"), { ticketId: ticket.id, unitCode: unit, actor, text, lang }),
    );
    if (!fault) return c.redirect(desk.href(`/tickets/${ticket.id}?did=answer`), 303);
    const shown = { act: "answer" as const, typed: fields };
    if (fault.errors) return showTicket(c, desk, ticket, { ...shown, errors: fault.errors }, 422);
    const last = await lastOfUnit(c.get("deps"), ticket.id, unit);
    const beaten = last && (await beatenBy(c.get("deps"), last));
    return showTicket(c, desk, await ticketOf(c, desk), { ...shown, beaten }, 409);
  })
  .post("/close", (c) =>
    act(c, "close", ({ text, typed }) => ({
      act: { kind: "close", although: typed.although === "yes" },
      words: { text },
      name: "close-ticket",
    })),
  )
  .post("/reopen", (c) =>
    act(c, "reopen", ({ text, typed, units, due }) => {
      const dueAt = due(typed);
      return {
        act: { kind: "reopen", dueAt, units },
        words: { text, dueAt: dueAt.getTime() },
        name: "reopen-ticket",
      };
    }),
  )
  .post("/due", (c) =>
    act(c, "due", ({ text, typed, due }) => {
      const dueAt = due(typed);
      return {
        act: { kind: "due", dueAt },
        words: { text, dueAt: dueAt.getTime() },
        name: "change-ticket-due",
      };
    }),
  )
  .post("/remove", (c) =>
    act(c, "remove", ({ text, typed: { off = "" } }) => ({
      act: { kind: "remove", unit: off },
      words: { text },
      name: "remove-ticket-unit",
      detail: /^[0-9A-Z]{6,18}$/.test(off) ? off : undefined,
    })),
  )
  .get("/circulate", async (c) => {
    const desk = openDesk(c, "supervise");
    return showCirculate(c, desk, await wholeTicket(c, desk), {});
  })
  .post("/circulate", async (c) => {
    const { fields, units } = await readTicketForm(c);
    const desk = speaking(await openPost(c, "supervise"), fields._lang);
    const ticket = await wholeTicket(c, desk);
    const look = fields._look ?? fields._at;
    if (fields._look || fields._lang) return showCirculate(c, desk, ticket, { units, look });
    let beaten: Beaten | undefined;
    const fault = await refusalOf(async () => {
      beaten = await actOnTicket(c.get("deps"), desk, {
        ...{ id: ticket.id, version: fields.version ?? "", words: {}, name: "circulate-ticket" },
        ...{ act: { kind: "circulate", units }, detail: String(units.length) },
      });
    });
    if (fault?.errors) return showCirculate(c, desk, ticket, { units, look, errors: fault.errors }, 422);
    if (fault) throw problem.alreadySettled();
    if (beaten) {
      const shown = { units, look, beaten: await beatenBy(c.get("deps"), beaten) };
      return showCirculate(c, desk, await ticketOf(c, desk), shown, 409);
    }
    return c.redirect(desk.href(`/tickets/${ticket.id}?did=circulate`), 303);
  });

/** An official who may, and who has not sent too much. */
async function openPost(c: AppContext, may: "settle" | "supervise"): Promise<Desk> {
  const desk = openDesk(c, may);
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  return desk;
}

type Asked = {
  text: string;
  typed: Record<string, string>;
  units: string[];
  due: (typed: Record<string, string>) => Date;
};

/** One posted act of a superior: done and back to the ticket, or the page again with what to mend or who was first. */
async function act(c: AppContext, name: DeskActName, make: (asked: Asked) => DeskTicketAct) {
  const { fields: typed, units } = await readTicketForm(c);
  const desk = await openPost(c, "supervise");
  const ticket = await wholeTicket(c, desk);
  const { lang, now, zone } = desk;
  const words = WORDS_OF[name];
  const shown = { act: name, typed, again: units };
  let beaten: Beaten | undefined;
  const fault = await refusalOf(async () => {
    const errors: FieldError[] = [];
    let text = "";
    let due: Date | undefined;
    const told = await refusalOf(async () => {
      text = readText(typed[words] ?? "", words, TICKET_TEXT, lang);
    });
    errors.push(...(told?.errors ?? []));
    if (name === "due" || name === "reopen") {
      const { dueDate: date = "", dueTime: time = "" } = typed;
      const told = await refusalOf(async () => {
        due = readDue({ date, time }, { now, zone, lang });
      });
      errors.push(...(told?.errors ?? []));
    }
    if (errors.length > 0) throw problem.invalid(errors);
    beaten = await actOnTicket(c.get("deps"), desk, {
      ...make({ text, typed, units, due: () => due ?? now }),
      ...{ id: ticket.id, version: typed.version ?? "" },
    });
  });
  if (fault?.errors) {
    const errors = fault.errors.map((one) => (one.path === "unit" ? { ...one, path: "off" } : one));
    return showTicket(c, desk, ticket, { ...shown, errors }, 422);
  }
  if (fault) throw problem.alreadySettled();
  if (!beaten) return c.redirect(desk.href(`/tickets/${ticket.id}?did=${name}`), 303);
  const again = { ...shown, beaten: await beatenBy(c.get("deps"), beaten) };
  return showTicket(c, desk, await ticketOf(c, desk), again, 409);
}

/** A ticket that the official sees whole: only then it is theirs to act on. */
async function wholeTicket(c: AppContext, desk: Desk): Promise<Ticket> {
  const ticket = await ticketOf(c, desk);
  if (!ticket.whole) throw problem.notAllowed();
  return ticket;
}

async function showCirculate(
  c: AppContext,
  desk: Desk,
  ticket: Ticket,
  more: { units?: string[]; look?: string | undefined; errors?: readonly FieldError[]; beaten?: BeatenView },
  status: 200 | 409 | 422 = 200,
) {
  const picker = await pickerOf(c.get("deps"), ownerScope(ticket), more.units ?? [], more.look);
  const owing = ticket.units.filter((one) => !one.answeredAt && !one.removedAt).map(({ code }) => code);
  const { id, title, version } = ticket;
  return c.html(
    <CirculatePage
      {...{ desk, id, title, version }}
      picker={{ ...picker, choices: picker.choices.filter(({ code }) => !owing.includes(code)) }}
      errors={more.errors ?? []}
      beaten={more.beaten}
    />,
    status,
  );
}
