import { tip as form } from "../../../forms/tip.ts";
import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary } from "../form.tsx";
import { momentWords } from "../moment.ts";
import { CASE, TIP } from "../unit-case-words.ts";
import { AskChoice, Due, Facts, labelOf } from "../unit-parts.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { Assign, type Taker, Verify, Write } from "./tip-acts.tsx";
import { Links } from "./tip-links.tsx";
import { TIPS } from "./tips-words.ts";

/** A tip as officials at the desk read it; how to reach its sender is in it only on the answer to a recorded look. */
export type TipView = {
  id: string;
  unitName: string;
  holderName: string;
  category: string;
  recordedAt: Date;
  verifyDueAt: Date;
  verifiedAt: Date | null;
  outcome: "true" | "untrue" | "unclear" | null;
  answer?: string | undefined;
  settledBy?: string | undefined;
  note?: string | undefined;
  sealedOff: boolean;
  place?: string | undefined;
  about?: string | undefined;
  text: string;
  messages: {
    author: "sender" | "official";
    text: string;
    recordedAt: Date;
    by?: string | undefined;
    read?: boolean;
  }[];
  assigned?: { to: string; by: string; at: Date } | undefined;
  /** The assignment that a form is made from; 0: none. */
  version: number;
  lead?: { id: string; shown: boolean } | undefined;
  followers: { id: string; settled: boolean; shown: boolean }[];
  persons: { id: string; caseNumber: string; href?: string | undefined }[];
  history: { at: Date; who: string; act: string; about?: string | undefined }[];
};
/** What was typed into one of the page's forms, and which. */
export type TipTyped = { form: string } & Record<string, string | undefined>;

export type TipProps = {
  desk: DeskView;
  tip: TipView;
  mayReach: boolean;
  reachable?: string | undefined;
  takers: Taker[];
  clientId: string;
  /** Persons of the case whose number was typed. */
  choices?: string[] | undefined;
  errors?: readonly FieldError[];
  typed?: TipTyped | undefined;
  beaten?: { who: string; at: Date } | undefined;
  done?: keyof typeof TIPS.done | undefined;
};

/** /desk/tips/<number>: what was said, by when it is promised, the answer, who has it, and what it belongs with. */
export const DeskTipPage = (props: TipProps) => {
  const { desk, tip: it, errors = [], beaten, done } = props;
  const { lang } = desk;
  const when = (at: Date) => momentWords(at, lang, desk.zone, desk.now);
  return (
    <DeskPage
      desk={desk}
      title={TIP.title(it.id)[lang]}
      path={`/tips/${it.id}`}
      room="/tips"
      error={errors.length > 0}
    >
      <p class="back">
        <a href={desk.href("/tips")}>
          <span aria-hidden="true">‹ </span>
          {TIPS.title[lang]}
        </a>
      </p>
      <ErrorSummary errors={errors} lang={lang} />
      {beaten ? (
        <div class="note alarm" role="alert">
          <p>
            <strong>{TIPS.beaten(beaten.who, when(beaten.at))[lang]}</strong>
          </p>
          <p>{TIPS.beatenHelp[lang]}</p>
        </div>
      ) : null}
      {done ? (
        <div class="note" role="status">
          <p>
            <strong>{TIPS.done[done][lang]}</strong>
          </p>
        </div>
      ) : null}
      <h1 class="number">{it.id}</h1>
      <div class="tip-page">
        <div>
          <p>
            <span class="soft">{TIPS.received(when(it.recordedAt))[lang]}</span>
            <br />
            {it.verifiedAt ? (
              <strong>
                {CASE.settled(when(it.verifiedAt))[lang]}
                {it.outcome ? ` · ${TIP.outcomes[it.outcome][lang]}` : ""}
              </strong>
            ) : (
              <Due at={it.verifyDueAt} door={desk} />
            )}
          </p>
          <Facts
            facts={[
              [TIP.category[lang], labelOf(form, "category", it.category, lang)],
              [TIPS.from[lang], it.unitName],
              [TIP.place[lang], it.place],
              [TIP.about[lang], it.about],
              [TIPS.holder[lang], it.holderName],
              [TIPS.assignee[lang], it.assigned ? <Assigned {...props} /> : TIPS.notGiven[lang]],
            ]}
          />
          <h2>{TIP.text[lang]}</h2>
          {it.sealedOff ? <p class="note">{TIPS.sealedOff[lang]}</p> : <p class="typed">{it.text}</p>}
          <p class="note">{TIPS.protect[lang]}</p>
          <Reach {...props} />
          <Answer {...props} />
          <Verify {...props} />
          <Messages {...props} />
          <Write {...props} />
        </div>
        <div>
          <Assign {...props} />
          <Links {...props} />
          <History {...props} />
        </div>
      </div>
    </DeskPage>
  );
};

const Assigned = ({ desk, tip: it }: TipProps) => {
  const { lang, zone, now } = desk;
  if (!it.assigned) return null;
  const { to, by, at } = it.assigned;
  return (
    <>
      {to}
      <br />
      <span class="soft">{TIPS.assignedBy(by, momentWords(at, lang, zone, now))[lang]}</span>
    </>
  );
};

/** How to reach the sender: towns and the county alone, with a purpose, on record. */
const Reach = ({ desk, tip: it, mayReach, reachable, errors = [], typed }: TipProps) => {
  const { lang } = desk;
  if (reachable !== undefined)
    return (
      <section class="card">
        <p>{CASE.revealed[lang]}</p>
        <Facts facts={[[TIP.reachable[lang], reachable || CASE.notGiven[lang]]]} />
      </section>
    );
  if (!mayReach) return null;
  return (
    <details class="entry" open={typed?.form === "reveal"}>
      <summary>{TIP.reach[lang]}</summary>
      <form method="post" action={desk.href(`/tips/${it.id}/reveal`)}>
        <p class="hint">{TIP.reachHint[lang]}</p>
        <AskChoice
          name="purpose"
          label={TIPS.purpose[lang]}
          errors={errors}
          lang={lang}
          choices={TIPS.purposes}
          value={typed?.purpose}
        />
        <button type="submit" class="second">
          {TIP.reach[lang]}
        </button>
      </form>
    </details>
  );
};

const Answer = ({ desk, tip: it }: TipProps) => {
  const { lang, zone, now } = desk;
  if (!it.answer) return null;
  return (
    <>
      <h2>{TIP.answer[lang]}</h2>
      <p class="typed">{it.answer}</p>
      {it.settledBy && it.verifiedAt ? (
        <p class="soft">{TIPS.settledBy(it.settledBy, momentWords(it.verifiedAt, lang, zone, now))[lang]}</p>
      ) : null}
      <Facts facts={[[TIP.note[lang], it.note]]} />
    </>
  );
};

const Messages = ({ desk, tip: it }: TipProps) => {
  const { lang, zone, now } = desk;
  return (
    <>
      <h2>{TIPS.messages[lang]}</h2>
      {it.messages.length === 0 ? (
        <p>{TIPS.noMessages[lang]}</p>
      ) : (
        <ul class="messages">
          {it.messages.map(({ author, by, recordedAt, text, read }) => (
            <li>
              <p class="soft">
                {author === "sender" ? TIPS.bySender[lang] : (by ?? TIPS.somebody[lang])}{" "}
                {momentWords(recordedAt, lang, zone, now)}
                {author === "official" ? ` · ${(read ? TIPS.read : TIPS.unread)[lang]}` : ""}
              </p>
              <p class="typed">{text}</p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

const History = ({ desk, tip: it }: TipProps) => {
  const { lang, zone, now } = desk;
  return (
    <>
      <h2>{TIPS.history[lang]}</h2>
      <ul class="messages">
        {it.history.map(({ at, who, act, about }) => (
          <li>
            <span class="soft">{momentWords(at, lang, zone, now)}</span> {who} {act}
            {about ? ` ${about}` : ""}
          </li>
        ))}
      </ul>
    </>
  );
};
