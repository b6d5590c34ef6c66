import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { LANGS, type Lang } from "../../forms/define.ts";
import { ASSETS } from "../assets.ts";
import { withLang } from "../layout.tsx";
import { FRAME, LANGUAGE_NAMES } from "../words.ts";
import { DESK_ASSETS } from "./assets.ts";
import { PRINT } from "./units-words.ts";

/**
 * A page that is there to be printed: the sheets, and above them, on the screen alone, the way back and the button.
 * @property path its own address without a language, where the languages can be changed
 */
export const PrintPage = ({
  lang,
  title,
  back,
  path,
  sheets,
  children,
  more,
}: {
  lang: Lang;
  title: string;
  back: { href: string; name: string };
  path?: string;
  sheets: number;
  children?: Child;
  /** What stands behind the sheets on the screen: the next batch. */
  more?: Child;
}) => (
  <>
    {raw("<!doctype html>")}
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>{title}</title>
        <link rel="stylesheet" href={DESK_ASSETS.printCss} />
        <script src={ASSETS.js} defer />
      </head>
      <body>
        <header class="screen">
          <p>
            <a href={back.href}>‹ {back.name}</a>
            {path === undefined ? null : (
              <span class="languages">
                {LANGS.map((one) =>
                  one === lang ? (
                    <span lang={one} aria-current="true">
                      {LANGUAGE_NAMES[one]}
                    </span>
                  ) : (
                    <a lang={one} hreflang={one} href={withLang(path, one)}>
                      {LANGUAGE_NAMES[one]}
                    </a>
                  ),
                )}
              </span>
            )}
          </p>
          <h1>{title}</h1>
          <p>
            {PRINT.sheets(sheets)[lang]}
            {lang === "en" ? ". " : "。"}
            {PRINT.hint[lang]}
          </p>
          <button type="button" class="js-only" data-print="1">
            {PRINT.button[lang]}
          </button>
        </header>
        <main id="main" aria-label={FRAME.service[lang]}>
          {children}
        </main>
        {more ? <div class="screen more">{more}</div> : null}
      </body>
    </html>
  </>
);
