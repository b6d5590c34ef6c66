import type { FieldError } from "../../domain/problem.ts";
import type { Lang } from "../../forms/define.ts";
import { ErrorSummary, Hidden } from "../form.tsx";
import { AskText, Facts } from "../unit-parts.tsx";
import { BeatenNote, type BeatenView } from "../unit-ticket.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { TICKETS } from "./tickets-words.ts";

/** Units to choose from: one level of the tree at a time, and those chosen before. */
export type PickerView = {
  picked: { code: string; name: string }[];
  /** Whose units below are shown. */
  looked: { code: string; name: string };
  /** The level above it, where that is in the scope. */
  up?: { code: string; name: string } | undefined;
  /** `below`: there are units below it to look at. */
  choices: { code: string; name: string; below: boolean }[];
};
export type TypedNew = {
  clientId: string;
  title: string;
  text: string;
  dueDate: string;
  dueTime: string;
};
export type AboutView = { id: string; thing: string; href: string; over: boolean; tickets: string[] };

export type NewTicketProps = {
  desk: DeskView;
  typed: TypedNew;
  picker: PickerView;
  about?: AboutView | undefined;
  errors: readonly FieldError[];
  /** The form came before with other content. */
  sentBefore?: boolean;
};

/** /desk/tickets/new: what is asked of whom, and by when. */
export const NewTicketPage = ({ desk, typed, picker, about, errors, sentBefore }: NewTicketProps) => {
  const { lang } = desk;
  const path = `/tickets/new${about ? `?about=${encodeURIComponent(about.id)}` : ""}`;
  return (
    <DeskPage
      desk={desk}
      title={TICKETS.open[lang]}
      path={path}
      room="/tickets"
      form="ticket"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {sentBefore ? (
        <p class="note alarm" role="alert">
          {TICKETS.sentBefore[lang]}
        </p>
      ) : null}
      <h1>{TICKETS.open[lang]}</h1>
      <form id="ticket" class="ticket-form" method="post" action={desk.href("/tickets/new")}>
        <Hidden
          entries={[
            ["clientId", typed.clientId],
            ["about", about?.id ?? ""],
          ]}
        />
        {about ? <About about={about} desk={desk} /> : null}
        <AskText
          name="title"
          label={TICKETS.titleLabel[lang]}
          hint={TICKETS.titleHint[lang]}
          errors={errors}
          lang={lang}
          max={80}
          value={typed.title}
        />
        <AskText
          name="text"
          label={TICKETS.text[lang]}
          errors={errors}
          lang={lang}
          rows={5}
          max={2000}
          value={typed.text}
        />
        <Picker picker={picker} lang={lang} errors={errors} hint={TICKETS.unitsHint[lang]} />
        <AskDue lang={lang} errors={errors} typed={typed} />
        <button type="submit" class="main">
          {TICKETS.send[lang]}
        </button>
      </form>
    </DeskPage>
  );
};

const About = ({ about, desk }: { about: AboutView; desk: DeskView }) => {
  const { lang } = desk;
  return (
    <>
      <Facts
        facts={[
          [
            TICKETS.about[lang],
            <>
              <a href={about.href}>{about.thing}</a>
              {about.over ? TICKETS.aboutOver[lang] : ""}
            </>,
          ],
        ]}
      />
      {about.tickets.length > 0 ? (
        <p class="note">{TICKETS.already(about.tickets.join(lang === "en" ? ", " : "、"))[lang]}</p>
      ) : null}
    </>
  );
};

/** By when answers are due. */
export const AskDue = ({
  lang,
  errors,
  typed,
}: {
  lang: Lang;
  errors: readonly FieldError[];
  typed: { dueDate?: string | undefined; dueTime?: string | undefined };
}) => (
  <>
    <AskText
      name="dueDate"
      type="date"
      label={TICKETS.dueDate[lang]}
      hint={TICKETS.dueHint[lang]}
      errors={errors}
      lang={lang}
      value={typed.dueDate}
    />
    <AskText
      name="dueTime"
      type="time"
      label={TICKETS.dueTime[lang]}
      errors={errors}
      lang={lang}
      value={typed.dueTime}
    />
  </>
);

/** A box to tick. */
export const Tick = ({
  id,
  name,
  value,
  label,
  on,
}: {
  id: string;
  name: string;
  value: string;
  label: string;
  on: boolean;
}) => (
  <div class="choice">
    <input type="checkbox" id={id} name={name} value={value} checked={on} />
    <label for={id}>{label}</label>
  </div>
);

/** Units below another are looked at by a button that posts the form: what was ticked and typed stays. */
export const Picker = ({
  picker: { picked, looked, up, choices },
  lang,
  errors,
  hint,
}: {
  picker: PickerView;
  lang: Lang;
  errors: readonly FieldError[];
  hint: string;
}) => {
  const error = errors.find(({ path }) => path === "units");
  return (
    <div class={error ? "field wrong" : "field"}>
      <fieldset id="f-units" tabindex={-1}>
        <legend>{TICKETS.units[lang]}</legend>
        <p class="hint">{hint}</p>
        {error ? <p class="error">{error.message}</p> : null}
        {picked.length > 0 ? (
          <>
            <p>
              <strong>{TICKETS.picked(picked.length)[lang]}</strong>
            </p>
            <div class="ticks">
              {picked.map(({ code, name }) => (
                <Tick id={`p-${code}`} name="units" value={code} label={name} on />
              ))}
            </div>
          </>
        ) : null}
        <p>
          <strong>{TICKETS.below(looked.name)[lang]}</strong>
        </p>
        <input type="hidden" name="_at" value={looked.code} />
        {up ? (
          <button type="submit" class="link" name="_look" value={up.code} formnovalidate>
            <span aria-hidden="true">‹ </span>
            {TICKETS.up(up.name)[lang]}
          </button>
        ) : null}
        {choices.length === 0 ? <p class="soft">{TICKETS.noBelow[lang]}</p> : null}
        <div class="ticks">
          {choices.map(({ code, name, below }) => (
            <div class="tick-row">
              <Tick id={`u-${code}`} name="units" value={code} label={name} on={false} />
              {below ? (
                <button type="submit" class="link" name="_look" value={code} formnovalidate>
                  {TICKETS.look[lang]}
                  <span class="vh"> {name}</span>
                </button>
              ) : null}
            </div>
          ))}
        </div>
      </fieldset>
    </div>
  );
};

/** /desk/tickets/<number>/circulate: further units, at the due time that stands. */
export const CirculatePage = ({
  desk,
  id,
  title,
  version,
  picker,
  errors,
  beaten,
}: {
  desk: DeskView;
  id: string;
  title: string;
  version: number;
  picker: PickerView;
  errors: readonly FieldError[];
  beaten?: BeatenView | undefined;
}) => {
  const { lang } = desk;
  return (
    <DeskPage
      desk={desk}
      title={`${TICKETS.circulate[lang]} ${id}`}
      path={`/tickets/${id}/circulate`}
      room="/tickets"
      form="circulate"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {beaten ? <BeatenNote beaten={beaten} clock={desk} /> : null}
      <p class="back">
        <a href={desk.href(`/tickets/${id}`)}>
          <span aria-hidden="true">‹ </span>
          {id}
        </a>
      </p>
      <h1>{TICKETS.circulate[lang]}</h1>
      <p>{title}</p>
      <form id="circulate" class="ticket-form" method="post" action={desk.href(`/tickets/${id}/circulate`)}>
        <Hidden entries={[["version", String(version)]]} />
        <Picker picker={picker} lang={lang} errors={errors} hint={TICKETS.circulateHint[lang]} />
        <button type="submit" class="main">
          {TICKETS.circulate[lang]}
        </button>
      </form>
    </DeskPage>
  );
};
