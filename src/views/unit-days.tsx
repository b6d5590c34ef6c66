import type { ReportState } from "../domain/unit-report.ts";
import type { Lang } from "../forms/define.ts";
import type { DoorView } from "./unit-parts.tsx";
import { dayWords, UNIT } from "./unit-words.ts";

/** A day of the unit as db/report.ts lists it. */
export type DayView = {
  date: string;
  state?: ReportState;
  dueAt: Date;
  version?: number;
  zero?: boolean;
  counts?: Record<string, number>;
  recordedAt?: Date;
};
/** The last days that were owed or came, with their states, and a way to fill in a missing one. */
export const Days = ({ door, days }: { door: DoorView; days: DayView[] }) => {
  const { lang } = door;
  return (
    <section aria-labelledby="days">
      <h2 id="days">{UNIT.days[lang]}</h2>
      <ul class="board days">
        {days
          .filter(({ state }) => state)
          .map((day) => {
            const name = dayWords(day.date, lang, "short");
            const link = door.href(`/report?date=${day.date}`);
            return (
              <li>
                <span class="what">{name}</span>
                <span>
                  <strong class={day.state === "missing" ? "alarm" : undefined}>
                    {day.state ? UNIT.dayStates[day.state][lang] : null}
                  </strong>{" "}
                  <span class="soft">
                    <Said day={day} lang={lang} />
                  </span>
                </span>
                <span class="act">
                  {day.version === undefined && day.date !== door.today ? (
                    <a href={link} aria-label={UNIT.makeUpOf(dayWords(day.date, lang))[lang]}>
                      {UNIT.makeUp[lang]}
                    </a>
                  ) : null}
                </span>
              </li>
            );
          })}
      </ul>
    </section>
  );
};

/** What a report says, in a line: 零报告, or its figures. */
export const Said = ({ day, lang }: { day: DayView; lang: Lang }) => {
  if (day.version === undefined) return null;
  const { returnees = 0, wuhan = 0, symptomatic = 0 } = day.counts ?? {};
  return (
    <>
      {day.zero ? UNIT.zeroReport[lang] : UNIT.figures(returnees, wuhan, symptomatic)[lang]}
      {day.version > 1 ? <span class="soft"> · {UNIT.version(day.version)[lang]}</span> : null}
    </>
  );
};
