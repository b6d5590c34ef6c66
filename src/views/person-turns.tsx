import type { Child } from "hono/jsx";
import { alarming, nextTurn, type Standing, type TakenReading, type Turn } from "../domain/person.ts";
import { localClock, localDate } from "../domain/time.ts";
import { type Frame, withLang } from "./layout.tsx";
import { momentWords } from "./moment.ts";
import type { Registered } from "./person.tsx";
import type { Asked } from "./person-form.tsx";
import { Entered, type Member, ReadingWords, whoIs } from "./person-parts.tsx";
import { slotWords, WATCH } from "./person-words.ts";

export type WatchProps = {
  frame: Frame;
  registered: Registered;
  members: readonly Member[];
  standing: readonly Standing[];
  readings: readonly TakenReading[];
  turns: readonly Turn[];
  /** /p/<token> */
  path: string;
  /** The turn that the reader looks at: what stands for it is listed. */
  focus?: Turn | undefined;
  /** What is asked for now; undefined when nothing is. */
  asked?: Asked | undefined;
  /** The slot that was just entered: the page thanks and says what comes next. */
  done?: string | undefined;
  /** What went wrong with the whole, above everything. */
  notice?: Child;
  /** How the officials' answer to each standing fever is, by observation. */
  responses: Readonly<Record<string, { dueAt: Date; metAt: Date | null } | undefined>>;
};

/** Fever or a symptom that stands: what to do, who was told, by when somebody calls. */
export const Alarms = ({ frame, standing, readings, members, responses }: WatchProps) => {
  const { lang, zone, now, hotline } = frame;
  const fevers = alarming(standing, readings);
  if (fevers.length === 0) return null;
  return (
    <div class="note alarm" role="alert">
      <p>
        <strong class="alarm">{WATCH.alarm[lang]}</strong>
      </p>
      <ul class="plain">
        {fevers.map((one) => {
          const member = members.find(({ id }) => id === one.observationId);
          return (
            <li>
              {member ? whoIs(member, members.length === 1) : ""} <ReadingWords one={one} lang={lang} />
            </li>
          );
        })}
      </ul>
      <p>
        <strong>{WATCH.told[lang]}</strong>{" "}
        {fevers
          .map((one) => responses[one.observationId])
          .filter((answer) => answer !== undefined)
          .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
          .slice(0, 1)
          .map(({ dueAt, metAt }) =>
            metAt
              ? WATCH.answered(momentWords(metAt, lang, zone, now))[lang]
              : (dueAt <= now ? WATCH.answerOverdue : WATCH.answerBy)(momentWords(dueAt, lang, zone, now))[
                  lang
                ],
          )}
      </p>
      <ul>
        {WATCH.advice.map((line) => (
          <li>{line[lang]}</li>
        ))}
      </ul>
      {hotline ? (
        <a class="second" href={`tel:${hotline.replace(/[^\d+]/g, "")}`}>
          {WATCH.call[lang]} <span class="nb">{hotline}</span>
        </a>
      ) : null}
    </div>
  );
};

/** What was just entered, with thanks, and what comes next. */
export const Done = (props: WatchProps & { turn: Turn }) => {
  const { frame, turn, readings, asked } = props;
  const { lang, zone, now } = frame;
  const own = readings.filter(({ slot }) => slot === turn.key);
  const until = turn.late ? turn.until : turn.dueAt;
  return (
    <section class="box" aria-labelledby="done" role="status">
      {asked ? <h2 id="done">{WATCH.thanks[lang]}</h2> : <h1 id="done">{WATCH.thanks[lang]}</h1>}
      <p class="soft">{WATCH.filled(slotWords(turn.slot, lang, localDate(now, zone)))[lang]}</p>
      <Lines {...props} turn={turn} />
      {own.some(({ needsHelp }) => needsHelp) ? <p>{WATCH.helpNoted[lang]}</p> : null}
      {turn.missing.length > 0 ? (
        <p>
          <strong>
            {WATCH.stillMissing(turn.missing.length, momentWords(until, lang, zone, now))[lang]}
          </strong>
        </p>
      ) : (
        <Next {...props} />
      )}
    </section>
  );
};

/** Between slots, or when everybody is entered. */
export const Nothing = (props: WatchProps) => {
  const { lang } = props.frame;
  const [newest] = props.turns;
  const full = newest && !newest.late && newest.missing.length === 0;
  return (
    <section aria-labelledby="ask-title">
      <h1 id="ask-title" class="ask">
        {(full ? WATCH.allDone : WATCH.nothingNow)[lang]}
      </h1>
      <Next {...props} />
    </section>
  );
};

/** When the next slot opens, or that none is left. */
const Next = ({ frame, standing }: WatchProps) => {
  const { lang, zone, now } = frame;
  const next = nextTurn(standing, now, zone);
  if (!next) return <p>{`${WATCH.noMore[lang]}${lang === "en" ? " " : ""}${WATCH.dueHelp[lang]}`}</p>;
  return (
    <p>
      {WATCH.nextTime[lang]}
      {lang === "en" ? ": " : "："}
      <strong>
        {
          WATCH.nextAt(
            slotWords(next.slot, lang, localDate(now, zone)),
            localClock(next.opens, zone),
            localClock(next.closes, zone),
          )[lang]
        }
      </strong>
    </p>
  );
};

/** What stands for a turn already, each with a way to correct it. */
export const Listed = (props: WatchProps & { turn: Turn }) => {
  const { frame, turn, readings } = props;
  const { lang, zone, now } = frame;
  if (!readings.some(({ slot }) => slot === turn.key)) return null;
  return (
    <section aria-labelledby={`t-${turn.key}`}>
      <h2 id={`t-${turn.key}`}>{WATCH.filled(slotWords(turn.slot, lang, localDate(now, zone)))[lang]}</h2>
      <Lines {...props} turn={turn} />
    </section>
  );
};

const Lines = ({ frame, members, readings, turn, path }: WatchProps & { turn: Turn }) => {
  const { lang } = frame;
  return (
    <ul class="lines">
      {members.map((member) => {
        const one = readings.find(
          ({ observationId, slot }) => observationId === member.id && slot === turn.key,
        );
        if (!one) return null;
        const who = whoIs(member, members.length === 1);
        return (
          <li>
            <span class="who">{who}</span>
            <span>
              <ReadingWords one={one} lang={lang} />
              <br />
              <Entered one={one} frame={frame} />
            </span>
            {turn.owedBy.includes(member.id) ? (
              <span class="act">
                <a
                  href={`${withLang(`${path}?slot=${turn.key}&who=${member.place}`, lang)}#ask`}
                  aria-label={WATCH.correctWhose(who)[lang]}
                >
                  {WATCH.correct[lang]}
                </a>
              </span>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
};

/** Older turns that still miss somebody. */
export const Others = ({ frame, turns, path }: WatchProps) => {
  const { lang, zone, now } = frame;
  return (
    <section aria-labelledby="others">
      <h2 id="others">{WATCH.otherTurns[lang]}</h2>
      <ul class="doors">
        {turns.map((turn) => (
          <li>
            <a href={`${withLang(`${path}?slot=${turn.key}`, lang)}#ask`}>
              <strong>{slotWords(turn.slot, lang, localDate(now, zone))}</strong>
              <span>
                {
                  WATCH.otherUntil(
                    turn.missing.length,
                    momentWords(turn.late ? turn.until : turn.dueAt, lang, zone, now),
                  )[lang]
                }
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
