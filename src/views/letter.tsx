import type { LetterCase } from "../domain/letter.ts";
import type { FieldError } from "../domain/problem.ts";
import { ErrorSummary, Hidden } from "./form.tsx";
import { type Frame, Page, withLang } from "./layout.tsx";
import {
  AnswerList,
  type AnswerView,
  type LetterClock,
  Persons,
  State,
  type StateView,
} from "./letter-parts.tsx";
import { LETTER } from "./letter-words.ts";
import { dateWords } from "./moment.ts";
import { AskChoice, AskText, Facts } from "./unit-parts.tsx";

export type LetterPageProps = {
  frame: Frame;
  today: string;
  token: string;
  letter: StateView & { id: string; from: string; to: string; writtenAt: Date; persons: number };
  /** Whole address of this page, to be copied. */
  link: string;
  answers: AnswerView[];
  /** Why, and about whom: only on the answer to a recorded look. */
  shown?: { why: string; of: LetterCase } | undefined;
  errors?: readonly FieldError[];
  typed: { clientId: string; kind?: string; by?: string; text?: string };
  done?: boolean;
};

/** /l/<token>: a letter as another county reads and answers it. Names nobody until a button is pressed. */
export const LetterPage = (props: LetterPageProps) => {
  const { frame, token, letter, shown, errors = [], typed, done } = props;
  const { lang, zone, now } = frame;
  const clock: LetterClock = { lang, now, zone, today: props.today };
  const here = (path = "") => withLang(`/l/${token}${path}`, lang);
  return (
    <Page
      lang={lang}
      title={LETTER.title(letter.id)[lang]}
      county={frame.county}
      hotline={frame.hotline}
      path={`/l/${token}`}
      error={errors.length > 0}
      script
    >
      <ErrorSummary errors={errors} lang={lang} />
      {done ? (
        <p class="note" role="status">
          {LETTER.sent[lang]}
        </p>
      ) : null}
      <h1>
        {LETTER.name[lang]} <span class="number">{letter.id}</span>
      </h1>
      <p>{LETTER.lead[lang]}</p>
      <Facts
        facts={[
          [LETTER.from[lang], letter.from],
          [LETTER.to[lang], letter.to],
          [LETTER.persons[lang], LETTER.count(letter.persons)[lang]],
          [LETTER.written[lang], dateWords(letter.writtenAt, lang, zone, now)],
          [LETTER.due[lang], dateWords(letter.dueAt, lang, zone, now)],
          [LETTER.state[lang], <State of={letter} clock={clock} />],
        ]}
      />
      {shown ? (
        <section id="persons">
          <h2>{LETTER.persons[lang]}</h2>
          <p class="note">{LETTER.shown[lang]}</p>
          <Persons of={shown.of} clock={clock} />
          <h3>{LETTER.why[lang]}</h3>
          <p class="typed">{shown.why}</p>
        </section>
      ) : (
        <form method="post" action={here("/show")}>
          <p class="hint">{LETTER.hidden[lang]}</p>
          <button type="submit" class="second">
            {LETTER.show[lang]}
          </button>
        </form>
      )}
      <h2 id="answer">{LETTER.answer[lang]}</h2>
      <p class="hint">{LETTER.answerHint[lang]}</p>
      <AnswerForm action={here("/answer")} lang={lang} errors={errors} typed={typed} />
      <h2>{LETTER.answers[lang]}</h2>
      <AnswerList answers={props.answers} clock={clock} words={false} />
      <h2>{LETTER.system[lang]}</h2>
      <p>{LETTER.systemHelp[lang]}</p>
      <LinkBox link={props.link} lang={lang} />
    </Page>
  );
};

/** What is answered, by whom and in words: here, and at the desk of a county that took the letter over. */
export const AnswerForm = ({
  action,
  lang,
  errors,
  typed,
}: {
  action: string;
  lang: Frame["lang"];
  errors: readonly FieldError[];
  typed: LetterPageProps["typed"];
}) => (
  <form method="post" action={action}>
    <Hidden entries={[["clientId", typed.clientId]]} />
    <AskChoice
      name="kind"
      label={LETTER.kind[lang]}
      errors={errors}
      lang={lang}
      choices={LETTER.kinds}
      value={typed.kind}
    />
    <AskText
      name="by"
      label={LETTER.by[lang]}
      hint={LETTER.byHint[lang]}
      errors={errors}
      lang={lang}
      max={60}
      value={typed.by ?? ""}
    />
    <AskText
      name="text"
      label={LETTER.text[lang]}
      errors={errors}
      lang={lang}
      rows={4}
      max={1000}
      value={typed.text ?? ""}
    />
    <button type="submit" class="main">
      {LETTER.send[lang]}
    </button>
  </form>
);

/** The link itself, with a button to copy it. */
export const LinkBox = ({ link, lang }: { link: string; lang: Frame["lang"] }) => (
  <section class="copy">
    <div class="field">
      <label for="letter-link">{LETTER.link[lang]}</label>
      <p class="hint">{LETTER.keep[lang]}</p>
      <textarea id="letter-link" rows={2} readonly>
        {link}
      </textarea>
    </div>
    <p class="ways">
      <button type="button" class="second js-only" data-copy="letter-link" data-done={LETTER.copied[lang]}>
        {LETTER.copyLink[lang]}
      </button>
    </p>
  </section>
);
