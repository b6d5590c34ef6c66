import type { Child } from "hono/jsx";
import { roleWords } from "../domain/care-team.ts";
import type { Recipient } from "../domain/cluster.ts";
import { addDays } from "../domain/time.ts";
import { momentWords } from "./moment.ts";
import { type DoorView, Due } from "./unit-parts.tsx";
import { ROSTER } from "./unit-roster-words.ts";
import { slotWords } from "./unit-round-words.ts";
import { WATCH } from "./unit-watch-words.ts";
import { dayWords, UNIT } from "./unit-words.ts";

/* What a unit's own page shows of observation; db/round.ts and db/watch.ts list it. */
type Owed = { unitCode: string; unitName: string; dueAt: Date };
export type WatchProps = {
  figures: { observing: number; reported: number; unreported: number; over: boolean; missed: number };
  responses: (Owed & {
    obligationId: string;
    slot: string;
    name: string;
    temperature: number;
    symptoms: boolean;
    needsHelp: boolean;
  })[];
  clusters: (Owed & { obligationId: string; recipient: Recipient; size: number })[];
  releases: (Owed & { observationId: string; name: string; untilDate: string })[];
  gaps: (Owed & { obligationId: string; householdId: string; role: string })[];
  uncovered: (Owed & { startsAt: Date })[];
};
type Props = { door: DoorView; watch: WatchProps; limit: number };

/** What cannot wait: fevers without an answer and clusters not acknowledged. Nothing where there is none. */
export const Urgent = (props: Props) => (
  <>
    <Responses {...props} />
    <Clusters {...props} />
  </>
);

/** The follow-up in figures, who is due for release, and care teams with a gap. */
export const Watched = (props: Props) => (
  <>
    <FollowUp {...props} />
    <Releases {...props} />
    <Gaps {...props} />
    <Uncovered {...props} />
  </>
);

const Responses = ({ door, watch: { responses }, limit }: Props) => {
  const { lang, today } = door;
  return (
    <Listed
      id="responses"
      title={WATCH.responses[lang]}
      count={responses.length}
      door={door}
      limit={limit}
      alarm
    >
      <p class="hint">{WATCH.responsesHint[lang]}</p>
      <ul class="board">
        {responses.map((one) => (
          <li>
            <a href={door.href(`/${one.obligationId}`)}>{one.obligationId.split("/")[1]}</a>
            <span>
              {one.name} · {slotWords(one.slot, lang, today, addDays(today, -1))}
              {elsewhere(one, door)}
              <strong class="alarm">
                {" · "}
                {saidOf(one)
                  .map((words) => words[lang])
                  .join(" · ")}
              </strong>
            </span>
            <Due at={one.dueAt} door={door} />
          </li>
        ))}
      </ul>
    </Listed>
  );
};

/** 发热 37.6 ℃, 有不适, 需要帮助. @param read temperature in °C */
export const saidOf = (read: { temperature: number; symptoms: boolean; needsHelp: boolean }) => [
  (read.temperature >= WATCH.feverFrom ? WATCH.fever : WATCH.celsius)(read.temperature.toFixed(1)),
  ...(read.symptoms ? [WATCH.ill] : []),
  ...(read.needsHelp ? [WATCH.needs] : []),
];

const Clusters = ({ door, watch: { clusters }, limit }: Props) => {
  const { lang } = door;
  return (
    <Listed
      id="clusters"
      title={WATCH.clusters[lang]}
      count={clusters.length}
      door={door}
      limit={limit}
      alarm
    >
      <ul class="board">
        {clusters.map((one) => (
          <li>
            <a href={door.href(`/${one.obligationId}`)}>{WATCH.recipients[one.recipient][lang]}</a>
            <strong class="alarm">{WATCH.clusterOf(one.unitName, one.size)[lang]}</strong>
            <Due at={one.dueAt} door={door} />
          </li>
        ))}
      </ul>
    </Listed>
  );
};

const FollowUp = ({ door, watch: { figures } }: Props) => {
  const { lang } = door;
  const { observing, reported, unreported, over, missed } = figures;
  if (observing === 0 && !["village", "grid", "town", "county"].includes(door.unit.kind)) return null;
  const cells: [string, number, boolean][] = [
    [WATCH.observing[lang], observing, false],
    [WATCH.reported[lang], reported, false],
    [(over ? WATCH.overdueNow : WATCH.dueNow)[lang], unreported, over && unreported > 0],
    [WATCH.missed[lang], missed, missed > 0],
  ];
  return (
    <section aria-labelledby="follow-up">
      <h2 id="follow-up">{WATCH.followUp[lang]}</h2>
      {observing === 0 ? (
        <p class="soft">{WATCH.noneObserved[lang]}</p>
      ) : (
        <>
          <dl class="figures">
            {cells.map(([term, count, alarm]) => (
              <div>
                <dt>{term}</dt>
                <dd class={alarm ? "alarm" : undefined}>{count}</dd>
              </div>
            ))}
          </dl>
          <a class="second narrow" href={door.href("/round")}>
            {WATCH.roundButton[lang]}
          </a>
        </>
      )}
    </section>
  );
};

const Releases = ({ door, watch: { releases }, limit }: Props) => {
  const { lang } = door;
  return (
    <Listed id="releases" title={WATCH.releases[lang]} count={releases.length} door={door} limit={limit}>
      <ul class="board">
        {releases.map((one) => (
          <li>
            <a href={door.href(`/release/${one.observationId}`)}>{one.observationId}</a>
            <span>
              {one.name} · {WATCH.until(dayWords(one.untilDate, lang))[lang]}
              {elsewhere(one, door)}
            </span>
            <Due at={one.dueAt} door={door} />
          </li>
        ))}
      </ul>
    </Listed>
  );
};

/** One line a household, whatever number of roles it lacks. */
const Gaps = ({ door, watch: { gaps }, limit }: Props) => {
  const { lang } = door;
  const homes = [...new Set(gaps.map(({ householdId }) => householdId))].map((id) => {
    const own = gaps.filter(({ householdId }) => householdId === id);
    return { ...(own[0] as (typeof gaps)[number]), roles: own.map(({ role }) => roleWords(role, lang)) };
  });
  return (
    <Listed id="care" title={WATCH.care[lang]} count={homes.length} door={door} limit={limit}>
      <ul class="board">
        {homes.map((one) => (
          <li>
            <a href={`${door.href(`/case/${one.householdId}`)}#team`}>{one.householdId}</a>
            <span>
              {WATCH.careOf(one.roles.join(lang === "en" ? ", " : "、"))[lang]}
              {elsewhere(one, door)}
            </span>
            <Due at={one.dueAt} door={door} />
          </li>
        ))}
      </ul>
    </Listed>
  );
};

/** Hours that nobody is on duty, and the way to the unit's own roster. */
const Uncovered = ({ door, watch: { uncovered }, limit }: Props) => {
  const { lang, zone, now } = door;
  const roster = door.href("/roster");
  return (
    <>
      {uncovered.length === 0 ? <h2>{ROSTER.title[lang]}</h2> : null}
      <Listed id="roster" title={ROSTER.board[lang]} count={uncovered.length} door={door} limit={limit}>
        <ul class="board">
          {uncovered.map((one) => (
            <li>
              {one.unitCode === door.unit.code ? (
                <a href={roster}>{one.unitName}</a>
              ) : (
                <span class="what">{one.unitName}</span>
              )}
              <span>{ROSTER.boardGap(momentWords(one.startsAt, lang, zone, now))[lang]}</span>
              <Due at={one.dueAt} door={door} />
            </li>
          ))}
        </ul>
      </Listed>
      <p>
        <a class="link" href={roster}>
          {ROSTER.toRoster[lang]}
        </a>
      </p>
    </>
  );
};

const elsewhere = (one: Owed, door: DoorView) =>
  one.unitCode === door.unit.code ? "" : ` · ${one.unitName}`;

type ListedProps = {
  id: string;
  title: string;
  count: number;
  limit: number;
  door: DoorView;
  alarm?: boolean;
  children?: Child;
};
const Listed = ({ id, title, count, limit, door, alarm, children }: ListedProps) =>
  count === 0 ? null : (
    <section aria-labelledby={id}>
      <h2 id={id} class={alarm ? "alarm" : undefined}>
        {title} <span class="count">{count >= limit ? `${limit}+` : count}</span>
      </h2>
      {children}
      {count >= limit ? <p class="soft">{UNIT.firstOnly(limit)[door.lang]}</p> : null}
    </section>
  );
