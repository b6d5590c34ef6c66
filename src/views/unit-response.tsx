import type { Recipient } from "../domain/cluster.ts";
import type { FieldError } from "../domain/problem.ts";
import { addDays } from "../domain/time.ts";
import { ASSETS } from "./assets.ts";
import { ErrorSummary } from "./form.tsx";
import { AskText, type DoorView, Due, Facts, UnitPage } from "./unit-parts.tsx";
import { slotWords } from "./unit-round-words.ts";
import { saidOf } from "./unit-watch.tsx";
import { RESPOND, WATCH } from "./unit-watch-words.ts";
import { momentWords } from "./unit-words.ts";

/** Who settled something, when, and in what role: never a name of the public. */
export type SettledView = { at: Date; who: string; text?: string };
/** An obligation that was met already, or by another official a moment ago. */
export const Settled = ({
  door,
  settled,
  title,
  first,
}: {
  door: DoorView;
  settled: SettledView;
  title: string;
  /** This reader came second: what they sent was not kept. */
  first?: string | undefined;
}) => (
  <div class={first ? "note alarm" : "note"} role={first ? "alert" : undefined}>
    <p>
      <strong>{title}</strong>
    </p>
    <p>
      {WATCH.settled(momentWords(settled.at, door.zone, door.lang, door.today), settled.who)[door.lang]}
      {first ? `${door.lang === "en" ? " " : ""}${first}` : ""}
    </p>
    {settled.text ? <p class="typed">{settled.text}</p> : null}
  </div>
);

type FormProps = {
  door: DoorView;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
  settled?: SettledView | undefined;
  beaten?: string | undefined;
};

export type FeverView = {
  obligationId: string;
  observationId: string;
  slot: string;
  unitName: string;
  name: string;
  temperature: number;
  symptoms: boolean;
  symptomText?: string | undefined;
  needsHelp: boolean;
  recordedAt: Date;
  dueAt: Date;
};

/** One fever or symptom: what was reported, and what was done about it. */
export const ResponsePage = ({
  door,
  id,
  fever,
  errors = [],
  typed = {},
  settled,
  beaten,
}: FormProps & { id: string; fever?: FeverView | undefined }) => {
  const { lang, zone, today } = door;
  const when = (at: Date) => momentWords(at, zone, lang, today);
  const person = id.split("/")[1] ?? "";
  return (
    <UnitPage door={door} title={RESPOND.title[lang]} path={`/${id}`} error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{RESPOND.title[lang]}</h1>
      {settled ? (
        <Settled door={door} settled={settled} title={RESPOND.answered[lang]} first={beaten} />
      ) : null}
      {fever ? (
        <Facts
          facts={[
            [RESPOND.person[lang], `${fever.name} ${fever.observationId}`],
            [RESPOND.unit[lang], fever.unitName],
            [
              RESPOND.reading[lang],
              <strong class="alarm">
                {saidOf(fever)
                  .map((words) => words[lang])
                  .join(" · ")}
              </strong>,
            ],
            [RESPOND.said[lang], fever.symptomText],
            [RESPOND.slot[lang], slotWords(fever.slot, lang, today, addDays(today, -1))],
            [RESPOND.at[lang], when(fever.recordedAt)],
            [RESPOND.due[lang], <Due at={fever.dueAt} door={door} />],
          ]}
        />
      ) : null}
      <p>
        <a class="link" href={door.href(`/observation/${person}`)}>
          {person}
        </a>
      </p>
      {settled ? null : (
        <form method="post" action={door.href(`/${id}`)}>
          <AskText
            name="text"
            label={RESPOND.text[lang]}
            hint={RESPOND.textHint[lang]}
            errors={errors}
            lang={lang}
            rows={4}
            max={900}
            value={typed.text}
          />
          <By door={door} errors={errors} typed={typed} />
          <button type="submit" class="main">
            {RESPOND.button[lang]}
          </button>
        </form>
      )}
    </UnitPage>
  );
};

const By = ({ door, errors = [], typed = {} }: FormProps) => (
  <AskText
    name="by"
    label={RESPOND.by[door.lang]}
    errors={errors}
    lang={door.lang}
    max={40}
    value={typed.by}
  />
);

export type ClusterView = {
  obligationId: string;
  recipient: Recipient;
  unitName: string;
  size: number;
  openedAt: Date;
  dueAt: Date;
};

/** A cluster as one of its two recipients sees it. */
export const ClusterPage = ({
  door,
  id,
  cluster,
  hours,
  errors = [],
  typed = {},
  settled,
  beaten,
}: FormProps & { id: string; cluster?: ClusterView | undefined; hours: number }) => {
  const { lang, zone, today } = door;
  return (
    <UnitPage
      door={door}
      title={RESPOND.clusterTitle[lang]}
      path={`/${id}`}
      error={errors.length > 0}
      more={{ css: ASSETS.unitCss }}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{RESPOND.clusterTitle[lang]}</h1>
      {settled ? (
        <Settled door={door} settled={settled} title={WATCH.done.cluster[lang]} first={beaten} />
      ) : null}
      {cluster ? (
        <Facts
          facts={[
            [RESPOND.recipient[lang], WATCH.recipients[cluster.recipient][lang]],
            [RESPOND.place[lang], cluster.unitName],
            [
              RESPOND.size[lang],
              <strong class="alarm">
                {cluster.size} · {RESPOND.window(hours)[lang]}
              </strong>,
            ],
            [RESPOND.found[lang], momentWords(cluster.openedAt, zone, lang, today)],
            [RESPOND.due[lang], <Due at={cluster.dueAt} door={door} />],
          ]}
        />
      ) : null}
      {settled ? null : (
        <form method="post" action={door.href(`/${id}`)}>
          <AskText
            name="text"
            label={RESPOND.ackText[lang]}
            hint={RESPOND.ackHint[lang]}
            errors={errors}
            lang={lang}
            rows={3}
            max={900}
            value={typed.text}
          />
          <By door={door} errors={errors} typed={typed} />
          <button type="submit" class="main">
            {RESPOND.ackButton[lang]}
          </button>
        </form>
      )}
    </UnitPage>
  );
};
