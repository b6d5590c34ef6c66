import type { FieldError } from "../../domain/problem.ts";
import { AskText } from "../unit-parts.tsx";
import { FIGURE } from "./figure-words.ts";
import type { DeskView } from "./nav.tsx";

/** What a page was asked, as its form shows it. */
export type FigureAsked = { until: DayAndClock; since: DayAndClock };
type DayAndClock = { day: string; clock: string };

type Props = {
  desk: DeskView;
  /** The page's address behind /desk, without a query. */
  path: string;
  unit: string;
  /** Units to choose from, where the page offers others. */
  units?: readonly { code: string; name: string; below: boolean }[];
  asked: FigureAsked;
  errors: readonly FieldError[];
  /** Whether a window is part of what can be asked. */
  window: boolean;
};

/** Another moment, and another window. It works without a script: a form that is got. */
export const AskMoment = ({ desk, path, unit, units = [], asked, errors, window }: Props) => {
  const { lang } = desk;
  const day = { errors, lang, type: "date" as const };
  const clock = { errors, lang, max: 5 };
  return (
    <form method="get" action={desk.at(path)} class="filters ask-moment screen-only">
      <input type="hidden" name="lang" value={lang} />
      {units.length > 1 ? (
        <div class="field">
          <label for="f-unit">{FIGURE.unitHead[lang]}</label>
          <select id="f-unit" name="unit">
            {units.map(({ code, name, below }) => (
              <option value={code} selected={code === unit}>
                {below ? `　${name}` : name}
              </option>
            ))}
          </select>
        </div>
      ) : (
        <input type="hidden" name="unit" value={unit} />
      )}
      <AskText {...day} name="day" label={FIGURE.toDay[lang]} value={asked.until.day} />
      <AskText {...clock} name="clock" label={FIGURE.toClock[lang]} value={asked.until.clock} />
      {window ? (
        <>
          <AskText {...day} name="fromDay" label={FIGURE.fromDay[lang]} value={asked.since.day} />
          <AskText {...clock} name="fromClock" label={FIGURE.fromClock[lang]} value={asked.since.clock} />
        </>
      ) : null}
      <div>
        <button type="submit" class="second">
          {FIGURE.show[lang]}
        </button>
      </div>
    </form>
  );
};
