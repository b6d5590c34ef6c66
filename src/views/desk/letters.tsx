import { AnswerList, type AnswerView, State, type StateView } from "../letter-parts.tsx";
import { LETTERS } from "./letters-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

export type SentView = StateView & { id: string; unitName: string; county: string; unread: boolean };
export type ReceivedView = {
  householdId: string;
  number: string;
  unitName: string;
  from: string;
  dueAt: Date;
  answeredAt: Date | null;
};

/** /desk/letters: what this subtree wrote and took over, unanswered first. */
export const LettersPage = ({
  desk,
  sent,
  received,
  most,
}: {
  desk: DeskView;
  sent: SentView[];
  received: ReceivedView[];
  /** A list is no longer than this. */
  most: number;
}) => {
  const { lang } = desk;
  return (
    <DeskPage desk={desk} title={LETTERS.title[lang]} path="/letters">
      <h1>{LETTERS.title[lang]}</h1>
      <p class="unprinted">
        {desk.may("settle") ? (
          <a class="second narrow" href={desk.href("/letters/receive")}>
            {LETTERS.receive[lang]}
          </a>
        ) : null}
      </p>
      <h2>{LETTERS.sent[lang]}</h2>
      <p class="hint">{LETTERS.howTo[lang]}</p>
      {sent.length === 0 ? <p class="soft">{LETTERS.none[lang]}</p> : <SentTable desk={desk} sent={sent} />}
      <h2>{LETTERS.received[lang]}</h2>
      {received.length === 0 ? (
        <p class="soft">{LETTERS.none[lang]}</p>
      ) : (
        <table class="board">
          <thead>
            <tr>
              <th scope="col">{LETTERS.caseOf[lang]}</th>
              <th scope="col">{LETTERS.from[lang]}</th>
              <th scope="col">{LETTERS.unit[lang]}</th>
              <th scope="col">{LETTERS.state[lang]}</th>
            </tr>
          </thead>
          <tbody>
            {received.map((one) => (
              <tr>
                <th scope="row">
                  <a class="tap number" href={desk.href(`/letters/received/${one.householdId}`)}>
                    {one.householdId}
                  </a>
                </th>
                <td>
                  {one.from} <span class="soft">{one.number}</span>
                </td>
                <td>{one.unitName}</td>
                <td>
                  <State of={{ ...one, receivedAt: null, withdrawnAt: null }} clock={desk} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {sent.length >= most || received.length >= most ? <p class="soft">{LETTERS.most(most)[lang]}</p> : null}
    </DeskPage>
  );
};

const SentTable = ({ desk, sent }: { desk: DeskView; sent: SentView[] }) => {
  const { lang } = desk;
  return (
    <table class="board">
      <thead>
        <tr>
          <th scope="col">{LETTERS.number[lang]}</th>
          <th scope="col">{LETTERS.to[lang]}</th>
          <th scope="col">{LETTERS.unit[lang]}</th>
          <th scope="col">{LETTERS.state[lang]}</th>
        </tr>
      </thead>
      <tbody>
        {sent.map((one) => (
          <tr>
            <th scope="row">
              <a class="tap number" href={desk.href(`/letters/${one.id}`)}>
                {one.id}
              </a>
            </th>
            <td>{one.county}</td>
            <td>{one.unitName}</td>
            <td>
              <State of={one} clock={desk} />
              {one.unread ? <strong> · {LETTERS.unread[lang]}</strong> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** What came back, under its heading. */
export const Answers = ({
  desk,
  title,
  answers,
}: {
  desk: DeskView;
  title: string;
  answers: AnswerView[];
}) => (
  <>
    <h2 id="answers">{title}</h2>
    <AnswerList answers={answers} clock={desk} words={desk.may("reveal")} />
  </>
);
