import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { LANGS, type Lang } from "../forms/define.ts";
import { ASSETS } from "./assets.ts";
import { FORM, FRAME, LANGUAGE_NAMES } from "./words.ts";

/** What every page of a county shares; http/frame.ts makes it. */
export type Frame = {
  lang: Lang;
  county: string;
  hotline: string;
  now: Date;
  /** IANA zone of the county's clocks. */
  zone: string;
};

export type PageProps = {
  lang: Lang;
  /** What this page is, without the county's name; "Error:" is put in front when `error`. */
  title: string;
  /** The county's name; the frame then reads "万源市 · 返乡报备". Empty when it is not known. */
  county?: string;
  /** This page's own address without `lang`: where the language links lead. */
  path?: string;
  /** The id of a form: the language switches become buttons that post it (name `_lang`), so that nothing typed is lost. */
  form?: string;
  /** What Enter in a field means: the form's main button, `_go`'s value. */
  go?: string;
  error?: boolean;
  /** Loads form.client.js. */
  script?: boolean;
  /** More stylesheets and scripts, from ASSETS. */
  more?: { css?: string; js?: string } | undefined;
  /** Wide pages (tables) for officials. */
  wide?: boolean;
  /** Smaller type: the desk's pages. */
  desk?: boolean;
  /** A bar under the head: the desk's. */
  nav?: Child;
  /** Shown in the foot; settings.HOTLINE. */
  hotline?: string;
  children?: Child;
};

/** The frame of every page: header with the language switch, one column, foot. */
export const Page = (props: PageProps) => {
  const { lang, title, county, error, hotline } = props;
  const service = FRAME.service[lang];
  const brand = county ? `${county} · ${service}` : service;
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={lang}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="format-detection" content="telephone=no" />
          <title>{`${error ? FRAME.errorTitle[lang] : ""}${title} - ${brand}`}</title>
          <link rel="icon" href={ICON} />
          <link rel="stylesheet" href={ASSETS.css} />
          {props.more?.css ? <link rel="stylesheet" href={props.more.css} /> : null}
          {props.script ? <script src={ASSETS.js} defer /> : null}
          {props.more?.js ? <script src={props.more.js} defer /> : null}
        </head>
        <body class={classesOf(props)}>
          <a class="skip" href="#main">
            {FRAME.skip[lang]}
          </a>
          <header>
            <div class="column bar">
              <a class="brand" href={withLang("/", lang)}>
                {brand}
              </a>
              <Languages {...props} />
            </div>
          </header>
          {props.nav}
          <main id="main" class="column" tabindex={-1}>
            {props.children}
          </main>
          <footer>
            <div class="column">
              <p>
                {FRAME.privacy[lang]}
                {lang === "en" ? " " : ""}
                {hotline ? FRAME.hotline(hotline)[lang] : ""}
              </p>
            </div>
          </footer>
        </body>
      </html>
    </>
  );
};

/** `at-desk`: behind a session, where the bar of rooms stands. */
const classesOf = ({ wide, desk, nav }: PageProps): string | undefined =>
  [wide && "wide", desk && "desk", desk && nav && "at-desk"].filter(Boolean).join(" ") || undefined;

/** An address in the reader's language: every link carries it, because the service keeps no cookie for it. */
export function withLang(path: string, lang: Lang): string {
  const [page = "", place] = path.split("#");
  return `${page}${page.includes("?") ? "&" : "?"}lang=${lang}${place ? `#${place}` : ""}`;
}

const Languages = ({ lang, path = "/", form, go = "check" }: PageProps) => (
  <nav class="languages" aria-label={FRAME.language[lang]}>
    {form ? (
      // Enter in a field presses a form's first button, wherever it stands; without this it would be a language.
      <button type="submit" class="vh" form={form} name="_go" value={go} tabindex={-1}>
        {FORM.continue[lang]}
      </button>
    ) : null}
    {LANGS.map((one) =>
      one === lang ? (
        <span lang={one} aria-current="true">
          {LANGUAGE_NAMES[one]}
        </span>
      ) : form ? (
        <button type="submit" lang={one} form={form} name="_lang" value={one} formnovalidate>
          {LANGUAGE_NAMES[one]}
        </button>
      ) : (
        <a lang={one} hreflang={one} href={withLang(path, one)}>
          {LANGUAGE_NAMES[one]}
        </a>
      ),
    )}
  </nav>
);

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%230b6b61'/%3E%3Cpath d='M4 8.5l3 3 5-6' fill='none' stroke='%23fff' stroke-width='2'/%3E%3C/svg%3E";
