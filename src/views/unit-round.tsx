import type { ObservationKind } from "../domain/observation.ts";
import { dayNumber } from "../domain/observation.ts";
import type { FieldError } from "../domain/problem.ts";
import type { RoteFlag } from "../domain/rote.ts";
import { addDays, localClock } from "../domain/time.ts";
import type { Lang } from "../forms/define.ts";
import { ASSETS } from "./assets.ts";
import { ErrorSummary } from "./form.tsx";
import { Notice } from "./notice.tsx";
import { type DoorView, UnitPage } from "./unit-parts.tsx";
import { ROUND_JS } from "./unit-round-assets.ts";
import { EntryFields, type Typed } from "./unit-round-entry.tsx";
import { scriptWords } from "./unit-round-script.ts";
import { ROUND, slotWords } from "./unit-round-words.ts";
import { WATCH } from "./unit-watch-words.ts";
import { momentWords } from "./unit-words.ts";

/** A slot's reading that counts, in °C. */
export type ReadView = {
  slot: string;
  temperature: number;
  symptoms: boolean;
  needsHelp: boolean;
  abnormal: boolean;
  late: boolean;
  recordedAt: Date;
};
/** Somebody under observation as db/round.ts lists them: the name is masked. */
export type RoundPersonView = {
  observationId: string;
  householdId: string;
  unitCode: string;
  unitName: string;
  name: string;
  kind: ObservationKind;
  day: number;
  untilDate: string;
  /** Slots that take an entry now, newest first. */
  turns: { slot: string; dueAt: Date; late: boolean; read?: ReadView | undefined }[];
  last?: ReadView | undefined;
  unanswered: string[];
  held: boolean;
  dueForRelease: boolean;
  flags: RoteFlag[];
  /** For what is posted without JavaScript. */
  clientId: string;
  typed?: Typed | undefined;
  errors: FieldError[];
};
export type RoundProps = {
  door: DoorView;
  people: RoundPersonView[];
  /** The slot whose hours began last: what the page is about. */
  slot: { key: string; dueAt: Date; over: boolean; until: Date; next: string; nextAt: Date };
  /** When the list becomes another one. */
  turnAt: Date;
  /** Names what this page keeps on a phone. */
  store: string;
  limit: number;
  /** How many were stored by what was just posted. */
  saved?: number | undefined;
  /** Nothing at all was filled in, or too fast. */
  notice?: string | undefined;
  /** What is wrong with rows of people who are no longer on the list. */
  strays?: FieldError[];
};

const GROUPS = ["due", "late", "done", "wait"] as const;
type Group = (typeof GROUPS)[number];

/** The grid worker's round: everyone under observation here, due now first, one card a person, one form for all. */
export const RoundPage = (props: RoundProps) => {
  const { door, people, saved, notice, strays = [] } = props;
  const { lang } = door;
  // In the summary each stands alone, so it says whom it is about.
  const errors = [...people.flatMap((one) => one.errors), ...strays].map((error) => ({
    ...error,
    message: `${error.path.split(".")[0]}${lang === "en" ? ": " : "："}${error.message}`,
  }));
  const title = ROUND.title[lang];
  return (
    <UnitPage
      door={door}
      title={title}
      path="/round"
      form={people.length > 0 ? "round" : undefined}
      error={errors.length > 0 || notice !== undefined}
      more={{ css: ASSETS.unitCss, js: ROUND_JS }}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {notice ? <Notice title={notice} /> : null}
      {saved ? (
        <p class="note" role="status">
          {(errors.length > 0 ? ROUND.savedSome : ROUND.saved)(saved)[lang]}
        </p>
      ) : null}
      <h1>{title}</h1>
      {people.length === 0 ? (
        <>
          <p>{ROUND.none[lang]}</p>
          <p class="soft">{ROUND.noneHint[lang]}</p>
        </>
      ) : (
        <Round {...props} />
      )}
    </UnitPage>
  );
};

const Round = (props: RoundProps) => {
  const { door, people, slot, turnAt, store, limit } = props;
  const { lang, now } = door;
  const groups = GROUPS.map((group) => ({
    group,
    people: people.filter((one) => groupOf(one) === group),
  })).filter((one) => one.people.length > 0);
  const owing = people.filter((one) => turnOf(one, slot.key));
  const reported = owing.filter((one) => turnOf(one, slot.key)?.read).length;
  return (
    <form
      id="round"
      method="post"
      action={door.href("/round")}
      novalidate
      data-round="1"
      data-store={store}
      data-send={door.href("/round/readings")}
      data-now={now.getTime()}
      data-turn={turnAt.getTime()}
      data-words={scriptWords(props, owing.length)}
    >
      <p>
        <strong>{slotLine(props)}</strong>
      </p>
      <p class="hint js-only">{ROUND.hint[lang]}</p>
      <p class="hint plain">{ROUND.plainHint[lang]}</p>
      {people.length >= limit ? <p class="note">{ROUND.firstOnly(limit)[lang]}</p> : null}
      <div class="note" id="turned" hidden>
        <p>{ROUND.turned[lang]}</p>
        <p>
          <a class="link" href={door.href("/round")}>
            {ROUND.reload[lang]}
          </a>
        </p>
      </div>
      <section id="strays" hidden aria-labelledby="strays-title">
        <h2 id="strays-title">{ROUND.strays[lang]}</h2>
        <div class="lines" />
      </section>
      {groups.map(({ group, people: them }) => (
        <section aria-labelledby={`group-${group}`}>
          <h2 id={`group-${group}`}>
            {ROUND.groups[group][lang]} <span class="count">{ROUND.person(them.length)[lang]}</span>
          </h2>
          <ul class="people">
            {them.map((one) => (
              <Card {...props} one={one} />
            ))}
          </ul>
        </section>
      ))}
      <div class="tally">
        <div role="status">
          <span class="count" id="tally">
            {ROUND.reported(reported, owing.length)[lang]}
          </span>
          <span id="trouble" />
        </div>
        <button type="submit" class="main" id="send-all">
          {ROUND.send[lang]}
        </button>
      </div>
    </form>
  );
};

const turnOf = (one: RoundPersonView, key: string) => one.turns.find((turn) => turn.slot === key);

function groupOf(one: RoundPersonView): Group {
  const [newest] = one.turns;
  if (!newest) return "wait";
  if (!newest.read) return "due";
  return one.turns.every(({ read }) => read) ? "done" : "late";
}

/** 今天早测，12:00 前报. */
function slotLine({ door, slot }: RoundProps): string {
  const { lang, zone, today } = door;
  const name = slotWords(slot.key, lang, today, addDays(today, -1));
  const shown = name[0]?.toUpperCase() + name.slice(1);
  return slot.over
    ? ROUND.between(shown, momentWords(slot.until, zone, lang, today))[lang]
    : ROUND.on(shown, localClock(slot.dueAt, zone))[lang];
}

const Card = (props: RoundProps & { one: RoundPersonView }) => {
  const { door, one, slot } = props;
  const { lang, today } = door;
  const yesterday = addDays(today, -1);
  const wrong = one.errors.length > 0;
  const done = one.turns.filter(({ read }) => read).map((turn) => turn.slot);
  const { last } = one;
  return (
    <li
      class={wrong ? "wrong" : undefined}
      data-person={one.observationId}
      data-owes={turnOf(one, slot.key) ? slot.key : undefined}
      data-done={done.join(" ")}
    >
      <h3 tabindex={-1}>
        {one.name}
        <span class="number">
          <a href={door.href(`/observation/${one.observationId}`)}>{one.observationId}</a>
        </span>
      </h3>
      <p class="soft">
        {one.unitCode === door.unit.code ? "" : `${one.unitName} · `}
        {WATCH.kinds[one.kind][lang]} · {dayWordsOf(one, props)}
      </p>
      <p class="last">
        {last ? (
          <>
            <span class="soft">
              {ROUND.last[lang]} {slotWords(last.slot, lang, today, yesterday)}
            </span>{" "}
            <ReadWords read={last} lang={lang} />
          </>
        ) : (
          <span class="soft">{ROUND.noLast[lang]}</span>
        )}
      </p>
      {one.unanswered.length > 0 ? <p class="alarm">{WATCH.unanswered[lang]}</p> : null}
      {one.flags.map((flag) => (
        <p class="flag">
          <strong>{ROUND.look[lang]}</strong>
          {lang === "en" ? ": " : "："}
          {ROUND.rote[flag][lang]}
        </p>
      ))}
      <div class="lines" />
      {one.turns.length > 0 ? <EntryFields door={door} one={one} /> : <Waits {...props} />}
    </li>
  );
};

const Waits = ({ door, one, slot }: RoundProps & { one: RoundPersonView }) => {
  const { lang, zone, today } = door;
  const next = slotWords(slot.next, lang, today, addDays(today, -1));
  return (
    <p>
      {one.dueForRelease
        ? ROUND.over[lang]
        : ROUND.opensAt(next, momentWords(slot.nextAt, zone, lang, today))[lang]}
    </p>
  );
};

/** 第 3 天，共 14 天. */
function dayWordsOf(one: RoundPersonView, { door }: RoundProps): string {
  const past = dayNumber(one.untilDate, door.today);
  return (past > 0 ? ROUND.beyond(one.day) : ROUND.day(one.day, one.day - past))[door.lang];
}

/** 36.5 ℃, or 发热 37.6 ℃ · 有不适, never by colour alone. */
export const ReadWords = ({ read, lang }: { read: ReadView; lang: Lang }) => {
  const text = [
    (read.temperature >= WATCH.feverFrom ? WATCH.fever : WATCH.celsius)(read.temperature.toFixed(1))[lang],
    read.symptoms ? WATCH.ill[lang] : "",
    read.needsHelp ? WATCH.needs[lang] : "",
  ].filter(Boolean);
  return <strong class={read.abnormal ? "alarm" : undefined}>{text.join(" · ")}</strong>;
};
