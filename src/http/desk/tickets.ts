import { guarded } from "../../db/fault.ts";
import { isSealedOff } from "../../db/retention.ts";
import { deriveDigits, earlierArrival, identify } from "../../db/submission.ts";
import { type EventWords, saveTicket, saveTicketAct } from "../../db/ticket.ts";
import { findOwed, unitsByCode } from "../../db/ticket-list.ts";
import { findTicket, lastTicketAct, stateOf, type Ticket } from "../../db/ticket-read.ts";
import { listProblem } from "../../domain/list-problem.ts";
import { type Scope, withinScope } from "../../domain/office.ts";
import { type FieldError, ProblemError, problem } from "../../domain/problem.ts";
import { NUMBER_ATTEMPTS } from "../../domain/submission.ts";
import {
  planAct,
  planTicket,
  readDue,
  TICKET_TEXT,
  TITLE_LENGTH,
  type TicketAct,
  type TicketEventKind,
  ticketNumber,
} from "../../domain/ticket.ts";
import { readText } from "../../domain/tip.ts";
import { unitOfCode } from "../../domain/unit.ts";
import type { Deps } from "../factory.ts";
import type { Desk } from "./door.tsx";

/** The form of a new ticket as it was typed. */
export type TypedTicket = {
  clientId: string;
  title: string;
  text: string;
  units: string[];
  dueDate: string;
  dueTime: string;
  /** The obligation it is about; "" for none. */
  about: string;
};

/**
 * Opens a ticket of the official's own unit; the same form sent twice is one ticket. Throws `invalid` with everything
 * there is to mend. @returns its number
 */
export async function openTicket(deps: Deps, desk: Desk, typed: TypedTicket): Promise<string> {
  const { lang, now, zone, actor, scope, officer } = desk;
  const errors: FieldError[] = [];
  const title = await told(errors, () => oneLine(readText(typed.title, "title", TITLE_LENGTH, lang)));
  const text = await told(errors, () => readText(typed.text, "text", TICKET_TEXT, lang));
  const dueAt = await told(errors, () =>
    readDue({ date: typed.dueDate, time: typed.dueTime }, { now, zone, lang }),
  );
  const plan = await told(errors, async () => {
    await checkScope(deps, typed.units, scope, lang);
    return planTicket(officer.unit.code, { units: typed.units, dueAt: dueAt ?? now }, { now, lang });
  });
  if (title === undefined || text === undefined || !dueAt || !plan) throw problem.invalid(errors);
  // What it is about must be the official's to see; anything else is left out rather than kept unread.
  const about = typed.about ? await findOwed(deps, typed.about, scope) : undefined;
  if (about && (await isSealedOff(deps.db, about.id))) throw listProblem.sealedOff();
  const { units } = typed;
  const { clientId, arrival } = await identify(
    deps.privacy,
    { name: "ticket", version: 1 },
    {
      ...{ clientId: typed.clientId, door: "desk", lang },
      content: { actor, title, text, units: [...units].sort(), dueAt: dueAt.getTime(), about: about?.id },
    },
  );
  return guarded(async () => {
    for (let attempt = 0; attempt < NUMBER_ATTEMPTS; attempt++) {
      const four = await deriveDigits(deps.privacy, "ticket-number", `${clientId}/${attempt}`, 4);
      const id = ticketNumber(desk.today, four);
      const outcome = await saveTicket(deps, {
        ...{ id, arrival, words: { title, text }, subjectId: about?.id ?? null, plan, actor },
        ...{ recordedAt: now, auditId: deps.newId(), settings: deps.settings },
      });
      if (outcome === "saved") return id;
      if (outcome === "known") return (await earlierArrival(deps.db, arrival)) ?? id;
      if (outcome === "no-such-unit") throw problem.unitNotFound();
    }
    throw problem.unavailable();
  });
}

/** An act of an official: what it does, the words that go with it, and its name in the history. */
export type DeskTicketAct = { act: TicketAct; words: EventWords; name: string; detail?: string };
/** Somebody else was first: what they did, and when. */
export type Beaten = { kind: TicketEventKind; actor: string; at: Date };

/**
 * Does something to a ticket of the official's scope. Throws sealedOff for a closed one whose case was. @param version as the form had it
 * @returns what another did since the form was opened, and then nothing was done; undefined when it was done
 */
export async function actOnTicket(
  deps: Deps,
  desk: Pick<Desk, "now" | "lang" | "actor" | "scope">,
  { id, version, ...work }: { id: string; version: string } & DeskTicketAct,
): Promise<Beaten | undefined> {
  const { now, lang, actor, scope } = desk;
  return guarded(async () => {
    // A unit that answers meanwhile is no rival: its answer is taken into account, and the act tried again.
    for (let attempt = 0; attempt < NUMBER_ATTEMPTS; attempt++) {
      const ticket = await findTicket(deps, id, scope);
      if (!ticket) throw problem.caseNotFound();
      if (!ticket.whole) throw problem.notAllowed();
      const beaten = async () =>
        (await lastTicketAct(deps, ticket)) ?? { kind: "opened" as const, actor: ticket.openedBy, at: now };
      if (String(ticket.version) !== version) return beaten();
      if (work.act.kind === "circulate") await checkScope(deps, work.act.units, ownerScope(ticket), lang);
      // An open one spares what it is about; once closed that may be sealed off.
      if (ticket.closedAt && (await isSealedOff(deps.db, ticket.subjectId))) throw listProblem.sealedOff();
      const before = stateOf(ticket);
      const plan = await planned(() => planAct(before, work.act, { now, lang }));
      if (!plan) return beaten();
      const without = plan.events[0]?.without;
      const saved = await saveTicketAct(deps, {
        ...{ id, subjectId: ticket.subjectId, version: ticket.version, before, plan, actor, act: work.name },
        words: { ...work.words, ...(without ? { without } : {}) },
        detail: work.detail ?? (without?.length ? `without ${without.length}` : undefined),
        ...{ recordedAt: now, auditId: deps.newId(), settings: deps.settings },
      });
      if (saved) return undefined;
    }
    throw problem.unavailable();
  });
}

/** The subtree whose units a ticket may be circulated to: its owner's. */
export const ownerScope = ({ unitCode }: Pick<Ticket, "unitCode">): Scope => ({
  code: unitCode,
  exact: unitOfCode(unitCode)?.kind === "grid",
});

/** Throws `invalid` on `units` for one that is outside the scope, closed, or nobody's. */
async function checkScope(deps: Deps, units: string[], scope: Scope, lang: Desk["lang"]): Promise<void> {
  const refuse = () => problem.answer("units", "unit-not-found", problem.unitNotFound().problem.title, lang);
  if (units.some((code) => !withinScope(scope, code))) throw refuse();
  const found = await unitsByCode(deps, units);
  if (found.length < new Set(units).size || found.some(({ closedAt }) => closedAt)) throw refuse();
}

/** Undefined where the ticket has gone on meanwhile. */
async function planned<T>(work: () => T): Promise<T | undefined> {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === "already-settled") return undefined;
    throw error;
  }
}

/** What a check answers; what it finds to mend is put with the others. */
async function told<T>(errors: FieldError[], work: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.errors) throw error;
    errors.push(...error.problem.errors);
    return undefined;
  }
}

const oneLine = (text: string) => text.replace(/\s+/g, " ");
