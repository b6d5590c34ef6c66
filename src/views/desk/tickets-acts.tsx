import type { Child } from "hono/jsx";
import { Hidden } from "../form.tsx";
import { AskText } from "../unit-parts.tsx";
import { AnswerForm, unitTitle } from "../unit-ticket.tsx";
import { AskDue, Tick } from "./tickets-new.tsx";
import type { DeskActName, TicketPageProps } from "./tickets-one.tsx";
import { TICKETS } from "./tickets-words.ts";

/** What a superior does to a ticket: close it with evidence, change its time, take a unit off, open it again. */
export const Acts = (props: TicketPageProps) => (
  <section class="unprinted ticket-form" aria-labelledby="acts">
    <h2 id="acts">{TICKETS.acts[props.desk.lang]}</h2>
    {props.ticket.closedAt ? (
      <Reopen {...props} />
    ) : (
      <>
        <Close {...props} />
        <ChangeDue {...props} />
        <Remove {...props} />
        <AnswerFor {...props} />
        <p class="entry">
          <a class="link" href={props.desk.href(`/tickets/${props.ticket.id}/circulate`)}>
            {TICKETS.circulate[props.desk.lang]}
          </a>
        </p>
      </>
    )}
  </section>
);

/** Not one's own to give, as a rule: closed until it is asked for. */
const AnswerFor = (props: TicketPageProps) =>
  props.owing.length > 0 && props.desk.may("settle") ? (
    <details class="entry" open={props.act === "answer"}>
      <summary>{TICKETS.answerFor[props.desk.lang]}</summary>
      <Answer {...props} />
    </details>
  ) : null;

/** One act: its name opens its form. */
const Act = ({
  page: { desk, ticket, act },
  name,
  title,
  open,
  children,
}: {
  page: TicketPageProps;
  name: DeskActName;
  title: string;
  open?: boolean;
  children?: Child;
}) => (
  <details class="entry" open={open || act === name}>
    <summary>{title}</summary>
    <form method="post" action={desk.href(`/tickets/${ticket.id}/${name}`)}>
      <Hidden entries={[["version", String(ticket.version)]]} />
      {children}
      <button type="submit" class="main">
        {title}
      </button>
    </form>
  </details>
);

/** What belongs to one act's form: errors and values of another's stay out of it. */
const partOf = ({ act, errors, typed }: TicketPageProps, name: DeskActName) =>
  act === name ? { errors, typed } : { errors: [], typed: {} as Record<string, string> };

const Close = (page: TicketPageProps) => {
  const { desk, ticket } = page;
  const { lang } = desk;
  const { errors, typed } = partOf(page, "close");
  const without = ticket.units.filter((one) => !one.answeredAt && !one.removedAt);
  const error = errors.find(({ path }) => path === "although");
  const names = without.map(({ name }) => name).join(lang === "en" ? ", " : "、");
  return (
    <Act page={page} name="close" title={TICKETS.close[lang]} open={without.length === 0}>
      <AskText
        name="closeText"
        label={TICKETS.closeText[lang]}
        hint={TICKETS.closeHint[lang]}
        errors={errors}
        lang={lang}
        rows={4}
        max={2000}
        value={typed.closeText}
      />
      {without.length > 0 ? (
        <div class={error ? "field wrong" : "field"}>
          {error ? <p class="error">{error.message}</p> : null}
          <Tick
            id="f-although"
            name="although"
            value="yes"
            label={TICKETS.although(names)[lang]}
            on={typed.although === "yes"}
          />
        </div>
      ) : null}
    </Act>
  );
};

const ChangeDue = (page: TicketPageProps) => {
  const { lang } = page.desk;
  const { errors, typed } = partOf(page, "due");
  return (
    <Act page={page} name="due" title={TICKETS.due[lang]}>
      <AskDue lang={lang} errors={errors} typed={{ ...page.proposed, ...typed }} />
      <AskText
        name="dueText"
        label={TICKETS.dueText[lang]}
        errors={errors}
        lang={lang}
        rows={2}
        max={2000}
        value={typed.dueText}
      />
    </Act>
  );
};

const Remove = (page: TicketPageProps) => {
  const { desk, ticket } = page;
  const { lang } = desk;
  const { errors, typed } = partOf(page, "remove");
  const standing = ticket.units.filter(({ removedAt }) => !removedAt);
  if (standing.length < 2) return null;
  return (
    <Act page={page} name="remove" title={TICKETS.remove[lang]}>
      <div class="field">
        <label for="f-off">{TICKETS.removeUnit[lang]}</label>
        <select id="f-off" name="off">
          {standing.map((one) => (
            <option value={one.code} selected={one.code === typed.off}>
              {unitTitle(one)}
            </option>
          ))}
        </select>
      </div>
      <AskText
        name="offText"
        label={TICKETS.removeText[lang]}
        errors={errors}
        lang={lang}
        rows={2}
        max={2000}
        value={typed.offText}
      />
    </Act>
  );
};

const Reopen = (page: TicketPageProps) => {
  const { desk, ticket, again } = page;
  const { lang } = desk;
  const { errors, typed } = partOf(page, "reopen");
  const standing = ticket.units.filter(({ removedAt }) => !removedAt);
  const answered = standing.filter(({ answeredAt }) => answeredAt);
  const others = standing.filter(({ answeredAt }) => !answeredAt).map(({ name }) => name);
  const error = errors.find(({ path }) => path === "units");
  return (
    <Act page={page} name="reopen" title={TICKETS.reopen[lang]}>
      <AskText
        name="reopenText"
        label={TICKETS.reopenText[lang]}
        errors={errors}
        lang={lang}
        rows={3}
        max={2000}
        value={typed.reopenText}
      />
      {answered.length > 0 ? (
        <div class={error ? "field wrong" : "field"}>
          <fieldset id="f-units" tabindex={-1}>
            <legend>{TICKETS.again[lang]}</legend>
            {error ? <p class="error">{error.message}</p> : null}
            <div class="ticks">
              {answered.map((one) => (
                <Tick
                  id={`a-${one.code}`}
                  name="units"
                  value={one.code}
                  label={unitTitle(one)}
                  on={again ? again.includes(one.code) : true}
                />
              ))}
            </div>
          </fieldset>
        </div>
      ) : null}
      {others.length > 0 ? (
        <p class="hint">{TICKETS.againHint(others.join(lang === "en" ? ", " : "、"))[lang]}</p>
      ) : null}
      <AskDue lang={lang} errors={errors} typed={{ ...page.proposed, ...typed }} />
    </Act>
  );
};

/** The answer of a unit; whoever opened the ticket may enter it too, where it came by phone. */
export const Answer = ({ desk, ticket, owing, act, errors, typed }: TicketPageProps) => (
  <AnswerForm
    action={desk.href(`/tickets/${ticket.id}/answer`)}
    lang={desk.lang}
    units={owing}
    asksBy={false}
    errors={act === "answer" ? errors : []}
    typed={act === "answer" ? typed : {}}
  />
);
