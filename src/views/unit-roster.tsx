import { gaps, type Span } from "../domain/roster.ts";
import { addDays, DAY, localDate } from "../domain/time.ts";
import { ASSETS } from "./assets.ts";
import { ErrorSummary } from "./form.tsx";
import { dateWords, momentWords } from "./moment.ts";
import { type DoorView, UnitPage } from "./unit-parts.tsx";
import { AddPerson, AddShift, Handover } from "./unit-roster-form.tsx";
import { clockWords, Line, type PersonView, type RosterProps, type ShiftView } from "./unit-roster-parts.tsx";
import { ROSTER } from "./unit-roster-words.ts";
import { dayWords, spanWords } from "./unit-words.ts";

const NEXT_DAYS = 14;

/** A unit's roster: what is not covered first, who is on, handover, what is to come, and what was. */
export const RosterPage = (props: RosterProps) => {
  const { door, errors = [], said } = props;
  const { lang } = door;
  return (
    <UnitPage
      door={door}
      title={ROSTER.title[lang]}
      path="/roster"
      error={errors.length > 0}
      more={{ css: ASSETS.unitCss }}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {said ? (
        <p class="note unprinted" role="status">
          {said}
        </p>
      ) : null}
      <h1>
        {ROSTER.title[lang]} <span class="nb">{door.unit.name}</span>
      </h1>
      {/* Printed, the sheet hangs on a wall: what is said of now and of tomorrow stays off it. */}
      <p class="soft">{ROSTER.asOf(dateWords(door.now, lang, door.zone, door.now))[lang]}</p>
      <Gaps {...props} />
      <OnNow {...props} />
      <Handover {...props} />
      <Upcoming {...props} />
      <AddShift {...props} />
      <AddPerson {...props} />
      <Past {...props} />
    </UnitPage>
  );
};

/** What nobody covers within two days: vermilion, with its times and its length beside the colour. */
const Gaps = ({ door, shifts, uncovered, until }: RosterProps) => {
  const { lang, now, zone } = door;
  if (shifts.length === 0) return <p class="soft">{ROSTER.notKept[lang]}</p>;
  if (uncovered.length === 0) return <p class="soft">{ROSTER.covered[lang]}</p>;
  const when = (at: Date) => momentWords(at, lang, zone, now);
  return (
    <section class="note alarm unprinted" aria-labelledby="gaps">
      <h2 id="gaps" class="alarm first">
        {ROSTER.gapsTitle[lang]}
      </h2>
      <ul>
        {uncovered.map(({ startsAt, endsAt }) => (
          <li>
            <strong class="alarm">
              {endsAt < until
                ? ROSTER.gap(when(startsAt), when(endsAt))[lang]
                : ROSTER.gapOpen(when(startsAt))[lang]}
            </strong>{" "}
            {startsAt <= now ? ROSTER.gapNow[lang] : null}
            {endsAt < until && startsAt > now ? `· ${spanWords(+endsAt - +startsAt, lang)}` : null}
          </li>
        ))}
      </ul>
      <p>{ROSTER.gapHint[lang]}</p>
      <a class="second narrow" href="#add">
        {ROSTER.toAdd[lang]}
      </a>
    </section>
  );
};

const OnNow = ({ door, shifts }: RosterProps) => {
  const { lang, now, zone } = door;
  const on = shifts.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  return (
    <section aria-labelledby="now" class="unprinted">
      <h2 id="now">{ROSTER.now[lang]}</h2>
      {on.length === 0 ? (
        <p>
          <strong class={shifts.length > 0 ? "alarm" : undefined}>{ROSTER.nobody[lang]}</strong>
        </p>
      ) : null}
      {on.map(({ post, person, endsAt, takenOverAt }) => (
        <div class="member">
          <p class="over soft">{ROSTER.posts[post][lang]}</p>
          <p class="big">{person.name}</p>
          <p>
            {ROSTER.until(momentWords(endsAt, lang, zone, now))[lang]}
            {" · "}
            {takenOverAt
              ? ROSTER.taken(momentWords(takenOverAt, lang, zone, now))[lang]
              : ROSTER.notTaken[lang]}
            {person.phone ? (
              <>
                {" · "}
                <a href={`tel:${person.phone}`}>
                  <span class="vh">{ROSTER.call[lang]} </span>
                  {person.phone}
                </a>
              </>
            ) : null}
          </p>
          <Standing person={person} door={door} />
        </div>
      ))}
    </section>
  );
};

const Standing = ({ person, door: { lang } }: { person: PersonView; door: DoorView }) =>
  person.unreachable && !person.removed ? <p class="alarm">{ROSTER.unreachable[lang]}</p> : null;

/** What runs or is to come, by day; each can be taken off. */
const Upcoming = ({ door, shifts, all }: RosterProps) => {
  const { lang, now, zone, today } = door;
  const coming = shifts.filter(({ endsAt }) => endsAt > now);
  const horizon = addDays(today, NEXT_DAYS);
  const shown = all ? coming : coming.filter(({ startsAt }) => localDate(startsAt, zone) < horizon);
  const days = [...new Set(shown.map(({ startsAt }) => localDate(startsAt, zone)))];
  const later = coming.length - shown.length;
  return (
    <section aria-labelledby="f-shift">
      <h2 id="f-shift" tabindex={-1}>
        {(all ? ROSTER.all : ROSTER.next)[lang]}
      </h2>
      {days.length === 0 ? <p class="soft">{ROSTER.noneNext[lang]}</p> : null}
      {days.map((date) => (
        <>
          <h3>
            {dayWords(date, lang, "short")}{" "}
            {date === today ? <span class="unprinted">{ROSTER.today[lang]}</span> : null}
          </h3>
          <ul class="board">
            {shown
              .filter(({ startsAt }) => localDate(startsAt, zone) === date)
              .map((shift) => (
                <Line door={door} shift={shift}>
                  <form method="post" action={door.href(`/roster/${shift.id}/off`)} class="act">
                    <button type="submit" class="link">
                      {(shift.startsAt <= now ? ROSTER.cut : ROSTER.remove)[lang]}
                      <span class="vh">
                        {" "}
                        {dayWords(date, lang)} {clockWords(shift, door)} {ROSTER.posts[shift.post][lang]}
                      </span>
                    </button>
                  </form>
                </Line>
              ))}
          </ul>
        </>
      ))}
      {later > 0 ? (
        <p>
          <a href={door.href("/roster?all=1")}>{ROSTER.later(later)[lang]}</a>
        </p>
      ) : null}
    </section>
  );
};

/** The last seven days, newest first: who was on and took over when, and when nobody was. */
const Past = ({ door, shifts }: RosterProps) => {
  const { lang, now } = door;
  const since = new Date(now.getTime() - 7 * DAY);
  const over = shifts.filter(({ endsAt }) => endsAt <= now && endsAt > since);
  const first = shifts[0];
  const holes = first ? gaps(shifts, first.startsAt, now).filter(({ endsAt }) => endsAt > since) : [];
  const lines: (Span & { shift?: ShiftView })[] = [...over.map((shift) => ({ ...shift, shift })), ...holes];
  lines.sort((a, b) => +b.startsAt - +a.startsAt);
  return (
    <section aria-labelledby="past" class="unprinted">
      <h2 id="past">{ROSTER.past[lang]}</h2>
      {lines.length === 0 ? (
        <p class="soft">{ROSTER.nonePast[lang]}</p>
      ) : (
        <PastLines lines={lines} door={door} />
      )}
    </section>
  );
};

const PastLines = ({ door, lines }: { door: DoorView; lines: (Span & { shift?: ShiftView })[] }) => {
  const { lang, now, zone, today } = door;
  const when = (at: Date) => momentWords(at, lang, zone, now);
  return (
    <ul class="board">
      {lines.map(({ shift, startsAt, endsAt }) =>
        shift ? (
          <Line door={door} shift={shift}>
            <span class="soft">
              {localDate(startsAt, zone) === today ? "" : `${dayWords(localDate(startsAt, zone), lang)} · `}
              {shift.takenOverAt ? ROSTER.taken(when(shift.takenOverAt))[lang] : ROSTER.notTaken[lang]}
            </span>
          </Line>
        ) : (
          <li>
            <strong class="what alarm">{ROSTER.wasUncovered[lang]}</strong>
            <span>{ROSTER.gap(when(startsAt), when(endsAt))[lang]}</span>
          </li>
        ),
      )}
    </ul>
  );
};
