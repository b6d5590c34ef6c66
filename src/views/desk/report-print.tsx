import { raw } from "hono/html";
import type { ReportLang } from "../../domain/situation-report.ts";
import type { Lang } from "../../forms/define.ts";
import { ASSETS } from "../assets.ts";
import { DESK_ASSETS } from "./assets.ts";
import { ReportBody, type ReportText } from "./report-body.tsx";
import { REPORT } from "./report-words.ts";
import { PRINT } from "./units-words.ts";

/** A report to be printed: A4 with the margins of an official document; above it, on the screen alone, the way back. */
export const ReportPrintPage = ({
  lang,
  script,
  back,
  report,
  mark,
  foot,
}: {
  lang: Lang;
  script: ReportLang;
  back: string;
  report: ReportText;
  /** That it is a draft, or its number. */
  mark: string;
  foot?: readonly string[];
}) => (
  <>
    {raw("<!doctype html>")}
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>{report.title}</title>
        <link rel="stylesheet" href={DESK_ASSETS.reportPrintCss} />
        <script src={ASSETS.js} defer />
      </head>
      <body>
        <header class="screen">
          <p>
            <a href={back}>‹ {REPORT.title[lang]}</a>
          </p>
          <h1>{REPORT.print[lang]}</h1>
          <button type="button" class="js-only" data-print="1">
            {PRINT.button[lang]}
          </button>
        </header>
        <main id="main" class="paper">
          <p class="mark">{mark}</p>
          <ReportBody report={report} lang={script} />
          {foot?.map((words) => (
            <p class="foot">{words}</p>
          ))}
        </main>
      </body>
    </html>
  </>
);
