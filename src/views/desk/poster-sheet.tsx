import type { Lang } from "../../forms/define.ts";
import { Qr } from "../qr.tsx";
import { POSTER } from "./poster-words.ts";

export type SheetView = {
  /** The number printed on it, P-0031. */
  id: string;
  name: string;
  unitName: string;
  /** The town's name; empty where the unit stands right below the county. */
  above: string;
  /** The address behind the code. */
  url: string;
};
/** What every poster of a county says alike. */
export type PosterWords = {
  lang: Lang;
  county: string;
  hotline: string;
  /** The address for whoever cannot scan, without its scheme. */
  short: string;
  verifyMinutes: number;
  observationDays: number;
};

/** One poster on one sheet of A4, black on white. */
export const PosterSheet = ({ sheet, poster }: { sheet: SheetView; poster: PosterWords }) => {
  const { lang, county, hotline, short, verifyMinutes, observationDays } = poster;
  const within =
    verifyMinutes % 60 === 0 && verifyMinutes > 0
      ? POSTER.hours(verifyMinutes / 60)
      : POSTER.minutes(verifyMinutes);
  const place = [sheet.above, sheet.unitName].filter(Boolean).join(" ");
  return (
    <section class="sheet poster" lang={lang} aria-label={POSTER.number(sheet.id)[lang]}>
      <p class="to">{POSTER.to[lang]}</p>
      <h2>{POSTER.heading[lang]}</h2>
      <p class="lead">{POSTER.lead[lang]}</p>
      <div class="qr">
        <Qr text={sheet.url} label={POSTER.qr(sheet.id)[lang]} />
      </div>
      <p class="address">{sheet.url}</p>
      <p class="cannot">{POSTER.cannot(short)[lang]}</p>
      {hotline ? <p class="hotline">{POSTER.hotline(hotline)[lang]}</p> : null}
      <ol class="steps">
        {POSTER.steps(within[lang], observationDays).map(([head, text], at) => (
          <li>
            <strong>
              <span class="no">{lang === "en" ? at + 1 : "一二三"[at]}</span> {head[lang]}
            </strong>
            <span>{text[lang]}</span>
          </li>
        ))}
      </ol>
      <p class="privacy">{POSTER.privacy[lang]}</p>
      <div class="foot">
        <p>
          {place}
          {" · "}
          {sheet.name}
        </p>
        <p>
          {POSTER.number(sheet.id)[lang]} · {county}
        </p>
      </div>
    </section>
  );
};
