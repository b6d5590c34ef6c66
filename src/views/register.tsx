import type { Child } from "hono/jsx";
import { registration } from "../../forms/registration.ts";
import type { FieldError } from "../domain/problem.ts";
import type { RegistrationValues } from "../domain/registration.ts";
import { encodeForm } from "../forms/encode.ts";
import { Answers } from "./answers.tsx";
import { ErrorSummary, FormFields, FormShell, Hidden, Honeypot } from "./form.tsx";
import { type Frame, Page, withLang } from "./layout.tsx";
import { CHECK, FORM, REGISTER } from "./words.ts";

/** Where the household lives, in words, and what the door already decided. */
export type Place = { code: string; name: string; point?: string | undefined };
/** One registration on its way: everything a page of it needs. */
export type Registering = Frame & {
  /** /register, or /r/<token> of a poster. */
  path: string;
  place: Place;
  /** decodeForm's nested input, as it was typed. */
  input: unknown;
  clientId: string;
  /** The screen that the reader was on, when JavaScript shows one group a screen. */
  at?: string | undefined;
};
export type PickUnit = { code: string; name: string };

/** Fields that the page's address decides. */
const FIXED = ["unit"];
const DRAFT = "draft-registration";
/** Units are named in the division codes' own script, whatever the page's language. */
const NAMES = "zh-Hans";

/**
 * The whole form. `focus` is the question or row to look at, `change` says that it came from the check page, `fresh`
 * that nothing was typed yet, so that a draft may be put back.
 */
export const RegisterPage = (
  props: Registering & {
    errors?: readonly FieldError[];
    focus?: string | undefined;
    change?: boolean;
    fresh?: boolean;
    /** Words over the form when something other than an answer is wrong. */
    notice?: Child;
  },
) => {
  const { lang, path, place, input, clientId, errors = [], focus, change, fresh, notice } = props;
  return (
    <Page
      {...props}
      title={registration.title[lang]}
      path={fresh ? formPath(props) : path}
      form="form"
      error={errors.length > 0}
      script
    >
      <h1>{registration.title[lang]}</h1>
      <p class="soft" data-first="1">
        {registration.intro?.[lang]}
      </p>
      <FormShell
        {...props}
        action={withLang(formPath(props), lang)}
        steps
        draft={DRAFT}
        restore={fresh}
        change={change}
      >
        {notice}
        <ErrorSummary errors={errors} lang={lang} />
        <PlaceBox {...props} />
        <Hidden
          entries={[
            ["_page", "form"],
            ["_client", clientId],
            ["unit", place.code],
          ]}
        />
        {registration.groups.map((group) => (
          <FormFields
            form={registration}
            group={group}
            values={input}
            errors={errors}
            lang={lang}
            hidden={FIXED}
            focus={focus}
          />
        ))}
        <Honeypot lang={lang} />
        <button type="submit" class="main" name="_go" value="check">
          {FORM.continue[lang]}
        </button>
      </FormShell>
    </Page>
  );
};

/**
 * Where the form itself is found: a step that the script names in the browser's history is asked for again by GET, even
 * on a page that was posted.
 */
const formPath = ({ path, place }: Registering) =>
  path === "/register" ? `${path}?unit=${place.code}` : path;

/** What was answered, to be looked over before it is sent. */
export const CheckPage = (props: Registering & { values: RegistrationValues; notice?: Child }) => {
  const { lang, path, place, input, clientId, notice } = props;
  return (
    <Page {...props} title={CHECK.title[lang]} form="form" go="submit">
      <h1>{CHECK.title[lang]}</h1>
      {notice}
      <form id="form" method="post" action={withLang(path, lang)}>
        <Carried input={input} page="check" clientId={clientId} />
        <PlaceBox {...props} />
        <Answers form={registration} {...props} hidden={FIXED} unitName={place.name} />
        <p class="soft">{CHECK.truth[lang]}</p>
        <button type="submit" class="main" name="_go" value="submit">
          {CHECK.send[lang]}
        </button>
      </form>
    </Page>
  );
};

const PlaceBox = ({ lang, path, place }: Registering) => (
  <div class="note" id="f-unit" tabindex={-1} data-first="1">
    <p>
      {place.point ? REGISTER.point[lang] : REGISTER.place[lang]}
      {lang === "en" ? ": " : "："}
      <strong lang={NAMES}>
        {place.name.split(" ").map((name) => (
          <>
            <span class="nb">{name}</span>{" "}
          </>
        ))}
      </strong>
      <span class="nb" lang={NAMES}>
        {place.point}
      </span>
      <br />
      <span class="soft">{REGISTER.notHere[lang]} </span>
      <button
        type="submit"
        class="link"
        name="_action"
        value="change-unit"
        formaction={path === "/register" ? undefined : withLang("/register", lang)}
        formnovalidate
      >
        {REGISTER.changeUnit[lang]}
      </button>
    </p>
  </div>
);

/** Everything typed, unseen: for pages that ask something else in between. */
const Carried = ({ input, page, clientId }: { input: unknown; page: string; clientId: string }) => (
  <Hidden entries={[["_page", page], ["_client", clientId], ...encodeForm(registration, input)]} />
);

/** Towns, or the villages of one, as links: the first two steps of /register. */
export const PickPage = (props: Frame & { town?: PickUnit | undefined; units: readonly PickUnit[] }) => {
  const { lang, town, units } = props;
  const title = (town ? REGISTER.chooseVillage : REGISTER.chooseTown)[lang];
  return (
    <Page {...props} title={title} path={town ? `/register?town=${town.code}` : "/register"}>
      <PickHead {...props} title={title} />
      <ul lang={NAMES} class={town ? "pick long" : "pick"}>
        {units.map((unit) => (
          <li>
            <a href={withLang(`/register?${town ? "unit" : "town"}=${unit.code}`, lang)}>{unit.name}</a>
          </li>
        ))}
      </ul>
      {town ? (
        <p>
          <a class="link" href={withLang("/register", lang)}>
            {REGISTER.otherTown[lang]}
          </a>
        </p>
      ) : null}
    </Page>
  );
};

/** The same choice in the middle of a form: buttons, so that everything typed comes along. */
export const PickAgainPage = (
  props: Frame & {
    town?: PickUnit | undefined;
    units: readonly PickUnit[];
    input: unknown;
    clientId: string;
    at?: string | undefined;
    errors?: readonly FieldError[];
    /** The way back, when a unit was chosen before. */
    keep?: string | undefined;
  },
) => {
  const { lang, town, units, input, clientId, at = "", keep, errors = [] } = props;
  const title = (town ? REGISTER.chooseVillage : REGISTER.chooseTown)[lang];
  return (
    <Page {...props} title={title} form="form" go="pick" error={errors.length > 0}>
      <form id="form" method="post" action={withLang("/register", lang)}>
        <Hidden entries={[["_step", at]]} />
        <Carried input={input} page={town ? `pick-${town.code}` : "pick"} clientId={clientId} />
        <ErrorSummary errors={errors} lang={lang} />
        <PickHead {...props} title={title} />
        <ul lang={NAMES} class={town ? "pick long" : "pick"} id="f-unit" tabindex={-1}>
          {units.map((unit) => (
            <li>
              <button type="submit" name={town ? "_unit" : "_town"} value={unit.code}>
                {unit.name}
              </button>
            </li>
          ))}
        </ul>
        {town ? (
          <button type="submit" class="link" name="_action" value="change-unit">
            {REGISTER.otherTown[lang]}
          </button>
        ) : null}
        {keep ? (
          <button type="submit" class="link" name="_unit" value={keep}>
            {REGISTER.backToForm[lang]}
          </button>
        ) : null}
      </form>
    </Page>
  );
};

const PickHead = ({
  lang,
  town,
  units,
  title,
}: Frame & { town?: PickUnit | undefined; units: readonly PickUnit[]; title: string }) => (
  <>
    {town ? (
      <p class="step" lang={NAMES}>
        {town.name}
      </p>
    ) : null}
    <h1>{title}</h1>
    <p class="soft">{units.length > 0 ? REGISTER.chooseHint[lang] : REGISTER.noVillages[lang]}</p>
  </>
);
