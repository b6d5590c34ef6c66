import { registration } from "../../forms/registration.ts";
import type { Day0Rule } from "../domain/observation.ts";
import type { FieldError } from "../domain/problem.ts";
import { localClock, localDate } from "../domain/time.ts";
import { ASSETS } from "./assets.ts";
import { ErrorSummary } from "./form.tsx";
import { CareTeam, type CareView } from "./unit-care.tsx";
import { CASE } from "./unit-case-words.ts";
import { LetterWay, Members, type ObservedView } from "./unit-observed.tsx";
import { AskChoice, AskText, type DoorView, Due, Facts, labelOf, masked, UnitPage } from "./unit-parts.tsx";
import { OBSERVE, WATCH } from "./unit-watch-words.ts";
import { dayWords, momentWords } from "./unit-words.ts";

/** A household as db/household.ts opens it, as far as this page may know it. */
export type CaseView = {
  id: string;
  unitName: string;
  origin: string;
  leftOn: string | null;
  arrivedAt: Date;
  transitWuhan: boolean;
  filledBy: string;
  samePhoneAs: string | null;
  recordedAt: Date;
  verifyDueAt: Date;
  verifiedAt: Date | null;
  verifyOutcome: "found" | "wrong" | "moved" | null;
  people: {
    id: string;
    name: string;
    returnee: boolean;
    area: boolean;
    contact: boolean;
    symptoms: boolean;
    temperature: number | null;
    symptomatic: boolean;
    duplicateOf: string | null;
  }[];
};
/** What stays hidden until somebody asks for it on record. */
export type ReachView = {
  address?: string;
  phone?: string;
  contactName?: string;
  contactPhone?: string;
  note?: string;
};

export type CasePageProps = {
  door: DoorView;
  home: CaseView;
  /** Set only on the answer to a recorded look. */
  reach?: ReachView;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
  /** Somebody else was first; the unit they acted for. */
  beaten?: { who: string } | undefined;
  /** Everybody's observation, once the household was verified. */
  members?: ObservedView[];
  team?: CareView[];
  /** The rule of the settings for day 0. */
  day0Rule: Day0Rule;
};

/** One household: masked, with what must be known before going there, and what was found. */
export const CasePage = (props: CasePageProps) => {
  const { door, home, reach, errors = [], typed = {}, beaten, members = [], team = [] } = props;
  const { lang, zone, today } = door;
  const when = (at: Date) => momentWords(at, zone, lang, today);
  const gone =
    members.find(({ stage }) => stage === "transferred")?.id ??
    (home.verifyOutcome === "moved" ? home.people[0]?.id : undefined);
  return (
    <UnitPage
      door={door}
      title={CASE.title(home.id)[lang]}
      path={`/case/${home.id}`}
      error={errors.length > 0}
      more={{ css: ASSETS.unitCss }}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {beaten ? <Beaten door={door} at={home.verifiedAt} who={beaten.who} /> : null}
      <h1 class="number">{home.id}</h1>
      <p>
        <span class="soft">{CASE.registered(when(home.recordedAt))[lang]}</span>
        <br />
        {home.verifiedAt ? (
          <strong>
            {CASE.settled(when(home.verifiedAt))[lang]}
            {home.verifyOutcome ? ` · ${CASE.outcomes[home.verifyOutcome][lang]}` : ""}
          </strong>
        ) : (
          <Due at={home.verifyDueAt} door={door} />
        )}
      </p>
      <Facts
        facts={[
          [CASE.unit[lang], home.unitName],
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
      <h2>
        {CASE.persons[lang]} <span class="count">{home.people.length}</span>
      </h2>
      <ul class="board">
        {home.people.map((one) => (
          <Someone one={one} shown={reach !== undefined} door={door} />
        ))}
      </ul>
      {members.length > 0 ? <Members door={door} members={members} /> : null}
      {gone ? <LetterWay door={door} personId={gone} /> : null}
      {team.length > 0 ? (
        <CareTeam door={door} householdId={home.id} team={team} shown={reach !== undefined} />
      ) : null}
      {reach ? (
        <Reach reach={reach} door={door} />
      ) : (
        <AskReach door={door} home={home} errors={errors} typed={typed} />
      )}
      {home.verifiedAt ? null : <Verify {...props} errors={errors} typed={typed} />}
    </UnitPage>
  );
};

const Beaten = ({ door, at, who }: { door: DoorView; at: Date | null; who: string }) => (
  <div class="note alarm" role="alert">
    <p>
      <strong>{CASE.settledTitle[door.lang]}</strong>
    </p>
    <p>
      {at ? WATCH.settled(momentWords(at, door.zone, door.lang, door.today), who)[door.lang] : ""}
      {CASE.settledFirst[door.lang]}
    </p>
  </div>
);

const Someone = ({
  one,
  shown,
  door,
}: {
  one: CaseView["people"][number];
  shown: boolean;
  door: DoorView;
}) => {
  const { lang } = door;
  const fever = one.temperature !== null && one.temperature >= 373;
  const said = [
    one.area ? CASE.area[lang] : "",
    one.contact ? CASE.contact[lang] : "",
    one.duplicateOf ? `${CASE.repeated[lang]} ${one.duplicateOf}` : "",
    one.temperature !== null && !fever ? CASE.temperature((one.temperature / 10).toFixed(1))[lang] : "",
  ].filter(Boolean);
  const alarming = [
    one.symptoms ? CASE.symptoms[lang] : "",
    fever ? `${CASE.fever[lang]} ${CASE.temperature(((one.temperature ?? 0) / 10).toFixed(1))[lang]}` : "",
  ].filter(Boolean);
  return (
    <li>
      <span class="what">{shown ? one.name : masked(one.name)}</span>
      <span>
        {(one.returnee ? CASE.returnee : CASE.atHome)[lang]}
        {said.map((each) => ` · ${each}`)}
        {said.length + alarming.length === 0 ? <span class="soft"> · {CASE.nothingSaid[lang]}</span> : null}
      </span>
      {alarming.length > 0 ? <strong class="alarm">{alarming.join(" · ")}</strong> : null}
    </li>
  );
};

const Reach = ({ reach, door }: { reach: ReachView; door: DoorView }) => {
  const { lang } = door;
  const call = (number: string | undefined) =>
    number ? (
      <a class="link" href={`tel:${number}`}>
        {number}
      </a>
    ) : undefined;
  return (
    <section class="card" aria-labelledby="reach">
      <h2 id="reach">{CASE.reach[lang]}</h2>
      <p>{CASE.revealed[lang]}</p>
      <Facts
        facts={[
          [CASE.address[lang], reach.address ?? CASE.notGiven[lang]],
          [CASE.phone[lang], call(reach.phone)],
          [CASE.contactPerson[lang], reach.contactName],
          [CASE.phone[lang], call(reach.contactPhone)],
          [CASE.note[lang], reach.note],
        ]}
      />
    </section>
  );
};

type PartProps = Pick<CasePageProps, "door" | "home"> & {
  errors: readonly FieldError[];
  typed: NonNullable<CasePageProps["typed"]>;
};

const AskReach = ({ door, home, errors, typed }: PartProps) => (
  <section aria-labelledby="reveal">
    <h2 id="reveal">{CASE.reveal[door.lang]}</h2>
    <form method="post" action={door.href(`/case/${home.id}/reveal`)}>
      <AskChoice
        name="purpose"
        label={CASE.purpose[door.lang]}
        hint={CASE.revealHint[door.lang]}
        errors={errors}
        lang={door.lang}
        choices={CASE.purposes}
        value={typed.purpose}
      />
      <button type="submit" class="second">
        {CASE.reveal[door.lang]}
      </button>
    </form>
  </section>
);

const Verify = ({ door, home, errors, typed, day0Rule }: PartProps & { day0Rule: Day0Rule }) => (
  <section aria-labelledby="verify">
    <h2 id="verify">{CASE.verifyTitle[door.lang]}</h2>
    <form method="post" action={door.href(`/case/${home.id}/verify`)}>
      <AskChoice
        name="outcome"
        label={CASE.verify[door.lang]}
        errors={errors}
        lang={door.lang}
        choices={CASE.outcomes}
        value={typed.outcome}
      />
      <AskObservation door={door} home={home} errors={errors} typed={typed} day0Rule={day0Rule} />
      <AskText
        name="note"
        label={CASE.verifyNote[door.lang]}
        errors={errors}
        lang={door.lang}
        rows={3}
        max={1000}
        value={typed.note}
      />
      <button type="submit" class="main">
        {CASE.verifyButton[door.lang]}
      </button>
    </form>
  </section>
);

/** Where and from when on they are observed, if they were found. Left as it is, the registration and the settings decide. */
const AskObservation = ({ door, home, errors, typed, day0Rule }: PartProps & { day0Rule: Day0Rule }) => {
  const { lang, zone } = door;
  const left = home.leftOn ? dayWords(home.leftOn, lang) : "";
  const arrived = dayWords(localDate(home.arrivedAt, zone), lang);
  const common = { errors, lang };
  return (
    <div class="found">
      <h3>{OBSERVE.section[lang]}</h3>
      <p class="hint">{OBSERVE.openHint[lang]}</p>
      <AskChoice
        {...common}
        name="kind"
        label={OBSERVE.kind[lang]}
        choices={OBSERVE.kinds}
        value={typed.kind ?? "home"}
      />
      <AskChoice
        {...common}
        name="day0Rule"
        label={OBSERVE.rule[lang]}
        choices={OBSERVE.rules}
        value={typed.day0Rule ?? day0Rule}
      />
      <AskText
        {...common}
        name="day0"
        type="date"
        label={OBSERVE.day0[lang]}
        hint={OBSERVE.day0Hint(left, arrived)[lang]}
        value={typed.day0}
      />
      <AskChoice
        {...common}
        name="evidence"
        label={OBSERVE.evidence[lang]}
        choices={OBSERVE.evidences}
        value={typed.evidence ?? "own_word"}
      />
    </div>
  );
};
