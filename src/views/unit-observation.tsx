import type { FieldError } from "../domain/problem.ts";
import { ASSETS } from "./assets.ts";
import { ErrorSummary } from "./form.tsx";
import { LetterWay, type ObservedView, Readings, Standing } from "./unit-observed.tsx";
import { AskChoice, AskText, type DoorView, UnitPage } from "./unit-parts.tsx";
import { Settled, type SettledView } from "./unit-response.tsx";
import { OBSERVE, RELEASE } from "./unit-watch-words.ts";
import { dayWords } from "./unit-words.ts";

type Props = {
  door: DoorView;
  one: ObservedView;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
  /** This reader came second. */
  settled?: SettledView | undefined;
  beaten?: string | undefined;
};

/** One person's observation: all readings, and what an official may do: move, release, end. */
export const ObservationPage = (props: Props) => {
  const { door, one, errors = [], settled, beaten } = props;
  const { lang } = door;
  const title = OBSERVE.title(one.id)[lang];
  const open = one.endedAt === null;
  return (
    <UnitPage
      door={door}
      title={title}
      path={`/observation/${one.id}`}
      error={errors.length > 0}
      more={{ css: ASSETS.unitCss }}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {settled ? <Settled door={door} settled={settled} title={RELEASE.ended[lang]} first={beaten} /> : null}
      <p class="soft over">
        <a class="link" href={door.href(`/case/${one.id.slice(0, one.id.lastIndexOf("-"))}`)}>
          {one.id.slice(0, one.id.lastIndexOf("-"))}
        </a>
      </p>
      <h1>
        {one.name} <span class="number">{one.id}</span>
      </h1>
      <Standing door={door} one={one} />
      {one.stage === "transferred" ? <LetterWay door={door} personId={one.id} /> : null}
      {one.stage === "due" ? (
        <a class="main narrow" href={door.href(`/release/${one.id}`)}>
          {RELEASE.title[lang]}
        </a>
      ) : null}
      <h2>{OBSERVE.readings(one.count)[lang]}</h2>
      <Readings door={door} one={one} />
      {open ? <Move {...props} /> : null}
      {open ? <End {...props} /> : null}
    </UnitPage>
  );
};

const Move = ({ door, one, errors = [], typed = {} }: Props) => {
  const { lang } = door;
  const others = Object.fromEntries(Object.entries(OBSERVE.kinds).filter(([kind]) => kind !== one.kind));
  return (
    <section aria-labelledby="move">
      <h2 id="move">{OBSERVE.moveTitle[lang]}</h2>
      <form method="post" action={door.href(`/observation/${one.id}/move`)}>
        <AskChoice
          name="kind"
          label={OBSERVE.moveTo[lang]}
          errors={errors}
          lang={lang}
          choices={others}
          value={typed.kind}
        />
        <button type="submit" class="second narrow">
          {OBSERVE.moveButton[lang]}
        </button>
      </form>
    </section>
  );
};

const End = ({ door, one, errors = [], typed = {} }: Props) => {
  const { lang } = door;
  return (
    <section aria-labelledby="end">
      <h2 id="end">{OBSERVE.endTitle[lang]}</h2>
      <p class="hint">{OBSERVE.endHint[lang]}</p>
      <form method="post" action={door.href(`/observation/${one.id}/end`)}>
        <AskChoice
          name="ending"
          label={OBSERVE.ending[lang]}
          errors={errors}
          lang={lang}
          choices={OBSERVE.endings}
          value={typed.ending}
        />
        <AskText
          name="reason"
          label={OBSERVE.reason[lang]}
          errors={errors}
          lang={lang}
          rows={2}
          max={1000}
          value={typed.reason}
        />
        <AskText
          name="by"
          label={OBSERVE.endBy[lang]}
          errors={errors}
          lang={lang}
          max={40}
          value={typed.by}
        />
        <button type="submit" class="second narrow">
          {OBSERVE.endButton[lang]}
        </button>
      </form>
    </section>
  );
};

/** An official releases somebody, with a name. @param fault why not yet, said kindly */
export const ReleasePage = ({
  door,
  one,
  errors = [],
  typed = {},
  settled,
  beaten,
  fault,
}: Props & { fault?: string | undefined }) => {
  const { lang } = door;
  return (
    <UnitPage
      door={door}
      title={RELEASE.title[lang]}
      path={`/release/${one.id}`}
      error={errors.length > 0}
      more={{ css: ASSETS.unitCss }}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {settled ? <Settled door={door} settled={settled} title={RELEASE.ended[lang]} first={beaten} /> : null}
      {fault ? (
        <div class="note alarm" role="alert">
          <p>
            <strong>{RELEASE.notYet[lang]}</strong>
          </p>
          <p>{fault}</p>
        </div>
      ) : null}
      <h1>{RELEASE.title[lang]}</h1>
      <p class="big">
        <span class="nb">{one.name}</span> <span class="nb">{one.id}</span>
      </p>
      {one.stage === "observing" && !fault ? (
        <p class="note">{RELEASE.early(dayWords(one.untilDate, lang))[lang]}</p>
      ) : null}
      <Standing door={door} one={one} />
      <details>
        <summary>{OBSERVE.readings(one.count)[lang]}</summary>
        <Readings door={door} one={one} />
      </details>
      {one.stage === "due" ? (
        <form method="post" action={door.href(`/release/${one.id}`)}>
          <AskText
            name="by"
            label={RELEASE.by[lang]}
            hint={RELEASE.hint[lang]}
            errors={errors}
            lang={lang}
            max={40}
            value={typed.by}
          />
          <AskText
            name="reason"
            label={RELEASE.note[lang]}
            errors={errors}
            lang={lang}
            rows={2}
            max={1000}
            value={typed.reason}
          />
          <button type="submit" class="main">
            {RELEASE.button[lang]}
          </button>
        </form>
      ) : null}
    </UnitPage>
  );
};
