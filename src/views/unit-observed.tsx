import type { Cell, Diary } from "../domain/diary.ts";
import {
  type Day0Evidence,
  type Day0Rule,
  dayNumber,
  type Ending,
  type ObservationKind,
} from "../domain/observation.ts";
import type { RoteFlag } from "../domain/rote.ts";
import { type DoorView, Facts } from "./unit-parts.tsx";
import { type ReadView, ReadWords } from "./unit-round.tsx";
import { ROUND } from "./unit-round-words.ts";
import { OBSERVE, RESPOND, WATCH } from "./unit-watch-words.ts";
import { dayWords, momentWords } from "./unit-words.ts";

/** One person's observation; the name is masked unless it was asked for on record. */
export type ObservedView = {
  id: string;
  name: string;
  stage: "observing" | "due" | "held" | "merged" | Ending;
  /** Whom they were merged into. */
  mergedInto: string | null;
  /** As it is now, moves included. */
  kind: ObservationKind;
  openedKind: ObservationKind;
  day0: string;
  day0Rule: Day0Rule;
  day0Evidence: Day0Evidence;
  untilDate: string;
  moves: { kind: ObservationKind; occurredAt: Date }[];
  /** Fevers nobody has answered yet: their addresses behind the link. */
  unanswered: string[];
  measuresAckAt: Date | null;
  endedAt: Date | null;
  end?: { by: string; reason?: string } | undefined;
  diary: Diary<ReadView & { version: number }>;
  count: number;
  flags: RoteFlag[];
};

/** What stands of an observation, in brief: how far, where, what needs a look. */
export const Standing = ({ door, one }: { door: DoorView; one: ObservedView }) => {
  const { lang, zone, today } = door;
  return (
    <>
      <p>
        <strong>{stageWords(one, door)}</strong>
        <span class="soft"> · {OBSERVE.kinds[one.kind][lang]}</span>
      </p>
      {one.unanswered.map((id) => (
        <p>
          <strong class="alarm">{WATCH.unanswered[lang]}</strong>{" "}
          <a class="link" href={door.href(`/${id}`)}>
            {RESPOND.title[lang]}
            <span class="vh"> {id.split("/").slice(1).join(" ")}</span>
          </a>
        </p>
      ))}
      {one.flags.map((flag) => (
        <p>
          <strong>{ROUND.look[lang]}</strong>
          {lang === "en" ? ": " : "："}
          {ROUND.rote[flag][lang]}
        </p>
      ))}
      <Facts
        facts={[
          [
            OBSERVE.countedFrom[lang],
            `${dayWords(one.day0, lang)} · ${OBSERVE.rules[one.day0Rule][lang]} · ${OBSERVE.evidences[one.day0Evidence][lang]}`,
          ],
          [OBSERVE.lastDay[lang], dayWords(one.untilDate, lang)],
          [OBSERVE.place[lang], one.moves.length > 0 ? <Moves door={door} one={one} /> : undefined],
          [
            OBSERVE.measures[lang],
            one.measuresAckAt
              ? OBSERVE.acknowledged(momentWords(one.measuresAckAt, zone, lang, today))[lang]
              : OBSERVE.notAcknowledged[lang],
          ],
          [
            OBSERVE.ended[lang],
            one.endedAt
              ? OBSERVE.endedBy(momentWords(one.endedAt, zone, lang, today), one.end?.by ?? "")[lang].replace(
                  /，$/,
                  "",
                )
              : undefined,
          ],
          [OBSERVE.reason[lang], one.end?.reason],
        ]}
      />
    </>
  );
};

/** The way to the other county, for somebody who is no longer here. */
export const LetterWay = ({ door, personId }: { door: DoorView; personId: string }) => {
  const { lang, letterTo } = door;
  if (!letterTo) return <p class="soft">{OBSERVE.letterAtDesk[lang]}</p>;
  return (
    <p>
      <span class="hint">{OBSERVE.letterHint[lang]}</span>
      <br />
      <a class="second narrow" href={letterTo(personId)}>
        {OBSERVE.letter[lang]}
      </a>
    </p>
  );
};

const Moves = ({ door, one }: { door: DoorView; one: ObservedView }) => (
  <>
    {OBSERVE.kinds[one.openedKind][door.lang]}
    {one.moves.map(({ kind, occurredAt }) => (
      <>
        <br />
        {
          OBSERVE.moved(
            OBSERVE.kinds[kind][door.lang],
            momentWords(occurredAt, door.zone, door.lang, door.today),
          )[door.lang]
        }
      </>
    ))}
  </>
);

/** How far an observation is, in words. */
export function stageWords(one: ObservedView, { lang, today }: Pick<DoorView, "lang" | "today">): string {
  if (one.stage === "merged") return OBSERVE.stage.merged(one.mergedInto ?? "")[lang];
  if (one.stage !== "observing") return OBSERVE.stage[one.stage][lang];
  return OBSERVE.stage.observing(dayNumber(one.day0, today), dayNumber(one.day0, one.untilDate))[lang];
}

/** All slots so far, a row a day, newest first: the temperature, and in words what was late, corrected or missed. */
export const Readings = ({ door, one }: { door: DoorView; one: ObservedView }) => {
  const { lang } = door;
  return (
    <table class="readings">
      <caption class="vh">{`${OBSERVE.caption[lang]} ${one.id}`}</caption>
      <thead>
        <tr>
          <th scope="col">{OBSERVE.day[lang]}</th>
          <th scope="col">{OBSERVE.morning[lang]}</th>
          <th scope="col">{OBSERVE.evening[lang]}</th>
        </tr>
      </thead>
      <tbody>
        {one.diary.map(({ date, morning, evening }) => (
          <tr>
            <th scope="row">{dayWords(date, lang)}</th>
            <td>
              <Slot cell={morning} door={door} />
            </td>
            <td>
              <Slot cell={evening} door={door} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Slot = ({ cell, door }: { cell: Cell<ReadView & { version: number }> | undefined; door: DoorView }) => {
  const { lang } = door;
  if (!cell)
    return (
      <span class="soft">
        <span aria-hidden="true">{OBSERVE.notOwed[lang]}</span>
        <span class="vh">{OBSERVE.notOwedSaid[lang]}</span>
      </span>
    );
  const { read, state } = cell;
  if (!read || state !== "read") {
    const words = {
      open: OBSERVE.open,
      overdue: OBSERVE.overdue,
      missed: OBSERVE.missed,
      read: OBSERVE.open,
    }[state];
    return state === "open" ? (
      <span class="soft">{words[lang]}</span>
    ) : (
      <strong class="alarm">{words[lang]}</strong>
    );
  }
  return (
    <>
      <ReadWords read={read} lang={lang} />
      {read.late ? <span class="soft"> {OBSERVE.late[lang]}</span> : null}
      {read.version > 1 ? <span class="soft"> {OBSERVE.corrected[lang]}</span> : null}
    </>
  );
};

/** The observations of a household on its case page, each with its readings folded. */
export const Members = ({ door, members }: { door: DoorView; members: ObservedView[] }) => {
  const { lang } = door;
  return (
    <section aria-labelledby="observed">
      <h2 id="observed">{OBSERVE.section[lang]}</h2>
      {members.map((one) => (
        <section class="member" aria-labelledby={`m-${one.id}`}>
          <h3 id={`m-${one.id}`}>
            {one.name} <span class="soft">{one.id}</span>
          </h3>
          <Standing door={door} one={one} />
          {one.diary.length > 0 ? (
            <details>
              <summary>{OBSERVE.readings(one.count)[lang]}</summary>
              <Readings door={door} one={one} />
            </details>
          ) : null}
          <p>
            <a class="link" href={door.href(`/observation/${one.id}`)}>
              {OBSERVE.more[lang]}
              <span class="vh"> {one.id}</span>
            </a>
          </p>
        </section>
      ))}
    </section>
  );
};
