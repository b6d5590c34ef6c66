import {
  type AlertHead,
  type AlertLine,
  type AlertStory,
  gravest,
  inOrder,
  type LineStanding,
  standingOf,
  type Telling,
  toldOf,
} from "../domain/alert.ts";
import { owedOfForm } from "../domain/owed-form.ts";
import { localDate } from "../domain/time.ts";
import { ALERT, problemWords, thingWords } from "./alert-words.ts";
import { ASSETS } from "./assets.ts";
import { type Frame, Page, withLang } from "./layout.tsx";
import { Facts } from "./unit-parts.tsx";
import { momentWords, spanWords, UNIT } from "./unit-words.ts";

export type AlertProps = AlertStory & {
  frame: Frame;
  /** /a/<token> */
  path: string;
  /** How long an acknowledgement holds the climb. */
  ackMinutes: number;
  unitUrl?: string;
  /** How many are counted and told of at most. */
  bounds: { counted: number; told: number };
};

/** One alert with its whole story. Looking at it changes nothing; only its button does. */
export const AlertPage = (props: AlertProps) => {
  const { frame, head, lines, bounds, unitUrl } = props;
  const { lang } = frame;
  const title = ALERT.titles[gravest(lines)][lang];
  const hidden = head.total - lines.length;
  return (
    <Page {...frame} title={`${title} · ${head.unitName}`} path={props.path} more={{ css: ASSETS.unitCss }}>
      <p class="soft over">{whom(head, frame)}</p>
      <h1>
        {title} <span class="count">{ALERT.things(head.total, head.total >= bounds.counted)[lang]}</span>
      </h1>
      <Receipt {...props} />
      {unitUrl ? (
        <a class="second" href={withLang(unitUrl, lang)}>
          {ALERT.toUnit[lang]}
        </a>
      ) : null}
      <section aria-labelledby="lines">
        <h2 id="lines">{ALERT.lines[lang]}</h2>
        <ul class="people">
          {inOrder(lines).map((line) => (
            <Line line={line} props={props} />
          ))}
        </ul>
        {hidden > 0 ? <p>{ALERT.moreLines(hidden, head.total >= bounds.counted)[lang]}</p> : null}
        {props.tellings.length >= bounds.told ? <p class="soft">{ALERT.partly[lang]}</p> : null}
      </section>
      <Story {...props} />
    </Page>
  );
};

/** What was acknowledged, and the button for what was not. */
const Receipt = ({ frame, head, lines, tellings, path, ackMinutes }: AlertProps) => {
  const { lang, now } = frame;
  const held = Math.max(
    0,
    ...lines.map((line) => (standingOf(line, now.getTime()) === "held" ? (line.ackUntil ?? 0) : 0)),
  );
  const open = lines.filter((line) => ["overdue", "open"].includes(standingOf(line, now.getTime())));
  // Acknowledged at the ladder's end nothing was put off: then nobody hears after it either.
  const wentOn =
    head.climbs === 1 ||
    open.some((line) => toldOf(line, tellings).some((one) => one.recordedAt > (head.ackedAt ?? 0)));
  return (
    <>
      {head.ackedAt !== null ? (
        <div class="panel" role="status">
          <p class="big">✓ {ALERT.acknowledged(clock(head.ackedAt, frame))[lang]}</p>
          {held > 0 ? <p>{ALERT.heldUntil(clock(held, frame))[lang]}</p> : null}
          {held === 0 && open.length > 0 && wentOn ? <p>{ALERT.heldNoMore[lang]}</p> : null}
          {held === 0 && open.length === 0 ? <p>{ALERT.allDone[lang]}</p> : null}
        </div>
      ) : null}
      {head.waiting > 0 ? (
        <form method="post" action={withLang(`${path}/ack`, lang)} class="card">
          <p>
            <strong>{ALERT.open(head.waiting)[lang]}</strong>
          </p>
          <p>{(head.climbs ? ALERT.acknowledgeHelp(ackMinutes) : ALERT.acknowledgeEnd)[lang]}</p>
          <button type="submit" class="main">
            {ALERT.acknowledge[lang]}
          </button>
        </form>
      ) : head.ackedAt === null ? (
        <p class="note">{ALERT.nothingLeft[lang]}</p>
      ) : null}
    </>
  );
};

/** One thing, how it stands, and who was told of it before and after. */
const Line = ({ line, props }: { line: AlertLine; props: AlertProps }) => {
  const { frame, tellings, head, lines } = props;
  const { lang, zone, now } = frame;
  const told = toldOf(line, tellings);
  const where = line.parentName ? ALERT.where(line.unitName, line.parentName)[lang] : line.unitName;
  return (
    <li>
      <h3>
        <Whole text={thingWords(line, lang, localDate(now, zone), owedOfForm(line))} />
      </h3>
      <p>{where}</p>
      <p>
        <State line={line} frame={frame} />
      </p>
      {told.length > 0 ? (
        <details class="entry" open={lines.length === 1}>
          <summary>{ALERT.told(told.length)[lang]}</summary>
          <ol>
            {told.map((one) => (
              <li>
                <Told one={one} own={one.outboxId === head.id} frame={frame} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </li>
  );
};

/** A case number stays on one line. */
const Whole = ({ text }: { text: string }) => (
  <>
    {text
      .split(/([A-Z]{1,4}-\d{4}-[\d-]*\d)/)
      .map((part, at) => (at % 2 === 1 ? <span class="nb">{part}</span> : part))}
  </>
);

const State = ({ line, frame }: { line: AlertLine; frame: Frame }) => {
  const { lang, now } = frame;
  const standing: LineStanding = standingOf(line, now.getTime());
  const due = clock(line.dueAt, frame);
  const wasDue = <span class="soft">{UNIT.wasDue(due)[lang]}</span>;
  const next =
    line.nextDueAt !== null && line.nextDueAt > now.getTime() ? (
      <span class="soft">{`${DOT}${ALERT.next(clock(line.nextDueAt, frame))[lang]}`}</span>
    ) : null;
  if (standing === "met")
    return (
      <>
        <strong>{ALERT.met(clock(line.metAt ?? 0, frame))[lang]}</strong> {wasDue}
      </>
    );
  if (standing === "excused") return <strong>{ALERT.excused[lang]}</strong>;
  if (standing === "over")
    return (
      <>
        <strong class="alarm">{ALERT.lapsed[lang]}</strong> {wasDue}
      </>
    );
  const late = now.getTime() - line.dueAt;
  return (
    <>
      {late >= 0 ? (
        <>
          <strong class="alarm">{UNIT.overdue(spanWords(late, lang))[lang]}</strong> {wasDue}
        </>
      ) : (
        <>
          <strong>{UNIT.dueAt(due)[lang]}</strong>{" "}
          <span class="soft">{UNIT.left(spanWords(-late, lang))[lang]}</span>
        </>
      )}
      {standing === "held" ? (
        <span>{`${DOT}${ALERT.held(clock(line.ackUntil ?? 0, frame))[lang]}`}</span>
      ) : (
        next
      )}
    </>
  );
};

const Told = ({ one, own, frame }: { one: Telling; own: boolean; frame: Frame }) => {
  const { lang } = frame;
  const steps = [
    ALERT.step(one.step + 1)[lang],
    ALERT.titles[one.tone][lang],
    ...(one.again > 0 ? [ALERT.again(one.again)[lang]] : []),
  ];
  return (
    <>
      <strong>{clock(one.recordedAt, frame)}</strong> {whom(one, frame)}
      {own ? <strong>{`${DOT}${ALERT.this[lang]}`}</strong> : null}
      <br />
      <span class="soft">{steps.join(DOT)}</span>
      <br />
      <How one={one} frame={frame} />
      {one.ackedAt !== null ? `${DOT}${ALERT.acknowledged(clock(one.ackedAt, frame))[lang]}` : ""}
    </>
  );
};

/** How a message went, in words: vermilion where nobody was reached. */
const How = ({
  one,
  frame,
}: {
  one: Pick<AlertHead, "state" | "problem" | "sentAt" | "deliveredAt">;
  frame: Frame;
}) => {
  const { lang } = frame;
  const at = one.state === "delivered" ? one.deliveredAt : one.state === "sent" ? one.sentAt : null;
  const said = [
    ALERT.states[one.state][lang],
    ...(at === null ? [] : [clock(at, frame)]),
    ...(one.problem ? [problemWords(one.problem, lang)] : []),
  ].join(lang === "en" ? ", " : "，");
  const silent = one.state === "failed" || one.state === "unknown" || one.problem === "complained";
  return silent ? <strong class="alarm">{said}</strong> : <span>{said}</span>;
};

/** The message itself: detected, ready, sent, delivered. */
const Story = ({ frame, head, events }: AlertProps) => {
  const { lang } = frame;
  const late = head.readyAt > head.recordedAt;
  return (
    <section aria-labelledby="story">
      <h2 id="story">{ALERT.story[lang]}</h2>
      <Facts
        facts={[
          [ALERT.detected[lang], clock(head.recordedAt, frame)],
          [
            ALERT.ready[lang],
            late
              ? `${clock(head.readyAt, frame)}${lang === "en" ? ", " : "，"}${ALERT.quiet[lang]}`
              : clock(head.readyAt, frame),
          ],
          [ALERT.sent[lang], head.sentAt === null ? "–" : clock(head.sentAt, frame)],
          [ALERT.delivered[lang], head.deliveredAt === null ? "–" : clock(head.deliveredAt, frame)],
          [ALERT.standing[lang], <How one={{ ...head, sentAt: null, deliveredAt: null }} frame={frame} />],
          [
            ALERT.attempts[lang],
            head.firstAttemptAt === null
              ? undefined
              : ALERT.firstAttempt(head.attempts, clock(head.firstAttemptAt, frame))[lang],
          ],
          [
            ALERT.events[lang],
            events.length === 0
              ? undefined
              : events.map(({ kind, detail, occurredAt }) => (
                  <div>
                    {clock(occurredAt, frame)} {ALERT.kinds[kind][lang]}
                    {detail ? <span class="soft"> {detail}</span> : null}
                  </div>
                )),
          ],
          [ALERT.merged[lang], head.merged > 0 ? ALERT.mergedCount(head.merged)[lang] : undefined],
        ]}
      />
    </section>
  );
};

/** To whom, without a name: 太平镇 · 值班员 · 电子邮件. */
const whom = (
  { unitName, role, channel }: Pick<AlertHead, "unitName" | "role" | "channel">,
  { lang }: Frame,
): string => [unitName, ...(role ? [ALERT.roles[role][lang]] : []), ALERT.channels[channel][lang]].join(DOT);

/** Between words on one line: where it breaks, the dot stays behind. */
const DOT = "\u00a0· ";

const clock = (at: number, { lang, zone, now }: Frame): string =>
  momentWords(new Date(at), zone, lang, localDate(now, zone));
