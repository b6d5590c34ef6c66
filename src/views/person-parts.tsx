import type { Standing, TakenReading } from "../domain/person.ts";
import { progressOf } from "../domain/person.ts";
import { FEVER_TENTHS } from "../domain/registration.ts";
import { localClock, localDate } from "../domain/time.ts";
import type { Lang } from "../forms/define.ts";
import type { Frame } from "./layout.tsx";
import { dayWords } from "./moment.ts";
import { WATCH } from "./person-words.ts";

/** Somebody of the household, as its own page may know them. */
export type Member = {
  /** WY-0217-4486-1 */
  id: string;
  /** Their place in the household, from 1: what forms and links call them by. */
  place: number;
  /** Masked: 王*. */
  name: string;
  returnee: boolean;
};

/** Whose card or line it is: two of one surname are told apart by their place. */
export const whoIs = ({ place, name }: Member, alone: boolean): string =>
  alone ? name : `${place}. ${name}`;

export const tenths = (temperature: number): string => `${(temperature / 10).toFixed(1)} ℃`;

/** A reading in words: 36.5 ℃，没有不适. What is abnormal is vermilion and says so. */
export const ReadingWords = ({ one, lang }: { one: TakenReading; lang: Lang }) => {
  const comma = lang === "en" ? ", " : "，";
  return (
    <>
      {one.abnormal ? (
        <strong class="alarm">{readingText(one, lang)}</strong>
      ) : (
        <>
          <strong>{tenths(one.temperature)}</strong>
          {comma}
          {WATCH.well[lang]}
        </>
      )}
      {one.needsHelp ? `${comma}${WATCH.help[lang]}` : null}
    </>
  );
};

/** The same as one string, for a sentence. */
export const readingText = (one: TakenReading, lang: Lang): string =>
  [tenths(one.temperature), ...(one.abnormal ? alarmWords(one, lang) : [WATCH.well[lang]])].join(
    lang === "en" ? ", " : "，",
  );

/** Why a reading is abnormal: 发热, 有不适 or both. */
export const alarmWords = (one: TakenReading, lang: Lang): string[] => [
  ...(one.symptoms && one.temperature < FEVER_TENTHS ? [] : [WATCH.fever[lang]]),
  ...(one.symptoms ? [WATCH.unwell[lang]] : []),
];

/** When it was entered, and that it was late or by staff. */
export const Entered = ({ one, frame }: { one: TakenReading; frame: Frame }) => {
  const { lang, zone, now } = frame;
  const today = localDate(now, zone);
  const date = localDate(one.recordedAt, zone);
  const clock = localClock(one.recordedAt, zone);
  const day = date === today ? "" : `${dayWords(date, lang, today)} `;
  return (
    <span class="soft">
      {[
        WATCH.at(`${day}${clock}`)[lang],
        ...(one.late ? [WATCH.late[lang]] : []),
        ...(one.door === "person" ? [] : [WATCH.byStaff[lang]]),
      ].join(" · ")}
    </span>
  );
};

/** How far the observation has come: one line where everybody stands alike, else one for each who differ. */
export const Progress = ({
  standing,
  members,
  frame,
}: {
  standing: readonly Standing[];
  members: readonly Member[];
  frame: Frame;
}) => {
  const { lang, now, zone } = frame;
  const lines = new Map<string, { whose: string[]; progress: ReturnType<typeof progressOf> }>();
  for (const one of standing) {
    const progress = progressOf(one, now, zone);
    const line = lineOf(one, progress, frame);
    const member = members.find(({ id }) => id === one.id);
    const whose = [...(lines.get(line)?.whose ?? []), member ? whoIs(member, false) : ""];
    lines.set(line, { whose, progress });
  }
  const [alike] = lines.size === 1 ? [...lines] : [];
  if (!alike) {
    return (
      <div class="strip">
        {[...lines].map(([line, { whose }]) => (
          <p>{WATCH.stateLine(whose.join(lang === "en" ? ", " : "、"), line)[lang]}</p>
        ))}
      </div>
    );
  }
  const [line, { progress }] = alike;
  return (
    <div class="strip">
      <p>
        <strong>{line}</strong>
      </p>
      {progress.stage === "observing" ? (
        <progress
          value={progress.day}
          max={progress.days}
          aria-label={WATCH.dayOf(progress.day, progress.days)[lang]}
        />
      ) : null}
    </div>
  );
};

function lineOf(
  one: Standing,
  { stage, day, days }: ReturnType<typeof progressOf>,
  { lang, now, zone }: Frame,
): string {
  const today = localDate(now, zone);
  const comma = lang === "en" ? ", " : "，";
  if (stage === "observing")
    return `${WATCH.dayOf(day, days)[lang]}${comma}${WATCH.until(dayWords(one.untilDate, lang, today))[lang]}`;
  if (one.endedAt)
    return `${WATCH.stages[stage][lang]}${comma}${dayWords(localDate(one.endedAt, zone), lang, today)}`;
  return WATCH.stages[stage][lang];
}
