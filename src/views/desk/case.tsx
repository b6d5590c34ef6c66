import { registration } from "../../../forms/registration.ts";
import type { ChartPoint, HistoryEvent } from "../../domain/case-history.ts";
import { maskName } from "../../domain/mask.ts";
import type { FieldError } from "../../domain/problem.ts";
import { localClock, localDate } from "../../domain/time.ts";
import { ErrorSummary } from "../form.tsx";
import { CareTeam, type CareView } from "../unit-care.tsx";
import type { CaseView } from "../unit-case.tsx";
import { CASE } from "../unit-case-words.ts";
import { type ObservedView, Readings, Standing } from "../unit-observed.tsx";
import { type DoorView, Due, Facts, labelOf } from "../unit-parts.tsx";
import { OBSERVE } from "../unit-watch-words.ts";
import { dayWords, momentWords } from "../unit-words.ts";
import { About, type AboutView } from "./case-about.tsx";
import { Chart } from "./case-chart.tsx";
import { History } from "./case-history.tsx";
import { AskReveal, Revealed, type RevealedView } from "./case-reveal.tsx";
import { RECORD } from "./case-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** A household as the unit's own page knows it; names are masked here, and the page knows its unit by its path. */
export type CaseHome = Omit<CaseView, "unitName" | "people"> & {
  sealedOffAt: Date | null;
  people: Omit<CaseView["people"][number], "symptomatic">[];
};
export type CaseProps = {
  desk: DeskView;
  id: string;
  home: CaseHome;
  door: DoorView;
  unitPath: { code: string; name: string }[];
  observed: ObservedView | undefined;
  chart: ChartPoint[];
  team: CareView[];
  about: AboutView;
  history: { shown: HistoryEvent[]; before: Date | undefined };
  actors: Map<string, { unitName: string; name?: string }>;
  /** Set only on the answer to a recorded look. */
  reveal?: RevealedView;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
  /** A later page of the history. */
  on?: boolean;
};

/** One person's whole record: what was registered, observed, told, seen and changed. */
export const RecordPage = (props: CaseProps) => {
  const { desk, id, home, door, observed, chart, team, reveal, errors = [], on, history } = props;
  const { lang, zone, today } = desk;
  const self = home.people.find((one) => one.id === id);
  const title = RECORD.title(id)[lang];
  return (
    <DeskPage desk={desk} title={title} path={`/people/${id}`} room="/people" error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      <h1>
        {maskName(self?.name)} <span class="number">{id}</span>
      </h1>
      <p class="asof">{props.unitPath.map(({ name }) => name).join(" · ")}</p>
      {home.sealedOffAt ? (
        <p class="note">{RECORD.sealedOff(momentWords(home.sealedOffAt, zone, lang, today))[lang]}</p>
      ) : null}
      {reveal ? <Revealed desk={desk} reveal={reveal} /> : null}
      <WhatNext {...props} />
      <div class="halves">
        <section aria-labelledby="registration">
          <h2 id="registration">{RECORD.registration[lang]}</h2>
          <Registered home={home} door={door} />
          <Members {...props} />
        </section>
        <section aria-labelledby="observation">
          <h2 id="observation">{RECORD.observation[lang]}</h2>
          {observed ? (
            <>
              <Standing door={door} one={observed} />
              <Chart desk={desk} points={chart} />
              {observed.diary.length > 0 ? (
                <details>
                  <summary>
                    {RECORD.asTable[lang]} · {OBSERVE.readings(observed.count)[lang]}
                  </summary>
                  <Readings door={door} one={observed} />
                </details>
              ) : null}
            </>
          ) : (
            <p>{RECORD.notObserved[lang]}</p>
          )}
        </section>
      </div>
      {team.length > 0 ? <CareTeam door={door} householdId={home.id} team={team} shown={false} /> : null}
      <About desk={desk} householdId={home.id} about={props.about} />
      {reveal || home.sealedOffAt ? null : (
        <AskReveal desk={desk} path={`/people/${id}`} errors={errors} typed={props.typed} />
      )}
      <h2 id="history">{RECORD.history[lang]}</h2>
      <History desk={desk} events={history.shown} actors={props.actors} />
      <p class="ways">
        {history.before ? (
          <a href={`${desk.href(`/people/${id}?before=${history.before.getTime()}`)}#history`}>
            {RECORD.more[lang]}
          </a>
        ) : null}
        {on ? <a href={`${desk.href(`/people/${id}`)}#history`}>{RECORD.newest[lang]}</a> : null}
      </p>
    </DeskPage>
  );
};

const Registered = ({ home, door }: { home: CaseHome; door: DoorView }) => {
  const { lang, zone, today } = door;
  return (
    <>
      <p>
        {home.verifiedAt ? (
          <strong>
            {CASE.settled(momentWords(home.verifiedAt, zone, lang, today))[lang]}
            {home.verifyOutcome ? ` · ${CASE.outcomes[home.verifyOutcome][lang]}` : ""}
          </strong>
        ) : (
          <Due at={home.verifyDueAt} door={door} />
        )}
      </p>
      <Facts
        facts={[
          [RECORD.registered[lang], momentWords(home.recordedAt, zone, lang, today)],
          [CASE.from[lang], labelOf(registration, "origin", home.origin, lang)],
          [CASE.transit[lang], home.transitWuhan ? CASE.yes[lang] : undefined],
          [CASE.leftOn[lang], home.leftOn ? dayWords(home.leftOn, lang) : undefined],
          [
            CASE.arrived[lang],
            `${dayWords(localDate(home.arrivedAt, zone), lang)} ${localClock(home.arrivedAt, zone)}`,
          ],
          [CASE.filledBy[lang], labelOf(registration, "filledBy", home.filledBy, lang)],
          [CASE.repeated[lang], home.samePhoneAs ? CASE.samePhone(home.samePhoneAs)[lang] : undefined],
        ]}
      />
    </>
  );
};

const Members = ({ desk, id, home }: CaseProps) => {
  const { lang } = desk;
  return (
    <>
      <h3>
        {RECORD.household[lang]} <span class="count">{home.people.length}</span>
      </h3>
      <ul class="plain-list">
        {home.people.map((one) => {
          const fever = one.temperature !== null && one.temperature >= 373;
          const celsius = CASE.temperature(((one.temperature ?? 0) / 10).toFixed(1))[lang];
          const said = [
            (one.returnee ? CASE.returnee : CASE.atHome)[lang],
            one.area ? CASE.area[lang] : "",
            one.contact ? CASE.contact[lang] : "",
            one.temperature !== null && !fever ? celsius : "",
            one.duplicateOf ? `${CASE.repeated[lang]} ${one.duplicateOf}` : "",
          ].filter(Boolean);
          const alarm = [one.symptoms ? CASE.symptoms[lang] : "", fever ? celsius : ""].filter(Boolean);
          return (
            <li>
              {one.id === id ? (
                <strong>
                  {maskName(one.name)} {one.id}（{RECORD.self[lang]}）
                </strong>
              ) : (
                <a class="tap" href={desk.href(`/people/${one.id}`)}>
                  {maskName(one.name)} {one.id}
                </a>
              )}{" "}
              {said.join(" · ")}
              {alarm.length > 0 ? <strong class="alarm"> · {alarm.join(" · ")}</strong> : null}
            </li>
          );
        })}
      </ul>
    </>
  );
};

/** The pages where something is done about this person. */
const WhatNext = ({ desk, id, home, door, observed }: CaseProps) => {
  const { lang } = desk;
  const { acts } = RECORD;
  const settle = desk.may("settle");
  const open = observed?.endedAt === null && observed.stage !== "merged";
  const ways: [string, string][] = [
    [door.href(`/case/${home.id}`), (home.verifiedAt || !settle ? acts.household : acts.verify)[lang]],
    ...(open && settle
      ? [[`${door.href("/round")}#f-${id}.temperature`, acts.reading[lang]] as [string, string]]
      : []),
    ...(observed?.stage === "due" && settle
      ? [[door.href(`/release/${id}`), acts.release[lang]] as [string, string]]
      : []),
    ...(observed ? [[door.href(`/observation/${id}`), acts.observation[lang]] as [string, string]] : []),
    ...(desk.may("issue") && !home.sealedOffAt
      ? [[desk.href(`/letters/new/${id}`), acts.letter[lang]] as [string, string]]
      : []),
    ...(desk.may("supervise")
      ? [
          [desk.href(`/tickets/new?${new URLSearchParams({ about: id })}`), acts.ticket[lang]] as [
            string,
            string,
          ],
        ]
      : []),
  ];
  return (
    <nav class="ways unprinted" aria-label={RECORD.next[lang]}>
      {ways.map(([href, words]) => (
        <a href={href}>{words}</a>
      ))}
    </nav>
  );
};
