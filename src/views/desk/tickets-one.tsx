import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary } from "../form.tsx";
import { Facts } from "../unit-parts.tsx";
import {
  BeatenNote,
  type BeatenView,
  History,
  TicketHead,
  type TicketLineView,
  type TicketUnitView,
  type TicketView,
  unitState,
  unitTitle,
} from "../unit-ticket.tsx";
import { TICKET } from "../unit-ticket-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { Acts, Answer } from "./tickets-acts.tsx";
import { TICKETS } from "./tickets-words.ts";

export type DeskActName = keyof typeof TICKETS.done;
export type TicketPageProps = {
  desk: DeskView;
  ticket: TicketView & { version: number };
  lines: TicketLineView[];
  /** There is more before what is shown, and this page is not the newest. */
  earlier?: string | undefined;
  continued: boolean;
  /** What it is about, in words that name nobody. */
  about?: { words: string; href: string } | undefined;
  /** The units that the reader may answer for and that owe. */
  owing: TicketUnitView[];
  /** Whether the reader may act on the whole of it. */
  acts: boolean;
  /** The act that was sent, with what is to be mended, or who was first. */
  act?: DeskActName | undefined;
  errors: readonly FieldError[];
  typed: Record<string, string>;
  /** What a form proposes as a due time. */
  proposed: { dueDate: string; dueTime: string };
  /** Ticked, of a reopening. */
  again?: string[] | undefined;
  beaten?: BeatenView | undefined;
  done?: DeskActName | undefined;
};

/** /desk/tickets/<number>: what is asked, how each unit stands, what happened, and what there is to do. Prints as a 督办单. */
export const TicketPage = (props: TicketPageProps) => {
  const { desk, ticket, lines, about, errors, beaten, done } = props;
  const { lang } = desk;
  const here = desk.href(`/tickets/${ticket.id}`);
  return (
    <DeskPage
      desk={desk}
      title={`${TICKET.name[lang]} ${ticket.id}`}
      path={`/tickets/${ticket.id}`}
      room="/tickets"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {done ? (
        <p class="note unprinted" role="status">
          {TICKETS.done[done][lang]}
        </p>
      ) : null}
      {beaten ? <BeatenNote beaten={beaten} clock={desk} typed={lostOf(props)} /> : null}
      <article class="ticket">
        <p class="paper-title">{TICKETS.paper[lang]}</p>
        <TicketHead ticket={ticket} door={desk} />
        {about ? <Facts facts={[[TICKETS.about[lang], <a href={about.href}>{about.words}</a>]]} /> : null}
        <h2>{TICKET.units[lang]}</h2>
        <Facts facts={ticket.units.map((one) => [unitTitle(one), unitState(one, ticket, desk)])} />
        {desk.may("settle") && !props.acts ? (
          <div class="ticket-form">
            <Answer {...props} />
          </div>
        ) : null}
        {props.acts ? <Acts {...props} /> : null}
        <h2>{TICKET.history[lang]}</h2>
        {props.earlier ? (
          <p class="unprinted">
            <a class="link" href={`${here}&before=${props.earlier}`}>
              {TICKET.earlier[lang]}
            </a>
          </p>
        ) : null}
        <History lines={lines} clock={desk} />
        {props.continued ? (
          <p class="unprinted">
            <a class="link" href={here}>
              {TICKET.newest[lang]}
            </a>
          </p>
        ) : null}
        <dl class="signatures">
          <div>
            <dt>{TICKETS.signed[lang]}</dt>
          </div>
          <div>
            <dt>{TICKETS.signedBy[lang]}</dt>
          </div>
        </dl>
      </article>
      <p class="soft unprinted">{TICKETS.paperHint[lang]}</p>
    </DeskPage>
  );
};

/** Which field holds an act's words. */
export const WORDS_OF: Record<DeskActName, string> = {
  ...{ open: "text", answer: "text", close: "closeText", reopen: "reopenText", due: "dueText" },
  ...{ circulate: "", remove: "offText" },
};

/** What the one who came second wrote, where the page has no form for it any more. */
function lostOf({ act, typed, ticket, owing }: TicketPageProps): string | undefined {
  if (!act) return undefined;
  const stands = act === "answer" ? owing.length > 0 : (act === "reopen") === (ticket.closedAt !== null);
  return stands ? undefined : typed[WORDS_OF[act]];
}
