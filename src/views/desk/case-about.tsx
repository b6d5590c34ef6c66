import type { LetterAnswerKind } from "../../domain/letter.ts";
import { ANSWER_WORDS } from "../letter-words.ts";
import { momentWords } from "../unit-words.ts";
import { RECORD } from "./case-words.ts";
import type { DeskView } from "./nav.tsx";

/** What else there is about a case. */
export type AboutView = {
  tips: { id: string; recordedAt: Date; verifiedAt: Date | null }[];
  tickets: { id: string; dueAt: Date; closedAt: Date | null }[];
  letters: {
    id: string;
    county: string;
    dueAt: Date;
    said: LetterAnswerKind | null;
    answeredAt: Date | null;
    withdrawnAt: Date | null;
  }[];
  /** Of a case that another county's letter became: that letter's number. */
  came: string | undefined;
};

/** Tips, tickets and letters about a case. */
export const About = ({
  desk,
  householdId,
  about: { tips, tickets, letters, came },
}: {
  desk: DeskView;
  householdId: string;
  about: AboutView;
}) => {
  const { lang, zone, today } = desk;
  const when = (at: Date) => momentWords(at, zone, lang, today);
  return (
    <>
      {tips.length > 0 ? (
        <>
          <h2>{RECORD.tips[lang]}</h2>
          <ul class="plain-list">
            {tips.map((tip) => (
              <li>
                <a class="tap" href={desk.href(`/tips/${tip.id}`)}>
                  {tip.id}
                </a>{" "}
                {(tip.verifiedAt ? RECORD.settled : RECORD.open)[lang]}{" "}
                <span class="soft">{RECORD.linked(when(tip.recordedAt))[lang]}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {tickets.length > 0 ? (
        <>
          <h2>{RECORD.tickets[lang]}</h2>
          <ul class="plain-list">
            {tickets.map((one) => (
              <li>
                <a class="tap" href={desk.href(`/tickets/${one.id}`)}>
                  {one.id}
                </a>{" "}
                {one.closedAt
                  ? RECORD.ticketClosed(when(one.closedAt))[lang]
                  : RECORD.ticketDue(when(one.dueAt))[lang]}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {letters.length > 0 || came ? (
        <>
          <h2>{RECORD.letters[lang]}</h2>
          <ul class="plain-list">
            {came ? (
              <li>
                <a class="tap" href={desk.href(`/letters/received/${householdId}`)}>
                  {came}
                </a>{" "}
                {RECORD.letterCame[lang]}
              </li>
            ) : null}
            {letters.map((one) => (
              <li>
                <a class="tap" href={desk.href(`/letters/${one.id}`)}>
                  {one.id}
                </a>{" "}
                {one.county} · <LetterState desk={desk} letter={one} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
};

/** What came back, and by when an answer is owed where there is none. */
const LetterState = ({
  desk: { lang, zone, today, now },
  letter: { said, answeredAt, withdrawnAt, dueAt },
}: {
  desk: DeskView;
  letter: AboutView["letters"][number];
}) => {
  if (withdrawnAt) return <span class="soft">{RECORD.letterWithdrawn[lang]}</span>;
  const overdue = !answeredAt && dueAt <= now;
  const due = RECORD[overdue ? "letterOverdue" : "letterDue"](momentWords(dueAt, zone, lang, today))[lang];
  return (
    <>
      {said ? <strong>{ANSWER_WORDS[said][lang]} </strong> : null}
      {answeredAt ? null : overdue ? <strong class="alarm">{due}</strong> : <span class="soft">{due}</span>}
    </>
  );
};
