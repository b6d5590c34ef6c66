import type { Child } from "hono/jsx";
import type { FieldError, Problem } from "../domain/problem.ts";
import type { Field, RecordForm, RecordStep, Words } from "../forms/define.ts";
import { FILED, holdsFor, type RecordFacts, recordFields, stateWords, stepNamed } from "../forms/record.ts";
import { shortLabel } from "../forms/words.ts";
import { answerWords } from "./answers.tsx";
import { ASSETS } from "./assets.ts";
import type { UnitChoice } from "./field.tsx";
import { ErrorSummary } from "./form.tsx";
import { dateWords } from "./moment.ts";
import { PhoneLink } from "./phone.tsx";
import { AskChoice, type DoorView, Due, Facts, UnitPage } from "./unit-parts.tsx";
import { asHead, statesLike } from "./unit-record-list.tsx";
import { Missed, RecordSteps } from "./unit-record-steps.tsx";
import { RECORD } from "./unit-record-words.ts";
import { momentWords } from "./unit-words.ts";

/** A record as its page shows it. `answers`: what the reader may see, by field; units by name. */
export type RecordView = {
  id: string;
  unitName: string;
  state: string;
  answers: Readonly<Record<string, unknown>>;
  occurredAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
  sealedOffAt: Date | null;
  householdId: string | null;
  /** Newest first. */
  events: EventView[];
};
export type EventView = {
  step: string;
  who: string;
  occurredAt: Date;
  recordedAt: Date;
  answers: Readonly<Record<string, unknown>>;
  reason?: string | undefined;
};
export type RecordPageProps = {
  door: DoorView;
  form: RecordForm;
  one: RecordView;
  clientId: string;
  /** Personal answers: shown; hidden, with what it takes to see them; never for this reader. */
  personal: "shown" | "ask" | "never";
  /** Set on the answer to a recorded look. */
  revealed?: boolean;
  /** What is owed in its state: 返回. */
  owed?: Words | undefined;
  /** What may be done here now, the main one first; and what only the unit above may. */
  steps: readonly RecordStep[];
  above: readonly RecordStep[];
  mayWithdraw: boolean;
  units: readonly UnitChoice[];
  errors?: readonly FieldError[] | undefined;
  fault?: Problem["title"] | undefined;
  /** What was typed for which step. */
  typed?: { step: string; values: unknown; lines?: { label: string; text: string }[] } | undefined;
  /** Who was first, when, and what the record is since. */
  beaten?: { who: string; at: Date; state: string } | undefined;
  /** It was just filed, or this step was just taken. */
  done?: string | undefined;
  /** Whom it is about should have been registered and is not; why, where the reader may know. */
  missed?: readonly string[] | undefined;
};

/** One record: its number and state, what is owed, the next step, what was filed, what happened. */
export const RecordPage = (props: RecordPageProps) => {
  const { door, form, one, errors = [], fault } = props;
  const { lang } = door;
  const title = `${form.record.noun[lang]} ${one.id}`;
  // Whoever decides, or looks from above, reads first what was filed.
  const deciding = props.steps[0]?.by === "above" || one.unitName !== door.unit.name;
  return (
    <UnitPage
      door={door}
      title={title}
      path={`/records/${form.name}/${one.id}`}
      error={errors.length > 0}
      form={props.steps.some(({ fields = [] }) => fields.length > 0) ? "step-form" : undefined}
      script
      more={{ css: ASSETS.unitCss }}
    >
      <p class="back">
        <a href={door.href(`/records/${form.name}`)}>
          <span aria-hidden="true">‹ </span>
          {form.title[lang]}
        </a>
      </p>
      <ErrorSummary errors={errors} lang={lang} />
      <Beaten {...props} />
      {fault ? (
        <p class="note alarm" role="alert">
          {fault[lang]}
        </p>
      ) : null}
      <Head {...props} />
      <Missed {...props} />
      {deciding ? null : <RecordSteps {...props} />}
      <Filed {...props} />
      {deciding ? <RecordSteps {...props} /> : null}
      <History {...props} />
    </UnitPage>
  );
};

/** The number is what is shown at a gate: large, with the state and by when something is owed. */
const Head = ({ door, form, one, owed, done }: RecordPageProps) => {
  const { lang, zone, now, today } = door;
  const settled = one.endedAt ? momentWords(one.endedAt, zone, lang, today) : undefined;
  return (
    <>
      {done ? (
        <p class="note unprinted" role="status">
          <strong>
            {done === FILED ? RECORD.received[lang] : RECORD.done(happened(form, done)[lang])[lang]}
          </strong>
        </p>
      ) : null}
      <h1 class="record-head">
        <span class="soft">{asHead(form.record.noun, lang)}</span> <span class="big code">{one.id}</span>
      </h1>
      <p class="state">
        <strong>{asHead(stateWords(form, one.state), lang)}</strong>{" "}
        {settled ? <span class="soft">{settled}</span> : null}
      </p>
      {one.endedAt === null && one.dueAt ? (
        <>
          <p class="unprinted">
            {owed ? `${asHead(owed, lang)}${lang === "en" ? ": " : "："}` : null}
            <Due at={one.dueAt} door={door} />
          </p>
          <p class="printed">
            {owed ? RECORD.validUntil(owed[lang])[lang] : RECORD.openHead[lang]}
            {lang === "en" ? ": " : "："}
            <strong>{dateWords(one.dueAt, lang, zone, now)}</strong>
          </p>
        </>
      ) : null}
    </>
  );
};

const Beaten = ({ door, form, beaten, typed }: RecordPageProps) => {
  if (!beaten) return null;
  const { lang, zone, today } = door;
  const when = momentWords(beaten.at, zone, lang, today);
  const state = stateWords(form, beaten.state)[lang];
  return (
    <div class="note alarm unprinted" role="alert">
      <p>
        <strong>{RECORD.firstTitle[lang]}</strong>
      </p>
      <p>{RECORD.wasFirst(beaten.who, when, state)[lang]}</p>
      {typed?.lines?.length ? (
        <>
          <p class="soft">{RECORD.typed[lang]}</p>
          {typed.lines.map(({ label, text }) => (
            <p class="typed">
              {label}
              {lang === "en" ? ": " : "："}
              {text}
            </p>
          ))}
        </>
      ) : null}
    </div>
  );
};

/** What was filed, and the way to what is personal in it. */
const Filed = (props: RecordPageProps) => {
  const { door, form, one, revealed } = props;
  const { lang, zone, now } = door;
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">{RECORD.answers[lang]}</h2>
      {revealed ? (
        <p class="note" role="status">
          {RECORD.revealed[lang]}
        </p>
      ) : null}
      <Facts
        facts={[
          ...recordFields(form).map((field): [string, Child | undefined] => [
            shortLabel(field, lang),
            field.type === "phone" && typeof one.answers[field.name] === "string" ? (
              <PhoneLink number={String(one.answers[field.name])} />
            ) : (
              shownAnswer(field, one.answers, props)
            ),
          ]),
          [RECORD.unit[lang], one.unitName],
          [RECORD.occurred[lang], dateWords(one.occurredAt, lang, zone, now)],
          [RECORD.registered[lang], one.householdId ?? undefined],
        ]}
      />
      {form.intro ? <p class="soft">{form.intro[lang]}</p> : null}
      <Reveal {...props} />
      <button type="button" class="quiet js-only" data-print="1">
        {RECORD.print[lang]}
      </button>
    </section>
  );
};

/** An answer in words; of what is hidden, that it is; of what was not asked, nothing. */
function shownAnswer(
  field: Field,
  answers: Readonly<Record<string, unknown>>,
  { door, form, personal, one }: Pick<RecordPageProps, "door" | "form" | "personal" | "one">,
): string | undefined {
  const { lang, zone, now } = door;
  const value = answers[field.name];
  if (value !== undefined && value !== null) return answerWords(field, value, { lang, zone, now });
  if (!field.pii || personal === "shown" || one.sealedOffAt) return undefined;
  if (!holdsFor(form, field.relevant, one.answers as RecordFacts, door)) return undefined;
  return RECORD.hidden[lang];
}

const Reveal = ({ door, form, one, personal, errors = [] }: RecordPageProps) => {
  const { lang } = door;
  const fields = [
    ...recordFields(form),
    ...form.record.steps.flatMap(({ fields: asked = [] }) => [...asked]),
  ];
  if (!fields.some(({ pii }) => pii)) return null;
  if (one.sealedOffAt) return <p class="soft">{RECORD.sealedOff[lang]}</p>;
  if (personal === "shown") return null;
  if (personal === "never") return <p class="note unprinted">{RECORD.mayNot[lang]}</p>;
  return (
    <details class="entry unprinted" open={errors.some(({ path }) => path === "purpose")}>
      <summary>{RECORD.reveal[lang]}</summary>
      <form method="post" action={door.href(`/records/${form.name}/${one.id}/reveal`)}>
        <AskChoice
          name="purpose"
          label={RECORD.purpose[lang]}
          hint={RECORD.revealHint[lang]}
          errors={errors}
          lang={lang}
          choices={RECORD.purposes}
        />
        <button type="submit" class="second">
          {RECORD.reveal[lang]}
        </button>
      </form>
    </details>
  );
};

/** What happened, newest first: when, what, who, and what was answered with it. */
const History = (props: RecordPageProps) => {
  const { door, form, one } = props;
  const { lang, zone, now } = door;
  return (
    <section class="unprinted" aria-labelledby="history">
      <h2 id="history">{RECORD.history[lang]}</h2>
      <ol class="messages history">
        {one.events.map(({ step, who, occurredAt, recordedAt, answers, reason }) => (
          <li>
            <p>
              <time>{dateWords(occurredAt, lang, zone, now)}</time>{" "}
              <strong>{asHead(happened(form, step), lang)}</strong> <span class="soft">{who}</span>
            </p>
            {recordedAt.getTime() - occurredAt.getTime() >= LATER ? (
              <p class="soft">{RECORD.recordedAt(dateWords(recordedAt, lang, zone, now))[lang]}</p>
            ) : null}
            {(step === FILED ? [] : (stepNamed(form, step)?.fields ?? [])).map((field) => {
              const said = shownAnswer(field, answers, { ...props, personal: "shown" });
              return said === undefined ? null : (
                <p class="typed">
                  {shortLabel(field, lang)}
                  {lang === "en" ? ": " : "："}
                  {said}
                </p>
              );
            })}
            {reason ? <p class="typed">{reason}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
};

/** What an event is called: the state it led to, or what was done where several states are called the same. */
const happened = (form: RecordForm, step: string): Words =>
  (statesLike(form, step)?.length ?? 1) > 1
    ? (stepNamed(form, step)?.label ?? stateWords(form, step))
    : stateWords(form, step);

/** What was written down so much later than it happened says so, in ms. */
const LATER = 60_000;
