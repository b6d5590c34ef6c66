import { MEASURES } from "../domain/observation.ts";
import { isAsked, type Standing, type Turn } from "../domain/person.ts";
import type { FieldError } from "../domain/problem.ts";
import { ASSETS } from "./assets.ts";
import { ErrorSummary } from "./form.tsx";
import { Page, withLang } from "./layout.tsx";
import { dateWords, momentWords } from "./moment.ts";
import { AskForm } from "./person-form.tsx";
import { History } from "./person-history.tsx";
import { type Member, Progress, whoIs } from "./person-parts.tsx";
import { Alarms, Done, Listed, Nothing, Others, type WatchProps } from "./person-turns.tsx";
import { WATCH } from "./person-words.ts";

/** A household's own page from the verification to the end of the observation, and after it. */
export const WatchPage = (props: WatchProps) => {
  const { frame, members, standing, turns, path, asked, done, notice, focus } = props;
  const { lang } = frame;
  const errors = asked?.errors ?? [];
  const over = !standing.some(isAsked);
  const doneTurn = turns.find(({ key }) => key === done);
  // What was just entered is listed once, in the thanks.
  const listed = [...new Set([focus, turns[0]])].filter(
    (turn): turn is Turn => turn !== undefined && turn !== doneTurn && !asked?.corrects,
  );
  const others = turns.filter((turn) => turn.missing.length > 0 && turn !== asked?.turn);
  return (
    <Page
      {...frame}
      title={WATCH.page[lang]}
      path={path}
      form={asked ? "form" : undefined}
      go="send"
      error={errors.length > 0}
      script={asked !== undefined}
      more={{ css: ASSETS.personCss }}
    >
      {notice}
      <ErrorSummary errors={errors.map((error) => said(error, members))} lang={lang} />
      <Alarms {...props} />
      {over ? (
        <Over {...props} />
      ) : (
        <>
          {doneTurn ? <Done {...props} turn={doneTurn} /> : null}
          <Progress standing={standing} members={members} frame={frame} />
          {asked ? (
            <AskForm asked={asked} alone={members.length === 1} frame={frame} path={path} />
          ) : doneTurn ? null : (
            <Nothing {...props} />
          )}
          {listed.map((turn) => (
            <Listed {...props} turn={turn} />
          ))}
          {others.length > 0 ? <Others {...props} turns={others} /> : null}
          <Released {...props} />
          {asked?.corrects ? null : <Measures {...props} />}
        </>
      )}
      {standing.some(wasObserved) ? <History {...props} /> : null}
      <Facts {...props} />
    </Page>
  );
};

/** On top of the page an error says whose card it is on. */
function said(error: FieldError, members: readonly Member[]): FieldError {
  const member = members.find(({ place }) => error.path.startsWith(`m.${place}.`));
  return member && members.length > 1
    ? { ...error, message: `${whoIs(member, false)} ${error.message}` }
    : error;
}

/** The link to the release page, once somebody of the household is released. */
const Released = ({ frame, standing, path }: WatchProps) =>
  standing.some(({ ending }) => ending === "released") ? (
    <a class="second" href={withLang(`${path}/release`, frame.lang)}>
      {WATCH.seeRelease[frame.lang]}
    </a>
  ) : null;

const Measures = ({ frame, standing, path }: WatchProps) => {
  const { lang, zone, now } = frame;
  const acknowledged = standing.find(({ measuresAckAt }) => measuresAckAt)?.measuresAckAt;
  return (
    <section id="measures" class={acknowledged ? undefined : "box"} aria-labelledby="measures-title">
      <h2 id="measures-title">{(acknowledged ? WATCH.measures : WATCH.notAcknowledged)[lang]}</h2>
      <p>{WATCH.measuresLead[lang]}</p>
      <ol class="next">
        {MEASURES.map((measure) => (
          <li>{measure[lang]}</li>
        ))}
      </ol>
      {acknowledged ? (
        <p>
          <strong>✓ {WATCH.acknowledged(dateWords(acknowledged, lang, zone, now))[lang]}</strong>
        </p>
      ) : (
        <form method="post" action={withLang(`${path}/measures`, lang)}>
          <button type="submit" class="second">
            {WATCH.acknowledge[lang]}
          </button>
        </form>
      )}
    </section>
  );
};

const Over = (props: WatchProps) => {
  const { frame, standing, members } = props;
  const { lang } = frame;
  const endings = new Set(standing.map((one) => (isMerged(one) ? "merged" : one.ending)));
  const [sole] = endings.size === 1 ? endings : [];
  const title =
    sole === "released"
      ? WATCH.releasedAll
      : sole && (sole === "merged" || !standing.some(wasObserved))
        ? WATCH.stages[sole]
        : WATCH.over;
  return (
    <>
      <h1>{title[lang]}</h1>
      {sole === "merged" ? null : <Progress standing={standing} members={members} frame={frame} />}
      {endings.has("merged") ? <p>{WATCH.afterMerge[lang]}</p> : null}
      {endings.has("released") ? <p>{WATCH.afterRelease[lang]}</p> : null}
      {endings.has("transferred") ? <p>{WATCH.afterTransfer[lang]}</p> : null}
      {endings.has("closed") ? <p>{WATCH.afterClose[lang]}</p> : null}
      <Released {...props} />
    </>
  );
};

const isMerged = (one: Standing): boolean => one.endedAt === null && !isAsked(one);

/** False for somebody found wrong or moved on at the first visit: that observation ended as it was opened. */
const wasObserved = ({ openedAt, endedAt }: Standing): boolean => endedAt === null || endedAt > openedAt;

const Facts = ({ frame, registered, standing }: WatchProps) => {
  const { lang, zone, now } = frame;
  const kinds = [...new Set(standing.filter(wasObserved).map(({ kind }) => WATCH.kinds[kind][lang]))];
  return (
    <>
      <h2>{WATCH.standing[lang]}</h2>
      <dl class="summary">
        {[
          [WATCH.number[lang], registered.caseNumber],
          [WATCH.unit[lang], registered.unitName],
          [WATCH.kind[lang], kinds.join(lang === "en" ? ", " : "、")],
          [
            WATCH.verified[lang],
            registered.verifiedAt
              ? WATCH.verifiedAt(momentWords(registered.verifiedAt, lang, zone, now))[lang]
              : "",
          ],
        ]
          .filter(([, value]) => value)
          .map(([term, value]) => (
            <div>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <p class="soft">{WATCH.masked[lang]}</p>
    </>
  );
};
