import type { Child } from "hono/jsx";
import type { FieldError } from "../../domain/problem.ts";
import type { RelyingParty } from "../../domain/sign-in.ts";
import { ErrorSummary } from "../form.tsx";
import { type Frame, Page, withLang } from "../layout.tsx";
import { AskText, Facts } from "../unit-parts.tsx";
import { DESK_ASSETS } from "./assets.ts";
import type { DeskView } from "./nav.tsx";
import { SIGN_IN } from "./sign-in-words.ts";
import { DESK } from "./words.ts";

type SignInFrame = {
  frame: Frame;
  title: string;
  path: string;
  error?: boolean;
  /** The id of the form that a language switch posts. */
  form?: string;
  js?: string | undefined;
  children?: Child;
};

/** The frame of the pages around signing in: nobody is known yet, so there is no bar of rooms. */
export const SignInFrame = ({ frame, title, path, error, form, js, children }: SignInFrame) => (
  <Page
    lang={frame.lang}
    title={title}
    county={frame.county}
    hotline={frame.hotline}
    path={path}
    error={error}
    form={form}
    desk
    more={{ css: DESK_ASSETS.css, js }}
  >
    {children}
  </Page>
);

type AskProps = {
  frame: Frame;
  back: string;
  errors?: readonly FieldError[];
  typed?: string;
  /** Another letter of this browser still waits for its code. */
  waiting?: boolean;
  party: RelyingParty | undefined;
};

/** Asks for an address, or for a passkey where the browser knows them. */
export const SignInPage = ({ frame, back, errors = [], typed, waiting, party }: AskProps) => {
  const { lang } = frame;
  const path = `/desk/sign-in?${new URLSearchParams({ back })}`;
  return (
    <SignInFrame
      frame={frame}
      title={SIGN_IN.title[lang]}
      path={path}
      error={errors.length > 0}
      js={party && DESK_ASSETS.passkeyJs}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{SIGN_IN.title[lang]}</h1>
      {party ? (
        <section
          hidden
          data-passkey="sign-in"
          data-rp={party.id}
          data-back={back}
          data-lang={lang}
          data-failed={SIGN_IN.passkeyFailed[lang]}
        >
          <p class="hint">{SIGN_IN.passkeyHint[lang]}</p>
          <button type="button" class="second">
            {SIGN_IN.passkey[lang]}
          </button>
          <p class="error" role="alert" />
          <h2>{SIGN_IN.or[lang]}</h2>
        </section>
      ) : null}
      <form method="post" action={withLang("/desk/sign-in", lang)} novalidate>
        <input type="hidden" name="back" value={back} />
        <AskText
          name="email"
          type="email"
          label={SIGN_IN.email[lang]}
          hint={SIGN_IN.emailHint[lang]}
          errors={errors}
          lang={lang}
          value={typed}
          max={254}
          autocomplete="username"
        />
        <button type="submit" class="main">
          {SIGN_IN.send[lang]}
        </button>
      </form>
      {waiting ? (
        <p>
          <a href={withLang("/desk/sign-in/code", lang)}>{SIGN_IN.haveCode[lang]}</a>
        </p>
      ) : null}
    </SignInFrame>
  );
};

/** Asks for the code; the same whether a letter was sent or not. */
export const CodePage = ({
  frame,
  back,
  errors = [],
  typed,
}: {
  frame: Frame;
  back: string;
  errors?: readonly FieldError[];
  typed?: string;
}) => {
  const { lang } = frame;
  const path = "/desk/sign-in/code";
  return (
    <SignInFrame frame={frame} title={SIGN_IN.sentTitle[lang]} path={path} error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{SIGN_IN.sentTitle[lang]}</h1>
      <p>{SIGN_IN.sent[lang]}</p>
      <form method="post" action={withLang(path, lang)} novalidate>
        <AskText
          name="code"
          label={SIGN_IN.code[lang]}
          errors={errors}
          lang={lang}
          value={typed}
          max={20}
          inputmode="numeric"
          autocomplete="one-time-code"
        />
        <button type="submit" class="main">
          {SIGN_IN.enter[lang]}
        </button>
      </form>
      <p>
        <a href={withLang(`/desk/sign-in?${new URLSearchParams({ back })}`, lang)}>{SIGN_IN.again[lang]}</a>
      </p>
      <p class="soft">{SIGN_IN.notComing[lang]}</p>
    </SignInFrame>
  );
};

/** What a letter's link opens: mail scanners open links too, so only the button signs in. */
export const LinkPage = ({
  frame,
  token,
  officer,
}: {
  frame: Frame;
  token: string;
  officer: DeskView["officer"];
}) => {
  const { lang } = frame;
  const path = `/desk/sign-in/${token}`;
  return (
    <SignInFrame frame={frame} title={SIGN_IN.title[lang]} path={path}>
      <h1>{SIGN_IN.title[lang]}</h1>
      <p>{SIGN_IN.as[lang]}</p>
      <Facts facts={[[`${officer.unit.name} · ${DESK.roles[officer.role][lang]}`, officer.name]]} />
      <form method="post" action={withLang(path, lang)}>
        <button type="submit" class="main">
          {SIGN_IN.enter[lang]}
        </button>
      </form>
      <p class="soft">{SIGN_IN.confirm[lang]}</p>
    </SignInFrame>
  );
};

/** A link or a code that opens nothing any more. */
export const DeadPage = ({ frame, back }: { frame: Frame; back: string }) => {
  const { lang } = frame;
  const path = `/desk/sign-in?${new URLSearchParams({ back })}`;
  return (
    <SignInFrame frame={frame} title={SIGN_IN.deadTitle[lang]} path={path} error>
      <h1>{SIGN_IN.deadTitle[lang]}</h1>
      <p>{SIGN_IN.dead[lang]}</p>
      <a class="main" href={withLang(path, lang)}>
        {SIGN_IN.anew[lang]}
      </a>
    </SignInFrame>
  );
};

/** After signing out. */
export const SignedOutPage = ({ frame, all }: { frame: Frame; all: boolean }) => {
  const { lang } = frame;
  const path = all ? "/desk/signed-out?all=1" : "/desk/signed-out";
  return (
    <SignInFrame frame={frame} title={SIGN_IN.outTitle[lang]} path={path}>
      <h1>{SIGN_IN.outTitle[lang]}</h1>
      <p role="status">{(all ? SIGN_IN.outAll : SIGN_IN.out)[lang]}</p>
      <a class="second" href={withLang("/desk/sign-in", lang)}>
        {SIGN_IN.back[lang]}
      </a>
    </SignInFrame>
  );
};
