import { Due } from "../unit-parts.tsx";
import { TICKET } from "../unit-ticket-words.ts";
import { momentWords } from "../unit-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { TICKETS } from "./tickets-words.ts";

type ViewName = keyof typeof TICKETS.views;
/** A line of a list; db/ticket-list.ts makes it. */
export type TicketItemView = {
  id: string;
  title: string;
  unitName: string;
  dueAt: Date;
  closedAt: Date | null;
  answeredAt: Date | null;
};

export type TicketsPageProps = {
  desk: DeskView;
  view: ViewName;
  items: TicketItemView[];
  /** Where the next page begins. */
  next?: string | undefined;
  /** This is not the first page. */
  continued: boolean;
};

/** /desk/tickets: what waits for an answer, what this unit opened or was sent, and what is closed. */
export const TicketsPage = ({ desk, view, items, next, continued }: TicketsPageProps) => {
  const { lang } = desk;
  const at = (one: ViewName, after?: string) =>
    desk.href(`/tickets?view=${one}${after ? `&after=${after}` : ""}`);
  return (
    <DeskPage desk={desk} title={TICKETS.title[lang]} path={`/tickets?view=${view}`} room="/tickets">
      <h1>{TICKETS.title[lang]}</h1>
      {desk.may("supervise") ? (
        <p class="unprinted">
          <a class="second narrow" href={desk.href("/tickets/new")}>
            {TICKETS.open[lang]}
          </a>
        </p>
      ) : null}
      <nav class="rooms tabs" aria-label={TICKETS.state[lang]}>
        {(Object.keys(TICKETS.views) as ViewName[]).map((one) => (
          <a href={at(one)} aria-current={one === view ? "page" : undefined}>
            {TICKETS.views[one][lang]}
          </a>
        ))}
      </nav>
      {items.length === 0 ? (
        <p class="soft">{TICKETS.none[view][lang]}</p>
      ) : (
        <table class="board">
          <thead>
            <tr>
              <th scope="col">{TICKETS.number[lang]}</th>
              <th scope="col">{TICKETS.what[lang]}</th>
              <th scope="col">{(view === "received" ? TICKET.owner : TICKETS.unit)[lang]}</th>
              <th scope="col">{TICKETS.state[lang]}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr>
                <th scope="row">
                  <a class="tap number" href={desk.href(`/tickets/${one.id}`)}>
                    {one.id}
                  </a>
                </th>
                <td>{one.title}</td>
                <td>{one.unitName}</td>
                <td>
                  <State item={one} desk={desk} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="unprinted">
        {next ? (
          <a class="link" href={at(view, next)}>
            {TICKETS.more[lang]}
          </a>
        ) : null}{" "}
        {continued ? (
          <a class="link" href={at(view)}>
            {TICKETS.start[lang]}
          </a>
        ) : null}
      </p>
    </DeskPage>
  );
};

const State = ({ item: { closedAt, answeredAt, dueAt }, desk }: { item: TicketItemView; desk: DeskView }) => {
  const { lang, zone, today } = desk;
  if (closedAt) return <>{TICKET.closedAt(momentWords(closedAt, zone, lang, today))[lang]}</>;
  if (answeredAt)
    return (
      <>
        {TICKET.answered[lang]} {momentWords(answeredAt, zone, lang, today)}
      </>
    );
  return <Due at={dueAt} door={desk} />;
};
