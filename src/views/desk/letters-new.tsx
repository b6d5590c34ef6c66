import { LETTER_ITEMS } from "../../domain/letter.ts";
import { maskName } from "../../domain/mask.ts";
import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary, Hidden } from "../form.tsx";
import { LETTER } from "../letter-words.ts";
import { AskText } from "../unit-parts.tsx";
import { LETTERS } from "./letters-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { ReportBody, type ReportText } from "./report-body.tsx";
import { Tick } from "./tickets-new.tsx";

export type NewLetterProps = {
  desk: DeskView;
  /** The person whose page it was begun on. */
  id: string;
  people: { id: string; name: string }[];
  typed: Record<
    "clientId" | "county" | "address" | "email" | "whereabouts" | "why" | "dueDate" | "dueTime",
    string
  > & { persons: string[]; items: string[] };
  errors: readonly FieldError[];
  /** The letter as it would be written: only on the answer to a recorded look. */
  preview?: ReportText | undefined;
  sentBefore?: boolean | undefined;
};

/** /desk/letters/new/<person>: to whom, about whom, what is passed on; looked at before it is written. */
export const NewLetterPage = (props: NewLetterProps) => {
  const { desk, id, errors, preview, sentBefore } = props;
  const { lang } = desk;
  const path = `/letters/new/${id}`;
  return (
    <DeskPage
      desk={desk}
      title={LETTERS.write[lang]}
      path={path}
      room="/letters"
      form="letter"
      go="check"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {sentBefore ? (
        <p class="note alarm" role="alert">
          {LETTERS.sentBefore[lang]}
        </p>
      ) : null}
      <p class="back">
        <a href={desk.href(`/people/${id}`)}>
          <span aria-hidden="true">‹ </span>
          {id}
        </a>
      </p>
      <h1>{LETTERS.write[lang]}</h1>
      {preview ? <Preview {...props} preview={preview} action={desk.href(path)} /> : null}
      {preview ? null : <LetterForm {...props} action={desk.href(path)} />}
    </DeskPage>
  );
};

/** What would be written, with everything typed carried along. */
const Preview = ({
  desk,
  typed,
  preview,
  action,
}: NewLetterProps & { preview: ReportText; action: string }) => {
  const { lang } = desk;
  const { persons, items, ...plain } = typed;
  return (
    <form id="letter" method="post" action={action}>
      <Hidden
        entries={[
          ...(Object.entries(plain) as [string, string][]),
          ...persons.map((one): [string, string] => ["persons", one]),
          ...items.map((one): [string, string] => ["items", one]),
        ]}
      />
      <h2>{LETTERS.preview[lang]}</h2>
      <ReportBody report={preview} lang={lang === "zh-Hant" ? "zh-Hant" : "zh-Hans"} />
      <button type="submit" class="main" name="_go" value="send">
        {LETTERS.send[lang]}
      </button>
      <button type="submit" class="second" name="_go" value="change">
        {LETTERS.change[lang]}
      </button>
    </form>
  );
};

const LetterForm = ({ desk, people, typed, errors, action }: NewLetterProps & { action: string }) => {
  const { lang } = desk;
  const wrong = errors.find(({ path }) => path === "persons");
  const ask = (name: "county" | "address" | "whereabouts", max: number, hint?: string) => (
    <AskText
      name={name}
      label={LETTERS[name][lang]}
      {...(hint ? { hint } : {})}
      errors={errors}
      lang={lang}
      max={max}
      value={typed[name]}
    />
  );
  return (
    <form id="letter" class="ticket-form" method="post" action={action}>
      <Hidden entries={[["clientId", typed.clientId]]} />
      <div class={wrong ? "field wrong" : "field"}>
        <fieldset id="f-persons" tabindex={-1}>
          <legend>{LETTERS.persons[lang]}</legend>
          {wrong ? <p class="error">{wrong.message}</p> : null}
          <div class="ticks">
            {people.map((one) => (
              <Tick
                id={`p-${one.id}`}
                name="persons"
                value={one.id}
                label={`${maskName(one.name)} ${one.id}`}
                on={typed.persons.includes(one.id)}
              />
            ))}
          </div>
        </fieldset>
      </div>
      {ask("county", 60, LETTERS.countyHint[lang])}
      {ask("address", 120)}
      <AskText
        name="email"
        type="email"
        label={LETTERS.email[lang]}
        hint={LETTERS.emailHint[lang]}
        errors={errors}
        lang={lang}
        max={120}
        value={typed.email}
      />
      <div class="field">
        <fieldset>
          <legend>{LETTERS.items[lang]}</legend>
          <p class="hint">{LETTERS.itemsHint[lang]}</p>
          <div class="ticks">
            {LETTER_ITEMS.map((item) => (
              <Tick
                id={`i-${item}`}
                name="items"
                value={item}
                label={LETTER.items[item][lang]}
                on={typed.items.includes(item)}
              />
            ))}
          </div>
        </fieldset>
      </div>
      {ask("whereabouts", 200)}
      <AskText
        name="why"
        label={LETTERS.why[lang]}
        errors={errors}
        lang={lang}
        rows={4}
        max={1000}
        value={typed.why}
      />
      <AskText
        name="dueDate"
        type="date"
        label={LETTERS.dueDate[lang]}
        hint={LETTERS.dueHint[lang]}
        errors={errors}
        lang={lang}
        value={typed.dueDate}
      />
      <AskText
        name="dueTime"
        type="time"
        label={LETTERS.dueTime[lang]}
        errors={errors}
        lang={lang}
        value={typed.dueTime}
      />
      <button type="submit" class="main" name="_go" value="check">
        {LETTERS.check[lang]}
      </button>
    </form>
  );
};
