import type { RowEnd } from "../domain/batch.ts";
import { maskDocument, maskName, maskPhone } from "../domain/mask.ts";
import type { FieldError } from "../domain/problem.ts";
import type { Lang } from "../forms/define.ts";
import { ErrorSummary } from "./form.tsx";
import { LISTED } from "./unit-listed-words.ts";
import { AskChoice, AskText, type DoorView, Due, Facts, UnitPage } from "./unit-parts.tsx";
import { momentWords } from "./unit-words.ts";

/** Somebody on a list, as the list says it; masked here unless it was asked for on record. */
export type ListedView = {
  batchId: string;
  row: number;
  source: string;
  unitName: string;
  dueAt: Date;
  person: {
    name: string;
    document?: { number?: string };
    phone?: string;
    town: string;
    village: string;
    address: string;
    note: string;
  };
};

/** Whom this unit, and those below it, are still to find. */
export const ListedListPage = ({
  door,
  list,
  limit,
}: {
  door: DoorView;
  list: readonly ListedView[];
  limit: number;
}) => {
  const { lang, unit } = door;
  return (
    <UnitPage door={door} title={LISTED.title[lang]} path="/listed">
      <h1>
        {LISTED.title[lang]}{" "}
        {list.length > 0 ? (
          <span class="count">{list.length >= limit ? `${limit}+` : list.length}</span>
        ) : null}
      </h1>
      <p>{LISTED.lead[lang]}</p>
      {list.length === 0 ? (
        <p class="soft">{LISTED.none[lang]}</p>
      ) : (
        <ul class="board">
          {list.map((one) => (
            <li>
              <a href={door.href(`/listed/${one.batchId}/${one.row}`)}>
                {LISTED.row(one.batchId, one.row)[lang]}
              </a>
              <span>
                {maskName(one.person.name)}
                {one.person.phone ? ` ${maskPhone(one.person.phone)}` : ""}
                {one.unitName === unit.name ? "" : ` · ${one.unitName}`}
              </span>
              <Due at={one.dueAt} door={door} />
            </li>
          ))}
        </ul>
      )}
    </UnitPage>
  );
};

export type ListedPageProps = {
  door: DoorView;
  one: ListedView & { outcome: RowEnd | null; outcomeAt: Date | null; personId: string | null };
  /** The words of the answer, and that no person gave it. */
  answer?: { words?: string | undefined; byItself: boolean } | undefined;
  /** Set only on the answer to a recorded look. */
  shown?: boolean;
  register: string;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
  beaten?: string | undefined;
};

/** One of them: what the list says, and what was found. */
export const ListedPage = (props: ListedPageProps) => {
  const { door, one, answer, errors = [], beaten } = props;
  const { lang, zone, today } = door;
  const path = `/listed/${one.batchId}/${one.row}`;
  return (
    <UnitPage
      door={door}
      title={LISTED.row(one.batchId, one.row)[lang]}
      path={path}
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {beaten ? (
        <div class="note alarm" role="alert">
          <p>
            <strong>{LISTED.beaten(beaten)[lang]}</strong>
          </p>
        </div>
      ) : null}
      <h1>{LISTED.row(one.batchId, one.row)[lang]}</h1>
      <p class="soft">{LISTED.sources[one.source]?.[lang]}</p>
      {one.outcome && one.outcomeAt ? (
        <p class="note" role="status">
          {outcomeWords(one.outcome, lang, momentWords(one.outcomeAt, zone, lang, today))}
          {one.personId ? ` · ${one.personId}` : ""}
          {answer?.byItself ? ` · ${LISTED.byItself[lang]}` : ""}
        </p>
      ) : (
        <p>
          <Due at={one.dueAt} door={door} />
        </p>
      )}
      {answer?.words ? <p class="typed">{answer.words}</p> : null}
      <Person {...props} />
      {one.outcome ? null : <Answer {...props} path={path} />}
    </UnitPage>
  );
};

const outcomeWords = (outcome: RowEnd, lang: Lang, when: string) =>
  (outcome === "closed" ? LISTED.closed(when) : LISTED.done(LISTED.outcomes[outcome][lang], when))[lang];

const Person = ({ door, one, shown, errors = [] }: ListedPageProps) => {
  const { lang } = door;
  const { name, document, phone, town, village, address, note } = one.person;
  if (!name) return <p class="soft">{LISTED.sealedOff[lang]}</p>;
  const number = document?.number;
  const place = [town, village, address].filter(Boolean).join(" ");
  return (
    <>
      <Facts
        facts={[
          [LISTED.name[lang], shown ? name : maskName(name)],
          [LISTED.document[lang], number && (shown ? number : maskDocument(number))],
          [LISTED.phone[lang], phone && (shown ? phone : maskPhone(phone))],
          [LISTED.unit[lang], one.unitName],
          [LISTED.place[lang], shown ? place : undefined],
          [LISTED.note[lang], shown ? note : undefined],
        ]}
      />
      {shown ? null : (
        <form method="post" action={door.href(`/listed/${one.batchId}/${one.row}/reveal`)}>
          <h2>{LISTED.revealTitle[lang]}</h2>
          <AskChoice
            name="purpose"
            label={LISTED.purpose[lang]}
            hint={LISTED.revealHint[lang]}
            errors={errors}
            lang={lang}
            choices={LISTED.purposes}
          />
          <button type="submit" class="second">
            {LISTED.reveal[lang]}
          </button>
        </form>
      )}
    </>
  );
};

const Answer = ({ door, path, register, errors = [], typed = {} }: ListedPageProps & { path: string }) => {
  const { lang } = door;
  const shared = { errors, lang };
  return (
    <form method="post" action={door.href(path)} novalidate>
      <h2>{LISTED.answerTitle[lang]}</h2>
      <p>
        <a href={register}>{LISTED.register[lang]}</a>
      </p>
      <AskChoice
        {...shared}
        name="outcome"
        label={LISTED.wasFound[lang]}
        choices={LISTED.outcomes}
        value={typed.outcome}
      />
      <AskText
        {...shared}
        name="number"
        label={LISTED.number[lang]}
        hint={LISTED.numberHint[lang]}
        value={typed.number}
        max={24}
      />
      <AskText
        {...shared}
        name="words"
        label={LISTED.words[lang]}
        hint={LISTED.wordsHint[lang]}
        rows={2}
        max={500}
        value={typed.words}
      />
      <button type="submit" class="main">
        {LISTED.send[lang]}
      </button>
    </form>
  );
};
