import type { Lang, Words } from "../forms/define.ts";
import { problem } from "./problem.ts";
import { DAY, HOUR, isDate, MINUTE, momentOf } from "./time.ts";

/*
 * 督办 → 通报 → 销号. A ticket is what its events say: `afterEvent` reads them, `planAct` decides which an act adds, and
 * what is owed follows from both: an obligation is open exactly for the units that owe an answer. Each time a unit owes
 * anew (asked again, another due time) it is a new obligation; the old one is kept, met or excused. Who never answered
 * is excused when the ticket is closed, not met: nobody did what was asked.
 */
export type TicketEventKind =
  | "opened"
  | "circulated"
  | "removed"
  | "answered"
  | "due"
  | "closed"
  | "reopened";
/** One thing that happened. `unitCode`: the unit it concerns; the owner's for what concerns the whole ticket. */
export type TicketEvent = {
  kind: TicketEventKind;
  unitCode: string;
  at: Date;
  /** Of opened, due and reopened: by when answers are due from now on. */
  dueAt?: Date;
  /** Of closed: the units that had not answered. */
  without?: string[];
};
export type TicketUnit = { circulatedAt: Date; answeredAt: Date | null; removedAt: Date | null };
export type TicketState = {
  /** Whose ticket it is. */
  unitCode: string;
  dueAt: Date;
  closedAt: Date | null;
  units: ReadonlyMap<string, TicketUnit>;
};

/** Units that one ticket is circulated to at once. */
export const TICKET_UNITS = 50;
/** What is proposed, and the furthest that is taken, in ms from now. */
export const TICKET_DUE = 2 * HOUR;
export const TICKET_AHEAD = 30 * DAY;
/** Characters of a title, and of what else is written. */
export const TITLE_LENGTH = 80;
export const TICKET_TEXT = 2000;

/** Units that still owe an answer, by code. */
export const owing = ({ closedAt, units }: TicketState): string[] =>
  closedAt
    ? []
    : [...units]
        .filter(([, one]) => !one.answeredAt && !one.removedAt)
        .map(([code]) => code)
        .sort();

/** Units that a ticket is with now: circulated to and not taken off. */
export const withUnits = ({ units }: TicketState): string[] =>
  [...units].filter(([, one]) => !one.removedAt).map(([code]) => code);

/** What a ticket is once another thing has happened to it. */
export function afterEvent(before: TicketState | undefined, event: TicketEvent): TicketState {
  const { kind, unitCode, at } = event;
  if (kind === "opened" || !before)
    return { unitCode, dueAt: event.dueAt ?? at, closedAt: null, units: new Map() };
  const dueAt = event.dueAt ?? before.dueAt;
  const unit = (change: (one: TicketUnit) => TicketUnit): TicketState => {
    const one = before.units.get(unitCode);
    return one ? { ...before, units: new Map(before.units).set(unitCode, change(one)) } : before;
  };
  switch (kind) {
    case "circulated":
      return {
        ...before,
        units: new Map(before.units).set(unitCode, { circulatedAt: at, answeredAt: null, removedAt: null }),
      };
    case "removed":
      return unit((one) => ({ ...one, removedAt: at }));
    case "answered":
      return unit((one) => ({ ...one, answeredAt: at }));
    case "due":
      return { ...before, dueAt };
    case "closed":
      return { ...before, closedAt: at };
    case "reopened":
      return { ...before, dueAt, closedAt: null };
  }
}

/** A ticket as its events tell it, oldest first. */
export const ticketOf = (events: readonly TicketEvent[]): TicketState | undefined =>
  events.reduce<TicketState | undefined>(afterEvent, undefined);

/** What officials do to a ticket that stands. */
export type TicketAct =
  | { kind: "circulate"; units: string[] }
  | { kind: "remove"; unit: string }
  | { kind: "due"; dueAt: Date }
  /** `although`: units have not answered, and that is accepted. */
  | { kind: "close"; although: boolean }
  /** `units`: those who had answered and are asked again; who had not is always asked again. */
  | { kind: "reopen"; dueAt: Date; units: string[] }
  | { kind: "answer"; unit: string };

/** What an act adds, what the ticket is then, and whose obligations end without an answer or begin. */
export type TicketPlan = { events: TicketEvent[]; after: TicketState; excused: string[]; owed: string[] };

/** A new ticket of a unit, circulated to others. Throws `invalid` on `units`. */
export function planTicket(
  unitCode: string,
  { units, dueAt }: { units: string[]; dueAt: Date },
  { now, lang }: { now: Date; lang?: Lang },
): TicketPlan {
  const chosen = checkUnits(units, [], lang);
  return planned(undefined, [{ kind: "opened", unitCode, at: now, dueAt }, ...circulations(chosen, now)]);
}

/**
 * What an act makes of a ticket. Throws `alreadySettled` where the ticket has gone on (closed, open again, answered) and
 * `invalid` for what the sender can mend.
 */
export function planAct(
  before: TicketState,
  act: TicketAct,
  { now, lang }: { now: Date; lang?: Lang },
): TicketPlan {
  const own = { unitCode: before.unitCode, at: now };
  if ((act.kind === "reopen") !== (before.closedAt !== null)) throw problem.alreadySettled();
  switch (act.kind) {
    case "circulate": {
      if (before.dueAt <= now) throw problem.answer("units", "due-over", WRONG.dueOver, lang);
      const chosen = checkUnits(act.units, withUnits(before), lang);
      if (chosen.some((code) => owing(before).includes(code)))
        throw problem.answer("units", "owes", WRONG.owes, lang);
      return planned(before, circulations(chosen, now));
    }
    case "remove": {
      const left = withUnits(before);
      if (!left.includes(act.unit)) throw problem.answer("unit", "unit", WRONG.unit, lang);
      if (left.length === 1) throw problem.answer("unit", "last", WRONG.last, lang);
      return planned(before, [{ kind: "removed", unitCode: act.unit, at: now }]);
    }
    case "due":
      if (act.dueAt.getTime() === before.dueAt.getTime())
        throw problem.answer("dueTime", "same", WRONG.same, lang);
      return planned(before, [{ ...own, kind: "due", dueAt: act.dueAt }]);
    case "close": {
      const without = owing(before);
      if (without.length > 0 && !act.although)
        throw problem.answer("although", "unanswered", WRONG.unanswered(without.length), lang);
      return planned(before, [{ ...own, kind: "closed", without }]);
    }
    case "reopen": {
      const standing = withUnits(before);
      if (act.units.some((code) => !standing.includes(code)))
        throw problem.answer("units", "unit", WRONG.unit, lang);
      const again = standing.filter(
        (code) => act.units.includes(code) || !before.units.get(code)?.answeredAt,
      );
      if (again.length === 0) throw problem.answer("units", "required", WRONG.none, lang);
      return planned(before, [
        { ...own, kind: "reopened", dueAt: act.dueAt },
        ...circulations(again.sort(), now),
      ]);
    }
    case "answer":
      if (!owing(before).includes(act.unit)) throw problem.alreadySettled();
      return planned(before, [{ kind: "answered", unitCode: act.unit, at: now }]);
  }
}

/** A unit whose due time has changed, or that is asked again, owes anew. */
function planned(before: TicketState | undefined, events: TicketEvent[]): TicketPlan {
  const after = events.reduce<TicketState | undefined>(afterEvent, before) as TicketState;
  const [owed, owe] = [before ? owing(before) : [], owing(after)];
  const anew = before !== undefined && before.dueAt.getTime() !== after.dueAt.getTime();
  const answered = events.filter(({ kind }) => kind === "answered").map(({ unitCode }) => unitCode);
  return {
    events,
    after,
    excused: owed.filter((code) => (anew || !owe.includes(code)) && !answered.includes(code)),
    owed: owe.filter((code) => anew || !owed.includes(code)),
  };
}

const circulations = (units: string[], at: Date): TicketEvent[] =>
  units.map((unitCode) => ({ kind: "circulated", unitCode, at }));

/** @param standing the units that the ticket is with already */
function checkUnits(units: string[], standing: string[], lang?: Lang): string[] {
  const chosen = [...new Set(units)].sort();
  if (chosen.length === 0) throw problem.answer("units", "required", WRONG.none, lang);
  if (new Set([...standing, ...chosen]).size > TICKET_UNITS)
    throw problem.answer("units", "too-many", WRONG.many, lang);
  return chosen;
}

/** By when, as typed: a local day and clock time, after now and at most thirty days from it. Throws `invalid` on dueDate or dueTime. */
export function readDue(
  { date, time }: { date: string; time: string },
  { now, zone, lang }: { now: Date; zone: string; lang?: Lang },
): Date {
  if (!isDate(date.trim())) throw problem.answer("dueDate", "date", WRONG.date, lang);
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time.trim()))
    throw problem.answer("dueTime", "time", WRONG.time, lang);
  const dueAt = momentOf(date.trim(), time.trim(), zone);
  if (dueAt <= now) throw problem.answer("dueTime", "past", WRONG.past, lang);
  if (dueAt.getTime() > now.getTime() + TICKET_AHEAD)
    throw problem.answer("dueDate", "too-far", WRONG.far, lang);
  return dueAt;
}

/** What a form proposes: two hours from now, to the minute. */
export const proposedDue = (now: Date): Date =>
  new Date(Math.ceil((now.getTime() + TICKET_DUE) / MINUTE) * MINUTE);

/** DB-0217-0031: the local day it was opened, and four digits drawn. @param today YYYY-MM-DD */
export const ticketNumber = (today: string, four: string): string =>
  `DB-${today.slice(5, 7)}${today.slice(8, 10)}-${four}`;
/** Whether a text can be a ticket's number. */
export const isTicketNumber = (text: string): boolean => /^DB-\d{4}-\d{4}$/.test(text);

/** What a unit owes an answer to: its obligation's subject. @param version the ticket's, after the act that asks: a new one each time */
export const ticketSubject = (ticketId: string, unitCode: string, version: number): string =>
  `${ticketId}/${unitCode}${version > 0 ? `/${version}` : ""}`;

const say = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });
const WRONG = {
  none: say("请至少选一个单位", "請至少選一個單位", "Choose at least one unit"),
  many: say(
    `一件督办件最多通报 ${TICKET_UNITS} 个单位`,
    `一件督辦件最多通報 ${TICKET_UNITS} 個單位`,
    `One ticket goes to at most ${TICKET_UNITS} units`,
  ),
  owes: say(
    "选的单位里有已经通报、还没答复的",
    "選的單位裡有已經通報、還沒答覆的",
    "One of these has been asked already and owes an answer",
  ),
  dueOver: say(
    "时限已过，请先改时限再通报其他单位",
    "時限已過，請先改時限再通報其他單位",
    "The due time is over. Change it before you circulate to others.",
  ),
  unit: say("请重新选择单位", "請重新選擇單位", "Choose the unit again"),
  last: say(
    "至少要留一个单位；不用再办的请销号",
    "至少要留一個單位；不用再辦的請銷號",
    "One unit must remain. If nothing is left to do, close the ticket.",
  ),
  same: say("时限没有变，请选新的时间", "時限沒有變，請選新的時間", "This is the due time already"),
  unanswered: (n: number) =>
    say(
      `还有 ${n} 个单位没有答复：请等待答复，或者勾选“仍要销号”`,
      `還有 ${n} 個單位沒有答覆：請等待答覆，或者勾選「仍要銷號」`,
      `${n === 1 ? "1 unit has" : `${n} units have`} not answered: wait, or tick that it is closed all the same`,
    ),
  date: say("请填写日期，如 2026-01-25", "請填寫日期，如 2026-01-25", "Enter a day such as 2026-01-25"),
  time: say("请填写时间，如 16:30", "請填寫時間，如 16:30", "Enter a time such as 16:30"),
  past: say("时限必须晚于现在", "時限必須晚於現在", "The due time must be in the future"),
  far: say("时限最长 30 天", "時限最長 30 天", "The due time is at most 30 days ahead"),
};
