import { tip } from "../../forms/tip.ts";
import type { FieldError } from "../domain/problem.ts";
import { ErrorSummary } from "./form.tsx";
import { CASE, TIP } from "./unit-case-words.ts";
import { AskChoice, AskText, type DoorView, Due, Facts, labelOf, UnitPage } from "./unit-parts.tsx";
import { momentWords } from "./unit-words.ts";

/** A tip as officials read it; how to reach its sender is never part of it. */
export type TipCaseView = {
  id: string;
  unitName: string;
  category: string;
  recordedAt: Date;
  verifyDueAt: Date;
  verifiedAt: Date | null;
  outcome: "true" | "untrue" | "unclear" | null;
  answer?: string;
  place?: string;
  about?: string;
  text: string;
  messages: { text: string; recordedAt: Date }[];
};

export type TipPageProps = {
  door: DoorView;
  tip: TipCaseView;
  /** Towns and the county may ask on record how to reach the sender, where the sender left a way. */
  mayReach: boolean;
  /** Set only on the answer to a recorded look. */
  reachable?: string;
  errors?: readonly FieldError[];
  typed?: { outcome?: string; answer?: string; note?: string };
  beaten?: { who: string };
};

/** One tip: what was said, by when it must be looked into, and the public answer. */
export const TipPage = (props: TipPageProps) => {
  const { door, tip: it, errors = [], typed = {}, beaten } = props;
  const { lang } = door;
  const when = (at: Date) => momentWords(at, door.zone, lang, door.today);
  return (
    <UnitPage door={door} title={TIP.title(it.id)[lang]} path={`/tip/${it.id}`} error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      {beaten ? (
        <div class="note alarm" role="alert">
          <p>
            <strong>{CASE.settledTitle[lang]}</strong>
          </p>
          <p>
            {it.verifiedAt
              ? `${CASE.settled(when(it.verifiedAt))[lang]}${lang === "en" ? " " : "，"}${beaten.who}${lang === "en" ? ". " : "。"}`
              : ""}
            {CASE.settledFirst[lang]}
          </p>
          {/* What was typed is not lost: it may be needed elsewhere. */}
          <p class="typed">{[typed.answer, typed.note].filter(Boolean).join("\n\n")}</p>
        </div>
      ) : null}
      <h1 class="number">{it.id}</h1>
      <p>
        <span class="soft">{CASE.registered(when(it.recordedAt))[lang]}</span>
        <br />
        {it.verifiedAt ? (
          <strong>
            {CASE.settled(when(it.verifiedAt))[lang]}
            {it.outcome ? ` · ${TIP.outcomes[it.outcome][lang]}` : ""}
          </strong>
        ) : (
          <Due at={it.verifyDueAt} door={door} />
        )}
      </p>
      <Facts
        facts={[
          [TIP.category[lang], labelOf(tip, "category", it.category, lang)],
          [TIP.unit[lang], it.unitName],
          [TIP.place[lang], it.place],
          [TIP.about[lang], it.about],
        ]}
      />
      <h2>{TIP.text[lang]}</h2>
      <p class="typed">{it.text}</p>
      {it.messages.map((message) => (
        <>
          <h3>{TIP.added(when(message.recordedAt))[lang]}</h3>
          <p class="typed">{message.text}</p>
        </>
      ))}
      <p class="note">{TIP.sender[lang]}</p>
      <Sender {...props} />
      {it.answer ? (
        <>
          <h2>{TIP.answer[lang]}</h2>
          <p class="typed">{it.answer}</p>
        </>
      ) : null}
      {it.verifiedAt ? null : <Verify door={door} id={it.id} errors={errors} typed={typed} />}
    </UnitPage>
  );
};

const Sender = ({ door, tip: it, mayReach, reachable }: TipPageProps) => {
  const { lang } = door;
  if (reachable !== undefined)
    return (
      <section class="card">
        <p>{CASE.revealed[lang]}</p>
        <Facts facts={[[TIP.reachable[lang], reachable]]} />
      </section>
    );
  if (!mayReach) return null;
  return (
    <form method="post" action={door.href(`/tip/${it.id}/reveal`)}>
      <p class="hint">{TIP.reachHint[lang]}</p>
      <button type="submit" class="second">
        {TIP.reach[lang]}
      </button>
    </form>
  );
};

const Verify = ({
  door,
  id,
  errors,
  typed,
}: {
  door: DoorView;
  id: string;
  errors: readonly FieldError[];
  typed: NonNullable<TipPageProps["typed"]>;
}) => {
  const { lang } = door;
  return (
    <section aria-labelledby="verify">
      <h2 id="verify">{TIP.verifyTitle[lang]}</h2>
      <form method="post" action={door.href(`/tip/${id}/verify`)}>
        <AskChoice
          name="outcome"
          label={CASE.verify[lang]}
          errors={errors}
          lang={lang}
          choices={TIP.outcomes}
          value={typed.outcome}
        />
        <AskText
          name="answer"
          label={TIP.answer[lang]}
          hint={TIP.answerHint[lang]}
          errors={errors}
          lang={lang}
          rows={4}
          max={1000}
          value={typed.answer}
        />
        <AskText
          name="note"
          label={TIP.note[lang]}
          errors={errors}
          lang={lang}
          rows={3}
          max={1000}
          value={typed.note}
        />
        <button type="submit" class="main">
          {CASE.verifyButton[lang]}
        </button>
      </form>
    </section>
  );
};
