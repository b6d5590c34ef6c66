import type { LetterCase } from "../../domain/letter.ts";
import { LinkBox } from "../letter.tsx";
import { type AnswerView, Persons, State, type StateView } from "../letter-parts.tsx";
import { LETTER } from "../letter-words.ts";
import { dateWords } from "../moment.ts";
import { Facts } from "../unit-parts.tsx";
import { Answers } from "./letters.tsx";
import { LETTERS } from "./letters-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { ReportBody, type ReportText } from "./report-body.tsx";

export type LetterDone = keyof typeof LETTERS.done;
export type DeskLetterProps = {
  desk: DeskView;
  letter: StateView & {
    id: string;
    unitName: string;
    householdId: string;
    county: string;
    writtenAt: Date;
    of: LetterCase;
  };
  answers: AnswerView[];
  /** Where the first person's record is, if the reader may see it. */
  caseHref?: string | undefined;
  unread: boolean;
  /** Whose letter it is deals with it; others who see its case read it. */
  own: boolean;
  /** The whole letter, its link and where to mail it: only on the answer to a recorded look. */
  full?: { text: ReportText; link: string | undefined; mail?: string | undefined } | undefined;
  done?: LetterDone | undefined;
};

/** /desk/letters/<number>: how a letter stands, what came back, and, on record, the letter itself. */
export const DeskLetterPage = (props: DeskLetterProps) => {
  const { desk, letter, answers, caseHref, unread, own, full, done } = props;
  const { lang, zone, now } = desk;
  const path = `/letters/${letter.id}`;
  const may = desk.may("issue");
  return (
    <DeskPage desk={desk} title={LETTER.title(letter.id)[lang]} path={path} room="/letters" script>
      {done ? (
        <p class="note unprinted" role="status">
          {LETTERS.done[done][lang]}
        </p>
      ) : null}
      <div class={full ? "unprinted" : undefined}>
        <p class="back unprinted">
          <a href={desk.href("/letters")}>
            <span aria-hidden="true">‹ </span>
            {LETTERS.title[lang]}
          </a>
        </p>
        <h1>
          {LETTER.name[lang]} <span class="number">{letter.id}</span>
        </h1>
        <Facts
          facts={[
            [LETTER.state[lang], <State of={letter} clock={desk} />],
            [LETTER.to[lang], letter.county],
            [LETTER.from[lang], letter.unitName],
            [
              LETTERS.caseOf[lang],
              caseHref ? <a href={caseHref}>{letter.householdId}</a> : letter.householdId,
            ],
            [LETTER.persons[lang], <Persons of={letter.of} clock={desk} masked />],
            [LETTER.written[lang], dateWords(letter.writtenAt, lang, zone, now)],
            [LETTER.due[lang], dateWords(letter.dueAt, lang, zone, now)],
          ]}
        />
        {unread && own && desk.may("settle") ? (
          <form class="unprinted" method="post" action={desk.href(`${path}/read`)}>
            <p>
              <strong>{LETTERS.readHint[lang]}</strong>
            </p>
            <button type="submit" class="main">
              {LETTERS.read[lang]}
            </button>
          </form>
        ) : null}
        <Answers desk={desk} title={LETTER.answers[lang]} answers={answers} />
      </div>
      {full ? <Full {...props} full={full} /> : null}
      {may && !full ? (
        <form class="unprinted" method="post" action={desk.href(`${path}/open`)}>
          <p class="hint">{LETTERS.openHint[lang]}</p>
          <button type="submit" class={done === "write" ? "main" : "second"}>
            {(own ? LETTERS.open : LETTERS.full)[lang]}
          </button>
        </form>
      ) : null}
      {may && own && !letter.withdrawnAt ? (
        <details class="unprinted">
          <summary>{LETTERS.acts[lang]}</summary>
          <form method="post" action={desk.href(`${path}/renew`)}>
            <button type="submit" class="second">
              {LETTERS.renew[lang]}
            </button>
          </form>
          <form method="post" action={desk.href(`${path}/withdraw`)}>
            <p class="hint">{LETTERS.withdrawHint[lang]}</p>
            <button type="submit" class="second">
              {LETTERS.withdraw[lang]}
            </button>
          </form>
        </details>
      ) : null}
    </DeskPage>
  );
};

const Full = ({
  desk,
  letter,
  full: { text, link, mail },
}: DeskLetterProps & { full: NonNullable<DeskLetterProps["full"]> }) => {
  const { lang } = desk;
  const script = lang === "zh-Hant" ? "zh-Hant" : "zh-Hans";
  return (
    <section id="full">
      <h2 class="unprinted">{LETTERS.full[lang]}</h2>
      <ReportBody report={text} lang={script} />
      <div class="unprinted">
        <textarea
          id="letter-text"
          class="vh"
          lang={script}
          aria-label={LETTERS.full[lang]}
          rows={4}
          readonly
          tabindex={-1}
        >
          {text.text}
        </textarea>
        <p class="ways">
          <button
            type="button"
            class="second js-only"
            data-copy="letter-text"
            data-done={LETTERS.copied[lang]}
          >
            {LETTERS.copy[lang]}
          </button>
          <button type="button" class="second js-only" data-print="1">
            {LETTERS.print[lang]}
          </button>
        </p>
        <form method="post" action={desk.href(`/letters/${letter.id}/docx`)}>
          <button type="submit" class="second">
            {LETTERS.docx[lang]}
          </button>
        </form>
        {letter.withdrawnAt || !link ? null : <LinkBox link={link} lang={lang} />}
        {mail && !letter.withdrawnAt ? (
          <p>
            <a href={mail}>{LETTERS.mail[lang]}</a>
          </p>
        ) : null}
      </div>
    </section>
  );
};
