import { reading } from "../../forms/reading.ts";
import type { TakenReading, Turn } from "../domain/person.ts";
import type { FieldError } from "../domain/problem.ts";
import { localClock, localDate } from "../domain/time.ts";
import type { Field } from "../forms/define.ts";
import { FormField } from "./field.tsx";
import { FormShell, Hidden } from "./form.tsx";
import { type Frame, withLang } from "./layout.tsx";
import { momentWords } from "./moment.ts";
import { type Member, readingText, whoIs } from "./person-parts.tsx";
import { lateWords, slotWords, WATCH } from "./person-words.ts";

/** What the page asks for: one slot, a card for each of some members. */
export type Asked = {
  turn: Turn;
  /** Whose card stands there; the others of the household are entered already or owe nothing. */
  cards: Member[];
  /** The reading that the only card corrects. */
  corrects?: TakenReading | undefined;
  /** What was typed, by member id; nothing is ever filled in from elsewhere. */
  values: Readonly<Record<string, unknown>>;
  /** Paths such as m.1.temperature. */
  errors: readonly FieldError[];
  /** A client id for each card: sent twice, stored once. */
  clientIds: Readonly<Record<string, string>>;
};

/** One POST for the household: a card a member, works without JavaScript. */
export const AskForm = ({
  asked,
  alone,
  frame,
  path,
}: {
  asked: Asked;
  /** True for a household of one. */
  alone: boolean;
  frame: Frame;
  path: string;
}) => {
  const { lang, zone, now } = frame;
  const { turn, cards, corrects, clientIds } = asked;
  const today = localDate(now, zone);
  const slot = slotWords(turn.slot, lang, today);
  const title = corrects
    ? WATCH.correctTitle(slot)[lang]
    : turn.late
      ? lateWords(turn.slot, lang, today)
      : slot;
  return (
    <section id="ask" aria-labelledby="ask-title">
      <h1 id="ask-title" class="ask">
        {sentenceCase(title)}
      </h1>
      <p>
        {turn.late
          ? WATCH.askLate(momentWords(turn.until, lang, zone, now))[lang]
          : WATCH.askBy(localClock(turn.dueAt, zone))[lang]}
        {corrects ? null : (
          <>
            <br />
            <span class="soft">{WATCH.measureFirst[lang]}</span>
          </>
        )}
      </p>
      {corrects ? <p class="note">{WATCH.correctWas(readingText(corrects, lang))[lang]}</p> : null}
      <FormShell lang={lang} action={withLang(path, lang)} partial now={now} zone={zone}>
        <Hidden
          entries={[
            ["slot", turn.key],
            ...(corrects ? ([["correct", "1"]] as const) : []),
            ...cards.map(({ id, place }) => [`client.${place}`, clientIds[id] ?? ""] as const),
          ]}
        />
        {cards.map((member, at) => (
          <Card member={member} first={at === 0} asked={asked} alone={alone} frame={frame} />
        ))}
        <button type="submit" class="main" name="_go" value="send">
          {(corrects ? WATCH.sendCorrection : WATCH.send)[lang]}
        </button>
      </FormShell>
      {corrects ? (
        <a class="second" href={withLang(path, lang)}>
          {WATCH.keepIt[lang]}
        </a>
      ) : null}
    </section>
  );
};

const Card = ({
  member,
  first,
  asked,
  alone,
  frame,
}: {
  member: Member;
  /** Hints are said once; the other cards ask the same. */
  first: boolean;
  asked: Asked;
  alone: boolean;
  frame: Frame;
}) => {
  const { lang } = frame;
  const typed = asked.values[member.id];
  const values = typeof typed === "object" && typed !== null ? (typed as Record<string, unknown>) : {};
  return (
    <fieldset
      class="row"
      id={`g-m.${member.place}`}
      data-who={alone ? undefined : `${whoIs(member, false)} `}
    >
      <legend>
        {whoIs(member, alone)}{" "}
        <span class="tag">{(member.returnee ? WATCH.returnee : WATCH.atHome)[lang]}</span>
      </legend>
      {FIELDS.map((field) => {
        const name = `m.${member.place}.${field.name}`;
        return (
          <FormField
            form={reading}
            field={first ? hintedFor(field, asked.turn) : unhinted(field)}
            path={name}
            value={values[field.name]}
            error={asked.errors.find((one) => one.path === name)}
            lang={lang}
          />
        );
      })}
    </fieldset>
  );
};

const hintedFor = (field: Field, { late }: Turn): Field =>
  late && field.name === "temperature" ? { ...field, hint: WATCH.lateHint } : field;
const unhinted = ({ hint: _, ...field }: Field): Field => field;

const FIELDS: readonly Field[] = reading.groups.flatMap((group): readonly Field[] => group.fields);

/** English phrases begin a heading with a capital; Chinese has none. */
const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
