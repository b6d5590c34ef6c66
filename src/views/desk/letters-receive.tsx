import { registration } from "../../../forms/registration.ts";
import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary, FormFields, FormShell, Hidden } from "../form.tsx";
import { AnswerForm } from "../letter.tsx";
import { type AnswerView, State } from "../letter-parts.tsx";
import { LETTER } from "../letter-words.ts";
import { dateWords } from "../moment.ts";
import { AskText, Facts } from "../unit-parts.tsx";
import { Answers } from "./letters.tsx";
import type { LetterDone } from "./letters-one.tsx";
import { LETTERS } from "./letters-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** /desk/letters/receive: the link of a letter that another county's service holds. */
export const ReceivePage = ({
  desk,
  link,
  errors,
  known,
}: {
  desk: DeskView;
  link: string;
  errors: readonly FieldError[];
  /** The case that this letter became, when it was taken over before. */
  known?: string | undefined;
}) => {
  const { lang } = desk;
  return (
    <DeskPage
      desk={desk}
      title={LETTERS.receive[lang]}
      path="/letters/receive"
      room="/letters"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{LETTERS.receive[lang]}</h1>
      {known ? (
        <p>
          <a href={desk.href(`/letters/received/${known}`)}>{known}</a>
        </p>
      ) : null}
      <form class="ticket-form" method="post" action={desk.href("/letters/receive")}>
        <AskText
          name="link"
          label={LETTERS.paste[lang]}
          hint={LETTERS.pasteHint[lang]}
          errors={errors}
          lang={lang}
          max={500}
          value={link}
        />
        <button type="submit" class="main">
          {LETTERS.fetch[lang]}
        </button>
      </form>
    </DeskPage>
  );
};

/** What was fetched, as the case it would become: shown before anything is stored. */
export const AcceptPage = ({
  desk,
  link,
  signed,
  letter,
  input,
  units,
  errors,
}: {
  desk: DeskView;
  link: string;
  /** The package as it came; it is judged again when it is accepted. */
  signed: string;
  letter: { number: string; from: string; why: string; dueAt: Date };
  input: unknown;
  units: { code: string; name: string }[];
  errors: readonly FieldError[];
}) => {
  const { lang, zone, now } = desk;
  return (
    <DeskPage
      desk={desk}
      title={LETTERS.check2[lang]}
      path="/letters/receive"
      room="/letters"
      error={errors.length > 0}
      script
    >
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{LETTERS.check2[lang]}</h1>
      <p class="note">{LETTERS.verified[lang]}</p>
      <Facts
        facts={[
          [LETTER.from[lang], letter.from],
          [LETTERS.their[lang], letter.number],
          [LETTER.due[lang], dateWords(letter.dueAt, lang, zone, now)],
          [LETTERS.asked[lang], letter.why],
        ]}
      />
      <p>{LETTERS.fill[lang]}</p>
      <div class="ticket-form">
        <FormShell lang={lang} action={desk.href("/letters/receive")} now={now} zone={zone}>
          <Hidden
            entries={[
              ["link", link],
              ["package", signed],
              ["filledBy", "unit"],
              ["source", "letter"],
            ]}
          />
          {registration.groups.map((group) => (
            <FormFields
              form={registration}
              group={group}
              values={input}
              errors={errors}
              lang={lang}
              hidden={["filledBy", "source"]}
              units={units}
            />
          ))}
          <button type="submit" class="main" name="_go" value="accept">
            {LETTERS.accept[lang]}
          </button>
        </FormShell>
      </div>
    </DeskPage>
  );
};

/** /desk/letters/received/<case>: a letter that was taken over, and what is answered to it. */
export const ReceivedPage = ({
  desk,
  letter,
  answers,
  caseHref,
  errors,
  typed,
  done,
}: {
  desk: DeskView;
  letter: {
    householdId: string;
    number: string;
    from: string;
    why: string;
    dueAt: Date;
    answeredAt: Date | null;
  };
  answers: AnswerView[];
  caseHref: string;
  errors: readonly FieldError[];
  typed: { clientId: string; kind?: string; by?: string; text?: string };
  done?: LetterDone | undefined;
}) => {
  const { lang, zone, now } = desk;
  const path = `/letters/received/${letter.householdId}`;
  const left = answers.filter(({ postedAt }) => !postedAt).length;
  return (
    <DeskPage
      desk={desk}
      title={LETTER.title(letter.number)[lang]}
      path={path}
      room="/letters"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {done ? (
        <p class="note" role="status">
          {LETTERS.done[done][lang]}
        </p>
      ) : null}
      <h1>
        {LETTER.name[lang]} <span class="number">{letter.number}</span>
      </h1>
      <Facts
        facts={[
          [
            LETTER.state[lang],
            <State of={{ ...letter, receivedAt: null, withdrawnAt: null }} clock={desk} />,
          ],
          [LETTER.from[lang], letter.from],
          [LETTERS.caseOf[lang], <a href={caseHref}>{letter.householdId}</a>],
          [LETTER.due[lang], dateWords(letter.dueAt, lang, zone, now)],
          [LETTERS.asked[lang], desk.may("reveal") ? letter.why : undefined],
        ]}
      />
      <Answers desk={desk} title={LETTERS.given[lang]} answers={answers} />
      {left > 0 ? (
        <form method="post" action={desk.href(`${path}/post`)}>
          <p>
            <strong class="alarm">{LETTERS.notPosted(left)[lang]}</strong>
          </p>
          {desk.may("settle") ? (
            <button type="submit" class="second">
              {LETTERS.post[lang]}
            </button>
          ) : null}
        </form>
      ) : null}
      {desk.may("settle") ? (
        <div class="ticket-form">
          <h2>{LETTER.answer[lang]}</h2>
          <AnswerForm action={desk.href(path)} lang={lang} errors={errors} typed={typed} />
        </div>
      ) : null}
    </DeskPage>
  );
};
