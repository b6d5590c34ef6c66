import { tip } from "../../forms/tip.ts";
import type { KnownCounts } from "../domain/unit-report.ts";
import { ASSETS } from "./assets.ts";
import { Hidden } from "./form.tsx";
import { type Below, BelowSection } from "./unit-below.tsx";
import { CASE } from "./unit-case-words.ts";
import { COUNT } from "./unit-count-words.ts";
import { Days, type DayView, Said } from "./unit-days.tsx";
import { LISTED } from "./unit-listed-words.ts";
import { OwedToday, type OwedView } from "./unit-owed.tsx";
import { type DoorView, Due, labelOf, masked, UnitPage } from "./unit-parts.tsx";
import { type TicketRow, Tickets } from "./unit-ticket.tsx";
import { UndeliveredSection, type UnheardView } from "./unit-undelivered.tsx";
import { Urgent, Watched, type WatchProps } from "./unit-watch.tsx";
import { dayWords, momentWords, spanWords, UNIT } from "./unit-words.ts";

export type WaitingView = {
  id: string;
  unitName?: string;
  /** The first person's full name; it is masked here. */
  name: string;
  persons: number;
  symptomatic: boolean;
  dueAt: Date;
};
export type TipView = { id: string; unitName?: string; category: string; dueAt: Date };

export type BoardProps = {
  door: DoorView;
  /** Newest first, today at the top; absent for a county, to which all report. */
  days?: DayView[];
  known: KnownCounts;
  clientId: string;
  waiting: WaitingView[];
  tips: TipView[];
  watch: WatchProps;
  unheard: UnheardView;
  /** What units of this door owe an answer to. */
  tickets: TicketRow[];
  /** Persons of bureaus' lists still to be found, counted to `limit`, and when the first is due. */
  listed: { n: number; dueAt: Date | undefined };
  /** Count forms that are owed today. */
  owed: OwedView[];
  /** Records that wait for this unit's decision, and what of its own records is overdue. */
  records: { decisions: number; overdue: number };
  /** How many the lists show at most. */
  limit: number;
  below?: Below;
  /** What was just done, in words. */
  done?: string | undefined;
  /** The report just received. */
  received?: DayView | undefined;
};

/** A unit's own page: today's report first, then who waits, then the units below. */
export const BoardPage = (props: BoardProps) => {
  const { door, days, below } = props;
  const { lang, today } = door;
  const day = days?.[0];
  const { decisions, overdue } = props.records;
  const upTo = (n: number) => (n >= props.limit ? `${n}+` : n);
  return (
    <UnitPage
      door={door}
      title={(day ? UNIT.today : UNIT.below)[lang]}
      wide={below !== undefined}
      more={{ css: ASSETS.unitCss }}
    >
      {props.received ? <Received door={door} day={props.received} /> : null}
      {props.done ? (
        <p class="note" role="status">
          {props.done}
        </p>
      ) : null}
      <p class="soft over">{door.above.join(" ")}</p>
      <h1>{door.unit.name}</h1>
      <p class="soft">{dayWords(today, lang, "long")}</p>
      <Urgent {...props} />
      <Tickets {...props} />
      <Listed {...props} />
      <UndeliveredSection door={door} unheard={props.unheard} />
      {day ? <Today {...props} day={day} /> : null}
      <OwedToday {...props} />
      <p>
        <a class="link" href={door.href("/records")}>
          {UNIT.toRecords[lang]}
        </a>
        {decisions > 0 ? <strong class="beside">{UNIT.toDecide(upTo(decisions))[lang]}</strong> : null}
        {overdue > 0 ? (
          <strong class="beside alarm">{UNIT.recordsOverdue(upTo(overdue))[lang]}</strong>
        ) : null}
      </p>
      {door.unit.kind === "grid" ? null : (
        <p>
          <a class="link" href={door.href("/counts")}>
            {COUNT.toCounts[lang]}
          </a>
        </p>
      )}
      {below ? <BelowSection door={door} below={below} /> : null}
      <Waiting {...props} />
      <Watched {...props} />
      <Tips {...props} />
      {days ? <Days door={door} days={days} /> : null}
    </UnitPage>
  );
};

const Received = ({ door, day }: { door: DoorView; day: DayView }) => {
  const { lang } = door;
  const title = (day.zero ? UNIT.zeroOf : UNIT.reportOf)(dayWords(day.date, lang))[lang];
  return (
    <div class="panel" role="status">
      <p>{UNIT.doneTitle[lang]}</p>
      <p class="big">{title}</p>
      <p>
        {day.recordedAt
          ? UNIT.received(momentWords(day.recordedAt, door.zone, lang, door.today))[lang]
          : null}
        {day.version && day.version > 1 ? ` · ${UNIT.version(day.version)[lang]}` : null}
        {day.state ? ` · ${UNIT.dayStates[day.state][lang]}` : null}
      </p>
    </div>
  );
};

/** Today's report: its state and due time in words, and what there is to do. */
const Today = ({ door, day, known, clientId }: BoardProps & { day: DayView }) => {
  const { lang } = door;
  const state = day.state ?? "pending";
  const action = door.href("/report");
  const something = known.returnees > 0 || known.symptomatic > 0;
  const fill = door.href(`/report?date=${day.date}`);
  return (
    <section class={state === "missing" ? "card alarming" : "card"} aria-labelledby="today">
      <h2 id="today">{UNIT.today[lang]}</h2>
      <p class="state">
        <strong class={state === "missing" ? "alarm" : undefined}>{UNIT.states[state][lang]}</strong>{" "}
        {day.version === undefined ? (
          <DueToday day={day} door={door} />
        ) : (
          <span class="soft">
            {day.recordedAt
              ? UNIT.received(momentWords(day.recordedAt, door.zone, lang, door.today))[lang]
              : null}
            {state === "late"
              ? ` · ${UNIT.wasDue(momentWords(day.dueAt, door.zone, lang, door.today))[lang]}`
              : null}
          </span>
        )}
      </p>
      {day.version === undefined ? (
        <>
          <p>{UNIT.known(known.returnees, known.wuhan, known.symptomatic)[lang]}</p>
          {something ? (
            <>
              <a class="main" href={fill}>
                {UNIT.checkAndSend[lang]}
              </a>
              <a class="second" href={door.href(`/report?date=${day.date}&zero=yes`)}>
                {UNIT.zeroWithReason[lang]}
              </a>
            </>
          ) : (
            <>
              <form method="post" action={action}>
                <Hidden
                  entries={[
                    ["clientId", clientId],
                    ["date", day.date],
                    ["zero", "yes"],
                  ]}
                />
                <button type="submit" class="main">
                  {UNIT.sendZero[lang]}
                </button>
              </form>
              <a class="second" href={fill}>
                {UNIT.fillIn[lang]}
              </a>
            </>
          )}
        </>
      ) : (
        <>
          <p class="said">
            <Said day={day} lang={lang} />
          </p>
          <a class="second" href={fill}>
            {UNIT.correct[lang]}
          </a>
        </>
      )}
    </section>
  );
};

const DueToday = ({ day, door }: { day: DayView; door: DoorView }) => {
  const { lang, now, zone, today } = door;
  const when = momentWords(day.dueAt, zone, lang, today);
  if (day.state === "excused") return null;
  if (day.state === "missing")
    return (
      <span>
        <span class="alarm">{UNIT.overdue(spanWords(now.getTime() - day.dueAt.getTime(), lang))[lang]}</span>{" "}
        <span class="soft">{UNIT.wasDue(when)[lang]}</span>
      </span>
    );
  return (
    <span class="soft">
      {UNIT.dueBy(when)[lang]} · {UNIT.left(spanWords(day.dueAt.getTime() - now.getTime(), lang))[lang]}
    </span>
  );
};

const Waiting = ({ door, waiting, limit }: BoardProps) => {
  const { lang } = door;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">
        {UNIT.waiting[lang]} {waiting.length > 0 ? <Count n={waiting.length} limit={limit} /> : null}
      </h2>
      {waiting.length === 0 ? (
        <p class="soft">{UNIT.noneWaiting[lang]}</p>
      ) : (
        <>
          <p class="hint">{UNIT.waitingHint[lang]}</p>
          <ul class="board">
            {waiting.map((one) => (
              <li>
                <a href={door.href(`/case/${one.id}`)}>{one.id}</a>
                <span>
                  {UNIT.andOthers(masked(one.name), one.persons)[lang]}
                  {one.unitName ? ` · ${one.unitName}` : ""}
                  {one.symptomatic ? <strong class="alarm"> · {CASE.symptoms[lang]}</strong> : null}
                </span>
                <Due at={one.dueAt} door={door} />
              </li>
            ))}
          </ul>
          {waiting.length >= limit ? <p class="soft">{UNIT.firstOnly(limit)[lang]}</p> : null}
        </>
      )}
    </section>
  );
};

const Tips = ({ door, tips, limit }: BoardProps) => {
  const { lang } = door;
  return (
    <section aria-labelledby="tips">
      <h2 id="tips">
        {UNIT.tips[lang]} {tips.length > 0 ? <Count n={tips.length} limit={limit} /> : null}
      </h2>
      {tips.length === 0 ? (
        <p class="soft">{UNIT.noTips[lang]}</p>
      ) : (
        <>
          <ul class="board">
            {tips.map((one) => (
              <li>
                <a href={door.href(`/tip/${one.id}`)}>{one.id}</a>
                <span>
                  {labelOf(tip, "category", one.category, lang)}
                  {one.unitName ? ` · ${one.unitName}` : ""}
                </span>
                <Due at={one.dueAt} door={door} />
              </li>
            ))}
          </ul>
          {tips.length >= limit ? <p class="soft">{UNIT.firstOnly(limit)[lang]}</p> : null}
        </>
      )}
    </section>
  );
};

/** One line however long the lists are: each person has a page behind it. */
const Listed = ({ door, listed: { n, dueAt }, limit }: BoardProps) =>
  n === 0 ? null : (
    <section class="card">
      <p>
        <a class="link" href={door.href("/listed")}>
          {LISTED.toList(n >= limit ? `${limit}+` : `${n}`)[door.lang]}
        </a>{" "}
        {dueAt ? <Due at={dueAt} door={door} /> : null}
      </p>
    </section>
  );

const Count = ({ n, limit }: { n: number; limit: number }) => (
  <span class="count">{n >= limit ? `${limit}+` : n}</span>
);
