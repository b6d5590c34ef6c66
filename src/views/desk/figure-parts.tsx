import type { Completeness, FigureId, FigureValue } from "../../domain/figure-book.ts";
import { type FigurePlace, figurePath } from "../../domain/figure-link.ts";
import type { FilledForm } from "../../domain/filled-form.ts";
import { addDays, localClock, localDate } from "../../domain/time.ts";
import type { Lang } from "../../forms/define.ts";
import { dayWords } from "../moment.ts";
import { FIGURE, TABLE } from "./figure-words.ts";
import type { DeskView } from "./nav.tsx";

/** A figure as it is shown: — where nothing is known, a share as a percentage. */
export function figureText(value: FigureValue, share = false): string {
  if (value === null) return "—";
  return share ? `${Math.round(value * 1000) / 10}%` : String(value);
}

/** A cut-off as people say it: midnight is 24:00 of the day that it ends. */
export function cutWords(at: Date, { zone, today }: Pick<DeskView, "zone" | "today">, lang: Lang): string {
  const clock = localClock(at, zone);
  const date = localDate(at, zone);
  const day = dayWords(clock === "00:00" ? addDays(date, -1) : date, lang, today);
  return `${day}${lang === "en" ? ", " : " "}${clock === "00:00" ? "24:00" : clock}`;
}

/** A figure that leads to what it was counted from. */
export const FigureLink = ({
  desk,
  id,
  value,
  share,
  place,
  about,
}: {
  desk: DeskView;
  id: FigureId;
  value: FigureValue;
  share?: boolean;
  place: FigurePlace;
  /** What it is, for whoever does not see where it stands. */
  about?: string;
}) => (
  <a class={`figure-link${value === null ? " unknown" : ""}`} href={desk.href(figurePath(id, place))}>
    {figureText(value, share)}
    {about ? <span class="vh"> {about}</span> : null}
  </a>
);

/** How many are named one by one. */
const NAMED = 20;
const FEW = 6;

/** Names of units, the first of them, and how many more there are. */
export const namesOf = (of: readonly { name: string }[], lang: Lang, most = NAMED): string =>
  of
    .slice(0, most)
    .map(({ name }) => name)
    .join(lang === "en" ? ", " : "、") + (of.length > most ? FIGURE.andMore(of.length - most)[lang] : "");

/** Who did not fill a form in; few by name where nobody owes it. */
export const unfilledWords = ({ missing, owed }: FilledForm, lang: Lang): string =>
  missing.length > 0
    ? `${TABLE.unfilled(missing.length)[lang]}${namesOf(missing, lang, owed ? NAMED : FEW)}`
    : "";

/** 完整性: how many units a page speaks for, and who is missing. It stands before the figures. */
export const CompletenessLine = ({ lang, of }: { lang: Lang; of: Completeness }) => {
  return (
    <p class="completeness">
      {FIGURE.completeness(of.units, of.owed, of.reported)[lang]}
      {lang === "en" ? " " : ""}
      {of.missing.length === 0 ? (
        FIGURE.noneMissing[lang]
      ) : (
        <strong class="alarm">
          {FIGURE.missing(of.missing.length)[lang]}
          {namesOf(of.missing, lang)}
        </strong>
      )}
    </p>
  );
};

/** The same of a form that units fill in; only where it is owed is a missing one an alarm. */
export const FilledLine = ({ lang, of, one }: { lang: Lang; of: FilledForm; one?: boolean }) => {
  const unfilled = unfilledWords(of, lang);
  return (
    <p class="completeness">
      {TABLE.filledForm(of, one)[lang]}
      {lang === "en" ? " " : ""}
      {of.owed && unfilled ? <strong class="alarm">{unfilled}</strong> : unfilled}
    </p>
  );
};
