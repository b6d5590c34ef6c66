import type { LetterCase } from "../domain/letter.ts";
import { maskName } from "../domain/mask.ts";
import type { Lang } from "../forms/define.ts";
import { itemWords } from "./letter-item.ts";
import { LETTER } from "./letter-words.ts";
import { dateWords } from "./moment.ts";
import { Due, Facts } from "./unit-parts.tsx";

/** What these parts know of the reader's clock and language. */
export type LetterClock = { lang: Lang; now: Date; today: string; zone: string };

/** The persons of a letter. @property masked names alone, and of each only what shape it has */
export const Persons = ({
  of: { persons, phone, whereabouts },
  clock,
  masked,
}: {
  of: LetterCase;
  clock: LetterClock;
  masked?: boolean;
}) => {
  const { lang } = clock;
  const { items } = LETTER;
  if (masked)
    return (
      <>
        {persons
          .map(({ name }) => (name ? maskName(name) : LETTER.notGiven[lang]))
          .join(lang === "en" ? ", " : "、")}
      </>
    );
  return (
    <>
      {persons.map((person, at) => (
        <section>
          <h3>{LETTER.person(at + 1)[lang]}</h3>
          <Facts
            facts={(["name", "document", "day0", "reading", "triage"] as const).map((item) => [
              items[item][lang],
              itemWords(person, item, clock),
            ])}
          />
        </section>
      ))}
      <Facts
        facts={[
          [items.phone[lang], phone],
          [items.whereabouts[lang], whereabouts],
        ]}
      />
    </>
  );
};

export type StateView = {
  dueAt: Date;
  receivedAt: Date | null;
  answeredAt: Date | null;
  withdrawnAt: Date | null;
};
/** How a letter stands; vermilion only where its answer is overdue, with words and time. */
export const State = ({ of, clock }: { of: StateView; clock: LetterClock }) => {
  const { lang, zone, now } = clock;
  const at = (moment: Date) => dateWords(moment, lang, zone, now);
  if (of.withdrawnAt) return <span>{LETTER.states.withdrawn[lang]}</span>;
  if (of.answeredAt) return <strong>{LETTER.states.answered(at(of.answeredAt))[lang]}</strong>;
  return (
    <>
      <Due at={of.dueAt} door={clock} />{" "}
      <span class="soft">
        · {of.receivedAt ? LETTER.states.received(at(of.receivedAt))[lang] : LETTER.states.waiting[lang]}
      </span>
    </>
  );
};

export type AnswerView = {
  version: number;
  kind: keyof typeof LETTER.kinds;
  door: "link" | "system" | "desk";
  by: string;
  text: string;
  recordedAt: Date;
  postedAt?: Date | null;
};
/** What was answered, the latest first; the words stand below it where the reader may see them. */
export const AnswerList = ({
  answers,
  clock,
  words = true,
}: {
  answers: readonly AnswerView[];
  clock: LetterClock;
  words?: boolean;
}) => {
  const { lang, zone, now } = clock;
  if (answers.length === 0) return <p class="soft">{LETTER.noAnswers[lang]}</p>;
  const final = ({ kind }: AnswerView) => kind !== "received";
  return (
    <ol class="plain-list" reversed>
      {[...answers].reverse().map((one) => (
        <li>
          <strong>{LETTER.kinds[one.kind][lang]}</strong>
          {final(one) && answers.some((before) => final(before) && before.version < one.version)
            ? LETTER.corrected[lang]
            : ""}{" "}
          <span class="soft">
            {dateWords(one.recordedAt, lang, zone, now)}
            {one.door === "system" ? ` · ${LETTER.viaSystem[lang]}` : ""}
          </span>
          {words ? <p class="typed">{[one.by, one.text].filter(Boolean).join("\n")}</p> : null}
        </li>
      ))}
    </ol>
  );
};
