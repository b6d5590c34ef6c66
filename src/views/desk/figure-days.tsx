import type { FigurePart } from "../../domain/figure.ts";
import { type FigureId, type FigureValue, WINDOW } from "../../domain/figure-book.ts";
import type { FigurePlace } from "../../domain/figure-link.ts";
import { dayWords } from "../moment.ts";
import { FigureLink, figureText } from "./figure-parts.tsx";
import { FIGURE } from "./figure-words.ts";
import type { DeskView } from "./nav.tsx";

/** A day of a series: what came or stood in it; of a flow that runs on, all up to its end. */
export type FigureDay = {
  date: string;
  from: Date;
  /** Its end, or the moment that was asked for where that comes first. */
  to: Date;
  /** The clock time up to which it is told, where the day was not over. */
  until?: string;
  value: FigureValue;
  running?: FigureValue;
};

/** The last days of a figure, as a table: the newest first. */
export const FigureDays = ({
  desk,
  id,
  kind,
  place,
  days,
  linked,
}: {
  desk: DeskView;
  id: FigureId;
  kind: FigurePart["kind"];
  place: FigurePlace;
  days: readonly FigureDay[];
  /** Whether a day's figure is what its own page states as of that day's end: what is reported late for a day is not. */
  linked: boolean;
}) => {
  const { lang, today } = desk;
  const runs = days.some(({ running }) => running !== undefined);
  const plain = id.replace(WINDOW, "");
  const head = runs ? FIGURE.newOfDay : kind === "flow" ? FIGURE.ofDay : FIGURE.atEnd;
  return (
    <>
      <h2>{FIGURE.days[lang]}</h2>
      <table class="counted">
        <caption class="vh">{FIGURE.days[lang]}</caption>
        <thead>
          <tr>
            <th scope="col">{FIGURE.day[lang]}</th>
            <th scope="col" class="number">
              {head[lang]}
            </th>
            {runs ? (
              <th scope="col" class="number">
                {FIGURE.running[lang]}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ date, from, to, until, value, running }) => (
            <tr>
              <th scope="row">
                {dayWords(date, lang, today)}
                {until ? <span class="soft"> {FIGURE.until(until)[lang]}</span> : null}
              </th>
              <td class="number">
                {value === null || !linked ? (
                  figureText(value, kind === "share")
                ) : (
                  <FigureLink
                    desk={desk}
                    id={runs ? `${plain}${WINDOW}` : plain}
                    value={value}
                    share={kind === "share"}
                    place={{ unit: place.unit, asOf: to, from }}
                    about={dayWords(date, lang, today)}
                  />
                )}
              </td>
              {runs ? <td class="number">{figureText(running ?? null)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
