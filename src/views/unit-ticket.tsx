import type { FieldError } from "../domain/problem.ts";
import type { TicketEventKind } from "../domain/ticket.ts";
import type { Lang } from "../forms/define.ts";
import { ASSETS } from "./assets.ts";
import { ErrorSummary } from "./form.tsx";
import { dateWords } from "./moment.ts";
import { AskText, type DoorView, Due, Facts, UnitPage } from "./unit-parts.tsx";
import { TICKET } from "./unit-ticket-words.ts";
import { momentWords } from "./unit-words.ts";

/** A ticket as a page reads it; db/ticket-read.ts finds it. */
export type TicketView = {
  id: string;
  title: string;
  text: string;
  unitCode: string;
  unitName: string;
  openedAt: Date;
  dueAt: Date;
  closedAt: Date | null;
  units: TicketUnitView[];
};
export type TicketUnitView = {
  code: string;
  name: string;
  parentName: string | null;
  answeredAt: Date | null;
  removedAt: Date | null;
};
/** One thing that happened; `who`: the unit and, of an official, the name. */
export type TicketLineView = {
  kind: TicketEventKind;
  unitCode: string;
  unitName: string;
  who: string;
  at: Date;
  words: { text?: string; dueAt?: number; without?: string[] };
};
/** Who was first, when, and what they did. */
export type BeatenView = { who: string; at: Date; kind: TicketEventKind };

/** What the parts of a ticket's page know of the reader's clock and language: a door's, or the desk's. */
export type TicketClock = { lang: Lang; now: Date; today: string; zone: string };

/** How one unit stands: 已答复 16:20, 等待答复. */
export const unitState = (one: TicketUnitView, ticket: TicketView, { lang, zone, now }: TicketClock) => {
  const at = (when: Date) => dateWords(when, lang, zone, now);
  if (one.removedAt) return `${TICKET.removed[lang]} ${at(one.removedAt)}`;
  if (one.answeredAt) return `${TICKET.answered[lang]} ${at(one.answeredAt)}`;
  return (ticket.closedAt ? TICKET.excused : TICKET.owes)[lang];
};

export const unitTitle = ({ name, parentName }: Pick<TicketUnitView, "name" | "parentName">): string =>
  parentName ? `${name}（${parentName}）` : name;

/** The reader came second: by whom, and what they typed is not lost. */
export const BeatenNote = ({
  beaten: { who, at, kind },
  clock: { lang, zone, today },
  typed,
}: {
  beaten: BeatenView;
  clock: TicketClock;
  /** What they wrote, where no form is left to hold it. */
  typed?: string | undefined;
}) => (
  <div class="note alarm unprinted" role="alert">
    <p>
      <strong>{TICKET.firstTitle[lang]}</strong>
    </p>
    <p>{TICKET.first(who, momentWords(at, zone, lang, today), TICKET.events[kind][lang])[lang]}</p>
    {typed?.trim() ? (
      <>
        <p class="soft">{TICKET.typed[lang]}</p>
        <p class="typed">{typed}</p>
      </>
    ) : (
      <p>{TICKET.kept[lang]}</p>
    )}
  </div>
);

/** What happened, oldest first; what was done to many units in one act is one line. */
export const History = ({ lines, clock }: { lines: TicketLineView[]; clock: TicketClock }) => {
  const { lang, zone, now } = clock;
  const when = (at: Date) => dateWords(at, lang, zone, now);
  const comma = lang === "en" ? ", " : "、";
  const grouped: (TicketLineView & { names: string[] })[] = [];
  for (const line of lines) {
    const last = grouped.at(-1);
    const same = last?.kind === line.kind && last.at.getTime() === line.at.getTime() && last.who === line.who;
    if (last && same && line.kind === "circulated") last.names.push(line.unitName);
    else grouped.push({ ...line, names: [line.unitName] });
  }
  return (
    <ol class="messages history">
      {grouped.map(({ kind, at, who, names, words }) => (
        <li>
          <p class="head">
            <time class="number">{when(at)}</time> <strong>{TICKET.events[kind][lang]}</strong>{" "}
            {kind === "circulated" || kind === "removed" || kind === "answered" ? names.join(comma) : ""}
            {words.dueAt ? TICKET.newDue(when(new Date(words.dueAt)))[lang] : ""}
            {kind === "answered" && names.includes(who) ? null : <span class="soft"> {who}</span>}
          </p>
          {words.text ? <p class="typed">{words.text}</p> : null}
          {words.without?.length ? (
            <p>
              {TICKET.without[lang]}
              {lang === "en" ? " " : "："}
              {words.without.join(comma)}
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  );
};

export type AnswerProps = {
  action: string;
  lang: Lang;
  /** The units that owe and that the reader may answer for. */
  units: TicketUnitView[];
  /** Behind a link nobody is signed in: who writes must say so. */
  asksBy: boolean;
  errors: readonly FieldError[];
  typed: Record<string, string>;
};

/** What was done: one form, and which unit answers where the reader sees several. */
export const AnswerForm = ({ action, lang, units, asksBy, errors, typed }: AnswerProps) => {
  const [only] = units;
  if (!only) return null;
  return (
    <section class="unprinted" aria-labelledby="answer">
      <h2 id="answer">{TICKET.answerTitle[lang]}</h2>
      <form method="post" action={action}>
        {units.length === 1 ? (
          <input type="hidden" name="unit" value={only.code} />
        ) : (
          <div class="field">
            <label for="f-unit">{TICKET.answerFor[lang]}</label>
            <select id="f-unit" name="unit">
              {units.map((one) => (
                <option value={one.code} selected={one.code === typed.unit}>
                  {unitTitle(one)}
                </option>
              ))}
            </select>
          </div>
        )}
        <AskText
          name="text"
          label={TICKET.answer[lang]}
          hint={TICKET.answerHint[lang]}
          errors={errors}
          lang={lang}
          rows={5}
          max={1900}
          value={typed.text}
        />
        {asksBy ? (
          <AskText name="by" label={TICKET.by[lang]} errors={errors} lang={lang} max={40} value={typed.by} />
        ) : null}
        <button type="submit" class="main">
          {TICKET.button[lang]}
        </button>
      </form>
    </section>
  );
};

/** Title, due time and words: what every reader of a ticket sees. */
export const TicketHead = ({ ticket, door }: { ticket: TicketView; door: TicketClock }) => {
  const { lang, zone, now } = door;
  const when = (at: Date) => dateWords(at, lang, zone, now);
  return (
    <>
      <p class="soft over">
        {TICKET.name[lang]} <span class="number">{ticket.id}</span>
      </p>
      <h1>{ticket.title}</h1>
      <p>
        {ticket.closedAt ? (
          <strong>{TICKET.closedAt(when(ticket.closedAt))[lang]}</strong>
        ) : (
          <Due at={ticket.dueAt} door={door} />
        )}
      </p>
      <Facts
        facts={[
          [TICKET.owner[lang], ticket.unitName],
          [TICKET.opened[lang], when(ticket.openedAt)],
          [TICKET.due[lang], when(ticket.dueAt)],
        ]}
      />
      <h2>{TICKET.text[lang]}</h2>
      <p class="typed">{ticket.text}</p>
    </>
  );
};

export type TicketRow = { id: string; title: string; unitCode: string; unitName: string; dueAt: Date };

/** On a unit's own page: the tickets that wait for its answer. Nothing where there is none. */
export const Tickets = ({
  door,
  tickets,
  limit,
}: {
  door: DoorView;
  tickets: TicketRow[];
  limit: number;
}) => {
  const { lang, unit } = door;
  if (tickets.length === 0) return null;
  return (
    <section aria-labelledby="tickets">
      <h2 id="tickets">
        {TICKET.board[lang]}{" "}
        <span class="count">{tickets.length >= limit ? `${limit}+` : tickets.length}</span>
      </h2>
      <ul class="board">
        {tickets.map((one) => (
          <li>
            <a href={door.href(`/ticket/${one.id}`)}>{one.id}</a>
            <span>
              {one.title}
              {one.unitCode === unit.code ? "" : ` · ${one.unitName}`}
            </span>
            <Due at={one.dueAt} door={door} />
          </li>
        ))}
      </ul>
    </section>
  );
};

export type UnitTicketProps = {
  door: DoorView;
  ticket: TicketView;
  lines: TicketLineView[];
  answer?: AnswerProps | undefined;
  beaten?: BeatenView | undefined;
  /** What the one who came second wrote, where there is no form left. */
  lost?: string | undefined;
  done?: boolean;
};

/** A ticket behind a unit's own door. */
export const UnitTicketPage = ({ door, ticket, lines, answer, beaten, lost, done }: UnitTicketProps) => {
  const { lang } = door;
  const errors = answer?.errors ?? [];
  return (
    <UnitPage
      door={door}
      title={`${TICKET.name[lang]} ${ticket.id}`}
      path={`/ticket/${ticket.id}`}
      error={errors.length > 0}
      more={{ css: ASSETS.unitCss }}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {done ? (
        <p class="note unprinted" role="status">
          {TICKET.done[lang]}
        </p>
      ) : null}
      {beaten ? <BeatenNote beaten={beaten} clock={door} typed={answer ? undefined : lost} /> : null}
      <TicketHead ticket={ticket} door={door} />
      {ticket.units.length > 0 ? (
        <Facts facts={ticket.units.map((one) => [unitTitle(one), unitState(one, ticket, door)])} />
      ) : null}
      {answer ? <AnswerForm {...answer} /> : null}
      <h2>{TICKET.history[lang]}</h2>
      <History lines={lines} clock={door} />
    </UnitPage>
  );
};
